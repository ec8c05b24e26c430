"""The goal tree from guiding goals down to the goals of the areas."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sozplan.model.areas import AreaGoal, AreaPlan
from sozplan.model.plan import Plan
from sozplan.model.strategy import Goal
from sozplan.model.terms import GoalLevel, Status


@dataclass(frozen=True, slots=True)
class GoalRow:
    """A goal below a guiding goal; `depth` is 1 for an intermediate one."""

    goal: Goal | AreaGoal
    level: GoalLevel
    depth: int
    area: str | None = None
    """The social area whose plan it stands in."""


@dataclass(frozen=True, slots=True)
class GoalTree:
    guiding: Goal
    rows: tuple[GoalRow, ...]


def trees(plan: Plan) -> tuple[GoalTree, ...]:
    """One a guiding goal; a goal whose parents form a circle is left to the rules."""
    return tuple(GoalTree(g, tuple(_below(plan, g.id, 1))) for g in plan.goals if g.level is GoalLevel.GUIDING)


def _below(plan: Plan, parent: str, depth: int) -> Iterator[GoalRow]:
    for goal in plan.goals:
        if goal.parent == parent and depth <= len(GoalLevel):
            yield GoalRow(goal, goal.level, depth)
            yield from _below(plan, goal.id, depth + 1)
    for area_plan in running(plan):
        for own in area_plan.goals:
            if own.serves == parent:
                yield GoalRow(own, GoalLevel.ACTION, depth, area_plan.area)


def running(plan: Plan) -> tuple[AreaPlan, ...]:
    """The area plans that haven't ended."""
    return tuple(p for p in plan.area_plans if p.status is not Status.ENDED)
