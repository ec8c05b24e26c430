"""What the rules on disclosure look at: the cells of public indicators, their counts and their thresholds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from sozplan.analysis.primary import contract
from sozplan.model.case import Case
from sozplan.model.entity import Place
from sozplan.model.figures import Cell, Measured, Missing
from sozplan.model.indicators import Indicator
from sozplan.model.memory import once
from sozplan.model.terms import Publication

HIDDEN = frozenset((Missing.UNKNOWN, Missing.SUPPRESSED))
"""Why a cell is empty that somebody could fill in."""


class Seen(NamedTuple):
    """A cell with its sheet and the number of cases below which nothing of it may be said."""

    cell: Cell
    sheet: Indicator
    least: int

    @property
    def place(self) -> Place:
        return Place(self.cell.at, self.cell.indicator)

    @property
    def names(self) -> dict[str, object]:
        """What every message says of a cell; never its number."""
        return {
            "indicator": self.sheet.short or self.sheet.name,
            "area": self.cell.area,
            "period": self.cell.period.text,
        }


@once
def public_cells(case: Case) -> Sequence[Seen]:
    return tuple(_public_cells(case))


def _public_cells(case: Case) -> Iterator[Seen]:
    sheets = public_sheets(case)
    least = _Thresholds(case)
    for cell in case.figures.cells:
        sheet = sheets.get(cell.indicator)
        if sheet is not None:
            yield Seen(cell, sheet, least.of(cell, sheet))


def public_sheets(case: Case) -> Mapping[str, Indicator]:
    return {s.id: s for s in case.plan.indicators if s.publication is Publication.PUBLIC}


class _Thresholds:
    """The strictest of contract, sheet, settings and floor; the same for all cells of a sheet in a file."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.known: dict[tuple[str, str], int] = {}

    def of(self, cell: Cell, sheet: Indicator) -> int:
        key = cell.indicator, cell.resource
        found = self.known.get(key)
        if found is None:
            found = self.known[key] = contract(self.case, sheet, cell)
        return found


def number(measured: Measured | None) -> Decimal | None:
    return None if measured is None else measured.reveal()


def count(seen: Seen) -> Decimal | None:
    """The cases that stand in the cell in clear: the numerator, or the value of what is only counted."""
    cell = seen.cell
    if cell.numerator is not None:
        return cell.numerator.reveal()
    return number(cell.value) if seen.sheet.is_count else None


def is_small(value: Decimal, least: int) -> bool:
    return 0 < value < least
