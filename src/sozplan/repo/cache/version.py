"""Which program wrote something: other code, or other libraries beneath it, may mean something else by it."""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent.parent.parent


def version() -> str:
    """Changes with any file of the program and with any library that is installed, added or removed beside it.

    By the files' size and times, which tell a new version of them without reading it.
    """
    seen = hashlib.sha256(sys.version.encode())
    for place in (*sorted(_sources(str(_PACKAGE))), *_libraries()):
        status = os.stat(place)  # noqa: PTH116 -- of several hundred files, before every answer
        seen.update(f"{place}\0{status.st_size}\0{status.st_mtime_ns}\0{status.st_ctime_ns}\n".encode())
    return seen.hexdigest()


def _sources(folder: str) -> Iterator[str]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                if entry.name != "__pycache__":
                    yield from _sources(entry.path)
            else:
                yield entry.path


def _libraries() -> Iterator[str]:
    """The folders that they are installed in: each new version brings a new name there."""
    found = (find_spec(name) for name in ("pydantic", "yaml", "babel"))
    yield from sorted({str(Path(spec.origin).parent.parent) for spec in found if spec is not None and spec.origin})
