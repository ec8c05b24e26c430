"""What an import leaves behind: the rows, their vintages, the description, and nothing when there is nothing new."""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path

import frictionless
import pytest

from tests.repo.imports.town import PACKAGE, Town, faults

PROFILE = (
    "format: table\nrows: {skip: 0, header: 1}\nperiod: {value: 2025}\ncolumns: [{indicator: anzahl, column: B}]\n"
)
DATA = "indicators/data/tabelle.csv"
FIRST = b"Bezirk;Anzahl\n02;7\n01;5\n"


@pytest.fixture
def town(tmp_path: Path) -> Town:
    town = Town(tmp_path, ["01", "02", "03"])
    town.profile(PROFILE)
    return town


def test_a_new_data_file(town: Town) -> None:
    account = town.take_bytes(FIRST)
    assert (account.added, account.changed, account.unchanged, account.kept) == (2, 0, 0, 0)
    assert account.written == (PACKAGE, DATA)
    assert town.read(DATA) == (
        "indicator;area;period;numerator;denominator;value;sign;status;vintage\n"
        "anzahl;01;2025;5;;5;;final;2026-10-01\n"
        "anzahl;02;2025;7;;7;;final;2026-10-01\n"
    )
    described = town.described()
    assert described["path"] == "data/tabelle.csv"
    assert described["sources"] == [
        {
            "title": "Tabelle",
            "file": "tabelle.csv",
            "sha256": hashlib.sha256(FIRST).hexdigest(),
            "imported": date(2026, 10, 1),
            "profile": "profil",
        }
    ]
    assert town.loaded().diagnostics == ()


def test_the_description_satisfies_an_independent_reader(town: Town) -> None:
    town.profile(PROFILE + "licence: {name: dl-de/by-2-0}\nboundary: 2025-12-31\n")
    town.take_bytes(FIRST.replace(b"7", b"12,5"))
    report = frictionless.validate(str(town.root / PACKAGE))
    assert report.valid, report.flatten(["rowNumber", "fieldNumber", "type", "message"])
    table = frictionless.Package(str(town.root / PACKAGE)).get_table_resource("tabelle").read_rows()
    assert [(row["area"], float(row["value"])) for row in table] == [("01", 5.0), ("02", 12.5)]


def test_a_repeated_import_changes_no_byte_on_a_later_day_either(town: Town) -> None:
    town.take_bytes(FIRST)
    before = town.files()
    for day in (date(2026, 10, 1), date(2027, 1, 1)):
        account = town.take_bytes(FIRST, day=day)
        assert (account.added, account.changed, account.unchanged, account.written) == (0, 0, 2, ())
        assert town.files() == before


def test_a_later_delivery_stands_beside_the_older_where_it_says_something_else(town: Town) -> None:
    town.take_bytes(FIRST)
    account = town.take_bytes(b"Bezirk;Anzahl\n01;5\n02;8\n03;9\n", "neu.csv", vintage=date(2026, 12, 1))
    assert (account.added, account.changed, account.unchanged, account.kept) == (2, 0, 1, 0)
    assert [(r["area"], r["value"], r["vintage"]) for r in town.rows()] == [
        ("01", "5", "2026-10-01"),
        ("02", "7", "2026-10-01"),
        ("02", "8", "2026-12-01"),
        ("03", "9", "2026-12-01"),
    ]
    sources = town.described()["sources"]
    assert isinstance(sources, list)
    assert [each["file"] for each in sources] == ["tabelle.csv", "neu.csv"]


def test_the_same_vintage_is_replaced_and_what_is_not_told_of_is_kept(town: Town) -> None:
    town.take_bytes(FIRST)
    account = town.take_bytes(b"Bezirk;Anzahl\n01;6\n", "neu.csv")
    assert (account.added, account.changed, account.unchanged, account.kept) == (0, 1, 0, 1)
    assert town.said() == {("anzahl", "01", "2025"): "6", ("anzahl", "02", "2025"): "7"}


def test_a_dry_run_writes_nothing(town: Town) -> None:
    before = town.files()
    account = town.take_bytes(FIRST, dry_run=True)
    assert (account.added, account.written) == (2, ())
    assert town.files() == before


COMMENTED = """# Unsere Zahlen
name:   stadt     # so heißt das Paket
resources:

# eine alte Tabelle
- name: "alt"
  path: 'data/alt.csv'
  description: >-
    Zeile eins
    Zeile zwei
  dialect: { delimiter:  ";" }
  sources: [ {title: Amt} ]     # am Ende
# Schluss
"""
HEADER = "indicator;area;period;value;vintage\n"


@pytest.mark.parametrize(("bom", "end"), [("", "\n"), ("\ufeff", "\r\n")])
def test_the_description_of_others_keeps_its_bytes(town: Town, bom: str, end: str) -> None:
    town.write("indicators/data/alt.csv", HEADER + "anzahl;01;2020;3;2021-01-01\n")
    town.write(PACKAGE, bom + COMMENTED.replace("\n", end))
    town.take_bytes(FIRST)
    after = town.read(PACKAGE)
    head, tail = COMMENTED.split("# Schluss")[0], "# Schluss\n"
    assert after.startswith(bom + head.replace("\n", end))
    assert tail.replace("\n", end) in after
    assert after.replace("\r\n", "").count("\n") == (0 if end == "\r\n" else after.count("\n"))
    assert town.described()["name"] == "tabelle"
    assert town.loaded().diagnostics == ()


def test_a_second_source_adds_one_line(town: Town) -> None:
    town.take_bytes(FIRST)
    before = town.read(PACKAGE).replace("  - name: tabelle", "  # von Hand\n  - name: tabelle")
    before += "    release: {office: statistik,   date: 2026-07-01}  # freigegeben\n"
    town.write(PACKAGE, before)
    town.write("plans/organisation/a.yaml", "actors:\n  - {id: statistik, name: Statistikstelle, kind: office}\n")
    town.take_bytes(b"Bezirk;Anzahl\n03;9\n", "neu.csv")
    old, new = before.splitlines(), town.read(PACKAGE).splitlines()
    assert [line for line in old if line not in new] == []
    assert [line.split(",")[1] for line in new if line not in old] == [" file: neu.csv"]
    assert len(new) == len(old) + 1


def test_the_table_of_another_is_not_touched(town: Town) -> None:
    town.write(DATA, HEADER + "anzahl;01;2025;3;2021-01-01\n")
    town.write(PACKAGE, 'name: x\nresources:\n  - {name: tabelle, path: data/tabelle.csv, dialect: {delimiter: ";"}}\n')
    before = town.files()
    assert faults(town.take_bytes(FIRST)) == [
        "indicators/datapackage.yaml: Die Zahlentabelle „tabelle“ gibt es schon, und sie stammt nicht aus diesem "
        "Profil. Nennen Sie im Profil eine andere (resource)."
    ]
    assert town.files() == before


def test_a_file_that_was_changed_by_hand_is_not_guessed_at(town: Town) -> None:
    town.take_bytes(FIRST)
    town.write(DATA, HEADER + "anzahl;01;2025;3;2021-01-01\n")
    assert faults(town.take_bytes(FIRST)) == [
        f"{DATA}:1: So hat der Import „{DATA}“ nicht geschrieben. "
        "Stellen Sie die Datei wieder her, oder legen Sie sie beiseite und importieren Sie neu."
    ]


def test_what_another_table_says_already_is_a_fault_at_its_place(town: Town) -> None:
    town.write("indicators/data/alt.csv", HEADER + "anzahl;01;2025;3;2026-10-01\n")
    town.write(PACKAGE, 'name: x\nresources:\n  - {name: alt, path: data/alt.csv, dialect: {delimiter: ";"}}\n')
    assert faults(town.take_bytes(FIRST)) == [
        "tabelle.csv:3:2: anzahl für 01 in 2025 steht mit demselben Datenstand schon in indicators/data/alt.csv:2. "
        "Löschen Sie eine der Zeilen oder geben Sie der neueren ihren Datenstand."
    ]
    assert DATA not in town.files()


def test_what_check_would_refuse_is_told_at_its_place(town: Town) -> None:
    account = town.take_bytes(b"Bezirk;Anzahl\n02;7\n01;-5\n")
    assert [fault.place for fault in account.faults] == ["tabelle.csv:3:2"]
    assert account.faults[0].text.de.endswith("kleiner als 0.")
    assert "indicators/datapackage.yaml" not in town.files()
