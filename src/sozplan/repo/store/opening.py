"""Which files are held as cells, which are tables that are asked, and how either is opened."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from sozplan.model.figures import Cell
from sozplan.model.plan import Plan
from sozplan.repo.limits import MB, Limits
from sozplan.repo.observations import Reader
from sozplan.repo.store import lines, parquet, thorough
from sozplan.repo.store.question import OfIndex, Question, Scope
from sozplan.repo.store.table import Table

HELD = {Scope.ALL: 64 * MB, Scope.PLANNED: 2 * MB, Scope.TARGETS: 2 * MB}
"""Up to so many bytes of data files every cell is held.

Reading a row takes some 15 µs, and importing DuckDB as long as 7,000 rows, so a town never needs it. Beyond 2 MB most
commands only look at what they need. `check` holds up to a million rows, as rules that compare neighbours and years
then see everything.
"""
HELD_FOR_INDEX = MB // 5
"""An index takes whole columns, of which hardly a cell is ever made."""
DENSER = 15
"""So many times more rows a byte of Parquet holds than one of CSV."""
SIEVED = 1 * MB
"""Smaller files are gone through faster than they are opened in DuckDB."""


def asked_of(sizes: Mapping[str, int], plan: Plan, scope: Scope | OfIndex) -> frozenset[str]:
    """The data files, of those with their sizes, that are asked instead of held."""
    described = {f"indicators/{each.path}" for package in plan.packages for each in package.resources}
    some = {path: size * _density(path) for path, size in sizes.items() if path in described}
    if sum(some.values()) <= (HELD_FOR_INDEX if isinstance(scope, OfIndex) else HELD[scope]):
        return frozenset()
    return frozenset(path for path, size in some.items() if scope is not Scope.ALL or size > SIEVED)


def _density(path: str) -> int:
    return DENSER if path.endswith(".parquet") else 1


class How(NamedTuple):
    """Whether lines are numbered, whether all rows are checked or only those of the answer, and what DuckDB is for."""

    located: bool
    thorough: bool = False
    sieved: int = SIEVED


@dataclass(frozen=True, slots=True)
class Opened:
    """What a file gave: its cells, or a table to ask for them."""

    cells: tuple[Cell, ...] = ()
    table: Table | None = None


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
        return Opened(table=_parquet(place, reader, question, how))
    with place.open("rb") as file:
        if not reader.begin(next(reader.records(bounded(file, limits)), None)):
            return Opened()
    try:
        return Opened(table=_lines(place, reader, question, how))
    except lines.UnsuitedError:
        reader.columns.clear()
        return Opened(tuple(_streamed(place, reader, limits, question, how)))


def _parquet(place: Path, reader: Reader, question: Question, how: How) -> Table:
    if how.thorough:
        return thorough.checked_parquet(place, reader, question)
    return Table(reader, question, parquet.answer(place, reader, question), parquet.apart(reader))


def _lines(place: Path, reader: Reader, question: Question, how: How) -> Table:
    small = place.stat().st_size <= how.sieved
    if reader.resource.encoding != "utf-8" and not small:
        raise lines.UnsuitedError
    if how.thorough:
        return thorough.checked_lines(place, reader, question, how.located)
    if small:
        rows = lines.gone_through(place.read_bytes(), reader, question)
    else:
        rows = lines.answer(place, reader, question, how.located)
    return Table(reader, question, rows, lines.apart(reader))


def _streamed(place: Path, reader: Reader, limits: Limits, question: Question, how: How) -> Iterator[Cell]:
    """Of a thorough reading every row is judged, but only what is asked for is kept."""
    with place.open("rb") as file:
        found = reader.records(bounded(file, limits))
        if not reader.begin(next(found, None)):
            return
        for record in found:
            is_asked = question.holds(*reader.key(record))
            cell = reader.cell(record) if is_asked or how.thorough else None
            if cell is not None and is_asked:
                yield cell


def bounded(lines: Any, limits: Limits) -> Iterator[bytes]:
    """Physical lines, none read further than a little over the limit."""
    while line := lines.readline(limits.cell_bytes + 2):
        yield line
