"""Which further cells to withhold: the fewest or few if they can be found, else whole levels; proven by the attack."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from sozplan.analysis.protection.attack import is_tree
from sozplan.analysis.protection.effort import Effort
from sozplan.analysis.protection.problem import Demand, Problem, attacked, sound, unmet
from sozplan.analysis.protection.relations import Node


class Choice(NamedTuple):
    """The nodes withheld besides; `is_coarse` where whole levels had to go."""

    withheld: frozenset[Node]
    is_coarse: bool


MOST_NUMBERS = 20_000
"""How many numbers an integer program may have."""
MOST_WORK = 60_000
"""How many numbers times choices. Beyond each number is led by itself."""
_ROUNDS = 12


def choose(problem: Problem, most: int = MOST_NUMBERS) -> Choice:
    """Withholds until nothing small can be worked out, or until there is nothing more to withhold."""
    problem = sound(problem)
    found = seek(problem, most)
    if found is None and most:
        found = lead(replace(problem, effort=Effort.of_leading()))
    return coarsely(replace(problem, effort=Effort.of_proving())) if found is None else Choice(found, False)


def seek(problem: Problem, most: int = MOST_NUMBERS) -> frozenset[Node] | None:
    """By integer programs, as far as they don't become too large.

    Demands that have nothing to do with each other are met one by one, each by what is around it; where they touch and
    are not too many, and where that comes to nothing, all is looked at together.
    """
    from sozplan.analysis.protection.regions import Regions

    if not problem.open:
        return frozenset()
    regions, is_large = Regions(problem), _size(problem) > MOST_TOGETHER
    apart = regions.few(most) if is_large or regions.begin_apart else None
    if apart is not None and (apart.is_least or is_large):
        return apart.withheld
    withheld, is_enough = few(problem, most)
    if is_enough:
        return withheld
    apart = apart or regions.few(most)
    return None if apart is None else apart.withheld


def lead(problem: Problem) -> frozenset[Node] | None:
    """Number by number, where an integer program would become too large."""
    from sozplan.analysis.protection.ways import find_ways

    return find_ways(problem)


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
    withheld, met = frozenset[Node](), tuple[Demand, ...]()
    for _ in range(_ROUNDS):
        faults = tuple(unmet(problem, withheld))
        if not faults:
            return Few(withheld, True)
        if not withheld and (one := _one(problem)) is not None:
            return Few(frozenset({one}), True)
        met = tuple(dict.fromkeys((*met, *faults)))
        found = _fewest(problem, met, most)
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


def _fewest(problem: Problem, demands: Sequence[Demand], most: int) -> frozenset[Node] | None:
    """None as well where the program would be too large."""
    from sozplan.analysis.protection.fewest import fewest

    numbers = 2 * len(demands) * max(len(table.counts) for table in problem.tables)
    work = numbers * len(problem.open)
    if numbers > most or work > MOST_WORK or problem.effort.is_spent:
        return None
    problem.effort.spend(_UNITS * work)
    return fewest(problem, demands)


_UNITS = 5
"""Of effort that each number takes with each choice."""


def coarsely(problem: Problem) -> Choice:
    """Level by level, the lowest first; in the end all of the period. What isn't proven isn't taken for safe."""
    withheld = frozenset[Node]()
    for level in problem.levels:
        withheld |= frozenset(level)
        if not any(unmet(problem, withheld)):
            break
    return Choice(withheld, True)


__all__ = ["MOST_NUMBERS", "Choice", "Few", "Problem", "attacked", "choose", "coarsely", "few", "lead", "seek"]
