from __future__ import annotations

import re
from decimal import Decimal

from sozplan.render.charts.distances import distances
from tests.render.charts.pictures import away
from tests.render.charts.words import shown

FINDING = "Nordhafen ist belastet."
AWAY = away("de")


def test_the_words_say_where_each_is_and_where_it_came_from() -> None:
    picture = distances("Nordhafen", "Stadt", AWAY, FINDING, "de")
    assert (picture.title, picture.alt) == (
        FINDING,
        f"{FINDING} Kinder unter 15 in Bedarfsgemeinschaften nach SGB II: +2,0\xa0σ (2020: +2,2\xa0σ); "
        "Ganztagsquote: ±0,0\xa0σ; Kita-Quote: −1,3\xa0σ (2020: −0,4\xa0σ).",
    )
    assert picture.columns == ("Kennzahl", "Nordhafen", "Stadt", "Abstand in σ", "früher", "Zeitraum")
    assert picture.rows[0][3:] == (Decimal("2.0"), Decimal("2.2"), "2020")
    assert picture.rows[1][3:] == (Decimal("0.0"), None, "")


def test_what_is_unknown_has_no_mark() -> None:
    """Three kinds of marks: the full dot always, the hollow one and the diamond where there is something to show."""
    legend, rows = (distances("A", "B", some, FINDING, "en").svg for some in (AWAY[1:2], AWAY))
    assert (legend.count("<circle"), legend.count('Z" fill')) == (3, 1)
    assert (rows.count("<circle"), rows.count('Z" fill')) == (2 + 3 + 2, 1 + 2)


def test_the_scale_holds_every_value_and_at_least_the_average_and_two_deviations() -> None:
    ticks = [
        each for each in shown(distances("A", "B", AWAY[1:2], FINDING, "de").svg) if re.fullmatch(r"[+−]?\d", each)
    ]
    assert ticks == ["−1", "0", "+1", "+2"]
