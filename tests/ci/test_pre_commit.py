"""The hook that `.pre-commit-hooks.yaml` offers, run by pre-commit in a real repository, without network."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.cli.repository import AREA, Repository
from tests.conftest import git
from tests.script import call, script

AS_OF = ["--as-of", "2026-10-01"]
MANIFEST = Path(__file__).resolve().parents[2] / ".pre-commit-hooks.yaml"


def test_pre_commit_accepts_the_manifest(tmp_path: Path) -> None:
    done = call(tmp_path, sys.executable, "-m", "pre_commit", "validate-manifest", MANIFEST)
    assert done.returncode == 0, done.stdout


class Hooked:
    """A repository with the hook, which takes the installed program instead of building it first."""

    def __init__(self, repository: Repository, cache: Path) -> None:
        self.repository, self._cache = repository, cache
        (hook,) = yaml.safe_load(MANIFEST.read_text(encoding="utf-8"))
        offered: dict[str, Any] = {**hook, "language": "system", "entry": f"{script()} check", "args": AS_OF}
        config = {"repos": [{"repo": "local", "hooks": [offered]}]}
        repository.write(".pre-commit-config.yaml", yaml.safe_dump(config))
        repository.commit()

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        git(self.repository.root, "add", "--all")
        command = (sys.executable, "-m", "pre_commit", *arguments)
        return call(self.repository.root, *command, PRE_COMMIT_HOME=str(self._cache), PRE_COMMIT_COLOR="never")


@pytest.fixture
def hooked(repository: Repository, tmp_path_factory: pytest.TempPathFactory) -> Hooked:
    return Hooked(repository, tmp_path_factory.mktemp("cache"))


def test_a_fault_stops_the_commit(hooked: Hooked) -> None:
    hooked.repository.edit(AREA, ("executing: [hafentreff-ev]", "executing: [hafentref-ev]"))
    said = hooked.run("run")
    assert said.returncode == 1
    assert "sozplan check" in said.stdout
    assert f"{AREA}:" in said.stdout
    assert " Fehler ref.unknown " in said.stdout


def test_what_fits_together_passes(hooked: Hooked) -> None:
    hooked.repository.edit(AREA, ("title: Kita-Besuch", "title: Besuch der Kita"))
    said = hooked.run("run")
    assert (said.returncode, said.stdout.rstrip().endswith("Passed")) == (0, True)


def test_other_files_do_not_ask_for_a_check(hooked: Hooked) -> None:
    hooked.repository.write("notizen.txt", "Anruf\n")
    said = hooked.run("run")
    assert (said.returncode, said.stdout.rstrip().endswith("Skipped")) == (0, True)


def test_it_holds_as_gits_own_hook(hooked: Hooked) -> None:
    """Git tells hooks by its environment which repository is meant; history is read all the same."""
    assert hooked.run("install").returncode == 0
    hooked.repository.edit(AREA, ("executing: [hafentreff-ev]", "executing: [hafentref-ev]"))
    git(hooked.repository.root, "add", "--all")
    said = call(hooked.repository.root, "git", "commit", "--message=Stand")
    assert said.returncode == 1
    assert " Fehler ref.unknown " in said.stderr
