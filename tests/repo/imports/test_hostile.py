"""Files that want to blow up, hang or slip something in: each costs one sentence with its place."""

from __future__ import annotations

import gzip
import io
import os
import re
import time
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from openpyxl import Workbook

from sozplan.repo.imports.rows import label
from sozplan.repo.limits import LIMITS, MB
from tests.repo.imports.test_tables import sheet_of
from tests.repo.imports.town import PACKAGE, Town, faults

PLAIN = "format: table\nrows: {skip: 0, header: 1}\nperiod: {value: 2025}\ncolumns: [{indicator: anzahl, column: B}]\n"
DAMAGED = "Die ZIP- oder XLSX-Datei ist beschädigt."
NO_WORKBOOK = "Die XLSX-Datei ist beschädigt oder keine. Öffnen und speichern Sie sie im Tabellenprogramm neu."


@pytest.fixture
def town(tmp_path: Path) -> Town:
    town = Town(tmp_path, ["01", "02"])
    town.profile(PLAIN)
    return town


def workbook() -> bytes:
    book = Workbook()
    for row in (["Bezirk", "Anzahl"], ["01", 5], ["02", 6]):
        sheet_of(book).append(row)
    return bytes_of(book)


def bytes_of(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def rewritten(change: Callable[[str, bytes], bytes]) -> bytes:
    """The workbook with parts that no program would write."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook())) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
    return out.getvalue()


def in_sheet(old: bytes, new: bytes) -> bytes:
    def change(name: str, content: bytes) -> bytes:
        if name != "xl/worksheets/sheet1.xml":
            return content
        assert old in content
        return content.replace(old, new, 1)

    return rewritten(change)


def packed(**members: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("_", "."), content)
    return out.getvalue()


def said(town: Town, content: bytes, name: str = "tabelle.xlsx", **wishes: object) -> list[str]:
    found = faults(town.take_bytes(content, name, **wishes))
    assert PACKAGE not in town.files()
    assert "indicators/data/tabelle.csv" not in town.files()
    return found


def test_the_workbook_itself_is_fine(town: Town) -> None:
    assert faults(town.take_bytes(workbook(), "tabelle.xlsx")) == []
    assert town.said() == {("anzahl", "01", "2025"): "5", ("anzahl", "02", "2025"): "6"}


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "eine alte Excel-Datei (.xls) oder eine mit Kennwort"),
        (gzip.compress(b"Bezirk;Anzahl\n", mtime=0), "eine mit gzip gepackte Datei"),
        (b"%PDF-1.7\n", "eine PDF-Datei"),
        (b"\n <!DOCTYPE html><html>", "eine Webseite (HTML oder XML)"),
        (b"version https://git-lfs.github.com/spec/v1\noid sha256:0\n", "ein Verweis auf Git LFS"),
        ("Bezirk;Anzahl\n01;5\n".encode("utf-16"), "eine Datei in UTF-16"),
        (b"\xef\xbb\xbf \r\n", "eine leere Datei"),
        (packed(mimetype=b"x", content_xml=b"<x/>"), "eine OpenDocument-Datei (.ods)"),
    ],
)
def test_what_is_no_table_is_named(town: Town, content: bytes, what: str) -> None:
    assert said(town, content, "tabelle.csv") == [
        f"tabelle.csv: Das ist {what}. Laden oder speichern Sie die Tabelle als CSV oder XLSX."
    ]


def test_a_pipe_is_not_waited_for(town: Town, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "rohr.csv")
    assert faults(town.take(tmp_path / "rohr.csv")) == ["rohr.csv: Das ist keine gewöhnliche Datei."]


@pytest.mark.parametrize(
    ("members", "listed"), [({"a_csv": b"x", "b_csv": b"y"}, "a.csv, b.csv"), ({"a_pdf": b"x"}, "–")]
)
def test_a_zip_holds_one_table(town: Town, members: dict[str, bytes], listed: str) -> None:
    assert said(town, packed(**members), "t.zip") == [
        f"t.zip: Im ZIP muss genau eine CSV-Datei stehen; gefunden: {listed}. Packen Sie die richtige aus."
    ]


def test_a_member_outside_the_archive_is_only_a_name(town: Town, tmp_path: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("../../entwichen.csv", b"Bezirk;Anzahl\n01;5\n")
    assert faults(town.take_bytes(out.getvalue(), "t.zip")) == []
    assert list(tmp_path.parent.rglob("entwichen.csv")) == []


@pytest.mark.parametrize("name", ["t.zip", "t.xlsx"])
def test_a_bomb_is_not_set_off(town: Town, name: str) -> None:
    """A few hundred kilobytes that would unpack to more than is read; sizes are read, not the content."""
    bomb = packed(t_csv=bytes(300 * MB)) if name == "t.zip" else packed(**{"[Content_Types]_xml": bytes(300 * MB)})
    started = time.perf_counter()
    limits = replace(LIMITS, import_bytes=200 * MB)
    assert said(town, bomb, name, limits=limits) == [
        f"{name}: Die Datei ist zu groß oder packt sich zu weit aus (höchstens 200 MB)."
    ]
    assert time.perf_counter() - started < 5


def test_a_bomb_that_lies_about_its_size_is_read_no_further(town: Town) -> None:
    bomb = bytearray(packed(t_csv=b"Bezirk;Anzahl\n01;5\n" + bytes(30 * MB)))
    at = bomb.rindex(b"PK\x01\x02") + 24
    bomb[at : at + 4] = (19).to_bytes(4, "little")
    assert said(town, bytes(bomb), "t.zip") == [f"t.zip: {DAMAGED}"]


def test_bounds_of_workbooks(town: Town) -> None:
    assert said(town, workbook(), limits=replace(LIMITS, workbook_bytes=1000)) == [
        "tabelle.xlsx: Die Arbeitsmappe packt sich auf mehr als 0 MB aus. Speichern oder laden Sie die Tabelle als "
        "CSV; so darf sie 2000 MB groß sein."
    ]
    for name in ("packed_bytes", "shared_bytes"):
        limits = replace(LIMITS, **{name: 1000})
        assert said(town, workbook(), limits=limits) == [
            "tabelle.xlsx: Die Datei ist zu groß oder packt sich zu weit aus (höchstens 0 MB)."
        ]
    assert said(town, workbook(), limits=replace(LIMITS, packed_parts=3)) == [
        "tabelle.xlsx: Die Datei ist zu groß oder packt sich zu weit aus (höchstens 200 MB)."
    ]


def test_damaged_packages(town: Town) -> None:
    whole = packed(t_csv=b"Bezirk;Anzahl\n" + b"01;5\n" * 5000)
    broken = bytearray(whole)
    broken[60:70] = bytes(10)
    assert said(town, bytes(broken), "t.zip") == [f"t.zip: {DAMAGED}"]
    assert said(town, whole[:-30], "t.zip") == [f"t.zip: {DAMAGED}"]
    locked = bytearray(whole)
    locked[whole.rindex(b"PK\x01\x02") + 8] |= 1
    assert said(town, bytes(locked), "t.zip") == [
        "t.zip: Die Datei ist mit einem Kennwort geschützt. Speichern Sie sie ohne."
    ]


LAUGHS = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize(
    "before",
    [b"<?xml version='1.0'?>", b"<!--" + b" " * 20_000 + b"-->", "<?xml version='1.0'?>".encode("utf-16")],
    ids=["at once", "behind a long comment", "in UTF-16"],
)
@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "[Content_Types].xml"])
def test_entities_are_refused_wherever_they_stand(town: Town, part: str, before: bytes) -> None:
    def change(name: str, content: bytes) -> bytes:
        if name != part:
            return content
        body = content.partition(b"?>")[2] if content.startswith(b"<?xml") else content
        if before.startswith(b"\xff\xfe"):
            return before + (LAUGHS.decode() + body.decode()).encode("utf-16-le")
        return before + LAUGHS + body

    assert said(town, rewritten(change)) == [
        f"tabelle.xlsx: „{part}“ darin enthält DOCTYPE; das schreibt kein Tabellenprogramm."
    ]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"</sheetData>", b""),
        (b"<v>5</v>", b"<v>fuenf</v>"),
        (b'r="A2"', b'r="ZZZZ99999999999"'),
        (b"</sheetData>", b'</sheetData><mergeCells count="1"><mergeCell ref="unfug"/></mergeCells>'),
        (b"</sheetData>", b'</sheetData><mergeCells count="1"><mergeCell ref="A:A"/></mergeCells>'),
        (b"</sheetData>", b"</sheetData><mergeCells>" + b'<mergeCell ref="A1:B2"/>' * 10_001 + b"</mergeCells>"),
        (b't="n"><v>5</v>', b't="s"><v>77</v>'),
    ],
)
def test_workbooks_that_no_program_writes(town: Town, old: bytes, new: bytes) -> None:
    assert said(town, in_sheet(old, new)) == [f"tabelle.xlsx: {NO_WORKBOOK}"]


def test_joined_cells_over_everything_cost_nothing(town: Town) -> None:
    """Thousands of ranges over one another, each of a billion cells."""
    ranges = b'<mergeCell ref="A1:XFD1048576"/><mergeCell ref="A1:ZZ1048576"/>' * 5_000
    started = time.perf_counter()
    content = in_sheet(b"</sheetData>", b"</sheetData><mergeCells>" + ranges + b"</mergeCells>")
    town.take_bytes(content, "tabelle.xlsx")
    assert time.perf_counter() - started < 5


def test_a_formula_without_a_result(town: Town) -> None:
    assert said(town, in_sheet(b"<v>5</v>", b"<f>1+4</f>")) == [
        "tabelle.xlsx:Sheet!B2: Hier steht eine Formel ohne Ergebnis. "
        "Öffnen und speichern Sie die Datei im Tabellenprogramm."
    ]


def test_a_formula_with_its_result(town: Town) -> None:
    assert faults(town.take_bytes(in_sheet(b"<v>5</v>", b"<f>1+4</f><v>5</v>"), "t.xlsx")) == []
    assert town.said()["anzahl", "01", "2025"] == "5"


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        (b'<c r="B2" t="e"><v>#REF!</v></c>', "Hier steht ein Formelfehler oder Wahrheitswert statt einer Zahl."),
        (b'<c r="B2" t="b"><v>1</v></c>', "Hier steht ein Formelfehler oder Wahrheitswert statt einer Zahl."),
        (b'<c r="B2" t="d"><v>2025-03-01</v></c>', "Hier steht ein Datum, wo eine Zahl stehen müsste; "
         "das Tabellenprogramm hat sie umgewandelt."),
    ],
)  # fmt: skip
def test_cells_that_are_no_numbers(town: Town, cell: bytes, reason: str) -> None:
    content = in_sheet(b'<c r="B2" t="n"><v>5</v></c>', cell)
    assert said(town, content) == [f"tabelle.xlsx:Sheet!B2: {reason}"]


@pytest.mark.parametrize(
    ("value", "form", "written"),
    [
        (0.1 + 0.2, "General", "0,3"),
        (0.125, "0.0%", "12,5"),
        (1e15, "General", "1000000000000000"),
        ("1.234,50", "@", "1234,50"),
    ],
)
def test_numbers_of_a_workbook_are_what_people_see(town: Town, value: float | str, form: str, written: str) -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook()))
    sheet_of(book)["B2"], sheet_of(book)["B2"].number_format = value, form
    town.profile(PLAIN + 'thousands: "."\n')
    assert faults(town.take_bytes(bytes_of(book), "t.xlsx")) == []
    assert town.said()["anzahl", "01", "2025"] == written


def test_the_sheet_is_named_or_the_only_one_to_be_seen(town: Town) -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook()))
    book.create_sheet("Hinweise\x85")
    book.create_sheet("Geheim").sheet_state = "veryHidden"
    assert said(town, bytes_of(book)) == [
        "tabelle.xlsx: Nennen Sie im Profil das Tabellenblatt (sheet). Es gibt: „Sheet“, „Hinweise\\x85“."
    ]
    town.profile(PLAIN + "sheet: Geheim\n")
    assert said(town, bytes_of(book)) == [
        "tabelle.xlsx: Ein sichtbares Tabellenblatt „Geheim“ gibt es nicht. Es gibt: „Sheet“, „Hinweise\\x85“."
    ]
    town.profile(PLAIN + "sheet: Sheet\n")
    assert faults(town.take_bytes(bytes_of(book), "t.xlsx")) == []


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"Bezirk;Anzahl\n01;5;6\n", "2: Die Zeile hat 3 Felder, die Kopfzeile 2."),
        (b'Bezirk;Anzahl\n01;5\n02;"6\n', "3: In der Zeile, die hier beginnt, wird ein Anführungszeichen nicht oder "
         "falsch geschlossen."),
        (b'Bezirk;Anzahl\n01;5\n02;"6"7\n', "3: In der Zeile, die hier beginnt, wird ein Anführungszeichen nicht oder "
         "falsch geschlossen."),
        (b"Bezirk;Anzahl\n01;" + b"5" * 140_000, "2: In der Zeile, die hier beginnt, ist ein Feld viel zu lang; "
         "wahrscheinlich stimmt das Trennzeichen nicht."),
        (b"Bezirk;Anzahl\n01;" + b"5" * 1_000_000, "2: Die Zeile ist länger als 1000000 Byte."),
        (b"Bezirk;Anzahl\n" + b";" * 5_000, "2: Mehr als 5000 Spalten oder 20000000 Zeilen werden nicht gelesen."),
        (b"Bezirk;Anzahl\nM\xfcnster;5\n", "2:2: Die Zeile ist nicht in utf-8. Nennen Sie im Profil den richtigen "
         "Zeichensatz (encoding: windows-1252)."),
        (b"Bezirk;Anzahl\n01;\x005\n", "2:4: Hier steht ein Steuerzeichen (U+0000), das in keine Tabelle gehört."),
    ],
)  # fmt: skip
def test_lines_that_are_not_as_they_should(town: Town, content: bytes, fault: str) -> None:
    assert said(town, content, "t.csv") == [f"t.csv:{fault}"]


def test_no_more_rows_than_the_limit(town: Town) -> None:
    content = b"Bezirk;Anzahl\n01;5\n02;6\n"
    assert said(town, content, "t.csv", limits=replace(LIMITS, import_rows=2)) == [
        "t.csv:3: Mehr als 5000 Spalten oder 2 Zeilen werden nicht gelesen."
    ]
    assert faults(town.take_bytes(content, "t.csv", limits=replace(LIMITS, import_rows=3))) == []


def test_a_hundred_thousand_faults_are_counted_not_told(town: Town) -> None:
    account = town.take_bytes(b"Bezirk;Anzahl\n" + b"01;?\n" * 100_000, "t.csv")
    assert (len(account.faults), account.more_faults) == (200, 99_800)


def test_invisible_characters_in_keys_and_headings(town: Town) -> None:
    town.profile(PLAIN.replace("column: B", "labels: [Anzahl]"))
    content = "Bezirk;An\u00adzahl\u200b\n\u200b01\u00a0;5\n"
    assert faults(town.take_bytes(content.encode(), "t.csv")) == []
    assert town.said() == {("anzahl", "01", "2025"): "5"}


def test_an_escape_in_a_name_stays_a_name(town: Town) -> None:
    content = "Bezirk;Anzahl;\x1b[31mrot\n"
    found = said(town, content.encode() + b"01;?;1\n", "t\x1b]0;.csv")
    assert found == ["t\\x1b]0;.csv:1:15: Hier steht ein Steuerzeichen (U+001B), das in keine Tabelle gehört."]


def test_what_the_reader_of_workbooks_warns_of_is_not_printed(town: Town, recwarn: pytest.WarningsRecorder) -> None:
    """That many programs write no style of their own is nothing that a planner could mend."""
    bare = rewritten(lambda name, old: re.sub(b"<cellStyles.*</cellStyles>", b"", old) if "styles" in name else old)
    assert faults(town.take_bytes(bare, "tabelle.xlsx")) == []
    assert list(recwarn) == []


@pytest.mark.parametrize(
    ("raw", "compared"),
    [
        ("Anzahl ¹²)", "anzahl"),
        ("Anzahl⁽¹⁾", "anzahl"),
        ("Anzahl ¹ 2)", "anzahl"),
        ("Anzahl 1)", "anzahl"),
        ("Anzahl (1)", "anzahl (1)"),
        ("H₂O m²/a", "h₂o m²/a"),
        ("Bedarfs-\n  gemeinschaften", "bedarfsgemeinschaften"),
        ("Kinder - \nunter 3", "kinder - unter 3"),
    ],
)
def test_headings_are_compared_without_footnotes_and_broken_lines(raw: str, compared: str) -> None:
    assert label(raw) == compared


@pytest.mark.parametrize("raw", ["31.12.{}2018", "a {}b", "a-{}!"])
@pytest.mark.parametrize("sign", ["¹", " ¹", "¹)", "⁽¹⁾ ", " 1)", "\n", " \n", "-\n"])
def test_no_heading_takes_longer_than_its_length_allows(raw: str, sign: str) -> None:
    """A row of raised digits took a power of its length: the fuzzer found it after an hour."""
    words = raw.format(sign * 100_000)
    started = time.perf_counter()
    label(words)
    assert time.perf_counter() - started < 5
