"""The phases in which a plan is made: analysis, needs and goals, measures, resolution and resources."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple, TypeVar

from sozplan.analysis.cycle.stage import (
    Gap,
    GapKind,
    Proof,
    ProofKind,
    Stage,
    deciding,
    in_force,
    newest,
    office,
    session,
)
from sozplan.analysis.months import add_months
from sozplan.analysis.proofs import Proof as Pleaded
from sozplan.analysis.proofs import cells_behind
from sozplan.model.areas import AreaGoal, AreaPlan, FigureEvidence, LocalEvidence, Need
from sozplan.model.calendar import Appointment, BudgetYear
from sozplan.model.case import Case
from sozplan.model.figures import Missing, reference_date
from sozplan.model.indicators import Indicator
from sozplan.model.measures import Measure
from sozplan.model.resolutions import Resolution
from sozplan.model.shared import Decided
from sozplan.model.targets import Maintain, Milestones, TargetFields
from sozplan.model.terms import BudgetState, CalendarKind, MeasureStatus, Outcome, Phase, ResolutionKind, Status

_RESOLVED = (Status.RESOLVED, Status.ENDED)
_UNDELIVERED = (Missing.EMPTY, Missing.LATER)

D = TypeVar("D", bound=Decided)


class _Evidence(NamedTuple):
    """A kind of evidence, and what is missing where there is none or only an old one."""

    proof: ProofKind
    none: GapKind
    old: GapKind


_FIGURES = _Evidence(ProofKind.FIGURE, GapKind.NO_FIGURE, GapKind.OLD_FIGURE)
_EXPERIENCE = _Evidence(ProofKind.EXPERIENCE, GapKind.NO_EXPERIENCE, GapKind.OLD_EXPERIENCE)


def analysed(case: Case, plan: AreaPlan, until: date | None) -> Stage:
    """Each need has a figure and local experience, neither of them older than a baseline may be."""
    owing, proofs, gaps = office(case, plan, Phase.ANALYSE), list[Proof](), list[Gap]()
    oldest = add_months(plan.period.start, -12 * case.plan.settings.targets.baseline_years)
    needs = live(plan.needs)
    for need in needs:
        for evidence, found in ((_FIGURES, _figures(case, plan, need)), (_EXPERIENCE, _experience(case, need))):
            pleaded = [Proof(evidence.proof, need.at("evidence", i), day) for i, day in found]
            day = newest(each.day for each in pleaded)
            proofs += pleaded
            if day is None:
                gaps.append(Gap(kind=evidence.none, place=need.at("id"), office=owing, until=until))
            elif day < oldest:
                gaps.append(Gap(kind=evidence.old, place=need.at("id"), office=owing, until=until, about=day))
    if not needs:
        gaps.append(Gap(kind=GapKind.NO_NEED, place=plan.at("id"), office=owing, until=until))
    return Stage(Phase.ANALYSE, tuple(proofs), tuple(gaps))


def live(entries: Iterable[D]) -> list[D]:
    return [each for each in entries if each.status is not Status.ENDED]


def _figures(case: Case, plan: AreaPlan, need: Need) -> Iterator[tuple[int, date]]:
    """The figures that have been delivered, with their reference date."""
    for i, each in enumerate(need.evidence):
        sheet = case.plan.find(each.indicator, Indicator) if isinstance(each, FigureEvidence) else None
        if isinstance(each, FigureEvidence) and sheet is not None:
            day = reference_date(sheet, each.period)
            pleaded = Pleaded(("evidence", i, "period"), each.indicator, each.period, each.area or plan.area)
            cells = cells_behind(case, pleaded) if day <= case.as_of else ()
            if any(cell.missing not in _UNDELIVERED for cell in cells):
                yield i, day


def _experience(case: Case, need: Need) -> Iterator[tuple[int, date]]:
    for i, each in enumerate(need.evidence):
        if isinstance(each, LocalEvidence) and each.date <= case.as_of:
            yield i, each.date


def aimed(case: Case, plan: AreaPlan, until: date | None) -> Stage:
    """Each need has a goal unless it is put off with a reason, and each goal a target that can be measured."""
    goals, owing = live(plan.goals), office(case, plan, Phase.GOALS)
    answered = {need for goal in goals for need in goal.needs}
    gaps = [
        Gap(kind=GapKind.NO_GOAL, place=need.at("id"), office=owing, until=until)
        for need in live(plan.needs)
        if need.id not in answered and need.deferred is None
    ]
    proofs = []
    for goal in goals:
        if goal.targets and all(map(_is_complete, goal.targets)):
            proofs.append(Proof(ProofKind.GOAL, goal.at("id"), _baseline(case, goal)))
        else:
            gaps.append(Gap(kind=GapKind.NO_TARGET, place=goal.at("id"), office=goal.owner or owing, until=until))
    if not goals and not gaps:
        gaps.append(Gap(kind=GapKind.NO_GOAL, place=plan.at("id"), office=owing, until=until))
    return Stage(Phase.GOALS, tuple(proofs), tuple(gaps))


def _is_complete(target: TargetFields) -> bool:
    """Whether it can be told one day that it is met."""
    if isinstance(target, Milestones):
        return bool(target.milestones)
    if isinstance(target, Maintain):
        return target.until is not None and (target.lower, target.upper) != (None, None)
    return getattr(target, "baseline", None) is not None and getattr(target, "target", None) is not None


def _baseline(case: Case, goal: AreaGoal) -> date | None:
    """The newest reference date that a target of the goal starts from; a goal has no day of its own."""
    days = []
    for target in goal.targets:
        sheet = case.plan.find(getattr(target, "indicator", None), Indicator)
        start = getattr(target, "baseline", None)
        days += [reference_date(sheet, start.period)] if sheet is not None and start is not None else []
    return newest(day for day in days if day <= case.as_of)


def planned(case: Case, plan: AreaPlan, until: date | None) -> Stage:
    """Each goal has a measure, and each measure an office that answers for it, and money."""
    owing, measures = office(case, plan, Phase.MEASURES), kept(plan)
    served = {goal for each in case.plan.measures if each.progress is not MeasureStatus.STOPPED for goal in each.goals}
    gaps = [
        Gap(kind=GapKind.NO_MEASURE, place=goal.at("id"), office=goal.owner or owing, until=until)
        for goal in live(plan.goals)
        if goal.id not in served
    ]
    for measure in measures:
        if measure.responsible is None:
            gaps.append(Gap(kind=GapKind.NOBODY, place=measure.at("id"), office=owing, until=until))
        if not measure.budget:
            day = _registration(case) or until
            gaps.append(
                Gap(kind=GapKind.NO_MONEY, place=measure.at("id"), office=measure.responsible or owing, until=day)
            )
    if not measures and not gaps:
        gaps.append(Gap(kind=GapKind.NO_MEASURE, place=plan.at("id"), office=owing, until=until))
    full = (each for each in measures if each.responsible is not None and each.budget)
    return Stage(Phase.MEASURES, tuple(Proof(ProofKind.MEASURE, each.at("id")) for each in full), tuple(gaps))


def kept(plan: AreaPlan) -> list[Measure]:
    """The plan's measures that nobody has given up."""
    return [each for each in live(plan.measures) if each.progress is not MeasureStatus.STOPPED]


def _registration(case: Case) -> date | None:
    """The next date of the budget calendar."""
    found = next_budget_date(case)
    return found.date if found else None


def next_budget_date(case: Case) -> Appointment | None:
    dates = (each for each in case.plan.calendar.appointments if each.kind is CalendarKind.BUDGET)
    return min((each for each in dates if each.date >= case.as_of), key=lambda each: (each.date, each.id), default=None)


def decided(case: Case, plan: AreaPlan, until: date | None) -> Stage:
    """The plan has been resolved on, and a budget in its term adopted where the calendar speaks of one."""
    owing, proofs, gaps = office(case, plan, Phase.DECISION), list[Proof](), list[Gap]()
    resolution, holds = case.plan.find(plan.resolution, Resolution), in_force(case, plan)
    if holds and resolution is not None and _decides(resolution) and resolution.date <= case.as_of:
        proofs.append(Proof(ProofKind.RESOLUTION, resolution.at("date"), resolution.date))
    elif not holds or plan.resolution not in case.plan.muted:
        place = plan.at("resolution" if plan.status in _RESOLVED and plan.resolution is not None else "status")
        gaps.append(
            Gap(kind=GapKind.NO_RESOLUTION, place=place, office=owing, until=_decision_day(case, plan) or until)
        )
    budgets = _budgets(case, plan) if holds else []
    adopted = [(each, day) for each in budgets if (day := _adopted(case, each)) is not None]
    if adopted:
        proofs.append(Proof(ProofKind.BUDGET, adopted[-1][0].at("state"), adopted[-1][1]))
    elif budgets:
        gaps.append(_unadopted(case, budgets[-1], owing))
    return Stage(Phase.DECISION, tuple(proofs), tuple(gaps))


def _decision_day(case: Case, plan: AreaPlan) -> date | None:
    """As the paper has it, unless that is over."""
    stop = deciding(plan)
    day = stop.date if stop is not None else None
    return day if day is not None and day >= case.as_of else session(case, plan)


def _decides(resolution: Resolution) -> bool:
    return resolution.outcome is Outcome.ADOPTED and resolution.kind is not ResolutionKind.INFORMATION


def _budgets(case: Case, plan: AreaPlan) -> list[BudgetYear]:
    """What the calendar says of the years from the start of the plan up to now, older first."""
    first = plan.period.start.year
    last = min(max(first, case.as_of.year), plan.period.end.year if plan.period.end else date.max.year)
    found = (each for each in case.plan.calendar.budgets if first <= each.year <= last)
    return sorted(found, key=lambda each: each.year)


def _adopted(case: Case, budget: BudgetYear) -> date | None:
    """The day on which it was, if it was by now."""
    if budget.state not in (BudgetState.ADOPTED, BudgetState.CONSOLIDATION):
        return None
    statute = case.plan.find(budget.resolution, Resolution)
    day = statute.date if statute else budget.start or date(budget.year, 1, 1)
    return day if day <= case.as_of else None


def _unadopted(case: Case, budget: BudgetYear, owing: str | None) -> Gap:
    """Whoever brings in the next date of the budget has to see to it."""
    ahead = next_budget_date(case)
    return Gap(
        kind=GapKind.NO_BUDGET,
        place=budget.at("state"),
        office=(ahead.who if ahead else None) or owing,
        until=ahead.date if ahead else None,
        about=budget.year,
    )
