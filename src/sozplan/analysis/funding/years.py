"""In which budget years a programme can still begin to pay for a measure."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from sozplan.analysis.funding.living import beginning, begun_on
from sozplan.model.case import Case
from sozplan.model.funding import Programme, Window
from sozplan.model.measures import Measure
from sozplan.model.terms import EarlyStart


def budget_years(measure: Measure) -> list[int]:
    """The years that cost anything, in order."""
    return sorted({line.year for line in measure.budget if measure.cost(line.year) > 0})


def open_years(case: Case, measure: Measure, programme: Programme) -> tuple[int, ...]:
    """Budget years that start when the money may come, and lie in the time that a call funds.

    The money may come when the call has closed, since notices are given then; where one may begin at one's own risk,
    as soon as one may apply. What has begun is funded from the first of January of a later year at the earliest.
    """
    found = coming(programme, case.as_of)
    if not programme.in_force(case.as_of) or (programme.windows and not found):
        return ()
    entries = [_entry(programme, each, case.as_of) for each in found] or [Entry(case.as_of, None)]
    return tuple(
        year
        for year in budget_years(measure)
        if (start := _start(case, measure, year)) is not None and any(each.serves(year, start) for each in entries)
    )


def coming(programme: Programme, as_of: date) -> list[Window]:
    """Calls that haven't closed yet, the next first."""
    return sorted((each for each in programme.windows if each.closes >= as_of), key=lambda each: each.closes)


class Entry(NamedTuple):
    """From when on a call may pay, and what for."""

    day: date
    window: Window | None

    def serves(self, year: int, start: date) -> bool:
        funds = self.window.funds if self.window else None
        first, last = date(year, 1, 1), date(year, 12, 31)
        inside = funds is None or (funds.start <= last and (funds.end is None or first <= funds.end))
        return inside and start >= self.day


def _entry(programme: Programme, window: Window, as_of: date) -> Entry:
    opens = max(window.opens or as_of, as_of)
    return Entry(opens if programme.early_start is EarlyStart.OWN_RISK else window.closes, window)


def _start(case: Case, measure: Measure, year: int) -> date | None:
    """When the measure begins in that year; None where it has begun by then already."""
    first = date(year, 1, 1)
    if begun_on(measure, case.as_of) is not None:
        return first if first > case.as_of else None
    if date(year, 12, 31) < case.as_of:
        return None
    return max(first, beginning(measure) or first, case.as_of)
