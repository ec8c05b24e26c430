"""Which rows of a large table somebody has to look at: found by SQL, judged by the reader and the rules.

SQL only decides what is beyond doubt: rows of which it sees that they are well formed, in the sheet's range, agree with
their counts and are alone with their key. All others are read like those of a small file, so every finding has its
place, and a query that doubts too much costs time but tells nothing wrong.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from sozplan.model.indicators import Indicator
from sozplan.model.terms import Publication
from sozplan.repo.observations import LABELS, MISSING_SIGNS, QUALITIES, VALUE_SIGNS, ZERO_SIGNS, Known, Reader
from sozplan.repo.store.duck import literal
from sozplan.repo.store.table import Key

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

LOOKED_AT = 2_000
"""Rows of a file that are read because of a doubt; how many more there are is said."""

_MONTHS = "(?:0[1-9]|1[0-2])-(?:0[1-9]|1[0-9]|2[0-8])|(?:0[13-9]|1[0-2])-(?:29|30)|(?:0[13578]|1[02])-31"
_SCHOOL = "|".join(f"{year}/{(year + 1) % 100:02}" for year in range(1950, 2050))
PERIOD = f"[12][0-9]{{3}}(?:-H[12]|-Q[1-4]|-(?:0[1-9]|1[0-2])|-(?:{_MONTHS}))?|{_SCHOOL}"
DAY = f"[12][0-9]{{3}}-(?:{_MONTHS})"
SIGNS = ("", *VALUE_SIGNS)
STATUS = ("", *QUALITIES, *(sign for sign, quality in VALUE_SIGNS.items() if quality))


def any_of(texts: Iterable[str]) -> str:
    return "|".join(map(re.escape, sorted(texts, key=len, reverse=True)))


def well_formed(reader: Reader, without: Collection[str] = ()) -> str | None:
    """What a line of all the labels looks like if nothing has to be told; only empty fields are quoted.

    `without` leaves lines of these indicators out; None where no others are known.
    """
    known = reader.known
    sheets = known.sheets.keys() - set(without)
    if not sheets:
        return None
    point = re.escape(reader.decimal)
    fraction = {label: f"(?:{point}[0-9]{{1,9}})?" if label not in reader.whole else "" for label in LABELS}
    exact = {label: f"-?[0-9]{{1,18}}{fraction[label]}" for label in LABELS}
    forms = {
        "indicator": any_of(sheets),
        "area": any_of(known.keys),
        "period": PERIOD,
        "numerator": f'{exact["numerator"]}|(?:"")?',
        "denominator": f'{exact["denominator"]}|(?:"")?',
        "status": f'{any_of(STATUS)}|""',
        "vintage": f'{DAY}|(?:"")?',
    }
    delimiter = re.escape(reader.resource.dialect.delimiter)
    missing, zero, signs = any_of(MISSING_SIGNS), any_of(ZERO_SIGNS), f'{any_of(SIGNS)}|""'
    values = (
        f"(?:{exact['value']}){delimiter}(?:{signs})",
        f"0(?:{point}0+)?{delimiter}(?:{zero})",
        f'(?:"")?{delimiter}(?:{missing}|""|)',
        f'(?:{missing}|{zero}){delimiter}(?:"")?',
    )
    before = delimiter.join(f"(?:{forms[label]})" for label in LABELS[:5])
    after = delimiter.join(f"(?:{forms[label]})" for label in LABELS[7:])
    return f"{before}{delimiter}(?:{'|'.join(values)}){delimiter}{after}"


class _Bounds(NamedTuple):
    """What a sheet says of its numbers, as SQL."""

    lowest: str
    highest: str
    factor: str
    share: str
    strict: str
    perturbed: str
    least: str


def _bounds(sheet: Indicator, least: int) -> _Bounds:
    highest, share = sheet.highest, sheet.denominator is not None
    return _Bounds(
        lowest=str(sheet.lowest),
        highest="NULL::DOUBLE" if highest is None else str(highest),
        factor=str(sheet.factor),
        share=str(share),
        strict=str(share and highest is not None and highest <= sheet.factor),
        perturbed=str(sheet.perturbed),
        least=str(max(least, sheet.min_cases or 0) if sheet.publication is Publication.PUBLIC else 0),
    )


_CASES = "coalesce(numerator, value * denominator / factor)"
_OFF = "abs(CASE WHEN share THEN numerator / nullif(denominator, 0) * factor ELSE numerator END - value)"
_TOLERANCE = (
    "CASE WHEN abs(value - round(value)) < 1e-7 THEN 0.5 WHEN abs(value * 10 - round(value * 10)) < 1e-7 THEN 0.05 "
    "WHEN abs(value * 100 - round(value * 100)) < 1e-7 THEN 0.005 ELSE 0 END + 1e-9"
)
_SOUND = (
    f"{_OFF} <= 1e-9 AND {_CASES} >= least AND denominator - {_CASES} >= least "
    "AND value BETWEEN lowest AND coalesce(highest, value)"
)
"""Most rows are; the shortest way to know it."""
_DOUBTFUL = f"""CASE WHEN {_SOUND} THEN false ELSE coalesce(
    value < lowest OR value > highest OR numerator < 0 OR denominator < 0 OR (value <> 0 AND denominator = 0)
    OR (strict AND numerator > denominator)
    OR (NOT perturbed AND CASE WHEN {_OFF} <= 1e-9 THEN false ELSE {_OFF} > {_TOLERANCE} END)
    OR ({_CASES} > 0 AND {_CASES} < least)
    OR (share AND (denominator < least OR denominator - {_CASES} < least))
    OR (NOT share AND numerator IS NULL AND value > 0 AND value < least), false) END"""
_KEY = "hash(indicator, area, period, vintage)"


class Doubtful(NamedTuple):
    """The series and periods in which rows are doubted, and in how many more they are."""

    keys: Sequence[tuple[Key, str]]
    more: int


def doubtful(connection: DuckDBPyConnection, relation: str, known: Known, least: int) -> Doubtful:
    """Numbers and keys of one scan; a second one only where it found something.

    A hash per row is sorted outside of DuckDB, where it takes a fraction of the time that a distinct count does. That
    of a doubtful row is replaced by 0: its series and period are looked at anyway, so a double is found there as well.
    """
    bounded = _bounded(relation, known, least)
    found: dict[str, Any] = connection.execute(
        f"SELECT CASE WHEN {_DOUBTFUL} THEN 0 ELSE {_KEY} END AS key FROM {bounded}"
    ).fetchnumpy()
    hashes = found["key"]
    hashes.sort()
    twice = hashes[1:][hashes[1:] == hashes[:-1]][: LOOKED_AT + 1].tolist()
    if not twice and not (hashes[:1] == 0).any():
        return Doubtful((), 0)
    condition = f"{_DOUBTFUL} OR {_KEY} IN ({', '.join(map(str, sorted(set(twice)))) or 'NULL'})"
    rows = connection.execute(
        f"SELECT DISTINCT indicator, area, period FROM {bounded} WHERE {condition} ORDER BY ALL"
    ).fetchall()
    keys = [((indicator, area), period) for indicator, area, period in rows[:LOOKED_AT] if None not in (area, period)]
    return Doubtful(keys, max(len(rows) - LOOKED_AT, 0))


def _bounded(relation: str, known: Known, least: int) -> str:
    """The rows with what their sheets say; where all sheets say the same, no join is needed."""
    sheets = {id: _bounds(sheet, least) for id, sheet in known.sheets.items()}
    different = set(sheets.values())
    if len(different) == 1:
        columns = ", ".join(f"{value} AS {name}" for name, value in zip(_Bounds._fields, different.pop(), strict=True))
        return f"(SELECT *, {columns} FROM {relation})"
    values = ", ".join(f"({literal(id)}, {', '.join(bounds)})" for id, bounds in sorted(sheets.items()))
    names = ", ".join(_Bounds._fields)
    return f"({relation} LEFT JOIN (VALUES {values or 'NULL'}) AS sheets(id, {names}) ON id = indicator)"
