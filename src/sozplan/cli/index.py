"""`sozplan index`."""

from __future__ import annotations

import shutil
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sozplan.cli.options import Refusal, Request, both, did_you_mean, is_terminal
from sozplan.diagnostics import Severity, text
from sozplan.repo.store.question import OfIndex

if TYPE_CHECKING:
    from sozplan.analysis.disclosure import Audience
    from sozplan.analysis.ground import Territory
    from sozplan.diagnostics import Diagnostic
    from sozplan.model.case import Case
    from sozplan.model.indices import Index
    from sozplan.model.periods import Period
    from sozplan.render.index import View
    from sozplan.repo.load import Loaded

HELP = both(
    "Rechnet einen Sozialindex: Werte, Ränge und Klassen der Gebiete, wie belastbar sie sind, wer nicht bewertet ist "
    "und warum, und jede Festlegung der Methode. Mit --dossier die Belege für ein Gebiet als PDF.",
    "Computes a social index: scores, ranks and classes of the areas, how firm they are, who isn't rated and why, and "
    "each choice of the method. With --dossier the evidence on one area as a PDF.",
)


class Format(StrEnum):
    text = "text"
    json = "json"
    csv = "csv"


def run(
    ctx: typer.Context,
    name: Annotated[
        str | None,
        typer.Argument(
            metavar="NAME",
            help=both("Kennung des Index; fehlt sie, der einzige.", "Id of the index; the only one where absent."),
        ),
    ] = None,
    period: Annotated[
        str | None,
        typer.Option(
            metavar="P",
            help=both(
                "Periode, z. B. 2024; sonst das jüngste Jahr, für das alle Komponenten Werte haben.",
                "Period, 2024 say; else the newest year for which all components have values.",
            ),
        ),
    ] = None,
    method_version: Annotated[
        str | None,
        typer.Option(
            "--method-version",
            metavar="V",
            help=both(
                "Methodenversion statt der für die Periode geltenden.",
                "Version of the method instead of the one that holds for the period.",
            ),
        ),
    ] = None,
    runs: Annotated[
        int | None,
        typer.Option(
            min=0,
            metavar="N",
            help=both(
                "Läufe mit zufälligen Gewichten statt der festgelegten Zahl; 0 lässt die ganze Robustheitsprüfung weg.",
                "Runs with random weights instead of the declared number; 0 leaves out all of the robustness check.",
            ),
        ),
    ] = None,
    format: Annotated[Format, typer.Option(help=both("Ausgabeform.", "Output format."))] = Format.text,
    dossier: Annotated[
        str | None,
        typer.Option(
            metavar="AREA",
            help=both(
                "Dossier über einen Sozialraum oder eine Gebietseinheit (Kennung oder Schlüssel), als Datei --out.",
                "Dossier on a social area or unit (id or key), as the file --out.",
            ),
        ),
    ] = None,
    map: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help=both("Karte der Klassen als SVG-Datei.", "Map of the classes as an SVG file."),
        ),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help=both("Datei des Dossiers (.pdf oder .html).", "File of the dossier (.pdf or .html).")
        ),
    ] = None,
    force: Annotated[
        bool, typer.Option("--force", help=both("Fremde Dateien ersetzen.", "Replace files of others."))
    ] = False,
) -> int:
    from sozplan.analysis.index.components import IndexFault
    from sozplan.rules.ind.hindrances import contradictions, dead_ends
    from sozplan.rules.ind.indices import finding_of

    request: Request = ctx.obj
    _demand_both(dossier, out)
    case, loaded = request.case(OfIndex(name), located=False)
    if (code := _unreadable(request, loaded, name)) != 0:
        return code
    index = _index(case, name)
    wrong = contradictions(case, index)
    told = wrong or dead_ends(case, index)
    request.tell([*_faults(loaded), *told])
    if wrong:
        return max(1, request.unread(loaded))
    about = None if dossier is None else _area(case, index, dossier)
    try:
        view = _view(request, case, index, _period(period), method_version, runs)
    except IndexFault as fault:
        if not told:
            request.tell([finding_of(fault)])
        return max(1, request.unread(loaded))
    if map is not None or about is not None:
        from sozplan.cli.dossier import draw, print_dossier

        drawn = 0 if map is None else draw(request, case, view, map, force=force)
        printed = 0
        if about is not None and out is not None:
            printed = print_dossier(request, case, view, about, out, force=force)
        return max(drawn, printed, request.unread(loaded), bool(told))
    sys.stdout.write(_printed(request, view, format))
    return max(request.unread(loaded), bool(told))


def _demand_both(dossier: str | None, out: Path | None) -> None:
    if (dossier is None) != (out is None):
        raise Refusal(
            text(
                de="--dossier und --out gehören zusammen: --dossier GEBIET --out DATEI.pdf.",
                en="--dossier and --out belong together: --dossier AREA --out FILE.pdf.",
            ),
            code=2,
        )


def _printed(request: Request, view: View, format: Format) -> str:
    from sozplan.render.index import as_csv, as_json
    from sozplan.render.index_text import as_text

    match format:
        case Format.json:
            return as_json(view, request.lang)
        case Format.csv:
            return as_csv(view, request.lang)
        case Format.text:
            width = shutil.get_terminal_size().columns if is_terminal() else 0
            return as_text(view, request.lang, colour=is_terminal(), width=width)


def _index(case: Case, name: str | None) -> Index:
    known = {each.id: each for each in case.plan.indices}
    if name is None and len(known) == 1:
        return next(iter(known.values()))
    if name is None or name not in known:
        listed = ", ".join(known) or "–"
        near = did_you_mean(name or "", known)
        missing = text(de="Welcher Index? ", en="Which index? ")
        unknown = text(de=f"Den Index „{name}“ gibt es nicht.{near.de} ", en=f"There is no index “{name}”.{near.en} ")
        said = missing if name is None else unknown
        raise Refusal(
            text(
                de=f"{said.de}Es gibt: {listed} (indicators/indices/*.yaml).",
                en=f"{said.en}There are: {listed} (indicators/indices/*.yaml).",
            ),
            code=2,
        )
    return known[name]


def _area(case: Case, index: Index, asked: str) -> Territory:
    """A social area or a unit of the index's level, by id, or by key where only one unit has it on the day."""
    from sozplan.analysis.ground import territory

    found = territory(case.plan, asked)
    if found is not None:
        return found
    units = [unit for unit in case.plan.units_of_key(asked, case.as_of) if unit.level == index.level]
    if len(units) == 1:
        return units[0]
    known = [*(area.id for area in case.plan.social_areas), *(unit.id for unit in case.plan.units)]
    near = did_you_mean(asked, known)
    raise Refusal(
        text(de=f"Ein Gebiet „{asked}“ gibt es nicht.{near.de}", en=f"There is no area “{asked}”.{near.en}"), code=2
    )


def _period(asked: str | None) -> Period | None:
    from sozplan.model.periods import period

    if asked is None:
        return None
    try:
        return period(asked)
    except ValueError:
        raise Refusal(
            text(
                de=f"--period: „{asked}“ ist keine Periode. Schreiben Sie z. B. 2024, 2024-H1, 2024-Q3, 2024-06 oder "
                "2023/24.",
                en=f"--period: “{asked}” is no period. Write 2024, 2024-H1, 2024-Q3, 2024-06 or 2023/24 say.",
            ),
            code=2,
        ) from None


def _unreadable(request: Request, loaded: Loaded, name: str | None) -> int:
    """Whether the index that is asked for may stand in a file that can't be read; what is wrong with it is told."""
    broken = [each for each in _faults(loaded) if each.at.file.startswith("indicators/indices/")]
    if not broken or name in {each.id for each in loaded.plan.indices}:
        return 0
    request.tell(broken)
    return 3 if any(each.code.environment for each in broken) else 1


def _faults(loaded: Loaded) -> list[Diagnostic]:
    """What is wrong with the files that an index is made of."""
    return [
        each
        for each in loaded.faults
        if each.severity is Severity.ERROR and each.at.file.startswith(("indicators/", "plans/territory/"))
    ]


def _newest(case: Case, index: Index, version: str | None, audience: Audience) -> Period:
    """The newest year for which each component has values somewhere."""
    from sozplan.analysis.areal import areal
    from sozplan.analysis.index.components import method_of, rated_units
    from sozplan.model.periods import period

    for year in range(case.as_of.year, case.as_of.year - _YEARS, -1):
        asked = period(str(year))
        method = method_of(index, asked, version) if version or index.method_for(asked) else None
        units = rated_units(case.plan, index, asked)
        if (
            method
            and units
            and all(
                len(areal(case, each.indicator, units, asked, audience).absent) < len(units)
                for each in method.components
            )
        ):
            return asked
    raise Refusal(
        text(
            de=f"In keinem der letzten {_YEARS} Jahre haben alle Komponenten von „{index.id}“ Werte. Nennen Sie die "
            "Periode mit --period.",
            en=f"In none of the last {_YEARS} years all components of “{index.id}” have values. Name the period with "
            "--period.",
        ),
        code=1,
    )


_YEARS = 15


def _view(
    request: Request, case: Case, index: Index, period: Period | None, version: str | None, runs: int | None
) -> View:
    """The result with all that is told beside it; raises IndexFault where there is none."""
    from sozplan.analysis.designations import designated_units
    from sozplan.analysis.index.choices import choices
    from sozplan.analysis.index.components import method_of
    from sozplan.analysis.index.decided import differences
    from sozplan.analysis.index.evaluate import evaluate
    from sozplan.analysis.index.place import place
    from sozplan.analysis.index.vary import vary
    from sozplan.model.terms import AreaKind
    from sozplan.render.index import View

    period = period or _newest(case, index, version, request.audience)
    method = method_of(index, period, version)
    if runs:
        method = method.model_copy(update={"robustness": method.robustness.model_copy(update={"runs": runs})})
    result = evaluate(case, index, method, period, request.audience)
    areas = [area for area in case.plan.social_areas if area.kind is not AreaKind.FUNDING]
    placed = tuple(place(case, result, area) for area in areas)
    return View(
        plan=case.plan,
        as_of=case.as_of,
        result=result,
        firm=None if runs == 0 else vary(case, result),
        designated=designated_units(case, period.end),
        placed=placed,
        choices=choices(method, index.method(method.version) or method),
        differences=tuple(differences(case, result, placed)),
    )
