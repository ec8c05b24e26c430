"""Running text of the page as runs: white space as a browser collapses it, looks by element and class, lights in words.

An element that isn't known here shows its text, so nothing that the page says can get lost on the way.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from xml.etree.ElementTree import Element as Node

from sozplan.render.colours import Design
from sozplan.render.word.look import PLAIN, Look

SVG = "{http://www.w3.org/2000/svg}svg"
LIGHTS = {"green": ("●", "#1b6b3a"), "yellow": ("▲", "#7a5600"), "red": ("■", "#a3201d"), "grey": ("○", "#595959")}
"""The shapes that the style sheets draw, as letters that every office font has."""

_ON_LINES = frozenset({"lamp", "who", "entry"})
"""Classes of spans that the style sheets put on lines of their own."""
_AFTER = {"legend-name": "\u2002", "count": "\u2003", "sign": "\u2002", "vdmi": "\u00a0"}
"""What stands for the room that the style sheets leave behind a class."""
_BLANKS = re.compile("[ \t\n\r\f]+")


@dataclass(frozen=True, slots=True)
class Words:
    text: str
    look: Look = PLAIN
    target: str | None = None
    """Of a link: `#id` or an address."""


@dataclass(frozen=True, slots=True)
class Break:
    soft: bool = False
    """Only where text stands on either side of it."""


@dataclass(frozen=True, slots=True)
class Tab:
    """Between the name of a light and the light: in cells all lights stand below each other."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture: `img` or `svg`."""

    node: Node


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote."""

    node: Node


Piece = Words | Break | Tab | Shown | Note


@dataclass(frozen=True, slots=True)
class Inline:
    """How the municipality's colours and the document's formats show in running text."""

    colours: dict[str, str]
    small: str
    link: str
    loud: bool = True
    """Lights in bold; not so in legends."""

    @classmethod
    def of(cls, design: Design, small: str, link: str) -> Inline:
        return cls(design.properties, small, link)

    def pieces(self, nodes: Iterable[Node | str], look: Look = PLAIN) -> list[Piece]:
        return list(_collapsed(self._all(nodes, look, None)))

    def _all(self, nodes: Iterable[Node | str], look: Look, target: str | None) -> Iterator[Piece]:
        for node in nodes:
            if isinstance(node, str):
                yield Words(node, look, target)
            else:
                yield from self._one(node, look, target)

    def _one(self, node: Node, look: Look, target: str | None) -> Iterator[Piece]:
        classes = classes_of(node)
        if node.tag == "br":
            yield Break()
        elif node.tag in {"img", SVG}:
            yield Shown(node)
        elif "footnote" in classes:
            yield Note(node)
        elif "light" in classes:
            yield from self._light(node, look, target)
        elif classes & _ON_LINES:
            yield Break(soft=True)
            yield from self._all(children(node), look, target)
            yield Break(soft=True)
        else:
            inner = self.look(node, look)
            yield from self._all(children(node), inner, node.get("href") if node.tag == "a" else target)
        for name in classes & _AFTER.keys():
            yield Words(_AFTER[name], look, target)
        if "lamp-name" in classes:
            yield Tab()
        if "light" in classes and not self.loud:
            yield Words("\u2002", look, target)

    def _light(self, node: Node, look: Look, target: str | None) -> Iterator[Piece]:
        colour = next(name.removeprefix("light-") for name in classes_of(node) if name.startswith("light-"))
        sign, ink = LIGHTS[colour]
        lit = replace(look, colour=ink, bold=look.bold or (self.loud and colour != "grey"))
        yield Words(f"{sign}\u00a0", lit, target)
        for piece in self._all(children(node), lit, target):
            yield replace(piece, text=_BLANKS.sub("\u00a0", piece.text.strip())) if isinstance(piece, Words) else piece

    def look(self, node: Node, look: Look) -> Look:
        """What an element and its classes add."""
        classes = classes_of(node)
        if node.tag in {"b", "strong"} or classes & {
            "strong",
            "legend-name",
            "step-name",
            "force",
            "rule-number",
            "point-name",
        }:
            look = replace(look, bold=True)
        if node.tag in {"i", "em"}:
            look = replace(look, italic=True)
        if node.tag == "del":
            look = replace(look, struck=True)
        if node.tag == "ins":
            look = replace(look, underlined=True, bold=True)
        if node.tag in {"sup", "sub"}:
            look = replace(look, position={"sup": "superscript", "sub": "subscript"}[node.tag])
        if node.tag == "small" or "lamp-name" in classes:
            look = replace(look, style=self.small)
        if node.tag == "a" and look.style is None and look.position is None:
            look = replace(look, style=self.link)
        if classes & {"reservation", "number", "chapter-number"}:
            look = replace(look, colour=self.colours["accent-text"], bold=True)
        if "point-name" in classes:
            look = replace(look, colour=self.colours["primary-text"])
        if "count-number" in classes:
            look = replace(look, bold=True, half_points=32, colour=self.colours["primary-text"])
        return look


def children(node: Node) -> Iterator[Node | str]:
    """Texts and elements in their order, without comments."""
    if node.text:
        yield node.text
    for kid in node:
        if isinstance(kid.tag, str):
            yield kid
        if kid.tail:
            yield kid.tail


def classes_of(node: Node) -> frozenset[str]:
    return frozenset((node.get("class") or "").split())


def _collapsed(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """As CSS does: one blank for many, none at the ends of lines; soft breaks only between texts."""
    at_start, blank, waiting = True, None, False
    for piece in pieces:
        if isinstance(piece, Break):
            blank = None
            if not piece.soft:
                yield piece
                at_start, waiting = True, False
            elif not at_start:
                waiting = True
            continue
        text = _BLANKS.sub(" ", piece.text) if isinstance(piece, Words) else "x"
        if isinstance(piece, Words) and text.startswith(" ") and not at_start and not waiting:
            blank = replace(piece, text=" ")
        if not text.strip(" "):
            continue
        if waiting:
            yield Break()
            waiting, blank = False, None
        if blank:
            yield blank
            blank = None
        if isinstance(piece, Words):
            yield replace(piece, text=text.strip(" "))
            blank = replace(piece, text=" ") if text.endswith(" ") else None
        else:
            yield piece
        at_start = False
