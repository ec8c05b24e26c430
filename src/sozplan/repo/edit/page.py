"""A planning file under change: each step alters one thing and proves that it altered nothing else."""

from __future__ import annotations

import codecs
import copy
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sozplan.diagnostics import Diagnostic, Text, text
from sozplan.model.entity import ORIGIN_KEY
from sozplan.repo import yaml
from sozplan.repo.content import decode
from sozplan.repo.edit.blocks import New, plain_of
from sozplan.repo.edit.layout import LINE_END, Layout, Splice, indented
from sozplan.repo.edit.nodes import Branch, Leaf, Node, Path, Series, at, parse
from sozplan.repo.edit.refusal import NOT_UNDERSTOOD, EditRefused
from sozplan.repo.edit.spelling import same


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
        self.layout = Layout(content, self.root)

    @property
    def data(self) -> bytes:
        return self._bom + self.content.encode()

    def at(self, path: Path) -> Node | None:
        return at(self.root, path)

    def value(self, path: Path) -> Any:
        """What is said at a path now; None where nothing is."""
        found: Any = self.said
        for part in path:
            if isinstance(part, int) and part < 0:
                return None
            try:
                found = found[part]
            except (KeyError, IndexError, TypeError):
                return None
        return found

    def set(self, path: Path, new: New) -> None:
        """Puts a value in the place of one that stands there."""
        if not same(self.value(path), plain_of(new)):
            self.set_all({path: new})

    def set_all(self, news: Mapping[Path, New], keys: Mapping[Path, str] | None = None, *, anew: bool = False) -> None:
        """Puts several values in their places at once, and other keys in the place of keys.

        Written `anew`, a value has the quotes that a new one would have, not those that stood there.
        """
        splices = [self.layout.replaced(path, new, anew=anew) for path, new in news.items()]
        splices += [self.layout.renamed(path, key) for path, key in (keys or {}).items()]

        def change(said: Any) -> None:
            for path, new in news.items():
                _within(said, path)[path[-1]] = plain_of(new)
            for path, key in (keys or {}).items():
                _rename_key(_within(said, path), str(path[-1]), key)

        self._splice(splices, change)

    def insert(self, path: Path, new: New, order: Sequence[str]) -> None:
        """A key that isn't there yet, behind those that come before it in `order`."""
        around, key = self.layout.node(path[:-1]), str(path[-1])
        if not isinstance(around, Branch):
            raise EditRefused(NOT_UNDERSTOOD)
        known = [each.text for each in around.keys]
        before = _before(key, known, order)

        def change(said: Any) -> None:
            holder = _within(said, path)
            items = list(holder.items())
            items.insert(before, (key, plain_of(new)))
            holder.clear()
            holder.update(items)

        self._splice([self.layout.keyed(around, before, key, new)], change)

    def append(self, path: Path, new: New, index: int | None = None) -> None:
        """An item of a list, at its end or before the item of that number."""
        series = self.layout.node(path)
        if not isinstance(series, Series):
            raise EditRefused(NOT_UNDERSTOOD)
        number = len(series.items) if index is None else index

        def change(said: Any) -> None:
            _within(said, (*path, 0)).insert(number, plain_of(new))

        self._splice([self.layout.itemised(series, number, new)], change)

    def remove(self, path: Path) -> str:
        """Takes a key or an item out, of an item with the comment above it; what was taken, as it stood."""
        around, last = self.layout.node(path[:-1]), path[-1]
        number = around.number(str(last)) if isinstance(around, Branch) else last
        if isinstance(around, Leaf) or not isinstance(number, int):
            raise EditRefused(NOT_UNDERSTOOD)
        splice = self.layout.without(around, number)
        taken = self.content[splice.start : splice.end]
        if self.layout.is_only(around):
            if len(path) == 1:
                raise EditRefused(_LAST)
            self.remove(path[:-1])
            return taken

        def change(said: Any) -> None:
            del _within(said, path)[last]

        self._splice([splice], change)
        return taken

    def put_lines(self, path: Path, number: int, lines: str, said: object) -> None:
        """Lines of another list as the item of that number; `said` is what they say."""
        series = self.layout.node(path)
        if not isinstance(series, Series) or series.flow:
            raise EditRefused(NOT_UNDERSTOOD)
        own = indented(lines, self.layout.column(series.start))

        def change(now: Any) -> None:
            _within(now, (*path, 0)).insert(number, said)

        if number < len(series.items):
            start, _ = self.layout.lines_of(series.items[number], series.items[number], with_comments=True)
            self._splice([Splice(start, start, own + "\n")], change)
        else:
            end = self.layout.line_end(series.items[-1].end)
            self._splice([Splice(end, end, "\n" + own)], change)

    def sort(self, path: Path, numbers: Sequence[int]) -> None:
        """The items of a list in the order of these numbers, each with its lines."""
        now = list(range(len(numbers)))
        for place, number in enumerate(numbers):
            at_present = now.index(number)
            if at_present != place:
                said = self.value((*path, at_present))
                lines = self.remove((*path, at_present))
                self.put_lines(path, place, lines, said)
                now.insert(place, now.pop(at_present))

    def _splice(self, splices: Sequence[Splice], change: Callable[[Any], None]) -> None:
        """Puts the texts in, and proves by reading that just this was changed."""
        found = LINE_END.search(self.content)
        line_end = found[0] if found else "\n"
        content = self.content
        for splice in sorted(splices, reverse=True):
            content = content[: splice.start] + splice.text.replace("\n", line_end) + content[splice.end :]
        wanted = copy.deepcopy(self.said)
        change(wanted)
        former = self.content, self.said, self.root, self.layout
        try:
            self._take(content)
            proven = same(self.said, wanted)
        except EditRefused:
            proven = False
        if not proven:
            self.content, self.said, self.root, self.layout = former
            raise EditRefused(NOT_UNDERSTOOD)


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


def _faulty(fault: Diagnostic) -> Text:
    where = f"{fault.at.file}:{fault.at.line}"
    return text(
        de=f"{where}: {fault.say('de')} Erst wenn die Datei zu lesen ist, lässt sie sich ändern.",
        en=f"{where}: {fault.say('en')} The file can be changed once it can be read.",
    )


_LAST = text(
    de="Die Datei wäre danach leer. Löschen Sie sie im Editor, wenn sie niemand mehr braucht.",
    en="The file would be empty then. Delete it in an editor if nobody needs it any more.",
)
