"""What every picture gives: the drawing, the sentence above it, the words for who can't see it, and its table."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from sozplan.diagnostics import Lang
from sozplan.render.numbers import number

WIDTH = 453.0
"""Points: 160 mm, a little less than the text on A4. Drawings count in points, so sizes of letters are as printed."""
TEXT_WIDTH = 467.0
"""Points: what a line of pictures beside each other has at most."""

Cell = str | int | Decimal | None


@dataclass(frozen=True, slots=True)
class Picture:
    """One drawing as SVG without ids, scripts or references: it may stand in any document, any number of times."""

    svg: str
    title: str
    """The finding as a sentence; printed above the drawing, not in it."""
    alt: str
    """The finding with its figures; also the `<title>` in the drawing, which PDF takes for its alternative text."""
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    """The same content as a table; decimals as they are printed."""
    lang: Lang
    note: str = ""
    """What the reader must know and the drawing can't show; empty mostly."""
    wide: float = WIDTH
    """Points."""

    @property
    def size(self) -> str:
        """Its width for a style sheet, so that the words above it break where it ends."""
        return f"{self.wide:g}pt"

    @property
    def printed(self) -> tuple[tuple[str, ...], ...]:
        """The rows as the reader writes them; an empty cell where there is nothing."""
        return tuple(tuple(_printed(cell, self.lang) for cell in row) for row in self.rows)


def rounded(value: float, places: int) -> Decimal:
    """Half away from zero, of what the figure says in nine digits: the dust of binary fractions must not decide."""
    exact = Decimal(f"{value:.9g}")
    return exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP) + 0


def _printed(cell: Cell, lang: Lang) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str):
        return cell
    return number(cell, lang, places=max(0, -int(Decimal(cell).as_tuple().exponent)))
