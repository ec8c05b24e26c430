"""`sozplan cycle`."""

from __future__ import annotations

import shutil
import sys
from enum import StrEnum
from typing import Annotated

import typer

from sozplan.analysis.cycle.standing import standing
from sozplan.cli.options import Request, both, chosen, is_terminal
from sozplan.render.cycle import Told, as_json, as_text

HELP = both(
    "Sagt, in welcher Phase des Steuerungskreislaufs jeder Plan steht, welcher Beleg fehlt und was zu tun ist.",
    "Says in which phase of the controlling cycle each plan stands, which proof is missing and what is to be done.",
)


class Format(StrEnum):
    text = "text"
    json = "json"


def run(
    ctx: typer.Context,
    plans: Annotated[
        list[str] | None,
        typer.Argument(metavar="PLAN", help=both("Kennungen von Plänen; sonst alle.", "Ids of plans; else all.")),
    ] = None,
    proofs: Annotated[
        bool,
        typer.Option(
            "--proofs", help=both("Jeden Beleg mit Tag, Datei und Zeile.", "Each proof with day, file and line.")
        ),
    ] = False,
    format: Annotated[Format, typer.Option(help=both("Ausgabeform.", "Output format."))] = Format.text,
) -> int:
    request: Request = ctx.obj
    case, loaded = request.case()
    found = [standing(case, each) for each in chosen(case.plan, plans)]
    told = Told(case.plan, found, request.as_of, request.audience)
    if format is Format.json:
        sys.stdout.write(as_json(told, request.lang))
    else:
        width = shutil.get_terminal_size().columns if is_terminal() else 0
        sys.stdout.write(as_text(told, request.lang, proofs=proofs, colour=is_terminal(), width=width))
    return request.unread(loaded)
