"""A data file in Parquet, for tables of millions of rows: put together by DuckDB, so that memory stays bounded."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from sozplan.repo.imports.assemble import ImportRow
from sozplan.repo.imports.ledger import Unreadable
from sozplan.repo.imports.target import foreign
from sozplan.repo.observations import LABELS
from sozplan.repo.store.duck import failures, library, literal, named_plainly

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_NUMBERS = ("numerator", "denominator", "value")
_PLACES, _DIGITS = 9, 28
_BUFFER = 2_000_000
"""Bytes of CSV that are read at once; DuckDB would take thirty million, and then lack memory for sorting."""
_PIECE = 10_000
"""Rows that are fetched at once."""
_TYPES = {
    label: f"DECIMAL({_DIGITS},{_PLACES})" if label in _NUMBERS else "DATE" if label == "vintage" else "VARCHAR"
    for label in LABELS
}
_CONFIG: dict[str, str | bool | int | float | list[str]] = {
    "threads": 1,
    "memory_limit": "150MB",
    "max_temp_directory_size": "50GB",
    "preserve_insertion_order": True,
    "autoload_known_extensions": False,
    "autoinstall_known_extensions": False,
}
_TEXTS = "{" + ", ".join(f"'{label}': 'VARCHAR'" for label in LABELS) + "}"
_ORDER = "indicator, area, period, vintage"
_SAME_KEY = " AND ".join(f"old.{label} = new.{label}" for label in ("indicator", "area", "period"))


def plain(row: ImportRow) -> ImportRow:
    """As a column of decimals gives it back: without zeros behind the last digit."""
    changed = {label: _plain(said) for label in _NUMBERS if (said := getattr(row, label)).endswith("0") and "," in said}
    return row._replace(**changed) if changed else row


def is_exact(row: ImportRow) -> bool:
    """Whether all its numbers fit into their columns without being rounded."""
    for number in (row.numerator, row.denominator, row.value):
        if len(number) > _PLACES:
            whole, _, places = number.lstrip("-").partition(",")
            if len(whole) > _DIGITS - _PLACES or len(places) > _PLACES:
                return False
    return True


class Store:
    """The file as it is, if there is one, beside rows of an import that lie in the same private folder."""

    def __init__(self, folder: Path, place: Path | None, path: str) -> None:
        self._folder, self._path = folder, path
        self._old = None if place is None else named_plainly(place, folder / "old.parquet")

    def matching(self, new: Path) -> Iterator[ImportRow]:
        """The rows of the file that speak of the same as those of an import, in the order of their keys."""
        fields = ", ".join(map(_said, LABELS))
        query = f"SELECT {fields} FROM old WHERE EXISTS (SELECT 1 FROM new WHERE {_SAME_KEY}) ORDER BY {_ORDER}"
        with self._opened(new) as connection:
            found = connection.execute(query)
            while rows := found.fetchmany(_PIECE):
                yield from (plain(ImportRow(*row)) for row in rows)

    def size(self) -> int:
        with self._opened() as connection:
            counted = connection.execute("SELECT count(*) FROM old").fetchone()
        return int(counted[0]) if counted else 0

    def combined(self, fresh: Path) -> Path:
        """The file with these rows in place of those of the same vintage, in the order of the keys."""
        rest = f"SELECT * FROM old WHERE NOT EXISTS (SELECT 1 FROM new WHERE {_SAME_KEY} AND old.vintage = new.vintage)"
        rows = f"{rest} UNION ALL SELECT * FROM new" if self._old else "SELECT * FROM new"
        out = self._folder / "out.parquet"
        with self._opened(fresh) as connection:
            connection.execute(f"COPY ({rows} ORDER BY {_ORDER}) TO {_inside(out)} (FORMAT parquet, COMPRESSION zstd)")
        return out

    @contextmanager
    def _opened(self, rows: Path | None = None) -> Iterator[DuckDBPyConnection]:
        """A connection shut into the folder, where `old` is the file and `new` are the rows."""
        duckdb = library()
        config = {**_CONFIG, "temp_directory": str(self._folder / "duckdb")}
        with duckdb.connect(":memory:", config=config) as connection:
            _shut_in(connection, self._folder, self._old)
            if rows is not None:
                connection.execute(
                    f"CREATE VIEW new AS SELECT {', '.join(map(_typed, LABELS))} "
                    f"FROM read_csv({_inside(rows)}, columns = {_TEXTS}, delim = ';', header = true, "
                    f"auto_detect = false, quote = '', escape = '', nullstr = '', buffer_size = {_BUFFER})"
                )
            if self._old and not _has_old(connection, self._old):
                raise Unreadable(self._path, foreign(self._path))
            yield connection


def _shut_in(connection: DuckDBPyConnection, folder: Path, old: Path | None) -> None:
    connection.execute(f"SET allowed_directories = [{literal(f'{folder.as_posix()}/')}]")
    if old is not None:  # by itself: a link leads out
        connection.execute(f"SET allowed_paths = [{_inside(old)}]")
    connection.execute("SET enable_external_access = false")
    connection.execute("SET lock_configuration = true")


def _has_old(connection: DuckDBPyConnection, old: Path) -> bool:
    """Whether the file is one of ours, with all columns in our types."""
    try:
        connection.execute(f"CREATE VIEW old AS SELECT * FROM read_parquet({_inside(old)})")
        found = {label: kind for label, kind, *_ in connection.execute("DESCRIBE old").fetchall()}
    except failures():
        return False
    return found == _TYPES


def _inside(place: Path) -> str:
    return literal(place.as_posix())


def _said(label: str) -> str:
    said = f"coalesce(old.{label}::VARCHAR, '')"
    return f"replace({said}, '.', ',')" if label in _NUMBERS else said


def _typed(label: str) -> str:
    if label in _NUMBERS:
        return f"replace({label}, ',', '.')::{_TYPES[label]} AS {label}"
    return f"{label}::{_TYPES[label]} AS {label}"


def _plain(number: str) -> str:
    if "," not in number:
        return number
    exact = Decimal(number.replace(",", ".")).normalize()
    return format(exact or Decimal(0), "f").replace(".", ",")
