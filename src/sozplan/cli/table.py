"""`sozplan table`."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sozplan.cli.options import Refusal, Request, both
from sozplan.diagnostics import text
from sozplan.repo.store.question import Scope

if TYPE_CHECKING:
    from sozplan.model.case import Case
    from sozplan.model.plan import Plan
    from sozplan.model.sheets import Origin, Sheet

HELP = both(
    "Schreibt Maßnahmen, Ziele oder Mittel in eine Excel-Arbeitsmappe, die Ämter ausfüllen.\n\n"
    "„sozplan apply“ holt zurück, was darin geändert wurde. Auswahllisten, Hinweise und Blattschutz sind dabei; graue "
    "Zellen werden berechnet.",
    "Writes measures, goals or budgets into an Excel workbook that offices fill in.\n\n"
    "“sozplan apply” brings back what was changed in it. Lists to choose from, notes and protection come with it; grey "
    "cells are computed.",
)


class TableKind(StrEnum):
    measures = "measures"
    goals = "goals"
    budget = "budget"


def run(
    ctx: typer.Context,
    kind: Annotated[
        TableKind,
        typer.Argument(metavar="KIND", help=both("measures, goals oder budget.", "measures, goals or budget.")),
    ],
    out: Annotated[Path, typer.Option("--out", metavar="FILE", help=both("Zieldatei; .xlsx.", "Output file; .xlsx."))],
    plans: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="PLAN",
            help=both(
                "Kennungen von Plänen, „strategy“ für die ganze Kommune; sonst alles.",
                "Ids of plans, “strategy” for the whole municipality; else all.",
            ),
        ),
    ] = None,
    force: Annotated[
        bool, typer.Option("--force", help=both("Fremde Dateien ersetzen.", "Replace files of others."))
    ] = False,
) -> int:
    from sozplan.render.sheets.book import workbook
    from sozplan.repo.output import write

    if out.suffix.lower() != ".xlsx":
        raise Refusal(text(de=f"--out: „{out}“ muss auf .xlsx enden.", en=f"--out: “{out}” must end in .xlsx."), 2)
    request: Request = ctx.obj
    case, loaded = request.case(Scope.TARGETS if kind is TableKind.goals else Scope.PLANNED, located=False)
    sheets = _sheets(request, case, kind, _chosen(case.plan, plans or ()))
    if not any(sheet.lines for sheet in sheets):
        raise Refusal(
            text(
                de=f"Keine Tabelle: Für „{kind.value}“ ist dort noch nichts eingetragen.",
                en=f"No table: nothing is entered for “{kind.value}” there yet.",
            ),
            1,
        )
    write(
        out,
        workbook(sheets, _origin(request, case.plan, kind, plans or ()), request.lang),
        root=request.root,
        force=force,
    )
    sys.stdout.write(f"{out}\n")
    return request.unread(loaded)


def _sheets(request: Request, case: Case, kind: str, plans: Sequence[str]) -> list[Sheet]:
    from sozplan.analysis.attainment import assess
    from sozplan.analysis.verdict import Report
    from sozplan.render.sheets.computed import names_of, with_computed
    from sozplan.repo.sheets.columns import Columns, sources_of
    from sozplan.repo.sheets.held import sheets

    columns = Columns(case.plan, request.lang, names_of(case.plan, request.lang), sources_of(case.plan))
    report = assess(case, request.audience) if kind == "goals" else Report(case.as_of, request.audience, (), ())
    return [with_computed(each, case, report, request.lang) for each in sheets(case.plan, kind, columns, plans)]


def _chosen(plan: Plan, plans: Sequence[str]) -> tuple[str, ...]:
    from sozplan.cli.options import chosen
    from sozplan.repo.edit.entries import STRATEGY

    chosen(plan, [each for each in plans if each != STRATEGY])
    return tuple(plans)


def _origin(request: Request, plan: Plan, kind: str, plans: Sequence[str]) -> Origin:
    from sozplan.model.sheets import Origin
    from sozplan.repo.git import resolve
    from sozplan.repo.provenance import provenance

    commit = resolve(request.root, request.rev, os.environ) if request.rev else None
    found = provenance(request.root, commit, os.environ)
    return Origin(
        kind=kind,
        lang=request.lang,
        municipality=plan.settings.municipality.name,
        as_of=request.as_of,
        commit=found.commit if found else None,
        modified=found.is_modified if found else False,
        audience=request.audience.value,
        plans=tuple(plans),
    )
