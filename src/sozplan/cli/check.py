"""`sozplan check`."""

from __future__ import annotations

import dataclasses
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from sozplan.cli.catalogue import CATALOGUE, chosen_rules
from sozplan.cli.options import Refusal, Request, both, is_terminal
from sozplan.diagnostics import Severity, text
from sozplan.render import findings
from sozplan.repo import Loaded
from sozplan.repo.store.question import Scope
from sozplan.rules import Checked, check
from sozplan.rules.since import brought

HELP = both(
    "Prüft, ob die ganze Planung zusammenpasst. Jeder Befund nennt Datei, Zeile, Regel und was stattdessen zu "
    "schreiben ist.",
    "Checks that the whole planning fits together. Each finding names file, line, rule and what to write instead.",
)


class Format(StrEnum):
    text = "text"
    json = "json"
    github = "github"
    gitlab = "gitlab"
    sarif = "sarif"
    junit = "junit"
    markdown = "markdown"


class FailOn(StrEnum):
    error = "error"
    warning = "warning"
    info = "info"


def run(
    ctx: typer.Context,
    format: Annotated[
        Format,
        typer.Option(
            help=both(
                "Ausgabeform: für Menschen, Programme, CI-Dienste, Kommentare.",
                "Output format: for people, programs, CI services, comments.",
            )
        ),
    ] = Format.text,
    since: Annotated[
        str | None,
        typer.Option(
            metavar="REV",
            help=both(
                "Nur Befunde, die es in dieser Git-Revision noch nicht gab.",
                "Only findings that this git revision did not have yet.",
            ),
        ),
    ] = None,
    fail_on: Annotated[
        FailOn, typer.Option(help=both("Ab welcher Schwere die Rückgabe 1 ist.", "From which severity on to return 1."))
    ] = FailOn.error,
    strict: Annotated[
        bool, typer.Option("--strict", help=both("Auch Warnungen zählen.", "Warnings count too."))
    ] = False,
    select: Annotated[
        list[str] | None,
        typer.Option(
            metavar="RULE",
            help=both(
                "Nur diese Regeln oder Gruppen, mit Komma getrennt; mehrfach möglich.",
                "Only these rules or groups, separated by commas; may be repeated.",
            ),
        ),
    ] = None,
    ignore: Annotated[
        list[str] | None,
        typer.Option(metavar="RULE", help=both("Ohne diese Regeln oder Gruppen.", "Without these rules or groups.")),
    ] = None,
    fix: Annotated[
        bool,
        typer.Option(
            "--fix",
            help=both(
                "Berichtigen, was nur eine richtige Lösung hat (Schlüssel ohne Anführungszeichen, deutsche Zahlen, "
                "Tage und Wörter, Reihenfolge von Meilensteinen), und zeigen, was sich ändert.",
                "Put right what has one right answer (keys without quotes, German numbers, days and words, the order "
                "of milestones), and show what changes.",
            ),
        ),
    ] = False,
    dry_run: Annotated[
        bool,
        typer.Option(
            "--dry-run", help=both("Mit --fix: nur zeigen, nichts schreiben.", "With --fix: show only, write nothing.")
        ),
    ] = False,
    watch: Annotated[
        bool,
        typer.Option(
            "--watch",
            help=both(
                "Nach jeder Änderung einer Datei von neuem prüfen, bis Strg-C.",
                "Check anew after each change of a file, until Ctrl-C.",
            ),
        ),
    ] = False,
) -> int:
    request: Request = ctx.obj
    wanted = chosen_rules(select, ignore)
    if watch:
        from sozplan.cli import watching

        watching.refuse(request, fix=fix or dry_run, is_text=format is Format.text)
        watching.watch(request, lambda now: _as_text(_checked(now, wanted, since), now))
    if dry_run and not fix:
        raise Refusal(text(de="--dry-run gehört zu --fix.", en="--dry-run belongs to --fix."), 2)
    if fix:
        from sozplan.cli.fixing import fix_all

        fix_all(request, wanted, dry_run=dry_run)
    result = _checked(request, wanted, since)
    threshold = Severity.WARNING if strict else Severity(fail_on.value)
    match format:
        case Format.json:
            sys.stdout.write(findings.as_json(result, request.lang))
        case Format.text:
            sys.stdout.write(_as_text(result, request))
        case _:
            _tell(format.value, result, wanted, threshold, request)
    return result.exit_code(threshold)


def _as_text(result: findings.Result, request: Request) -> str:
    return findings.as_text(result, request.lang, colour=is_terminal())


def _checked(request: Request, wanted: frozenset[str], since: str | None) -> findings.Result:
    if since is None:
        loaded, found = _found(request, located=False)
        if any(each.at.line < 1 for each in (*found.open, *found.waived)):
            loaded, found = _found(request, located=True)
        return findings.Result(found.only(wanted), loaded, request.as_of)
    pair, (commit, _) = request.against(since)
    old = check(request.case_of(pair.old, since), pair.old.diagnostics).only(wanted)
    new = check(request.case_of(pair.new), pair.new.diagnostics).only(wanted)
    fresh = brought(old, new, pair.moved)
    count = sum(map(len, new)) - sum(map(len, fresh))
    return findings.Result(fresh, pair.new, request.as_of, findings.Older(since, commit, count))


def _found(request: Request, located: bool) -> tuple[Loaded, Checked]:
    """Numbering the lines of large tables takes long, and is done only where there is something to tell of them."""
    case, loaded = request.case(Scope.ALL, located)
    return loaded, check(case, loaded.diagnostics)


def _tell(format: str, result: findings.Result, wanted: frozenset[str], threshold: Severity, request: Request) -> None:
    from sozplan.render import ci

    placed = dataclasses.replace(result, checked=ci.below(_folder(request.root), result.checked))
    codes = tuple(code for code in CATALOGUE if code.id in wanted)
    sys.stdout.write(ci.FORMATS[format](ci.Run(placed, codes, threshold), request.lang))
    if format in ci.SPEECHLESS:
        sys.stderr.write("".join(f"{line}\n" for line in findings.summary(result, request.lang)))


def _folder(root: Path) -> str:
    """From the top of the git repository, found without git, to the planning: "" or "planung/"."""
    top = next((folder for folder in (root, *root.parents) if (folder / ".git").exists()), root)
    return "".join(f"{part}/" for part in root.relative_to(top).parts)
