"""Physical lines to records: fields with their place, without knowing what they mean."""

from __future__ import annotations

import codecs
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from sozplan.diagnostics import Diagnostic, Location, Text, diagnostic, text
from sozplan.repo.codes import table as codes
from sozplan.repo.limits import LIMITS, Limits


class Record(NamedTuple):
    """The fields of one record and where it begins."""

    line: int
    fields: list[str]
    starts: list[tuple[int, int]] | None
    """Line and column of each field, where the record has quotes; else they follow from the lengths."""

    def place(self, file: str, index: int) -> Location:
        if self.starts is not None:
            return Location(file, *self.starts[index])
        return Location(file, self.line, sum(len(f) + 1 for f in self.fields[:index]) + 1)


def records(
    lines: Iterable[bytes], file: str, encoding: str, delimiter: str, faults: list[Diagnostic], limits: Limits = LIMITS
) -> Iterator[Record]:
    """The records of a file; what can't be read on goes into `faults` and ends them."""
    return _taken_apart(_decoded(lines, encoding, file, faults, limits), file, delimiter, faults, limits)


def record(number: int, line: str, delimiter: str) -> Record | None:
    """One physical line by itself; none where a quote stays open in it."""
    found = _taken_apart(iter([(number, line)]), "", delimiter, [], LIMITS)
    return next(found, None)


def _taken_apart(
    texts: Iterator[tuple[int, str]], file: str, delimiter: str, faults: list[Diagnostic], limits: Limits
) -> Iterator[Record]:
    for number, line in texts:
        if '"' not in line:
            if line.replace(delimiter, "").strip():  # spreadsheets leave rows of nothing but delimiters behind
                yield Record(number, line.split(delimiter), None)
            continue
        record = _Quoted(number, line, texts, delimiter, limits).record()
        if record is None:
            faults.append(diagnostic(codes.QUOTE, Location(file, number, line.index('"') + 1)))
            return
        yield record


def _decoded(
    lines: Iterable[bytes], encoding: str, file: str, faults: list[Diagnostic], limits: Limits
) -> Iterator[tuple[int, str]]:
    """Line number and text; stops at the first line that isn't text in the declared encoding."""
    offset = 0
    for number, raw in enumerate(lines, 1):
        data = raw.removeprefix(codecs.BOM_UTF8) if number == 1 else raw
        if number == 1 and (found := _foreign(data)) is not None:
            faults.append(diagnostic(codes.NOT_CSV, Location(file), found=found))
            return
        if len(data) > limits.cell_bytes:
            faults.append(diagnostic(codes.CELL_TOO_LONG, Location(file, number), limit=limits.cell_bytes))
            return
        try:
            yield number, data.decode(encoding).rstrip("\r\n")
        except UnicodeDecodeError as error:
            at = Location(file, number, error.start + 1)
            faults.append(diagnostic(codes.ENCODING, at, offset=offset + error.start, encoding=encoding))
            return
        offset += len(raw)


_FOREIGN = {
    b"PK\x03\x04": text(de="eine Excel- oder ZIP-Datei", en="an Excel or ZIP file"),
    b"\xd0\xcf\x11\xe0": text(de="eine alte Excel-Datei", en="an old Excel file"),
    b"\x1f\x8b": text(de="eine gepackte Datei (gzip)", en="a packed file (gzip)"),
    b"PAR1": text(de="eine Parquet-Datei (format: parquet)", en="a Parquet file (format: parquet)"),
    b"<": text(de="eine Webseite (HTML oder XML)", en="a web page (HTML or XML)"),
    b"version https://git-lfs": text(de="ein Verweis auf Git LFS", en="a pointer to git LFS"),
    b"\xff\xfe": text(de="eine Datei in UTF-16", en="a file in UTF-16"),
    b"\xfe\xff": text(de="eine Datei in UTF-16", en="a file in UTF-16"),
}


def _foreign(start: bytes) -> Text | None:
    return next((name for magic, name in _FOREIGN.items() if start.startswith(magic)), None)


class _Quoted:
    """Takes apart a record with quotes, which may run over several physical lines."""

    def __init__(
        self, number: int, line: str, following: Iterator[tuple[int, str]], delimiter: str, limits: Limits
    ) -> None:
        self.number, self.line, self.at = number, line, 0
        self._following, self._delimiter = following, delimiter
        self._left = limits.cell_bytes - len(line)

    def record(self) -> Record | None:
        """None where a quote stays open."""
        first = self.number
        fields: list[str] = []
        starts: list[tuple[int, int]] = []
        while True:
            starts.append((self.number, self.at + 1))
            field = self._field()
            if field is None:
                return None
            fields.append(field)
            if self.at >= len(self.line):
                return Record(first, fields, starts)
            self.at += 1

    def _field(self) -> str | None:
        quoted = self._in_quotes() if self.line.startswith('"', self.at) else ""
        return None if quoted is None else quoted + self._plain()

    def _plain(self) -> str:
        end = self.line.find(self._delimiter, self.at)
        start, self.at = self.at, end if end >= 0 else len(self.line)
        return self.line[start : self.at]

    def _in_quotes(self) -> str | None:
        self.at += 1
        parts: list[str] = []
        while True:
            end = self.line.find('"', self.at)
            if end < 0:
                parts.append(self.line[self.at :] + "\n")
                if not self._next_line():
                    return None
                continue
            parts.append(self.line[self.at : end])
            self.at = end + 1
            if not self.line.startswith('"', self.at):
                return "".join(parts)
            parts.append('"')
            self.at += 1

    def _next_line(self) -> bool:
        number, line = next(self._following, (0, ""))
        self.number, self.line, self.at = number, line, 0
        self._left -= len(line)
        return number > 0 and self._left > 0
