"""Where the words of a drawing stand, measured in the packaged font."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree  # type: ignore[import-untyped]

from sozplan.render.charts.lettering import width

SVG = "{http://www.w3.org/2000/svg}"


class Words(NamedTuple):
    text: str
    left: float
    top: float
    right: float
    bottom: float

    def touches(self, other: Words) -> bool:
        across = min(self.right, other.right) - max(self.left, other.left)
        return across > 0.2 and min(self.bottom, other.bottom) - max(self.top, other.top) > 0.2


def words(svg: str) -> Iterator[Words]:
    """Each text with the box it fills."""
    for element in etree.fromstring(svg).iter(f"{SVG}text"):
        x, y = float(element.get("x", 0)), float(element.get("y", 0))
        for place in [element, *element.iterancestors()]:
            for dx, dy in re.findall(r"translate\(([-\d.e]+),([-\d.e]+)\)", place.get("transform", "")):
                x, y = x + float(dx), y + float(dy)
        size = float(element.get("font-size", "").removesuffix("px"))
        wide = width(element.text or "", size, bold=element.get("font-weight") == "600")
        left = x - wide * {"start": 0.0, "middle": 0.5, "end": 1.0}[element.get("text-anchor", "start")]
        yield Words(element.text or "", left, y - size * 0.68, left + wide, y)


def shown(svg: str) -> list[str]:
    return [placed.text for placed in words(svg)]
