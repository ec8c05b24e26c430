"""The check of a large file whose lines are no records: gone through row by row, once more where something is doubted.

The first pass judges each row by itself and writes what it says into a private file, which SQL then looks through like
any other large table. So no more than a few bytes a row are held, whatever the file is like.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, TYPE_CHECKING

from sozplan.model.figures import Cell, Measured
from sozplan.repo.codes import csv as codes
from sozplan.repo.observations import LABELS, Reader
from sozplan.repo.records import Record
from sozplan.repo.store import doubts, prints
from sozplan.repo.store.doubts import LOOKED_AT, Doubtful, Scanned, Terms
from sozplan.repo.store.duck import opened
from sozplan.repo.store.prints import Repeated
from sozplan.repo.store.question import Question
from sozplan.repo.store.table import Key
from sozplan.repo.store.thorough import TYPES, tell

if TYPE_CHECKING:
    from datetime import date


_COLUMNS = ", ".join(f"'{label}': '{kind}'" for label, kind in {**TYPES, "value": "VARCHAR"}.items())
_SOURCE = (
    "(SELECT * REPLACE (value::DOUBLE AS value), value AS written FROM read_csv(getvariable('source'), "
    f"delim = '\x1f', header = false, auto_detect = false, quote = '', escape = '', nullstr = [''], "
    f"columns = {{{_COLUMNS}}}))"
)


class CheckedStream:
    """`records` begins a new pass over the file; `reader` knows its header already."""

    def __init__(
        self, reader: Reader, asked: Question, records: Callable[[], Iterator[Record]], as_of: date | None
    ) -> None:
        self._reader, self._asked, self._records = reader, asked, records
        self._more = 0
        self._strange: set[tuple[Key, str]] = set()
        self._cells: list[Cell] = []
        tolerance = doubts.WRITTEN_TOLERANCE.format(decimal="'.'")
        self._terms = doubts.terms(_SOURCE, reader, as_of, tolerance)
        self._folder = TemporaryDirectory(prefix="sozplan-")
        self._place = Path(self._folder.name, "rows")
        with self._place.open("w", encoding="utf-8") as file:
            self._judge(file)
        self.prints, self.later = self._scanned(self._terms)

    def _judge(self, file: IO[str]) -> None:
        """Without a memory of what stood before: doubles are found by their numbers."""
        reader, seen = self._reader, self._reader.seen
        reader.seen = None
        for record in self._records():
            cell = reader.cell(record)
            if cell is not None:
                file.write(_row(cell, reader.decimal, record.fields[reader.columns["value"]]))
                if self._is_central(cell.indicator, cell.area):
                    self._cells.append(cell)
                elif cell.area not in reader.known.keys:
                    self._note(((cell.indicator, cell.area), cell.period.text))
            elif len(reader.faults) > LOOKED_AT:
                del reader.faults[LOOKED_AT:]
                self._more += 1
        reader.seen = seen

    def _note(self, strange: tuple[Key, str]) -> None:
        """What the rules have to judge that SQL knows nothing of: areas that the plan doesn't have."""
        if len(self._strange) < LOOKED_AT:
            self._strange.add(strange)
        elif strange not in self._strange:
            self._more += 1

    def _is_central(self, indicator: str, area: str) -> bool:
        return area in self._asked.central and indicator in self._asked.indicators

    def _scanned(self, terms: Terms) -> Scanned:
        with opened(self._place, ordered=False) as connection:
            return doubts.scanned(connection, terms, self._reader.known, self._asked.least)

    def finish(self, elsewhere: Repeated) -> tuple[Cell, ...]:
        own = prints.repeated(self.prints, LOOKED_AT)
        doubles = {*own.first, *elsewhere.first}
        more = self._more + own.number - len(own.first) + elsewhere.number - len(elsewhere.first)
        closed = doubts.restricted(self._reader.known)
        if doubles or closed or self._strange or prints.has(self.prints, prints.DOUBTED):
            with opened(self._place, ordered=False) as connection:
                found = doubts.doubtful(connection, self._terms, self._reader.known, self._asked.least, doubles)
                others = {key[0] for key, _ in found.keys} | closed
                newest = doubts.newest(connection, self._terms, others - self._asked.indicators)
            more += found.more
            self._cells = list(self._again(found, {*found.keys, *newest, *self._strange}))
        self._folder.cleanup()
        tell(self._reader, more, len(self._asked.central))
        return tuple(self._cells)

    def _again(self, found: Doubtful, wanted: set[tuple[Key, str]]) -> Iterator[Cell]:
        """The central and doubted rows; of their faults only doubles are new."""
        reader = self._reader
        asked = {key for key, _ in found.keys if key[0] in self._asked.indicators}
        period = reader.columns["period"]
        for record in self._records():
            key = reader.key(record)
            if not (self._is_central(*key) or key in asked or (key, record.fields[period].strip()) in wanted):
                continue
            told = len(reader.faults)
            cell = reader.cell(record)
            reader.faults[told:] = [fault for fault in reader.faults[told:] if fault.code is codes.DUPLICATE]
            if cell is not None:
                yield cell


def _row(cell: Cell, decimal: str, value: str) -> str:
    """As the private file has it; how exact a value is written is kept."""
    places = len(value.strip().partition(decimal)[2])
    numbers = {
        "numerator": _number(cell.numerator),
        "denominator": _number(cell.denominator),
        "value": "" if cell.value is None else f"{cell.value.reveal():.{places}f}",
    }
    said = {"indicator": cell.indicator, "area": cell.area, "period": cell.period.text, **numbers}
    said["status"] = cell.quality.value
    said["vintage"] = "" if cell.vintage is None else cell.vintage.isoformat()
    return "\x1f".join(said.get(label, "") for label in LABELS) + "\n"


def _number(measured: Measured | None) -> str:
    return "" if measured is None else f"{measured.reveal():f}"
