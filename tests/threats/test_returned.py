"""Workbooks that come back as no spreadsheet program would send them: nothing is written, and one sentence says why."""

from __future__ import annotations

import re
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.repository import AREA, Repository, Sozplan
from tests.cli.workbooks import Workbook

SHEET = "xl/worksheets/sheet1.xml"
BOOK, LINKS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
SECONDS = 10
Change = Callable[[bytes], bytes]


@pytest.fixture
def measures(tmp_path_factory: pytest.TempPathFactory, sozplan: Sozplan) -> Path:
    path = tmp_path_factory.mktemp("returned") / "m.xlsx"
    assert sozplan("table", "measures", "--out", str(path)).code == 0
    return path


def changed(path: Path, part: str, change: Change) -> None:
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    old, parts[part] = parts[part], change(parts[part])
    assert parts[part] != old
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)


def replaced(old: str, new: str) -> Change:
    return lambda content: re.sub(old.encode(), new.encode(), content, count=1)


def added(cells: str) -> Change:
    """A row below the table."""
    return replaced("</sheetData>", f"{cells}</sheetData>")


DAMAGED = "Die XLSX-Datei ist beschädigt oder keine. Öffnen und speichern Sie sie im Tabellenprogramm neu."
TOO_LARGE = "Mehr als 20000 Zeilen oder 500 Spalten werden nicht gelesen."
TYPED = f"„{SHEET}“ darin enthält DOCTYPE; das schreibt kein Tabellenprogramm."
GONE = "Das Blatt „Maßnahmen“ fehlt oder heißt anders. Geben Sie ihm seinen Namen zurück."
JOINED = "Hier sind Zellen verbunden; was in den verdeckten stand, ist verloren."
FORMULA = "Hier steht eine Formel. Formeln werden nicht übernommen; schreiben Sie ihr Ergebnis in die Zelle"
NOTHING = "Nichts zu übernehmen."
HOSTILE: dict[str, tuple[str, Change, str]] = {
    "huge dimension": (SHEET, replaced('<dimension ref="[^"]+"', '<dimension ref="A1:XFD1048576"'), NOTHING),
    "last row": (SHEET, added('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'), TOO_LARGE),
    "row beyond it": (SHEET, added('<row r="99999999999"><c r="A99999999999"><v>1</v></c></row>'), TOO_LARGE),
    "column beyond it": (SHEET, added('<row r="900"><c r="ZZZZZZ900"><v>1</v></c></row>'), DAMAGED),
    "a million rows": (SHEET, added("<row/>" * 1_000_000), NOTHING),
    "a hundred thousand cells": (SHEET, added(f'<row r="900">{"<c><v>1</v></c>" * 100_000}</row>'), TOO_LARGE),
    "joined": (
        SHEET,
        replaced("</sheetData>", '</sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'),
        JOINED,
    ),
    "unknown text": (SHEET, added('<row r="900"><c r="A900" t="s"><v>999999</v></c></row>'), DAMAGED),
    "endless number": (SHEET, added(f'<row r="900"><c r="A900"><v>{"9" * 5_000}</v></c></row>'), DAMAGED),
    "no such day": (SHEET, added('<row r="900"><c r="A900" t="d"><v>2026-02-30</v></c></row>'), DAMAGED),
    "sheet from outside": (LINKS, replaced('Target="[^"]*sheet1.xml"', 'Target="../../../../etc/passwd"'), GONE),
    "sheet of the web": (
        LINKS,
        replaced('Target="[^"]*sheet1.xml"', 'TargetMode="External" Target="http://127.0.0.1:9/x"'),
        GONE,
    ),
    "the same sheet twice": (BOOK, replaced("(<sheet [^>]+/>)", r"\1\1"), NOTHING),
    "two root elements": (SHEET, lambda content: content + content, DAMAGED),
    "deep": (SHEET, added("<x>" * 50_000 + "</x>" * 50_000), NOTHING),
    "DOCTYPE": (SHEET, replaced("<worksheet", '<!DOCTYPE x SYSTEM "file:///etc/passwd"><worksheet'), TYPED),
    "DOCTYPE in UTF-16": (
        SHEET,
        lambda content: (
            '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE x [<!ENTITY a "aaa">]>'
            + content.decode().partition("?>")[2]
        ).encode("utf-16"),
        TYPED,
    ),
    "NUL": (SHEET, lambda content: content[:2_000] + b"\0" + content[2_000:], DAMAGED),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_workbook(repository: Repository, sozplan: Sozplan, measures: Path, name: str) -> None:
    part, change, message = HOSTILE[name]
    changed(measures, part, change)
    before = repository.read(AREA)
    start = time.process_time()
    said = sozplan("apply", str(measures))
    assert time.process_time() - start < SECONDS
    assert said.code == (0 if message == NOTHING else 1)
    assert message in said.out + said.err
    assert len(said.out + said.err) < 2_000
    assert repository.read(AREA) == before


@pytest.mark.parametrize(
    "formula", ['=HYPERLINK("http://127.0.0.1:9/","x")', "=cmd|'/c calc'!A1", "='[x.xlsx]A'!A1", "=1+1"]
)
def test_a_formula_is_never_taken(repository: Repository, sozplan: Sozplan, measures: Path, formula: str) -> None:
    book = Workbook(measures)
    book.put(book.book.sheetnames[0], "hafen-m1", "Folgekosten", formula)
    book.save()
    before = repository.read(AREA)
    said = sozplan("apply", str(measures))
    assert said.code == 1
    assert said.out.startswith(f"m.xlsx:Maßnahmen!AB2: Fehler {FORMULA}")
    assert repository.read(AREA) == before
