"""What is asked of the observations, before any file is opened."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import Enum
from typing import Literal, NamedTuple

from sozplan.model.entity import Entity, children, references
from sozplan.model.indicators import DataPackage, Indicator
from sozplan.model.plan import Plan
from sozplan.model.profiles import ImportProfile


class Scope(Enum):
    """How much of the figures a command looks at, where there are too many to be held."""

    ALL = "all"
    """Every row is checked; what targets speak of is there to be compared."""
    PLANNED = "planned"
    """The indicators that anything in the plan names."""
    TARGETS = "targets"
    """The indicators that targets are measured by."""


class OfIndex(NamedTuple):
    """The indicators that the definition of an index names: whole columns of them, many areas and few periods.

    Without an id, those of all indices; most repositories have one.
    """

    id: str | None = None


class OfImport(NamedTuple):
    """The indicators that a profile brings, from all files but its own, which the import reads by itself."""

    profile: str


class Question(NamedTuple):
    """Rows of these indicators in these areas, all periods and vintages; gathered by area, or by period.

    All areas that the plan knows: whether a number may be published depends on its neighbours and totals.
    """

    indicators: frozenset[str]
    areas: frozenset[str]
    least: int = 0
    """No count that is asked for may be published below; the strictest of all that hold."""
    central: frozenset[str] = frozenset()
    """The areas that targets speak of, and the units that these are made of."""

    by: Literal["area", "period"] = "area"

    def holds(self, indicator: str, area: str) -> bool:
        return indicator in self.indicators and area in self.areas

    def gathers(self, indicator: str, group: str) -> bool:
        return indicator in self.indicators and (self.by == "period" or group in self.areas)


def question(plan: Plan, scope: Scope | OfIndex | OfImport) -> Question:
    named = set(_asked_by(plan, scope))
    sheets = [sheet for sheet in plan.indicators if sheet.id in named]
    named |= {id for sheet in sheets for id in (sheet.contributors, sheet.largest_share) if id is not None}
    keys = {unit.key for unit in plan.units} | {area.key for area in plan.social_areas if area.key}
    by: Literal["area", "period"] = "period" if isinstance(scope, OfIndex) else "area"
    return Question(frozenset(named), frozenset(keys), _least(plan, sheets), frozenset(_central(plan)), by)


def _asked_by(plan: Plan, scope: Scope | OfIndex | OfImport) -> Iterator[str]:
    if isinstance(scope, OfImport):
        profile = plan.find(scope.profile, ImportProfile)
        return (column.indicator for column in (profile.columns if profile else ()))
    if isinstance(scope, OfIndex):
        meant = (index for index in plan.indices if scope.id in (None, index.id))
        return (name for index in meant for name in _defining(plan, index))
    return _named(plan) if scope is Scope.PLANNED else _measured(plan)


def _defining(plan: Plan, entity: Entity) -> Iterator[str]:
    """The indicators that an entity or anything below it names."""
    yield from (each.target for each in references(entity) if plan.find(each.target, Indicator) is not None)
    for child in children(entity):
        yield from _defining(plan, child)


def _central(plan: Plan) -> Iterator[str]:
    ids = {getattr(target, field, None) for target, _ in plan.targets() for field in ("area", "reference")}
    ids |= {owner.area for target, _ in plan.targets() if (owner := plan.owner(target.id)) is not None}
    if plan.whole is not None:
        ids.add(plan.whole.id)
    areas = [area for area in plan.social_areas if area.id in ids]
    ids |= {part.unit for area in areas for part in area.parts}
    yield from (area.key for area in areas if area.key is not None)
    yield from (unit.key for unit in plan.units if unit.id in ids)


def _least(plan: Plan, sheets: Sequence[Indicator]) -> int:
    contracts = (resource.threshold or 0 for package in plan.packages for resource in package.resources)
    return max(plan.settings.disclosure.threshold, *contracts, *(sheet.min_cases or 0 for sheet in sheets), _FLOOR)


_FLOOR = 3


def _measured(plan: Plan) -> Iterator[str]:
    for target, _ in plan.targets():
        indicator = getattr(target, "indicator", None)
        if indicator is not None:
            yield indicator


def _named(plan: Plan) -> Iterator[str]:
    """Of what sheets and data files name themselves nothing is asked."""
    known = {sheet.id for sheet in plan.indicators}
    for reference, _ in plan.references():
        if reference.target in known and not isinstance(reference.entity, Indicator | DataPackage):
            yield reference.target
