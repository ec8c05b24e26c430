"""Series of an area against the whole, one panel an indicator, with signs at values that aren't like the others."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from itertools import pairwise

from sozplan.diagnostics import Lang, text
from sozplan.render.charts.drawing import Layer, Panel, drawing, texts
from sozplan.render.charts.lettering import PLAIN, SMALL, lines, width
from sozplan.render.charts.palette import GREY, PAPER, ramp
from sozplan.render.charts.picture import WIDTH, Picture
from sozplan.render.charts.scales import domain
from sozplan.render.charts.series import Mark, Point, Trend, day, figure, finding, headed, in_time, in_words, table
from sozplan.render.colours import Design

_HEIGHT = 92.0
_LEFT = 34.0
_RIGHT = 62.0
_HEAD = 26.0
_FOOT = 20.0
_GUTTER = 12.0
_LEGEND = 16.0
_APART = 19.0
"""Between the two names at the end of the lines."""


def trends(area: str, series: Sequence[Trend], lang: Lang, *, whole: str, design: Design | None = None) -> Picture:
    """One series takes the whole width, more stand in two columns, in the order given."""
    columns = 1 if len(series) == 1 else 2
    wide = (WIDTH - _GUTTER * (columns - 1)) / columns
    high = _HEAD + _HEIGHT * (1.4 if columns == 1 else 1) + _FOOT
    panels = []
    for at, trend in enumerate(series):
        row, column = divmod(at, columns)
        box = (column * (wide + _GUTTER), row * high, wide, high)
        panels.append(_panel(trend, area, whole, box, design or Design(), lang))
    height = high * -(-len(series) // columns)
    if key := _legend(series, lang):
        panels.append(Panel(key, WIDTH, _LEGEND, 0, height))
        height += _LEGEND
    title = finding(area, series, lang)
    alt = " ".join([title, *(in_words(trend, area, whole, lang) for trend in series)])
    svg = drawing(panels, WIDTH, height, alt=alt, reading=_reading(area, whole, lang), lang=lang)
    heads, rows = table(series, area, whole, lang)
    return Picture(svg, title, alt, heads, rows, lang)


def _panel(
    trend: Trend, area: str, whole: str, box: tuple[float, float, float, float], design: Design, lang: Lang
) -> Panel:
    left, top, wide, high = box
    width_, height = wide - _LEFT - _RIGHT, high - _HEAD - _FOOT
    dark = ramp(design, 4)[3]
    scales = _scales(trend, width_)
    layers = [layer for name, points, colour in (("whole", trend.whole, GREY), ("area", trend.area, dark))
              for layer in _line(points, _step(trend), colour, scales, is_area=name == "area")]  # fmt: skip
    head = lines(headed(trend), wide, PLAIN, most=1, bold=True)
    layers.append(texts([{"x": -_LEFT, "y": -14.0, "text": line} for line in head], fontWeight=600))
    ends = [(whole, trend.whole, GREY), (area, trend.area, dark)]
    layers += _ends(
        [(name, in_time(points)[-1], ink) for name, points, ink in ends if points], trend, scales, height, lang
    )
    return Panel(layers, width_, height, left + _LEFT, top + _HEAD)


def _scales(trend: Trend, wide: float) -> Layer:
    """Of both axes; they know nothing but the values that are drawn."""
    periods = {day(point): point.period for point in (*trend.area, *trend.whole)}
    days = sorted(periods)
    values = [point.value for point in (*trend.area, *trend.whole)]
    low, high = domain(values)
    names = {str(at): str(periods[at]) for at in days}
    every = _every(list(names.values()), wide)
    x_axis = {
        "values": days[::-1][::every][::-1], "labelExpr": f"{json.dumps(names)}[datum.value]",
        "grid": False, "title": None, "labelPadding": 3, "labelOverlap": False, "orient": "bottom",
    }  # fmt: skip
    y_axis = {
        "tickCount": 4, "format": f",.{trend.places}~f", "title": None, "domain": False, "ticks": False,
        "labelOverlap": False, "orient": "left", "labelPadding": 4,
    }  # fmt: skip
    return {
        "x": {"field": "day", "type": "quantitative", "axis": x_axis,
              "scale": {"domain": _widened(days), "nice": False}},
        "y": {"field": "value", "type": "quantitative", "axis": y_axis,
              "scale": {"domain": [low, high], "nice": False, "zero": False}},
    }  # fmt: skip


def _widened(days: Sequence[int]) -> list[int]:
    return [days[0], days[-1]] if len(days) > 1 else [days[0] - 1, days[0] + 1] if days else [0, 1]


def _every(names: Sequence[str], wide: float) -> int:
    room = max((width(name, SMALL) for name in names), default=0.0) + 8
    return max(1, -(-len(names) // max(1, int(wide / room) + 1)))


def _step(trend: Trend) -> float:
    """Days between neighbours; a longer way is a gap, over which no line leads."""
    days = sorted({day(point) for point in (*trend.area, *trend.whole)})
    return 1.5 * min((b - a for a, b in pairwise(days)), default=1)


def _runs(points: Iterable[Point], step: float) -> list[list[Point]]:
    """Points that a line may join."""
    runs: list[list[Point]] = []
    for point in in_time(points):
        if runs and day(point) - day(runs[-1][-1]) <= step:
            runs[-1].append(point)
        else:
            runs.append([point])
    return runs


def _line(points: Sequence[Point], step: float, colour: str, scales: Layer, *, is_area: bool) -> list[Layer]:
    looks = {"stroke": colour, "strokeWidth": 1.8 if is_area else 1.2, "strokeDash": [1, 0] if is_area else [4, 2]}
    layers = [
        {"data": _data(run), "mark": {"type": "line", **looks}, "encoding": scales} for run in _runs(points, step)
    ]
    for mark in Mark:
        found = [point for point in in_time(points) if point.mark is mark]
        if found:
            layers.append({"data": _data(found), "mark": _symbol(mark, colour), "encoding": scales})
    return layers


def _data(points: Iterable[Point]) -> dict[str, object]:
    return {"values": [{"day": day(point), "value": point.value} for point in points]}


def _symbol(mark: Mark, colour: str) -> dict[str, object]:
    """Full for plain values, hollow for all others."""
    shape = mark.value[0]
    fill, size = (colour, 14) if mark is Mark.PLAIN else (PAPER, 34)
    return {
        "type": "point",
        "shape": shape,
        "size": size,
        "fill": fill,
        "stroke": colour,
        "strokeWidth": 1.1,
        "opacity": 1,
    }


def _ends(
    ends: Sequence[tuple[str, Point, str]],
    trend: Trend,
    scales: Layer,
    height: float,
    lang: Lang,
) -> list[Layer]:
    """Name and last figure beside the end of each line, pushed apart where they would touch."""
    low, high = scales["y"]["scale"]["domain"]
    ordered = sorted(
        (((1 - (point.value - low) / (high - low)) * height, name, point, ink) for name, point, ink in ends),
        key=lambda end: end[:2],
    )
    places = _apart([y for y, *_ in ordered], height)
    layers: list[Layer] = []
    for y, (_, name, point, ink) in zip(places, ordered, strict=True):
        layers.append(_end_text(lines(name, _RIGHT - 8, SMALL, most=1, bold=True)[0], y, ink, 600))
        layers.append(_end_text(figure(point.value, trend, lang), y + 9, ink, 400))
    return layers


def _end_text(words: str, y: float, ink: str, weight: int) -> Layer:
    return {
        "data": {"values": [{"text": words}]},
        "mark": {"type": "text", "x": "width", "dx": 7, "y": y, "fontSize": SMALL, "fontWeight": weight, "fill": ink},
        "encoding": {"text": {"field": "text", "type": "nominal"}},
    }


def _apart(ys: Sequence[float], height: float) -> list[float]:
    if len(ys) < 2 or ys[1] - ys[0] >= _APART:
        return list(ys)
    middle = min(max((ys[0] + ys[1]) / 2, _APART / 2), height - _APART / 2)
    return [middle - _APART / 2, middle + _APART / 2]


def _legend(series: Sequence[Trend], lang: Lang) -> list[Layer]:
    used = {point.mark for trend in series for point in (*trend.area, *trend.whole)}
    layers: list[Layer] = []
    x = 6.0
    for mark in Mark:
        if mark is Mark.PLAIN or mark not in used:
            continue
        words = mark.value[1].say(lang)
        encoding = {name: {"field": name, "type": "quantitative", "scale": None, "axis": None} for name in ("x", "y")}
        layers.append(
            {"data": {"values": [{"x": x, "y": 11.0 - 3}]}, "mark": _symbol(mark, GREY), "encoding": encoding}
        )
        layers.append(texts([{"x": x + 8, "y": 11.0, "text": words}], fontSize=SMALL))
        x += 8 + width(words, SMALL) + 16
    return layers


def _reading(area: str, whole: str, lang: Lang) -> str:
    words = text(
        de="Linien: {area} durchgezogen, {whole} gestrichelt; hohle Zeichen: vorläufig, umgerechnet, geschätzt.",
        en="Lines: {area} solid, {whole} dashed; hollow signs: provisional, converted, estimated.",
    )
    return words.say(lang).format(area=area, whole=whole)
