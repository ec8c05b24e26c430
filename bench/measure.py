"""Two command lines run alternately, each in a process of its own; the medians of time and memory are compared."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median
from typing import NamedTuple

MEGABYTE = 1024
ONE_SECOND = "1 s"


@dataclass(frozen=True)
class Comparison:
    """Two command lines and how much more time the first may need; without a second, so many seconds.

    `inside`: the seconds that the process itself prints count, else those of the whole process.
    `wall`: the wall clock is compared, not the CPU, since both sides work on several cores.
    """

    title: str
    ours: Sequence[str]
    theirs: Sequence[str]
    limit: float
    rounds: int
    inside: bool = False
    megabytes: int | None = None
    wall: bool = False


class Run(NamedTuple):
    """Seconds of CPU and of the clock, and the peak of memory."""

    cpu: float
    wall: float
    kilobytes: int


class Result(NamedTuple):
    comparison: Comparison
    ours: Run
    theirs: Run

    @property
    def ratio(self) -> float:
        return self.ours.wall / self.theirs.wall if self.comparison.wall else self.ours.cpu / self.theirs.cpu

    @property
    def passed(self) -> bool:
        most = self.comparison.megabytes
        is_small = most is None or self.ours.kilobytes <= most * MEGABYTE
        return is_small and self.ratio <= self.comparison.limit


def measure(comparison: Comparison, passed: Callable[[], None] = lambda: None) -> Result:
    """Medians of runs that alternate, so that a slow moment of the machine hits both sides.

    `passed` is called after each round, so that whoever waits sees that it goes on.
    """
    pairs = []
    for _ in range(comparison.rounds):
        pairs.append((run(comparison.ours, comparison.inside), run(comparison.theirs, comparison.inside)))
        passed()
    ours, theirs = (middle(runs) for runs in zip(*pairs, strict=True))
    return Result(comparison, ours, theirs)


def middle(runs: Sequence[Run]) -> Run:
    """The median of each figure by itself."""
    return Run(*map(median, zip(*runs, strict=True)))


def run(command: Sequence[str], inside: bool = False, folder: str | None = None) -> Run:
    """One run; without a command, a second. Findings in the content (exit 1) are none of the measurement's business."""
    if not command:
        return Run(1.0, 1.0, 0)
    start = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=folder) as process:
        said = process.stdout.read() if process.stdout else ""
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    wall = time.perf_counter() - start
    if process.returncode not in (0, 1) or (inside and process.returncode):
        raise SystemExit(f"{' '.join(command)[:500]} ended with {process.returncode}")
    if inside:
        cpu, wall = map(float, said.split())
        return Run(cpu, wall, usage.ru_maxrss)
    return Run(usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss)
