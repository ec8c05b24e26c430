"""Whether an area is what a programme asks for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from enum import Enum
from typing import NamedTuple

from sozplan.analysis.funding.grants import granted, reached
from sozplan.model.case import Case
from sozplan.model.funding import Application, AreaCriterion
from sozplan.model.measures import Measure
from sozplan.model.memory import once
from sozplan.model.plan import Plan
from sozplan.model.terms import ApplicationState
from sozplan.model.territory import Concept, SocialArea


class Lack(Enum):
    WRONG_KIND = "wrong-kind"
    NO_CONCEPT = "no-concept"


class Ground(NamedTuple):
    """What there is of what is asked for on a day; `pending` is the concept that is to follow."""

    on: date
    fitting: tuple[SocialArea, ...]
    lack: Lack | None
    pending: Concept | None


def judge(case: Case, criterion: AreaCriterion, areas: Iterable[SocialArea], application: Application | None) -> Ground:
    """Of the areas that may serve, on the day of the application, else of the notice, else now."""
    applied = reached(application, ApplicationState.APPLICATION) if application else None
    notice = granted(application) if application else None
    on = applied or notice or case.as_of
    serving = [area for area in areas if area.id not in _refused(case.plan) and area.in_force(on)]
    fitting = tuple(area for area in serving if not criterion.kinds or area.kind in criterion.kinds)
    if criterion.kinds and not fitting:
        return Ground(on, fitting, Lack.WRONG_KIND, None)
    if not criterion.concept or any(_is_adopted(each, case.as_of) for area in fitting for each in area.concepts):
        return Ground(on, fitting, None, None)
    coming = [each for area in fitting for each in area.concepts if each.due is not None and case.as_of <= each.due]
    if notice is None and coming:
        return Ground(on, fitting, None, coming[0])
    return Ground(on, fitting, Lack.NO_CONCEPT, None)


def _is_adopted(concept: Concept, as_of: date) -> bool:
    return concept.date is not None and concept.date <= as_of


@once
def _refused(plan: Plan) -> frozenset[str]:
    """Areas of which the last word was that they aren't designated."""
    last = {each.area: each for each in sorted(plan.designations, key=lambda each: each.date)}
    return frozenset(area for area, designation in last.items() if not designation.designated)


def areas_of(plan: Plan, measure: Measure) -> tuple[str, ...]:
    """Where the measure works, if no application says so."""
    owner = plan.owner(measure.id)
    named = [each.area for each in measure.allocation]
    return tuple(named if owner is None else [*named, owner.area])


def known(plan: Plan, ids: Sequence[str]) -> list[SocialArea] | None:
    """None where one of them is unknown: that is reported, and nothing can be said of it here."""
    found = [plan.find(id, SocialArea) for id in ids]
    return None if None in found else [area for area in found if area is not None]


def around(case: Case, criterion: AreaCriterion, areas: Sequence[SocialArea]) -> list[SocialArea]:
    """Other areas of a kind that is asked for, on the same ground."""
    units = {part.unit for area in areas for part in area.parts}
    return [
        each
        for each in case.plan.all(SocialArea)
        if each.kind in criterion.kinds
        and each not in areas
        and each.id not in _refused(case.plan)
        and each.in_force(case.as_of)
        and units & {part.unit for part in each.parts}
    ]
