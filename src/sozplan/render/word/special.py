"""The parts of a paper that are more than text and tables: letterhead, boxes, contents, lines to sign."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from xml.etree.ElementTree import Element as Node

from sozplan.render.word import sections, sheet, tables
from sozplan.render.word.blocks import Writer
from sozplan.render.word.inline import children, classes_of
from sozplan.render.word.lists import STEP
from sozplan.render.word.look import field
from sozplan.render.word.markup import Element, W, find, ink, run, tag_of, update, w
from sozplan.render.word.metrics import TWIPS_PER_POINT
from sozplan.render.word.place import Place

_INSET = 160
"""Twips between the margin and a frame."""
_GAP = 200
"""Twips between pictures side by side."""
_POINTS = re.compile(r"(?:^|;)\s*width:\s*(\d{1,4}(?:\.\d+)?)pt")
_WHOLE = 100_000
_CONTENTS = r'TOC \o "2-3" \h \n'
"""By headings, with links, without numbers of pages: those Word would only know after somebody has asked it to."""


def letterhead(writer: Writer, node: Node, place: Place) -> list[Element]:
    """The municipality on the left, the logo on the right, a line below."""
    kids = list(node)
    widths = [place.width * 3 // 5, place.width - place.width * 3 // 5] if len(kids) == 2 else [place.width]
    groups = [[kid] for kid in kids] if len(kids) == 2 else [kids]
    cells = [writer.blocks(group, Place(width)) for group, width in zip(groups, widths, strict=True)]
    for block in cells[-1] if len(cells) == 2 else ():
        update(block, jc=w("jc", val="right"))
    return [tables.layout(cells, widths, writer.inline.colours["primary"])]


def box(writer: Writer, node: Node, place: Place) -> list[Element]:
    """Paragraphs on a ground with a line at their left, all on one page."""
    colours = writer.inline.colours
    line = ink(colours["accent" if "box-warn" in classes_of(node) else "primary"])
    ground = ink(colours["wash"])
    edges = dict.fromkeys(("top", "bottom", "right"), (4, ground))
    return _framed(writer, node, place, {"top": edges["top"], "left": (18, line), **edges}, ground)


def taken(writer: Writer, node: Node, place: Place) -> list[Element]:
    """What the council has decided, in a thin frame."""
    line = ink(writer.inline.colours["rule"])
    return _framed(writer, node, place, dict.fromkeys(("top", "left", "bottom", "right"), (4, line)), None)


def _framed(
    writer: Writer, node: Node, place: Place, lines: dict[str, tuple[int, str]], ground: str | None
) -> list[Element]:
    blocks = writer.blocks(children(node), replace(place, section=None))
    for block in (each for each in blocks if tag_of(each) == "p"):
        borders = (w(side, val="single", sz=size, space=6, color=colour) for side, (size, colour) in lines.items())
        shade = {"shd": w("shd", val="clear", color="auto", fill=ground)} if ground else {}
        update(block, pBdr=w("pBdr", *borders), keepLines=w("keepLines"), ind=_inset(block), **shade)
    for first, second in pairwise(blocks):
        if _is_item(first) != _is_item(second):
            apart([first], after=0)
            apart([second], before=0)
    apart(blocks, before=240, after=240)
    tables.hold(blocks[:-1])
    return blocks


def _inset(block: Element) -> Element:
    """The edges of a frame go by the indent: those of an item must stand where those of the others do."""
    level = next((int(each) for each in find(block, "w:pPr/w:numPr/w:ilvl/@w:val")), -1)
    hanging = {"hanging": STEP} if level >= 0 else {}
    return w("ind", left=_INSET + STEP * (level + 1), right=_INSET, **hanging)


def _is_item(block: Element) -> bool:
    return bool(find(block, "w:pPr/w:numPr"))


def table_block(writer: Writer, node: Node, place: Place) -> list[Element]:
    """A table and the legends that stay with it."""
    kids = [kid for kid in children(node) if isinstance(kid, Node) or kid.strip()]
    found: list[Element] = []
    wider = sections.width(place.section, turned=True) if place.section is not None else None
    for position, kid in enumerate(kids):
        followed = position + 1 < len(kids)
        if isinstance(kid, Node) and kid.tag == "table":
            found += writer.table(kid, place, noted=followed, wider=wider)
        else:
            blocks = writer.blocks([kid], place)
            tables.hold(blocks if followed else blocks[:-1])
            found += blocks
    apart(found[-1:], after=200)
    if place.section is not None and any(block is each for block in found for each in writer.turned):
        return [sections.ended(place.section), *found, sections.turned(place.section)]
    return found


def pictures(writer: Writer, node: Node, place: Place) -> list[Element]:
    """Small ones side by side, as on the page."""
    found: list[Element] = []
    for row in _rows([each for each in children(node) if isinstance(each, Node)], place.width):
        if len(row) == 1:
            found += writer.blocks(row, place)
            continue
        widths = [min(_wide(each) + _GAP, place.width) for each in row[:-1]]
        widths.append(place.width - sum(widths))
        cells = [writer.blocks([each], replace(place, width=wide - _GAP * (each is not row[-1])))
                 for each, wide in zip(row, widths, strict=True)]  # fmt: skip
        for cell in cells:
            apart(cell, before=120)
            for block in cell:
                update(block, ind=w("ind", right=_GAP))
        found.append(tables.layout(cells, widths))
    return found


def _rows(shown: Sequence[Node], width: int) -> Iterator[list[Node]]:
    row: list[Node] = []
    for each in shown:
        if row and sum(map(_wide, row)) + _wide(each) + _GAP * len(row) > width:
            yield row
            row = []
        row.append(each)
    yield row


def _wide(picture: Node) -> int:
    """Twips, as the page says; what says nothing takes a line of its own."""
    found = _POINTS.search(picture.get("style") or "")
    return round(float(found[1]) * TWIPS_PER_POINT) if found else _WHOLE


def new_page(writer: Writer, node: Node, place: Place) -> list[Element]:
    blocks = writer.blocks(children(node), place)
    first = next((block for block in blocks if tag_of(block) == "p"), None)
    if first is not None:
        update(first, pageBreakBefore=w("pageBreakBefore"))
    return blocks


def contents(writer: Writer, node: Node, place: Place) -> list[Element]:
    """A field that Word can make anew, filled with what it would find."""
    title = writer.blocks([kid for kid in node if kid.tag == "p"], place)
    entries = [writer.paragraph(_level(item), writer.inline.pieces(children(item)), place) for item in node.iter("li")]
    tables.hold([*title, *entries[:-1]])
    if entries:
        begin, instruct, separate, _, end = field(_CONTENTS, "")
        for position, each in enumerate((begin, instruct, separate)):
            entries[0].insert(1 + position, each)
        entries[-1].append(end)
    return [*title, *entries]


def signature(writer: Writer, node: Node, place: Place) -> list[Element]:
    """Lines of tabs, so that there is nothing to move when somebody writes on them."""
    texts = [writer.inline.pieces(children(each)) for each in node.iter("p")]
    room = place.width // max(len(texts), 1)
    stops = [stop for i in range(len(texts)) for stop in (i * room, i * room + room * 9 // 10)]
    ruled = [
        w("tab", val="left", leader="underscore" if i % 2 else "none", pos=stop) for i, stop in enumerate(stops) if stop
    ]
    room_above = {"keepNext": w("keepNext"), "spacing": w("spacing", before=800)}
    line = writer.paragraph("sign", [], place, tabs=w("tabs", *ruled), **room_above)
    line.extend(run({}, w("tab")) for _ in ruled)
    places = w("tabs", *(w("tab", val="left", pos=i * room) for i in range(1, len(texts))))
    below = writer.paragraph("sign", [], place, tabs=places)
    for position, pieces in enumerate(texts):
        if position:
            below.append(run({}, w("tab")))
        below.extend(writer.runs(pieces, place))
    return [line, below]


def signing(writer: Writer, node: Node, place: Place) -> list[Element]:
    """The annexes, who signs along and the places to sign: all on one page, so that no place to sign stands alone."""
    blocks = writer.blocks(children(node), place)
    tables.hold(blocks[:-1])
    return blocks


def apart(blocks: list[Element], **room: int) -> None:
    """Twips above the first and below the last of them."""
    for side, position in (("before", 0), ("after", -1)):
        if side in room and blocks and tag_of(blocks[position]) == "p":
            given = next(iter(find(blocks[position], "w:pPr/w:spacing")), None)
            spacing = given if given is not None else w("spacing")
            spacing.set(f"{{{W}}}{side}", str(room[side]))
            update(blocks[position], spacing=spacing)


SPECIAL = {
    "masthead": letterhead,
    "box": box,
    "taken": taken,
    "toc": contents,
    "signature": signature,
    "signing": signing,
    "pictures": pictures,
    "sheet": sheet.sheet,
    "columns": sheet.columns,
    "new-page": new_page,
    "table-block": table_block,
}
"""By class on the page."""


def _level(item: Node) -> str:
    level = next((name.removeprefix("toc-") for name in classes_of(item) if name.startswith("toc-")), "2")
    return f"contents-{min(max(int(level), 2), 4)}"
