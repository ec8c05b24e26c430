"""The rings of a geometry, and what is wrong with them.

Boundaries need no library to be checked: a ring's sides are gone through from left to right, each beside those that it
shares some of its width with. That takes a few comparisons a side on any real map, and they are counted.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import chain, pairwise
from math import isfinite
from typing import Any

from sozplan.diagnostics import Text, text
from sozplan.model.geometry import Point, Polygon, Ring
from sozplan.repo.geojson import TooMuch
from sozplan.repo.limits import Limits
from sozplan.repo.shown import shown


class Fault(Exception):
    """What is wrong with a geometry."""

    def __init__(self, what: Text) -> None:
        super().__init__(what.en)
        self.what = what


@dataclass
class Budget:
    """What a file has used of what it may."""

    limits: Limits
    points: int = 0
    comparisons: int = 0

    def take_points(self, number: int) -> None:
        self.points += number
        if self.points > self.limits.geojson_points:
            raise TooMuch(self.limits.geojson_points, text(de="Punkte", en="points"))

    def take_comparisons(self, number: int) -> None:
        self.comparisons += number
        if self.comparisons > self.limits.geojson_comparisons:
            raise TooMuch(
                self.limits.geojson_comparisons,
                text(de="Vergleiche für die Suche nach Überkreuzungen", en="comparisons in search of crossings"),
            )


def polygons(geometry: Any, budget: Budget) -> tuple[Polygon, ...]:
    """The polygons of a GeoJSON geometry; raises `Fault` and `TooMuch`."""
    if geometry is None:
        raise Fault(text(de="sie ist leer (null)", en="it is empty (null)"))
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    listed = geometry.get("coordinates") if isinstance(geometry, dict) else None
    if kind not in ("Polygon", "MultiPolygon"):
        raise Fault(_other_kind(kind))
    parts = [listed] if kind == "Polygon" else listed
    if not isinstance(parts, list) or not parts:
        raise Fault(_NO_COORDINATES)
    return tuple(_polygon(part, budget) for part in parts)


def _other_kind(kind: Any) -> Text:
    told = shown(kind, 30) if isinstance(kind, str) else "–"
    return text(
        de=f"„type“ ist „{told}“; erlaubt sind Polygon und MultiPolygon",
        en=f"“type” is “{told}”; allowed are Polygon and MultiPolygon",
    )


_NO_COORDINATES = text(
    de="„coordinates“ ist keine Liste von Ringen aus Punkten", en="“coordinates” is no list of rings of points"
)


def _polygon(part: Any, budget: Budget) -> Polygon:
    if not isinstance(part, list) or not part:
        raise Fault(_NO_COORDINATES)
    found = tuple(_ring(ring, budget) for ring in part)
    at = meeting(found, budget)
    if at is not None:
        told = place(at)
        raise Fault(
            text(
                de=f"der Umriss kreuzt oder berührt sich selbst bei {told}",
                en=f"the outline crosses or touches itself at {told}",
            )
        )
    return found


def place(point: Point) -> str:
    """As it stands in the file, so that it can be looked for."""
    return f"[{point[0]!r}, {point[1]!r}]"


def _ring(listed: Any, budget: Budget) -> Ring:
    if not isinstance(listed, list):
        raise Fault(_NO_COORDINATES)
    budget.take_points(len(listed))
    if set(map(type, listed)) - {list} or set(map(len, listed)) - {2, 3}:
        raise Fault(_NO_COORDINATES)
    numbers = [point[:2] for point in listed]
    if set(map(type, chain.from_iterable(numbers))) - {float, int}:
        raise Fault(text(de="eine Koordinate ist keine Zahl", en="a coordinate is no number"))
    try:
        ring = tuple((float(x), float(y)) for x, y in numbers)
    except OverflowError:
        raise Fault(_INFINITE) from None
    if not all(map(isfinite, chain.from_iterable(ring))):
        raise Fault(_INFINITE)
    if len(ring) < 4 or len(set(ring)) < 3:
        raise Fault(
            text(
                de=f"ein Ring hat nur {len(ring)} Punkte; nötig sind drei verschiedene und der erste noch einmal",
                en=f"a ring has only {len(ring)} points; needed are three different ones and the first again",
            )
        )
    if ring[0] != ring[-1]:
        raise Fault(
            text(
                de=f"ein Ring ist offen: Er beginnt bei {place(ring[0])} und endet bei {place(ring[-1])}",
                en=f"a ring is open: it starts at {place(ring[0])} and ends at {place(ring[-1])}",
            )
        )
    return ring


_INFINITE = text(de="eine Koordinate ist unendlich groß", en="a coordinate is infinite")


_Side = tuple[float, float, float, float, Point, Point, int, int, int]
"""West, east, south and north; from where to where; of which ring the how-manieth of how many sides."""


def meeting(rings: Polygon, budget: Budget) -> Point | None:
    """A point at which a ring meets itself, or at which two rings cross; rings may touch one another."""
    sides = sorted(chain.from_iterable(_sides(i, ring) for i, ring in enumerate(rings)))
    for i, one in enumerate(sides):
        _, east, south, north, *_ = one
        j = i
        for j in range(i + 1, len(sides)):
            other = sides[j]
            if other[0] > east:
                break
            if other[2] <= north and other[3] >= south and _meet(one, other):
                return _where(one, other)
        budget.take_comparisons(j - i)
    return None


def _sides(ring: int, points: Ring) -> list[_Side]:
    steps = [(a, b) for a, b in pairwise(points) if a != b]
    many = len(steps)
    return [
        (
            *((a[0], b[0]) if a[0] <= b[0] else (b[0], a[0])),
            *((a[1], b[1]) if a[1] <= b[1] else (b[1], a[1])),
            a, b, ring, number, many,
        )
        for number, (a, b) in enumerate(steps)
    ]  # fmt: skip


def _meet(one: _Side, other: _Side) -> bool:
    *_, a, b, ring, first, many = one
    *_, c, d, other_ring, second, _ = other
    if ring == other_ring and (second - first) % many in (1, many - 1):
        return _turns_back(a, b, d) if (second - first) % many == 1 else _turns_back(c, d, b)
    ends = side(a, b, c) * side(a, b, d), side(c, d, a) * side(c, d, b)
    if ring == other_ring:
        return max(ends) <= 0
    return max(ends) < 0 or (ends == (0, 0) and _overlap(one, other))


def _where(one: _Side, other: _Side) -> Point:
    """About where two sides meet; the digits that nobody needs are left out."""
    *_, (ax, ay), (bx, by), _, _, _ = one
    *_, (cx, cy), (dx, dy), _, _, _ = other
    slant = (bx - ax) * (dy - cy) - (by - ay) * (dx - cx)
    along = 0.0 if slant == 0 else ((cx - ax) * (dy - cy) - (cy - ay) * (dx - cx)) / slant
    x, y = (
        (max(one[0], other[0]), max(one[2], other[2]))
        if slant == 0
        else (ax + along * (bx - ax), ay + along * (by - ay))
    )
    digits = 6 if abs(y) <= 90 else 1
    return round(x, digits), round(y, digits)


def _overlap(one: _Side, other: _Side) -> bool:
    """Whether they lie on one line and have more than a point in common."""
    *_, a, b, _, _, _ = one
    *_, c, d, _, _, _ = other
    if side(a, b, c) or side(a, b, d):
        return False
    return min(one[1], other[1]) > max(one[0], other[0]) or min(one[3], other[3]) > max(one[2], other[2])


def _turns_back(a: Point, b: Point, c: Point) -> bool:
    """From b the way leads back over itself."""
    ahead = (b[0] - a[0]) * (c[0] - b[0]) + (b[1] - a[1]) * (c[1] - b[1])
    return ahead < 0 and side(a, b, c) == 0


_ROUNDING = 4e-16
"""By how much of its summands a computed difference of products may be off, a little more than Shewchuk's bound."""


def side(a: Point, b: Point, c: Point) -> int:
    """1 where c lies left of the line from a to b, -1 where right, 0 exactly on it."""
    left, right = (b[0] - a[0]) * (c[1] - a[1]), (b[1] - a[1]) * (c[0] - a[0])
    difference = left - right
    if abs(difference) > _ROUNDING * (abs(left) + abs(right)):
        return 1 if difference > 0 else -1
    return _exact_side(a, b, c)


def _exact_side(a: Point, b: Point, c: Point) -> int:
    (ax, ay), (bx, by), (cx, cy) = ((Fraction(x), Fraction(y)) for x, y in (a, b, c))
    difference = (bx - ax) * (cy - ay) - (by - ay) * (cx - ax)
    return (difference > 0) - (difference < 0)


def bounds(polygons: Sequence[Polygon]) -> tuple[Point, Point]:
    """The south-western and the north-eastern corner of what the polygons lie in."""
    xs, ys = zip(*chain.from_iterable(polygon[0] for polygon in polygons), strict=True)
    return (min(xs), min(ys)), (max(xs), max(ys))
