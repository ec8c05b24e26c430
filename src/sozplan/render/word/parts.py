"""What a text of Word refers to beyond its own part: pictures, addresses, places in the document, footnotes."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element as Node

from sozplan.render.resources import Resources, referred
from sozplan.render.word import pictures
from sozplan.render.word.footnotes import Footnotes
from sozplan.render.word.inline import SVG, classes_of
from sozplan.render.word.markup import Element, clean, find, tag_of, w, x

if TYPE_CHECKING:
    from docx.parts.document import DocumentPart

TWIPS_PER_MM = 1440 / 25.4
_LIMITS = {"masthead-logo": (45 * TWIPS_PER_MM, 14 * TWIPS_PER_MM)}
"""Width and height of what the style sheets keep small."""
_ADDRESS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
_FIRST = 5000
"""Number of the first picture and mark: beyond those of any template."""


class Parts:
    def __init__(self, part: DocumentPart, resources: Resources, anchors: frozenset[str]) -> None:
        self._part, self._resources, self._anchors = part, resources, anchors
        self._footnotes = Footnotes(part)
        self._number = _FIRST
        self._marks: dict[str, str] = {}

    def picture(self, node: Node, width: float) -> Element:
        """`img` or `svg` in line with the text, no wider than `width` twips."""
        found, alt = self._svg(node) if node.tag == SVG else self._image(node)
        limits = next((_LIMITS[name] for name in classes_of(node) if name in _LIMITS), (width, None))
        relation, _ = self._part.get_or_add_image(BytesIO(found.content))
        self._number += 1
        name = f"Bild {self._number - _FIRST}"
        return pictures.drawing(relation, self._number, name, alt, found.within(min(width, limits[0]), limits[1]))

    def link(self, target: str) -> Element | None:
        """Around runs; None where the place isn't in the document."""
        if target.startswith("#"):
            return w("hyperlink", anchor=self._mark(target[1:])) if target[1:] in self._anchors else None
        relation = self._part.relate_to(clean(target), _ADDRESS, is_external=True)
        return x("w:hyperlink", **{"r:id": relation})

    def mark(self, anchor: str, blocks: Sequence[Element]) -> None:
        """Lets links lead to the first paragraph."""
        paragraphs = (each for block in blocks for each in ([block] if tag_of(block) == "p" else find(block, ".//w:p")))
        first = next(paragraphs, None)
        if first is not None:
            start, end = self.marks(anchor)
            first.insert(1 if len(first) and tag_of(first[0]) == "pPr" else 0, start)
            first.append(end)

    def marks(self, anchor: str) -> tuple[Element, Element]:
        """What stands before and after the place that links lead to."""
        self._number += 1
        start = w("bookmarkStart", id=self._number, name=self._mark(anchor))
        return start, w("bookmarkEnd", id=self._number)

    def footnote(self, blocks: Sequence[Element], style: str) -> Element:
        return self._footnotes.add(blocks, style)

    def _mark(self, anchor: str) -> str:
        """Word admits neither hyphens nor long names."""
        return self._marks.setdefault(anchor, f"stelle{len(self._marks) + 1}")

    def _image(self, node: Node) -> tuple[pictures.Picture, str]:
        found = referred(node.get("src") or "", self._resources)
        is_drawing = found.media_type == "image/svg+xml"
        shown = pictures.painted(pictures.parsed(found.content)) if is_drawing else pictures.raster(found.content)
        return shown, (node.get("alt") or "").strip()

    def _svg(self, node: Node) -> tuple[pictures.Picture, str]:
        return pictures.painted(node), pictures.title(node)
