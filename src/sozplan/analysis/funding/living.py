"""Which measures the rules of money look at, and when these begin and end."""

from __future__ import annotations

from datetime import date

from sozplan.model.case import Case
from sozplan.model.measures import Measure
from sozplan.model.memory import once
from sozplan.model.plan import Plan
from sozplan.model.terms import Commitment, MeasureStatus, Status

_BEGUN = (MeasureStatus.RUNNING, MeasureStatus.COMPLETED)
_FIRM = (Commitment.RESOLVED, Commitment.CONTRACTUAL)


@once
def measures(case: Case) -> tuple[Measure, ...]:
    """What an ended plan said is history."""
    return tuple(each for each in case.plan.measures if status(case.plan, each) is not Status.ENDED)


def status(plan: Plan, measure: Measure) -> Status:
    """Its own, else that of its plan."""
    return measure.status or plan.status(measure.origin.file)


@once
def alive(case: Case) -> tuple[Measure, ...]:
    """Those that haven't been given up."""
    return tuple(measure for measure in measures(case) if measure.progress is not MeasureStatus.STOPPED)


def is_firm(measure: Measure) -> bool:
    """Somebody may rely on it."""
    return measure.commitment in _FIRM


def beginning(measure: Measure) -> date | None:
    span = measure.actual or measure.forecast or measure.planned
    return span.start if span else None


def begun_on(measure: Measure, as_of: date) -> tuple[date, str] | None:
    """The day on which it began, and the field that says so; None where it hasn't."""
    if measure.actual is not None:
        return measure.actual.start, "actual"
    if measure.progress in _BEGUN and measure.planned is not None and measure.planned.start <= as_of:
        return measure.planned.start, "planned"
    return None


def end(plan: Plan, measure: Measure) -> date | None:
    """The last day: of the real term, else of the expected one, else of the plan; None where it is open."""
    if measure.actual is not None and measure.actual.end is not None:
        return measure.actual.end
    span = measure.forecast or measure.planned
    owner = plan.owner(measure.id)
    return span.end if span else owner.period.end if owner else None
