from __future__ import annotations

from decimal import Decimal
from itertools import combinations

from sozplan.render.charts.palette import ramp
from sozplan.render.charts.profile import Component, profile
from sozplan.render.colours import Design
from tests.render.charts.pictures import COMPONENTS
from tests.render.charts.words import shown, words


def test_the_finding_counts_burdens_and_names_the_worst() -> None:
    assert profile("Nordhafen", COMPONENTS, "de", whole="Stadt").title == (
        "Nordhafen: zwei von fünf Kennzahlen liegen um 1 σ oder mehr ungünstiger als der Durchschnitt, "
        "am weitesten „Kinder unter 15 in Bedarfsgemeinschaften nach SGB II“ (+2,31\N{NO-BREAK SPACE}σ)."
    )
    assert profile("Nordhafen", COMPONENTS[:1], "en", whole="Stadt").title == (
        "Nordhafen: one of 1 indicators is worse than average by 1 σ or more, "
        "farthest “Arbeitslosigkeit (15 bis unter 65 Jahre)” (+1.84\N{NO-BREAK SPACE}σ)."
    )
    assert profile("Auwald", COMPONENTS[2:4], "de", whole="Stadt").title == (
        "Auwald: keine von zwei Kennzahlen liegt um 1 σ oder mehr ungünstiger als der Durchschnitt."
    )


def test_a_burden_begins_at_one_sigma_exactly() -> None:
    picture = profile("A", [Component("genau", 1.0), Component("knapp", 0.999)], "de", whole="Stadt")
    assert [row[-1] for row in picture.rows] == ["ja", "nein"]
    dark, light = ramp(Design(), 4)[3], ramp(Design(), 4)[1]
    assert (picture.svg.count(dark), picture.svg.count(light)) == (1, 1)


def test_themes_stand_together_in_the_declared_order() -> None:
    found = shown(profile("Nordhafen", COMPONENTS, "de", whole="Stadt").svg)
    assert [theme for theme in found if theme in {"Teilhabe", "Alter", "Bildung"}] == ["Teilhabe", "Alter", "Bildung"]
    rows = [row[1] for row in profile("Nordhafen", COMPONENTS, "de", whole="Stadt").rows]
    assert rows == [COMPONENTS[at].name for at in (0, 1, 5, 2, 3, 4)]


def test_what_is_not_known_is_said_and_has_no_bar() -> None:
    picture = profile("Nordhafen", COMPONENTS, "de", whole="Stadt")
    assert picture.rows[-1] == ("Bildung", COMPONENTS[4].name, "", "", None, None)
    assert "keine Angabe" in shown(picture.svg)
    assert picture.rows[0][4] == Decimal("1.84")


def test_bars_point_to_the_side_of_the_burden() -> None:
    where = {placed.text: placed for placed in words(profile("N", COMPONENTS, "de", whole="Stadt").svg)}
    zero = where["Mittel"]
    assert where["+2,31\N{NO-BREAK SPACE}σ"].left > zero.right
    assert where["−1,20\N{NO-BREAK SPACE}σ"].right < zero.left


def test_words_stay_apart_beside_an_outlier() -> None:
    for far in (3.2, 7.4, 19.0, 60.0):
        outliers = [Component("weit", far), Component("tief", -2.5), *COMPONENTS]
        placed = list(words(profile("N", outliers, "en", whole="Landkreis Moorland").svg))
        assert [(a.text, b.text) for a, b in combinations(placed, 2) if a.touches(b)] == []


def test_far_outliers_widen_the_axis() -> None:
    found = shown(profile("N", [Component("weit", 7.4), Component("tief", -3.1)], "de", whole="Stadt").svg)
    assert [word for word in found if word in {"−4", "−2", "0", "+2", "+4", "+6", "+8"}] == [
        "−4", "−2", "0", "+2", "+4", "+6", "+8",
    ]  # fmt: skip
