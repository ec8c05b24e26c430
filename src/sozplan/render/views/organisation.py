"""The house as it is set up: departments with their offices, external actors, who takes which part."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sozplan.model.areas import AreaPlan
from sozplan.model.measures import Measure
from sozplan.model.organisation import Actor, Product, RoleAssignment
from sozplan.model.plan import Plan
from sozplan.model.processes import Step
from sozplan.model.terms import ActorKind, MeasureStatus, Vdmi
from sozplan.render.views.goals import running


@dataclass(frozen=True, slots=True)
class Seat:
    """An actor and how deep it stands below its department."""

    actor: Actor
    depth: int


@dataclass(frozen=True, slots=True)
class Department:
    """A department with all below it, or without a head those that belong to none."""

    head: Actor | None
    seats: tuple[Seat, ...]


def departments(plan: Plan, day: date) -> tuple[Department, ...]:
    """The administration by department, first those outside any; ended offices are left out."""
    inside = tuple(a for a in plan.actors if a.in_force(day) and not a.external)
    known = {a.id for a in inside}
    tops = [a for a in inside if a.part_of not in known]
    heads = [a for a in tops if a.kind is ActorKind.DEPARTMENT or any(b.part_of == a.id for b in inside)]
    alone = tuple(Seat(a, 0) for a in tops if a not in heads)
    rooted = tuple(Department(a, tuple(_seats(inside, a, 0))) for a in heads)
    return ((Department(None, alone),) if alone else ()) + rooted


def _seats(actors: tuple[Actor, ...], top: Actor, depth: int) -> Iterator[Seat]:
    yield Seat(top, depth)
    if depth < len(actors):
        for actor in actors:
            if actor.part_of == top.id:
                yield from _seats(actors, actor, depth + 1)


def externals(plan: Plan, day: date) -> tuple[Actor, ...]:
    return tuple(a for a in plan.actors if a.external and a.in_force(day))


@dataclass(frozen=True, slots=True)
class Responsibility:
    """Who takes which part in something: ids of actors and bodies."""

    subject: str
    """An id, or the name of a step."""
    accountable: tuple[str, ...]
    executing: tuple[str, ...]
    contributing: tuple[str, ...]
    informed: tuple[str, ...]

    def letters(self, holder: str) -> str:
        parts = zip("VDMI", (self.accountable, self.executing, self.contributing, self.informed), strict=True)
        return "".join(letter for letter, holders in parts if holder in holders)

    @property
    def holders(self) -> tuple[str, ...]:
        """All that take part, those who answer for it first."""
        return tuple(dict.fromkeys((*self.accountable, *self.executing, *self.contributing, *self.informed)))


def of_products(plan: Plan) -> tuple[Responsibility, ...]:
    assignments = plan.all(RoleAssignment)
    return tuple(_responsibility(product, assignments) for product in plan.products)


def _responsibility(product: Product, assignments: Iterable[RoleAssignment]) -> Responsibility:
    own = [a for a in assignments if a.subject == product.id]
    holders = {part: tuple(a.holder for a in own if a.part is part) for part in Vdmi}
    return Responsibility(
        product.id,
        accountable=holders[Vdmi.ACCOUNTABLE],
        executing=holders[Vdmi.EXECUTING],
        contributing=holders[Vdmi.CONTRIBUTING],
        informed=holders[Vdmi.INFORMED],
    )


def of_measure(measure: Measure) -> Responsibility:
    more = {part: [a.holder for a in measure.assignments if a.part is part] for part in Vdmi}
    first = (measure.responsible,) if measure.responsible else ()
    return Responsibility(
        measure.id,
        accountable=_once(*first, *more[Vdmi.ACCOUNTABLE]),
        executing=_once(*measure.executing, *more[Vdmi.EXECUTING]),
        contributing=_once(*measure.partners, *more[Vdmi.CONTRIBUTING]),
        informed=_once(*more[Vdmi.INFORMED]),
    )


def of_steps(steps: Iterable[Step]) -> tuple[Responsibility, ...]:
    """Steps that nobody has to do anything at, as events and forks, are left out."""
    found = (
        Responsibility(
            step.name,
            accountable=(step.accountable,) if step.accountable else (),
            executing=step.executing,
            contributing=step.contributing,
            informed=step.informed,
        )
        for step in steps
    )
    return tuple(each for each in found if each.holders)


def of_plans(plan: Plan) -> tuple[tuple[AreaPlan, tuple[Responsibility, ...]], ...]:
    """The measures of each plan that hasn't ended, without those that were stopped."""
    found = (
        (each, tuple(of_measure(m) for m in each.measures if m.progress is not MeasureStatus.STOPPED))
        for each in running(plan)
    )
    return tuple(pair for pair in found if pair[1])


def _once(*ids: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(ids))


@dataclass(frozen=True, slots=True)
class Matrix:
    """Subjects against holders, letters in each cell; more holders than a page is wide go on in a further part."""

    holders: tuple[str, ...]
    rows: tuple[tuple[Responsibility, tuple[str, ...]], ...]

    @property
    def wide(self) -> str:
        """Of each holder's column; few of them stand together at the left."""
        return f"{62 / max(len(self.holders), 12):.2f}%"


WIDEST = 24
"""Holders beside each other."""


def matrices(plan: Plan, responsibilities: Sequence[Responsibility]) -> tuple[Matrix, ...]:
    """Holders in the order of the organisation's files; those without any part have no column."""
    known = [*(a.id for a in plan.actors), *(b.id for b in plan.bodies)]
    taking_part = {holder for each in responsibilities for holder in each.holders}
    holders = [id for id in known if id in taking_part] + sorted(taking_part.difference(known))
    count = -(-len(holders) // WIDEST)
    wide = -(-len(holders) // count) if count else 1
    parts = [tuple(holders[at : at + wide]) for at in range(0, len(holders), wide)]
    return tuple(Matrix(some, tuple(_lettered(responsibilities, some))) for some in parts)


def _lettered(
    responsibilities: Sequence[Responsibility], holders: tuple[str, ...]
) -> Iterator[tuple[Responsibility, tuple[str, ...]]]:
    """Subjects in which one of these takes part."""
    for each in responsibilities:
        if not set(holders).isdisjoint(each.holders):
            yield each, tuple(each.letters(holder) for holder in holders)
