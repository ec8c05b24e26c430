"""`sozplan funding`."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Sequence
from datetime import timedelta
from enum import StrEnum
from typing import Annotated

import typer

from sozplan.cli.due import days
from sozplan.cli.options import Refusal, Request, both, did_you_mean, is_terminal
from sozplan.diagnostics import text
from sozplan.model.areas import AreaPlan
from sozplan.model.case import Case
from sozplan.model.measures import Measure

HELP = both(
    "Prüft je Maßnahme und Förderprogramm jede Bedingung – ja, nein oder zu prüfen – mit Grund und was zu ändern wäre; "
    "am Ende steht unverbindlich die Kombination mit dem geringsten Eigenanteil.",
    "Checks each condition of each funding programme for each measure – yes, no or to be checked – with the reason and "
    "what to change; at the end, not binding, stands the combination with the least own share.",
)


class Format(StrEnum):
    text = "text"
    json = "json"
    ics = "ics"


def run(
    ctx: typer.Context,
    ids: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="MEASURE|PLAN",
            help=both(
                "Kennungen von Maßnahmen oder Plänen; sonst alle, die noch laufen oder kommen.",
                "Ids of measures or plans; else all that are running or to come.",
            ),
        ),
    ] = None,
    every: Annotated[
        bool,
        typer.Option(
            "--all",
            help=both(
                "Jede Bedingung jedes Programms zeigen, auch erfüllte; bei einzelnen Maßnahmen immer.",
                "Show each condition of each programme, met ones too; always so of single measures.",
            ),
        ),
    ] = False,
    calendar: Annotated[
        bool,
        typer.Option(
            "--calendar",
            help=both(
                "Nur Fristen und Anträge: Aufrufe, Abrufe, Nachweise, Zweckbindung.",
                "Only dates and applications: calls, drawdowns, proofs, binding.",
            ),
        ),
    ] = False,
    within: Annotated[
        str,
        typer.Option(
            "--within",
            metavar="DAYS",
            help=both("So weit voraus reichen die Fristen: 90d, 12w, 6m.", "So far ahead are dates: 90d, 12w, 6m."),
        ),
    ] = "12m",
    format: Annotated[
        Format,
        typer.Option(help=both("Ausgabeform; ics enthält die Fristen.", "Output format; ics holds the dates.")),
    ] = Format.text,
) -> int:
    from sozplan.analysis.funding.deadlines import deadlines
    from sozplan.analysis.funding.matching import matches
    from sozplan.analysis.funding.proposal import propose
    from sozplan.render.funding import Told, as_dates, as_json, as_text

    request: Request = ctx.obj
    case, loaded = request.case()
    measures = _asked(case, ids)
    until = request.as_of + timedelta(days=days("--within", within))
    dates = deadlines(case, until)
    if format is Format.ics:
        from sozplan.analysis.due import Agenda
        from sozplan.render import due

        told = due.Told(case.plan, Agenda(dates, (), ()), request.as_of, until)
        sys.stdout.buffer.write(due.as_ics(told, request.lang))
        return request.unread(loaded)
    single = bool(ids) and all(case.plan.find(id, Measure) is not None for id in ids or ())
    found = Told(case, matches(case, measures), propose(case, measures), dates, full=every or single)
    if format is Format.json:
        sys.stdout.write(as_json(found, request.lang))
    else:
        width = shutil.get_terminal_size().columns if is_terminal() else 0
        said = as_dates if calendar else as_text
        sys.stdout.write(said(found, request.lang, colour=is_terminal(), width=width))
    return request.unread(loaded)


def _asked(case: Case, ids: Sequence[str] | None) -> list[Measure]:
    """The measures of those ids, those of the plans among them, or all that money may still be found for."""
    from sozplan.analysis.funding.matching import current

    if not ids:
        return list(current(case))
    found: dict[str, Measure] = {}
    for id in ids:
        one = case.plan.get(id)
        if isinstance(one, Measure):
            found[id] = one
        elif isinstance(one, AreaPlan):
            own = {each.id for each in one.measures}
            found |= {each.id: each for each in current(case) if each.id in own}
        else:
            raise _unknown(case, id)
    return list(found.values())


def _unknown(case: Case, id: str) -> Refusal:
    plan = case.plan
    if plan.get(id) is not None:
        said = text(
            de=f"„{id}“ ist weder Maßnahme noch Plan. Nennen Sie die Kennung einer Maßnahme oder eines Gebietsplans.",
            en=f"“{id}” is neither measure nor plan. Give the id of a measure or of an area plan.",
        )
        return Refusal(said, 2)
    known = [each.id for each in (*plan.measures, *plan.area_plans)]
    hint = did_you_mean(id, known)
    return Refusal(
        text(
            de=f"Eine Maßnahme oder einen Plan „{id}“ gibt es nicht.{hint.de}",
            en=f"There is no measure or plan “{id}”.{hint.en}",
        ),
        2,
    )
