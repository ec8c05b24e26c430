"""The rows of an import on the disk, and what `check` would find in those that are new."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from sozplan.diagnostics import Severity, Text
from sozplan.model.case import Case
from sozplan.model.indicators import Dialect, Resource
from sozplan.repo.imports.assemble import ImportRow, Made
from sozplan.repo.imports.ledger import Ledger
from sozplan.repo.imports.target import HEADER, Together, line, written
from sozplan.repo.limits import Limits
from sozplan.repo.observations import Known, Seen, read_cells

_PIECE = 20_000
"""So many rows are checked at once."""


class Delivery:
    """Each row beside its place in the supplier's file, in the order of their keys."""

    def __init__(self, folder: Path, made: Iterable[Made]) -> None:
        self.place = folder / "new.csv"
        self._places = folder / "places"
        self.is_empty = True
        with _new(self.place) as rows, _new(self._places) as places:
            rows.write(f"{HEADER}\n")
            for row, place in made:
                rows.write(line(row))
                places.write(f"{place}\n")
                self.is_empty = False

    def made(self) -> Iterator[Made]:
        with self.place.open(encoding="utf-8") as rows, self._places.open(encoding="utf-8", newline="\n") as places:
            next(rows)
            for row, place in zip(rows, places, strict=True):
                yield Made(ImportRow(*row[:-1].split(";")), place[:-1])


@dataclass(frozen=True, slots=True)
class Judge:
    """What is found is told of the place in the supplier's file."""

    case: Case
    resource: str
    path: str
    known: Known
    ledger: Ledger
    limits: Limits

    def watched(self, together: Iterable[Together]) -> Iterator[Together]:
        """The same again, once the new rows among them have been looked at, or soon after."""
        fresh: list[Made] = []
        for each in together:
            yield each
            if each.fresh is not None:
                fresh.append(each.fresh)
                if len(fresh) == _PIECE:
                    self._check(fresh)
                    fresh = []
        self._check(fresh)

    def _check(self, fresh: Sequence[Made]) -> None:
        resource = Resource(name=self.resource, path=self.path, dialect=Dialect(delimiter=";"))
        rows = [made.row for made in fresh]
        lines = (each.encode() for each in written(rows))
        _, faults = read_cells(lines, self.path, resource, self.known, self.limits, self._elsewhere(rows))
        for fault in faults:
            if fault.severity is Severity.ERROR:
                place = fresh[max(fault.at.line - 2, 0)].place  # line 1 is the header
                self.ledger.fault(place, Text(fault.say("de"), fault.say("en")))

    def _elsewhere(self, rows: Sequence[ImportRow]) -> Seen:
        """What other data files say already can't be said once more."""
        series = {(row.indicator, row.area) for row in rows}
        cells = (each for of in series for each in self.case.figures.vintages(*of))
        others = (each for each in cells if each.resource != self.resource)
        return {(c.indicator, c.area, c.period.text, c.vintage): (c.at.file, c.at.line) for c in others}


def _new(place: Path) -> IO[str]:
    return place.open("w", encoding="utf-8", newline="\n")
