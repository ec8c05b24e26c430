"""Who belongs to whom, drawn as boxes: the head above, columns of those below it, all deeper levels indented.

A column holds one branch, so no lines cross, whatever the depth; branches that don't fit beside each other stand in
further rows. Where one page is too short, the first drawing ends at the branches' heads and each has one of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from sozplan.diagnostics import Lang, Text
from sozplan.render.charts.drawing import framed
from sozplan.render.charts.lettering import PLAIN, SMALL, lines
from sozplan.render.charts.palette import GREY, INK, PAPER, ramp
from sozplan.render.charts.picture import WIDTH, Cell, Picture
from sozplan.render.charts.sketch import DASHED, stroke, word
from sozplan.render.colours import Design, readable_on

TALLEST = 640.0
"""Points that a page has for a drawing with its heading."""
_GAP, _AIR, _INDENT, _LINE, _PAD = 12.0, 5.0, 9.0, 9.4, 3.2
_COLUMNS, _MOST = 4, 40
_BAND, _TRUNK, _SPINE = 16.0, 9.0, 3.5
_DEEPEST = 5
"""Deeper levels aren't indented any further, so that names keep room."""


@dataclass(frozen=True, slots=True)
class Node:
    """A box: its name and beneath it what else is to be said; dashed where something stands outside."""

    name: str
    detail: str = ""
    below: tuple[Node, ...] = ()
    row: tuple[Cell, ...] = ()
    """The same in the table of the drawing."""
    dashed: bool = False
    strong: bool = False

    def rows(self) -> Iterator[tuple[Cell, ...]]:
        yield self.row
        for each in self.below:
            yield from each.rows()

    def said(self) -> str:
        """With all below it, as in a sentence."""
        return f"{self.name} ({', '.join(each.said() for each in self.below)})" if self.below else self.name


@dataclass(frozen=True, slots=True)
class Band:
    """Boxes that belong to none of the trees, under a heading of their own."""

    title: str
    nodes: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """Trees one below the other, and bands below these; `columns` are the heads of the nodes' rows."""

    trees: tuple[Node, ...]
    bands: tuple[Band, ...]
    columns: tuple[str, ...]
    design: Design = field(default_factory=Design)

    def rows(self) -> Iterator[tuple[Cell, ...]]:
        for node in (*self.trees, *(node for band in self.bands for node in band.nodes)):
            yield from node.rows()

    def said(self) -> Iterator[str]:
        """The drawing in sentences."""
        for tree in self.trees:
            yield f"{tree.name}: {', '.join(each.said() for each in tree.below)}." if tree.below else f"{tree.name}."
        for band in self.bands:
            named = (f"{node.name} ({node.detail})" if node.detail else node.name for node in band.nodes)
            yield f"{band.title}: {', '.join(named)}."


def organigram(of: Chart, finding: str, reading: Text, lang: Lang) -> tuple[Picture, ...]:
    """One drawing where a page holds it; else one of the heads, and those of the parts."""
    if _drawn(of)[1] <= TALLEST:
        return (_picture(of, finding, reading, lang),)
    tops = replace(of, trees=tuple(_pruned(tree) for tree in of.trees), bands=())
    parts = [_picture(part, title, reading, lang) for part, title in _parts(of)]
    return (_picture(tops, finding, reading, lang), *parts) if of.trees else tuple(parts)


def _pruned(tree: Node) -> Node:
    return replace(tree, below=tuple(replace(each, below=()) for each in tree.below))


def _parts(of: Chart) -> Iterator[tuple[Chart, str]]:
    """A branch that is too tall for a page itself is shown by its own parts."""
    for tree in of.trees:
        for branch in (each for each in tree.below if each.below):
            part = replace(of, trees=(branch,), bands=())
            if _drawn(part)[1] > TALLEST:
                yield replace(part, trees=(_pruned(branch),)), f"{branch.detail or branch.name}."
                yield from _parts(part)
            else:
                yield part, f"{branch.detail or branch.name}."
    for some in _packed(of):
        yield replace(of, trees=(), bands=some), "; ".join(band.title for band in some) + "."


def _packed(of: Chart) -> Iterator[tuple[Band, ...]]:
    """As many bands together as a page holds; a long one is continued."""
    together: list[Band] = []
    for band in (piece for each in of.bands for piece in _pieces(each)):
        if together and _drawn(replace(of, trees=(), bands=(*together, band)))[1] > TALLEST:
            yield tuple(together)
            together = []
        together.append(band)
    if together:
        yield tuple(together)


def _pieces(band: Band) -> Iterator[Band]:
    for at in range(0, len(band.nodes), _MOST):
        yield replace(band, nodes=band.nodes[at : at + _MOST])


def _picture(of: Chart, finding: str, reading: Text, lang: Lang) -> Picture:
    marks, height = _drawn(of)
    alt = " ".join([str(finding), *of.said()])
    svg = framed("".join(marks), WIDTH, height, alt=alt, reading=reading.say(lang), lang=lang)
    return Picture(svg, finding, alt, of.columns, tuple(of.rows()), lang)


def _drawn(of: Chart) -> tuple[list[str], float]:
    marks: list[str] = []
    y = 0.5
    for tree in of.trees:
        some, y = _tree(tree, y, of.design)
        marks += some
        y += _GAP
    for band in of.bands:
        some, y = _band(band, y, of.design)
        marks += some
        y += _GAP
    return marks, max(1.0, y - _GAP + 0.5)


@dataclass(frozen=True, slots=True)
class _Box:
    node: Node
    x: float
    y: float
    wide: float

    @property
    def texts(self) -> list[tuple[str, bool]]:
        """Lines with whether they are bold; nothing is wider than the box."""
        room = self.wide - 2 * _PAD
        found = [(line, True) for line in lines(self.node.name, room, SMALL, most=3, bold=True)]
        if self.node.detail:
            found += [(line, False) for line in lines(self.node.detail, room, SMALL, most=4)]
        return found

    @property
    def high(self) -> float:
        return len(self.texts) * _LINE + 2 * _PAD - 1.4

    def marks(self, design: Design) -> Iterator[str]:
        fill = ramp(design, 6)[1] if self.node.strong else PAPER
        ink = INK if readable_on(fill) == "#000000" else PAPER
        soft = ink if self.node.strong else GREY
        corners = [(self.x, self.y), (self.x + self.wide, self.y), (self.x + self.wide, self.y + self.high),
                   (self.x, self.y + self.high), (self.x, self.y)]  # fmt: skip
        if self.node.strong:
            yield f'<rect x="{self.x:g}" y="{self.y:g}" width="{self.wide:g}" height="{self.high:g}" fill="{fill}"/>'
        looks = DASHED if self.node.dashed else ""
        yield stroke(corners, ink=GREY if self.node.dashed else design.primary, wide=0.8, dash=looks)
        for at, (line, bold) in enumerate(self.texts):
            place = self.y + _PAD + 6.6 + at * _LINE
            yield word(self.x + _PAD, place, line, bold=bold, ink=ink if bold else soft)


def _tree(top: Node, y: float, design: Design) -> tuple[list[str], float]:
    """The head over the middle, below it rows of columns, each hung from a beam."""
    rows = _rows(top)
    wide = 200.0 if rows else _wide(_COLUMNS, 0.0)
    head = _Box(top, (WIDTH - wide) / 2 if rows else 0.0, y, wide)
    marks, y = [], y + head.high
    left = _TRUNK if len(rows) > 1 else 0.0
    beams = []
    for row in rows:
        beams.append(y + _GAP / 2)
        some, y = _row(row, beams[-1], left, design)
        marks += some
        y += _GAP / 2
    if beams:
        marks.append(stroke([(WIDTH / 2, head.y + head.high), (WIDTH / 2, beams[0])], ink=GREY, wide=0.8))
    if len(beams) > 1:
        marks.append(stroke([(1, beams[0]), (1, beams[-1])], ink=GREY, wide=0.8))
    return [*marks, *head.marks(design)], y - (_GAP / 2 if rows else 0)


def _rows(top: Node) -> list[list[_Column]]:
    columns = _columns(top)
    count = -(-len(columns) // _COLUMNS)
    most = -(-len(columns) // count) if count else 1
    return [columns[at : at + most] for at in range(0, len(columns), most)]


_Column = list[tuple[Node, int]]
"""Boxes from above to below with their depth; those at depth 1 without one at 0 hang from the beam directly."""


def _columns(top: Node) -> list[_Column]:
    """A branch a column; what has nothing below it stands together."""
    branches: list[_Column] = [list(_listed(each, 0)) for each in top.below if each.below]
    leaves = [each for each in top.below if not each.below]
    beside = 1 if branches else _COLUMNS
    most = -(-len(leaves) // beside)
    stacks: list[_Column] = [[(each, 1) for each in leaves[at : at + most]] for at in range(0, len(leaves), most or 1)]
    return stacks + branches


def _listed(node: Node, depth: int) -> Iterator[tuple[Node, int]]:
    yield node, depth
    for each in node.below:
        yield from _listed(each, depth + 1)


def _wide(count: int, left: float) -> float:
    return min(170.0, (WIDTH - left - (count - 1) * _GAP) / count)


def _row(columns: Sequence[_Column], beam: float, left: float, design: Design) -> tuple[list[str], float]:
    wide = _wide(len(columns), left)
    whole = len(columns) * wide + (len(columns) - 1) * _GAP
    start = left or (WIDTH - whole) / 2
    marks, hooks, bottom = [], [], beam
    for at, column in enumerate(columns):
        x = start + at * (wide + _GAP)
        hooks.append(x + (wide / 2 if column[0][1] == 0 else _SPINE))
        some, end = _column(column, x, beam + _GAP / 2, wide, beam, design)
        marks += some
        bottom = max(bottom, end)
    ends = [*hooks, 1.0] if left else [*hooks, WIDTH / 2]
    marks.append(stroke([(min(ends), beam), (max(ends), beam)], ink=GREY, wide=0.8))
    marks += [stroke([(hook, beam), (hook, beam + _GAP / 2)], ink=GREY, wide=0.8) for hook in hooks]
    return marks, bottom


def _column(
    column: _Column, x: float, y: float, wide: float, beam: float, design: Design
) -> tuple[list[str], float]:  # fmt: skip
    """Each box hangs from the spine of the one above it by depth."""
    marks, spines = [], {0: beam}
    for node, depth in column:
        shift = min(depth, _DEEPEST) * _INDENT
        box = _Box(node, x + shift, y, wide - shift)
        if depth:
            above, middle = x + shift - _INDENT + _SPINE, y + box.high / 2
            marks.append(stroke([(above, spines[depth - 1]), (above, middle), (box.x, middle)], ink=GREY, wide=0.8))
        marks += box.marks(design)
        spines[depth] = y + box.high
        y += box.high + _AIR
    return marks, y - _AIR


def _band(band: Band, y: float, design: Design) -> tuple[list[str], float]:
    """A grid under its heading, row by row as high as the highest box."""
    marks = [word(0, y + 9, band.title, size=PLAIN, bold=True)]
    y += _BAND
    wide = _wide(_COLUMNS, 0.0)
    for at in range(0, len(band.nodes), _COLUMNS):
        some = band.nodes[at : at + _COLUMNS]
        boxes = [_Box(node, i * (wide + _GAP), y, wide) for i, node in enumerate(some)]
        marks += [mark for box in boxes for mark in box.marks(design)]
        y += max(box.high for box in boxes) + _AIR
    return marks, y - _AIR
