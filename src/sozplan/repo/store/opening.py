"""Which files are held as cells, which are tables that are asked, and how either is opened."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from sozplan.model.figures import Cell
from sozplan.model.plan import Plan
from sozplan.repo.limits import Limits
from sozplan.repo.observations import Reader
from sozplan.repo.records import Record
from sozplan.repo.store import lines, parquet, thorough
from sozplan.repo.store.question import OfImport, OfIndex, Question, Scope
from sozplan.repo.store.streamed import CheckedStream
from sozplan.repo.store.table import Table
from sozplan.repo.store.thorough import Checking

DENSER = 15
"""So many times more rows a byte of Parquet holds than one of CSV."""


def asked_of(sizes: Mapping[str, int], plan: Plan, scope: Scope | OfIndex | OfImport, limits: Limits) -> frozenset[str]:
    """The data files, of those with their sizes, that are asked instead of held.

    Reading a row takes some 15 µs, and importing DuckDB as long as 7,000 rows, so a town never needs it. Beyond that
    most commands only look at what they need. `check` holds up to a million rows, as rules that compare neighbours and
    years then see everything; an index takes whole columns, of which hardly a cell is ever made.
    """
    if isinstance(scope, OfIndex):
        held = limits.indexed_bytes
    else:
        held = limits.checked_bytes if scope is Scope.ALL else limits.held_bytes
    described = {f"indicators/{each.path}" for package in plan.packages for each in package.resources}
    some = {path: size * _density(path) for path, size in sizes.items() if path in described}
    if sum(some.values()) <= held:
        return frozenset()
    return frozenset(path for path, size in some.items() if scope is not Scope.ALL or size > limits.sieved_bytes)


def _density(path: str) -> int:
    return DENSER if path.endswith(".parquet") else 1


class How(NamedTuple):
    """Whether lines are numbered, whether all rows are checked or only those of the answer, and what DuckDB is for."""

    located: bool
    thorough: bool = False
    as_of: date | None = None
    """The day on which values without a vintage are known."""


@dataclass(frozen=True, slots=True)
class Opened:
    """What a file gave: its cells, a table to ask for them, a check that is to be finished beside other files."""

    cells: tuple[Cell, ...] = ()
    table: Table | None = None
    checking: Checking | None = None


def held(place: Path, reader: Reader, limits: Limits) -> Opened:
    """Every cell of the file."""
    if reader.resource.format == "parquet":
        found = (
            each
            for rows in parquet.answer(place, reader, None).texts.values()
            for each in parquet.records(rows, reader)
        )
        return Opened(tuple(reader.each(sorted(found, key=lambda record: record.line))))
    with place.open("rb") as file:
        return Opened(tuple(reader.cells(bounded(file, limits))))


def asked(place: Path, reader: Reader, limits: Limits, question: Question, how: How) -> Opened:
    """A table of what is asked for; a file whose lines are no records is gone through once instead."""
    if reader.resource.format == "parquet":
        return _parquet(place, reader, question, how)
    with place.open("rb") as file:
        if not reader.begin(next(reader.records(bounded(file, limits)), None)):
            return Opened()
    try:
        return _lines(place, reader, limits, question, how)
    except lines.UnsuitedError:
        records = partial(_records, place, reader, limits)
        if how.thorough:
            return Opened(checking=CheckedStream(reader, question, records, how.as_of))
        return Opened(tuple(reader.each(each for each in records() if question.holds(*reader.key(each)))))


def _records(place: Path, reader: Reader, limits: Limits) -> Iterator[Record]:
    """All but the header, which has been read."""
    with place.open("rb") as file:
        found = reader.records(bounded(file, limits))
        next(found, None)
        yield from found


def _parquet(place: Path, reader: Reader, question: Question, how: How) -> Opened:
    if how.thorough:
        checked = thorough.checked_parquet(place, reader, question, how.as_of)
        return Opened() if checked is None else Opened(table=checked.table, checking=checked)
    return Opened(table=Table(reader, question, parquet.answer(place, reader, question), parquet.apart(reader)))


def _lines(place: Path, reader: Reader, limits: Limits, question: Question, how: How) -> Opened:
    small = place.stat().st_size <= limits.sieved_bytes
    if reader.resource.encoding != "utf-8" and not small:
        raise lines.UnsuitedError
    if how.thorough:
        checked = thorough.checked_lines(place, reader, question, how.located, how.as_of)
        return Opened(table=checked.table, checking=checked)
    if small:
        rows = lines.gone_through(place.read_bytes(), reader, question)
    else:
        rows = lines.answer(place, reader, question, how.located)
    return Opened(table=Table(reader, question, rows, lines.apart(reader)))


def bounded(lines: Any, limits: Limits) -> Iterator[bytes]:
    """Physical lines, none read further than a little over the limit."""
    while line := lines.readline(limits.cell_bytes + 2):
        yield line
