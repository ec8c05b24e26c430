"""Measured numbers can't be printed by forgetting a call; cells are found by series and vintage."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from sozplan.diagnostics import Location
from sozplan.model.figures import Cell, Figures, Measured, Quality, reference_date
from sozplan.model.indicators import Indicator
from sozplan.model.periods import period

CELL = Cell(
    indicator="quote",
    area="0101",
    period=period("2023"),
    numerator=Measured(Decimal(7)),
    denominator=Measured(Decimal(70)),
    value=Measured(Decimal(10)),
    missing=None,
    quality=Quality.FINAL,
    vintage=date(2024, 4, 1),
    at=Location("indicators/data/quote.csv", 2, 20),
    resource="quote",
)


def test_a_measured_number_refuses_every_way_of_printing() -> None:
    number = Measured(Decimal("48151.6"))
    for spec in ("{}", "{:.1f}", "{!s}"):
        with pytest.raises(TypeError, match="may not be printed"):
            spec.format(number)
    with pytest.raises(TypeError, match="may not be printed"):
        f"{number}"
    with pytest.raises(TypeError):
        json.dumps(number)
    assert "48151" not in repr(number)
    assert "48151" not in repr(replace(CELL, value=number))


def test_equality_is_that_of_the_number() -> None:
    assert Measured(Decimal("1.0")) == Measured(Decimal(1))
    assert len({Measured(Decimal("1.0")), Measured(Decimal(1))}) == 1


def test_the_newest_vintage_is_preferred_and_the_older_kept() -> None:
    revised = replace(CELL, value=Measured(Decimal(11)), quality=Quality.REVISED, vintage=date(2024, 10, 1))
    figures = Figures((revised, CELL))
    assert figures.series("quote", "0101") == (revised,)
    assert figures.vintages("quote", "0101") == (CELL, revised)


def test_later_vintages_and_periods_are_not_known_yet() -> None:
    revised = replace(CELL, vintage=date(2024, 10, 1))
    later = replace(CELL, period=period("2024"), vintage=None)
    figures = Figures((CELL, revised, later))
    assert figures.series("quote", "0101", date(2024, 6, 1)) == (CELL,)
    assert figures.series("quote", "0101", date(2024, 12, 31)) == (revised, later)


def test_series_do_not_depend_on_the_order_of_rows() -> None:
    cells = [replace(CELL, period=period(str(year))) for year in (2021, 2019, 2020)]
    assert Figures(tuple(cells)).series("quote", "0101") == Figures(tuple(reversed(cells))).series("quote", "0101")


@pytest.mark.parametrize(
    ("day", "text", "expected"),
    [
        (None, "2023", date(2023, 12, 31)),
        ("06-30", "2023", date(2023, 6, 30)),
        ("02-29", "2023", date(2023, 2, 28)),
        ("06-30", "2023/24", date(2024, 7, 31)),
        ("06-30", "2023-03-31", date(2023, 3, 31)),
    ],
)
def test_the_sheet_says_which_day_stands_for_the_year(day: str | None, text: str, expected: date) -> None:
    sheet = Indicator.model_validate(
        {
            "id": "quote",
            "name": "Quote",
            "definition": "Anteil",
            "unit": "%",
            "direction": "lower",
            "kind": "outcome",
            "steerability": "indirect",
            "periodicity": "yearly",
            "reference_day": day,
        }
    )
    assert reference_date(sheet, period(text)) == expected
