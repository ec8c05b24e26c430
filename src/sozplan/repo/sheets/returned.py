"""A workbook that came back: its sheets row by row, and what it remembers of how it was made."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple
from zipfile import ZipFile

from sozplan.diagnostics import Text, text
from sozplan.model.sheets import ORIGIN, VERSION, Origin
from sozplan.repo.imports.ledger import Unreadable
from sozplan.repo.imports.rows import Cell, tidy
from sozplan.repo.imports.source import open_source
from sozplan.repo.imports.workbook import BROKEN, DAMAGED, Joined, Survey, cell_of, quietly
from sozplan.repo.limits import LIMITS, Limits
from sozplan.repo.shown import shown


class Given(NamedTuple):
    """A cell as somebody left it."""

    cell: Cell
    is_formula: bool = False

    @property
    def is_empty(self) -> bool:
        return not self.is_formula and not self.cell.broken and not tidy(self.cell.text)


NOTHING = Given(Cell())


class GivenRow(NamedTuple):
    number: int
    cells: Sequence[Given]


@dataclass(slots=True)
class Memory:
    """What the hidden sheet says of one sheet."""

    title: str
    heads: dict[str, str] = field(default_factory=dict)
    """The heading of each column, by its key."""
    lines: dict[str, dict[str, str]] = field(default_factory=dict)
    shut: dict[str, set[str]] = field(default_factory=dict)


@dataclass(slots=True)
class Book:
    """All that is needed of the file; `sheets` by their titles, `joined` the merged cells on each."""

    file: str
    origin: Origin
    memories: Mapping[str, Memory]
    sheets: Mapping[str, Sequence[GivenRow]]
    joined: Mapping[str, Sequence[Joined]]


def read_book(path: Path, limits: Limits = LIMITS) -> Book:
    """Raises Unreadable for what is no workbook of ours; OSError where the file can't be had."""
    name = shown(path.name)
    source = open_source(path, replace(limits, workbook_bytes=limits.table_bytes, import_bytes=limits.table_bytes))
    if not source.is_workbook:
        raise Unreadable(name, _NO_WORKBOOK)
    try:
        _refuse_macros(name, path)
        with quietly():
            return _read(name, path, limits)
    except BROKEN as error:
        raise Unreadable(name, DAMAGED) from error


def _refuse_macros(name: str, path: Path) -> None:
    with ZipFile(path) as archive:
        if any(part.lower().endswith("vbaproject.bin") for part in archive.namelist()):
            raise Unreadable(name, _MACROS)


def _read(name: str, path: Path, limits: Limits) -> Book:
    import openpyxl

    with path.open("rb") as file:  # by its path, a file of another ending would be refused
        book = openpyxl.load_workbook(file, read_only=True, keep_links=False)
        if ORIGIN not in book.sheetnames:
            raise Unreadable(name, _NO_MEMORY)
        origin, memories = _remembered(name, list(_rows(name, book[ORIGIN], limits)))
        wanted = [each for each in book.worksheets if each.title in {memory.title for memory in memories.values()}]
        sheets = {each.title: tuple(_rows(name, each, limits)) for each in wanted}
        return Book(name, origin, memories, sheets, {each.title: _joined(book, each, limits) for each in wanted})


def _rows(name: str, sheet: Any, limits: Limits) -> Iterator[GivenRow]:
    """Those that hold something; spreadsheets like to format a million empty ones."""
    sheet.reset_dimensions()  # what the file says of its size may be anything
    seen = 0
    for number, cells in enumerate(sheet.iter_rows(), 1):
        seen += len(cells)
        held = [_given(each) for each in cells]
        while held and held[-1].is_empty:
            held.pop()
        if number > _LAST_ROW or len(held) > limits.table_columns or seen > limits.table_rows * limits.table_columns:
            raise Unreadable(f"{name}:{shown(sheet.title)}", _too_many(limits))
        if held:
            if number > limits.table_rows:
                raise Unreadable(f"{name}:{shown(sheet.title)}", _too_many(limits))
            yield GivenRow(number, held)


_LAST_ROW = 1_048_576
"""No spreadsheet has more."""

_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")


def _given(cell: Any) -> Given:
    found = cell_of(cell)
    if "_x" in found.text:
        found = found._replace(text=_ESCAPED.sub(lambda each: chr(int(each[1], 16)), found.text))
    return Given(found, cell.data_type == "f")


def _joined(book: Any, sheet: Any, limits: Limits) -> Sequence[Joined]:
    survey = Survey(limits.joined_cells)
    with book._archive.open(sheet._worksheet_path) as part:
        survey.read(part)
    return tuple(survey.joined)


def _remembered(name: str, rows: Sequence[GivenRow]) -> tuple[Origin, Mapping[str, Memory]]:
    """Raises Unreadable where somebody has been at the hidden sheet."""
    about: dict[str, str] = {}
    memories: dict[str, Memory] = {}
    for row in rows:
        kind, *said = [given.cell.text for given in row.cells[:5]] + [""] * (5 - len(row.cells))
        match kind:
            case "table":
                about[said[0]] = said[1]
            case "sheet":
                memories[said[0]] = Memory(said[1])
            case "column" | "line" | "shut" | "cell" if said[0] in memories:
                _remember(memories[said[0]], kind, *said[1:])
    try:
        return _origin(about), memories
    except (KeyError, ValueError):
        raise Unreadable(name, SPOILT) from None


def _remember(memory: Memory, kind: str, key: str, column: str, said: str) -> None:
    match kind:
        case "column":
            memory.heads[key] = column
        case "line":
            memory.lines.setdefault(key, {})
        case "shut":
            memory.shut.setdefault(key, set()).add(column)
        case "cell":
            memory.lines.setdefault(key, {})[column] = said


def _origin(about: Mapping[str, str]) -> Origin:
    lang = about["lang"]
    if about["version"] != VERSION or lang not in ("de", "en"):
        raise ValueError(about["version"])
    return Origin(
        kind=about["kind"],
        lang="en" if lang == "en" else "de",
        municipality=about["municipality"],
        as_of=date.fromisoformat(about["as_of"]),
        commit=about["commit"] or None,
        modified=about["modified"] == "true",
        audience=about["audience"],
        plans=tuple(filter(None, about["plans"].split("\n"))),
    )


_NO_WORKBOOK = text(
    de="Das ist keine Excel-Arbeitsmappe. Speichern Sie die Tabelle als .xlsx.",
    en="This is no Excel workbook. Save the table as .xlsx.",
)
_MACROS = text(
    de="Die Arbeitsmappe enthält Makros. Speichern Sie sie ohne, als .xlsx.",
    en="The workbook has macros. Save it without them, as .xlsx.",
)
_NO_MEMORY = text(
    de=f"Das ausgeblendete Blatt „{ORIGIN}“ fehlt; ohne es lässt sich nicht erkennen, was geändert wurde. Erzeugen Sie "
    "mit „sozplan table“ eine neue Tabelle, und übertragen Sie die Änderungen dorthin.",
    en=f"The hidden sheet “{ORIGIN}” is missing; without it nobody can tell what was changed. Make a new table by "
    "“sozplan table”, and copy the changes there.",
)
SPOILT = text(
    de=f"Auf dem ausgeblendeten Blatt „{ORIGIN}“ wurde etwas geändert, oder eine andere Fassung von sozplan hat es "
    "geschrieben. Erzeugen Sie mit „sozplan table“ eine neue Tabelle, und übertragen Sie die Änderungen dorthin.",
    en=f"Something was changed on the hidden sheet “{ORIGIN}”, or another version of sozplan has written it. Make a "
    "new table by “sozplan table”, and copy the changes there.",
)


def _too_many(limits: Limits) -> Text:
    return text(
        de=f"Mehr als {limits.table_rows} Zeilen oder {limits.table_columns} Spalten werden nicht gelesen.",
        en=f"More than {limits.table_rows} rows or {limits.table_columns} columns are not read.",
    )
