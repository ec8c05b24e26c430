"""Where an area lies in the municipality: its units in colour, all others as outlines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sozplan.diagnostics import Lang, text
from sozplan.model.geometry import Atlas
from sozplan.render.charts.classes import Outline
from sozplan.render.charts.drawing import framed
from sozplan.render.charts.hatching import hatched
from sozplan.render.charts.lettering import SMALL, width
from sozplan.render.charts.palette import GREY, PAPER, marked, ramp
from sozplan.render.charts.picture import Picture
from sozplan.render.charts.plane import Plane, ground
from sozplan.render.charts.sketch import box, moved, region, word
from sozplan.render.charts.wording import whereabouts
from sozplan.render.colours import Design, tint

WIDE, SMALL_MAP = 172.0, 112.0
_MARGIN, _ROW = 2.0, 11.0
_READING = text(
    de="Karte: farbig, was zum Gebiet gehört; schraffiert, was nur zum Teil dazugehört.",
    en="Map: coloured is what belongs to the area; hatched what belongs to it in part.",
)
_PARTLY = text(de="gehört nur zum Teil dazu", en="belongs to it in part")


def locator(
    atlas: Atlas, area: Outline, lang: Lang, *, wide: float = WIDE, design: Design | None = None
) -> Picture | None:
    """None where the area has no borders; not much higher than it is wide."""
    drawn = ground(atlas).fitted(wide - 2 * _MARGIN, wide * 0.87)
    inside = sorted((area.units | area.partly) & set(drawn.shapes))
    if not inside:
        return None
    partly = sorted(area.partly & set(drawn.shapes))
    marks = [moved(_map(drawn, area, design or Design()), _MARGIN, _MARGIN)]
    height = drawn.height + 2 * _MARGIN
    key = list(_legend(_short(area.name, wide - 20), bool(partly), height, design or Design(), lang))
    height += _ROW * (1 + bool(partly)) + 2
    title = _finding(drawn, area.name, inside, lang)
    names = [shape.key or shape.unit for shape in atlas.shapes if shape.unit in inside]
    alt = f"{title} {text(de='Schlüssel', en='Keys').say(lang)}: {', '.join(sorted(names))}."
    svg = framed("".join([*marks, *key]), wide, height, alt=alt, reading=_READING.say(lang), lang=lang)
    columns = (text(de="Schlüssel", en="Key").say(lang), text(de="Zugehörigkeit", en="Belonging").say(lang))
    whole = text(de="ganz", en="whole").say(lang)
    rows = tuple(
        (shape.key, _PARTLY.say(lang) if shape.unit in area.partly else whole)
        for shape in sorted(atlas.shapes, key=lambda shape: shape.key)
        if shape.unit in inside
    )
    return Picture(svg, title, alt, columns, rows, lang, wide=wide)


def _map(drawn: Plane, area: Outline, design: Design) -> Iterator[str]:
    fill = ramp(design, 4)[2]
    for unit, shape in drawn.shapes.items():
        inside = unit in area.units and unit not in area.partly
        yield region(
            shape, fill=fill if inside else tint(design.primary, 0.07), ink=PAPER if inside else GREY, wide=0.4
        )
    if area.partly & set(drawn.shapes):
        yield region(hatched(drawn.outline(area.partly)), ink=fill, wide=0.8)
    yield region(drawn.outline(drawn.shapes), wide=0.7)
    yield region(drawn.outline(area.units | area.partly), ink=marked(design), wide=1.5)


def _legend(name: str, partly: bool, top: float, design: Design, lang: Lang) -> Iterator[str]:
    fill = ramp(design, 4)[2]
    yield box(_MARGIN, top + 2, 10, 7, fill, ink=marked(design))
    yield word(_MARGIN + 14, top + 8.5, name, bold=True)
    if partly:
        yield from _hatch(_MARGIN, top + 2 + _ROW, fill)
        yield word(_MARGIN + 14, top + 8.5 + _ROW, _PARTLY.say(lang))


def _hatch(x: float, y: float, ink: str) -> Iterator[str]:
    import shapely

    yield box(x, y, 10, 7, PAPER, ink=ink)
    yield region(hatched(shapely.box(x, y, x + 10, y + 7)), ink=ink, wide=0.8)


def _short(name: str, room: float) -> str:
    while width(name, SMALL, bold=True) > room and len(name) > 1:
        name = name[:-2] + "…"
    return name


def _finding(drawn: Plane, name: str, inside: Sequence[str], lang: Lang) -> str:
    middles = {unit: (float(shape.centroid.x), float(shape.centroid.y)) for unit, shape in drawn.shapes.items()}
    where = whereabouts([middles[unit] for unit in inside], list(middles.values()), unplaced=0, lang=lang)
    where = where.removeprefix(", ").removeprefix("alle ").removeprefix("beide ").removeprefix("all ")
    where = where.removeprefix("both ").replace("die meisten ", "überwiegend ").replace("most ", "mostly ")
    if not where:
        return text(de="Wo {} liegt.", en="Where {} lies.").say(lang).format(name)
    return text(de="{} liegt {} der Kommune.", en="{} lies {} of the municipality.").say(lang).format(name, where)
