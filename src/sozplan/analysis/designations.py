"""Which areas are designated, and which units belong to them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from sozplan.model.case import Case
from sozplan.model.memory import once
from sozplan.model.plan import Plan
from sozplan.model.terms import Status
from sozplan.model.territory import Designation, Part


@once
def latest(case: Case) -> Mapping[str, Designation]:
    """By area, the newest decision on it by the as-of date; it may have ended, or be one not to designate."""
    found: dict[str, Designation] = {}
    for each in case.plan.designations:
        if each.date <= case.as_of and (each.area not in found or found[each.area].date < each.date):
            found[each.area] = each
    return found


def in_force(case: Case) -> Mapping[str, Designation]:
    """By area, the decisions that designate it: resolved, not drafts."""
    return {
        area: each
        for area, each in latest(case).items()
        if each.designated and status(case.plan, each) is Status.RESOLVED
    }


def status(plan: Plan, designation: Designation) -> Status:
    return designation.status or plan.status(designation.origin.file)


def designated_units(case: Case, day: date) -> Mapping[str, tuple[str, ...]]:
    """By unit, the designated areas that it lies in, whole or in part: on the day asked for or at the as-of date.

    A unit that ended since then was part of the area when the day's figures were made.
    """
    found: dict[str, list[str]] = {}
    for id in in_force(case):
        for area in case.plan.social_areas:
            for part in area.parts if area.id == id else ():
                if _holds(part, day) or _holds(part, case.as_of):
                    found.setdefault(part.unit, []).append(id)
    return {unit: tuple(areas) for unit, areas in found.items()}


def _holds(part: Part, day: date) -> bool:
    return (part.start is None or part.start <= day) and (part.end is None or day <= part.end)
