"""The way from a baseline to a target: how much of it may be expected on a day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from itertools import pairwise

from sozplan.model.periods import Period

Way = Sequence[tuple[date, Decimal]]
"""Dated values from the baseline to the target, each day once, in order of time."""


def way(start: tuple[date, Decimal], between: Sequence[tuple[date, Decimal]], end: tuple[date, Decimal]) -> Way:
    """Values on the way count only strictly between its ends; of two on one day the later listed."""
    inner = {day: value for day, value in between if start[0] < day < end[0]}
    return [start, *sorted(inner.items()), end]


def expected(way: Way, day: date) -> Decimal:
    """Linear from point to point; before the first and after the last it stays at theirs."""
    first, last = way[0], way[-1]
    if day >= last[0]:
        return last[1]
    for (start, low), (end, high) in pairwise(way):
        if start <= day < end:
            return low + (high - low) * (day - start).days / (end - start).days
    return first[1]


def years(start: Period, end: Period) -> Decimal:
    """From one period to another of its kind; whole where they lie a year apart."""
    months = (end.start.year - start.start.year) * 12 + end.start.month - start.start.month
    return Decimal(months) / 12 + Decimal(end.start.day - start.start.day) / DAYS


DAYS = Decimal("365.25")
"""In a year, for dates that aren't the same day of a month."""
