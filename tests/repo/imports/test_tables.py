"""Tables made in each format, with heading rows, joined cells, footnotes and signs as offices write them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl
import pytest
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.repo.imports.town import Town, dropped, faults

COUNT = "columns: [{indicator: anzahl, labels: [Anzahl]}]\n"


def saved(book: Workbook, place: Path) -> Path:
    book.save(place)
    return place


def sheet_of(book: Workbook) -> Worksheet:
    assert isinstance(book.active, Worksheet)
    return book.active


INKAR = """\ufeff"Kennziffer";"Raumeinheit";"Aggregat";"Arbeitslosenquote";"Arbeitslosenquote";"Mietpreise"
"";"";"";"2021";"2022";"2022"
"05111";"Düsseldorf, Stadt";"kreisfreie Stadt";"7,41";"6,9";"1.012,35"
"05112";"Duisburg, Stadt";"kreisfreie Stadt";"12,6";"";"7,5"
"05113";"Essen, Stadt";"kreisfreie Stadt";"10,8";"10,1";"8,0"
"""


def test_inkar(tmp_path: Path) -> None:
    town = Town(tmp_path, ["05111", "05112"], ["miete"], ["arbeitslos"])
    town.profile(
        'format: inkar\nthousands: "."\ncolumns:\n  - {indicator: arbeitslos, labels: [Arbeitslosenquote]}\n'
        "  - {indicator: miete, labels: [Mietpreise]}\n"
    )
    account = town.take_bytes(INKAR.encode())
    assert faults(account) == []
    assert town.said() == {
        ("arbeitslos", "05111", "2021"): "7,41",
        ("arbeitslos", "05111", "2022"): "6,9",
        ("arbeitslos", "05112", "2021"): "12,6",
        ("miete", "05111", "2022"): "1012,35",
        ("miete", "05112", "2022"): "7,5",
    }
    assert dropped(account) == {"empty": 1, "area": 1}


def agency(place: Path) -> Path:
    """A workbook as of the Federal Employment Agency: title, month, joined headings, footnotes, `*`, a total."""
    book = Workbook()
    sheet = sheet_of(book)
    sheet.title = "Tabelle 1"
    book.create_sheet("Verborgen").sheet_state = "hidden"
    for row in (
        ["Leistungsberechtigte nach Stadtbezirken"],
        ["Beispielstadt (Gebietsstand Juni 2025)"],
        ["Dezember 2025, Datenstand: April 2026"],
        [],
        ["Region", None, "Regelleistungsberechtigte", None, "Kinder unter\u00ad 15¹⁾"],
        [None, None, "Insgesamt", "darunter\nAusländer", "Insgesamt"],
        [None, None, "1", "2", "3"],
        ["01", "Hafenrand", 1234, 310, "*"],
        ["02", "Speicherviertel", "-", "*", 12],
        ["03", "Kernstadt", 1500.0, "*", "30"],
        ["Gesamt", None, 2734, 700, 55],
        ["* Werte unter 10 und weitere sind gesperrt."],
        ["Erstellungsdatum: 05.04.2026, Statistik-Service"],
    ):
        sheet.append(row)
    for joined in ("A5:B7", "C5:D5", "E5:E5"):
        sheet.merge_cells(joined)
    return saved(book, place)


BA = (
    "format: ba\nstatus: provisional\nthreshold: 10\nperiod: {value: 2025-12}\ncolumns:\n"
    "  - {indicator: alle, labels: [Regelleistungsberechtigte, Insgesamt]}\n"
    "  - {indicator: kinder, labels: [Kinder unter 15]}\n"
)


def test_agency_workbook(tmp_path: Path) -> None:
    town = Town(tmp_path, ["01", "02", "03"], ["alle", "kinder"])
    town.profile(BA)
    account = town.take(agency(tmp_path / "ba.xlsx"))
    assert faults(account) == []
    assert town.said() == {
        ("alle", "01", "2025-12"): "1234",
        ("alle", "02", "2025-12"): "0-",
        ("alle", "03", "2025-12"): "1500",
        ("kinder", "01", "2025-12"): "*",
        ("kinder", "02", "2025-12"): "12",
        ("kinder", "03", "2025-12"): "30",
    }
    assert {row["status"] for row in town.rows()} == {"provisional"}
    assert dropped(account) == {"column": 2, "area": 1, "note": 2}
    assert town.described()["threshold"] == 10
    sheet = openpyxl.load_workbook(tmp_path / "ba.xlsx")["Tabelle 1"]
    whole = sum(int(str(sheet.cell(row, 3).value)) for row in (8, 10))  # the independent sum
    assert whole == sum(int(r["value"]) for r in town.rows() if r["indicator"] == "alle") == 2734


def test_the_period_above_the_table(tmp_path: Path) -> None:
    """The agency names its month there, beside those of its territory and data; two months are one too many."""
    town = Town(tmp_path, ["01", "02", "03"], ["alle", "kinder"])
    town.profile(BA.replace("period: {value: 2025-12}\n", ""))
    assert faults(town.take(agency(tmp_path / "ba.xlsx"))) == []
    assert {row["period"] for row in town.rows()} == {"2025-12"}
    book = openpyxl.load_workbook(tmp_path / "ba.xlsx")
    book["Tabelle 1"]["A1"] = "Veränderung gegenüber Juni 2025"
    assert faults(town.take(saved(book, tmp_path / "ba.xlsx"))) == [
        "ba.xlsx: Über der Tabelle steht kein eindeutiger Zeitraum (2025-06, 2025-12). Nennen Sie ihn mit --period."
    ]


def test_a_table_of_ones_own_in_csv(tmp_path: Path) -> None:
    content = (
        "Jobcenter;;;;;\nAuszug;;;;;\nBezirk|Stichtag|Fälle|Quote|Basis|Zeichen\n"
        "Bezirk 01 (Mitte)|31.12.2025|1 234|12.5|9 872|\n"
        "Bezirk 02 (Nord)|31.12.2025|k. A.|N.A.|50|\n"
        "zusammen|31.12.2025|1 240||9 922|\n"
    )
    town = Town(tmp_path, ["01", "02"], [], ["quote"])
    town.profile(
        "format: table\nencoding: windows-1252\ndelimiter: '|'\ndecimal: '.'\nthousands: ' '\n"
        "rows: {skip: 2, header: 1}\nareas: {column: 1, pattern: Bezirk <key> *}\n"
        "period: {column: B, as_year: true}\nsigns: {k. A.: '*', N.A.: '.'}\ncolumns:\n"
        "  - {indicator: quote, labels: [Fälle], as: numerator}\n"
        "  - {indicator: quote, labels: [Basis], as: denominator}\n"
        "  - {indicator: quote, labels: [Quote]}\n"
    )
    account = town.take_bytes(content.encode("windows-1252"))
    assert faults(account) == []
    assert [tuple(row.values()) for row in town.rows()] == [
        ("quote", "01", "2025", "1234", "9872", "12,5", "", "final", "2026-10-01"),
        ("quote", "02", "2025", "", "50", "", ".", "final", "2026-10-01"),
    ]
    assert dropped(account) == {"column": 1, "note": 1}


def test_rows_that_name_the_year_and_the_sex(tmp_path: Path) -> None:
    """Long form in a workbook: `where` picks the rows, joined key cells hold for all rows beside them."""
    book = Workbook()
    sheet = sheet_of(book)
    sheet.append(["Bezirk", "Jahr", "Geschlecht", "Anzahl"])
    for row in (["01", 2024, "w", 5], [None, 2024, "m", 6], ["02", 2024, "w", 7], [None, 2025, "w", 8]):
        sheet.append(row)
    for joined in ("A2:A3", "A4:A5"):
        sheet.merge_cells(joined)
    town = Town(tmp_path, ["01", "02"])
    town.profile(
        "format: table\nrows: {skip: 0, header: 1}\nperiod: {column: 2}\n"
        "columns: [{indicator: anzahl, labels: [Anzahl], where: {Geschlecht: w}}]\n"
    )
    account = town.take(saved(book, tmp_path / "lang.xlsx"))
    assert faults(account) == []
    assert town.said() == {
        ("anzahl", "01", "2024"): "5",
        ("anzahl", "02", "2024"): "7",
        ("anzahl", "02", "2025"): "8",
    }


def test_headings_that_hold_for_the_columns_beside_them(tmp_path: Path) -> None:
    content = "Bezirk;Männer;;Frauen;\n;2023;2024;2023;2024\n01;1;2;3;4\n"
    town = Town(tmp_path, ["01"])
    town.profile("format: table\nrows: {fill: true}\ncolumns: [{indicator: anzahl, labels: [Frauen]}]\n")
    assert faults(town.take_bytes(content.encode())) == []
    assert town.said() == {("anzahl", "01", "2023"): "3", ("anzahl", "01", "2024"): "4"}


def test_keys_of_ones_own(tmp_path: Path) -> None:
    town = Town(tmp_path, ["01", "02"])
    town.profile(
        'format: table\nareas: {keys: {"A-1": "01", "A-2": "02"}}\nperiod: {value: 2025}\n'
        "rows: {skip: 0, header: 1}\n" + COUNT
    )
    assert faults(town.take_bytes(b"Quartier;Anzahl\nA-1;5\n A-2\xc2\xa0;6\n")) == []
    assert town.said() == {("anzahl", "01", "2025"): "5", ("anzahl", "02", "2025"): "6"}


def workbook_of_keys(place: Path) -> Path:
    """What a spreadsheet program makes of keys: numbers without zeros, days, numbers shown with zeros."""
    book = Workbook()
    sheet = sheet_of(book)
    sheet.append(["Bezirk", "Anzahl"])
    for key, form in ((101, "General"), (102, "0000"), (date(2026, 2, 1), "D. MMM"), ("0104", "@")):
        sheet.append([key, 7])
        sheet.cell(sheet.max_row, 1).number_format = form
    return saved(book, place)


PLAIN = "format: table\nrows: {skip: 0, header: 1}\nperiod: {value: 2025}\n" + COUNT


def test_keys_that_a_spreadsheet_spoilt(tmp_path: Path) -> None:
    town = Town(tmp_path, ["0101", "0102", "1-2", "0104"])
    town.profile(PLAIN)
    file = workbook_of_keys(tmp_path / "schluessel.xlsx")
    assert faults(town.take(file)) == [
        "schluessel.xlsx:Sheet!A2: Der Gebietsschlüssel „101“ hat seine Form verloren, gemeint ist wohl „0101“. "
        "Mit --repair-keys wird er so gelesen.",
        "schluessel.xlsx:Sheet!A4: Der Gebietsschlüssel „2026-02-01“ hat seine Form verloren, gemeint ist wohl „1-2“. "
        "Mit --repair-keys wird er so gelesen.",
    ]
    account = town.take(file, repair_keys=True)
    assert faults(account) == []
    assert account.repaired == (("101", "0101"), ("2026-02-01", "1-2"))
    assert {row["area"] for row in town.rows()} == {"0101", "0102", "1-2", "0104"}


def test_a_day_that_may_be_two_keys_or_none(tmp_path: Path) -> None:
    town = Town(tmp_path, ["01-02", "02-01", "x"])
    town.profile(PLAIN)
    content = "Bezirk;Anzahl\nx;1\n01. Feb;7\n"
    assert faults(town.take_bytes(content.encode(), repair_keys=True)) == [
        "tabelle.csv:3:1: Der Gebietsschlüssel „01. Feb“ ist nicht eindeutig: „01-02“ / „02-01“. "
        "Laden Sie die Datei neu."
    ]


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("1.234", "„9.999“: Ist das ein Tausenderzeichen? Dann nennen Sie es im Profil (thousands). "
         "Dezimalzeichen ist dort das Komma."),
        ("7.25", "„9.99“: Dezimalzeichen ist hier der Punkt, im Profil aber das Komma (decimal)."),
        ("1 234", "„9 999“ ist mit einem Tausenderzeichen geschrieben; nennen Sie es im Profil (thousands)."),
        *((raw, f"„{form}“ ist weder Zahl noch bekanntes Zeichen. Ein eigenes Zeichen der Quelle erklärt das Profil "
           "unter „signs“.")
          for raw, form in (("nan", "nan"), ("1e400", "9e999"), ("1_000", "9_999"), ("٣", "٣"), ("1,2,3", "9,9,9"),
                            ("=1+1", "=9+9"), ("n/a", "n/a"), ("()", "()"), ("0x1F", "9x9F"), ("３", "３"))),
    ],
)  # fmt: skip
def test_what_is_no_number_is_shown_without_its_digits(tmp_path: Path, cell: str, reason: str) -> None:
    town = Town(tmp_path, ["01"])
    town.profile(PLAIN)
    assert faults(town.take_bytes(f"Bezirk;Anzahl\n01;{cell}\n".encode())) == [f"tabelle.csv:2:2: {reason}"]
    assert "indicators/data/tabelle.csv" not in town.files()


@pytest.mark.parametrize(
    ("cell", "value", "sign", "status"),
    [
        ("12", "12", "", "final"),
        ("−3,50", "-3,50", "", "final"),
        (" 12\u202f%", "12", "", "final"),
        ("12²⁾", "12", "", "final"),
        ("12 1)", "12", "", "final"),
        ("12p", "12", "", "provisional"),
        ("12 r", "12", "", "revised"),
        ("12s", "12", "", "estimated"),
        ("(12)", "12", "()", "final"),
        ("—", "0", "-", "final"),
        ("0", "0", "", "final"),
        ("•", "", ".", "final"),
        ("…", "", "...", "final"),
        ("X", "", "x", "final"),
        ("/", "", "/", "final"),
        ("*", "", "*", "final"),
    ],
)
def test_numbers_and_signs(tmp_path: Path, cell: str, value: str, sign: str, status: str) -> None:
    town = Town(tmp_path, ["01"])
    town.write(
        "indicators/catalogue/anzahl.yaml",
        town.read("indicators/catalogue/anzahl.yaml") + "minimum: -100\n",
    )
    town.profile(PLAIN)
    assert faults(town.take_bytes(f"Bezirk;Anzahl\n01;{cell}\n".encode())) == []
    assert [(r["value"], r["sign"], r["status"]) for r in town.rows()] == [(value, sign, status)]


def test_a_hidden_count_hides_its_share(tmp_path: Path) -> None:
    town = Town(tmp_path, ["01"], [], ["quote"])
    town.profile(
        "format: table\nrows: {skip: 0, header: 1}\nperiod: {value: 2025}\ncolumns:\n"
        "  - {indicator: quote, labels: [Fälle], as: numerator}\n"
        "  - {indicator: quote, labels: [Alle], as: denominator}\n  - {indicator: quote, labels: [Quote]}\n"
    )
    account = town.take_bytes("Bezirk;Fälle;Alle;Quote\n01;*;400;0,5\n".encode())
    assert [(r["numerator"], r["denominator"], r["value"], r["sign"]) for r in town.rows()] == [("", "400", "", "*")]
    assert dropped(account) == {"partly-hidden": 1}


def test_sums_are_checked_by_the_territory(tmp_path: Path) -> None:
    """Town 0 of three districts: 2024 adds up, 2025 doesn't, 2023 can't be told since a part is hidden."""
    town = Town(tmp_path, ["0", "01", "02", "03"], parents={"01": "0", "02": "0", "03": "0"})
    town.profile("format: table\ncolumns: [{indicator: anzahl, labels: [Anzahl]}]\n")
    content = "Bezirk;Anzahl;Anzahl;Anzahl\n;2023;2024;2025\n0;60;60;61\n01;10;10;10\n02;.;20;20\n03;30;30;30\n"
    account = town.take_bytes(content.encode())
    assert faults(account) == []
    sums = account.sums
    assert (sums.checked, sums.differing, sums.incomplete) == (2, ("anzahl, 0, 2025",), 1)


def test_rounded_parts_may_differ_from_the_whole_by_their_last_place(tmp_path: Path) -> None:
    town = Town(tmp_path, ["0", "01", "02"], parents={"01": "0", "02": "0"})
    town.profile("format: table\ncolumns: [{indicator: anzahl, labels: [Anzahl]}]\n")
    account = town.take_bytes(b"Bezirk;Anzahl;Anzahl\n;2024;2025\n0;3,1;3,3\n01;1,5;1,5\n02;1,5;1,5\n")
    assert account.sums.differing == ("anzahl, 0, 2025",)


def test_faults_in_areas_of_others_don_t_matter(tmp_path: Path) -> None:
    town = Town(tmp_path, ["01"])
    town.profile(PLAIN)
    assert faults(town.take_bytes(b"Bezirk;Anzahl\n01;5\n99;unlesbar\n")) == []
    assert town.said() == {("anzahl", "01", "2025"): "5"}


@pytest.mark.parametrize(
    ("pattern", "cells"),
    [
        ("<key> *", ("01 Hafenrand", "02 Nord (neu)")),
        ("* (<key>)", ("Hafenrand (01)", "Nord (neu) (02)")),
        ("Bezirk <key>", ("Bezirk 01", "Bezirk\u00a0 02")),
        ("Nr. <key>, *", ("Nr. 01, Hafenrand", "Nr.02, Nord")),
    ],
)
def test_keys_with_text_around_them(tmp_path: Path, pattern: str, cells: tuple[str, str]) -> None:
    town = Town(tmp_path, ["01", "02"])
    town.profile(
        f'format: table\nareas: {{pattern: "{pattern}"}}\nperiod: {{value: 2025}}\n'
        "columns: [{indicator: anzahl, labels: [Anzahl]}]\n"
    )
    content = f"Gebiet;Anzahl\n{cells[0]};5\n{cells[1]};6\nzusammen;11\n"
    assert faults(town.take_bytes(content.encode())) == []
    assert town.said() == {("anzahl", "01", "2025"): "5", ("anzahl", "02", "2025"): "6"}


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        ("Bezirk,Anzahl\n01,5\n",
         "Keine Zeile hat mehr als ein Feld; „;“ ist wohl nicht das Trennzeichen (delimiter)."),
        ("Titel;\nBezirk;Anzahl\nA;5\n", "Am Anfang der Datei steht in Spalte 1 kein Gebietsschlüssel. "
         "Nennen Sie im Profil die Spalte (areas: column) oder die Zeilen (rows: skip, header)."),
        ("Bezirk;Menge\n01;5\n", "Keine Spalte passt zum Profil. Überschriften der Datei: Bezirk; Menge."),
        ("time;value;value_variable_code;1_variable_code\n01;5;A;B\n",
         "Das ist ein Flatfile aus GENESIS; das Profil muss „format: genesis-flat“ haben."),
        ("nur Text;\n", "Am Anfang der Datei steht in Spalte 1 kein Gebietsschlüssel. "
         "Nennen Sie im Profil die Spalte (areas: column) oder die Zeilen (rows: skip, header)."),
    ],
)  # fmt: skip
def test_a_table_that_the_profile_doesn_t_know(tmp_path: Path, content: str, fault: str) -> None:
    town = Town(tmp_path, ["01"])
    town.profile("format: table\nperiod: {value: 2025}\n" + COUNT)
    assert faults(town.take_bytes(content.encode())) == [f"tabelle.csv: {fault}"]


def test_a_table_is_no_flat_file(tmp_path: Path) -> None:
    town = Town(tmp_path, ["01"])
    town.profile("format: genesis-flat\nareas: {variables: [KREISE]}\ncolumns: [{indicator: anzahl, variable: A}]\n")
    assert faults(town.take_bytes(b"Bezirk;Anzahl\n01;5\n")) == [
        "tabelle.csv:1: Das ist kein Flatfile aus GENESIS: In der Kopfzeile fehlen „time“, „value“ und "
        "„value_variable_code“ oder „Zeit“ und „1_Merkmal_Code“."
    ]


def test_repaired_keys_still_add_up(tmp_path: Path) -> None:
    town = Town(tmp_path, ["0", "0101", "0102"], parents={"0101": "0", "0102": "0"})
    town.profile("format: table\ncolumns: [{indicator: anzahl, labels: [Anzahl]}]\n")
    account = town.take_bytes(b"Bezirk;Anzahl\n;2024\n0;12\n101;5\n102;6\n", repair_keys=True)
    assert (account.sums.checked, account.sums.differing) == (1, ("anzahl, 0, 2024",))


FRACTION = (
    "„{}“ ist eine Bruchzahl, gezählt wird aber in ganzen Fällen. {}Zählt die Quelle in Tausend, gehört „factor: 1000“ "
    "zur Spalte; sind es wirklich Bruchteile, „fractions: true“ in den Steckbrief."
)
COMMA = "Ist das Komma ein Tausenderzeichen, gehört es als „thousands“ ins Profil und „.“ als „decimal“. "
POINT = "Ist der Punkt ein Tausenderzeichen, gehört es als „thousands“ ins Profil und „,“ als „decimal“. "
COUNTED = "format: table\nrows: {skip: 0, header: 1}\nperiod: {value: 2025}\n"


@pytest.mark.parametrize(
    ("more", "text", "form", "hint"),
    [
        ("", "81,013", "99,999", COMMA),
        ("", "1,5", "9,9", ""),
        ('decimal: "."\n', "81.013", "99.999", POINT),
        ("", "81,013 p", "99,999 p", COMMA),
        ("", "0,0131", "9,9999", ""),
    ],
)
def test_a_count_is_no_fraction(tmp_path: Path, more: str, text: str, form: str, hint: str) -> None:
    town = Town(tmp_path, ["01", "02"], counts=(), shares=["quote"])
    columns = (
        "columns: [{indicator: quote, as: denominator, column: B}, {indicator: quote, as: numerator, column: C}]\n"
    )
    town.profile(COUNTED + more + columns)
    before = town.files()
    account = town.take_bytes(f"Bezirk;Kinder;betreut\n01;{text};50\n02;90;40\n".encode())
    assert faults(account) == [f"tabelle.csv:2:2: {FRACTION.format(form, hint)}"]
    assert town.files() == before


@pytest.mark.parametrize("text", ["81,000", "*", "81"])
def test_a_whole_number_may_be_written_with_decimals(tmp_path: Path, text: str) -> None:
    town = Town(tmp_path, ["01"], counts=(), shares=["quote"])
    town.profile(COUNTED + "columns: [{indicator: quote, as: denominator, column: B}]\n")
    assert faults(town.take_bytes(f"Bezirk;Kinder\n01;{text}\n".encode())) == []


def test_what_may_be_a_fraction(tmp_path: Path) -> None:
    """Thousands by their factor, estimates, and what the sheet says so of."""
    columns = "columns: [{{indicator: {}, as: denominator, column: B{}}}]\n"
    for n, (end, sheet, more) in enumerate((("", "", ", factor: 1000"), ("s", "", ""), ("", "fractions: true\n", ""))):
        town = Town(tmp_path / str(n), ["01"], counts=(), shares=["quote"])
        place = "indicators/catalogue/quote.yaml"
        town.write(place, town.read(place) + sheet)
        town.profile(COUNTED + columns.format("quote", more))
        assert faults(town.take_bytes(f"Bezirk;Kinder\n01;81,013{end}\n".encode())) == []
        assert town.rows()[0]["denominator"] == ("81013" if more else "81,013")
        assert town.loaded().diagnostics == ()
