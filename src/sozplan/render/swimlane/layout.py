"""Places: from the order of lanes, columns, rows and routes to shapes, labels and lines in points."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from sozplan.render.swimlane.columns import columns
from sozplan.render.swimlane.graph import Graph
from sozplan.render.swimlane.heights import Heights
from sozplan.render.swimlane.lanes import Arrangement, arranged
from sozplan.render.swimlane.letters import LEAD, broken
from sozplan.render.swimlane.places import HEAD, Box, Label, Lane, Layout, Line, Shape, Spot
from sozplan.render.swimlane.ports import Ports
from sozplan.render.swimlane.shapes import Measure, measured
from sozplan.render.swimlane.tracks import tracks
from sozplan.render.swimlane.wires import Way, Wire

TRACK = 7.0
_BEFORE, _AFTER, ARROW = 5.0, 5.0, 11.0
"""Room in a gutter left of labels, right of them, and for the tips of arrows."""


def layout(graph: Graph, name: str, lane_name: Callable[[str], str], lang: str) -> Layout:
    """Places for all that is drawn; the pool stands at (0, 0)."""
    column, back = columns(graph)
    found = arranged(graph, column, back)
    return _Placing(graph, name, found, {lane: lane_name(lane) for lane in found.lanes}, lang).layout()


class _Placing:
    def __init__(self, graph: Graph, name: str, found: Arrangement, names: Mapping[str, str], lang: str) -> None:
        self.graph, self.name, self.found, self.names, self.lang = graph, name, found, names, lang
        self.board = found.board
        self.ports = Ports(graph, found.board, lang)
        self.measures = [
            measured(node, reach, lang) for node, reach in zip(graph.nodes, self.ports.reaches(), strict=True)
        ]
        self.heights = Heights(found, self.measures, self.ports, names, lang)
        count = max(cell.column for cell in self.board.cells) + 1
        self.wide = [0.0] * count
        for cell, measure in zip(self.board.cells, self.measures, strict=True):
            self.wide[cell.column] = max(self.wide[cell.column], measure.wide)

    def layout(self) -> Layout:
        wires = self._wires()
        turns = [tracks(each) for each in wires]
        columns, starts = self._across(turns)
        shapes = tuple(self._shape(at, columns) for at in range(len(self.graph.nodes)))
        lines = tuple(self._line(at, shapes, wires, turns, starts) for at in range(len(self.graph.links)))
        wide = max(columns[-1][1], starts[-1] + self._gutter(turns, len(turns) - 1) - ARROW) + ARROW
        box = Box(0, 0, wide, self.heights.bottom)
        lanes = tuple(
            Lane(lane, self.names[lane], Box(HEAD, top, wide - HEAD, high), lines)
            for lane, (top, high, lines) in zip(self.found.lanes, self.heights.lanes, strict=True)
        )
        title = tuple(broken(self.name, self.heights.bottom - 8, self.lang)[:2])
        cuts = tuple(self._cut(turns[at], wires[at], starts[at], left) for at, (left, _) in enumerate(columns))
        return Layout(self.name, box, title, lanes, shapes, lines, tuple(columns), cuts)

    def _cut(self, turns: Mapping[int, int], wires: Sequence[Wire], start: float, left: float) -> float:
        """Left of ways back that end at the column, where nothing else turns beside them; else right of all tracks."""
        ending = [turns[wire.link] for wire in wires if wire.way == Way.RIGHT]
        others = [turns[wire.link] for wire in wires if wire.way != Way.RIGHT and wire.link in turns]
        if ending and min(ending) > max(others, default=-1):
            return start + (min(ending) - 0.5) * TRACK
        return left - ARROW + 1

    def _wires(self) -> list[list[Wire]]:
        """The wires of each gutter at their real heights."""
        return [
            [wire._replace(a=a, b=b) for wire in wires for a, b in (self._heights_of(gutter, wire),)]
            for gutter, wires in enumerate(self.board.gutters)
        ]

    def _heights_of(self, gutter: int, wire: Wire) -> tuple[float, float]:
        if wire.way == Way.LEFT:
            return self._port(wire.link, out=True), self._level(wire.link, gutter - 1)
        if wire.way == Way.RIGHT:
            return self._level(wire.link, gutter), self._port(wire.link, out=False)
        return self._side(wire.link, gutter - 1), self._side(wire.link, gutter)

    def _side(self, link: int, column: int) -> float:
        """Where a link that leads across a gutter stands at the column beside it."""
        ends = self.graph.links[link]
        if link not in self.board.back and column == self.board.cells[ends.source].column:
            return self._port(link, out=True)
        if link not in self.board.back and column == self.board.cells[ends.target].column:
            return self._port(link, out=False)
        return self._level(link, column)

    def _port(self, link: int, *, out: bool) -> float:
        ends = self.graph.links[link]
        node = ends.source if out else ends.target
        shift = self.ports.out[link] if out else self.ports.into[link]
        return self.heights.rows[self.board.cells[node].row] + shift

    def _level(self, link: int, column: int) -> float:
        """At which height a link passes a column: between rows, or in the row of one of its ends."""
        level = self.board.levels[link][self.board.passed(link).index(column)]
        found = self.heights.levels.get((link, level))
        if found is not None:
            return found
        source = self.graph.links[link].source
        return self._port(link, out=self.board.rows[self.board.cells[source].row] == level)

    def _gutter(self, turns: Sequence[Mapping[int, int]], gutter: int) -> float:
        """How wide it is: labels, tracks, tips of arrows."""
        count = max(turns[gutter].values(), default=-1) + 1
        labels = self._labels(gutter)
        return (_BEFORE + labels if labels else 0) + _AFTER + max(0, count - 1) * TRACK + (ARROW if gutter else 0)

    def _labels(self, gutter: int) -> float:
        """How far answers reach beyond the column they begin in."""
        return max((self._beyond(wire.link, gutter) for wire in self.board.gutters[gutter]), default=0.0)

    def _beyond(self, link: int, gutter: int) -> float:
        source = self.graph.links[link].source
        wide = self.ports.label_wide(link)
        if not wide or self.board.cells[source].column + 1 != gutter:
            return 0.0
        return max(0.0, wide - self.wide[gutter - 1] / 2 + self.measures[source].reach_x)

    def _across(self, turns: Sequence[Mapping[int, int]]) -> tuple[list[tuple[float, float]], list[float]]:
        """From where to where each column reaches, and where the tracks of each gutter begin."""
        found: list[tuple[float, float]] = []
        starts = []
        x = 2 * HEAD
        for gutter in range(len(turns)):
            labels = self._labels(gutter)
            starts.append(x + (_BEFORE + labels if labels else 0) + _AFTER)
            x += self._gutter(turns, gutter)
            if gutter < len(self.wide):
                x = round(max(x, 2 * HEAD + ARROW), 1)
                found.append((x, x + self.wide[gutter]))
                x += self.wide[gutter]
        return found, starts

    def _shape(self, at: int, columns: Sequence[tuple[float, float]]) -> Shape:
        node, measure, cell = self.graph.nodes[at], self.measures[at], self.board.cells[at]
        middle = sum(columns[cell.column]) / 2
        y = self.heights.rows[cell.row]
        box = Box(middle - measure.reach_x, y - measure.reach_y, 2 * measure.reach_x, 2 * measure.reach_y)
        return Shape(node, box, _label(measure, middle, y))

    def _line(
        self,
        at: int,
        shapes: Sequence[Shape],
        wires: Sequence[Sequence[Wire]],
        turns: Sequence[Mapping[int, int]],
        starts: Sequence[float],
    ) -> Line:
        link = self.graph.links[at]
        first, last = self._port(at, out=True), self._port(at, out=False)
        source, target = self.board.cells[link.source].column, self.board.cells[link.target].column
        begin = (
            shapes[link.source].box.x
            + self.measures[link.source].reach_x
            + self.measures[link.source].side(self.ports.out[at]),
            first,
        )
        finish = (
            shapes[link.target].box.x
            + self.measures[link.target].reach_x
            - self.measures[link.target].side(self.ports.into[at]),
            last,
        )
        spots = [begin]
        is_back = at in self.board.back
        for gutter in range(source + 1, target - 1, -1) if is_back else range(source + 1, target + 1):
            if at in turns[gutter]:
                x = starts[gutter] + turns[gutter][at] * TRACK
                wire = next(each for each in wires[gutter] if each.link == at)
                heights = (wire.b, wire.a) if is_back and wire.way == Way.ACROSS else (wire.a, wire.b)
                spots += [(x, y) for y in heights]
        spots.append(finish)
        return Line(link, tuple(_straightened(spots)), self._answer(at, shapes[link.source]))

    def _answer(self, at: int, source: Shape) -> Label | None:
        lines = self.ports.label(at)
        if not lines:
            return None
        high = len(lines) * LEAD
        return Label(
            Box(source.box.right + _BEFORE, self._port(at, out=True) - high - 1, self.ports.label_wide(at), high), lines
        )


def _label(measure: Measure, middle: float, y: float) -> Label | None:
    if not measure.lines:
        return None
    high = len(measure.lines) * LEAD
    top = y - high / 2 if measure.is_inside else y + measure.reach_y + 2
    return Label(Box(middle - measure.label_wide / 2, top, measure.label_wide, high), measure.lines)


def _straightened(spots: Sequence[Spot]) -> list[Spot]:
    """Without places that the line goes straight through."""
    found: list[Spot] = []
    for spot in spots:
        if found and found[-1] == spot:
            continue
        if len(found) > 1 and (found[-2][0] == found[-1][0] == spot[0] or found[-2][1] == found[-1][1] == spot[1]):
            found[-1] = spot
        else:
            found.append(spot)
    return found
