"""Few cells where an integer program would take too long: for one number after the other the cheapest way.

A number can move if others move against it in all sums that it goes into; those of withheld cells may. A linear program
finds the cheapest way for it to come to an end of its demand (Kelly, Golden and Assad 1992), and what one way has
withheld is nearly free for those after it. Cells that no number needs once all have their ways are spared in the end.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from math import inf
from typing import NamedTuple

from sozplan.analysis.protection.attack import Contradiction, components
from sozplan.analysis.protection.effort import Effort
from sozplan.analysis.protection.linear import Space
from sozplan.analysis.protection.problem import Demand, Problem, prices, unmet
from sozplan.analysis.protection.relations import ZERO, Count, Node, Sum, Table, reduced

_STILL = 1e-6
"""A number that moves no more than this doesn't move."""
_AGAIN = 1e-3
"""The part of its price that a cell costs which another way has withheld already: of those, too, few are taken."""

Prices = Mapping[Node, float]
_Limits = tuple[float, float]
_NOWHERE = (0.0, 0.0)


def _faults(problem: Problem, withheld: Set[Node]) -> list[Demand]:
    """In an order that doesn't depend on how anything is written."""
    return sorted(unmet(problem, withheld), key=lambda demand: (demand.node, demand.table, demand.range.low))


class _End(NamedTuple):
    """A number in one of the tables, and how high it must come, or how low."""

    table: int
    node: Node
    value: float
    is_high: bool


def find_ways(problem: Problem) -> frozenset[Node] | None:
    """Few cells for all demands; None where there is no way for one of them, or none was found in time."""
    ways = Ways(problem)
    for _ in range(_ROUNDS):
        before = problem.effort.left
        faults = _faults(problem, ways.withheld)
        if not faults:
            return _spared(problem, ways.withheld, 2 * (before - problem.effort.left))
        if not ways.find(faults):
            return None
    return None


_ROUNDS = 12


def _spared(problem: Problem, withheld: frozenset[Node], reserve: float) -> frozenset[Node]:
    """Without what the others can do without; some effort is kept for proving that.

    With all that is shown anyway out of sight programs are small.
    """
    inner = problem.among(withheld)
    ways = Ways(inner)
    if not ways.find(_faults(inner, frozenset())):
        return withheld
    ways.spare(reserve)
    return withheld if any(unmet(inner, ways.withheld)) else ways.withheld


class Ways:
    """Of all numbers that something was demanded for so far."""

    def __init__(self, problem: Problem) -> None:
        self._prices, self._effort = prices(problem), problem.effort
        self._nets = [_nets(table, problem) for table in problem.tables]
        self._ways: dict[_End, Set[Node]] = {}

    @property
    def withheld(self) -> frozenset[Node]:
        return frozenset().union(*self._ways.values())

    def find(self, demands: Iterable[Demand]) -> bool:
        """Whether all can be met."""
        for end in (end for each in demands for end in _ends(each)):
            taken = self.withheld
            way = self._way(end, {n: price * _AGAIN if n in taken else price for n, price in self._prices.items()})
            if way is None:
                return False
            self._ways[end] = way
        return True

    def spare(self, reserve: float) -> None:
        """Gives back what all others can do without, the dearest first, until no more effort is left than that."""
        for cell in sorted(self.withheld, key=lambda node: (-self._prices[node], node)):
            kept = self.withheld - {cell}
            left = {node: self._prices[node] for node in kept}
            found: dict[_End, Set[Node]] = {}
            for end in (end for end, way in self._ways.items() if cell in way):
                way = self._way(end, left) if self._effort.left > reserve else None
                if way is None:
                    break
                found[end] = way
            else:
                self._ways |= found

    def _way(self, end: _End, prices: Prices) -> Set[Node] | None:
        """The cells with a price that have to move; those without one that aren't hidden can't."""
        net = self._nets[end.table].get(end.node)
        return set() if net is None else net.way(end, prices)


def _ends(demand: Demand) -> list[_End]:
    low, high = demand.range
    lower = _End(demand.table, demand.node, float(low), False)
    return [lower] if high is None else [lower, _End(demand.table, demand.node, float(high), True)]


class _Net:
    """Sums that hang together, with a column for each number's moving up and one for its moving down."""

    def __init__(self, sums: Sequence[Sum], counts: Mapping[Node, Count], open: Set[Node], effort: Effort) -> None:
        self.nodes = sorted({node for each in sums for node, _ in each.terms})
        self._open = open
        place = {node: 2 * i for i, node in enumerate(self.nodes)}
        self._base = {node: _number(counts[node]) for node in self.nodes}
        self._high = {node: _high(counts[node]) for node in self.nodes}
        rows = sorted(
            (sorted((place[node], float(by)) for node, by in each.terms), float(_gap(each, counts))) for each in sums
        )
        self._totals = [total for _, total in rows]
        self._adds_up = not any(self._totals)
        both = [[way for column, by in terms for way in ((column, by), (column + 1, -by))] for terms, _ in rows]
        self._space = Space(2 * len(self.nodes), both, effort)

    def way(self, end: _End, prices: Prices) -> Set[Node] | None:
        """The cells with a price that have to move; those without one that aren't hidden can't."""
        if self._adds_up and self._is_there(end):
            return set()
        limits = [self._limits(node, end, prices) for node in self.nodes]
        if any(least > most for both in limits for least, most in both):
            return None
        costs = [price for node in self.nodes for price in (prices.get(node, 0.0),) * 2]
        try:
            found = self._space.least(costs, self._totals, [each for both in limits for each in both])
        except Contradiction:
            return None
        if found is None:
            return None
        moves = zip(self.nodes, found.numbers[::2], found.numbers[1::2], strict=True)
        return {node for node, up, down in moves if node in prices and abs(up - down) > _STILL}

    def _is_there(self, end: _End) -> bool:
        base = self._base[end.node]
        return base >= end.value if end.is_high else base <= end.value

    def _limits(self, node: Node, end: _End, prices: Prices) -> tuple[_Limits, _Limits]:
        """How far the number may move up, and down; where neither costs anything, down is less than nothing up."""
        down, up = -self._base[node], self._high[node] - self._base[node]
        off = end.value - self._base[node]
        if node == end.node:
            return ((off, up) if end.is_high else (down, off)), _NOWHERE
        if node in prices:
            return (0.0, max(0.0, up)), (0.0, -down)
        return (_NOWHERE if node in self._open else (down, max(0.0, up))), _NOWHERE


def _number(count: Count) -> float:
    return 0.0 if count.number is None else float(count.number)


def _high(count: Count) -> float:
    return inf if count.high is None else float(count.high)


def _gap(each: Sum, counts: Mapping[Node, Count]) -> float:
    """What the sum lacks where not all of its numbers are known."""
    return float(each.total - sum((by * (counts[node].number or ZERO) for node, by in each.terms), ZERO))


def _nets(table: Table, problem: Problem) -> dict[Node, _Net]:
    """By number the sums that it has to do with, be it at some remove."""
    open, found = frozenset(problem.open), dict[Node, _Net]()
    for some in components(reduced(table.sums, table.known(problem.settled))):
        net = _Net(some, table.counts, open, problem.effort)
        found |= dict.fromkeys(net.nodes, net)
    return found
