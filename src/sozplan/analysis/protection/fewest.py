"""The fewest further cells that make all demands possible, by an integer program (Fischetti and Salazar 1999).

For each end of each demanded range the program holds a table that an attacker couldn't tell from the true one: it
fulfils all sums, differs from it in withheld cells only, and has the demanded number at that end.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from math import inf

from sozplan.analysis.protection.attack import components
from sozplan.analysis.protection.problem import Demand, Problem, prices
from sozplan.analysis.protection.programs import Program
from sozplan.analysis.protection.relations import ZERO, Count, Node, Range, Sum, reduced

_ROOM = 4
"""How many times as far as the demand a number may move in such a table."""


def fewest(problem: Problem, demands: Sequence[Demand]) -> frozenset[Node] | None:
    """None where no choice was found."""
    program = Program()
    choices = {node: program.choice(cost) for node, cost in prices(problem).items()}
    for demand in demands:
        for ends in (Range(ZERO, demand.range.low), Range(demand.range.high or ZERO, None)):
            _indistinguishable(program, problem, choices, demand, ends)
    taken = program.solve()
    return None if taken is None else frozenset(node for node, column in choices.items() if taken(column))


def _indistinguishable(
    program: Program, problem: Problem, choices: Mapping[Node, int], demand: Demand, ends: Range
) -> None:
    """A table of the demand's kind with its number between the ends."""
    table = problem.tables[demand.table]
    sums = around(demand.node, reduced(table.sums, table.known(problem.settled)))
    room = _room(table.counts[demand.node], demand.range)
    columns: dict[Node, int] = {}
    for node in sorted({node for each in sums for node, _ in each.terms} | {demand.node}):
        limits = _limits(table.counts[node], room, ends if node == demand.node else None)
        columns[node] = program.number(*limits)
        if node in choices:
            _tie(program, columns[node], choices[node])
    for each in sums:
        total = float(each.total - sum((by * _base(table.counts[node]) for node, by in each.terms), ZERO)) / room
        program.row([(columns[node], float(by)) for node, by in each.terms], total, total)


def _base(count: Count) -> Decimal:
    """What numbers are counted from in the program, in units of its room: small, as is what the solver rounds."""
    return ZERO if count.number is None else count.number


def _room(count: Count, wanted: Range) -> float:
    """How far numbers may move for this demand. Tight, else rounding in the solver leaves choices loose."""
    low, high = float(wanted.low), float(wanted.low if wanted.high is None else wanted.high)
    number = low if count.number is None else float(count.number)
    return _ROOM * max(abs(number - low), abs(high - number), high - low, float(count.least or 1))


def _limits(count: Count, room: float, ends: Range | None) -> tuple[float, float]:
    """Between which a number may move; ends beyond leave none, and the program has no solution."""
    base = _base(count)
    low, high = -float(base) / room, inf if count.high is None else max(0.0, float(count.high - base) / room)
    if count.number is not None:
        low, high = max(low, -1.0), min(high, 1.0)
    if ends is None:
        return low, high
    return max(low, float(ends.low - base) / room), high if ends.high is None else float(ends.high - base) / room


def _tie(program: Program, column: int, choice: int) -> None:
    """The number doesn't move unless its cell is withheld."""
    program.row([(column, 1.0), (choice, -1.0)], -inf, 0.0)
    program.row([(column, 1.0), (choice, 1.0)], 0.0, inf)


def around(node: Node, sums: Sequence[Sum]) -> list[Sum]:
    """The sums that the node has to do with, be it at some remove."""
    return next((some for some in components(sums) if any(n == node for each in some for n, _ in each.terms)), [])
