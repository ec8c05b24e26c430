"""A supplier's file: what it is, whether it is small enough, and its checksum."""

from __future__ import annotations

import codecs
import hashlib
import stat
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from sozplan.diagnostics import Text, text
from sozplan.repo.imports.ledger import Unreadable
from sozplan.repo.limits import Limits
from sozplan.repo.shown import shown

_PIECE = 1 << 20
_UTF8 = "utf-8"


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
        with zipfile.ZipFile(self.path) as archive, archive.open(self.member) as file:
            yield file

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
        raise Unreadable(name, _too_large(limits))
    with path.open("rb") as file:
        start = file.read(512)
    if (found := _foreign(start)) is not None:
        raise Unreadable(
            name,
            text(
                de=f"Das ist {found.de}. Laden Sie die Tabelle als CSV oder XLSX herunter.",
                en=f"This is {found.en}. Download the table as CSV or XLSX.",
            ),
        )
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
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
            _within(name, parts, limits)
            if "[Content_Types].xml" in {part.filename for part in parts}:
                _no_entities(name, archive)
                return None
    except (zipfile.BadZipFile, NotImplementedError, OSError) as error:
        raise Unreadable(
            name, text(de="Die ZIP- oder XLSX-Datei ist beschädigt.", en="The ZIP or XLSX file is damaged.")
        ) from error
    tables = [part.filename for part in parts if part.filename.lower().endswith((".csv", ".txt"))]
    if len(tables) != 1:
        listed = ", ".join(shown(table) for table in tables[:5]) or "–"
        raise Unreadable(
            name,
            text(
                de=f"Im ZIP muss genau eine CSV-Datei stehen; gefunden: {listed}. Packen Sie die richtige aus.",
                en=f"The ZIP must hold exactly one CSV file; found: {listed}. Unpack the right one.",
            ),
        )
    return tables[0]


def _within(name: str, parts: list[zipfile.ZipInfo], limits: Limits) -> None:
    """Nothing may unpack to more than may be read; zipfile never reads on beyond the sizes stated here."""
    if len(parts) > limits.import_parts or sum(part.file_size for part in parts) > limits.import_bytes:
        raise Unreadable(name, _too_large(limits))
    if any(part.flag_bits & 1 for part in parts):
        raise Unreadable(
            name,
            text(
                de="Die Datei ist mit einem Kennwort geschützt. Speichern Sie sie ohne.",
                en="The file is protected by a password. Save it without.",
            ),
        )
    held = sum(part.file_size for part in parts if part.filename.endswith(("sharedStrings.xml", "styles.xml")))
    if held > limits.shared_bytes:
        raise Unreadable(name, _too_large(limits))


def _no_entities(name: str, archive: zipfile.ZipFile) -> None:
    """Spreadsheets declare no entities; who does wants to blow up the reader."""
    for part in archive.infolist():
        if part.filename.endswith((".xml", ".rels")):
            with archive.open(part) as file:
                start = file.read(4096)
            if b"<!DOCTYPE" in start or b"<!ENTITY" in start:
                raise Unreadable(
                    name,
                    text(
                        de=f"„{shown(part.filename)}“ darin hat eine DOCTYPE-Angabe; kein Tabellenprogramm schreibt das.",
                        en=f"“{shown(part.filename)}” in it has a DOCTYPE; no spreadsheet program writes that.",
                    ),
                )


def _too_large(limits: Limits) -> Text:
    most = limits.import_bytes // 1_000_000
    return text(
        de=f"Die Datei ist zu groß oder packt sich zu weit aus (höchstens {most} MB).",
        en=f"The file is too large or unpacks to too much ({most} MB at most).",
    )


_FOREIGN = {
    b"\xd0\xcf\x11\xe0": text(de="eine alte Excel-Datei (.xls)", en="an old Excel file (.xls)"),
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
