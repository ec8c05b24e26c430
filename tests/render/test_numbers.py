"""Formats against hand-written values and, where Babel does the same, against Babel."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from babel.dates import format_date
from babel.numbers import format_decimal, format_percent
from hypothesis import given
from hypothesis import strategies as st

from sozplan.model.periods import period as read_period
from sozplan.render import numbers, signs

D = Decimal


@pytest.mark.parametrize(
    ("value", "options", "de", "en"),
    [
        (D("1234.5"), {}, "1.234,5", "1,234.5"),
        (D("1234567.891"), {"places": 2}, "1.234.567,89", "1,234,567.89"),
        (D("-0.5"), {}, "−0,5", "−0.5"),
        (D("9" * 31), {"places": 1}, "9" + ".999" * 10 + ",0", "9" + ",999" * 10 + ".0"),
        (D("0.5"), {"places": 0}, "1", "1"),
        (D("2.5"), {"places": 0}, "3", "3"),
        (D("-2.5"), {"places": 0}, "−3", "−3"),
        (D("0.125"), {"places": 2}, "0,13", "0.13"),
        (D("-0.04"), {"places": 1}, "0,0", "0.0"),
        (D("-0.04"), {"places": 1, "signed": True}, "±0,0", "±0.0"),
        (D("1.30"), {}, "1,3", "1.3"),
        (D("7"), {"places": 1, "signed": True}, "+7,0", "+7.0"),
        (D("1E+3"), {}, "1.000", "1,000"),
        (118400, {}, "118.400", "118,400"),
    ],
)
def test_number(value: Decimal | int, options: dict[str, Any], de: str, en: str) -> None:
    assert numbers.number(value, "de", **options) == de
    assert numbers.number(value, "en", **options) == en


@pytest.mark.parametrize(
    ("function", "value", "options", "de", "en"),
    [
        (numbers.percent, D("23.45"), {}, "23,5\xa0%", "23.5%"),
        (numbers.percent, D("100"), {"places": 0}, "100\xa0%", "100%"),
        (numbers.points, D("-1.25"), {}, "−1,3\xa0Prozentpunkte", "−1.3\xa0percentage points"),
        (numbers.points, D("0.7"), {"short": True}, "+0,7\xa0PP", "+0.7\xa0pp"),
        (numbers.money, D("180000"), {}, "180.000\xa0€", "€180,000"),
        (numbers.money, D("180000.00"), {}, "180.000\xa0€", "€180,000"),
        (numbers.money, D("1234.5"), {}, "1.234,50\xa0€", "€1,234.50"),
        (numbers.money, D("-99.995"), {"places": 2}, "−100,00\xa0€", "−€100.00"),
        (numbers.money, D("5"), {"signed": True}, "+5\xa0€", "+€5"),
    ],
)
def test_units(function: Callable[..., str], value: Decimal, options: dict[str, Any], de: str, en: str) -> None:
    assert function(value, "de", **options) == de
    assert function(value, "en", **options) == en


@given(st.decimals(min_value=0, max_value=10**9, places=2))
def test_positive_numbers_are_babels(value: Decimal) -> None:
    assert numbers.number(value, "de", places=2) == format_decimal(value, "#,##0.00", locale="de_DE")
    assert numbers.number(value, "en", places=2) == format_decimal(value, "#,##0.00", locale="en_GB")


@given(st.integers(min_value=0, max_value=100))
def test_whole_percents_are_babels(value: int) -> None:
    assert numbers.percent(value, "de", places=0) == format_percent(D(value) / 100, locale="de_DE")


@pytest.mark.parametrize("value", [0.1, True, "12", None])
def test_only_exact_values_are_formatted(value: Any) -> None:
    with pytest.raises(TypeError, match=f"only Decimal and int are formatted, not {type(value).__name__}"):
        numbers.number(value, "de")


def test_a_value_that_is_no_number_raises() -> None:
    with pytest.raises(ValueError, match="not a figure: NaN"):
        numbers.number(D("NaN"), "de")


def test_days() -> None:
    end = date(2025, 12, 31)
    assert numbers.day(end, "de") == "31.12.2025" == format_date(end, "medium", locale="de_DE")
    assert numbers.day(end, "de", long=True) == "31.\xa0Dezember\xa02025"
    assert numbers.day(end, "en") == "31\xa0Dec\xa02025"
    assert numbers.day(end, "en", long=True) == "31\xa0December\xa02025"
    assert numbers.day(date(2025, 3, 1), "de", long=True) == "1.\xa0März\xa02025"


@pytest.mark.parametrize(
    ("canonical", "de", "en"),
    [
        ("2023", "2023", "2023"),
        ("2023-H1", "1. Halbjahr 2023", "first half of 2023"),
        ("2023-H2", "2. Halbjahr 2023", "second half of 2023"),
        ("2023-Q2", "2. Quartal 2023", "Q2 2023"),
        ("2023-06", "Juni 2023", "June 2023"),
        ("2023-06-30", "30.06.2023", "30 Jun 2023"),
        ("2023/24", "Schuljahr 2023/24", "school year 2023/24"),
    ],
)
def test_periods(canonical: str, de: str, en: str) -> None:
    value = read_period(canonical)
    assert numbers.period(value, "de").replace("\xa0", " ") == de
    assert numbers.period(value, "en").replace("\xa0", " ") == en


@pytest.mark.parametrize("fault", ["2023-13", "2023-Q5", "23", "2023-02-30", ""])
def test_what_is_no_period_raises(fault: str) -> None:
    with pytest.raises(ValueError, match=r"not a period|day is out of range"):
        numbers.period(fault, "de")


def test_a_legend_explains_each_sign_once_in_the_order_of_the_norm() -> None:
    explained = signs.legend(["p", "...", "-", "p"])
    assert [sign for sign, _ in explained] == ["–", "…", "p"]
    assert explained[2][1].de == "vorläufige Zahl"
    with pytest.raises(ValueError, match=r"unknown signs: \['q'\]"):
        signs.legend(["q"])
