"""Which programmes may not pay for the same cost."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from sozplan.analysis.funding.grants import Grant, granted
from sozplan.analysis.money import exceeds, total
from sozplan.model.funding import Application, Programme
from sozplan.model.measures import Measure
from sozplan.model.plan import Plan


class Clash(NamedTuple):
    """That `first` doesn't go with `second`: it excludes it, or pays only where no other does."""

    first: Programme
    second: Programme
    subsidiary: bool


def clash(one: Programme, other: Programme) -> Clash | None:
    for first, second in ((one, other), (other, one)):
        if second.id in first.excludes:
            return Clash(first, second, subsidiary=False)
        if first.subsidiary:
            return Clash(first, second, subsidiary=True)
    return None


def overlap(one: Grant, other: Grant) -> Application | None:
    """The notice of the other that may run together with one of the first; what has no end may always."""
    for mine in _notices(one):
        for theirs in _notices(other):
            (start, end), (other_start, other_end) = _term(one, mine), _term(other, theirs)
            if not (start and other_end and other_end < start) and not (other_start and end and end < other_start):
                return theirs
    return None


def _notices(grant: Grant) -> list[Application]:
    return [each for each in grant.applications if granted(each)]


def _term(grant: Grant, application: Application) -> tuple[date | None, date | None]:
    """From the notice, or from the first year in which the budget counts on the money if that is later."""
    notice = granted(application)
    first = date(min(grant.years), 1, 1) if grant.years else None
    known = [day for day in (notice, first) if day is not None]
    return max(known, default=None), application.grant_end


class Excess(NamedTuple):
    """Notices that together give more than all cost that they can be for."""

    notices: tuple[Application, ...]
    granted: Decimal
    cost: Decimal


def granted_twice(plan: Plan, together: Iterable[Grant]) -> Excess | None:
    """Of the grants of one measure."""
    notices = [each for grant in together for each in grant.applications if each.granted is not None and granted(each)]
    if len(notices) < 2:
        return None
    covered = {id for each in notices for id in each.measures}
    cost = total(found.cost() for id in covered if (found := plan.find(id, Measure)) is not None)
    sum_ = total(each.granted for each in notices if each.granted is not None)
    return Excess(tuple(notices), sum_, cost) if exceeds(sum_, cost) else None
