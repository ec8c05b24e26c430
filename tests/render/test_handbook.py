from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256
from html import unescape
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from sozplan.analysis.disclosure import Audience
from sozplan.render import handbook
from sozplan.render.handbook import Medium, NoHandbook
from sozplan.render.views.rulebook import PARTS
from tests.render.documents import STAMP, Seen, laid, manual, pages, printed

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
      [validity, scope, goals, territory, organisation, process-map, processes, vdmi, calendar, indicators, disclosure,
       reporting, duties, cooperation, funding, forms, terms, final, changes, charters, legal, index]
# handbook/chapters/grundsaetze.md
# Grundsätze

Der [[rat]] folgt [[regel-bericht]] aus [[kapitel-berichte]] für [[familien]]; [[niemand]] ist unbekannt.

## Wozu

Es dient [[gute-bildung]].
"""


def test_what_puts_the_manual_into_force_is_said_word_by_word(tmp_path: Path) -> None:
    order = """# plans/resolutions/beschluesse.yaml
resolutions:
  - id: v-2026-03
    kind: order
    body: hvb
    date: 2026-02-02
    title: Handbuch
    wording: "1. Das Handbuch gilt ab dem 1. März 2026. 2. Es bindet alle Ämter."
    conditions: [Nach einem Jahr wird berichtet.]
  - {id: b-2024-031, body: rat, date: 2024-09-19, title: Grundsatzbeschluss, wording: Der Rat setzt Ziele.}
"""
    founded = "# handbook/handbook.yaml\nfoundation: b-2024-031\n"
    lines = Seen(manual(laid(tmp_path, WHOLE + order + founded))).lines
    at = lines.index("Fassung 1.0, in Kraft ab 01.03.2026.")
    assert [line for line in lines[at:] if line][:9] == [
        "Fassung 1.0, in Kraft ab 01.03.2026.",
        "Verfügung vom 02.02.2026 (Oberbürgermeisteramt): Handbuch",
        "Das Handbuch gilt ab dem 1. März 2026.",
        "Es bindet alle Ämter.",
        "Maßgaben:",
        "Nach einem Jahr wird berichtet.",
        "Grundsatzbeschluss: Beschluss vom 19.09.2024 (Rat). Diese Fassung berührt ihn nicht.",
        "Ort, Datum",
        "Oberbürgermeisteramt",
    ]


def test_a_register_names_the_rules_of_each_office(tmp_path: Path) -> None:
    more = """# handbook/rules/weitere.yaml
rules:
  - {id: r-kann, chapter: kapitel-berichte, force: may, addressees: [rat, amt-51], statement: S., route: statute}
"""
    tables = Seen(manual(laid(tmp_path, WHOLE + more))).tables
    assert tables["Die Regeln jeder Stelle nach ihren Nummern"][1:] == [
        ["Amt für Kinder und Jugend", "2.1", "–", "2.2"],
        ["Rat", "–", "–", "2.2"],
    ]
    assert tables["Wodurch die Regeln wen binden"][1:] == [
        ["Dienstanweisung", "Amt\xa051", "1"],
        ["Satzung oder Gesetz", "Amt\xa051 , Rat", "1"],
    ]


def test_a_rule_that_was_replaced_or_ended_is_no_rule_any_more(tmp_path: Path) -> None:
    rules = """# handbook/rules/weitere.yaml
rules:
  - {id: r-alt, chapter: kapitel-berichte, force: must, addressees: [rat], statement: Alt., status: ended}
  - {id: r-neu, chapter: kapitel-berichte, force: must, addressees: [rat], statement: Neu., supersedes: regel-bericht}
  - {id: r-entwurf, chapter: kapitel-berichte, force: must, addressees: [rat], statement: Bald., supersedes: r-neu,
     status: draft}
"""
    seen = Seen(manual(laid(tmp_path, WHOLE + rules)))
    assert [line for line in seen.lines if line.startswith("2.")][:2] == ["2.1 muss Neu.", "2.2 muss Bald."]
    former = "Die Ämter liefern ihre Zwischenberichte binnen 20 Werktagen nach dem Stichtag."
    assert seen.tables["Ersetzte Regeln"][1] == [former, "Regel\xa02.1", "–", "–"]


def test_the_index_leads_to_what_is_explained_and_to_where_it_is_spoken_of(tmp_path: Path) -> None:
    spoken = """# handbook/handbook.yaml
keywords: [Übergänge]
# handbook/chapters/grundsaetze.md
# Grundsätze

Der [[rat]] plant für ein Sozialraumgebiet.

## Später

Die Übergänge brauchen Zeit.
"""
    case = laid(tmp_path, WHOLE + spoken)
    html = handbook.manual(case, lang="de", audience=Audience.PUBLIC, stamp=STAMP, medium=Medium.SCREEN).text
    index = html[html.index('class="index"') :]
    entries = {
        re.sub(r"<.*", "", entry).strip(): re.findall(r'index-place( index-main)?" href="#([^"]*)"', entry)
        for entry in re.findall(r"<li>(.*?)</li>", index, re.DOTALL)
    }
    assert entries["Rat"] == [("", "e-kapitel-grundsaetze"), (" index-main", "e-rat")]
    assert entries["Sozialraumgebiet"] == [
        ("", "e-kapitel-grundsaetze"),
        (" index-main", "e-begriff-sozialraumgebiet"),
    ]
    assert entries["Übergänge"] == [("", "t-kapitel-grundsaetze-1")]
    letters = re.findall(r'index-letter">(.*?)<', index)
    assert letters == sorted(letters)


@pytest.mark.parametrize("lang", ["de", "en"])
def test_every_part_of_the_data_has_its_place(lang: Lang, tmp_path: Path) -> None:
    lines = Seen(manual(laid(tmp_path, WHOLE), lang)).lines
    titles = [title.say(lang) for part, title in PARTS.items() if part != "bodies"]
    assert [title for title in titles if title not in lines] == []


def test_chapters_are_numbered_in_their_order_and_listed_in_the_contents(tmp_path: Path) -> None:
    seen = Seen(manual(laid(tmp_path, WHOLE)))
    contents = seen.lines[seen.lines.index("Inhalt") :]
    expected = ["1 Grundsätze", "Wozu", "2 Berichtswesen", "Wer welche Regeln beachtet",
                "3 Unsere Gremien", "Rat", "Jugendhilfeausschuss"]  # fmt: skip
    assert [line for line in contents if line][1 : len(expected) + 1] == expected
    assert [line for line in seen.lines if line.startswith(("1 ", "2 ", "3 ", "4 "))][4:8] == [
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


def test_responsibilities_are_a_matrix_of_products_measures_and_steps(tmp_path: Path) -> None:
    tables = Seen(manual(laid(tmp_path, WHOLE))).tables
    assert tables["Zuständigkeiten für die Produkte der Planung"] == [
        ["Produkt", "Amt\xa051", "Sozialplanung"],
        ["Zwischenbericht zum Sozialraumgebietsplan", "D", "V"],
    ]
    assert tables["Zuständigkeiten für die Maßnahmen: Sozialraumgebietsplan Hafen 2026–2029"] == [
        ["Maßnahme", "Amt\xa051", "Hafentreff e. V."],
        ["Kita-Lotsen im Hafentreff", "V", "D"],
    ]
    assert tables["Zuständigkeiten für die Schritte: P1 Sozialraumgebietsplan aufstellen"] == [
        ["Schritt", "Amt\xa051", "Sozialplanung", "Rat", "Hafenkonferenz"],
        ["Plan entwerfen", "M", "VD", "", "M"],
        ["Plan beschließen", "", "", "VD", ""],
        ["Maßnahmen umsetzen und berichten", "VD", "", "I", ""],
    ]


def joined(rows: list[list[str]]) -> list[list[str]]:
    """Cells without the gaps that links leave."""
    return [[re.sub(r"(?<=\() | (?=[,)·])", "", cell).replace("·", " ·") for cell in row] for row in rows]


def test_a_body_has_its_charter(tmp_path: Path) -> None:
    facts = [tuple(row) for row in joined(Seen(manual(laid(tmp_path, WHOLE))).tables[""])]
    for fact in (
        ("Art", "beratend"),
        ("Handlungsfelder und Gebiete", "Bildung und Betreuung"),
        ("Leitung", "Vorsitz Fraktionen und Gruppen · Geschäftsführung Amt\xa051"),
        ("Mitglieder und Stimmen",
         "Fraktionen und Gruppen (9 Stimmen), Hafentreff e. V. (6 Stimmen), Amt\xa051 (beratend)"),
        ("Beschlüsse", "beschlussfähig ab 8 von 15 Stimmen · Mehrheit der abgegebenen Stimmen"),
        ("Sitzungen und Fristen",
         "alle 3 Monate · öffentlich · Einladung 10 Tage vorher · Niederschrift spätestens 21 Tage danach"),
        ("Bericht und Streit", "berichtet an Rat · im Streit entscheidet Rat"),
        ("Befangenheit", "Wer befangen ist, stimmt nicht mit."),
                ("Nächste Sitzungen", "19.11.2026"),
    ):  # fmt: skip
        assert fact in facts
    assert any(name == "Eingesetzt durch" and value.startswith("Beschluss") for name, value in facts)


def test_what_a_charter_lacks_is_named(tmp_path: Path) -> None:
    bare = """# plans/organisation/weitere.yaml
bodies:
  - {id: runde, name: Präventionsrunde, kind: coordinating, mandate: {statement: Stimmt ab.}, escalates_to: rat}
"""
    facts = Seen(manual(laid(tmp_path, WHOLE + bare))).tables[""]
    assert ["Noch nicht geregelt",
            "Vorsitz, Geschäftsführung, Mitglieder, Beschlussfähig ab, Mehrheit, Rhythmus, Einladungsfrist, "
            "Niederschrift, Öffentlich, Berichtet an, Befangenheit, Einsetzungsbeschluss"] in facts  # fmt: skip


def test_the_register_says_office_by_office_what_is_owed(tmp_path: Path) -> None:
    lines = [line for line in Seen(manual(laid(tmp_path, WHOLE + CONTRACT))).lines if line]
    start = lines.index("Amt für Kinder und Jugend", lines.index("Rechte und Pflichten", lines.index("Berechnung")))
    assert lines[start : start + 7] == [
        "Amt für Kinder und Jugend",
        "Was habe ich zu tun",
        "Auszahlung in zwei Raten (Zahlung)",
        "Gegenüber: Hafentreff e. V. · Auslöser: Beginn des Halbjahres · Frist: T\xa0+\xa010\xa0Werktage · "
        "Grundlage: Zuwendungsvertrag, Nummer 3 · Bindungsweg: Vertrag (Zuwendungsvertrag Hafentreff)",
        "Wer schuldet mir was",
        "Hafentreff e. V.: Sachbericht (T\xa0+\xa090\xa0Tage)",
        "Bindende Regeln: 2.1",
    ]


CONTRACT = """# plans/organisation/weitere.yaml
duties:
  - id: recht-zahlung
    title: Auszahlung in zwei Raten
    kind: payment
    holder: hafentreff-ev
    counterparty: amt-51
    trigger: Beginn des Halbjahres
    deadline: {days: 10}
    basis: Zuwendungsvertrag, Nummer 3
    route: contract
    contract: vertrag-hafentreff
  - id: pflicht-bericht
    title: Sachbericht
    kind: report
    holder: amt-51
    counterparty: hafentreff-ev
    trigger: Ende des Jahres
    deadline: {days: 90, working_days: false}
    basis: Zuwendungsvertrag, Nummer 6
    route: contract
    contract: vertrag-hafentreff
"""


def test_a_contract_says_what_both_sides_owe(tmp_path: Path) -> None:
    rows = Seen(manual(laid(tmp_path, WHOLE + CONTRACT))).tables["Verträge und was sie beiden Seiten auferlegen"]
    assert rows[1] == [
        "Zuwendungsvertrag Hafentreff Zuwendungsvertrag, Amt\xa051, Hafentreff e. V.; 01.01.2026–31.12.2029",
        "60.000\xa0€ im Jahr Auszahlung in zwei Raten (Zahlung, T\xa0+\xa010\xa0Werktage)",
        "Familien im Hafen kennen die Anmeldewege. Sachbericht (Bericht, T\xa0+\xa090\xa0Tage) "
        "Verwendungsnachweis bis 31.03.2027",
    ]


def test_the_calendar_sets_the_cycle_against_budget_and_sessions(tmp_path: Path) -> None:
    budget = """# plans/calendar.yaml
appointments:
  - {id: termin-entwurf, title: Entwurf des Haushalts, kind: budget, date: 2026-09-20, end: 2026-10-05, who: hvb}
  - {id: termin-rat-dezember, title: Ratssitzung, kind: session, date: 2026-12-10, body: rat}
  - {id: termin-bericht, title: Zwischenbericht zum 31. Dezember, kind: reporting, date: 2026-12-31, who: sozialplanung}
"""
    tables = Seen(manual(laid(tmp_path, WHOLE + budget))).tables
    assert joined(tables["Der Kreislauf gegen Haushalt und Sitzungen ab dem 01.10.2026"]) == [
        ["Monat", "Planung, Daten und Berichte", "Haushalt", "Sitzungen"],
        ["Oktober\xa02026", "–", "20.09.2026–05.10.2026 Entwurf des Haushalts (Oberbürgermeisteramt)", "–"],
        ["November\xa02026", "–", "–", "19. Jugendhilfeausschuss"],
        ["Dezember\xa02026", "31.12.2026 Zwischenbericht zum 31. Dezember (Sozialplanung)", "–", "10. Rat"],
    ]


def test_who_works_together_on_a_goal_stands_in_the_manual_too(tmp_path: Path) -> None:
    seen = Seen(manual(laid(tmp_path, WHOLE)))
    (caption,) = [caption for caption in seen.tables if caption.startswith("Wer was beiträgt")]
    assert joined(seen.tables[caption][1:]) == [
        ["Amt\xa051", "V Kita-Lotsen im Hafentreff", "Dienstanweisung",
         "Jugendhilfeausschuss, Steuerungsgruppe, Hafenkonferenz"],
        ["Hafentreff e. V.", "D Kita-Lotsen im Hafentreff", "Zuwendungsvertrag Hafentreff",
         "Jugendhilfeausschuss, Hafenkonferenz"],
    ]  # fmt: skip


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


def test_the_page_for_the_browser_has_a_search_and_forbids_everything_else(tmp_path: Path) -> None:
    case = laid(tmp_path, WHOLE)
    page = handbook.manual(case, lang="de", audience=Audience.PUBLIC, stamp=STAMP, medium=Medium.SCREEN).text
    (code,) = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    digest = b64encode(sha256(code.encode()).digest()).decode()
    (policy,) = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page)
    assert unescape(policy) == (
        f"default-src 'none'; script-src 'sha256-{digest}'; style-src 'unsafe-inline'; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )
    assert "innerHTML" not in code
    assert 'role="search" hidden' in page
    assert "<script" not in manual(case).text
