"""What is due is open, known by the day, and stands with the office that has to see to it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from sozplan.analysis.due import Agenda, agenda
from tests.rules.harness import base, case_of, overlay, write

AS_OF = date(2026, 10, 1)
Line = tuple[str, str, str | None, str | None]


def due(root: Path, excerpt: str = "", until: date = date(2030, 1, 1), as_of: date = AS_OF) -> Agenda:
    case, _ = case_of(write(root, overlay(base(), excerpt)), as_of)
    return agenda(case, until, 180)


def lines(found: Agenda) -> list[Line]:
    return [(each.day.isoformat(), each.kind.value, each.entity, each.office) for each in found.items]


def test_every_kind_of_date_of_a_plain_repository(tmp_path: Path) -> None:
    """Reckoned by hand: no body has seen the first report, and the council meets next on 10 December; the next report
    covers July to December and has 90 days more; indicators are yearly with reference day 31 December and a lag of six
    months; of the applications the grant ends before the proof is due.
    """
    found = due(tmp_path)
    assert lines(found) == [
        ("2026-12-10", "appointment", "termin-rat-dezember", "rat"),
        ("2026-12-10", "next-step", "hafen-r1", "sozialplanung"),
        ("2026-12-31", "appointment", "termin-bericht", "sozialplanung"),
        ("2027-03-31", "data", "besuche-hafentreff", "amt-51"),
        ("2027-03-31", "milestone", "hafen-m1-ms2", "amt-51"),
        ("2027-03-31", "proof", "vertrag-hafentreff", "amt-51"),
        ("2027-03-31", "review", "hafen-2026", "sozialplanung"),
        ("2027-06-30", "data", "kinderarmut", "statistikstelle"),
        ("2027-06-30", "data", "kita-quote", "statistikstelle"),
        ("2027-12-31", "grant-end", "antrag-kita-lotsen", "amt-51"),
        ("2028-03-01", "handbook", "handbuch", "hvb"),
        ("2028-06-30", "proof", "antrag-kita-lotsen", "amt-51"),
        ("2029-05-31", "designation", "festlegung-hafen", None),
    ]
    assert (found.stale, found.unowned) == ((), ())


def test_only_up_to_the_day_and_overdue_ones_stay(tmp_path: Path) -> None:
    session = ("2026-12-10", "appointment", "termin-rat-dezember", "rat")
    step = ("2026-12-10", "next-step", "hafen-r1", "sozialplanung")
    assert lines(due(tmp_path, until=date(2026, 12, 10))) == [session, step]
    late = due(tmp_path, until=date(2027, 4, 1), as_of=date(2027, 4, 1))
    assert ("2027-03-31", "milestone", "hafen-m1-ms2", "amt-51") in lines(late)
    assert session not in lines(late)  # it just passes


FUNDED = """\
# plans/funding/foerderung.yaml
programmes:
  - id: land-kita
    name: Landesprogramm Kita-Zugang
    level: land
    provider: Landesjugendamt
    guideline: {{title: Richtlinie Kita-Zugang, date: 2025-03-01}}
    {programme}
applications:
  - id: antrag
    title: Antrag
    programme: land-kita
    applicant: amt-51
    measures: [hafen-m9]
    stages: [{stages}]
    {more}
"""
EXCERPTS: dict[str, tuple[str, Line]] = {
    "a task of a resolution": (
        """\
# plans/resolutions/weitere.yaml
resolutions:
  - id: b-2026-007
    body: rat
    date: 2026-03-12
    title: Kita-Plätze im Hafen
    wording: Die Verwaltung legt ein Konzept vor.
    follow_ups:
      - {statement: Konzept vorlegen., who: amt-51, until: 2026-11-30}
      - {statement: Bedarf erheben., who: amt-51, until: 2026-06-30, done: 2026-06-11}
""",
        ("2026-11-30", "follow-up", "b-2026-007", "amt-51"),
    ),
    "a countermeasure": (
        """\
# plans/areas/hafen.yaml
reviews:
  - id: hafen-r1
    subject: hafen-m1
    cut_off: 2026-06-30
    lights: {schedule: red}
    countermeasure: {statement: Die Stelle wird neu ausgeschrieben., who: amt-51, until: 2026-12-15}
""",
        ("2026-12-15", "countermeasure", "hafen-r1", "amt-51"),
    ),
    "notice to a contract, six months before its end": (
        """\
# plans/organisation/vertraege.yaml
contracts:
  - id: vertrag-miete
    title: Mietvertrag Hafentreff
    kind: service-agreement
    parties: [hafentreff-ev, amt-51]
    term: {from: 2024-01-01, to: 2027-12-31}
    notice_months: 6
""",
        ("2027-06-30", "notice", "vertrag-miete", "amt-51"),
    ),
    "a call of a programme that is to pay": (
        """\
# plans/funding/foerderung.yaml
programmes:
  - id: land-kita
    name: Landesprogramm Kita-Zugang
    level: land
    provider: Landesjugendamt
    guideline: {title: Richtlinie Kita-Zugang, date: 2025-03-01}
    windows: [{closes: 2026-03-31}, {closes: 2027-01-31}]
applications: []
""",
        ("2027-01-31", "call", "hafen-m1", "amt-51"),
    ),
    "money to be drawn, that of earlier days is": (
        FUNDED.format(
            programme="proof_months: 6",
            stages="{state: notice, date: 2025-12-01}, {state: drawdown, date: 2026-07-01}",
            more="drawdowns: [2026-06-30, 2026-12-15]",
        ),
        ("2026-12-15", "drawdown", "antrag", "amt-51"),
    ),
    "a proof so many months after the grant": (
        FUNDED.format(
            programme="proof_months: 6", stages="{state: notice, date: 2025-12-01}", more="grant_end: 2027-12-31"
        ),
        ("2028-06-30", "proof", "antrag", "amt-51"),
    ),
    "the end of binding": (
        FUNDED.format(
            programme="binding_years: 2", stages="{state: notice, date: 2025-12-01}", more="grant_end: 2027-12-31"
        ),
        ("2029-12-31", "binding", "antrag", "amt-51"),
    ),
    "a start that waits for leave": (
        FUNDED.format(
            programme="early_start: on-approval", stages="{state: application, date: 2026-09-01}", more="requested: 1"
        )
        + """\
# plans/areas/hafen.yaml
measures:
  - id: hafen-m9
    title: Neue Lotsen
    goals: [hafen-g1]
    commitment: intended
    budget_reservation: true
    planned: {from: 2027-02-01}
    responsible: amt-51
    executing: [hafentreff-ev]
""",
        ("2027-02-01", "early-start", "antrag", "amt-51"),
    ),
    "the end of a waiver": (
        """\
# plans/waivers.yaml
waivers:
  - id: ausnahme
    rule: time.data-stale
    entity: kita-quote
    reason: Die Lieferung verzögert sich.
    role: statistikstelle
    expires: 2026-12-31
""",
        ("2026-12-31", "waiver", "ausnahme", "statistikstelle"),
    ),
}


@pytest.mark.parametrize("name", list(EXCERPTS))
def test_kinds_that_are_rarer(tmp_path: Path, name: str) -> None:
    excerpt, line = EXCERPTS[name]
    found = lines(due(tmp_path, excerpt))
    assert line in found
    assert [each[1:3] for each in found].count(line[1:3]) == 1


def test_what_is_done_is_not_due(tmp_path: Path) -> None:
    text = base()["plans/areas/hafen.yaml"]
    done = text.replace("due: 2027-03-31}", "due: 2027-03-31, done: 2026-09-01}")
    assert done != text
    case, _ = case_of(write(tmp_path, base() | {"plans/areas/hafen.yaml": done}))
    assert "milestone" not in {each.kind.value for each in agenda(case, date(2030, 1, 1), 180).items}
    for end in ("progress: completed", "progress: stopped"):
        over = text.replace("progress: running", end)
        case, _ = case_of(write(tmp_path, base() | {"plans/areas/hafen.yaml": over}))
        assert "milestone" not in {each.kind.value for each in agenda(case, date(2030, 1, 1), 180).items}


def test_a_plan_that_stands_still_and_a_measure_that_nobody_answers_for(tmp_path: Path) -> None:
    """The last that happened is the report of 30 June 2026; 180 days later it is 27 December."""
    text = base()["plans/areas/hafen.yaml"].replace("    responsible: amt-51\n", "")
    root = write(tmp_path, base() | {"plans/areas/hafen.yaml": text})
    for day, stale in ((date(2026, 12, 27), []), (date(2026, 12, 28), [("hafen-2026", date(2026, 6, 30))])):
        found = agenda(case_of(root, day)[0], day, 180)
        assert [(each.plan.id, each.since) for each in found.stale] == stale
        assert [measure.id for measure in found.unowned] == ["hafen-m1"]


def test_the_next_step_of_a_plan_stands_once_and_moves_with_the_day_where_it_has_none(tmp_path: Path) -> None:
    """After 31 December the report is the next step, and due anyway; a plan without rhythm and session owes it now."""
    later = due(tmp_path, as_of=date(2027, 1, 15))
    steps = [(each.kind.value, each.entity, each.phase) for each in later.items if each.phase is not None]
    assert steps == [("review", "hafen-2026", "monitoring")]
    text = base()["plans/areas/hafen.yaml"].replace("reporting: {rhythm: half-yearly}\n", "")
    start, end = text.index("reviews:"), text.index("paper:")
    case, _ = case_of(write(tmp_path, base() | {"plans/areas/hafen.yaml": text[:start] + text[end:]}))
    (step,) = (each for each in agenda(case, date(2030, 1, 1), 180).items if each.phase is not None)
    assert (step.day, step.kind.value, step.title.de) == (
        AS_OF, "next-step", "Rhythmus vereinbaren und berichten – Sozialraumgebietsplan Hafen 2026–2029",
    )  # fmt: skip
