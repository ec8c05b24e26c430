"""What the benchmark compares: medians of what the processes say or need."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from bench.measure import Comparison, Result, Run, measure, middle, run


def said(path: Path, *lines: str) -> list[str]:
    """A program that prints the next of the lines at each call."""
    program = (
        f"from pathlib import Path\np = Path({str(path)!r})\n"
        f"n = len(p.read_text()) if p.exists() else 0\np.write_text('x' * (n + 1))\nprint({lines!r}[n])"
    )
    return [sys.executable, "-c", program]


def test_medians_of_alternating_runs(tmp_path: Path) -> None:
    ours = said(tmp_path / "ours", "1 10", "9 90", "3 20")
    theirs = said(tmp_path / "theirs", "2 5", "2 4", "2 6")
    rounds: list[str] = []
    by_cpu = measure(Comparison("", ours, theirs, 1.5, rounds=3, inside=True), lambda: rounds.append("."))
    assert (by_cpu.ours[:2], by_cpu.theirs[:2], by_cpu.ratio, by_cpu.passed) == ((3, 20), (2, 5), 1.5, True)
    assert rounds == ["."] * 3
    by_clock = Result(Comparison("", ours, theirs, 3.9, rounds=3, wall=True), *by_cpu[1:])
    assert (by_clock.ratio, by_clock.passed) == (4, False)


def test_too_much_memory_is_a_broken_limit() -> None:
    comparison = Comparison("", ["a"], ["b"], 2, rounds=1, megabytes=400)
    fits, bursts = (Result(comparison, Run(1, 1, size * 1024), Run(1, 1, 0)) for size in (400, 401))
    assert (fits.passed, bursts.passed) == (True, False)


def test_without_a_yardstick_the_second_is_it() -> None:
    assert run(()) == Run(1, 1, 0)


def test_a_whole_process_is_measured_by_the_system() -> None:
    work = [sys.executable, "-c", "sum(range(5_000_000))"]
    nothing = [sys.executable, "-c", "pass"]
    assert run(work).cpu > run(nothing).cpu


def test_a_program_that_fails_is_no_measurement() -> None:
    for code, inside in ((1, True), (2, False)):
        with pytest.raises(SystemExit, match=f"ended with {code}"):
            run([sys.executable, "-c", f"raise SystemExit({code})"], inside)


def test_the_middle_is_taken_figure_by_figure() -> None:
    runs = [Run(1, 9, 5), Run(2, 8, 7), Run(3, 7, 6)]
    assert middle(runs) == (2, 8, 6)
