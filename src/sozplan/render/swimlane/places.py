"""What a picture of a process consists of, each with its place in points."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from sozplan.render.swimlane.graph import Link, Node

Spot = tuple[float, float]
HEAD = 20.0
"""The strip at the left of the pool with its name, and of each lane."""


class Box(NamedTuple):
    x: float
    y: float
    wide: float
    high: float

    @property
    def right(self) -> float:
        return self.x + self.wide

    @property
    def bottom(self) -> float:
        return self.y + self.high


class Label(NamedTuple):
    box: Box
    lines: tuple[str, ...]


class Shape(NamedTuple):
    node: Node
    box: Box
    label: Label | None
    """Inside a task, below anything else."""


class Line(NamedTuple):
    link: Link
    spots: tuple[Spot, ...]
    label: Label | None


class Lane(NamedTuple):
    holder: str
    name: str
    box: Box
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Layout:
    name: str
    box: Box
    """The pool."""
    lines_of_name: tuple[str, ...]
    lanes: tuple[Lane, ...]
    shapes: tuple[Shape, ...]
    lines: tuple[Line, ...]
    columns: tuple[tuple[float, float], ...]
    """From where to where each column reaches."""
    cuts: tuple[float, ...]
    """Before each column, where the fewest lines run: a strip may end there."""
    head: float = HEAD
    """The strip with the names of the lanes."""

    pool: float = HEAD
    """The strip with the name of the process; 0 where that stands elsewhere."""

    @property
    def start(self) -> float:
        """Where the room for shapes begins."""
        return self.pool + self.head
