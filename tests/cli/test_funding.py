"""`sozplan funding` as a treasurer reads it, as programs read it, and as a calendar takes it."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar

from tests.cli.repository import Sozplan, sozplan_on
from tests.rules.harness import base, overlay, write

FUNDING = """\
# plans/funding/foerderung.yaml
programmes:
  - id: land-kita
    name: Landesprogramm Kita-Zugang
    short: Kita-Zugang
    level: land
    provider: Landesjugendamt
    guideline: {title: Richtlinie Kita-Zugang, date: 2025-03-01}
    applicants: [office]
    cost_types: [Personalausgaben]
    rate_max: 70
    own_share_min: 30
    windows: [{opens: 2026-08-01, closes: 2026-11-30}]
    binding_years: 5
  - id: land-umbau
    name: Umbauprogramm
    level: land
    provider: Landesjugendamt
    guideline: {title: Richtlinie Umbau, date: 2025-03-01}
    cost_types: [Umbau]
    rate_max: 90
    own_share_min: 10
    windows: [{closes: 2026-06-30}]
applications:
  - id: antrag-alt
    title: Früherer Antrag
    programme: land-umbau
    applicant: amt-51
    measures: [hafen-m2]
    stages: [{state: notice, date: 2025-06-01}]
    requested: 9000
    granted: 8000
    grant_end: 2026-12-31
    proof_due: 2027-06-30
# plans/areas/hafen.yaml
measures:
  - id: hafen-m1
    title: Kita-Lotsen im Hafentreff
    goals: [hafen-g1]
    commitment: intended
    budget_reservation: true
    theme: kinder-familie
    planned: {from: 2027-01-01, to: 2027-12-31}
    responsible: amt-51
    executing: [hafentreff-ev]
    budget:
      - year: 2027
        product: "06.02.01"
        cost_centre: "5101"
        planned: 60000
        cost_type: Personalausgaben
        financing: {own: 60000}
"""
TEXT = """\
Kita-Lotsen im Hafentreff (hafen-m1)
  ? Kita-Zugang (land-kita): zu prüfen
    ? zu prüfen  Handlungsfeld  Nicht eingetragen ist beim Programm:
                                Handlungsfelder. → Ergänzen Sie beim Programm
                                „themes“ nach der Richtlinie.
    ? zu prüfen  Zielgruppe     Nicht eingetragen ist beim Programm:
                                Zielgruppen. → Ergänzen Sie beim Programm
                                „target_groups“ nach der Richtlinie.
  Nein: Umbauprogramm (Kostenarten, Antragsfrist, Beginn)

Unverbindlicher Vorschlag: die zulässige Kombination mit dem geringsten
Eigenanteil
  hafen-m1  Kita-Zugang  2027: 42.000 €  42.000 €
  Eigenmittel laut Plan: 60.000 €
  ohne Förderung, die noch nicht beantragt ist: 60.000 €
  nach dem Vorschlag: 18.000 €

Dabei ist angenommen:
  1. Der Vorschlag bindet niemanden; über Förderung entscheidet allein der
  Zuwendungsgeber.
  2. Kosten und Drittmittel fallen an, wie sie eingeplant sind.
  3. Jede Maßnahme stellt je Programm einen eigenen Antrag, für aufeinander
  folgende Haushaltsjahre.
  4. Jeder Antrag wird in voller Höhe bewilligt, bevor die Maßnahme oder ihr
  neuer Abschnitt beginnt.
  5. „Kita-Zugang“: Sätze und Grenzen wie eingetragen, nach der Fassung vom
  01.03.2025.
  6. „Kita-Zugang“ für hafen-m1, zu prüfen ist Handlungsfeld: Nicht eingetragen
  ist beim Programm: Handlungsfelder.
  7. „Kita-Zugang“ für hafen-m1, zu prüfen ist Zielgruppe: Nicht eingetragen ist
  beim Programm: Zielgruppen.

Stand 01.10.2026.
"""
CALENDAR = """\
Fristen
  30.11.2026  Antragsfrist: Kita-Zugang
  31.12.2026  Ende der Förderung: Früherer Antrag   Amt 51
  30.06.2027  Verwendungsnachweis: Früherer Antrag  Amt 51

Anträge nach Stand
  Bescheid: 1
    Früherer Antrag (antrag-alt)  8.000 € bewilligt

Stand 01.10.2026.
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write(tmp_path, overlay(base(), FUNDING))


@pytest.fixture
def sozplan(root: Path, capsys: pytest.CaptureFixture[str]) -> Sozplan:
    return sozplan_on(root, capsys)


def test_what_stands_open_and_what_would_cost_least(sozplan: Sozplan) -> None:
    said = sozplan("funding")
    assert (said.code, said.out.replace("\N{NO-BREAK SPACE}", " "), said.err) == (0, TEXT, "")
    assert sozplan("funding", "hafen-2026").out == said.out


def test_a_measure_shows_every_condition(sozplan: Sozplan) -> None:
    said = sozplan("funding", "hafen-m1").out
    assert said == sozplan("funding", "--all").out
    assert said.count("✓ ja") + said.count("✗ nein") + said.count("? zu prüfen ") == 20


def test_the_calendar_with_applications_by_state(sozplan: Sozplan) -> None:
    said = sozplan("funding", "--calendar").out.replace("\N{NO-BREAK SPACE}", " ")
    assert said == CALENDAR
    assert sozplan("funding", "--calendar", "--within", "30d").out.startswith("Fristen\n  Keine.\n")


def test_json_holds_answers_proposal_dates_and_applications(sozplan: Sozplan) -> None:
    found: dict[str, Any] = json.loads(sozplan("funding", "--format", "json", "--lang", "en").out)
    assert (found["version"], found["as_of"]) == (1, "2026-10-01")
    (measure,) = found["measures"]
    first = measure["programmes"][0]
    keys = ("programme", "verdict", "financing", "subsidiary", "state", "planned", "years")
    assert [first[key] for key in keys] == ["land-kita", "check", "share", False, None, 0.0, [2027]]
    assert first["criteria"][0] == {
        "criterion": "theme",
        "verdict": "check",
        "reason": "Not entered of the programme: Themes.",
        "change": "Add “themes” to the programme as the guideline says.",
    }
    proposal = found["proposal"]
    assert proposal["awards"] == [
        {"measure": "hafen-m1", "programme": "land-kita", "years": {"2027": 42000.0}, "total": 42000.0}
    ]
    sums = ("binding", "exact", "own_planned", "own_without", "own")
    assert [proposal[key] for key in sums] == [False, True, 60000.0, 60000.0, 18000.0]
    assert len(proposal["assumptions"]) == 7
    assert [each["kind"] for each in found["dates"]] == ["call", "grant-end", "proof"]
    assert found["applications"][0] == {
        "application": "antrag-alt", "programme": "land-umbau", "measures": ["hafen-m2"], "state": "notice",
        "since": "2025-06-01", "requested": 9000.0, "granted": 8000.0, "drawn": None,
        "grant_end": "2026-12-31", "proof_due": "2027-06-30", "binding_end": None,
    }  # fmt: skip


def test_a_calendar_program_takes_the_dates(root: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    from sozplan.cli.app import run

    assert run(["funding", "-C", str(root), "--as-of", "2026-10-01", "--format", "ics"]) == 0
    calendar = Calendar.from_ical(capfdbinary.readouterr().out)
    assert calendar.errors == []
    assert [str(each["summary"]) for each in calendar.walk("VEVENT")] == [
        "Antragsfrist: Kita-Zugang", "Ende der Förderung: Früherer Antrag", "Verwendungsnachweis: Früherer Antrag",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (("hafen-m",), "Eine Maßnahme oder einen Plan „hafen-m“ gibt es nicht. Meinten Sie „hafen-m1“?"),
        (
            ("rat",),
            "„rat“ ist weder Maßnahme noch Plan. Nennen Sie die Kennung einer Maßnahme oder eines Gebietsplans.",
        ),
        (
            ("--within", "bald"),
            "--within: „bald“ ist keine Spanne. Schreiben Sie zum Beispiel 90d (Tage), 12w (Wochen) oder 6m (Monate).",
        ),
    ],
)
def test_what_cannot_be_asked(sozplan: Sozplan, args: tuple[str, ...], message: str) -> None:
    said = sozplan("funding", *args)
    assert (said.code, said.out, said.err) == (2, "", f"sozplan: {message}\n")


def test_a_grant_of_nothing_is_a_grant(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The provider said no to the sum asked for; what was asked is no longer what counts."""
    files = overlay(base(), FUNDING)
    files = {path: content.replace("granted: 8000", "granted: 0") for path, content in files.items()}
    said = sozplan_on(write(tmp_path, files), capsys)("funding", "--calendar").out
    assert "Früherer Antrag (antrag-alt)  0\u00a0€ bewilligt" in said.replace("0 €", "0\u00a0€")


def test_without_a_programme_there_is_nothing_to_match(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = {path: content for path, content in base().items() if not path.startswith("plans/funding/")}
    files["plans/areas/hafen.yaml"] = files["plans/areas/hafen.yaml"].replace(", land-kita: 40000", "")
    said = sozplan_on(write(tmp_path, files), capsys)("funding")
    text = "Es ist kein Förderprogramm eingetragen (plans/funding/*.yaml).\nStand 01.10.2026.\n"
    assert (said.code, said.out) == (0, text)


def test_english_days_name_their_month(sozplan: Sozplan) -> None:
    said = sozplan("funding", "--lang", "en").out.replace("\N{NO-BREAK SPACE}", " ")
    assert "by the version of\n  1 Mar 2025.\n" in said or "by the version of 1 Mar 2025.\n" in said
    assert said.endswith("\nAs of 1 Oct 2026.\n")
    assert not re.search(r"\d{4}-\d{2}-\d{2}", said)
