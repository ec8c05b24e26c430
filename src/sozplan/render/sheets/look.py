"""How the cells of a workbook look: colours, widths, number formats."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from sozplan.diagnostics import Lang
from sozplan.model.sheets import Column, Form

if TYPE_CHECKING:
    from openpyxl.styles import NamedStyle

HEAD, OPEN, SHUT, HEADING, NOTE = (f"sozplan {name}" for name in ("head", "open", "shut", "heading", "note"))
_DARK, _GREY, _LINE = "FF1F3A5F", "FFE7E6E6", "FFBFBFBF"
ALARM = "FFF8CBAD"

_WIDTHS: Mapping[Form, float] = {
    Form.TEXT: 42,
    Form.CODE: 16,
    Form.PERIOD: 12,
    Form.DAY: 12,
    Form.NUMBER: 12,
    Form.WHOLE: 10,
    Form.MONEY: 15,
    Form.CHOICE: 18,
    Form.REFERENCE: 28,
    Form.REFERENCES: 34,
}
_FORMATS: Mapping[Form, str] = {
    Form.TEXT: "@",
    Form.CODE: "@",
    Form.PERIOD: "@",
    Form.NUMBER: "General",
    Form.WHOLE: "0",
    Form.MONEY: '#,##0.00\\ "€"',
    Form.CHOICE: "@",
    Form.REFERENCE: "@",
    Form.REFERENCES: "@",
}
_DAYS: Mapping[Lang, str] = {"de": "dd\\.mm\\.yyyy", "en": "yyyy\\-mm\\-dd"}


def width(column: Column) -> float:
    """Wide enough for each word of the heading, which has the arrow of the filter beside it."""
    word = max(len(word) for word in column.head.split())
    return max(22 if column.key == "id" else _WIDTHS[column.form], word * _BOLD + 2)


def number_format(column: Column, lang: Lang) -> str:
    if column.form is Form.DAY:
        return _DAYS[lang]
    return "#,##0.0#" if column.is_computed and column.form is Form.NUMBER else _FORMATS[column.form]


def height(said: Iterable[tuple[Column, str]]) -> float:
    """Of a row, so that what stands in its cells can be read; spreadsheets find it themselves only while one types."""
    lines = (sum(_lines(each, width(column)) for each in text.split("\n")) for column, text in said)
    return _LINE_HEIGHT * min(max(lines, default=1), _MOST_LINES) + 2


def _lines(text: str, room: float) -> int:
    return 1 + int(len(text) * _LETTER / room)


_LINE_HEIGHT, _MOST_LINES, _LETTER, _BOLD = 15, 20, 1.1, 1.2


def styles() -> tuple[NamedStyle, ...]:
    """Of the headings, of cells to fill in, of those that nobody fills in, and of headings among the notes."""
    from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Protection, Side

    side = Side(style="thin", color=_LINE)
    around = Border(left=side, right=side, top=side, bottom=side)
    top = Alignment(vertical="top", wrap_text=True)

    def filled(colour: str) -> PatternFill:
        return PatternFill("solid", fgColor=colour)

    return (
        NamedStyle(HEAD, font=Font(bold=True, color="FFFFFFFF"), fill=filled(_DARK), border=around, alignment=top),
        NamedStyle(OPEN, border=around, alignment=top, protection=Protection(locked=False)),
        NamedStyle(SHUT, fill=filled(_GREY), border=around, alignment=top),
        NamedStyle(HEADING, font=Font(bold=True, size=13), alignment=top),
        NamedStyle(NOTE, alignment=top),
    )
