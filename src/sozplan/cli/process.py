"""`sozplan process`."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator, Sequence
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sozplan.cli.bounds import within
from sozplan.cli.options import Refusal, Request, both, did_you_mean, is_terminal
from sozplan.diagnostics import text
from sozplan.repo.limits import LIMITS
from sozplan.repo.output import write

if TYPE_CHECKING:
    from sozplan.model.plan import Plan
    from sozplan.model.processes import Process

HELP = both(
    "Nennt die Prozesse (list) oder schreibt sie als Modelle (export): BPMN 2.0 für bpmn.io und Camunda Modeler und "
    "dasselbe Bild als SVG, je Prozess eine Datei im Ordner --out.",
    "Lists the processes (list) or writes them as models (export): BPMN 2.0 for bpmn.io and Camunda Modeler and the "
    "same picture as SVG, a file a process in the folder --out.",
)


class Action(StrEnum):
    list = "list"
    export = "export"


class Format(StrEnum):
    bpmn = "bpmn"
    svg = "svg"
    text = "text"
    json = "json"


_FORMS = {Action.list: (Format.text, Format.json), Action.export: (Format.bpmn, Format.svg)}


def run(
    ctx: typer.Context,
    action: Annotated[
        Action,
        typer.Argument(
            metavar="list|export",
            help=both("Prozesse nennen (list) oder schreiben (export).", "List processes or write them (export)."),
        ),
    ],
    ids: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="ID", help=both("Kennungen der Prozesse; sonst alle.", "Ids of the processes; else all.")
        ),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="DIR", help=both("Ordner für die Modelle.", "Folder for the models.")),
    ] = None,
    format: Annotated[
        Format | None,
        typer.Option(
            help=both(
                "Ausgabeform: bpmn oder svg, sonst beide; der Liste text oder json.",
                "Output format: bpmn or svg, else both; of the list text or json.",
            )
        ),
    ] = None,
    force: Annotated[
        bool, typer.Option("--force", help=both("Fremde Dateien ersetzen.", "Replace files of others."))
    ] = False,
) -> int:
    request: Request = ctx.obj
    _demand(action, ids, out, format)
    case, loaded = request.case()
    if action is Action.list:
        sys.stdout.write(_listed(case.plan, request, format))
        return request.unread(loaded)
    forms = (format,) if format else _FORMS[Action.export]
    for process in _chosen(case.plan, ids):
        for name, content in _files(request, case.plan, process, forms):
            path = (out or Path()) / name
            write(path, content, root=request.root, force=force, like=_head())
            sys.stdout.write(f"{path}\n")
    return request.unread(loaded)


def _demand(action: Action, ids: Sequence[str] | None, out: Path | None, format: Format | None) -> None:
    said = None
    if action is Action.export and out is None:
        said = text(
            de="Es fehlt --out: der Ordner für die Modelle, z. B. --out build/prozesse.",
            en="--out is missing: the folder for the models, --out build/processes say.",
        )
    elif action is Action.list and (ids or out):
        said = text(
            de="„process list“ nennt alle Prozesse; Kennungen und --out gehören zu „process export“.",
            en="“process list” lists all processes; ids and --out belong to “process export”.",
        )
    elif format is not None and format not in _FORMS[action]:
        forms = " oder ".join(_FORMS[action]), " or ".join(_FORMS[action])
        said = text(
            de=f"„process {action}“ gibt {forms[0]}, nicht {format}.",
            en=f"“process {action}” gives {forms[1]}, not {format}.",
        )
    if said is not None:
        raise Refusal(said, code=2)


def _listed(plan: Plan, request: Request, format: Format | None) -> str:
    from sozplan.render.processes import as_json, as_text

    if format is Format.json:
        return as_json(plan, request.lang)
    return as_text(plan, request.lang, width=shutil.get_terminal_size().columns if is_terminal() else 0)


def _chosen(plan: Plan, ids: Sequence[str] | None) -> list[Process]:
    from sozplan.render.processes import in_order

    found = {process.id: process for process in in_order(plan)}
    for id in ids or ():
        if id not in found:
            near = did_you_mean(id, found)
            known = ", ".join(found) or "–"
            raise Refusal(
                text(
                    de=f"Den Prozess „{id}“ gibt es nicht.{near.de} Es gibt: {known}.",
                    en=f"There is no process “{id}”.{near.en} There are: {known}.",
                ),
                code=2,
            )
    if not found:
        raise Refusal(
            text(
                de="Es gibt keinen Prozess (handbook/processes/*.yaml).",
                en="There is no process (handbook/processes/*.yaml).",
            ),
            code=1,
        )
    return [found[id] for id in dict.fromkeys(ids)] if ids else list(found.values())


def _files(request: Request, plan: Plan, process: Process, forms: Sequence[Format]) -> Iterator[tuple[str, bytes]]:
    from sozplan.render.swimlane.export import as_bpmn, as_svg, placed

    found = within(LIMITS, partial(placed, plan, process, request.lang))
    for form in forms:
        make = as_bpmn if form is Format.bpmn else as_svg
        yield f"{process.id}.{form}", make(plan, process, found, request.lang)


def _head() -> bytes:
    from sozplan.render.swimlane.export import HEAD

    return HEAD
