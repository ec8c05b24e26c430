"""From value cells to rows of observations: parts put together, what is hidden kept hidden."""

from __future__ import annotations

import re
from bisect import insort
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from sozplan.diagnostics import Text, text
from sozplan.model.figures import Quality
from sozplan.model.imported import Reason, Series
from sozplan.model.indicators import Indicator
from sozplan.model.plan import Plan
from sozplan.model.profiles import ImportProfile, ValuePart
from sozplan.repo.imports.items import Item
from sozplan.repo.imports.ledger import SHOWN_EXAMPLES, Ledger, Unreadable
from sozplan.repo.imports.runs import Runs
from sozplan.repo.imports.sums import Sums
from sozplan.repo.imports.values import SIGN_NAMES, NotAValue, Value, Values
from sozplan.repo.limits import LIMITS, Limits

Key = tuple[str, str, str]
"""Indicator, area and period."""

_PARTS = {part: str(slot) for slot, part in enumerate((ValuePart.VALUE, ValuePart.NUMERATOR, ValuePart.DENOMINATOR))}
_QUALITIES = {quality.value: quality for quality in Quality}


class ImportRow(NamedTuple):
    """One row as it will be written; numbers as text with the decimal sign of our files."""

    indicator: str
    area: str
    period: str
    numerator: str = ""
    denominator: str = ""
    value: str = ""
    sign: str = ""
    status: str = ""
    vintage: str = ""

    @property
    def key(self) -> Key:
        return self[:3]

    @property
    def content(self) -> tuple[str, ...]:
        """All but since when it is known."""
        return self[3:8]


class Made(NamedTuple):
    """A row and where it stands in the supplier's file."""

    row: ImportRow
    place: str


class _Part(NamedTuple):
    slot: int
    value: Value
    place: str
    seen: int


_Parts = list[_Part | None]
"""Value, numerator and denominator."""


@dataclass(slots=True)
class Assembly:
    """Gathers what a file says of each observation, in whatever order; `parts` sorts it."""

    profile: ImportProfile
    plan: Plan
    ledger: Ledger
    sums: Sums
    parts: Runs
    limits: Limits = LIMITS
    series: list[Series] = field(default_factory=list)
    """Of the rows that were made."""
    _repeated: list[tuple[int, str]] = field(default_factory=list)
    _again: int = 0

    def take(self, items: Iterable[Item]) -> None:
        values = Values(self.profile)
        for item in items:
            self.ledger.now += 1
            self._take(item, values)
            self.ledger.now += 1  # what the reader notes between two values is told between them

    def _take(self, item: Item, values: Values) -> None:
        if self.ledger.now > 2 * self.limits.import_values:
            raise Unreadable(item.place, _too_many(self.limits.import_values))
        try:
            value = values.read(item.cell, item.mark)
        except NotAValue as error:
            if item.key is not None:
                self.ledger.fault(item.place, error.text)
            return
        value = _times(value, item.rule.factor)
        self.sums.add(item, value, self.ledger.now)
        if item.key is None:
            return
        if value is None:
            self.ledger.drop(Reason.EMPTY, item.place)
        else:
            self._put(item, item.key, value)

    def _put(self, item: Item, area: str, value: Value) -> None:
        number = "" if value.number is None else str(value.number)
        if not number.isdigit() and _has_fraction(value.number) and self._is_whole(item, value):
            self.ledger.fault(item.place, _fraction(item.cell.plain, self.profile))
            return
        quality = "" if value.quality is None else value.quality.value
        said = (_PARTS[item.rule.part], number, value.sign, quality, item.place)
        self.parts.add((item.rule.indicator, area, item.period.text, f"{self.ledger.now:011}", *said))

    def _is_whole(self, item: Item, value: Value) -> bool:
        if Quality.ESTIMATED in (value.quality, self.profile.status):
            return False
        sheet = self.plan.find(item.rule.indicator, Indicator)
        return sheet is not None and sheet.is_whole(item.rule.part.value)

    def rows(self, vintage: date) -> Iterator[Made]:
        """Of each observation one, in the order of their keys."""
        stated = vintage.isoformat()
        for indicator, fields in groupby(self.parts.sorted(), itemgetter(0)):
            sheet = self.plan.find(indicator, Indicator)
            is_count = sheet is not None and sheet.is_count
            areas, periods, rows = set[str](), set[str](), 0
            for _, group in groupby(fields, itemgetter(1, 2)):
                key, parts = self._gathered(group)
                areas.add(key[1])
                periods.add(key[2])
                rows += 1
                yield self._made(key, parts, stated, is_count)
            self.series.append(Series(indicator, rows, len(areas), tuple(sorted(periods))))
        self._tell_repeated()

    def _gathered(self, group: Iterable[list[str]]) -> tuple[Key, _Parts]:
        parts: _Parts = [None, None, None]
        key = "", "", ""
        for fields in group:
            key = fields[0], fields[1], fields[2]
            part = _part(fields)
            first = parts[part.slot]
            if first is None:
                parts[part.slot] = part
            elif first.value == part.value:
                self._note_repeated(part)
            else:
                self.ledger.fault(part.place, _twice(key, first.place), part.seen)
        return key, parts

    def _note_repeated(self, part: _Part) -> None:
        self._again += 1
        insort(self._repeated, (part.seen, part.place))
        del self._repeated[SHOWN_EXAMPLES:]

    def _tell_repeated(self) -> None:
        for i, (seen, place) in enumerate(self._repeated):
            rest = self._again - len(self._repeated) if i == 0 else 0
            self.ledger.drop(Reason.REPEATED, place, 1 + rest, seen)

    def _made(self, key: Key, parts: _Parts, stated: str, is_count: bool) -> Made:
        given = [part for part in parts if part is not None]
        value, numerator, denominator = (part and part.value for part in parts)
        quality = next((q for q in _WORST if any(part.value.quality is q for part in given)), self.profile.status)
        hidden = next((part.value for part in given if part.value.is_hidden), None)
        if hidden is not None:
            if any(part is not None and part.number is not None for part in (value, numerator)):
                self.ledger.drop(Reason.PARTLY_HIDDEN, ", ".join(key))
            value, numerator, sign = None, None, hidden.sign
        else:
            if is_count and numerator is None and value is not None and _is_count(value.number):
                numerator = value
            sign = (value or numerator or Value(None)).sign
        numbers = _written(numerator), _written(denominator), _written(value)
        return Made(ImportRow(*key, *numbers, sign, quality.value, stated), given[0].place)


_WORST = (Quality.ESTIMATED, Quality.PROVISIONAL, Quality.REVISED, Quality.FINAL)
"""Put together, numbers are as uncertain as the least certain of them."""


def _part(fields: list[str]) -> _Part:
    _, _, _, seen, slot, number, sign, quality, place = fields
    value = Value(Decimal(number) if number else None, sign, _QUALITIES[quality] if quality else None)
    return _Part(int(slot), value, place, int(seen))


def _times(value: Value | None, factor: Decimal) -> Value | None:
    if value is None or value.number is None or factor == 1:
        return value
    return Value((value.number * factor).normalize(), value.sign, value.quality)


def _is_count(number: Decimal | None) -> bool:
    return number is not None and number >= 0 and number == number.to_integral_value()


def _written(value: Value | None) -> str:
    return "" if value is None or value.number is None else format(value.number, "f").replace(".", ",")


def _too_many(most: int) -> Text:
    return text(
        de=f"Mehr als {most} Werte auf einmal werden nicht eingelesen. Teilen Sie die Lieferung, etwa nach Jahren.",
        en=f"No more than {most} values are read at once. Split the delivery, by years say.",
    )


def _twice(key: Key, first: str) -> Text:
    what = ", ".join(key)
    return text(
        de=f"Für {what} steht schon ein anderer Wert bei {first}. "
        "Grenzen Sie im Profil ein, welcher gemeint ist (labels, where, unit).",
        en=f"For {what} another value stands at {first} already. "
        "Narrow down in the profile which is meant (labels, where, unit).",
    )


def _has_fraction(number: Decimal | None) -> bool:
    """Of numbers of any length: a remainder would be as long as they are."""
    return number is not None and number != number.to_integral_value()


def _fraction(plain: str, profile: ImportProfile) -> Text:
    form = re.sub("[0-9]", "9", plain)[:30]
    sign = SIGN_NAMES[profile.decimal]
    other = "." if profile.decimal == "," else ","
    grouped = text(
        de=f"Ist {sign.de} ein Tausenderzeichen, gehört es als „thousands“ ins Profil und „{other}“ als „decimal“. ",
        en=f"If {sign.en} is a thousands sign, the profile needs it as “thousands” and “{other}” as “decimal”. ",
    )
    hint = grouped if re.search(f"{re.escape(profile.decimal)}[0-9]{{3}}(?![0-9])", plain) else Text("", "")
    return text(
        de=f"„{form}“ ist eine Bruchzahl, gezählt wird aber in ganzen Fällen. {hint.de}Zählt die Quelle in Tausend, "
        "gehört „factor: 1000“ zur Spalte; sind es wirklich Bruchteile, „fractions: true“ in den Steckbrief.",
        en=f"“{form}” is a fraction, but cases are counted as a whole. {hint.en}If the supplier counts in thousands, "
        "the column needs “factor: 1000”; if there really are parts, the sheet needs “fractions: true”.",
    )
