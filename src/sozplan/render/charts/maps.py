"""Maps of classes: lightness for the class, hatches for what isn't rated, signs for dynamics, lines around areas."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from sozplan.diagnostics import Lang, Text, text
from sozplan.model.geometry import Atlas
from sozplan.render.charts import legend
from sozplan.render.charts.classes import Area, Outline, Scale, counted, ordered
from sozplan.render.charts.drawing import Layer, Panel, drawing, shapes, texts
from sozplan.render.charts.hatching import hatched
from sozplan.render.charts.labels import Label, fitting, free_spot
from sozplan.render.charts.legend import Entry
from sozplan.render.charts.lettering import SMALL
from sozplan.render.charts.outlines import HEADROOM, named_outlines, outlined
from sozplan.render.charts.palette import GREY, INK, PAPER, marked, ramp
from sozplan.render.charts.picture import WIDTH, Picture
from sozplan.render.charts.plane import Plane, geojson, ground
from sozplan.render.charts.statement import HEIGHT, NOT_RATED, Map, finding, note, table
from sozplan.render.charts.wording import AREAS
from sozplan.render.colours import Design, readable_on
from sozplan.render.numbers import number

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

_MARGIN = 3.0
_DISC = 7.5
"""Width of the disc around a sign."""
_SIDE = 122.0
"""Width of a legend beside the map."""
_GUTTER = 11.0
_MOST_NAMES = 80
"""Above so many areas names don't fit, and the few that do would look as if they were chosen."""
_READING = text(
    de="Karte: je dunkler ein Gebiet, desto stärker belastet; schraffiert ist, was nicht bewertet wird.",
    en="Map: the darker an area, the more burdened; hatched is what isn't rated.",
)
_SIGNS = text(de=" Zeichen im Kreis nennen die Veränderung.", en=" Signs in circles tell the change.")


def choropleth(
    atlas: Atlas,
    areas: Iterable[Area],
    scale: Scale,
    lang: Lang,
    *,
    outlines: Iterable[Outline] = (),
    design: Design | None = None,
    units: Text = AREAS,
    height: float = HEIGHT,
) -> Picture:
    """Where the burdened areas lie."""
    outlined_areas = tuple(sorted(outlines, key=lambda outline: outline.name))
    return _picture(Map(atlas, ordered(areas), scale, None, outlined_areas, design or Design(), units, height), lang)


def matrix_map(
    atlas: Atlas,
    areas: Iterable[Area],
    status: Scale,
    dynamics: Scale,
    lang: Lang,
    *,
    outlines: Iterable[Outline] = (),
    design: Design | None = None,
    units: Text = AREAS,
    height: float = HEIGHT,
) -> Picture:
    """Where they lie and whether it gets better or worse there."""
    outlined_areas = tuple(sorted(outlines, key=lambda outline: outline.name))
    return _picture(
        Map(atlas, ordered(areas), status, dynamics, outlined_areas, design or Design(), units, height), lang
    )


def _picture(of: Map, lang: Lang) -> Picture:
    base = ground(of.atlas)
    head = _MARGIN + (HEADROOM if of.outlines else 0)
    below = legend.rows(_entries(of, lang), 0, 0, WIDTH).height + 8
    width, height = WIDTH - 2 * _MARGIN, of.height - head - _MARGIN
    wide = min(width - _SIDE - _GUTTER, height * base.ratio)
    if wide >= min(width, (height - below) * base.ratio):
        drawn = base.fitted(width - _SIDE - _GUTTER, height)
        left = min(_MARGIN + drawn.width + 2 * _GUTTER, WIDTH - _SIDE)
        key = legend.column(_entries(of, lang), left, head + 4, WIDTH - left)
        total = max(drawn.height, key.height) + head + _MARGIN
    else:
        drawn = base.fitted(width, height - below)
        key = legend.rows(_entries(of, lang), 0, drawn.height + head + _MARGIN + 6, WIDTH)
        total = drawn.height + below + head + _MARGIN
    title, alt = finding(of, drawn, lang)
    reading = _READING.say(lang) + (_SIGNS.say(lang) if of.dynamics else "")
    panels = [
        Panel(_layers(of, drawn), drawn.width, drawn.height, _MARGIN, head),
        Panel(key.layers, WIDTH, total),
    ]
    svg = drawing(panels, WIDTH, total, alt=alt, reading=reading, lang=lang)
    columns, rows = table(of, lang)
    return Picture(svg, title, alt, columns, rows, lang, note(of, drawn, lang))


def _layers(of: Map, drawn: Plane) -> list[Layer]:
    colours = ramp(of.design, len(of.status.classes))
    places = {area.unit: area.place for area in of.areas}
    fills = [colours[place] if (place := places.get(unit)) is not None else PAPER for unit in drawn.shapes]
    grounds = [
        {"geometry": geojson(shape), "fill": fill} for shape, fill in zip(drawn.shapes.values(), fills, strict=True)
    ]
    layers = [shapes(grounds, filled=True, stroke=PAPER, strokeWidth=0.4 if len(fills) > _MOST_NAMES else 0.8)]
    if blank := [unit for unit in drawn.shapes if places.get(unit) is None]:
        layers.append(shapes([{"geometry": geojson(hatched(drawn.outline(blank)))}], stroke=GREY, strokeWidth=0.5))
    layers.append(
        shapes([{"geometry": geojson(drawn.outline(drawn.shapes))}], stroke=GREY, strokeWidth=0.6, strokeJoin="round")
    )
    layers += outlined(of.outlines, drawn, marked(of.design))
    return layers + _words(of, drawn, colours)


def _words(of: Map, drawn: Plane, colours: Sequence[str]) -> list[Layer]:
    """Names of the outlines first, then as many areas as have room, then signs beside these names."""
    layers, taken = named_outlines(of.outlines, drawn, marked(of.design))
    labels = _names(of, drawn, taken)
    by_ink: dict[str, list[dict[str, object]]] = {}
    for area, label in labels:
        by_ink.setdefault(_ink(PAPER if area.place is None else colours[area.place]), []).extend(label.rows)
        layers += [_plate(label)] if area.place is None else []
    layers += [texts(rows, align="center", fontSize=SMALL, fill=ink) for ink, rows in sorted(by_ink.items())]
    for sign, spots in _discs(of, drawn, taken + [label.plate for _, label in labels]).items():
        layers += legend.signs([{"x": x, "y": y} for x, y in spots], sign)
    return layers


def _names(of: Map, drawn: Plane, taken: Sequence[BaseGeometry]) -> list[tuple[Area, Label]]:
    """Of the areas, as far as they fit."""
    if len(drawn.shapes) > _MOST_NAMES:
        return []
    there = [(area, drawn.shapes[area.unit]) for area in of.areas if area.unit in drawn.shapes]
    labels = [
        (area, fitting(shape, dict.fromkeys((area.name, area.key or area.name)), _near(shape, taken)))
        for area, shape in there
    ]
    return [(area, label) for area, label in labels if label is not None]


def _near(shape: BaseGeometry, taken: Sequence[BaseGeometry]) -> list[BaseGeometry]:
    import shapely

    return [box for box in taken if shapely.intersects(shape, box)]


def _ink(ground: str) -> str:
    return INK if readable_on(ground) == "#000000" else PAPER


def _plate(label: Label) -> Layer:
    """White behind a word on hatches."""
    return shapes([{"geometry": geojson(label.plate), "fill": PAPER}], filled=True)


def _discs(of: Map, drawn: Plane, taken: Sequence[BaseGeometry]) -> dict[str, list[tuple[float, float]]]:
    """Where each sign stands."""
    found: dict[str, list[tuple[float, float]]] = {}
    for area in of.areas if of.dynamics else ():
        sign = _sign(of.dynamics, area.move) if of.dynamics else None
        if sign and (shape := drawn.shapes.get(area.unit)):
            found.setdefault(sign, []).append(free_spot(shape, _DISC, _near(shape, taken)))
    return dict(sorted(found.items()))


def _sign(scale: Scale, move: int | None) -> str | None:
    """Plus for the better half of the classes, minus for the worse, none for the middle one."""
    if move is None or 2 * move + 1 == len(scale.classes):
        return None
    return legend.PLUS if 2 * move + 1 < len(scale.classes) else legend.MINUS


def _entries(of: Map, lang: Lang) -> list[Entry]:
    colours = ramp(of.design, len(of.status.classes))
    numbers = counted((area.place for area in of.areas), of.status)
    entries = [Entry(of.status.name, "heading")]
    entries += [
        Entry(_with_count(name, much, lang), "fill", colour)
        for name, much, colour in zip(of.status.classes, numbers, colours, strict=True)
    ]
    if blank := sum(area.place is None for area in of.areas):
        entries.append(Entry(_with_count(NOT_RATED.say(lang), blank, lang), "hatch"))
    if of.dynamics:
        entries += [Entry("", "space"), Entry(of.dynamics.name, "heading"), *_sign_entries(of, of.dynamics, lang)]
    if of.outlines:
        entries += [Entry("", "space"), *_outline_entries(of, lang)]
    return entries


def _sign_entries(of: Map, scale: Scale, lang: Lang) -> list[Entry]:
    numbers = counted((area.move for area in of.areas), scale)
    entries = []
    for kind, sign in (("plus", legend.PLUS), ("minus", legend.MINUS)):
        group = [at for at in range(len(numbers)) if _sign(scale, at) == sign]
        names = ", ".join(scale.classes[at] for at in group)
        entries.append(Entry(_with_count(names, sum(numbers[at] for at in group), lang), kind))  # type: ignore[arg-type]
    middle = [at for at in range(len(numbers)) if _sign(scale, at) is None]
    if middle:
        words = text(de="ohne Zeichen: {}", en="no sign: {}").say(lang).format(scale.classes[middle[0]])
        entries.append(Entry(_with_count(words, numbers[middle[0]], lang), "words"))
    return entries


def _outline_entries(of: Map, lang: Lang) -> list[Entry]:
    colour = marked(of.design)
    social = any(outline.is_social_area for outline in of.outlines)
    words = text(de="Sozialraumgebiet", en="social area") if social else text(de="dieses Gebiet", en="this area")
    entries = [Entry(words.say(lang), "line", colour)]
    if any(outline.partly for outline in of.outlines):
        entries.append(Entry(text(de="nur ein Teil gehört dazu", en="belongs to it in part").say(lang), "dash", colour))
    return entries


def _with_count(words: str, much: int, lang: Lang) -> str:
    return f"{words} ({number(much, lang)})"
