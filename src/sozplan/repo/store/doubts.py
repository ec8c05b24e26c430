"""Which rows of a large table somebody has to look at: found by SQL, judged by the reader and the rules.

SQL only decides what is beyond doubt: rows of which it sees that they are well formed, in the sheet's range, agree with
their counts and are alone with their key. All others are read like those of a small file, so every finding has its
place, and a query that doubts too much costs time but tells nothing wrong.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from sozplan.model.figures import Quality
from sozplan.model.indicators import Indicator, Resource
from sozplan.model.terms import Publication
from sozplan.repo.observations import Known, Reader
from sozplan.repo.signs import MISSING_SIGNS, QUALITIES, VALUE_SIGNS, ZERO_SIGNS
from sozplan.repo.store import prints
from sozplan.repo.store.calm import NUMBERS
from sozplan.repo.store.duck import listed, literal
from sozplan.repo.store.table import Key

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

    from sozplan.repo.store.prints import Prints

LOOKED_AT = 2_000
"""Rows of a file that are read because of a doubt; how many more there are is said."""

_MONTHS = "(?:0[1-9]|1[0-2])-(?:0[1-9]|1[0-9]|2[0-8])|(?:0[13-9]|1[0-2])-(?:29|30)|(?:0[13578]|1[02])-31"
_SCHOOL = "|".join(f"{year}/{(year + 1) % 100:02}" for year in range(1950, 2050))
PERIOD = f"[12][0-9]{{3}}(?:-H[12]|-Q[1-4]|-(?:0[1-9]|1[0-2])|-(?:{_MONTHS}))?|{_SCHOOL}"
DAY = f"[12][0-9]{{3}}-(?:{_MONTHS})"
SIGNS = ("", *VALUE_SIGNS)
STATUS = ("", *QUALITIES, *(sign for sign, quality in VALUE_SIGNS.items() if quality))
ESTIMATED = (Quality.ESTIMATED.value, *(sign for sign, quality in VALUE_SIGNS.items() if quality is Quality.ESTIMATED))


def any_of(texts: Iterable[str]) -> str:
    return "|".join(map(re.escape, sorted(texts, key=len, reverse=True)))


def well_formed(reader: Reader, without: Collection[str] = (), *, zeros: bool = True) -> str | None:
    """What a line of all the labels looks like if nothing has to be told; only empty fields are quoted.

    `without` leaves lines of these indicators out, without `zeros` those whose value ends in one behind the decimal
    sign; None where no others are known. Columns that count have fractions only in rows that are estimated.
    """
    groups: dict[frozenset[str], list[str]] = {}
    for id, sheet in reader.known.sheets.items():
        if id not in without:
            counted = frozenset(label for label in NUMBERS if label in reader.whole or sheet.is_whole(label))
            groups.setdefault(counted, []).append(id)
    lines = (
        _joined(reader, any_of(ids), any_of(reader.known.keys), PERIOD, _rest(reader, counted, zeros))
        for counted, ids in sorted(groups.items(), key=lambda group: sorted(group[0]))
    )
    return "|".join(lines) or None


def _joined(reader: Reader, *forms: str) -> str:
    return re.escape(reader.resource.dialect.delimiter).join(f"(?:{form})" for form in forms)


def _rest(reader: Reader, counted: frozenset[str], zeros: bool) -> str:
    """All behind the period, where these columns are whole; or where somebody estimated, in status or sign."""
    signs, status = ("", *VALUE_SIGNS), f'{any_of(STATUS)}|""'
    firm = _numbers(reader, counted, zeros, signs, status)
    loose = counted & reader.whole
    if loose == counted:
        return firm
    guessed = [sign for sign in signs if VALUE_SIGNS.get(sign) is Quality.ESTIMATED]
    in_status = _numbers(reader, loose, zeros, signs, any_of(ESTIMATED))
    return f"{firm}|{in_status}|{_numbers(reader, loose, zeros, guessed, status)}"


def _numbers(reader: Reader, whole: frozenset[str], zeros: bool, signs: Collection[str], status: str) -> str:
    point = re.escape(reader.decimal)
    fraction = {label: f"(?:{point}[0-9]{{1,9}})?" if label not in whole else "" for label in NUMBERS}
    exact = {label: f"-?[0-9]{{1,18}}{fraction[label]}" for label in NUMBERS}
    missing, zero = any_of(MISSING_SIGNS), any_of(ZERO_SIGNS)
    number = exact["value"] if zeros else exact["value"].replace("{1,9}", "{0,8}[1-9]")
    has_any = "" in signs
    values = (
        _joined(reader, number, f'{any_of(signs)}|""' if has_any else any_of(signs)),
        _joined(reader, f"0(?:{point}0+)?", zero),
        _joined(reader, '(?:"")?', f'{missing}|""|'),
        _joined(reader, f"{missing}|{zero}", '(?:"")?'),
    )
    counts = (f'{exact[label]}|(?:"")?' for label in NUMBERS[:2])
    return _joined(reader, *counts, "|".join(values if has_any else values[:1]), status, f'{DAY}|(?:"")?')


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
_FIRM = f"coalesce(status, '') NOT IN {listed(ESTIMATED)} AND coalesce(sign, '') NOT IN {listed(ESTIMATED)}"
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
    is_later: str = "false"
    """That the vintage came after the release."""
    stated: str = "vintage"
    is_formed: bool = False
    """Whether only rows are doubted that are written as `well_formed` says."""

    @property
    def is_ahead(self) -> str:
        """That the period began only after the value was there; texts are compared first, as that is cheap."""
        return (
            f"coalesce(period > {self.known_on} AND {_START} > {self.known_on} "
            "AND (value IS NOT NULL OR numerator IS NOT NULL), false)"
        )

    @property
    def is_fraction(self) -> str:
        """That a column that counts has a fraction, where that wasn't seen before."""
        if self.is_formed:
            return "false"
        return f"""((counted AND (numerator <> floor(numerator) OR denominator <> floor(denominator))
                OR whole AND value <> floor(value)) AND {_FIRM})"""

    @property
    def is_doubted(self) -> str:
        """Most rows are sound, and the first condition is the shortest way to know it."""
        return f"""CASE WHEN {_OFF} <= 1e-9 AND {_CASES} >= least AND denominator - {_CASES} >= least
            AND value BETWEEN lowest AND coalesce(highest, value) AND period <= {self.known_on}
            AND NOT coalesce({self.is_fraction}, false) THEN false
        ELSE coalesce(
            value < lowest OR value > highest OR numerator < 0 OR denominator < 0 OR (value <> 0 AND denominator = 0)
            OR (strict AND numerator > denominator)
            OR {self.is_fraction}
            OR (NOT perturbed AND CASE WHEN {_OFF} <= 1e-9 THEN false ELSE {_OFF} > {self.tolerance} END)
            OR ({_CASES} > 0 AND {_CASES} < least)
            OR (share AND (denominator < least OR denominator - {_CASES} < least))
            OR (NOT share AND numerator IS NULL AND value > 0 AND value < least), false) OR {self.is_ahead} END"""


def terms(
    source: str, reader: Reader, as_of: date | None, tolerance: str = _TOLERANCE, *, is_formed: bool = True
) -> Terms:
    stated = reader.resource.vintage or as_of
    known_on = "vintage" if stated is None else f"coalesce(vintage, {literal(stated.isoformat())})"
    resource = reader.resource
    return Terms(
        source, prints.key(resource.vintage), known_on, tolerance, _is_later(resource), _stated(resource), is_formed
    )


def _is_later(resource: Resource) -> str:
    """Whether a row's vintage came after what was released."""
    if resource.release is None:
        return "false"
    return f"coalesce({_stated(resource)} > {literal(resource.release.date.isoformat())}, false)"


def _stated(resource: Resource) -> str:
    return "vintage" if resource.vintage is None else f"coalesce(vintage, {literal(resource.vintage.isoformat())})"


class Scanned(NamedTuple):
    """The number of each row, and which rows are doubted; the vintages after the release, of all rows."""

    prints: Prints
    later: frozenset[date]


def scanned(connection: DuckDBPyConnection, terms: Terms, known: Known, least: int) -> Scanned:
    """Of one scan; what came after a release is asked for once more, where anything did.

    They are sorted and counted outside of DuckDB, where it takes a fraction of the time that a distinct count does.
    """
    marks = f"({terms.is_doubted})::UBIGINT * {prints.DOUBTED} | ({terms.is_later})::UBIGINT * {prints.LATE}"
    query = f"SELECT {terms.print} | {marks} AS print FROM {_bounded(terms.source, known, least)}"
    found = prints.fetched(connection.execute(query))
    return Scanned(found, _days(connection, terms) if prints.has(found, prints.LATE) else frozenset())


def _days(connection: DuckDBPyConnection, terms: Terms) -> frozenset[date]:
    query = f"SELECT DISTINCT TRY_CAST({terms.stated} AS DATE) FROM {terms.source} WHERE {terms.is_later}"
    return frozenset(day for (day,) in connection.execute(query).fetchall() if day is not None)


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
