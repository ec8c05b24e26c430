"""Draws the statistical districts of the example town, which doesn't exist, before and after its boundary change.

Run it from the root: `python scripts/example_map.py`. It writes indicators/geo/, always the same.

The districts are the cells around points that are set by hand, cut along the river, which parts two banks. Each line
between two of them is bent once, by dice with a fixed seed, so that neighbours share every point of their border. Cut
along a line of its own, one district of before is two of after.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from shapely import (
    LineString,
    MultiPoint,
    Point,
    Polygon,
    get_exterior_ring,
    get_parts,
    line_merge,
    polygonize,
    unary_union,
    voronoi_polygons,
)
from shapely.geometry.base import BaseGeometry

FOLDER = Path(__file__).resolve().parents[1] / "indicators" / "geo"
ORIGIN = (402_000, 5_702_000)
"""Easting and northing (EPSG:25832) of the sheet's south-western corner."""


class Place(NamedTuple):
    """In kilometres from the corner."""

    x: float
    y: float


DISTRICTS = {
    "0101": Place(5.1, 8.1), "0102": Place(3.2, 7.4), "0103": Place(5.0, 6.75), "0104": Place(6.6, 7.1),
    "0201": Place(5.55, 4.35), "0202": Place(6.45, 3.9), "0203": Place(5.05, 5.2), "0204": Place(6.15, 5.15),
    "0205": Place(4.35, 4.35), "0301": Place(7.4, 4.9), "0302": Place(8.4, 7.2), "0303": Place(8.2, 3.7),
    "0304": Place(9.4, 5.3), "0401": Place(3.6, 5.35), "0402": Place(2.2, 5.35), "0403": Place(2.3, 4.2),
    "0404": Place(1.75, 2.95), "0405": Place(2.75, 2.85), "0501": Place(4.95, 3.15), "0502": Place(3.9, 3.1),
    "0503": Place(4.3, 1.75), "0504": Place(5.95, 2.1), "0601": Place(7.0, 2.75), "0602": Place(7.7, 1.35),
    "0603": Place(9.2, 2.3),
}  # fmt: skip
FORMER = {"0404": ("0404", "0405")}
"""What the former district of that key became."""
OUTLINE = [
    (0.9, 4.7), (0.5, 5.6), (1.1, 6.5), (0.9, 7.4), (1.9, 7.8), (2.3, 8.7), (3.4, 8.5), (4.3, 9.3), (5.7, 9.6),
    (6.2, 8.9), (7.4, 9.1), (8.3, 8.5), (9.6, 8.7), (10.0, 7.7), (9.7, 6.9), (10.7, 6.2), (10.9, 5.2), (10.2, 4.4),
    (10.6, 3.4), (11.0, 2.3), (10.1, 1.5), (9.2, 1.2), (8.8, 0.4), (7.5, 0.2), (6.9, 0.9), (5.8, 1.1), (4.8, 0.5),
    (3.5, 0.8), (3.1, 1.7), (2.1, 1.6), (1.0, 2.1), (1.2, 2.9), (0.4, 3.7),
]  # fmt: skip
RIVER = [
    (-0.5, 6.9), (0.6, 6.7), (1.5, 6.25), (2.5, 6.35), (3.3, 6.45), (4.0, 6.05), (4.7, 5.8), (5.5, 6.0), (6.2, 6.35),
    (6.9, 6.1), (7.4, 5.7), (8.1, 5.8), (8.7, 6.35), (9.5, 6.5), (10.2, 6.1), (11.5, 6.0),
]  # fmt: skip
"""In the direction in which it flows: the river Mühle, with the harbour on its northern bank."""
BEND, STEP = 0.11, 0.16
"""How far the middle of a line is moved, by its length; and how short a piece is bent no more, in kilometres."""


def make(folder: Path) -> None:
    folder.mkdir(exist_ok=True)
    after = draw()
    joined = {key: Polygon(get_exterior_ring(unary_union([after[p] for p in parts]))) for key, parts in FORMER.items()}
    gone = {part for parts in FORMER.values() for part in parts}
    before = {key: shape for key, shape in after.items() if key not in gone} | joined
    write(folder / "statistische-bezirke-2012.geojson", before)
    write(folder / "statistische-bezirke-2024.geojson", after)


def draw() -> dict[str, Polygon]:
    river, town = LineString(list(_curve(RIVER))), Polygon(_curve([*OUTLINE, OUTLINE[0]]))
    lines = [_bent(line, river) for line in _borders(river, town)]
    faces = _polygons(lines)
    return {key: next(face for face in faces if face.contains(_at(place))) for key, place in DISTRICTS.items()}


def _borders(river: LineString, town: Polygon) -> list[LineString]:
    """From one point where three districts meet to the next."""
    banks = _polygons([unary_union([town.exterior, river], grid_size=1)])
    lines: list[BaseGeometry] = [bank.exterior for bank in banks]
    for bank in banks:
        points = MultiPoint([_at(place) for place in DISTRICTS.values() if bank.contains(_at(place))])
        cells = voronoi_polygons(points, extend_to=town, only_edges=True)
        lines.append(cells.intersection(bank))
    merged = get_parts(line_merge(unary_union(lines, grid_size=1)))
    return sorted((line for line in merged if isinstance(line, LineString)), key=lambda line: line.coords[0])


def _polygons(lines: Iterable[BaseGeometry]) -> list[Polygon]:
    return [face for face in polygonize(list(lines)).geoms if isinstance(face, Polygon)]


def _at(place: Place) -> Point:
    return Point(place.x * 1000, place.y * 1000)


def _curve(corners: Iterable[tuple[float, float]], pieces: int = 8) -> Iterator[tuple[float, float]]:
    """Through the corners without a kink (Catmull and Rom), in metres."""
    given = [(x * 1000, y * 1000) for x, y in corners]
    closed = given[0] == given[-1]
    around = [given[-2] if closed else given[0], *given, given[1] if closed else given[-1]]
    for a, b, c, d in zip(around, around[1:], around[2:], around[3:], strict=False):
        for step in range(pieces):
            yield tuple(_between(*each, step / pieces) for each in zip(a, b, c, d, strict=True))  # type: ignore[misc]
    yield given[-1]


def _between(a: float, b: float, c: float, d: float, t: float) -> float:
    return 0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3)


def _bent(line: LineString, river: LineString) -> LineString:
    """Whole metres, in a shape that streets and fields may have given it; the river is smooth as it is."""
    points = list(line.coords)
    if river.distance(line.interpolate(0.5, normalized=True)) > 5:
        start, end = round(points[0][0]), round(points[0][1])
        dice = random.Random(start * 1_000_003 + end)  # noqa: S311 -- no secret, but a street
        ends = [points[0], *(p for p in points[1:-1][::4] if len(points) > 12), points[-1]]
        points = [ends[0]]
        for a, b in pairwise(ends):
            points += [*_broken(a, b, dice), b]
    rounded = [(round(x), round(y)) for x, y in points]
    return LineString([rounded[0], *(b for a, b in pairwise(rounded) if a != b)])


_Pair = tuple[float, ...]


def _broken(a: _Pair, b: _Pair, dice: random.Random) -> Iterator[_Pair]:
    """The points between two, each middle moved to one side."""
    east, north = b[0] - a[0], b[1] - a[1]
    if east**2 + north**2 < (STEP * 1000) ** 2:
        return
    along, aside = dice.uniform(0.4, 0.6), dice.uniform(-BEND, BEND)
    middle = (a[0] + along * east - aside * north, a[1] + along * north + aside * east)
    yield from _broken(a, middle, dice)
    yield middle
    yield from _broken(middle, b, dice)


def write(path: Path, shapes: Mapping[str, Polygon]) -> None:
    """A line a district; outlines run against the clock, as RFC 7946 wants them."""
    lines = []
    for key, shape in sorted(shapes.items()):
        normal = Polygon(get_exterior_ring(shape.normalize()))
        ring = [[round(x) + ORIGIN[0], round(y) + ORIGIN[1]] for x, y in reversed(normal.exterior.coords)]
        feature = {
            "type": "Feature",
            "properties": {"schluessel": key},
            "geometry": {"type": "Polygon", "coordinates": [ring]},
        }
        lines.append(json.dumps(feature, separators=(",", ":")))
    head = '{"type":"FeatureCollection","crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::25832"}},'
    path.write_text(f'{head}"features":[\n' + ",\n".join(lines) + "\n]}\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    make(FOLDER)
