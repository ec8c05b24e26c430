from __future__ import annotations

import pytest
from shapely import Polygon, box

from sozplan.render.charts.labels import Label, fitting, free_spot

L_SHAPE = Polygon([(0, 0), (100, 0), (100, 16), (22, 16), (22, 100), (0, 100)])


def test_a_name_stands_within_its_area() -> None:
    label = fitting(L_SHAPE, ["Nordhafen"])
    assert label is not None
    assert label.lines == ("Nordhafen",)
    assert L_SHAPE.contains(label.plate)


@pytest.mark.parametrize(
    ("wide", "lines"),
    [
        (90, ("Weststadt-Siedlung",)),
        (50, ("Weststadt-", "Siedlung")),
        (25, ("0403",)),
        (12, None),
    ],
)
def test_the_first_wording_that_fits_is_taken(wide: float, lines: tuple[str, ...] | None) -> None:
    label = fitting(box(0, 0, wide, 40), ["Weststadt-Siedlung", "0403"])
    assert (label and label.lines) == lines


def test_words_keep_off_what_is_taken() -> None:
    area, sign = box(0, 0, 60, 60), box(20, 25, 40, 35)
    label = fitting(area, ["Nordhafen"], [sign])
    assert label is not None
    assert not label.plate.intersects(sign)
    assert fitting(area, ["Nordhafen"], [area]) is None


def test_names_break_at_the_blank_nearest_to_the_middle() -> None:
    label = fitting(box(0, 0, 62, 60), ["Am alten Güterbahnhof"])
    assert label is not None
    assert label.lines == ("Am alten", "Güterbahnhof")


def test_a_sign_stands_free_if_it_can_and_in_the_middle_if_it_cannot() -> None:
    area, word = box(0, 0, 60, 60), Label(30, 30, ("Nordhafen",)).plate
    x, y = free_spot(area, 7.5, [word])
    assert not box(x - 3.75, y - 3.75, x + 3.75, y + 3.75).intersects(word)
    assert free_spot(box(0, 0, 4, 4), 7.5) == pytest.approx((2, 2))
