"""How a plan's goals stand to the goals of the whole municipality."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sozplan.model.areas import AreaGoal, AreaPlan
from sozplan.model.plan import Plan
from sozplan.model.strategy import Goal
from sozplan.model.terms import GoalLevel


@dataclass(frozen=True, slots=True)
class Served:
    """A guiding goal, the goal below it that is served directly, and the plan's goals that do so."""

    guiding: Goal
    direct: Goal | None
    goals: tuple[str, ...]
    also: tuple[str, ...]
    """Goals that serve it beside another."""


@dataclass(frozen=True, slots=True)
class Guided:
    """A guiding goal and the plan's goals below it."""

    goal: Goal
    goals: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Alignment:
    rows: tuple[Served, ...]
    untouched: tuple[Goal, ...]
    """Guiding goals that no goal of the plan serves."""

    @property
    def by_guiding(self) -> tuple[Guided, ...]:
        """Without the goals in between; what serves beside another only where nothing else does."""
        guiding = {row.guiding.id: row.guiding for row in self.rows}
        rows = [(id, [row for row in self.rows if row.guiding.id == id]) for id in guiding]
        return tuple(
            Guided(guiding[id], tuple(dict.fromkeys(g for r in some for g in r.goals)) or some[0].also)
            for id, some in rows
        )


def alignment(plan: Plan, area_plan: AreaPlan) -> Alignment:
    rows = tuple(_rows(plan, area_plan))
    touched = {row.guiding.id for row in rows}
    guiding = (g for g in plan.goals if g.level is GoalLevel.GUIDING)
    return Alignment(rows, tuple(g for g in guiding if g.id not in touched))


def _rows(plan: Plan, area_plan: AreaPlan) -> Iterator[Served]:
    for goal in plan.goals:
        own = tuple(g.id for g in area_plan.goals if g.serves == goal.id)
        also = tuple(g.id for g in area_plan.goals if goal.id in g.also_serves and g.id not in own)
        guiding = guiding_of(plan, goal.id)
        if guiding is not None and (own or also):
            yield Served(guiding, None if goal is guiding else goal, own, also)


def guiding_of(plan: Plan, id: str | None) -> Goal | None:
    """The guiding goal at or above a goal of the strategy; none where the parents form a circle."""
    for _ in GoalLevel:
        goal = plan.find(id, Goal)
        if goal is None or goal.level is GoalLevel.GUIDING:
            return goal
        id = goal.parent
    return None


def guiding_of_area_goal(plan: Plan, goal: AreaGoal) -> Goal | None:
    return guiding_of(plan, goal.serves)
