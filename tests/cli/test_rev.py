"""`--rev`: every command that reads says of an old commit what it said when that was the work tree."""

from __future__ import annotations

from pathlib import Path

import pytest

from sozplan.cli import app
from tests.cli.repository import AREA, Repository, Sozplan

READING = {
    "check": ["check"],
    "status": ["status", "--format", "json"],
    "index": ["index", "--period", "2024"],
    "report": ["report", "--format", "html", "--out", "{out}"],
    "handbook": ["handbook", "--out", "{out}/handbuch.html"],
    "thread": ["thread", "hafen-2026"],
    "history": ["history", "hafen-g1"],
    "rules": ["rules", "--format", "json"],
    "explain": ["explain", "ref.unknown"],
    "diff": ["diff", "HEAD~1"],
    "cycle": ["cycle", "--proofs"],
    "due": ["due", "--within", "365d"],
    "funding": ["funding"],
    "process": ["process", "export", "--out", "{out}"],
}


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.glob("*"))}


def test_every_reading_command_is_tried() -> None:
    writing = {"init", "schema", "resolve", "import", "add", "set", "review", "rename", "move", "table", "apply"}
    assert set(app.COMMANDS) - writing <= set(READING)


@pytest.mark.parametrize("command", [name for name in READING if name in app.COMMANDS and name != "diff"])
def test_a_revision_reads_like_the_work_tree_of_then(
    repository: Repository, sozplan: Sozplan, tmp_path_factory: pytest.TempPathFactory, command: str
) -> None:
    then, now = tmp_path_factory.mktemp("then"), tmp_path_factory.mktemp("now")
    before = sozplan(*(each.format(out=then) for each in READING[command]))
    repository.edit(AREA, ("value: 90.0", "value: 95.5"), ("title: Kita-Besuch", "title: Ein anderer Titel"))
    repository.move("handbook/rules/berichte.yaml", "handbook/rules/anders.yaml")
    repository.commit("2026-02-03")
    index = (repository.root / ".git/index").read_bytes()
    after = sozplan(*(each.format(out=now) for each in READING[command]), "--rev", "HEAD~1")
    assert before.out
    assert (after.code, after.out.replace(str(now), str(then)), after.err) == (before.code, before.out, before.err)
    assert files(now) == files(then)
    assert "95.5" in repository.read(AREA)
    assert (repository.root / ".git/index").read_bytes() == index


def test_files_that_are_gone_from_the_work_tree_are_still_read(
    sozplan: Sozplan, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    before = sozplan("thread", "hafen-g1").out
    (tmp_path / "plans").rename(tmp_path_factory.mktemp("weg") / "plans")
    assert sozplan("thread", "hafen-g1", "--rev", "HEAD").out == before
