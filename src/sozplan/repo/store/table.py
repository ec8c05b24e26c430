"""A large file as the rest of sozplan sees it: series by series, made into cells when they are asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from sozplan.diagnostics import Diagnostic
from sozplan.model.figures import Cell
from sozplan.repo.observations import Reader
from sozplan.repo.records import Record
from sozplan.repo.store.question import Question

Key = tuple[str, str]
"""Indicator and area."""
FIELD, ROW = "\x1f", "\x1e"
"""Stand between fields and rows on the way out of DuckDB: one text a series costs a tenth of a tuple a row."""


class Rows(NamedTuple):
    """The rows of an answer as text by series, and the series in which a query saw a small, hidden or odd count."""

    texts: Mapping[Key, str]
    delicate: frozenset[Key]


class Table:
    """Rows that were asked for; `records` takes those of a series apart when they are needed.

    Cells come from the same reader as those of small files, so they are the same cells.
    """

    def __init__(self, reader: Reader, asked: Question, rows: Rows, records: Callable[[str], Iterable[Record]]) -> None:
        self._reader, self._asked, self._records = reader, asked, records
        self._texts = rows.texts
        self._delicate = {indicator for indicator, _ in rows.delicate}
        self._cells: dict[Key, tuple[Cell, ...]] = {}

    @property
    def faults(self) -> Sequence[Diagnostic]:
        """Of the rows that were made into cells so far."""
        return self._reader.faults

    def vintages(self, indicator: str, area: str) -> Sequence[Cell]:
        key = indicator, area
        if key not in self._texts:
            return ()
        if key not in self._cells:
            self._cells[key] = tuple(self._reader.each(self._records(self._texts[key])))
        return self._cells[key]

    def areas(self, indicator: str) -> Iterable[str]:
        return (area for name, area in self._texts if name == indicator)

    def exceeds(self, indicator: str, least: int) -> bool:
        return least <= self._asked.least and indicator in self._asked.indicators - self._delicate

    def cells(self) -> Iterator[Cell]:
        """Everything in the order of the rows."""
        found = [cell for key in self._texts for cell in self.vintages(*key)]
        return iter(sorted(found, key=lambda cell: cell.at.line))
