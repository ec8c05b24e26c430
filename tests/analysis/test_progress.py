"""The progress ratio, against the published formula in binary floats, and where that has no value."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from sozplan.analysis.progress import Progress, progress
from sozplan.model.terms import Light
from tests.analysis.sample import facts

positive = st.decimals("0.01", 1000, places=2)
anything = st.decimals(-1000, 1000, places=2)
spans = st.integers(1, 20).map(Decimal)


def growth(end: float, start: float, years: float) -> float:
    """Compound annual growth rate as in the methodology of Statistics Canada and Open SDG."""
    return float((end / start) ** (1 / years) - 1)


def open_sdg(base: float, target: float, current: float, gone: float, whole: float) -> float:
    """Open SDG takes the sign of the base and the direction of the target into account apart from the ratio."""
    direction, sign = (1 if target > base else -1), (-1 if base < 0 else 1)
    return sign * direction * growth(current, base, gone) / abs(growth(target, base, whole))


@given(positive, positive, positive, spans, spans, st.sampled_from([1, -1]))
def test_the_ratio_is_that_of_open_sdg(
    base: Decimal, target: Decimal, actual: Decimal, gone: Decimal, more: Decimal, sign: int
) -> None:
    assume(abs(target - base) > Decimal("0.05"))
    base, target, actual = base * sign, target * sign, actual * sign
    found = progress(base, target, actual, gone=gone, whole=gone + more)
    assert found is not None
    expected = open_sdg(float(base), float(target), float(actual), float(gone), float(gone + more))
    assert float(found.ratio) == pytest.approx(expected, rel=1e-6, abs=1e-9)
    assert found.compound


def ratio(base: str, target: str, actual: str, gone: int = 5, whole: int = 10) -> Progress | None:
    return progress(*(Decimal(n) for n in (base, target, actual)), gone=Decimal(gone), whole=Decimal(whole))


@pytest.mark.parametrize(
    ("base", "target", "actual", "expected"),
    [
        # linear: (I - B) / 5 over (T - B) / 10
        ("10", "0", "5", 1),
        ("10", "0", "8", Decimal("0.4")),
        ("0", "10", "4", Decimal("0.8")),
        ("-10", "0", "-4", Decimal("1.2")),
        ("-5", "5", "0", 1),
        ("5", "-5", "6", Decimal("-0.2")),
    ],
)
def test_without_a_growth_rate_the_change_is_linear(base: str, target: str, actual: str, expected: Decimal) -> None:
    found = ratio(base, target, actual)
    assert found is not None
    assert (found.ratio, found.compound) == (expected, False)


def test_an_actual_value_beyond_zero_counts_as_zero() -> None:
    one, other = ratio("10", "5", "0"), ratio("10", "5", "-3")
    assert one is not None
    assert one == other
    assert one.observed == -1


@pytest.mark.parametrize(("gone", "whole"), [(0, 10), (-1, 10), (5, 0)])
def test_without_time_there_is_no_ratio(gone: int, whole: int) -> None:
    assert ratio("10", "20", "15", gone, whole) is None


def test_where_nothing_is_to_change_there_is_no_ratio() -> None:
    assert ratio("10", "10", "15") is None


def test_after_the_deadline_all_was_due() -> None:
    reached = ratio("10", "20", "20", 12, 10)
    assert reached is not None
    assert facts(reached.ratio, reached.light) == (1, Light.GREEN)


@pytest.mark.parametrize(
    ("actual", "light"),
    # linear towards 0 in ten years, five gone: ratio (10 - I) / 5
    [("5.25", Light.GREEN), ("5.3", Light.YELLOW), ("7", Light.YELLOW), ("7.05", Light.RED), ("11", Light.RED)],
)
def test_lights_follow_the_classes_of_open_sdg(actual: str, light: Light) -> None:
    found = ratio("10", "0", actual)
    assert found is not None
    assert found.light is light


@given(anything, anything, anything, anything, spans, spans)
def test_it_is_never_undefined_and_never_lower_for_a_better_value(
    base: Decimal, target: Decimal, one: Decimal, other: Decimal, gone: Decimal, more: Decimal
) -> None:
    worse, better = sorted((one, other), reverse=target < base)
    low, high = (progress(base, target, each, gone=gone, whole=gone + more) for each in (worse, better))
    assert (low is None) == (high is None) == (base == target)
    if low is not None and high is not None:
        assert low.ratio <= high.ratio


@given(anything, anything, anything, st.sampled_from(["0.01", "10", "1000"]))
def test_it_does_not_depend_on_the_unit(base: Decimal, target: Decimal, actual: Decimal, scale: str) -> None:
    one = progress(base, target, actual, gone=Decimal(3), whole=Decimal(7))
    scaled = (each * Decimal(scale) for each in (base, target, actual))
    other = progress(*scaled, gone=Decimal(3), whole=Decimal(7))
    assert (one is None) == (other is None)
    if one is not None and other is not None:
        assert (round(one.ratio, 9), one.light) == (round(other.ratio, 9), other.light)
