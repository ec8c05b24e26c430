"""`sozplan check`."""

from __future__ import annotations

import sys
from enum import StrEnum
from typing import Annotated

import typer

from sozplan.cli.catalogue import chosen_rules
from sozplan.cli.options import Request, both, is_terminal
from sozplan.diagnostics import Severity
from sozplan.render import findings
from sozplan.rules import check

HELP = both(
    "Prüft, ob die ganze Planung zusammenpasst. Jeder Befund nennt Datei, Zeile, Regel und was stattdessen zu "
    "schreiben ist.",
    "Checks that the whole planning fits together. Each finding names file, line, rule and what to write instead.",
)


class Format(StrEnum):
    text = "text"
    json = "json"


class FailOn(StrEnum):
    error = "error"
    warning = "warning"
    info = "info"


def run(
    ctx: typer.Context,
    format: Annotated[Format, typer.Option(help=both("Ausgabeform.", "Output format."))] = Format.text,
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
) -> int:
    request: Request = ctx.obj
    wanted = chosen_rules(select, ignore)
    case, loaded = request.case()
    result = findings.Result(check(case, loaded.diagnostics).only(wanted), loaded, request.as_of)
    if format is Format.json:
        sys.stdout.write(findings.as_json(result, request.lang))
    else:
        sys.stdout.write(findings.as_text(result, request.lang, colour=is_terminal()))
    return result.exit_code(Severity.WARNING if strict else Severity(fail_on.value))
