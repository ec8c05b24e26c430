"""Repositories that would like to run something: whatever lies in them is data."""

from __future__ import annotations

import stat
import subprocess
import sys
from pathlib import Path

import pytest

from sozplan.cli.app import run
from tests.cli.repository import AREA, Repository, Sozplan
from tests.conftest import git
from tests.script import call, script

MODULES = [
    "yaml",
    "jinja2",
    "pydantic",
    "typer",
    "sozplan",
    "sitecustomize",
    "usercustomize",
    "json",
    "babel",
    "git",
    "pickle",
]


@pytest.fixture
def trace(repository: Repository, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Modules named like libraries, and a program where git can be told to call one; each would leave this file."""
    place = tmp_path_factory.mktemp("trace") / "sprung"
    for name in MODULES:
        repository.write(f"{name}.py", f"open({str(place)!r}, 'a').write('{name} ')\n")
    program = repository.root / "git"
    program.write_text(f"#!/bin/sh\necho git >> {place}\n")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    return place


COMMANDS = [
    ["check"],
    ["check", "--format", "sarif", "--since", "HEAD"],
    ["check", "--rev", "HEAD"],
    ["status"],
    ["diff", "HEAD"],
    ["history", "hafen-g1"],
    ["rules"],
]


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_the_script_imports_nothing_from_the_repository(
    repository: Repository, trace: Path, command: list[str]
) -> None:
    said = call(repository.root, script(), *command)
    assert said.returncode in (0, 1), said.stderr
    assert said.stdout
    assert not trace.exists()


@pytest.mark.parametrize("format", ["html", "pdf"])
def test_nor_do_the_makers_of_papers(repository: Repository, trace: Path, tmp_path: Path, format: str) -> None:
    said = call(repository.root, script(), "report", "--format", format, "--out", tmp_path / "papers")
    assert said.returncode in (0, 1), said.stderr
    assert list((tmp_path / "papers").glob(f"*.{format}"))
    assert not trace.exists()


def test_as_a_module_it_leaves_the_folder_out_as_well(repository: Repository, trace: Path) -> None:
    script()
    (repository.root / "sozplan.py").unlink()
    said = call(repository.root, sys.executable, "-m", "sozplan", "check")
    assert said.returncode in (0, 1), said.stderr
    assert not trace.exists()


def test_the_trap_can_spring(repository: Repository, trace: Path) -> None:
    call(repository.root, sys.executable, "-c", "import yaml")
    assert trace.read_text() == "yaml "


@pytest.mark.parametrize("key", ["plugins", "rules", "extensions", "import", "python_path", "hooks"])
def test_settings_cannot_name_code(repository: Repository, sozplan: Sozplan, key: str) -> None:
    settings = repository.read("sozplan.yaml")
    repository.write("sozplan.yaml", f"{settings}{key}: [evil.py]\n")
    said = sozplan("check", "--select", "yaml")
    assert said.code == 1
    line = settings.count("\n") + 1
    assert said.out.startswith(f"sozplan.yaml:{line}:1: Fehler yaml.unknown-key ")


def test_a_promised_object_is_not_fetched(repository: Repository, sozplan: Sozplan, trace: Path) -> None:
    """A partial clone names a server; its address may be a command, and its configuration may allow that."""
    blob = repository.git("rev-parse", f"HEAD:{AREA}")
    (repository.root / f".git/objects/{blob[:2]}/{blob[2:]}").unlink()
    for name, value in (
        ("core.repositoryformatversion", "1"),
        ("extensions.partialClone", "origin"),
        ("remote.origin.promisor", "true"),
        ("remote.origin.url", f"ext::sh -c touch% {trace}"),
        ("protocol.ext.allow", "always"),
    ):
        git(repository.root, "config", name, value)
    said = sozplan("check", "--rev", "HEAD", "--select", "file.unreadable")
    assert (said.code, said.out.splitlines()[0]) == (
        3,
        f"{AREA}:1:1: Fehler file.unreadable Die Datei lässt sich nicht lesen: das Git-Objekt fehlt oder ist "
        "beschädigt (in der CI „fetch-depth: 0“, sonst „git fsck“).",
    )
    assert sozplan("check", "--since", "HEAD").code in (0, 1, 3)
    assert sozplan("history", "hafen-g1").code in (0, 1, 3)
    assert not trace.exists()
    subprocess.run(["git", "-C", repository.root, "cat-file", "-p", blob], check=False, capture_output=True)
    assert trace.exists(), "the trap must be able to spring"


NOWHERE = "sozplan: Der Ordner liegt in keinem Git-Repository; frühere Stände gibt es hier nicht.\n"
MISSING = "sozplan: Das Programm git ist nicht installiert; ohne es lässt sich nur der Arbeitsstand lesen.\n"
WITH_HISTORY = [
    ["check", "--since", "HEAD"], ["check", "--rev", "HEAD"], ["diff", "HEAD"], ["history", "hafen-g1"],
]  # fmt: skip


@pytest.mark.parametrize("command", WITH_HISTORY, ids=" ".join)
def test_no_git_repository(
    repository: Repository, sozplan: Sozplan, monkeypatch: pytest.MonkeyPatch, command: list[str]
) -> None:
    (repository.root / ".git").rename(repository.root / "weg")
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(repository.root.parent))
    said = sozplan(*command)
    assert (said.code, said.out, said.err) == (3, "", NOWHERE)
    assert sozplan("check").code == 0


@pytest.mark.parametrize("command", WITH_HISTORY, ids=" ".join)
def test_no_git_program(
    sozplan: Sozplan, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory, command: list[str]
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path_factory.mktemp("nothing")))
    said = sozplan(*command)
    assert (said.code, said.out, said.err) == (3, "", MISSING)
    assert sozplan("check").code == 0


@pytest.mark.parametrize("command", WITH_HISTORY, ids=" ".join)
def test_no_commit_yet(
    repository: Repository, sozplan: Sozplan, tmp_path_factory: pytest.TempPathFactory, command: list[str]
) -> None:
    (repository.root / ".git").rename(tmp_path_factory.mktemp("away") / "git")
    git(repository.root, "init", "--quiet")
    said = sozplan(*command)
    assert (said.code, said.out, said.err.count("\n")) == (3, "", 1)
    assert "Revision „HEAD“ gibt es in diesem Repository nicht" in said.err
    assert sozplan("check").code == 0


def test_a_bare_repository(
    repository: Repository, tmp_path_factory: pytest.TempPathFactory, capsys: pytest.CaptureFixture[str]
) -> None:
    bare = tmp_path_factory.mktemp("bare") / "town.git"
    git(repository.root, "clone", "--quiet", "--bare", str(repository.root), str(bare))
    assert run(["check", "-C", str(bare)]) == 3
    assert "liegt kein Planungsrepository: sozplan.yaml fehlt." in capsys.readouterr().err
    assert run(["check", "-C", str(bare), "--rev", "HEAD"]) == 3
    said = capsys.readouterr()
    assert (said.out, said.err.count("\n")) == ("", 1)
    assert said.err.startswith("sozplan: Git lehnt diesen Ordner ab: fatal: cannot use bare repository ")


@pytest.mark.parametrize("damage", ["tree", "commit"])
def test_a_damaged_repository(repository: Repository, sozplan: Sozplan, damage: str) -> None:
    name = repository.git("rev-parse", f"HEAD^{{{damage}}}")
    place = repository.root / f".git/objects/{name[:2]}/{name[2:]}"
    place.chmod(0o600)
    place.write_bytes(b"nothing that git could read")
    said = sozplan("check", "--since", "HEAD")
    assert (said.code, said.out, said.err.count("\n")) == (3, "", 1)
    assert sozplan("check").code == 0


@pytest.mark.parametrize(
    "environ",
    [{"NO_COLOR": "1"}, {"TERM": "dumb"}, {"COLUMNS": "40"}, {"FORCE_COLOR": "1"}, {"CLICOLOR_FORCE": "1"}],
    ids=str,
)
def test_without_a_terminal_a_finding_is_a_line(repository: Repository, environ: dict[str, str]) -> None:
    repository.edit(AREA, ("executing: [hafentreff-ev]", "executing: [hafentref-ev]"))
    plain = call(repository.root, script(), "check", "--as-of", "2026-10-01")
    other = call(repository.root, script(), "check", "--as-of", "2026-10-01", **environ)
    assert plain.returncode == other.returncode == 1
    assert plain.stdout == other.stdout
    assert "\x1b" not in plain.stdout
    (finding, _) = plain.stdout.splitlines()
    assert finding.startswith(f"{AREA}:")


@pytest.mark.parametrize("hostile", ["[/nope]", "[link=https://example.org]x", "[bold]", "::error::x", "##[error]x"])
def test_user_text_is_no_markup_and_no_command(repository: Repository, sozplan: Sozplan, hostile: str) -> None:
    repository.edit(AREA, ("executing: [hafentreff-ev]", f'executing: ["{hostile}"]'))
    for format in ("text", "github"):
        said = sozplan("check", "--format", format)
        assert said.code == 1
        assert not said.err
        assert all(line.startswith(("::error file=plans/", "plans/")) for line in said.out.splitlines()[:-1])
        assert "##[" not in said.out


def test_windows_paths_are_told(repository: Repository, sozplan: Sozplan) -> None:
    path = "plans/documents/hafenkonferenz-2025-03-12.md"
    holder = next(p for p in repository.root.rglob("*.yaml") if path in p.read_text(encoding="utf-8"))
    repository.edit(holder.relative_to(repository.root).as_posix(), (path, path.replace("/", "\\")))
    said = sozplan("check")
    assert said.code == 1
    assert "Fehler" in said.out
