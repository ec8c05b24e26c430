"""The task of VS Code that checks after each save, and how it reads the findings out of what `check --watch` prints."""

from __future__ import annotations

from typing import Any, Final

from sozplan.diagnostics import Lang, Severity, text
from sozplan.render.pages import SEVERITIES

CLOCK: Final = r"^\[\d\d:\d\d:\d\d\] "
BEGINS: Final = rf"{CLOCK}(Prüfung läuft|Checking)"
ENDS: Final = rf"{CLOCK}(Geprüft\.|Checked\.)"
_LABEL = text(de="sozplan: prüfen", en="sozplan: check")
_DETAIL = text(
    de="Prüft nach jedem Speichern; die Befunde stehen unter „Probleme“.",
    en="Checks after each save; the findings stand at “Problems”.",
)


def tasks(lang: Lang) -> dict[str, Any]:
    """Started by the key for building; the findings of the last check take the place of those before."""
    return {
        "version": "2.0.0",
        "tasks": [
            {
                "label": _LABEL.say(lang),
                "detail": _DETAIL.say(lang),
                "type": "process",
                "command": "sozplan",
                "args": ["check", "--watch"],
                "options": {"cwd": "${workspaceFolder}", "env": {"NO_COLOR": "1"}},
                "isBackground": True,
                "group": {"kind": "build", "isDefault": True},
                "presentation": {"reveal": "silent", "panel": "dedicated"},
                "problemMatcher": [_matcher(severity) for severity in Severity],
            }
        ],
    }


def pattern(severity: Severity) -> str:
    """Of a finding's line, in either language; the same to JavaScript and to Python."""
    words = "|".join(sorted(set(SEVERITIES[severity])))
    return rf"^([^:]+):(\d+):(\d+): (?:{words}) ([a-z]+\.[a-z0-9-]+) (.+)$"


def _matcher(severity: Severity) -> dict[str, Any]:
    """One for each severity: the editor knows the English words alone."""
    return {
        "owner": f"sozplan-{severity.value}",
        "source": "sozplan",
        "severity": severity.value,
        "fileLocation": ["relative", "${workspaceFolder}"],
        "pattern": {"regexp": pattern(severity), "file": 1, "line": 2, "column": 3, "code": 4, "message": 5},
        "background": {"activeOnStart": True, "beginsPattern": BEGINS, "endsPattern": ENDS},
    }
