"""Findings as a planner reads them and as programs read them."""

from __future__ import annotations

import dataclasses
import json
from datetime import date
from types import SimpleNamespace

import pytest

from sozplan.diagnostics import Code, Diagnostic, Location, Severity, text
from sozplan.model.plan import Plan
from sozplan.model.settings import Settings
from sozplan.render import findings
from sozplan.rules import Checked

SETTINGS = Settings.model_validate(
    {
        "version": 1,
        "municipality": {"name": "Beispielstadt", "key": "05000000", "kind": "Stadt", "land": "NW"},
        "levels": [{"id": "stadt", "name": "Stadt"}],
    }
)


def code(id: str, severity: Severity = Severity.ERROR, *, environment: bool = False) -> Code:
    message = text(de="Hier fehlt {what}.", en="{what} is missing here.")
    page = text(de="Seite", en="page")
    return Code(id, severity, message, page, page, "", "", environment)


def finding(id: str, line: int, severity: Severity = Severity.ERROR, what: object = "etwas") -> Diagnostic:
    at = Location("plans/strategy.yaml", line, 3)
    return Diagnostic(at, code(id, severity), {"what": what}, "goal-1", severity)


def result(*found: Diagnostic, waived: tuple[Diagnostic, ...] = ()) -> findings.Result:
    read = SimpleNamespace(plan=Plan(SETTINGS), files=7)
    return findings.Result(Checked(found, waived), read, date(2026, 10, 1))


def test_a_line_names_file_line_column_severity_rule_and_message() -> None:
    found = result(finding("ref.unknown", 4), finding("time.order", 9, Severity.WARNING))
    assert findings.as_text(found, "de") == (
        "plans/strategy.yaml:4:3: Fehler ref.unknown Hier fehlt etwas.\n"
        "plans/strategy.yaml:9:3: Warnung time.order Hier fehlt etwas.\n"
        "7 Dateien, 0 Einträge, Stand 01.10.2026: 1 Fehler, 1 Warnung, 0 Hinweise, 0 ausgenommen.\n"
    )
    assert findings.as_text(found, "en") == (
        "plans/strategy.yaml:4:3: error ref.unknown etwas is missing here.\n"
        "plans/strategy.yaml:9:3: warning time.order etwas is missing here.\n"
        "7 files, 0 entities, as of 2026-10-01: 1 error, 1 warning, 0 infos, 0 waived.\n"
    )


def test_waived_findings_are_printed_as_such() -> None:
    shown = findings.as_text(result(waived=(finding("time.plan-gap", 2, Severity.WARNING),)), "de")
    assert "plans/strategy.yaml:2:3: ausgenommen time.plan-gap Hier fehlt etwas.\n" in shown
    assert shown.endswith("1 ausgenommen.\n")


HOSTILE = [
    "a\nb", "::error::x", "\x1b[31mrot", "[/nope]", "x\r::add-mask::y", "##[add-mask]x", "##vso[task.setvariable]x",
]  # fmt: skip


@pytest.mark.parametrize("hostile", HOSTILE)
def test_a_message_stays_on_its_line_and_commands_nothing(hostile: str) -> None:
    found = finding("ref.unknown", 4, what=hostile)
    shown = findings.as_text(result(found, waived=(found,)), "de")
    first, second, summary = shown.splitlines()
    assert first.startswith("plans/strategy.yaml:4:3: Fehler ref.unknown Hier fehlt ")
    assert second.startswith("plans/strategy.yaml:4:3: ausgenommen ref.unknown Hier fehlt ")
    assert "\x1b" not in shown
    assert "##" not in shown
    assert summary.startswith("7 Dateien")


def test_a_file_name_commands_nothing_either() -> None:
    odd = Diagnostic(Location("plans/##[add-mask]x.yaml"), code("file.not-read"), {"what": "x"})
    assert findings.as_text(result(odd), "de").startswith("plans/# #[add-mask]x.yaml:1:1: Fehler file.not-read ")


def test_what_was_there_before_is_counted() -> None:
    older = findings.Older("origin/main", "0123456789abcdef", 1)
    shown = findings.as_text(dataclasses.replace(result(), older=older), "de")
    assert shown.splitlines()[-1] == ("Nur was seit origin/main (0123456789) dazukam; 1 älterer Befund weggelassen.")
    by_id = findings.Older("01234", "0123456789abcdef", 2)
    assert by_id.say("en") == "Only what came since 0123456789; 2 older findings left out."
    document = json.loads(findings.as_json(dataclasses.replace(result(), older=older), "de"))
    assert document["since"] == {"revision": "origin/main", "commit": "0123456789abcdef", "left_out": 1}


def test_only_so_many_are_printed_but_all_are_counted() -> None:
    shown = findings.as_text(result(*(finding("ref.unknown", line) for line in range(1, 302))), "de")
    lines = shown.splitlines()
    assert len(lines) == findings.SHOWN + 2
    assert lines[-2] == "… und 101 weitere"
    assert "301 Fehler" in lines[-1]


def test_colour_marks_the_severity_only() -> None:
    shown = findings.as_text(result(finding("ref.unknown", 4)), "de", colour=True)
    assert shown.startswith("plans/strategy.yaml:4:3: \x1b[31mFehler\x1b[0m ref.unknown")


def test_json_has_the_keys_of_the_contract() -> None:
    found = result(finding("ref.unknown", 4), finding("time.order", 9, Severity.INFO))
    document = json.loads(findings.as_json(found, "de"))
    assert document == {
        "version": 1,
        "as_of": "2026-10-01",
        "summary": {"files": 7, "entities": 0, "errors": 1, "warnings": 0, "infos": 1, "waived": 0},
        "since": None,
        "diagnostics": [
            {
                "rule": rule,
                "severity": severity,
                "file": "plans/strategy.yaml",
                "line": line,
                "column": 3,
                "message": "Hier fehlt etwas.",
                "entity": "goal-1",
            }
            for rule, severity, line in (("ref.unknown", "error", 4), ("time.order", "info", 9))
        ],
    }


def test_the_exit_code_follows_the_gravest_finding() -> None:
    warned = result(finding("time.order", 1, Severity.WARNING))
    assert result().exit_code(Severity.INFO) == 0
    assert warned.exit_code(Severity.ERROR) == 0
    assert warned.exit_code(Severity.WARNING) == 1
    unread = Diagnostic(Location("plans/x.yaml"), code("file.unreadable", environment=True), {"what": "x"})
    assert result(finding("ref.unknown", 1), unread).exit_code(Severity.ERROR) == 3
