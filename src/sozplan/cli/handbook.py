"""`sozplan handbook`."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from sozplan.cli.options import Refusal, Request, both
from sozplan.diagnostics import text

HELP = both(
    "Druckt das Handbuch der Verwaltung aus denselben Daten, als PDF oder HTML.",
    "Prints the administrative manual from the same data, as PDF or HTML.",
)


def run(
    ctx: typer.Context,
    out: Annotated[
        Path,
        typer.Option("--out", metavar="FILE", help=both("Zieldatei, .pdf oder .html.", "Output file, .pdf or .html.")),
    ],
    trust_templates: Annotated[
        bool,
        typer.Option(
            "--trust-templates",
            help=both(
                "Eigene Druckvorlagen aus templates/ verwenden; nur wenn Sie ihnen trauen.",
                "Use the repository's own templates; only if you trust them.",
            ),
        ),
    ] = False,
    force: Annotated[
        bool, typer.Option("--force", help=both("Fremde Dateien ersetzen.", "Replace files of others."))
    ] = False,
) -> int:
    from sozplan.cli.papers import Order, press
    from sozplan.render.handbook import manual

    if out.suffix not in (".pdf", ".html"):
        raise Refusal(
            text(de=f"--out: „{out}“ muss auf .pdf oder .html enden.", en=f"--out: “{out}” must end in .pdf or .html."),
            2,
        )
    request: Request = ctx.obj
    case, loaded = request.case()
    printing = press(request, force=force)
    overrides = printing.overrides(trust_templates)
    fill_in = partial(
        manual, case, lang=request.lang, audience=request.audience, stamp=printing.stamp, overrides=overrides
    )
    return max(printing.all([Order(out.name, out, fill_in)]), request.unread(loaded))
