"""`sozplan apply`: what an office changed comes back, and nothing else; what can't is named by sheet and cell."""

from __future__ import annotations

import shutil
import subprocess
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.cli.repository import AREA, Repository, Sozplan, sozplan_on
from tests.cli.workbooks import Workbook

ROOT = Path(__file__).resolve().parents[2]
KREIS = ROOT / "tests/examples/kreis"
PARTS = ("sozplan.yaml", "plans", "indicators", "handbook", "templates")
KINDS = ("measures", "goals", "budget")
LINE = "hafen-m1/2026/06.02.01/5101"


@pytest.fixture
def measures(sozplan: Sozplan, tmp_path_factory: pytest.TempPathFactory) -> Workbook:
    return made(sozplan, "measures", tmp_path_factory.mktemp("sheets"))


@pytest.fixture
def budget(sozplan: Sozplan, tmp_path_factory: pytest.TempPathFactory) -> Workbook:
    return made(sozplan, "budget", tmp_path_factory.mktemp("sheets"))


def made(sozplan: Sozplan, kind: str, folder: Path) -> Workbook:
    path = folder / f"{kind}.xlsx"
    assert sozplan("table", kind, "--out", str(path)).code == 0
    return Workbook(path)


def copy_of(source: Path, root: Path) -> None:
    for part in PARTS:
        if (source / part).is_dir():
            shutil.copytree(source / part, root / part)
        elif (source / part).exists():
            shutil.copy(source / part, root / part)


def contents(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


@pytest.mark.parametrize("source", [ROOT, KREIS], ids=["town", "kreis"])
def test_an_untouched_workbook_changes_nothing(
    source: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = tmp_path / "planning"
    root.mkdir()
    copy_of(source, root)
    sozplan, before = sozplan_on(root, capsys), contents(root)
    for kind in KINDS:
        path = made(sozplan, kind, tmp_path).path
        said = sozplan("apply", str(path), "--lang", "de")
        assert (said.code, said.out, said.err) == (0, "Nichts zu übernehmen.\n", "")
    assert contents(root) == before


@pytest.mark.parametrize("source", [ROOT, KREIS], ids=["town", "kreis"])
@pytest.mark.parametrize("kind", KINDS)
def test_one_cell_of_every_column(source: Path, kind: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each change alters the line of that field alone, or adds one where it said nothing."""
    root = tmp_path / "planning"
    root.mkdir()
    copy_of(source, root)
    sozplan = sozplan_on(root, capsys)
    book = made(sozplan, kind, tmp_path)
    before = {path: path.read_text(encoding="utf-8").splitlines() for path in (root / "plans").rglob("*.yaml")}
    changed = [place for page in book.book.worksheets[:-3] for place in change_columns(book, page)]
    assert len(changed) >= 8
    said = sozplan("apply", book.save(), "--force", "--lang", "de")
    assert said.code == 0, said.out + said.err
    assert said.out.endswith(f"Übernommen: {len(changed)} Zellen.\n")
    after = {path: path.read_text(encoding="utf-8").splitlines() for path in before}
    gone = sum(len(set(before[path]) - set(after[path])) for path in before)
    came = sum(len(set(after[path]) - set(before[path])) for path in before)
    assert 0 < came <= len(changed)
    assert gone <= came
    again = made(sozplan, kind, tmp_path / "again")
    for page, cell in changed:
        assert again.book[page][cell].value == book.book[page][cell].value, (page, cell)


def change_columns(book: Workbook, page: Any) -> list[tuple[str, str]]:
    """The first filled cell of each column that can be filled in."""
    found = []
    for column in page.iter_cols(min_row=1):
        ids = book.book[page.title]["A"]
        filled = (cell for cell, id in zip(column[1:], ids[1:], strict=True) if id.value and cell.value is not None)
        cell = next((cell for cell in filled if not cell.protection.locked), None)
        if cell is None or str(column[0].value) in ("Jahr *", "Year *"):
            continue  # a line of the budget is called after its year
        rules = page.data_validations.dataValidation
        rule = next((each for each in rules if cell.coordinate in each.sqref), None)
        if isinstance(cell.value, int | float):
            cell.value += 1
        elif isinstance(cell.value, datetime):
            cell.value = cell.value.replace(day=cell.value.day % 27 + 1)
        elif rule is not None and rule.type == "list":
            sheet, cells = rule.formula1.split("!")
            offered = [row[0].value for row in book.book[sheet.strip("'")][cells.replace("$", "")]]
            cell.value = next(each for each in offered if each != cell.value)
        elif rule is not None and "Alt" in str(rule.prompt):
            if "\n" not in cell.value:
                continue
            cell.value = cell.value.split("\n")[0]
        elif rule is not None:
            cell.value = "2027" if cell.value != "2027" else "2026"
        elif str(column[0].value) in ("Produkt", "Product", "Kostenstelle", "Cost centre", "Sachkonto", "Account"):
            continue  # or after where it stands in the budget
        else:
            cell.value = f"{cell.value} – neu"
        found.append((page.title, cell.coordinate))
    return found


def test_a_changed_cell_is_shown_and_written(repository: Repository, sozplan: Sozplan, measures: Workbook) -> None:
    before = repository.read(AREA)
    measures.put("Maßnahmen", "hafen-m1", "Titel", "Lotsen im Hafen")
    path = measures.save()
    dry = sozplan("apply", path, "--dry-run")
    assert (dry.code, repository.read(AREA)) == (0, before)
    said = sozplan("apply", path)
    assert (said.code, said.err) == (0, "")
    assert said.out == (
        f"{AREA}, Zeile 39:\n"
        "-     title: Kita-Lotsen im Hafentreff\n"
        "+     title: Lotsen im Hafen\n"
        "Übernommen: 1 Zelle.\n"
    )
    assert dry.out == said.out.replace("Übernommen: 1 Zelle.", "Nichts geschrieben (--dry-run).")
    assert repository.read(AREA) == before.replace("title: Kita-Lotsen im Hafentreff", "title: Lotsen im Hafen")
    assert sozplan("apply", path).out == "Nichts zu übernehmen.\n"


@pytest.mark.parametrize(
    ("heading", "typed", "written"),
    [
        ("Geplant: Bis", "31.12.2028", "planned: {from: 2026-02-01, to: 2028-12-31}"),
        ("Geplant: Bis", "\N{NO-BREAK SPACE}30.6.28 ", "planned: {from: 2026-02-01, to: 2028-06-30}"),
        ("Folgekosten", "1.234,50 €", "follow_up_costs: 1234.5"),
        ("Folgekosten", "1\N{NO-BREAK SPACE}234", "follow_up_costs: 1234"),
        ("Folgekosten", 1234.5, "follow_up_costs: 1234.5"),
        ("Haushaltsvorbehalt", " JA ", "budget_reservation: true"),
        ("Haushaltsvorbehalt", True, "budget_reservation: true"),
        ("Stand", "completed", "progress: completed"),
        ("Partner", "amt-51, hafenkonferenz", "partners: [amt-51, hafenkonferenz]"),
        ("Partner", "amt-51 · Amt 51; hafenkonferenz", "partners: [amt-51, hafenkonferenz]"),
        ("Verantwortliche Stelle", "Hafentreff e. V.", "responsible: hafentreff-ev"),
        ("Beschreibung", "  Wege zeigen. \n", "description: Wege zeigen."),
        ("Beschreibung", "@alle: _x005F_x0041_", 'description: "@alle: _x0041_"'),
    ],
)
def test_what_people_type(heading: str, typed: object, written: str, sozplan: Sozplan, measures: Workbook) -> None:
    measures.put("Maßnahmen", "hafen-m1", heading, typed)
    said = sozplan("apply", measures.save(), "--force")
    assert said.code == 0, said.out + said.err
    added = [line[2:].strip() for line in said.out.splitlines() if line.startswith("+ ")]
    assert added == [written]


FAULTS = [
    ("Titel", None, "„Titel“ darf nicht leer sein."),
    (
        "Titel",
        "=1+1",
        "Hier steht eine Formel. Formeln werden nicht übernommen; schreiben Sie ihr Ergebnis in die Zelle (kopieren, "
        "dann „Inhalte einfügen: Werte“).",
    ),
    ("Stand", "fertig", "„fertig“ gibt es hier nicht. Möglich sind: geplant, läuft, abgeschlossen, abgebrochen."),
    ("Geplant: Bis", "Ende 2028", "„Ende 2028“ ist kein Tag. Schreiben Sie z. B. 31.12.2026."),
    ("Geplant: Bis", "31.02.2028", "„31.02.2028“ ist kein Tag. Schreiben Sie z. B. 31.12.2026."),
    ("Geplant: Von", None, "„Geplant: Von“ darf nicht leer sein."),
    ("Folgekosten", "1.234", "„1.234“ kann 1234 oder 1,234 heißen. Schreiben Sie die Zahl ohne Punkt."),
    ("Folgekosten", 12.345, "„12.345“ ist kein Betrag in Euro mit höchstens zwei Stellen für die Cent."),
    ("Folgekosten", "12 Tsd.", "„12 Tsd.“ ist keine Zahl. Schreiben Sie z. B. 40 oder 1234,50."),
    ("Folgekosten", "#WERT!", "„#WERT!“ ist keine Zahl. Schreiben Sie z. B. 40 oder 1234,50."),
    (
        "Verantwortliche Stelle",
        "amt-52",
        "„amt-52“ ist keine Kennung, die hier stehen kann. Meinten Sie „amt-51“?",
    ),
    ("Reichweite: Anzahl", 12.5, "„12.5“ ist keine ganze Zahl."),
    (
        "Titel",
        datetime(2026, 1, 2, tzinfo=UTC).replace(tzinfo=None),
        "Das Tabellenprogramm hat aus der Eingabe einen Tag gemacht. Formatieren Sie die Zelle als Text, und schreiben "
        "Sie sie noch einmal.",
    ),
]


@pytest.mark.parametrize(("heading", "typed", "told"), FAULTS)
def test_a_bad_cell_is_named(
    heading: str, typed: object, told: str, repository: Repository, sozplan: Sozplan, measures: Workbook
) -> None:
    before = repository.read(AREA)
    cell = measures.put("Maßnahmen", "hafen-m1", heading, typed)
    path = measures.save()
    said = sozplan("apply", path)
    assert said.code == 1
    assert said.out == f"measures.xlsx:Maßnahmen!{cell.coordinate}: Fehler {told}\n"
    assert said.err == (
        "sozplan: Nichts geschrieben. Berichtigen Sie die Stelle in der Tabelle, oder übernehmen Sie alles andere mit "
        "--skip.\n"
    )
    assert repository.read(AREA) == before


def test_the_rest_without_the_bad_cell(repository: Repository, sozplan: Sozplan, measures: Workbook) -> None:
    measures.put("Maßnahmen", "hafen-m1", "Folgekosten", "viel")
    measures.put("Maßnahmen", "hafen-m1", "Titel", "Lotsen im Hafen")
    said = sozplan("apply", measures.save(), "--skip")
    assert (said.code, said.err) == (1, "")
    assert said.out.endswith("+     title: Lotsen im Hafen\nÜbernommen: 1 Zelle.\n")
    assert "follow_up_costs" not in repository.read(AREA)


def test_a_conflict_names_both(repository: Repository, sozplan: Sozplan, measures: Workbook) -> None:
    cell = measures.put("Maßnahmen", "hafen-m1", "Stand", "abgeschlossen")
    repository.edit(AREA, ("progress: running", "progress: stopped"))
    before = repository.read(AREA)
    said = sozplan("apply", measures.save())
    assert (said.code, repository.read(AREA)) == (1, before)
    assert said.out == (
        f"measures.xlsx:Maßnahmen!{cell.coordinate}: Konflikt In der Tabelle steht „abgeschlossen“, in der Planung "
        "inzwischen „abgebrochen“; vorher: „läuft“. Klären Sie, was gilt.\n"
    )


def test_what_both_changed_alike_is_none(repository: Repository, sozplan: Sozplan, measures: Workbook) -> None:
    measures.put("Maßnahmen", "hafen-m1", "Stand", "abgeschlossen")
    repository.edit(AREA, ("progress: running", "progress: completed"))
    assert sozplan("apply", measures.save()).out == "Nichts zu übernehmen.\n"


def test_what_only_the_planning_changed_stays(repository: Repository, sozplan: Sozplan, measures: Workbook) -> None:
    repository.edit(AREA, ("progress: running", "progress: stopped"))
    before = repository.read(AREA)
    assert sozplan("apply", str(measures.path)).out == "Nichts zu übernehmen.\n"
    assert repository.read(AREA) == before


def test_what_the_planning_lost(sozplan: Sozplan, measures: Workbook) -> None:
    measures.put("Maßnahmen", "hafen-m1", "Stand", "abgeschlossen")
    assert sozplan("rename", "hafen-m1", "hafen-lotsen").code == 0
    said = sozplan("apply", measures.save())
    assert said.code == 1
    assert said.out == (
        "measures.xlsx:Maßnahmen!A2: Konflikt „hafen-m1“ wurde hier geändert, ist in der Planung aber nicht mehr zu "
        "finden: gelöscht, umbenannt, oder die Datei ist fehlerhaft („sozplan check“).\n"
    )


def test_a_new_measure(repository: Repository, sozplan: Sozplan, measures: Workbook) -> None:
    row = measures.free("Maßnahmen")
    for heading, typed in (
        ("Titel", "Lesepaten"),
        ("Gebietsplan", "hafen-2026 · Sozialraumgebietsplan Hafen 2026–2029"),
        ("Ziele", "hafen-g1"),
        ("Verantwortliche Stelle", "amt-51 · Amt 51"),
        ("Durchführend", "hafentreff-ev"),
        ("Geplant: Von", "01.01.2028"),
    ):
        measures.put("Maßnahmen", row, heading, typed)
    done = sozplan("apply", measures.save())
    assert done.code == 0, done.out + done.err
    assert done.out.endswith("Übernommen: ein neuer Eintrag.\n")
    assert "  - id: hafen-m2\n    title: Lesepaten\n" in repository.read(AREA)
    assert "responsible: amt-51\n    executing: [hafentreff-ev]\n" in repository.read(AREA).partition("Lesepaten")[2]


def test_a_new_line_that_lacks_something(sozplan: Sozplan, measures: Workbook) -> None:
    row = measures.free("Maßnahmen")
    measures.put("Maßnahmen", row, "Titel", "Lesepaten")
    place = measures.cell("Maßnahmen", row, "Gebietsplan").coordinate
    said = sozplan("apply", measures.save())
    assert said.out == f"measures.xlsx:Maßnahmen!{place}: Fehler „Gebietsplan“ darf nicht leer sein.\n"


def test_sorted_rows_and_columns_of_ones_own(repository: Repository, sozplan: Sozplan, budget: Workbook) -> None:
    budget.put("Mittel", LINE, "Ist", 1500.25)
    page = budget.book["Mittel"]
    rows = [[cell.value for cell in row] for row in page.iter_rows(min_row=2, max_row=5)]
    for row, values in enumerate(reversed(rows), 2):
        for column, value in enumerate(values, 1):
            page.cell(row, column).value = value
    page.insert_cols(2)
    page["B1"] = "Bemerkung"
    before = repository.read(AREA)
    said = sozplan("apply", budget.save())
    assert said.code == 0, said.err
    assert said.out.startswith("budget.xlsx:Mittel!B1: Hinweis Die eigene Spalte „Bemerkung“ wird nicht übernommen.\n")
    assert repository.read(AREA) == before.replace(
        "        planned: 60000\n", "        planned: 60000\n        actual: 1500.25\n", 1
    )


def test_a_new_budget_line_and_its_balance(repository: Repository, sozplan: Sozplan, budget: Workbook) -> None:
    row = budget.free("Mittel")
    for heading, typed in (
        ("Maßnahme", "hafen-m1 · Kita-Lotsen im Hafentreff"),
        ("Jahr", 2027),
        ("Produkt", "06.02.02"),
        ("Kostenstelle", "5102"),
        ("Ansatz", 1000),
        ("Finanzierung: Eigenmittel", 999.99),
    ):
        budget.put("Mittel", row, heading, typed)
    place = budget.cell("Mittel", row, "Ansatz").coordinate
    path = budget.save()
    said = sozplan("apply", path)
    assert said.code == 1
    assert said.out.startswith(
        f"budget.xlsx:Mittel!{place}: Hinweis „hafen-m1“ 2027: Die Finanzierung liegt um 0,01 € unter dem Ansatz.\n"
    )
    assert "fin.unbalanced" in said.out
    budget.put("Mittel", row, "Finanzierung: Eigenmittel", 1000)
    assert sozplan("apply", budget.save()).code == 0
    assert '        product: "06.02.02"\n' in repository.read(AREA) or 'product: "06.02.02"' in repository.read(AREA)


def test_a_deleted_row_deletes_nothing(repository: Repository, sozplan: Sozplan, budget: Workbook) -> None:
    before = repository.read(AREA)
    budget.book["Mittel"].delete_rows(2)
    said = sozplan("apply", budget.save())
    assert (said.code, repository.read(AREA)) == (0, before)
    assert said.out == (
        f"budget.xlsx:Mittel: Hinweis Eine Zeile fehlt ({LINE}). Gelöscht wird dadurch nichts; was entfallen soll, "
        "streichen Sie in der Planungsdatei.\nNichts zu übernehmen.\n"
    )


def test_grey_cells_are_not_taken(repository: Repository, sozplan: Sozplan, measures: Workbook) -> None:
    before = repository.read(AREA)
    cell = measures.put("Maßnahmen", "hafen-m1", "Ansatz aller Jahre", 5)
    said = sozplan("apply", measures.save())
    assert (said.code, repository.read(AREA)) == (0, before)
    assert said.out == (
        f"measures.xlsx:Maßnahmen!{cell.coordinate}: Hinweis Diese Zelle wird berechnet; was darin geändert wurde, "
        "wird nicht übernommen.\nNichts zu übernehmen.\n"
    )


def test_a_copied_row_and_a_strange_id(sozplan: Sozplan, measures: Workbook) -> None:
    row = measures.free("Maßnahmen")
    measures.book["Maßnahmen"].cell(row, 1).value = "hafen-m1"
    measures.book["Maßnahmen"].cell(row + 1, 1).value = "hafen-m9"
    said = sozplan("apply", measures.save())
    assert said.out == (
        f"measures.xlsx:Maßnahmen!A{row}: Fehler Die Kennung „hafen-m1“ steht schon in Zeile 2. Ist das ein neuer "
        "Eintrag, leeren Sie diese Zelle.\n"
        f"measures.xlsx:Maßnahmen!A{row + 1}: Fehler Die Kennung „hafen-m9“ stand nicht in der Tabelle. Für einen "
        "neuen Eintrag lassen Sie die Zelle leer; sonst stellen Sie die alte Kennung wieder her.\n"
    )


def test_a_column_a_sheet_a_memory_gone(sozplan: Sozplan, measures: Workbook) -> None:
    measures.cell("Maßnahmen", 1, "Stand").value = "Zustand"
    said = sozplan("apply", measures.save())
    assert said.out == (
        "measures.xlsx:Maßnahmen!A1: Fehler Die Spalte „Stand“ fehlt, oder ihre Überschrift heißt anders. Fügen Sie "
        "sie wieder ein.\n"
        "measures.xlsx:Maßnahmen!E1: Hinweis Die eigene Spalte „Zustand“ wird nicht übernommen.\n"
    )
    measures.book["Maßnahmen"].title = "Massnahmen"
    said = sozplan("apply", measures.save())
    assert said.out == (
        "measures.xlsx: Fehler Das Blatt „Maßnahmen“ fehlt oder heißt anders. Geben Sie ihm seinen Namen zurück.\n"
    )
    del measures.book["sozplan"]
    said = sozplan("apply", measures.save())
    assert (said.code, said.out) == (1, "")
    assert said.err.startswith("sozplan: measures.xlsx: Das ausgeblendete Blatt „sozplan“ fehlt;")


def test_merged_cells_hide_what_stood_there(sozplan: Sozplan, measures: Workbook) -> None:
    measures.book["Maßnahmen"].merge_cells("A2:B2")
    said = sozplan("apply", measures.save())
    assert said.out.startswith("measures.xlsx:Maßnahmen!A2: Fehler Hier sind Zellen verbunden;")


def test_a_table_of_somewhere_else(sozplan: Sozplan, repository: Repository, measures: Workbook) -> None:
    repository.edit("sozplan.yaml", ("name: Beispielstadt", "name: Andernorts"))
    said = sozplan("apply", str(measures.path))
    assert (said.code, said.err) == (
        1,
        "sozplan: Die Tabelle ist von „Beispielstadt“, dieses Repository von „Andernorts“.\n",
    )


def test_an_empty_cell_strikes_the_field_out(repository: Repository, sozplan: Sozplan, measures: Workbook) -> None:
    for heading in ("Tatsächlich: Von", "Zielgruppen"):
        measures.put("Maßnahmen", "hafen-m1", heading, None)
    before = repository.read(AREA)
    said = sozplan("apply", measures.save(), "--force")
    assert said.code == 0, said.err
    wanted = before.replace("    actual: {from: 2026-02-01}\n", "", 1)
    start = wanted.index("measures:")
    assert repository.read(AREA) == wanted[:start] + wanted[start:].replace("    target_groups: [familien]\n", "", 1)


def test_somebody_was_at_the_hidden_sheet(repository: Repository, sozplan: Sozplan, measures: Workbook) -> None:
    before = repository.read(AREA)
    memory = measures.book["sozplan"]
    original = [[cell.value for cell in row] for row in memory.iter_rows()]
    for number, row in enumerate(original, 1):
        if row[:2] in (["table", "kind"], ["table", "version"], ["table", "as_of"]) or row[2] in ("id", "@plan"):
            cell = memory.cell(number, 3)
            was, cell.value = cell.value, "x"
            said = sozplan("apply", measures.save())
            assert (said.code, said.out) == (1, ""), row
            assert said.err.startswith("sozplan: measures.xlsx: Auf dem ausgeblendeten Blatt „sozplan“ wurde etwas")
            cell.value = was
    assert repository.read(AREA) == before


def test_a_title_above_the_headings(sozplan: Sozplan, measures: Workbook) -> None:
    page = measures.book["Maßnahmen"]
    page.insert_rows(1, 2)
    page["A1"] = "Rücklauf Amt 51"
    assert sozplan("apply", measures.save()).out == "Nichts zu übernehmen.\n"


def test_not_at_a_revision(sozplan: Sozplan, measures: Workbook) -> None:
    said = sozplan("apply", str(measures.path), "--rev", "HEAD")
    assert (said.code, said.err) == (2, "sozplan: --rev: Geändert wird nur der Arbeitsstand.\n")


# What is no workbook, or a dangerous one


def packed(path: Path, **parts: bytes) -> None:
    """The workbook with other or further parts; `xl__x` stands for `xl/x`."""
    with zipfile.ZipFile(path) as archive:
        kept = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in {**kept, **{name.replace("__", "/"): each for name, each in parts.items()}}.items():
            archive.writestr(name, content)


def test_hostile_files(sozplan: Sozplan, measures: Workbook) -> None:
    path = measures.path
    original = path.read_bytes()
    refusals = {}
    for name, parts in {
        "macros": {"xl__vbaProject.bin": b"\xd0\xcf"},
        "entities": {"xl__sharedStrings.xml": b'<!DOCTYPE x [<!ENTITY a "b">]><sst>&a;</sst>'},
        "bomb": {"xl__media__x.xml": b"<x/>" + b" " * 60_000_000},
        "broken": {"xl__workbook.xml": b"<workbook"},
    }.items():
        path.write_bytes(original)
        packed(path, **parts)
        refusals[name] = sozplan("apply", str(path))
    for name, content in (("text", b"id;title\n"), ("html", b"<html>"), ("half", original[: len(original) // 2])):
        path.write_bytes(content)
        refusals[name] = sozplan("apply", str(path))
    assert {name: (said.code, said.out) for name, said in refusals.items()} == dict.fromkeys(refusals, (1, ""))
    assert {name: said.err.removeprefix("sozplan: measures.xlsx: ") for name, said in refusals.items()} == {
        "macros": "Die Arbeitsmappe enthält Makros. Speichern Sie sie ohne, als .xlsx.\n",
        "entities": "„xl/sharedStrings.xml“ darin enthält DOCTYPE; das schreibt kein Tabellenprogramm.\n",
        "bomb": "Die Datei ist zu groß oder packt sich zu weit aus (höchstens 50 MB).\n",
        "broken": "Die XLSX-Datei ist beschädigt oder keine. Öffnen und speichern Sie sie im Tabellenprogramm neu.\n",
        "text": "Das ist keine Excel-Arbeitsmappe. Speichern Sie die Tabelle als .xlsx.\n",
        "html": "Das ist eine Webseite (HTML oder XML). Laden oder speichern Sie die Tabelle als CSV oder XLSX.\n",
        "half": "Die ZIP- oder XLSX-Datei ist beschädigt.\n",
    }


def test_no_such_file(sozplan: Sozplan) -> None:
    said = sozplan("apply", "/nowhere.xlsx")
    assert said.code == 3
    assert said.err.startswith("sozplan: Datei oder Ordner nicht zugänglich:")


# What LibreOffice makes of it


def resaved(paths: list[Path], folder: Path) -> list[Path]:
    """The files opened and saved by LibreOffice; skips where there is none for tables."""
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is missing (Debian: libreoffice-calc)")
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = [office, profile, "--headless", "--convert-to", "xlsx", "--outdir", str(folder / "saved")]
    run = subprocess.run([*command, *map(str, paths)], capture_output=True, text=True, timeout=300)
    if "source file could not be loaded" in run.stdout + run.stderr:
        pytest.skip("LibreOffice has no Calc (Debian: libreoffice-calc)")
    return [folder / "saved" / path.name for path in paths]


def test_saved_anew_by_libreoffice(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = tmp_path / "planning"
    root.mkdir()
    copy_of(ROOT, root)
    sozplan = sozplan_on(root, capsys)
    books = [made(sozplan, kind, tmp_path) for kind in KINDS]
    books[0].put(
        "Maßnahmen", "nordhafen-m1", "Tatsächlich: Bis", datetime(2026, 9, 30, tzinfo=UTC).replace(tzinfo=None)
    )
    books[0].put("Maßnahmen", "nordhafen-m1", "Beschreibung", "=1+1 ist zwei").data_type = "s"
    books[0].save()
    first, *others = resaved([book.path for book in books], tmp_path)
    for path in others:
        assert sozplan("apply", str(path)).out == "Nichts zu übernehmen.\n"
    said = sozplan("apply", str(first), "--force")
    assert said.out.endswith("Übernommen: 2 Zellen.\n"), said.out + said.err
    written = (root / "plans/areas/nordhafen.yaml").read_text(encoding="utf-8")
    assert "to: 2026-09-30" in written
    assert "=1+1 ist zwei" in written
    assert openpyxl.load_workbook(first).sheetnames[-1] == "sozplan"
