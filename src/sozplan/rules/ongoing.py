"""What is still being worked on, for rules that look at targets only as long as somebody does."""

from __future__ import annotations

from sozplan.model.areas import AreaGoal
from sozplan.model.memory import once
from sozplan.model.plan import Plan
from sozplan.model.strategy import Goal
from sozplan.model.targets import TargetFields
from sozplan.model.terms import Status
from sozplan.rules.rule import status_of


@once
def targets(plan: Plan) -> tuple[tuple[TargetFields, Goal | AreaGoal], ...]:
    """The targets whose goal hasn't ended, with it."""
    return tuple(pair for pair in plan.targets() if status_of(plan, pair[1]) is not Status.ENDED)
