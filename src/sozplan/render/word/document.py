"""The council paper as a file of Word: the template filled, the content put in its place, the same bytes every time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from importlib.resources import files
from io import BytesIO
from typing import TYPE_CHECKING

from sozplan.diagnostics import Lang
from sozplan.render.colours import Design
from sozplan.render.document import Html
from sozplan.render.html import TemplateRefused
from sozplan.render.resources import Resources
from sozplan.render.word import properties, sections, watermark
from sozplan.render.word.archive import packed
from sozplan.render.word.blocks import Writer
from sozplan.render.word.companions import companion
from sozplan.render.word.inline import Inline
from sozplan.render.word.lists import Lists
from sozplan.render.word.markup import Element, W, find, ink, tag_of, w
from sozplan.render.word.metrics import TWIPS_PER_POINT
from sozplan.render.word.page import Page, page
from sozplan.render.word.parts import Parts
from sozplan.render.word.place import Place
from sozplan.render.word.special import SPECIAL
from sozplan.render.word.styles import Styles
from sozplan.render.word.template import BODY, CONTENT, NAME, Fault, fault, filled

if TYPE_CHECKING:
    from docx.document import Document

_HOLDERS = frozenset({"body", "tc", "sdtContent", "txbxContent"})
"""What may hold paragraphs and tables."""

_LEADING = 2.3 * TWIPS_PER_POINT
"""Twips that a line and the space below it take at most, for a point of its size."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a file of Word needs beside the page."""

    fields: Mapping[str, object]
    """Values of the placeholders."""
    author: str
    """The municipality: a document names no person."""
    design: Design = field(default_factory=Design)
    template: bytes | None = None
    """The office's own, if it is trusted."""


def docx(document: Html, sheet: Sheet, *, created: date, resources: Resources | None = None) -> bytes:
    """Raises TemplateRefused for an office's template that can't be used, ResourceRefused for a picture."""
    import docx as python_docx

    content = page(document.text)
    house = (files("sozplan") / "templates" / NAME).read_bytes()
    known = {"title": document.title, "kind": content.kind, "draft": content.watermark or "", **sheet.fields}
    word = python_docx.Document(
        BytesIO(filled(house if sheet.template is None else sheet.template, known, document.lang))
    )
    if sheet.template is None:
        for root in _roots(word):
            _recolour(root, sheet.design)
    try:
        formats = python_docx.Document(BytesIO(house)).styles.element
        _put(word, content, _writer(word, content, sheet, formats, document.lang, resources or Resources()))
    except Fault as error:
        raise TemplateRefused(NAME, None, error.text) from error
    if content.watermark:
        watermark.stamp(word, content.watermark)
    properties.describe(word, document.title, sheet.author, document.lang, created)
    out = BytesIO()
    word.save(out)
    return packed(out.getvalue(), created)


def _writer(word: Document, content: Page, sheet: Sheet, formats: Element, lang: Lang, resources: Resources) -> Writer:
    _recolour(formats, sheet.design)
    styles = Styles(word.styles.element, formats)
    inline = Inline(sheet.design.properties, styles["small"], styles["link"])
    lists = Lists(companion(word.part, "numbering", w("numbering")), sheet.design.properties["accent-text"])
    writer = Writer(styles, lists, Parts(word.part, resources, content.anchors), inline, lang)
    writer.special = SPECIAL
    return writer


# Where the content goes


def _put(word: Document, content: Page, writer: Writer) -> None:
    marks = [(root, each) for root in _roots(word) for each in find(root, ".//processing-instruction('sozplan')")]
    if len(marks) != 1:
        raise _misplaced(len(marks))
    ((root, found),) = marks
    holder = found.getparent()
    if root is not word.element or tag_of(holder) not in _HOLDERS:
        raise _misplaced(1)
    nodes = content.body if found.text.strip() == BODY else (*content.head, *content.body)
    section = sections.around(holder, found)
    taken = sections.lines_beside(holder, found) * writer.styles.points("text") * _LEADING
    place = Place(_width(holder, section), section=section if tag_of(holder) == "body" else None, taken=round(taken))
    for block in writer.blocks(nodes, place):
        found.addprevious(block)
    before, after = found.getprevious(), found.getnext()
    if before is not None and tag_of(before) == "tbl" and (after is None or tag_of(after) == "sectPr"):
        found.addprevious(w("p"))  # neither a text nor a cell may end with a table
    holder.remove(found)


def _misplaced(count: int) -> Fault:
    places = f"{{{{p {CONTENT} }}}}", f"{{{{p {BODY} }}}}"
    if count == 1:
        return fault(f"„{places[0]}“ oder „{places[1]}“ muss im Text stehen, allein in einem Absatz.",
                     f"“{places[0]}” or “{places[1]}” must stand in the text, alone in a paragraph.")  # fmt: skip
    return fault(f"Genau einmal muss „{places[0]}“ (alles) oder „{places[1]}“ (ohne Kopf) in ihr stehen.",
                 f"“{places[0]}” (all) or “{places[1]}” (without the head) must stand in it exactly once.")  # fmt: skip


def _roots(word: Document) -> Iterator[Element]:
    """All trees of the document: text, formats, heads and feet."""
    return (part.element for part in word.part.package.iter_parts() if hasattr(part, "element"))


def _width(holder: Element, section: Element) -> int:
    """Twips between the margins, or of the cell."""
    cell = [int(value) for value in find(holder, "self::w:tc/w:tcPr/w:tcW[@w:type='dxa']/@w:w")]
    return cell[0] - 216 if cell else sections.width(section)


def _recolour(root: Element, design: Design) -> None:
    """The packaged template is made in our own colours; those of the municipality take their places."""
    house = Design().properties
    instead = {ink(house[name]): ink(value) for name, value in design.properties.items()}
    for element in root.iter():
        for name in ("val", "color", "fill"):
            value = element.get(f"{{{W}}}{name}") if isinstance(element.tag, str) else None
            if value is not None and value.upper() in instead and tag_of(element) not in {"spacing", "ind", "pos"}:
                element.set(f"{{{W}}}{name}", instead[value.upper()])
