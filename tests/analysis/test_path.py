"""The expected value on a day: linear between dated points, flat outside."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from sozplan.analysis.path import expected, way


def on(year: int, month: int = 1, day: int = 1) -> date:
    return date(year, month, day)


START, END = (on(2021), Decimal(0)), (on(2025), Decimal(100))


@pytest.mark.parametrize(
    ("day", "value"),
    [
        (on(2020), 0),
        (on(2021), 0),
        (on(2022), 25),  # 365 of 730 days to the point
        (on(2023), 50),
        (on(2025), 100),
        (on(2030), 100),
    ],
)
def test_from_point_to_point(day: date, value: int) -> None:
    assert expected(way(START, [(on(2023), Decimal(50))], END), day) == value


def test_days_count_not_years() -> None:
    # From 2023 to 2025 are 731 days, 365 of them in 2023.
    points = way(START, [(on(2023), Decimal(50))], END)
    assert expected(points, on(2024)) == 50 + Decimal(50) * 365 / 731


def test_points_outside_the_way_do_not_count() -> None:
    outside = [(on(2021), Decimal(7)), (on(2020), Decimal(7)), (on(2025), Decimal(7)), (on(2026), Decimal(7))]
    assert way(START, outside, END) == [START, END]


def test_of_two_values_on_one_day_the_later_listed_counts() -> None:
    twice = [(on(2023), Decimal(40)), (on(2023), Decimal(60))]
    assert way(START, twice, END) == [START, (on(2023), Decimal(60)), END]


def test_points_may_be_listed_in_any_order() -> None:
    points = [(on(2024), Decimal(80)), (on(2022), Decimal(10))]
    assert way(START, points, END) == way(START, points[::-1], END)
