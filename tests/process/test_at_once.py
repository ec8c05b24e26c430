"""Two calls at the same time: both are done one after the other, or one says that somebody else is writing."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.process.calls import Done, call
from tests.process.commands import ADDITIONS, EDITS, World, Writing

TITLE = ("set", "hafen-m1", "title", "Lotsen zur selben Zeit")

MEETING = [each for each in EDITS if not each.slips and each not in ADDITIONS]


def together(*calls: list[str]) -> list[Done]:
    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(call, calls))


@pytest.mark.parametrize(
    "writing", [each for each in EDITS if not each.slips and each not in ADDITIONS], ids=lambda each: each.name
)
def test_with_another_edit_nothing_is_lost(tmp_path: Path, writing: Writing) -> None:
    """As if the one had come before the other."""
    possible = []
    for name in ("first", "last"):
        world = World(tmp_path / name, writing)
        title = ["set", "-C", str(world.root), "--as-of", "2026-10-01", *TITLE[1:], "--force"]
        for args in [world.args, title] if name == "first" else [title, world.args]:
            assert call(args).returncode == 0
        possible.append(world.everything())
    for number in range(2):
        world = World(tmp_path / str(number), writing)
        title = ["set", "-C", str(world.root), "--as-of", "2026-10-01", *TITLE[1:], "--force"]
        done = together(world.args, title)
        assert [each.returncode for each in done] == [0, 0], [each.stderr for each in done]
        assert world.everything() in possible
        assert world.leftovers() == []


@pytest.mark.parametrize("writing", EDITS, ids=lambda each: each.name)
def test_the_same_twice(tmp_path: Path, writing: Writing) -> None:
    """The second finds what the first has done: nothing to change, a further entry, or a refusal with a reason."""
    world = World(tmp_path / "w", writing)
    done = together(world.args, world.args)
    assert 0 in [each.returncode for each in done]
    for each in done:
        assert each.returncode in (0, 1, 2), each.stderr
        assert "Traceback" not in each.stderr
    assert world.leftovers() == []
