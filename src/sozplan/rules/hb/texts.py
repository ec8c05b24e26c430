"""The handbook's running texts, with the place of everything found in them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from itertools import accumulate

from sozplan.diagnostics import Location
from sozplan.model.case import Case
from sozplan.model.entity import Place

_CODE = re.compile(
    r"^(`{3,}|~{3,}).*?(?:^\1`*~*[ \t]*$|\Z)|(?<!`)(`+)(?!`)[^\n]*?(?<!`)\2(?!`)", re.MULTILINE | re.DOTALL
)


class Chapter:
    """A chapter as it is read: code, which nobody replaces or explains, is blanked out."""

    def __init__(self, path: str, content: str, entity: str | None) -> None:
        self.path, self.entity = path, entity
        self.text = _CODE.sub(_blank, content)
        self._starts = [0, *accumulate(len(line) for line in self.text.splitlines(keepends=True))]

    def at(self, position: int) -> Place:
        line = bisect_right(self._starts, position)
        return Place(Location(self.path, line, position - self._starts[line - 1] + 1), self.entity)


def _blank(found: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", found[0])


def chapters(case: Case) -> Iterator[Chapter]:
    """The texts in the order of their paths; what no chapter names yet belongs to the handbook."""
    book = case.plan.handbook
    named = {chapter.file: chapter.id for chapter in case.plan.chapters if chapter.file}
    for path, content in sorted(case.plan.texts.items()):
        yield Chapter(path, content, named.get(path) or (book.id if book else None))
