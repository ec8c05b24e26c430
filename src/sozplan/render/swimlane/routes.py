"""Routes: at which height each link that passes other columns does so, with as few crossings as can be found."""

from __future__ import annotations

from bisect import insort
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from sozplan.render.swimlane.graph import Link
from sozplan.render.swimlane.wires import Way, Wire, crossings

STEP = 1.0
"""From one row or gap to the next, in the order of places."""
_CROSSING = 1000.0
_BEND = 0.4


class Cell(NamedTuple):
    column: int
    row: int
    """Over all lanes."""


class Cost(NamedTuple):
    crossings: int
    length: float


@dataclass(slots=True)
class Board:
    """Rows and the gaps around them from top to bottom: row r stands at `rows[r]`, a gap at `gaps[g]`."""

    links: Sequence[Link]
    back: frozenset[int]
    cells: Sequence[Cell]
    """Of each node."""
    rows: Sequence[float]
    gaps: Sequence[float]
    gutters: list[list[Wire]] = field(default_factory=list)
    """Gutter g lies left of column g; the last one right of the last column."""
    levels: dict[int, float] = field(default_factory=dict)
    """The height of each link that passes columns."""
    _taken: set[Cell] = field(default_factory=set)
    _in_gap: list[list[float]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.gutters = [[] for _ in range(max(cell.column for cell in self.cells) + 2)]
        self._taken = set(self.cells)
        self._in_gap = [[] for _ in self.gaps]

    def routed(self, rounds: int = 2) -> Cost:
        """Routes every link; what passes columns is taken out and put back again where it does better."""
        passing = []
        for at, link in enumerate(self.links):
            if at in self.back or self._columns(link)[1] - self._columns(link)[0] > 1:
                passing.append(at)
            else:
                start, end = self._ends(link)
                self.gutters[self.cells[link.target].column].append(Wire(Way.ACROSS, start, end, at))
        passing.sort(key=lambda at: (self._span(at), at))
        for at in passing:
            self._put(at, self._best(at))
        for _ in range(rounds if len(passing) > 1 else 0):
            moved = False
            for at in passing:
                old = self._take(at)
                best = self._best(at)
                moved |= best != old
                self._put(at, best)
            if not moved:
                break
        return self.cost()

    def cost(self) -> Cost:
        found, length = 0, 0.0
        for wires in self.gutters:
            for place, wire in enumerate(wires):
                found += crossings(wire, wires[:place])
                length += abs(wire.a - wire.b)
        return Cost(found, length)

    def _columns(self, link: Link) -> tuple[int, int]:
        return self.cells[link.source].column, self.cells[link.target].column

    def _span(self, at: int) -> int:
        first, last = self._columns(self.links[at])
        return abs(last - first)

    def _ends(self, link: Link) -> tuple[float, float]:
        return self.rows[self.cells[link.source].row], self.rows[self.cells[link.target].row]

    def _wires(self, at: int, level: float) -> Iterator[tuple[int, Wire]]:
        """What the link is in each gutter if it passes at this height."""
        link = self.links[at]
        (first, last), (start, end) = self._columns(link), self._ends(link)
        if at in self.back:
            yield first + 1, Wire(Way.LEFT, start, level, at)
            for gutter in range(last + 1, first + 1):
                yield gutter, Wire(Way.ACROSS, level, level, at)
            yield last, Wire(Way.RIGHT, level, end, at)
            return
        yield first + 1, Wire(Way.ACROSS, start, level, at)
        for gutter in range(first + 2, last):
            yield gutter, Wire(Way.ACROSS, level, level, at)
        yield last, Wire(Way.ACROSS, level, end, at)

    def _best(self, at: int) -> float:
        best, least = 0.0, float("inf")
        start, end = self._ends(self.links[at])
        levels = [(abs(start - y) + abs(y - end) + _BEND * ((y != start) + (y != end)), y) for y in self._levels(at)]
        for cost, level in sorted(levels):
            if cost >= least:
                break
            total = cost
            for gutter, wire in self._wires(at, level):
                total += _CROSSING * crossings(wire, self.gutters[gutter])
                if total >= least:
                    break
            else:
                best, least = level, total
        return best

    def _levels(self, at: int) -> Iterator[float]:
        """The row of either end where it is free all the way, and each place in each gap."""
        link = self.links[at]
        if at not in self.back:
            for row in {self.cells[link.source].row, self.cells[link.target].row}:
                if self._taken.isdisjoint(self._between(link, row)):
                    yield self.rows[row]
        for gap, y in enumerate(self.gaps):
            inside = [y - STEP / 2, *self._in_gap[gap], y + STEP / 2]
            yield from ((above + below) / 2 for above, below in pairwise(inside))

    def _between(self, link: Link, row: int) -> list[Cell]:
        first, last = self._columns(link)
        return [Cell(column, row) for column in range(first + 1, last)]

    def _row_at(self, at: int, level: float) -> int | None:
        link = self.links[at]
        if at in self.back:
            return None
        ends = (self.cells[link.source].row, self.cells[link.target].row)
        return next((row for row in ends if self.rows[row] == level), None)

    def _gap_at(self, level: float) -> int:
        return min(range(len(self.gaps)), key=lambda gap: abs(self.gaps[gap] - level))

    def _put(self, at: int, level: float) -> None:
        self.levels[at] = level
        for gutter, wire in self._wires(at, level):
            self.gutters[gutter].append(wire)
        row = self._row_at(at, level)
        if row is None:
            insort(self._in_gap[self._gap_at(level)], level)
        else:
            self._taken.update(self._between(self.links[at], row))

    def _take(self, at: int) -> float:
        level = self.levels.pop(at)
        for gutter, wire in self._wires(at, level):
            self.gutters[gutter].remove(wire)
        row = self._row_at(at, level)
        if row is None:
            self._in_gap[self._gap_at(level)].remove(level)
        else:
            self._taken.difference_update(self._between(self.links[at], row))
        return level
