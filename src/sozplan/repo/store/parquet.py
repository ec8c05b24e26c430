"""Parquet: the same nine columns with declared types; rows are named by their number, there being no lines."""

from __future__ import annotations

from collections.abc import Mapping
from errno import EIO
from functools import partial
from os import strerror
from pathlib import Path
from typing import TYPE_CHECKING

from sozplan.diagnostics import Location, Text, diagnostic, text
from sozplan.repo.codes import table as codes
from sozplan.repo.observations import LABELS, Reader
from sozplan.repo.records import Record
from sozplan.repo.shown import shown
from sozplan.repo.store.calm import NUMBERS, calm_sql
from sozplan.repo.store.duck import failures, listed, opened
from sozplan.repo.store.question import Question
from sozplan.repo.store.table import FIELD, ROW, Apart, Key, Rows, as_group, even

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

SOURCE = "read_parquet(getvariable('source'), file_row_number = true)"
_EXACT = ("DECIMAL", "TINYINT", "SMALLINT", "INTEGER", "BIGINT")
_TYPES: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(LABELS, ("VARCHAR",)),
    **dict.fromkeys(NUMBERS, _EXACT),
    "vintage": ("DATE", "VARCHAR"),
}
_MAGIC = b"PAR1"


def answer(place: Path, reader: Reader, asked: Question | None) -> Rows:
    """The rows that are asked for, or all, by series; a file that isn't what it should be is noted."""
    if _magic(place) == (_MAGIC, _MAGIC):
        try:
            with opened(place) as connection:
                rows = _answered(connection, reader, asked) if begun(connection, reader) else _NOTHING
                return rows if asked is None else rows._replace(rest=partial(_rest, place, reader, asked))
        except failures():
            pass
    reader.faults.append(diagnostic(codes.PARQUET, Location(reader.file), fault=_UNREADABLE))
    return _NOTHING


def _rest(place: Path, reader: Reader, asked: Question) -> Mapping[Key, str]:
    try:
        with opened(place) as connection:
            return _answered(connection, reader, asked._replace(central=asked.areas)).texts
    except failures() as error:
        raise OSError(EIO, strerror(EIO), str(place)) from error  # it could be read a moment ago


_NOTHING = Rows({}, frozenset())
_UNREADABLE = text(de="Das ist keine lesbare Parquet-Datei", en="This is no Parquet file that can be read")


def _magic(place: Path) -> tuple[bytes, bytes]:
    with place.open("rb") as file:
        start = file.read(len(_MAGIC))
        file.seek(0, 2)
        file.seek(max(file.tell() - len(_MAGIC), 0))
        return start, file.read()


def begun(connection: DuckDBPyConnection, reader: Reader) -> bool:
    """Whether the columns are those of a table of observations, in types that lose nothing."""
    described = connection.execute(f"DESCRIBE SELECT * EXCLUDE (file_row_number) FROM {SOURCE}").fetchall()
    labels = [label for label, *_ in described]
    if not reader.begin(Record(1, labels, [(1, i) for i in range(1, len(labels) + 1)])):
        return False
    reader.decimal = "."
    before = len(reader.faults)
    for i, (label, kind, *_) in enumerate(described, 1):
        allowed = _TYPES.get(label, (kind,))
        if not kind.startswith(allowed):
            fault = _other_type(label, shown(kind), allowed[0])
            reader.faults.append(diagnostic(codes.PARQUET, Location(reader.file, 1, i), fault=fault))
    return len(reader.faults) == before


def _other_type(label: str, found: str, right: str) -> Text:
    return text(
        de=f"Die Spalte „{label}“ hat den Typ {found}, richtig ist {right}",
        en=f"The column “{label}” has the type {found}; right is {right}",
    )


def _answered(connection: DuckDBPyConnection, reader: Reader, asked: Question | None) -> Rows:
    if asked is None:
        return Rows(_texts(connection, reader, "area", "true"), frozenset())
    wanted = f"indicator IN {listed(asked.indicators)}"
    if asked.by == "area":
        wanted += f" AND area IN {listed(asked.areas)}"
    calm = f"coalesce({_calm(reader, asked)}, false)"
    small = f"string_agg(DISTINCT area, '{ROW}') FILTER (NOT {calm})"
    seen = connection.execute(f"SELECT indicator, {small} FROM {SOURCE} WHERE {wanted} GROUP BY indicator").fetchall()
    delicate = {(indicator, area) for indicator, areas in seen for area in (areas or "").split(ROW) if area}
    partly: frozenset[str] = frozenset()
    if asked.by == "area":
        whole = {indicator for indicator, _ in delicate}
        partly = frozenset(indicator for indicator, _ in seen).difference(whole)
        wanted += f" AND (area IN {listed(asked.central)} OR indicator IN {listed(whole)})"
    return Rows(_texts(connection, reader, asked.by, wanted), frozenset(delicate), partly=partly)


def _texts(connection: DuckDBPyConnection, reader: Reader, by: str, wanted: str) -> Mapping[Key, str]:
    """By series, or by indicator and period."""
    fields = ", ".join(f"coalesce(\"{label}\"::VARCHAR, '')" for label in reader.columns)
    row = f"concat_ws('{FIELD}', file_row_number + 1, {fields})"
    query = f"SELECT indicator, \"{by}\", string_agg({row}, '{ROW}') FROM {SOURCE} WHERE {wanted} GROUP BY ALL"
    texts: dict[Key, str] = {}
    for indicator, group, rows in connection.execute(query).fetchall():
        key = indicator or "", as_group(group or "", by)
        texts[key] = f"{texts[key]}{ROW}{rows}" if key in texts else rows
    return texts


def _calm(reader: Reader, asked: Question) -> str:
    """Whether a row needs no protection."""
    numbers = {label: f'"{label}"' if label in reader.columns else "NULL" for label in NUMBERS}
    empty = {label: f"{number} IS NULL" for label, number in numbers.items()}
    sign = "coalesce(sign, '')" if "sign" in reader.columns else "''"
    return calm_sql(reader, asked, sign, {label: f"{number}::DOUBLE" for label, number in numbers.items()}, empty)


def relation(reader: Reader) -> str:
    """All labels, in the types that are computed with: what a column of CSV would be read as."""
    columns = {label: f'"{label}"' if label in reader.columns else "NULL" for label in LABELS}
    columns |= {label: f"{columns[label]}::DOUBLE" for label in NUMBERS}
    columns["vintage"] = f"nullif({columns['vintage']}::VARCHAR, '')"
    return f"(SELECT {', '.join(f'{column} AS {label}' for label, column in columns.items())} FROM {SOURCE})"


def first(place: Path, reader: Reader, condition: str, most: int) -> list[Record]:
    """The first rows that meet an SQL condition."""
    fields = ", ".join(f"coalesce(\"{label}\"::VARCHAR, '')" for label in reader.columns)
    row = f"concat_ws('{FIELD}', file_row_number + 1, {fields})"
    query = f"SELECT {row} FROM {SOURCE} WHERE {condition} ORDER BY file_row_number LIMIT {most}"
    with opened(place) as connection:
        return [_record(row, reader) for (row,) in connection.execute(query).fetchall()]


def apart(reader: Reader) -> Apart:
    return Apart(partial(records, reader=reader), _fields, partial(_columns, reader=reader))


def _fields(rows: str) -> list[list[str]]:
    return [row.split(FIELD)[1:] for row in rows.split(ROW)]


def _columns(rows: str, reader: Reader) -> list[list[str]] | None:
    """Without the number of the row."""
    found = even(rows, FIELD, reader.width + 1)
    return None if found is None else found[1:]


def records(rows: str, reader: Reader) -> list[Record]:
    """As if the rows had stood in a CSV file: the same reader then judges them."""
    return sorted((_record(each, reader) for each in rows.split(ROW)), key=lambda record: record.line)


def _record(row: str, reader: Reader) -> Record:
    """Zeros behind the last digit are the type's, not the supplier's."""
    number, *fields = row.split(FIELD)
    for label in NUMBERS:
        if (i := reader.columns.get(label)) is not None and i < len(fields) and "." in fields[i]:
            fields[i] = fields[i].rstrip("0").rstrip(".")
    return Record(int(number), fields, [(int(number), column) for column in range(1, len(fields) + 1)])
