"""The word across every page of what isn't resolved, as Word itself sets it: behind the text, held by the heads."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sozplan.render.word.markup import Element, find, run, w, x

if TYPE_CHECKING:
    from docx.document import Document
    from docx.section import _Header

_PLACE = (
    "position:absolute;margin-left:0;margin-top:0;width:460pt;height:92pt;rotation:315;z-index:-251658752;"
    "mso-position-horizontal:center;mso-position-horizontal-relative:margin;"
    "mso-position-vertical:center;mso-position-vertical-relative:margin"
)
_SHAPE = "_x0000_t136"
"""Word's name for text along a line."""


def stamp(document: Document, word: str) -> None:
    """Into every kind of head that the template uses; where it has none, an empty one is made."""
    for number, header in enumerate(_headers(document), 1):
        if header.is_linked_to_previous:
            header.is_linked_to_previous = False
        first = find(header._element, ".//w:p")[0]
        first.append(run({}, _shape(word, number)))


def _headers(document: Document) -> Iterator[_Header]:
    both = document.settings.odd_and_even_pages_header_footer
    for number, section in enumerate(document.sections):
        wanted = [section.header]
        if section.different_first_page_header_footer:
            wanted.append(section.first_page_header)
        if both:
            wanted.append(section.even_page_header)
        yield from (header for header in wanted if number == 0 or not header.is_linked_to_previous)


def _shape(word: str, number: int) -> Element:
    kind = x("v:shapetype", x("v:path", textpathok="t"), x("v:textpath", on="t", fitshape="t"),
             id=_SHAPE, coordsize="21600,21600", path="m@7,l@8,m@5,21600l@6,21600e",
             **{"o:spt": 136, "adj": 10800})  # fmt: skip
    kind.insert(0, x("v:formulas", *(x("v:f", eqn=each) for each in _FORMULAS)))
    text = x("v:textpath", string=word, style="font-family:Arial;font-size:1pt")
    names = {"id": f"PowerPlusWaterMarkObject{number}", "o:spid": f"_x0000_s{2048 + number}", "type": f"#{_SHAPE}"}
    fill = {"fillcolor": "#ededed", "stroked": "f", "o:allowincell": "f"}
    shape = x("v:shape", text, alt=word, style=_PLACE, **names, **fill)
    return w("pict", kind, shape)


_FORMULAS = (
    "sum #0 0 10800", "prod #0 2 1", "sum 21600 0 @1", "sum 0 0 @2", "sum 21600 0 @3", "if @0 @3 0", "if @0 21600 @1",
    "if @0 0 @2", "if @0 @4 21600", "mid @5 @6", "mid @8 @5", "mid @7 @8", "mid @6 @7", "sum @6 0 @5",
)  # fmt: skip
"""Of Word's own shape."""
