"""`sozplan report`."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from sozplan.cli.options import Refusal, Request, both, chosen
from sozplan.diagnostics import text

HELP = both(
    "Druckt die Ratsvorlagen der Gebietspläne: je Plan eine Datei im Ordner --out.",
    "Prints the council papers of the area plans: a file a plan in the folder --out.",
)


class Format(StrEnum):
    pdf = "pdf"
    html = "html"
    docx = "docx"


def run(
    ctx: typer.Context,
    out: Annotated[
        Path, typer.Option("--out", metavar="DIR", help=both("Ordner für die Vorlagen.", "Folder for the papers."))
    ],
    plans: Annotated[
        list[str] | None,
        typer.Argument(metavar="PLAN", help=both("Kennungen von Plänen; sonst alle.", "Ids of plans; else all.")),
    ] = None,
    format: Annotated[
        Format, typer.Option(help=both("Dateiform; docx ist für Word.", "File format; docx is for Word."))
    ] = Format.pdf,
    trust_templates: Annotated[
        bool,
        typer.Option(
            "--trust-templates",
            help=both(
                "Eigene Druckvorlagen aus templates/ verwenden (Word: report.docx); nur wenn Sie ihnen trauen.",
                "Use the repository's own templates (Word: report.docx); only if you trust them.",
            ),
        ),
    ] = False,
    force: Annotated[
        bool, typer.Option("--force", help=both("Fremde Dateien ersetzen.", "Replace files of others."))
    ] = False,
) -> int:
    from sozplan.analysis.attainment import assess
    from sozplan.cli.papers import press
    from sozplan.render.report import paper

    request: Request = ctx.obj
    case, loaded = request.case()
    printing = press(request, force=force)
    assessment = assess(case, request.audience)
    overrides, office = printing.overrides(trust_templates), printing.office_template(trust_templates)
    papers = chosen(case.plan, plans)
    if not papers:
        raise Refusal(
            text(
                de="Es gibt keinen Gebietsplan, der sich drucken ließe (plans/areas/*.yaml).",
                en="There is no area plan to print (plans/areas/*.yaml).",
            ),
            code=1,
        )
    for plan in papers:
        document = paper(
            case,
            assessment,
            plan,
            lang=request.lang,
            audience=request.audience,
            stamp=printing.stamp,
            overrides=overrides,
        )
        target = out / f"{plan.id}.{format.value}"
        if format is Format.docx:
            from sozplan.render.word.fields import sheet

            printing.put_word(document, target, sheet(case.plan, plan, printing.stamp, request.lang, office))
        else:
            printing.put(document, target)
        sys.stdout.write(f"{target}\n")
    return request.unread(loaded)
