"""Sums that hold between the numbers of a table, whoever may see them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

ONE = Decimal(1)
ZERO = Decimal(0)


class Node(NamedTuple):
    """A number of the table: a territory, or a nameless piece of one, in a period as told by certain cells.

    `cells` tells apart what was delivered again: a number and its revision are two.
    """

    period: str
    place: str
    cells: tuple[str, ...] = ()


class Range(NamedTuple):
    """From `low` to `high`, both included; None where there is no bound."""

    low: Decimal
    high: Decimal | None

    def holds(self, other: Range) -> bool:
        """Contains all of the other, but for the last digits that a solver leaves open."""
        above = self.high is None or (other.high is not None and other.high <= self.high + _slack(self.high))
        return self.low - _slack(self.low) <= other.low and above

    def meets(self, other: Range) -> bool:
        return _starts(self, other) and _starts(other, self)

    @property
    def is_point(self) -> bool:
        return self.high is not None and self.high - self.low <= _slack(self.high)


UNPROVEN = Range(Decimal(-1), Decimal(-1))
"""Stands for a range that couldn't be found: it holds nothing, so nothing is taken for safe."""


def _starts(one: Range, other: Range) -> bool:
    """Not later than the other ends."""
    return other.high is None or one.low <= other.high


TOLERANCE = Decimal("1e-6")


def _slack(number: Decimal) -> Decimal:
    return TOLERANCE * max(ONE, abs(number))


class Sum(NamedTuple):
    """Σ coefficient · number = total.

    Where the delivered numbers don't add up exactly the total isn't 0: whoever attacks is taken to know by how much.
    """

    terms: tuple[tuple[Node, Decimal], ...]
    total: Decimal = ZERO


@dataclass(frozen=True, slots=True)
class Count:
    """What is known of a number behind the gate, and what must stay possible for all who see what is published.

    `number` is None where somebody else withheld it or nobody has it; `high` is what it can't exceed, as everybody
    knows. `demands` are the ranges that an attacker's must contain. `least` is set for what the supplier withheld: any
    count below that must stay possible, if one is.
    """

    number: Decimal | None
    high: Decimal | None = None
    demands: tuple[Range, ...] = ()
    least: int | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """The counts of one kind (cases, or bases) and the sums between them."""

    counts: Mapping[Node, Count]
    sums: tuple[Sum, ...]

    def unknown(self, shown: Set[Node]) -> dict[Node, Range]:
        """With those that are shown without this number: a share, say, of a base that nobody tells."""
        open = (item for item in self.counts.items() if item[0] not in shown or item[1].number is None)
        return {node: Range(ZERO, count.high) for node, count in open}

    def known(self, shown: Set[Node]) -> dict[Node, Decimal]:
        numbers = ((node, self.counts[node].number) for node in shown if node in self.counts)
        return {node: number for node, number in numbers if number is not None}


def reduced(sums: Iterable[Sum], known: Mapping[Node, Decimal]) -> list[Sum]:
    """What remains to be found out once these numbers are known."""
    found = []
    for each in sums:
        total = each.total - sum((known[node] * by for node, by in each.terms if node in known), ZERO)
        terms = tuple(term for term in each.terms if term[0] not in known)
        if terms:
            found.append(Sum(terms, total))
    return found
