"""What doesn't go as planned, and what is done about it: the newest review of each measure and goal."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sozplan.analysis.verdict import Report
from sozplan.diagnostics import Text, text
from sozplan.model.areas import AreaPlan, Review
from sozplan.model.plan import Plan
from sozplan.model.terms import Light

_WARNING = frozenset({Light.YELLOW, Light.RED})


@dataclass(frozen=True, slots=True)
class Deviation:
    """`computed` is the worst computed light of a goal; None for measures."""

    subject: str
    review: Review | None
    computed: Light | None

    @property
    def lamps(self) -> tuple[tuple[Text, Light], ...]:
        """The lights of the review, each with what it is about."""
        return lamps(self.review) if self.review else ()

    @property
    def is_red(self) -> bool:
        return Light.RED in {self.computed, *(light for _, light in self.lamps)}

    @property
    def is_grave(self) -> bool:
        """What a session has to speak of: red, or something is done or to be decided about it."""
        return self.is_red or self.is_answered or (self.review is not None and self.review.override is not None)

    @property
    def is_answered(self) -> bool:
        """Whether somebody says what is done, what is to be decided, or why it is left so."""
        return self.review is not None and any(_answers(self.review))

    @property
    def unanswered(self) -> bool:
        """A red light that nobody answers."""
        return self.is_red and not self.is_answered


DIMENSIONS = (
    text(de="Termin", en="Schedule"),
    text(de="Ressourcen", en="Resources"),
    text(de="Leistung", en="Output"),
    text(de="Wirkung", en="Effect"),
)


def lights_of(review: Review | None) -> tuple[Light | None, ...]:
    """One a dimension."""
    found = review.lights if review else None
    return (found.schedule, found.resources, found.output, found.effect) if found else (None,) * len(DIMENSIONS)


def lamps(review: Review | None) -> tuple[tuple[Text, Light], ...]:
    pairs = zip(DIMENSIONS, lights_of(review), strict=True)
    return tuple((name, light) for name, light in pairs if light is not None)


def deviations(plan: Plan, area_plan: AreaPlan, assessment: Report, day: date) -> tuple[Deviation, ...]:
    """Subjects whose newest review or computed light warns, in the order of the plan: goals, then measures."""
    return tuple(_deviating(plan, area_plan, assessment, day))


def newest(plan: Plan, subject: str, day: date) -> Review | None:
    known = [r for r in plan.reviews if r.subject == subject and r.cut_off <= day]
    return max(known, key=lambda r: r.cut_off, default=None)


def _deviating(plan: Plan, area_plan: AreaPlan, assessment: Report, day: date) -> Iterator[Deviation]:
    own = newest(plan, area_plan.id, day)
    if own is not None and _warns(own):
        yield Deviation(area_plan.id, own, None)
    for goal in area_plan.goals:
        computed, review = _worst(assessment, goal.id), newest(plan, goal.id, day)
        if computed in _WARNING or (review is not None and _warns(review)):
            yield Deviation(goal.id, review, computed)
    for measure in area_plan.measures:
        review = newest(plan, measure.id, day)
        if review is not None and _warns(review):
            yield Deviation(measure.id, review, None)


def _worst(assessment: Report, goal: str) -> Light | None:
    lights = {status.light for status in assessment.targets if status.goal == goal}
    return next((light for light in (Light.RED, Light.YELLOW, Light.GREEN) if light in lights), None)


def _warns(review: Review) -> bool:
    return bool(_WARNING.intersection(lights_of(review))) or review.override is not None or any(_answers(review))


def _answers(review: Review) -> tuple[object, ...]:
    return review.countermeasure, review.decision_needed, review.accepted
