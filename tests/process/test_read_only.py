"""A folder that must not be written: one sentence, exit 3, and nothing has changed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.process.calls import call
from tests.process.commands import WRITING, World, Writing

READING = (
    ["check"], ["check", "--format", "json"], ["status"], ["diff", "HEAD"], ["process", "list"], ["due"], ["cycle"],
    ["funding"], ["thread", "hafen-g1"], ["history", "hafen-g1"],
)  # fmt: skip


@pytest.fixture
def locked(tmp_path: Path) -> Iterator[Path]:
    """A folder whose content is closed by `close`, and opened again in the end, so that it can be cleared away."""
    yield tmp_path / "w"
    for folder in (tmp_path, *(each for each in tmp_path.rglob("*") if each.is_dir())):
        folder.chmod(0o755)


def close(folder: Path) -> None:
    for each in sorted((p for p in folder.rglob("*") if p.is_dir()), reverse=True):
        each.chmod(0o555)


@pytest.mark.parametrize("writing", WRITING, ids=lambda each: each.name)
def test_nothing_is_written(locked: Path, writing: Writing) -> None:
    world = World(locked, writing)
    before = world.everything()
    close(locked)
    done = call(world.args, obeys=True)
    assert (done.returncode, "Traceback" in done.stderr) == (3, False), done.stderr
    assert "die Berechtigung fehlt" in done.stderr
    assert world.everything() == before


@pytest.mark.parametrize("args", READING, ids=" ".join)
def test_reading_needs_no_right_to_write(locked: Path, args: list[str]) -> None:
    world = World(locked, WRITING[0])
    close(locked)
    there = ["-C", str(world.root), "--as-of", "2026-10-01"]
    done = call([*args, *there], obeys=True)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout
