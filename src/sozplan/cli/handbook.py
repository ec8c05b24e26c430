"""`sozplan handbook`."""

from __future__ import annotations

import sys
from collections.abc import Callable
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sozplan.cli.options import Refusal, Request, both
from sozplan.diagnostics import Severity, text

if TYPE_CHECKING:
    from sozplan.cli.papers import Press
    from sozplan.render.document import Html
    from sozplan.repo import Loaded

HELP = both(
    "Druckt das Handbuch der Verwaltung aus denselben Daten: als PDF, als durchsuchbare HTML-Seite oder für Word. "
    "--synopsis stellt die Fassung einer Revision der neuen gegenüber.",
    "Prints the administrative manual from the same data: as PDF, as an HTML page with search, or for Word. "
    "--synopsis lays the version of a revision beside the new one.",
)


class Format(StrEnum):
    pdf = "pdf"
    html = "html"
    docx = "docx"


def run(
    ctx: typer.Context,
    out: Annotated[
        Path,
        typer.Option(
            "--out",
            metavar="FILE",
            help=both("Zieldatei; .pdf, .html oder .docx.", "Output file; .pdf, .html or .docx."),
        ),
    ],
    synopsis: Annotated[
        str | None,
        typer.Option(
            metavar="REV",
            help=both(
                "Gegenüberstellung alt und neu: die Fassung dieser Git-Revision links, die neue rechts.",
                "Old and new side by side: the version of this git revision left, the new one right.",
            ),
        ),
    ] = None,
    format: Annotated[
        Format | None,
        typer.Option(
            help=both("Dateiform; sonst nach der Endung von --out.", "File format; else by the ending of --out.")
        ),
    ] = None,
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
    from sozplan.cli.papers import press

    form = _form(out, format)
    request: Request = ctx.obj
    printing = press(request, force=force)
    if synopsis is None:
        loaded, make, code = _manual(request, printing, form, trust_templates)
    else:
        loaded, make, code = _synopsis(request, printing, synopsis)
    return max(code, _printed(printing, out, form, make, loaded, trust_templates), request.unread(loaded))


def _form(out: Path, asked: Format | None) -> Format:
    """By the ending of the file; one that says something else than `--format` would mislead whoever opens it."""
    known = {f".{each.value}": each for each in Format}
    found = known.get(out.suffix)
    if found is None or asked not in (None, found):
        endings = f".{asked.value}" if asked else None
        raise Refusal(
            text(
                de=f"--out: „{out}“ muss auf {endings or '.pdf, .html oder .docx'} enden.",
                en=f"--out: “{out}” must end in {endings or '.pdf, .html or .docx'}.",
            ),
            2,
        )
    return found


_Made = tuple["Loaded", Callable[[], "Html"], int]


def _manual(request: Request, printing: Press, form: Format, trusted: bool) -> _Made:
    from sozplan.render.handbook import Medium, manual

    case, loaded = request.case()
    make = partial(
        manual,
        case,
        lang=request.lang,
        audience=request.audience,
        stamp=printing.stamp,
        overrides=printing.overrides(trusted),
        medium=Medium(form.value),
    )
    return loaded, make, 0


def _synopsis(request: Request, printing: Press, revision: str) -> _Made:
    from sozplan.render.synopsis import Former, comparison

    pair, (commit, _) = request.against(revision)
    name = commit[:10] if commit.startswith(revision) else f"{revision} ({commit[:10]})"
    make = partial(
        comparison,
        pair.new.plan,
        Former(pair.old.plan, name),
        request.as_of,
        lang=request.lang,
        audience=request.audience,
        stamp=printing.stamp,
    )
    return pair.new, make, _broken(request, pair.old, name)


def _broken(request: Request, old: Loaded, name: str) -> int:
    """What could not be read of the former state would look as if it were new."""
    files = sorted({each.at.file for each in old.faults if each.severity is Severity.ERROR})
    if not files:
        return 0
    said = text(
        de=f"Im Stand {name} ist fehlerhaft: {', '.join(files)}. Was darin steht, erscheint als neu.",
        en=f"Faulty at {name}: {', '.join(files)}. What stands in there appears as new.",
    )
    sys.stderr.write(f"sozplan: {said.say(request.lang)}\n")
    return 1


def _printed(printing: Press, out: Path, form: Format, make: Callable[[], Html], loaded: Loaded, trusted: bool) -> int:
    from sozplan.cli.papers import Order

    if form is not Format.docx:
        return printing.all([Order(out.name, out, make)])
    from sozplan.render.overview import said_by_strategy
    from sozplan.render.word.fields import sheet

    plan, lang = loaded.plan, printing.request.lang
    office = printing.office_template(trusted)
    return printing.all(
        [Order(out.name, out, make, sheet(plan, None, said_by_strategy(plan), printing.stamp, lang, office))]
    )
