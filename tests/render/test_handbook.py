from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from sozplan.analysis.disclosure import Audience
from sozplan.render.handbook import NoHandbook
from sozplan.render.views.rulebook import PARTS
from tests.render.documents import Seen, laid, manual, pages, printed

if TYPE_CHECKING:
    from sozplan.diagnostics import Lang
    from tests.render.conftest import VeraPdf

WHOLE = """# handbook/handbook.yaml
subtitle: Wer was bis wann tut
forms: [Formblatt Zwischenbericht]
legal: ["Gemeindeordnung, Fassung vom 1. Januar 2025"]
chapters:
  - {id: kapitel-grundsaetze, title: Grundsätze, file: handbook/chapters/grundsaetze.md}
  - {id: kapitel-berichte, title: Berichtswesen, parts: [rules]}
  - {id: kapitel-gremien, title: Unsere Gremien, parts: [bodies]}
  - id: kapitel-alles
    title: Aus den Daten
    parts:
      [goals, territory, organisation, process-map, processes, vdmi, calendar, indicators, duties, funding, forms,
       terms, changes, legal]
# handbook/chapters/grundsaetze.md
# Grundsätze

Der [[rat]] folgt [[regel-bericht]] aus [[kapitel-berichte]] für [[familien]]; [[niemand]] ist unbekannt.

## Wozu

Es dient [[gute-bildung]].
"""


@pytest.mark.parametrize("lang", ["de", "en"])
def test_every_part_of_the_data_has_its_place(lang: Lang, tmp_path: Path) -> None:
    lines = Seen(manual(laid(tmp_path, WHOLE), lang)).lines
    titles = [title.say(lang) for part, title in PARTS.items() if part != "bodies"]
    assert [title for title in titles if title not in lines] == []


def test_chapters_are_numbered_in_their_order_and_listed_in_the_contents(tmp_path: Path) -> None:
    seen = Seen(manual(laid(tmp_path, WHOLE)))
    contents = seen.lines[seen.lines.index("Inhalt") :]
    expected = ["1\u00a0\u00a0Grundsätze", "Wozu", "2\u00a0\u00a0Berichtswesen", "Verzeichnis der Regeln",
                "3\u00a0\u00a0Unsere Gremien", "Rat", "Jugendhilfeausschuss"]  # fmt: skip
    assert [line for line in contents if line][1 : len(expected) + 1] == expected
    assert [line for line in seen.lines if line.startswith(("1 ", "2 ", "3 ", "4 "))][:4] == [
        "1 Grundsätze", "2 Berichtswesen", "3 Unsere Gremien", "4 Aus den Daten",
    ]  # fmt: skip


def test_references_become_names_that_lead_to_their_place(tmp_path: Path) -> None:
    html = manual(laid(tmp_path, WHOLE)).text
    assert '<a href="#e-rat">Rat</a> folgt <a href="#e-regel-bericht">Regel 2.1</a>' in html
    assert '<a href="#e-kapitel-berichte">Kapitel 2 (Berichtswesen)</a>' in html
    assert "für Familien mit kleinen Kindern; [[niemand]] ist unbekannt." in html


@pytest.mark.parametrize("lang", ["de", "en"])
def test_every_link_has_its_target_and_every_id_is_there_once(lang: Lang, tmp_path: Path) -> None:
    seen = Seen(manual(laid(tmp_path, WHOLE), lang))
    assert sorted(set(seen.ids)) == sorted(seen.ids)
    assert {link for link in seen.links if link.startswith("#")} <= {f"#{id}" for id in seen.ids}


@pytest.mark.parametrize("lang", ["de", "en"])
def test_headings_never_skip_a_level_and_there_is_one_title(lang: Lang, tmp_path: Path) -> None:
    levels = Seen(manual(laid(tmp_path, WHOLE), lang)).headings
    assert levels.count(1) == 1
    assert all(deeper - level <= 1 for level, deeper in pairwise(levels))


def test_the_title_page_says_what_is_in_force(tmp_path: Path) -> None:
    seen = Seen(manual(laid(tmp_path, WHOLE)))
    cover = seen.lines[: seen.lines.index("Inhalt")]
    for line in ("Handbuch Sozialplanung", "Wer was bis wann tut", "01.03.2026", "Oberbürgermeisteramt",
                 "Verfügung vom 02.02.2026 (Oberbürgermeisteramt)", "01.03.2028"):  # fmt: skip
        assert line in cover


def test_a_manual_that_is_not_in_force_yet_is_marked(tmp_path: Path) -> None:
    draft = laid(tmp_path, "# handbook/handbook.yaml\nstatus: draft\n", without="effective:")
    document = manual(draft)
    assert 'class="draft"' in document.text
    assert "noch nicht festgelegt" in Seen(document).lines


def test_a_rule_is_printed_like_a_service_order(tmp_path: Path) -> None:
    lines = Seen(manual(laid(tmp_path))).lines
    place = lines.index("2.1 muss Die Ämter liefern ihre Zwischenberichte binnen 20 Werktagen nach dem Stichtag.")
    assert lines[place + 1] == (
        "Für: Amt\xa051 · Frist: T\xa0+\xa020\xa0Werktage (T: Berichtsstichtag) · Verantwortlich: Sozialplanung · "
        "Grundlage: Verfügung vom 2. Februar 2026 · Bindungsweg: Dienstanweisung · in Kraft ab 01.03.2026"
    )


def test_a_process_stands_as_numbered_steps_with_every_way_on(tmp_path: Path) -> None:
    rows = Seen(manual(laid(tmp_path, WHOLE))).tables["Schritte: Sozialraumgebietsplan aufstellen"]
    assert rows[1:4] == [
        ["1", "Gebiet ist festgelegt (Ereignis)", "–", "–", "–", "2"],
        ["2", "Plan entwerfen", "V Sozialplanung D Sozialplanung M Hafenkonferenz, Amt\xa051", "→ Planentwurf",
         "T\xa0+\xa0120\xa0Werktage T: Festlegung", "3"],
        ["3", "Plan beschließen (Entscheidung) Gremium: Rat", "V Rat D Rat", "Planentwurf → Beschlossener Plan",
         "T\xa0+\xa0180\xa0Werktage T: Festlegung", "ja: 4 nein: 2"],
    ]  # fmt: skip
    assert rows[5][-1] == "Ende"


def test_the_process_as_it_ran_stands_beside_the_one_that_replaces_it(tmp_path: Path) -> None:
    before = """# handbook/processes/gebietsplan.yaml
replaces: ist
changes: [{who: amt-51, statement: Schreibt nicht mehr allein.}]
# handbook/processes/ist.yaml
id: ist
name: Fachplan schreiben
kind: core
state: current
steps: [{step: a, name: Plan schreiben, next: [fehlt]}]
"""
    seen = Seen(manual(laid(tmp_path, WHOLE + before)))
    assert "Wie es bisher lief: Fachplan schreiben" in seen.lines
    assert seen.tables["Bisherige Schritte: Fachplan schreiben"][1] == ["1", "Plan schreiben", "–", "–", "–", "fehlt"]
    assert seen.tables["Was sich gegenüber bisher ändert"][1] == ["Amt\xa051", "Schreibt nicht mehr allein."]


def test_responsibilities_stand_by_product_and_as_a_matrix(tmp_path: Path) -> None:
    tables = Seen(manual(laid(tmp_path, WHOLE))).tables
    assert tables["Zuständigkeiten für die Produkte der Planung"][1] == [
        "1", "Zwischenbericht zum Sozialraumgebietsplan", "Sozialplanung", "Amt\xa051", "–", "–",
    ]  # fmt: skip
    assert tables["Wer welche Rolle hat (Nummern der Produkte wie oben)"][1:] == [
        ["Amt\xa051", "D"],
        ["Sozialplanung", "V"],
    ]
    assert tables["P1 Sozialraumgebietsplan aufstellen"][1] == [
        "2 Plan entwerfen", "Sozialplanung", "Sozialplanung", "Hafenkonferenz, Amt\xa051", "–",
    ]  # fmt: skip


def test_a_body_has_its_charter(tmp_path: Path) -> None:
    seen = Seen(manual(laid(tmp_path, WHOLE)))
    start = len(seen.lines) - 1 - seen.lines[::-1].index("Jugendhilfeausschuss")
    charter = seen.lines[seen.lines.index("Berät den Rat in der Jugendhilfe.") :]
    assert start
    for line in ("beratend", "ab 8 von 15 Stimmen", "alle 3 Monate", "10 Tage vorher", "spätestens 21 Tage danach",
                 "Fraktionen und Gruppen (9 Stimmen), Hafentreff e. V. (6 Stimmen), Amt\xa051 (beratend)",
                 "Wer befangen ist, stimmt nicht mit.", "19.11.2026"):  # fmt: skip
        assert line in charter


def test_the_calendar_names_what_lies_ahead(tmp_path: Path) -> None:
    tables = Seen(manual(laid(tmp_path, WHOLE))).tables
    assert tables["Sitzungen ab dem 01.10.2026"][1:] == [
        ["Rat", "10.12.2026"],
        ["Jugendhilfeausschuss", "19.11.2026"],
    ]
    assert tables["Weitere Termine ab dem 01.10.2026"][1:] == [
        ["31.12.2026", "Zwischenbericht zum 31. Dezember", "Berichtstermin", "Sozialplanung"],
    ]


CLOSED = """# plans/resolutions/beschluesse.yaml
resolutions:
  - {id: b-2024-030, number: V-9, body: rat, date: 2024-09-19, public: false, title: T, wording: W}
  - {id: v-2026-03, kind: order, body: hvb, date: 2026-02-02, public: false, title: T, wording: W}
"""


def test_closed_sessions_are_not_cited_to_the_public_but_an_order_is(tmp_path: Path) -> None:
    case = laid(tmp_path, WHOLE + CLOSED)
    public, internal = (Seen(manual(case, audience=audience)).text for audience in Audience)
    assert "V-9" not in public
    assert "nichtöffentlicher Beschluss" in public
    assert "Verfügung vom 02.02.2026 (Oberbürgermeisteramt)" in public
    assert "Beschluss V-9 vom 19.09.2024 (Rat)" in internal


HOSTILE = """# handbook/handbook.yaml
title: "<script>alert(1)</script> {{ 7*191 }}"
terms: [{id: begriff-a, term: "<b>A</b>", definition: "{{ 7*191 }} {% raw %}"}]
chapters: [{id: kapitel-a, title: "</h2>A", file: handbook/chapters/grundsaetze.md, parts: [terms]}]
# handbook/chapters/grundsaetze.md
<script>alert(2)</script> {{ 7*191 }} [x](javascript:alert(3)) ![y](file:///etc/passwd)
# handbook/rules/berichte.yaml
rules: []
"""


def test_hostile_text_is_printed_as_it_was_typed(tmp_path: Path) -> None:
    document = manual(laid(tmp_path, HOSTILE))
    assert "<script" not in document.text
    assert "1337" not in document.text.partition("<body")[2]
    assert 'href="javascript' not in document.text
    assert "<img" not in document.text
    text = Seen(document).text
    for typed in (
        "<script>alert(1)</script> {{ 7*191 }}",
        "<script>alert(2)</script> {{ 7*191 }}",
        "<b>A</b>",
        "{% raw %}",
    ):
        assert typed in text


def test_without_a_handbook_there_is_none_to_print(tmp_path: Path) -> None:
    case = laid(tmp_path)
    bare = type(case)(
        type(case.plan)(case.plan.settings, {k: v for k, v in case.plan.roots.items() if "handbook.yaml" not in k}),
        case.figures,
        case.as_of,
    )
    with pytest.raises(NoHandbook, match=r"^Das Repository enthält kein Handbuch \(handbook/handbook\.yaml\)\.$"):
        manual(bare)


@pytest.mark.parametrize("lang", ["de", "en"])
def test_the_pdf_is_accessible_and_its_contents_name_pages(lang: Lang, tmp_path: Path, verapdf: VeraPdf) -> None:
    path = printed(manual(laid(tmp_path, WHOLE), lang), tmp_path / "a.pdf")
    shown = pages(path)
    listed = re.search(r"Unsere Gremien[ .]+(\d+)", shown[1])
    assert listed
    assert "Unsere Gremien" in shown[int(listed[1]) - 1]
    assert ("Stand 01.10.2026" if lang == "de" else "As of 1 Oct 2026") in shown[-1]
    assert "a1b2c3d4e5" in shown[-1]
    assert verapdf(path) == {}
