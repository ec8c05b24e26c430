"""Where there may be anything to protect: seen of single cells, quickly, since most of them are far from small."""

from __future__ import annotations

from sozplan.analysis.ground import WHOLE
from sozplan.analysis.primary import FLOOR, Counts, contract, counts_of, is_small, newest, zero_is_public
from sozplan.analysis.protection.sheets import HIDDEN
from sozplan.model.case import Case
from sozplan.model.figures import Cell
from sozplan.model.indicators import Indicator
from sozplan.model.periods import Period
from sozplan.model.territory import Unit


def is_far_from_small(case: Case, sheet: Indicator) -> bool:
    """Known of large tables without looking at a cell: there is nothing in them that would alarm."""
    if sheet.contributors or sheet.largest_share or Alarm(case, sheet).cut:
        return False
    return case.figures.exceeds(sheet.id, strictest(case, sheet))


def strictest(case: Case, sheet: Indicator) -> int:
    resources = (case.figures.resources or {}).values()
    contracts = [each.threshold or 0 for each in resources] + [case.plan.settings.disclosure.threshold]
    return max(FLOOR, sheet.min_cases or 0, *contracts)


def is_odd(counts: Counts) -> bool:
    """More cases than base, so that nothing is known of sums with it from its being large."""
    return counts.cases is not None and counts.base is not None and counts.cases > counts.base


class Alarm:
    """Quick, since most tables are cleared and have nothing small in them."""

    def __init__(self, case: Case, sheet: Indicator) -> None:
        self.case, self.sheet = case, sheet
        self.zero = zero_is_public(case, sheet)
        self.watched = sheet.contributors is not None or sheet.largest_share is not None
        self.leasts: dict[str, int] = {}
        self._strictest = strictest(case, sheet)
        areas = (area for area in case.plan.social_areas if any(part.share != WHOLE for part in area.parts))
        self.cut = {area.key: area for area in areas if area.key is not None}

    def at(self, cell: Cell) -> bool:
        return self._at(cell, self._least(cell))

    def near(self, cell: Cell) -> bool:
        """By the strictest of all contracts: sums of numbers under several have to keep that one."""
        return self._at(cell, self._strictest) or is_odd(counts_of(self.sheet, cell))

    def _at(self, cell: Cell, least: int) -> bool:
        if cell.missing is not None:
            return cell.missing in HIDDEN
        counts = counts_of(self.sheet, cell)
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
