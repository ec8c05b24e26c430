"""A fresh repository for each test, and the program to call on it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.repository import Repository, Sozplan, sozplan_on


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return Repository(tmp_path)


@pytest.fixture
def sozplan(repository: Repository, capsys: pytest.CaptureFixture[str]) -> Sozplan:
    return sozplan_on(repository.root, capsys)
