"""`sozplan thread`."""

from __future__ import annotations

import sys
from enum import StrEnum
from typing import Annotated

import typer

from sozplan.analysis.attainment import assess
from sozplan.analysis.thread import thread
from sozplan.cli.options import Refusal, Request, both, did_you_mean
from sozplan.diagnostics import Text, text
from sozplan.model.plan import Plan
from sozplan.render.thread import Threads, as_json, as_text
from sozplan.rules.words import kind

HELP = both(
    "Zeigt den roten Faden Bedarf → Ziel → Maßnahme → Mittel → Wirkung → Beschluss und markiert, wo er reißt.",
    "Shows the golden thread need → goal → measure → money → effect → resolution and marks where it breaks.",
)


class Format(StrEnum):
    text = "text"
    json = "json"


def run(
    ctx: typer.Context,
    id: Annotated[
        str,
        typer.Argument(
            metavar="ID",
            help=both(
                "Kennung von Bedarf, Ziel, Zielwert, Maßnahme, Plan, Beschluss oder Förderprogramm.",
                "Id of a need, goal, target, measure, plan, resolution or funding programme.",
            ),
        ),
    ],
    format: Annotated[Format, typer.Option(help=both("Ausgabeform.", "Output format."))] = Format.text,
) -> int:
    request: Request = ctx.obj
    case, loaded = request.case()
    start = case.plan.get(id)
    nodes = thread(case.plan, start, assess(case, request.audience).targets) if start else None
    if nodes is None:
        raise Refusal(_no_start(case.plan, id), code=2)
    threads = Threads(id, case.plan, nodes, request.audience)
    sys.stdout.write(as_json(threads) if format is Format.json else as_text(threads, request.lang))
    return request.unread(loaded)


def _no_start(plan: Plan, id: str) -> Text:
    found = plan.get(id)
    if found is None:
        hint = did_you_mean(id, plan.ids)
        return text(de=f"Die Kennung „{id}“ gibt es nicht.{hint.de}", en=f"There is no id “{id}”.{hint.en}")
    word = kind(found)
    return text(
        de=f"„{id}“ ({word.de}) gehört zu keinem Faden. Möglich sind Bedarf, Ziel, Zielwert, Meilenstein, Maßnahme, "
        "Plan, Beschluss und Förderprogramm.",
        en=f"“{id}” ({word.en}) belongs to no thread. Possible are need, goal, target, milestone, measure, plan, "
        "resolution and funding programme.",
    )
