"""A town of 24 districts in six columns and four rows, whose corners are shifted so that no border is straight."""

from __future__ import annotations

from datetime import date
from math import cos, sin

from sozplan.model.geometry import Atlas, Crs, Point, Ring, Shape
from sozplan.render.charts.classes import Area, Outline, Scale

STATUS = Scale("Belastung", ("gering", "mittel", "hoch", "sehr hoch"))
DYNAMICS = Scale("Dynamik", ("positiv", "stabil", "negativ"))
NAMES = (
    "Altstadt", "Hafenkopf", "Nordhafen", "Nordhafen-Ost", "Werftquartier", "Am Deich",
    "Bahnviertel", "Gleisdreieck", "Rathausviertel", "Mühlenviertel", "Brückenkopf", "Ostvorstadt",
    "Weststadt", "Weststadt-Siedlung", "Schlossgarten", "Lindenhof", "Neue Heimat", "Auwald",
    "Südfeld", "Am Sportpark", "Kirchdorf", "Hochfeld", "Siedlung Sonnenhang", "Forst",
)  # fmt: skip
PLACES = (1, 3, 3, 2, 1, 0, 1, 1, 0, 1, 1, None, 3, 2, 0, 0, 1, 0, 1, 1, 0, 0, 1, None)
MOVES = (1, 0, 2, 1, 1, 1, 1, 1, 1, 1, 2, None, 1, 0, 1, 1, 1, 1, 1, 1, 1, 2, 1, None)
OUTLINES = (
    Outline("Sozialraum Nordhafen", frozenset({"b-02", "b-03"})),
    Outline("Altes Bahnviertel", frozenset({"b-06", "b-07"}), frozenset({"b-07"})),
)
_EAST, _NORTH, _SIDE = 360_000.0, 5_700_000.0, 1400.0


def atlas() -> Atlas:
    return of(tuple(Shape(f"b-{at:02}", f"{at:04}", ((ring(at, 6),),)) for at in range(24)))


def of(shapes: tuple[Shape, ...], crs: Crs = "EPSG:25832") -> Atlas:
    return Atlas(crs, "bezirk", date(2024, 1, 1), "Vermessungsamt", "frei", shapes)


def city(columns: int = 21, rows: int = 21, corners: int = 40) -> Atlas:
    """As many areas as a big city has, with as many corners as a survey."""
    shapes = (Shape(f"p-{at:03}", f"{at:04}", ((ring(at, columns, corners),),)) for at in range(columns * rows))
    return of(tuple(shapes), "EPSG:25833")


def ring(at: int, columns: int, corners: int = 8) -> Ring:
    row, column = divmod(at, columns)
    around = [(column, row), (column + 1, row), (column + 1, row + 1), (column, row + 1)]
    sides = zip(around, [*around[1:], around[0]], strict=True)
    points = [point for start, end in sides for point in _edge(start, end, corners)]
    return (*points, points[0])


def _edge(start: tuple[int, int], end: tuple[int, int], corners: int) -> list[Point]:
    """From one corner to just before the next, over points that both neighbours share."""
    low, high = sorted((start, end))
    shares = [step / corners for step in range(corners + 1)]
    between = [corner(low[0] + (high[0] - low[0]) * t, low[1] + (high[1] - low[1]) * t) for t in shares]
    return between[:-1] if start == low else between[:0:-1]


def corner(x: float, y: float) -> Point:
    east = x + 0.22 * sin(2.1 * y + 0.8 * x) + 0.03 * sin(17 * x + 11 * y)
    north = y + 0.24 * cos(1.7 * x + 0.5 * y) + 0.03 * cos(13 * x - 19 * y)
    return _EAST + _SIDE * east, _NORTH - _SIDE * north


def areas() -> tuple[Area, ...]:
    return tuple(
        Area(f"b-{at:02}", NAMES[at], f"{at:04}", place, MOVES[at], "" if place is not None else "unter 300 Personen")
        for at, place in enumerate(PLACES)
    )
