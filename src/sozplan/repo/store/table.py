"""A large file as the rest of sozplan sees it: series by series, made into cells when they are asked for."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import partial
from typing import NamedTuple

from sozplan.diagnostics import Diagnostic
from sozplan.model.figures import Cell, Columns
from sozplan.model.periods import Period, period
from sozplan.repo.observations import Reader
from sozplan.repo.records import Record
from sozplan.repo.store.columns import Told, columns
from sozplan.repo.store.question import Question

Key = tuple[str, str]
"""Indicator and area."""
FIELD, ROW = "\x1f", "\x1e"
"""Stand between fields and rows on the way out of DuckDB: one text a series costs a tenth of a tuple a row."""


class Rows(NamedTuple):
    """The rows of an answer as text, by series; or by indicator and period, where whole columns were asked for.

    `delicate` are the indicators and areas of which a query saw a small, hidden or odd count; `malformed` counts the
    lines that were left out because they aren't written as they should be, where that was asked for, and `padded` says
    whether any value of the file ends in a zero behind the decimal sign.
    Of the indicators in `partly` only the rows of central areas are there; `rest` reads those of all areas.
    """

    texts: Mapping[Key, str]
    delicate: frozenset[Key]
    malformed: int = 0
    padded: bool = False
    partly: frozenset[str] = frozenset()
    rest: Callable[[], Mapping[Key, str]] = dict


class Apart(NamedTuple):
    """How rows that came as one text are taken apart: as records in the order of the file, or as fields only.

    The fields come row by row or, much faster and only where all rows have the same number of them, column by column.
    """

    records: Callable[[str], Iterable[Record]]
    fields: Callable[[str], list[list[str]]]
    columns: Callable[[str], list[list[str]] | None]


class Table:
    """Rows that were asked for, taken apart when they are needed.

    Cells come from the same reader as those of small files, so they are the same cells.
    """

    def __init__(self, reader: Reader, asked: Question, rows: Rows, apart: Apart) -> None:
        self.reader, self.asked, self._apart = reader, asked, apart
        self._texts, self._partly, self._rest = rows.texts, rows.partly, rows.rest
        self._delicate: dict[str, set[str]] = {}
        for indicator, area in rows.delicate:
            self._delicate.setdefault(indicator, set()).add(area)
        self._gathered: dict[Key, Mapping[str, str]] = {}
        self._cells: dict[Key, tuple[Cell, ...]] = {}
        self._noticed: dict[Key, list[Cell]] = {}
        self._looked_at: set[Key] | None = None
        self._told = 0

    @property
    def faults(self) -> Sequence[Diagnostic]:
        """Of the rows that were made into cells so far."""
        return self.reader.faults

    def has(self, key: Key) -> bool:
        """Whether all rows of the series are in the answer."""
        return self._text(*key) is not None

    def _text(self, indicator: str, area: str) -> str | None:
        if area not in self.asked.central:
            self._complete(indicator)
        return self._texts.get((indicator, area))

    def _complete(self, indicator: str | None = None) -> None:
        """Reads what was left out until somebody asks for it."""
        if self._partly and (indicator is None or indicator in self._partly):
            self._texts, self._partly = {**self._texts, **self._rest()}, frozenset()

    def look_at(self, rows: Iterable[Record], doubted: Collection[Key]) -> None:
        """From now on `cells` are those of the central series, of doubted ones, and of these further rows."""
        self._looked_at = {key for key in doubted if self.has(key)}
        self._looked_at |= {(name, area) for name, area in self._texts if area in self.asked.central}
        for record in rows:
            if (cell := self.reader.cell(record)) is not None:
                self._noticed.setdefault((cell.indicator, cell.area), []).append(cell)

    def vintages(self, indicator: str, area: str) -> Sequence[Cell]:
        key = indicator, area
        if key not in self._cells:
            text = self._by(indicator, "area").get(area) if self.asked.by == "period" else self._text(*key)
            self._cells[key] = tuple(self.reader.each(() if text is None else self._apart.records(text)))
        return (*self._cells[key], *self._noticed[key]) if key in self._noticed else self._cells[key]

    def prepare(self) -> None:
        """Makes the cells of the central series, while there is time; whether any stands elsewhere isn't known yet."""
        reader = self.reader
        seen, reader.seen, self._told = reader.seen, None, len(reader.faults)
        for name, area in self._texts:
            if area in self.asked.central:
                self.vintages(name, area)
        reader.seen = seen

    def reconsider(self) -> None:
        """Cells that were prepared are made anew, and told apart from those that stand elsewhere."""
        self._cells.clear()
        del self.reader.faults[self._told :]

    def areas(self, indicator: str) -> Iterable[str]:
        return self._by(indicator, "area").keys()

    def periods(self, indicator: str) -> Iterator[Period]:
        for text in self._by(indicator, "period"):
            with suppress(ValueError):
                yield period(text)

    def columns(self, indicator: str, period: Period) -> Columns:
        text = self._by(indicator, "period").get(period.text)
        told = Told(self._apart.columns(text), partial(self._apart.fields, text)) if text else Told(None, list)
        noticed = (area for name, area in self._noticed if name == indicator)
        return columns(self.reader, self.reader.known.sheets[indicator], period, told, noticed)

    def _by(self, indicator: str, label: str) -> Mapping[str, str]:
        """The rows of an indicator gathered by area or by period, whatever they came by."""
        if (indicator, label) not in self._gathered:
            self._complete(indicator)
            own = {group: text for (name, group), text in self._texts.items() if name == indicator}
            self._gathered[indicator, label] = own if label == self.asked.by else self._regathered(own.values(), label)
        return self._gathered[indicator, label]

    def _regathered(self, texts: Iterable[str], label: str) -> Mapping[str, str]:
        found: dict[str, list[str]] = {}
        column = self.reader.columns[label]
        for text in texts:
            for row, fields in zip(text.split(ROW), self._apart.fields(text), strict=True):
                if len(fields) == self.reader.width:
                    found.setdefault(as_group(fields[column], label), []).append(row)
        return {group: ROW.join(rows) for group, rows in found.items()}

    def indicators(self) -> Collection[str]:
        return {name for name, _ in self._texts} | {name for name, _ in self._noticed} | self._partly

    def exceeds(self, indicator: str, least: int) -> bool:
        is_asked = least <= self.asked.least and indicator in self.asked.indicators
        return is_asked and indicator not in self._delicate

    def delicate(self, indicator: str, least: int) -> Iterable[str]:
        if least > self.asked.least or indicator not in self.asked.indicators:
            return self.areas(indicator)
        return self._delicate.get(indicator, set()).union(area for name, area in self._noticed if name == indicator)

    def cells(self) -> Iterator[Cell]:
        """In the order of the rows."""
        keys = self._series() if self._looked_at is None else self._looked_at | self._noticed.keys()
        return iter(sorted((cell for key in keys for cell in self.vintages(*key)), key=lambda cell: cell.at.line))

    def _series(self) -> Iterable[Key]:
        if self.asked.by == "area":
            self._complete()
            return self._texts
        return [(name, area) for name in self.indicators() for area in self._by(name, "area")]


def as_group(field: str, label: str) -> str:
    """A blank beside a period is no part of it; beside an area it is a fault."""
    return field if label == "area" else field.strip()


def even(rows: str, delimiter: str, width: int) -> list[list[str]] | None:
    """Column by column, where each row has exactly so many plain fields."""
    if {row.count(delimiter) for row in rows.split(ROW)} != {width - 1}:
        return None
    fields = rows.replace(ROW, delimiter).split(delimiter)
    return [fields[column::width] for column in range(width)]
