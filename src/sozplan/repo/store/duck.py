"""DuckDB, shut in: one file to read, nothing to write but a private folder, nothing to load."""

from __future__ import annotations

import atexit
import gc
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_CONFIG: dict[str, str | bool | int | float | list[str]] = {
    "threads": 2,
    "memory_limit": "500MB",
    "max_temp_directory_size": "20GB",
    "autoload_known_extensions": False,
    "autoinstall_known_extensions": False,
    "allow_community_extensions": False,
    "allow_unsigned_extensions": False,
}


@contextmanager
def opened(place: Path, *, ordered: bool = True) -> Iterator[DuckDBPyConnection]:
    """A connection that can read this one file, and no other, under the name `source`; in its order or in any.

    The file gets a plain name in a private folder: DuckDB would take `*` and `[` in a path for a pattern.
    """
    duckdb = library()
    with tempfile.TemporaryDirectory(prefix="sozplan-") as folder:
        name = Path(folder) / f"table{place.suffix}"
        name.symlink_to(place.absolute())
        with duckdb.connect(
            ":memory:", config={**_CONFIG, "preserve_insertion_order": ordered, "temp_directory": folder}
        ) as connection:
            connection.execute(f"SET allowed_paths = ['{name}']")
            connection.execute("SET enable_external_access = false")
            connection.execute(f"SET VARIABLE source = '{name}'")
            connection.execute("SET lock_configuration = true")
            yield connection


def library() -> ModuleType:
    """DuckDB, which is loaded only where it is needed."""
    import duckdb

    atexit.register(gc.unfreeze)  # else, loaded while the collector was off, it takes itself for leaked at the end
    return duckdb


def literal(text: str) -> str:
    """A text in SQL."""
    return "'" + text.replace("'", "''") + "'"


def listed(texts: Iterable[str]) -> str:
    """A list of texts in SQL."""
    return f"({', '.join(map(literal, sorted(texts))) or 'NULL'})"


def failures() -> tuple[type[Exception], ...]:
    """What DuckDB raises where a file isn't as it was told."""
    import duckdb

    return (duckdb.Error, OSError)
