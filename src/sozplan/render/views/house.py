"""The house and its partners: whose part each office is, where disputes go, and which contracts bind others."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from sozplan.model.organisation import Actor, Body, Contract, Duty
from sozplan.model.plan import Plan
from sozplan.rules.org.responsibility import is_external

T = TypeVar("T", Actor, Body)


@dataclass(frozen=True, slots=True)
class Branch(Generic[T]):
    """An office or a body with those below it."""

    of: T
    below: tuple[Branch[T], ...] = ()


def offices(plan: Plan, day: date) -> tuple[Branch[Actor], ...]:
    """The administration of the day; an office whose superior has ended stands by itself."""
    inside = [actor for actor in plan.actors if actor.in_force(day) and not actor.external]
    return _trees(inside, lambda actor: actor.part_of)


def bodies(plan: Plan, day: date) -> tuple[Branch[Body], ...]:
    """Each below the one that decides in its disputes, or else to which it reports."""
    sitting = [body for body in plan.bodies if body.in_force(day)]
    return _trees(sitting, lambda body: body.escalates_to or body.reports_to)


def _trees(of: Sequence[T], above: Callable[[T], str | None]) -> tuple[Branch[T], ...]:
    """A circle, which is a fault of the data, begins with the first of it in the files."""
    known, placed = {each.id for each in of}, set[str]()
    found = [_branch(each, of, above, placed) for each in of if above(each) not in known]
    found.extend(_branch(each, of, above, placed) for each in of if each.id not in placed)
    return tuple(found)


def _branch(top: T, of: Sequence[T], above: Callable[[T], str | None], placed: set[str]) -> Branch[T]:
    placed.add(top.id)
    below = [each for each in of if above(each) == top.id and each.id not in placed]
    placed.update(each.id for each in below)
    return Branch(top, tuple(_branch(each, of, above, placed) for each in below))


@dataclass(frozen=True, slots=True)
class Partner:
    """An external actor with the contracts of the day that it is a party of."""

    actor: Actor
    contracts: tuple[Contract, ...]
    offices: tuple[str, ...]
    """The parties of its contracts that are the municipality's own."""


def partners(plan: Plan, day: date) -> tuple[Partner, ...]:
    """Those that a contract binds first."""
    running = [each for each in plan.contracts if each.in_force(day) and each.term.holds(day)]
    external = [actor for actor in plan.actors if actor.external and actor.in_force(day)]
    found = [_partner(plan, actor, [each for each in running if actor.id in each.parties]) for actor in external]
    return tuple(sorted(found, key=lambda each: not each.contracts))


def _partner(plan: Plan, actor: Actor, contracts: Sequence[Contract]) -> Partner:
    parties = dict.fromkeys(id for each in contracts for id in each.parties)
    return Partner(actor, tuple(contracts), tuple(id for id in parties if not is_outside(plan, id)))


@dataclass(frozen=True, slots=True)
class Bond:
    """A contract as it binds both ways; `ours` are the duties of the administration."""

    contract: Contract
    ours: tuple[Duty, ...]
    theirs: tuple[Duty, ...]


def bonds(plan: Plan, day: date) -> tuple[Bond, ...]:
    """Those that haven't ended."""
    return tuple(_bond(plan, each) for each in plan.contracts if each.term.end is None or day <= each.term.end)


def _bond(plan: Plan, contract: Contract) -> Bond:
    own = [duty for duty in plan.duties if duty.contract == contract.id and duty.counterparty is not None]
    theirs = tuple(duty for duty in own if is_outside(plan, duty.counterparty))
    return Bond(contract, tuple(duty for duty in own if duty not in theirs), theirs)


def is_outside(plan: Plan, id: str | None) -> bool:
    """Bodies are the municipality's own."""
    return is_external(plan.get(id or ""))
