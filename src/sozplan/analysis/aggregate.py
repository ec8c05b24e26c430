"""Several targets together: by weight over what can be rated, never without saying how much that is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import partial

from sozplan.analysis.verdict import Aggregate, Note, TargetStatus, rounded
from sozplan.model.areas import AreaGoal
from sozplan.model.case import Case
from sozplan.model.strategy import Goal
from sozplan.model.terms import GoalLevel, Light, Status

Weighted = Sequence[tuple[Decimal, TargetStatus]]
HUNDRED = Decimal(100)
DEPTH = len(GoalLevel)


def aggregates(case: Case, targets: Sequence[TargetStatus]) -> tuple[Aggregate, ...]:
    """Strategic goals with all below them, then each area plan with its goals, in the order of the files.

    A strategic goal counts the area goals that are resolved: drafts aren't anybody's promise yet, and an ended plan's
    goals were its own. Goals without targets carry no weight.
    """
    tree = _Tree(case, targets)
    found = [(goal.id, tree.below(goal, DEPTH)) for goal in case.plan.goals]
    for plan in case.plan.area_plans:
        found.append((plan.id, tree.together([(goal.weight, tree.own(goal)) for goal in plan.goals])))
        found.extend((goal.id, tree.own(goal)) for goal in plan.goals)
    least = case.plan.settings.lights.coverage
    return tuple(combine(scope, leaves, least) for scope, leaves in found if leaves)


def combine(scope: str, targets: Weighted, least_coverage: Decimal) -> Aggregate:
    """Each target's attainment clipped to 0 … 100, so that none hides another's failure by its own excess."""
    whole = sum((weight for weight, _ in targets), Decimal(0))
    ratable = [(weight, each.attainment) for weight, each in targets if each.ratable and each.attainment is not None]
    rated = sum((weight for weight, _ in ratable), Decimal(0))
    coverage = rated / whole * HUNDRED if whole else Decimal(0)
    attained = sum((weight * min(max(z, Decimal(0)), HUNDRED) for weight, z in ratable), Decimal(0))
    enough = rated > 0 and rounded(coverage) >= least_coverage
    lights = Counter(each.light for _, each in targets)
    return Aggregate(
        scope,
        attained / rated if enough else None,
        coverage,
        {light: lights[light] for light in Light},
        sum(Note.WORSENED in each.notes for _, each in targets),
    )


def weigh(weights: Sequence[Decimal | None]) -> list[Decimal]:
    """Equal weights where none is given; a negative one (an error of its own) counts as none."""
    if all(weight is None for weight in weights):
        return [Decimal(1)] * len(weights)
    return [max(weight or Decimal(0), Decimal(0)) for weight in weights]


class _Tree:
    """The statuses by goal, and the goals by what they serve."""

    def __init__(self, case: Case, targets: Sequence[TargetStatus]) -> None:
        self._by_goal: dict[str, list[TargetStatus]] = {}
        for each in targets:
            self._by_goal.setdefault(each.goal, []).append(each)
        self._children: dict[str, list[Goal | AreaGoal]] = {}
        for above, goal in _links(case):
            self._children.setdefault(above, []).append(goal)

    def own(self, goal: Goal | AreaGoal) -> Weighted:
        targets = self._by_goal.get(goal.id, [])
        return list(zip(weigh([each.weight for each in targets]), targets, strict=True))

    def below(self, goal: Goal | AreaGoal, depth: int) -> Weighted:
        """The goal's own targets, as one among its children; `depth` ends the descent even in a circle."""
        below = self._children.get(goal.id, []) if depth else []
        return self.together([(Decimal(1), self.own(goal)), *((g.weight, self.below(g, depth - 1)) for g in below)])

    def together(self, siblings: Sequence[tuple[Decimal, Weighted]]) -> Weighted:
        """Each sibling's weight, spread over its targets."""
        return [leaf for weight, targets in siblings for leaf in map(partial(_scaled, weight, _sum(targets)), targets)]


def _scaled(weight: Decimal, whole: Decimal, leaf: tuple[Decimal, TargetStatus]) -> tuple[Decimal, TargetStatus]:
    return (weight * leaf[0] / whole if whole else Decimal(0)), leaf[1]


def _sum(targets: Weighted) -> Decimal:
    return sum((weight for weight, _ in targets), Decimal(0))


def _links(case: Case) -> Iterator[tuple[str, Goal | AreaGoal]]:
    for goal in case.plan.goals:
        if goal.parent is not None:
            yield goal.parent, goal
    for plan in case.plan.area_plans:
        for area_goal in plan.goals:
            if area_goal.serves is not None and (area_goal.status or plan.status) is Status.RESOLVED:
                yield area_goal.serves, area_goal
