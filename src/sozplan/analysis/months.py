"""Counting in months and years, with the last day of a month staying the last."""

from __future__ import annotations

import calendar
from datetime import date
from functools import lru_cache


@lru_cache(1_000)
def add_months(day: date, months: int) -> date:
    """The same day so many months later; 30 June and six months are 31 December."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year > date.max.year:
        return date.max
    if year < date.min.year:
        return date.min
    last = calendar.monthrange(year, month + 1)[1]
    is_last = day.day == calendar.monthrange(day.year, day.month)[1]
    return date(year, month + 1, last if is_last else min(day.day, last))
