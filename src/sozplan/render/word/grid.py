"""A table of the page as a grid: which cell stands where, over how many columns and rows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element as Node

from sozplan.render.word.inline import classes_of

_SHARE = re.compile(r"(?:^|;)\s*width:\s*(\d{1,3}(?:\.\d+)?)%")


@dataclass(frozen=True, slots=True)
class Cell:
    node: Node | None
    """None below a cell that reaches down."""
    column: int
    columns: int = 1
    rows: int = 1

    @property
    def is_head(self) -> bool:
        return self.node is not None and self.node.tag == "th"

    @property
    def classes(self) -> frozenset[str]:
        return classes_of(self.node) if self.node is not None else frozenset()

    @property
    def is_figure(self) -> bool:
        return "col-figure" in self.classes


@dataclass(frozen=True, slots=True)
class Row:
    cells: tuple[Cell, ...]
    part: str
    """`thead`, `tbody` or `tfoot`."""
    is_group: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    caption: Node | None
    rows: tuple[Row, ...]
    shares: tuple[float | None, ...]
    """Of the width of the table, where the author says it; one a column."""

    @property
    def head(self) -> int:
        return sum(row.part == "thead" for row in self.rows)

    @property
    def has_row_heads(self) -> bool:
        body = [row.cells[0] for row in self.rows if row.part == "tbody" and row.cells]
        return bool(body) and all(cell.is_head for cell in body)

    def column(self, number: int) -> Iterator[Cell]:
        """Its cells, without those over several columns."""
        return (cell for row in self.rows for cell in row.cells if cell.column == number and cell.columns == 1)


def grid(table: Node) -> Grid:
    reaching: dict[int, int] = {}
    rows = tuple(_row(node, part, reaching) for part, node in _rows(table))
    count = max((cell.column + cell.columns for row in rows for cell in row.cells), default=0)
    shares: list[float | None] = [None] * count
    for row in rows:
        for cell in row.cells:
            found = _SHARE.search((cell.node.get("style") or "") if cell.node is not None else "")
            if found and cell.columns == 1 and shares[cell.column] is None:
                shares[cell.column] = float(found[1]) / 100
    return Grid(table.find("caption"), rows, tuple(shares))


def _rows(table: Node) -> Iterator[tuple[str, Node]]:
    """In the order of reading; the parser puts rows without a part into a body."""
    for part in ("thead", "tbody", "tfoot"):
        yield from ((part, row) for group in table.iter(part) for row in group if row.tag == "tr")


def _row(node: Node, part: str, reaching: dict[int, int]) -> Row:
    cells: list[Cell] = []
    column = 0
    for kid in node:
        if kid.tag not in {"td", "th"}:
            continue
        while reaching.get(column):
            cells.append(_below(column, reaching))
            column += 1
        cell = Cell(kid, column, _span(kid, "colspan"), _span(kid, "rowspan"))
        cells.append(cell)
        reaching |= {column + i: cell.rows - 1 for i in range(cell.columns)}
        column += cell.columns
    while reaching.get(column):
        cells.append(_below(column, reaching))
        column += 1
    return Row(tuple(cells), part, "group" in classes_of(node))


def _below(column: int, reaching: dict[int, int]) -> Cell:
    reaching[column] -= 1
    return Cell(None, column)


def _span(cell: Node, name: str) -> int:
    value = cell.get(name) or "1"
    return min(max(int(value), 1), 100) if value.isdecimal() else 1
