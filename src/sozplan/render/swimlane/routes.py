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
_ROUNDS = 3
_WEAVINGS = 4_000
"""Up to so many pairs of heights are tried for a link."""


Levels = tuple[float, ...]


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
    levels: dict[int, Levels] = field(default_factory=dict)
    """The heights of each link that passes columns, one for each column from left to right."""
    _taken: set[Cell] = field(default_factory=set)
    _in_gap: list[list[float]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.gutters = [[] for _ in range(max(cell.column for cell in self.cells) + 2)]
        self._taken = set(self.cells)
        self._in_gap = [[] for _ in self.gaps]

    def routed(self, turn: int = 0, rounds: int = 2) -> Cost:
        """Routes every link; what passes columns is taken out and put back again where it does better.

        Which link comes first decides what others find: each turn takes them in another order.
        """
        passing = []
        for at, link in enumerate(self.links):
            if at in self.back or self._columns(link)[1] - self._columns(link)[0] > 1:
                passing.append(at)
            else:
                start, end = self._ends(link)
                self.gutters[self.cells[link.target].column].append(Wire(Way.ACROSS, start, end, at))
        passing.sort(key=lambda at: (self._span(at), at) if turn % 2 == 0 else (-self._span(at), at))
        first = turn // 2 % max(1, len(passing))
        passing = passing[first:] + passing[:first]
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

    def passed(self, at: int) -> range:
        """The columns that a link passes; on a way back those of both ends as well."""
        first, last = self._columns(self.links[at])
        return range(last, first + 1) if at in self.back else range(first + 1, last)

    def _wires(self, at: int, levels: Levels) -> Iterator[tuple[int, Wire]]:
        """What the link is in each gutter if it passes at these heights, one for each column."""
        start, end = self._ends(self.links[at])
        passed = self.passed(at)
        if at in self.back:
            yield passed[-1] + 1, Wire(Way.LEFT, start, levels[-1], at)
            yield passed[0], Wire(Way.RIGHT, levels[0], end, at)
        else:
            yield passed[0], Wire(Way.ACROSS, start, levels[0], at)
            yield passed[-1] + 1, Wire(Way.ACROSS, levels[-1], end, at)
        for column, (left, right) in zip(passed, pairwise(levels), strict=False):
            yield column + 1, Wire(Way.ACROSS, left, right, at)

    def _best(self, at: int) -> Levels:
        best, least = 0.0, float("inf")
        count = len(self.passed(at))
        start, end = self._ends(self.links[at])
        levels = [(abs(start - y) + abs(y - end) + _BEND * ((y != start) + (y != end)), y) for y in self._levels(at)]
        for cost, level in sorted(levels):
            if cost >= least:
                break
            total = cost
            for gutter, wire in self._wires(at, (level,) * count):
                total += _CROSSING * crossings(wire, self.gutters[gutter])
                if total >= least:
                    break
            else:
                best, least = level, total
        return (best,) * count

    def _levels(self, at: int) -> Iterator[float]:
        """The row of either end where it is free all the way, and each place in each gap."""
        link = self.links[at]
        if at not in self.back:
            for row in {self.cells[link.source].row, self.cells[link.target].row}:
                if self._taken.isdisjoint(self._between(link, row)):
                    yield self.rows[row]
        yield from self._places()

    def _places(self) -> Iterator[float]:
        """Above, below and between what runs through each gap."""
        for gap, y in enumerate(self.gaps):
            inside = [y - STEP / 2, *self._in_gap[gap], y + STEP / 2]
            yield from ((above + below) / 2 for above, below in pairwise(inside))

    def _between(self, link: Link, row: int) -> list[Cell]:
        first, last = self._columns(link)
        return [Cell(column, row) for column in range(first + 1, last)]

    def _row_at(self, at: int, levels: Levels) -> int | None:
        link = self.links[at]
        if at in self.back:
            return None
        ends = (self.cells[link.source].row, self.cells[link.target].row)
        return next((row for row in ends if self.rows[row] == levels[0]), None)

    def gap_at(self, level: float) -> int:
        return min(range(len(self.gaps)), key=lambda gap: abs(self.gaps[gap] - level))

    def _put(self, at: int, levels: Levels) -> None:
        self.levels[at] = levels
        for gutter, wire in self._wires(at, levels):
            self.gutters[gutter].append(wire)
        row = self._row_at(at, levels)
        if row is not None:
            self._taken.update(self._between(self.links[at], row))
            return
        for level in dict.fromkeys(levels):
            insort(self._in_gap[self.gap_at(level)], level)

    def _take(self, at: int) -> Levels:
        levels = self.levels.pop(at)
        for gutter, wire in self._wires(at, levels):
            self.gutters[gutter].remove(wire)
        row = self._row_at(at, levels)
        if row is not None:
            self._taken.difference_update(self._between(self.links[at], row))
            return levels
        for level in dict.fromkeys(levels):
            self._in_gap[self.gap_at(level)].remove(level)
        return levels

    def woven(self) -> Cost:
        """Lets links that cross others change their height on the way, where that avoids crossings."""
        cost = self.cost()
        for _ in range(_ROUNDS):
            before = cost
            for at in sorted(self.levels):
                if cost.crossings and self._is_crossed(at):
                    old = self._take(at)
                    found = self._weave(at)
                    self._put(at, found or old)
                    if self.cost() > cost:
                        self._take(at)
                        self._put(at, old)
                    cost = self.cost()
            if cost == before:
                break
        return cost

    def _is_crossed(self, at: int) -> bool:
        return any(crossings(wire, self.gutters[gutter]) for gutter, wire in self._wires(at, self.levels[at]))

    def _weave(self, at: int) -> Levels | None:
        """The heights with the least cost, column by column; none where there are too many to try."""
        passed, places = self.passed(at), list(self._places())
        if len(places) ** 2 * len(passed) > _WEAVINGS:
            return None
        start, end = self._ends(self.links[at])
        is_back = at in self.back
        first, last = self.gutters[passed[0]], self.gutters[passed[-1] + 1]
        known: dict[float, tuple[float, Levels]] = {}
        for y in places:
            wire = Wire(Way.RIGHT, y, end, at) if is_back else Wire(Way.ACROSS, start, y, at)
            known[y] = (self._priced(wire, first), (y,))
        for column in passed[1:]:
            wires = self.gutters[column]
            known = {
                y: min(
                    (sofar + self._priced(Wire(Way.ACROSS, left, y, at), wires), (*levels, y))
                    for left, (sofar, levels) in known.items()
                )
                for y in places
            }
        ends = {y: Wire(Way.LEFT, start, y, at) if is_back else Wire(Way.ACROSS, y, end, at) for y in places}
        return min((sofar + self._priced(ends[y], last), levels) for y, (sofar, levels) in known.items())[1]

    @staticmethod
    def _priced(wire: Wire, others: Sequence[Wire]) -> float:
        return _CROSSING * crossings(wire, others) + abs(wire.a - wire.b) + _BEND * (wire.a != wire.b)
