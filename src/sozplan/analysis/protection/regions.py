"""What hangs together with a demand: only sums with numbers that aren't shown tell anything of one another.

A region begins with the sums around one demand. What is withheld there brings in the sums that it is part of; all other
numbers are shown, so that no sum beyond says anything about the region. Withholding more elsewhere only leaves an
attacker with less, so that regions can be dealt with one after the other; in the end all is attacked together.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from sozplan.analysis.protection.problem import Demand, Problem, unmet
from sozplan.analysis.protection.relations import Node, Table
from sozplan.analysis.protection.suppress import few

_ROUNDS = 12


class _Place(NamedTuple):
    """A sum, by the number of its table and its own."""

    table: int
    sum: int


@dataclass
class _Region:
    sums: set[_Place] = field(default_factory=set)
    nodes: set[Node] = field(default_factory=set)
    """Those that are asked for, and what isn't shown besides."""


class Apart(NamedTuple):
    """What to withhold; `is_least` where no two demands could have been helped by the same cell."""

    withheld: frozenset[Node]
    is_least: bool


class Regions:
    """A problem taken apart."""

    def __init__(self, problem: Problem) -> None:
        self._problem = problem
        self._shown = problem.settled.union(problem.open)
        self._holding = [_holding(table) for table in problem.tables]

    @property
    def begin_apart(self) -> bool:
        """At first sight no two demands can be helped by the same cell."""
        return self._are_apart(self._around(self._first, frozenset()))

    @cached_property
    def _first(self) -> list[Demand]:
        return self._faults(frozenset())

    def _faults(self, withheld: Set[Node]) -> list[Demand]:
        return sorted(unmet(self._problem, withheld), key=lambda demand: (demand.node, demand.table))

    def few(self, most: int) -> Apart | None:
        """Cells enough for all demands; None where it takes more than looking around each of them."""
        withheld, regions = frozenset[Node](), list[_Region]()
        for _ in range(_ROUNDS):
            faults = self._faults(withheld) if withheld else self._first
            if not faults:
                return Apart(withheld, self._are_apart(regions))
            for region in self._around(faults, withheld):
                found = self._meet(region, withheld, most)
                if found is None:
                    return None
                withheld |= found
                regions.append(region)
        return None

    def _are_apart(self, regions: Iterable[_Region]) -> bool:
        seen = set[Node]()
        for region in regions:
            own = {node for place in region.sums for node, _ in self._terms(place)}
            if not seen.isdisjoint(own):
                return False
            seen |= own
        return True

    def _terms(self, place: _Place) -> tuple[tuple[Node, Decimal], ...]:
        return self._problem.tables[place.table].sums[place.sum].terms

    def _around(self, faults: Iterable[Demand], withheld: Set[Node]) -> Iterator[_Region]:
        """Demands in one region are met together."""
        found: list[_Region] = []
        for fault in faults:
            if not any(fault.node in region.nodes for region in found):
                region = _Region(nodes={fault.node})
                self._grow(region, withheld)
                found.append(region)
        return iter(found)

    def _meet(self, region: _Region, withheld: frozenset[Node], most: int) -> frozenset[Node] | None:
        """What to withhold within the region, which grows until nothing beyond tells of it."""
        while True:
            part = self._part(region, withheld)
            found, is_enough = few(part, most)
            if not is_enough:
                return None
            before = len(region.sums)
            region.nodes |= found
            self._grow(region, withheld | found)
            if len(region.sums) == before:
                return found

    def _grow(self, region: _Region, withheld: Set[Node]) -> None:
        """By all sums of what isn't shown, and of what isn't shown in these."""
        waiting = list(region.nodes)
        while waiting:
            node = waiting.pop()
            for place in self._sums(node):
                if place not in region.sums:
                    region.sums.add(place)
                    hidden = self._hidden(place, withheld) - region.nodes
                    region.nodes |= hidden
                    waiting.extend(hidden)

    def _sums(self, node: Node) -> Iterator[_Place]:
        for table, holding in enumerate(self._holding):
            yield from (_Place(table, each) for each in holding.get(node, ()))

    def _hidden(self, place: _Place, withheld: Set[Node]) -> set[Node]:
        """The numbers of the sum that nobody is shown."""
        table = self._problem.tables[place.table]
        terms = (node for node, _ in self._terms(place))
        return {n for n in terms if n in withheld or n not in self._shown or table.counts[n].number is None}

    def _part(self, region: _Region, withheld: Set[Node]) -> Problem:
        """The same problem, of the region's sums only."""
        tables = []
        for number, table in enumerate(self._problem.tables):
            sums = tuple(table.sums[i] for i in sorted(each.sum for each in region.sums if each.table == number))
            nodes = {node: None for each in sums for node, _ in each.terms} | dict.fromkeys(sorted(region.nodes))
            tables.append(Table({node: table.counts[node] for node in nodes if node in table.counts}, sums))
        known = set[Node]().union(*(table.counts for table in tables))
        levels = (tuple(n for n in level if n in known and n not in withheld) for level in self._problem.levels)
        return Problem(tuple(tables), self._problem.settled & known, tuple(levels), self._problem.effort)


def _holding(table: Table) -> dict[Node, list[int]]:
    """The sums that each number is part of."""
    found: dict[Node, list[int]] = {}
    for i, each in enumerate(table.sums):
        for node, _ in each.terms:
            found.setdefault(node, []).append(i)
    return found
