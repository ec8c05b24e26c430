from __future__ import annotations

from math import pi, radians, sin

import pytest
import shapely
from shapely.geometry import shape

from sozplan.model.geometry import Polygon, Shape
from sozplan.render.charts.hatching import hatched
from sozplan.render.charts.plane import geojson, ground
from tests.render.charts.town import atlas, city, of


def square(left: float, bottom: float, side: float = 1.0) -> Polygon:
    right, top = left + side, bottom + side
    return (((left, bottom), (right, bottom), (right, top), (left, top), (left, bottom)),)


def test_north_is_up_and_the_box_is_filled() -> None:
    south, north = Shape("s", "1", (square(0, 0),)), Shape("n", "2", (square(0, 1),))
    drawn = ground(of((north, south))).fitted(300, 100)
    assert (drawn.width, drawn.height) == pytest.approx((50, 100))
    assert drawn.shapes["n"].bounds == pytest.approx((0, 0, 50, 50))
    assert drawn.shapes["s"].bounds == pytest.approx((0, 50, 50, 100))


def test_degrees_are_drawn_true_to_area() -> None:
    """Two cells of the globe have areas in the ratio that geometry gives them: Δλ·(sin φ₂ − sin φ₁)."""
    cells = (Shape("a", "1", (square(13, 52),)), Shape("b", "2", (square(13, 53),)))
    drawn = ground(of(cells, "EPSG:4326")).fitted(400, 400)
    exact = [sin(radians(low + 1)) - sin(radians(low)) for low in (52, 53)]
    areas = [shapely.area(drawn.shapes[unit]) for unit in "ab"]
    assert areas[0] / areas[1] == pytest.approx(exact[0] / exact[1], rel=2e-3)
    wide, high = drawn.width, drawn.height
    assert wide / high == pytest.approx(1 * pi / 180 * 0.6157 / (2 * pi / 180), rel=0.02)  # cos 52° at the lower edge


def test_thinning_and_rounding_open_no_gaps() -> None:
    drawn = ground(city()).fitted(440, 300)
    printed = [shape(geojson(found)) for found in drawn.shapes.values()]
    corners = sum(len(ring) for found in city().shapes for polygon in found.polygons for ring in polygon)
    assert shapely.get_num_coordinates(printed).sum() < corners / 4
    union = shapely.union_all(printed)
    assert union.area == pytest.approx(sum(found.area for found in printed), rel=1e-4)
    assert [len(part.interiors) for part in shapely.get_parts(union)] == [0]


def test_holes_and_several_parts_stay() -> None:
    holed = (square(0, 0, 9)[0], square(3, 3, 3)[0])
    found = ground(of((Shape("a", "1", (holed, square(12, 0))),))).fitted(130, 90)
    assert shapely.area(found.shapes["a"]) == pytest.approx((81 - 9 + 1) * 100)


def test_slits_of_two_surveys_do_not_show_in_an_outline() -> None:
    left = Shape("a", "1", ((((0, 0), (10, 0), (10, 1), (10, 9), (10, 10), (0, 10), (0, 0)),),))
    right = Shape("b", "2", ((((10, 0), (20, 0), (20, 10), (10, 10), (10, 9), (10.02, 5), (10, 1), (10, 0)),),))
    drawn = ground(of((left, right))).fitted(200, 100)
    assert [len(part.interiors) for part in shapely.get_parts(drawn.outline(["a", "b"]))] == [0]


def test_hatches_stay_within_their_area() -> None:
    found = ground(atlas()).fitted(400, 300).shapes["b-11"]
    lines = hatched(found)
    assert lines.length > 100
    assert lines.difference(found.buffer(0.01)).length == pytest.approx(0, abs=1e-6)
    slopes = {round((b[1] - a[1]) / (b[0] - a[0]), 6) for a, b in (line.coords for line in shapely.get_parts(lines))}
    assert slopes == {-1.0}
