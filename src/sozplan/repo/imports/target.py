"""The data file of a profile: what it holds, what an import adds, and how it is described."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter

from sozplan.diagnostics import Text, text
from sozplan.repo.imports.assemble import ImportRow, Key
from sozplan.repo.imports.ledger import Unreadable
from sozplan.repo.observations import LABELS

HEADER = ";".join(LABELS)
_FIELDS = attrgetter(*LABELS)


@dataclass(frozen=True, slots=True)
class Merged:
    """All rows of the file after the import, and what became of those of the import."""

    rows: tuple[ImportRow, ...]
    fresh: tuple[ImportRow, ...]
    """Those of the import that are new or say something else."""
    changed: int
    unchanged: int
    kept: int

    @property
    def added(self) -> int:
        return len(self.fresh) - self.changed


def read_rows(data: bytes | None, path: str) -> list[ImportRow]:
    """The rows of a file that earlier imports have written; of another's make nothing will be guessed."""
    if data is None:
        return []
    lines = io.StringIO(data.decode("utf-8-sig"), newline="")
    reader = csv.reader(lines, delimiter=";", strict=True)
    try:
        if next(reader, []) != list(LABELS):
            raise Unreadable(f"{path}:1", foreign(path))
        return [_row(fields, path, reader.line_num) for fields in reader if fields]
    except csv.Error as error:
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


def merge(before: Sequence[ImportRow], new: Iterable[ImportRow], *, is_dated: bool) -> Merged:
    """A row of the same vintage is replaced; another vintage stands beside the older, but only where it says more.

    What nobody dated is nothing new either where the newest that is known says the same.
    """
    held: dict[Key, dict[str, ImportRow]] = {}
    for row in before:
        held.setdefault(row.key, {})[row.vintage] = row
    fresh: list[ImportRow] = []
    touched: set[Key] = set()
    unchanged = 0
    for row in new:
        versions = held.get(row.key, {})
        touched.add(row.key)
        older = versions.get(row.vintage) or _latest(versions, row.vintage if is_dated else max(versions, default=""))
        if older is not None and older.content == row.content:
            unchanged += 1
        else:
            fresh.append(row)
    replaced = {(row.key, row.vintage) for row in fresh}
    rest = [row for row in before if (row.key, row.vintage) not in replaced]
    kept = sum(row.key not in touched for row in before)
    rows = tuple(sorted((*rest, *fresh), key=_order))
    return Merged(rows, tuple(fresh), len(before) - len(rest), unchanged, kept)


def _latest(versions: Mapping[str, ImportRow], until: str) -> ImportRow | None:
    earlier = [vintage for vintage in versions if vintage <= until]
    return versions[max(earlier)] if earlier else None


def _order(row: ImportRow) -> tuple[str, ...]:
    return *row.key, row.vintage


def written(rows: Iterable[ImportRow]) -> bytes:
    return "".join(_lines(rows)).encode()


def _lines(rows: Iterable[ImportRow]) -> Iterator[str]:
    """None of the fields can hold a delimiter or a quote: they are ids, keys, periods, numbers and terms."""
    yield f"{HEADER}\n"
    for row in rows:
        yield f"{';'.join(_FIELDS(row))}\n"
