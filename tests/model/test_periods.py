"""Periods: what is one, what its days are, and what may be compared."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError

from sozplan.model.periods import Period, PeriodKind, period


@pytest.mark.parametrize(
    ("text", "kind", "start", "end"),
    [
        ("2023", PeriodKind.YEAR, date(2023, 1, 1), date(2023, 12, 31)),
        ("2023-H1", PeriodKind.HALF, date(2023, 1, 1), date(2023, 6, 30)),
        ("2023-H2", PeriodKind.HALF, date(2023, 7, 1), date(2023, 12, 31)),
        ("2024-Q1", PeriodKind.QUARTER, date(2024, 1, 1), date(2024, 3, 31)),
        ("2024-Q4", PeriodKind.QUARTER, date(2024, 10, 1), date(2024, 12, 31)),
        ("2024-02", PeriodKind.MONTH, date(2024, 2, 1), date(2024, 2, 29)),
        ("2023-12", PeriodKind.MONTH, date(2023, 12, 1), date(2023, 12, 31)),
        ("2023-06-30", PeriodKind.DAY, date(2023, 6, 30), date(2023, 6, 30)),
        ("2023/24", PeriodKind.SCHOOL_YEAR, date(2023, 8, 1), date(2024, 7, 31)),
        ("1999/00", PeriodKind.SCHOOL_YEAR, date(1999, 8, 1), date(2000, 7, 31)),
    ],
)
def test_reads_a_period(text: str, kind: PeriodKind, start: date, end: date) -> None:
    found = period(text)
    assert (found.kind, found.start, found.end, str(found)) == (kind, start, end, text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "23",
        "2023/25",
        "2023/2024",
        "2023-H3",
        "2023-Q5",
        "2023-13",
        "2023-00",
        "2023-02-30",
        "202O",
        "٢٠٢٣",
        "2023 ",
        "0999",
    ],
)
def test_refuses_what_is_none(text: str) -> None:
    with pytest.raises(ValueError, match="period"):
        period(text)


def test_periods_of_one_kind_are_ordered() -> None:
    assert period("2022/23") < period("2023/24")
    assert period("2023-Q2") >= period("2023-Q1")
    assert period("2023") <= period("2023")


def test_comparing_across_kinds_is_an_error() -> None:
    with pytest.raises(TypeError, match="2023 and 2023/24 are periods of different kinds"):
        assert period("2023") < period("2023/24")


@pytest.mark.parametrize(
    ("text", "years", "shifted"),
    [("2023", 5, "2028"), ("2023/24", -1, "2022/23"), ("2024-02-29", 1, "2025-02-28"), ("2023-Q3", 2, "2025-Q3")],
)
def test_shifts_by_years(text: str, years: int, shifted: str) -> None:
    assert period(text).shift(years) == period(shifted)


class _Holder(BaseModel):
    when: Period


@pytest.mark.parametrize("value", [2023, "2023"])
def test_a_whole_number_is_admitted_as_a_year(value: object) -> None:
    assert _Holder.model_validate({"when": value}).when == period("2023")


@pytest.mark.parametrize("value", [True, 20230630, 23.0, None, 12])
def test_no_other_number_is_admitted(value: object) -> None:
    with pytest.raises(ValidationError):
        _Holder.model_validate({"when": value})


@given(st.dates(min_value=date(1000, 1, 1), max_value=date(2999, 12, 31)))
def test_each_day_is_its_own_period(day: date) -> None:
    found = period(day.isoformat())
    assert found.start == found.end == day


@given(st.text(max_size=12))
def test_no_text_breaks_it(text: str) -> None:
    try:
        assert period(text).text == text
    except ValueError as error:
        assert str(error) == "period"  # noqa: PT017 -- both outcomes are right, another exception is not
