"""Every row of a large table is checked: what is beyond doubt by SQL, all else by the reader of small files."""

from __future__ import annotations

from pathlib import Path

from sozplan.diagnostics import Location, diagnostic
from sozplan.repo.codes import csv as codes
from sozplan.repo.observations import LABELS, MISSING_SIGNS, ZERO_SIGNS, Reader
from sozplan.repo.records import Record
from sozplan.repo.store import doubts, lines, parquet
from sozplan.repo.store.calm import NUMBERS
from sozplan.repo.store.doubts import LOOKED_AT, Doubtful
from sozplan.repo.store.duck import failures, literal, opened
from sozplan.repo.store.question import Question
from sozplan.repo.store.table import Rows, Table

_TYPES = dict.fromkeys(LABELS, "VARCHAR") | dict.fromkeys(NUMBERS, "DOUBLE")
_MISSING = "[{}]".format(", ".join(map(literal, ("", *MISSING_SIGNS, *ZERO_SIGNS))))


def checked_lines(place: Path, reader: Reader, asked: Question, located: bool) -> Table:
    """A CSV file whose lines are records; raises `UnsuitedError` for all others."""
    if tuple(sorted(reader.columns, key=reader.columns.__getitem__)) != LABELS:
        raise lines.UnsuitedError
    form = doubts.well_formed(reader)
    if form is None:
        raise lines.UnsuitedError
    forms = lines.Forms(form, doubts.well_formed(reader, asked.indicators))
    rows = lines.answer(place, reader, asked, located, forms)
    table = Table(reader, asked, rows, lines.apart(reader))
    found = _doubtful_lines(place, reader, asked, rows)
    records = lines.malformed(place, reader, form, LOOKED_AT) if rows.malformed else []
    outside = [each for each in found.keys if each[0] not in rows.texts]
    if outside:
        records += lines.of_series(place, reader, outside, LOOKED_AT)
    _look_at(table, records, found, max(rows.malformed - LOOKED_AT, 0))
    return table


def _doubtful_lines(place: Path, reader: Reader, asked: Question, rows: Rows) -> Doubtful:
    """Signs among the numbers slow the reading down, so they are reckoned with only where there are some."""
    try:
        with opened(place, ordered=False) as connection:
            try:
                return doubts.doubtful(connection, _typed(reader, rows, "['']"), reader.known, asked.least)
            except failures():
                return doubts.doubtful(connection, _typed(reader, rows, _MISSING), reader.known, asked.least)
    except failures() as error:
        raise lines.UnsuitedError from error


def _typed(reader: Reader, rows: Rows, missing: str) -> str:
    types = ", ".join(f"'{label}': '{kind}'" for label, kind in _TYPES.items())
    return (
        f"read_csv(getvariable('source'), delim = {literal(reader.resource.dialect.delimiter)}, header = true, "
        f"auto_detect = false, quote = '\"', escape = '\"', decimal_separator = {literal(reader.decimal)}, "
        f"nullstr = {missing}, ignore_errors = {rows.malformed > 0 and missing == _MISSING}, columns = {{{types}}})"
    )


def checked_parquet(place: Path, reader: Reader, asked: Question) -> Table:
    rows = parquet.answer(place, reader, asked)
    table = Table(reader, asked, rows, parquet.apart(reader))
    if not reader.width or reader.faults:
        return table
    with opened(place, ordered=False) as connection:
        found = doubts.doubtful(connection, parquet.relation(reader), reader.known, asked.least)
    condition = f"NOT coalesce({_well_formed(reader)}, false)"
    records = parquet.first(place, reader, condition, LOOKED_AT + 1)
    more = len(records) > LOOKED_AT
    doubted = {reader.key(record) for record in records} | {key for key, _ in found.keys}
    outside = [each for each in found.keys if each[0] not in rows.texts]
    if outside:
        keys = ", ".join(f"({', '.join(map(literal, (*key, period)))})" for key, period in outside)
        records += parquet.first(place, reader, f"(indicator, area, period) IN ({keys})", LOOKED_AT)
    records = [record for record in records if reader.key(record) not in rows.texts]
    _look_at(table, records, found._replace(keys=[(key, "") for key in doubted]), int(more))
    return table


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


def _look_at(table: Table, records: list[Record], found: Doubtful, more: int) -> None:
    once = {record.line: record for record in records}
    table.look_at(once.values(), {key for key, _ in found.keys})
    if more + found.more:
        at = Location(table.reader.file)
        table.reader.faults.append(diagnostic(codes.MORE_ROWS, at, rows=more + found.more, told=LOOKED_AT))
