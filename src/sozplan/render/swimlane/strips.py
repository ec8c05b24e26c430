"""A picture too wide for a page as strips: cut between columns, without the height that a strip doesn't need.

Lanes in which nothing happens shrink to a line with their name, so letters keep their size on paper.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from sozplan.render.swimlane.letters import LEAD, broken, room
from sozplan.render.swimlane.picture import EDGE, Window, cut, letter, shows
from sozplan.render.swimlane.places import Box, Label, Lane, Layout, Spot

_CLEAR = 7.0
"""The most that stays empty between two things, one above the other."""
_NAME = LEAD + 3
"""A lane in which nothing happens."""
_AND = " · "
"""Between the names of lanes that share a line."""
_NAME_LINES = 3
_HEAD = _NAME_LINES * LEAD + 2
_FEWEST = 30.0
"""How high a lane is at least."""
_MARGIN = 17.0
"""For the letters of lines that go on in another strip."""


class Strip(NamedTuple):
    layout: Layout
    """As high as this strip needs."""
    window: Window
    letters: Mapping[int, str]
    """Of lines that are cut somewhere, the same in each strip."""


def strips(layout: Layout, wide: float, high: float, lang: str) -> tuple[Strip, ...]:
    """As few as fit into a page of that size, of about the same width."""
    wide -= 2 * (EDGE + _MARGIN) + _HEAD
    high -= 2 * EDGE
    for count in range(1, len(layout.columns) + 1):
        parts = _parts(layout, count)
        if max(right - left for left, right in parts) > wide and count < len(layout.columns):
            continue
        found = tuple(_strip(layout, left, right, lang) for left, right in parts)
        if all(strip.window.high <= high for strip in found) or count == len(layout.columns):
            pieces = [piece for strip in found for piece in _stacked(strip, high)]
            letters = _letters(layout, [each.window for each in pieces])
            return tuple(each._replace(letters=letters) for each in pieces)
    raise AssertionError("a layout has columns")


def _letters(layout: Layout, windows: Sequence[Window]) -> dict[int, str]:
    """Lines that lead out of a window, lettered in their order."""
    edges = {edge for window in windows for edge in (window.left, window.right)}
    tops = (
        {lane.box.bottom for lane in layout.lanes} if len({window.left for window in windows}) < len(windows) else set()
    )
    found = [
        at
        for at, line in enumerate(layout.lines)
        if any(a[0] < edge < b[0] or b[0] < edge < a[0] for a, b in pairwise(line.spots) for edge in edges)
        or any(a[1] < top < b[1] or b[1] < top < a[1] for a, b in pairwise(line.spots) for top in tops)
    ]
    return {at: letter(place) for place, at in enumerate(found)}


def _parts(layout: Layout, count: int) -> list[tuple[float, float]]:
    """So many pieces, cut before the tips of arrows: the narrowest widest piece there is."""
    edges = [layout.start, *layout.cuts[1:], layout.box.right]
    best = _greedy(edges, edges[-1])
    sizes = sorted({b - a for at, a in enumerate(edges) for b in edges[at + 1 :]})
    start, end = 0, len(sizes) - 1
    while start <= end:
        middle = (start + end) // 2
        found = _greedy(edges, sizes[middle])
        if found and len(found) <= count:
            best, end = found, middle - 1
        else:
            start = middle + 1
    return best


def _greedy(edges: Sequence[float], most: float) -> list[tuple[float, float]]:
    """Pieces no wider than `most`; none where one column is wider."""
    found, left = [], edges[0]
    for this, following in pairwise(edges):
        if following - this > most:
            return []
        if following - left > most:
            found.append((left, this))
            left = this
    return [*found, (left, edges[-1])]


def _strip(layout: Layout, left: float, right: float, lang: str) -> Strip:
    window = Window(left, right, 0, layout.box.bottom)
    solid = _solid(layout, window)
    at = _Heights(layout, window, solid, lang)
    lanes = at.lanes(layout.lanes)
    found = replace(
        layout,
        head=_HEAD,
        pool=0,
        box=layout.box._replace(high=at.bottom),
        lanes=tuple(lanes),
        shapes=tuple(
            each._replace(box=at.moved(each.box), label=each.label and at.label(each.label)) for each in layout.shapes
        ),
        lines=tuple(
            each._replace(spots=tuple(at.spot(spot) for spot in each.spots), label=each.label and at.label(each.label))
            for each in layout.lines
        ),
    )
    is_first, is_last = left == layout.start, right == layout.box.right
    window = Window(left, right, 0, at.bottom, 0 if is_first else _MARGIN, 0 if is_last else _MARGIN)
    return Strip(found, window, {})


def _solid(layout: Layout, window: Window) -> list[tuple[float, float]]:
    """From where to where shapes and words reach that the window shows."""
    boxes = [box for each in layout.shapes for box in (each.box, each.label.box if each.label else each.box)]
    boxes += [each.label.box for each in layout.lines if each.label]
    return sorted((box.y, box.bottom) for box in boxes if shows(box, window))


class _Heights:
    """A new height for each old one: what is seen keeps its own, what is empty between shrinks."""

    def __init__(self, layout: Layout, window: Window, solid: Sequence[tuple[float, float]], lang: str) -> None:
        levels = {spot[1] for line in layout.lines for part in cut(line.spots, window) for spot in part}
        points = {y for pair in solid for y in pair} | levels
        self._names: dict[str, tuple[str, ...]] = {}
        self._idle: list[str] = []
        """Lanes one above the other in which nothing is seen."""
        self._old: list[float] = []
        self._new: list[float] = []
        y = 0.0
        for lane in layout.lanes:
            box = lane.box
            inside = sorted({box.y, *(each for each in points if box.y < each < box.bottom)})
            is_used = any(low < box.bottom and high > box.y for low, high in solid)
            if not is_used and len(inside) == 1 and self._joins(lane.name, window):
                self._old.append(box.y)
                self._new.append(y)
                continue
            self._idle = [] if is_used or len(inside) > 1 else [lane.name]
            top = y
            for this, following in zip(inside, [*inside[1:], box.bottom], strict=True):
                self._old.append(this)
                self._new.append(y)
                is_solid = any(low <= this and following <= high for low, high in solid)
                y += following - this if is_solid else min(following - this, _CLEAR)
                if this == box.y and not is_used:
                    y = max(y, top + _NAME)
            if is_used:
                lines, least = _upright(lane.name, y - top, lang)
                self._names[lane.holder] = lines
                y = max(y, top + least)
        self._old.append(layout.box.bottom)
        self._new.append(y)
        self.bottom = y

    def _joins(self, name: str, window: Window) -> bool:
        """Whether the name finds room beside that of the lane above, where nothing is seen in either."""
        joined = _AND.join([*self._idle, name])
        if not self._idle or room(joined) > window.right - window.left - _CLEAR:
            return False
        self._idle.append(name)
        return True

    def lanes(self, lanes: Sequence[Lane]) -> list[Lane]:
        found: list[Lane] = []
        for lane in lanes:
            top, bottom = self._at(lane.box.y), self._at(lane.box.bottom)
            if top == bottom and found:
                found[-1] = found[-1]._replace(name=_AND.join((found[-1].name, lane.name)))
            else:
                box = lane.box._replace(y=top, high=bottom - top)
                found.append(lane._replace(box=box, lines=self._names.get(lane.holder, ())))
        return found

    def moved(self, box: Box) -> Box:
        return box._replace(y=self._at(box.y))

    def label(self, label: Label) -> Label:
        return label._replace(box=self.moved(label.box))

    def spot(self, spot: Spot) -> Spot:
        return spot[0], self._at(spot[1])

    def _at(self, y: float) -> float:
        if y >= self._old[-1]:
            return self._new[-1]
        place = bisect_right(self._old, y) - 1
        low, high = self._old[place], self._old[place + 1]
        share = (y - low) / (high - low)
        return self._new[place] + share * (self._new[place + 1] - self._new[place])


def _upright(name: str, high: float, lang: str) -> tuple[tuple[str, ...], float]:
    high = max(high, _FEWEST)
    while len(lines := broken(name, high - 6, lang)) > _NAME_LINES:
        high += LEAD
    return tuple(lines), high


def _stacked(strip: Strip, high: float) -> Iterator[Strip]:
    """One above the other where even a single column is too high: cut between lanes."""
    top = 0.0
    bottoms = [lane.box.bottom for lane in strip.layout.lanes]
    for this, following in zip(bottoms, [*bottoms[1:], float("inf")], strict=True):
        if following - top > high:
            yield strip._replace(window=replace(strip.window, top=top, bottom=this))
            top = this
