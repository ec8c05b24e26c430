from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import pairwise

from sozplan.render.charts.course import Course, Dot, course
from sozplan.render.charts.finance import finance
from sozplan.render.charts.series import Mark
from tests.render.charts.pictures import COURSE, HELD, STEPS, YEARS
from tests.render.charts.words import shown


def test_target_trend_and_newest_value_are_written_beside_their_ends() -> None:
    said = shown(course(COURSE, "de").svg)
    assert {"28,6\xa0%", "Ziel 40,0\xa0%", "Trend 31,2\xa0%", "2028/29", "2024/25", "2019/20"} <= set(said)
    assert {"Ist", "erwarteter Weg", "Trend mit Spanne", "vorläufig"} <= set(said)
    assert "28.6%" in shown(course(COURSE, "en").svg)


def test_bounds_stand_beside_what_is_to_be_held() -> None:
    said = shown(course(HELD, "de").svg)
    assert {"mind. 15,0\xa0%", "höchst. 20,0\xa0%", "vereinbarter Bereich"} <= set(said)
    assert "erwarteter Weg" not in said


def test_no_line_leads_over_a_gap() -> None:
    svg = course(HELD, "de").svg
    lines = re.findall(r'<path d="(M[^"]*)" fill="none" stroke="[^"]*" stroke-width="1.8"/>', svg)
    assert [line.count("L") for line in lines] == [1, 1]  # two values before the gap, and the sample of the legend


def test_steps_are_stairs() -> None:
    svg = course(STEPS, "de").svg
    stairs = re.findall(r'<path d="M([^"]*)" fill="none" stroke="[^"]*" stroke-width="1.8"/>', svg)[0]
    spots = [tuple(map(float, spot.split(","))) for spot in stairs.split("L")]
    assert all(a[0] == b[0] or a[1] == b[1] for a, b in pairwise(spots))


def test_the_axis_knows_nothing_but_what_is_drawn() -> None:
    """A value more, far away, moves the axis; without it nothing tells that there was one."""
    far = replace(COURSE, dots=(*COURSE.dots, Dot(date(2025, 10, 15), 95.0, "2025/26", Mark.PLAIN)))
    assert "50\xa0%" not in shown(course(COURSE, "de").svg)
    assert "50\xa0%" in shown(course(far, "de").svg)


def test_its_table_has_every_value_that_is_drawn() -> None:
    rows = course(COURSE, "de").printed
    assert [row[2] for row in rows if row[0] == "Ist"] == ["24,1", "25,0", "23,1", "26,2", "27,7", "28,6"]
    assert [row[2] for row in rows if row[0] == "Trend"] == ["31,2", "27,0", "35,1"]
    assert rows[5][3] == "vorläufig"


def test_a_single_value_is_a_picture_too() -> None:
    only = Course(
        finding="Ein Wert.", dots=(Dot(date(2025, 12, 31), 5.0, "2025"),), runs=(((date(2025, 12, 31), 5.0),),)
    )
    assert {"5,0", "2025"} <= set(shown(course(only, "de").svg))


# Money


def test_money_adds_up_in_table_and_drawing() -> None:
    picture = finance(YEARS, "Das kostet es.", "de", places=2)
    for _, *sources, cost in picture.rows:
        assert sum(each for each in sources if isinstance(each, Decimal)) == cost
    assert picture.columns == ("Jahr", "Eigenanteil", "Fördermittel", "Drittmittel", "ungedeckt", "Aufwand")
    assert picture.rows[2][4] == 10000
    assert {"2.087.552", "3.002.100", "69.900"} <= set(shown(picture.svg))


def test_what_does_not_fit_into_a_bar_stands_behind_it() -> None:
    said = shown(finance(YEARS, "Das kostet es.", "de").svg)
    assert "Eigenanteil 41.900, Fördermittel 18.000, ungedeckt 10.000" in said
    assert "Letztes Jahr der Förderung: Kinder stärken, Ganztag" in said
