"""Which outlines are simple, beside what GEOS says of the same."""

from __future__ import annotations

import random

import pytest
import shapely

from sozplan.model.geometry import Point, Polygon, Ring
from sozplan.repo.limits import LIMITS
from sozplan.repo.rings import Budget, meeting, side


def is_simple(rings: Polygon) -> bool:
    return meeting(rings, Budget(LIMITS)) is None


def closed(points: list[Point]) -> Ring:
    return (*points, points[0])


@pytest.mark.parametrize("seed", range(20))
def test_random_rings_on_a_grid_are_simple_where_geos_says_so(seed: int) -> None:
    dice = random.Random(seed)
    seen = {True: 0, False: 0}
    for _ in range(300):
        size, many = dice.choice([2, 3, 5, 20]), dice.randint(3, 7)
        ring = closed([(float(dice.randint(0, size)), float(dice.randint(0, size))) for _ in range(many)])
        if len(set(ring)) < 3:
            continue
        expected = shapely.Polygon(ring).is_valid
        assert is_simple((ring,)) is expected, ring
        seen[expected] += 1
    assert min(seen.values()) > 10


@pytest.mark.parametrize("seed", range(10))
def test_random_rings_off_the_grid_are_simple_where_geos_says_so(seed: int) -> None:
    dice = random.Random(seed)
    for _ in range(100):
        ring = closed([(dice.random(), dice.random()) for _ in range(dice.randint(3, 9))])
        assert is_simple((ring,)) is shapely.Polygon(ring).is_valid, ring


def test_holes_may_touch_the_outline_and_not_cross_it() -> None:
    outer = closed([(0.0, 0.0), (10.0, 0.0), (10.0, 10.0), (0.0, 10.0)])
    inside, touching = closed([(2.0, 2.0), (4.0, 2.0), (3.0, 4.0)]), closed([(0.0, 5.0), (2.0, 6.0), (2.0, 4.0)])
    across, along = closed([(-1.0, 5.0), (2.0, 6.0), (2.0, 4.0)]), closed([(0.0, 4.0), (0.0, 6.0), (2.0, 5.0)])
    for hole in (inside, touching, across, along):
        assert is_simple((outer, hole)) is shapely.Polygon(outer, [hole]).is_valid
    assert [is_simple((outer, hole)) for hole in (inside, touching, across, along)] == [True, True, False, False]


def test_points_that_repeat_are_no_crossing() -> None:
    assert is_simple((((0.0, 0.0), (0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (1.0, 1.0), (0.0, 0.0)),))


def test_sides_are_told_exactly() -> None:
    """In floating point the three points lie on no line, or on the wrong side of it."""
    a, b = (12.0, 12.0), (24.0, 24.0)
    step = 2.0**-53
    assert side(a, b, (0.5, 0.5)) == 0
    assert side(a, b, (0.5, 0.5 + step)) == 1
    assert side(a, b, (0.5 + step, 0.5)) == -1
