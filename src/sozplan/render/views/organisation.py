"""The house as it is set up: departments with their offices, external actors, who takes which part."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from sozplan.model.organisation import Actor, Product, RoleAssignment
from sozplan.model.plan import Plan
from sozplan.model.terms import ActorKind, Vdmi


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
    accountable: tuple[str, ...]
    executing: tuple[str, ...]
    contributing: tuple[str, ...]
    informed: tuple[str, ...]

    def letters(self, holder: str) -> str:
        parts = zip("VDMI", (self.accountable, self.executing, self.contributing, self.informed), strict=True)
        return " ".join(letter for letter, holders in parts if holder in holders)


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


@dataclass(frozen=True, slots=True)
class Matrix:
    """Holders against products, a letter in each cell."""

    products: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]


def matrix(plan: Plan, responsibilities: tuple[Responsibility, ...]) -> Matrix:
    """In the order of the organisation's files; holders without any part have no row."""
    holders = [*(a.id for a in plan.actors), *(b.id for b in plan.bodies)]
    rows = ((holder, tuple(r.letters(holder) for r in responsibilities)) for holder in holders)
    return Matrix(tuple(r.subject for r in responsibilities), tuple(row for row in rows if any(row[1])))
