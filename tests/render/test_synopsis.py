"""Two versions of the handbook side by side, and the words that are marked in them."""

from __future__ import annotations

from pathlib import Path

import pytest

from sozplan.analysis.disclosure import Audience
from sozplan.diagnostics import Lang
from sozplan.model.case import Case
from sozplan.render.document import Html
from sozplan.render.synopsis import Former, NoFormerHandbook, comparison
from sozplan.render.wordmarks import marked
from tests.render.conftest import VeraPdf
from tests.render.documents import STAMP, Seen, laid, printed
from tests.rules.harness import AS_OF

OLD = """# handbook/handbook.yaml
terms:
  - {id: begriff-a, term: Ampel, definition: "Zeigt, ob etwas gelingt."}
  - {id: begriff-b, term: Beirat, definition: Berät.}
forms: [Formblatt A]
chapters:
  - {id: kapitel-grundsaetze, title: Grundsätze, file: handbook/chapters/grundsaetze.md}
  - {id: kapitel-berichte, title: Berichtswesen, parts: [rules]}
# handbook/chapters/grundsaetze.md
# Grundsätze

Wir planen gemeinsam, siehe [[r-drei]].

Das bleibt.

- Erstens
- Zweitens
# handbook/rules/berichte.yaml
rules:
  - {id: r-eins, chapter: kapitel-berichte, force: must, addressees: [amt-51], statement: Alle berichten., owner: rat}
  - {id: r-zwei, chapter: kapitel-berichte, force: must, addressees: [amt-51],
     statement: Es wird schriftlich berichtet., deadline: {days: 20, after: Stichtag}}
  - {id: r-drei, chapter: kapitel-berichte, force: may, addressees: [rat], statement: Der Rat fragt nach.}
"""
NEW = """# handbook/handbook.yaml
version: "1.1"
status: proposal
effective: 2027-01-01
changes:
  - {version: "1.0", date: 2026-03-01, statement: Erste Fassung, order: v-2026-03}
  - {version: "1.1", date: 2026-09-01, statement: Kürzere Frist}
terms:
  - {id: begriff-a, term: Ampel, definition: "Zeigt, ob etwas gelingt."}
forms: [Formblatt A, Formblatt B]
chapters:
  - {id: kapitel-grundsaetze, title: Grundsätze, file: handbook/chapters/grundsaetze.md}
  - {id: kapitel-berichte, title: Berichtswesen, parts: [rules]}
# handbook/chapters/grundsaetze.md
# Grundsätze

Wir planen gemeinsam, siehe [[r-drei]].

Das bleibt.

- Erstens
- Zweitens und drittens
# handbook/rules/berichte.yaml
rules:
  - {id: r-zwei, chapter: kapitel-berichte, force: must, addressees: [amt-51],
     statement: Es wird kurz berichtet., deadline: {days: 15, after: Stichtag}}
  - {id: r-vier, chapter: kapitel-berichte, force: should, addressees: [rat], statement: Der Rat fragt vorher nach.,
     supersedes: r-drei}
  - {id: r-neu, chapter: kapitel-berichte, force: should, addressees: [amt-51], statement: Es wird einfach gesagt.}
"""


def case(root: Path, excerpt: str) -> Case:
    return laid(root, excerpt)


def beside(tmp_path: Path, old: str, new: str, lang: Lang = "de") -> Html:
    former = Former(case(tmp_path / "old", old).plan, "v1")
    return comparison(case(tmp_path / "new", new).plan, former, AS_OF, lang=lang, audience=Audience.PUBLIC, stamp=STAMP)


def rows(document: Html) -> list[list[str]]:
    """Of all the tables of two sides, which have no caption."""
    return [row for row in Seen(document).tables[""] if len(row) == 3 and row[1] != "Bisherige Fassung"]


def test_rules_stand_beside_what_they_were(tmp_path: Path) -> None:
    assert rows(beside(tmp_path, OLD, NEW))[:5] == [
        ["Regel\xa02.1 entfällt", "muss: Alle berichten. Kapitel: Berichtswesen Adressaten: Amt\xa051 "
         "Verantwortlich: Rat", "–"],
        ["Regel\xa02.1 bisher: Regel\xa02.2 geändert", "muss: Es wird schriftlich berichtet.",
         "muss: Es wird kurz berichtet."],
        ["Frist", "T\xa0+\xa0 20 \xa0Werktage (T: Stichtag)", "T\xa0+\xa0 15 \xa0Werktage (T: Stichtag)"],
        ["Regel\xa02.2 bisher: Regel\xa02.3 geändert", "kann : Der Rat fragt nach.",
         "soll : Der Rat fragt vorher nach."],
        ["Regel\xa02.3 neu", "–", "soll: Es wird einfach gesagt. Kapitel: Berichtswesen Adressaten: Amt\xa051"],
    ]  # fmt: skip


def test_running_text_shows_what_changed_and_nothing_else(tmp_path: Path) -> None:
    """A rule that only got another number doesn't make its mention a change."""
    text = OLD.replace("- Zweitens", "- Zweitens und drittens").replace(
        "Das bleibt.", "Das bleibt.\n\n## Neu\n\nAuch das."
    )
    found = rows(beside(tmp_path, OLD, text))
    assert found == [
        ["Grundsätze geändert", "–", "Neu"],
        ["Neu", "–", "Auch das."],
        ["Neu", "Zweitens", "Zweitens und drittens"],
    ]


def test_the_sums_count_every_kind(tmp_path: Path) -> None:
    table = Seen(beside(tmp_path, OLD, NEW)).tables["Zahl der Einträge"]
    assert table[0] == ["Teil", "neu", "geändert", "entfällt", "unverändert"]
    assert [row for row in table[1:] if row[1:4] != ["0", "0", "0"]] == [
        ["Verbindliche Regeln", "1", "2", "1", "0"],
        ["Erläuternde Texte", "0", "1", "0", "0"],
        ["Begriffe", "0", "0", "1", "1"],
        ["Formulare und Rechtsquellen", "1", "0", "0", "1"],
    ]


def test_the_head_names_both_versions_and_the_occasion(tmp_path: Path) -> None:
    lines = Seen(beside(tmp_path, OLD, NEW)).lines
    for line in ("Fassung 1.0 (beschlossen), in Kraft ab 01.03.2026", "Fassung 1.1 (Vorlage), in Kraft ab 01.01.2027",
                 "Fassung 1.1 (01.09.2026): Kürzere Frist"):  # fmt: skip
        assert line in lines


def test_bodies_and_steps_say_what_is_otherwise(tmp_path: Path) -> None:
    process = """# handbook/processes/gebietsplan.yaml
steps:
  - {step: start, kind: event, name: Gebiet ist festgelegt, next: [entwurf]}
  - {step: entwurf, name: Plan entwerfen, accountable: sozialplanung, executing: [amt-51], outputs: [Planentwurf],
     deadline: {days: 90, after: Festlegung}, next: [start]}
"""
    found = {row[0]: row[1:] for row in rows(beside(tmp_path, "", process))}
    assert found["Sozialraumgebietsplan aufstellen geändert Schritt „Plan entwerfen“"] == [
        "V: Sozialplanung; D: Sozialplanung; M: Hafenkonferenz, Amt\xa051; Ergebnisse: Planentwurf; "
        "Frist: T\xa0+\xa0 120 \xa0Werktage (T: Festlegung); weiter: „ Plan beschließen “",
        "V: Sozialplanung; D: Amt\xa051; Ergebnisse: Planentwurf; Frist: T\xa0+\xa0 90 \xa0Werktage (T: Festlegung); "
        "weiter: „ Gebiet ist festgelegt “",
    ]


def test_two_versions_that_say_the_same(tmp_path: Path) -> None:
    assert "Beide Fassungen sagen dasselbe." in Seen(beside(tmp_path, OLD, OLD)).lines


def test_without_an_earlier_handbook_there_is_nothing_to_compare(tmp_path: Path) -> None:
    now = laid(tmp_path / "new")
    plan = type(now.plan)(now.plan.settings, {k: v for k, v in now.plan.roots.items() if "handbook.yaml" not in k})
    with pytest.raises(NoFormerHandbook, match=r"^Im Stand „v0“ gibt es noch kein Handbuch, mit dem"):
        comparison(now.plan, Former(plan, "v0"), AS_OF, lang="de", audience=Audience.PUBLIC, stamp=STAMP)


@pytest.mark.parametrize("lang", ["de", "en"])
def test_the_pdf_is_accessible(lang: Lang, tmp_path: Path, verapdf: VeraPdf) -> None:
    assert verapdf(printed(beside(tmp_path, OLD, NEW, lang), tmp_path / "a.pdf")) == {}


def test_hostile_words_stay_words(tmp_path: Path) -> None:
    evil = OLD.replace("Alle berichten.", '"<script>alert(1)</script> {{ 7*191 }}"')
    text = beside(tmp_path, OLD, evil).text
    assert "<script" not in text
    assert "&lt;script&gt;" in text
    assert "1337" not in text.partition("<body")[2]


@pytest.mark.parametrize(
    ("old", "new", "left", "right"),
    [
        ("Ein Satz.", "Ein Satz.", "Ein Satz.", "Ein Satz."),
        ("Frist: 20 Tage", "Frist: 15 Tage", "Frist: <del>20</del> Tage", "Frist: <ins>15</ins> Tage"),
        ("A b c d", "A x y d", "A <del>b c</del> d", "A <ins>x y</ins> d"),
        ("", "Neu <b>", "", "<ins>Neu &lt;b&gt;</ins>"),
        ("Ganz anders war es.", "Nun gilt dies", "<del>Ganz anders war es.</del>", "<ins>Nun gilt dies</ins>"),
    ],
)
def test_words_are_marked_where_they_differ(old: str, new: str, left: str, right: str) -> None:
    assert tuple(map(str, marked(old, new))) == (left, right)


def test_marks_never_change_a_word() -> None:
    old, new = "Die Ämter liefern  binnen 20 Tagen & mehr.", "Die Stellen liefern binnen\n15 Tagen und mehr!"
    for source, shown in zip((old, new), marked(old, new), strict=True):
        assert shown.striptags() == " ".join(source.split())
