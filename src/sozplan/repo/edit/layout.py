"""Which piece of a file's text is to be put where, so that one thing in it changes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from sozplan.diagnostics import Text, text
from sozplan.repo.edit import blocks
from sozplan.repo.edit.blocks import Name, New
from sozplan.repo.edit.nodes import Branch, Leaf, Node, Path, Series, at, leaves
from sozplan.repo.edit.refusal import NOT_UNDERSTOOD, EditRefused
from sozplan.repo.edit.spelling import Context, Value, fresh, spelt

LINE_END: Final = re.compile("\r\n|\n|\r")
_COMMENT = re.compile(r"[ \t]*#")


class Splice(NamedTuple):
    """A text that takes the place of another; its line ends are those of the file once it is put in."""

    start: int
    end: int
    text: str


class Layout:
    """The text of a file and where everything stands in it."""

    def __init__(self, content: str, root: Branch) -> None:
        self.content, self.root = content, root

    def node(self, path: Path) -> Node:
        node = at(self.root, path)
        if node is None:
            raise EditRefused(NOT_UNDERSTOOD)
        return node

    def replaced(self, path: Path, new: New, *, anew: bool) -> Splice:
        node = self.node(path)
        around = self.node(path[:-1])
        flow = isinstance(around, Branch | Series) and around.flow
        if isinstance(new, Mapping | list | tuple) or not isinstance(node, Leaf):
            return self._section(path, node, new, flow=flow)
        context = Context(flow, self.column(around.start))
        value: Value = str(new) if isinstance(new, str) else new  # type: ignore[assignment]
        is_name = isinstance(new, Name)
        written = (
            fresh(value, context, is_name=is_name) if anew else spelt(value, context, self._written(node), node.text)
        )
        gap = " " if node.start == node.end and self.content[node.start - 1 : node.start] == ":" else ""
        return Splice(node.start, node.end, gap + written)

    def _section(self, path: Path, node: Node, new: New, *, flow: bool) -> Splice:
        """A list or section anew: on one line if it was so, a line an item if it was so."""
        around, key = self.node(path[:-1]), str(path[-1])
        if comments := self._comments(node):
            raise EditRefused(_commented(comments, self._line(node.start), self._line(node.end)))
        if flow or (not isinstance(node, Leaf) and node.flow) or (isinstance(node, Leaf) and not new):
            gap = " " if node.start == node.end else ""
            return Splice(node.start, node.end, gap + blocks.flow(new))
        number = around.number(key) if isinstance(around, Branch) else None
        if not isinstance(around, Branch) or number is None:
            raise EditRefused(NOT_UNDERSTOOD)
        if isinstance(node, Series) and new:
            indent = self.column(node.start)
            lines = [f"{key}:", *(line for each in new for line in _hung(blocks.item(each, indent), indent))]  # type: ignore[union-attr]
        else:
            lines = list(blocks.entry(key, new, self.column(around.start)))
        return Splice(around.keys[number].end, node.end, "\n".join(lines)[len(key) :])

    def _comments(self, node: Node) -> list[int]:
        """The lines of the comments that people have written inside, which would be lost."""
        gaps = ((one.end, next.start) for one, next in pairwise(leaves(node)))
        places = (place for start, end in gaps for place in range(start, end) if self.content[place] == "#")
        return list(dict.fromkeys(self._line(place) for place in places))

    def _line(self, place: int) -> int:
        return len(LINE_END.findall(self.content, 0, place)) + 1

    def renamed(self, path: Path, key: str) -> Splice:
        around = self.node(path[:-1])
        number = around.number(str(path[-1])) if isinstance(around, Branch) else None
        if not isinstance(around, Branch) or number is None:
            raise EditRefused(NOT_UNDERSTOOD)
        leaf = around.keys[number]
        context = Context(around.flow, self.column(around.start))
        return Splice(leaf.start, leaf.end, spelt(key, context, self._written(leaf), leaf.text))

    def keyed(self, around: Branch, before: int, key: str, new: New) -> Splice:
        if around.flow:
            written = f"{key}: {blocks.flow(new)}"
            return self._between(around, around.values, around.keys, before, written)
        indent = self.column(around.start)
        lines = list(blocks.entry(key, new, indent))
        if before == 0:
            return Splice(around.start, around.start, "\n".join([*lines, " " * indent]))
        place = self.line_end(around.values[before - 1].end)
        return Splice(place, place, "\n" + " " * indent + "\n".join(lines))

    def itemised(self, series: Series, number: int, new: New) -> Splice:
        if series.flow:
            if isinstance(new, Mapping) and not series.items:
                return self._opened(series, new)
            return self._between(series, series.items, series.items, number, blocks.flow(new))
        indent = self.column(series.start)
        lines = list(blocks.item(new, indent))
        if number == 0:
            return Splice(series.start, series.start, "\n".join([*lines, " " * indent]))
        place = self.line_end(series.items[number - 1].end)
        return Splice(place, place, "\n" + " " * indent + "\n".join(lines))

    def _opened(self, series: Series, new: New) -> Splice:
        """The first section of a list that was written `[]`: it begins on a line of its own."""
        key = self.content[self._line_start(series.start) : series.start]
        indent = len(key) - len(key.lstrip(" -")) + 2
        start = series.start - (len(key) - len(key.rstrip(" ")))
        return Splice(start, series.end, "\n" + " " * indent + "\n".join(blocks.item(new, indent)))

    def _between(
        self, around: Branch | Series, ends: Sequence[Node], starts: Sequence[Node], number: int, written: str
    ) -> Splice:
        """Between brackets, with the comma that it takes."""
        if not ends:
            return Splice(around.start + 1, around.end - 1, written)
        if number == 0:
            return Splice(starts[0].start, starts[0].start, f"{written}, ")
        return Splice(ends[number - 1].end, ends[number - 1].end, f", {written}")

    def is_only(self, around: Branch | Series) -> bool:
        """Whether nothing would be left of a block without one more key or item."""
        return len(around.keys if isinstance(around, Branch) else around.items) == 1 and not around.flow

    def without(self, around: Branch | Series, number: int) -> Splice:
        """The key or item of that number taken out; an item with the comment above it."""
        starts, ends = (around.keys, around.values) if isinstance(around, Branch) else (around.items, around.items)
        if around.flow:
            if number + 1 < len(ends):
                return Splice(starts[number].start, starts[number + 1].start, "")
            return Splice(ends[number - 1].end if number else starts[0].start, ends[number].end, "")
        if (
            number == 0
            and len(ends) > 1
            and isinstance(around, Branch)
            and self._line_start(around.start) != self._margin(around.start)
        ):
            return Splice(around.start, starts[1].start, "")
        start, end = self.lines_of(starts[number], ends[number], with_comments=isinstance(around, Series))
        if end == len(self.content) and not self.content.endswith(("\n", "\r")):
            start = len(self.content[:start].rstrip("\r\n"))
        return Splice(start, end, "")

    def lines_of(self, first: Node, last: Node, *, with_comments: bool) -> tuple[int, int]:
        """From the start of the first line of something to the end of its last, line end included."""
        start = self._line_start(first.start)
        while with_comments and start > 0:
            above = self._line_start(start - 1 if self.content[start - 2 : start] != "\r\n" else start - 2)
            if not _COMMENT.match(self.content, above, start):
                break
            start = above
        end = self.line_end(last.end)
        found = LINE_END.match(self.content, end)
        return start, found.end() if found else end

    def _written(self, leaf: Leaf) -> str:
        return LINE_END.sub("\n", self.content[leaf.start : leaf.end])

    def column(self, place: int) -> int:
        return place - self._line_start(place)

    def _line_start(self, place: int) -> int:
        return max(self.content.rfind("\n", 0, place), self.content.rfind("\r", 0, place)) + 1

    def _margin(self, place: int) -> int:
        """The start of the line, if nothing but blanks stands before the place; else the place."""
        start = self._line_start(place)
        return start if not self.content[start:place].strip() else place

    def line_end(self, place: int) -> int:
        """Where the line of a place ends, before its line end; a comment behind a value belongs to it."""
        found = LINE_END.search(self.content, place)
        return found.start() if found else len(self.content)


def _commented(comments: Sequence[int], first: int, last: int) -> Text:
    """What to do where a list as a whole would take the comments in it along."""
    listed = ", ".join(map(str, comments[:5])) + (" …" if comments[5:] else "")
    return text(
        de=f"Nichts geändert: In dieser Liste (Zeilen {first} bis {last}) steht Erklärendes hinter „#“, das dabei "
        f"verloren ginge: Zeile {listed}. Nehmen Sie Einträge einzeln hinzu oder heraus, mit --add und --remove, oder "
        "ändern Sie diese Zeilen im Editor.",
        en=f"Nothing changed: this list (lines {first} to {last}) has explanations behind “#” that would be lost: "
        f"line {listed}. Add or take out single items with --add and --remove, or change these lines in an editor.",
    )


def _hung(lines: Iterable[str], indent: int) -> Iterator[str]:
    for number, line in enumerate(lines):
        yield line if number else " " * indent + line


def indented(lines: str, indent: int) -> str:
    """The lines moved so that their dash stands at `indent`."""
    rows = LINE_END.split(lines.rstrip("\r\n"))
    dash = next(row for row in rows if row.lstrip().startswith("-"))
    shift = indent - (len(dash) - len(dash.lstrip()))
    return "\n".join(_shifted(row, shift) if row.strip() else "" for row in rows)


def _shifted(row: str, by: int) -> str:
    return " " * by + row if by > 0 else row[min(-by, len(row) - len(row.lstrip(" "))) :]
