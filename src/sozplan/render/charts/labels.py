"""Words on a map: only where they fit into their area without touching its border or another word."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sozplan.render.charts.lettering import SMALL, width

if TYPE_CHECKING:
    from shapely import Polygon
    from shapely.geometry.base import BaseGeometry

_LEADING = 1.12
_ASCENT = 0.7
"""Share of the size that capital letters reach above the base line."""
_CLEAR = 1.8
"""Points between a word and the next line."""
_ACROSS, _DOWN = 13, 21
"""Places that are tried, side by side and below one another."""


@dataclass(frozen=True, slots=True)
class Label:
    """Words whose middle is at (x, y), in one line or two."""

    x: float
    y: float
    lines: tuple[str, ...]
    size: float = SMALL
    bold: bool = False

    @property
    def box(self) -> tuple[float, float, float, float]:
        wide, high = extent(self.lines, self.size, bold=self.bold)
        return self.x - wide / 2, self.y - high / 2, self.x + wide / 2, self.y + high / 2

    @property
    def plate(self) -> BaseGeometry:
        """The ground that the words need for themselves."""
        import shapely

        left, top, right, bottom = self.box
        return shapely.box(left - 1, top - 1, right + 1, bottom + 1)

    @property
    def rows(self) -> list[dict[str, object]]:
        """As texts for the drawing, aligned at their middle."""
        top = self.box[1]
        return [
            {"x": self.x, "y": top + self.size * (_ASCENT + at * _LEADING), "text": line}
            for at, line in enumerate(self.lines)
        ]


def extent(lines: Sequence[str], size: float = SMALL, *, bold: bool = False) -> tuple[float, float]:
    high = size * (_ASCENT + (len(lines) - 1) * _LEADING)
    return max(width(line, size, bold=bold) for line in lines), high


def fitting(geometry: BaseGeometry, wordings: Iterable[str], taken: Sequence[BaseGeometry] = ()) -> Label | None:
    """The first wording that fits, in one line or in two, as near to the middle as it can stand."""
    part = _largest(geometry)
    for lines in (lines for words in wordings for lines in _breaks(words)):
        wide, high = (side + 2 * _CLEAR for side in extent(lines))
        if spot := _spot(part, wide, high, taken):
            return Label(*spot, lines)
    return None


def free_spot(geometry: BaseGeometry, size: float, taken: Sequence[BaseGeometry] = ()) -> tuple[float, float]:
    """Where a sign of this width stands best; in the middle, over the border, where an area is too small for it."""
    part = _largest(geometry)
    return _spot(part, size, size, taken) or _centre(part)


def _largest(geometry: BaseGeometry) -> Polygon:
    import shapely

    largest: Polygon = max(shapely.get_parts(geometry), key=lambda piece: float(piece.area))
    return largest


def _centre(part: Polygon) -> tuple[float, float]:
    """The point farthest from the border."""
    import shapely

    x, y = shapely.maximum_inscribed_circle(part, tolerance=0.3).coords[0]
    return float(x), float(y)


def _breaks(words: str) -> Iterator[tuple[str, ...]]:
    yield (words,)
    for mark in (" ", "-", "/"):
        cuts = [at for at, letter in enumerate(words) if letter == mark]
        if cuts:
            at = min(cuts, key=lambda cut: abs(cut - len(words) / 2))
            yield words[: at + (mark != " ")], words[at + 1 :]


def _spot(part: Polygon, wide: float, high: float, taken: Sequence[BaseGeometry]) -> tuple[float, float] | None:
    """The middle of a free box within the part, as near to its own middle as it can be."""
    import shapely

    left, top, right, bottom = part.bounds
    if wide > right - left or high > bottom - top:
        return None
    x, y = _centre(part)
    spots = [(x, y), *((spot_x, spot_y) for spot_y in _steps(top + high / 2, bottom - high / 2, _DOWN)
                       for spot_x in _steps(left + wide / 2, right - wide / 2, _ACROSS))]  # fmt: skip
    spots.sort(key=lambda spot: (spot[0] - x) ** 2 + (spot[1] - y) ** 2)
    boxes = shapely.box(
        [x - wide / 2 for x, _ in spots],
        [y - high / 2 for _, y in spots],
        [x + wide / 2 for x, _ in spots],
        [y + high / 2 for _, y in spots],
    )
    free = shapely.contains_properly(part, boxes)
    for other in taken:
        free &= ~shapely.intersects(other, boxes)
    return spots[int(free.argmax())] if free.any() else None


def _steps(first: float, last: float, much: int) -> list[float]:
    return [first + (last - first) * step / (much - 1) for step in range(much)]
