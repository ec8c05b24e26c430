"""A forked call is the call that people make: it says, writes and answers the same."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import tempfile
from pathlib import Path

import pytest

from tests.process.calls import begin, call, environment, program, started
from tests.process.commands import WRITING, World, Writing

SET = next(each for each in WRITING if each.args[0] == "set")
TABLE = next(each for each in WRITING if each.args[0] == "table")
BROKEN = Writing(("check", "--format", "json"), (("sozplan.yaml", "name:"), ("sozplan.yaml", "nam:")))


@pytest.mark.parametrize("writing", [SET, TABLE, BROKEN], ids=lambda each: each.name)
def test_the_same_as_started_by_hand(tmp_path: Path, writing: Writing) -> None:
    world = World(tmp_path / "w", writing)
    by_hand, written = started(world.args), world.everything()
    world.anew()
    forked = call(world.args)
    assert (forked.returncode, forked.stdout, forked.stderr) == (by_hand.returncode, by_hand.stdout, by_hand.stderr)
    assert world.everything() == written
    assert by_hand.returncode == (1 if writing is BROKEN else 0)


@pytest.mark.parametrize("redirect", [">/dev/full", ">&-"])
def test_the_same_where_the_output_goes_nowhere(tmp_path: Path, redirect: str) -> None:
    world = World(tmp_path / "w", SET)
    words = ["sh", "-c", f'exec "$@" {redirect}', "sh", *program(*world.args)]
    by_hand = subprocess.run(words, env=environment(), capture_output=True, text=True)
    world.anew()
    with Path("/dev/full").open("wb") as full, tempfile.TemporaryFile() as complained:
        code = begin(world.args, full if redirect == ">/dev/full" else None, complained).wait()
        complained.seek(0)
        assert (code, complained.read().decode()) == (by_hand.returncode, by_hand.stderr)
    assert by_hand.returncode == 3


def test_the_same_where_no_file_may_grow(tmp_path: Path) -> None:
    world = World(tmp_path / "w", SET)
    by_hand = subprocess.run(
        program(*world.args), env=environment(), capture_output=True, text=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0)),
    )  # fmt: skip
    forked = call(world.args, room=0)
    assert (forked.returncode, forked.stderr) == (by_hand.returncode, by_hand.stderr)


def test_it_may_do_no_more_than_its_rights(tmp_path: Path) -> None:
    """Root's, too, and those of the programs it calls."""
    world = World(tmp_path / "w", SET)
    (world.root / "plans/areas").chmod(0o555)
    (world.root / ".git").chmod(0)
    assert call(world.args, obeys=True).returncode == 3
    assert call(["history", "-C", str(world.root), "hafen-m1"], obeys=True).returncode == 3
    assert call(world.args).returncode == 0


def test_it_can_be_killed(tmp_path: Path) -> None:
    world = World(tmp_path / "w", SET)
    with Path(os.devnull).open("wb") as nobody:
        running = begin(world.args, nobody, nobody)
        running.kill()
        assert running.wait() == -signal.SIGKILL
