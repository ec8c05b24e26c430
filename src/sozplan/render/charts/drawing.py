"""From marks to SVG: Vega-Lite draws, sizes and places are ours.

Vega measures letters with whatever fonts a machine has. So nothing here rests on its measuring:
every text has its place, legends are marks, and the size of a drawing is given, not found.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from sozplan.diagnostics import Lang
from sozplan.render.charts.cleaning import cleaned
from sozplan.render.charts.lettering import PLAIN, SMALL
from sozplan.render.charts.palette import FAINT, GREY, INK
from sozplan.render.numbers import MINUS

Layer = dict[str, Any]
FONT = "sozplan Sans"
_FAMILY = f"'{FONT}', 'Source Sans 3', 'Source Sans Pro', Arial, sans-serif"
_VEGA_LITE = "5.21"
_LOCALES = {
    "de": {"decimal": ",", "thousands": ".", "grouping": [3], "currency": ["", " €"], "minus": MINUS},
    "en": {"decimal": ".", "thousands": ",", "grouping": [3], "currency": ["€", ""], "minus": MINUS},
}
_CONFIG = {
    "view": {"stroke": None},
    "font": FONT,
    "axis": {
        "labelFontSize": SMALL, "labelColor": INK, "labelFlush": False,
        "labelLimit": 0, "labelBound": False,
        "titleFontSize": SMALL, "titleFontWeight": "normal", "titleColor": GREY, "titleLimit": 0,
        "domainColor": GREY, "domainWidth": 0.5, "tickColor": GREY, "tickWidth": 0.5, "tickSize": 3,
        "gridColor": FAINT, "gridWidth": 0.5,
    },
    "text": {"fontSize": PLAIN, "fill": INK, "baseline": "alphabetic", "align": "left"},
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Panel:
    """A plot whose left upper corner stands at (left, top) of the drawing; marks may reach beyond it."""

    layers: Sequence[Layer]
    width: float
    height: float
    left: float = 0
    top: float = 0


def drawing(panels: Sequence[Panel], width: float, height: float, *, alt: str, reading: str, lang: Lang) -> str:
    """The panels in one SVG that stands for itself: name, description, size on paper, fonts."""
    content = "".join(_placed(panel, lang) for panel in panels)
    return framed(content, width, height, alt=alt, reading=reading, lang=lang)


def framed(content: str, width: float, height: float, *, alt: str, reading: str, lang: Lang) -> str:
    """Marks as a drawing: `alt` is read instead of it, `reading` says how to look at it."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" lang="{lang}" width="{_size(width)}pt" '
        f'height="{_size(height)}pt" viewBox="0 0 {_size(width)} {_size(height)}" font-family="{_FAMILY}">'
        f"<title>{escape(alt, quote=False)}</title><desc>{escape(reading, quote=False)}</desc>{content}</svg>"
    )


def _placed(panel: Panel, lang: Lang) -> str:
    import vl_convert

    spec = {
        "width": panel.width,
        "height": panel.height,
        "autosize": "none",
        "padding": 0,
        "background": None,
        "config": _CONFIG,
        "layer": list(panel.layers),
    }
    svg = vl_convert.vegalite_to_svg(spec, _VEGA_LITE, format_locale=_LOCALES[lang], allowed_base_urls=[])
    inner = cleaned(svg, font=FONT)
    corner = f"translate({_size(panel.left)},{_size(panel.top)})"
    return f'<g fill="none" stroke-miterlimit="4" transform="{corner}">{inner}</g>'


def _size(value: float) -> str:
    return f"{round(value, 2):g}"


def _pixels(*names: str) -> dict[str, Any]:
    return {
        name: {"field": name, "type": "quantitative", "scale": None, "axis": None}
        if name in {"x", "y"}
        else {"field": name}
        for name in names
    }


def _own(*names: str) -> dict[str, Any]:
    """Looks that each datum brings along."""
    return {name: {"field": name, "type": "nominal", "scale": None} for name in names}


def texts(rows: Sequence[Mapping[str, object]], **looks: object) -> Layer:
    """Words at (x, y), their base line."""
    return {
        "data": {"values": list(rows)},
        "mark": {"type": "text", **looks},
        "encoding": {**_pixels("x", "y"), "text": {"field": "text", "type": "nominal"}},
    }


def rects(rows: Sequence[Mapping[str, object]], **looks: object) -> Layer:
    """Boxes from (x, y) to (x2, y2), each in its `fill`."""
    return {
        "data": {"values": list(rows)},
        "mark": {"type": "rect", **looks},
        "encoding": {**_pixels("x", "y", "x2", "y2"), **_own("fill")},
    }


def segments(rows: Sequence[Mapping[str, object]], **looks: object) -> Layer:
    """Straight lines from (x, y) to (x2, y2)."""
    return {
        "data": {"values": list(rows)},
        "mark": {"type": "rule", **looks},
        "encoding": _pixels("x", "y", "x2", "y2"),
    }


def symbols(rows: Sequence[Mapping[str, object]], shape: str, size: float, **looks: object) -> Layer:
    """One shape at many places; `size` is its area, and for a path the square of its scale."""
    return {
        "data": {"values": list(rows)},
        "mark": {"type": "point", "shape": shape, "size": size, "opacity": 1, **looks},
        "encoding": _pixels("x", "y"),
    }


def shapes(rows: Sequence[Mapping[str, object]], **looks: object) -> Layer:
    """Geometries in points of the drawing, each in its `fill` where it has one."""
    features = [{"type": "Feature", "geometry": row["geometry"], "fill": row.get("fill")} for row in rows]
    return {
        "data": {"values": features},
        "projection": {"type": "identity", "scale": 1, "translate": [0, 0]},
        "mark": {"type": "geoshape", "filled": False, **looks},
        "encoding": _own("fill") if any(row.get("fill") for row in rows) else {},
    }
