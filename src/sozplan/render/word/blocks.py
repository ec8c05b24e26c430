"""The finished page as paragraphs and tables of Word.

Whatever the page says, Word says: a block that isn't known here is walked through for the blocks and texts in it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby, pairwise
from xml.etree.ElementTree import Element as Node

from sozplan.diagnostics import Lang
from sozplan.render.word import tables
from sozplan.render.word.grid import Cell, grid
from sozplan.render.word.inline import Break, Inline, Note, Piece, Shown, Tab, Words, children, classes_of
from sozplan.render.word.lists import STEP, Lists, numbered
from sozplan.render.word.look import PLAIN, field, shown
from sozplan.render.word.markup import Element, find, paragraph, run, tag_of, update, w
from sozplan.render.word.parts import Parts
from sozplan.render.word.place import Place
from sozplan.render.word.styles import Styles

_BLOCKS = frozenset(
    {"p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "table", "blockquote", "pre", "hr", "dl", "dt"}
    | {"dd", "section", "article", "aside", "figure", "figcaption", "nav", "header", "footer", "address", "details"}
)
_SILENT = frozenset({"style", "script", "template"})
_ROLES = {
    "legend": "note", "source": "note", "meta": "note", "glance-note": "note", "masthead-kind": "note",
    "masthead-address": "note", "lead": "lead",
    "subtitle": "subtitle", "picture-caption": "caption", "masthead-municipality": "sender", "toc-title": "contents",
}  # fmt: skip
"""Formats of paragraphs by their class on the page."""
_LEADING = frozenset({"meta", "dissent-who", "lead", "point-name"})
"""Classes of paragraphs that stay with what follows."""
_MARKS = {"mark-done": "✓", "mark-ahead": "◦", "mark-late": "‼"}
"""What the style sheets set before items instead of a bullet."""
_MARK = 200
"""Twips that a mark and the blank behind it take."""
_HELD = frozenset({"keep", "dissent", "picture"})
_CELLS = frozenset({"cell", "head", "figure"})
_RIGHT = re.compile(r"text-align:\s*(right|end)")
_POINT = 360
"""Twips of the line that names a point: its room above stays on the ground of a box, which space between doesn't."""
_ABOVE = 140
"""Twips above a paragraph that follows a table."""
NAMES: Mapping[str, Mapping[Lang, str]] = {
    "table": {"de": "Tabelle", "en": "Table"},
    "figure": {"de": "Abbildung", "en": "Figure"},
}


class Writer:
    """Writes blocks into one document; `special` knows the parts of a paper that are more than text and tables."""

    def __init__(self, styles: Styles, lists: Lists, parts: Parts, inline: Inline, lang: Lang) -> None:
        self.styles, self.lists, self.parts, self.inline = styles, lists, parts, inline
        self._lang = lang
        self._counts: dict[str, int] = {}
        self.turned: list[Element] = []
        """Tables that only a page on its side can hold."""
        self.special: Mapping[str, Callable[[Writer, Node, Place], list[Element]]] = {}

    def blocks(self, nodes: Iterable[Node | str], place: Place) -> list[Element]:
        """Loose texts between blocks are paragraphs, as in a browser."""
        found: list[Element] = []
        for is_block, group in groupby(nodes, lambda node: isinstance(node, Node) and node.tag in _BLOCKS):
            if is_block:
                found += [element for node in group if isinstance(node, Node) for element in self._block(node, place)]
            else:
                heard = (node for node in group if isinstance(node, str) or node.tag not in _SILENT)
                pieces = self.inline.pieces(heard, place.look)
                found += [self.paragraph(place.style, pieces, place)] if pieces else []
        return self._noted(_spaced(found))

    def _noted(self, blocks: list[Element]) -> list[Element]:
        """A table's last row stays with what is said of it below."""
        for table, note in pairwise(blocks):
            if tag_of(table) == "tbl" and self.styles["note"] in find(note, "w:pPr/w:pStyle/@w:val"):
                tables.hold(find(table, "w:tr")[-1:])
        return blocks

    def _block(self, node: Node, place: Place) -> list[Element]:
        classes = classes_of(node)
        if _RIGHT.search(node.get("style") or ""):
            place = replace(place, align="right")
        write = next((write for name, write in self.special.items() if name in classes), None)
        blocks = write(self, node, place) if write else self._plain(node, classes, place)
        if anchor := node.get("id"):
            self.parts.mark(anchor, blocks)
        return blocks

    def _plain(self, node: Node, classes: frozenset[str], place: Place) -> list[Element]:
        match node.tag:
            case "h1" | "h2" | "h3" | "h4" | "h5" | "h6":
                return [self._heading(node, classes, place)]
            case "p" | "dt" | "figcaption" | "address":
                return self._text(node, classes, place)
            case "ul" | "ol":
                return self._list(node, place)
            case "table":
                return self.table(node, place)
            case "blockquote":
                return self.blocks(children(node), replace(place, style="quote"))
            case "pre":
                return [self.paragraph(place.style, [Words("".join(node.itertext()).strip("\n"))], place)]
            case "hr":
                return [paragraph({"pBdr": w("pBdr", w("bottom", val="single", sz=4, space=1, color="auto"))})]
        inside = replace(place, whole=place.whole or bool(classes & {"whole-tables", *_HELD}))
        blocks = self.blocks(children(node), inside)
        if classes & _HELD or node.tag == "figure":
            tables.hold(blocks[:-1])
        return blocks

    # Paragraphs

    def _heading(self, node: Node, classes: frozenset[str], place: Place) -> Element:
        counts = "numbered" in classes and not self.styles.numbers_itself(node.tag)
        extra = {"numPr": numbered(self.lists.sections())} if counts else {}
        return self.paragraph(node.tag, self.inline.pieces(children(node)), place, **extra)

    def _text(self, node: Node, classes: frozenset[str], place: Place) -> list[Element]:
        look = self.inline.look(node, place.look)
        if node.tag == "dt" or "dissent-who" in classes:
            look = replace(look, bold=True)
        role = (
            "caption"
            if node.tag == "figcaption"
            else next((_ROLES[each] for each in _ROLES if each in classes), place.style)
        )
        if any(isinstance(kid, Node) and kid.tag in _BLOCKS for kid in children(node)):
            return self.blocks(children(node), replace(place, style=role, look=look))
        pieces = replace(self.inline, loud=role != "note").pieces(children(node), look)
        if not pieces:
            return []
        count = self._count("figure") if role == "caption" and "numbered" in classes else ()
        extra = {"keepNext": w("keepNext")} if classes & _LEADING else {}
        if "point-name" in classes:
            extra["spacing"] = w("spacing", after=20, line=_POINT, lineRule="atLeast")
        return [self.paragraph(role, pieces, place, before=count, **extra)]

    def paragraph(
        self, role: str, pieces: Iterable[Piece], place: Place, *, before: Iterable[Element] = (), **extra: Element
    ) -> Element:
        style = {} if role == "text" else {"pStyle": w("pStyle", val=self.styles[role])}
        align = {"jc": w("jc", val=place.align)} if place.align else {}
        return paragraph({**style, **align, **extra}, *before, *self.runs(pieces, place))

    def runs(self, pieces: Iterable[Piece], place: Place) -> Iterator[Element]:
        for target, group in groupby(pieces, lambda piece: piece.target if isinstance(piece, Words) else None):
            runs = [element for piece in group for element in self._run(piece, place)]
            link = self.parts.link(target) if target and place.style != "footnote" else None
            if link is None:
                yield from runs
            else:
                link.extend(runs)
                yield link

    def _run(self, piece: Piece, place: Place) -> Iterator[Element]:
        match piece:
            case Words():
                yield shown(piece.text, piece.look)
            case Break():
                yield run({}, w("br"))
            case Tab():
                yield run({}, w("tab")) if place.style in _CELLS else shown("\u00a0")
            case Shown():
                yield run({}, self.parts.picture(piece.node, place.width))
            case Note():
                start, end = self.parts.marks(piece.node.get("id") or "")
                blocks = self.blocks(children(piece.node), Place(place.width, "footnote"))
                yield from (start, self.parts.footnote(blocks, self.styles["footnote-sign"]), end)

    def _count(self, kind: str) -> Sequence[Element]:
        self._counts[kind] = self._counts.get(kind, 0) + 1
        name = NAMES[kind][self._lang]
        return [shown(f"{name} "), *field(f"SEQ {name} \\* ARABIC", str(self._counts[kind])), shown("\u2002")]

    # Lists

    def _list(self, node: Node, place: Place) -> list[Element]:
        level = min(place.level + 1, 2)
        number = self.lists.numbers(level) if node.tag == "ol" else self.lists.bullets()
        inside = replace(place, style="item" if place.style == "text" else place.style, level=level)
        found: list[Element] = []
        for item in (kid for kid in node if kid.tag == "li"):
            sign = next((_MARKS[name] for name in classes_of(item) if name in _MARKS), None)
            blocks = self.blocks([f"{sign}\u00a0" if sign else "", *children(item)], inside)
            for position, block in enumerate(blocks):
                if tag_of(block) == "p" and not find(block, "w:pPr/w:numPr | w:pPr/w:ind"):
                    later = {"ind": w("ind", left=_MARK if sign else STEP * (level + 1))}
                    marked = {"ind": w("ind", left=_MARK, hanging=_MARK)}
                    counted = {"numPr": numbered(number, level)}
                    update(block, **(later if position else marked if sign else counted))
            found += blocks
        if place.level < 0:
            tables.hold(found[:1] if len(found) > 1 else [])
            tables.hold(found[-2:-1])
        return found

    # Tables

    def table(self, node: Node, place: Place, *, noted: bool = False, wider: int | None = None) -> list[Element]:
        of = grid(node)
        if not of.shares:
            return []
        kind = "table" if of.head else "facts"
        caption = [self._caption(of.caption, classes_of(node), place)] if of.caption is not None else []
        element, is_turned = tables.table(
            of,
            lambda cell, part: self._cell(cell, part, Place(place.width // len(of.shares), "cell")),
            style=self.styles[kind],
            width=place.width,
            wider=wider,
            about=tables.text_of(caption[0]) if caption else "",
            small=self.styles["small"],
            face=self.styles.face("cell"),
            wash=self.inline.colours["wash"],
            whole=place.whole,
            noted=noted,
        )
        self.turned += [element] if is_turned else []
        return [*caption, element]

    def _caption(self, node: Node, classes: frozenset[str], place: Place) -> Element:
        count = self._count("table") if "numbered" in classes else ()
        pieces = self.inline.pieces(children(node))
        return self.paragraph("caption", pieces, place, before=count, keepNext=w("keepNext"))

    def _cell(self, cell: Cell, part: str, place: Place) -> list[Element]:
        if cell.node is None:
            return []
        style = "head" if part == "thead" else "figure" if cell.is_figure else "cell"
        bold = part == "tfoot" or cell.node.get("scope") == "rowgroup" or "total" in cell.classes
        align = "right" if cell.is_figure and style == "head" else None
        found = self.blocks(
            children(cell.node), replace(place, style=style, look=replace(PLAIN, bold=bold), align=align)
        )
        return found or [self.paragraph(style, [], place)]


def _spaced(blocks: list[Element]) -> list[Element]:
    """Tables know no space after themselves: what follows brings it, and two tables would become one."""
    found: list[Element] = []
    for block in blocks:
        if found and tag_of(found[-1]) == "tbl":
            if tag_of(block) == "tbl":
                found.append(paragraph({"spacing": w("spacing", before=0, after=0, line=120, lineRule="exact")}))
            elif not find(block, "w:pPr/w:pStyle | w:pPr/w:spacing"):
                update(block, spacing=w("spacing", before=_ABOVE))
        found.append(block)
    return found
