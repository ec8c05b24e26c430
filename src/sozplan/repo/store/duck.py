"""DuckDB, shut in: one file to read, nothing to write but a private folder, nothing to load."""

from __future__ import annotations

import atexit
import gc
import re
import shutil
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


_PATTERN = re.compile(r"[*?\[\]{}]")


@contextmanager
def opened(place: Path, *, ordered: bool = True) -> Iterator[DuckDBPyConnection]:
    """A connection that can read this one file, and no other, under the name `source`; in its order or in any.

    The file gets a plain name in a private folder: DuckDB would take `*` and `[` in a path for a pattern.
    """
    duckdb = library()
    with tempfile.TemporaryDirectory(prefix="sozplan-") as folder:
        name = named_plainly(place, Path(folder) / f"table{place.suffix}")
        with duckdb.connect(
            ":memory:", config={**_CONFIG, "preserve_insertion_order": ordered, "temp_directory": folder}
        ) as connection:
            connection.execute(f"SET allowed_paths = [{literal(name.as_posix())}]")
            connection.execute("SET enable_external_access = false")
            connection.execute(f"SET VARIABLE source = {literal(name.as_posix())}")
            connection.execute("SET lock_configuration = true")
            yield connection


def named_plainly(place: Path, name: Path) -> Path:
    """The file under that name by a link; where Windows grants none, under its own if that is plain, else a copy."""
    try:
        name.symlink_to(place.absolute())
    except (OSError, NotImplementedError):
        if not _PATTERN.search(str(place.absolute())):
            return place.absolute()
        shutil.copyfile(place, name)
    return name


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
