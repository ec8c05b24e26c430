"""Months are counted as calendars do."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sozplan.analysis.months import add_months


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2025, 12, 31), 18, date(2027, 6, 30)),
        (date(2025, 6, 30), 6, date(2025, 12, 31)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2025, 2, 28), 12, date(2026, 2, 28)),
        (date(2023, 2, 28), 12, date(2024, 2, 29)),
        (date(2025, 1, 30), 1, date(2025, 2, 28)),
        (date(2026, 1, 1), -36, date(2023, 1, 1)),
        (date(2026, 1, 15), 0, date(2026, 1, 15)),
        (date(9999, 7, 1), 6, date.max),
        (date(1, 3, 1), -6, date.min),
    ],
)
def test_known_dates(day: date, months: int, expected: date) -> None:
    assert add_months(day, months) == expected


@given(st.dates(date(1900, 1, 1), date(2200, 1, 1)), st.integers(-600, 600))
def test_the_month_is_that_many_months_away(day: date, months: int) -> None:
    later = add_months(day, months)
    assert (later.year - day.year) * 12 + later.month - day.month == months
