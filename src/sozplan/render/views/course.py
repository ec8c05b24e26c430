"""How the measures go: their milestones, the lights of their newest review, what is spent, and what is still to do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sozplan.diagnostics import Text
from sozplan.model.areas import AreaPlan, Review
from sozplan.model.calendar import Waiver
from sozplan.model.entity import id_of, walk
from sozplan.model.measures import Measure
from sozplan.model.plan import Plan
from sozplan.model.resolutions import Resolution
from sozplan.model.shared import FollowUp
from sozplan.model.targets import Milestone
from sozplan.model.terms import Light, ResolutionKind, Response
from sozplan.render.views.deviations import lamps, lights_of, newest


@dataclass(frozen=True, slots=True)
class Mark:
    """A milestone on the day: `state` is done, late or ahead."""

    milestone: Milestone
    state: str


@dataclass(frozen=True, slots=True)
class MeasureRow:
    number: str
    measure: Measure
    review: Review | None
    marks: tuple[Mark, ...]

    @property
    def lamps(self) -> tuple[tuple[Text, Light], ...]:
        """The lights of the newest review, each with what it is about."""
        return lamps(self.review)

    @property
    def lights(self) -> tuple[Light | None, ...]:
        return lights_of(self.review)

    @property
    def next(self) -> Mark | None:
        """The milestone that one would ask about: the first that is not done."""
        return next((mark for mark in self.marks if mark.state != DONE), None)


DONE, LATE, AHEAD = "done", "late", "ahead"


def measure_rows(plan: Plan, area_plan: AreaPlan, numbers: dict[str, str], day: date) -> tuple[MeasureRow, ...]:
    return tuple(
        MeasureRow(numbers[m.id], m, newest(plan, m.id, day), tuple(_mark(each, day) for each in m.milestones))
        for m in area_plan.measures
    )


def _mark(milestone: Milestone, day: date) -> Mark:
    if milestone.done is not None and milestone.done <= day:
        return Mark(milestone, DONE)
    return Mark(milestone, LATE if milestone.due < day else AHEAD)


@dataclass(frozen=True, slots=True)
class Spending:
    """A measure's money in a year: what was planned, and what was spent by the newest day that is known."""

    number: str
    measure: Measure
    planned: Decimal
    spent: Decimal
    by: date | None
    """None where the year's result is entered in the plan."""

    @property
    def share(self) -> Decimal | None:
        return self.spent / self.planned * 100 if self.planned else None


def spending(plan: Plan, area_plan: AreaPlan, numbers: dict[str, str], year: int, day: date) -> tuple[Spending, ...]:
    """Only measures of which somebody said what they spent."""
    rows = (_spent(plan, measure, numbers[measure.id], year, day) for measure in area_plan.measures)
    return tuple(row for row in rows if row is not None)


def _spent(plan: Plan, measure: Measure, number: str, year: int, day: date) -> Spending | None:
    actual = [line.actual for line in measure.budget if line.year == year and line.actual is not None]
    told = [r for r in plan.reviews if r.subject == measure.id and r.cut_off.year == year and r.cut_off <= day]
    review = max((r for r in told if r.spent is not None), key=lambda r: r.cut_off, default=None)
    if actual:
        return Spending(number, measure, measure.cost(year), sum(actual, Decimal(0)), None)
    if review is None or review.spent is None:
        return None
    return Spending(number, measure, measure.cost(year), review.spent, review.cut_off)


@dataclass(frozen=True, slots=True)
class Task:
    """What a resolution asked for and nobody has reported as done."""

    resolution: Resolution
    task: FollowUp
    overdue: bool


def open_tasks(plan: Plan, area_plans: tuple[AreaPlan, ...], day: date, *, public: bool) -> tuple[Task, ...]:
    """Of resolutions about these plans or anything in them, by their due date."""
    about = {id for each in area_plans for id in _ids(each)}
    found = [
        Task(resolution, task, task.until < day)
        for resolution in plan.resolutions
        if resolution.date <= day and about & _subjects(resolution) and not (public and _is_closed(resolution))
        for task in resolution.follow_ups
        if task.done is None or task.done > day
    ]
    return tuple(sorted(found, key=lambda each: (each.task.until, each.resolution.id)))


def _is_closed(resolution: Resolution) -> bool:
    """Taken in a session that wasn't public; an order of the head of administration has no session."""
    return not resolution.public and resolution.kind is not ResolutionKind.ORDER


def _ids(area_plan: AreaPlan) -> Iterator[str]:
    """Its own, and the resolutions by which its parts are in force."""
    for each in walk(area_plan):
        yield from (id for id in (id_of(each), getattr(each, "resolution", None)) if id is not None)


def _subjects(resolution: Resolution) -> set[str]:
    return {resolution.id, *resolution.subjects}


def waivers(plan: Plan, area_plan: AreaPlan, day: date) -> tuple[Waiver, ...]:
    """The findings on the plan that are accepted for a time: they are printed."""
    own = set(_ids(area_plan))
    return tuple(each for each in plan.waivers if each.entity in own and each.expires >= day)


@dataclass(frozen=True, slots=True)
class Heard:
    """The participation in numbers, and who took part at all."""

    rounds: int
    contributions: int
    taken_up: int
    partly: int
    rejected: int
    dissent: int
    participants: tuple[str, ...]
    target_groups: tuple[str, ...]


def heard(area_plan: AreaPlan) -> Heard:
    answers = [c.response for each in area_plan.participation for c in each.contributions]
    return Heard(
        rounds=len(area_plan.participation),
        contributions=len(answers),
        taken_up=answers.count(Response.TAKEN_UP),
        partly=answers.count(Response.PARTLY),
        rejected=answers.count(Response.REJECTED),
        dissent=sum(len(each.dissent) for each in area_plan.participation),
        participants=tuple(dict.fromkeys(id for each in area_plan.participation for id in each.participants)),
        target_groups=tuple(dict.fromkeys(id for each in area_plan.participation for id in each.target_groups)),
    )
