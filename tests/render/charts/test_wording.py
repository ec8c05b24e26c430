from __future__ import annotations

import pytest

from sozplan.diagnostics import Lang
from sozplan.render.charts.lettering import lines, width
from sozplan.render.charts.picture import rounded
from sozplan.render.charts.wording import count, whereabouts

TOWN = [(0.0, 0.0), (10.0, 0.0), (0.0, 10.0), (-10.0, 0.0), (0.0, -10.0), (7.0, 7.0), (-7.0, -7.0)]
NORTH, EAST, SOUTH, WEST, MIDDLE = (0.0, -10.0), (10.0, 0.0), (0.0, 10.0), (-10.0, 0.0), (0.0, 0.0)


@pytest.mark.parametrize(
    ("spots", "unplaced", "lang", "said"),
    [
        ([NORTH], 0, "de", ", im Norden"),
        ([NORTH, NORTH], 0, "de", ", beide im Norden"),
        ([NORTH, WEST, NORTH], 0, "de", ", alle im Norden und Westen"),
        ([NORTH, NORTH, NORTH, EAST], 0, "de", ", die meisten im Norden"),
        ([NORTH, NORTH, EAST, EAST, SOUTH], 0, "de", ", die meisten im Norden und Osten"),
        ([MIDDLE, SOUTH], 0, "de", ", beide im Süden und in der Mitte"),
        ([NORTH, EAST, SOUTH, WEST], 0, "de", ""),
        ([], 0, "de", ""),
        ([NORTH, NORTH, NORTH], 1, "de", ", die meisten im Norden"),
        ([NORTH], 1, "de", ""),
        ([NORTH, WEST, NORTH], 0, "en", ", all in the north and west"),
        ([MIDDLE, SOUTH], 0, "en", ", both in the south and centre"),
    ],
)
def test_where(spots: list[tuple[float, float]], unplaced: int, lang: Lang, said: str) -> None:
    assert whereabouts(spots, TOWN, unplaced=unplaced, lang=lang) == said


def test_small_numbers_are_words() -> None:
    assert [count(much, "de") for much in (1, 2, 12, 13, 1300)] == ["1", "zwei", "zwölf", "13", "1.300"]


def test_widths_are_those_of_the_packaged_font() -> None:
    """Source Sans Pro draws figures 497 units wide on 1000, bold or not is another face."""
    assert width("0123456789", 10) == pytest.approx(49.7)
    assert width("Bezirk", 10, bold=True) > width("Bezirk", 10)


def test_long_words_break_and_end_in_an_ellipsis() -> None:
    assert lines("Kinder unter 15 Jahren", 50, 8.5) == ["Kinder unter", "15 Jahren"]
    assert lines("Nordhafen-Ost am Wasser", 45, 8.5, bold=True) == ["Nordhafen-", "Ost am W…"]
    (only,) = lines("Kinder unter 15 Jahren", 50, 8.5, most=1)
    assert only == "Kinder unte…"
    assert width(only, 8.5) <= 50


def test_figures_are_rounded_as_offices_do() -> None:
    assert [str(rounded(value, 1)) for value in (0.25, 2.675, -0.05, -0.04, 1e-12, 1200)] == [
        "0.3", "2.7", "-0.1", "0.0", "0.0", "1200.0",
    ]  # fmt: skip
