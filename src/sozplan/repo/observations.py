"""Observations from CSV, row by row, with the physical line and column of every fault."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from difflib import get_close_matches

from sozplan.diagnostics import Code, Diagnostic, Location, Text, text
from sozplan.model.figures import Cell, Measured, Missing, Quality
from sozplan.model.indicators import Indicator, Resource
from sozplan.model.periods import Period, period
from sozplan.repo.codes import csv as codes
from sozplan.repo.codes import table as table_codes
from sozplan.repo.limits import LIMITS, Limits
from sozplan.repo.records import Record, records
from sozplan.repo.shown import shown
from sozplan.repo.signs import ALLOWED, BREAK_SIGN, MISSING_SIGNS, QUALITIES, VALUE_SIGNS, ZERO_SIGNS

REQUIRED = ("indicator", "area", "period", "value")
LABELS = ("indicator", "area", "period", "numerator", "denominator", "value", "sign", "status", "vintage")

_NUMBER: Mapping[str, re.Pattern[str]] = {
    ".": re.compile(r"-?[0-9]+(?:\.[0-9]+)?"),
    ",": re.compile(r"-?[0-9]+(?:,[0-9]+)?"),
}
_HINTS = 1_000
_OTHER = {".": ",", ",": "."}
_SIGN_NAMES = {".": text(de="ein Punkt", en="a point"), ",": text(de="ein Komma", en="a comma")}
_DECLARED = {".": text(de="der Punkt", en="the point"), ",": text(de="das Komma", en="the comma")}


@dataclass(frozen=True, slots=True)
class Known:
    """What the plan says of observations: the sheets, and the keys of units and areas."""

    sheets: Mapping[str, Indicator]
    keys: frozenset[str]
    muted: frozenset[str] = frozenset()


Seen = dict[tuple[str, str, str, date | None], tuple[str, int]]
"""Where each observation (indicator, area, period, vintage) stood first: file and line."""


@dataclass(slots=True)
class Reader:
    """One file on its way from lines to cells; faults are collected, a faulty row gives no cell."""

    file: str
    resource: Resource
    known: Known
    limits: Limits
    faults: list[Diagnostic] = field(default_factory=list)
    columns: dict[str, int] = field(default_factory=dict)
    seen: Seen | None = field(default_factory=dict)
    """None where somebody else looks for what stands twice."""
    decimal: str = "."
    width: int = 0
    whole: frozenset[str] = frozenset()
    """Columns that are declared to hold whole numbers."""
    hints: dict[str, Text] = field(default_factory=dict)
    """What unknown names may mean."""

    def records(self, lines: Iterable[bytes]) -> Iterator[Record]:
        delimiter = self.resource.dialect.delimiter
        return records(lines, self.file, self.resource.encoding, delimiter, self.faults, self.limits)

    def key(self, record: Record, by: str = "area") -> tuple[str, str]:
        """Indicator and area, or period, as they stand; empty where the record has too few fields."""
        if len(record.fields) != self.width:
            return "", ""
        group = record.fields[self.columns[by]]
        return self._text(record, "indicator"), group if by == "area" else group.strip()

    def cells(self, lines: Iterable[bytes]) -> Iterator[Cell]:
        found = self.records(lines)
        if self.begin(next(found, None)):
            yield from self.each(found)

    def begin(self, header: Record | None) -> bool:
        """Learns from the header what stands where; false where it says too little."""
        if header is None:
            if not self.faults:
                self._add(table_codes.EMPTY, Location(self.file), labels=", ".join(LABELS))
            return False
        if not self._header(header):
            return False
        self.decimal = self._decimal()
        self.whole = self._whole()
        self.width = len(header.fields)
        return True

    def each(self, found: Iterable[Record]) -> Iterator[Cell]:
        for record in found:
            if (cell := self.cell(record)) is not None:
                yield cell

    def cell(self, record: Record) -> Cell | None:
        if len(record.fields) == self.width:
            return self._cell(record)
        self._ragged(record, self.width)
        return None

    def _add(self, code: Code, at: Location, **args: object) -> None:
        self.faults.append(Diagnostic(at, code, args, severity=code.severity))

    def _at(self, record: Record, label: str) -> Location:
        return record.place(self.file, self.columns[label])

    def _decimal(self) -> str:
        """The decimal sign of the value column; a semicolon file without one is taken to be German."""
        schema = self.resource.table_schema
        for column in schema.fields if schema else ():
            if column.name == "value" and column.decimal_char:
                return column.decimal_char
        return "," if self.resource.dialect.delimiter == ";" else "."

    def _whole(self) -> frozenset[str]:
        schema = self.resource.table_schema
        return frozenset(column.name for column in (schema.fields if schema else ()) if column.type == "integer")

    def _header(self, header: Record) -> bool:
        labels = [label.strip() for label in header.fields]
        for i, label in enumerate(labels):
            if label in self.columns:
                self._add(table_codes.LABEL_REPEATED, header.place(self.file, i), label=shown(label))
                return False
            self.columns[label] = i
            if label not in LABELS:
                at = header.place(self.file, i)
                self._add(table_codes.LABEL_UNKNOWN, at, label=shown(label), labels=", ".join(LABELS))
        missing = [label for label in REQUIRED if label not in self.columns]
        for label in missing:
            self._add(table_codes.LABEL_MISSING, Location(self.file), label=label, hint=_label_hint(label, labels))
        return not missing

    def _ragged(self, record: Record, width: int) -> None:
        at = Location(self.file, record.line)
        delimiter = self.resource.dialect.delimiter
        named = _TABULATOR if delimiter == "\t" else text(de=f"„{delimiter}“", en=f"“{delimiter}”")
        self._add(codes.RAGGED, at, found=_fields(len(record.fields)), expected=width, delimiter=named)

    def _text(self, record: Record, label: str) -> str:
        column = self.columns.get(label)
        return "" if column is None else record.fields[column].strip()

    def _cell(self, record: Record) -> Cell | None:
        before = len(self.faults)
        sheet = self._sheet(record)
        area, when = self._area(record), self._period(record)
        vintage, quality = self._vintage(record), self._quality(record)
        missing, sign_quality, zero = self._sign(record)
        numbers = {n: self._number(record, n, missing, zero) for n in ("numerator", "denominator", "value")}
        if len(self.faults) > before or sheet is None or when is None:
            return None
        self._range(record, sheet, numbers, zero)
        if Quality.ESTIMATED not in (quality, sign_quality):
            self._fractions(record, sheet, numbers)
        if not self._is_first(record, (sheet.id, area, when.text, vintage)) or len(self.faults) > before:
            return None
        return Cell(
            indicator=sheet.id,
            area=area,
            period=when,
            numerator=_measured(numbers["numerator"]),
            denominator=_measured(numbers["denominator"]),
            value=_measured(numbers["value"]),
            missing=missing or self._empty(numbers),
            quality=quality or sign_quality or Quality.FINAL,
            vintage=vintage,
            at=self._at(record, "value"),
            resource=self.resource.name,
            starts_anew=self._text(record, "sign") == BREAK_SIGN,
        )

    @staticmethod
    def _empty(numbers: Mapping[str, Decimal | None]) -> Missing | None:
        """A row without sign and without numbers; one with a numerator can still be worked out."""
        return Missing.EMPTY if numbers["value"] is None and numbers["numerator"] is None else None

    def _sheet(self, record: Record) -> Indicator | None:
        name = self._text(record, "indicator")
        found = self.known.sheets.get(name)
        if found is None and name not in self.known.muted:
            self._add(codes.INDICATOR, self._at(record, "indicator"), indicator=shown(name), hint=self._near(name))
        return found

    def _near(self, name: str) -> Text:
        """A wrong name often stands in all rows, and finding a near one takes long."""
        found = self.hints.get(name)
        if found is None:
            near = get_close_matches(name, self.known.sheets, 1)
            found = _did_you_mean(near[0]) if near else Text("", "")
            if len(self.hints) < _HINTS:
                self.hints[name] = found
        return found

    def _area(self, record: Record) -> str:
        """The key as it stands; one that lost its leading zeros is a fault, one unknown is for the rules."""
        raw = record.fields[self.columns["area"]]
        if raw in self.known.keys:
            return raw
        if not raw or raw != raw.strip() or not raw.isprintable() or not raw.isascii() or self._lost_zeros(raw):
            self._add(codes.KEY, self._at(record, "area"), area=shown(raw), hint=self._key_hint(raw))
        return raw

    def _lost_zeros(self, raw: str) -> str | None:
        plain = raw.removesuffix(".0").removesuffix(",0")
        if not plain.isdigit():
            return None
        return next((k for k in (plain.zfill(n) for n in range(len(plain) + 1, 13)) if k in self.known.keys), None)

    def _key_hint(self, raw: str) -> Text:
        seen = "".join(c for c in raw if c.isprintable())
        plain = "".join(c for c in seen if c.isascii()).strip()
        right = self._lost_zeros(plain) or (plain if plain in self.known.keys else None)
        if right is not None and not seen.isascii():  # a letter of another alphabet in place of one of ours
            return _did_you_mean(right)
        if right is None:
            near = get_close_matches(plain, self.known.keys, 1)
            return _did_you_mean(near[0]) if near else Text("", "")
        if right == plain:
            return text(de="Entfernen Sie Leer- und unsichtbare Zeichen.", en="Remove blanks and invisible characters.")
        return text(de=f"Es sind Nullen verloren gegangen: „{right}“.", en=f"Leading zeros were lost: “{right}”.")

    def _period(self, record: Record) -> Period | None:
        raw = self._text(record, "period")
        try:
            return period(raw)
        except ValueError:
            self._add(codes.PERIOD, self._at(record, "period"), period=shown(raw))
            return None

    def _vintage(self, record: Record) -> date | None:
        raw = self._text(record, "vintage")
        if not raw:
            return self.resource.vintage
        try:
            if len(raw) == 10 and raw.isascii():
                return date.fromisoformat(raw)
        except ValueError:
            pass
        self._add(codes.VINTAGE, self._at(record, "vintage"), vintage=shown(raw))
        return None

    def _quality(self, record: Record) -> Quality | None:
        raw = self._text(record, "status")
        if not raw:
            return None
        found = VALUE_SIGNS.get(raw) or QUALITIES.get(raw)
        if found is None:
            allowed = ", ".join(QUALITIES)
            self._add(codes.STATUS, self._at(record, "status"), status=shown(raw), allowed=allowed)
        return found

    def _sign(self, record: Record) -> tuple[Missing | None, Quality | None, bool]:
        """What the sign says: missing and why, the quality, and whether it is exactly zero."""
        raw = self._text(record, "sign") or self._sign_in_value(record)
        if raw in MISSING_SIGNS:
            return MISSING_SIGNS[raw], None, False
        if raw and raw not in VALUE_SIGNS and raw not in ZERO_SIGNS:
            self._add(codes.SIGN, self._at(record, "sign"), sign=shown(raw), label="sign", allowed=ALLOWED)
        return None, VALUE_SIGNS.get(raw), raw in ZERO_SIGNS

    def _sign_in_value(self, record: Record) -> str:
        """Official exports write the sign into the value itself."""
        raw = self._text(record, "value")
        return raw if raw in MISSING_SIGNS or raw in ZERO_SIGNS else ""

    def _number(self, record: Record, label: str, missing: Missing | None, zero: bool) -> Decimal | None:
        raw = self._text(record, label)
        if raw in ZERO_SIGNS:
            return Decimal(0)
        if not raw or raw in MISSING_SIGNS:
            return Decimal(0) if zero and label == "value" else None
        if _NUMBER[self.decimal].fullmatch(raw) and len(raw) <= self.limits.number_characters:
            if missing is not None and label == "value":
                sign = shown(self._text(record, "sign"))
                self._add(codes.VALUE_BESIDE_SIGN, self._at(record, label), label=label, sign=sign)
            return Decimal(raw.replace(",", "."))
        self._no_number(record, label, raw)
        return None

    def _no_number(self, record: Record, label: str, raw: str) -> None:
        other = _OTHER[self.decimal]
        form = shown(re.sub(r"[0-9]", "9", raw))
        at = self._at(record, label)
        if other in raw and _NUMBER[other].fullmatch(raw):
            found, declared = _SIGN_NAMES[other], _DECLARED[self.decimal]
            self._add(codes.DECIMAL_SIGN, at, label=label, form=form, found=found, declared=declared)
        else:
            decimal = text(de="Komma", en="comma") if self.decimal == "," else text(de="Punkt", en="point")
            self._add(codes.NUMBER, at, label=label, form=form, decimal=decimal)

    def _range(self, record: Record, sheet: Indicator, numbers: Mapping[str, Decimal | None], zero: bool) -> None:
        for label, problem in (*_impossible(sheet, numbers), *_contradicting(numbers, zero, self.whole)):
            self._add(codes.RANGE, self._at(record, label), label=label, problem=problem)

    def _fractions(self, record: Record, sheet: Indicator, numbers: Mapping[str, Decimal | None]) -> None:
        """Of cases there are none, unless they are estimated."""
        for label, number in numbers.items():
            if (
                number is None
                or label in self.whole
                or number == number.to_integral_value()
                or not sheet.is_whole(label)
            ):
                continue
            raw = self._text(record, label)
            form = shown(re.sub(r"[0-9]", "9", raw))
            is_grouped = len(raw.rpartition(self.decimal)[2]) == 3
            hint = _ungrouped(_DECLARED[self.decimal]) if is_grouped else Text("", "")
            self._add(codes.FRACTION, self._at(record, label), label=label, form=form, hint=hint)

    def _is_first(self, record: Record, key: tuple[str, str, str, date | None]) -> bool:
        if self.seen is None:
            return True
        own = (self.file, record.line)
        first = self.seen.setdefault(key, own)
        if first == own:
            return True
        where = f"{first[0]}:{first[1]}"
        indicator, area, when, _ = key
        at = Location(self.file, min(record.line, first[1]) if first[1] < 1 else record.line)
        self._add(codes.DUPLICATE, at, indicator=indicator, area=area, period=when, first=where)
        return False


def _ungrouped(sign: Text) -> Text:
    return text(
        de=f"Ist {sign.de} ein Tausenderzeichen, lassen Sie es weg. ",
        en=f"If {sign.en} is a thousands sign, leave it out. ",
    )


_TABULATOR = text(de="der Tabulator", en="the tabulator")


def _fields(number: int) -> Text:
    return text(de="1 Feld", en="1 field") if number == 1 else text(de=f"{number} Felder", en=f"{number} fields")


def read_cells(
    lines: Iterable[bytes],
    file: str,
    resource: Resource,
    known: Known,
    limits: Limits = LIMITS,
    seen: Seen | None = None,
) -> tuple[tuple[Cell, ...], tuple[Diagnostic, ...]]:
    """The cells of a file and the faults of its rows; `lines` are the physical lines with their ends.

    `seen` goes from file to file, so that what stands in two of them is found.
    """
    reader = Reader(file, resource, known, limits, seen={} if seen is None else seen)
    cells = tuple(reader.cells(lines))
    return cells, tuple(reader.faults)


def _measured(number: Decimal | None) -> Measured | None:
    return None if number is None else Measured(number)


def _impossible(sheet: Indicator, numbers: Mapping[str, Decimal | None]) -> Iterator[tuple[str, Text]]:
    """What the sheet rules out; the number itself is never said."""
    for label in ("numerator", "denominator"):
        number = numbers[label]
        if number is not None and number < 0:
            yield label, text(de="eine negative Anzahl", en="a negative count")
    value, low, high = numbers["value"], sheet.lowest, sheet.highest
    if value is not None and value < low:
        yield "value", text(de=f"kleiner als {low}", en=f"below {low}")
    if value is not None and high is not None and value > high:
        yield "value", text(de=f"größer als {high}", en=f"above {high}")
    if value and numbers["denominator"] == 0:
        yield "value", text(de="ein Wert bei Nenner null", en="a value with a denominator of zero")


def _contradicting(
    numbers: Mapping[str, Decimal | None], zero: bool, whole: frozenset[str]
) -> Iterator[tuple[str, Text]]:
    """What the sign or the description of the table rules out."""
    if zero and (label := next((label for label in ("value", "numerator") if numbers[label]), None)):
        yield label, text(de="„sign“ sagt mit „-“ null", en="“sign” says zero by “-”")
    for label, number in numbers.items():
        if label in whole and number is not None and number != int(number):
            yield label, text(de="eine Bruchzahl statt einer ganzen", en="a fraction instead of a whole number")


def _label_hint(label: str, labels: list[str]) -> Text:
    """A column of another right name isn't the missing one; where only counts are known “value” stays empty."""
    near = get_close_matches(label, [each for each in labels if each not in LABELS], 1, 0.5)
    if near:
        return _did_you_mean(near[0], label)
    return _EMPTY_VALUES if label == "value" and "numerator" in labels else Text("", "")


_EMPTY_VALUES = text(
    de="Ergänzen Sie sie; wo Zähler und Nenner stehen, darf sie leer bleiben.",
    en="Add it; it may stay empty where there are numerator and denominator.",
)


def _did_you_mean(word: str, instead: str | None = None) -> Text:
    if instead is not None:
        return text(
            de=f"Ist „{shown(word)}“ gemeint? Dann heißt sie „{instead}“.",
            en=f"Is “{shown(word)}” meant? Then call it “{instead}”.",
        )
    return text(de=f"Meinten Sie „{word}“?", en=f"Did you mean “{word}”?")
