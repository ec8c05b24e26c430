"""`sozplan import`."""

from __future__ import annotations

import sys
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from sozplan.cli.options import Refusal, Request, both
from sozplan.diagnostics import Severity, text
from sozplan.model.periods import Period, period
from sozplan.model.plan import Plan
from sozplan.model.profiles import ImportProfile
from sozplan.repo import Loaded
from sozplan.repo.store.question import OfImport

HELP = both(
    "Holt die Zahlen aus einer heruntergeladenen Statistiktabelle in die Zahlentabelle eines Profils.\n\n"
    "Ein Profil in indicators/profiles/ sagt, wo was steht. Was nicht passt, wird gezählt und gezeigt; ist etwas "
    "falsch, wird nichts geschrieben. Ein zweiter Import derselben Datei ändert nichts.",
    "Brings the figures of a downloaded statistics table into the data file of a profile.\n\n"
    "A profile in indicators/profiles/ says what stands where. What doesn't fit is counted and shown; where something "
    "is wrong nothing is written. A second import of the same file changes nothing.",
)


class DataFormat(StrEnum):
    csv = "csv"
    parquet = "parquet"


def run(
    ctx: typer.Context,
    profile: Annotated[str, typer.Argument(metavar="PROFILE", help=both("Kennung des Profils.", "Id of the profile."))],
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE",
            help=both("Heruntergeladene CSV-, ZIP- oder XLSX-Datei.", "Downloaded CSV, ZIP or XLSX file."),
        ),
    ],
    dry_run: Annotated[
        bool,
        typer.Option("--dry-run", help=both("Nur zeigen, was geschähe.", "Only show what would happen.")),
    ] = False,
    to: Annotated[
        DataFormat | None,
        typer.Option(
            help=both(
                "Form der Zahlentabelle: parquet für Hunderttausende Zeilen; sonst wie sie ist, neu als CSV.",
                "Form of the data file: parquet for hundreds of thousands of rows; else as it is, new ones CSV.",
            )
        ),
    ] = None,
    repair_keys: Annotated[
        bool,
        typer.Option(
            "--repair-keys",
            help=both(
                "Gebietsschlüssel lesen, die führende Nullen verloren haben oder zu Tagen wurden.",
                "Read area keys that lost leading zeros or became dates.",
            ),
        ),
    ] = False,
    period: Annotated[
        str | None,
        typer.Option(
            metavar="PERIOD",
            help=both(
                "Zeitraum aller Werte, wenn die Datei keinen nennt.", "Period of all values, if the file has none."
            ),
        ),
    ] = None,
    vintage: Annotated[
        str | None,
        typer.Option(
            metavar="YYYY-MM-DD",
            help=both(
                "Datenstand; sonst der, den die Datei nennt, sonst der Tag des Imports.",
                "Vintage; else the one that the file names, else the day of the import.",
            ),
        ),
    ] = None,
) -> int:
    from sozplan.render.imports import as_text
    from sozplan.repo.imports import Wishes, run_import
    from sozplan.repo.planning import writing

    request: Request = ctx.obj
    if request.rev is not None:
        raise Refusal(
            text(de="--rev: Importiert wird nur in den Arbeitsstand.", en="--rev: imports go to the work tree only."), 2
        )
    wishes = Wishes(file, _period(period), _vintage(vintage), repair_keys, dry_run, to)
    with writing(request.root):
        case, loaded = request.case(OfImport(profile))
        _refuse_unread(loaded)
        account = run_import(request.root, case, _profile(case.plan, profile), wishes)
    sys.stdout.write(as_text(account, request.lang, dry_run=dry_run))
    return int(bool(account.faults))


_NEEDED = (
    "sozplan.yaml",
    "plans/territory/",
    "indicators/catalogue/",
    "indicators/profiles/",
    "indicators/datapackage",
)


def _refuse_unread(loaded: Loaded) -> None:
    """What can't be read would be left out of the import as if it weren't there; tables of figures don't matter."""
    errors = (d for d in loaded.diagnostics if d.severity is Severity.ERROR and not d.code.id.startswith("csv."))
    faulty = sorted({d.at.file for d in errors})
    needed = [file for file in faulty if file.startswith(_NEEDED)]
    if needed:
        listed = ", ".join(needed[:3]) + (" …" if needed[3:] else "")
        raise Refusal(
            text(
                de=f"Vor dem Import zu berichtigen: {listed}. „sozplan check“ nennt die Fehler.",
                en=f"To be put right before the import: {listed}. “sozplan check” names the faults.",
            ),
            1,
        )


def _profile(plan: Plan, id: str) -> ImportProfile:
    found = plan.find(id, ImportProfile)
    if found is None:
        known = ", ".join(sorted(each.id for each in plan.all(ImportProfile))) or "–"
        raise Refusal(
            text(
                de=f"Das Importprofil „{id}“ gibt es nicht. Es gibt: {known}.",
                en=f"There is no import profile “{id}”. There are: {known}.",
            ),
            2,
        )
    return found


def _period(said: str | None) -> Period | None:
    try:
        return None if said is None else period(said)
    except ValueError:
        raise Refusal(
            text(
                de=f"--period: „{said}“ ist kein Zeitraum. Schreiben Sie z. B. 2024, 2024-06 oder 2023/24.",
                en=f"--period: “{said}” is no period. Write 2024, 2024-06 or 2023/24, say.",
            ),
            2,
        ) from None


def _vintage(said: str | None) -> date | None:
    try:
        if said is None or len(said) == 10:
            return None if said is None else date.fromisoformat(said)
    except ValueError:
        pass
    raise Refusal(
        text(
            de=f"--vintage: „{said}“ ist kein Tag. Schreiben Sie Jahr-Monat-Tag, z. B. 2026-03-31.",
            en=f"--vintage: “{said}” is no day. Write year-month-day, 2026-03-31 say.",
        ),
        2,
    )
