"""What holds for any figures: units and order of rows don't matter, and better is never rated worse."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from random import Random
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from sozplan.analysis.attainment import assess
from sozplan.analysis.verdict import TargetStatus, rounded
from sozplan.analysis.weather import Weather
from sozplan.model.figures import Cell
from sozplan.model.terms import Light
from tests.analysis.sample import cell, change, goal, make_case

values = st.decimals(min_value=0, max_value=1000, places=2)
scales = st.sampled_from([Decimal("0.01"), Decimal("0.1"), Decimal(10), Decimal(1000)])
RANKS = {Light.RED: 0, Light.YELLOW: 1, Light.GREEN: 2}


ORDER = [Weather.STORM, Weather.CLOUD, Weather.PARTLY, Weather.SUN]
BEFORE = (Decimal(30), Decimal("31.5"), Decimal(29), Decimal("33.25"), Decimal(32))


def judged(
    start: Decimal, end: Decimal, actual: Decimal, path: Decimal | None = None, scale: Decimal = Decimal(1)
) -> TargetStatus:
    """With five values before the actual one; all numbers times `scale`, of an indicator that has no upper bound."""
    between = [] if path is None else [{"period": 2023, "value": path * scale}]
    target = change((2020, start * scale), (2030, end * scale), path=between)  # type: ignore[arg-type]
    cells = [cell("01", year, value * scale) for year, value in enumerate((*BEFORE, actual), 2020)]
    case = make_case(cells, goals=[goal(target)], sheet={"direction": "neutral", "unit": "Euro", "minimum": -(10**9)})
    (status,) = assess(case).targets
    return status


def told(status: TargetStatus) -> tuple[object, ...]:
    outlook = status.outlook
    ratio = outlook.progress.ratio if outlook.progress else None
    numbers = (None if n is None else rounded(n) for n in (status.attainment, status.fulfilment, ratio))
    direction = outlook.trend.direction if outlook.trend else None
    return (*numbers, status.light, status.reason, status.notes, status.weather, direction)


@given(values, values, values, values, scales)
def test_attainment_does_not_depend_on_the_unit(
    start: Decimal, end: Decimal, actual: Decimal, path: Decimal, scale: Decimal
) -> None:
    one, other = judged(start, end, actual, path), judged(start, end, actual, path, scale)
    assert told(one) == told(other)
    if one.forecast is not None and other.forecast is not None:
        assert round(one.forecast * scale, 9) == round(other.forecast, 9)


@given(values, values, values, values)
def test_more_towards_the_target_is_never_rated_worse(
    start: Decimal, end: Decimal, one: Decimal, other: Decimal
) -> None:
    worse, better = sorted((one, other), reverse=end < start)
    low, high = judged(start, end, worse), judged(start, end, better)
    assert low.reason == high.reason
    if low.attainment is not None and high.attainment is not None:
        assert low.attainment <= high.attainment
    if low.light is not Light.GREY:
        assert RANKS[low.light] <= RANKS[high.light]
    if low.weather is not None and high.weather is not None:
        assert ORDER.index(low.weather) <= ORDER.index(high.weather)
    if low.outlook.progress is not None and high.outlook.progress is not None:
        assert low.outlook.progress.ratio <= high.outlook.progress.ratio
    if low.forecast is not None and high.forecast is not None:
        assert (low.forecast <= high.forecast) or end < start


def _cells() -> list[Cell]:
    rows = [(key, year, n) for n, key in enumerate(("01", "02", "04", "1000")) for year in range(2015, 2026)]
    return [cell(key, year, of=(20 + n + year % 7, 100), line=i) for i, (key, year, n) in enumerate(rows)]


@given(st.integers(0, 2**32))
def test_attainment_does_not_depend_on_the_order_of_rows(seed: int) -> None:
    targets: list[dict[str, Any]] = [change(id="t1"), change(id="t2") | {"area": "hafen"}, change(id="t3", kind="gap")]
    shuffled = _cells()
    Random(seed).shuffle(shuffled)
    one, other = (assess(make_case(cells, goals=[goal(*targets)])) for cells in (_cells(), shuffled))
    assert one == other
    assert all(status.actual is not None for status in one.targets)


@given(st.dates(min_value=date(2000, 1, 1), max_value=date(2040, 1, 1)))
def test_what_lies_after_the_day_changes_nothing(as_of: date) -> None:
    cells = _cells()
    known = [each for each in cells if each.period.end <= as_of]
    one, other = (assess(make_case(some, goals=[goal(change())], as_of=as_of)) for some in (cells, known))
    assert one == other
