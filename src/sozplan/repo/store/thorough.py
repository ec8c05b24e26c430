"""Every row of a large table is checked: what is beyond doubt by SQL, all else by the reader of small files.

A check has two steps, since a row may only be doubtful beside those of other files: `prints` can be had first, of all
files, and `finish` is told which of them stand elsewhere.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol

from sozplan.diagnostics import Location, diagnostic
from sozplan.model.figures import Cell
from sozplan.repo.codes import table as codes
from sozplan.repo.observations import LABELS, Reader
from sozplan.repo.records import Record
from sozplan.repo.signs import MISSING_SIGNS, ZERO_SIGNS
from sozplan.repo.store import doubts, lines, parquet, prints
from sozplan.repo.store.calm import NUMBERS
from sozplan.repo.store.doubts import LOOKED_AT, Doubtful, Scanned, Terms
from sozplan.repo.store.duck import failures, literal, opened
from sozplan.repo.store.prints import Repeated
from sozplan.repo.store.question import Question
from sozplan.repo.store.table import FIELD, Key, Rows, Table

if TYPE_CHECKING:
    from datetime import date

    from sozplan.repo.store.prints import Prints

TYPES = dict.fromkeys(LABELS, "VARCHAR") | dict.fromkeys(NUMBERS, "DOUBLE")
_ROWS = 10 * LOOKED_AT
"""Vintages and doubles included, more rows than the periods that are looked at."""
_MISSING = "[{}]".format(", ".join(map(literal, ("", *MISSING_SIGNS, *ZERO_SIGNS))))


class Checking(Protocol):
    """A file on its way through a check."""

    prints: Prints
    later: frozenset[date]
    """The vintages of all rows that came after the release."""

    def finish(self, elsewhere: Repeated) -> tuple[Cell, ...]:
        """Looks at what is doubted, and at what stands in other files as well; gives the cells that aren't asked."""
        ...


class Odd(NamedTuple):
    """Rows not written as they should be: to be read by themselves, their series, and how many more there are."""

    records: list[Record]
    keys: set[Key]
    more: int


class CheckedTable:
    """The check of a table that is asked by SQL."""

    def __init__(self, place: Path, table: Table, odd: Odd, terms: Sequence[Terms]) -> None:
        """The first terms that the file can be read by are those that hold."""
        self._place, self.table, self._odd = place, table, odd
        from concurrent.futures import ThreadPoolExecutor  # which only large tables need

        with ThreadPoolExecutor(1) as beside:
            scan = beside.submit(self._scanned, terms)
            table.prepare()
            self._terms, (self.prints, self.later) = scan.result()

    def _scanned(self, terms: Sequence[Terms]) -> tuple[Terms, Scanned]:
        reader, asked, first = self.table.reader, self.table.asked, terms[0]
        try:
            with opened(self._place, ordered=False) as connection:
                return first, doubts.scanned(connection, first, reader.known, asked.least)
        except failures():
            if len(terms) == 1:
                raise
            return self._scanned(terms[1:])

    def finish(self, elsewhere: Repeated) -> tuple[Cell, ...]:
        own = prints.repeated(self.prints, LOOKED_AT)
        doubles = {*own.first, *elsewhere.first}
        if doubles:
            self.table.reconsider()
        is_doubted = doubles or prints.has(self.prints, prints.DOUBTED)
        found = self._found(doubles) if is_doubted else Doubtful()
        closed = doubts.restricted(self.table.reader.known)
        newest = self._newest({indicator for (indicator, _), _ in found.keys} | closed)
        more = own.number - len(own.first) + elsewhere.number - len(elsewhere.first)
        self._look_at(found._replace(more=found.more + more), newest)
        return ()

    def _found(self, doubles: Collection[int]) -> Doubtful:
        reader, asked = self.table.reader, self.table.asked
        with opened(self._place, ordered=False) as connection:
            return doubts.doubtful(connection, self._terms, reader.known, asked.least, doubles)

    def _newest(self, indicators: set[str]) -> list[tuple[Key, str]]:
        others = indicators - self.table.asked.indicators
        if not others:
            return []
        with opened(self._place, ordered=False) as connection:
            return doubts.newest(connection, self._terms, others)

    def _look_at(self, found: Doubtful, newest: list[tuple[Key, str]]) -> None:
        table = self.table
        outside = [each for each in (*found.keys, *newest) if not table.has(each[0])]
        records = [*self._odd.records, *(self._records(outside) if outside else ())]
        once = {record.line: record for record in records}
        table.look_at(once.values(), self._odd.keys | {key for key, _ in found.keys})
        tell(table.reader, self._odd.more + found.more, len(table.asked.central))

    def _records(self, keys: list[tuple[Key, str]]) -> list[Record]:
        reader = self.table.reader
        if reader.resource.format != "parquet":
            return lines.of_series(self._place, reader, keys, _ROWS)
        listed = ", ".join(literal(FIELD.join((*key, period))) for key, period in keys)
        start = f"concat_ws('{FIELD}', indicator, area, period)"  # a list of tuples would be compared one by one
        return parquet.first(self._place, reader, f"{start} IN ({listed})", _ROWS)


def tell(reader: Reader, more: int, areas: int) -> None:
    """What wasn't looked at, of a file that was checked without being held."""
    at = Location(reader.file)
    if more:
        reader.faults.append(diagnostic(codes.MORE_ROWS, at, rows=more, told=LOOKED_AT))
    reader.faults.append(diagnostic(codes.COMPARED_IN_PART, at, areas=areas))


def checked_lines(place: Path, reader: Reader, asked: Question, located: bool, as_of: date | None) -> CheckedTable:
    """A CSV file whose lines are records; raises `UnsuitedError` for all others."""
    if tuple(sorted(reader.columns, key=reader.columns.__getitem__)) != LABELS:
        raise lines.UnsuitedError
    form = doubts.well_formed(reader)
    if form is None:
        raise lines.UnsuitedError
    forms = lines.Forms(form, doubts.well_formed(reader, asked.indicators, zeros=False), asked.indicators)
    rows = lines.answer(place, reader, asked, located, forms)
    table = Table(reader, asked, rows, lines.apart(reader))
    records = lines.malformed(place, reader, form, LOOKED_AT) if rows.malformed else []
    if rows.malformed > LOOKED_AT and _are_sound(records, reader):
        raise lines.UnsuitedError
    odd = Odd(records, {reader.key(record) for record in records}, max(rows.malformed - LOOKED_AT, 0))
    try:
        # signs among the numbers slow the reading down, so they are reckoned with only where there are some
        return CheckedTable(place, table, odd, [_terms(reader, rows, signs, as_of) for signs in ("['']", _MISSING)])
    except failures() as error:
        raise lines.UnsuitedError from error


def _are_sound(records: list[Record], reader: Reader) -> bool:
    """Whether most are only written in another way: all fields in quotes, blanks around them."""
    judge = replace(reader, faults=[], seen=None)
    return sum(judge.cell(record) is not None for record in records) * 2 > len(records)


def _terms(reader: Reader, rows: Rows, missing: str, as_of: date | None) -> Terms:
    """Where values are written with zeros at their end, they are read as text, to see how exact they are."""
    types = TYPES | ({"value": "VARCHAR"} if rows.padded else {})
    columns = ", ".join(f"'{label}': '{kind}'" for label, kind in types.items())
    source = (
        f"read_csv(getvariable('source'), delim = {literal(reader.resource.dialect.delimiter)}, header = true, "
        f"auto_detect = false, quote = '\"', escape = '\"', decimal_separator = {literal(reader.decimal)}, "
        f"nullstr = {missing}, ignore_errors = {rows.malformed > 0 and missing == _MISSING}, columns = {{{columns}}})"
    )
    if not rows.padded:
        return doubts.terms(source, reader, as_of)
    number = f"TRY_CAST(replace(value, {literal(reader.decimal)}, '.') AS DOUBLE)"
    source = f"(SELECT * REPLACE ({number} AS value), value AS written FROM {source})"
    tolerance = doubts.WRITTEN_TOLERANCE.format(decimal=literal(reader.decimal))
    return doubts.terms(source, reader, as_of, tolerance)


def checked_parquet(place: Path, reader: Reader, asked: Question, as_of: date | None) -> CheckedTable | None:
    """None of a file that isn't what it should be, which is noted."""
    rows = parquet.answer(place, reader, asked)
    table = Table(reader, asked, rows, parquet.apart(reader))
    if not reader.width or reader.faults:
        return None
    records = parquet.first(place, reader, f"NOT coalesce({_well_formed(reader)}, false)", LOOKED_AT + 1)
    keys = {reader.key(record) for record in records}
    outside = [record for record in records if not table.has(reader.key(record))]
    odd = Odd(outside, keys, int(len(records) > LOOKED_AT))
    return CheckedTable(place, table, odd, [doubts.terms(parquet.relation(reader), reader, as_of, is_formed=False)])


def _well_formed(reader: Reader) -> str:
    known = reader.known
    signs = {*doubts.SIGNS, *MISSING_SIGNS}
    keys = {"indicator": known.sheets, "area": known.keys, "sign": signs, "status": doubts.STATUS}
    forms = [
        f"coalesce({label}, '') IN ({', '.join(map(literal, sorted(texts))) or 'NULL'})"
        for label, texts in keys.items()
        if label in reader.columns
    ]
    if "sign" in reader.columns:
        forms.append(f"(value IS NULL OR coalesce(sign, '') IN ({', '.join(map(literal, doubts.SIGNS))}))")
    return " AND ".join((*forms, f"regexp_full_match(period, {literal(doubts.PERIOD)})"))
