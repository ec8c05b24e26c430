"""The checksum of a file is the same whatever line ends a checkout gave it."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from sozplan.repo import digest as module
from sozplan.repo.digest import digest


def of(tmp_path: Path, content: bytes) -> str:
    (tmp_path / "file").write_bytes(content)
    return digest(tmp_path / "file")


def test_line_ends_count_as_lf(tmp_path: Path) -> None:
    assert of(tmp_path, b"a\r\nb\r\n") == of(tmp_path, b"a\nb\n") == hashlib.sha256(b"a\nb\n").hexdigest()


def test_a_lone_carriage_return_is_content(tmp_path: Path) -> None:
    assert of(tmp_path, b"a\rb\r") == hashlib.sha256(b"a\rb\r").hexdigest()


def test_bytes_that_are_no_text_count_as_they_are(tmp_path: Path) -> None:
    assert of(tmp_path, b"\0\r\n") == hashlib.sha256(b"\0\r\n").hexdigest()


@pytest.mark.parametrize("size", [1, 2, 3])
def test_a_line_end_between_two_pieces_is_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int) -> None:
    monkeypatch.setattr(module, "_PIECE", size)
    assert of(tmp_path, b"a\r\n\r\nbc\r\r\n") == hashlib.sha256(b"a\n\nbc\r\n").hexdigest()
