"""The rule that what is said of a state fits the dates."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from sozplan.diagnostics import Severity, Text, text
from sozplan.model.areas import AreaPlan, Review
from sozplan.model.case import Case
from sozplan.model.entity import Entity, Place
from sozplan.model.funding import Application
from sozplan.model.handbook import Handbook
from sozplan.model.measures import Measure
from sozplan.model.plan import Plan
from sozplan.model.resolutions import Resolution
from sozplan.model.shared import Decided, FollowUp
from sozplan.model.targets import Milestone
from sozplan.model.terms import MeasureStatus, Outcome, Status
from sozplan.rules.rule import Finding, rule
from sozplan.rules.time.plans import term
from sozplan.rules.words import day, label

Path = tuple[str | int, ...]


class _Clash(NamedTuple):
    """What contradicts what, and where the state is said."""

    path: Path
    claim: Text
    fact: Text


@rule(
    "time.status",
    Severity.ERROR,
    de="{claim}, aber {fact}. Berichtigen Sie das eine oder das andere.",
    en="{claim}, but {fact}. Correct the one or the other.",
    softens=True,
    by_plan=True,
)
def state_against_dates(case: Case) -> Iterator[Finding]:
    """Status und Daten widersprechen sich nicht

    Ein Plan, der als beendet gilt und noch Jahre läuft, oder eine Maßnahme, die vor ihrem Beginn läuft,
    erscheint in jedem Bericht an der falschen Stelle.
    Was als erledigt gemeldet wird, kann nicht in der Zukunft liegen.

    English:
        Status and dates don't contradict each other

        A plan that counts as ended and runs on for years, or a measure that runs before it begins,
        turns up in the wrong place of each report.
        What is reported as done can't lie in the future.

    Bad:
        # plans/areas/hafen.yaml
        measures:
          - id: hafen-m1
            title: Kita-Lotsen im Hafentreff
            goals: [hafen-g1]
            commitment: intended
            budget_reservation: false
            responsible: amt-51
            executing: [hafentreff-ev]
            progress: planned  # <- time.status
            actual: {from: 2026-02-01}

    Good:
        # plans/areas/hafen.yaml
        measures:
          - id: hafen-m1
            title: Kita-Lotsen im Hafentreff
            goals: [hafen-g1]
            commitment: intended
            budget_reservation: false
            responsible: amt-51
            executing: [hafentreff-ev]
            progress: running
            actual: {from: 2026-02-01}
    """
    for entity, owner in case.plan.placed_as(Decided, Handbook, Milestone, FollowUp, Review, Application):
        for clash in _clashes(entity, case):
            place = Place(entity.origin.locate(*clash.path), owner)
            yield Finding(place, {"claim": clash.claim, "fact": clash.fact})


def _clashes(entity: Entity, case: Case) -> Iterator[_Clash]:
    today = case.as_of
    match entity:
        case Measure():
            yield from _measure(entity, today)
            yield from _decided(entity, case.plan, today)
        case Decided():
            yield from _decided(entity, case.plan, today)
        case Handbook():
            yield from _handbook(entity, today)
        case Milestone() | FollowUp():
            yield from _done_ahead(entity, "done", entity.done, today)
        case Review():
            yield from _done_ahead(entity, "cut_off", entity.cut_off, today)
            if entity.approved is not None:
                yield from _done_ahead(entity.approved, "date", entity.approved.date, today, ("approved", "date"))
        case Application():
            for i, stage in enumerate(entity.stages):
                yield from _done_ahead(stage, "date", stage.date, today, ("stages", i, "date"))


def _done_ahead(entity: Entity, field: str, when: date | None, today: date, path: Path = ()) -> Iterator[_Clash]:
    if when is not None and when > today:
        name = label(entity, field)
        claim = text(de=f"„{name.de}“ nennt den {day(when).de}", en=f"“{name.en}” says {day(when).en}")
        yield _Clash(path or (field,), claim, _not_yet())


def _not_yet() -> Text:
    return text(de="dieser Tag ist noch nicht gekommen", en="that day has not come yet")


def _measure(measure: Measure, today: date) -> Iterator[_Clash]:
    if (fact := _FACTS[measure.progress](measure, today)) is not None:
        word = measure.progress.label
        claim = text(
            de=f"Die Maßnahme „{measure.id}“ hat den Stand „{word.de}“",
            en=f"The measure “{measure.id}” has the state “{word.en}”",
        )
        yield _Clash(("progress",), claim, fact)


def _against_planned(measure: Measure, today: date) -> Text | None:
    actual = measure.actual
    return _began(actual.start) if actual is not None and actual.start <= today else None


def _against_running(measure: Measure, today: date) -> Text | None:
    span = measure.actual or measure.forecast or measure.planned
    if span is not None and span.start > today:
        return text(de=f"sie beginnt erst am {day(span.start).de}", en=f"it only begins on {day(span.start).en}")
    if measure.actual is not None and measure.actual.end is not None and measure.actual.end < today:
        end = day(measure.actual.end)
        return text(de=f"sie endete tatsächlich am {end.de}", en=f"it actually ended on {end.en}")
    return None


def _against_over(measure: Measure, today: date) -> Text | None:
    end = measure.actual.end if measure.actual is not None else None
    if end is not None and end > today:
        return text(de=f"sie endet tatsächlich erst am {day(end).de}", en=f"it actually ends on {day(end).en}")
    return None


def _against_completed(measure: Measure, today: date) -> Text | None:
    if (fact := _against_over(measure, today)) is not None:
        return fact
    if measure.actual is not None and measure.actual.end is not None:
        return None
    expected = measure.forecast or measure.planned
    if expected is not None and expected.end is not None and expected.end > today:
        end = day(expected.end)
        return text(
            de=f"sie soll bis {end.de} laufen, und „actual“ nennt keinen früheren letzten Tag",
            en=f"it is to run until {end.en}, and “actual” names no earlier last day",
        )
    return None


def _began(start: date) -> Text:
    return text(de=f"sie begann tatsächlich am {day(start).de}", en=f"it actually began on {day(start).en}")


_FACTS = {
    MeasureStatus.PLANNED: _against_planned,
    MeasureStatus.RUNNING: _against_running,
    MeasureStatus.COMPLETED: _against_completed,
    MeasureStatus.STOPPED: _against_over,
}


def _decided(entity: Decided, plan: Plan, today: date) -> Iterator[_Clash]:
    if entity.status is None:
        return
    if (fact := _against_status(entity, entity.status, plan, today)) is not None:
        word = entity.status.label
        claim = text(
            de=f"„{entity.id}“ hat den Status „{word.de}“",
            en=f"“{entity.id}” has the status “{word.en}”",
        )
        yield _Clash(("status",), claim, fact)


def _against_status(entity: Decided, status: Status, plan: Plan, today: date) -> Text | None:
    last = term(entity)[1] if isinstance(entity, AreaPlan) else entity.valid_to
    if status is Status.ENDED:
        return _runs_on(last) if last is not None and last >= today else None
    resolution = plan.find(entity.resolution, Resolution)
    if resolution is None:
        return None
    if status is Status.RESOLVED and resolution.date > today:
        on = day(resolution.date)
        return text(
            de=f"der Beschluss „{resolution.id}“ fällt erst am {on.de}",
            en=f"the resolution “{resolution.id}” is only taken on {on.en}",
        )
    is_taken = resolution.outcome is Outcome.ADOPTED and resolution.date <= today
    if is_taken and status in (Status.DRAFT, Status.PROPOSAL):
        on = day(resolution.date)
        return text(
            de=f"der Beschluss „{resolution.id}“ wurde am {on.de} gefasst",
            en=f"the resolution “{resolution.id}” was taken on {on.en}",
        )
    return None


def _runs_on(last: date) -> Text:
    if last == date.max:
        return text(de="ein letzter Tag ist nicht genannt", en="no last day is named")
    return text(
        de=f"der letzte Tag ist erst der {day(last).de} (früher endet es mit „valid_to“)",
        en=f"its last day is only {day(last).en} (to end earlier, use “valid_to”)",
    )


def _handbook(handbook: Handbook, today: date) -> Iterator[_Clash]:
    is_early = handbook.status in (Status.DRAFT, Status.PROPOSAL)
    if is_early and handbook.effective is not None and handbook.effective <= today:
        word, since = handbook.status.label, day(handbook.effective)
        claim = text(de=f"Das Handbuch hat den Status „{word.de}“", en=f"The handbook has the status “{word.en}”")
        yield _Clash(("status",), claim, text(de=f"es gilt seit {since.de}", en=f"it is in force since {since.en}"))


RULES = (state_against_dates,)
