"""What is about to be published, and what of it an attacker could rule out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import NamedTuple

from sozplan.analysis.protection.attack import Contradiction, Proof, adding_up, adds_up, ranges
from sozplan.analysis.protection.effort import Effort
from sozplan.analysis.protection.relations import ONE, UNPROVEN, ZERO, Count, Node, Range, Table, reduced


class Demand(NamedTuple):
    """What must become possible: that a number in one of the tables lies anywhere in the range."""

    table: int
    node: Node
    range: Range


@dataclass(frozen=True, slots=True)
class Problem:
    """What is about to be published.

    `open` are the nodes that would be shown, `settled` those that were published before and can't be taken back.
    `levels` are the open nodes by level, the lowest first; within it they are in the order of their keys.
    """

    tables: tuple[Table, ...]
    settled: frozenset[Node]
    levels: tuple[tuple[Node, ...], ...]
    effort: Effort = field(default_factory=Effort.of_seeking)
    """What all that is done with it may cost."""

    @property
    def open(self) -> tuple[Node, ...]:
        return tuple(node for level in self.levels for node in level)

    def among(self, some: Set[Node]) -> Problem:
        """The same if no others may be withheld."""
        levels = tuple(tuple(node for node in level if node in some) for level in self.levels)
        return replace(self, settled=self.settled.union(self.open) - some, levels=levels)


def prices(problem: Problem) -> dict[Node, float]:
    """One each; among as few, rather those of lower levels, and then those of the first keys."""
    order = {node: i for i, node in enumerate(problem.open)}
    return {
        node: 1000 + 20 * height + 10 * order[node] / len(order)
        for height, level in enumerate(problem.levels)
        for node in level
    }


def unmet(problem: Problem, withheld: Set[Node]) -> Iterator[Demand]:
    """What an attacker who sees the rest could rule out although it must stay possible, or what isn't proven."""
    shown = problem.settled.union(problem.open) - withheld
    for i, table in enumerate(problem.tables):
        for node, seen in attacked(table, shown, problem.effort).items():
            yield from (Demand(i, node, each) for each in ruled_out(table.counts[node], seen))


def attacked(table: Table, shown: Set[Node], effort: Effort | None = None) -> dict[Node, Range]:
    """The ranges that are open to whoever sees what is shown, for all numbers that are to be protected.

    With an effort no more of a range than shows that what must stay possible does.
    """
    unknown, known = table.unknown(shown), table.known(shown)
    wanted = [node for node in unknown if _is_guarded(table.counts[node])]
    if not wanted:
        return {}
    proof = None if effort is None else _proof({node: table.counts[node] for node in unknown}, effort)
    try:
        return ranges(unknown, reduced(table.sums, known), wanted, proof)
    except Contradiction:
        return dict.fromkeys(wanted, UNPROVEN)


def _proof(counts: Mapping[Node, Count], effort: Effort) -> Proof:
    goals = {node: goal for node, count in counts.items() if (goal := _goal(count)) is not None}
    true = {node: count.number for node, count in counts.items() if count.number is not None}
    exact = frozenset(node for node, count in counts.items() if len(count.demands) != 1)
    return Proof(goals, exact, true, effort)


def _goal(count: Count) -> Range | None:
    """The range that all demands together make up; nothing of what is inside may be ruled out."""
    if count.least is not None:
        return None if count.demands else Range(ONE, Decimal(count.least - 1))
    highs = [each.high for each in count.demands if each.high is not None]
    if not highs or len(highs) < len(count.demands):
        return None
    return Range(min(each.low for each in count.demands), max(highs))


def consistent(table: Table, shown: Set[Node]) -> Table:
    """Without the sums that what is shown contradicts: nobody can work out anything by them."""
    unknown, known = table.unknown(shown), table.known(shown)
    left = reduced(table.sums, known)
    if adds_up(unknown, left):
        return table
    holds = iter(adding_up(unknown, left))
    return replace(table, sums=tuple(each for each in table.sums if not reduced([each], known) or next(holds)))


def sound(problem: Problem) -> Problem:
    """Of all that would be shown, without the sums that it contradicts."""
    shown = problem.settled.union(problem.open)
    return replace(problem, tables=tuple(consistent(table, shown) for table in problem.tables))


def _is_guarded(count: Count) -> bool:
    return bool(count.demands) or count.least is not None


def ruled_out(count: Count, seen: Range) -> Iterator[Range]:
    """The ranges that should be open and aren't."""
    yield from (demand for demand in count.demands if not seen.holds(demand))
    if count.least is None:
        return
    small = Range(ONE, Decimal(count.least - 1))
    if seen.meets(small):
        if not seen.holds(small):
            yield small
    elif seen.is_point:
        around = Decimal(count.least - 1)
        yield Range(max(ZERO, seen.low - around), seen.low + around)
