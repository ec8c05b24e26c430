"""Called again and again in one process, the program gets no larger and leaves nothing behind."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest

from tests.cli.repository import EXAMPLE
from tests.process.soak import Grown, soak


def test_fifty_checks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`make soak` makes a thousand, of the whole town."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    grown = soak(50, EXAMPLE)
    assert grown.bytes < 20_000_000, grown  # one check of it kept alive would be more; the allocator's own takes some
    assert grown.objects < 2_000, grown
    assert (grown.files, grown.handles) == (0, 0)


def test_growth_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    kept: list[object] = []
    left = iter(range(100))

    def leaking(_: list[str]) -> int:
        kept.extend([] for _ in range(1_000))
        (tmp_path / f"left-{next(left)}").touch()
        return 0

    monkeypatch.setattr("tests.process.soak.run", leaking)
    grown = soak(10, EXAMPLE)
    assert isinstance(grown, Grown)
    assert grown.objects > 8_000
    assert grown.files == 9
