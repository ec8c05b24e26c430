"""A planning file under change: each step alters one thing and proves that it altered nothing else."""

from __future__ import annotations

import codecs
import copy
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from sozplan.diagnostics import Diagnostic, Text, text
from sozplan.model.entity import ORIGIN_KEY
from sozplan.repo import yaml
from sozplan.repo.content import decode
from sozplan.repo.edit import blocks
from sozplan.repo.edit.blocks import New, plain_of
from sozplan.repo.edit.nodes import Branch, Leaf, Node, Path, Series, at, parse
from sozplan.repo.edit.spelling import Context, Value, same, spelt

_LINE_END = re.compile("\r\n|\n|\r")
_COMMENT = re.compile(r"[ \t]*#")


class EditRefused(Exception):
    """The file stays as it is; `text` says why."""

    def __init__(self, message: Text, code: int = 1) -> None:
        super().__init__(message.en)
        self.text, self.code = message, code


class _Splice(NamedTuple):
    start: int
    end: int
    text: str


class Page:
    """The text of one file, and how it changes. A new one says nothing yet."""

    def __init__(self, file: str, data: bytes) -> None:
        content = decode(data, file)
        if isinstance(content, Diagnostic):
            raise EditRefused(_faulty(content))
        self.file = file
        self._bom = codecs.BOM_UTF8 if data.startswith(codecs.BOM_UTF8) else b""
        self._take(content)

    def _take(self, content: str) -> None:
        document = yaml.read(content.encode(), self.file)
        if document.value is None:
            raise EditRefused(_faulty(document.diagnostics[0]))
        self.content, self.said = content, _bare(document.value)
        self.root = parse(content)

    @property
    def data(self) -> bytes:
        return self._bom + self.content.encode()

    def at(self, path: Path) -> Node | None:
        return at(self.root, path)

    def value(self, path: Path) -> Any:
        """What is said at a path now; None where nothing is."""
        found: Any = self.said
        for part in path:
            try:
                found = found[part]
            except (KeyError, IndexError, TypeError):
                return None
        return found

    def set(self, path: Path, new: New) -> None:
        """Puts a value in the place of one that stands there."""
        if not same(self.value(path), plain_of(new)):
            self.set_all({path: new})

    def set_all(self, news: Mapping[Path, New], keys: Mapping[Path, str] | None = None) -> None:
        """Puts several values in their places at once, and other keys in the place of keys."""
        splices = [self._replaced(path, new) for path, new in news.items()]
        splices += [self._renamed(path, key) for path, key in (keys or {}).items()]

        def change(said: Any) -> None:
            for path, new in news.items():
                _within(said, path)[path[-1]] = plain_of(new)
            for path, key in (keys or {}).items():
                _rename_key(_within(said, path), str(path[-1]), key)

        self._splice(splices, change)

    def _replaced(self, path: Path, new: New) -> _Splice:
        node = self._node(path)
        around = self._node(path[:-1])
        flow = isinstance(around, Branch | Series) and around.flow
        if isinstance(new, Mapping | list | tuple) or not isinstance(node, Leaf):
            return _Splice(node.start, node.end, self._section(path, node, new, flow=flow))
        context = Context(flow, self._column(around.start))
        value: Value = str(new) if isinstance(new, str) else new  # type: ignore[assignment]
        written = spelt(value, context, self._written(node), node.text)
        gap = " " if node.start == node.end and self.content[node.start - 1 : node.start] == ":" else ""
        return _Splice(node.start, node.end, gap + written)

    def _section(self, path: Path, node: Node, new: New, *, flow: bool) -> str:
        """A list or section anew, on one line if it was so."""
        if flow or (not isinstance(node, Leaf) and node.flow) or not new:
            return blocks.flow(new)
        indent = self._column(node.start)
        if isinstance(new, Mapping):
            lines = list(blocks.mapping(new, indent))
        else:
            lines = [line for each in new for line in _hung(blocks.item(each, indent), indent)]  # type: ignore[union-attr]
            lines[0] = lines[0].lstrip()
        return "\n".join(lines)

    def _renamed(self, path: Path, key: str) -> _Splice:
        around = self._node(path[:-1])
        number = around.number(str(path[-1])) if isinstance(around, Branch) else None
        if not isinstance(around, Branch) or number is None:
            raise EditRefused(_NOT_UNDERSTOOD)
        leaf = around.keys[number]
        context = Context(around.flow, self._column(around.start))
        return _Splice(leaf.start, leaf.end, spelt(key, context, self._written(leaf), leaf.text))

    def insert(self, path: Path, new: New, order: Sequence[str]) -> None:
        """A key that isn't there yet, behind those that come before it in `order`."""
        around, key = self._node(path[:-1]), str(path[-1])
        if not isinstance(around, Branch):
            raise EditRefused(_NOT_UNDERSTOOD)
        known = [each.text for each in around.keys]
        before = _before(key, known, order)

        def change(said: Any) -> None:
            holder = _within(said, path)
            items = list(holder.items())
            items.insert(before, (key, plain_of(new)))
            holder.clear()
            holder.update(items)

        self._splice([self._keyed(around, before, key, new)], change)

    def _keyed(self, around: Branch, before: int, key: str, new: New) -> _Splice:
        if around.flow:
            written = f"{key}: {blocks.flow(new)}"
            return self._between(around, around.values, around.keys, before, written)
        indent = self._column(around.start)
        lines = list(blocks.entry(key, new, indent))
        if before == 0:
            return _Splice(around.start, around.start, "\n".join([*lines, " " * indent]))
        place = self._line_end(around.values[before - 1].end)
        return _Splice(place, place, "\n" + " " * indent + "\n".join(lines))

    def append(self, path: Path, new: New, index: int | None = None) -> None:
        """An item of a list, at its end or before the item of that number."""
        series = self._node(path)
        if not isinstance(series, Series):
            raise EditRefused(_NOT_UNDERSTOOD)
        number = len(series.items) if index is None else index

        def change(said: Any) -> None:
            _within(said, (*path, 0)).insert(number, plain_of(new))

        self._splice([self._itemised(series, number, new)], change)

    def _itemised(self, series: Series, number: int, new: New) -> _Splice:
        if series.flow:
            if isinstance(new, Mapping) and not series.items:
                return self._opened(series, new)
            return self._between(series, series.items, series.items, number, blocks.flow(new))
        indent = self._column(series.start)
        lines = list(blocks.item(new, indent))
        if number == 0:
            return _Splice(series.start, series.start, "\n".join([*lines, " " * indent]))
        place = self._line_end(series.items[number - 1].end)
        return _Splice(place, place, "\n" + " " * indent + "\n".join(lines))

    def _opened(self, series: Series, new: New) -> _Splice:
        """The first section of a list that was written `[]`: it begins on a line of its own."""
        key = self.content[self._line_start(series.start) : series.start]
        indent = len(key) - len(key.lstrip(" -")) + 2
        start = series.start - (len(key) - len(key.rstrip(" ")))
        return _Splice(start, series.end, "\n" + " " * indent + "\n".join(blocks.item(new, indent)))

    def _between(
        self, around: Branch | Series, ends: Sequence[Node], starts: Sequence[Node], number: int, written: str
    ) -> _Splice:
        """Between brackets, with the comma that it takes."""
        if not ends:
            return _Splice(around.start + 1, around.end - 1, written)
        if number == 0:
            return _Splice(starts[0].start, starts[0].start, f"{written}, ")
        return _Splice(ends[number - 1].end, ends[number - 1].end, f", {written}")

    def remove(self, path: Path) -> str:
        """Takes a key or an item out, of an item with the comment above it; what was taken, as it stood."""
        around, last = self._node(path[:-1]), path[-1]
        number = around.number(str(last)) if isinstance(around, Branch) else last
        if isinstance(around, Leaf) or not isinstance(number, int):
            raise EditRefused(_NOT_UNDERSTOOD)
        starts, ends = (around.keys, around.values) if isinstance(around, Branch) else (around.items, around.items)
        if len(ends) == 1 and not around.flow:
            if len(path) == 1:
                raise EditRefused(_LAST)
            return self.remove(path[:-1])

        def change(said: Any) -> None:
            del _within(said, path)[last]

        splice = self._without(around, starts, ends, number)
        taken = self.content[splice.start : splice.end]
        self._splice([splice], change)
        return taken

    def _without(self, around: Branch | Series, starts: Sequence[Node], ends: Sequence[Node], number: int) -> _Splice:
        if around.flow:
            if number + 1 < len(ends):
                return _Splice(starts[number].start, starts[number + 1].start, "")
            return _Splice(ends[number - 1].end if number else starts[0].start, ends[number].end, "")
        if number == 0 and isinstance(around, Branch) and self._line_start(around.start) != self._margin(around.start):
            return _Splice(around.start, starts[1].start, "")
        start, end = self.lines_of(starts[number], ends[number], with_comments=isinstance(around, Series))
        if end == len(self.content) and not self.content.endswith(("\n", "\r")):
            start = len(self.content[:start].rstrip("\r\n"))
        return _Splice(start, end, "")

    def lines_of(self, first: Node, last: Node, *, with_comments: bool) -> tuple[int, int]:
        """From the start of the first line of something to the end of its last, line end included."""
        start = self._line_start(first.start)
        while with_comments and start > 0:
            above = self._line_start(start - 1 if self.content[start - 2 : start] != "\r\n" else start - 2)
            if not _COMMENT.match(self.content, above, start):
                break
            start = above
        end = self._line_end(last.end)
        found = _LINE_END.match(self.content, end)
        return start, found.end() if found else end

    def put_lines(self, path: Path, number: int, lines: str, said: object) -> None:
        """Lines of another list as the item of that number; `said` is what they say."""
        series = self._node(path)
        if not isinstance(series, Series) or series.flow:
            raise EditRefused(_NOT_UNDERSTOOD)
        own = _indented(lines, self._column(series.start))

        def change(now: Any) -> None:
            _within(now, (*path, 0)).insert(number, said)

        if number < len(series.items):
            start, _ = self.lines_of(series.items[number], series.items[number], with_comments=True)
            self._splice([_Splice(start, start, own + "\n")], change)
        else:
            end = self._line_end(series.items[-1].end)
            self._splice([_Splice(end, end, "\n" + own)], change)

    def _node(self, path: Path) -> Node:
        node = self.at(path)
        if node is None:
            raise EditRefused(_NOT_UNDERSTOOD)
        return node

    def _written(self, leaf: Leaf) -> str:
        return _LINE_END.sub("\n", self.content[leaf.start : leaf.end])

    def _column(self, place: int) -> int:
        return place - self._line_start(place)

    def _line_start(self, place: int) -> int:
        return max(self.content.rfind("\n", 0, place), self.content.rfind("\r", 0, place)) + 1

    def _margin(self, place: int) -> int:
        """The start of the line, if nothing but blanks stands before the place; else the place."""
        start = self._line_start(place)
        return start if not self.content[start:place].strip() else place

    def _line_end(self, place: int) -> int:
        """Where the line of a place ends, before its line end; a comment behind a value belongs to it."""
        found = _LINE_END.search(self.content, place)
        return found.start() if found else len(self.content)

    def _splice(self, splices: Sequence[_Splice], change: Callable[[Any], None]) -> None:
        """Puts the texts in, and proves by reading that just this was changed."""
        found = _LINE_END.search(self.content)
        line_end = found[0] if found else "\n"
        content = self.content
        for splice in sorted(splices, reverse=True):
            content = content[: splice.start] + splice.text.replace("\n", line_end) + content[splice.end :]
        wanted = copy.deepcopy(self.said)
        change(wanted)
        former = self.content, self.said, self.root
        try:
            self._take(content)
            proven = same(self.said, wanted)
        except EditRefused:
            proven = False
        if not proven:
            self.content, self.said, self.root = former
            raise EditRefused(_NOT_UNDERSTOOD)


def _bare(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _bare(each) for key, each in value.items() if key != ORIGIN_KEY}
    return [_bare(each) for each in value] if isinstance(value, list) else value


def _within(said: Any, path: Path) -> Any:
    for part in path[:-1]:
        said = said[part]
    return said


def _rename_key(holder: dict[str, Any], old: str, new: str) -> None:
    items = [(new if key == old else key, value) for key, value in holder.items()]
    holder.clear()
    holder.update(items)


def _before(key: str, known: Sequence[str], order: Sequence[str]) -> int:
    """How many of the known keys come before this one."""
    earlier = order[: order.index(key)] if key in order else order
    return max((i + 1 for i, each in enumerate(known) if each in earlier), default=0 if key in order else len(known))


def _hung(lines: Any, indent: int) -> Any:
    for number, line in enumerate(lines):
        yield line if number else " " * indent + line


def _indented(lines: str, indent: int) -> str:
    """The lines moved so that their dash stands at `indent`."""
    rows = _LINE_END.split(lines.rstrip("\r\n"))
    dash = next(row for row in rows if row.lstrip().startswith("-"))
    shift = indent - (len(dash) - len(dash.lstrip()))
    return "\n".join(_shifted(row, shift) if row.strip() else "" for row in rows)


def _shifted(row: str, by: int) -> str:
    return " " * by + row if by > 0 else row[min(-by, len(row) - len(row.lstrip(" "))) :]


def _faulty(fault: Diagnostic) -> Text:
    where = f"{fault.at.file}:{fault.at.line}"
    return text(
        de=f"{where}: {fault.say('de')} Erst wenn die Datei zu lesen ist, lässt sie sich ändern.",
        en=f"{where}: {fault.say('en')} The file can be changed once it can be read.",
    )


_NOT_UNDERSTOOD = text(
    de="So, wie die Stelle geschrieben ist, lässt sie sich nicht sicher ändern; die Datei blieb, wie sie war. Ändern "
    "Sie die Stelle im Editor.",
    en="The way the place is written, it can't be changed safely; the file stayed as it was. Change it in an editor.",
)
_LAST = text(
    de="Die Datei wäre danach leer. Löschen Sie sie im Editor, wenn sie niemand mehr braucht.",
    en="The file would be empty then. Delete it in an editor if nobody needs it any more.",
)
