"""What makes the handbook binding, and for whom: the order point by point, addressees by route, rules by addressee."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from sozplan.model.handbook import ChangeEntry, Handbook, HandbookRule
from sozplan.model.indicators import Resource
from sozplan.model.organisation import Body
from sozplan.model.plan import Plan
from sozplan.model.resolutions import Resolution
from sozplan.model.terms import BindingRoute, Force
from sozplan.render.views.rulebook import ChapterView, NumberedRule


@dataclass(frozen=True, slots=True)
class Validity:
    """How this version came into force; of a draft some or all of it is missing."""

    order: Resolution | None
    items: tuple[str, ...]
    """The order's wording, point by point."""
    entry: ChangeEntry | None
    """What the version changes."""


def validity(plan: Plan, handbook: Handbook) -> Validity:
    order = plan.find(handbook.order, Resolution)
    entry = next((each for each in handbook.changes if each.version == handbook.version), None)
    return Validity(order, points(order.wording) if order else (), entry)


def points(wording: str) -> tuple[str, ...]:
    """A wording numbered 1., 2., 3. … as a list, any other as one piece; a date such as 1. März begins no point."""
    found: list[str] = []
    rest = wording.strip()
    while (opening := f"{len(found) + 1}. ") and rest.startswith(opening):
        closing = re.search(rf"(?<=[.;:!?])\s+(?={len(found) + 2}\. )", rest)
        found.append(rest[len(opening) : closing.start() if closing else None].strip())
        rest = rest[closing.end() :] if closing else ""
    return tuple(found) if len(found) > 1 else (wording,)


@dataclass(frozen=True, slots=True)
class Bound:
    """Whom the rules of one binding route address."""

    route: BindingRoute
    rules: tuple[NumberedRule, ...]
    holders: tuple[str, ...]


def scope(plan: Plan, shown: Iterable[ChapterView]) -> tuple[Bound, ...]:
    """By binding route; routes that no rule takes are left out."""
    rules = [each for view in shown for each in view.rules]
    order = _order(plan)
    found = ((route, tuple(each for each in rules if each.rule.route is route)) for route in BindingRoute)
    return tuple(Bound(route, own, _addressed(own, order)) for route, own in found if own)


def _addressed(rules: Iterable[NumberedRule], order: dict[str, int]) -> tuple[str, ...]:
    holders = dict.fromkeys(holder for each in rules for holder in each.rule.addressees)
    return tuple(sorted(holders, key=lambda id: order.get(id, len(order))))


def _order(plan: Plan) -> dict[str, int]:
    """Offices and bodies as the organisation's files list them."""
    return {each.id: n for n, each in enumerate((*plan.actors, *plan.bodies))}


@dataclass(frozen=True, slots=True)
class Kept:
    """The rules that one office or body has to keep."""

    holder: str
    must: tuple[NumberedRule, ...]
    should: tuple[NumberedRule, ...]
    may: tuple[NumberedRule, ...]


def kept(plan: Plan, shown: Iterable[ChapterView]) -> tuple[Kept, ...]:
    """By addressee, in the order of the organisation's files."""
    by_holder: dict[str, list[NumberedRule]] = {}
    for view in shown:
        for each in view.rules:
            for holder in dict.fromkeys(each.rule.addressees):
                by_holder.setdefault(holder, []).append(each)
    order = _order(plan)
    ranked = sorted(by_holder.items(), key=lambda pair: order.get(pair[0], len(order)))
    return tuple(Kept(holder, *(_of(rules, force) for force in Force)) for holder, rules in ranked)


def _of(rules: Iterable[NumberedRule], force: Force) -> tuple[NumberedRule, ...]:
    return tuple(each for each in rules if each.rule.force is force)


def superseded(plan: Plan) -> Iterator[tuple[HandbookRule, HandbookRule]]:
    """Each rule that took another's place, with the one that it replaced."""
    for each in plan.handbook_rules:
        former = plan.find(each.supersedes, HandbookRule)
        if former is not None:
            yield each, former


def protected(plan: Plan) -> tuple[Resource, ...]:
    """The tables that figures come from, each with a threshold or a release of its own."""
    resources = (each for package in plan.packages for each in package.resources)
    return tuple(each for each in resources if each.threshold is not None or each.release is not None)


def chartered(plan: Plan, day: date) -> tuple[Body, ...]:
    """The bodies that have a charter to print on the day."""
    return tuple(body for body in plan.bodies if body.in_force(day))
