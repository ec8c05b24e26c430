"""A lock that nobody has to delete by hand."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from sozplan.repo.lock import Busy, held

HOLD = """
import sys, time
from pathlib import Path
from sozplan.repo.lock import held
with held(Path(sys.argv[1]), 0):
    print("held", flush=True)
    time.sleep(60)
"""


def test_one_holds_it_at_a_time(tmp_path: Path) -> None:
    place = tmp_path / "lock"
    with held(place, 0):
        with pytest.raises(Busy), held(place, 0):
            pass
        assert place.exists()
    assert not place.exists()


def test_who_waits_gets_it_when_it_is_given_back(tmp_path: Path) -> None:
    place, got = tmp_path / "lock", []

    def wait() -> None:
        with held(place, 20):
            got.append(True)

    with held(place, 0):
        thread = threading.Thread(target=wait)
        thread.start()
        thread.join(0.2)
        assert not got
    thread.join(20)
    assert got


def test_the_lock_of_a_killed_holder_is_taken_over(tmp_path: Path) -> None:
    place = tmp_path / "lock"
    with subprocess.Popen([sys.executable, "-c", HOLD, place], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        with pytest.raises(Busy), held(place, 0):
            pass
        os.kill(process.pid, signal.SIGKILL)
    assert place.exists()
    with held(place, 0):
        pass
    assert not place.exists()


@pytest.mark.parametrize("content", ["", "kein Prozess\n", "99999999999999999999\n"])
def test_a_file_that_somebody_left_is_no_lock(tmp_path: Path, content: str) -> None:
    place = tmp_path / "lock"
    place.write_text(content, encoding="ascii")
    with held(place, 0):
        assert place.read_text(encoding="ascii") == f"{os.getpid()}\n"


def test_only_a_living_process_is_respected(tmp_path: Path) -> None:
    """As older versions wrote it, without a lock of the system."""
    place = tmp_path / "lock"
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as process:
        place.write_text(f"{process.pid}\n", encoding="ascii")
        with pytest.raises(Busy), held(place, 0):
            pass
        process.communicate(b"\n")
    with held(place, 0):
        pass


def test_a_link_is_not_followed(tmp_path: Path) -> None:
    target = tmp_path / "else"
    (tmp_path / "lock").symlink_to(target)
    with pytest.raises(OSError, match="lock"), held(tmp_path / "lock", 0):
        pass
    assert not target.exists()
