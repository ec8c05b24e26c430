"""`sozplan due` as an office reads it, as programs read it, and as a calendar takes it."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from icalendar import Calendar

from tests.cli.repository import Sozplan, sozplan_on
from tests.rules.harness import base, write

TEXT = """\
Stabsstelle Sozialplanung
  10.12.2026    Nächster Schritt: Zwischenbericht in das Gremium bringen –
                Sozialraumgebietsplan Hafen 2026–2029 (hafen-r1)
  31.12.2026    Termin: Zwischenbericht zum 31. Dezember (termin-bericht)
  31.03.2027    Zwischenbericht: Sozialraumgebietsplan Hafen 2026–2029
                (hafen-2026)

3 Termine bis 29.05.2027, davon 0 überfällig. Stand 01.10.2026.
"""


@pytest.fixture
def sozplan(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Sozplan:
    return sozplan_on(write(tmp_path, base()), capsys)


def test_what_an_office_has_to_see_to(sozplan: Sozplan) -> None:
    said = sozplan("due", "--within", "240d", "--office", "sozialplanung")
    assert (said.code, said.out, said.err) == (0, TEXT, "")


def test_nothing_is_due(sozplan: Sozplan) -> None:
    assert sozplan("due", "--within", "1w").out == "Nichts fällig.\n"
    assert sozplan("due", "--within", "1w", "--lang", "en").out == "Nothing is due.\n"


def test_what_stands_still_comes_first(sozplan: Sozplan) -> None:
    lines = sozplan("due", "--stale", "30d").out.splitlines()
    assert lines[:2] == ["Ohne Bewegung:", "  Sozialraumgebietsplan Hafen 2026–2029 (hafen-2026): seit 30.06.2026"]


def test_json_names_file_and_line(sozplan: Sozplan) -> None:
    found = json.loads(sozplan("due", "--within", "6m", "--format", "json", "--stale", "30d").out)
    assert (found["version"], found["as_of"], found["until"]) == (1, "2026-10-01", "2027-03-30")
    assert found["items"][0] == {
        "date": "2026-12-10",
        "kind": "appointment",
        "title": "Ratssitzung",
        "entity": "termin-rat-dezember",
        "office": "rat",
        "overdue": False,
        "phase": None,
        "file": "plans/calendar.yaml",
        "line": 2,
    }
    assert found["stale"] == [{"plan": "hafen-2026", "since": "2026-06-30"}]
    assert found["unowned"] == []


def test_a_calendar_has_an_event_a_date(tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    from sozplan.cli.app import run

    root = write(tmp_path, base())
    args = ["due", "-C", str(root), "--as-of", "2026-10-01", "--within", "999d", "--format", "ics"]
    assert run(args) == 0
    first = capfdbinary.readouterr().out
    assert run(args) == 0
    assert capfdbinary.readouterr().out == first
    assert all(len(line) <= 75 for line in first.split(b"\r\n"))
    calendar = Calendar.from_ical(first)
    assert calendar.errors == []
    events = calendar.walk("VEVENT")
    assert len(events) == 13
    assert len({str(event["uid"]) for event in events}) == 13
    milestone = next(event for event in events if str(event["summary"]).startswith("Meilenstein"))
    assert milestone.decoded("dtstart") == date(2027, 3, 31)
    assert str(milestone["summary"]) == "Meilenstein: Sprechstunde in beiden Stadtbezirken"
    assert str(milestone["description"]) == "Amt für Kinder und Jugend\nplans/areas/hafen.yaml:53"


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (
            ("--within", "bald"),
            "--within: „bald“ ist keine Spanne. Schreiben Sie zum Beispiel 90d (Tage), 12w (Wochen) oder 6m (Monate).",
        ),
        (("--office", "amt-15"), "--office: Die Kennung „amt-15“ gibt es nicht. Meinten Sie „amt-51“?"),
        (
            ("--office", "x"),
            "--office: Die Kennung „x“ gibt es nicht. Die Kennungen der Stellen stehen in plans/organisation/*.yaml.",
        ),
    ],
)
def test_what_is_asked_wrongly_is_told(args: tuple[str, ...], message: str, sozplan: Sozplan) -> None:
    said = sozplan("due", *args)
    assert (said.code, said.out, said.err) == (2, "", f"sozplan: {message}\n")
