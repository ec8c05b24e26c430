"""Moved files are known by what they are about, by their content or by their name."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

import pytest

from sozplan.repo import WorkTree
from sozplan.repo.both import load_both
from sozplan.repo.git import resolve
from sozplan.repo.revision import RevisionTree
from tests.conftest import GIT_ENVIRONMENT, PlanRepo, git
from tests.rules.harness import base

ENVIRON = {**os.environ, **GIT_ENVIRONMENT}
AREA, DATA = "plans/areas/hafen.yaml", "indicators/data/kennzahlen.csv"


def moved(root: Path, *, committed: bool) -> Mapping[str, str]:
    def revision(name: str) -> RevisionTree:
        return RevisionTree(root, resolve(root, name, ENVIRON), ENVIRON)

    if not committed:
        with revision("HEAD") as old:
            return load_both(old, WorkTree(root)).moved
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--allow-empty", "--message=Umbenannt")
    with revision("HEAD~1") as old, revision("HEAD") as new:
        return load_both(old, new).moved


@pytest.fixture(params=[True, False], ids=["committed", "work tree"])
def committed(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


def rename(root: Path, old: str, new: str, *edit: str) -> None:
    content = (root / old).read_text(encoding="utf-8")
    (root / old).unlink()
    (root / new).parent.mkdir(parents=True, exist_ok=True)
    (root / new).write_text(content.replace(edit[0], edit[1]) if edit else content, encoding="utf-8")


def test_nothing_moved(plan_repo: PlanRepo, committed: bool) -> None:
    assert moved(plan_repo(base()), committed=committed) == {}


def test_a_plan_that_was_renamed_and_edited(plan_repo: PlanRepo, committed: bool) -> None:
    root = plan_repo(base())
    rename(root, AREA, "plans/areas/anders.yaml", "value: 90.0", "value: 91.0")
    assert moved(root, committed=committed) == {"plans/areas/anders.yaml": AREA}


def test_a_table_that_was_renamed(plan_repo: PlanRepo, committed: bool) -> None:
    root = plan_repo(base())
    rename(root, DATA, "indicators/data/neu.csv")
    assert moved(root, committed=committed) == {"indicators/data/neu.csv": DATA}


def test_a_broken_file_in_another_folder(plan_repo: PlanRepo, committed: bool) -> None:
    root = plan_repo({**base(), "plans/areas/kaputt.yaml": "id: kaputt\n  a: b: c\n"})
    rename(root, "plans/areas/kaputt.yaml", "plans/inventory/kaputt.yaml", "a: b", "a: bb")
    assert moved(root, committed=committed) == {"plans/inventory/kaputt.yaml": "plans/areas/kaputt.yaml"}


def test_another_file_is_not_the_old_one(plan_repo: PlanRepo, committed: bool) -> None:
    root = plan_repo(base())
    (root / AREA).unlink()
    (root / "plans/areas/neu.yaml").write_text("id: neu\n", encoding="utf-8")
    assert moved(root, committed=committed) == {}
