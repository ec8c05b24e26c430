"""Workflow commands of GitHub Actions, which it shows beside the changed lines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from sozplan.diagnostics import Diagnostic, Lang, Severity, text
from sozplan.render.ci.run import Run
from sozplan.render.findings import line, one_line, summary, waived_line

LIMIT = 10
"""GitHub shows so many of each level a step; the others would vanish without a word."""

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def commands(run: Run, lang: Lang) -> str:
    """The first of each level as annotations, the rest as lines of the log, and the summary."""
    lines = [*_open(run, lang), *(waived_line(each, lang) for each in run.waived), *summary(run.result, lang)]
    if any(count > LIMIT for count in Counter(finding.severity for finding in run.open).values()):
        lines.append(_LIMITED.say(lang))
    return "".join(f"{each}\n" for each in lines)


_LIMITED = text(
    de=f"GitHub zeigt je Schwere höchstens {LIMIT} Anmerkungen; die übrigen Befunde stehen nur hier im Protokoll.",
    en=f"GitHub shows {LIMIT} annotations of each severity at most; the other findings stand in this log only.",
)


def _open(run: Run, lang: Lang) -> Iterator[str]:
    shown: Counter[Severity] = Counter()
    for finding in run.open:
        shown[finding.severity] += 1
        yield _command(finding, lang) if shown[finding.severity] <= LIMIT else line(finding, lang)


def _command(finding: Diagnostic, lang: Lang) -> str:
    at = finding.at
    place = f"file={_property(finding.at.file)},line={at.line},col={at.column},title={_property(finding.code.id)}"
    return f"::{_LEVELS[finding.severity]} {place}::{_data(one_line(finding.say(lang)))}"


def _data(said: str) -> str:
    return said.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(said: str) -> str:
    return _data(said).replace(":", "%3A").replace(",", "%2C")
