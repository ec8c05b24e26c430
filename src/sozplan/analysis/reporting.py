"""When a plan has to be reported on, and which reports are there by a day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count

from sozplan.analysis.months import add_months
from sozplan.model.areas import AreaPlan, Review


@dataclass(frozen=True, slots=True)
class Window:
    """The time that a report is about, the `number`th of the plan, and the day by which it has to be there."""

    number: int
    first: date
    cut_off: date
    due: date


def windows(plan: AreaPlan, begun: date = date.max) -> Iterator[Window]:
    """One after the other, counted from the start of the plan, up to the last that has begun by a day.

    There is none where no rhythm is agreed.
    """
    if plan.reporting is None:
        return
    months, grace = plan.reporting.rhythm.months, timedelta(days=plan.reporting.grace_days)
    for n in count(1):
        cut_off = add_months(plan.period.start, n * months) - timedelta(days=1)
        if (plan.period.end is not None and cut_off > plan.period.end) or cut_off >= date.max - grace:
            return
        first = add_months(plan.period.start, (n - 1) * months)
        if first > begun:
            return
        yield Window(n, first, cut_off, cut_off + grace)


def ended(plan: AreaPlan, day: date) -> Window | None:
    """The last one that is over by the day."""
    return max((each for each in windows(plan, day) if each.cut_off < day), key=lambda each: each.number, default=None)


def awaited(plan: AreaPlan, day: date) -> Window | None:
    """The first of which no report is there yet: one that is, stands for all before it."""
    last = max((review.cut_off for review in known(plan, day)), default=None)
    return next((window for window in windows(plan) if last is None or last < window.first), None)


def known(plan: AreaPlan, day: date) -> list[Review]:
    """The reviews that are there by the day: of a cut-off date before, and approved if somebody has to."""
    return [r for r in plan.reviews if r.cut_off <= day and (r.approved is None or r.approved.date <= day)]
