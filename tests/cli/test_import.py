"""`sozplan import` as a planner meets it: every message in full, and nothing written when anything is wrong."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from sozplan.repo.planning import LOCK
from tests.cli.repository import Repository, Said, Sozplan, sozplan_on
from tests.conftest import git

ROOT = Path(__file__).resolve().parents[2]
HOW_TO = ROOT / "docs/how-to/statistik-einlesen.md"
PROFILE = """id: kita-liste
name: Kinder in Kitas nach Stadtbezirken
format: table
resource: kita-liste
period: {as_year: true, above: true}
columns:
  - {indicator: kita-quote, as: numerator, labels: [betreut]}
  - {indicator: kita-quote, as: denominator, labels: [Kinder]}
"""
TABLE = """Kita-Liste;;;
Stand 31.12.2025;;;
Bezirk;Name;Kinder;betreut
01;Hafenrand;400;350
02;Speicherviertel;300;*
09;Umland;70;60
"""
DATA = "indicators/data/kita-liste.csv"
PACKAGE = "indicators/datapackage.yaml"


@pytest.fixture
def table(repository: Repository, tmp_path_factory: pytest.TempPathFactory) -> Path:
    repository.write("indicators/profiles/kita-liste.yaml", PROFILE)
    place = tmp_path_factory.mktemp("lieferung") / "liste.csv"
    place.write_text(TABLE, encoding="utf-8")
    return place


def taken(sozplan: Sozplan, table: Path, *options: str) -> Said:
    return sozplan("import", "kita-liste", str(table), *options)


ACCOUNT = """Quelle: liste.csv
  andere Tabelle, CSV oder XLSX, utf-8
  Datenstand 01.10.2026, der Tag des Imports; einen anderen nennt --vintage
  SHA-256 f7163be8c41b0ad85834c9b64b72eb2c2a1bf2de3c6b2c9e6fae0e1fd7c3a3f1
Gefunden:
  kita-quote: 2 Zeilen, 2 Gebiete, 2025
Weggelassen:
  1 × Spalte ist keiner Kennzahl zugeordnet
    Name (B)
  1 × Gebiet steht nicht im Bestand
    09 (liste.csv:6:1)
"""
NOT_CLEARED = (
    "Vor dem Einchecken fehlt noch die Freigabe (release) oder die Adresse der Quelle (path); tragen Sie sie in "
    "indicators/datapackage.yaml ein.\n"
)


def without_sum(out: str) -> str:
    return re.sub(r"SHA-256 [0-9a-f]{64}", "SHA-256 …", out)


def test_an_import_and_its_repetition(repository: Repository, sozplan: Sozplan, table: Path) -> None:
    first = taken(sozplan, table)
    assert (first.code, first.err) == (0, "")
    assert (
        without_sum(first.out)
        == without_sum(ACCOUNT)
        + (
            f"{DATA}: 2 neu, 0 ersetzt, 0 unverändert, 0 aus früheren Importen\n"
            f"Geschrieben: {PACKAGE}\n"
            f"Geschrieben: {DATA}\n"
        )
        + NOT_CLEARED
    )
    assert repository.read(DATA).splitlines()[1:] == [
        "kita-quote;01;2025;350;400;;;final;2026-10-01",
        "kita-quote;02;2025;;300;;*;final;2026-10-01",
    ]
    before = (repository.read(DATA), repository.read(PACKAGE))
    again = taken(sozplan, table)
    assert again.code == 0
    assert again.out.endswith(
        f"{DATA}: 0 neu, 0 ersetzt, 2 unverändert, 0 aus früheren Importen\n"
        "Es war alles schon da; nichts wurde geändert.\n" + NOT_CLEARED
    )
    assert (repository.read(DATA), repository.read(PACKAGE)) == before


def test_in_english(sozplan: Sozplan, table: Path) -> None:
    said = taken(sozplan, table, "--lang", "en", "--dry-run", "--vintage", "2026-02-03")
    assert said.code == 0
    assert without_sum(said.out) == (
        "Source: liste.csv\n"
        "  other table, CSV or XLSX, utf-8\n"
        "  vintage 3 Feb 2026\n"
        "  SHA-256 …\n"
        "Found:\n"
        "  kita-quote: 2 rows, 2 areas, 2025\n"
        "Left out:\n"
        "  1 × column belongs to no indicator\n"
        "    Name (B)\n"
        "  1 × area is not in the territory\n"
        "    09 (liste.csv:6:1)\n"
        f"{DATA}: 2 new, 0 replaced, 0 unchanged, 0 of earlier imports\n"
        "Dry run: nothing was written.\n"
        "Before committing, the release (release) or the address of the source (path) is still missing; enter it in "
        "indicators/datapackage.yaml.\n"
    )


def test_faults_stop_the_import(repository: Repository, sozplan: Sozplan, table: Path) -> None:
    table.write_text(TABLE.replace("350", "3.50").replace("300", "3l0"), encoding="utf-8")
    before = repository.read(PACKAGE)
    said = taken(sozplan, table)
    assert (said.code, said.err) == (1, "")
    lines = said.out.splitlines()
    assert lines[:2] == [
        "liste.csv:4:4: Fehler „9.99“: Dezimalzeichen ist hier der Punkt, im Profil aber das Komma (decimal).",
        "liste.csv:5:3: Fehler „9l9“ ist weder Zahl noch bekanntes Zeichen. "
        "Ein eigenes Zeichen der Quelle erklärt das Profil unter „signs“.",
    ]
    assert lines[-1] == "Nichts wurde geschrieben. Beheben Sie die Fehler, und rufen Sie noch einmal auf."
    assert repository.read(PACKAGE) == before
    assert not (repository.root / DATA).exists()


def test_no_number_is_ever_said(sozplan: Sozplan, table: Path) -> None:
    """Small counts stand in the table; none of them in what is told of it, faults and all."""
    table.write_text(TABLE.replace("350", "351").replace("400", "-47913").replace("300", "58,8.1"), encoding="utf-8")
    table.write_text(table.read_text(encoding="utf-8") + ";;93571;2\n", encoding="utf-8")
    said = taken(sozplan, table)
    assert said.code == 1
    assert "    … (liste.csv:7)\n" in said.out
    assert [number for number in ("93571", "351", "47913", "58", "8.1") if number in without_sum(said.out)] == []


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["kita-list", "{table}"], 2, "Das Importprofil „kita-list“ gibt es nicht. Es gibt: kita-liste."),
        (["kita-liste", "{table}", "--period", "Dezember"], 2,
         "--period: „Dezember“ ist kein Zeitraum. Schreiben Sie z. B. 2024, 2024-06 oder 2023/24."),
        (["kita-liste", "{table}", "--vintage", "3.2.2026"], 2,
         "--vintage: „3.2.2026“ ist kein Tag. Schreiben Sie Jahr-Monat-Tag, z. B. 2026-03-31."),
        (["kita-liste", "{table}", "--rev", "HEAD"], 2, "--rev: Importiert wird nur in den Arbeitsstand."),
    ],
)  # fmt: skip
def test_what_cannot_be(sozplan: Sozplan, table: Path, arguments: list[str], code: int, message: str) -> None:
    said = sozplan("import", *(each.format(table=table) for each in arguments))
    assert (said.code, said.out, said.err) == (code, "", f"sozplan: {message}\n")


def test_a_file_that_is_not_there(sozplan: Sozplan, table: Path) -> None:
    said = taken(sozplan, table.parent / "fehlt.csv")
    assert (said.code, said.out) == (3, "")
    assert "fehlt.csv" in said.err
    assert "Traceback" not in said.err


def test_a_broken_profile_is_named(repository: Repository, sozplan: Sozplan, table: Path) -> None:
    repository.write("indicators/profiles/kita-liste.yaml", PROFILE.replace("format: table", "format: tabelle"))
    said = taken(sozplan, table)
    assert (said.code, said.out, said.err) == (
        1,
        "",
        "sozplan: Vor dem Import zu berichtigen: indicators/profiles/kita-liste.yaml. "
        "„sozplan check“ nennt die Fehler.\n",
    )


def test_while_another_writes(repository: Repository, sozplan: Sozplan, table: Path) -> None:
    repository.write(LOCK, "1\n")
    said = taken(sozplan, table)
    assert (said.code, said.out) == (3, "")
    assert not (repository.root / DATA).exists()


def test_a_link_instead_of_the_folder_is_not_followed(
    repository: Repository, sozplan: Sozplan, table: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    away = tmp_path_factory.mktemp("anderswo")
    shutil.rmtree(repository.root / "indicators/data")
    (repository.root / "indicators/data").symlink_to(away)
    said = taken(sozplan, table)
    assert (said.code, said.out) == (3, "")
    assert list(away.iterdir()) == []


def test_a_lost_data_file_comes_back(repository: Repository, sozplan: Sozplan, table: Path) -> None:
    """As after a stop between the description and the rows."""
    taken(sozplan, table)
    before = (repository.read(DATA), repository.read(PACKAGE))
    (repository.root / DATA).unlink()
    assert taken(sozplan, table).code == 0
    assert (repository.read(DATA), repository.read(PACKAGE)) == before


def test_into_parquet(repository: Repository, sozplan: Sozplan, table: Path) -> None:
    """For tables of many rows; the status reads it as it reads CSV, and the next import needs no option."""
    repository.write("indicators/profiles/kita-liste.yaml", PROFILE + "path: https://example.org/kitas\n")
    said = taken(sozplan, table, "--to", "parquet")
    assert (said.code, said.err) == (0, "")
    assert said.out.endswith("Geschrieben: indicators/data/kita-liste.parquet\n")
    assert (repository.root / "indicators/data/kita-liste.parquet").read_bytes()[:4] == b"PAR1"
    again = taken(sozplan, table)
    assert again.out.endswith(
        "indicators/data/kita-liste.parquet: 0 neu, 0 ersetzt, 2 unverändert, 0 aus früheren Importen\n"
        "Es war alles schon da; nichts wurde geändert.\n"
    )
    assert " csv." not in sozplan("check").out


def test_the_address_of_a_public_table_clears_it(repository: Repository, sozplan: Sozplan, table: Path) -> None:
    repository.write("indicators/profiles/kita-liste.yaml", PROFILE + "path: https://example.org/kitas\n")
    said = taken(sozplan, table)
    assert (said.code, NOT_CLEARED in said.out) == (0, False)
    assert "sdc.tracked" not in sozplan("check").out


@pytest.fixture
def town(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Sozplan:
    for folder in ("plans", "indicators", "handbook"):
        shutil.copytree(ROOT / folder, tmp_path / "town" / folder)
    shutil.copy(ROOT / "sozplan.yaml", tmp_path / "town")
    git(tmp_path / "town", "init", "--quiet", "--initial-branch=main")
    git(tmp_path / "town", "add", "--all")
    git(tmp_path / "town", "commit", "--quiet", "--message=Stand der Planung")
    return sozplan_on(tmp_path / "town", capsys)
