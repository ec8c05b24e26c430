"""Periods: one type for years, half-years, quarters, months, days and school years."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum
from typing import Any

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import core_schema


class PeriodKind(IntEnum):
    """In the order of their length, longest first."""

    SCHOOL_YEAR = 1
    YEAR = 2
    HALF = 3
    QUARTER = 4
    MONTH = 5
    DAY = 6


_FORM = re.compile(
    r"(?P<year>[12]\d{3})(?:-H(?P<half>[12])|-Q(?P<quarter>[1-4])|-(?P<month>\d\d)(?:-(?P<day>\d\d))?|/(?P<school>\d\d))?"
)

PERIOD_PATTERN = r"^[12]\d{3}(-H[12]|-Q[1-4]|-\d\d(-\d\d)?|/\d\d)?$"
SCHOOL_YEAR_START = (8, 1)


@dataclass(frozen=True, slots=True)
class Period:
    """A span of days with the name it is written by: `2023`, `2023-H1`, `2023/24`, `2023-06-30`.

    `kind` says what may be compared with what; `<` between kinds raises `TypeError`.
    """

    text: str
    kind: PeriodKind
    start: date
    end: date

    def __str__(self) -> str:
        return self.text

    def __lt__(self, other: Period) -> bool:
        return self._key(other) < other._key(self)

    def __le__(self, other: Period) -> bool:
        return self._key(other) <= other._key(self)

    def __gt__(self, other: Period) -> bool:
        return other < self

    def __ge__(self, other: Period) -> bool:
        return other <= self

    def _key(self, other: Period) -> date:
        if self.kind is not other.kind:
            raise TypeError(f"{self.text} and {other.text} are periods of different kinds")
        return self.start

    def shift(self, years: int) -> Period:
        """The same period that many years later (29 February becomes the 28th)."""
        year = self.start.year + years
        head, tail = f"{year:04d}", self.text[4:]
        if self.kind is PeriodKind.SCHOOL_YEAR:
            tail = f"/{(year + 1) % 100:02d}"
        return period(head + ("-02-28" if tail == "-02-29" and not _leap(year) else tail))

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> core_schema.CoreSchema:
        return core_schema.no_info_plain_validator_function(
            _coerce, serialization=core_schema.plain_serializer_function_ser_schema(str)
        )

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        return {
            "anyOf": [
                {"type": "string", "pattern": PERIOD_PATTERN},
                {"type": "integer", "minimum": 1000, "maximum": 2999},
            ]
        }


def _leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def _coerce(value: object) -> Period:
    """A YAML integer is admitted only as a year."""
    if isinstance(value, Period):
        return value
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str):
        raise ValueError("period")  # noqa: TRY004 -- pydantic turns only ValueError into a finding
    return period(value)


_KNOWN: dict[str, Period] = {}


def period(text: str) -> Period:
    """Reads a period; raises ValueError where the text is none or names a day that doesn't exist."""
    found = _KNOWN.get(text)
    if found is None:
        found = _parse(text)
        if len(_KNOWN) < 4096:  # a bound, so that hostile input can't grow it
            _KNOWN[text] = found
    return found


def _parse(text: str) -> Period:
    match = _FORM.fullmatch(text) if text.isascii() else None
    if match is None:
        raise ValueError("period")
    year = int(match["year"])
    if match["school"]:
        if int(match["school"]) != (year + 1) % 100:
            raise ValueError("period")
        return Period(text, PeriodKind.SCHOOL_YEAR, date(year, *SCHOOL_YEAR_START), date(year + 1, 7, 31))
    if match["day"]:
        day = _day(year, int(match["month"]), int(match["day"]))
        return Period(text, PeriodKind.DAY, day, day)
    kind, first, months = _months(match)
    return Period(text, kind, _day(year, first, 1), _month_end(year, first + months - 1))


def _months(match: re.Match[str]) -> tuple[PeriodKind, int, int]:
    """Kind, first month and number of months."""
    if match["half"]:
        return PeriodKind.HALF, 6 * int(match["half"]) - 5, 6
    if match["quarter"]:
        return PeriodKind.QUARTER, 3 * int(match["quarter"]) - 2, 3
    if match["month"]:
        return PeriodKind.MONTH, int(match["month"]), 1
    return PeriodKind.YEAR, 1, 12


def _day(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise ValueError("period") from None


def _month_end(year: int, month: int) -> date:
    first_of_next = date(year + 1, 1, 1) if month == 12 else date(year, month + 1, 1)
    return first_of_next - timedelta(days=1)
