"""Boundaries of units as plain coordinates, for maps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Point = tuple[float, float]
Ring = tuple[Point, ...]
Polygon = tuple[Ring, ...]
"""The outer ring first."""
Crs = Literal["EPSG:4326", "EPSG:25832", "EPSG:25833"]


@dataclass(frozen=True, slots=True)
class Shape:
    """The boundary of one unit."""

    unit: str
    key: str
    polygons: tuple[Polygon, ...]


@dataclass(frozen=True, slots=True)
class Atlas:
    """The boundaries of one level."""

    crs: Crs
    level: str
    shapes: tuple[Shape, ...]
    missing: tuple[str, ...] = ()
    """Units without a boundary."""
    surplus: tuple[str, ...] = ()
    """Keys of boundaries without a unit."""
