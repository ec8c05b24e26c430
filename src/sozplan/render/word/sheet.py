"""What has to stand on a single page: two columns, smaller type, set tighter where it would be too much."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from xml.etree.ElementTree import Element as Node

from sozplan.render.word import sections
from sozplan.render.word.blocks import Writer
from sozplan.render.word.heights import height
from sozplan.render.word.inline import children
from sozplan.render.word.markup import Element, W, find, paragraph, resize, run, tag_of, update, w
from sozplan.render.word.place import Place

_WIDE = 0.57
"""Of the width: the first column, as the style sheets have it."""
_GAP = 454
"""Twips between the columns."""
_SPARE = 0.96
"""Of a page: what is reckoned to be this full may come out fuller elsewhere."""


@dataclass(frozen=True, slots=True)
class Form:
    half_points: int
    before: int = 0
    after: int = 0
    line: int = 247
    """240 are single; less would cut the tops of pictures off."""


_FORMS: Mapping[str, Form] = {
    "text": Form(17, after=50), "item": Form(17, after=14), "quote": Form(17, after=40),
    "h1": Form(38, after=20), "h2": Form(22, before=130, after=30), "h3": Form(19, before=100, after=20),
    "lead": Form(18, before=160, after=20), "subtitle": Form(21, after=100), "caption": Form(16, before=60, after=30),
    "note": Form(15, before=40, after=30), "cell": Form(16, before=26, after=26), "head": Form(15, before=20, after=30),
    "figure": Form(16, before=26, after=26), "sender": Form(24, after=20),
}  # fmt: skip
_SINGLE = 240
_LESSER = 14
"""Half points of small text beside other."""
_TIGHTER = (1.0, 0.94, 0.88, 0.82)


def sheet(writer: Writer, node: Node, place: Place) -> list[Element]:
    blocks = writer.blocks(children(node), place)
    for scale in _TIGHTER:
        _set(writer, blocks, scale)
        if place.section is None or _height(blocks, place) <= sections.height(place.section) * _SPARE - place.taken:
            break
    return blocks


def columns(writer: Writer, node: Node, place: Place) -> list[Element]:
    """Columns of a section of its own, which people can go on writing in; in a cell there can be none."""
    kids = [kid for kid in children(node) if isinstance(kid, Node)]
    if place.section is None or len(kids) != 2:
        return writer.blocks(children(node), place)
    sides = _sides(place.width)
    end = sections.ended(place.section)
    first, second = (writer.blocks([kid], replace(place, width=side, section=None))
                     for kid, side in zip(kids, sides, strict=True))  # fmt: skip
    return [end, *first, *_turned(second), sections.in_columns(place.section, sides, _GAP)]


def _sides(width: int) -> tuple[int, int]:
    first = round((width - _GAP) * _WIDE)
    return first, width - _GAP - first


def _turned(blocks: list[Element]) -> list[Element]:
    """Begins at the top of the next column."""
    turn = run({}, w("br", type="column"))
    if not blocks or tag_of(blocks[0]) != "p":
        return [paragraph({"spacing": w("spacing", before=0, after=0, line=20, lineRule="exact")}, turn), *blocks]
    blocks[0].insert(1 if find(blocks[0], "w:pPr") else 0, turn)
    return blocks


def _set(writer: Writer, blocks: Sequence[Element], scale: float) -> None:
    roles = {writer.styles[role]: role for role in _FORMS if role != "text"}
    for each in (each for block in blocks for each in find(block, "descendant-or-self::w:p")):
        if find(each, "w:pPr/w:spacing[@w:lineRule='exact']"):
            continue
        style = next(iter(find(each, "w:pPr/w:pStyle/@w:val")), "")
        form = _FORMS[roles.get(style, "text")]
        room = {name: round(value * scale) for name, value in (("before", form.before), ("after", form.after))}
        line = _SINGLE if find(each, ".//w:drawing") else max(round(form.line * scale**0.5), _SINGLE)
        mark = w("rPr", w("sz", val=round(form.half_points * scale)))
        update(each, spacing=w("spacing", **room, line=line, lineRule="auto"), rPr=mark)
        for part in find(each, ".//w:r"):
            is_small = writer.styles["small"] in find(part, "w:rPr/w:rStyle/@w:val")
            given = [int(size) for size in find(part, "w:rPr/w:sz/@w:val")]
            resize(part, min(round((_LESSER if is_small else form.half_points) * scale), *given, 99))
    for top in _tops(blocks):
        for spacing in find(top, "w:pPr/w:spacing"):
            spacing.set(f"{{{W}}}before", "0")


def _tops(blocks: Sequence[Element]) -> Iterator[Element]:
    """What begins the columns: both at the same height, whatever comes first in them."""
    for before, block in pairwise(blocks):
        if find(before, "w:pPr/w:sectPr") or find(block, "w:r/w:br[@w:type='column']"):
            yield block


def _height(blocks: Sequence[Element], place: Place) -> float:
    """Of the text before the columns, the higher of these, and the text below."""
    ends = [i for i, block in enumerate(blocks) if find(block, "w:pPr/w:sectPr")]
    if len(ends) != 2:
        return height(blocks, place.width)
    inside = blocks[ends[0] + 1 : ends[1]]
    turn = next((i for i, block in enumerate(inside) if find(block, ".//w:br[@w:type='column']")), len(inside))
    sides = zip((inside[:turn], inside[turn:]), _sides(place.width), strict=True)
    whole = [*blocks[: ends[0]], *blocks[ends[1] + 1 :]]
    return height(whole, place.width) + max(height(side, width) for side, width in sides)
