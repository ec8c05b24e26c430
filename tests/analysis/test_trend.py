"""The trend continued, against the same estimator in SciPy."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import theilslopes

from sozplan.analysis.attainment import assess
from sozplan.analysis.trend import theil_sen
from sozplan.analysis.verdict import TargetStatus
from sozplan.model.figures import Cell
from tests.analysis.sample import cell, change, facts, goal, make_case

Points = Sequence[tuple[Decimal, Decimal]]
points = st.lists(
    st.tuples(st.integers(0, 30).map(Decimal), st.decimals(0, 100, places=1)),
    min_size=3, max_size=15, unique_by=lambda point: point[0],
)  # fmt: skip


def by_scipy(some: Points) -> tuple[float, float, float, float]:
    """Slope, its 95 % range, and the value 40 years after the first."""
    x, y = ([float(each) for each in column] for column in zip(*some, strict=True))
    found = theilslopes(y, x, alpha=0.95, method="separate")
    return found.slope, found.low_slope, found.high_slope, found.intercept + found.slope * 40


@given(points)
def test_slope_range_and_line_are_those_of_scipy(some: Points) -> None:
    line = theil_sen(some)
    assert line is not None
    ours = (line.slope, line.low, line.high, line.at(Decimal(40), line.slope))
    assert [float(each) for each in ours] == pytest.approx(by_scipy(some), rel=1e-9, abs=1e-9)


def test_values_that_never_change_have_no_slope() -> None:
    line = theil_sen([(Decimal(x), Decimal(5)) for x in range(5)])
    assert line is not None
    assert facts(line.slope, line.low, line.high, line.at(Decimal(9), line.slope)) == (0, 0, 0, 5)


def test_values_of_one_time_have_no_line() -> None:
    assert theil_sen([(Decimal(1), Decimal(5)), (Decimal(1), Decimal(6))]) is None


def judged(*cells: Cell, sheet: Mapping[str, Any] = {}, **target: Any) -> TargetStatus:
    (status,) = assess(make_case(cells, goals=[goal(change(**target))], sheet=sheet)).targets
    return status


def yearly(first: int, *values: int) -> list[Cell]:
    return [cell("01", year, str(value)) for year, value in enumerate(values, first)]


def test_the_line_is_continued_to_the_target() -> None:
    # slopes of 20, 22, 21, 25 (2022 … 2025): -1, 0.5, 1.5, 5/3, 2, 4; median (1.5 + 5/3) / 2 = 19/12 a year;
    # medians 2023.5 and 21.5; 2030 is 6.5 years on: 21.5 + 6.5 * 19/12 = 31.79166…; Sen's ranks are the outermost.
    trend = judged(*yearly(2022, 20, 22, 21, 25)).outlook.trend
    assert trend is not None
    assert (str(trend.period), len(trend.points), trend.direction) == ("2030", 4, 0)
    assert round(trend.slope, 9) == round(Decimal(19) / 12, 9)
    assert (round(trend.value, 6), round(trend.low, 6), round(trend.high, 6)) == (
        Decimal("31.791667"), Decimal(15), Decimal("47.5"),
    )  # fmt: skip


def test_two_values_make_no_trend() -> None:
    assert judged(*yearly(2024, 20, 22)).forecast is None
    assert judged(*yearly(2023, 20, 22, 24)).forecast == 34


def test_only_the_newest_ten_values_count() -> None:
    old, new = yearly(2010, 90, 80, 70, 60, 50, 40), yearly(2016, *range(20, 30))
    assert judged(*old, *new).forecast == judged(*new).forecast == 34


def test_values_before_a_break_do_not_count() -> None:
    broken = {"breaks": [{"from": 2023, "statement": "Neue Zählung"}]}
    cells = [*yearly(2018, 90, 80, 70, 60, 50), *yearly(2023, 20, 21, 22)]
    assert judged(*cells, sheet=broken, start=(2023, 20)).forecast == 27


def test_withheld_values_are_left_out() -> None:
    cells = [*yearly(2022, 20, 21), cell("01", 2024, of=(1, 100)), cell("01", 2025, "23")]
    trend = judged(*cells).outlook.trend
    assert trend is not None
    assert [str(each.period) for each in trend.points] == ["2022", "2023", "2025"]
    assert trend.value == 28


@pytest.mark.parametrize(("values", "end"), [((60, 80, 99), 100), ((40, 20, 1), 0)])
def test_a_share_stays_between_nothing_and_all(values: tuple[int, ...], end: int) -> None:
    trend = judged(*yearly(2023, *values)).outlook.trend
    assert trend is not None
    assert facts(trend.value, trend.low, trend.high) == (end, end, end)


def test_after_the_deadline_nothing_is_continued() -> None:
    assert judged(*yearly(2023, 20, 22, 24), end=(2025, 40)).forecast is None


@pytest.mark.parametrize(("values", "direction"), [(range(20, 28), 1), (range(28, 20, -1), -1), ((20, 22, 20, 22), 0)])
def test_a_direction_is_told_only_where_the_range_knows_it(values: Sequence[int], direction: int) -> None:
    trend = judged(*yearly(2026 - len(values), *values)).outlook.trend
    assert trend is not None
    assert trend.direction == direction
