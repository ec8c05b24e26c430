"""The same commit as of the same date, printed on another day, elsewhere: the same bytes."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.repository import Repository

FAKETIME = ("/usr/lib", str(Path(__file__).resolve().parents[2] / ".system/usr/lib"))
DAYS = {
    "first": {"FAKETIME": "@2026-10-02 23:59:50", "TZ": "Europe/Berlin", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "1"},
    "second": {"FAKETIME": "@2031-03-01 04:00:00", "TZ": "Pacific/Auckland", "LC_ALL": "C", "PYTHONHASHSEED": "2"},
}


@pytest.fixture(scope="module")
def library() -> str:
    """What shows a process another clock, whatever it asks the system for it with."""
    found = [path for folder in FAKETIME for path in Path(folder).glob("*/faketime/libfaketime.so.1")]
    if not found:
        pytest.skip("libfaketime is missing (Debian: faketime)")
    return str(found[0])


def on(day: str, library: str, cwd: Path, *command: str) -> str:
    environ = {**os.environ, **DAYS[day], "LD_PRELOAD": library, "HOME": str(cwd)}
    done = subprocess.run([sys.executable, "-P", *command], cwd=cwd, env=environ, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def test_the_clock_is_another(library: str, tmp_path: Path) -> None:
    today = "import datetime; print(datetime.date.today())"
    assert [on(day, library, tmp_path, "-c", today) for day in DAYS] == ["2026-10-02\n", "2031-03-01\n"]


@pytest.mark.parametrize(
    "command",
    [["report", "--format", "pdf"], ["report", "--format", "html"], ["report", "--format", "docx"], ["handbook"]],
)
def test_the_same_bytes_on_another_day(
    repository: Repository, library: str, tmp_path_factory: pytest.TempPathFactory, command: list[str]
) -> None:
    copy = tmp_path_factory.mktemp("elsewhere") / "a folder of another name"
    subprocess.run(["git", "clone", "--quiet", repository.root, copy], check=True)
    made = []
    for day, root in zip(DAYS, (repository.root, copy), strict=True):
        out = tmp_path_factory.mktemp("out")
        target = out / "handbuch.pdf" if command == ["handbook"] else out
        on(day, library, root, "-m", "sozplan", *command, "--out", str(target), "--as-of", "2026-10-01")
        made.append({path.name: path.read_bytes() for path in out.iterdir()})
    assert made[0]
    assert made[0] == made[1]
