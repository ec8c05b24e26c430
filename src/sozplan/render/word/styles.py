"""Formats by what they are for, found in a template by their names.

Word keeps the names of its own formats in English whatever language it speaks, and their ids in that of whoever made
the file. What an office's template lacks is taken over from the packaged one.
"""

from __future__ import annotations

from copy import deepcopy

from sozplan.render.word.markup import Element, W, find

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
