"""Output that nobody takes: a full or closed one is an error, a reader that has gone is none."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import IO

import pytest

from sozplan.cli.app import COMMANDS
from tests.process.calls import Done, begin, environment, program
from tests.process.commands import WRITING, World, Writing

READING = (
    Writing(("check", "--format", "json")), Writing(("check", "--format", "sarif")), Writing(("status",)),
    Writing(("status", "--format", "csv")), Writing(("index", "sozialindex", "--period", "2024")),
    Writing(("process", "list")), Writing(("diff", "HEAD")), Writing(("history", "hafen-g1")),
    Writing(("thread", "hafen-g1")), Writing(("due", "--within", "900d")),
    Writing(("cycle",)), Writing(("funding",)), Writing(("funding", "--calendar")),
    Writing(("funding", "--format", "ics")), Writing(("due", "--format", "ics")), Writing(("rules",)),
    Writing(("explain", "ref.unknown")), Writing(("init", "--help")),
)  # fmt: skip
ALL = (*(each for each in WRITING if "docx" not in each.args), *READING)
"""Word tells what a page of HTML tells, only later."""
each_command = pytest.mark.parametrize("writing", ALL, ids=lambda each: " ".join(each.args[:3]))
SPEAKING = (("check", "--fix"), ("check", "--format", "sarif"))
"""What they tell people goes to the error output, as the output itself is for programs."""
FULL = "sozplan: Die Ausgabe ließ sich nicht schreiben: der Datenträger ist voll.\n"
CLOSED = "sozplan: Die Ausgabe ließ sich nicht schreiben: sie ist geschlossen.\n"


def shell(redirect: str, args: list[str]) -> Done:
    """As people write it."""
    words = ["sh", "-c", f'exec "$@" {redirect}', "sh", *program(*args)]
    return subprocess.run(words, env=environment(), capture_output=True, text=True, timeout=120)


def told(args: list[str], out: IO[bytes] | None) -> tuple[int, str]:
    """What is left to say where the output goes nowhere."""
    with tempfile.TemporaryFile() as err:
        code = begin(args, out, err).wait()
        err.seek(0)
        return code, err.read().decode()


def given(world: World) -> list[str]:
    return world.args if world.call.args[0] not in ("rules", "explain", "init") else list(_plain(world))


def _plain(world: World) -> list[str]:
    """Commands that need no repository take no day either."""
    return [part for part in world.args if part not in ("-C", str(world.root), "--as-of", "2026-10-01")]


def test_every_command_is_tried() -> None:
    missing = set(COMMANDS) - {each.args[0] for each in ALL}
    assert not missing, f"add {missing} to READING, or to WRITING in commands.py if they write"


@each_command
@pytest.mark.parametrize("is_open", [True, False], ids=["full", "closed"])
def test_a_result_that_cannot_be_told_is_an_error(tmp_path: Path, writing: Writing, is_open: bool) -> None:
    world = World(tmp_path / "w", writing)
    with Path("/dev/full").open("wb") as full:
        code, said = told(given(world), full if is_open else None)
    assert code == 3, said
    assert said.endswith(FULL if is_open else CLOSED), said
    assert "Traceback" not in said


@each_command
def test_a_reader_that_has_gone_is_none(tmp_path: Path, writing: Writing) -> None:
    world = World(tmp_path / "w", writing)
    reading, output = os.pipe()
    os.close(reading)
    with os.fdopen(output, "wb") as gone:
        code, said = told(given(world), gone)
    assert code in (0, 141), said
    assert said == "" or writing.args in SPEAKING


@each_command
def test_nor_is_one_who_reads_a_line_only(tmp_path: Path, writing: Writing) -> None:
    world = World(tmp_path / "w", writing)
    with subprocess.Popen(["head", "-n", "1"], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL) as head:
        assert head.stdin is not None
        code, said = told(given(world), head.stdin)
    assert code in (0, 141), said
    assert said == "" or writing.args in SPEAKING


def test_without_an_error_output_nothing_breaks(tmp_path: Path) -> None:
    world = World(tmp_path / "w", READING[0])
    for redirect in ("2>&-", "2>/dev/full", ">&- 2>&-"):
        done = shell(redirect, [*world.args, "--unknown"] if redirect != ">&- 2>&-" else world.args)
        assert done.returncode == (3 if redirect == ">&- 2>&-" else 2)


def test_interrupted_it_says_nothing(tmp_path: Path) -> None:
    """Ctrl-C while it works: 130, no trace, nothing half."""
    world = World(tmp_path / "w", WRITING[0])
    before = world.everything()
    code = (
        "import signal, sys, _thread; sys.argv = ['sozplan', *sys.argv[1:]]\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"  # tests in the background have it ignored
        "import sozplan.repo.load; load = sys.modules['sozplan.repo.load']; real = load.validate\n"
        "def interrupted(*args): _thread.interrupt_main(); return real(*args)\n"
        "load.validate = interrupted\nfrom sozplan.cli import main\nmain()\n"
    )
    done = subprocess.run([sys.executable, "-P", "-c", code, *world.args], env=environment(), capture_output=True)
    assert (done.returncode, done.stdout, done.stderr) == (130, b"", b"")
    assert world.everything() == before
    assert world.leftovers() == []
