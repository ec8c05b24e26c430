"""Marks at places that are known already, written as SVG by hand: a paper has a dozen pictures and no time for Vega.

Everything is in points of the drawing; letters have the two sizes of `lettering`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from typing import TYPE_CHECKING, Literal

from sozplan.render.charts.lettering import SMALL
from sozplan.render.charts.palette import GREY, INK, PAPER

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

Spot = tuple[float, float]
Anchor = Literal["start", "middle", "end"]
Shape = Literal["circle", "square", "diamond", "triangle"]
DASHED, DOTTED = "4 2.5", "1.2 2"


def word(
    x: float, y: float, words: str, *, size: float = SMALL, ink: str = INK, bold: bool = False, anchor: Anchor = "start"
) -> str:
    """At its base line."""
    weight = ' font-weight="600"' if bold else ""
    place = "" if anchor == "start" else f' text-anchor="{anchor}"'
    return (
        f'<text x="{number(x)}" y="{number(y)}" font-size="{number(size)}" fill="{ink}"{weight}{place}>'
        f"{escape(words, quote=False)}</text>"
    )


def stroke(spots: Sequence[Spot], *, ink: str = INK, wide: float = 1, dash: str = "") -> str:
    pattern = f' stroke-dasharray="{dash}"' if dash else ""
    return f'<path d="{_path(spots)}" fill="none" stroke="{ink}" stroke-width="{number(wide)}"{pattern}/>'


def patch(spots: Sequence[Spot], fill: str) -> str:
    return f'<path d="{_path(spots)}Z" fill="{fill}"/>'


def box(x: float, y: float, wide: float, high: float, fill: str, *, ink: str = "") -> str:
    border = f' stroke="{ink}" stroke-width="0.6"' if ink else ""
    return (
        f'<rect x="{number(x)}" y="{number(y)}" width="{number(wide)}" height="{number(high)}" fill="{fill}"{border}/>'
    )


def symbol(shape: Shape, x: float, y: float, reach: float, *, fill: str = PAPER, ink: str = INK) -> str:
    """`reach` is half of its width."""
    looks = f'fill="{fill}" stroke="{ink}" stroke-width="1.1"'
    if shape == "circle":
        return f'<circle cx="{number(x)}" cy="{number(y)}" r="{number(reach)}" {looks}/>'
    corners = {
        "square": ((-1, -1), (1, -1), (1, 1), (-1, 1)),
        "diamond": ((0, -1.25), (1.25, 0), (0, 1.25), (-1.25, 0)),
        "triangle": ((0, -1), (1.1, 0.9), (-1.1, 0.9)),
    }[shape]
    return f'<path d="{_path([(x + dx * reach, y + dy * reach) for dx, dy in corners])}Z" {looks}/>'


def region(geometry: BaseGeometry, *, fill: str = "none", ink: str = GREY, wide: float = 0.5, dash: str = "") -> str:
    """Polygons or lines, as they are; nothing where there are none."""
    import shapely

    rings = [
        ring
        for part in shapely.get_parts(geometry)
        for ring in ((part.exterior, *part.interiors) if part.geom_type == "Polygon" else (part,))
    ]
    if not rings:
        return ""
    path = "".join(
        _path([(x, y) for x, y in ring.coords]) + ("Z" if ring.geom_type == "LinearRing" else "") for ring in rings
    )
    pattern = f' stroke-dasharray="{dash}"' if dash else ""
    looks = f'stroke="{ink}" stroke-width="{number(wide)}" stroke-linejoin="round"{pattern}'
    return f'<path d="{path}" fill="{fill}" fill-rule="evenodd" {looks}/>'


def moved(marks: Iterable[str], x: float, y: float) -> str:
    return f'<g transform="translate({number(x)},{number(y)})">{"".join(marks)}</g>'


def _path(spots: Sequence[Spot]) -> str:
    return "M" + "L".join(f"{number(x)},{number(y)}" for x, y in spots)


def number(value: float) -> str:
    return f"{round(value, 1) + 0:g}"
