"""The rows of one sheet of an XLSX file, read as it streams by."""

from __future__ import annotations

import warnings
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from typing import IO, Any, NamedTuple
from xml.parsers import expat

import openpyxl
from openpyxl.utils.cell import range_boundaries
from openpyxl.utils.exceptions import InvalidFileException

from sozplan.diagnostics import text
from sozplan.repo.imports.ledger import Unreadable
from sozplan.repo.imports.rows import Cell, Row, too_many
from sozplan.repo.imports.source import Source
from sozplan.repo.limits import Limits
from sozplan.repo.shown import shown

_DIGITS = 15
"""So many a spreadsheet keeps; what comes behind is noise of its arithmetic."""


BROKEN = (
    *(
        ValueError,
        TypeError,
        LookupError,
        AttributeError,
        ArithmeticError,
        SyntaxError,
        AssertionError,
        EOFError,
        OSError,
    ),
    *(zipfile.BadZipFile, zlib.error, expat.ExpatError, InvalidFileException),
)
"""What a reader of damaged or invented workbooks runs into."""


class Joined(NamedTuple):
    """Joined cells: rows from 1, columns from 0."""

    top: int
    bottom: int
    left: int
    right: int


@dataclass(slots=True)
class SheetRows:
    source: Source
    sheet: str | None
    limits: Limits
    joined: list[Joined] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    noted: int = 0
    encoding: str = "XLSX"

    def __iter__(self) -> Iterator[Row]:
        try:
            with self.source.path.open("rb") as file:  # by its path, a file of another ending would be refused
                with quietly():
                    book = openpyxl.load_workbook(file, read_only=True, data_only=True)
                sheet = self._chosen(book)
                self._survey(book, sheet)
                sheet.reset_dimensions()
                yield from self._rows(sheet)
        except BROKEN as error:
            raise Unreadable(shown(self.source.name), DAMAGED) from error

    def _chosen(self, book: Any) -> Any:
        """The sheet that the profile names, else the only one that can be seen."""
        names = [sheet.title for sheet in book.worksheets if sheet.sheet_state == "visible"]
        if self.sheet in names or (self.sheet is None and len(names) == 1):
            return book[self.sheet or names[0]]
        listed = ", ".join(f"„{shown(name)}“" for name in names[:10]) or "–"
        if self.sheet is None:
            message = text(
                de=f"Nennen Sie im Profil das Tabellenblatt (sheet). Es gibt: {listed}.",
                en=f"Name the sheet in the profile (sheet). There are: {listed}.",
            )
        else:
            message = text(
                de=f"Ein sichtbares Tabellenblatt „{self.sheet}“ gibt es nicht. Es gibt: {listed}.",
                en=f"There is no visible sheet “{self.sheet}”. There are: {listed}.",
            )
        raise Unreadable(shown(self.source.name), message)

    def _survey(self, book: Any, sheet: Any) -> None:
        """Joined cells stand behind the data, where a reader of rows is too late to see them."""
        survey = Survey(self.limits.joined_cells)
        with book._archive.open(sheet._worksheet_path) as part:
            survey.read(part)
        name = shown(self.source.name)
        if survey.unsolved is not None:
            raise Unreadable(f"{name}:{shown(sheet.title)}!{shown(survey.unsolved, 12)}", _UNSOLVED)
        self.joined = survey.joined

    def _rows(self, sheet: Any) -> Iterator[Row]:
        name, title = shown(self.source.name), shown(sheet.title)
        number, rows = 0, sheet.iter_rows()
        while (cells := _next(rows)) is not None:
            number += 1
            if len(cells) > self.limits.import_columns or number > self.limits.import_rows:
                raise Unreadable(name, too_many(self.limits))
            yield Row(name, number, tuple(map(cell_of, cells)), title)


@contextmanager
def quietly() -> Iterator[None]:
    """What openpyxl warns of is of no use to who imports: what matters in it is told as a fault of its cell."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def _next(rows: Iterator[tuple[Any, ...]]) -> tuple[Any, ...] | None:
    with quietly():
        return next(rows, None)


class Survey:
    """One look through the XML of a sheet, for what its reader doesn't tell; at most so many joined cells."""

    def __init__(self, most: int) -> None:
        self.joined: list[Joined] = []
        self.unsolved: str | None = None
        """The first formula that nobody has worked out."""
        self._most = most
        self._cell, self._is_formula, self._has_value = "", False, False

    def read(self, part: IO[bytes]) -> None:
        parser = expat.ParserCreate()
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.ParseFile(part)

    def _start(self, name: str, given: dict[str, str]) -> None:
        match name.rpartition(":")[2]:
            case "c":
                self._cell, self._is_formula, self._has_value = given.get("r", "?"), False, False
            case "f":
                self._is_formula = True
            case "v":
                self._has_value = True
            case "mergeCell":
                self._join(given["ref"])

    def _end(self, name: str) -> None:
        if name.rpartition(":")[2] == "c" and self._is_formula and not self._has_value:
            self.unsolved = self.unsolved or self._cell

    def _join(self, ref: str) -> None:
        left, top, right, bottom = range_boundaries(ref)
        if top is None or bottom is None or left is None or right is None or len(self.joined) >= self._most:
            raise ValueError(ref)
        self.joined.append(Joined(int(top), int(bottom), int(left) - 1, int(right) - 1))


DAMAGED = text(
    de="Die XLSX-Datei ist beschädigt oder keine. Öffnen und speichern Sie sie im Tabellenprogramm neu.",
    en="The XLSX file is damaged or none. Open it in a spreadsheet program and save it anew.",
)
_UNSOLVED = text(
    de="Hier steht eine Formel ohne Ergebnis. Öffnen und speichern Sie die Datei im Tabellenprogramm.",
    en="There is a formula without a result here. Open and save the file in a spreadsheet program.",
)


def cell_of(cell: Any) -> Cell:
    value = cell.value
    match value:
        case None:
            return Cell()
        case bool():
            return Cell(str(value), broken=True)
        case int() | float():
            return _number(value, cell.number_format or "")
        case datetime() | date():
            day = value.date() if isinstance(value, datetime) else value
            return Cell(day.isoformat(), day=day)
        case str():
            return Cell(value, broken=cell.data_type == "e")
        case time():
            return Cell(value.isoformat(), broken=True)
    return Cell(str(value), broken=True)


def _number(value: int | float, form: str) -> Cell:
    """The number as it is shown: percentages times a hundred, keys with the zeros that their format gives them."""
    exact = Decimal(value) if isinstance(value, int) else Decimal(format(value, f".{_DIGITS}g"))
    if not exact.is_finite():
        return Cell(str(value), broken=True)
    if "%" in form:
        exact *= 100
    exact = exact.normalize() if exact else Decimal(0)
    plain = format(exact, "f")
    if form and set(form) == {"0"} and plain.isdigit():
        return Cell(plain.zfill(len(form)), exact)
    return Cell(plain, exact)
