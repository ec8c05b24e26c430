"""What all tests share: planning repositories of a few lines, and a run in which nothing may be skipped."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Generator, Mapping
from pathlib import Path
from typing import TypeVar

import pytest

PlanRepo = Callable[[Mapping[str, str]], Path]
Report = TypeVar("Report", pytest.TestReport, pytest.CollectReport)

GIT_ENVIRONMENT = {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_SYSTEM": os.devnull,
    "GIT_AUTHOR_NAME": "Stelle Sozialplanung",
    "GIT_AUTHOR_EMAIL": "sozialplanung@example.org",
    "GIT_AUTHOR_DATE": "2026-01-15T09:00:00+01:00",
    "GIT_COMMITTER_NAME": "Stelle Sozialplanung",
    "GIT_COMMITTER_EMAIL": "sozialplanung@example.org",
    "GIT_COMMITTER_DATE": "2026-01-15T09:00:00+01:00",
}

collect_ignore = [] if os.environ.get("SOZPLAN_SPARK") else ["spark"]
"""`make spark` asks for them; they need hundreds of megabytes more."""


@pytest.fixture
def plan_repo(tmp_path: Path) -> PlanRepo:
    """Make a committed planning repository of these files; called again, it commits the changed ones.

    Author and date are fixed, so the same files give the same commit id everywhere.
    """
    root = tmp_path / "repo"

    def make(files: Mapping[str, str]) -> Path:
        if not root.exists():
            root.mkdir()
            git(root, "init", "--quiet", "--initial-branch=main")
        for name, content in files.items():
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.encode())
        git(root, "add", "--all")
        git(root, "commit", "--quiet", "--allow-empty", "--message=Stand der Planung")
        return root

    return make


def git(root: Path, *arguments: str) -> None:
    subprocess.run(["git", "-C", root, *arguments], check=True, env={**os.environ, **GIT_ENVIRONMENT})


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    return refuse_skip((yield))


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    return refuse_skip((yield))


def refuse_skip(report: Report) -> Report:
    """With SOZPLAN_NO_SKIP a skipped test fails: where all can be installed, nothing may go untested."""
    if os.environ.get("SOZPLAN_NO_SKIP") and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped under SOZPLAN_NO_SKIP: {report.longrepr}"
    return report
