"""The fixtures themselves: if they lied, so would every test that uses them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.conftest import PlanRepo

SKIPPING = """
import pytest

def test_skipped():
    pytest.skip("no reason at all")

@pytest.mark.xfail(strict=True)
def test_expected_to_fail():
    assert False
"""
SKIPPING_MODULE = 'import pytest\npytest.skip("not here", allow_module_level=True)\n'


def pytest_in(folder: Path, no_skip: str) -> str:
    shutil.copy(Path(__file__).with_name("conftest.py"), folder)
    (folder / "test_some.py").write_text(SKIPPING, encoding="utf-8")
    (folder / "test_none.py").write_text(SKIPPING_MODULE, encoding="utf-8")
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-p",
        "no:cacheprovider",
        "-p",
        "no:xdist",
        "--rootdir",
        str(folder),
    ]
    done = subprocess.run(
        [*command, "-c", os.devnull, "--continue-on-collection-errors", folder],
        capture_output=True,
        text=True,
        cwd=folder,
        env={**os.environ, "SOZPLAN_NO_SKIP": no_skip, "PYTEST_ADDOPTS": ""},
    )
    return done.stdout


@pytest.mark.parametrize(
    ("no_skip", "summary"),
    [("", "2 skipped, 1 xfailed"), ("1", "1 failed, 1 xfailed, 1 error")],
)
def test_skips_fail_only_where_none_is_allowed(tmp_path: Path, no_skip: str, summary: str) -> None:
    assert f"{summary} in " in pytest_in(tmp_path, no_skip)


def test_plan_repo_makes_the_same_commits_everywhere(plan_repo: PlanRepo) -> None:
    root = plan_repo({"plans/a.yaml": "id: ä\n"})
    plan_repo({"plans/b.yaml": "id: b\r\n"})
    log = subprocess.run(["git", "-C", root, "log", "--format=%h %an: %s"], capture_output=True, text=True, check=True)
    assert log.stdout.splitlines() == [
        "0edeecf Stelle Sozialplanung: Stand der Planung",
        "cc38857 Stelle Sozialplanung: Stand der Planung",
    ]
    assert (root / "plans/b.yaml").read_bytes() == b"id: b\r\n"
