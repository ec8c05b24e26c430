"""The funding report: sums by programme and year, what falls due, what remains, and what may still be asked for."""

from __future__ import annotations

from pathlib import Path

import pytest

from sozplan.render.funding_report import NoFunding
from sozplan.render.kinds import Kind
from tests.render.documents import Seen, laid, paper
from tests.rules.harness import base, case_of, write

FUNDING = """# plans/funding/foerderung.yaml
programmes:
  - id: land-kita
    name: Landesprogramm Kita-Zugang
    short: Kita-Zugang
    level: land
    provider: Landesjugendamt
    guideline: {title: Richtlinie Kita-Zugang, date: 2025-03-01}
    rate_max: 70
    own_share_min: 30
    windows: [{opens: 2026-08-01, closes: 2026-11-30}]
    proof_months: 6
    binding_years: 5
  - id: land-neu
    name: Neues Programm
    level: land
    provider: Landesjugendamt
    guideline: {title: Richtlinie Neu, date: 2025-03-01}
    rate_max: 50
applications:
  - id: antrag-lotsen
    title: Kita-Lotsen
    programme: land-kita
    applicant: amt-51
    measures: [hafen-m1]
    stages:
      - {state: application, date: 2025-07-01}
      - {state: notice, date: 2025-12-01}
      - {state: drawdown, date: 2026-06-30, amount: 12000}
      - {state: drawdown, date: 2026-09-30, amount: 8000.50}
    requested: 45000
    granted: 40000
    grant_end: 2026-12-31
    drawdowns: [2026-12-15]
"""


@pytest.fixture
def seen(tmp_path: Path) -> Seen:
    return Seen(paper(laid(tmp_path, FUNDING), kind=Kind.FUNDING))


def test_sums_by_programme_and_year(seen: Seen) -> None:
    rows = seen.tables["Beantragt, bewilligt, abgerufen und eingeplant in Euro"]
    assert ["Kita-Zugang", "2025", "45.000,00", "40.000,00", "–", "–", "–"] in rows
    assert [row[4] for row in rows if row[:2] == ["Kita-Zugang", "2026"]] == ["20.000,50"]
    assert rows[-1][:5] == ["Summe", "", "45.000,00", "40.000,00", "20.000,50"]


def test_what_falls_due_in_the_year_ahead(seen: Seen) -> None:
    rows = seen.tables["Aufrufe, Abrufe, Nachweise und Ende von Förderung und Zweckbindung"][1:]
    assert rows == [
        ["30.11.2026", "Antragsfrist", "Kita-Zugang", "–"],
        ["15.12.2026", "Mittelabruf", "Kita-Lotsen", "Amt\N{NO-BREAK SPACE}51"],
        ["31.12.2026", "Ende der Förderung", "Kita-Lotsen", "Amt\N{NO-BREAK SPACE}51"],
        ["30.06.2027", "Verwendungsnachweis", "Kita-Lotsen", "Amt\N{NO-BREAK SPACE}51"],
    ]
    bound = seen.tables["Nachweis und Zweckbindung bewilligter Förderung"]
    assert bound[1:] == [["Kita-Lotsen", "30.06.2027", "31.12.2031"]]


def test_what_may_still_be_asked_for(seen: Seen) -> None:
    rows = seen.tables["Maßnahmen und Programme, bei denen nichts entgegensteht"]
    assert {row[1] for row in rows[1:]} <= {"Neues Programm"}


def test_without_a_programme_there_is_nothing_to_print(tmp_path: Path) -> None:
    files = {path: content for path, content in base().items() if not path.startswith("plans/funding/")}
    files["plans/areas/hafen.yaml"] = files["plans/areas/hafen.yaml"].replace(", land-kita: 40000", "")
    case, _ = case_of(write(tmp_path, files))
    with pytest.raises(NoFunding, match=r"^Das Repository enthält kein Förderprogramm \(plans/funding/\*\.yaml\)\.$"):
        paper(case, kind=Kind.FUNDING)
