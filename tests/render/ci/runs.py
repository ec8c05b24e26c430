"""A check with an error, a warning, an info and a waived finding, and texts that try to be commands."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

from sozplan.diagnostics import Code, Diagnostic, Location, Severity, text
from sozplan.model.calendar import Waivers
from sozplan.model.plan import Plan
from sozplan.model.settings import Settings
from sozplan.render.ci import Run
from sozplan.render.findings import Older, Result
from sozplan.rules import Checked

SETTINGS = Settings.model_validate(
    {
        "version": 1,
        "municipality": {"name": "Beispielstadt", "key": "05000000", "kind": "Stadt", "land": "NW"},
        "levels": [{"id": "stadt", "name": "Stadt"}],
    }
)
WAIVERS = Waivers.model_validate(
    {
        "waivers": [
            {
                "id": "ausnahme-hafen",
                "rule": "time.plan-gap",
                "entity": "hafen-2026",
                "reason": "Der neue Plan kommt im Mai.",
                "role": "sozialplanung",
                "expires": "2027-05-31",
            }
        ]
    }
)


def code(id: str, severity: Severity, *, environment: bool = False) -> Code:
    return Code(
        id,
        severity,
        text(de="Hier fehlt {what}.", en="{what} is missing here."),
        text(de=f"Titel von {id}", en=f"Title of {id}"),
        text(de="Sonst weiß es niemand.", en="Else nobody knows."),
        "# sozplan.yaml\na: 1\n",
        "# sozplan.yaml\na: 2\n",
        environment,
    )


UNKNOWN = code("ref.unknown", Severity.ERROR)
ORDER = code("time.order", Severity.WARNING)
AMBITION = code("target.ambition", Severity.INFO)
GAP = code("time.plan-gap", Severity.WARNING)
UNREAD = code("file.unreadable", Severity.ERROR, environment=True)
CODES = (UNREAD, UNKNOWN, ORDER, GAP, AMBITION)


def finding(of: Code, line: int = 4, what: str = "etwas", *, file: str = "plans/areas/hafen.yaml") -> Diagnostic:
    return Diagnostic(Location(file, line, 3), of, {"what": what}, "hafen-2026", of.severity)


EACH = (finding(UNKNOWN), finding(ORDER, 9), finding(AMBITION, 12))
WAIVED = (finding(GAP, 2),)


def run(
    *found: Diagnostic,
    waived: tuple[Diagnostic, ...] = (),
    fail_on: Severity = Severity.ERROR,
    older: Older | None = None,
) -> Run:
    read = SimpleNamespace(plan=Plan(SETTINGS, {"plans/waivers.yaml": WAIVERS}), files=7)
    return Run(Result(Checked(found, waived), read, date(2026, 10, 1), older), CODES, fail_on)


def all_kinds() -> Run:
    return run(*EACH, waived=WAIVED)


SINCE = Older("main", "0123456789abcdef", 12)
SUMMARY = "7 Dateien, 1 Eintrag, Stand 01.10.2026: 1 Fehler, 1 Warnung, 1 Hinweis, 1 ausgenommen."
