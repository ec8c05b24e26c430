"""Wilson's interval, against published values and the equation that it solves."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sozplan.analysis.chance import Z95, wilson


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
