"""How high blocks come out, for what must fit on one page: Word tells nobody before somebody opens the file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sozplan.render.word.markup import Element, find, tag_of
from sozplan.render.word.metrics import LINE, TWIPS_PER_POINT, measured
from sozplan.render.word.pictures import EMU_PER_TWIP
from sozplan.render.word.tables import pieces
from sozplan.render.word.widths import broken_lines

_MARGINS = 150
"""Twips at both sides of a cell."""
_RULE = 12
"""Twips between two rows."""
_SINGLE = 240
"""Of the height of a line, as Word writes it."""


def height(blocks: Iterable[Element], width: float) -> float:
    """Twips of blocks below each other, whose sizes and spaces are set by hand."""
    total = after = 0.0
    for block in blocks:
        before, own, following = _table(block) if tag_of(block) == "tbl" else _paragraph(block, width)
        total += max(after, before) + own
        after = following
    return total + after


def _table(table: Element) -> tuple[float, float, float]:
    columns = [int(each) for each in find(table, "w:tblGrid/w:gridCol/@w:w")]
    return 0, sum(_row(row, columns) + _RULE for row in find(table, "w:tr")), 0


def _row(row: Element, columns: list[int]) -> float:
    highest, column = 0.0, 0
    for cell in find(row, "w:tc"):
        over = next((int(each) for each in find(cell, "w:tcPr/w:gridSpan/@w:val")), 1)
        wide = sum(columns[column : column + over]) - _MARGINS
        highest = max(highest, height(find(cell, "w:p | w:tbl"), wide))
        column += over
    return highest


def _paragraph(block: Element, width: float) -> tuple[float, float, float]:
    spacing = {
        name: int(next(iter(find(block, f"w:pPr/w:spacing/@w:{name}")), 0)) for name in ("before", "after", "line")
    }
    if "exact" in find(block, "w:pPr/w:spacing/@w:lineRule"):
        return spacing["before"], spacing["line"], spacing["after"]
    indents = sum(int(each) for each in find(block, "w:pPr/w:ind/@w:left | w:pPr/w:ind/@w:right"))
    size = max((int(each) / 2 for each in find(block, ".//w:rPr/w:sz/@w:val")), default=0.0)
    line = size * LINE * TWIPS_PER_POINT * (spacing["line"] or _SINGLE) / _SINGLE
    pictures = [int(each) / EMU_PER_TWIP for each in find(block, ".//wp:extent/@cy")]
    lines = sum(broken_lines(words, width - indents, 0) for words in _words(block))
    return spacing["before"], max([lines * line, *pictures]), spacing["after"]


def _words(block: Element) -> Iterator[list[float]]:
    """Widths of the words of each line that is broken by hand, with their blanks."""
    line: list[float] = []
    for text, points, bold in pieces(block):
        first, *others = text.split("\n")
        line += [measured(f"{word} ", points, bold=bold) for word in first.split(" ") if word]
        for other in others:
            yield line
            line = [measured(f"{word} ", points, bold=bold) for word in other.split(" ") if word]
    yield line
