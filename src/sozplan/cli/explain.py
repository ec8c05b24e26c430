"""`sozplan explain`."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from sozplan.cli.catalogue import SOFTENED, code_of
from sozplan.cli.options import Anywhere, Request, both
from sozplan.render.pages import page

KIND = Anywhere
HELP = both(
    "Erklärt eine Regel: warum es sie gibt, was sie meldet, ein falsches und ein richtiges Beispiel.",
    "Explains a rule: why it exists, what it reports, a wrong and a right example.",
)


def run(
    ctx: typer.Context,
    rule: Annotated[str, typer.Argument(metavar="RULE", help=both("Name der Regel.", "Name of the rule."))],
) -> int:
    request: Request = ctx.obj
    code = code_of(rule)
    sys.stdout.write(page(code, request.lang, softens=code.id in SOFTENED))
    return 0
