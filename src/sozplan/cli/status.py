"""`sozplan status`."""

from __future__ import annotations

import dataclasses
import shutil
import sys
from collections.abc import Sequence
from enum import StrEnum
from typing import Annotated

import typer

from sozplan.analysis.attainment import assess
from sozplan.analysis.verdict import Report
from sozplan.cli.options import Request, both, chosen, is_terminal
from sozplan.render import status

HELP = both(
    "Zeigt, wie weit jeder Zielwert ist: Ausgangswert, Ist, Soll am Stichtag der Daten, Ziel, Ampel – oder warum es "
    "sich nicht sagen lässt.",
    "Shows how far each target is: baseline, actual, what is due at the data's reference date, target, light – or why "
    "it can't be said.",
)


class Format(StrEnum):
    text = "text"
    json = "json"
    csv = "csv"


def run(
    ctx: typer.Context,
    plans: Annotated[
        list[str] | None,
        typer.Argument(metavar="PLAN", help=both("Kennungen von Plänen; sonst alle.", "Ids of plans; else all.")),
    ] = None,
    format: Annotated[Format, typer.Option(help=both("Ausgabeform.", "Output format."))] = Format.text,
) -> int:
    request: Request = ctx.obj
    case, loaded = request.case()
    report = _only(assess(case, request.audience), [plan.id for plan in chosen(case.plan, plans)] if plans else None)
    match format:
        case Format.json:
            sys.stdout.write(status.as_json(report))
        case Format.csv:
            sys.stdout.write(status.as_csv(report, request.lang))
        case Format.text:
            width = shutil.get_terminal_size().columns if is_terminal() else 0
            sys.stdout.write(status.as_text(case.plan, report, request.lang, colour=is_terminal(), width=width))
    return request.unread(loaded)


def _only(report: Report, plans: Sequence[str] | None) -> Report:
    if plans is None:
        return report
    targets = tuple(target for target in report.targets if target.plan in plans)
    scopes = {*plans, *(target.goal for target in targets)}
    aggregates = tuple(aggregate for aggregate in report.aggregates if aggregate.scope in scopes)
    return dataclasses.replace(report, targets=targets, aggregates=aggregates)
