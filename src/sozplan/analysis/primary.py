"""What is too small, or too much one contributor's, to be published by itself."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from sozplan.analysis.series import Observation
from sozplan.model.case import Case
from sozplan.model.figures import Cell, Measured
from sozplan.model.indicators import Indicator
from sozplan.model.memory import once

FLOOR = 3
"""No contract and no setting goes below."""


class Counts(NamedTuple):
    """Cases and base, also where a rate with one of them gives the other away."""

    cases: Decimal | None
    base: Decimal | None

    @property
    def others(self) -> Decimal | None:
        """The rest up to the base; of more events than people there is none."""
        return None if self.cases is None or self.base is None or self.cases > self.base else self.base - self.cases


def is_primary(case: Case, sheet: Indicator, each: Observation) -> bool:
    """By itself it may not be published, whatever stands around it."""
    return _too_few(case, sheet, each) or is_dominated(case, sheet, each)


def _too_few(case: Case, sheet: Indicator, each: Observation) -> bool:
    least, counts = threshold(case, sheet, each), counts_of(sheet, each)
    if counts.base is not None and counts.base < max(least, sheet.min_base or 0):
        return True
    zero = zero_is_public(case, sheet)
    return any(is_small(count, least, zero) for count in (counts.cases, counts.others) if count is not None)


def is_small(count: Decimal, least: int, zero_is_public: bool) -> bool:
    return not zero_is_public if count == 0 else count < least


def zero_is_public(case: Case, sheet: Indicator) -> bool:
    own = sheet.zero_is_public
    return case.plan.settings.disclosure.zero_is_public if own is None else own


def threshold(case: Case, sheet: Indicator, each: Observation) -> int:
    """The strictest of the contracts with the sources, the indicator's sheet, the settings and the floor."""
    return max(contract(case, sheet, cell) for cell in each.cells)


def contract(case: Case, sheet: Indicator, cell: Cell) -> int:
    least = case.plan.settings.disclosure.threshold
    return max(FLOOR, least, sheet.min_cases or 0, case.figures.threshold(cell, least))


def counts_of(sheet: Indicator, each: Observation | Cell) -> Counts:
    cases, base, value = (number(each.numerator), number(each.denominator), number(each.value))
    if sheet.denominator is None:
        return Counts(value if cases is None and sheet.is_count else cases, None)
    if cases is None and base is not None and value is not None:
        cases = max((value * base / sheet.factor).to_integral_value(), Decimal(1 if value else 0))
    if base is None and cases is not None and value:
        base = (cases * sheet.factor / value).to_integral_value()
    return Counts(cases, base)


def is_dominated(case: Case, sheet: Indicator, each: Observation) -> bool:
    """The value comes from too few contributors, or nearly all of it from one, as far as the sheet says who knows."""
    policy = case.plan.settings.disclosure
    many = list(_told(case, sheet.contributors, each))
    largest = list(_told(case, sheet.largest_share, each))
    return any(0 < n < policy.min_contributors for n in many) or any(n > policy.dominance for n in largest)


def _told(case: Case, indicator: str | None, each: Observation) -> Iterator[Decimal]:
    """What the indicator on contributors says of the cell itself; of sums of cells it says nothing."""
    if indicator is not None and len(each.cells) == 1:
        cell = each.cells[0]
        about = newest(case, indicator, cell.area).get(cell.period.text)
        found = None if about is None else number(about.value if about.value is not None else about.numerator)
        if found is not None:
            yield found


@once
def newest(case: Case, indicator: str, area: str) -> dict[str, Cell]:
    """By period, of an area key."""
    return {cell.period.text: cell for cell in case.figures.series(indicator, area, case.as_of)}


def number(measured: Measured | None) -> Decimal | None:
    return None if measured is None else measured.reveal()
