"""A supplier's file: what it is, whether it is small enough, and its checksum."""

from __future__ import annotations

import codecs
import errno
import hashlib
import lzma
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO
from xml.parsers import expat

from sozplan.diagnostics import Text, text
from sozplan.repo.imports.ledger import Unreadable
from sozplan.repo.limits import MB, Limits
from sozplan.repo.shown import shown

_PIECE = 1 << 20
_UTF8 = "utf-8"
_BROKEN = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, NotImplementedError, EOFError, OSError)
"""What comes of a damaged or invented ZIP file."""


@dataclass(frozen=True, slots=True)
class Source:
    """A file that may be read: a table in text, alone or packed, or a workbook."""

    path: Path
    sha256: str
    is_workbook: bool
    member: str | None = None
    """The name inside a ZIP file."""

    @property
    def name(self) -> str:
        return self.path.name

    @contextmanager
    def bytes(self) -> Iterator[IO[bytes]]:
        if self.member is None:
            with self.path.open("rb") as file:
                yield file
            return
        try:
            with zipfile.ZipFile(self.path) as archive, archive.open(self.member) as file:
                yield file
        except _BROKEN as error:
            if _is_of_the_system(error):
                raise
            raise Unreadable(shown(self.name), _DAMAGED) from error

    def encoding(self, declared: str | None, otherwise: str) -> str:
        """A mark at the start wins, then what the profile says, then UTF-8 if all of it is, else what is usual."""
        with self.bytes() as file:
            if file.read(3) == codecs.BOM_UTF8:
                return _UTF8
        if declared is not None or otherwise == _UTF8:
            return declared or _UTF8
        return _UTF8 if self._is_utf8() else otherwise

    def _is_utf8(self) -> bool:
        decoder = codecs.getincrementaldecoder(_UTF8)()
        with self.bytes() as file:
            try:
                while piece := file.read(_PIECE):
                    decoder.decode(piece)
                decoder.decode(b"", final=True)
            except UnicodeDecodeError:
                return False
        return True


def open_source(path: Path, limits: Limits) -> Source:
    """Raises Unreadable for what is no table; OSError where the file can't be had."""
    status = path.stat()
    name = shown(path.name)
    if not stat.S_ISREG(status.st_mode):
        raise Unreadable(name, text(de="Das ist keine gewöhnliche Datei.", en="This is no regular file."))
    if status.st_size > limits.import_bytes:
        raise Unreadable(name, _too_large(limits.import_bytes))
    with path.open("rb") as file:
        start = file.read(512)
    if (found := _foreign(start)) is not None:
        raise Unreadable(name, _foreign_text(found))
    checksum = _sha256(path)
    if not start.startswith(b"PK\x03\x04"):
        return Source(path, checksum, is_workbook=False)
    member = _packed(path, limits)
    return Source(path, checksum, is_workbook=member is None, member=member)


def _sha256(path: Path) -> str:
    """Of the bytes as they were delivered."""
    found = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            found.update(piece)
    return found.hexdigest()


def _packed(path: Path, limits: Limits) -> str | None:
    """The one table in a ZIP file; none for a workbook, which is a ZIP file as well."""
    name = shown(path.name)
    if path.stat().st_size > limits.packed_bytes:
        raise Unreadable(name, _too_large(limits.packed_bytes))
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
            is_workbook = any(part.filename == "[Content_Types].xml" for part in parts)
            _within(name, parts, limits, is_workbook=is_workbook)
            if is_workbook:
                _no_entities(name, archive)
                return None
    except _BROKEN as error:
        if _is_of_the_system(error):
            raise
        raise Unreadable(name, _DAMAGED) from error
    return _only_table(name, [part.filename for part in parts])


def _is_of_the_system(error: Exception) -> bool:
    """Whether the disk is at fault: a place that isn't in the file, or data that don't unpack, are OSErrors as well."""
    return isinstance(error, OSError) and error.errno not in (None, errno.EINVAL)


def _within(name: str, parts: list[zipfile.ZipInfo], limits: Limits, *, is_workbook: bool) -> None:
    """Nothing may unpack to more than may be read; zipfile never reads on beyond the sizes stated here."""
    if any(part.flag_bits & 1 for part in parts):
        raise Unreadable(name, _PASSWORD)
    most = limits.workbook_bytes if is_workbook else limits.import_bytes
    if len(parts) > limits.packed_parts:
        raise Unreadable(name, _too_large(most))
    if sum(part.file_size for part in parts) > most:
        raise Unreadable(name, _long_workbook(most, limits.import_bytes) if is_workbook else _too_large(most))
    held = sum(part.file_size for part in parts if not part.filename.startswith("xl/worksheets/"))
    if is_workbook and held > limits.shared_bytes:
        raise Unreadable(name, _too_large(limits.shared_bytes))


def _only_table(name: str, members: list[str]) -> str:
    if "content.xml" in members:
        raise Unreadable(name, _foreign_text(_OPEN_DOCUMENT))
    tables = [member for member in members if member.lower().endswith((".csv", ".txt"))]
    if len(tables) == 1:
        return tables[0]
    listed = ", ".join(shown(table) for table in tables[:5]) or "–"
    raise Unreadable(
        name,
        text(
            de=f"Im ZIP muss genau eine CSV-Datei stehen; gefunden: {listed}. Packen Sie die richtige aus.",
            en=f"The ZIP must hold exactly one CSV file; found: {listed}. Unpack the right one.",
        ),
    )


def _no_entities(name: str, archive: zipfile.ZipFile) -> None:
    """Spreadsheets declare no entities; who does wants to blow up the reader."""
    for part in archive.infolist():
        with archive.open(part) as file:
            if _has_doctype(file):
                raise Unreadable(
                    name,
                    text(
                        de=f"„{shown(part.filename)}“ darin enthält DOCTYPE; das schreibt kein Tabellenprogramm.",
                        en=f"“{shown(part.filename)}” in it has a DOCTYPE; no spreadsheet program writes that.",
                    ),
                )


def _has_doctype(file: IO[bytes]) -> bool:
    """Read no further than to the first element, whatever stands before it, in whatever encoding."""
    found: list[bool] = []
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = lambda *_: found.append(True)
    parser.StartElementHandler = lambda *_: found.append(False)
    try:
        while not found and (piece := file.read(4096)):
            parser.Parse(piece)
    except expat.ExpatError:
        pass  # a picture, or what no reader of XML will take either
    return any(found[:1])


def _too_large(most: int) -> Text:
    most //= MB
    return text(
        de=f"Die Datei ist zu groß oder packt sich zu weit aus (höchstens {most} MB).",
        en=f"The file is too large or unpacks to too much ({most} MB at most).",
    )


def _long_workbook(most: int, as_csv: int) -> Text:
    if as_csv <= most:
        return _too_large(most)
    return text(
        de=f"Die Arbeitsmappe packt sich auf mehr als {most // MB} MB aus. Speichern oder laden Sie die Tabelle als "
        f"CSV; so darf sie {as_csv // MB} MB groß sein.",
        en=f"The workbook unpacks to more than {most // MB} MB. Save or download the table as CSV, which may have "
        f"{as_csv // MB} MB.",
    )


def _foreign_text(found: Text) -> Text:
    return text(
        de=f"Das ist {found.de}. Laden oder speichern Sie die Tabelle als CSV oder XLSX.",
        en=f"This is {found.en}. Download or save the table as CSV or XLSX.",
    )


_DAMAGED = text(de="Die ZIP- oder XLSX-Datei ist beschädigt.", en="The ZIP or XLSX file is damaged.")
_PASSWORD = text(
    de="Die Datei ist mit einem Kennwort geschützt. Speichern Sie sie ohne.",
    en="The file is protected by a password. Save it without.",
)
_OPEN_DOCUMENT = text(de="eine OpenDocument-Datei (.ods)", en="an OpenDocument file (.ods)")
_FOREIGN = {
    b"\xd0\xcf\x11\xe0": text(
        de="eine alte Excel-Datei (.xls) oder eine mit Kennwort", en="an old Excel file (.xls) or one with a password"
    ),
    b"\x1f\x8b": text(de="eine mit gzip gepackte Datei", en="a file packed by gzip"),
    b"%PDF": text(de="eine PDF-Datei", en="a PDF file"),
    b"<": text(de="eine Webseite (HTML oder XML)", en="a web page (HTML or XML)"),
    b"version https://git-lfs": text(de="ein Verweis auf Git LFS", en="a pointer to git LFS"),
    b"\xff\xfe": text(de="eine Datei in UTF-16", en="a file in UTF-16"),
    b"\xfe\xff": text(de="eine Datei in UTF-16", en="a file in UTF-16"),
}


def _foreign(start: bytes) -> Text | None:
    plain = start.removeprefix(codecs.BOM_UTF8).lstrip(b" \t\r\n")
    if not plain:
        return text(de="eine leere Datei", en="an empty file")
    return next((name for magic, name in _FOREIGN.items() if plain.startswith(magic)), None)
