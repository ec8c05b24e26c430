"""What stands on a layout as marks of SVG: shapes with symbols, lines with tips, lanes with names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sozplan.render.charts.palette import INK, PAPER
from sozplan.render.charts.sketch import Spot, number, patch, stroke, word
from sozplan.render.colours import Design
from sozplan.render.swimlane.graph import Mark
from sozplan.render.swimlane.letters import LEAD, SIZE
from sozplan.render.swimlane.places import Box, Label, Lane, Layout, Shape

_TIP = 5.0
_BORDER = "#8a8a8a"
"""Of lanes: fainter than lines, and still three times as dark as paper."""
_BASE = SIZE * 0.32
"""From the middle of a line of letters down to where they stand."""


@dataclass(frozen=True, slots=True)
class Colours:
    """Of the corporate design, each dark enough for what it marks."""

    shape: str
    gateway: str
    head: str
    wash: str
    on_head: str

    @classmethod
    def of(cls, design: Design) -> Colours:
        found = design.properties
        return cls(found["primary-text"], found["accent-text"], found["primary"], found["wash"], found["on-primary"])


def pool(layout: Layout, colours: Colours, right: float, top: float, bottom: float) -> Iterator[str]:
    """The strip with the name of the process, as far as it is shown."""
    if layout.pool:
        yield _rectangle(Box(0, top, layout.pool, bottom - top), fill=colours.head, ink=colours.head)
        yield upright(layout.lines_of_name, layout.pool / 2, (top + bottom) / 2, ink=colours.on_head, bold=True)
    yield _rectangle(Box(0, top, right, bottom - top), ink=INK)


def lane(each: Lane, colours: Colours, left: float, head: float, right: float) -> Iterator[str]:
    top, high = each.box.y, each.box.high
    yield _rectangle(Box(left, top, head, high), fill=colours.wash, ink=_BORDER)
    yield _rectangle(Box(left, top, right - left, high), ink=_BORDER)
    yield upright(each.lines, left + head / 2, top + high / 2)


def shape(each: Shape, colours: Colours, *, is_message: bool) -> Iterator[str]:
    mark, box = each.node.mark, each.box
    x, y, reach = box.x + box.wide / 2, box.y + box.high / 2, box.wide / 2
    if mark is Mark.TASK:
        yield _rectangle(box, fill=PAPER, ink=colours.shape, wide=1, radius=4)
    elif mark.is_gateway:
        corners = [(x, y - reach), (x + reach, y), (x, y + reach), (x - reach, y)]
        yield (
            f'<path d="M{"L".join(f"{number(a)},{number(b)}" for a, b in corners)}Z" fill="{PAPER}" '
            f'stroke="{colours.gateway}" stroke-width="1.1"/>'
        )
        yield from _sign(mark, x, y, colours.gateway)
    else:
        yield _ring(x, y, reach, colours.shape, 2.6 if mark is Mark.END else 1.1)
        if mark is Mark.BETWEEN:
            yield _ring(x, y, reach - 2.5, colours.shape, 1.1)
        if is_message:
            yield _rectangle(Box(x - 5, y - 3.4, 10, 6.8), ink=colours.shape)
            yield stroke([(x - 5, y - 3.4), (x, y + 0.6), (x + 5, y - 3.4)], ink=colours.shape, wide=0.8)
    if each.label:
        yield from lettered(each.label)


def line(spots: Sequence[Spot], *, has_tip: bool) -> Iterator[str]:
    """A line whose last spot is its tip, where that is shown."""
    if not has_tip:
        yield stroke(spots, wide=0.9)
        return
    (x1, y1), (x, y) = spots[-2:]
    dx, dy = (x > x1) - (x < x1), (y > y1) - (y < y1)
    yield stroke([*spots[:-1], (x - dx * _TIP, y - dy * _TIP)], wide=0.9)
    a, b = x - dx * _TIP * 1.3, y - dy * _TIP * 1.3
    yield patch([(x, y), (a - dy * _TIP / 2, b + dx * _TIP / 2), (a + dy * _TIP / 2, b - dx * _TIP / 2)], INK)


def lettered(label: Label, *, start: bool = False) -> Iterator[str]:
    x = label.box.x if start else label.box.x + label.box.wide / 2
    for place, words in enumerate(label.lines):
        y = label.box.y + (place + 0.5) * LEAD + _BASE
        yield word(x, y, words, anchor="start" if start else "middle")


def upright(lines: Sequence[str], x: float, y: float, *, ink: str = INK, bold: bool = False) -> str:
    """Words that run upwards, around their middle."""
    first = -(len(lines) - 1) / 2 * LEAD + _BASE
    words = "".join(
        word(0, first + place * LEAD, each, anchor="middle", ink=ink, bold=bold) for place, each in enumerate(lines)
    )
    return f'<g transform="translate({number(x)},{number(y)})rotate(-90)">{words}</g>'


def _sign(mark: Mark, x: float, y: float, ink: str) -> Iterator[str]:
    """A cross that stands or lies in the middle of a gateway: both ways at once, or one of them."""
    reach = 6.0 if mark in (Mark.FORK, Mark.JOIN) else 4.6
    ends = ((1, 0), (0, 1)) if mark in (Mark.FORK, Mark.JOIN) else ((1, 1), (1, -1))
    for dx, dy in ends:
        yield stroke([(x - dx * reach, y - dy * reach), (x + dx * reach, y + dy * reach)], ink=ink, wide=2)


def _ring(x: float, y: float, reach: float, ink: str, wide: float) -> str:
    looks = f'fill="{PAPER}" stroke="{ink}" stroke-width="{number(wide)}"'
    return f'<circle cx="{number(x)}" cy="{number(y)}" r="{number(reach)}" {looks}/>'


def _rectangle(box: Box, *, fill: str = "none", ink: str, wide: float = 0.7, radius: float = 0) -> str:
    corners = f' rx="{number(radius)}"' if radius else ""
    return (
        f'<rect x="{number(box.x)}" y="{number(box.y)}" width="{number(box.wide)}" height="{number(box.high)}" '
        f'fill="{fill}" stroke="{ink}" stroke-width="{number(wide)}"{corners}/>'
    )
