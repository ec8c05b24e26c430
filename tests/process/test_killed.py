"""SIGKILL at any moment of every command that writes: each file is old or new, and the next call goes on."""

from __future__ import annotations

import os
import random
import signal
import time
from collections.abc import Mapping
from pathlib import Path

import pytest

from sozplan.cli.app import run
from sozplan.repo.planning import writing
from tests.process.calls import Done, begin, call
from tests.process.commands import WRITING, World, Writing

STEPS = {True: 10, False: 4}
"""So many of the steps of an edit are tried, and of other commands; of more some spread over all."""
CHANCES = {True: 2, False: 1}
Files = Mapping[str, bytes]

each_command = pytest.mark.parametrize("writes", WRITING, ids=lambda each: each.name)


def same_day(world: World) -> int:
    return run(["check", "-C", str(world.root), "--as-of", "2026-10-01"])


def stepped(world: World, step: int) -> tuple[Done, int]:
    """The call, killed at a step (none: -1), and how many steps there were if it came to its end."""
    told = world.folder.with_name("steps")
    told.unlink(missing_ok=True)
    done = call(world.args, watched=f"{world.folder}/", told=str(told), killed_at=step)
    return done, int(told.read_text()) if told.exists() else -1


def examine(world: World, before: Files, after: Files) -> None:
    """What a killed call has left, and whether the next one puts it in order."""
    for path, content in world.everything().items():
        assert content in (before.get(path), after.get(path)), f"{path} is half a file"
    assert same_day(world) == 0 or world.call.slips or world.call.in_steps
    with writing(world.root, 0):  # as every command does that writes; the dead one's lock is no hindrance
        assert world.leftovers() == [".sozplan.lock"]
    assert world.leftovers() == []
    found = world.everything()
    if world.call.is_edit and not world.call.in_steps:
        assert found in (before, after), "some files are old and some are new"
    if world.call.args[0] == "init":
        whole = "out/neu/sozplan.yaml" in found
        assert whole == (found == after), "a repository that isn't whole looks like one"
    elif found != after:
        assert run(world.args) == 0
        assert world.everything() == after


@each_command
@pytest.mark.usefixtures("capsys")
def test_at_every_step(tmp_path: Path, writes: Writing) -> None:
    world = World(tmp_path / "w", writes)
    before = world.everything()
    done, count = stepped(world, -1)
    assert (done.returncode, "Traceback" in done.stderr) == (0, False), done.stderr
    after = world.everything()
    assert after != before
    assert count >= 4, "no step of it was seen"
    tried = STEPS[writes.is_edit]
    for step in sorted({count * i // tried for i in range(tried)}):
        world.anew()
        killed, _ = stepped(world, step)
        assert killed.returncode == -signal.SIGKILL
        examine(world, before, after)


@each_command
@pytest.mark.usefixtures("capsys")
def test_at_random_moments(tmp_path: Path, writes: Writing) -> None:
    world = World(tmp_path / "w", writes)
    before = world.everything()
    start = time.monotonic()
    assert call(world.args).returncode == 0
    after, seconds = world.everything(), time.monotonic() - start
    chance = random.Random(writes.name)
    for _ in range(CHANCES[writes.is_edit]):
        world.anew()
        with Path(os.devnull).open("wb") as nobody:
            process = begin(world.args, nobody, nobody)
            time.sleep(seconds * chance.random())
            process.kill()
            process.wait()
        examine(world, before, after)


def test_a_half_file_would_be_seen(tmp_path: Path) -> None:
    world = World(tmp_path / "w", WRITING[0])
    before = world.everything()
    path = world.root / "plans/areas/hafen.yaml"
    path.write_bytes(path.read_bytes()[:-10])
    with pytest.raises(AssertionError, match="is half a file"):
        examine(world, before, before)
