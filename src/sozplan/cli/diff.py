"""`sozplan diff`."""

from __future__ import annotations

import dataclasses
import sys
from collections.abc import Sequence
from enum import StrEnum
from typing import Annotated

import typer

from sozplan.analysis.changes import changes, observed
from sozplan.cli.options import Refusal, Request, both
from sozplan.diagnostics import Diagnostic, Severity, text
from sozplan.render.changes import Comparison, State, as_json, as_markdown, as_text
from sozplan.repo import Loaded
from sozplan.rules import check
from sozplan.rules.since import since

HELP = both(
    "Sagt in Worten der Planung, was sich zwischen zwei Ständen geändert hat: Ziele, Zielwerte, Zuständigkeiten, "
    "Mittel, Regeln, Zahlen und Befunde. Ohne zweite Revision gilt der Arbeitsstand.",
    "Says in a planner's words what changed between two states: goals, targets, responsibilities, money, rules, "
    "figures and findings. Without a second revision the work tree counts.",
)


class Format(StrEnum):
    text = "text"
    json = "json"
    markdown = "markdown"


def run(
    ctx: typer.Context,
    old: Annotated[str, typer.Argument(metavar="REV", help=both("Früherer Stand.", "Earlier state."))],
    new: Annotated[
        str | None,
        typer.Argument(metavar="REV2", help=both("Späterer Stand; sonst der Arbeitsstand.", "Later state.")),
    ] = None,
    format: Annotated[
        Format,
        typer.Option(
            help=both(
                "Ausgabeform; „markdown“ passt als Kommentar an einen Pull Request.",
                "Output format; “markdown” makes a comment for a pull request.",
            )
        ),
    ] = Format.text,
    no_findings: Annotated[
        bool,
        typer.Option(
            "--no-findings",
            help=both(
                "Ohne neue und erledigte Befunde; geht schneller, denn beide Stände bleiben ungeprüft.",
                "Without new and solved findings; faster, since neither state is checked.",
            ),
        ),
    ] = False,
) -> int:
    request = _with_new(ctx.obj, new)
    comparison, code = _compared(request, old, findings=not no_findings)
    match format:
        case Format.json:
            sys.stdout.write(as_json(comparison, request.lang))
        case Format.markdown:
            sys.stdout.write(as_markdown(comparison, request.lang))
        case Format.text:
            sys.stdout.write(as_text(comparison, request.lang))
    return code


def _with_new(request: Request, new: str | None) -> Request:
    """REV2 and `--rev` name the same thing."""
    if new is not None and request.rev not in (None, new):
        raise Refusal(
            text(
                de=f"Der spätere Stand ist doppelt genannt: „{new}“ und --rev „{request.rev}“.",
                en=f"The later state is named twice: “{new}” and --rev “{request.rev}”.",
            ),
            code=2,
        )
    return request if new is None else dataclasses.replace(request, rev=new)


def _compared(request: Request, old: str, *, findings: bool) -> tuple[Comparison, int]:
    """The comparison, and 1 or 3 where part of a state could not be read."""
    pair, commits = request.against(old)
    sides = (
        State(pair.old.plan, old, commits[0], _broken(pair.old)),
        State(pair.new.plan, request.rev, commits[1], _broken(pair.new)),
    )
    broken = [each for side in sides for each in side.broken]
    unread = {each.at.file for each in broken}
    comparison = Comparison(
        *sides,
        as_of=request.as_of,
        changes=changes(pair.old.plan, pair.new.plan, unread),
        figures=observed(pair.old.figures, pair.new.figures, unread),
        findings=since(_findings(request, pair.old, old), _findings(request, pair.new)) if findings else None,
    )
    return comparison, 3 if any(each.code.environment for each in broken) else int(bool(broken))


def _findings(request: Request, loaded: Loaded, rev: str | None = None) -> Sequence[Diagnostic]:
    return check(request.case_of(loaded, rev), loaded.diagnostics).open


def _broken(loaded: Loaded) -> tuple[Diagnostic, ...]:
    """Faults that cost a file its content; of a table a single faulty row does not."""
    read = {*loaded.plan.roots, *loaded.plan.texts, *(cell.at.file for cell in loaded.figures.cells)}
    return tuple(d for d in loaded.diagnostics if d.severity is Severity.ERROR and d.at.file not in read)
