"""Who works together on a goal: who contributes what, bound by what, and in which body they meet."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sozplan.diagnostics import Text, text
from sozplan.model.areas import AreaGoal, AreaPlan
from sozplan.model.measures import Measure
from sozplan.model.organisation import Actor, Body, Contract
from sozplan.model.plan import Plan
from sozplan.model.strategy import Goal, Strategy
from sozplan.model.terms import ActorKind, BodyKind, MeasureStatus
from sozplan.render.views.house import is_outside
from sozplan.render.views.organisation import of_measure


@dataclass(frozen=True, slots=True)
class Share:
    """A measure and the letters that somebody has in it."""

    measure: Measure
    letters: str


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one office or partner does for a goal; `contracts` bind those outside, `bodies` are where it sits."""

    holder: str
    shares: tuple[Share, ...]
    contracts: tuple[Contract, ...]
    bodies: tuple[str, ...]
    bond: Text | None
    """What binds it besides contracts; nothing for a partner outside."""

    @property
    def is_bound(self) -> bool:
        return bool(self.contracts) or self.bond is not None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A goal of an area with all that contribute; `bodies` are where its matters are dealt with."""

    number: int
    goal: AreaGoal
    measures: tuple[Measure, ...]
    contributions: tuple[Contribution, ...]
    bodies: tuple[Body, ...]

    @property
    def unbound(self) -> tuple[str, ...]:
        """Partners whose contribution no contract secures."""
        return tuple(each.holder for each in self.contributions if not each.is_bound)


def sheets(plan: Plan, area_plan: AreaPlan, day: date) -> tuple[Sheet, ...]:
    """In the order of the plan."""
    return tuple(_sheet(plan, area_plan, goal, number, day) for number, goal in enumerate(area_plan.goals, 1))


def _sheet(plan: Plan, area_plan: AreaPlan, goal: AreaGoal, number: int, day: date) -> Sheet:
    measures = tuple(m for m in _offered(plan, area_plan, goal) if m.progress not in _OVER)
    bodies = _concerned(plan, area_plan, goal, measures, day)
    holders = dict.fromkeys(([goal.owner] if goal.owner else []) + [h for m in measures for h in of_measure(m).holders])
    found = tuple(_contribution(plan, holder, measures, bodies, day) for holder in holders)
    return Sheet(number, goal, measures, found, bodies)


_OVER = frozenset({MeasureStatus.STOPPED, MeasureStatus.COMPLETED})


def _offered(plan: Plan, area_plan: AreaPlan, goal: AreaGoal) -> Iterable[Measure]:
    """The plan's measures for the goal, and those of the whole that reach its area and serve the same."""
    yield from (m for m in area_plan.measures if goal.id in m.goals)
    for root in plan.all(Strategy):
        reaching = (m for m in root.measures if any(each.area == area_plan.area for each in m.allocation))
        yield from (m for m in reaching if {goal.id, goal.serves}.intersection(m.goals))


def _concerned(
    plan: Plan, area_plan: AreaPlan, goal: AreaGoal, measures: Sequence[Measure], day: date
) -> tuple[Body, ...]:
    """Bodies that speak for the area or its themes, and those that steer or coordinate everything."""
    themes = {m.theme for m in measures if m.theme} | _themes(plan, area_plan, goal)
    return tuple(b for b in plan.bodies if b.in_force(day) and _deals_with(b, area_plan.area, themes))


def _themes(plan: Plan, area_plan: AreaPlan, goal: AreaGoal) -> set[str]:
    needed = {need.theme for need in area_plan.needs if need.id in goal.needs and need.theme}
    served = plan.find(goal.serves, Goal)
    return needed | ({served.theme} if served and served.theme else set())


def _deals_with(body: Body, area: str, themes: set[str]) -> bool:
    mandate = body.mandate
    if mandate is None:
        return False
    if mandate.areas and area not in mandate.areas:
        return False
    if mandate.themes:
        return not themes.isdisjoint(mandate.themes)
    return bool(mandate.areas) or body.kind in {BodyKind.STEERING, BodyKind.COORDINATING}


def _contribution(
    plan: Plan, holder: str, measures: Sequence[Measure], bodies: Sequence[Body], day: date
) -> Contribution:
    taken = ((measure, of_measure(measure).letters(holder)) for measure in measures)
    shares = tuple(Share(measure, letters) for measure, letters in taken if letters)
    about = {m.id for m in measures}
    contracts = tuple(
        c for c in plan.contracts if holder in c.parties and about.intersection(c.measures) and c.term.holds(day)
    )
    sits = tuple(b.id for b in bodies if holder in _seats(b))
    bond = _bond(plan, holder)
    return Contribution(holder, shares, () if bond else contracts, sits, bond)


_ORDER = text(de="Dienstanweisung", en="service order")
_FOUNDED = text(de="Einsetzungsbeschluss", en="founding resolution")
_MANDATE = text(de="eigenes Mandat", en="mandate of its own")


def _bond(plan: Plan, holder: str) -> Text | None:
    """A service order binds offices alone; councils and groups have a mandate of their own."""
    if is_outside(plan, holder):
        return None
    actor = plan.find(holder, Actor)
    if actor is None:
        return _FOUNDED
    return _MANDATE if actor.kind is ActorKind.GROUP else _ORDER


def _seats(body: Body) -> set[str]:
    """Who sits in it, runs it or stands in for a member."""
    seats = {id for member in body.members for id in (member.actor, member.deputy)}
    return {id for id in (*seats, body.chair, body.office) if id is not None}
