"""Pictures of a social index: where the burdened areas lie, one area's profile, how firm the ranks are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal

from sozplan.analysis.disclosure import Audience
from sozplan.analysis.index.result import IndexResult, Standing
from sozplan.diagnostics import Lang, text
from sozplan.model.case import Case
from sozplan.model.geometry import Atlas
from sozplan.model.indicators import Indicator
from sozplan.model.indices import Classes
from sozplan.model.territory import SocialArea
from sozplan.render.charts.classes import Area, Outline, Scale
from sozplan.render.charts.maps import choropleth, matrix_map
from sozplan.render.charts.picture import Picture
from sozplan.render.charts.profile import Component, profile
from sozplan.render.charts.ranks import Ranked, ranks
from sozplan.render.charts.statement import HEIGHT
from sozplan.render.cited import Quantity
from sozplan.render.colours import Design
from sozplan.render.index import View
from sozplan.render.views.figures import label, of_figure, of_number
from sozplan.render.views.names import Names
from sozplan.render.views.profile import figure_of


def area_map(
    view: View, atlas: Atlas, lang: Lang, *, outlines: Iterable[Outline], design: Design, height: float = HEIGHT
) -> Picture | None:
    """Status, and the dynamics where there are any; None where the method has no classes."""
    status = _scale(view.result.method.classes, _STATUS.say(lang))
    if status is None or not any(area.class_ for area in view.result.areas):
        return None
    dynamics = _dynamics(view.result, lang)
    areas = _areas(view.result, status, dynamics, lang)
    if dynamics is None:
        return choropleth(atlas, areas, status, lang, outlines=outlines, design=design, height=height)
    return matrix_map(atlas, areas, status, dynamics, lang, outlines=outlines, design=design, height=height)


_STATUS, _DYNAMICS = text(de="Status", en="Status"), text(de="Dynamik", en="Dynamics")


def _scale(classes: Classes | None, name: str) -> Scale | None:
    return None if classes is None else Scale(name, classes.names)


def _dynamics(result: IndexResult, lang: Lang) -> Scale | None:
    declared = result.method.dynamics
    if declared is None or not any(area.dynamics_class for area in result.areas):
        return None
    return _scale(declared.classes, _DYNAMICS.say(lang))


def _areas(result: IndexResult, status: Scale, dynamics: Scale | None, lang: Lang) -> list[Area]:
    reasons = {each.unit: each.reason.say(lang) for each in result.excluded}
    found = []
    for unit in result.units:
        area = result.by_unit.get(unit.id)
        place = status.classes.index(area.class_) if area and area.class_ else None
        change = None if area is None or dynamics is None else area.dynamics_class
        move = None if change is None or dynamics is None else dynamics.classes.index(change)
        found.append(Area(unit.id, unit.name, unit.key, place, move, reasons.get(unit.id, "")))
    return found


def outline(view: View, area: SocialArea) -> Outline:
    """The units that it has on the day of the figures or has today, of those that are drawn."""
    days = (view.result.period.end, view.as_of)
    parts = [part for part in area.parts if any((part.start or day) <= day <= (part.end or day) for day in days)]
    partly = frozenset(part.unit for part in parts if part.share != 1)
    return Outline(area.name, frozenset(part.unit for part in parts) - partly, partly)


def area_profile(
    case: Case, name: str, standings: Sequence[Standing], lang: Lang, *, audience: Audience, design: Design
) -> Picture:
    components = [_component(case, each, lang, audience) for each in standings]
    if len({each.theme for each in components}) == len(components):
        components = [replace(each, theme="") for each in components]  # headings over one row each say nothing
    whole = case.plan.whole
    return profile(name, components, lang, whole=_short(whole.name) if whole else "", design=design)


def _short(name: str) -> str:
    """`Stadt Mühlbrücken` is too long above a column."""
    return name.split(" ")[0] if len(name) > _LONG and " " in name else name


_LONG = 12


def _component(case: Case, each: Standing, lang: Lang, audience: Audience) -> Component:
    sheet = case.plan.find(each.indicator, Indicator)
    city = figure_of(case, each.indicator, None, each.period, audience)
    ref = f"{each.indicator}/{each.period}#value"
    value = None if each.value is None else Quantity(Decimal(f"{each.value:.9g}"), ref)
    return Component(
        name=label(sheet) if sheet else each.indicator,
        score=each.sigmas,
        theme=Names(case.plan).full(each.theme) if each.theme else "",
        value="" if value is None else of_number(value, sheet, lang).text,
        whole=of_figure(city, sheet, lang).text if city else "",
    )


def rank_plot(view: View, chosen: Sequence[str], lang: Lang, *, design: Design, most: int) -> Picture | None:
    """Where the chosen units stand among all; None where there are no classes."""
    scale = _scale(view.result.method.classes, _STATUS.say(lang))
    if scale is None or not all(area.class_ for area in view.result.areas):
        return None
    firm = {each.unit: each for each in view.firm.areas} if view.firm else {}
    rows = [
        Ranked(
            area.unit,
            f"{area.key} {area.name}",
            area.rank,
            scale.classes.index(area.class_),
            firm[area.unit].most_burdened_rank if area.unit in firm else None,
            firm[area.unit].least_burdened_rank if area.unit in firm else None,
        )
        for area in view.result.areas
    ]
    runs = view.firm.runs if view.firm else 0
    return ranks(rows, scale, lang, chosen=chosen, runs=runs, design=design, most=most)
