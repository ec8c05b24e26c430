from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from itertools import combinations

from sozplan.model.periods import period
from sozplan.render.charts.series import Point, Trend
from sozplan.render.charts.sparkline import sparkline
from sozplan.render.charts.trends import trends
from tests.render.charts.pictures import TRANSITION, VISITS
from tests.render.charts.words import shown, words


def test_the_finding_is_the_distance_to_the_whole() -> None:
    assert trends("Nordhafen", [TRANSITION], "de", whole="Stadt").title == (
        "Nordhafen: Bei „Übergang auf Schulen mit Oberstufe“ ist der Abstand zum Gesamtwert kleiner geworden, "
        "von 16,9 auf 12,2 Prozentpunkte."
    )
    wider = replace(
        TRANSITION, whole=tuple(replace(p, value=10.0 * (p.period.start.year - 2000)) for p in TRANSITION.whole)
    )
    assert trends("Nordhafen", [TRANSITION, wider, VISITS], "de", whole="Stadt").title == (
        "Nordhafen: Bei einer von zwei Kennzahlen ist der Abstand zum Gesamtwert kleiner geworden."
    )
    assert trends("Nordhafen", [VISITS], "de", whole="Stadt").title == "Nordhafen: Werte im Vergleich."


def test_signs_that_are_used_stand_in_the_legend() -> None:
    found = shown(trends("Nordhafen", [TRANSITION], "de", whole="Stadt").svg)
    assert found[-2:] == ["vorläufig", "auf den Gebietsstand umgerechnet"]
    assert shown(trends("Nordhafen", [replace(VISITS, area=VISITS.area[:2])], "de", whole="Stadt").svg)[-1] == "1.337"


def test_no_line_leads_over_a_gap() -> None:
    """2020/21 is missing: two runs of the area and one of the whole."""
    svg = trends("Nordhafen", [TRANSITION], "de", whole="Stadt").svg
    assert len(re.findall(r'stroke-width="1.8"', svg)) == 2
    assert len(re.findall(r'stroke-width="1.2"', svg)) == 1


def test_a_withheld_value_leaves_nothing_behind() -> None:
    """The axis spans the values that are drawn: without its highest, the drawing is that of a series without it."""
    peak = Point(period("2021"), 8731.0)
    with_peak = replace(VISITS, area=(*VISITS.area[:2], peak, *VISITS.area[3:]))
    without = replace(VISITS, area=tuple(point for point in with_peak.area if point is not peak))
    picture = trends("Nordhafen", [without], "de", whole="Stadt")
    assert "8.731" in trends("Nordhafen", [with_peak], "de", whole="Stadt").alt + str(
        trends("Nordhafen", [with_peak], "de", whole="Stadt").printed
    )
    ticks = [int(word.replace(".", "")) for word in shown(picture.svg) if re.fullmatch(r"[\d.]+", word)]
    assert max(tick for tick in ticks if not 2018 < tick < 2025) <= 2000
    assert "8731" not in picture.svg
    assert [row[1] for row in picture.rows] == ["2019", "2020", "2022", "2023", "2024"]


def test_the_table_has_every_period_of_either() -> None:
    rows = trends("Nordhafen", [TRANSITION], "de", whole="Stadt").rows
    name, school = "Übergang auf Schulen mit Oberstufe (%)", "Schuljahr\N{NO-BREAK SPACE}"
    assert rows[1] == (name, f"{school}2019/20", Decimal("25.0"), Decimal("41.1"), "auf den Gebietsstand umgerechnet")
    assert rows[2] == (name, f"{school}2020/21", None, Decimal("41.2"), "")


def test_names_at_equal_values_are_pushed_apart() -> None:
    same = (Point(period("2023"), 5.0), Point(period("2024"), 5.0))
    placed = list(words(trends("Nordhafen", [Trend("Quote", same, same, "%")], "de", whole="Stadt").svg))
    assert {"Nordhafen", "Stadt"} <= {word.text for word in placed}
    assert [(a.text, b.text) for a, b in combinations(placed, 2) if a.touches(b)] == []


def test_one_value_and_none() -> None:
    one = trends("Nordhafen", [Trend("Quote", (Point(period("2024"), 5.0),), ())], "de", whole="Stadt")
    assert [row[:3] for row in one.rows] == [("Quote", "2024", Decimal("5.0"))]
    assert trends("Nordhafen", [Trend("Quote", (), ())], "de", whole="Stadt").rows == ()


def test_a_sparkline_says_where_it_went() -> None:
    line = sparkline([24.1, 25.0, None, 27.7, 29.3], "de")
    assert line.title == "Verlauf: von 24,1 auf 29,3 gestiegen"
    assert line.runs == ("2.0,9.0 13.0,7.8", "35.0,4.2 46.0,2.0")
    assert line.dots == (("46.0", "2.0"),)
    assert sparkline([3.0, 1.0], "en").title == "course: from 3.0 to 1.0, fallen"


def test_a_sparkline_of_little_is_honest() -> None:
    assert sparkline([None, 3.0, None], "de").dots == (("24.0", "5.5"),)
    assert sparkline([], "de").title == "zu wenige Werte für einen Verlauf"
    assert sparkline([2.0, 2.0], "de").title == "Verlauf: von 2,0 auf 2,0 gleich geblieben"
