"""A large file as the rest of sozplan sees it: series by series, made into cells when they are asked for."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
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
    """The rows of an answer as text by series.

    `delicate` are the series in which a query saw a small, hidden or odd count; `malformed` counts the lines that were
    left out because they aren't written as they should be, where that was asked for, and `padded` says whether any
    value of the file ends in a zero behind the decimal sign.
    """

    texts: Mapping[Key, str]
    delicate: frozenset[Key]
    malformed: int = 0
    padded: bool = False


class Table:
    """Rows that were asked for; `records` takes those of a series apart when they are needed.

    Cells come from the same reader as those of small files, so they are the same cells.
    """

    def __init__(self, reader: Reader, asked: Question, rows: Rows, records: Callable[[str], Iterable[Record]]) -> None:
        self.reader, self.asked, self._records = reader, asked, records
        self._texts = rows.texts
        self._delicate = {indicator for indicator, _ in rows.delicate}
        self._cells: dict[Key, tuple[Cell, ...]] = {}
        self._noticed: dict[Key, list[Cell]] = {}
        self._looked_at: set[Key] | None = None

    @property
    def faults(self) -> Sequence[Diagnostic]:
        """Of the rows that were made into cells so far."""
        return self.reader.faults

    def has(self, key: Key) -> bool:
        """Whether all rows of the series are in the answer."""
        return key in self._texts

    def look_at(self, rows: Iterable[Record], doubted: Collection[Key]) -> None:
        """From now on `cells` are those of the central series, of doubted ones, and of these further rows."""
        self._looked_at = set(self._texts) & set(doubted)
        self._looked_at |= {(name, area) for name, area in self._texts if area in self.asked.central}
        for record in rows:
            if (cell := self.reader.cell(record)) is not None:
                self._noticed.setdefault((cell.indicator, cell.area), []).append(cell)

    def vintages(self, indicator: str, area: str) -> Sequence[Cell]:
        key = indicator, area
        if key not in self._cells:
            rows = self._records(self._texts[key]) if key in self._texts else ()
            self._cells[key] = (*self.reader.each(rows), *self._noticed.get(key, ()))
        return self._cells[key]

    def areas(self, indicator: str) -> Iterable[str]:
        return (area for name, area in self._texts if name == indicator)

    def indicators(self) -> Collection[str]:
        return {name for name, _ in self._texts} | {name for name, _ in self._noticed}

    def exceeds(self, indicator: str, least: int) -> bool:
        return least <= self.asked.least and indicator in self.asked.indicators - self._delicate

    def cells(self) -> Iterator[Cell]:
        """In the order of the rows."""
        keys = self._texts if self._looked_at is None else self._looked_at | self._noticed.keys()
        return iter(sorted((cell for key in keys for cell in self.vintages(*key)), key=lambda cell: cell.at.line))
