"""Lanes: in which order they stand, and in which of its rows each step is, so that few links cross and most are short.

Few steps are tried in every way there is. For many the search ends after so much work: a picture must not take longer
than writing it down.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, islice, permutations, product
from typing import NamedTuple

from sozplan.render.swimlane.graph import Graph
from sozplan.render.swimlane.routes import STEP, Board, Cell, Cost

_WORK = 6_000
"""Links times columns that may be routed in the search."""
_FEW = 24
"""Up to so many nodes every order is tried, as long as there are no more than `_EVERY` of them."""
_EVERY = 200
_TURNS = 6
"""In so many orders links are routed then."""


class Arrangement(NamedTuple):
    lanes: tuple[str, ...]
    """From top to bottom."""
    rows: tuple[int, ...]
    """How many each lane has."""
    board: Board
    cost: Cost


Groups = Mapping[tuple[str, int], tuple[int, ...]]
"""The nodes that share lane and column, from top to bottom."""


def arranged(graph: Graph, columns: Sequence[int], back: frozenset[int]) -> Arrangement:
    return _Search(graph, columns, back).best()


@dataclass(slots=True)
class _Search:
    graph: Graph
    columns: Sequence[int]
    back: frozenset[int]

    def best(self) -> Arrangement:
        groups = self._groups()
        found = self._tried(self.graph.lanes, groups)
        each = max(1, len(self.graph.links) * (max(self.columns) + 1) // 4)
        left = _WORK // each
        while left > 0:
            for lanes, order in islice(self._moves(found[0].lanes, found[1]), left):
                left -= 1
                tried = self._tried(lanes, order)
                if tried[0].cost < found[0].cost:
                    found = tried
                    break
            else:
                break
        if not found[0].cost.crossings:
            return found[0]
        best = _woven(found[0])
        for lanes, order in self._every(groups) if len(self.graph.nodes) <= _FEW else ():
            for turn in range(_TURNS):
                if best.cost.crossings:
                    best = min(best, _woven(self._arrangement(lanes, order, turn)), key=lambda each: each.cost)
        return best

    def _tried(self, lanes: tuple[str, ...], groups: Groups) -> tuple[Arrangement, Groups]:
        arrangement = self._arrangement(lanes, groups)
        return arrangement, groups

    def _groups(self) -> dict[tuple[str, int], tuple[int, ...]]:
        found: dict[tuple[str, int], list[int]] = {}
        for at, node in enumerate(self.graph.nodes):
            found.setdefault((node.lane, self.columns[at]), []).append(at)
        return {place: tuple(each) for place, each in found.items()}

    def _moves(self, lanes: tuple[str, ...], groups: Groups) -> Iterator[tuple[tuple[str, ...], Groups]]:
        """Two neighbours in a group change places, or a lane moves to another place: near ones first."""
        for place, group in groups.items():
            for upper in range(len(group) - 1):
                swapped = list(group)
                swapped[upper], swapped[upper + 1] = swapped[upper + 1], swapped[upper]
                yield lanes, {**groups, place: tuple(swapped)}
        for far in range(1, len(lanes)):
            for at in range(len(lanes) - far):
                for start, end in ((at, at + far), (at + far, at)):
                    moved = list(lanes)
                    moved.insert(end, moved.pop(start))
                    if far > 1 or start < end:
                        yield tuple(moved), groups

    def _every(self, groups: Groups) -> Iterator[tuple[tuple[str, ...], Groups]]:
        places = list(groups)
        orders: Iterable[tuple[tuple[int, ...], ...]] = product(*(permutations(groups[place]) for place in places))
        many = product(permutations(self.graph.lanes), orders)
        yield from ((lanes, dict(zip(places, order, strict=True))) for lanes, order in islice(many, _EVERY))

    def _arrangement(self, lanes: tuple[str, ...], groups: Groups, turn: int = 0) -> Arrangement:
        rows = tuple(max(len(group) for (lane, _), group in groups.items() if lane == each) for each in lanes)
        first = dict(zip(lanes, _sums(rows), strict=True))
        cells = self._cells(groups, dict(zip(lanes, rows, strict=True)), first)
        heights, gaps = _heights(rows)
        board = Board(self.graph.links, self.back, cells, heights, gaps)
        return Arrangement(lanes, rows, board, board.routed(turn))

    def _cells(self, groups: Groups, rows: Mapping[str, int], first: Mapping[str, int]) -> list[Cell]:
        """Column by column, each group in the rows of its lane that are nearest to where its links come from."""
        before: list[list[int]] = [[] for _ in self.graph.nodes]
        for at, link in enumerate(self.graph.links):
            if at not in self.back:
                before[link.target].append(link.source)
        cells = [Cell(0, 0)] * len(self.graph.nodes)
        for (lane, column), group in sorted(groups.items(), key=lambda item: item[0][1]):
            wanted = [_mean([cells[each].row for each in before[at]], first[lane]) for at in group]
            options = combinations(range(first[lane], first[lane] + rows[lane]), len(group))
            chosen = min(options, key=lambda rows: sum(abs(row - want) for row, want in zip(rows, wanted, strict=True)))
            for at, row in zip(group, chosen, strict=True):
                cells[at] = Cell(column, row)
        return cells


def _woven(found: Arrangement) -> Arrangement:
    return found._replace(cost=found.board.woven())


def _mean(rows: Sequence[int], otherwise: int) -> float:
    return sum(rows) / len(rows) if rows else otherwise


def _sums(rows: Sequence[int]) -> Iterator[int]:
    total = 0
    for each in rows:
        yield total
        total += each


def _heights(rows: Sequence[int]) -> tuple[list[float], list[float]]:
    """The order of rows and gaps from top to bottom; between two lanes there are two gaps."""
    heights: list[float] = []
    gaps: list[float] = []
    y = 0.0
    for count in rows:
        for _ in range(count):
            gaps.append(y)
            heights.append(y + STEP)
            y += 2 * STEP
        gaps.append(y)
        y += STEP
    return heights, gaps
