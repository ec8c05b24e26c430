"""Findings as text for people and as JSON for programs."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple, Protocol

from sozplan.diagnostics import Diagnostic, Lang, Severity, text
from sozplan.model.entity import id_of
from sozplan.model.plan import Plan
from sozplan.render.pages import SEVERITIES
from sozplan.rules import Checked

SHOWN = 200
"""Findings printed as text; the count stays exact."""

WAIVED = text(de="ausgenommen", en="waived")
_COMMAND = re.compile(r"#(?=#\w*\[)")
"""`##[…]` and `##vso[…]` are commands to build servers wherever they stand on a line."""
_COLOURS = {Severity.ERROR: "31", Severity.WARNING: "33", Severity.INFO: "36"}


class Read(Protocol):
    """What was read: the plan and the number of files."""

    @property
    def plan(self) -> Plan: ...
    @property
    def files(self) -> int: ...


class Older(NamedTuple):
    """What `--since` left out: the findings that a revision had already."""

    revision: str
    commit: str
    left_out: int

    def say(self, lang: Lang) -> str:
        short = self.commit[:10]
        since = short if self.commit.startswith(self.revision) else f"{self.revision} ({short})"
        older = text(
            de=f"{self.left_out} {_plural(self.left_out, 'älterer Befund', 'ältere Befunde')}",
            en=f"{self.left_out} older {_plural(self.left_out, 'finding', 'findings')}",
        ).say(lang)
        return text(
            de=f"Nur was seit {since} dazukam; {older} weggelassen.",
            en=f"Only what came since {since}; {older} left out.",
        ).say(lang)


@dataclass(frozen=True, slots=True)
class Result:
    """A check with what it looked at."""

    checked: Checked
    read: Read
    as_of: date
    older: Older | None = None

    def count(self, severity: Severity) -> int:
        return sum(finding.severity is severity for finding in self.checked.open)

    @property
    def entities(self) -> int:
        kinds = (placed for cls, placed in self.read.plan.placed_by_class.items() if "id" in cls.model_fields)
        return sum(id_of(entity) is not None for placed in kinds for entity, _ in placed)

    def exit_code(self, fail_on: Severity) -> int:
        """3 where a file could not be read, else 1 where a finding is grave enough."""
        if any(finding.code.environment for finding in self.checked.open):
            return 3
        return int(any(finding.severity.rank <= fail_on.rank for finding in self.checked.open))


def as_text(result: Result, lang: Lang, *, colour: bool = False) -> str:
    """`file:line:column: severity rule message`, a line each, and a summary."""
    findings = result.checked.open
    lines = [line(finding, lang, colour=colour) for finding in findings[:SHOWN]]
    if more := len(findings) - SHOWN:
        lines += [f"… und {more} weitere" if lang == "de" else f"… and {more} more"] if more > 0 else []
    lines += [waived_line(finding, lang) for finding in result.checked.waived[:SHOWN]]
    return "".join(f"{each}\n" for each in (*lines, *summary(result, lang)))


def line(finding: Diagnostic, lang: Lang, *, colour: bool = False) -> str:
    word = SEVERITIES[finding.severity].say(lang)
    if colour:
        word = f"\x1b[{_COLOURS[finding.severity]}m{word}\x1b[0m"
    return f"{_place(finding)}: {word} {finding.code.id} {one_line(finding.say(lang))}"


def waived_line(finding: Diagnostic, lang: Lang) -> str:
    return f"{_place(finding)}: {WAIVED.say(lang)} {finding.code.id} {one_line(finding.say(lang))}"


def _place(finding: Diagnostic) -> str:
    return f"{_COMMAND.sub('# ', finding.at.file)}:{finding.at.line}:{finding.at.column}"


def one_line(message: str) -> str:
    """Without anything that a terminal or a build log would take for a command."""
    plain = _COMMAND.sub("# ", " ".join(message.split()))
    return plain if plain.isprintable() else "".join(c if c.isprintable() else _escape(c) for c in plain)


def _escape(character: str) -> str:
    return character.encode("unicode_escape").decode("ascii")


def summary(result: Result, lang: Lang) -> list[str]:
    """What was looked at and found, and what was left out."""
    return [_counts(result, lang), *([result.older.say(lang)] if result.older else [])]


def _counts(result: Result, lang: Lang) -> str:
    """The counts, the bulk first: `7 Dateien, 56 Einträge, Stand 01.10.2026: 0 Fehler, …`."""
    counts = (result.read.files, result.entities, *(result.count(severity) for severity in Severity))
    words = [f"{n} {one if n == 1 else many}" for n, (one, many) in zip(counts, _COUNTED[lang], strict=True)]
    day = f"Stand {result.as_of:%d.%m.%Y}" if lang == "de" else f"as of {result.as_of.isoformat()}"
    waived = f"{len(result.checked.waived)} {'ausgenommen' if lang == 'de' else 'waived'}"
    return f"{', '.join(words[:2])}, {day}: {', '.join(words[2:])}, {waived}."


def _plural(number: int, one: str, many: str) -> str:
    return one if number == 1 else many


_COUNTED: Mapping[Lang, tuple[tuple[str, str], ...]] = {
    "de": (
        ("Datei", "Dateien"),
        ("Eintrag", "Einträge"),
        ("Fehler", "Fehler"),
        ("Warnung", "Warnungen"),
        ("Hinweis", "Hinweise"),
    ),
    "en": (
        ("file", "files"),
        ("entity", "entities"),
        ("error", "errors"),
        ("warning", "warnings"),
        ("info", "infos"),
    ),
}


def as_json(result: Result, lang: Lang) -> str:
    document = {
        "version": 1,
        "as_of": result.as_of.isoformat(),
        "summary": {
            "files": result.read.files,
            "entities": result.entities,
            "errors": result.count(Severity.ERROR),
            "warnings": result.count(Severity.WARNING),
            "infos": result.count(Severity.INFO),
            "waived": len(result.checked.waived),
        },
        "since": result.older._asdict() if result.older else None,
        "diagnostics": _diagnostics(result.checked.open, lang),
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _diagnostics(findings: Sequence[Diagnostic], lang: Lang) -> list[dict[str, Any]]:
    return [
        {
            "rule": finding.code.id,
            "severity": finding.severity.value,
            "file": finding.at.file,
            "line": finding.at.line,
            "column": finding.at.column,
            "message": one_line(finding.say(lang)),
            "entity": finding.entity,
        }
        for finding in findings
    ]
