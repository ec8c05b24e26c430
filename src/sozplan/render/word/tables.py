"""Tables of Word: the head repeated on every page, no row torn, widths from what stands in the cells."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from sozplan.render.word.grid import Cell, Grid, Row
from sozplan.render.word.markup import Element, find, ink, tag_of, update, w
from sozplan.render.word.pictures import EMU_PER_TWIP
from sozplan.render.word.widths import Column, Line, widths

SMALL = 7
"""Rows of a table that is never torn."""
_SMALLER, _RAISED = 0.88, 0.6
_EXTENTS, _STYLE = ".//wp:extent/@cx", "w:rPr/w:rStyle/@w:val"
Content = Callable[[Cell, str], list[Element]]
"""What stands in a cell of the head, the body or the foot."""


def table(
    of: Grid, content: Content, *, style: str, width: int, about: str, small: str, wash: str, whole: bool, noted: bool
) -> Element:
    """`about` is read to those who don't see the table; `small` is the format of lesser text.

    A table that is `noted` ends on the page of the line below, one that is `whole` isn't torn at all.
    """
    filled = [(row, [(cell, _closed(content(cell, row.part))) for cell in row.cells])
              for row in of.rows]  # fmt: skip
    columns = widths(list(_columns(of, filled, small)), width)
    rows = [_row(row, cells, columns, wash) for row, cells in filled]
    _hold(of, rows, whole=whole or len(rows) <= SMALL, noted=noted)
    grid = w("tblGrid", *(w("gridCol", w=each) for each in columns))
    return w("tbl", _properties(of, style, about), grid, *rows)


def hold(blocks: Iterable[Element]) -> None:
    """Keeps each paragraph on the page of the next."""
    for block in blocks:
        for each in [block] if tag_of(block) == "p" else find(block, ".//w:p"):
            update(each, keepNext=w("keepNext"))


def layout(cells: Sequence[list[Element]], columns: Sequence[int], line: str) -> Element:
    """Blocks side by side with a line below: no table of figures, so it has neither head nor style."""
    border = w("tblBorders", w("bottom", val="single", sz=12, space=0, color=ink(line)))
    margins = w("tblCellMar", w("left", w=0, type="dxa"), w("right", w=0, type="dxa"))
    properties = w("tblPr", w("tblW", w=sum(columns), type="dxa"), border, w("tblLayout", type="fixed"), margins,
                   w("tblLook", val="0000"))  # fmt: skip
    row = w("tr", w("trPr", w("cantSplit")), *(
        w("tc", w("tcPr", w("tcW", w=wide, type="dxa"), w("vAlign", val="bottom")), *_closed(cell))
        for cell, wide in zip(cells, columns, strict=True)))  # fmt: skip
    return w("tbl", properties, w("tblGrid", *(w("gridCol", w=each) for each in columns)), row)


def _properties(of: Grid, style: str, about: str) -> Element:
    looks = {"firstRow": of.head > 0, "lastRow": any(row.part == "tfoot" for row in of.rows),
             "firstColumn": of.has_row_heads}  # fmt: skip
    look = w("tblLook", val=_bits(**looks), **{name: int(on) for name, on in looks.items()},
             lastColumn=0, noHBand=1, noVBand=1)  # fmt: skip
    return w("tblPr", w("tblStyle", val=style), w("tblW", w=5000, type="pct"), w("tblLayout", type="fixed"), look,
             *([w("tblCaption", val=about)] if about else []))  # fmt: skip


def _bits(*, firstRow: bool, lastRow: bool, firstColumn: bool) -> str:  # noqa: N803 - named as in the schema
    return f"{0x20 * firstRow + 0x40 * lastRow + 0x80 * firstColumn + 0x600:04X}"


def _row(row: Row, cells: Sequence[tuple[Cell, list[Element]]], columns: Sequence[int], wash: str) -> Element:
    head = [w("tblHeader")] if row.part == "thead" else []
    shade = [w("shd", val="clear", color="auto", fill=ink(wash))] if row.is_group else []
    return w("tr", w("trPr", w("cantSplit"), *head), *(_cell(cell, blocks, columns, shade) for cell, blocks in cells))


def _cell(cell: Cell, blocks: list[Element], columns: Sequence[int], shade: list[Element]) -> Element:
    wide = sum(columns[cell.column : cell.column + cell.columns])
    spans = [w("gridSpan", val=cell.columns)] if cell.columns > 1 else []
    merged = [w("vMerge")] if cell.node is None else [w("vMerge", val="restart")] if cell.rows > 1 else []
    return w("tc", w("tcPr", w("tcW", w=wide, type="dxa"), *spans, *merged, *shade), *blocks)


def _closed(blocks: list[Element]) -> list[Element]:
    """A cell must end with a paragraph."""
    return blocks if blocks and tag_of(blocks[-1]) == "p" else [*blocks, w("p")]


def _columns(of: Grid, filled: Iterable[tuple[Row, list[tuple[Cell, list[Element]]]]], small: str) -> Iterator[Column]:
    cells = [each for _, row in filled for each in row if each[0].columns == 1]
    for number, share in enumerate(of.shares):
        own = [(cell, blocks) for cell, blocks in cells if cell.column == number]
        lines = [line for _, blocks in own for block in blocks for line in _lines(block, small)]
        extents = [int(cx) / EMU_PER_TWIP for _, blocks in own for block in blocks for cx in find(block, _EXTENTS)]
        yield Column(lines, share, any(cell.is_figure for cell, _ in own), max(extents, default=0))


def _lines(block: Element, small: str) -> Iterator[Line]:
    """The lines of a paragraph with the sizes of their parts."""
    line: list[tuple[str, float]] = []
    for run in find(block, ".//w:r"):
        size = _RAISED if find(run, "w:rPr/w:vertAlign") else _SMALLER if small in find(run, _STYLE) else 1.0
        first, *others = text_of(run).split("\n")
        line.append((first, size))
        for other in others:
            yield line
            line = [(other, size)]
    yield line


def text_of(block: Element) -> str:
    """As people read it; a line a line."""
    parts = {"br": "\n", "tab": " ", "noBreakHyphen": "-"}
    found = (each.text or "" if tag_of(each) == "t" else parts.get(tag_of(each), "") for each in block.iter())
    return "".join(found)


def _hold(of: Grid, rows: Sequence[Element], *, whole: bool, noted: bool) -> None:
    """Heads stay with what follows, the last rows with each other, so that no page begins or ends with a lonely one."""
    last = len(rows) - 1
    for number, (row, element) in enumerate(zip(of.rows, rows, strict=True)):
        early = number <= of.head or number == last - 1 or row.is_group
        if ((whole or early) and number < last) or (noted and number == last):
            hold([element])
