"""The data file of a profile: what it holds, what an import adds, and how it is described."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import NamedTuple

from sozplan.diagnostics import Text, text
from sozplan.repo.imports.assemble import ImportRow, Key, Made
from sozplan.repo.imports.ledger import Unreadable
from sozplan.repo.imports.runs import Runs
from sozplan.repo.observations import LABELS

HEADER = ";".join(LABELS)


def read_rows(lines: Iterable[str], path: str) -> Iterator[ImportRow]:
    """The rows of a file that earlier imports have written; of another's make nothing will be guessed."""
    reader = csv.reader(lines, delimiter=";", strict=True)
    try:
        if next(reader, []) != list(LABELS):
            raise Unreadable(f"{path}:1", foreign(path))
        for fields in reader:
            if fields:
                yield _row(fields, path, reader.line_num)
    except (csv.Error, UnicodeDecodeError) as error:
        raise Unreadable(f"{path}:{reader.line_num}", foreign(path)) from error


def _row(fields: list[str], path: str, line: int) -> ImportRow:
    if len(fields) != len(LABELS):
        raise Unreadable(f"{path}:{line}", foreign(path))
    return ImportRow(*fields)


def foreign(path: str) -> Text:
    return text(
        de=f"So hat der Import „{path}“ nicht geschrieben. "
        "Stellen Sie die Datei wieder her, oder legen Sie sie beiseite und importieren Sie neu.",
        en=f"The import hasn't written “{path}” like this. Restore the file, or put it aside and import anew.",
    )


class Together(NamedTuple):
    """The rows of one observation after the import, and the one that it brought, if that is new."""

    rows: Sequence[ImportRow]
    fresh: Made | None


@dataclass(slots=True)
class Merge:
    """What becomes of the rows of an import beside those that are there; both come in the order of their keys.

    A row of the same vintage is replaced; another vintage stands beside the older, but only where it says more.
    What nobody dated is nothing new either where the newest that is known says the same.
    """

    is_dated: bool = True
    fresh: int = 0
    """Rows of the import that are new or say something else."""
    changed: int = 0
    unchanged: int = 0
    kept: int = 0
    touched: int = 0
    """Rows of before that speak of the same as one of the import."""

    @property
    def added(self) -> int:
        return self.fresh - self.changed

    def together(self, before: Iterable[ImportRow], new: Iterable[Made]) -> Iterator[Together]:
        older = groupby(before, attrgetter("key"))
        key, held = _next(older)
        for made in new:
            while key is not None and key < made.row.key:
                yield self._kept(held)
                key, held = _next(older)
            if key == made.row.key:
                yield self._merged(held, made)
                key, held = _next(older)
            else:
                yield self._merged((), made)
        while key is not None:
            yield self._kept(held)
            key, held = _next(older)

    def _kept(self, older: Sequence[ImportRow]) -> Together:
        self.kept += len(older)
        return Together(older, None)

    def _merged(self, older: Sequence[ImportRow], made: Made) -> Together:
        self.touched += len(older)
        versions = {row.vintage: row for row in older}
        row = made.row
        last = row.vintage if self.is_dated else max(versions, default="")
        earlier = [vintage for vintage in versions if vintage <= last]
        known = versions.get(row.vintage) or (versions[max(earlier)] if earlier else None)
        if known is not None and known.content == row.content:
            self.unchanged += 1
            return Together(older, None)
        rest = [each for each in older if each.vintage != row.vintage]
        self.fresh += 1
        self.changed += len(older) - len(rest)
        return Together(sorted((*rest, row), key=attrgetter("vintage")), made)


def _next(groups: Iterator[tuple[Key, Iterator[ImportRow]]]) -> tuple[Key | None, Sequence[ImportRow]]:
    for key, rows in groups:
        return key, list(rows)
    return None, ()


def line(row: ImportRow) -> str:
    """None of the fields can hold a delimiter or a quote: they are ids, keys, periods, numbers and terms."""
    return f"{';'.join(row)}\n"


def written(rows: Iterable[ImportRow]) -> Iterator[str]:
    yield f"{HEADER}\n"
    yield from map(line, rows)


def in_order(place: Path, path: str, order: Runs) -> Iterator[ImportRow]:
    """The rows of the file by key and vintage, in which order it may have been brought out of by hand."""
    with place.open(encoding="utf-8-sig", newline="") as lines:
        for number, row in enumerate(read_rows(lines, path)):
            order.add((*row.key, row.vintage, f"{number:011}", *row.content))
    for indicator, area, period, vintage, _, *content in order.sorted():
        yield ImportRow._make((indicator, area, period, *content, vintage))
