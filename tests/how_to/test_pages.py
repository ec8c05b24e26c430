"""Each how-to does what it says: its commands run one after the other, its samples fit, its output is what comes."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import git
from tests.how_to.reading import Call, steps
from tests.how_to.running import ROOT, SERVER, SPILT, Terminal, empty, objects, said, spilt, town

HOW_TO = ROOT / "docs/how-to"
PAGES = sorted(page.name for page in HOW_TO.glob("*.md") if list(steps(page)))
START: dict[str, Callable[[Path], Path]] = {"daten-loeschen.md": spilt, "erste-schritte.md": empty}
"""Where a page begins, if not in the example town."""
NOT_RUN = {"code .": "opens an editor"}
"""Commands that no test can run, and why."""
LEAVES_FINDINGS = {
    "gebietsplan-anlegen.md": "a target within what chance alone does, to show what that means",
    "jahresbericht.md": "written on a later day than the one on which all pages are compared",
    "was-hat-sich-geaendert.md": "a target is changed that the council has resolved, to show it",
}
"""Pages after which `check` says more than before, and why."""


@pytest.mark.parametrize("page", PAGES)
def test_the_page_does_what_it_says(page: str, tmp_path: Path) -> None:
    start = START.get(page, town)
    root = start(tmp_path)
    before = said(root) if start is town else set()
    terminal = Terminal(root, tmp_path)
    follow(page, terminal)
    if start is town:
        assert bool(said(root) - before) == (page in LEAVES_FINDINGS)


def follow(page: str, terminal: Terminal) -> None:
    for step in steps(HOW_TO / page):
        if not (isinstance(step, Call) and step.command in NOT_RUN):
            terminal.do(step)


def test_what_is_deleted_is_in_no_object(tmp_path: Path) -> None:
    """Not in the clone that was rewritten, nor on the server once its administration has tidied up as the page says."""
    server = tmp_path / SERVER
    folder = spilt(tmp_path)
    words = (SPILT[1:].encode(), b"geburtsdatum")
    assert all(word in objects(server) for word in words)
    follow("daten-loeschen.md", Terminal(folder, tmp_path))
    page = (HOW_TO / "daten-loeschen.md").read_text(encoding="utf-8")
    for command in re.findall(r"`git ((?:reflog|gc) [^`]+)`", page):
        git(server, *command.split())
    for repository in (folder / "bereinigen", server):
        assert not any(word in objects(repository) for word in words)


def test_every_exception_is_needed() -> None:
    commands = {step.command for page in PAGES for step in steps(HOW_TO / page) if isinstance(step, Call)}
    assert set(NOT_RUN) <= commands
    assert {*START, *LEAVES_FINDINGS} <= set(PAGES)
