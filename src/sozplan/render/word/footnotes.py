"""Footnotes: Word keeps them in a part of their own, beside the text that bears their signs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sozplan.render.word.companions import companion
from sozplan.render.word.markup import Element, find, run, tag_of, w, words

if TYPE_CHECKING:
    from docx.parts.document import DocumentPart

_RULES = {-1: "separator", 0: "continuationSeparator"}
"""The lines above footnotes, which are kept like footnotes."""


class Footnotes:
    def __init__(self, part: DocumentPart) -> None:
        self._part = part
        self._root: Element | None = None

    def add(self, blocks: Sequence[Element], style: str) -> Element:
        """The run that bears the sign in the text; the sign before the note itself is set here too."""
        if self._root is None:
            self._root = companion(self._part, "footnotes", _none())
        number = max((int(id) for id in find(self._root, "w:footnote/@w:id")), default=0) + 1
        first = blocks[0]
        sign = run({"rStyle": w("rStyle", val=style)}, w("footnoteRef"))
        first.insert(1 if len(first) and tag_of(first[0]) == "pPr" else 0, sign)
        sign.addnext(run({}, *words(" ")))
        self._root.append(w("footnote", *blocks, id=number))
        return run({"rStyle": w("rStyle", val=style)}, w("footnoteReference", id=number))


def _none() -> Element:
    rules = (w("footnote", w("p", run({}, w(kind))), type=kind, id=id) for id, kind in _RULES.items())
    return w("footnotes", *rules)
