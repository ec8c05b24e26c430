"""The phase in which each plan stands: the first whose proof is missing, with the next step and who owes it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sozplan.analysis.cycle.planning import aimed, analysed, decided, planned
from sozplan.analysis.cycle.running import begins, evaluated, implemented, monitored
from sozplan.analysis.cycle.stage import STEPS, Gap, Stage, State, StepKind, in_force, newest, office, process
from sozplan.analysis.reporting import awaited, ended
from sozplan.model.areas import AreaPlan
from sozplan.model.case import Case
from sozplan.model.entity import Place
from sozplan.model.memory import once
from sozplan.model.processes import Process
from sozplan.model.terms import Phase, Status


@dataclass(frozen=True, slots=True)
class Step:
    """What is to be done next, for which phase, by whom and by when, and by which process of the handbook."""

    kind: StepKind
    phase: Phase
    place: Place
    office: str | None
    until: date | None
    process: Process | None
    about: date | int | None = None
    detail: str | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a plan stands, and from when on; `turn` counts the times that have been reported on, the one that runs too.

    An ended plan has no next step.
    """

    plan: AreaPlan
    phase: Phase
    since: date | None
    turn: int | None
    stages: tuple[Stage, ...]
    step: Step | None
    in_force: bool

    @property
    def stage(self) -> Stage:
        return next(each for each in self.stages if each.phase is self.phase)

    @property
    def gaps(self) -> tuple[Gap, ...]:
        """The proofs that are missing where the plan stands."""
        return self.stage.gaps

    @property
    def behind(self) -> tuple[Stage, ...]:
        """The phases after the one where it stands."""
        return self.stages[self.stages.index(self.stage) + 1 :]

    @property
    def proven_later(self) -> tuple[Stage, ...]:
        """Phases that are proven although something before them isn't."""
        return tuple(each for each in self.behind if each.state is State.PROVEN) if self.gaps else ()

    @property
    def open_later(self) -> tuple[Gap, ...]:
        """What is missing besides in phases that a plan in force should have behind it."""
        return tuple(gap for each in self.behind for gap in each.gaps) if self.in_force else ()

    @property
    def is_over(self) -> bool:
        return self.plan.status is Status.ENDED


@once
def standings(case: Case) -> tuple[Standing, ...]:
    """Of every area plan, in the order of their ids."""
    return tuple(_standing(case, plan) for plan in case.plan.area_plans)


def standing(case: Case, plan: AreaPlan) -> Standing:
    return next(each for each in standings(case) if each.plan is plan)


def _standing(case: Case, plan: AreaPlan) -> Standing:
    stages = _stages(case, plan)
    lacking = next((each for each in stages if each.gaps), None)
    over = plan.status is Status.ENDED
    phase = lacking.phase if lacking else Phase.EVALUATION if over else Phase.IMPLEMENTATION
    step = None if over else _asked(case, lacking) if lacking else _ahead(case, plan)
    return Standing(
        plan, phase, _since(case, plan, stages, lacking), _turn(case, plan, phase), stages, step, in_force(case, plan)
    )


def _stages(case: Case, plan: AreaPlan) -> tuple[Stage, ...]:
    """In the order of the cycle; as long as a report is awaited, the evaluation of the last one isn't that of this."""
    until = _next_occasion(case, plan)
    monitoring, evaluation = monitored(case, plan), evaluated(case, plan)
    if monitoring.gaps and not evaluation.gaps:
        evaluation = Stage(evaluation.phase, (), ())
    return (
        analysed(case, plan, until), aimed(case, plan, until), planned(case, plan, until), decided(case, plan, until),
        implemented(case, plan), monitoring, evaluation,
    )  # fmt: skip


def _next_occasion(case: Case, plan: AreaPlan) -> date | None:
    """When a plan is next looked at: in its report if it is in force, else in the first body that is to hear it."""
    if in_force(case, plan):
        window = awaited(plan, case.as_of)
        return window.due if window is not None else None
    stops = plan.paper.consultations if plan.paper is not None else ()
    days = [stop.date for stop in stops if stop.date is not None] + [plan.period.start]
    return min((day for day in days if day >= case.as_of), default=None)


def _since(case: Case, plan: AreaPlan, stages: Sequence[Stage], lacking: Stage | None) -> date | None:
    """From when it had to be proven, else from when everything before it was; a closed round leads to the next."""
    if lacking is not None:
        before = stages[: stages.index(lacking)]
        return lacking.since or newest(each.day for each in before)
    closed = stages[-1].day or newest((plan.period.start, stages[3].day))
    return closed if closed is not None and closed <= case.as_of else stages[3].day


def _turn(case: Case, plan: AreaPlan, phase: Phase) -> int | None:
    """A round lasts until its report has been evaluated."""
    if not in_force(case, plan) or plan.reporting is None or plan.period.start > case.as_of:
        return None
    window = ended(plan, case.as_of)
    last = window.number if window else 0
    is_closing = phase in (Phase.MONITORING, Phase.EVALUATION)
    return max(last, 1) if is_closing else last + 1


def _asked(case: Case, lacking: Stage) -> Step:
    """What closes the gap that is due first; of those without a day the first."""
    gap = min(lacking.gaps, key=lambda each: each.until or date.max)
    step, phase = STEPS[gap.kind], lacking.phase
    return Step(step, phase, gap.place, gap.office, gap.until, process(case, phase), gap.about, gap.detail)


def _ahead(case: Case, plan: AreaPlan) -> Step:
    """Where nothing is missing: the first measure, the next report, or after the last one what is to come then."""
    day, measure = begins(plan)
    if day > case.as_of and measure is not None:
        owing = measure.responsible or office(case, plan, Phase.IMPLEMENTATION)
        place = measure.at("planned", "from")
        covering = process(case, Phase.IMPLEMENTATION)
        return Step(StepKind.BEGIN, Phase.IMPLEMENTATION, place, owing, day, covering, detail=measure.title)
    window = awaited(plan, case.as_of)
    if window is not None:
        owing, place = office(case, plan, Phase.MONITORING), plan.at("reporting", "rhythm")
        covering = process(case, Phase.MONITORING)
        return Step(StepKind.REPORT, Phase.MONITORING, place, owing, window.due, covering, window.cut_off)
    owing, place = office(case, plan, Phase.EVALUATION), plan.at("period", "to")
    covering = process(case, Phase.EVALUATION)
    return Step(StepKind.SUCCEED, Phase.EVALUATION, place, owing, plan.period.end, covering)
