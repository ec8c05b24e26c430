"""`make soak`: the same check a thousand times in one process; neither memory nor temporary files may grow.

`python -m tests.process.soak RUNS FOLDER`. What the first tenth of the runs adds is caches being filled; the rest has
to stay where it is.
"""

from __future__ import annotations

import gc
import io
import os
import sys
import tempfile
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import NamedTuple

from sozplan.cli.app import run


class Grown(NamedTuple):
    """By how much the process is larger after the last run than after the first tenth."""

    bytes: int
    objects: int
    files: int
    handles: int


def soak(runs: int, root: Path, *more: str) -> Grown:
    """The growth; raises AssertionError where a run says something else than the first."""
    first: str | None = None
    before = after = (0, 0, 0, 0)
    for number in range(1, runs + 1):
        said = io.TextIOWrapper(io.BytesIO(), "utf-8")
        with redirect_stdout(said), redirect_stderr(said):
            code = run(["check", "-C", str(root), "--as-of", "2026-10-01", *more])
        told = f"{code}\n{said.buffer.getvalue().decode()}"
        first = first or told
        assert told == first, f"run {number} said something else:\n{told}"
        del said
        gc.unfreeze()  # a call is made of rings of objects, and a process makes one call only: here they are to go
        gc.collect()
        if number == max(1, runs // 10):
            before = _size()
        after = _size() if number == runs else after
    return Grown(*(new - old for new, old in zip(after, before, strict=True)))


def _size() -> tuple[int, int, int, int]:
    gc.collect()
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    files = len(list(Path(tempfile.gettempdir()).iterdir()))
    return pages * os.sysconf("SC_PAGESIZE"), len(gc.get_objects()), files, len(list(Path("/proc/self/fd").iterdir()))


def main(runs: str, root: str) -> int:
    with tempfile.TemporaryDirectory() as ours:  # in the common folder others leave files as well
        tempfile.tempdir = ours
        grown = soak(int(runs), Path(root))
    print(
        f"{runs} checks: {grown.bytes / 1e6:+.1f} MB, {grown.objects:+} objects, {grown.files:+} temporary files, "
        f"{grown.handles:+} open files"
    )
    return int(grown.bytes > 10_000_000 or grown.files > 0 or grown.handles > 0 or grown.objects > int(runs))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
