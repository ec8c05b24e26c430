"""Ranks with their span over the runs of robustness: how sure an area's place is."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from sozplan.diagnostics import Lang, Text, text
from sozplan.render.charts.classes import Scale
from sozplan.render.charts.drawing import Layer, Panel, drawing, segments, texts
from sozplan.render.charts.lettering import PLAIN, SMALL, lines, width
from sozplan.render.charts.palette import FAINT, GREY, INK, PAPER, marked, ramp
from sozplan.render.charts.picture import WIDTH, Cell, Picture
from sozplan.render.charts.wording import AREAS
from sozplan.render.colours import Design
from sozplan.render.numbers import number

_NAMES = 128.0
_ROW = 12.5
_HEAD = 34.0
_FOOT = 26.0
_RIGHT = 10.0
_NEIGHBOURS = 3
_MOST = 40
"""So many rows at most; of more areas only those around the chosen ones and around the bounds."""
_READING = text(
    de="Punkt: Rang (1 = am stärksten belastet); Linie: Spanne der Ränge über die Rechenvarianten; "
    "senkrechte Linien: Grenzen der Klassen.",
    en="Point: rank (1 = most burdened); line: span of ranks over the variants; upright lines: bounds of the classes.",
)


@dataclass(frozen=True, slots=True)
class Ranked:
    """One rated area; without runs of robustness it has no span."""

    unit: str
    name: str
    rank: int
    place: int
    """Of its class, from 0, the least burdened."""
    low: int | None = None
    high: int | None = None


@dataclass(frozen=True, slots=True)
class _Row:
    area: Ranked
    y: float
    is_chosen: bool


def ranks(
    areas: Iterable[Ranked],
    scale: Scale,
    lang: Lang,
    *,
    chosen: Collection[str] = (),
    runs: int = 0,
    design: Design | None = None,
    units: Text = AREAS,
    most: int = _MOST,
) -> Picture:
    """`runs`: how often the index was computed with other choices; `most` is the number of rows that have room."""
    everyone = sorted(areas, key=lambda area: (area.rank, area.name, area.unit))
    shown = _shown(everyone, chosen, most)
    rows, gaps, height = _arranged(shown, everyone, chosen)
    title = _finding(everyone, scale, chosen, runs, units, lang)
    columns, table = _table([row.area for row in rows], scale, lang)
    left = "" if len(shown) == len(everyone) else " " + _left_out(len(everyone) - len(shown), lang)
    alt = f"{title} {_READING.say(lang)}{left}"
    plot = _plot(rows, everyone, scale, design or Design(), height - _HEAD - _FOOT, lang)
    panels = [
        Panel(_named(rows, gaps), _NAMES, height),
        Panel(plot, WIDTH - _NAMES - _RIGHT, height - _HEAD - _FOOT, _NAMES, _HEAD),
    ]
    svg = drawing(panels, WIDTH, height, alt=alt, reading=_READING.say(lang) + left, lang=lang)
    return Picture(svg, title, alt, columns, table, lang, left.strip())


def _shown(everyone: Sequence[Ranked], chosen: Collection[str], most: int) -> list[int]:
    """Positions to be drawn."""
    if len(everyone) <= most:
        return list(range(len(everyone)))
    around = {at + step for at, area in enumerate(everyone) if area.unit in chosen
              for step in range(-_NEIGHBOURS, _NEIGHBOURS + 1)}  # fmt: skip
    around |= {at + step for at in _bounds(everyone) for step in (-1, 0)}
    return sorted(around & set(range(len(everyone))))


def _bounds(everyone: Sequence[Ranked]) -> list[int]:
    """Positions at which another class begins."""
    return [at for at in range(1, len(everyone)) if everyone[at].place != everyone[at - 1].place]


def _arranged(
    shown: Sequence[int], everyone: Sequence[Ranked], chosen: Collection[str]
) -> tuple[list[_Row], list[float], float]:
    rows: list[_Row] = []
    gaps: list[float] = []
    y = _HEAD + _ROW / 2
    for before, at in zip([shown[0] - 1 if shown else 0, *shown], shown, strict=False):
        if at != before + 1:
            gaps.append(y)
            y += _ROW
        rows.append(_Row(everyone[at], y, everyone[at].unit in chosen))
        y += _ROW
    return rows, gaps, y + _FOOT - _ROW / 2


def _named(rows: Sequence[_Row], gaps: Sequence[float]) -> list[Layer]:
    layers = []
    for chosen in (False, True):
        names = [
            {"x": _NAMES - 10, "y": row.y + 3, "text": lines(row.area.name, _NAMES - 12, PLAIN, most=1, bold=chosen)[0]}
            for row in rows
            if row.is_chosen is chosen
        ]
        layers += [texts(names, align="right", fontWeight=600 if chosen else 400)] if names else []
    dots = [{"x": _NAMES - 10, "y": y + 2, "text": "…"} for y in gaps]
    return layers + ([texts(dots, align="right", fill=GREY)] if dots else [])


def _plot(
    rows: Sequence[_Row], everyone: Sequence[Ranked], scale: Scale, design: Design, end: float, lang: Lang
) -> list[Layer]:
    wide, last = WIDTH - _NAMES - _RIGHT, len(everyone)
    domain = {"domain": [0.5, last + 0.5], "nice": False}
    axis = {
        "orient": "bottom",
        "values": _ticks(last),
        "format": ",d",
        "grid": False,
        "title": None,
        "labelOverlap": False,
    }
    data = [
        {"rank": row.area.rank, "low": row.area.low, "high": row.area.high, "y": row.y - _HEAD}
        | {"colour": marked(design) if row.is_chosen else ramp(design, 4)[3], "thick": 3.2 if row.is_chosen else 1.8}
        for row in rows
    ]
    y = {"y": {"field": "y", "type": "quantitative", "scale": None, "axis": None}}
    stroke = {"stroke": {"field": "colour", "type": "nominal", "scale": None},
              "strokeWidth": {"field": "thick", "type": "quantitative", "scale": None}}  # fmt: skip
    low = {"field": "low", "type": "quantitative", "scale": domain, "axis": axis}
    rank = {"field": "rank", "type": "quantitative", "scale": domain, "axis": axis}
    spans = [datum for datum in data if datum["low"] is not None]
    layers: list[Layer] = [_bands(rows, wide), *_class_bounds(everyone, scale, wide, end)]
    if spans:
        layers.append({"data": {"values": spans}, "mark": {"type": "rule", "strokeOpacity": 0.55},
                       "encoding": {"x": low, "x2": {"field": "high"}, **y, **stroke}})  # fmt: skip
    looks = {"type": "point", "shape": "circle", "size": 26, "opacity": 1, "stroke": PAPER, "strokeWidth": 0.6}
    layers.append({"data": {"values": data}, "mark": looks, "encoding": {"x": rank, **y, "fill": stroke["stroke"]}})
    caption = text(de="Rang (1 = am stärksten belastet)", en="rank (1 = most burdened)").say(lang)
    return [*layers, texts([{"x": wide, "y": end + 23, "text": caption}], fontSize=SMALL, fill=GREY, align="right")]


def _bands(rows: Sequence[_Row], wide: float) -> Layer:
    """A thin line through each row leads the eye from the name to its point."""
    level = [{"x": -6, "x2": wide, "y": row.y - _HEAD, "y2": row.y - _HEAD} for row in rows]
    return segments(level, stroke=FAINT, strokeWidth=0.4)


def _ticks(last: int) -> list[int]:
    step = next(step for step in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 5000, 10_000) if last / step <= 12)
    return [1, *(tick for tick in range(step, last + 1, step) if tick > 1)]


def _class_bounds(everyone: Sequence[Ranked], scale: Scale, wide: float, end: float) -> list[Layer]:
    """Lines between the classes and, above, the names of those that have room."""
    spot = {at: (everyone[at - 1].rank + everyone[at].rank) / 2 for at in _bounds(everyone)}
    edges = [0.5, *spot.values(), len(everyone) + 0.5]
    xs = [(edge - 0.5) / len(everyone) * wide for edge in edges]
    starts = [0, *spot]
    names = [scale.classes[everyone[at].place] for at in starts] if everyone else []
    written = _staggered(names, xs)
    inner = [{"x": x, "x2": x, "y": -8.0, "y2": end} for x in xs[1:-1]]
    layers = [segments(inner, stroke=GREY, strokeWidth=0.7, strokeDash=[3, 2])] if inner else []
    return layers + ([texts(written, align="center", fontSize=SMALL, fill=INK)] if written else [])


def _staggered(names: Sequence[str], xs: Sequence[float]) -> list[dict[str, object]]:
    """Names over their classes, lifted into a second row where they would touch the one before."""
    written: list[dict[str, object]] = []
    ends = [-1e9, -1e9]
    for name, left, right in zip(names, xs, xs[1:], strict=False):
        wide = width(name, SMALL)
        middle = max(wide / 2, (left + right) / 2)
        row = 0 if middle - wide / 2 > ends[0] + 6 else 1
        if middle - wide / 2 > ends[row] + 6:
            written.append({"x": middle, "y": -11.0 - 10 * row, "text": name})
            ends[row] = middle + wide / 2
    return written


def _finding(
    everyone: Sequence[Ranked], scale: Scale, chosen: Collection[str], runs: int, units: Text, lang: Lang
) -> str:
    asked = [area for area in everyone if area.unit in chosen]
    total = number(len(everyone), lang)
    if not asked:
        words = text(de="Ränge der {total} bewerteten {units}.", en="Ranks of {total} rated {units}.")
        return words.say(lang).format(total=total, units=units.say(lang))
    return " ".join(_place(area, scale, total, runs, lang) for area in asked)


def _place(area: Ranked, scale: Scale, total: str, runs: int, lang: Lang) -> str:
    rank, name = number(area.rank, lang), scale.classes[area.place]
    words = text(de="{area}: Rang {rank} von {total} ({name})", en="{area}: rank {rank} of {total} ({name})")
    said = words.say(lang).format(area=area.name, rank=rank, total=total, name=name)
    if area.low is None or area.high is None:
        return f"{said}."
    if area.low == area.high:
        span = text(de=", derselbe Rang in allen {runs} Rechenvarianten.", en=", the same rank in all {runs} variants.")
    else:
        span = text(de=", in {runs} Rechenvarianten zwischen Rang {low} und {high}.",
                    en=", between rank {low} and {high} in {runs} variants.")  # fmt: skip
    return said + span.say(lang).format(
        runs=number(runs, lang), low=number(area.low, lang), high=number(area.high, lang)
    )


def _left_out(much: int, lang: Lang) -> str:
    words = text(
        de="Gezeigt sind die Nachbarn im Rang und die Gebiete an den Klassengrenzen; {} weitere stehen nicht im Bild.",
        en="Shown are the neighbours in rank and the areas at the bounds of classes; {} more aren't in the picture.",
    )
    return words.say(lang).format(number(much, lang))


def _table(areas: Sequence[Ranked], scale: Scale, lang: Lang) -> tuple[tuple[str, ...], tuple[tuple[Cell, ...], ...]]:
    columns = (
        text(de="Rang", en="Rank").say(lang), text(de="Gebiet", en="Area").say(lang), scale.name,
        text(de="Rang von", en="Rank from").say(lang), text(de="Rang bis", en="Rank to").say(lang),
    )  # fmt: skip
    return columns, tuple((area.rank, area.name, scale.classes[area.place], area.low, area.high) for area in areas)
