"""A machine on which the library Pango can't be loaded: only PDF is missing, and it says what to install."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable

import pytest

from tests.cli.repository import Repository

Run = Callable[..., subprocess.CompletedProcess[str]]
MISSING = (
    "sozplan: PDF braucht die Bibliothek Pango, die auf diesem Rechner fehlt: unter Debian und Ubuntu "
    "„apt install libpangoft2-1.0-0“, unter macOS „brew install pango“, unter Windows über MSYS2 "
    "„pacman -S mingw-w64-x86_64-pango“.\n"
)


@pytest.fixture
def bare(repository: Repository, tmp_path_factory: pytest.TempPathFactory) -> Run:
    """The program where the system's loader finds something else under Pango's name, and so nothing to load."""
    hidden = tmp_path_factory.mktemp("libraries")
    (hidden / "libpango-1.0.so.0").write_bytes(b"no library")
    paths = os.pathsep.join(filter(None, [str(hidden), os.environ.get("LD_LIBRARY_PATH")]))

    def run(*command: str) -> subprocess.CompletedProcess[str]:
        options = () if command[0] == "rules" else ("--as-of", "2026-10-01")
        return subprocess.run(
            [sys.executable, "-P", "-m", "sozplan", *command, *options],
            cwd=repository.root, env={**os.environ, "LD_LIBRARY_PATH": paths}, capture_output=True, text=True,
        )  # fmt: skip

    return run


@pytest.mark.parametrize(
    "command",
    [
        ["check"],
        ["rules"],
        ["explain", "ref.duplicate-id"],
        ["status"],
        ["diff", "HEAD"],
        ["history", "hafen-g1"],
        ["thread", "hafen-g1"],
        ["report", "--format", "html", "--out", "build/papers"],
        ["handbook", "--out", "build/papers/handbuch.html"],
    ],
    ids=lambda command: " ".join(command[:3]),
)
def test_every_other_command_works(bare: Run, command: list[str]) -> None:
    said = bare(*command)
    assert (said.returncode, said.stderr) == (0, "")


@pytest.mark.parametrize("command", [["report", "--out", "build/papers"], ["handbook", "--out", "build/papers/h.pdf"]])
def test_a_pdf_says_what_to_install(bare: Run, repository: Repository, command: list[str]) -> None:
    said = bare(*command)
    assert (said.returncode, said.stdout, said.stderr) == (3, "", MISSING)
    assert not (repository.root / "build").exists()
