"""Whole-number programs against all their solutions, tried one by one."""

from __future__ import annotations

import random
from collections.abc import Sequence
from itertools import product

import pytest

from sozplan.analysis.funding.combination import Line, Offer, Problem, RateOf, combine
from sozplan.analysis.funding.simplex import Effort, Row, TooMuch, best

MOST = 4


def brute(count: int, rows: Sequence[Row], weights: Sequence[int]) -> int | None:
    """Every variable is at most MOST by rows of its own."""
    values = (
        sum(w * x for w, x in zip(weights, found, strict=True))
        for found in product(range(MOST + 1), repeat=count)
        if all(row.sign * sum(found[i] for i in row.variables) <= row.bound for row in rows)
    )
    return max(values, default=None)


def drawn(chance: random.Random) -> tuple[int, list[Row], list[int]]:
    count = chance.randint(1, 4)
    rows = [Row(frozenset((i,)), MOST) for i in range(count)]
    for _ in range(chance.randint(0, 5)):
        some = frozenset(i for i in range(count) if chance.random() < 0.6)
        rows.append(Row(some, chance.randint(-1, 9)) if chance.random() < 0.6 else Row(some, chance.randint(-5, 0), -1))
    return count, rows, [chance.randint(1, 5) for _ in range(count)]


def test_nothing_weighs_more() -> None:
    unsolvable = 0
    for seed in range(400):
        count, rows, weights = drawn(random.Random(seed))
        found = best(count, rows, weights, Effort(10_000))
        expected = brute(count, rows, weights)
        unsolvable += expected is None
        assert (None if found is None else sum(w * x for w, x in zip(weights, found, strict=True))) == expected, seed
    assert unsolvable > 20


def test_half_a_cent_is_no_solution() -> None:
    """Three sums that overlap in a ring allow one and a half, of whole numbers one."""
    ring = [Row(frozenset(pair), 1) for pair in ((0, 1), (1, 2), (0, 2))]
    found = best(3, ring, [1, 1, 1], Effort(1_000))
    assert found is not None
    assert sum(found) == 1


def test_effort_is_counted_in_steps() -> None:
    with pytest.raises(TooMuch):
        best(2, [Row(frozenset((0,)), 1), Row(frozenset((1,)), 1)], [1, 1], Effort(1))


def offers(number: int) -> Problem:
    """Programmes that may all pay for four years, none of which is better by far."""
    lines = tuple(Line("m", year, 100_003, 100_003, 0) for year in range(2027, 2031))
    found = tuple(
        Offer(
            f"p{i}", "m", ((2027, 2028, 2029, 2030),), {year: (n,) for n, year in enumerate(range(2027, 2031))},
            RateOf(None), RateOf(None, up=True), by_year=False, cap=10_007 + i,
        )
        for i in range(number)
    )  # fmt: skip
    clashes = frozenset(frozenset((i, j)) for i in range(number) for j in range(i))
    return Problem(lines, found, clashes=clashes)


def test_what_is_found_within_the_effort_says_that_there_may_be_better() -> None:
    few, many = combine(offers(2)), combine(offers(9), steps=300)
    assert (few.exact, few.total) == (True, 10_007 + 10_008)
    assert not many.exact
    assert many.total > 0
