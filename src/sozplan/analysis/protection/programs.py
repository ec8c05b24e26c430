"""Integer programs, solved by HiGHS through SciPy: one thread, no clock, so the same on every machine."""

from __future__ import annotations

import ctypes
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Literal

from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array, csr_array

_NODES, _SIZE = 2_000, 100_000
"""Branches that an integer program may try, and numbers in all of them: counted, as time differs."""


def matrix(entries: Sequence[tuple[int, int, float]], rows: int, columns: int) -> csr_array:
    row, column, value = zip(*entries, strict=True) if entries else ((), (), ())
    return csr_array(coo_array((value, (row, column)), shape=(rows, columns)))


@dataclass
class Program:
    """Σ cost · choice at its smallest, with choices of 0 or 1 and numbers tied to them row by row."""

    costs: list[float] = field(default_factory=list)
    lows: list[float] = field(default_factory=list)
    highs: list[float] = field(default_factory=list)
    whole: list[Literal[0, 1]] = field(default_factory=list)
    entries: list[tuple[int, int, float]] = field(default_factory=list)
    least: list[float] = field(default_factory=list)
    most: list[float] = field(default_factory=list)

    def choice(self, cost: float) -> int:
        return self._column(cost, 0, 1, 1)

    def number(self, low: float, high: float) -> int:
        return self._column(0, low, high, 0)

    def _column(self, cost: float, low: float, high: float, whole: Literal[0, 1]) -> int:
        for column, entry in ((self.costs, cost), (self.lows, low), (self.highs, high)):
            column.append(entry)
        self.whole.append(whole)
        return len(self.costs) - 1

    def row(self, terms: Sequence[tuple[int, float]], least: float, most: float) -> None:
        self.entries.extend((len(self.least), column, by) for column, by in terms)
        self.least.append(least)
        self.most.append(most)

    def solve(self) -> Callable[[int], bool] | None:
        """Which choices are taken; None where there is no solution or none was found within the limit."""
        rows = matrix(self.entries, len(self.least), len(self.costs))
        with _muted():
            answer = milp(
                self.costs,
                integrality=self.whole,
                bounds=Bounds(self.lows, self.highs),
                constraints=LinearConstraint(rows, self.least, self.most),
                options={"node_limit": min(_NODES, 1 + _SIZE // len(self.costs)), "mip_rel_gap": 0.0},
            )
        values = answer.x
        return None if values is None else lambda column: bool(values[column] > 0.5)


@contextmanager
def _muted() -> Iterator[None]:
    """HiGHS leaves a line of its own on standard output now and then, past any option: it would spoil JSON."""
    try:
        kept = os.dup(1)
    except OSError:
        yield
        return
    try:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 1)
        os.close(nowhere)
        yield
        _flush()
    finally:
        os.dup2(kept, 1)
        os.close(kept)


def _flush() -> None:
    """What C has buffered goes where standard output points now."""
    library = ctypes.CDLL("ucrtbase" if os.name == "nt" else None)
    library.fflush(None)
