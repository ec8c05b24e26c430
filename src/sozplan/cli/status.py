"""`sozplan status`."""

from __future__ import annotations

import dataclasses
import shutil
import sys
from collections.abc import Sequence
from difflib import get_close_matches
from enum import StrEnum
from typing import Annotated

import typer

from sozplan.analysis.attainment import assess, judge
from sozplan.analysis.verdict import Report
from sozplan.cli.options import Refusal, Request, both, chosen, is_terminal
from sozplan.diagnostics import Text, text
from sozplan.model.case import Case
from sozplan.render import status
from sozplan.render.derivation import derive
from sozplan.render.steps import as_json, as_text
from sozplan.repo.store.question import Scope

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
    explain: Annotated[
        str | None,
        typer.Option(
            metavar="TARGET",
            help=both(
                "Statt der Tabelle die Herleitung eines Zielwerts: jeder Schritt, zu jeder Zahl Zelle und Commit.",
                "Instead of the table how a target is derived: each step, for each number its cell and commit.",
            ),
        ),
    ] = None,
) -> int:
    request: Request = ctx.obj
    case, loaded = request.case(Scope.TARGETS, located=explain is not None)
    if explain is not None:
        sys.stdout.write(_explained(request, case, explain, format))
        return request.unread(loaded)
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


def _explained(request: Request, case: Case, id: str, format: Format) -> str:
    """One target; a table of steps would help nobody, so there is no CSV."""
    found = next(((target, goal) for target, goal in case.plan.targets() if target.id == id), None)
    if format is Format.csv:
        raise Refusal(text(de="--explain gibt es als text und json.", en="--explain comes as text and json."), code=2)
    if found is None:
        raise Refusal(_no_target(case, id), code=2)
    judged = judge(case, *found, request.audience)
    steps = derive(case, found[0], judged, request.audience)
    commits = request.commits_of([place for step in steps for place in step.at])
    if format is Format.json:
        return as_json(id, request.as_of.isoformat(), request.audience, steps, commits, request.lang)
    return as_text(status.headline(case, judged, request.audience, request.lang), steps, commits, request.lang)


def _no_target(case: Case, id: str) -> Text:
    near = get_close_matches(id, [target.id for target, _ in case.plan.targets()], 1)
    de, en = (f" Meinten Sie „{near[0]}“?", f" Did you mean “{near[0]}”?") if near else ("", "")
    return text(de=f"Den Zielwert „{id}“ gibt es nicht.{de}", en=f"There is no target “{id}”.{en}")


def _only(report: Report, plans: Sequence[str] | None) -> Report:
    if plans is None:
        return report
    targets = tuple(target for target in report.targets if target.plan in plans)
    scopes = {*plans, *(target.goal for target in targets)}
    aggregates = tuple(aggregate for aggregate in report.aggregates if aggregate.scope in scopes)
    return dataclasses.replace(report, targets=targets, aggregates=aggregates)
