"""Linear programs, solved by HiGHS through SciPy: one thread and counted steps, so the same on every machine."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from math import inf, isinf
from typing import NamedTuple

from scipy.optimize import linprog

from sozplan.analysis.protection.attack import Contradiction
from sozplan.analysis.protection.effort import Effort
from sozplan.analysis.protection.programs import matrix
from sozplan.analysis.protection.relations import TOLERANCE, UNPROVEN, ZERO, Node, Range, Sum

_DONE, _INFEASIBLE, _UNBOUNDED, _UNCLEAR = 0, 2, 3, 4
_STEPS = 200_000
"""What one program may take."""

Limits = Sequence[tuple[float, float]]
Row = Sequence[tuple[int, float]]


class Optimum(NamedTuple):
    """The smallest value, infinite where there is none, and the numbers that come to it."""

    value: float
    numbers: Sequence[float]


class Space:
    """All numbers that fulfil certain sums."""

    def __init__(self, columns: int, rows: Sequence[Row], effort: Effort) -> None:
        entries = [(row, column, by) for row, terms in enumerate(rows) for column, by in terms]
        self._size, self._effort = len(entries), effort
        self._matrix = matrix(entries, len(rows), columns)

    def least(self, costs: Sequence[float], totals: Sequence[float], limits: Limits) -> Optimum | None:
        """Σ cost · number at its smallest; None where it wasn't found with the effort that is left."""
        answer = None
        for presolve in (True, False):
            if self._effort.is_spent:
                return None
            answer = linprog(  # type: ignore[call-overload]  # its stubs know no sparse matrix
                costs,
                A_eq=self._matrix,
                b_eq=totals,
                bounds=limits,
                method="highs-ds",
                options={"maxiter": _STEPS, "presolve": presolve},
            )
            self._effort.spend(_work(self._size, len(totals), int(answer.nit)))
            if answer.status != _UNCLEAR:
                break
        if answer is None or answer.status == _INFEASIBLE:
            raise Contradiction
        if answer.status == _UNBOUNDED:
            return Optimum(-inf, ())
        return Optimum(float(answer.fun), answer.x) if answer.status == _DONE else None


def _work(size: int, rows: int, steps: int) -> int:
    """In units of about two microseconds; every step goes over the rows."""
    return 1_000 + size + steps * rows // 10


class _End(NamedTuple):
    """What a number should come to: at least, where the sign is positive, else at most."""

    node: Node
    column: int
    sign: int
    value: float

    def is_met(self, number: float) -> bool:
        return self.sign * (self.value - number) <= float(TOLERANCE) * max(1.0, abs(self.value))


class Tables:
    """All tables of numbers that fulfil sums within limits."""

    def __init__(self, sums: Sequence[Sum], limits: Mapping[Node, Range], effort: Effort) -> None:
        nodes = sorted({node for each in sums for node, _ in each.terms})
        self._place = {node: i for i, node in enumerate(nodes)}
        self._limits = [(float(limits[node].low), _float(limits[node].high)) for node in nodes]
        rows = sorted((sorted((self._place[n], float(by)) for n, by in each.terms), float(each.total)) for each in sums)
        self._rows, self._totals = zip(*rows, strict=True)
        self._space = Space(len(nodes), self._rows, effort)

    def extremes(self, asked: Iterable[Node]) -> dict[Node, Range]:
        """The smallest and largest value that each node asked for can take."""
        return {node: _range(self._extreme(node, 1), self._extreme(node, -1)) for node in asked}

    def _extreme(self, node: Node, sign: int) -> float | None:
        found = self._least({self._place[node]: sign}, self._limits)
        return None if found is None else sign * found.value

    def _least(self, costs: Mapping[int, float], limits: Limits) -> Optimum | None:
        return self._space.least([costs.get(i, 0.0) for i in range(len(limits))], self._totals, limits)

    def reach(self, goals: Mapping[Node, Range], true: Mapping[Node, Decimal]) -> dict[Node, Range]:
        """Goals that a number can take all values of; of the others a range that shows the contrary.

        A few tables show it for many at once: each leads as many numbers as it can to an end of their goals, and
        between two tables everything is possible. What is left then is asked one by one.
        """
        start = self._start(true) if goals else None
        if start is None:
            return dict.fromkeys(goals, UNPROVEN)
        found = dict(goals)
        for end in self._missed([end for end in _ends(goals, self._place) if not end.is_met(start[end.column])]):
            value = self._extreme(end.node, -end.sign)
            if value is None:
                found[end.node] = UNPROVEN
            elif not end.is_met(value) and end.node in found:
                found[end.node] = _upto(value, end)
        return found

    def _missed(self, open: list[_End]) -> list[_End]:
        """As far as tables for many show."""
        while open:
            aims = {end.column: end for end in reversed(open)}
            limits = [_aimed(own, aims.get(i)) for i, own in enumerate(self._limits)]
            found = self._found({i: float(-end.sign) for i, end in aims.items()}, limits)
            left = open if found is None else [end for end in open if not end.is_met(found[end.column])]
            if len(left) == len(open):
                break
            open = left
        return open

    def _start(self, true: Mapping[Node, Decimal]) -> Sequence[float] | None:
        """The true table, if everything in it is known, else any."""
        if self._place.keys() <= true.keys():
            numbers = [float(true[node]) for node in self._place]
            if self._is_possible(numbers):
                return numbers
        return self._found({}, self._limits)

    def _is_possible(self, numbers: Sequence[float]) -> bool:
        off = (abs(sum(by * numbers[i] for i, by in row) - t) for row, t in zip(self._rows, self._totals, strict=True))
        within = (low <= number <= high for number, (low, high) in zip(numbers, self._limits, strict=True))
        return all(within) and all(each <= float(TOLERANCE) for each in off)

    def _found(self, costs: Mapping[int, float], limits: Limits) -> Sequence[float] | None:
        try:
            found = self._least(costs, limits)
        except Contradiction:
            return None
        return None if found is None else found.numbers


def _ends(goals: Mapping[Node, Range], place: Mapping[Node, int]) -> Iterator[_End]:
    for node, goal in goals.items():
        yield _End(node, place[node], -1, float(goal.low))
        if goal.high is not None:
            yield _End(node, place[node], 1, float(goal.high))


def _upto(value: float, end: _End) -> Range:
    """As far as the number can go towards the end."""
    at = Decimal(repr(value))
    return Range(ZERO, at) if end.sign > 0 else Range(at, None)


def _aimed(own: tuple[float, float], aim: _End | None) -> tuple[float, float]:
    """No further than the aim, so that others come to theirs as well."""
    low, high = own
    if aim is None:
        return own
    return (low, min(high, aim.value)) if aim.sign > 0 else (max(low, aim.value), high)


def _range(low: float | None, high: float | None) -> Range:
    if low is None or high is None or isinf(low):
        return UNPROVEN
    return Range(Decimal(repr(low)), None if isinf(high) else Decimal(repr(high)))


def _float(number: Decimal | None) -> float:
    return inf if number is None else float(number)
