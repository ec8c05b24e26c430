"""Output that nobody takes: a full or closed one is an error, a reader that has gone is none."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from sozplan.cli.app import COMMANDS
from tests.process.commands import WRITING, World, Writing, environment, program

READING = (
    Writing(("check", "--format", "json")), Writing(("check", "--format", "sarif")), Writing(("status",)),
    Writing(("status", "--format", "csv")), Writing(("index", "sozialindex", "--period", "2024")),
    Writing(("process", "list")), Writing(("diff", "HEAD")), Writing(("history", "hafen-g1")),
    Writing(("thread", "hafen-g1")), Writing(("due", "--within", "900d")),
    Writing(("cycle",)), Writing(("funding",)), Writing(("rules",)),
    Writing(("explain", "ref.unknown")), Writing(("init", "--help")),
)  # fmt: skip
ALL = (*WRITING, *READING)
each_command = pytest.mark.parametrize("writing", ALL, ids=lambda each: " ".join(each.args[:3]))
SPEAKING = (("check", "--fix"), ("check", "--format", "sarif"))
"""What they tell people goes to the error output, as the output itself is for programs."""
FULL = "sozplan: Die Ausgabe ließ sich nicht schreiben: der Datenträger ist voll.\n"
CLOSED = "sozplan: Die Ausgabe ließ sich nicht schreiben: sie ist geschlossen.\n"


def shell(redirect: str, args: list[str]) -> subprocess.CompletedProcess[str]:
    script = f'exec "$@" {redirect}'
    return subprocess.run(
        ["sh", "-c", script, "sh", *program(*args)], env=environment(), capture_output=True, text=True, timeout=120
    )


def given(world: World) -> list[str]:
    return world.args if world.call.args[0] not in ("rules", "explain", "init") else list(_plain(world))


def _plain(world: World) -> list[str]:
    """Commands that need no repository take no day either."""
    return [part for part in world.args if part not in ("-C", str(world.root), "--as-of", "2026-10-01")]


def test_every_command_is_tried() -> None:
    missing = set(COMMANDS) - {each.args[0] for each in ALL}
    assert not missing, f"add {missing} to READING, or to WRITING in commands.py if they write"


@each_command
@pytest.mark.parametrize(("redirect", "said"), [(">/dev/full", FULL), (">&-", CLOSED)], ids=["full", "closed"])
def test_a_result_that_cannot_be_told_is_an_error(tmp_path: Path, writing: Writing, redirect: str, said: str) -> None:
    world = World(tmp_path, writing)
    done = shell(redirect, given(world))
    assert (done.returncode, done.stdout) == (3, "")
    assert done.stderr.endswith(said), done.stderr
    assert "Traceback" not in done.stderr


@each_command
def test_a_reader_that_has_gone_is_none(tmp_path: Path, writing: Writing) -> None:
    world = World(tmp_path, writing)
    with subprocess.Popen(
        program(*given(world)), env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        told = process.stderr.read().decode()
        code = process.wait()
    assert code in (0, 141), told
    assert told == "" or writing.args in SPEAKING


@each_command
def test_nor_is_one_who_reads_a_line_only(tmp_path: Path, writing: Writing) -> None:
    world = World(tmp_path, writing)
    words = " ".join(f"'{part}'" for part in program(*given(world)))
    done = subprocess.run(
        ["sh", "-c", f"{words} | head -n 1"], env=environment(), capture_output=True, text=True, timeout=120
    )
    assert "Traceback" not in done.stderr
    assert done.stderr == "" or writing.args in SPEAKING


def test_without_an_error_output_nothing_breaks(tmp_path: Path) -> None:
    world = World(tmp_path, READING[0])
    for redirect in ("2>&-", "2>/dev/full", ">&- 2>&-"):
        done = shell(redirect, [*world.args, "--unknown"] if redirect != ">&- 2>&-" else world.args)
        assert done.returncode == (3 if redirect == ">&- 2>&-" else 2)


def test_interrupted_it_says_nothing(tmp_path: Path) -> None:
    """Ctrl-C while it works: 130, no trace, nothing half."""
    world = World(tmp_path, WRITING[0])
    before = world.everything()
    code = (
        "import sys, threading, _thread; sys.argv = ['sozplan', *sys.argv[1:]]\n"
        "import sozplan.repo.load; load = sys.modules['sozplan.repo.load']; real = load.validate\n"
        "def interrupted(*args): _thread.interrupt_main(); return real(*args)\n"
        "load.validate = interrupted\nfrom sozplan.cli import main\nmain()\n"
    )
    done = subprocess.run([sys.executable, "-P", "-c", code, *world.args], env=environment(), capture_output=True)
    assert (done.returncode, done.stdout, done.stderr) == (130, b"", b"")
    assert world.everything() == before
    assert world.leftovers() == []
