"""Several papers at once, as processes: the same bytes as one after the other, and nothing half."""

from __future__ import annotations

import os
import pty
import shutil
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

from sozplan.cli.app import run

KREIS = Path(__file__).resolve().parent.parent / "examples/kreis"
PLANS = ("geest-2026", "marsch-2025")
SOZPLAN = [sys.executable, "-P", "-m", "sozplan"]


@pytest.fixture
def county(tmp_path: Path) -> Path:
    return Path(shutil.copytree(KREIS, tmp_path / "kreis"))


def report(root: Path, out: Path, *options: str) -> list[str]:
    return ["report", "-C", str(root), "--out", str(out), "--as-of", "2026-10-01", "--lang", "de", *options]


def written(out: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(out.iterdir())}


def test_one_after_the_other_or_at_once_is_the_same(
    county: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for jobs in ("1", "2"):
        assert run(report(county, tmp_path / jobs, "--jobs", jobs)) == 0
        assert capsys.readouterr() == ("".join(f"{tmp_path / jobs / plan}.pdf\n" for plan in PLANS), "")
    assert written(tmp_path / "1") == written(tmp_path / "2")
    assert list(written(tmp_path / "1")) == [f"{plan}.pdf" for plan in PLANS]


def test_a_number_of_jobs_is_a_number(county: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(report(county, tmp_path / "out", "--jobs", "0")) == 2
    assert "--jobs" in capsys.readouterr().err


FAULTY = {
    "refused": (f'{{% if plan.id == "{PLANS[0]}" %}}{{{{ plan.unbekannt }}}}{{% endif %}}', 1),
    "endless": (f'{{% if plan.id == "{PLANS[0]}" %}}{{{{ [1]|sum(start="") }}}}{{% endif %}}', 1),
}


@pytest.mark.parametrize("case", FAULTY)
def test_a_paper_that_fails_names_itself_and_leaves_the_others_whole(
    county: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], case: str
) -> None:
    source, code = FAULTY[case]
    (county / "templates").mkdir()
    (county / "templates/report-header.html.j2").write_text(source, encoding="utf-8")
    assert run(report(county, tmp_path / "out", "--trust-templates")) == code
    said = capsys.readouterr()
    assert said.out == f"{tmp_path / 'out' / PLANS[1]}.pdf\n"
    assert said.err.startswith(f"sozplan: {PLANS[0]}: templates/report-header.html.j2:1: ")
    assert said.err.count("\n") == 1
    assert list(written(tmp_path / "out")) == [f"{PLANS[1]}.pdf"]


def test_a_file_of_somebody_else_is_kept_and_the_others_are_made(
    county: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    foreign = tmp_path / f"out/{PLANS[0]}.pdf"
    foreign.parent.mkdir()
    foreign.write_bytes(b"Protokoll")
    assert run(report(county, tmp_path / "out")) == 2
    said = capsys.readouterr()
    assert said.err == (
        f"sozplan: {PLANS[0]}: „{foreign}“ gibt es schon und stammt nicht von sozplan. "
        "Mit --force wird die Datei ersetzt.\n"
    )
    assert said.out == f"{tmp_path / 'out' / PLANS[1]}.pdf\n"
    assert foreign.read_bytes() == b"Protokoll"


def test_what_hinders_all_is_said_once(county: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (county / "templates").mkdir()
    (county / "templates/report-header.html.j2").write_text("{{ nichts }}", encoding="utf-8")
    assert run(report(county, tmp_path / "out", "--trust-templates", "--lang", "en")) == 1
    assert capsys.readouterr() == (
        "", "sozplan: templates/report-header.html.j2:1: The template can't be used: 'nichts' is undefined\n"
    )  # fmt: skip


# As a process


def children(pid: int) -> list[int]:
    tasks = Path(f"/proc/{pid}/task")
    return [int(each) for task in tasks.glob("*/children") for each in task.read_text().split()]


def typesetting(pid: int) -> list[int]:
    """The workers, as soon as they have begun to lay out."""
    for _ in range(600):
        found = [
            child for child in children(pid) if b"sozplan.cli.workers" in Path(f"/proc/{child}/cmdline").read_bytes()
        ]
        if any("pango" in Path(f"/proc/{child}/maps").read_text() for child in found):
            return found
        time.sleep(0.02)
    raise AssertionError("no worker was seen at work")


def gone(pids: list[int]) -> bool:
    for _ in range(250):
        if not any(_lives(pid) for pid in pids):
            return True
        time.sleep(0.02)
    return False


def _lives(pid: int) -> bool:
    status = read(pid, "status")
    return bool(status) and "State:\tZ" not in status


def read(pid: int, what: str) -> str:
    try:
        return Path(f"/proc/{pid}/{what}").read_text()
    except OSError:  # it has just gone
        return ""


def started(county: Path, out: Path) -> subprocess.Popen[bytes]:
    """In a group of its own, as a shell starts it, so that it alone gets what is sent to the group."""
    return subprocess.Popen(
        [*SOZPLAN, *report(county, out)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, process_group=0
    )


def test_interrupted_it_leaves_neither_half_a_file_nor_a_process(county: Path, tmp_path: Path) -> None:
    running = started(county, tmp_path / "out")
    workers = typesetting(running.pid)
    os.killpg(running.pid, signal.SIGINT)
    out, err = running.communicate(timeout=60)
    assert (running.returncode, out, err) == (130, b"", b"")
    assert gone(workers)
    assert not (tmp_path / "out").exists()


def test_killed_it_leaves_no_process_either(county: Path, tmp_path: Path) -> None:
    running = started(county, tmp_path / "out")
    workers = typesetting(running.pid)
    running.kill()
    running.communicate(timeout=60)
    assert gone(workers)
    assert not (tmp_path / "out").exists()


def test_a_worker_that_is_killed_costs_its_paper_only(county: Path, tmp_path: Path) -> None:
    running = started(county, tmp_path / "out")
    first, *_ = typesetting(running.pid)
    os.kill(first, signal.SIGKILL)
    out, err = running.communicate(timeout=120)
    assert running.returncode == 3
    assert err.decode().endswith(
        ": Der Prozess, der daran arbeitete, wurde vom System beendet; vielleicht reicht der Arbeitsspeicher nicht.\n"
    )
    assert [Path(line).name for line in out.decode().splitlines()] == list(written(tmp_path / "out"))
    assert len(written(tmp_path / "out")) == 1


def on_terminal(command: list[str], **environ: str) -> tuple[bytes, bytes]:
    """Standard output, and what a terminal gets as standard error."""
    ours, theirs = pty.openpty()
    given = {"TERM": "xterm", "COLUMNS": "80", **environ}
    running = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=theirs, env={**os.environ, **given})
    os.close(theirs)
    seen = b""
    with suppress(OSError):  # as soon as all who wrote have gone
        while piece := os.read(ours, 65536):
            seen += piece
    out = running.communicate()[0]
    os.close(ours)
    return out, seen


def test_on_a_terminal_a_bar_shows_how_far_it_is(county: Path, tmp_path: Path) -> None:
    out, seen = on_terminal([*SOZPLAN, *report(county, tmp_path / "out")])
    assert out.decode().splitlines() == [f"{tmp_path / 'out' / plan}.pdf" for plan in PLANS]
    assert b"2/2" in seen
    assert PLANS[1].encode() in seen


@pytest.mark.parametrize(("options", "environ"), [((), {"TERM": "dumb"}), ((PLANS[0],), {})])
def test_no_bar_where_it_cannot_move_or_for_one_paper(
    county: Path, tmp_path: Path, options: tuple[str, ...], environ: dict[str, str]
) -> None:
    _, seen = on_terminal([*SOZPLAN, *report(county, tmp_path / "out", *options)], **environ)
    assert seen == b""
