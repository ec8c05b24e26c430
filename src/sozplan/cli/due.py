"""`sozplan due`."""

from __future__ import annotations

import re
import shutil
import sys
from datetime import timedelta
from enum import StrEnum
from typing import Annotated

import typer

from sozplan.analysis.due import Agenda, agenda
from sozplan.cli.options import Refusal, Request, both, did_you_mean, is_terminal
from sozplan.diagnostics import text
from sozplan.model.plan import Plan
from sozplan.render.due import Told, as_ics, as_json, as_text

HELP = both(
    "Nennt je Stelle, was fällig ist: Meilensteine, Berichte, Aufträge, Nachweise, Fristen, Daten.",
    "Names for each office what is due: milestones, reports, tasks, proofs, deadlines, data.",
)


class Format(StrEnum):
    text = "text"
    json = "json"
    ics = "ics"


def run(
    ctx: typer.Context,
    within: Annotated[
        str,
        typer.Option(
            "--within", metavar="DAYS", help=both("So weit voraus: 90d, 12w, 6m.", "So far ahead: 90d, 12w, 6m.")
        ),
    ] = "90d",
    office: Annotated[
        str | None,
        typer.Option("--office", metavar="ID", help=both("Nur diese Stelle.", "Only this office.")),
    ] = None,
    stale: Annotated[
        str,
        typer.Option(
            "--stale",
            metavar="DAYS",
            help=both("Ab wann ein Plan ohne Bewegung oben steht.", "When a plan that stands still is named."),
        ),
    ] = "180d",
    format: Annotated[Format, typer.Option(help=both("Ausgabeform.", "Output format."))] = Format.text,
) -> int:
    request: Request = ctx.obj
    case, loaded = request.case()
    until = request.as_of + timedelta(days=days("--within", within))
    found = agenda(case, until, days("--stale", stale))
    told = Told(case.plan, found if office is None else _of(found, case.plan, office), request.as_of, until)
    match format:
        case Format.json:
            sys.stdout.write(as_json(told, request.lang))
        case Format.ics:
            sys.stdout.buffer.write(as_ics(told, request.lang))
        case Format.text:
            width = shutil.get_terminal_size().columns if is_terminal() else 0
            sys.stdout.write(as_text(told, request.lang, colour=is_terminal(), width=width))
    return request.unread(loaded)


_UNITS = {"d": 1, "w": 7, "m": 30}
_SPAN = re.compile(r"(\d{1,4})([dwm]?)")


def days(option: str, span: str) -> int:
    """The days of a span such as 90d, 12w, 6m."""
    match = _SPAN.fullmatch(span)
    if match is None:
        raise Refusal(
            text(
                de=f"{option}: „{span}“ ist keine Spanne. Schreiben Sie zum Beispiel 90d (Tage), 12w (Wochen) oder 6m "
                "(Monate).",
                en=f"{option}: “{span}” is no span. Write 90d (days), 12w (weeks) or 6m (months), say.",
            ),
            2,
        )
    return int(match[1]) * _UNITS[match[2] or "d"]


_WHERE = text(
    de=" Die Kennungen der Stellen stehen in plans/organisation/*.yaml.",
    en=" The ids of offices are in plans/organisation/*.yaml.",
)


def _of(found: Agenda, plan: Plan, office: str) -> Agenda:
    """What one office has to see to."""
    if plan.get(office) is None:
        hint = did_you_mean(office, plan.ids)
        raise Refusal(
            text(
                de=f"--office: Die Kennung „{office}“ gibt es nicht.{hint.de or _WHERE.de}",
                en=f"--office: There is no id “{office}”.{hint.en or _WHERE.en}",
            ),
            2,
        )
    items = tuple(each for each in found.items if each.office == office)
    return Agenda(items, (), ())
