"""The golden thread: need → goal → measure → money → effect → resolution, with what is missing marked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import TypeVar

from sozplan.analysis.verdict import TargetStatus
from sozplan.model.areas import AreaGoal, AreaPlan, Need
from sozplan.model.entity import Entity, id_of
from sozplan.model.funding import Programme
from sozplan.model.measures import Link, Measure
from sozplan.model.plan import Plan
from sozplan.model.resolutions import Resolution
from sozplan.model.shared import Decided
from sozplan.model.strategy import Goal
from sozplan.model.targets import Milestone, TargetFields
from sozplan.model.terms import Term


class Strand(Term):
    NEED = "need", "Bedarf", "need"
    GOAL = "goal", "Ziel", "goal"
    MEASURE = "measure", "Maßnahme", "measure"
    MONEY = "money", "Mittel", "money"
    EFFECT = "effect", "Wirkung", "effect"
    RESOLUTION = "resolution", "Beschluss", "resolution"


class Missing(Term):
    """What the thread lacks at a place."""

    NO_NEED = "no-need", "kein Bedarf, aus dem das Ziel folgt", "no need from which the goal follows"
    NO_GOAL = "no-goal", "kein Ziel folgt daraus", "no goal follows from it"
    AIMLESS = "aimless", "kein Ziel, dem die Maßnahme dient", "no goal that the measure serves"
    NO_MEASURE = "no-measure", "keine Maßnahme dient dem Ziel", "no measure serves the goal"
    NO_MONEY = "no-money", "keine Mittel", "no money"
    NO_EFFECT = "no-effect", "keine erwartete Wirkung genannt", "no expected effect named"
    NO_TARGET = "no-target", "kein Zielwert misst das Ziel", "no target measures the goal"
    NO_RESOLUTION = "no-resolution", "kein Beschluss", "no resolution"
    UNKNOWN = "unknown", "gibt es nicht", "does not exist"


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A knot of the thread, or a gap in it; what it tells depends on its strand.

    `deferred` is why no goal follows from a need: then that is no gap.
    """

    strand: Strand
    id: str | None = None
    entity: Entity | None = None
    gap: Missing | None = None
    deferred: str | None = None
    money: Mapping[int, Decimal] | None = None
    """Planned euro by year."""
    status: TargetStatus | None = None
    children: tuple[Node, ...] = ()

    @property
    def gaps(self) -> int:
        return (self.gap is not None) + sum(child.gaps for child in self.children)


KINDS = (Need, AreaGoal, Goal, Measure, TargetFields, Milestone, AreaPlan, Resolution, Programme)
"""From what a thread can start."""


def thread(plan: Plan, start: Entity, statuses: Iterable[TargetStatus]) -> tuple[Node, ...] | None:
    """Every strand that the entry is part of; none where it is of a kind that has none.

    Only the measure, the goal or the need asked for is followed, with what it comes from and what comes of it.
    """
    if not isinstance(start, KINDS):
        return None
    loom = _Loom(plan, {status.target: status for status in statuses})
    strands = tuple(loom.strands(*_chosen(loom, start)))
    return tuple(each for each in strands if each.id == start.id) if isinstance(start, Need) else strands


E = TypeVar("E", bound=Entity)
_Chosen = tuple[list[Need], list[AreaGoal | Goal], list[Measure]]


def _chosen(loom: _Loom, start: Entity) -> _Chosen:
    """Needs without a goal, goals, and the measures to be followed below them."""
    plan = loom.plan
    match start:
        case Need():
            goals = loom.goals_of_need(start.id)
            return [] if goals else [start], list(goals), loom.measures_of(goals)
        case AreaGoal():
            return [], [start], loom.measures_of([start])
        case Goal():
            below = loom.below(start)
            return [], below, loom.measures_of(below)
        case Measure():
            return [], loom.goals_of(start), [start]
        case AreaPlan():
            unmet = [need for need in start.needs if not loom.goals_of_need(need.id)]
            return unmet, list(start.goals), loom.measures_of(start.goals)
        case Resolution():
            return _joined(_chosen(loom, each) for id in start.subjects if isinstance(each := plan.get(id), KINDS))
        case Programme():
            return _joined(_chosen(loom, each) for each in plan.measures if start.id in _payers(each))
        case TargetFields() | Milestone():
            return _joined(_chosen(loom, each) for each in loom.holders(start))
    return [], [], []


def _joined(parts: Iterable[_Chosen]) -> _Chosen:
    needs: list[Need] = []
    goals: list[AreaGoal | Goal] = []
    measures: list[Measure] = []
    for more_needs, more_goals, more_measures in parts:
        needs += more_needs
        goals += more_goals
        measures += more_measures
    return _once(needs), _once(goals), _once(measures)


def _once(entries: list[E]) -> list[E]:
    return list({id_of(each): each for each in entries}.values())


def _payers(measure: Measure) -> set[str]:
    return {source for line in measure.budget for source in line.financing} | set(measure.programmes)


@dataclass(frozen=True)
class _Loom:
    plan: Plan
    statuses: Mapping[str, TargetStatus]

    @cached_property
    def _measures(self) -> Mapping[str, list[Measure]]:
        found: dict[str, list[Measure]] = {}
        for measure in self.plan.measures:
            for goal in measure.goals:
                found.setdefault(goal, []).append(measure)
        return found

    @cached_property
    def _goals(self) -> Mapping[str, list[AreaGoal]]:
        found: dict[str, list[AreaGoal]] = {}
        for goal in self.plan.area_goals:
            for need in goal.needs:
                found.setdefault(need, []).append(goal)
        return found

    def goals_of_need(self, need: str) -> list[AreaGoal]:
        return self._goals.get(need, [])

    def measures_of(self, goals: Iterable[AreaGoal | Goal]) -> list[Measure]:
        return list({m.id: m for goal in goals for m in self._measures.get(goal.id, ())}.values())

    def goals_of(self, measure: Measure) -> list[AreaGoal | Goal]:
        found = (self.plan.get(id) for id in measure.goals)
        return [goal for goal in found if isinstance(goal, AreaGoal | Goal)]

    def below(self, goal: Goal) -> list[AreaGoal | Goal]:
        """The goal if anything hangs on it itself, the goals below it, and the area goals that serve any of them."""
        inside, grown = {goal.id}, True
        while grown:
            more = {g.id for g in self.plan.goals if g.parent in inside} - inside
            inside |= more
            grown = bool(more)
        own = [g for g in self.plan.goals if g.id in inside and (g.targets or self._measures.get(g.id))]
        return [*own, *(g for g in self.plan.area_goals if g.serves in inside)]

    def holders(self, part: Entity) -> list[Entity]:
        """The goals and measures that a target or milestone stands in."""
        goals = [goal for target, goal in self.plan.targets() if target is part or part in _milestones(target)]
        return [*goals, *(measure for measure in self.plan.measures if part in measure.milestones)]

    def strands(self, needs: list[Need], goals: list[AreaGoal | Goal], measures: list[Measure]) -> Iterator[Node]:
        followed = {measure.id for measure in measures}
        named = dict.fromkeys(need for goal in goals for need in _needs(goal))
        for id in named:
            below = [goal for goal in goals if id in _needs(goal)]
            yield self._need(id, tuple(self._goal(goal, followed) for goal in below))
        for need in needs:
            below_it = () if need.deferred else (Node(strand=Strand.GOAL, gap=Missing.NO_GOAL),)
            yield Node(strand=Strand.NEED, id=need.id, entity=need, deferred=need.deferred, children=below_it)
        for goal in goals:
            if isinstance(goal, Goal):
                yield self._goal(goal, followed)
            elif not goal.needs:
                yield Node(strand=Strand.NEED, gap=Missing.NO_NEED, children=(self._goal(goal, followed),))
        if measures and not goals:
            yield Node(strand=Strand.GOAL, gap=Missing.AIMLESS, children=tuple(map(self._measure, measures)))

    def _need(self, id: str, children: tuple[Node, ...]) -> Node:
        need = self.plan.find(id, Need)
        gap = None if need or id in self.plan.muted else Missing.UNKNOWN
        return Node(strand=Strand.NEED, id=id, entity=need, gap=gap, children=children)

    def _goal(self, goal: AreaGoal | Goal, followed: set[str]) -> Node:
        measures = [self._measure(m) for m in self._measures.get(goal.id, ()) if m.id in followed]
        missing = Node(strand=Strand.MEASURE, gap=Missing.NO_MEASURE)
        effects = [self._target(target) for target in goal.targets]
        unmeasured = Node(strand=Strand.EFFECT, gap=Missing.NO_TARGET)
        children = (*(measures or [missing]), *(effects or [unmeasured]), self._resolution(goal))
        return Node(strand=Strand.GOAL, id=goal.id, entity=goal, children=children)

    def _target(self, target: TargetFields) -> Node:
        return Node(strand=Strand.EFFECT, id=target.id, entity=target, status=self.statuses.get(target.id))

    def _measure(self, measure: Measure) -> Node:
        children = (_money(measure), *_effects(measure), self._resolution(measure))
        return Node(strand=Strand.MEASURE, id=measure.id, entity=measure, children=children)

    def _resolution(self, decided: Decided) -> Node:
        """Its own, else that of its plan."""
        owner = self.plan.owner(decided.id)
        id = decided.resolution or (owner.resolution if owner else None)
        if id is None:
            return Node(strand=Strand.RESOLUTION, gap=Missing.NO_RESOLUTION)
        found = self.plan.find(id, Resolution)
        gap = None if found or id in self.plan.muted else Missing.UNKNOWN
        return Node(strand=Strand.RESOLUTION, id=id, entity=found, gap=gap)


def _milestones(target: TargetFields) -> tuple[Entity, ...]:
    found: tuple[Entity, ...] = getattr(target, "milestones", ())
    return found


def _needs(goal: AreaGoal | Goal) -> tuple[str, ...]:
    return goal.needs if isinstance(goal, AreaGoal) else ()


def _money(measure: Measure) -> Node:
    if not measure.budget:
        return Node(strand=Strand.MONEY, gap=Missing.NO_MONEY)
    years = sorted({line.year for line in measure.budget})
    return Node(strand=Strand.MONEY, money={year: measure.cost(year) for year in years})


def _effects(measure: Measure) -> tuple[Node, ...]:
    """What the measure is to bring about for people, not what it does."""
    chain = measure.impact
    links: list[Link] = [link for link in (chain.outcome, chain.impact) if link] if chain else []
    return tuple(Node(strand=Strand.EFFECT, entity=link) for link in links) or (
        Node(strand=Strand.EFFECT, gap=Missing.NO_EFFECT),
    )
