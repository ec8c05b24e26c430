"""What is known of a component before any value is read: its sheet, its burdened side, its name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sozplan.diagnostics import Text
from sozplan.model.entity import Place
from sozplan.model.index_terms import Side
from sozplan.model.indicators import Indicator
from sozplan.model.indices import Component, Index, Method
from sozplan.model.periods import Period
from sozplan.model.plan import Plan
from sozplan.model.presets import effective
from sozplan.model.terms import Direction
from sozplan.model.territory import Unit


class Fault(NamedTuple):
    """What is wrong with a definition or the values for it, and where."""

    place: Place
    message: Text


class IndexFault(Exception):
    """An index can't be computed; rendered like the finding that `check` makes of it."""

    def __init__(self, index: Index, fault: Fault) -> None:
        super().__init__(fault.message.en)
        self.index = index.name
        self.place, self.message = fault


_BURDENED = {Direction.HIGHER: Side.LOWER, Direction.LOWER: Side.HIGHER}


def burdened(plan: Plan, component: Component) -> Side | None:
    """The side that counts as burden: as said, else the one that the sheet calls worse."""
    sheet = plan.find(component.indicator, Indicator)
    return component.burdened or (_BURDENED.get(sheet.direction) if sheet else None)


def name_of(plan: Plan, indicator: str) -> str:
    sheet = plan.find(indicator, Indicator)
    return indicator if sheet is None else sheet.short or sheet.name


def at(index: Index, entity: Component | Method, *path: str | int) -> Place:
    """A place inside the definition; what has no id of its own belongs to the index."""
    return Place(entity.origin.locate(*path), index.id)


def rated_units(plan: Plan, index: Index, period: Period) -> tuple[Unit, ...]:
    """The units of the index's level at the end of the period, by key: results don't depend on the order of files."""
    units = (unit for unit in plan.units if unit.level == index.level and unit.in_force(period.end))
    return tuple(sorted(units, key=lambda unit: (unit.key, unit.id)))


def least_components(method: Method) -> int:
    """How many components an area must have where gaps are allowed: as said, else half of them."""
    return method.least_components or -(-len(method.components) // 2)


def method_of(index: Index, period: Period, version: str | None = None) -> Method:
    """The method in effect, with its preset; a version that is asked for holds for any period."""
    found = index.method_for(period) if version is None else index.method(version)
    if found is None:
        known = ", ".join(each.version for each in index.methods)
        raise IndexFault(index, Fault(index.at("methods"), _none(period, version, known)))
    return effective(found)


def _none(period: Period, version: str | None, known: str) -> Text:
    if version is not None:
        return Text(
            f"Es gibt keine Methodenversion „{version}“. Vorhanden sind: {known}.",
            f"There is no method version “{version}”. There are: {known}.",
        )
    return Text(
        f"Für {period} gilt keine Methodenversion. Vorhanden sind: {known}; prüfen Sie „from“ und „to“.",
        f"No method version holds for {period}. There are: {known}; check “from” and “to”.",
    )


def repeated(items: Sequence[str]) -> list[int]:
    """The positions of those that stand before already."""
    return [i for i, item in enumerate(items) if item in items[:i]]
