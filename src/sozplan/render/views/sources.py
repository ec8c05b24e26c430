"""Where each figure of a paper comes from, and the figures themselves as a table to go with it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sozplan.analysis.disclosure import Audience, Figure, coarsened, published
from sozplan.analysis.verdict import Report, rounded
from sozplan.diagnostics import Lang, Location, text
from sozplan.model.areas import AreaPlan, FigureEvidence
from sozplan.model.case import Case
from sozplan.model.indicators import Indicator, Resource
from sozplan.model.periods import Period
from sozplan.render.pdf import Attachment
from sozplan.render.phrases import INTERNAL
from sozplan.render.views.figures import of_figure

FOLDER = "indicators/"
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class SourceRow:
    """An indicator's source; dates are those of its newest figure. In `coarse` more was withheld than may be needed."""

    sheet: Indicator
    source: str
    licence: str
    reference: date | None
    boundary: date | None
    vintage: date | None
    coarse: tuple[Period, ...]


def used(area_plan: AreaPlan, assessment: Report) -> tuple[str, ...]:
    """The indicators that a paper speaks of, in the order in which it does."""
    evidence = (e.indicator for need in area_plan.needs for e in need.evidence if isinstance(e, FigureEvidence))
    targets = (s.indicator for s in assessment.targets if s.plan == area_plan.id and s.indicator)
    return tuple(dict.fromkeys((*area_plan.profile_indicators, *evidence, *targets)))


def sources(case: Case, area_plan: AreaPlan, indicators: Iterable[str], audience: Audience) -> tuple[SourceRow, ...]:
    sheets = [sheet for id in indicators if (sheet := case.plan.find(id, Indicator)) is not None]
    series = {sheet.id: published(case, sheet.id, area_plan.area, audience) for sheet in sheets}
    newest = {id: figures[-1] for id, figures in series.items() if figures}
    vintages = _vintages(case, newest.values())
    coarse = {sheet.id: tuple(p for _, p in coarsened(case, [sheet.id], audience)) for sheet in sheets}
    return tuple(_row(case, sheet, newest.get(sheet.id), vintages, coarse[sheet.id]) for sheet in sheets)


def _vintages(case: Case, figures: Iterable[Figure]) -> dict[Location, date]:
    wanted = {place for figure in figures for place in figure.at}
    return {cell.at: cell.vintage for cell in case.figures.cells if cell.at in wanted and cell.vintage}


def _row(
    case: Case,
    sheet: Indicator,
    newest: Figure | None,
    vintages: Mapping[Location, date],
    coarse: tuple[Period, ...],
) -> SourceRow:
    resource = _resource(case, newest) if newest else None
    named = [s.title for s in resource.sources] if resource else []
    licences = [lic.title or lic.name for lic in resource.licenses] if resource else []
    return SourceRow(
        sheet,
        sheet.source or ", ".join(named) or "\N{EN DASH}",
        sheet.licence or ", ".join(licences) or "\N{EN DASH}",
        newest.reference if newest else None,
        resource.boundary if resource else None,
        max((vintages[at] for at in newest.at if at in vintages), default=None) if newest else None,
        coarse,
    )


def _resource(case: Case, figure: Figure) -> Resource | None:
    files = {location.file for location in figure.at}
    known = (case.figures.resources or {}).values()
    return next((resource for resource in known if FOLDER + resource.path in files), None)


def annex(case: Case, area_plan: AreaPlan, indicators: Sequence[str], audience: Audience, lang: Lang) -> Attachment:
    """All periods of the paper's indicators for the area and the whole, each with the file and line it stands in."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";" if lang == "de" else ",", lineterminator="\r\n")
    marks = (INTERNAL.say(lang),) if audience is Audience.INTERNAL else ()
    writer.writerow((*_HEAD[lang], *("audience" for _ in marks)))
    for row in _lines(case, area_plan, indicators, audience, lang):
        writer.writerow([*map(_harmless, row), *marks])
    name = f"{area_plan.id}-{text(de='kennzahlen', en='figures').say(lang)}.csv"
    described = text(de="Kennzahlen der Vorlage mit Fundstelle", en="The paper's figures with their place")
    return Attachment(name, out.getvalue().encode("utf-8-sig"), described.say(lang))


_HEAD = {
    "de": ("Kennzahl", "Gebiet", "Periode", "Stichtag", "Wert", "Zeichen", "Einheit", "Fundstelle"),
    "en": ("indicator", "area", "period", "reference date", "value", "sign", "unit", "place"),
}


def _lines(
    case: Case, area_plan: AreaPlan, indicators: Sequence[str], audience: Audience, lang: Lang
) -> Iterator[tuple[str, ...]]:
    places = [area_plan.area, *((case.plan.whole.id,) if case.plan.whole else ())]
    for sheet in (case.plan.find(id, Indicator) for id in indicators):
        for place in places if sheet else ():
            for figure in published(case, sheet.id, place, audience) if sheet else ():
                yield _line(figure, sheet, lang)


def _line(figure: Figure, sheet: Indicator | None, lang: Lang) -> tuple[str, ...]:
    shown = of_figure(figure, sheet, lang)
    value = "" if figure.value is None else _plain(figure.value, lang)
    sign = next(iter(shown.used), "")
    at = " ".join(f"{place.file}:{place.line}" for place in figure.at)
    return (
        figure.indicator, figure.territory, figure.period.text, figure.reference.isoformat(), value, sign,
        sheet.unit if sheet else "", at,
    )  # fmt: skip


def _plain(value: Decimal, lang: Lang) -> str:
    """All digits that are published, with the language's decimal sign."""
    exact = format(rounded(value), "f")
    trimmed = exact.rstrip("0").rstrip(".") if "." in exact else exact
    return trimmed.replace(".", ",") if lang == "de" else trimmed


def _harmless(cell: str) -> str:
    """A text that a spreadsheet would take for a formula gets an apostrophe; numbers stay."""
    is_number = cell.lstrip("-").replace(",", "").replace(".", "").isdigit()
    return f"'{cell}" if cell.startswith(_FORMULA) and not is_number else cell
