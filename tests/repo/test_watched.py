"""What counts as a change of a planning folder, and what doesn't."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from sozplan.repo.watched import changed, look
from tests.conftest import git

AREA = "plans/areas/hafen.yaml"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for path in ("sozplan.yaml", AREA, "indicators/data/werte.csv", "notizen.txt"):
        place = tmp_path / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text("a: 1\n", encoding="utf-8")
    return tmp_path


def test_all_planning_files_are_looked_at(root: Path) -> None:
    assert sorted(look(root)) == ["indicators/data/werte.csv", AREA, "sozplan.yaml"]


def test_changed_new_and_gone(root: Path) -> None:
    before = look(root)
    (root / AREA).write_text("a: 12\n", encoding="utf-8")
    (root / "plans/neu.yaml").write_text("", encoding="utf-8")
    (root / "indicators/data/werte.csv").unlink()
    assert changed(before, look(root)) == ["indicators/data/werte.csv", AREA, "plans/neu.yaml"]


def test_another_content_of_the_same_size_and_time_in_another_file(root: Path) -> None:
    """As editors do that write beside and then change names, on drives that count time in seconds."""
    before = look(root)
    place = root / AREA
    status = place.stat()
    beside = place.with_name("beside")
    beside.write_text("a: 2\n", encoding="utf-8")
    os.utime(beside, ns=(status.st_atime_ns, status.st_mtime_ns))
    beside.replace(place)
    assert changed(before, look(root)) == [AREA]


@pytest.mark.parametrize(
    "name",
    [
        ".hafen.yaml.swp", ".hafen.yaml.swx", "hafen.yaml~", "4913", "#hafen.yaml#", ".~lock.hafen.csv#", "~$hafen.csv",
        ".hafen.yaml.x1y2.tmp", "hafen.yaml.tmp", "hafen.yaml___jb_tmp___", ".DS_Store", "Thumbs.db", "README.md",
    ],
)  # fmt: skip
def test_what_editors_leave_beside_is_no_change(root: Path, name: str) -> None:
    before = look(root)
    (root / "plans/areas" / name).write_text("x", encoding="utf-8")
    (root / "plans/areas/.#hafen.yaml").symlink_to("jemand@rechner.123")
    assert changed(before, look(root)) == []


def test_a_link_counts_by_what_it_leads_to(root: Path) -> None:
    (root / "plans/link.yaml").symlink_to(root / "notizen.txt")
    before = look(root)
    (root / "notizen.txt").write_text("anders", encoding="utf-8")
    assert changed(before, look(root)) == ["plans/link.yaml"]


def test_a_commit_and_another_branch(root: Path) -> None:
    git(root, "init", "--quiet", "--initial-branch=main")
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--message=Stand")
    before = look(root)
    git(root, "commit", "--quiet", "--allow-empty", "--message=Stand 2")
    committed = look(root)
    assert changed(before, committed) == [".git/logs/HEAD"]
    git(root, "checkout", "--quiet", "-b", "andere")
    assert changed(committed, look(root)) == [".git/HEAD", ".git/logs/HEAD"]


def test_a_folder_without_anything(tmp_path: Path) -> None:
    assert look(tmp_path) == {}
    assert look(tmp_path / "weg") == {}
