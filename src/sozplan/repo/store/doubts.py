"""Which rows of a large table somebody has to look at: found by SQL, judged by the reader and the rules.

SQL only decides what is beyond doubt: rows of which it sees that they are well formed, in the sheet's range, agree with
their counts and are alone with their key. All others are read like those of a small file, so every finding has its
place, and a query that doubts too much costs time but tells nothing wrong.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from sozplan.model.figures import Quality
from sozplan.model.indicators import Indicator, Resource
from sozplan.model.terms import Publication
from sozplan.repo.observations import LABELS, Known, Reader
from sozplan.repo.signs import MISSING_SIGNS, QUALITIES, VALUE_SIGNS, ZERO_SIGNS
from sozplan.repo.store import prints
from sozplan.repo.store.duck import literal
from sozplan.repo.store.table import Key

if TYPE_CHECKING:
    import numpy as np
    from duckdb import DuckDBPyConnection
    from numpy.typing import NDArray

    from sozplan.repo.store.prints import Prints

_DAY_0, _LAST = date(1900, 1, 1), 65_535
LOOKED_AT = 2_000
"""Rows of a file that are read because of a doubt; how many more there are is said."""

_MONTHS = "(?:0[1-9]|1[0-2])-(?:0[1-9]|1[0-9]|2[0-8])|(?:0[13-9]|1[0-2])-(?:29|30)|(?:0[13578]|1[02])-31"
_SCHOOL = "|".join(f"{year}/{(year + 1) % 100:02}" for year in range(1950, 2050))
PERIOD = f"[12][0-9]{{3}}(?:-H[12]|-Q[1-4]|-(?:0[1-9]|1[0-2])|-(?:{_MONTHS}))?|{_SCHOOL}"
DAY = f"[12][0-9]{{3}}-(?:{_MONTHS})"
SIGNS = ("", *VALUE_SIGNS)
STATUS = ("", *QUALITIES, *(sign for sign, quality in VALUE_SIGNS.items() if quality))
_ESTIMATED = ", ".join(
    map(literal, (Quality.ESTIMATED.value, *(s for s, q in VALUE_SIGNS.items() if q is Quality.ESTIMATED)))
)


def any_of(texts: Iterable[str]) -> str:
    return "|".join(map(re.escape, sorted(texts, key=len, reverse=True)))


def well_formed(reader: Reader, without: Collection[str] = (), *, zeros: bool = True) -> str | None:
    """What a line of all the labels looks like if nothing has to be told; only empty fields are quoted.

    `without` leaves lines of these indicators out, without `zeros` those whose value ends in one behind the decimal
    sign; None where no others are known.
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
    number = exact["value"] if zeros else exact["value"].replace("{1,9}", "{0,8}[1-9]")
    values = (
        f"(?:{number}){delimiter}(?:{signs})",
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
    counted: str
    whole: str
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
        counted=str(sheet.is_whole("numerator")),
        whole=str(sheet.is_whole("value")),
        least=str(max(least, sheet.min_cases or 0) if sheet.publication is Publication.PUBLIC else 0),
    )


_CASES = "coalesce(numerator, value * denominator / factor)"
_OFF = "abs(CASE WHEN share THEN numerator / nullif(denominator, 0) * factor ELSE numerator END - value)"
_ROUNDED = " ".join(
    f"WHEN abs(value * {10**places} - round(value * {10**places})) < 1e-7 THEN {0.5 / 10**places:.8f}"
    for places in range(7)
)
_TOLERANCE = f"(CASE {_ROUNDED} ELSE 0 END + 1e-9)"
"""Half of the last digit, where no number ends in a zero behind the decimal sign."""
WRITTEN_TOLERANCE = "(0.5 * pow(10, -length(split_part(written, {decimal}, 2))) + 1e-9)"
"""The same by what is written, where some do."""
_FIRM = f"coalesce(status, '') NOT IN ({_ESTIMATED}) AND coalesce(sign, '') NOT IN ({_ESTIMATED})"
_START = """CASE WHEN period[5] = '/' THEN period[:4] || '-08-01'
    WHEN period[6] = 'H' THEN period[:4] || CASE period[7] WHEN '1' THEN '-01-01' ELSE '-07-01' END
    WHEN period[6] = 'Q' THEN period[:4] || CASE period[7]
        WHEN '1' THEN '-01-01' WHEN '2' THEN '-04-01' WHEN '3' THEN '-07-01' ELSE '-10-01' END
    ELSE period || '-01-01'[length(period) - 3:] END"""
"""The first day of a period."""


class Terms(NamedTuple):
    """What rows are judged by besides their sheets, as SQL."""

    source: str
    """All labels, numbers as DOUBLE, everything else as text."""
    print: str
    known_on: str
    """The day on which a row was known."""
    tolerance: str = _TOLERANCE
    delivery: str = "0::USMALLINT"
    """The day of a vintage after the release, as a number; else 0."""

    @property
    def is_ahead(self) -> str:
        """That the period began only after the value was there; texts are compared first, as that is cheap."""
        return (
            f"coalesce(period > {self.known_on} AND {_START} > {self.known_on} "
            "AND (value IS NOT NULL OR numerator IS NOT NULL), false)"
        )

    @property
    def is_doubted(self) -> str:
        """Most rows are sound, and the first condition is the shortest way to know it."""
        return f"""CASE WHEN {_OFF} <= 1e-9 AND {_CASES} >= least AND denominator - {_CASES} >= least
            AND value BETWEEN lowest AND coalesce(highest, value) AND period <= {self.known_on}
            AND (NOT counted OR (numerator = floor(numerator) AND denominator = floor(denominator))) THEN false
        ELSE coalesce(
            value < lowest OR value > highest OR numerator < 0 OR denominator < 0 OR (value <> 0 AND denominator = 0)
            OR (strict AND numerator > denominator)
            OR ((counted AND (numerator <> floor(numerator) OR denominator <> floor(denominator))
                OR whole AND value <> floor(value)) AND {_FIRM})
            OR (NOT perturbed AND CASE WHEN {_OFF} <= 1e-9 THEN false ELSE {_OFF} > {self.tolerance} END)
            OR ({_CASES} > 0 AND {_CASES} < least)
            OR (share AND (denominator < least OR denominator - {_CASES} < least))
            OR (NOT share AND numerator IS NULL AND value > 0 AND value < least), false) OR {self.is_ahead} END"""


def terms(source: str, reader: Reader, as_of: date | None, tolerance: str = _TOLERANCE) -> Terms:
    stated = reader.resource.vintage or as_of
    known_on = "vintage" if stated is None else f"coalesce(vintage, {literal(stated.isoformat())})"
    return Terms(source, prints.key(reader.resource.vintage), known_on, tolerance, _delivery(reader.resource))


def _delivery(resource: Resource) -> str:
    if resource.release is None:
        return "0::USMALLINT"
    stated = "vintage" if resource.vintage is None else f"coalesce(vintage, {literal(resource.vintage.isoformat())})"
    number = f"date_diff('day', DATE '{_DAY_0}', TRY_CAST({stated} AS DATE))"
    return (
        f"(CASE WHEN {stated} > {literal(resource.release.date.isoformat())} "
        f"THEN coalesce(least(greatest({number}, 0), {_LAST}), 0) ELSE 0 END)::USMALLINT"
    )


class Scanned(NamedTuple):
    """The number of each row, and which rows are doubted; the vintages after the release, of all rows."""

    prints: Prints
    later: frozenset[date]


def scanned(connection: DuckDBPyConnection, terms: Terms, known: Known, least: int) -> Scanned:
    """Of one scan.

    They are sorted and counted outside of DuckDB, where it takes a fraction of the time that a distinct count does.
    """
    found: dict[str, Any] = connection.execute(
        f"SELECT {terms.print} | ({terms.is_doubted})::UBIGINT AS print, {terms.delivery} AS delivery "
        f"FROM {_bounded(terms.source, known, least)}"
    ).fetchnumpy()
    return Scanned(prints.in_order(found["print"]), _days(found["delivery"]))


def _days(found: NDArray[np.uint16]) -> frozenset[date]:
    import numpy as np

    numbers = np.flatnonzero(np.bincount(found)).tolist() if len(found) else []
    return frozenset(_DAY_0 + timedelta(number) for number in numbers if number)


class Doubtful(NamedTuple):
    """The series and periods in which rows are doubted, and how many more rows are."""

    keys: Sequence[tuple[Key, str]] = ()
    more: int = 0


def doubtful(
    connection: DuckDBPyConnection, terms: Terms, known: Known, least: int, doubles: Collection[int]
) -> Doubtful:
    """Those doubted for themselves, and those that stand more than once, by their numbers; a second scan."""
    condition = f"{terms.print} IN ({', '.join(map(str, sorted(doubles))) or 'NULL'})"
    rows = connection.execute(
        f"SELECT DISTINCT indicator, area, period FROM {_bounded(terms.source, known, least)} "
        f"WHERE {terms.is_doubted} OR {condition} ORDER BY ALL"
    ).fetchall()
    keys = [((indicator, area), period) for indicator, area, period in rows[:LOOKED_AT] if None not in (area, period)]
    return Doubtful(keys, max(len(rows) - LOOKED_AT, 0))


def restricted(known: Known) -> set[str]:
    """The indicators that no file should hold: one row of each is looked at."""
    return {id for id, sheet in known.sheets.items() if sheet.publication is Publication.RESTRICTED}


def newest(connection: DuckDBPyConnection, terms: Terms, indicators: Collection[str]) -> list[tuple[Key, str]]:
    """A row of the latest period of each indicator: without it, an older one that is doubted would pass for it."""
    listed = ", ".join(map(literal, sorted(indicators))) or "NULL"
    rows = connection.execute(
        f"SELECT indicator, arg_max(area, period), max(period) FROM {terms.source} WHERE indicator IN ({listed}) "
        f"AND value IS NOT NULL AND area IS NOT NULL AND period <= {terms.known_on} GROUP BY indicator ORDER BY ALL"
    ).fetchall()
    return [((indicator, area), period) for indicator, area, period in rows]


def _bounded(source: str, known: Known, least: int) -> str:
    """The rows with what their sheets say; where all sheets say the same, no join is needed."""
    sheets = {id: _bounds(sheet, least) for id, sheet in known.sheets.items()}
    different = set(sheets.values())
    if len(different) == 1:
        columns = ", ".join(f"{value} AS {name}" for name, value in zip(_Bounds._fields, different.pop(), strict=True))
        return f"(SELECT *, {columns} FROM {source})"
    values = ", ".join(f"({literal(id)}, {', '.join(bounds)})" for id, bounds in sorted(sheets.items()))
    names = ", ".join(_Bounds._fields)
    return f"({source} LEFT JOIN (VALUES {values or 'NULL'}) AS sheets(id, {names}) ON id = indicator)"
