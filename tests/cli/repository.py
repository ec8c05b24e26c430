"""A planning repository in real git that tests change as people would, and the program run on it."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from sozplan.cli.app import run
from tests.conftest import GIT_ENVIRONMENT, git

EXAMPLE = Path(__file__).resolve().parent.parent / "examples/base"
AREA = "plans/areas/hafen.yaml"
Edits = Mapping[str, tuple[tuple[str, str], ...]]


class Said:
    def __init__(self, code: int, out: str, err: str) -> None:
        self.code, self.out, self.err = code, out, err


Sozplan = Callable[..., Said]


class Repository:
    """The base example, committed once."""

    def __init__(self, root: Path) -> None:
        self.root = root
        for source in sorted(EXAMPLE.rglob("*")):
            if source.is_file():
                self.write(source.relative_to(EXAMPLE).as_posix(), source.read_text(encoding="utf-8"))
        git(root, "init", "--quiet", "--initial-branch=main")
        self.commit()

    def read(self, path: str) -> str:
        return (self.root / path).read_text(encoding="utf-8")

    def write(self, path: str, content: str) -> None:
        place = self.root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content.encode())

    def edit(self, path: str, *replacements: tuple[str, str]) -> None:
        content = self.read(path)
        for old, new in replacements:
            assert content.count(old) >= 1, old
            content = content.replace(old, new, 1)
        self.write(path, content)

    def move(self, old: str, new: str) -> None:
        (self.root / new).parent.mkdir(parents=True, exist_ok=True)
        (self.root / old).rename(self.root / new)

    def commit(self, day: str = "2026-01-15") -> str:
        """The id of the new commit, made on that day."""
        git(self.root, "add", "--all")
        when = f"{day}T09:00:00+01:00"
        dated = {**os.environ, **GIT_ENVIRONMENT, "GIT_COMMITTER_DATE": when, "GIT_AUTHOR_DATE": when}
        subprocess.run(
            ["git", "-C", self.root, "commit", "--quiet", "--allow-empty", "--message=Stand"], check=True, env=dated
        )
        return self.git("rev-parse", "HEAD")

    def git(self, *arguments: str) -> str:
        done = subprocess.run(["git", "-C", self.root, *arguments], check=True, capture_output=True, text=True)
        return done.stdout.strip()


def sozplan_on(root: Path, capsys: pytest.CaptureFixture[str]) -> Sozplan:
    def call(*args: str) -> Said:
        code = run([args[0], "-C", str(root), "--as-of", "2026-10-01", *args[1:]])
        said = capsys.readouterr()
        return Said(code, said.out, said.err)

    return call
