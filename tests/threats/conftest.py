"""The repository that hostile files are put into."""

from __future__ import annotations

from tests.cli.conftest import repository, sozplan

__all__ = ["repository", "sozplan"]
