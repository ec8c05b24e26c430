"""The printed inventory: each recommendation's fate, coverage and gaps, and procedures as they ran and shall run."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from sozplan.diagnostics import Lang
from sozplan.render.inventory import NoInventory
from sozplan.render.kinds import Kind
from tests.render.documents import Seen, laid, paper

ITEM = """# plans/inventory/bestand.yaml
items:
  - id: bestand-treff
    title: Hafentreff
    kind: facility
    operator: hafentreff-ev
    catchment: [hafen]
    themes: [bildung]
    target_groups: [familien]
    capacity: 60
    use: 45
    capacity_unit: Plätze
    since: 2015-04-01
    assessment:
      - {criterion: Nutzung, score: 4}
      - {criterion: Abstimmung, score: 1, note: Niemand lädt ein.}
    gaps: [Keine Beratung am Abend]
"""
ADVICE = """    recommendation:
      id: empfehlung-treff
      advice: ADVICE
      statement: Den Treff um Lotsen ergänzen.
      reason: Familien kommen ohnehin.
"""
LABELS = {"keep": "beibehalten", "adapt": "anpassen", "merge": "zusammenführen", "give-up": "aufgeben"}


def advised(advice: str, more: str = "") -> str:
    lines = "".join(f"      {line}\n" for line in more.splitlines())
    return ITEM + ADVICE.replace("ADVICE", advice) + lines


def seen(tmp_path: Path, excerpt: str, lang: Lang = "de") -> Seen:
    return Seen(paper(laid(tmp_path, excerpt), lang, kind=Kind.INVENTORY))


DECIDED = "status: resolved\nresolution: b-2025-117"
RULED = """# plans/resolutions/beschluesse.yaml
resolutions:
  - {id: b-2024-030, body: rat, date: 2020-09-19, title: T, wording: W}
  - {id: b-2024-031, body: rat, date: 2024-09-19, title: T, wording: W}
  - {id: b-2025-117, number: V-2025-117, body: rat, date: 2025-12-11, title: T, wording: W, outcome: OUTCOME}
  - {id: b-2025-118, body: rat, date: 2025-12-11, title: T, wording: W}
  - {id: v-2026-03, kind: order, body: hvb, date: 2026-02-02, title: T, wording: W}
"""
FATES = {
    "noch nicht entschieden": ("adapt", "", ""),
    "aufgenommen Maßnahme: Kita-Lotsen im Hafentreff (läuft seit 01.02.2026)":
        ("adapt", f"{DECIDED}\nleads_to: [hafen-m1]", ""),
    "aufgenommen Gremium: Hafenkonferenz (besteht seit 19.09.2024)":
        ("merge", f"{DECIDED}\nleads_to: [hafenkonferenz]", ""),
    "aufgenommen Regel 2.1 (beschlossen seit 01.03.2026)": ("adapt", f"{DECIDED}\nleads_to: [regel-bericht]", ""),
    "aufgenommen Prozess: Sozialraumgebietsplan aufstellen (beschlossen)":
        ("adapt", f"{DECIDED}\nleads_to: [prozess-gebietsplan]", ""),
    "beschlossen, aber ohne Folge": ("adapt", DECIDED, ""),
    "bleibt bestehen": ("keep", DECIDED, ""),
    "nicht angenommen": ("adapt", DECIDED, RULED.replace("OUTCOME", "rejected")),
}  # fmt: skip


@pytest.mark.parametrize("fate", FATES)
def test_what_became_of_a_recommendation(fate: str, tmp_path: Path) -> None:
    advice, more, besides = FATES[fate]
    (row,) = seen(tmp_path, besides + advised(advice, more)).tables[FATE][1:]
    decision = "–" if "nicht entschieden" in fate else row[2]
    assert row[:3] == ["B1 Hafentreff", f"{LABELS[advice]}: Den Treff um Lotsen ergänzen.", decision]
    assert row[3] == fate
    assert decision == "–" or decision.startswith("Beschluss V-2025-117 vom 11.12.2025 (Rat)")


FATE = "Jede Empfehlung mit Entscheidung und Verbleib"


def test_a_decision_that_lies_ahead_has_not_been_taken(tmp_path: Path) -> None:
    ahead = RULED.replace("2025-12-11, title: T, wording: W, outcome: OUTCOME", "2026-12-11, title: T, wording: W")
    (row,) = seen(tmp_path, ahead + advised("adapt", "status: proposal\nresolution: b-2025-117")).tables[FATE][1:]
    assert row[2:] == ["–", "noch nicht entschieden"]


def test_an_item_that_was_given_up_has_ended(tmp_path: Path) -> None:
    ended = advised("give-up", DECIDED).replace("    since:", "    valid_to: 2026-03-31\n    since:")
    found = seen(tmp_path, ended)
    assert found.tables[FATE][1][3] == "beendet"
    assert found.tables["Einrichtungen"][1] == [
        "B1", "Hafentreff beendet am 31.03.2026", "Hafentreff e. V.", "Hafen", "45 von 60 Plätze", "01.04.2015",
    ]  # fmt: skip


def test_what_is_still_to_be_done_is_named(tmp_path: Path) -> None:
    lines = seen(tmp_path, advised("adapt", DECIDED)).lines
    assert (
        "B1 Hafentreff: Die Empfehlung ist beschlossen; keine Maßnahme, kein Gremium, kein Prozess und keine Regel "
        "setzt sie um." in lines
    )
    assert "B1 Hafentreff: Es fehlt eine Empfehlung." in seen(tmp_path, ITEM).lines


def test_the_summary_counts_what_there_is(tmp_path: Path) -> None:
    lines = seen(tmp_path, advised("adapt", DECIDED)).lines
    assert "Erfasst sind 1 Einträge: Einrichtung 1." in lines
    assert "Empfohlen wird: anpassen 1." in lines
    assert "Was daraus wurde: beschlossen, aber ohne Folge 1." in lines
    assert "Noch ohne Verbleib: B1." in lines


def test_marks_stand_by_item_and_criterion(tmp_path: Path) -> None:
    assert seen(tmp_path, ITEM).tables["Noten je Eintrag und Kriterium"] == [
        ["Eintrag", "Nutzung", "Abstimmung"],
        ["B1 Hafentreff", "4", "1"],
    ]


def test_many_criteria_stand_in_several_tables(tmp_path: Path) -> None:
    marks = "".join(f"      - {{criterion: K{at}, score: 3}}\n" for at in range(16))
    many = re.sub(r"    assessment:\n(?:      - .*\n)+", f"    assessment:\n{marks}", ITEM)
    rows = seen(tmp_path, many).tables["Noten je Eintrag und Kriterium"]
    heads = [row for row in rows if row[0] == "Eintrag"]
    assert [len(row) - 1 for row in heads] == [6, 6, 4]
    assert [name for row in heads for name in row[1:]] == [f"K{at}" for at in range(16)]


COVER = "Abdeckung nach Handlungsfeld, Zielgruppe und Gebiet"


def test_where_a_need_has_a_service_it_is_covered(tmp_path: Path) -> None:
    found = seen(tmp_path, ITEM)
    assert found.tables[COVER][1:] == [["Bildung und Betreuung"], ["Familien mit kleinen Kindern", "1"]]
    assert "Lücken und was dagegen geplant ist" not in found.tables


def test_a_need_without_a_service_is_a_gap_with_what_is_planned(tmp_path: Path) -> None:
    found = seen(tmp_path, ITEM.replace("[familien]", "[]"))
    assert found.tables[COVER][1:] == [
        ["Bildung und Betreuung"],
        ["Familien mit kleinen Kindern", "Lücke"],
        ["ohne Zielgruppe", "(1)"],
    ]
    (row,) = found.tables["Lücken und was dagegen geplant ist"][1:]
    assert row[:2] == ["Hafen", "Familien mit kleinen Kindern Bildung und Betreuung"]
    assert row[3] == "Kita-Lotsen im Hafentreff (läuft)"
    assert any(line.startswith("Lücken: Für 1 Zielgruppen und Gebiete") for line in found.lines)


@pytest.mark.parametrize(
    ("place", "shown"),
    [
        ("catchment: [bezirk-02]", "1"),
        ("catchment: [beispielstadt]", "1"),
        ("site: bezirk-01", "1"),
        ("catchment: [bezirk-03]", "Lücke"),
    ],
)
def test_a_service_reaches_the_areas_that_its_catchment_touches(place: str, shown: str, tmp_path: Path) -> None:
    rows = seen(tmp_path, ITEM.replace("catchment: [hafen]", place)).tables[COVER]
    assert ["Familien mit kleinen Kindern", shown] in rows


def test_what_names_no_area_is_said_below(tmp_path: Path) -> None:
    lines = seen(tmp_path, ITEM.replace("    catchment: [hafen]\n", "")).lines
    assert "Ohne Handlungsfeld oder Gebiet und deshalb nicht in der Tabelle: Hafentreff." in lines


def test_overlaps_are_one_group_whoever_says_so(tmp_path: Path) -> None:
    more = """  - {id: bestand-a, title: Runde A, kind: body, overlaps: [bestand-b]}
  - {id: bestand-b, title: Runde B, kind: body}
  - {id: bestand-c, title: Runde C, kind: body, overlaps: [bestand-b]}
"""
    rows = seen(tmp_path, ITEM + more).tables["Gruppen von Einträgen, die dasselbe tun"]
    assert [row[0] for row in rows[1:]] == ["Um: Runde A", "B2 Runde A", "B3 Runde B", "B4 Runde C"]
    assert [row[1] for row in rows[2:]] == ["B3", "–", "B3"]


PROCEDURE = """# plans/inventory/bestand.yaml
items:
  - id: bestand-fachplan
    title: Fachplan schreiben
    kind: procedure
    steps:
      - {step: a, name: Daten anfragen, accountable: amt-51, executing: [amt-51], contributing: [statistikstelle],
         deadline: {days: 60, after: Beginn}, next: [b]}
      - {step: b, name: Plan schreiben, accountable: amt-51, executing: [amt-51], deadline: {days: 90, after: Beginn}}
    recommendation:
      id: empfehlung-fachplan
      advice: new
      statement: Ein gemeinsamer Plan.
      reason: Vier Pläne ergeben kein Bild.
      status: resolved
      resolution: b-2025-117
      leads_to: [prozess-gebietsplan]
# handbook/processes/gebietsplan.yaml
changes: [{who: amt-51, statement: Schreibt nicht mehr allein.}]
"""


def test_a_procedure_stands_beside_the_process_that_takes_its_place(tmp_path: Path) -> None:
    tables = seen(tmp_path, PROCEDURE).tables
    assert tables["Bisher: Fachplan schreiben"][1:] == [
        ["Arbeitsschritte", "2", "3"],
        ["beteiligte Stellen und Gremien", "2", "4"],
        ["Übergaben zwischen Verantwortlichen", "0", "3"],
        ["Gremien, in denen ein Schritt stattfindet", "0", "1"],
    ]
    assert tables["Schritte nebeneinander: Sozialraumgebietsplan aufstellen"][1:4] == [
        ["1 Daten anfragen V Amt\xa051 · T\xa0+\xa060\xa0Werktage", "1 Gebiet ist festgelegt"],
        ["2 Plan schreiben V Amt\xa051 · T\xa0+\xa090\xa0Werktage",
         "2 Plan entwerfen V Sozialplanung · T\xa0+\xa0120\xa0Werktage"],
        ["", "3 Plan beschließen V Rat · Rat · T\xa0+\xa0180\xa0Werktage"],
    ]  # fmt: skip


def test_for_each_it_is_said_what_changes(tmp_path: Path) -> None:
    assert seen(tmp_path, PROCEDURE).tables["Was sich für wen ändert"][1:] == [
        ["Amt\xa051", "V D", "V D M", "Schreibt nicht mehr allein."],
        ["Statistikstelle", "M", "–", "entfällt"],
        ["Sozialplanung", "–", "V D", "kommt neu hinzu"],
        ["Hafenkonferenz", "–", "M", "kommt neu hinzu"],
        ["Rat", "–", "V D I G", "kommt neu hinzu"],
    ]


def test_a_process_that_was_drawn_goes_before_the_steps_of_the_inventory(tmp_path: Path) -> None:
    drawn = """# handbook/processes/gebietsplan.yaml
replaces: ist
# handbook/processes/ist.yaml
id: ist
name: Vier Fachpläne
kind: core
state: current
steps: [{step: a, name: Plan schreiben}]
"""
    assert "Bisher: Vier Fachpläne" in seen(tmp_path, PROCEDURE + drawn).tables


def test_the_steps_of_today_stand_with_the_item(tmp_path: Path) -> None:
    assert seen(tmp_path, PROCEDURE).tables["Wie es heute läuft: Fachplan schreiben"][1:] == [
        ["1 Daten anfragen", "V Amt\xa051 · D Amt\xa051 · M Statistikstelle", "T\xa0+\xa060\xa0Werktage"],
        ["2 Plan schreiben", "V Amt\xa051 · D Amt\xa051", "T\xa0+\xa090\xa0Werktage"],
    ]


def test_what_the_inventory_says_of_itself_is_its_head(tmp_path: Path) -> None:
    said = """paper:
  number: V-2025-063
  department: hvb
  subject: Was es im Hafen gibt
  summary: Viele Runden, wenige Entscheidungen.
  situation: Begehungen und Gespräche im Frühjahr.
  consultations: [{body: rat, date: 2025-07-03, role: decision}]
"""
    lines = seen(tmp_path, ITEM + said).lines
    for line in ("Bestandsaufnahme V-2025-063", "Was es im Hafen gibt", "Viele Runden, wenige Entscheidungen.",
                 "Begehungen und Gespräche im Frühjahr."):  # fmt: skip
        assert line in lines


def test_english_has_the_same_tables(tmp_path: Path) -> None:
    german, english = (seen(tmp_path / lang, PROCEDURE, lang) for lang in ("de", "en"))
    assert [len(rows) for rows in english.tables.values()] == [len(rows) for rows in german.tables.values()]
    assert "Recommendations and what became of them" in " ".join(english.lines)


def test_without_an_inventory_there_is_none_to_print(tmp_path: Path) -> None:
    message = r"^Das Repository enthält keine Bestandsaufnahme \(plans/inventory/\*\.yaml\)\.$"
    with pytest.raises(NoInventory, match=message):
        paper(laid(tmp_path, "# plans/inventory/bestand.yaml\nitems: []\n"), kind=Kind.INVENTORY)
