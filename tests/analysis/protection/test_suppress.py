"""Hand-made tables whose answers can be worked out on paper."""

from __future__ import annotations

from decimal import Decimal

import pytest

from sozplan.analysis.protection.attack import Contradiction, ranges
from sozplan.analysis.protection.relations import ONE, Count, Node, Range, Sum, Table
from sozplan.analysis.protection.suppress import Choice, Problem, attacked, choose

THREE = Range(ONE, Decimal(2))
"""What must stay possible with a threshold of three."""


def node(name: str) -> Node:
    return Node("2025", name)


def sums(*lines: str) -> tuple[Sum, ...]:
    """`whole = part part`."""
    found = []
    for line in lines:
        whole, _, parts = line.partition(" = ")
        found.append(Sum(((node(whole), ONE), *((node(part), -ONE) for part in parts.split()))))
    return tuple(found)


SQUARE = {
    "1a": 20, "1b": 50, "1c": 10, "1": 80,
    "2a": 8, "2b": 2, "2c": 22, "2": 32,
    "3a": 17, "3b": 32, "3c": 12, "3": 61,
    "a": 45, "b": 84, "c": 44, "all": 173,
}  # fmt: skip
ROWS = sums("1 = 1a 1b 1c", "2 = 2a 2b 2c", "3 = 3a 3b 3c", "all = 1 2 3")
COLUMNS = sums("a = 1a 2a 3a", "b = 1b 2b 3b", "c = 1c 2c 3c", "all = a b c")


def square(**changed: int | None) -> Problem:
    """Three rows and columns with totals; of what is below three any count below three must stay possible."""
    numbers = {**SQUARE, **changed}
    counts = {
        node(name): Count(None if n is None else Decimal(n), demands=(THREE,) if n is not None and n < 3 else ())
        for name, n in numbers.items()
    }
    open = [name for name, n in numbers.items() if n is not None and n >= 3]
    inner = tuple(node(name) for name in sorted(open) if len(name) == 2)
    totals = tuple(node(name) for name in sorted(open) if len(name) == 1)
    return Problem((Table(counts, (*ROWS, *COLUMNS)),), frozenset(), (inner, totals, (node("all"),)))


def names(choice: Choice) -> list[str]:
    return sorted(each.place for each in choice.withheld)


def test_one_small_cell_in_a_square_takes_three_others() -> None:
    # Each row and column with a withheld cell needs a second one: a rectangle is the least. Of all rectangles through
    # 2b the one of the first keys is taken.
    choice = choose(square())
    assert (names(choice), choice.is_coarse) == (["1a", "1b", "2a"], False)


def test_what_a_rectangle_leaves_open() -> None:
    # 2a + 2b = 10, 1b + 2b = 52, 1a + 1b = 70: with 2b = t they are 10 - t, 52 - t and 18 + t, none below 0.
    problem = square()
    shown = frozenset(problem.open) - choose(problem).withheld
    assert attacked(problem.tables[0], shown) == {node("2b"): Range(Decimal(0), Decimal(10))}


def test_a_rectangle_of_too_little_is_not_enough() -> None:
    # With 2a = 0 withheld as well, 2a + 2b = 2 leaves each of them any number up to two: 1a and 1b do for both.
    choice = choose(square(**{"2a": 0, "2": 24, "a": 37, "all": 165}))
    assert names(choice) == ["1a", "1b"]


def test_nothing_small_takes_nothing() -> None:
    assert choose(square(**{"2b": 3, "2": 33, "b": 85, "all": 174})) == Choice(frozenset(), False)


def test_where_few_are_not_found_whole_levels_go_and_it_is_said() -> None:
    choice = choose(square(), most=0)
    assert choice.is_coarse
    assert names(choice) == ["1a", "1b", "1c", "2a", "2c", "3a", "3b", "3c"]


def test_what_was_published_before_is_not_taken_back() -> None:
    problem = square()
    settled = frozenset(node(name) for name in ("1a", "1b", "1c", "3a", "3b", "3c", "1", "3"))
    later = Problem(
        problem.tables, settled, tuple(tuple(n for n in level if n not in settled) for level in problem.levels)
    )
    # Rows 1 and 3 stand: column b and row 2 must go, and since row 2 is all minus the others, all or another column.
    choice = choose(later)
    assert not choice.withheld & settled
    seen = attacked(problem.tables[0], (settled | frozenset(later.open)) - choice.withheld)[node("2b")]
    assert seen.holds(THREE)


@pytest.mark.parametrize("more", ["1c", "3a", "all"])
def test_withholding_more_never_narrows_what_is_open(more: str) -> None:
    problem = square()
    shown = frozenset(problem.open) - choose(problem).withheld
    before = attacked(problem.tables[0], shown)[node("2b")]
    after = attacked(problem.tables[0], shown - {node(more)})[node("2b")]
    assert after.holds(before)


def test_ranges_pass_along_a_tree_of_sums() -> None:
    # 10 = a + b, a = c + d with c at most 4 and b at least 7: a is 0 to 3, and so is each of its parts.
    unknown = {node(n): Range(Decimal(0), None) for n in "abcd"} | {node("b"): Range(Decimal(7), None)}
    left = (Sum(((node("a"), ONE), (node("b"), ONE)), Decimal(10)), *sums("a = c d"))
    found = ranges(unknown, left, [node("a"), node("b"), node("d")])
    assert found == {
        node("a"): Range(Decimal(0), Decimal(3)),
        node("b"): Range(Decimal(7), Decimal(10)),
        node("d"): Range(Decimal(0), Decimal(3)),
    }


def test_sums_that_cannot_hold_are_told() -> None:
    unknown = {node("a"): Range(Decimal(0), Decimal(1))}
    with pytest.raises(Contradiction):
        ranges(unknown, [Sum(((node("a"), ONE),), Decimal(2))], [node("a")])
