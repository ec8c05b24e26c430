"""Legends drawn as marks: swatch, name, number, in a column beside the plot or in rows below it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from sozplan.render.charts.drawing import Layer, rects, segments, shapes, symbols, texts
from sozplan.render.charts.hatching import hatched
from sozplan.render.charts.lettering import PLAIN, lines, width
from sozplan.render.charts.palette import GREY, INK, PAPER
from sozplan.render.charts.plane import geojson

ROW = 13.0
SWATCH = (15.0, 8.5)
_GAP = 5.0
_BETWEEN = 13.0
PLUS = "M-1,0L1,0M0,-1L0,1"
MINUS = "M-1,0L1,0"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a legend."""

    words: str
    kind: Literal["heading", "fill", "hatch", "line", "dash", "plus", "minus", "words", "space"]
    colour: str = INK


@dataclass(frozen=True, slots=True)
class Legend:
    layers: tuple[Layer, ...]
    width: float
    height: float


def column(entries: Sequence[Entry], left: float, top: float, room: float) -> Legend:
    """One below the other; long names break."""
    places: list[tuple[Entry, float, float, list[str]]] = []
    y = top
    for entry in entries:
        if entry.kind == "space":
            y += ROW / 2
            continue
        words = lines(entry.words, room - _indent(entry), PLAIN, most=3, bold=entry.kind == "heading")
        places.append((entry, left, y, words))
        y += ROW + (len(words) - 1) * PLAIN * 1.15
    return Legend(tuple(_drawn(places)), room, y - top)


def rows(entries: Sequence[Entry], left: float, top: float, room: float) -> Legend:
    """Side by side; a `space` begins a new row, and so does a row's end."""
    places: list[tuple[Entry, float, float, list[str]]] = []
    x, y = left, top
    for entry in entries:
        wide = _indent(entry) + width(entry.words, PLAIN, bold=entry.kind == "heading")
        if entry.kind == "space" or (x > left and x + wide > left + room):
            x, y = left, y + ROW
        if entry.kind != "space":
            places.append((entry, x, y, [entry.words]))
            x += wide + _BETWEEN
    return Legend(tuple(_drawn(places)), room, y + ROW - top)


def _indent(entry: Entry) -> float:
    return 0.0 if entry.kind in {"heading", "words"} else SWATCH[0] + _GAP


def _drawn(places: Sequence[tuple[Entry, float, float, list[str]]]) -> list[Layer]:
    layers: list[Layer] = []
    for entry, x, y, _ in places:
        layers += _swatch(entry, x, y + (ROW - SWATCH[1]) / 2)
    for bold in (True, False):
        written = [
            {"x": x + _indent(entry), "y": y + ROW / 2 + PLAIN * 0.33 + at * PLAIN * 1.15, "text": line}
            for entry, x, y, words in places
            for at, line in enumerate(words)
            if (entry.kind == "heading") is bold
        ]
        if written:
            layers.append(texts(written, fontWeight=600 if bold else "normal"))
    return layers


def _swatch(entry: Entry, x: float, y: float) -> list[Layer]:
    wide, high = SWATCH
    corners = (x, y, x + wide, y + high)
    box = dict(zip(("x", "y", "x2", "y2"), corners, strict=True))
    middle = {"x": x + wide / 2, "y": y + high / 2}
    match entry.kind:
        case "fill":
            return [rects([box | {"fill": entry.colour}], stroke=GREY, strokeWidth=0.4)]
        case "hatch":
            return [_hatch(corners), rects([box | {"fill": "none"}], stroke=GREY, strokeWidth=0.4)]
        case "line" | "dash":
            level = {"x": x, "x2": x + wide, "y": middle["y"], "y2": middle["y"]}
            dash = {"strokeDash": [3, 2]} if entry.kind == "dash" else {}
            return [segments([level], stroke=entry.colour, strokeWidth=1.6, **dash)]
        case "plus" | "minus":
            return signs([middle], PLUS if entry.kind == "plus" else MINUS)
        case _:
            return []


def signs(spots: Sequence[dict[str, float]], shape: str) -> list[Layer]:
    """A sign in a white disc, readable on every ground."""
    return [
        symbols(spots, "circle", 32, fill=PAPER, stroke=INK, strokeWidth=0.5),
        symbols(spots, shape, 16, stroke=INK, strokeWidth=1.1),
    ]


def _hatch(corners: tuple[float, float, float, float]) -> Layer:
    import shapely

    lined = hatched(shapely.box(*corners))
    return shapes([{"geometry": geojson(lined)}], stroke=GREY, strokeWidth=0.5)
