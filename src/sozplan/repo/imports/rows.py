"""Rows of cells with their place, the same for CSV and for workbooks."""

from __future__ import annotations

import codecs
import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import IO, NamedTuple

from sozplan.diagnostics import Text, text
from sozplan.repo.imports.ledger import Unreadable
from sozplan.repo.imports.source import Source
from sozplan.repo.limits import Limits
from sozplan.repo.shown import code_point, shown

_BLANKS = re.compile(r"[\s\u00a0\u2007\u202f]+")
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_ETONTOOF = re.compile(r"(?:[)⁾]?[¹²³⁴⁵⁶⁷⁸⁹⁰]++⁽?\s?|\)[0-9]\s)++")
"""Marks of footnotes as they stand at the end of a text that is read backwards, so that each sign is seen once."""
_SYLLABLES = re.compile(r"(?<=[a-zäöüß])-(\s++)(?=[a-zäöüß])")


class Cell(NamedTuple):
    """A cell as text; of a workbook also the exact number or the day that it holds."""

    text: str = ""
    number: Decimal | None = None
    day: date | None = None
    broken: bool = False
    """A formula's error or a truth value: nothing that could be a number."""

    @property
    def plain(self) -> str:
        """Without blanks around, whatever their kind, and without characters that nobody sees."""
        return tidy(self.text)


def tidy(raw: str) -> str:
    if raw.isascii() and raw.isprintable() and "  " not in raw:
        return raw.strip()
    return _BLANKS.sub(" ", _UNSEEN.sub("", raw)).strip()


@lru_cache(maxsize=10_000)
def label(raw: str) -> str:
    """A heading as it is compared: syllables rejoined, without marks of footnotes, in one case."""
    joined = _SYLLABLES.sub(lambda found: "" if "\n" in found[1] else found[0], raw)
    return without_footnote(tidy(joined)).casefold()


def without_footnote(plain: str) -> str:
    if plain.isascii() and not plain.endswith(")"):
        return plain.rstrip()
    marks = _ETONTOOF.match(plain[::-1])
    return (plain[: -marks.end()] if marks else plain).rstrip()


class Row(NamedTuple):
    """`sheet` is named in workbooks; there places read `Tabelle1!B7`, else line and field."""

    file: str
    number: int
    cells: tuple[Cell, ...]
    sheet: str | None = None

    def cell(self, index: int) -> Cell:
        return self.cells[index] if index < len(self.cells) else _NOTHING

    def place(self, index: int | None = None) -> str:
        if self.sheet is not None:
            return f"{self.file}:{self.sheet}!{letters(index or 0)}{self.number}"
        return f"{self.file}:{self.number}" + ("" if index is None else f":{index + 1}")

    @property
    def filled(self) -> list[int]:
        """The places of the cells that hold something."""
        return [i for i, cell in enumerate(self.cells) if cell.plain]


_NOTHING = Cell()
_HELD, _LONG = 20_000, 200


def letters(index: int) -> str:
    """A column's name in a spreadsheet, from 0."""
    name = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


class _Cells(dict[str, Cell]):
    """Most texts of a long table stand in it many times."""

    def __missing__(self, text: str) -> Cell:
        cell = Cell(text)
        if len(self) < _HELD and len(text) < _LONG:
            self[text] = cell
        return cell


@dataclass(slots=True)
class TextRows:
    """The rows of a CSV file. Behind a line of underscores GENESIS writes its notes, which are no CSV."""

    source: Source
    encoding: str
    delimiter: str
    limits: Limits
    ruled_off: bool = False
    """Whether a line of underscores ends the table."""
    notes: list[str] = field(default_factory=list)
    """The lines behind it, as far as they are worth keeping."""
    noted: int = 0
    _line: int = 0
    _start: int = 0
    _length: int = 0
    _between: bool = True

    def __iter__(self) -> Iterator[Row]:
        with self.source.bytes() as file:
            lines = self._lines(file)
            yield from self._records(lines)
            for line in lines:
                self._note(line)

    def _records(self, lines: Iterator[str]) -> Iterator[Row]:
        cells, name = _Cells(), shown(self.source.name)
        reader = csv.reader(self._table(lines), delimiter=self.delimiter, strict=True)
        while True:
            self._between = True
            try:
                fields = next(reader, None)
            except csv.Error as error:
                reason = _FIELD if "field limit" in str(error) else _QUOTE
                raise Unreadable(self._place(self._start), reason) from error
            if fields is None:
                return
            if len(fields) > self.limits.import_columns:
                raise Unreadable(self._place(self._start), too_many(self.limits))
            yield Row(name, self._start, tuple(map(cells.__getitem__, fields)))

    def _table(self, lines: Iterator[str]) -> Iterator[str]:
        """The lines of the table, one record never longer than a line may be."""
        for line in lines:
            if self._between:
                if self.ruled_off and line.startswith("____"):
                    self._note(line)
                    return
                self._start, self._length = self._line, 0
            self._between = False
            self._length += len(line)
            if self._length > self.limits.import_line:
                raise Unreadable(self._place(self._start), _QUOTE)
            yield line

    def _note(self, line: str) -> None:
        self.noted += 1
        if len(self.notes) < _NOTES:
            self.notes.append(line.strip())
        elif line.startswith("Stand:"):
            self.notes[-1] = line.strip()

    def _lines(self, file: IO[bytes]) -> Iterator[str]:
        while raw := file.readline(self.limits.import_line + 1):
            self._line += 1
            if len(raw) > self.limits.import_line:
                raise Unreadable(self._place(self._line), _too_long(self.limits))
            if self._line > self.limits.import_rows:
                raise Unreadable(self._place(self._line), too_many(self.limits))
            data = raw.removeprefix(codecs.BOM_UTF8) if self._line == 1 else raw
            yield self._decoded(data)

    def _decoded(self, data: bytes) -> str:
        try:
            line = data.decode(self.encoding)
        except UnicodeDecodeError as error:
            raise Unreadable(f"{self._place(self._line)}:{error.start + 1}", _wrong(self.encoding)) from None
        if (found := _CONTROL.search(line)) is not None:
            wrong = _control(found[0]) if found[0] < " " or self.encoding == "utf-8" else _wrong(self.encoding)
            raise Unreadable(f"{self._place(self._line)}:{found.start() + 1}", wrong)
        return line

    def _place(self, line: int) -> str:
        return f"{shown(self.source.name)}:{line}"


_NOTES = 500
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
"""The upper ones are what a file in windows-1252 looks like that is read as ISO-8859-1."""

_QUOTE = text(
    de="In der Zeile, die hier beginnt, wird ein Anführungszeichen nicht oder falsch geschlossen.",
    en="In the record that starts here a quote isn't closed, or wrongly so.",
)
_FIELD = text(
    de="In der Zeile, die hier beginnt, ist ein Feld viel zu lang; wahrscheinlich stimmt das Trennzeichen nicht.",
    en="In the record that starts here a field is much too long; the delimiter is probably not the right one.",
)


def _too_long(limits: Limits) -> Text:
    return text(
        de=f"Die Zeile ist länger als {limits.import_line} Byte.",
        en=f"The line is longer than {limits.import_line} bytes.",
    )


def too_many(limits: Limits) -> Text:
    return text(
        de=f"Mehr als {limits.import_columns} Spalten oder {limits.import_rows} Zeilen werden nicht gelesen.",
        en=f"More than {limits.import_columns} columns or {limits.import_rows} lines are not read.",
    )


def _control(character: str) -> Text:
    return text(
        de=f"Hier steht ein Steuerzeichen ({code_point(character)}), das in keine Tabelle gehört.",
        en=f"There is a control character ({code_point(character)}) that belongs in no table.",
    )


def _wrong(encoding: str) -> Text:
    other = "windows-1252" if encoding != "windows-1252" else "utf-8"
    return text(
        de=f"Die Zeile ist nicht in {encoding}. Nennen Sie im Profil den richtigen Zeichensatz (encoding: {other}).",
        en=f"The line is not in {encoding}. Name the right encoding in the profile (encoding: {other}).",
    )
