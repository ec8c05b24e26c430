from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from sozplan.analysis.disclosure import Audience
from sozplan.render.html import TemplateRefused
from tests.render.documents import STAMP, Seen, laid, pages, paper, printed

if TYPE_CHECKING:
    from sozplan.diagnostics import Lang
    from tests.render.conftest import VeraPdf

SECTIONS = {
    "de": ("Beschlussvorschlag", "Kurzfassung", "Sachstand", "Ziele und Zielerreichung", "Finanzielle Auswirkungen",
           "Folgekosten und Folgefinanzierung", "Beteiligung", "Weiteres Vorgehen", "Mitzeichnung",
           "Anlage 1: Gebietsprofil", "Anlage 2: Handlungsbedarfe und ihre Belege", "Anlage 3: Ziele im Einzelnen",
           "Anlage 4: Maßnahmen im Einzelnen", "Anlage 5: Finanzen im Einzelnen", "Anlage 6: Beteiligung im Einzelnen",
           "Anlage 7: Quellen und Zahlen", "Quellen und Zeichen"),
    "en": ("Proposed resolution", "Summary", "Situation", "Goals and attainment", "Financial effects",
           "Follow-up costs and financing", "Participation", "Next steps", "Co-signing", "Annex 1: Profile of the area",
           "Annex 2: Needs and their evidence", "Annex 3: Goals in detail", "Annex 4: Measures in detail",
           "Annex 5: Finances in detail", "Annex 6: Participation in detail", "Annex 7: Sources and figures",
           "Sources and signs"),
}  # fmt: skip
HOSTILE = "<script>alert(1)</script> {{ 7*191 }} {% raw %} </style> &amp; <img src=x>"


@pytest.mark.parametrize("lang", ["de", "en"])
def test_the_paper_has_its_sections_in_order(lang: Lang, tmp_path: Path) -> None:
    lines = Seen(paper(laid(tmp_path), lang)).lines
    places = [lines.index(section) for section in SECTIONS[lang]]
    assert places == sorted(places)


def test_the_head_says_who_asks_what_of_whom(tmp_path: Path) -> None:
    seen = Seen(paper(laid(tmp_path)))
    assert "Beschlussvorlage V-2025-117 · öffentlich" in seen.lines
    assert seen.tables["Beratungsfolge"][1:] == [
        ["Jugendhilfeausschuss", "20.11.2025", "Vorberatung"],
        ["Rat", "11.12.2025", "Entscheidung"],
    ]
    assert (
        "Entschieden: Beschluss V-2025-117 vom 11.12.2025 (Rat), angenommen (33 Ja, 6 Nein, 2 Enthaltungen)."
        in seen.text
    )


def test_the_goal_stands_with_its_figures_and_light(tmp_path: Path) -> None:
    """Hafen is districts 01 and 02: 3776 of 4500 children in 2025; a quarter of the way from 82 to 90 is expected."""
    rows = Seen(paper(laid(tmp_path))).tables["Zielerreichung am 01.10.2026"]
    assert rows[1] == ["Z1 Neun von zehn Kindern im Hafen besuchen eine Kita. (Amt\xa051)"]
    assert rows[2] == [
        "Kita-Quote Veränderung", "82,0\xa0% 2024", "84,0\xa0%", "83,9\xa0% 2025", "90,0\xa0% 2028", "24\xa0%",
        "↑\xa085,7\xa0% 84,9 bis 88,3\xa0%", "im Plan",
    ]  # fmt: skip


def test_what_must_be_said_beside_a_light_is_a_footnote(tmp_path: Path) -> None:
    notes = Seen(paper(laid(tmp_path))).notes
    assert (
        "abhängig von der Methode: Das Wettersymbol der Deutschen Nachhaltigkeitsstrategie oder die "
        "Fortschrittsquote der Vereinten Nationen ergäbe eine andere Ampel" in notes
    )
    assert len(notes) == len(set(notes))


def test_the_summary_counts_lights_and_money(tmp_path: Path) -> None:
    seen = Seen(paper(laid(tmp_path)))
    text = seen.text
    assert "1 im Plan0 gefährdet0 nicht im Plan0 nicht bewertbar" in seen.lines
    assert "Zielwerte insgesamt: 1. Zielerreichung insgesamt 24\xa0%, bewertbar nach Gewicht 100\xa0%." in text
    assert (
        "Aufwand 2026–2029: 240.000\xa0€, davon Eigenanteil 160.000\xa0€, Fördermittel 80.000\xa0€. "
        "Die Förderung endet vor der Maßnahme bei M1." in text
    )


def test_the_money_adds_up_by_year_product_source_and_measure(tmp_path: Path) -> None:
    tables = Seen(paper(laid(tmp_path))).tables
    assert tables["Aufwand und Finanzierung je Jahr in Euro"] == [
        ["Jahr", "Aufwand", "Fördermittel", "Eigenanteil", "Haushalt"],
        ["2026", "60.000", "40.000", "20.000", "beschlossen"],
        ["2027", "60.000", "40.000", "20.000", "Entwurf"],
        ["2028", "60.000", "0", "60.000", "–"],
        ["2029", "60.000", "0", "60.000", "–"],
        ["Summe", "240.000", "80.000", "160.000", ""],
    ]
    assert tables["Aufwand je Produkt in Euro"][-1] == ["Summe", *["60.000"] * 4, "240.000"]
    assert tables["Woher das Geld kommt, in Euro"][1:] == [
        ["Eigenmittel", "20.000", "20.000", "60.000", "60.000", "160.000"],
        ["Landesprogramm Kita-Zugang", "40.000", "40.000", "0", "0", "80.000"],
        ["Summe", *["60.000"] * 4, "240.000"],
    ]
    assert tables["Aufwand und Finanzierung je Maßnahme, alle Jahre, in Euro"][1:] == [
        ["M1 Kita-Lotsen im Hafentreff", "240.000", "80.000", "160.000"],
        ["Summe", "240.000", "80.000", "160.000"],
    ]
    assert tables["Förderungen, die vor der Maßnahme enden, in Euro"][1:] == [
        ["M1 Kita-Lotsen im Hafentreff", "Landesprogramm Kita-Zugang", "31.12.2027", "120.000",
         "Ab 2028 trägt die Stadt die Lotsen aus eigenen Mitteln."],
    ]  # fmt: skip


MEASURE = """# plans/areas/hafen.yaml
measures:
  - id: hafen-m1
    title: Kita-Lotsen
    goals: [hafen-g1]
    commitment: intended
    budget_reservation: true
    responsible: amt-51
    planned: {from: 2026-02-01, to: 2029-12-31}
    budget:
      - {year: 2026, product: "06.02.01", planned: 1000.50, fte: 0.5, financing: {own: 400.25, land-kita: 500}}
      - {year: 2027, product: "06.02.01", planned: 1000, side: finance, financing: {own: 1000}}
"""


def test_money_that_nothing_covers_and_a_grant_without_sequel_are_said(tmp_path: Path) -> None:
    seen = Seen(paper(laid(tmp_path, MEASURE)))
    assert seen.tables["Aufwand und Finanzierung je Jahr in Euro"][1:] == [
        ["2026", "1.000,50", "500,00", "400,25", "100,25", "0,00", "0,5", "beschlossen"],
        ["2027", "1.000,00", "0,00", "1.000,00", "0,00", "1.000,00", "0", "Entwurf"],
        ["Summe", "2.000,50", "500,00", "1.400,25", "100,25", "1.000,00", "", ""],
    ]
    assert "Aufwand und Finanzierung gehen um 100,25\xa0€ auseinander." in seen.lines
    assert seen.tables["Förderungen, die vor der Maßnahme enden, in Euro"][1][-1] == "ungeklärt"
    assert "Folgekosten im Jahr: M1 nicht beziffert." in seen.lines
    assert seen.tables["Maßnahmen des Plans"][1][2] == "Absicht unter Haushaltsvorbehalt"


def test_both_kinds_of_evidence_stand_beside_the_need(tmp_path: Path) -> None:
    row = Seen(paper(laid(tmp_path))).tables["Bedarfe"][1]
    assert row[1].startswith("Im Hafen besuchen weniger Kinder eine Kita als in der übrigen Stadt.")
    assert row[2].startswith("Kita-Quote 2024: 82,0\xa0% / 86,3\xa0%")
    assert row[3] == "Zugezogene Familien kennen die Anmeldewege nicht. Hafenkonferenz, 12.03.2025"


SMALL = """# indicators/data/kennzahlen.csv
kinderarmut;01;2025;2;30;6,67;;final;2026-06-30
kinderarmut;02;2025;1;41;2,44;;final;2026-06-30
"""


@pytest.mark.parametrize("audience", list(Audience))
@pytest.mark.parametrize("lang", ["de", "en"])
def test_a_suppressed_figure_is_a_sign_and_nowhere_a_number(lang: Lang, audience: Audience, tmp_path: Path) -> None:
    """Three of 71 children, 4.2254 %, are below the threshold of five cases."""
    document = paper(laid(tmp_path, SMALL), lang, audience=audience)
    seen = Seen(document)
    table = "Das Gebiet im Vergleich, jeweils neuester Wert" if lang == "de" else "The area compared, newest values"
    assert seen.tables[table][2][1] == "."
    assert seen.tables[table][2][3] == "–"
    meaning = ". Zahlenwert unbekannt oder geheim" if lang == "de" else ". figure unknown or confidential"
    assert meaning in "".join(seen.notes)
    annex = document.attachments[0].content.decode("utf-8-sig")
    assert "kinderarmut;hafen;2025;2025-12-31;;.;%;" in annex.replace(",", ";" if lang == "en" else ",")
    for leaked in ("4,2", "6,67", "2,44") if lang == "de" else ("4.2", "6.67", "2.44"):
        assert leaked not in _WHERE.sub("", document.text.partition("<body")[2])
        assert leaked not in annex


_WHERE = re.compile(r"<(?:path|text|line|rect|circle|polyline|g) [^>]*>")
"""Places in a drawing."""


def test_withheld_values_move_nothing_in_a_drawing(tmp_path: Path) -> None:
    """Other values below the threshold, in both districts: each line, axis and place stays where it was."""
    other = SMALL.replace("2;30;6,67", "1;30;3,33").replace("1;41;2,44", "3;41;7,32")
    one, two = (paper(laid(tmp_path / name, rows)) for name, rows in (("one", SMALL), ("two", other)))
    drawn = [_SVG.findall(each.text) for each in (one, two)]
    assert len(drawn[0]) > 2
    assert drawn[0] == drawn[1]


_SVG = re.compile(r"<svg\b.*?</svg>", re.DOTALL)


def test_a_provisional_value_carries_its_sign_and_the_sign_its_meaning(tmp_path: Path) -> None:
    row = "# indicators/data/kennzahlen.csv\nkita-quote;01;2025;1696;2000;84,8;;provisional;2026-06-30\n"
    seen = Seen(paper(laid(tmp_path, row)))
    assert seen.tables["Zielerreichung am 01.10.2026"][2][3] == "83,9\xa0% p 2025"
    assert seen.tables["Zielerreichung am 01.10.2026"][2][7] == "im Plan"
    assert "Zeichen: p vorläufige Zahl" in seen.notes


REVIEWED = """# plans/areas/hafen.yaml
reviews:
  - {id: r1, subject: hafen-m1, cut_off: 2026-06-30, lights: {schedule: red}}
  - id: r2
    subject: hafen-g1
    cut_off: 2026-06-30
    lights: {effect: yellow}
    reason: Der Zuzug ist stärker als erwartet.
    countermeasure: {statement: Zweite Sprechstunde einrichten., who: amt-51, until: 2026-12-31}
  - {id: r3, subject: hafen-g1, cut_off: 2026-12-31, lights: {effect: green}}
"""


def test_deviations_name_the_countermeasure_or_that_there_is_none(tmp_path: Path) -> None:
    """The review of a day after the as-of date is not known yet."""
    seen = Seen(paper(laid(tmp_path, REVIEWED)))
    grave = "Rote Ampeln und was getan wird oder zu entscheiden ist (Zwischenberichte zum 30.06.2026)"
    assert seen.tables[grave][1:] == [
        ["Z1 Kita-Besuch Zielwerte im Plan Wirkung gefährdet",
         "Der Zuzug ist stärker als erwartet.", "Zweite Sprechstunde einrichten. Amt\xa051, bis 31.12.2026"],
        ["M1 Kita-Lotsen im Hafentreff Termin nicht im Plan", "–", "noch keine Gegenmaßnahme benannt"],
    ]  # fmt: skip


SLIGHT = """# plans/areas/hafen.yaml
reviews:
  - {id: r1, subject: hafen-m1, cut_off: 2026-06-30, lights: {schedule: yellow}, reason: Eine Stelle ist frei.}
  - {id: r2, subject: hafen-2026, cut_off: 2026-03-31, lights: {schedule: yellow}}
"""


def test_what_is_only_at_risk_is_named_in_the_text_and_told_in_the_annex(tmp_path: Path) -> None:
    seen = Seen(paper(laid(tmp_path, SLIGHT)))
    assert "Keine Ampel steht auf Rot." in seen.lines
    assert "M1 Kita-Lotsen im Hafentreff. Ursachen und Sachstand: Anlage\xa04." in seen.text
    assert seen.tables["Was gefährdet ist, ohne rote Ampel"][2] == [
        "M1 Kita-Lotsen im Hafentreff Bericht zum 30.06.2026 Termin gefährdet", "Eine Stelle ist frei.",
    ]  # fmt: skip


DISSENT = """# plans/areas/hafen.yaml
participation:
  - title: Stellungnahmen
    date: 2025-10-01
    contributions: [{statement: Mehr Bänke., response: rejected, reason: Zuständig ist der Bezirk.}]
    dissent: [{actor: hafentreff-ev, date: 2025-10-02, statement: "Wir tragen den Plan <nicht> mit: „zu spät“."}]
"""


def test_dissent_is_printed_word_for_word(tmp_path: Path) -> None:
    seen = Seen(paper(laid(tmp_path, DISSENT)))
    assert "Abweichende Stellungnahme im Wortlaut: Hafentreff e. V., 02.10.2025" in seen.lines
    assert "Wir tragen den Plan <nicht> mit: „zu spät“." in seen.lines
    assert seen.tables["Anregungen und was daraus wurde: Stellungnahmen"][1] == [
        "Mehr Bänke.", "nicht aufgegriffen", "Zuständig ist der Bezirk.",
    ]  # fmt: skip


PAPER = f"""# plans/areas/hafen.yaml
title: {HOSTILE!r}
paper:
  subject: {HOSTILE!r}
  proposal: [{HOSTILE!r}]
  summary: {HOSTILE!r}
  occasion: {HOSTILE!r}
  alternatives: [{HOSTILE!r}]
  checks: [{{name: Klima, statement: {HOSTILE!r}}}]
"""


def test_hostile_text_is_printed_as_it_was_typed(tmp_path: Path) -> None:
    document = paper(laid(tmp_path, PAPER))
    body = document.text.partition("<body")[2]
    assert "<script" not in document.text
    assert "<img src=x" not in document.text
    assert "1337" not in body
    assert Seen(document).text.count("<script>alert(1)</script> {{ 7*191 }} {% raw %} </style>") >= 6


def test_the_pdf_shows_hostile_text_too(tmp_path: Path) -> None:
    shown = " ".join(pages(printed(paper(laid(tmp_path, PAPER)), tmp_path / "a.pdf")))
    assert "<script>alert(1)</script> {{ 7*191 }}" in " ".join(shown.split())


def test_only_a_plan_that_is_resolved_goes_without_watermark(tmp_path: Path) -> None:
    case = laid(tmp_path)
    assert 'class="draft"' not in paper(case).text
    proposal = laid(tmp_path / "p", "# plans/areas/hafen.yaml\nstatus: proposal\n")
    assert '<body class="draft" data-watermark="ENTWURF">' in paper(proposal).text


CLOSED = """# plans/resolutions/beschluesse.yaml
resolutions:
  - {id: b-2025-117, number: V-9, body: rat, date: 2025-12-11, public: false, title: T, wording: W}
"""


def test_what_was_decided_behind_closed_doors_is_not_cited_to_the_public(tmp_path: Path) -> None:
    case = laid(tmp_path, CLOSED)
    public, internal = (Seen(paper(case, audience=audience)).text for audience in Audience)
    assert "beschlossen, nichtöffentlicher Beschluss" in public
    assert "V-9" not in public
    assert "beschlossen, Beschluss V-9 vom 11.12.2025 (Rat)" in internal


def test_the_annex_leads_every_figure_back_to_its_lines(tmp_path: Path) -> None:
    annex = paper(laid(tmp_path)).attachments[0]
    assert annex.name == "hafen-2026-kennzahlen.csv"
    lines = annex.content.decode("utf-8-sig").split("\r\n")
    assert lines[0] == "Kennzahl;Gebiet;Periode;Stichtag;Wert;Zeichen;Einheit;Fundstelle"
    assert (
        "kita-quote;hafen;2025;2025-12-31;83,9111111;;%;"
        "indicators/data/kennzahlen.csv:15 indicators/data/kennzahlen.csv:22" in lines
    )


def test_an_annex_cell_never_becomes_a_formula(tmp_path: Path) -> None:
    sheet = "# indicators/catalogue/kita-quote.yaml\nunit: '=HYPERLINK(1)'\n"
    annex = paper(laid(tmp_path, sheet), "en").attachments[0].content.decode("utf-8-sig")
    assert ",'=HYPERLINK(1)," in annex
    assert ",=HYPERLINK" not in annex


def test_the_sources_name_dates_and_licence(tmp_path: Path) -> None:
    seen = Seen(paper(laid(tmp_path)))
    rows = seen.tables["Woher die Zahlen stammen"]
    assert rows[2] == [
        "Kinder unter 15 Jahren mit Leistungen der Grundsicherung",
        "Statistik der Arbeitsverwaltung und Einwohnermelderegister",
        "31.12.2025", "30.06.2026", "dl-de/by-2-0",
    ]  # fmt: skip
    assert "Alle Zahlen gelten für die Gebietsgrenzen am jeweiligen Stichtag." in seen.lines


def test_boundaries_of_another_day_are_named_by_source(tmp_path: Path) -> None:
    package = """# indicators/datapackage.yaml
resources:
  - {name: kennzahlen, path: data/kennzahlen.csv, dialect: {delimiter: ";"}, boundary: 2024-01-01}
"""
    rows = Seen(paper(laid(tmp_path, package))).tables["Woher die Zahlen stammen"]
    assert [row[3] for row in rows] == ["Gebiets\xadstand", *["01.01.2024"] * (len(rows) - 1)]


def test_foot_and_stamp_name_the_state_that_was_printed(tmp_path: Path) -> None:
    case = laid(tmp_path)
    text = Seen(paper(case, stamp=replace(STAMP, dirty=True))).text
    assert (
        "Erstellt aus den Planungsdaten des Commits a1b2c3d4e5 mit ungesicherten Änderungen mit sozplan 0.1.0;" in text
    )
    assert "a1b2c3d4e5" not in paper(case, stamp=replace(STAMP, commit=None)).text


def test_the_town_may_put_its_own_head_in_place_of_ours(tmp_path: Path) -> None:
    own = {"report-header.html.j2": "<p>Briefkopf {{ names.full(said.office) }}</p>"}
    case = laid(tmp_path)
    text = Seen(paper(case, overrides=own)).text
    assert "Briefkopf Stabsstelle Sozialplanung" in text
    assert "Briefkopf" not in paper(case).text


def test_a_fault_in_the_towns_own_head_is_told_with_its_line(tmp_path: Path) -> None:
    own = {"report-header.html.j2": "<p>\n{{ names.unknown }}</p>"}
    with pytest.raises(
        TemplateRefused, match=r"^templates/report-header\.html\.j2:2: Die Vorlage kann nicht verwendet"
    ):
        paper(laid(tmp_path), overrides=own)


def test_the_example_towns_own_head_holds(tmp_path: Path) -> None:
    source = (Path(__file__).parents[2] / "templates" / "report-header.html.j2").read_text("utf-8")
    document = paper(laid(tmp_path), overrides={"report-header.html.j2": source})
    assert "Die Verwaltung informiert den Rat" in document.text


@pytest.mark.parametrize("lang", ["de", "en"])
def test_headings_never_skip_a_level_and_there_is_one_title(lang: Lang, tmp_path: Path) -> None:
    levels = Seen(paper(laid(tmp_path), lang)).headings
    assert levels.count(1) == 1
    assert all(deeper - level <= 1 for level, deeper in pairwise(levels))


def test_the_same_case_gives_the_same_paper(tmp_path: Path) -> None:
    one, two = (paper(laid(tmp_path / name)) for name in "ab")
    assert one == two


def test_a_plan_without_anything_yet_makes_a_paper_too(tmp_path: Path) -> None:
    empty = "# plans/areas/hafen.yaml\n" + "".join(
        f"{key}: []\n" for key in ("needs", "goals", "measures", "participation", "reviews", "profile_indicators")
    )
    lines = Seen(paper(laid(tmp_path, empty + "paper: {}\n"))).lines
    assert "Sachstand" in lines
    assert "Finanzielle Auswirkungen" not in lines


def test_a_measure_may_serve_goals_that_stand_elsewhere(tmp_path: Path) -> None:
    case = laid(tmp_path, MEASURE.replace("[hafen-g1]", "[hafen-g1, frueh-foerdern, nirgends]"))
    _, measure = Seen(paper(case)).tables["Maßnahmen des Plans"]
    goals = "dient: Z1, Kinder werden früh gefördert, gleich in welchem Stadtbezirk sie leben, nirgends"
    assert measure[1].endswith(goals)


def test_the_summary_opens_with_the_phase_and_the_missing_proof(tmp_path: Path) -> None:
    """Nobody has taken note of the first report; the council meets next on 10 December."""
    lines = Seen(paper(laid(tmp_path))).lines
    opening = " ".join(lines[lines.index("Kurzfassung") + 1].replace("\xa0", " ").split())
    phases = "✓ Analyse ✓ Ziele ✓ Maßnahmen ✓ Beschluss ✓ Umsetzung ✓ Monitoring ▶ Evaluation seit 20.07.2026."
    assert opening.startswith(phases)
    assert opening.endswith("Es fehlt: Beratung des Zwischenberichts in einem Gremium (Sozialplanung, bis 10.12.2026).")


@pytest.mark.parametrize("lang", ["de", "en"])
def test_the_pdf_is_accessible_and_says_the_same(lang: Lang, tmp_path: Path, verapdf: VeraPdf) -> None:
    path = printed(paper(laid(tmp_path, DISSENT), lang), tmp_path / "a.pdf")
    shown = pages(path)
    assert len(shown) >= 4
    assert ("Seite 1 von" if lang == "de" else "Page 1 of") in shown[0]
    assert "240.000 €" in shown[0].replace("\xa0", " ") or "€240,000" in shown[0]
    assert verapdf(path) == {}


def test_a_paper_that_is_not_for_the_public_says_so_on_every_page_and_in_every_row(tmp_path: Path) -> None:
    mark = "NUR FÜR DEN DIENSTGEBRAUCH"
    case = laid(tmp_path)
    document = paper(case, audience=Audience.INTERNAL)
    shown = pages(printed(document, tmp_path / "a.pdf"))
    assert all(mark in page for page in shown)
    assert all(mark in row for row in document.attachments[0].content.decode("utf-8-sig").splitlines()[1:])
    assert mark not in paper(case).text
