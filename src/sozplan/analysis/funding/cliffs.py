"""Measures that go on when their grant has ended."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from sozplan.analysis.funding.grants import Grant, grants, may_be_unread
from sozplan.analysis.funding.living import alive, end
from sozplan.model.case import Case


class Cliff(NamedTuple):
    """A grant that ends before its measure does; `last` is the measure's last day, None where that is open."""

    grant: Grant
    ends: date
    last: date | None


def cliffs(case: Case) -> Iterator[Cliff]:
    living = {measure.id for measure in alive(case)}
    for grant in grants(case):
        ends, last = grant_end(grant), end(case.plan, grant.measure)
        if grant.measure.id not in living or ends is None or may_be_unread(case.plan, grant):
            continue
        if last is None or ends < last:
            yield Cliff(grant, ends, last)


def grant_end(grant: Grant) -> date | None:
    """By the application, else the end of the last budget year that counts on it."""
    told = [each.grant_end for each in grant.applications if each.grant_end is not None]
    return max(told) if told else date(max(grant.years), 12, 31) if grant.years else None
