"""Do the parts add up to the whole, where the file has both?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from sozplan.model.imported import SumCheck
from sozplan.model.indicators import Indicator
from sozplan.model.plan import Plan
from sozplan.model.profiles import ValuePart
from sozplan.model.territory import Unit
from sozplan.repo.imports.items import Item
from sozplan.repo.imports.values import Value

_MOST = 1_000_000
"""Values held for the check; in a larger file it is left out, and that is said."""
_SHOWN = 20
_COUNTRY = "DG"
_DEEPEST = 9
"""Levels of a territory, lest one that is its own parent keeps us for ever."""

_Held = dict[str, Decimal | None]


@dataclass(slots=True)
class Sums:
    plan: Plan
    held: dict[tuple[str, ValuePart, str], tuple[date, _Held]] = field(default_factory=dict)
    count: int = 0

    def add(self, item: Item, value: Value | None) -> None:
        if self.count > _MOST or not self._adds_up(item):
            return
        self.count += 1
        key = (item.rule.indicator, item.rule.part, item.period.text)
        self.held.setdefault(key, (item.period.end, {}))[1][item.raw] = None if value is None else value.number

    def _adds_up(self, item: Item) -> bool:
        sheet = self.plan.find(item.rule.indicator, Indicator)
        if sheet is None or not sheet.additive or sheet.perturbed:
            return False
        return item.rule.part is not ValuePart.VALUE or sheet.denominator is None

    def check(self) -> SumCheck:
        if self.count > _MOST:
            return SumCheck(0, (), 0, is_too_large=True)
        checked, incomplete, differing = 0, 0, []
        for (indicator, _, when), (day, values) in sorted(self.held.items()):
            for parent, children in sorted(self._families(values, day).items()):
                whole, parts = values[parent], [values.get(child) for child in children]
                known = [part for part in parts if part is not None]
                if whole is None or len(known) < len(parts):
                    incomplete += 1
                    continue
                checked += 1
                if not _equal(whole, known):
                    differing.append(f"{indicator}, {parent}, {when}")
        return SumCheck(checked, tuple(differing[:_SHOWN]), incomplete, len(differing))

    def _families(self, values: Mapping[str, object], day: date) -> dict[str, list[str]]:
        """By the territory where it knows the whole, else by the digits that official keys share.

        Digits don't say whether all parts are there; a single one surely isn't all.
        """
        known = {key: below for key in values if (below := self._below(key, values, day))}
        guessed: dict[str, list[str]] = {}
        for key in values:
            parent = next((each for each in _above(key) if each in values), None)
            if parent is not None and parent not in known:
                guessed.setdefault(parent, []).append(key)
        found = {key: below for key, below in known.items() if not values.keys().isdisjoint(below)}
        return found | {key: parts for key, parts in guessed.items() if len(parts) > 1}

    def _below(self, key: str, values: Mapping[str, object], day: date) -> list[str]:
        found = (self._parts(unit, values, day, _DEEPEST) for unit in self.plan.units_of_key(key, day))
        return sorted({part for parts in found for part in parts})

    def _parts(self, unit: Unit, values: Mapping[str, object], day: date, deep: int) -> Iterator[str]:
        """The units below; in place of one that the file hasn't got, those below it."""
        for each in self.plan.units_below(unit.id):
            if each.in_force(day) and deep:
                below = [] if each.key in values else list(self._parts(each, values, day, deep - 1))
                yield from below or [each.key]


def _above(key: str) -> Iterator[str]:
    """The official keys that lie above it, nearest first."""
    if key.isdigit():
        yield from (key[:length] for length in range(len(key) - 1, 1, -1))
        yield _COUNTRY


def _equal(whole: Decimal, parts: list[Decimal]) -> bool:
    """Each may be rounded in its last place."""
    places = max(0, *(-int(each.as_tuple().exponent) for each in (whole, *parts)))
    leeway = Decimal(0) if places == 0 else Decimal(len(parts) + 1) * Decimal(5).scaleb(-places - 1)
    return abs(whole - sum(parts, Decimal(0))) <= leeway
