"""`sozplan check --watch` on real files that really change."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from queue import Empty, Queue

import pytest

from sozplan.render.editor.tasks import BEGINS, ENDS
from tests.cli.repository import AREA, Repository, Sozplan
from tests.conftest import git

pty = pytest.importorskip("pty")

EXECUTING = ("executing: [hafentreff-ev]", "executing: [hafentref-ev]")
PATIENCE = 60.0


class Watch:
    """The program at work, with what it says line by line."""

    def __init__(self, process: subprocess.Popen[bytes], output: int) -> None:
        self.process = process
        self._lines: Queue[str | None] = Queue()
        threading.Thread(target=self._read, args=(output,), daemon=True).start()

    def _read(self, output: int) -> None:
        rest = b""
        while True:
            try:
                piece = os.read(output, 65536)
            except OSError:  # a terminal whose program has ended
                piece = b""
            if not piece:
                self._lines.put(None)
                return
            *lines, rest = (rest + piece).replace(b"\r\n", b"\n").split(b"\n")
            for line in lines:
                self._lines.put(line.decode())

    def round(self) -> list[str]:
        """The lines up to the end of a check."""
        found: list[str] = []
        while not found or not re.search(ENDS.removeprefix("^"), found[-1]):
            line = self._lines.get(timeout=PATIENCE)
            assert line is not None, found
            found.append(line)
        return found

    def is_quiet(self, seconds: float) -> bool:
        try:
            self._lines.get(timeout=seconds)
        except Empty:
            return True
        return False

    def stop(self) -> tuple[int, list[str]]:
        """The code after Ctrl-C, and what was said last."""
        self.process.send_signal(signal.SIGINT)
        code = self.process.wait(PATIENCE)
        last = list(iter(lambda: self._lines.get(timeout=PATIENCE), None))
        return code, last


COMMAND = [sys.executable, "-P", "-m", "sozplan", "check", "--watch", "--as-of", "2026-10-01"]


@contextmanager
def watching(repository: Repository, *options: str, terminal: bool = False) -> Iterator[Watch]:
    env = {name: value for name, value in os.environ.items() if name != "NO_COLOR"} | {"TERM": "xterm"}
    read, write = pty.openpty() if terminal else os.pipe()
    process = subprocess.Popen([*COMMAND, *options], cwd=repository.root, stdout=write, stderr=write, env=env)
    os.close(write)
    try:
        yield Watch(process, read)
    finally:
        process.kill()
        process.wait()


def findings(lines: list[str]) -> list[str]:
    return [line for line in lines if ": Fehler " in line or ": Warnung " in line]


def test_it_checks_again_after_each_change(repository: Repository) -> None:
    with watching(repository) as watch:
        first = watch.round()
        assert re.fullmatch(BEGINS + "$", first[0])
        assert findings(first) == []
        repository.edit(AREA, EXECUTING)
        second = watch.round()
        assert second[0].endswith(f" Prüfung läuft: {AREA}")
        (finding,) = findings(second)
        assert " Fehler ref.unknown " in finding
        repository.edit(AREA, (EXECUTING[1], EXECUTING[0]))
        assert findings(watch.round()) == []
        assert watch.stop() == (130, [])


def test_it_says_what_check_says(repository: Repository, sozplan: Sozplan) -> None:
    repository.edit(AREA, EXECUTING)
    with watching(repository) as watch:
        said = watch.round()
    assert "".join(f"{line}\n" for line in said[1:-1]) == sozplan("check").out
    assert re.fullmatch(r"\[\d\d:\d\d:\d\d\] Geprüft\. Nach der nächsten Änderung wieder; Strg-C beendet\.", said[-1])


def test_many_changes_at_once_are_one(repository: Repository) -> None:
    with watching(repository) as watch:
        watch.round()
        for number in range(30):
            repository.write(f"plans/organisation/neu-{number}.yaml", "bodies: []\n")
            time.sleep(0.01)
        said = watch.round()
        assert re.search(r"Prüfung läuft: plans/organisation/neu-\d+\.yaml und 29 weitere$", said[0])
        assert watch.is_quiet(1.5)


def swap(repository: Repository) -> None:
    repository.write("plans/areas/.hafen.yaml.swp", "x")
    repository.write("plans/areas/hafen.yaml~", "x")


def link(repository: Repository) -> None:
    (repository.root / "plans/areas/.#hafen.yaml").symlink_to("jemand@rechner")


def elsewhere(repository: Repository) -> None:
    repository.write("build/x.pdf", "x")
    repository.write(".git/index.lock", "")


@pytest.mark.parametrize("change", [swap, link, elsewhere])
def test_what_is_no_planning_starts_nothing(repository: Repository, change: Callable[[Repository], None]) -> None:
    with watching(repository) as watch:
        watch.round()
        change(repository)
        assert watch.is_quiet(1.5)


def test_a_commit_is_a_change(repository: Repository) -> None:
    with watching(repository) as watch:
        watch.round()
        git(repository.root, "commit", "--quiet", "--allow-empty", "--message=Stand")
        assert watch.round()[0].endswith(" Prüfung läuft: neuer Stand in git")


def test_what_is_broken_for_a_while_is_told_and_watched_on(repository: Repository) -> None:
    settings = repository.read("sozplan.yaml")
    with watching(repository) as watch:
        watch.round()
        (repository.root / "sozplan.yaml").unlink()
        assert any("sozplan.yaml" in line for line in watch.round()[1:])
        repository.write("sozplan.yaml", "a: [")
        assert any(": Fehler yaml." in line for line in watch.round())
        repository.write("sozplan.yaml", settings)
        assert findings(watch.round()) == []


def test_a_screen_is_cleared_only_when_there_is_something_new_to_show(repository: Repository) -> None:
    with watching(repository, terminal=True) as watch:
        assert "\x1b[2J" not in "".join(watch.round())
        repository.edit(AREA, EXECUTING)
        begin, first, *_ = watch.round()
        assert begin.endswith(f"Prüfung läuft: {AREA}")
        assert first.startswith(f"\x1b[2J\x1b[H{AREA}:")
        assert watch.stop()[0] == 130


def test_it_ends_when_nobody_reads_any_more(repository: Repository) -> None:
    with subprocess.Popen(COMMAND, cwd=repository.root, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        while "Geprüft.".encode() not in process.stdout.readline():
            pass
        process.stdout.close()
        repository.edit(AREA, EXECUTING)
        assert process.wait(PATIENCE) == 141
        assert process.stderr.read() == b""


def test_findings_since_a_revision(repository: Repository) -> None:
    repository.edit(AREA, EXECUTING)
    repository.commit()
    with watching(repository, "--since", "HEAD") as watch:
        assert findings(watch.round()) == []
        repository.edit(AREA, ("responsible: amt-51", "responsible: amt-15"))
        (finding,) = findings(watch.round())
        assert "amt-15" in finding


def test_a_long_path_leaves_room_for_the_rest(repository: Repository) -> None:
    with watching(repository) as watch:
        watch.round()
        name = "a" * 90
        repository.write(f"plans/organisation/{name}.yaml", "bodies: []\n")
        (begin, *_) = watch.round()
        assert len(begin) == 80
        assert re.search(r"Prüfung läuft: …a+\.yaml$", begin)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (
            ["--rev", "HEAD"],
            "--watch und --rev gehen nicht zusammen: Eine Revision ändert sich nicht. Lassen Sie eines weg.",
        ),
        (
            ["--fix"],
            "--watch und --fix gehen nicht zusammen: Während Sie schreiben, ändert sozplan nichts. Rufen Sie "
            "„sozplan check --fix“ für sich auf.",
        ),
        (["--format", "json"], "--watch gibt es nur als Text; lassen Sie --format weg."),
    ],
)
def test_what_does_not_go_together(sozplan: Sozplan, options: list[str], said: str) -> None:
    answer = sozplan("check", "--watch", *options)
    assert (answer.code, answer.out, answer.err) == (2, "", f"sozplan: {said}\n")
