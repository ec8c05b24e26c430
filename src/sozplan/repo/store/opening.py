"""Which files are held as cells, which are tables that are asked, and how either is opened."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from sozplan.model.figures import Cell
from sozplan.model.plan import Plan
from sozplan.repo.limits import MB, Limits
from sozplan.repo.observations import Reader
from sozplan.repo.store import lines, parquet
from sozplan.repo.store.question import Question, Scope
from sozplan.repo.store.table import Rows, Table

HELD = {Scope.ALL: 64 * MB, Scope.PLANNED: 2 * MB, Scope.TARGETS: 2 * MB}
"""Up to so many bytes of data files every cell is held.

Reading a row takes some 15 µs, and importing DuckDB as long as 7,000 rows, so a town never needs it. Beyond 2 MB most
commands only look at what they need. `check` holds up to a million rows, as rules that compare neighbours and years
then see everything.
"""
SIEVED = 1 * MB
"""Smaller files are gone through faster than they are opened in DuckDB."""


def asked_of(sizes: Mapping[str, int], plan: Plan, scope: Scope) -> frozenset[str]:
    """The data files, of those with their sizes, that are asked instead of held."""
    described = {f"indicators/{each.path}" for package in plan.packages for each in package.resources}
    some = {path: size for path, size in sizes.items() if path in described}
    if sum(some.values()) <= HELD[scope]:
        return frozenset()
    return frozenset(path for path, size in some.items() if scope is not Scope.ALL or size > SIEVED)


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


def asked(place: Path, reader: Reader, limits: Limits, question: Question, located: bool) -> Opened:
    """A table of what is asked for; a file whose lines are no records is gone through once instead."""
    if reader.resource.format == "parquet":
        rows = parquet.answer(place, reader, question)
        return Opened(table=Table(reader, question, rows, partial(parquet.records, reader=reader)))
    with place.open("rb") as file:
        if not reader.begin(next(reader.records(bounded(file, limits)), None)):
            return Opened()
    try:
        rows = _lines(place, reader, question, located)
    except lines.UnsuitedError:
        return Opened(tuple(_streamed(place, reader, limits, question)))
    return Opened(table=Table(reader, question, rows, partial(lines.records, reader=reader)))


def _lines(place: Path, reader: Reader, question: Question, located: bool) -> Rows:
    if place.stat().st_size <= SIEVED:
        return lines.gone_through(place.read_bytes(), reader, question)
    if reader.resource.encoding != "utf-8":
        raise lines.UnsuitedError
    return lines.answer(place, reader, question, located)


def _streamed(place: Path, reader: Reader, limits: Limits, question: Question) -> Iterator[Cell]:
    reader.columns.clear()
    with place.open("rb") as file:
        found = reader.records(bounded(file, limits))
        if reader.begin(next(found, None)):
            yield from reader.each(record for record in found if question.holds(*reader.key(record)))


def bounded(lines: Any, limits: Limits) -> Iterator[bytes]:
    """Physical lines, none read further than a little over the limit."""
    while line := lines.readline(limits.cell_bytes + 2):
        yield line
