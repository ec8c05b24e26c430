"""How findings on data rows are told: where they stand, never what the numbers are."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import NamedTuple

from sozplan.diagnostics import Text
from sozplan.model.case import Case
from sozplan.model.entity import Place
from sozplan.model.figures import Cell, reference_date
from sozplan.model.indicators import Indicator
from sozplan.model.memory import once
from sozplan.model.plan import Plan
from sozplan.model.territory import Unit
from sozplan.rules.words import NONE, brief

FEW = 5
"""So many rows of one file and indicator are told one by one, more as one finding at the first of them."""


class Row(NamedTuple):
    """A faulty row, and how many like it are not told by themselves."""

    cell: Cell
    more: int

    @property
    def place(self) -> Place:
        return Place(self.cell.at, self.cell.indicator)

    @property
    def others(self) -> Text:
        if not self.more:
            return NONE
        return Text(f" Ebenso {self.more} weitere Zeilen.", f" The same goes for {self.more} more rows.")


def rows(faulty: Iterable[Cell]) -> Iterator[Row]:
    """The rows to tell, file by file and indicator by indicator."""
    groups: dict[tuple[str, str], list[Cell]] = {}
    for cell in faulty:
        groups.setdefault((cell.at.file, cell.indicator), []).append(cell)
    for cells in groups.values():
        if len(cells) > FEW:
            yield Row(cells[0], len(cells) - 1)
        else:
            yield from (Row(cell, 0) for cell in cells)


def sheets_of(plan: Plan) -> Mapping[str, Indicator]:
    return {sheet.id: sheet for sheet in plan.indicators}


def boundaries(case: Case) -> Callable[[Cell, Indicator], date]:
    """The day whose borders a cell's key follows: the file's boundary date, else the reference date."""
    fixed = {name: r.boundary for name, r in (case.figures.resources or {}).items() if r.boundary is not None}

    def boundary(cell: Cell, sheet: Indicator) -> date:
        return fixed.get(cell.resource) or reference_date(sheet, cell.period)

    return boundary


def is_known(cell: Cell, as_of: date) -> bool:
    """Whether the cell was there on that day."""
    return cell.period.end <= as_of and (cell.vintage is None or cell.vintage <= as_of)


@once
def newest(case: Case) -> Mapping[tuple[str, str, str], Cell]:
    """The newest vintage known of each indicator, area key and period, in the order of the rows."""
    found: dict[tuple[str, str, str], Cell] = {}
    for cell in case.figures.cells:
        if is_known(cell, case.as_of):
            key = (cell.indicator, cell.area, cell.period.text)
            known = found.get(key)
            if known is None or (known.vintage or date.min) <= (cell.vintage or date.min):
                found[key] = cell
    return found


def called(unit: Unit) -> str:
    return f"{brief(unit.name)} ({unit.key})"


def name(sheet: Indicator) -> str:
    return brief(sheet.short or sheet.name)
