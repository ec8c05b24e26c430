"""Where a plan stands in the controlling cycle, in words: for the terminal, for papers and for programs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from sozplan.analysis.cycle.stage import Gap, Proof, Stage, State, said
from sozplan.analysis.cycle.standing import Standing, Step, standings
from sozplan.analysis.disclosure import Audience
from sozplan.diagnostics import Lang, Text, text
from sozplan.model.case import Case
from sozplan.model.plan import Plan
from sozplan.model.resolutions import Resolution
from sozplan.model.terms import Phase, ResolutionKind, Status
from sozplan.render.numbers import day

HERE = "▶"
# All of these are letters of the font of the papers.
SIGNS = MappingProxyType({State.PROVEN: "✓", State.MISSING: "!", State.AHEAD: "·"})
LEGEND = (
    (SIGNS[State.PROVEN], State.PROVEN.label),
    (HERE, text(de="hier steht der Plan", en="here the plan stands")),
    (SIGNS[State.MISSING], State.MISSING.label),
    (SIGNS[State.AHEAD], State.AHEAD.label),
)
SHORT = MappingProxyType(
    {
        Phase.ANALYSE: text(de="Analyse", en="analysis"),
        Phase.GOALS: text(de="Ziele", en="goals"),
        Phase.MEASURES: text(de="Maßnahmen", en="measures"),
        Phase.DECISION: text(de="Beschluss", en="decision"),
        Phase.IMPLEMENTATION: text(de="Umsetzung", en="implementation"),
        Phase.MONITORING: text(de="Monitoring", en="monitoring"),
        Phase.EVALUATION: text(de="Evaluation", en="evaluation"),
    }
)
CLOSED = text(de="nichtöffentlicher Beschluss", en="non-public resolution")


@dataclass(frozen=True, slots=True)
class Place:
    """A plan in the cycle, as a paper says it."""

    standing: Standing
    signs: tuple[tuple[str, Text], ...]
    """Of each phase, with its short name."""
    since: date | None
    missing: tuple[str, ...]
    """Each once, however often it is missing."""
    step: str | None
    late: bool

    @property
    def is_over(self) -> bool:
        return self.standing.is_over


def places(case: Case, audience: Audience, lang: Lang) -> tuple[Place, ...]:
    """Of the plans that haven't ended, in the order of their ids."""
    return tuple(place(case, each, audience, lang) for each in standings(case) if not each.is_over)


def place(case: Case, standing: Standing, audience: Audience, lang: Lang) -> Place:
    step = standing.step
    return Place(
        standing,
        tuple((sign(standing, stage), SHORT[stage.phase]) for stage in standing.stages),
        since(case.plan, standing, audience),
        tuple(dict.fromkeys(gap_said(gap).say(lang) for gap in standing.gaps)),
        step_said(step).say(lang) if step is not None else None,
        step is not None and step.until is not None and step.until < case.as_of,
    )


def sign(standing: Standing, stage: Stage) -> str:
    """Of a plan that is under way again, what was proven in the round before is still ahead in this one."""
    if stage.phase is standing.phase and standing.plan.status is not Status.ENDED:
        return HERE
    stages = standing.stages
    is_behind = standing.gaps or stages.index(stage) < stages.index(standing.stage) or standing.is_over
    return SIGNS[stage.state if is_behind else State.AHEAD]


def since(plan: Plan, standing: Standing, audience: Audience) -> date | None:
    """Not where it would tell the public the day of a closed session."""
    proofs = (proof for stage in standing.stages for proof in stage.proofs)
    hidden = {proof.day for proof in proofs if is_closed(plan, proof, audience)}
    return None if standing.since in hidden else standing.since


def is_closed(plan: Plan, proof: Proof, audience: Audience) -> bool:
    """Whether it is a resolution that the public reads only that there is one; an order has no session."""
    found = plan.find(proof.place.entity, Resolution)
    public = audience is Audience.PUBLIC
    return public and found is not None and not found.public and found.kind is not ResolutionKind.ORDER


def gap_said(gap: Gap) -> Text:
    return said(gap.kind, _about(gap.about))


def step_said(step: Step) -> Text:
    return said(step.kind, _about(step.about))


def _about(about: date | int | None) -> Text:
    if isinstance(about, date):
        return Text(day(about, "de"), day(about, "en"))
    return Text(str(about), str(about))
