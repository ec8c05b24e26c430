"""Boundaries on paper: projected, fitted into a box, and thinned to what print can show.

Shared borders are thinned once for both sides, so no gaps open; one drawing is the same for any order of shapes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sozplan.model.geometry import Atlas, Ring

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

_EARTH = 6_371_000.0
_FINENESS = 0.45
"""Points: corners that span less than a square of this side are left out."""
_SLIT = 0.6
"""Points: narrower holes are where two surveys of one border miss each other."""
_GRID = 1
"""Decimals of a point: a thirtieth of a millimetre."""


@dataclass(frozen=True, slots=True)
class Plane:
    """Geometries by unit, in points of the drawing from its left upper corner."""

    shapes: Mapping[str, BaseGeometry]
    width: float
    height: float

    def outline(self, units: Iterable[str]) -> BaseGeometry:
        """Of several units as one."""
        import shapely

        wanted = sorted(set(units) & set(self.shapes))
        return _without_slits(shapely.union_all([self.shapes[unit] for unit in wanted]))


@dataclass(frozen=True, slots=True)
class Ground:
    """All boundaries on one plane whose y grows downwards, in metres."""

    atlas: Atlas
    corners: NDArray[np.float64]

    @property
    def ratio(self) -> float:
        """Width over height."""
        left, top, right, bottom = _bounds(self.corners)
        return (right - left) / (bottom - top)

    def fitted(self, width: float, height: float) -> Plane:
        """As large as the box allows."""
        import shapely

        left, top, right, bottom = _bounds(self.corners)
        scale = min(width / (right - left), height / (bottom - top))
        geometries = _geometries(self.atlas, (self.corners - (left, top)) * scale)
        thinned = shapely.coverage_simplify(geometries, _FINENESS)
        units = [shape.unit for shape in _ordered(self.atlas)]
        return Plane(dict(zip(units, thinned, strict=True)), (right - left) * scale, (bottom - top) * scale)


def ground(atlas: Atlas) -> Ground:
    import numpy as np

    corners = np.array([point for ring in _rings(atlas) for point in ring], dtype=np.float64)
    return Ground(atlas, _projected(corners) if atlas.crs == "EPSG:4326" else corners * (1, -1))


def geojson(geometry: BaseGeometry) -> dict[str, Any]:
    """Rounded for print; the same corner is rounded the same way on both sides of a border."""
    import shapely.geometry

    plain = shapely.geometry.mapping(geometry)
    return {"type": plain["type"], "coordinates": _rounded(plain["coordinates"])}


def _rounded(nested: Any) -> Any:
    if isinstance(nested[0], float):
        return [round(nested[0], _GRID), round(nested[1], _GRID)]
    corners = [_rounded(part) for part in nested]
    if corners and isinstance(corners[0][0], float):
        return [corner for at, corner in enumerate(corners) if at == 0 or corner != corners[at - 1]]
    return corners


def _ordered(atlas: Atlas) -> list[Any]:
    return sorted(atlas.shapes, key=lambda shape: (shape.unit, shape.key))


def _rings(atlas: Atlas) -> list[Ring]:
    return [ring for shape in _ordered(atlas) for polygon in shape.polygons for ring in polygon]


def _projected(degrees: NDArray[np.float64]) -> NDArray[np.float64]:
    """Equal-area (Lambert's azimuthal), seen from above the middle of the town."""
    import numpy as np

    low, high = degrees.min(axis=0), degrees.max(axis=0)
    middle = np.radians((low + high) / 2)
    east, north = np.radians(degrees[:, 0]) - middle[0], np.radians(degrees[:, 1])
    slope = 1 + np.sin(middle[1]) * np.sin(north) + np.cos(middle[1]) * np.cos(north) * np.cos(east)
    stretch = _EARTH * np.sqrt(2 / slope)
    x = stretch * np.cos(north) * np.sin(east)
    y = stretch * (np.cos(middle[1]) * np.sin(north) - np.sin(middle[1]) * np.cos(north) * np.cos(east))
    return np.column_stack((x, -y))


def _bounds(corners: NDArray[np.float64]) -> tuple[float, float, float, float]:
    (left, top), (right, bottom) = corners.min(axis=0), corners.max(axis=0)
    return float(left), float(top), float(right), float(bottom)


def _geometries(atlas: Atlas, corners: NDArray[np.float64]) -> NDArray[np.object_]:
    """One multipolygon a unit, out of the corners in the order of `_rings`."""
    import numpy as np
    import shapely

    sizes = [len(ring) for ring in _rings(atlas)]
    rings: Any = shapely.linearrings(corners, indices=np.repeat(np.arange(len(sizes)), sizes))
    shapes = _ordered(atlas)
    of_polygon = [len(polygon) for shape in shapes for polygon in shape.polygons]
    polygons: Any = shapely.polygons(rings, indices=np.repeat(np.arange(len(of_polygon)), of_polygon))
    of_shape = [len(shape.polygons) for shape in shapes]
    return np.asarray(shapely.multipolygons(polygons, indices=np.repeat(np.arange(len(of_shape)), of_shape)))


def _without_slits(geometry: BaseGeometry) -> BaseGeometry:
    import shapely

    parts = [
        shapely.Polygon(
            part.exterior, [ring for ring in part.interiors if 2 * shapely.Polygon(ring).area / ring.length >= _SLIT]
        )
        for part in shapely.get_parts(geometry)
    ]
    return shapely.MultiPolygon(parts)
