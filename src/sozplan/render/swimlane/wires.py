"""Wires: what a link does in one gutter between two columns, and which of them must cross.

Places are only an order from top to bottom here. Two wires of a gutter cross at most once, and tracks can always be
chosen so that no others cross (`tracks`): so crossings are counted before anything has a place.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum
from typing import NamedTuple


class Way(IntEnum):
    """From side to side of the gutter, or back to the side it came from."""

    ACROSS = 0
    LEFT = 1
    """Comes from the left and turns back to it: a way back begins."""
    RIGHT = 2
    """Turns round to the right: a way back ends."""


class Wire(NamedTuple):
    """Across it begins at `a` on the left and ends at `b` on the right; else both are on the side it stays on."""

    way: Way
    a: float
    b: float
    link: int

    @property
    def low(self) -> float:
        return min(self.a, self.b)

    @property
    def high(self) -> float:
        return max(self.a, self.b)


def crosses(one: Wire, other: Wire) -> bool:
    if one.way == other.way == Way.ACROSS:
        return (one.a - other.a) * (one.b - other.b) < 0
    if one.way == Way.ACROSS:
        return other.low < (one.a if other.way == Way.LEFT else one.b) < other.high
    if other.way == Way.ACROSS:
        return one.low < (other.a if one.way == Way.LEFT else other.b) < one.high
    if one.way != other.way:
        return False
    return one.low < other.low < one.high < other.high or other.low < one.low < other.high < one.high


def crossings(wire: Wire, others: Iterable[Wire]) -> int:
    """How many of the others it crosses; its ends may be shared with them."""
    way, a, b, _ = wire
    if way != Way.ACROSS:
        return sum(crosses(wire, other) for other in others)
    count = 0
    for kind, c, d, _ in others:
        if kind == 0:
            count += (a - c) * (b - d) < 0
        elif kind == 1:
            count += c < a < d or d < a < c
        else:
            count += c < b < d or d < b < c
    return count
