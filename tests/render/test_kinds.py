from __future__ import annotations

import re
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pikepdf
import pytest

from sozplan.analysis.attainment import assess
from sozplan.analysis.disclosure import Audience
from sozplan.model.case import Case
from sozplan.render.cooperation import cooperation
from sozplan.render.document import Html, Stamp
from sozplan.render.funding_report import funding_report
from sozplan.render.inventory import inventory
from sozplan.render.kinds import Kind
from sozplan.render.overview import overview
from sozplan.render.report import paper as paper_on
from sozplan.repo.load import load
from sozplan.repo.tree import WorkTree
from tests.render.documents import Seen, Word, bytes_of, laid, pages, paper, printed, words
from tests.test_kreis import GERMAN

if TYPE_CHECKING:
    from sozplan.diagnostics import Lang
    from tests.render.conftest import VeraPdf

TOWN = Path(__file__).parents[2]
KREIS = TOWN / "tests/examples/kreis"
DAY = date(2026, 11, 23)
PLANNED = [kind for kind in Kind if not kind.of_all and kind is not Kind.COOPERATION]

FURTHER = """# plans/areas/hafen.yaml
papers:
  - kind: progress
    number: V-2026-210
    office: sozialplanung
    date: 2026-09-01
    subject: Sachstand Hafen
    consultations: [{body: rat, date: 2026-09-24, role: information}]
    summary: Die Lotsen sind eingestellt.
    next_steps: [Zweiter Bericht im Januar.]
  - kind: information
    number: V-2026-099
    office: sozialplanung
    consultations: [{body: rat, date: 2026-09-24, role: information}]
  - kind: progress
    number: V-2027-001
    office: sozialplanung
    date: 2027-02-01
"""


def case_at(root: Path, day: date = DAY) -> Case:
    loaded = load(WorkTree(root))
    assert not loaded.diagnostics
    return Case(loaded.plan, loaded.figures, day, loaded.documents)


def all_papers(root: Path, lang: Lang) -> dict[str, Html]:
    """Every kind of every plan of a municipality, by file name."""
    case = case_at(root)
    assessment, stamp = assess(case, Audience.PUBLIC), Stamp(DAY, "a1b2c3d4e5", version="0.1.0")
    common = {"lang": lang, "audience": Audience.PUBLIC, "stamp": stamp}
    made = {
        kind.file_name(plan): paper_on(case, assessment, plan, kind=kind, **common)  # type: ignore[arg-type]
        for plan in case.plan.area_plans
        for kind in PLANNED
    }
    for each in case.plan.area_plans:
        made[Kind.COOPERATION.file_name(each)] = cooperation(case, each, **common)  # type: ignore[arg-type]
    made["inventory"] = inventory(case, **common)  # type: ignore[arg-type]
    made["funding"] = funding_report(case, **common)  # type: ignore[arg-type]
    return made | {"summary": overview(case, assessment, **common)}  # type: ignore[arg-type]


def fonts(path: Path) -> set[str]:
    """Another font would be one of the machine, and other bytes elsewhere."""
    with pikepdf.open(path) as document:
        names = [str(font.BaseFont) for page in document.pages for font in page.Resources.Font.values()]
    return {name.partition("+")[2] for name in names}


@pytest.fixture(scope="module", params=[(TOWN, "de"), (KREIS, "en")], ids=["town", "kreis"])
def set_papers(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    root, lang = request.param
    folder, made = tmp_path_factory.mktemp("papers"), all_papers(root, lang)
    for name, document in made.items():
        (folder / f"{name}.pdf").write_bytes(bytes_of(document, root))
    return {name: folder / f"{name}.pdf" for name in made}


def test_all_papers_pass_verapdf_and_the_sheet_is_one_page(set_papers: dict[str, Path], verapdf: VeraPdf) -> None:
    """PDF/A-3a and PDF/UA-1, whatever plan and kind."""
    for name, path in set_papers.items():
        assert verapdf(path) == {}, name
        assert {font for font in fonts(path) if not font.startswith("sozplan-Sans")} == set(), name
        if name.endswith("-area-sheet"):
            assert len(pages(path)) == 1, name


def test_no_page_is_empty_by_a_third(set_papers: dict[str, Path]) -> None:
    """Between two lines of text on it, foot and footnotes included; but where the text or the whole paper ends."""
    empty = [
        f"{name}, page {number}: {_widest(page):.0f} pt"
        for name, path in set_papers.items()
        if not name.endswith(("-area-sheet", "-cooperation"))
        for number, page in enumerate(words(path)[:-1], 1)
        if _widest(page) > A4 / 3 and _signed(page) is None
    ]
    assert empty == []


A4 = 842
"""Points from top to bottom."""


def _widest(page: list[Word]) -> float:
    tops, seen = sorted(page, key=lambda word: word.top), 0.0
    gaps = [0.0]
    for word in tops:
        gaps.append(word.top - (seen or word.top))
        seen = max(seen, word.bottom)
    return max(gaps)


def _signed(page: list[Word]) -> float | None:
    """How far down the first place to sign is."""
    places = [one.top for one, two in pairwise(page) if (one.text, two.text) in {("Ort,", "Datum"), ("Place,", "date")}]
    return min(places, default=None)


def test_who_signs_signs_below_something(set_papers: dict[str, Path]) -> None:
    """Three lines at least above the place to sign, beside the head of the page."""
    for name, path in set_papers.items():
        for page in words(path):
            line = _signed(page)
            if line is not None:
                assert len({round(word.top) for word in page if word.top < line - 3}) >= 4, name


def test_the_text_of_a_paper_has_six_pages_at_most(set_papers: dict[str, Path]) -> None:
    """Up to the place to sign; annexes follow."""
    ends = {
        name: number
        for name, path in set_papers.items()
        for number, page in enumerate(words(path), 1)
        if _signed(page) is not None
    }
    assert {name: page for name, page in ends.items() if page > 6} == {}
    assert len(ends) >= 5


def test_the_contents_name_the_pages_where_things_stand(set_papers: dict[str, Path]) -> None:
    listed = 0
    for name, path in set_papers.items():
        shown = [" ".join(page.split()) for page in pages(path)]
        listing = next((page for page in pages(path) if re.search(r"^ *(Inhalt|Contents)$", page, re.MULTILINE)), "")
        for title, number in re.findall(r"(\S[^.\n]*?) ?(?:\. ?){3,} *(\d+)", listing):
            listed += 1
            assert " ".join(title.split()) in shown[int(number) - 1], (name, title, number)
    assert listed > 10


def test_each_footnote_stands_on_the_page_of_its_sign(set_papers: dict[str, Path]) -> None:
    for name, path in set_papers.items():
        called, told = _notes(words(path))
        assert {number: page for number, page in told.items() if called.get(number, page) < page} == {}, name


def _notes(shown: list[list[Word]]) -> tuple[dict[int, int], dict[int, int]]:
    """The page of the first sign of each footnote, and that of the note, which begins at the margin."""
    called: dict[int, int] = {}
    told: dict[int, int] = {}
    for number, page in enumerate(shown, 1):
        for word in page:
            if word.text.isdecimal() and abs(word.left - MARGIN) < 2 and word.top > A4 / 2:
                told.setdefault(int(word.text), number)
            elif word.text.isdecimal() and word.bottom - word.top < SMALL:
                called.setdefault(int(word.text), number)
    return called, told


MARGIN, SMALL = 70.9, 9.0
"""Points: where lines begin, and the height of letters that are set high."""


@pytest.mark.parametrize("kind", list(Kind))
def test_each_kind_is_the_same_to_the_byte(kind: Kind, tmp_path: Path) -> None:
    one, two = (printed(paper(laid(tmp_path / name), kind=kind), tmp_path / f"{name}.pdf") for name in "ab")
    assert one.read_bytes() == two.read_bytes()


@pytest.mark.parametrize("kind", list(Kind))
@pytest.mark.parametrize("lang", ["de", "en"])
def test_headings_never_skip_a_level_and_there_is_one_title(lang: Lang, kind: Kind, tmp_path: Path) -> None:
    levels = Seen(paper(laid(tmp_path, FURTHER), lang, kind=kind)).headings
    assert levels.count(1) == 1
    assert all(deeper - level <= 1 for level, deeper in pairwise(levels))


def test_only_the_paper_for_decision_asks_for_one(tmp_path: Path) -> None:
    case = laid(tmp_path, FURTHER)
    asks = {kind for kind in Kind if "Beschlussvorschlag" in Seen(paper(case, kind=kind)).lines}
    assert asks == {Kind.DECISION}


def test_a_progress_report_has_a_head_of_its_own(tmp_path: Path) -> None:
    """Of two the newest that is known on the day."""
    seen = Seen(paper(laid(tmp_path, FURTHER), kind=Kind.PROGRESS))
    assert "Sachstandsbericht V-2026-210 · öffentlich" in seen.lines
    assert "Sachstand Hafen" in seen.lines
    assert seen.tables["Beratungsfolge"][1:] == [["Rat", "24.09.2026", "Kenntnisnahme"]]
    assert "Kenntnisnahme: Rat am 24.09.2026." in seen.lines
    assert "Zweiter Bericht im Januar." in seen.lines
    assert "Handlungsbedarfe und ihre Belege" not in seen.lines


def test_without_a_paper_of_its_own_the_office_is_that_of_the_plan(tmp_path: Path) -> None:
    seen = Seen(paper(laid(tmp_path), kind=Kind.PROGRESS))
    assert "Sachstandsbericht · öffentlich" in seen.lines
    assert "Stabsstelle Sozialplanung" in seen.lines
    assert "Beratungsfolge" not in seen.tables


def test_measures_stand_with_milestones_and_lights(tmp_path: Path) -> None:
    row = Seen(paper(laid(tmp_path), kind=Kind.PROGRESS)).tables["Maßnahmen des Plans"][1]
    assert "Lotsen eingestellt erreicht\xa015.03.2026" in row[1]
    assert "Sprechstunde in beiden Stadtbezirken bis\xa031.03.2027" in row[1]
    assert row[2] == "beschlossen freiwillig"
    assert "Termin im Plan Ressourcen im Plan Leistung im Plan" in " ".join(row[4].split())


def test_spending_is_told_by_the_newest_review(tmp_path: Path) -> None:
    tables = Seen(paper(laid(tmp_path), kind=Kind.PROGRESS)).tables
    assert tables["Mittelabfluss 2026 in Euro"][1:] == [
        ["M1 Kita-Lotsen im Hafentreff", "60.000", "21.500", "36\xa0%", "30.06.2026"]
    ]


@pytest.mark.parametrize("kind", list(Kind))
def test_a_suppressed_figure_is_in_no_kind(kind: Kind, tmp_path: Path) -> None:
    small = "# indicators/data/kennzahlen.csv\nkinderarmut;01;2025;2;30;6,67;;final;2026-06-30\n"
    document = paper(laid(tmp_path, small), kind=kind)
    assert "4,2" not in document.text.partition("<body")[2]
    assert "6,67" not in document.text


def test_checks_that_the_municipality_asks_for_are_printed_even_if_open(tmp_path: Path) -> None:
    asked = "# sozplan.yaml\npapers: {checks: [Klima, Inklusion]}\n"
    seen = Seen(paper(laid(tmp_path, asked)))
    assert [row for row in seen.tables[""] if row[0] in {"Klima", "Inklusion"}] == [
        ["Klima", "noch nicht geprüft"],
        ["Inklusion", "noch nicht geprüft"],
    ]


BUDGET = """# plans/calendar.yaml
budgets:
  - {year: 2026, state: adopted, from: 2026-01-01, social_budget: 6000000}
  - {year: 2027, state: consolidation, from: 2027-01-01}
"""


def test_a_budget_that_binds_is_printed_with_what_it_binds(tmp_path: Path) -> None:
    seen = Seen(paper(laid(tmp_path, BUDGET)))
    assert "Haushalt 2027: Haushaltssicherung" in seen.lines
    assert "Freiwillige Maßnahmen mit Mitteln in diesem Jahr: M1 (60.000\xa0€)." in seen.lines


def test_the_summary_sets_goals_against_areas_and_names_what_is_empty(tmp_path: Path) -> None:
    case = laid(tmp_path, BUDGET)
    tables = Seen(paper(case, kind=Kind.SUMMARY)).tables
    money = tables["Aufwand aller Pläne je Jahr in Euro"]
    assert money[1] == ["2026", "60.000", "40.000", "20.000", "1,00\xa0%", "beschlossen"]
    assert money[-1][:4] == ["Summe", "240.000", "80.000", "160.000"]
    assert tables["Aufwand nach Aufgabenart und Gebiet in Euro, alle Jahre"][1] == ["freiwillig", "240.000", "240.000"]
    goals = tables["Bedarfe, Maßnahmen und Euro je Leitziel und Gebiet, alle Jahre"]
    assert goals[1][1] == "Bedarfe 1 Maßnahmen 1 240.000\xa0€"
    assert goals[-1] == ["Aufwand in Euro", "240.000", "240.000"]


def test_the_towns_summary_adds_up_to_the_cent_in_every_table() -> None:
    """Cost by year, by duty and by goal are three ways through the same budget lines."""
    tables = Seen(all_papers(TOWN, "de")["summary"]).tables
    total = tables["Aufwand aller Pläne je Jahr in Euro"][-1][1]
    assert tables["Aufwand nach Aufgabenart und Gebiet in Euro, alle Jahre"][-1][-1] == total
    assert tables["Bedarfe, Maßnahmen und Euro je Leitziel und Gebiet, alle Jahre"][-1][-1] == total
    assert ["Selbstständig älter werden", "weder Bedarf noch Maßnahme", "Nordhafen"] in tables[
        "Leere Felder: wo Bedarf oder Maßnahme fehlt"
    ]


@pytest.mark.parametrize("kind", list(Kind))
def test_trusted_templates_of_a_municipality_run_beside_ours(kind: Kind, tmp_path: Path) -> None:
    """Ours must hold in the sandbox too, which lets nothing be altered."""
    own = {"report-header.html.j2": "<p>Briefkopf</p>"}
    assert "Briefkopf" in Seen(paper(laid(tmp_path), kind=kind, overrides=own)).lines


def test_a_cooperation_sheet_names_all_who_take_part_in_a_goal(tmp_path: Path) -> None:
    more = """# plans/areas/hafen.yaml
measures:
  - id: hafen-m1
    title: Kita-Lotsen
    goals: [hafen-g1]
    commitment: intended
    budget_reservation: false
    responsible: amt-51
    executing: [amt-51, hafentreff-ev]
    partners: [rat]
    assignments: [{holder: fraktionen, part: informed}]
"""
    seen = Seen(paper(laid(tmp_path, more), kind=Kind.COOPERATION))
    (rows,) = (rows[1:] for caption, rows in seen.tables.items() if caption.startswith("Wer was beiträgt"))
    assert [[cell.replace(" ,", ",") for cell in row] for row in rows] == [
        ["Amt\xa051", "VD Kita-Lotsen", "Dienstanweisung", "Jugendhilfeausschuss, Steuerungsgruppe, Hafenkonferenz"],
        ["Hafentreff e. V.", "D Kita-Lotsen", "Zuwendungsvertrag Hafentreff", "Jugendhilfeausschuss, Hafenkonferenz"],
        ["Rat", "M Kita-Lotsen", "Einsetzungsbeschluss", "–"],
        ["Fraktionen und Gruppen", "I Kita-Lotsen", "kein Vertrag", "Jugendhilfeausschuss"],
    ]
    assert "Ohne Vertrag nicht gesichert: Fraktionen und Gruppen." in seen.lines


def test_english_papers_hold_no_german_of_ours() -> None:
    for name, document in all_papers(KREIS, "en").items():
        seen = Seen(document)
        said = " ".join((*seen.lines, *seen.notes)).replace("Ausschuss für Soziales", "")
        assert GERMAN.findall(said) == [], name
