"""The phases of a plan in force, which come again with every report: implementation, monitoring, evaluation."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from sozplan.analysis.cycle.planning import kept
from sozplan.analysis.cycle.stage import Gap, GapKind, Proof, ProofKind, Stage, in_force, newest, office, session
from sozplan.analysis.reporting import Window, awaited, ended, known, windows
from sozplan.model.areas import AreaPlan, Review, ReviewLights
from sozplan.model.case import Case
from sozplan.model.measures import Measure
from sozplan.model.resolutions import Resolution
from sozplan.model.targets import Milestones
from sozplan.model.terms import Light, Outcome, Phase, Status


def begins(plan: AreaPlan) -> tuple[date, Measure | None]:
    """When the first measure is to begin, and which one; else the plan itself."""
    days = [(each.planned.start, i, each) for i, each in enumerate(kept(plan)) if each.planned is not None]
    if not days:
        return plan.period.start, None
    day, _, measure = min(days, key=lambda each: each[:2])
    return day, measure


def implemented(case: Case, plan: AreaPlan) -> Stage:
    """Something has begun, been reached or paid; asked for from the day on which the first measure should begin."""
    day, measure = begins(plan)
    proofs = tuple(_moved(case, plan))
    gaps = []
    if not proofs and in_force(case, plan) and day <= case.as_of:
        owing = (measure.responsible if measure else None) or office(case, plan, Phase.IMPLEMENTATION)
        place = plan.at("period", "from") if measure is None else measure.at("progress")
        gaps.append(Gap(kind=GapKind.NO_START, place=place, office=owing, until=day))
    return Stage(Phase.IMPLEMENTATION, proofs, tuple(gaps), day)


def _moved(case: Case, plan: AreaPlan) -> Iterator[Proof]:
    today = case.as_of
    for measure in plan.measures:
        if measure.actual is not None and measure.actual.start <= today:
            yield Proof(ProofKind.START, measure.at("actual", "from"), measure.actual.start)
        for i, line in enumerate(measure.budget):
            if line.actual and line.year <= today.year:
                yield Proof(ProofKind.SPENDING, measure.at("budget", i, "actual"), _last_day(line.year, today))
    steps = [step for measure in plan.measures for step in measure.milestones]
    targets = (target for goal in plan.goals for target in goal.targets)
    steps += [step for target in targets if isinstance(target, Milestones) for step in target.milestones]
    for step in steps:
        if step.done is not None and step.done <= today:
            yield Proof(ProofKind.MILESTONE, step.at("done"), step.done)
    for review in known(plan, today):
        if review.spent:
            yield Proof(ProofKind.SPENDING, review.at("spent"), review.cut_off)


def _last_day(year: int, today: date) -> date | None:
    """Money of a year is spent by its end; of the year that runs nobody knows the day."""
    return date(year, 12, 31) if year < today.year else None


def monitored(case: Case, plan: AreaPlan) -> Stage:
    """The last time to be reported on has its report; where no rhythm is agreed, any report will do."""
    window, found = ended(plan, case.as_of), known(plan, case.as_of)
    there = [each for each in found if window is None or each.cut_off >= window.first]
    proofs = tuple(Proof(ProofKind.REVIEW, each.at("cut_off"), _day_of(each)) for each in there)
    first = awaited(plan, case.as_of) if window is not None and not there else window
    gap = _unreported(case, plan, first) if in_force(case, plan) and not there else None
    since = first.cut_off + timedelta(days=1) if first is not None else None
    return Stage(Phase.MONITORING, proofs, (gap,) if gap is not None else (), since)


def _unreported(case: Case, plan: AreaPlan, window: Window | None) -> Gap | None:
    owing = office(case, plan, Phase.MONITORING)
    if window is not None:
        place = plan.at("reporting", "rhythm")
        return Gap(kind=GapKind.NO_REVIEW, place=place, office=owing, until=window.due, about=window.cut_off)
    if plan.reporting is None and plan.period.start <= case.as_of:
        return Gap(kind=GapKind.NO_RHYTHM, place=plan.at("id"), office=owing)
    return None


def _day_of(review: Review) -> date:
    """When it was there: the day of the approval, else of what it says."""
    return review.approved.date if review.approved is not None else review.cut_off


def evaluated(case: Case, plan: AreaPlan) -> Stage:
    """A body has seen the last reports and what they ask for has followed; past its end, a plan has a successor."""
    reports = _last_reports(case, plan)
    found = [*_noted(case, plan, reports), *_succeeded(case, plan)]
    for report in reports:
        found += _answered(case, plan, report)
    proofs = tuple(each for each in found if isinstance(each, Proof))
    gaps = tuple(each for each in found if isinstance(each, Gap)) if in_force(case, plan) else ()
    return Stage(Phase.EVALUATION, proofs, gaps, newest(_day_of(each) for each in reports))


def _last_reports(case: Case, plan: AreaPlan) -> list[Review]:
    """Of each subject the newest about the time last reported on; what older ones asked for is history."""
    found = sorted(known(plan, case.as_of), key=lambda each: each.cut_off)
    if not found or (plan.reporting is not None and ended(plan, case.as_of) is None):
        return []
    first = max((w.first for w in windows(plan, found[-1].cut_off)), default=date.min)
    return list({each.subject: each for each in found if each.cut_off >= first}.values())


def _noted(case: Case, plan: AreaPlan, reports: Sequence[Review]) -> Iterator[Proof | Gap]:
    """Any resolution will do that names the plan, or what the reports are about, after their cut-off date."""
    if not reports:
        return
    about, cut_off = {plan.id, *(each.subject for each in reports)}, min(each.cut_off for each in reports)
    seen = [r for r in _since(case, cut_off) if about.intersection(r.subjects)]
    if seen:
        last = max(seen, key=lambda each: (each.date, each.id))
        yield Proof(ProofKind.NOTE, last.at("date"), last.date)
    else:
        owing = office(case, plan, Phase.EVALUATION)
        place = max(reports, key=lambda each: each.cut_off).at("cut_off")
        day = session(case, plan) or _before_next(case, plan)
        yield Gap(kind=GapKind.NOT_NOTED, place=place, office=owing, until=day)


def _since(case: Case, day: date) -> list[Resolution]:
    """What was decided or noted from that day on."""
    return [r for r in case.plan.resolutions if day <= r.date <= case.as_of and r.outcome in _SETTLED]


_SETTLED = (Outcome.ADOPTED, Outcome.REJECTED, Outcome.NOTED)
_DECIDED = (Outcome.ADOPTED, Outcome.REJECTED)


def _answered(case: Case, plan: AreaPlan, review: Review) -> Iterator[Proof | Gap]:
    """What follows from one report: a countermeasure in time, a decision, or a reason to do nothing."""
    owing, promised = office(case, plan, Phase.EVALUATION), review.countermeasure
    red = _red(review)
    if red is not None and promised is None and review.decision_needed is None and review.accepted is None:
        until = _before_next(case, plan)
        yield Gap(kind=GapKind.NO_CONSEQUENCE, place=review.at(*red), office=owing, until=until)
    if review.decision_needed is not None:
        yield from _ruled(case, plan, review, owing)
    if promised is None:
        return
    done = promised.done if promised.done is not None and promised.done <= case.as_of else None
    if done is None and promised.until < case.as_of:
        place = review.at("countermeasure", "until")
        yield Gap(
            kind=GapKind.NOT_DONE, place=place, office=promised.who, until=promised.until, detail=promised.statement
        )  # fmt: skip
    else:
        yield Proof(ProofKind.CONSEQUENCE, review.at("countermeasure"), done or _day_of(review))


def _ruled(case: Case, plan: AreaPlan, review: Review, owing: str | None) -> Iterator[Proof | Gap]:
    """A decision is needed until one is taken on the subject of the report or on the plan as a whole."""
    about = {review.subject, plan.id}
    taken = [r for r in _since(case, review.cut_off) if r.outcome in _DECIDED and about.intersection(r.subjects)]
    if taken:
        last = max(taken, key=lambda each: (each.date, each.id))
        yield Proof(ProofKind.CONSEQUENCE, last.at("date"), last.date)
        return
    limit = _before_next(case, plan)
    until = (session(case, plan, last_before=limit) if limit else session(case, plan)) or limit
    place = review.at("decision_needed")
    yield Gap(kind=GapKind.UNDECIDED, place=place, office=owing, until=until, detail=review.decision_needed)


def _before_next(case: Case, plan: AreaPlan) -> date | None:
    """What a report asks for should be settled by the next one."""
    window = awaited(plan, case.as_of)
    return window.cut_off if window is not None else plan.period.end


def _red(review: Review) -> tuple[str, ...] | None:
    """Where the first red light stands; one set by hand comes first."""
    if review.override is not None and review.override.light is Light.RED:
        return "override", "light"
    for name in ReviewLights.model_fields if review.lights is not None else ():
        if getattr(review.lights, name) is Light.RED:
            return "lights", name
    return None


def _succeeded(case: Case, plan: AreaPlan) -> Iterator[Proof | Gap]:
    """Whether another plan follows one whose term is over, unless that has been ended."""
    follow = [each for each in case.plan.area_plans if each.predecessor == plan.id and in_force(case, each)]
    for each in follow:
        resolution = case.plan.find(each.resolution, Resolution)
        if resolution is not None and resolution.date <= case.as_of:
            yield Proof(ProofKind.SUCCESSOR, each.at("predecessor"), resolution.date)
            return
    over = plan.period.end is not None and plan.period.end < case.as_of
    if over and plan.status is Status.RESOLVED:
        owing = office(case, plan, Phase.EVALUATION)
        yield Gap(kind=GapKind.NO_SUCCESSOR, place=plan.at("period", "to"), office=owing, until=plan.period.end)
