"""Sections of a document: stretches of text with a page and columns of their own."""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy

from sozplan.render.word.markup import Element, find, paragraph, tag_of, w

_ORDER = (
    "headerReference", "footerReference", "footnotePr", "endnotePr", "type", "pgSz", "pgMar", "paperSrc", "pgBorders",
    "lnNumType", "pgNumType", "cols",
)  # fmt: skip
_OF_THE_FIRST = "w:headerReference | w:footerReference | w:pgNumType | w:titlePg"
"""What a section on the same page takes from the one before it."""


def around(holder: Element, mark: Element) -> Element:
    """The properties of the section in which the mark stands: Word keeps them at its end."""
    below = find(holder, "w:p/w:pPr/w:sectPr | w:sectPr") if tag_of(holder) == "body" else []
    after = (each for each in below if _is_after(each, mark))
    last = find(holder, "ancestor-or-self::w:body/w:sectPr")
    return next(after, *last)


def lines_beside(holder: Element, mark: Element) -> int:
    """Of the office's own text in the same section, reckoned as a line a paragraph and a row."""
    count, is_past = 0, False
    for block in holder:
        if block is mark:
            is_past = True
            continue
        count += tag_of(block) == "p" or len(find(block, "w:tr"))
        if find(block, "w:pPr/w:sectPr"):
            if is_past:
                break
            count = 0
    return count


def _is_after(section: Element, mark: Element) -> bool:
    holder = mark.getparent()
    block = section if section.getparent() is holder else section.getparent().getparent()
    return bool(holder.index(block) > holder.index(mark))


def width(section: Element, *, turned: bool = False) -> int:
    """Twips between the margins; these stay where they are when a page is turned."""
    side = "h" if turned else "w"
    page, *margins = _numbers(section, f"w:pgSz/@w:{side}", "w:pgMar/@w:left", "w:pgMar/@w:right")
    return page - sum(margins)


def height(section: Element) -> int:
    page, *margins = _numbers(section, "w:pgSz/@w:h", "w:pgMar/@w:top", "w:pgMar/@w:bottom")
    return page - sum(map(abs, margins))


def ended(section: Element) -> Element:
    """A line of no height that ends the section here; what follows goes on in it, without a break."""
    end = _line(deepcopy(section))
    _go_on(section)
    return end


def in_columns(section: Element, columns: Sequence[int], gap: int) -> Element:
    """The end of a stretch set in columns, on the page of what stands before."""
    own = deepcopy(section)
    _go_on(own)
    last = len(columns) - 1
    _put(own, w("cols", *(w("col", w=wide, space=gap if i < last else 0) for i, wide in enumerate(columns)),
                num=len(columns), space=gap, equalWidth=0))  # fmt: skip
    return _line(own)


def turned(section: Element) -> Element:
    """The end of pages on their side; what follows begins a page that stands upright again."""
    own = deepcopy(section)
    _go_on(section, "nextPage")
    _go_on(own, "nextPage")
    wide, high = _numbers(own, "w:pgSz/@w:w", "w:pgSz/@w:h")
    _put(own, w("pgSz", w=high, h=wide, orient="landscape"))
    return _line(own)


def _go_on(section: Element, kind: str = "continuous") -> None:
    for each in find(section, _OF_THE_FIRST):
        section.remove(each)
    _put(section, w("type", val=kind))


def _put(section: Element, element: Element) -> None:
    """Where the schema wants it, instead of what stood there."""
    for old in find(section, f"w:{tag_of(element)}"):
        section.remove(old)
    before = _ORDER[: _ORDER.index(tag_of(element))]
    section.insert(sum(tag_of(each) in before for each in section), element)


def _line(section: Element) -> Element:
    return paragraph({"spacing": w("spacing", before=0, after=0, line=20, lineRule="exact"), "sectPr": section})


def _numbers(section: Element, *paths: str) -> list[int]:
    return [int(value) for path in paths for value in find(section, path)]
