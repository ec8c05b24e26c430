"""Whole columns of numbers out of rows that are beyond doubt; the areas of all other rows are named instead.

A row is beyond doubt where its fields are written as they should be and the sheet's range holds them, so that the
reader would make of it a cell with these very numbers.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from math import nan
from typing import NamedTuple

from sozplan.model.figures import Columns, Missing, Numbers, Quality
from sozplan.model.indicators import Indicator
from sozplan.model.periods import Period
from sozplan.repo.observations import LABELS, Reader
from sozplan.repo.signs import MISSING_SIGNS, QUALITIES, VALUE_SIGNS
from sozplan.repo.store.calm import NUMBERS

_SIGNS = frozenset(("", *VALUE_SIGNS, *MISSING_SIGNS))
_STATUS = {"": None, **QUALITIES, **{sign: quality for sign, quality in VALUE_SIGNS.items() if quality}}
_BETWEEN = "\x1e"
_TOGETHER = 64
"""Rows that are looked at together where not all of a column are sound."""

Fields = Sequence[Sequence[str]]
"""Row by row, or column by column."""


def columns(reader: Reader, sheet: Indicator, period: Period, told: Told, doubtful: Iterable[str]) -> Columns:
    """Of rows of that indicator and period; `doubtful` are areas with further rows."""
    judge = _Judge(reader, sheet, period)
    every, odd = judge.sifted(told)
    fields = judge.labelled(every)
    numbers = {label: _floats(fields[label]) for label in NUMBERS}
    missing, unclear = _without_value(sheet, fields, numbers)
    unclear.update(_out_of_range(sheet, fields, numbers, missing))
    days = {text: judge.day(text) for text in set(fields["vintage"])}
    doubts = {row[reader.columns["area"]] for row in odd} | {fields["area"][i] for i in unclear}
    return Columns(
        resource=reader.resource.name,
        areas=fields["area"],
        vintages=[days[text] for text in fields["vintage"]],
        missing=missing,
        qualities=_qualities(fields["status"], fields["sign"]),
        doubtful=frozenset(doubts.union(doubtful)),
        _numbers=Numbers(numbers["value"], numbers["numerator"], numbers["denominator"]),
    )


class Told(NamedTuple):
    """The fields of some rows; `even` column by column, where all rows have the same number of plain ones."""

    even: Fields | None
    rows: Callable[[], Fields]


class _Judge:
    """What the fields of a sound row look like."""

    def __init__(self, reader: Reader, sheet: Indicator, period: Period) -> None:
        self.reader = reader
        self.places = [reader.columns.get(label, -1) for label in LABELS]
        self._whole = {label for label in NUMBERS if label in reader.whole or sheet.is_whole(label)}
        self._forms = {label: self._form(label) for label in NUMBERS}
        self._names = {"indicator": {sheet.id}, "period": {period.text}, "sign": _SIGNS, "status": _STATUS.keys()}

    def _form(self, label: str) -> re.Pattern[str]:
        """Of a whole column; shorter numbers than the reader admits."""
        minus, digit = "-?" if label == "value" else "", "0" if label in self._whole else "[0-9]"
        number = f"{minus}[0-9]{{1,12}}(?:{re.escape(self.reader.decimal)}{digit}{{1,20}})?+"
        return re.compile(f"(?:(?:{number})?+{_BETWEEN})*+")

    def sifted(self, told: Told) -> tuple[Fields, Fields]:
        """The sound rows column by column, and the others row by row."""
        if told.even is not None and self._are_sound(told.even):
            return told.even, ()
        rows = [row for row in told.rows() if len(row) == self.reader.width]
        sound: list[Sequence[str]] = []
        odd: list[Sequence[str]] = []
        for start in range(0, len(rows), _TOGETHER):
            some = rows[start : start + _TOGETHER]
            if self._are_sound(_turned(some)):
                sound += some
            else:
                for row in some:
                    (sound if self._are_sound(_turned([row])) else odd).append(row)
        return _turned(sound) if sound else [()] * self.reader.width, odd

    def labelled(self, every: Fields) -> Mapping[str, Sequence[str]]:
        """By label; of a column that isn't there all fields are empty."""
        nothing = [""] * len(every[0])
        return {label: every[n] if n >= 0 else nothing for label, n in zip(LABELS, self.places, strict=True)}

    def _are_sound(self, every: Fields) -> bool:
        found = {label: every[place] for label, place in zip(LABELS, self.places, strict=True) if place >= 0}
        named = all(names >= set(found.get(label, ())) for label, names in self._names.items())
        return named and all(map(self._is_day, set(found.get("vintage", ())))) and self._are_numbers(found)

    def _are_numbers(self, found: Mapping[str, Sequence[str]]) -> bool:
        formed = all(
            form.fullmatch(_BETWEEN.join((*found[label], ""))) for label, form in self._forms.items() if label in found
        )
        signs = found.get("sign", ())
        if not formed or MISSING_SIGNS.keys().isdisjoint(signs):
            return formed
        return not any(value and sign in MISSING_SIGNS for value, sign in zip(found["value"], signs, strict=True))

    def _is_day(self, text: str) -> bool:
        try:
            self.day(text)
        except ValueError:
            return False
        return True

    def day(self, text: str) -> date | None:
        if text and not (len(text) == 10 and text.isascii()):
            raise ValueError(text)
        return date.fromisoformat(text) if text else self.reader.resource.vintage


def _turned(rows: Fields) -> Fields:
    return list(zip(*rows, strict=True))


def _floats(texts: Sequence[str]) -> list[float]:
    """The nearest double of each: the same that its exact decimal has."""
    plain = _BETWEEN.join(texts).replace(",", ".").split(_BETWEEN) if texts else ()
    if "" not in texts:
        return list(map(float, plain))
    return [float(text) if text else nan for text in plain]


def _without_value(
    sheet: Indicator, fields: Mapping[str, Sequence[str]], numbers: Mapping[str, list[float]]
) -> tuple[dict[int, Missing], set[int]]:
    """Fills in what follows from counts; why else there is none, and where that isn't plain."""
    missing: dict[int, Missing] = {}
    unclear: set[int] = set()
    if "" not in fields["value"]:
        return missing, unclear
    rows = zip(*(fields[label] for label in ("value", "sign", "numerator", "denominator")), strict=True)
    for i, (value, sign, numerator, denominator) in enumerate(rows):
        if value:
            continue
        if why := MISSING_SIGNS.get(sign) or (None if numerator else Missing.EMPTY):
            missing[i] = why
        elif (found := sheet.of_counts(_exact(numerator), _exact(denominator))) is not None:
            numbers["value"][i] = float(found)
        else:
            unclear.add(i)
    return missing, unclear


def _exact(text: str) -> Decimal | None:
    return Decimal(text.replace(",", ".")) if text else None


def _out_of_range(
    sheet: Indicator,
    fields: Mapping[str, Sequence[str]],
    numbers: Mapping[str, Sequence[float]],
    missing: Mapping[int, Missing],
) -> Iterator[int]:
    """Values that the sheet may rule out, and any with a base of zero; the ends themselves are compared exactly."""
    low = float(sheet.lowest)
    high = float("inf") if sheet.highest is None else float(sheet.highest)
    values = numbers["value"]
    all_within = values and not missing and low < min(values) and max(values) < high
    for i, value in enumerate(() if all_within else values):
        if not low < value < high and i not in missing and not _is_within(sheet, fields["value"][i]):
            yield i
    if 0.0 in numbers["denominator"]:
        yield from (i for i, base in enumerate(numbers["denominator"]) if base == 0)


def _is_within(sheet: Indicator, text: str) -> bool:
    exact = _exact(text)
    return exact is None or (sheet.lowest <= exact and (sheet.highest is None or exact <= sheet.highest))


def _qualities(statuses: Sequence[str], signs: Sequence[str]) -> dict[int, Quality]:
    """Those that aren't final; hardly any is."""
    if {"", "final"} >= set(statuses) and all(VALUE_SIGNS.get(sign) is None for sign in set(signs)):
        return {}
    pairs = enumerate(zip(statuses, signs, strict=True))
    found = {i: _STATUS[status] or VALUE_SIGNS.get(sign) or Quality.FINAL for i, (status, sign) in pairs}
    return {i: quality for i, quality in found.items() if quality is not Quality.FINAL}
