"""The rows of an import on the disk, and what `check` would find in those that are new."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, NamedTuple

from sozplan.diagnostics import Severity, Text
from sozplan.model.case import Case
from sozplan.model.indicators import Dialect, Indicator, Resource
from sozplan.repo.imports.assemble import ImportRow, Made
from sozplan.repo.imports.ledger import Ledger
from sozplan.repo.imports.target import HEADER, Together, line, written
from sozplan.repo.limits import Limits
from sozplan.repo.observations import Known, Seen, read_cells
from sozplan.repo.signs import ZERO_SIGNS

_PART = 10
"""Checked at once is this part of what may be held."""
_DIGITS = 15
_TINY = 1e-300
"""Less than any number that is written with so few digits."""


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


class _Bounds(NamedTuple):
    """Between which values nothing is said of a number; the ends themselves are left to exact arithmetic."""

    low: float
    high: float
    is_whole: bool


def _bounds(sheet: Indicator) -> _Bounds:
    low = -_TINY if sheet.lowest == 0 else float(sheet.lowest)
    return _Bounds(low, float("inf") if sheet.highest is None else float(sheet.highest), sheet.is_whole("value"))


@dataclass(frozen=True, slots=True)
class Judge:
    """What is found is told of the place in the supplier's file."""

    case: Case
    resource: str
    path: str
    known: Known
    ledger: Ledger
    limits: Limits
    _sheets: dict[str, _Bounds | None] = field(default_factory=dict)

    def watched(self, together: Iterable[Together]) -> Iterator[Together]:
        """The same again, once the new rows among them have been looked at, or soon after."""
        fresh: list[Made] = []
        for each in together:
            yield each
            if each.fresh is not None:
                fresh.append(each.fresh)
                if len(fresh) * _PART >= self.limits.import_held:
                    self._check(fresh)
                    fresh = []
        self._check(fresh)

    def _check(self, fresh: Sequence[Made]) -> None:
        elsewhere = self._elsewhere(fresh)
        odd = fresh if elsewhere else [made for made in fresh if not self._is_sound(made.row)]
        lines = (each.encode() for each in written(made.row for made in odd))
        resource = Resource(name=self.resource, path=self.path, dialect=Dialect(delimiter=";"))
        _, faults = read_cells(lines, self.path, resource, self.known, self.limits, elsewhere)
        for fault in faults:
            if fault.severity is Severity.ERROR:
                place = odd[max(fault.at.line - 2, 0)].place  # line 1 is the header
                self.ledger.fault(place, Text(fault.say("de"), fault.say("en")))

    def _is_sound(self, row: ImportRow) -> bool:
        """Whether it is plain that the reader, which takes its time, finds nothing wrong: not too little, not odd."""
        bounds = self._bounds(row.indicator)
        if bounds is None or row.sign in ZERO_SIGNS or row.denominator == "0":
            return False
        counts = all(not n or (n.isdigit() and len(n) < _DIGITS) for n in (row.numerator, row.denominator))
        value = row.value
        if not counts or not value:
            return counts
        if len(value) > _DIGITS or (bounds.is_whole and not value.isdigit()):
            return False
        return bounds.low < float(value.replace(",", ".")) < bounds.high

    def _bounds(self, indicator: str) -> _Bounds | None:
        if indicator not in self._sheets:
            sheet = self.known.sheets.get(indicator)
            self._sheets[indicator] = None if sheet is None else _bounds(sheet)
        return self._sheets[indicator]

    def _elsewhere(self, fresh: Sequence[Made]) -> Seen:
        """What other data files say already can't be said once more."""
        series = {made.row[:2] for made in fresh}
        cells = (each for of in series for each in self.case.figures.vintages(*of))
        others = (each for each in cells if each.resource != self.resource)
        return {(c.indicator, c.area, c.period.text, c.vintage): (c.at.file, c.at.line) for c in others}


def _new(place: Path) -> IO[str]:
    return place.open("w", encoding="utf-8", newline="\n")
