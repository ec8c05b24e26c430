"""Work in other processes: whatever becomes of one call, the next one is done."""

from __future__ import annotations

import os
import struct
import subprocess
import sys
import time
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

import pytest

from sozplan.cli.failures import Failure
from sozplan.cli.workers import ENDED, Workers
from sozplan.render.pdf import pdf
from sozplan.repo.limits import LIMITS, MB, Limits

FINE = partial(bytes, 3)
ASLEEP: Any = partial(time.sleep, 60)


def done(*calls: partial[Any], limits: Limits = LIMITS, count: int = 1) -> list[bytes | Failure]:
    with Workers(count, limits) as workers:
        answers = [workers.submit(call) for call in calls]
        return [answer.result() for answer in answers]


def test_calls_are_answered_in_their_order() -> None:
    sizes = range(12)
    assert done(*(partial(bytes, size) for size in sizes), count=3) == [bytes(size) for size in sizes]


def test_time_has_a_limit() -> None:
    slow, fine = done(ASLEEP, FINE, limits=replace(LIMITS, paper_seconds=1.5))
    assert isinstance(slow, Failure)
    assert (slow.code, slow.message.de) == (1, "Das Setzen dauert länger als 1.5 Sekunden und wurde abgebrochen.")
    assert slow.message.en == "Typesetting takes longer than 1.5 seconds and was stopped."
    assert fine == b"\0\0\0"


def test_endless_layout_is_broken_off() -> None:
    endless = "<style>p{column-count:40;height:1px} span{float:left;width:99999999px}</style>"
    html = f"<h1>T</h1>{endless}{'<p>' + '<span>x</span>' * 900 + '</p>'}" * 9
    page = partial(pdf, html, title="T", lang="de", created=date(2026, 1, 1))
    (slow,) = done(page, limits=replace(LIMITS, paper_seconds=4))
    assert isinstance(slow, Failure)
    assert slow.code == 1


def test_memory_has_a_limit() -> None:
    some = replace(LIMITS, paper_bytes=400 * MB)
    allowed, refused, fine = done(partial(bytes, 100 * MB), partial(bytes, 420 * MB), FINE, limits=some)
    assert allowed == bytes(100 * MB)
    assert isinstance(refused, Failure)
    assert (refused.code, refused.message.de) == (
        1, "Das Setzen braucht mehr als 400 MB Arbeitsspeicher und wurde abgebrochen."
    )  # fmt: skip
    assert fine == b"\0\0\0"


def test_the_limits_are_those_of_the_catalogue_of_threats() -> None:
    assert (LIMITS.paper_seconds, LIMITS.paper_bytes) == (120, 2_000 * MB)


def test_a_process_that_dies_costs_its_own_call() -> None:
    assert done(partial(os._exit, 9), FINE) == [ENDED, b"\0\0\0"]


def test_a_bug_is_told_with_its_trace() -> None:
    (bug,) = done(partial(int, "x"))
    assert isinstance(bug, Failure)
    assert bug.code == 4
    assert bug.message.en.startswith("This is a bug in sozplan, not in your planning (ValueError).")
    assert "invalid literal for int()" in bug.trace


def test_what_is_printed_does_not_get_between_the_answers(capfd: pytest.CaptureFixture[str]) -> None:
    assert isinstance(done(partial(print, "laut"), FINE)[1], bytes)
    assert capfd.readouterr() == ("", "laut\n")


def test_leaving_ends_the_work() -> None:
    start = time.monotonic()
    with Workers(2) as workers:
        answer = workers.submit(ASLEEP)
        time.sleep(0.3)
    assert answer.result() == ENDED
    assert time.monotonic() - start < 10


def test_it_ends_when_its_input_does_in_the_middle_of_a_call() -> None:
    """As when the one who asks is killed while a long page is on its way."""
    command = [sys.executable, "-P", "-m", "sozplan.cli.workers", str(LIMITS.paper_bytes)]
    half = struct.pack(">Q", 100) + b"half a page"
    ended = subprocess.run(command, input=half, capture_output=True, timeout=60)
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, b"", b"")
