"""Borders of territorial units as they can be drawn."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Literal, get_args

Point = tuple[float, float]
"""Longitude and latitude, or easting and northing, as the coordinate system says."""
Ring = tuple[Point, ...]
"""Closed: the last point is the first."""
Polygon = tuple[Ring, ...]
"""The outer ring first, then the holes."""

Crs = Literal["EPSG:4326", "EPSG:25832", "EPSG:25833"]
SYSTEMS: tuple[Crs, ...] = get_args(Crs)


@dataclass(frozen=True, slots=True)
class Shape:
    """The ground of a unit; `unit` is its id."""

    unit: str
    key: str
    polygons: tuple[Polygon, ...]


@dataclass(frozen=True)
class Atlas:
    """The shapes of a level's units on a day, in the order of their keys.

    `missing` are the ids of units that can't be drawn, `surplus` the keys of geometries that no unit has.
    """

    crs: Crs
    level: str
    boundary: date
    source: str
    licence: str
    shapes: tuple[Shape, ...] = ()
    missing: tuple[str, ...] = ()
    surplus: tuple[str, ...] = ()

    @cached_property
    def by_unit(self) -> Mapping[str, Shape]:
        return {shape.unit: shape for shape in self.shapes}
