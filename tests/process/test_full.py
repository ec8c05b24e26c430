"""A disk without room: what was there stays, the call says so in a sentence and ends with 3."""

from __future__ import annotations

import ctypes
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.process.calls import Done, call
from tests.process.commands import WRITING, World, Writing

each_command = pytest.mark.parametrize("writing", WRITING, ids=lambda each: each.name)
NO_ROOM = ("die Datei würde zu groß", "der Datenträger ist voll", "in keinem Ordner für Zwischendateien ist Platz")


def examine(world: World, done: Done, before: dict[str, bytes]) -> None:
    assert "Traceback" not in done.stdout + done.stderr
    assert done.returncode == 3, done.stderr
    assert any(each in done.stderr for each in NO_ROOM), done.stderr
    found = dict(world.everything())
    new = {path: content for path, content in found.items() if path not in before}
    assert {path: content for path, content in found.items() if path in before} == before
    assert all(content for content in new.values()), "an empty file was left"
    assert not [path.name for path in world.folder.rglob("*.tmp")], "something was left lying about"


@each_command
@pytest.mark.parametrize("in_the_midst", [False, True], ids=["at once", "in the midst"])
def test_no_file_may_become_larger(tmp_path: Path, writing: Writing, in_the_midst: bool) -> None:
    """A limit of the system on each file, with the same effect in the middle of a write."""
    world = World(tmp_path / "w", writing)
    before = dict(world.everything())
    done = call(world.args, room=writing.midst if in_the_midst else 0)
    examine(world, done, before)
    again = call(world.args)
    assert again.returncode == (3 if writing.args[0] == "init" and in_the_midst else 0), again.stderr


@each_command
def test_the_disk_is_full(tmp_path: Path, writing: Writing) -> None:
    """A small disk that holds the planning and nothing more; without the right to make one, no file may grow."""
    place = tmp_path / "disk"
    place.mkdir()
    with small_disk(place) as fill:
        world = World(place / "w", writing)
        before = dict(world.everything())
        if fill is None:
            examine(world, call(world.args, room=0), before)
        else:
            filling = fill()
            examine(world, call(world.args, {"TMPDIR": str(tmp_path)}), before)
            filling.unlink()


@contextmanager
def small_disk(place: Path) -> Iterator[Callable[[], Path] | None]:
    """A disk in memory, and how to fill it to the last byte; None where the system doesn't let us."""
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.mount(b"tmpfs", os.fsencode(place), b"tmpfs", 0, b"size=4m"):
        yield None
        return

    def fill() -> Path:
        rest = place / "rest"
        with rest.open("wb", buffering=0) as file:
            for size in (4096, 1):
                try:
                    while file.write(b"x" * size):
                        pass
                except OSError:
                    continue
        return rest

    try:
        yield fill
    finally:
        libc.umount2(os.fsencode(place), 2)
        shutil.rmtree(place, ignore_errors=True)
