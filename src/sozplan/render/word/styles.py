"""Formats by what they are for, found in a template by their names.

Word keeps the names of its own formats in English whatever language it speaks, and their ids in that of whoever made
the file. What an office's template lacks is taken over from the packaged one.
"""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass

from sozplan.render.word.markup import Element, W, find
from sozplan.render.word.metrics import runs

ROLES = {
    "text": "Normal",
    **{f"h{level}": f"heading {level}" for level in range(1, 7)},
    "subtitle": "Subtitle",
    "caption": "caption",
    "item": "List Paragraph",
    "quote": "Quote",
    "contents": "TOC Heading",
    **{f"contents-{level}": f"toc {level - 1}" for level in range(2, 5)},
    "footnote": "footnote text",
    "footnote-sign": "footnote reference",
    "link": "Hyperlink",
    "lead": "Vorlagenart",
    "note": "Quelle und Zeichen",
    "cell": "Tabellentext",
    "head": "Tabellenkopf",
    "figure": "Tabellenzahl",
    "sign": "Unterschriftzeile",
    "sender": "Briefkopf",
    "small": "Nebentext",
    "table": "sozplan Tabelle",
    "facts": "sozplan Angaben",
}
"""Names of Word's own formats, then of ours; they are what people see in the list of formats."""

_ID, _VAL = f"{{{W}}}styleId", f"{{{W}}}val"
_DEPTH = 10
"""Of formats that build on each other."""
_DEFAULT_POINTS = 10.0
"""Where a document says nothing, as Word has it."""


@dataclass(frozen=True, slots=True)
class Face:
    """What measures text set in a format."""

    size: float
    """Points, as set."""
    points: float
    """The same for measuring: more for a face that runs wider than Arial, less for a narrower one."""
    lesser: float
    """Lesser text beside it: the share of its size."""


class Styles:
    """Ids in one document, of formats that are there from then on."""

    def __init__(self, own: Element, house: Element) -> None:
        self._own, self._house = own, house
        self._ids: dict[str, str] = {_name(style): style.get(_ID) for style in find(own, "w:style") if _name(style)}

    def __getitem__(self, role: str) -> str:
        return self._id(ROLES[role].lower())

    def numbers_itself(self, role: str) -> bool:
        """Whether the office's format counts its paragraphs."""
        (style,) = find(self._own, f'w:style[@w:styleId="{self[role]}"]')
        return bool(find(style, "w:pPr/w:numPr"))

    def face(self, role: str, lesser: str = "small") -> Face:
        """As it shows here, whoever has set it: this format, those it builds on, the document."""
        points, small = self.points(role), self.points(lesser)
        return Face(points, points * runs(self._said(role, "w:rFonts/@w:ascii") or ""), small / points)

    def points(self, role: str) -> float:
        said = self._said(role, "w:sz/@w:val")
        return int(said) / 2 if said and said.isdecimal() and int(said) else _DEFAULT_POINTS

    def _said(self, role: str, path: str) -> str | None:
        id: str | None = self[role]
        for _ in range(_DEPTH):
            for style in find(self._own, f'w:style[@w:styleId="{id}"]') if id else ():
                if found := find(style, f"w:rPr/{path}"):
                    return str(found[0])
                id = next(iter(find(style, "w:basedOn/@w:val")), None)
        return next(map(str, find(self._own, f"w:docDefaults/w:rPrDefault/w:rPr/{path}")), None)

    def _id(self, name: str) -> str:
        if name not in self._ids:
            self._take_over(name)
        return self._ids[name]

    def _take_over(self, name: str) -> None:
        (found,) = (style for style in find(self._house, "w:style") if _name(style) == name)
        style = deepcopy(found)
        id = found.get(_ID)
        while id in self._ids.values():
            id += "-sozplan"
        self._ids[name] = id
        style.set(_ID, id)
        for link in find(style, "w:basedOn | w:next | w:link"):
            (meant,) = find(self._house, f'w:style[@w:styleId="{link.get(_VAL)}"]')
            link.set(_VAL, self._id(_name(meant)))
        self._own.append(style)


def _name(style: Element) -> str:
    return str(next(iter(find(style, "w:name/@w:val")), "")).lower()
