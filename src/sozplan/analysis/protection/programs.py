"""Linear and integer programs, solved by HiGHS through SciPy: one thread, no clock, so the same on every machine."""

from __future__ import annotations

import ctypes
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from decimal import Decimal
from math import inf, isinf
from typing import Literal

from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array, csr_array

from sozplan.analysis.protection.attack import Contradiction
from sozplan.analysis.protection.relations import UNPROVEN, Node, Range, Sum

_DONE, _INFEASIBLE, _UNBOUNDED = 0, 2, 3
_NODES = 2_000
"""Branches that an integer program may try; counted, since time isn't the same everywhere."""


def extremes(
    nodes: Sequence[Node], sums: Sequence[Sum], limits: Mapping[Node, Range], asked: Sequence[Node]
) -> dict[Node, Range]:
    """The smallest and largest value that each node asked for can take."""
    place = {node: i for i, node in enumerate(nodes)}
    entries = [(row, place[node], float(by)) for row, each in enumerate(sums) for node, by in each.terms]
    totals = [float(each.total) for each in sums]
    constraints = LinearConstraint(_matrix(entries, len(sums), len(nodes)), totals, totals)
    lows, highs = zip(*((float(limits[node].low), _float(limits[node].high)) for node in nodes), strict=True)

    def end(node: Node, sign: int) -> float | None:
        costs = [0.0] * len(nodes)
        costs[place[node]] = sign
        answer = milp(costs, bounds=Bounds(lows, highs), constraints=constraints)
        if answer.status == _INFEASIBLE:
            raise Contradiction
        if answer.status == _UNBOUNDED:
            return sign * -inf
        return None if answer.fun is None or answer.status != _DONE else sign * float(answer.fun)

    return {node: _range(end(node, 1), end(node, -1)) for node in asked}


def _range(low: float | None, high: float | None) -> Range:
    if low is None or high is None or isinf(low):
        return UNPROVEN
    return Range(Decimal(repr(low)), None if isinf(high) else Decimal(repr(high)))


def _float(number: Decimal | None) -> float:
    return inf if number is None else float(number)


def _matrix(entries: Sequence[tuple[int, int, float]], rows: int, columns: int) -> csr_array:
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
        matrix = _matrix(self.entries, len(self.least), len(self.costs))
        with _muted():
            answer = milp(
                self.costs,
                integrality=self.whole,
                bounds=Bounds(self.lows, self.highs),
                constraints=LinearConstraint(matrix, self.least, self.most),
                options={"node_limit": _NODES, "mip_rel_gap": 0.0},
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
