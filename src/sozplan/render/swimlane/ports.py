"""Ports: how far above or below the middle of its shape each link leaves and arrives.

What leaves keeps whole points from the middle, what arrives with a bend half ones: so a line that arrives never lies on
one that leaves the neighbour. Lines of one gateway are ordered by where they go, and have room for their answers.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sozplan.render.swimlane.graph import Graph
from sozplan.render.swimlane.letters import LEAD, broken, room
from sozplan.render.swimlane.routes import Board
from sozplan.render.swimlane.wires import Way, Wire

_LABEL_WIDE = 66.0
_APART = 8.0
_BENT = 4.5
_BENT_APART = 7.0


class Ports:
    def __init__(self, graph: Graph, board: Board, lang: str) -> None:
        self._graph, self._board = graph, board
        self._labels = {
            at: tuple(broken(link.label, _LABEL_WIDE, lang)) for at, link in enumerate(graph.links) if link.label
        }
        self.out: dict[int, float] = {}
        self.into: dict[int, float] = {}
        wires = {(gutter, wire.link): wire for gutter, found in enumerate(board.gutters) for wire in found}
        leaving: list[list[Wire]] = [[] for _ in graph.nodes]
        arriving: list[list[Wire]] = [[] for _ in graph.nodes]
        for at, link in enumerate(graph.links):
            leaving[link.source].append(wires[board.cells[link.source].column + 1, at])
            arriving[link.target].append(wires[board.cells[link.target].column, at])
        for each in leaving:
            self._leave(sorted(each, key=lambda wire: _towards(wire, wire.b)))
        for node, each in enumerate(arriving):
            self._arrive(node, sorted(each, key=lambda wire: _towards(wire, wire.a)))

    def label(self, link: int) -> tuple[str, ...]:
        return self._labels.get(link, ())

    def label_wide(self, link: int) -> float:
        return max((room(line) for line in self.label(link)), default=0.0)

    def label_high(self, link: int) -> float:
        return len(self.label(link)) * LEAD

    def reaches(self) -> Iterable[float]:
        """How far from the middle of each node lines end at it."""
        found = [0.0] * len(self._graph.nodes)
        for at, link in enumerate(self._graph.links):
            found[link.source] = max(found[link.source], abs(self.out[at]))
            found[link.target] = max(found[link.target], abs(self.into[at]))
        return found

    def _leave(self, wires: Sequence[Wire]) -> None:
        straight = next((place for place, wire in enumerate(wires) if _is_straight(wire)), None)
        shifts = [0.0]
        for wire in wires[1:]:
            shifts.append(shifts[-1] + max(_APART, float(round(self.label_high(wire.link))) + 2))
        middle = shifts[straight] if straight is not None else float(round(shifts[-1] / 2))
        for wire, shift in zip(wires, shifts, strict=False):
            self.out[wire.link] = shift - middle

    def _arrive(self, node: int, wires: Sequence[Wire]) -> None:
        straight = next((place for place, wire in enumerate(wires) if self._is_level(wire)), None)
        if straight is None and not self._is_met(node) and not any(self._runs_in_row(wire) for wire in wires):
            for place, wire in enumerate(wires):
                self.into[wire.link] = (place - (len(wires) - 1) / 2) * _BENT_APART
            return
        middle = self.out[wires[straight].link] if straight is not None else 0.0
        above = [wire for wire in wires[:straight] if straight is not None or _from_above(wire)]
        below = [wire for wire in wires if wire not in above and (straight is None or wire is not wires[straight])]
        if straight is not None:
            self.into[wires[straight].link] = middle
        for place, wire in enumerate(reversed(above)):
            self.into[wire.link] = middle - _BENT - place * _BENT_APART
        for place, wire in enumerate(below):
            self.into[wire.link] = middle + _BENT + place * _BENT_APART

    def _is_level(self, wire: Wire) -> bool:
        """Whether the link comes all the way on one height."""
        link = self._graph.links[wire.link]
        cells = self._board.cells
        levels = self._board.levels.get(wire.link)
        row = cells[link.source].row
        is_free = levels is None or levels[0] == self._board.rows[row]
        return _is_straight(wire) and row == cells[link.target].row and is_free

    def _runs_in_row(self, wire: Wire) -> bool:
        return _is_straight(wire) and not self._is_level(wire)

    def _is_met(self, node: int) -> bool:
        """Whether something leaves the cell to the left of it, at the same height."""
        y = self._board.rows[self._board.cells[node].row]
        return any(wire.a == y for wire in self._board.gutters[self._board.cells[node].column] if wire.way != Way.RIGHT)


def _is_straight(wire: Wire) -> bool:
    return wire.way == Way.ACROSS and wire.a == wire.b


def _from_above(wire: Wire) -> bool:
    return wire.low < (wire.b if wire.way != Way.LEFT else wire.a)


def _towards(wire: Wire, far: float) -> tuple[int, float]:
    """The order of ports from top to bottom: ways back turn outside of what goes on, the farther ones inside."""
    if wire.way == Way.ACROSS:
        return 1, far
    other = wire.b if wire.way == Way.LEFT else wire.a
    port = wire.a if wire.way == Way.LEFT else wire.b
    return (0 if other < port else 2), -other
