"""The lists of a document: bullets, numbers that begin anew with every list, and numbers of sections."""

from __future__ import annotations

from collections.abc import Sequence

from sozplan.render.word.markup import Element, find, ink, tag_of, w

BULLETS = (("bullet", "•"), ("bullet", "–"), ("bullet", "·"))
NUMBERS = (("decimal", "%1."), ("lowerLetter", "%2)"), ("lowerRoman", "%3)"))
STEP = 340
"""Twips by which a level is indented."""


class Lists:
    """Adds to the numbering part of a document, whose own lists stay."""

    def __init__(self, numbering: Element, accent: str) -> None:
        self._root = numbering
        self._accent = accent
        self._kinds: dict[str, int] = {}
        self._bullets: int | None = None
        self._sections: int | None = None

    def bullets(self) -> int:
        if self._bullets is None:
            self._bullets = self._list(self._kind("bullets", [_item(i, *each) for i, each in enumerate(BULLETS)]))
        return self._bullets

    def numbers(self, level: int) -> int:
        """A list of its own, since every one begins at 1."""
        kind = self._kind("numbers", [_item(i, *each) for i, each in enumerate(NUMBERS)])
        return self._list(kind, level)

    def sections(self) -> int:
        if self._sections is None:
            self._sections = self._list(self._kind("sections", [self._section()]))
        return self._sections

    def _section(self) -> Element:
        place, look = w("pPr", w("ind", left=0, firstLine=0)), w("rPr", w("color", val=ink(self._accent)))
        form = w("numFmt", val="decimal"), w("suff", val="space"), w("lvlText", val="%1\u2002")
        return w("lvl", w("start", val=1), *form, w("lvlJc", val="left"), place, look, ilvl=0)

    def _kind(self, name: str, levels: Sequence[Element]) -> int:
        if name not in self._kinds:
            number = self._next("w:abstractNum", "abstractNumId")
            kind = w("abstractNum", w("multiLevelType", val="hybridMultilevel"), *levels, abstractNumId=number)
            first = next((i for i, each in enumerate(self._root) if tag_of(each) in {"num", "numIdMacAtCleanup"}), None)
            self._root.insert(len(self._root) if first is None else first, kind)
            self._kinds[name] = number
        return self._kinds[name]

    def _list(self, kind: int, restarted: int | None = None) -> int:
        number = self._next("w:num", "numId")
        fresh = [] if restarted is None else [w("lvlOverride", w("startOverride", val=1), ilvl=restarted)]
        element = w("num", w("abstractNumId", val=kind), *fresh, numId=number)
        last = [i for i, each in enumerate(self._root) if tag_of(each) in {"num", "abstractNum"}][-1]
        self._root.insert(last + 1, element)
        return number

    def _next(self, path: str, key: str) -> int:
        return max((int(value) for value in find(self._root, f"{path}/@w:{key}")), default=0) + 1


def numbered(number: int, level: int = 0) -> Element:
    return w("numPr", w("ilvl", val=level), w("numId", val=number))


def _item(level: int, kind: str, text: str) -> Element:
    place = w("ind", left=STEP * (level + 1), hanging=STEP)
    return w("lvl", w("start", val=1), w("numFmt", val=kind), w("lvlText", val=text), w("lvlJc", val="left"),
             w("pPr", place), ilvl=level)  # fmt: skip
