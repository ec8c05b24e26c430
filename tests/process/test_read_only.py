"""A folder that must not be written: one sentence, exit 3, and nothing has changed."""

from __future__ import annotations

import ctypes
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.process.commands import WRITING, World, Writing, call, environment

CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH, PR_CAPBSET_DROP = 1, 2, 24
READING = (["check"], ["check", "--format", "json"], ["status"], ["diff", "HEAD"], ["process", "list"], ["due"])


def obey_permissions() -> None:
    """Root may write everywhere; without these two rights it is a user like any other."""
    if os.geteuid() == 0:
        libc = ctypes.CDLL(None)
        for right in (CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH):
            libc.prctl(PR_CAPBSET_DROP, right, 0, 0, 0)


@pytest.fixture
def locked(tmp_path: Path) -> Iterator[Path]:
    """A folder whose content is closed by `close`, and opened again in the end, so that it can be cleared away."""
    yield tmp_path / "w"
    for folder in (tmp_path, *(each for each in tmp_path.rglob("*") if each.is_dir())):
        folder.chmod(0o755)


def close(folder: Path) -> None:
    for each in sorted((p for p in folder.rglob("*") if p.is_dir()), reverse=True):
        each.chmod(0o555)


def is_writable(folder: Path) -> bool:
    probe = f"open({str(folder / 'probe')!r}, 'w')"
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, preexec_fn=obey_permissions)
    return done.returncode == 0


@pytest.mark.parametrize("writing", WRITING, ids=lambda each: each.name)
def test_nothing_is_written(locked: Path, writing: Writing) -> None:
    world = World(locked, writing)
    before = world.everything()
    close(locked)
    assert not is_writable(world.root)
    done = call(world.args, preexec_fn=obey_permissions)
    assert (done.returncode, "Traceback" in done.stderr) == (3, False), done.stderr
    assert "die Berechtigung fehlt" in done.stderr
    assert world.everything() == before


@pytest.mark.parametrize("args", READING, ids=" ".join)
def test_reading_needs_no_right_to_write(locked: Path, args: list[str]) -> None:
    world = World(locked, WRITING[0])
    close(locked)
    there = ["-C", str(world.root), "--as-of", "2026-10-01"]
    done = subprocess.run(
        [sys.executable, "-P", "-m", "sozplan", *args, *there],
        env=environment(), capture_output=True, text=True, preexec_fn=obey_permissions,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout
