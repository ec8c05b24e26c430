"""From value cells to rows of observations: parts put together, what is hidden kept hidden."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from sozplan.diagnostics import Text, text
from sozplan.model.figures import Quality
from sozplan.model.imported import Reason
from sozplan.model.indicators import Indicator
from sozplan.model.plan import Plan
from sozplan.model.profiles import ImportProfile, ValuePart
from sozplan.repo.imports.items import Item
from sozplan.repo.imports.ledger import Ledger, Unreadable
from sozplan.repo.imports.sums import Sums
from sozplan.repo.imports.values import NotAValue, Value, Values
from sozplan.repo.limits import LIMITS, Limits

Key = tuple[str, str, str]
"""Indicator, area and period."""

Numbers = tuple[Value | None, Value | None, Value | None]
"""Numerator, denominator and value."""

_PARTS = {ValuePart.VALUE: 0, ValuePart.NUMERATOR: 1, ValuePart.DENOMINATOR: 2}


@dataclass(frozen=True, slots=True)
class ImportRow:
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
        return self.indicator, self.area, self.period

    @property
    def content(self) -> tuple[str, ...]:
        """All but since when it is known."""
        return self.numerator, self.denominator, self.value, self.sign, self.status


@dataclass(slots=True)
class Assembly:
    """Gathers what a file says of each observation."""

    profile: ImportProfile
    plan: Plan
    ledger: Ledger
    sums: Sums
    limits: Limits = LIMITS
    found: dict[Key, list[tuple[Value, str] | None]] = field(default_factory=dict)
    places: dict[Key, str] = field(default_factory=dict)
    """Where each observation stands in the file, of those that have become rows."""

    def take(self, items: Iterable[Item]) -> None:
        values = Values(self.profile)
        for item in items:
            try:
                value = values.read(item.cell, item.mark)
            except NotAValue as error:
                if item.key is not None:
                    self.ledger.fault(item.place, error.text)
                continue
            value = _times(value, item.rule.factor)
            self.sums.add(item, value)
            if item.key is None:
                continue
            if value is None:
                self.ledger.drop(Reason.EMPTY, item.place)
            else:
                self._put(item, item.key, value)

    def _put(self, item: Item, area: str, value: Value) -> None:
        if len(self.found) >= self.limits.import_values:
            raise Unreadable(item.place, _too_many(self.limits.import_values))
        parts = self.found.setdefault((item.rule.indicator, area, item.period.text), [None, None, None])
        slot = _PARTS[item.rule.part]
        first = parts[slot]
        if first is None:
            parts[slot] = (value, item.place)
        elif first[0] == value:
            self.ledger.drop(Reason.REPEATED, item.place)
        else:
            self.ledger.fault(item.place, _twice(item, area, first[1]))

    def rows(self, vintage: date) -> Iterator[ImportRow]:
        """Each once: what becomes a row isn't held twice."""
        stated = vintage.isoformat()
        for key in sorted(self.found):
            parts = self.found.pop(key)
            self.places[key] = next(part[1] for part in parts if part is not None)
            sheet = self.plan.find(key[0], Indicator)
            is_count = sheet is not None and sheet.denominator is None
            numbers, sign, status = self._content(key, [part and part[0] for part in parts], is_count)
            numerator, denominator, value = map(_written, numbers)
            yield ImportRow(*key, numerator, denominator, value, sign, status.value, stated)

    def _content(self, key: Key, parts: list[Value | None], is_count: bool) -> tuple[Numbers, str, Quality]:
        value, numerator, denominator = parts
        given = [part for part in parts if part is not None]
        quality = next((q for q in _WORST if any(part.quality is q for part in given)), self.profile.status)
        hidden = next((part for part in given if part.is_hidden), None)
        if hidden is not None:
            if any(part is not None and part.number is not None for part in (value, numerator)):
                self.ledger.drop(Reason.PARTLY_HIDDEN, ", ".join(key))
            return (None, denominator, None), hidden.sign, quality
        if is_count and numerator is None and value is not None and _is_count(value.number):
            numerator = value
        sign = (value or numerator or Value(None)).sign
        return (numerator, denominator, value), sign, quality

    @property
    def keys(self) -> list[Key]:
        return sorted({*self.found, *self.places})


_WORST = (Quality.ESTIMATED, Quality.PROVISIONAL, Quality.REVISED, Quality.FINAL)
"""Put together, numbers are as uncertain as the least certain of them."""


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


def _twice(item: Item, area: str, first: str) -> Text:
    what = f"{item.rule.indicator}, {area}, {item.period.text}"
    return text(
        de=f"Für {what} steht schon ein anderer Wert bei {first}. "
        "Grenzen Sie im Profil ein, welcher gemeint ist (labels, where, unit).",
        en=f"For {what} another value stands at {first} already. "
        "Narrow down in the profile which is meant (labels, where, unit).",
    )
