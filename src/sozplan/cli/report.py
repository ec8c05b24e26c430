"""`sozplan report`."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sozplan.cli.options import Refusal, Request, both, chosen
from sozplan.diagnostics import Severity, text
from sozplan.model.areas import AreaPlan
from sozplan.model.case import Case
from sozplan.render.kinds import Kind
from sozplan.repo import Loaded

if TYPE_CHECKING:
    from sozplan.analysis.verdict import Report
    from sozplan.cli.papers import Press
    from sozplan.model.geometry import Atlas
    from sozplan.render.document import Html
    from sozplan.render.paper_pictures import Atlases
    from sozplan.render.views.since import Earlier
    from sozplan.render.word.document import Sheet

HELP = both(
    "Druckt die Ratsvorlagen der Gebietspläne: je Plan eine Datei im Ordner --out. Was einer Vorlage fehlt, steht mit "
    "Datei und Zeile auf der Fehlerausgabe.",
    "Prints the council papers of the area plans: a file a plan in the folder --out. What a paper lacks is told with "
    "file and line on the error output.",
)


class Format(StrEnum):
    pdf = "pdf"
    html = "html"
    docx = "docx"


def run(
    ctx: typer.Context,
    out: Annotated[
        Path, typer.Option("--out", metavar="DIR", help=both("Ordner für die Vorlagen.", "Folder for the papers."))
    ],
    plans: Annotated[
        list[str] | None,
        typer.Argument(metavar="PLAN", help=both("Kennungen von Plänen; sonst alle.", "Ids of plans; else all.")),
    ] = None,
    kind: Annotated[
        Kind,
        typer.Option(
            metavar="KIND",
            help=both(
                "Art: decision (Beschlussvorlage), information (Mitteilungsvorlage), progress (Sachstandsbericht), "
                "area-sheet (Gebietsblatt auf einer Seite), cooperation (Kooperationsblatt je Ziel), summary "
                "(Gesamtübersicht über alle Pläne), inventory (Bestandsaufnahme) oder funding (Förderbericht).",
                "Kind: decision (for decision), information (for information), progress (progress report), area-sheet "
                "(one page on the area), cooperation (who cooperates on each goal), summary (over all plans), "
                "inventory or funding (funding report).",
            ),
        ),
    ] = Kind.DECISION,
    since: Annotated[
        str | None,
        typer.Option(
            metavar="REV|RESOLUTION|DATE",
            help=both(
                "Seit wann sich etwas geändert hat: Tag (Jahr-Monat-Tag), Beschluss (Kennung oder Vorlagen-Nr.) oder "
                "Git-Revision.",
                "Since when something changed: day (year-month-day), resolution (id or number) or git revision.",
            ),
        ),
    ] = None,
    format: Annotated[
        Format, typer.Option(help=both("Dateiform; docx ist für Word.", "File format; docx is for Word."))
    ] = Format.pdf,
    trust_templates: Annotated[
        bool,
        typer.Option(
            "--trust-templates",
            help=both(
                "Eigene Druckvorlagen aus templates/ verwenden (Word: report.docx); nur wenn Sie ihnen trauen.",
                "Use the repository's own templates (Word: report.docx); only if you trust them.",
            ),
        ),
    ] = False,
    jobs: Annotated[
        int | None,
        typer.Option(
            metavar="N",
            min=1,
            help=both(
                "So viele Vorlagen zugleich setzen; sonst so viele, wie der Rechner Kerne hat.",
                "Typeset so many papers at once; else as many as the machine has cores.",
            ),
        ),
    ] = None,
    force: Annotated[
        bool, typer.Option("--force", help=both("Fremde Dateien ersetzen.", "Replace files of others."))
    ] = False,
) -> int:
    from sozplan.analysis.attainment import assess
    from sozplan.cli.papers import Order, press

    request: Request = ctx.obj
    case, loaded, earlier = _read(request, since)
    printing = press(request, force=force)
    about = _subjects(case, plans, kind)
    code = _lint(request, case, about) if kind.has_head and kind is not Kind.FUNDING else 0
    assessment, overrides = assess(case, request.audience), printing.overrides(trust_templates)
    borders: dict[str, tuple[Atlas | None, int]] = {}

    def atlas(level: str) -> Atlas | None:
        if level not in borders:
            borders[level] = request.atlas(case.plan, level)
        return borders[level][0]

    orders = [
        Order(
            kind.file_name(plan),
            out / f"{kind.file_name(plan)}.{format.value}",
            partial(_made, case, plan, kind, assessment, earlier, printing, overrides, atlas),
            _sheet(case, plan, kind, printing, trust_templates) if format is Format.docx else None,
        )
        for plan in about
    ]
    made = printing.all(orders, jobs)
    return max(code, made, request.unread(loaded), *(told for _, told in borders.values()))


def _sheet(case: Case, plan: AreaPlan | None, kind: Kind, printing: Press, trusted: bool) -> Sheet:
    from sozplan.render.funding_report import said_by_funding
    from sozplan.render.inventory import said_by_inventory
    from sozplan.render.kinds import said_by
    from sozplan.render.overview import said_by_strategy
    from sozplan.render.word.fields import sheet

    of_all = {Kind.INVENTORY: said_by_inventory, Kind.FUNDING: said_by_funding}.get(kind, said_by_strategy)
    said = said_by(plan, kind, case.as_of) if plan is not None else of_all(case.plan)
    lang, office = printing.request.lang, printing.office_template(trusted)
    return sheet(case.plan, plan, said, printing.stamp, lang, office)


def _read(request: Request, since: str | None) -> tuple[Case, Loaded, Earlier | None]:
    if since is None:
        return *request.case(), None
    from sozplan.cli.since import compared

    found = compared(request, since)
    return found.case, found.loaded, found.earlier


def _subjects(case: Case, ids: list[str] | None, kind: Kind) -> tuple[AreaPlan | None, ...]:
    """The plans that a paper is printed of each; the summary is one of all."""
    if kind.of_all:
        if ids:
            raise Refusal(
                text(
                    de=f"{kind.label.de}: Diese Vorlage handelt von allen Plänen. Lassen Sie die Kennungen weg.",
                    en=f"{kind.label.en}: this paper is about all plans. Leave out the ids.",
                ),
                code=2,
            )
        return (None,)
    found = chosen(case.plan, ids)
    if not found:
        raise Refusal(
            text(
                de="Es gibt keinen Gebietsplan, der sich drucken ließe (plans/areas/*.yaml).",
                en="There is no area plan to print (plans/areas/*.yaml).",
            ),
            code=1,
        )
    return found


_LINT = frozenset({"time.order", "proc.calendar-clash", "dec.youth-committee-missing"})
"""Rules of other groups that concern a paper's head."""


def _lint(request: Request, case: Case, about: Sequence[AreaPlan | None]) -> int:
    """What the papers lack, on the error output; 1 where something in them contradicts itself.

    That on all plans stands in the strategy, which has no id.
    """
    from sozplan.model.strategy import Strategy
    from sozplan.render.findings import line
    from sozplan.rules import RULES, check

    ids = {plan.id for plan in about if plan is not None}
    asked = [each for each in RULES if each.code.group == "paper" or each.id in _LINT]
    files = {root.origin.file for root in case.plan.all(Strategy)} if None in about else set()
    found = [
        each
        for each in check(case, rules=asked).open
        if each.entity in ids or (each.entity is None and each.at.file in files)
    ]
    for each in found:
        sys.stderr.write(f"{line(each, request.lang)}\n")
    return int(any(each.severity is Severity.ERROR for each in found))


def _made(
    case: Case,
    plan: AreaPlan | None,
    kind: Kind,
    assessment: Report,
    earlier: Earlier | None,
    printing: Press,
    overrides: dict[str, str] | None,
    atlases: Atlases,
) -> Html:
    from sozplan.render.cooperation import cooperation
    from sozplan.render.funding_report import funding_report
    from sozplan.render.inventory import inventory
    from sozplan.render.overview import overview
    from sozplan.render.report import paper

    request, stamp = printing.request, printing.stamp
    lang, audience = request.lang, request.audience
    if kind is Kind.INVENTORY:
        return inventory(case, lang=lang, audience=audience, stamp=stamp, overrides=overrides)
    if kind is Kind.FUNDING:
        return funding_report(case, lang=lang, audience=audience, stamp=stamp, overrides=overrides)
    if kind is Kind.COOPERATION and plan is not None:
        return cooperation(case, plan, lang=lang, audience=audience, stamp=stamp, overrides=overrides)
    if plan is None:
        return overview(
            case, assessment, lang=lang, audience=audience, stamp=stamp, overrides=overrides, earlier=earlier
        )
    return paper(
        case, assessment, plan,
        lang=lang, audience=audience, stamp=stamp, overrides=overrides, kind=kind, earlier=earlier,
        atlases=atlases,
    )  # fmt: skip
