"""Do the parts add up to the whole, where the file has both?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import groupby
from operator import itemgetter

from sozplan.model.imported import SumCheck
from sozplan.model.indicators import Indicator
from sozplan.model.plan import Plan
from sozplan.model.profiles import ValuePart
from sozplan.model.territory import Unit
from sozplan.repo.imports.items import Item
from sozplan.repo.imports.runs import Runs
from sozplan.repo.imports.values import Value
from sozplan.repo.shown import shown

_MOST = 1_000_000
"""Areas of one period held for the check; where there are more it is left out, and that is said."""
_SHOWN = 20
_LONGEST = 100
"""Of a key in the file."""
_COUNTRY = "DG"
_DEEPEST = 9
"""Levels of a territory, lest one that is its own parent keeps us for ever."""

_Held = dict[str, Decimal | None]


@dataclass(slots=True)
class Sums:
    """`values` sorts them, so that no more than those of one indicator and period are held."""

    plan: Plan
    values: Runs
    _adding: dict[tuple[str, ValuePart], bool] = field(default_factory=dict)

    def add(self, item: Item, value: Value | None, seen: int) -> None:
        of = item.rule.indicator, item.rule.part
        if of not in self._adding:
            self._adding[of] = self._adds_up(*of)
        if not self._adding[of]:
            return
        number = "" if value is None or value.number is None else str(value.number)
        day = item.period.end.isoformat()
        self.values.add((of[0], of[1].value, item.period.text, day, shown(item.raw, _LONGEST), f"{seen:011}", number))

    def _adds_up(self, indicator: str, part: ValuePart) -> bool:
        sheet = self.plan.find(indicator, Indicator)
        if sheet is None or not sheet.additive or sheet.perturbed:
            return False
        return part is not ValuePart.VALUE or sheet.denominator is None

    def check(self) -> SumCheck:
        checked, incomplete, differing, number, is_too_large = 0, 0, list[str](), 0, False
        for (indicator, _, when, day), group in groupby(self.values.sorted(), itemgetter(0, 1, 2, 3)):
            values = _held(group)
            if len(values) > _MOST:
                is_too_large = True
                continue
            for parent, children in sorted(self._families(values, date.fromisoformat(day)).items()):
                whole, parts = values[parent], [values.get(child) for child in children]
                known = [part for part in parts if part is not None]
                if whole is None or len(known) < len(parts):
                    incomplete += 1
                    continue
                checked += 1
                if not _equal(whole, known):
                    number += 1
                    differing += [f"{indicator}, {parent}, {when}"][: _SHOWN - len(differing)]
        return SumCheck(checked, tuple(differing), incomplete, number, is_too_large)

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


def _held(group: Iterable[list[str]]) -> _Held:
    """By area; of what stands several times the last. One more than may be held is enough to know."""
    found: _Held = {}
    for _, _, _, _, raw, _, number in group:
        found[raw] = Decimal(number) if number else None
        if len(found) > _MOST:
            break
    return found


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
