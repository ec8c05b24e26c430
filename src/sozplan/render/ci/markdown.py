"""A table for a comment on a pull request or the summary of a job."""

from __future__ import annotations

import re

from sozplan.diagnostics import Diagnostic, Lang, text
from sozplan.render.ci.run import Run
from sozplan.render.findings import WAIVED, one_line, summary
from sozplan.render.pages import SEVERITIES

SHOWN = 100
"""Comments have a limit of their own: 65,536 characters on GitHub."""

_COLUMNS = text(de="Schwere | Stelle | Regel | Befund", en="Severity | Place | Rule | Finding")
_NONE = text(de="Keine Befunde.", en="No findings.")
_MARKUP = re.compile(r"([\\`*_{}\[\]<>|~!&])")
_CALLS = re.compile(r"[@#](?=\w)|(?<=\w):(?=//)|(?<=\bwww)\.")
"""Names, issues and addresses, which become links by themselves."""


def comment(run: Run, lang: Lang) -> str:
    rows = [_row(finding, SEVERITIES[finding.severity].say(lang), lang) for finding in run.open]
    rows += [_row(finding, WAIVED.say(lang), lang) for finding in run.waived]
    table = [f"| {_COLUMNS.say(lang)} |", "|---|---|---|---|", *rows[:SHOWN]] if rows else [_NONE.say(lang)]
    if (more := len(rows) - SHOWN) > 0:
        table += ["", text(de=f"… und {more} weitere.", en=f"… and {more} more.").say(lang)]
    told = [line for each in summary(run.result, lang) for line in ("", escape(each))]
    return "".join(f"{line}\n" for line in ("## sozplan check", "", *table, *told))


def _row(finding: Diagnostic, word: str, lang: Lang) -> str:
    at = finding.at
    place = f"{escape(at.file)}:{at.line}"
    return f"| {word} | {place} | `{finding.code.id}` | {escape(one_line(finding.say(lang)))} |"


def escape(said: str) -> str:
    """Text that can't become markup, call people or lead elsewhere: an invisible space parts what would be a link."""
    return _CALLS.sub("\\g<0>\u200b", _MARKUP.sub(r"\\\1", said))
