"""The picture of a process with lanes: whole, or the part of it that fits on a page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from sozplan.diagnostics import Lang, text
from sozplan.render.charts.drawing import framed
from sozplan.render.charts.lettering import width
from sozplan.render.charts.palette import GREY
from sozplan.render.charts.sketch import Spot, moved, word
from sozplan.render.colours import Design
from sozplan.render.swimlane.graph import Mark
from sozplan.render.swimlane.letters import LEAD, SIZE
from sozplan.render.swimlane.marks import Colours, lane, lettered, line, pool, shape
from sozplan.render.swimlane.places import Box, Lane, Layout

EDGE = 1.0
"""Around the pool, for its border."""
_BESIDE = 4.0
_READING = text(
    de="Je Bahn eine Stelle oder ein Gremium, von links nach rechts gelesen. Kreis: Beginn, dick Ende, doppelt "
    "Ereignis dazwischen. Kasten: Aufgabe. Raute mit ×: einer der Wege, mit +: alle Wege gleichzeitig.",
    en="A lane for each office or body, read from left to right. Circle: start, thick end, double event in between. "
    "Box: task. Diamond with ×: one of the ways, with +: all ways at once.",
)


@dataclass(frozen=True, slots=True)
class Window:
    """The part of a layout that is shown, beside the names of its lanes; margins are where lines are cut."""

    left: float
    right: float
    top: float
    bottom: float
    margin_left: float = 0
    margin_right: float = 0

    @property
    def wide(self) -> float:
        return self.right - self.left + self.margin_left + self.margin_right

    @property
    def high(self) -> float:
        return self.bottom - self.top


def whole(layout: Layout) -> Window:
    return Window(layout.start, layout.box.right, 0, layout.box.bottom)


def drawn(
    layout: Layout,
    window: Window,
    *,
    alt: str,
    lang: Lang,
    design: Design,
    letters: Mapping[int, str] | None = None,
    scale: float = 1,
) -> str:
    """As SVG; lines that lead out of the window end at its edge, with a letter that stands at both ends of the cut."""
    marks = "".join(_marks(layout, window, Colours.of(design), letters or {}))
    wide, high = layout.start + window.wide + 2 * EDGE, window.high + 2 * EDGE
    placed = moved([marks], EDGE, EDGE - window.top)
    content = f'<g transform="scale({scale:g})">{placed}</g>' if scale != 1 else placed
    return framed(content, wide * scale, high * scale, alt=alt, reading=_READING.say(lang), lang=lang)


def _marks(layout: Layout, window: Window, colours: Colours, letters: Mapping[int, str]) -> Iterator[str]:
    right = layout.start + window.wide
    lanes = [each for each in layout.lanes if shows(each.box, window, wide=False)]
    yield from (mark for each in lanes for mark in lane(each, colours, layout.pool, layout.head, right))
    yield from pool(layout, colours, right, window.top, window.bottom)
    yield moved(_inside(layout, window, colours, letters), layout.start + window.margin_left - window.left, 0)
    for each in lanes:
        if not each.lines:  # too low for a name that runs upwards
            x = _free(layout, window, each) + layout.start + window.margin_left - window.left
            yield word(x, each.box.y + LEAD, each.name, ink=GREY)


def _inside(layout: Layout, window: Window, colours: Colours, letters: Mapping[int, str]) -> Iterator[str]:
    loose: list[tuple[Spot, str]] = []
    for at, each in enumerate(layout.lines):
        for part in cut(each.spots, window):
            begins, ends = part[0] == each.spots[0], part[-1] == each.spots[-1]
            yield from line(_reaching(part, window, begins=begins, ends=ends), has_tip=ends)
            loose += [
                (spot, letters.get(at, "")) for spot, is_end in ((part[0], begins), (part[-1], ends)) if not is_end
            ]
        if each.label and shows(each.label.box, window):
            yield from lettered(each.label, start=True)
    yield from _continued(loose, window)
    begins_at = [each for each in layout.shapes if each.node.mark is Mark.START]
    for found in layout.shapes:
        if shows(found.box, window):
            yield from shape(found, colours, is_message=len(begins_at) > 1 and found.node.mark is Mark.START)


def _reaching(part: Sequence[Spot], window: Window, *, begins: bool, ends: bool) -> list[Spot]:
    """Where it is cut at a side it reaches into the margin."""
    found = list(part)
    for at, is_end in ((0, begins), (-1, ends)):
        x, y = found[at]
        if not is_end and x in (window.left, window.right):
            found[at] = (x - window.margin_left if x == window.left else x + window.margin_right, y)
    return found


def _free(layout: Layout, window: Window, lane: Lane) -> float:
    """Where a lane's name can stand that no line runs through."""
    y = lane.box.y + LEAD / 2
    runs = sorted(
        a[0]
        for each in layout.lines
        for part in cut(each.spots, window)
        for a, b in pairwise(part)
        if a[0] == b[0] and min(a[1], b[1]) <= y <= max(a[1], b[1])
    )
    first = window.left + _BESIDE
    wide = width(lane.name, SIZE) + 2 * _BESIDE
    starts = [first, *(x + _BESIDE for x in runs)]
    free = (x for x in starts if x + wide < window.right and not any(x - _BESIDE < run < x + wide for run in runs))
    return next(free, first)


def shows(box: Box, window: Window, *, wide: bool = True) -> bool:
    across = not wide or (box.right > window.left and box.x < window.right)
    return across and box.bottom > window.top and box.y < window.bottom


def cut(spots: Sequence[Spot], window: Window) -> Iterator[list[Spot]]:
    """The pieces of a line inside the window."""
    piece: list[Spot] = []
    for (x1, y1), (x2, y2) in pairwise(spots):
        low = (_within(x1, window.left, window.right), _within(y1, window.top, window.bottom))
        high = (_within(x2, window.left, window.right), _within(y2, window.top, window.bottom))
        is_seen = low != high and _holds(low, window) and (low[0] == x1 == x2 or low[1] == y1 == y2)
        if not is_seen:
            if piece:
                yield piece
            piece = []
            continue
        if not piece or piece[-1] != low:
            if piece:
                yield piece
            piece = [low]
        piece.append(high)
    if piece:
        yield piece


def _within(value: float, low: float, high: float) -> float:
    return min(max(value, low), high)


def _holds(spot: Spot, window: Window) -> bool:
    return window.left <= spot[0] <= window.right and window.top <= spot[1] <= window.bottom


def _continued(loose: Sequence[tuple[Spot, str]], window: Window) -> Iterator[str]:
    """The letters of lines where they are cut; of two close together one stands further in."""
    last: dict[float, tuple[float, bool]] = {}
    for (x, y), each in sorted(loose, key=lambda found: (found[0][0], found[0][1], found[1])):
        if x not in (window.left, window.right):
            yield word(x + 2, y + (SIZE if y == window.top else -2), each, ink=GREY, bold=True)
            continue
        above, was_in = last.get(x, (y - LEAD, True))
        is_in = y - above < LEAD and not was_in
        last[x] = y, is_in
        shift = 2 + (width("m", SIZE, bold=True) if is_in else 0)
        if x == window.left:
            yield word(x - window.margin_left + shift, y - 2, each, ink=GREY, bold=True)
        else:
            yield word(x + window.margin_right - shift, y - 2, each, ink=GREY, bold=True, anchor="end")


def letter(at: int) -> str:
    """`a` to `z`, then `aa` and so on."""
    letters = ""
    at += 1
    while at:
        at, rest = divmod(at - 1, 26)
        letters = chr(ord("a") + rest) + letters
    return letters
