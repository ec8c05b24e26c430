"""That taking a table apart gives no more away than looking at all of it, and withholds no more where it says so."""

from __future__ import annotations

import random
from collections.abc import Set
from decimal import Decimal

import pytest

from sozplan.analysis.primary import Counts, is_small
from sozplan.analysis.protection.demands import small
from sozplan.analysis.protection.regions import Regions
from sozplan.analysis.protection.relations import ONE, Count, Node, Sum, Table
from sozplan.analysis.protection.suppress import MOST_NUMBERS, Problem, few
from tests.analysis.protection.test_random_tables import seen, unsafe
from tests.analysis.protection.town import Of, Town, make_case, random_town


def problem_of(town: Town, threshold: int) -> Problem:
    """Cases alone, all bases known to everybody."""
    counts = {node(place): _count(of, threshold) for place, of in town.all.items()}
    sums = tuple(Sum(((node(whole), ONE), *((node(p), -ONE) for p in parts))) for whole, parts in town.sums())
    wholes = {whole for whole, _ in town.sums()}
    open = sorted(place for place, of in town.all.items() if not _is_small(of, threshold))
    levels = ([p for p in open if p not in wholes], [p for p in open if p in wholes])
    return Problem((Table(counts, sums),), frozenset(), tuple(tuple(map(node, level)) for level in levels))


def node(place: str) -> Node:
    return Node("2025", place)


def _count(of: Of, threshold: int) -> Count:
    base = None if of.base is None else Decimal(of.base)
    demands = small(Counts(Decimal(of.cases), base), threshold, zero=False) if _is_small(of, threshold) else ()
    return Count(Decimal(of.cases), base, tuple(demands))


def _is_small(of: Of, threshold: int) -> bool:
    counts = Counts(Decimal(of.cases), None if of.base is None else Decimal(of.base))
    return any(is_small(n, threshold, False) for n in (counts.cases, counts.others) if n is not None)


def told(town: Town, withheld: Set[Node], threshold: int) -> dict[str, float | None]:
    rates = {place: of.cases * (1 if of.base is None else 100 / of.base) for place, of in town.all.items()}
    return {
        place: None if node(place) in withheld or _is_small(town.all[place], threshold) else rate
        for place, rate in rates.items()
    }


@pytest.mark.parametrize("seed", range(8))
def test_taken_apart_or_not_nothing_small_follows(seed: int) -> None:
    dice = random.Random(f"apart {seed}")
    for _ in range(10):
        town, threshold = random_town(dice), dice.choice([3, 3, 4, 5])
        if any(of.base is not None and of.base < threshold for of in town.all.values()):
            continue
        problem = problem_of(town, threshold)
        apart, whole = Regions(problem).few(MOST_NUMBERS), few(problem, MOST_NUMBERS)
        assert apart is not None
        assert whole.is_enough
        assert unsafe(town, told(town, apart.withheld, threshold), threshold) == []
        assert unsafe(town, told(town, whole.withheld, threshold), threshold) == []
        assert len(apart.withheld) >= len(whole.withheld)
        if apart.is_least:
            assert len(apart.withheld) == len(whole.withheld)


def large_town(dice: random.Random) -> Town:
    """Few small counts among many, districts without any, and areas that lie across."""
    below = {"stadt": [f"d{i}" for i in range(9)], **{f"d{i}": [f"d{i}-b{j}" for j in range(10)] for i in range(9)}}
    blocks = [block for whole, parts in below.items() if whole != "stadt" for block in parts]
    counted = {
        block: Of(dice.choice([1, 2]) if dice.random() < 0.06 else dice.randint(10, 80), dice.randint(100, 400))
        for block in blocks
    }
    return Town(below, counted, {f"a{i}": dice.sample(blocks, dice.randint(2, 6)) for i in range(dice.randint(0, 12))})


@pytest.mark.parametrize("seed", range(3))
def test_it_does_not_depend_on_the_order_in_which_a_large_town_is_written(seed: int) -> None:
    town = large_town(random.Random(seed))
    assert seen(make_case(town, order=random.Random(seed)), town) == seen(make_case(town), town)
