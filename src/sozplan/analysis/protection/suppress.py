"""Which further cells to withhold: few if they can be found, else whole levels; always proven by the attack."""

from __future__ import annotations

from collections.abc import Iterator, Set
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import NamedTuple

from sozplan.analysis.protection.attack import Contradiction, adding_up, adds_up, is_tree, ranges
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

    @property
    def open(self) -> tuple[Node, ...]:
        return tuple(node for level in self.levels for node in level)


class Choice(NamedTuple):
    """The nodes withheld besides; `is_coarse` where whole levels had to go."""

    withheld: frozenset[Node]
    is_coarse: bool


MOST_NUMBERS = 20_000
"""How large an integer program may become; beyond, demands are met one after the other, or whole levels withheld."""
_ROUNDS = 12


def choose(problem: Problem, most: int = MOST_NUMBERS) -> Choice:
    """Withholds until nothing small can be worked out, or until there is nothing more to withhold.

    Demands that have nothing to do with each other are met one by one, each by what is around it; where they touch and
    are not too many, and where that comes to nothing, all is looked at together.
    """
    from sozplan.analysis.protection.regions import Regions

    if not problem.open:
        return Choice(frozenset(), False)
    everything = problem.settled.union(problem.open)
    problem = replace(problem, tables=tuple(consistent(table, everything) for table in problem.tables))
    regions, is_large = Regions(problem), _size(problem) > MOST_TOGETHER
    apart = regions.few(most) if is_large or regions.begin_apart else None
    if apart is not None and (apart.is_least or is_large):
        return Choice(apart.withheld, False)
    withheld, is_enough = few(problem, most)
    if is_enough:
        return Choice(withheld, False)
    apart = apart or regions.few(most)
    return _coarsely(problem, withheld) if apart is None else Choice(apart.withheld, False)


MOST_TOGETHER = 4_000
"""How large an integer program may become that only spares some of what looking around each demand has withheld."""


def _size(problem: Problem) -> int:
    demands = sum(len(count.demands) for table in problem.tables for count in table.counts.values())
    return 2 * demands * max(len(table.counts) for table in problem.tables)


class Few(NamedTuple):
    """What was found to withhold, and whether that is enough."""

    withheld: frozenset[Node]
    is_enough: bool


def few(problem: Problem, most: int) -> Few:
    """The fewest cells for all demands at once, as far as they can be found."""
    at_once = most // max(1, *(2 * len(table.counts) for table in problem.tables))
    withheld, met = frozenset[Node](), tuple[Demand, ...]()
    for _ in range(_ROUNDS):
        faults = tuple(unmet(problem, withheld))
        if not faults:
            return Few(withheld, True)
        if not withheld and (one := _one(problem)) is not None:
            return Few(frozenset({one}), True)
        met = tuple(dict.fromkeys((*met, *faults)))
        found = _fewest(problem, met, faults, withheld, at_once)
        if found is None or found == withheld:
            break
        withheld = found
    return Few(withheld, False)


_TRIES = 8


def _one(problem: Problem) -> Node | None:
    """The first that does alone, in the order of preference; where sums are a tree that takes no program."""
    if not all(is_tree(table.sums) for table in problem.tables):
        return None
    tried = problem.open[:_TRIES]
    return next((node for node in tried if not any(unmet(problem, frozenset({node})))), None)


def _fewest(
    problem: Problem, all: tuple[Demand, ...], new: tuple[Demand, ...], withheld: frozenset[Node], at_once: int
) -> frozenset[Node] | None:
    """For all demands so far; where they are too many, for the new ones on top of what is withheld."""
    from sozplan.analysis.protection.fewest import fewest

    if len(all) <= at_once:
        return fewest(problem, all, frozenset())
    return fewest(problem, new[:at_once], withheld) if at_once else None


def _coarsely(problem: Problem, withheld: frozenset[Node]) -> Choice:
    """Level by level, the lowest first; in the end all of the period."""
    for level in problem.levels:
        withheld |= frozenset(level)
        if not any(unmet(problem, withheld)):
            break
    return Choice(withheld, True)


def unmet(problem: Problem, withheld: Set[Node]) -> Iterator[Demand]:
    """What an attacker who sees the rest could rule out although it must stay possible."""
    shown = problem.settled.union(problem.open) - withheld
    for i, table in enumerate(problem.tables):
        for node, seen in attacked(table, shown).items():
            yield from (Demand(i, node, each) for each in ruled_out(table.counts[node], seen))


def attacked(table: Table, shown: Set[Node]) -> dict[Node, Range]:
    """The ranges that are open to whoever sees what is shown, for all numbers that are to be protected."""
    unknown, known = table.unknown(shown), table.known(shown)
    wanted = [node for node in unknown if _is_guarded(table.counts[node])]
    if not wanted:
        return {}
    try:
        return ranges(unknown, reduced(table.sums, known), wanted)
    except Contradiction:
        return dict.fromkeys(wanted, UNPROVEN)


def consistent(table: Table, shown: Set[Node]) -> Table:
    """Without the sums that what is shown contradicts: nobody can work out anything by them."""
    unknown, known = table.unknown(shown), table.known(shown)
    left = reduced(table.sums, known)
    if adds_up(unknown, left):
        return table
    holds = iter(adding_up(unknown, left))
    return replace(table, sums=tuple(each for each in table.sums if not reduced([each], known) or next(holds)))


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
