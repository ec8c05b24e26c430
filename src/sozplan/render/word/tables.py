"""Tables of Word: the head repeated on every page, no row torn, widths from what stands in the cells."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from sozplan.render.word.grid import Cell, Grid, Row
from sozplan.render.word.lists import STEP
from sozplan.render.word.markup import Element, find, ink, resize, tag_of, update, w
from sozplan.render.word.pictures import EMU_PER_TWIP
from sozplan.render.word.styles import Face
from sozplan.render.word.widths import Column, Line, Part, widths

SMALL = 7
"""Rows of a table that is never torn."""
_RAISED = 0.65
_GAP = 120
"""Twips between what is aligned by a tab and what comes before it."""
_EXTENTS, _STYLE = ".//wp:extent/@cx", "w:rPr/w:rStyle/@w:val"
_RAISES = "w:rPr/w:vertAlign | w:footnoteReference"
Content = Callable[[Cell, str], list[Element]]
"""What stands in a cell of the head, the body or the foot."""
_NO_CELL: tuple[Cell, list[Element]] = (Cell(None, 0), [])
Filled = Sequence[tuple[Row, list[tuple[Cell, list[Element]]]]]


def table(
    of: Grid,
    content: Content,
    *,
    style: str,
    width: int,
    wider: int | None,
    about: str,
    small: str,
    face: Face,
    wash: str,
    whole: bool,
    noted: bool,
) -> tuple[Element, bool]:
    """The table, and whether it needs the width of a page that is turned: `wider`, where there can be one.

    `about` is read to those who don't see the table; `small` is the format of lesser text.
    A table that is `noted` ends on the page of the line below, one that is `whole` isn't torn at all.
    """
    filled = [(row, [(cell, _closed(content(cell, row.part))) for cell in row.cells])
              for row in of.rows]  # fmt: skip
    measured = list(_columns(of, filled, small, face))
    found = widths(measured, width, points=face.points)
    turned = found.torn and wider is not None and wider > width
    if turned and wider:
        found = widths(measured, wider, points=face.points)
    if found.scale != 1:
        _scaled((block for _, cells in filled for _, blocks in cells for block in blocks), small, face, found.scale)
    columns = found.twips
    rows = [_row(row, cells, columns, wash) for row, cells in filled]
    _hold(of, rows, whole=whole or len(rows) <= SMALL, noted=noted)
    grid = w("tblGrid", *(w("gridCol", w=each) for each in columns))
    return w("tbl", _properties(of, style, about), grid, *rows), turned


def _scaled(blocks: Iterable[Element], small: str, face: Face, scale: float) -> None:
    """Half points set by hand, where the format of the office would break words."""
    for run in (run for block in blocks for run in find(block, ".//w:r")):
        size = face.size * scale * (face.lesser if small in find(run, _STYLE) else 1)
        resize(run, round(2 * size))


def hold(blocks: Iterable[Element]) -> None:
    """Keeps each paragraph on the page of the next."""
    for block in blocks:
        for each in [block] if tag_of(block) == "p" else find(block, ".//w:p"):
            update(each, keepNext=w("keepNext"))


def layout(cells: Sequence[list[Element]], columns: Sequence[int], line: str | None = None) -> Element:
    """Blocks side by side, with or without a line below: no table of figures, so it has neither head nor style."""
    below = w("bottom", val="single", sz=12, space=0, color=ink(line)) if line else w("bottom", val="nil")
    margins = w("tblCellMar", w("left", w=0, type="dxa"), w("right", w=0, type="dxa"))
    properties = w("tblPr", w("tblW", w=sum(columns), type="dxa"), w("tblBorders", below),
                   w("tblLayout", type="fixed"), margins, w("tblLook", val="0000"))  # fmt: skip
    for each in (each for cell in cells for block in cell for each in find(block, ".//w:keepNext")):
        each.getparent().remove(each)  # the row isn't torn, and what follows it is free
    row = w("tr", w("trPr", w("cantSplit")), *(
        w("tc", w("tcPr", w("tcW", w=wide, type="dxa"), w("vAlign", val="bottom" if line else "top")), *_closed(cell))
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


def _columns(of: Grid, filled: Filled, small: str, face: Face) -> Iterator[Column]:
    for number, share in enumerate(of.shares):
        own = [(row.part, next((each for each in cells if each[0].column == number and each[0].columns == 1), _NO_CELL))
               for row, cells in filled]  # fmt: skip
        stop = _aligned([block for _, (_, blocks) in own for block in blocks], small, face)
        lines = [(part == "thead", [line for block in blocks for line in _lines(block, small, face, stop, part)])
                 for part, (_, blocks) in own]  # fmt: skip
        fixed = any(cell.is_figure for _, (cell, _) in own)
        head = [line for is_head, cell in lines if is_head for line in cell]
        yield Column(head, [cell for is_head, cell in lines if not is_head], share, fixed)


def _aligned(blocks: Sequence[Element], small: str, face: Face) -> float:
    """What follows a tab stands below each other: the stop is right of the widest that comes before one."""
    tabbed = [block for block in blocks if find(block, ".//w:tab[parent::w:r]")]
    before = [line[:i] for block in tabbed for line in _lines(block, small, face, 0)
              for i, part in enumerate(line) if part.text == "\t"]  # fmt: skip
    stop = max((sum(part.wide(face.points) for part in line) for line in before), default=0) + _GAP
    for block in tabbed:
        update(block, tabs=w("tabs", w("tab", val="left", pos=round(stop))))
    return stop


def _lines(block: Element, small: str, face: Face, stop: float, part: str = "") -> Iterator[Line]:
    """The lines of a paragraph; up to a tab a line reaches to the stop, whatever stands there."""
    indent = _indent(block)
    line: list[Part] = []
    for run in find(block, ".//w:r"):
        size = _RAISED if find(run, _RAISES) else face.lesser if small in find(run, _STYLE) else 1.0
        loud = part == "thead" or bool(find(run, "w:rPr/w:b"))
        first, *others = _measured_text(run).split("\n")
        line += [Part("", twips=int(cx) / EMU_PER_TWIP, indent=indent) for cx in find(run, _EXTENTS)]
        if first == "\t":
            line = [Part("", twips=stop)] if stop else [*line, Part("\t", twips=0)]
        else:
            line.append(Part(first, size, loud, indent=indent))
        for other in others:
            yield line
            line = [Part(other, size, loud, indent=indent)]
    yield line


def _indent(block: Element) -> int:
    """Items of lists stand a step to the right for each level."""
    level = next((int(each) for each in find(block, "w:pPr/w:numPr/w:ilvl/@w:val")), -1)
    return STEP * (level + 1) + sum(int(each) for each in find(block, "w:pPr/w:ind/@w:left"))


def text_of(block: Element) -> str:
    """As people read it; a line a line."""
    return _text(block, {"br": "\n", "tab": " ", "noBreakHyphen": "-"})


def _measured_text(run: Element) -> str:
    """With all that takes room: a sign for each digit of a footnote, hyphens by whether lines may end there."""
    return _text(run, {"br": "\n", "tab": "\t", "noBreakHyphen": "\u2011", "footnoteReference": "00"})


def pieces(block: Element) -> Iterator[tuple[str, float, bool]]:
    """The stretches of a paragraph whose sizes are set by hand: text, points, whether bold."""
    for run in find(block, ".//w:r"):
        points = next((int(size) / 2 for size in find(run, "w:rPr/w:sz/@w:val")), 0.0)
        yield _measured_text(run), points, bool(find(run, "w:rPr/w:b"))


def _text(element: Element, signs: Mapping[str, str]) -> str:
    return "".join(each.text or "" if tag_of(each) == "t" else signs.get(tag_of(each), "") for each in element.iter())


def _hold(of: Grid, rows: Sequence[Element], *, whole: bool, noted: bool) -> None:
    """Heads stay with what follows, the last rows with each other, so that no page begins or ends with a lonely one."""
    last = len(rows) - 1
    for number, (row, element) in enumerate(zip(of.rows, rows, strict=True)):
        early = number <= of.head or number == last - 1 or row.is_group
        if ((whole or early) and number < last) or (noted and number == last):
            hold([element])
