"""Deadlines on the calendar: working days are those of the Land, from Monday to Friday without its public holidays."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from functools import lru_cache

from sozplan.model.shared import OfficeDeadline

_WEEK = 5
_MOST_OFF = 7
"""No Land has more public holidays from Monday to Friday within ten weeks."""
_TEN_WEEKS = 50
"""Working days."""


def due(anchor: date, deadline: OfficeDeadline, land: str) -> date:
    """The day that lies so many days before or after; from a day off it is counted as from any other."""
    if not deadline.working_days:
        return anchor + timedelta(days=deadline.days)
    step = timedelta(days=1 if deadline.days >= 0 else -1)
    day, left = anchor, abs(deadline.days)
    while left:
        day += step
        left -= is_working(day, land)
    return day


def is_working(day: date, land: str) -> bool:
    return day.weekday() < _WEEK and day not in public_holidays(land, day.year)


@lru_cache(maxsize=64)
def public_holidays(land: str, year: int) -> Mapping[date, str]:
    """Those that hold in the whole Land, with their names; imported late, for it takes as long as a small check."""
    from holidays import country_holidays

    return dict(country_holidays("DE", subdiv=land, years=year, language="de"))


def earliest(anchor: date, deadline: OfficeDeadline) -> date:
    """The day if there were no holidays: none before it can be meant, or none after it where days are counted back."""
    if not deadline.working_days:
        return anchor + timedelta(days=deadline.days)
    weeks, rest = divmod(abs(deadline.days), _WEEK)
    direction = 1 if deadline.days >= 0 else -1
    off = max(0, anchor.weekday() - _WEEK + 1)  # from a weekend it is counted as from the last working day
    day = anchor if not (off and deadline.days) else anchor - timedelta(days=off if direction > 0 else off - 3)
    day += timedelta(days=7 * weeks * direction)
    while rest:
        day += timedelta(days=direction)
        rest -= day.weekday() < _WEEK
    return day


def delay(deadline: OfficeDeadline) -> timedelta:
    """By how many days holidays move it at most, weekends included."""
    if not deadline.working_days:
        return timedelta()
    off = _MOST_OFF * (1 + abs(deadline.days) // _TEN_WEEKS)
    return timedelta(days=off + 2 * (off // _WEEK + 1))
