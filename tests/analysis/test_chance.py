"""Wilson's interval, against published values and the equation that it solves."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from sozplan.analysis.chance import Z95, apart, wilson


@pytest.mark.parametrize(
    ("cases", "base", "low", "high"),
    # Newcombe, Statistics in Medicine 17 (1998), table I, method 3
    [
        (81, 263, "0.2553", "0.3662"),
        (15, 148, "0.0624", "0.1605"),
        (0, 20, "0.0000", "0.1611"),
        (1, 29, "0.0061", "0.1718"),
    ],
)
def test_published_intervals(cases: int, base: int, low: str, high: str) -> None:
    found = wilson(Decimal(cases) / base, Decimal(base))
    assert [f"{bound:.4f}" for bound in found] == [low, high]


@given(st.integers(1, 10_000), st.data())
def test_at_its_ends_the_observed_share_is_just_that_far_away(base: int, data: st.DataObject) -> None:
    share = Decimal(data.draw(st.integers(0, base))) / base
    for end in wilson(share, Decimal(base)):
        assert abs((share - end) ** 2 - Z95**2 * end * (1 - end) / base) < Decimal("1e-20")


@given(st.integers(1, 5_000), st.data())
def test_the_interval_is_that_of_scipy(base: int, data: st.DataObject) -> None:
    cases = data.draw(st.integers(0, base))
    expected = binomtest(cases, base).proportion_ci(0.95, method="wilson")
    found = wilson(Decimal(cases) / base, Decimal(base))
    assert [float(bound) for bound in found] == pytest.approx([expected.low, expected.high], abs=1e-12)


@pytest.mark.parametrize(
    ("one", "other", "low", "high"),
    # Newcombe, Statistics in Medicine 17 (1998), 873-890, table II, method 10
    [
        ((56, 70), (48, 80), "0.0524", "0.3339"),
        ((9, 10), (3, 10), "0.1705", "0.8090"),
        ((5, 56), (0, 29), "-0.0381", "0.1926"),
    ],
)
def test_published_intervals_of_differences(one: tuple[int, int], other: tuple[int, int], low: str, high: str) -> None:
    shares = [(Decimal(cases) / base, wilson(Decimal(cases) / base, Decimal(base))) for cases, base in (one, other)]
    assert [f"{bound:.4f}" for bound in apart(*shares)] == [low, high]
