"""CSV by its physical lines: DuckDB sieves out the few that are asked for, our own reader takes them apart.

DuckDB is told that a line is one single field. So nothing is guessed or converted, lines keep their number, and a
cell is the same as if the whole file had been read row by row. What can't be read by lines – quotes over several of
them, another encoding, mixed line ends – is left to the reader that goes through the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from sozplan.repo.observations import Reader
from sozplan.repo.records import Record, record
from sozplan.repo.store.duck import failures, literal, opened
from sozplan.repo.store.question import Question
from sozplan.repo.store.table import FIELD, ROW, Key, Rows

SOURCE = (
    "read_csv(getvariable('source'), delim = '\x1f', header = false, auto_detect = false, quote = '', escape = '', "
    "columns = {'line': 'VARCHAR'})"
)
NUMBERED = f"(SELECT row_number() OVER () AS number, line FROM {SOURCE})"


class UnsuitedError(Exception):
    """The file can't be read by lines."""


def answer(place: Path, reader: Reader, asked: Question, located: bool) -> Rows:
    """The lines of these indicators and areas.

    Numbering lines takes as long as reading them: where nobody asks for places, they are only told apart.
    """
    whole, delimiter = _whole(reader), reader.resource.dialect.delimiter
    spread = f"(contains(line, '\"') AND NOT regexp_full_match(line, {literal(whole)}))"
    row = f"concat(number, '{FIELD}', line)" if located else "line"
    lines = f"SELECT {row} AS row, {spread} AS spread, contains(line, '\"') AS quoted, "
    lines += f"string_split(line, {literal(delimiter)}) AS fields FROM {NUMBERED if located else SOURCE} "
    lines += f"WHERE {_hits(reader, asked)} OR {spread}"
    keys = ", ".join(f"CASE WHEN NOT quoted THEN {_field(reader, label)} END" for label in ("indicator", "area"))
    calm = f"bool_and(coalesce({_calm(reader, asked.least)}, false))"
    query = f"SELECT {keys}, string_agg(row, '{ROW}'), {calm}, bool_or(spread) FROM ({lines}) GROUP BY ALL"
    try:
        with opened(place) as connection:
            found = connection.execute(query).fetchall()
    except failures() as error:
        raise UnsuitedError from error
    if any(over_several for *_, over_several in found):
        raise UnsuitedError
    return _grouped(found, reader, asked)


def _field(reader: Reader, label: str) -> str:
    return f"fields[{reader.columns[label] + 1}]"


def _calm(reader: Reader, least: int) -> str:
    """A row that has no sign, and neither the cases nor the rest up to the base are few."""
    if not {"numerator", "denominator", "sign"} <= reader.columns.keys():
        return "false"
    cases, base = (
        f"TRY_CAST(replace({_field(reader, label)}, ',', '.') AS DOUBLE)" for label in ("numerator", "denominator")
    )
    return f"NOT quoted AND {_field(reader, 'sign')} = '' AND {cases} >= {least} AND {base} - {cases} >= {least}"


def _grouped(found: Iterable[tuple[Any, ...]], reader: Reader, asked: Question) -> Rows:
    """Lines with quotes are looked at one by one, and nothing is known of their counts."""
    texts: dict[Key, list[str]] = {}
    delicate: set[Key] = set()
    for indicator, area, rows, calm, _ in found:
        if indicator is None:
            groups = grouped(_lines(rows), reader, asked)
            for key, some in groups.items():
                texts.setdefault(key, []).extend(map(_written, some))
            delicate |= groups.keys()
            continue
        key = indicator.strip(), area or ""
        if asked.holds(*key):
            texts.setdefault(key, []).append(rows)
            delicate |= set() if calm else {key}
    return Rows({key: ROW.join(some) for key, some in texts.items()}, frozenset(delicate))


def _whole(reader: Reader) -> str:
    """A line in which every quoted field ends."""
    delimiter = re.escape(reader.resource.dialect.delimiter)
    field = f'(?:"[^"]*"|[^"{delimiter}]*)'
    return f"{field}(?:{delimiter}{field})*"


def _hits(reader: Reader, asked: Question) -> str:
    """Lines that may speak of one of the indicators; which they are is seen when they are taken apart."""
    if not asked.indicators:
        return "false"
    names = "|".join(map(re.escape, sorted(asked.indicators)))
    delimiter = re.escape(reader.resource.dialect.delimiter)
    if reader.columns["indicator"] == 0:
        aside = f"[^a-z0-9{delimiter}]*"
        return f"regexp_matches(line, {literal(f'^{aside}(?:{names}){aside}{delimiter}')})"
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
    return Rows({key: ROW.join(map(_written, some)) for key, some in groups.items()}, frozenset(groups))


class Line(NamedTuple):
    number: int
    text: str


def grouped(lines: Iterable[Line], reader: Reader, asked: Question) -> dict[Key, list[Line]]:
    found: dict[Key, list[Line]] = {}
    delimiter, columns = reader.resource.dialect.delimiter, reader.columns
    last = max(columns["indicator"], columns["area"]) + 1
    for line in lines:
        if '"' in line.text:
            key = reader.key(_record(line, reader))
        else:
            fields = line.text.split(delimiter, last)
            key = (fields[columns["indicator"]].strip(), fields[columns["area"]]) if len(fields) >= last else ("", "")
        if asked.holds(*key):
            found.setdefault(key, []).append(line)
    return found


def _written(line: Line) -> str:
    return f"{line.number}{FIELD}{line.text}"


def _lines(rows: str) -> list[Line]:
    """In the order of the file; lines without a number are counted in the order of their text, so it is always one."""
    pairs = [row.rpartition(FIELD) for row in rows.split(ROW)]
    if all(number for number, _, _ in pairs):
        return sorted(Line(int(number), text) for number, _, text in pairs)
    return [Line(number, text) for number, (_, _, text) in enumerate(sorted(pairs), 2)]


def records(rows: str, reader: Reader) -> Iterator[Record]:
    return (_record(line, reader) for line in _lines(rows))


def _record(line: Line, reader: Reader) -> Record:
    found = record(line.number, line.text, reader.resource.dialect.delimiter)
    return Record(line.number, [], None) if found is None else found
