"""Which periods hang together: a year and the months that make it up."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from sozplan.model.periods import Period, PeriodKind


def tiles(whole: Period, periods: Iterable[Period]) -> list[tuple[str, ...]]:
    """The periods of one kind that cover exactly this one."""
    kinds: dict[PeriodKind, list[Period]] = {}
    for each in periods:
        if each.text != whole.text and whole.start <= each.start and each.end <= whole.end:
            kinds.setdefault(each.kind, []).append(each)
    ordered = (sorted(some, key=lambda period: period.start) for some in kinds.values())
    return [tuple(period.text for period in cover) for cover in ordered if _covers(whole, cover)]


def _covers(whole: Period, parts: list[Period]) -> bool:
    day = whole.start
    for part in parts:
        if part.start != day:
            return False
        day = part.end + timedelta(days=1)
    return day == whole.end + timedelta(days=1)


def overlapping(periods: Iterable[Period]) -> list[list[Period]]:
    """Periods that share a day, at some remove; in order of time."""
    found: list[list[Period]] = []
    for each in sorted(periods, key=lambda period: (period.start, period.end, period.text)):
        if found and each.start <= max(other.end for other in found[-1]):
            found[-1].append(each)
        else:
            found.append([each])
    return found
