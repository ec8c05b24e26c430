"""What falls due when, and which office has to see to it.

Only what is still open: what is done, refused or ended is left out, what is overdue stays until it is done.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import chain

from sozplan.analysis.cycle.standing import standings
from sozplan.analysis.designations import latest, status
from sozplan.analysis.funding.grants import GRANTED
from sozplan.analysis.funding.living import beginning
from sozplan.analysis.months import add_months
from sozplan.analysis.reporting import awaited
from sozplan.diagnostics import Text, text
from sozplan.model.areas import AreaPlan
from sozplan.model.case import Case
from sozplan.model.entity import Place
from sozplan.model.figures import Missing, reference_date
from sozplan.model.funding import Application, Programme
from sozplan.model.handbook import Handbook
from sozplan.model.measures import Measure
from sozplan.model.organisation import Actor, Contract
from sozplan.model.plan import Plan
from sozplan.model.resolutions import Resolution
from sozplan.model.terms import ApplicationState, DueKind, EarlyStart, MeasureStatus, Outcome, Phase, Status

_OVER = (MeasureStatus.COMPLETED, MeasureStatus.STOPPED)
_FILED = (ApplicationState.APPLICATION, ApplicationState.NOTICE, ApplicationState.DRAWDOWN, ApplicationState.REFUSED)
_UNDELIVERED = (Missing.EMPTY, Missing.LATER)


@dataclass(frozen=True, slots=True)
class Due:
    """Something to be done by a day; `office` is an actor or body, None where nobody is named."""

    day: date
    kind: DueKind
    title: Text
    place: Place
    office: str | None
    phase: Phase | None = None
    """Of the controlling cycle, where it is the next step of a plan."""

    @property
    def entity(self) -> str | None:
        return self.place.entity


@dataclass(frozen=True, slots=True)
class Standstill:
    """A plan in force of which nothing has moved since a day; None where nothing ever did."""

    plan: AreaPlan
    since: date | None


@dataclass(frozen=True, slots=True)
class Agenda:
    """What is due up to a day, oldest first, and what stands above all of it."""

    items: tuple[Due, ...]
    stale: tuple[Standstill, ...]
    unowned: tuple[Measure, ...]
    """Measures that nobody answers for."""


def agenda(case: Case, until: date, stale_days: int) -> Agenda:
    """All that is due up to and including `until`, and plans of which nothing has moved for so many days."""
    sources = (
        _of_plans, _of_resolutions, _of_funding, _of_contracts, _of_data, _of_designations, _of_handbooks, _of_calendar,
    )  # fmt: skip
    found = _with_steps(case, list(chain.from_iterable(source(case) for source in sources)))
    items = sorted((each for each in found if each.day <= until), key=_order)
    limit = case.as_of - timedelta(days=stale_days)
    moved = ((plan, _moved(case, plan)) for plan in _in_force(case.plan))
    stale = tuple(Standstill(plan, since) for plan, since in moved if since is None or since < limit)
    return Agenda(tuple(items), stale, tuple(m for m in _running(case.plan) if m.responsible is None))


def _with_steps(case: Case, items: list[Due]) -> list[Due]:
    """With the next step of each plan in the controlling cycle: marked where it is due anyway, today if undated."""
    for standing in standings(case):
        step = standing.step
        if step is None:
            continue
        day, words = step.until or case.as_of, step.kind.label
        same = [i for i, each in enumerate(items) if (each.place, each.day) == (step.place, day)]
        for i in same:
            items[i] = replace(items[i], phase=step.phase)
        if not same:
            title = Text(f"{words.de} – {standing.plan.title}", f"{words.en} – {standing.plan.title}")
            items.append(Due(day, DueKind.STEP, title, step.place, step.office, step.phase))
    return items


def _order(each: Due) -> tuple[date, str, str, str, int]:
    at = each.place.location
    return each.day, each.office or "", each.kind.value, at.file, at.line


def _in_force(plan: Plan) -> Iterator[AreaPlan]:
    return (each for each in plan.area_plans if each.status is Status.RESOLVED)


def _running(plan: Plan) -> Iterator[Measure]:
    """Measures that aren't over, of plans that aren't either."""
    for measure in plan.measures:
        ended = Status.ENDED in (measure.status, plan.status(measure.origin.file))
        if measure.progress not in _OVER and not ended:
            yield measure


def _of_plans(case: Case) -> Iterator[Due]:
    for measure in _running(case.plan):
        for step in measure.milestones:
            if step.done is None:
                yield Due(step.due, DueKind.MILESTONE, _same(step.title), step.at("due"), measure.responsible)
        yield from _calls(case, measure)
    for plan in _in_force(case.plan):
        yield from _report(case, plan)
    newest: dict[str, date] = {}
    for review in case.plan.reviews:
        newest[review.subject] = max(review.cut_off, newest.get(review.subject, review.cut_off))
    for review in case.plan.reviews:
        promised = review.countermeasure
        if promised is not None and promised.done is None and newest[review.subject] == review.cut_off:
            place = review.at("countermeasure", "until")
            yield Due(promised.until, DueKind.COUNTERMEASURE, _same(promised.statement), place, promised.who)


def _report(case: Case, plan: AreaPlan) -> Iterator[Due]:
    """The first report that isn't there yet."""
    window = awaited(plan, case.as_of)
    if window is not None:
        office = plan.paper.office if plan.paper is not None else None
        yield Due(window.due, DueKind.REVIEW, _same(plan.title), plan.at("reporting", "rhythm"), office)


def _of_resolutions(case: Case) -> Iterator[Due]:
    for resolution in case.plan.resolutions:
        if resolution.outcome is Outcome.REJECTED or resolution.date > case.as_of:
            continue
        for i, task in enumerate(resolution.follow_ups):
            if task.done is None:
                place = resolution.at("follow_ups", i, "until")
                yield Due(task.until, DueKind.FOLLOW_UP, _of(task.statement, resolution), place, task.who)


def _of(statement: str, resolution: Resolution) -> Text:
    number = resolution.number or resolution.id
    return Text(f"{statement} ({number})", f"{statement} ({number})")


def _of_funding(case: Case) -> Iterator[Due]:
    for each in case.plan.all(Application):
        states = {stage.state for stage in each.stages}
        if ApplicationState.REFUSED in states:
            continue
        title = _same(each.title)
        if each.grant_end is not None and each.grant_end >= case.as_of:
            yield Due(each.grant_end, DueKind.GRANT_END, title, each.at("grant_end"), each.applicant)
        proof = proof_day(case.plan, each)
        if proof is not None and ApplicationState.PROOF not in states:
            place = each.at("proof_due" if each.proof_due else "grant_end")
            yield Due(proof, DueKind.PROOF, title, place, each.applicant)
        bound = binding_day(case.plan, each)
        if bound is not None and bound >= case.as_of:
            yield Due(bound, DueKind.BINDING, title, each.at("grant_end"), each.applicant)
        drawn = max((stage.date for stage in each.stages if stage.state is ApplicationState.DRAWDOWN), default=None)
        for i, day in enumerate(each.drawdowns):
            if ApplicationState.PROOF not in states and (drawn is None or drawn < day):
                yield Due(day, DueKind.DRAWDOWN, title, each.at("drawdowns", i), each.applicant)
        yield from _early_start(case, each, states)


def proof_day(plan: Plan, application: Application) -> date | None:
    """As the notice says, else so many months after the end of the grant as the programme asks for."""
    programme = plan.find(application.programme, Programme)
    if application.proof_due is not None or application.grant_end is None:
        return application.proof_due
    if programme is None or programme.proof_months is None:
        return None
    return add_months(application.grant_end, programme.proof_months)


def binding_day(plan: Plan, application: Application) -> date | None:
    """How long what was paid for stays bound to its purpose; counted from the end of the grant."""
    programme = plan.find(application.programme, Programme)
    if programme is None or not programme.binding_years or application.grant_end is None:
        return None
    if not any(stage.state in GRANTED for stage in application.stages):
        return None
    return add_months(application.grant_end, 12 * programme.binding_years)


def _early_start(case: Case, application: Application, states: set[ApplicationState]) -> Iterator[Due]:
    """Where the notice is awaited and a measure begins: an early start has to be approved by then."""
    programme = case.plan.find(application.programme, Programme)
    if programme is None or programme.early_start is not EarlyStart.ON_APPROVAL or application.early_start is not None:
        return
    if ApplicationState.APPLICATION not in states or states & set(GRANTED):
        return
    for id in application.measures:
        measure = case.plan.find(id, Measure)
        start = beginning(measure) if measure is not None else None
        if measure is not None and start is not None and start >= case.as_of:
            title = _same(f"{application.title}: {measure.title}")
            yield Due(start, DueKind.EARLY_START, title, application.at("stages"), application.applicant)


def _calls(case: Case, measure: Measure) -> Iterator[Due]:
    """The next call of each programme that is to pay for a measure or may, as long as nothing has been filed."""
    budgeted = [source for line in measure.budget for source in line.financing]
    for id in dict.fromkeys([*measure.programmes, *budgeted]):
        programme = case.plan.find(id, Programme)
        if programme is None or _is_filed(case.plan, programme.id, measure.id):
            continue
        closing = min((window.closes for window in programme.windows if window.closes >= case.as_of), default=None)
        if closing is not None:
            title = Text(f"{programme.short or programme.name}: {measure.title}", f"{programme.name}: {measure.title}")
            yield Due(closing, DueKind.CALL, title, measure.at("id"), measure.responsible)


def _is_filed(plan: Plan, programme: str, measure: str) -> bool:
    return any(
        each.programme == programme and measure in each.measures and any(s.state in _FILED for s in each.stages)
        for each in plan.all(Application)
    )


def _of_contracts(case: Case) -> Iterator[Due]:
    """The administration sees to it: that it gives notice in time, and that the proof comes."""
    for each in case.plan.all(Contract):
        if each.term.end is not None and each.term.end < case.as_of:
            continue
        office = next((id for id in each.parties if _is_inside(case.plan, id)), None)
        if each.proof_due is not None:
            yield Due(each.proof_due, DueKind.PROOF, _same(each.title), each.at("proof_due"), office)
        if each.term.end is not None and each.notice_months is not None:
            day = add_months(each.term.end, -each.notice_months)
            if day >= case.as_of:
                yield Due(day, DueKind.NOTICE, _same(each.title), each.at("notice_months"), office)


def _is_inside(plan: Plan, id: str) -> bool:
    actor = plan.find(id, Actor)
    return actor is not None and not actor.external


def _of_data(case: Case) -> Iterator[Due]:
    """When the next value of an indicator should be there, reckoned from the last that is."""
    newest: dict[str, date] = {}
    sheets = {sheet.id: sheet for sheet in case.plan.indicators if sheet.in_force(case.as_of)}
    for cell in case.figures.cells:
        sheet = sheets.get(cell.indicator)
        known = cell.vintage is None or cell.vintage <= case.as_of
        if sheet is not None and known and cell.missing not in _UNDELIVERED and cell.period.end <= case.as_of:
            day = reference_date(sheet, cell.period)
            newest[sheet.id] = max(day, newest.get(sheet.id, day))
    for id, day in newest.items():
        sheet = sheets[id]
        due = add_months(day, sheet.periodicity.months + sheet.lag_months)
        yield Due(due, DueKind.DATA, _same(sheet.short or sheet.name), sheet.at("periodicity"), sheet.responsible)


def _of_designations(case: Case) -> Iterator[Due]:
    for each in latest(case).values():
        if each.next_review is not None and each.designated and status(case.plan, each) is not Status.ENDED:
            area = case.plan.get(each.area)
            title = _same(getattr(area, "name", each.area))
            yield Due(each.next_review, DueKind.DESIGNATION, title, each.at("next_review"), None)


def _of_handbooks(case: Case) -> Iterator[Due]:
    for each in case.plan.all(Handbook):
        if each.next_review is not None and each.status is not Status.ENDED:
            yield Due(each.next_review, DueKind.HANDBOOK, _same(each.title), each.at("next_review"), each.signatory)


def _of_calendar(case: Case) -> Iterator[Due]:
    for each in case.plan.calendar.appointments:
        if (each.end or each.date) >= case.as_of:
            yield Due(each.date, DueKind.APPOINTMENT, _same(each.title), each.at("date"), each.who or each.body)
    for waiver in case.plan.waivers:
        if waiver.expires >= case.as_of:
            title = text(de=f"{waiver.rule} bei {waiver.entity}", en=f"{waiver.rule} of {waiver.entity}")
            yield Due(waiver.expires, DueKind.WAIVER, title, waiver.at("expires"), waiver.role)


def _moved(case: Case, plan: AreaPlan) -> date | None:
    """The last day on which anything happened by what the plan itself says."""
    days = [review.cut_off for review in plan.reviews]
    days += [step.done for measure in plan.measures for step in measure.milestones if step.done is not None]
    days += [measure.actual.start for measure in plan.measures if measure.actual is not None]
    resolution = case.plan.find(plan.resolution or "", Resolution)
    days += [] if resolution is None else [resolution.date]
    return max((day for day in days if day <= case.as_of), default=None)


def _same(words: str) -> Text:
    return Text(words, words)
