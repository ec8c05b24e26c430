"""With a cache and without one everything says the same, byte for byte, whatever happened to files or cache."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.cli.repository import Said, sozplan_on
from tests.cli.test_canary import Planted, Town, planted  # noqa: F401 -- a fixture

COMMANDS = (
    ("check", "--format", "json"),
    ("check",),
    ("check", "--since", "HEAD"),
    ("status", "--format", "json"),
    ("due",),
    ("thread", "nordhafen-m1"),
    ("process", "list"),
    ("diff", "HEAD"),
    ("index", "sozialindex-2026", "--period", "2024", "--format", "json"),
)
SETTLED = 2.1
"""Seconds after which a file's times tell whether it has changed."""


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Town:
    return Town(tmp_path_factory.mktemp("town"))


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache folder of the test's own."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache/sozplan"


def all_the_same(root: Path, capsys: pytest.CaptureFixture[str], commands: tuple[tuple[str, ...], ...]) -> None:
    sozplan = sozplan_on(root, capsys)
    for command in commands:
        warm, cold = sozplan(*command), sozplan(*command, "--no-cache")
        assert (warm.out, warm.err, warm.code) == (cold.out, cold.err, cold.code), command


def test_every_command_says_the_same_again(town: Town, own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    time.sleep(SETTLED)
    all_the_same(town.root, capsys, COMMANDS)
    all_the_same(town.root, capsys, COMMANDS)
    assert sozplan_on(town.root, capsys)("status", "--debug").err == (
        "sozplan: 63 Planungsdateien waren unverändert und sind aus dem Zwischenspeicher.\n"
    )
    assert len(list(own.iterdir())) == 1


FILES = sorted(
    path.relative_to(Path(__file__).resolve().parents[2]).as_posix()
    for folder in ("plans", "indicators", "handbook")
    for path in (Path(__file__).resolve().parents[2] / folder).rglob("*")
    if path.suffix in (".yaml", ".csv", ".md")
)


def _line(text: str, at: int) -> int:
    return at % max(1, len(text.split("\n")))


def _without(text: str, at: int) -> str:
    lines = text.split("\n")
    return "\n".join(lines[: _line(text, at)] + lines[_line(text, at) + 1 :])


def _twice(text: str, at: int) -> str:
    lines = text.split("\n")
    return "\n".join(lines[: _line(text, at) + 1] + lines[_line(text, at) :])


def _digit(text: str, at: int) -> str:
    digits = [i for i, c in enumerate(text) if c.isdigit()]
    if not digits:
        return text
    i = digits[at % len(digits)]
    return text[:i] + str((int(text[i]) + 1) % 10) + text[i + 1 :]


def _letter(text: str, at: int) -> str:
    i = at % max(1, len(text))
    return text[:i] + "x" + text[i + 1 :]


EDITS: tuple[Callable[[str, int], str], ...] = (_without, _twice, _digit, _letter, lambda text, _: text)


@pytest.mark.usefixtures("own")
@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    edits=st.lists(
        st.tuples(st.sampled_from(FILES), st.sampled_from(EDITS), st.integers(0, 100_000)), min_size=1, max_size=3
    ),
    gone=st.none() | st.sampled_from(FILES),
)
def test_after_any_edit_as_well(
    town: Town,
    capsys: pytest.CaptureFixture[str],
    edits: list[tuple[str, Callable[[str, int], str], int]],
    gone: str | None,
) -> None:
    changed = {path: town.read(path) for path, *_ in edits}
    if gone is not None:
        changed.setdefault(gone, town.read(gone))
    try:
        for path, edit, at in edits:
            town.write(path, edit(town.read(path), at))
        if gone is not None:
            (town.root / gone).unlink()
        all_the_same(town.root, capsys, COMMANDS[:1] + COMMANDS[3:5])
    finally:
        for path, content in changed.items():
            town.write(path, content)
    all_the_same(town.root, capsys, COMMANDS[1:2])


def program(root: Path, *args: str, **environ: str | None) -> Said:
    """In a process of its own, as people call it."""
    given = {name: value for name, value in {**os.environ, **environ}.items() if value is not None}
    command = [sys.executable, "-P", "-m", "sozplan", "check", "-C", str(root), "--as-of", "2026-10-01", *args]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", env=given, check=False)
    return Said(done.returncode, done.stdout, done.stderr)


def the_same(root: Path, **environ: str | None) -> Said:
    warm, cold = program(root, **environ), program(root, "--no-cache", **environ)
    assert (warm.out, warm.err, warm.code) == (cold.out, cold.err, cold.code)
    return warm


@pytest.fixture
def small(tmp_path: Path) -> Path:
    root = tmp_path / "kreis"
    shutil.copytree(Path(__file__).resolve().parents[1] / "examples/kreis", root)
    time.sleep(SETTLED)
    return root


def answers(own: Path) -> int:
    """How often `check` has kept what it said."""
    return len(list(own.glob("*/answers")))


def test_an_answer_holds_until_anything_changes(small: Path, own: Path) -> None:
    first = the_same(small)
    assert answers(own) == 1
    assert the_same(small).out == first.out
    place = next((small / "plans/areas").iterdir())
    place.write_text(place.read_text(encoding="utf-8").replace("title: ", "titel: ", 1), encoding="utf-8")
    assert the_same(small).out != first.out
    (small / "plans/zettel.txt").write_text("nicht lesbar")
    assert "zettel.txt" in the_same(small).out
    (small / "plan.yaml").write_text("id: x\n")
    assert "plan.yaml" in the_same(small).out


def test_an_answer_is_that_of_the_same_question(small: Path, own: Path) -> None:
    said = program(small)
    assert answers(own) == 1
    assert program(small, "--lang", "de").out != said.out
    assert program(small, "--format", "json").out.startswith("{")
    assert program(small, "--ignore", "time").out != program(small, "--select", "time").out
    assert program(small, "--as-of", "2020-01-01").out != said.out
    assert program(small).out == said.out
    assert program(small, "--since", "HEAD").code == 3
    assert "Usage" in program(small, "--help").out


def test_what_changed_just_now_is_no_ground_for_an_answer(small: Path, own: Path) -> None:
    (small / "sozplan.yaml").touch()
    program(small)
    assert answers(own) == 0


@pytest.mark.parametrize("name", ["files", "answers"])
@pytest.mark.parametrize("damage", [b"", b"\0" * 1000, b"half", b"sozplan cache 1 0\n0\n{}"])
def test_a_damaged_cache_is_none(small: Path, own: Path, name: str, damage: bytes) -> None:
    whole = program(small)
    (place,) = own.glob(f"*/{name}")
    place.write_bytes(place.read_bytes()[: len(damage)] if damage == b"half" else damage)
    assert the_same(small).out == whole.out


@pytest.mark.parametrize(
    "environ",
    [
        {"XDG_CACHE_HOME": None, "HOME": None},
        {"XDG_CACHE_HOME": "", "HOME": ""},
        {"XDG_CACHE_HOME": "relativ"},
        {"XDG_CACHE_HOME": "/dev/null"},
        {"XDG_CACHE_HOME": "/proc"},
        {"XDG_CACHE_HOME": "/dev/null/\udcff"},
    ],
)
def test_without_a_place_for_it_nothing_is_kept_and_nothing_said(small: Path, environ: dict[str, str | None]) -> None:
    before = sorted(path.name for path in small.rglob("*"))
    assert the_same(small, **environ).err == ""
    assert sorted(path.name for path in small.rglob("*")) == before


def test_a_full_disk_keeps_nothing(small: Path, own: Path) -> None:
    """No file may grow beyond some bytes: the cache doesn't appear, the answer does."""
    code = (
        "import resource, signal, sys; signal.signal(signal.SIGXFSZ, signal.SIG_IGN);"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100)); from sozplan.cli import main;"
        f"sys.argv = ['sozplan', 'check', '-C', {str(small)!r}, '--as-of', '2026-10-01']; main()"
    )
    done = subprocess.run([sys.executable, "-P", "-c", code], capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == (program(small, "--no-cache").out, "")
    assert [path for path in own.rglob("*") if path.is_file()] == []


@pytest.mark.usefixtures("own")
def test_two_runs_at_once_say_the_same(small: Path) -> None:
    whole = program(small, "--no-cache").out
    command = [sys.executable, "-P", "-m", "sozplan", "check", "-C", str(small), "--as-of", "2026-10-01"]
    runs = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True, encoding="utf-8") for _ in range(4)]
    assert [run.communicate()[0] for run in runs] == [whole] * 4
    assert program(small).out == whole


def test_deleting_it_loses_nothing(small: Path, own: Path) -> None:
    first = program(small)
    shutil.rmtree(own)
    assert program(small).out == first.out
    assert answers(own) == 1


def test_planted_numbers_stand_nowhere_in_it(
    planted: Planted,  # noqa: F811 -- the fixture
    own: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    root = planted.repository.root
    time.sleep(SETTLED)
    sozplan = sozplan_on(root, capsys)
    for command in COMMANDS:
        sozplan(*command)
    program(root)
    program(root, "--format", "json")
    (place,) = own.glob("*/files")
    body = json.loads(place.read_bytes().split(b"\n", 2)[2])
    held = json.dumps([[path for path, *_ in body[1]], body[2]])  # sizes and times of files are numbers like any
    assert not planted.canaries.intersection(re.findall(r"\d{5,}", held))
    for other in own.rglob("answers"):
        assert not planted.canaries.intersection(re.findall(r"\d{5,}", other.read_text(encoding="utf-8")))
    assert {path.name for path in own.rglob("*") if path.is_file()} <= {"files", "answers"}
