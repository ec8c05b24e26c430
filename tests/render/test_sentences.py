"""Changes between two plans in words: the cases that a pull request rarely shows, and both languages."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from sozplan.analysis.changes import changes, observed
from sozplan.diagnostics import Lang
from sozplan.render.findings import one_line
from sozplan.render.phrases import differing
from sozplan.render.sentences import Sentences
from sozplan.repo import Loaded, WorkTree, load
from tests.rules.harness import base

AREA = "plans/areas/hafen.yaml"
ORGANISATION = "plans/organisation/organisation.yaml"
Edits = Mapping[str, tuple[tuple[str, str], ...]]
Told = Callable[..., list[str]]


def loaded(root: Path, files: Mapping[str, str]) -> Loaded:
    for path, content in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(content, encoding="utf-8")
    return load(WorkTree(root))


def edited(edits: Edits) -> dict[str, str]:
    files = base()
    for path, pairs in edits.items():
        for old, new in pairs:
            assert old in files[path], old
            files[path] = files[path].replace(old, new, 1)
    return files


@pytest.fixture
def told(tmp_path: Path) -> Told:
    def tell(edits: Edits, lang: Lang = "de") -> list[str]:
        old, new = loaded(tmp_path / "old", base()).plan, loaded(tmp_path / "new", edited(edits)).plan
        sentences = Sentences(old, new, lang)
        return [one_line(sentences.sentence(change)) for change in changes(old, new)]

    return tell


CASES: list[tuple[Edits, str, str]] = [
    (
        {AREA: (("year: 2029", "year: 2030"),)},
        "Maßnahme „Kita-Lotsen im Hafentreff“ (hafen-m1): Mittel 2030 neu: Produkt „06.02.01“, Kostenstelle "
        "„5101“, Ansatz 60.000 €, Mittelfristige Finanzplanung ja, Finanzierung Eigenmittel 60.000 €",
        "Measure “Kita-Lotsen im Hafentreff” (hafen-m1): Budget 2030 new: Product “06.02.01”, Cost centre "
        "“5101”, Planned €60,000, Medium-term plan yes, Financing own funds €60,000",
    ),
    (
        {AREA: (("financing: {own: 20000, land-kita: 40000}", "financing: {own: 60000}"),)},
        "Maßnahme „Kita-Lotsen im Hafentreff“ (hafen-m1): Mittel 2026, Finanzierung Landesprogramm Kita-Zugang "
        "entfällt (bisher 40.000 €)",
        "Measure “Kita-Lotsen im Hafentreff” (hafen-m1): Budget 2026, Financing Landesprogramm Kita-Zugang dropped "
        "(was €40,000)",
    ),
    (
        {AREA: (("kind: change\n", "kind: gap\n"),)},
        "Zielwert „Kita-Quote“ (hafen-g1-t1): Art von Veränderung auf Abstand zum Stadtwert geändert",
        "Target “Kita-Quote” (hafen-g1-t1): Kind changed from change to gap",
    ),
    (
        {AREA: (("due: 2026-03-31, done: 2026-03-15", "due: 2026-04-30, done: 2026-03-15"),)},
        "Meilenstein „Lotsen eingestellt“ (hafen-m1-ms1): Termin von 31.03.2026 auf 30.04.2026 geändert",
        "Milestone “Lotsen eingestellt” (hafen-m1-ms1): Due changed from 31 Mar 2026 to 30 Apr 2026",
    ),
    (
        {"handbook/processes/gebietsplan.yaml": (("name: Plan entwerfen", "name: Plan schreiben"),)},
        "Prozess „Sozialraumgebietsplan aufstellen“ (prozess-gebietsplan): Schritte entwurf, Bezeichnung neu gefasst: "
        "bisher „Plan entwerfen“, jetzt „Plan schreiben“",
        "Process “Sozialraumgebietsplan aufstellen” (prozess-gebietsplan): Steps entwurf, Name reworded: was “Plan "
        "entwerfen”, now “Plan schreiben”",
    ),
    (
        {"plans/retired.yaml": (("reason: Vor dem Beschluss verworfen", "reason: Zusammengelegt"),)},
        "Stillgelegte Kennungen: Stillgelegt hafen-m0, Grund neu gefasst: bisher „Vor dem Beschluss verworfen“, jetzt "
        "„Zusammengelegt“",
        "Retired ids: Retired hafen-m0, Reason reworded: was “Vor dem Beschluss verworfen”, now “Zusammengelegt”",
    ),
    (
        {"plans/calendar.yaml": (("{year: 2027, state: draft}", "{year: 2027, state: adopted}"),)},
        "Kalender: Haushaltsjahre 2027, Stand von Entwurf auf beschlossen geändert",
        "Calendar: Budget years 2027, State changed from draft to adopted",
    ),
    (
        {ORGANISATION: (("{subject: gebietsbericht, holder: amt-51, part: executing}",
                         "{subject: gebietsbericht, holder: amt-51, part: informed}"),)},
        "Organisation: Zuständigkeiten Zwischenbericht zum Sozialraumgebietsplan Amt 51, Rolle von D – durchführend "
        "auf I – informiert geändert",
        "Organisation: Assignments Zwischenbericht zum Sozialraumgebietsplan Amt 51, Part changed from D – executing "
        "to I – informed",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("edits", "de", "en"), CASES, ids=[case[1][:60] for case in CASES])
def test_in_both_languages(told: Told, edits: Edits, de: str, en: str) -> None:
    assert de in told(edits)
    assert en in told(edits, "en")


def test_order_of_chapters(told: Told) -> None:
    first = "  - {id: kapitel-grundsaetze, title: Grundsätze, file: handbook/chapters/grundsaetze.md}\n"
    second = "  - {id: kapitel-berichte, title: Berichtswesen, parts: [rules]}\n"
    assert told({"handbook/handbook.yaml": ((first + second, second + first),)}) == [
        "„Handbuch Sozialplanung“ (handbuch): Kapitel: Reihenfolge geändert"
    ]


def test_a_measure_in_another_plan(tmp_path: Path) -> None:
    """It keeps its id, so it is the same one; only where it belongs is another."""
    files = base()
    start, end = files[AREA].index("measures:\n"), files[AREA].index("participation:\n")
    other = files[AREA][: files[AREA].index("needs:\n")].replace("hafen-2026", "kai-2026")
    other = other.replace("Gebietsplan Hafen", "Gebietsplan Kai").replace("gebietsplan Hafen", "gebietsplan Kai")
    moved = {**files, AREA: files[AREA][:start] + files[AREA][end:]}
    moved["plans/areas/kai.yaml"] = other + files[AREA][start:end]
    old, new = loaded(tmp_path / "old", files).plan, loaded(tmp_path / "new", moved).plan
    sentences = Sentences(old, new, "de")
    said = [sentences.sentence(change) for change in changes(old, new)]
    assert sorted(said) == [
        "Maßnahme „Kita-Lotsen im Hafentreff“ (hafen-m1): gehört jetzt zu Sozialraumgebietsplan Kai 2026–2029 statt "
        "zu Sozialraumgebietsplan Hafen 2026–2029",
        "Neu: „Sozialraumgebietsplan Kai 2026–2029“ (kai-2026)",
    ]


def test_of_an_unread_file_nothing_is_claimed(tmp_path: Path) -> None:
    files = base()
    broken = {**files, AREA: files[AREA].replace("area: hafen", "area: [hafen")}
    old, new = loaded(tmp_path / "old", files).plan, loaded(tmp_path / "new", broken).plan
    assert changes(old, new, {AREA}) == changes(new, old, {AREA}) == ()


def test_a_later_vintage_is_a_revision(tmp_path: Path) -> None:
    path = "indicators/data/kennzahlen.csv"
    row = "kita-quote;01;2025;1696;2000;84,8;;final;2026-06-30\n"
    later = {path: ((row, f"{row}kita-quote;01;2025;1700;2000;85,0;;revised;2026-09-30\n"),)}
    old, new = loaded(tmp_path / "old", base()).figures, loaded(tmp_path / "new", edited(later)).figures
    assert [(o.indicator, o.added, o.revised, o.removed) for o in observed(old, new)] == [("kita-quote", 0, 1, 0)]


@pytest.mark.parametrize(
    ("old", "new", "want"),
    [
        ("kurz", "anders", ("kurz", "anders")),
        (
            f"{'a ' * 90}eins zwei drei vier {'z ' * 90}",
            f"{'a ' * 90}eins ZWEI drei vier {'z ' * 90}",
            ("… a a a a eins zwei drei vier z z z …", "… a a a a eins ZWEI drei vier z z z …"),
        ),
        (f"{'a ' * 90}", f"{'a ' * 91}", ("… a a a a a", "… a a a a a a")),
    ],
)
def test_long_texts_are_cut_to_what_differs(old: str, new: str, want: tuple[str, str]) -> None:
    assert differing(old, new) == want
