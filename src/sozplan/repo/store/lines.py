"""CSV by its physical lines: DuckDB sieves out the few that are asked for, our own reader takes them apart.

DuckDB is told that a line is one single field. So nothing is guessed or converted, lines keep their number, and a
cell is the same as if the whole file had been read row by row. What can't be read by lines – quotes over several of
them, another encoding, mixed line ends – is left to the reader that goes through the file.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from errno import EIO
from functools import partial
from os import strerror
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from sozplan.repo.observations import Reader
from sozplan.repo.records import Record, record
from sozplan.repo.store.calm import NUMBERS, Calm, calm_sql
from sozplan.repo.store.duck import failures, listed, literal, opened
from sozplan.repo.store.question import Question
from sozplan.repo.store.table import FIELD, ROW, Apart, Key, Rows, as_group, even

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

SOURCE = (
    "read_csv(getvariable('source'), delim = '\x1f', header = false, auto_detect = false, quote = '', escape = '', "
    "columns = {'line': 'VARCHAR'})"
)
NUMBERED = f"(SELECT row_number() OVER () AS number, line FROM {SOURCE})"


class UnsuitedError(Exception):
    """The file can't be read by lines."""


class Forms(NamedTuple):
    """What a sound line looks like, and one of an indicator that nobody asks for (None where there is none).

    The second has no zero at the end of its value either: lines that do are looked at, to see that there are some.
    """

    sound: str
    aside: str | None
    asked: frozenset[str]


def answer(place: Path, reader: Reader, asked: Question, located: bool, form: Forms | None = None) -> Rows:
    """The lines of these indicators and areas; with a form, how many lines of the whole file don't have it.

    Numbering lines takes as long as reading them: where nobody asks for places, they are only told apart.
    """
    try:
        with opened(place, ordered=located) as connection:
            rows = _answered(connection, reader, asked, located, form)
    except failures() as error:
        raise UnsuitedError from error
    return rows._replace(rest=partial(_rest, place, reader, asked, located, form))


def _rest(place: Path, reader: Reader, asked: Question, located: bool, form: Forms | None) -> Mapping[Key, str]:
    try:
        return answer(place, reader, asked._replace(central=asked.areas), located, form).texts
    except UnsuitedError as error:
        raise OSError(EIO, strerror(EIO), str(place)) from error  # it could be read a moment ago


def _answered(
    connection: DuckDBPyConnection, reader: Reader, asked: Question, located: bool, form: Forms | None
) -> Rows:
    """What is found is held for a moment: which areas are needed besides the central ones is known when it is there."""
    kind = "VIEW" if asked.by == "period" else "TABLE"
    connection.execute(f"CREATE TEMP {kind} hits AS {_hits(reader, asked, located, form)}")
    central = _among(reader, "area", asked.central) if asked.by == "area" else "true"
    found = connection.execute(_query(reader, asked, located, form, f"quoted OR {central}")).fetchall()
    if any(over_several for *_, over_several, _, _ in found):
        raise UnsuitedError
    rows = _grouped(found, reader, asked)
    delicate = {indicator for indicator, _ in rows.delicate}
    if asked.by == "period" or not delicate:
        return rows
    needed = f"quoted OR {central} OR {_among(reader, 'indicator', delicate)}"
    found = connection.execute(_query(reader, asked, located, form, needed)).fetchall()
    return _grouped(found, reader, asked)


def _hits(reader: Reader, asked: Question, located: bool, form: Forms | None) -> str:
    faulty = "false" if form is None else f"NOT regexp_full_match(line, {literal(form.sound)})"
    number = "number, " if located else ""
    return (
        f"SELECT {number}line, {_QUOTED} AS quoted, {_spread(reader)} AS spread, {faulty} AS faulty "
        f"FROM {NUMBERED if located else SOURCE} WHERE {_sieve(reader, asked, form)}"
    )


_QUOTED = "contains(line, '\"')"


def _spread(reader: Reader) -> str:
    """Whether a quote is still open where the line ends."""
    return f"({_QUOTED} AND NOT regexp_full_match(line, {literal(_whole(reader))}))"


def _query(reader: Reader, asked: Question, located: bool, form: Forms | None, kept: str) -> str:
    """Series, those of their rows that are kept, delicate areas, and of the lines: whether a quote runs on, how many
    lack the form, whether zeros end values.
    """
    row = f"concat(number, '{FIELD}', line)" if located else "line"
    split = f"string_split(line, {literal(reader.resource.dialect.delimiter)})"
    numbers = ", ".join(f"{_double(reader, label)} AS {label}" for label in NUMBERS)  # once, as they are asked often
    lines = (
        f"SELECT *, {row} AS row, {split} AS fields, {_field(reader, 'indicator')} AS indicator, {numbers} FROM hits"
    )
    wanted, padded = ("true", "false")
    if form is not None:
        wanted, padded = f"(quoted OR {_among(reader, 'indicator', form.asked)})", _padded(reader)
    plain = f"NOT quoted AND NOT faulty AND {wanted}"
    keys = ", ".join(f"CASE WHEN {plain} THEN {_field(reader, name)} END" for name in ("indicator", asked.by))
    delicate = (
        f"string_agg(DISTINCT {_field(reader, 'area')}, '{ROW}') FILTER (NOT coalesce({_calm(reader, asked)}, false))"
    )
    rows = f"string_agg(row, '{ROW}') FILTER (NOT faulty AND {wanted} AND ({kept}))"
    return (
        f"SELECT {keys}, {rows}, {delicate}, bool_or(spread), count_if(faulty), coalesce(bool_or({padded}), false) "
        f"FROM ({lines}) GROUP BY 1, 2"
    )


def _among(reader: Reader, label: str, texts: Collection[str]) -> str:
    """Whether a field is one of these, where there is such a field at all."""
    return f"coalesce({_field(reader, label)} IN {listed(texts)}, false)"


def _padded(reader: Reader) -> str:
    number = f"-?[0-9]+{re.escape(reader.decimal)}[0-9]*0"
    return f"regexp_full_match({_field(reader, 'value')}, {literal(number)})"


def _sieve(reader: Reader, asked: Question, form: Forms | None) -> str:
    """With a form one look at each line tells what is left; where a quote runs on, a line isn't sound either."""
    if form is None:
        return f"{_speaks_of(reader, asked)} OR {_spread(reader)}"
    if form.aside is None:
        return "true"
    return f"NOT regexp_matches(line, {literal(f'^(?:{form.aside})$')})"  # a little faster than a full match


def malformed(place: Path, reader: Reader, form: str, most: int) -> list[Record]:
    """The first lines that don't have the form."""
    return list(records_of(_first(place, f"NOT regexp_full_match(line, {literal(form)})", most), reader))


def of_series(place: Path, reader: Reader, keys: Iterable[tuple[Key, str]], most: int) -> list[Record]:
    """The lines of these series and periods."""
    delimiter = reader.resource.dialect.delimiter
    starts = ", ".join(literal(delimiter.join((*key, period))) for key, period in keys)
    field = f"[^{re.escape(delimiter)}]*"
    start = f"regexp_extract(line, {literal(f'^{re.escape(delimiter).join([field] * 3)}')})"
    return list(records_of(_first(place, f"{start} IN ({starts})", most), reader))


def _first(place: Path, condition: str, most: int) -> list[Line]:
    query = f"SELECT number, line FROM {NUMBERED} WHERE number > 1 AND {condition} ORDER BY number LIMIT {most}"
    with opened(place) as connection:
        return [Line(number, line) for number, line in connection.execute(query).fetchall()]


def _field(reader: Reader, label: str) -> str:
    return f"fields[{reader.columns[label] + 1}]"


def _double(reader: Reader, label: str) -> str:
    return f"TRY_CAST(replace({_text(reader, label)}, ',', '.') AS DOUBLE)"


def _text(reader: Reader, label: str) -> str:
    """Of columns that aren't there, all fields are empty."""
    return _field(reader, label) if label in reader.columns else "''"


def _calm(reader: Reader, asked: Question) -> str:
    """Whether a row needs no protection."""
    empty = {label: f"{_text(reader, label)} = ''" for label in NUMBERS}
    return (
        f"NOT quoted AND {calm_sql(reader, asked, _text(reader, 'sign'), {label: label for label in NUMBERS}, empty)}"
    )


def _grouped(found: Iterable[tuple[Any, ...]], reader: Reader, asked: Question) -> Rows:
    """Lines with quotes are looked at one by one, and nothing is known of their counts."""
    texts: dict[Key, list[str]] = {}
    delicate: set[Key] = set()
    partly: set[str] = set()
    faulty, padded = 0, False
    for indicator, group, rows, areas, _, lacking, has_zeros in found:
        faulty += lacking
        padded |= has_zeros
        if indicator is None:
            for key, some in grouped(_lines(rows), reader, asked).items() if rows else ():
                texts.setdefault(key, []).extend(map(_written, some))
                delicate |= {reader.key(_record(line, reader), "area") for line in some}
        elif asked.gathers(*(key := (indicator.strip(), as_group(group or "", asked.by)))):
            if rows is None:
                partly.add(key[0])
            else:
                texts.setdefault(key, []).append(rows)
            delicate |= {(key[0], area) for area in (areas or "").split(ROW) if area}
    answered = {key: ROW.join(some) for key, some in texts.items()}
    return Rows(answered, frozenset(delicate), max(faulty - 1, 0), padded, frozenset(partly))


def _whole(reader: Reader) -> str:
    """A line in which every quoted field ends."""
    delimiter = re.escape(reader.resource.dialect.delimiter)
    field = f'(?:"[^"]*"|[^"{delimiter}]*)'
    return f"{field}(?:{delimiter}{field})*"


def _speaks_of(reader: Reader, asked: Question) -> str:
    """Lines that may speak of one of the indicators; which they are is seen when they are taken apart."""
    if not asked.indicators:
        return "false"
    names = "|".join(map(re.escape, sorted(asked.indicators)))
    delimiter = re.escape(reader.resource.dialect.delimiter)
    if reader.columns["indicator"] == 0:
        # Nearly all lines begin with an id: that beginning fixed, a pattern is tried twice as fast.
        aside = f"[^a-z0-9{delimiter}]*"
        at_once, later = (literal(f"^{before}(?:{names}){aside}{delimiter}") for before in ("", aside))
        begins = "line >= 'a' AND line < '{'"
        return f"(regexp_matches(line, {at_once}) OR (NOT ({begins}) AND regexp_matches(line, {later})))"
    return f"regexp_matches(line, {literal(f'(?:^|[^a-z0-9-])(?:{names})(?:[^a-z0-9-]|$)')})"


def gone_through(content: bytes, reader: Reader, asked: Question) -> Rows:
    """The same of a file that is small and has no quotes, without DuckDB."""
    if b'"' in content:
        raise UnsuitedError
    try:
        text = content.decode(reader.resource.encoding)
    except UnicodeDecodeError as error:
        raise UnsuitedError from error
    lines = (Line(number, line.rstrip("\r")) for number, line in enumerate(text.split("\n"), 1) if line)
    groups = grouped((line for line in lines if line.number > 1), reader, asked)
    calm, delimiter = Calm(reader, asked), reader.resource.dialect.delimiter
    column, delicate = reader.columns["area"], set[Key]()
    for (indicator, _), some in groups.items():
        rows = [each.text.split(delimiter) for each in some]
        delicate |= {(indicator, fields[column]) for fields in rows if len(fields) > column and not calm.holds(fields)}
    return Rows({key: ROW.join(map(_written, some)) for key, some in groups.items()}, frozenset(delicate))


class Line(NamedTuple):
    number: int
    text: str


def grouped(lines: Iterable[Line], reader: Reader, asked: Question) -> dict[Key, list[Line]]:
    found: dict[Key, list[Line]] = {}
    delimiter, columns = reader.resource.dialect.delimiter, reader.columns
    last = max(columns["indicator"], columns[asked.by]) + 1
    for line in lines:
        if '"' in line.text:
            key = reader.key(_record(line, reader), asked.by)
        else:
            fields = line.text.split(delimiter, last)
            group = as_group(fields[columns[asked.by]], asked.by) if len(fields) >= last else ""
            key = (fields[columns["indicator"]].strip(), group) if len(fields) >= last else ("", "")
        if asked.gathers(*key):
            found.setdefault(key, []).append(line)
    return found


def _written(line: Line) -> str:
    return f"{line.number}{FIELD}{line.text}"


def _lines(rows: str) -> list[Line]:
    """In the order of the file; lines without a number are told apart by one below zero, in the order of their text."""
    pairs = [row.rpartition(FIELD) for row in rows.split(ROW)]
    if all(number for number, _, _ in pairs):
        return sorted(Line(int(number), text) for number, _, text in pairs)
    return [Line(-number, text) for number, (_, _, text) in enumerate(sorted(pairs), 1)]


def apart(reader: Reader) -> Apart:
    return Apart(partial(_records, reader=reader), partial(_fields, reader=reader), partial(_columns, reader=reader))


def _records(rows: str, reader: Reader) -> Iterator[Record]:
    return records_of(_lines(rows), reader)


def _fields(rows: str, reader: Reader) -> list[list[str]]:
    delimiter = reader.resource.dialect.delimiter
    texts = [row.rpartition(FIELD)[2] for row in rows.split(ROW)]
    if '"' in rows:
        return [_record(Line(0, text), reader).fields for text in texts]
    return [text.split(delimiter) for text in texts]


def _columns(rows: str, reader: Reader) -> list[list[str]] | None:
    if '"' in rows:
        return None
    texts = ROW.join(row.rpartition(FIELD)[2] for row in rows.split(ROW)) if FIELD in rows else rows
    return even(texts, reader.resource.dialect.delimiter, reader.width)


def records_of(lines: Iterable[Line], reader: Reader) -> Iterator[Record]:
    return (_record(line, reader) for line in lines)


def _record(line: Line, reader: Reader) -> Record:
    found = record(line.number, line.text, reader.resource.dialect.delimiter)
    return Record(line.number, [], None) if found is None else found
