"""Sizes of shapes: large enough for their words and for the lines that end at them."""

from __future__ import annotations

from typing import NamedTuple

from sozplan.render.swimlane.graph import Mark, Node
from sozplan.render.swimlane.letters import LEAD, broken, room

TASK_WIDE = 94.0
_TASK_HIGH = 34.0
_PAD = 5.0
EVENT = 11.0
_GATEWAY = 15.0
_LABEL_WIDE = 84.0
_CLEAR = 4.0
"""From the outermost line that ends at a gateway to its corner."""


class Measure(NamedTuple):
    mark: Mark
    reach_x: float
    reach_y: float
    """From its middle."""
    lines: tuple[str, ...]
    label_wide: float

    @property
    def is_inside(self) -> bool:
        return self.mark is Mark.TASK

    @property
    def wide(self) -> float:
        return max(2 * self.reach_x, self.label_wide)

    @property
    def below(self) -> float:
        """From its middle to the end of its label."""
        return self.reach_y if self.is_inside or not self.lines else self.reach_y + 2 + len(self.lines) * LEAD

    def side(self, shift: float) -> float:
        """How far from its middle its outline stands, so far above or below the middle."""
        if self.mark is Mark.TASK:
            return self.reach_x
        if self.mark.is_gateway:
            return float(max(0.0, self.reach_x - abs(shift)))
        return float(max(0.0, self.reach_x**2 - shift**2) ** 0.5)


def said(node: Node) -> str:
    """The words at a node: the number of its step in the step table stands before a task."""
    return f"{node.number}\N{NO-BREAK SPACE}{node.name}" if node.number and node.name else node.name


def measured(node: Node, reach: float, lang: str) -> Measure:
    """`reach` is how far from its middle lines end at it."""
    if node.mark is Mark.TASK:
        lines = broken(said(node), TASK_WIDE - 2 * _PAD, lang)
        high = max(_TASK_HIGH, len(lines) * LEAD + 2 * _PAD)
        return Measure(node.mark, TASK_WIDE / 2, high / 2, tuple(lines), TASK_WIDE - 2 * _PAD)
    lines = broken(said(node), _LABEL_WIDE, lang) if node.name else []
    wide = max((room(line) for line in lines), default=0.0) + 2 if lines else 0.0
    half = max(_GATEWAY, reach + _CLEAR) if node.mark.is_gateway else EVENT
    return Measure(node.mark, half, half, tuple(lines), wide)
