"""Where everything in a YAML file begins and ends, by its characters."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sozplan.repo.events import MAPPING, MAPPING_END, SCALAR, SEQUENCE_END, event_source

Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Leaf:
    """A scalar; `style` is the sign it begins with, empty for plain ones."""

    start: int
    end: int
    style: str
    text: str


@dataclass(frozen=True, slots=True)
class Branch:
    """A mapping; a key and its value have the same number."""

    start: int
    end: int
    flow: bool
    keys: tuple[Leaf, ...]
    values: tuple[Node, ...]

    def number(self, key: str) -> int | None:
        return next((i for i, each in enumerate(self.keys) if each.text == key), None)


@dataclass(frozen=True, slots=True)
class Series:
    """A sequence."""

    start: int
    end: int
    flow: bool
    items: tuple[Node, ...]


Node = Leaf | Branch | Series


def parse(content: str) -> Branch:
    """The mapping that a file holds; the file was read without a fault before."""
    source = _Source(content)
    source.next()
    source.next()
    found = source.node(source.next())
    if not isinstance(found, Branch):
        raise TypeError("a planning file is a mapping")
    return found


def at(root: Node, path: Sequence[str | int]) -> Node | None:
    """What stands at a path, if anything."""
    node: Node | None = root
    for part in path:
        if isinstance(node, Branch):
            number = node.number(str(part))
            node = None if number is None else node.values[number]
        elif isinstance(node, Series) and isinstance(part, int) and 0 <= part < len(node.items):
            node = node.items[part]
        else:
            return None
    return node


def leaves(node: Node) -> Iterator[Leaf]:
    """Every scalar in it, keys too, in the order of the text."""
    if isinstance(node, Leaf):
        yield node
        return
    for number, below in enumerate(node.values if isinstance(node, Branch) else node.items):
        if isinstance(node, Branch):
            yield node.keys[number]
        yield from leaves(below)


class _Source:
    """The events of one file, put together."""

    def __init__(self, content: str) -> None:
        self.content = content
        self.next = event_source(content)

    def node(self, event: Any) -> Node:
        kind = event.__class__
        if kind is SCALAR:
            return self._leaf(event)
        return self._branch(event) if kind is MAPPING else self._series(event)

    def _leaf(self, event: Any) -> Leaf:
        start, end = event.start_mark.index, event.end_mark.index
        if event.style in ("|", ">"):
            end = _without_blank_lines(self.content, start, end)
        return Leaf(start, end, event.style or "", event.value)

    def _branch(self, start: Any) -> Branch:
        keys: list[Leaf] = []
        values: list[Node] = []
        while (event := self.next()).__class__ is not MAPPING_END:
            keys.append(self._leaf(event))
            values.append(self.node(self.next()))
        end = event.end_mark.index if start.flow_style else values[-1].end
        return Branch(start.start_mark.index, end, bool(start.flow_style), tuple(keys), tuple(values))

    def _series(self, start: Any) -> Series:
        items: list[Node] = []
        while (event := self.next()).__class__ is not SEQUENCE_END:
            items.append(self.node(event))
        end = event.end_mark.index if start.flow_style else items[-1].end
        return Series(start.start_mark.index, end, bool(start.flow_style), tuple(items))


def _without_blank_lines(content: str, start: int, end: int) -> int:
    """Where a block ends: the parser counts the blank lines behind it to it, but blanks may end its last line."""
    body = content[start:end].rstrip(" \r\n")
    behind = content[start + len(body) : end]
    return start + len(body) + len(behind) - len(behind.lstrip(" "))
