"""The rows of one sheet of an XLSX file, read as it streams by."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from sozplan.diagnostics import text
from sozplan.repo.imports.ledger import Unreadable
from sozplan.repo.imports.rows import Cell, Row, too_many
from sozplan.repo.imports.source import Source
from sozplan.repo.limits import Limits
from sozplan.repo.shown import shown

_DIGITS = 15
"""So many a spreadsheet keeps; what comes behind is noise of its arithmetic."""


@dataclass(slots=True)
class SheetRows:
    source: Source
    sheet: str | None
    limits: Limits
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    """Joined cells: first and last row, first and last column; rows from 1, columns from 0."""
    notes: list[str] = field(default_factory=list)
    noted: int = 0

    def __iter__(self) -> Iterator[Row]:
        import openpyxl
        from openpyxl.utils.exceptions import InvalidFileException

        name = shown(self.source.name)
        try:
            book = openpyxl.load_workbook(self.source.path, read_only=True, data_only=True)
        except (InvalidFileException, KeyError, ValueError, SyntaxError, zipfile.BadZipFile, OSError) as error:
            raise Unreadable(name, _DAMAGED) from error
        try:
            sheet = self._chosen(book)
            self.merged = list(_merged(book, sheet))
            sheet.reset_dimensions()
            yield from self._rows(sheet)
        except (ValueError, SyntaxError, KeyError, zipfile.BadZipFile) as error:
            raise Unreadable(name, _DAMAGED) from error
        finally:
            book.close()

    def _chosen(self, book: Any) -> Any:
        """The sheet that the profile names, else the only one that can be seen."""
        names = [sheet.title for sheet in book.worksheets if sheet.sheet_state == "visible"]
        listed = ", ".join(f"„{shown(name)}“" for name in names[:10]) or "–"
        if self.sheet is not None and self.sheet not in names:
            raise Unreadable(
                shown(self.source.name),
                text(
                    de=f"Ein sichtbares Tabellenblatt „{self.sheet}“ gibt es nicht. Es gibt: {listed}.",
                    en=f"There is no visible sheet “{self.sheet}”. There are: {listed}.",
                ),
            )
        if self.sheet is None and len(names) != 1:
            raise Unreadable(
                shown(self.source.name),
                text(
                    de=f"Nennen Sie im Profil das Tabellenblatt (sheet). Es gibt: {listed}.",
                    en=f"Name the sheet in the profile (sheet). There are: {listed}.",
                ),
            )
        return book[self.sheet or names[0]]

    def _rows(self, sheet: Any) -> Iterator[Row]:
        title = shown(sheet.title)
        for number, cells in enumerate(sheet.iter_rows(), 1):
            if len(cells) > self.limits.import_columns or number > self.limits.import_rows:
                raise Unreadable(shown(self.source.name), too_many(self.limits))
            yield Row(shown(self.source.name), number, tuple(map(_cell, cells)), title)


_DAMAGED = text(
    de="Die XLSX-Datei ist beschädigt oder keine. Öffnen und speichern Sie sie im Tabellenprogramm neu.",
    en="The XLSX file is damaged or none. Open it in a spreadsheet program and save it anew.",
)


def _merged(book: Any, sheet: Any) -> Iterator[tuple[int, int, int, int]]:
    """Joined cells stand behind the data, where a reader of rows doesn't see them."""
    from openpyxl.utils.cell import range_boundaries
    from openpyxl.xml.functions import iterparse

    with book._archive.open(sheet._worksheet_path) as part:
        for _, element in iterparse(part):
            if element.tag.endswith("}mergeCell"):
                left, top, right, bottom = range_boundaries(element.get("ref"))
                if None not in (left, top, right, bottom):
                    yield int(top or 0), int(bottom or 0), int(left or 0) - 1, int(right or 0) - 1
            if element.tag.endswith(("}row", "}mergeCell")):
                element.clear()


def _cell(cell: Any) -> Cell:
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
    plain = format(exact.normalize() if exact else Decimal(0), "f")
    if form and set(form) == {"0"} and plain.isdigit():
        return Cell(plain.zfill(len(form)), exact)
    return Cell(plain, exact)
