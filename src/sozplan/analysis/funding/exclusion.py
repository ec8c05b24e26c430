"""Which programmes may not pay for the same cost."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from sozplan.analysis.funding.grants import Grant, granted
from sozplan.model.funding import Application, Programme


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
