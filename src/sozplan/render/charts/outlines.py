"""Borders of social areas on a map, with their names."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sozplan.render.charts.classes import Outline
from sozplan.render.charts.drawing import Layer, segments, shapes, texts
from sozplan.render.charts.labels import Label, extent
from sozplan.render.charts.lettering import PLAIN
from sozplan.render.charts.palette import PAPER
from sozplan.render.charts.plane import Plane, geojson

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

HEADROOM = 12.0
"""Points above a map that a name may take."""
_PAD = 2.0
_REACH = (0.0, 6.0, 14.0, 24.0, 36.0, 50.0)
"""Points from the border at which a name is tried."""


def outlined(outlines: Sequence[Outline], drawn: Plane, colour: str) -> list[Layer]:
    """A line in the accent on a white one, so that it stands out on light and dark grounds."""
    whole = [drawn.outline(outline.units - outline.partly) for outline in outlines]
    partly = [drawn.outline(outline.partly) for outline in outlines if outline.partly]
    layers = []
    for found, dash in ((whole, {}), (partly, {"strokeDash": [4, 2.5]})):
        rows = [{"geometry": geojson(shape)} for shape in found if not shape.is_empty]
        if rows:
            layers.append(shapes(rows, stroke=PAPER, strokeWidth=3.2, strokeJoin="round"))
            layers.append(shapes(rows, stroke=colour, strokeWidth=1.7, strokeJoin="round", **dash))
    return layers


def named_outlines(outlines: Sequence[Outline], drawn: Plane, colour: str) -> tuple[list[Layer], list[BaseGeometry]]:
    """Each name on a white plate beside its area, where it covers least; and the plates, which nothing may cover."""
    layers: list[Layer] = []
    plates: list[BaseGeometry] = []
    borders = {outline.name: drawn.outline(outline.units | outline.partly) for outline in outlines}
    town = drawn.outline(drawn.shapes)
    for name, border in borders.items():
        if border.is_empty:
            continue
        others = [other for key, other in borders.items() if key != name]
        spots = _spots(name, border.bounds, drawn)
        label = min(
            (_named(name, spot) for spot in spots), key=lambda it: _cost(it.plate, border, [*others, *plates], town)
        )
        plates.append(label.plate)
        layers += _written(label, border, colour)
    return layers, plates


def _named(name: str, spot: tuple[float, float]) -> Label:
    return Label(*spot, (name,), PLAIN, bold=True)


def _spots(name: str, bounds: tuple[float, float, float, float], drawn: Plane) -> list[tuple[float, float]]:
    """All around the area, near ones first, within the drawing."""
    wide, high = (side + 2 * _PAD for side in extent([name], PLAIN, bold=True))
    return [
        (min(max(x, wide / 2), drawn.width - wide / 2), min(max(y, high / 2 - HEADROOM), drawn.height - high / 2))
        for reach in _REACH
        for x, y in _around(bounds, reach, wide, high)
    ]


def _around(
    bounds: tuple[float, float, float, float], reach: float, wide: float, high: float
) -> list[tuple[float, float]]:
    left, top, right, bottom = bounds
    middle, level = (left + right) / 2, (top + bottom) / 2
    return [
        (middle, top - reach - high / 2), (middle, bottom + reach + high / 2),
        (right + reach + wide / 2 + _PAD, level), (left - reach - wide / 2 - _PAD, level),
        (right + reach + wide / 2, top - reach), (left - reach - wide / 2, top - reach),
        (right + reach + wide / 2, bottom + reach), (left - reach - wide / 2, bottom + reach),
    ]  # fmt: skip


def _cost(plate: BaseGeometry, border: BaseGeometry, others: Sequence[BaseGeometry], town: BaseGeometry) -> float:
    """Covering another social area or its name is worst, then its own area, then the town; near is better than far."""
    covered = 3.0 * sum(float(plate.intersection(other).area) for other in others)
    covered += 0.5 * float(plate.intersection(border).area) + 0.3 * float(plate.intersection(town).area)
    return round(covered + 2 * float(plate.distance(border)), 3)


def _written(label: Label, border: BaseGeometry, colour: str) -> list[Layer]:
    layers = [_leader(label.plate, border, colour)] if label.plate.distance(border) > 1 else []
    return [
        *layers,
        shapes([{"geometry": geojson(label.plate), "fill": PAPER}], filled=True, stroke=colour, strokeWidth=0.6),
        texts(label.rows, align="center", fontWeight=600, fontSize=PLAIN),
    ]


def _leader(plate: BaseGeometry, border: BaseGeometry, colour: str) -> Layer:
    import shapely

    (x, y), (x2, y2) = shapely.shortest_line(plate, border).coords
    line = {"x": round(x, 1), "y": round(y, 1), "x2": round(x2, 1), "y2": round(y2, 1)}
    return segments([line], stroke=colour, strokeWidth=1)
