"""What of an indicator is withheld because something smaller would follow from it.

Editions come one after the other: what an earlier one published can't be taken back, and together with it the next must
give nothing away. So a number that was revised protects no less than one that wasn't.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from sozplan.analysis.ground import WHOLE
from sozplan.analysis.primary import FLOOR, Counts, contract, counts_of, is_small, newest, zero_is_public
from sozplan.analysis.protection.periods import overlapping
from sozplan.analysis.protection.relations import Node
from sozplan.analysis.protection.sheets import HIDDEN, Sheet
from sozplan.analysis.protection.suppress import Choice, Problem, choose
from sozplan.model.case import Case
from sozplan.model.figures import Cell, Figures, reference_date
from sozplan.model.indicators import Indicator
from sozplan.model.memory import once
from sozplan.model.periods import Period
from sozplan.model.territory import SocialArea, Unit


@dataclass(frozen=True, slots=True)
class Protection:
    """Territory and period of what is withheld besides; `coarse` are the periods in which whole levels had to go."""

    withheld: frozenset[tuple[str, str]] = frozenset()
    coarse: tuple[Period, ...] = ()


NOTHING = Protection()


@once
def protection(case: Case, indicator: str) -> Protection:
    """For every reader the same: whom small counts are kept from doesn't depend on who asks."""
    sheet = case.plan.find(indicator, Indicator)
    if sheet is None or not sheet.additive or sheet.perturbed:
        return NOTHING
    if _is_far_from_small(case, sheet):
        return NOTHING
    cells = [cell for cell in _cells(case, sheet) if _known_from(sheet, cell) <= case.as_of]
    groups = _alarming(case, sheet, cells)
    found = [_of_group(case, sheet, [cell for cell in cells if cell.period.text in group]) for group in groups]
    return Protection(
        frozenset().union(*(each.withheld for each in found)), tuple(p for each in found for p in each.coarse)
    )


def _is_far_from_small(case: Case, sheet: Indicator) -> bool:
    """Known of large tables without looking at a cell: there is nothing in them that `_alarming` would find."""
    if sheet.contributors or sheet.largest_share or _Alarm(case, sheet).cut:
        return False
    resources = (case.figures.resources or {}).values()
    contracts = [each.threshold or 0 for each in resources] + [case.plan.settings.disclosure.threshold]
    return case.figures.exceeds(sheet.id, max(FLOOR, sheet.min_cases or 0, *contracts))


def _cells(case: Case, sheet: Indicator) -> Iterator[Cell]:
    for key in _keys(case):
        yield from case.figures.vintages(sheet.id, key)


@once
def _keys(case: Case) -> tuple[str, ...]:
    areas = (area.key for area in case.plan.social_areas if area.key is not None)
    return tuple(sorted({unit.key for unit in case.plan.units}.union(areas)))


def _known_from(sheet: Indicator, cell: Cell) -> date:
    reference = reference_date(sheet, cell.period)
    return reference if cell.vintage is None else max(cell.vintage, reference)


def _alarming(case: Case, sheet: Indicator, cells: Sequence[Cell]) -> list[set[str]]:
    """The periods, with those that hang together with them, in which there is anything to protect."""
    alarm = _Alarm(case, sheet)
    found = {cell.period.text for cell in cells if alarm.at(cell)}
    if not found:
        return []
    groups = ({period.text for period in some} for some in overlapping({cell.period for cell in cells}))
    return [group for group in groups if not group.isdisjoint(found)]


def _of_group(case: Case, indicator: Indicator, cells: Sequence[Cell]) -> Protection:
    """Edition by edition: at each day on which some of the cells became known."""
    sheet, settled = Sheet(case, indicator), frozenset[Node]()
    figures = Figures(tuple(cells), case.figures.resources)
    open, choice = frozenset[Node](), Choice(frozenset(), False)
    for day in _days(case, {_known_from(indicator, cell) for cell in cells}):
        shown, told = sheet.enter(replace(case, figures=figures, as_of=day))
        open, settled = frozenset(shown), settled.union(told)
        choice = choose(Problem(sheet.tables(), settled, _levels(case, open - settled)))
        settled |= open - choice.withheld
    withheld = frozenset((node.place, node.period) for node in open & choice.withheld)
    periods = {cell.period.text: cell.period for cell in cells}
    coarse = sorted({node.period for node in open & choice.withheld}) if choice.is_coarse else ()
    return Protection(withheld, tuple(periods[text] for text in coarse))


def _days(case: Case, known: set[date]) -> list[date]:
    """On which something new is published: cells, and what they come to on the ground that changed since."""
    changes = {each.date for each in case.plan.successions}
    if changes:
        parts = [part for area in case.plan.social_areas for part in area.parts]
        changes |= {part.start for part in parts if part.start} | {part.end + _DAY for part in parts if part.end}
    return sorted(known.union(day for day in changes if min(known) < day <= case.as_of))


_DAY = timedelta(days=1)


def _levels(case: Case, nodes: Iterable[Node]) -> tuple[tuple[Node, ...], ...]:
    """By how high the territory lies, social areas above the lowest units; within a level by key."""
    names = [level.id for level in case.plan.settings.levels]
    found: dict[float, list[tuple[str, Node]]] = {}
    for node in nodes:
        place = case.plan.get(node.place)
        if isinstance(place, Unit):
            found.setdefault(len(names) - names.index(place.level), []).append((place.key, node))
        elif isinstance(place, SocialArea):
            found.setdefault(1.5, []).append((place.key or place.id, node))
    return tuple(tuple(node for _, node in sorted(found[height])) for height in sorted(found))


class _Alarm:
    """Quick, since most tables are cleared and have nothing small in them."""

    def __init__(self, case: Case, sheet: Indicator) -> None:
        self.case, self.sheet = case, sheet
        self.zero = zero_is_public(case, sheet)
        self.watched = sheet.contributors is not None or sheet.largest_share is not None
        self.leasts: dict[str, int] = {}
        areas = (area for area in case.plan.social_areas if any(part.share != WHOLE for part in area.parts))
        self.cut = {area.key: area for area in areas if area.key is not None}

    def at(self, cell: Cell) -> bool:
        if cell.missing is not None:
            return cell.missing in HIDDEN
        counts, least = counts_of(self.sheet, cell), self._least(cell)
        if self.watched or (counts.base is not None and counts.base < least):
            return True
        if any(count is not None and is_small(count, least, self.zero) for count in (counts.cases, counts.others)):
            return True
        return cell.area in self.cut and self._leaves_few(cell, counts, least)

    def _least(self, cell: Cell) -> int:
        found = self.leasts.get(cell.resource)
        if found is None:
            found = self.leasts[cell.resource] = contract(self.case, self.sheet, cell)
        return found

    def _leaves_few(self, cell: Cell, counts: Counts, least: int) -> bool:
        """Inside or outside, of a unit that lies in the area in part only."""
        parts = self.cut[cell.area].parts
        cut = [part.unit for part in parts if part.share != WHOLE]
        inside = counts
        for part in parts:
            if part.share == WHOLE:
                inside = _minus(inside, self._counts(part.unit, cell.period))
        outside = _minus(self._counts(cut[0], cell.period), inside)
        numbers = (number for piece in (inside, outside) for number in (*piece, piece.others))
        return len(cut) == 1 and any(number is not None and 0 < number < least for number in numbers)

    def _counts(self, unit: str, period: Period) -> Counts:
        found = self.case.plan.find(unit, Unit)
        cell = newest(self.case, self.sheet.id, found.key).get(period.text) if found else None
        return Counts(None, None) if cell is None or cell.missing else counts_of(self.sheet, cell)


def _minus(one: Counts, other: Counts) -> Counts:
    return Counts(*(None if a is None or b is None else a - b for a, b in zip(one, other, strict=True)))
