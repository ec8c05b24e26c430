"""What doesn't go as planned, and what is done about it: the newest review of each measure and goal."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sozplan.analysis.verdict import Report
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
    def unanswered(self) -> bool:
        """A red light about which nobody says what is done or why nothing is."""
        lights = {self.computed, *(_shown(self.review) if self.review else ())}
        return Light.RED in lights and not (self.review and any(_answers(self.review)))


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
    return bool(_shown(review) & _WARNING) or review.override is not None or any(_answers(review))


def _shown(review: Review) -> set[Light | None]:
    lights = review.lights
    return {lights.schedule, lights.resources, lights.output, lights.effect} if lights else set()


def _answers(review: Review) -> tuple[object, ...]:
    return review.countermeasure, review.decision_needed, review.accepted
