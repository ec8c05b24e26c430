"""`sozplan rules`."""

from __future__ import annotations

import sys
from enum import StrEnum
from typing import Annotated

import typer

from sozplan.cli.catalogue import CATALOGUE, SOFTENED
from sozplan.cli.options import Anywhere, Request, both
from sozplan.render import catalogue

KIND = Anywhere
HELP = both(
    "Nennt alle Regeln und alle Fehler, die beim Lesen auffallen können, mit ihrer Schwere.",
    "Lists all rules and all faults that reading can find, with their severity.",
)


class Format(StrEnum):
    text = "text"
    json = "json"
    markdown = "markdown"


def run(
    ctx: typer.Context,
    format: Annotated[Format, typer.Option(help=both("Ausgabeform.", "Output format."))] = Format.text,
) -> int:
    request: Request = ctx.obj
    match format:
        case Format.json:
            sys.stdout.write(catalogue.as_json(CATALOGUE, request.lang))
        case Format.markdown:
            sys.stdout.write(catalogue.as_markdown(CATALOGUE, request.lang, SOFTENED))
        case Format.text:
            sys.stdout.write(catalogue.as_text(CATALOGUE, request.lang))
    return 0
