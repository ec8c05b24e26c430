"""Hatches as lines cut at the border: they print, scale and copy like every other line, unlike patterns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

STEP = 3.2
"""Points between two lines, measured level."""


def hatched(geometry: BaseGeometry, step: float = STEP) -> BaseGeometry:
    """Rising lines within the geometry, on one grid for the whole drawing."""
    import numpy as np
    import shapely

    left, top, right, bottom = geometry.bounds
    offsets = np.arange(np.floor((left + top) / step), np.ceil((right + bottom) / step) + 1) * step
    starts, ends = (
        np.column_stack((offsets - top, 0 * offsets + top)),
        np.column_stack((offsets - bottom, 0 * offsets + bottom)),
    )
    lines: Any = shapely.linestrings(np.stack((starts, ends), axis=1))
    cut = shapely.intersection(shapely.multilinestrings(lines), shapely.make_valid(geometry))
    pieces = [piece for piece in shapely.get_parts(cut) if piece.geom_type == "LineString" and piece.length > 0.3]
    return shapely.MultiLineString(pieces)
