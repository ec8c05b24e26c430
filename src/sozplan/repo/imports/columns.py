"""A data file in Parquet, for tables of millions of rows: put together by DuckDB, so that memory stays bounded."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from sozplan.repo.imports.assemble import ImportRow
from sozplan.repo.imports.ledger import Unreadable
from sozplan.repo.imports.target import foreign, written
from sozplan.repo.observations import LABELS
from sozplan.repo.store.duck import failures, library, literal

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_NUMBERS = ("numerator", "denominator", "value")
_PLACES, _DIGITS = 9, 28
_TYPES = {
    label: f"DECIMAL({_DIGITS},{_PLACES})" if label in _NUMBERS else "DATE" if label == "vintage" else "VARCHAR"
    for label in LABELS
}
_CONFIG: dict[str, str | bool | int | float | list[str]] = {
    "threads": 1,
    "memory_limit": "500MB",
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
    return replace(row, **changed) if changed else row


def is_exact(row: ImportRow) -> bool:
    """Whether all its numbers fit into their columns without being rounded."""
    parts = [getattr(row, label).lstrip("-").partition(",") for label in _NUMBERS]
    return all(len(whole) <= _DIGITS - _PLACES and len(places) <= _PLACES for whole, _, places in parts)


def matching(place: Path, path: str, rows: Sequence[ImportRow]) -> tuple[list[ImportRow], int]:
    """The rows of the file that speak of the same as these, and how many others it has."""
    fields = ", ".join(map(_said, LABELS))
    with _opened(place, path, rows) as connection:
        found = connection.execute(
            f"SELECT {fields} FROM old WHERE EXISTS (SELECT 1 FROM new WHERE {_SAME_KEY}) ORDER BY {_ORDER}"
        ).fetchall()
        counted = connection.execute("SELECT count(*) FROM old").fetchone()
    held = [plain(ImportRow(*row)) for row in found]
    return held, (counted[0] if counted else 0) - len(held)


def combined(place: Path | None, path: str, fresh: Sequence[ImportRow]) -> bytes:
    """The file with these rows in place of those of the same vintage, in the order of the keys."""
    rest = f"SELECT * FROM old WHERE NOT EXISTS (SELECT 1 FROM new WHERE {_SAME_KEY} AND old.vintage = new.vintage)"
    rows = "SELECT * FROM new" if place is None else f"{rest} UNION ALL SELECT * FROM new"
    with _opened(place, path, fresh) as connection:
        folder = connection.execute("SELECT getvariable('folder')").fetchall()[0][0]
        connection.execute(
            f"COPY ({rows} ORDER BY {_ORDER}) TO {_inside(folder, 'out.parquet')} (FORMAT parquet, COMPRESSION zstd)"
        )
        return Path(folder, "out.parquet").read_bytes()


@contextmanager
def _opened(place: Path | None, path: str, rows: Sequence[ImportRow]) -> Iterator[DuckDBPyConnection]:
    """A connection shut into a private folder, where `old` is the file and `new` are the rows."""
    duckdb = library()
    with tempfile.TemporaryDirectory(prefix="sozplan-") as folder:
        Path(folder, "new.csv").write_bytes(written(rows))
        if place is not None:
            Path(folder, "old.parquet").symlink_to(place.absolute())
        with duckdb.connect(":memory:", config={**_CONFIG, "temp_directory": folder}) as connection:
            _shut_in(connection, folder)
            connection.execute(
                f"CREATE VIEW new AS SELECT {', '.join(map(_typed, LABELS))} "
                f"FROM read_csv({_inside(folder, 'new.csv')}, columns = {_TEXTS}, delim = ';', header = true, "
                "auto_detect = false, quote = '', escape = '', nullstr = '')"
            )
            if place is not None and not _has_old(connection, folder):
                raise Unreadable(path, foreign(path))
            yield connection


def _shut_in(connection: DuckDBPyConnection, folder: str) -> None:
    connection.execute(f"SET allowed_directories = [{literal(f'{folder}/')}]")
    connection.execute(f"SET allowed_paths = [{_inside(folder, 'old.parquet')}]")  # a link that leads out
    connection.execute("SET enable_external_access = false")
    connection.execute(f"SET VARIABLE folder = {literal(folder)}")
    connection.execute("SET lock_configuration = true")


def _has_old(connection: DuckDBPyConnection, folder: str) -> bool:
    """Whether the file is one of ours, with all columns in our types."""
    try:
        connection.execute(f"CREATE VIEW old AS SELECT * FROM read_parquet({_inside(folder, 'old.parquet')})")
        found = {label: kind for label, kind, *_ in connection.execute("DESCRIBE old").fetchall()}
    except failures():
        return False
    return found == _TYPES


def _inside(folder: str, name: str) -> str:
    return literal(f"{folder}/{name}")


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
