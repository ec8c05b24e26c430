"""Sheets as a workbook: headings, choices, protection, notes, and the hidden sheet that remembers what stood where."""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from typing import TYPE_CHECKING, Any
from zipfile import ZipFile

from sozplan.diagnostics import Lang, text
from sozplan.model.sheets import ORIGIN, Column, Form, Line, Origin, Sheet
from sozplan.render.sheets import look, notes
from sozplan.render.word.archive import packed

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

_RISKY = ("=", "+", "-", "@", "\t", "\r")
"""With these begins what a spreadsheet would work out, if somebody typed it."""
_NUMERIC = (Form.NUMBER, Form.WHOLE, Form.MONEY)


def workbook(sheets: Sequence[Sheet], origin: Origin, lang: Lang) -> bytes:
    """The bytes of the file, which depend on nothing but what is given."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.worksheets[0])
    for style in look.styles():
        book.add_named_style(style)
    drawn = [_drawn(book, sheet, lang) for sheet in sheets]
    _notes(book, sheets, origin, lang)
    lists = _lists(book, sheets, lang)
    for sheet, page in zip(sheets, drawn, strict=True):
        _validate(page, sheet, lists, lang)
    _remember(book, sheets, origin)
    _sign(book, sheets, origin)
    return packed(_without_clock(_saved(book), origin.as_of), origin.as_of)


def _saved(book: Workbook) -> bytes:
    """Sheets go through temporary files, and what writes these has exceptions of its own for a full disk."""
    from lxml.etree import SerialisationError  # type: ignore[import-untyped]

    out = BytesIO()
    try:
        book.save(out)
    except SerialisationError as error:
        number = getattr(errno, str(error).removeprefix("IO_"), errno.EIO)
        raise OSError(number, os.strerror(number)) from error
    return out.getvalue()


def _drawn(book: Workbook, sheet: Sheet, lang: Lang) -> Worksheet:
    from openpyxl.utils import get_column_letter

    page: Worksheet = book.create_sheet(sheet.title)
    for number, column in enumerate(sheet.columns, 1):
        _text(page.cell(1, number), heading(column)).style = look.HEAD
        page.column_dimensions[get_column_letter(number)].width = look.width(column)
    page.row_dimensions[1].height = look.height((column, heading(column)) for column in sheet.columns)
    for row, line in enumerate(sheet.lines, 2):
        for number, column in enumerate(sheet.columns, 1):
            shut = column.locked or column.is_placed or column.key in line.shut
            _fill(page.cell(row, number), column, line.cells.get(column.key, ""), lang, shut=shut)
        read = ((column, shown(column, line.cells.get(column.key, ""))) for column in sheet.columns)
        page.row_dimensions[row].height = look.height(read)
    for row in range(_last(sheet) - sheet.spare + 1, _last(sheet) + 1):
        for number, column in enumerate(sheet.columns, 1):
            _fill(page.cell(row, number), column, "", lang, shut=column.locked)
    _frame(page, sheet)
    return page


def heading(column: Column) -> str:
    """A star marks what must be filled in."""
    return f"{column.head} *" if column.required and not column.section else column.head


def _last(sheet: Sheet) -> int:
    return 1 + len(sheet.lines) + sheet.spare


def _frame(page: Worksheet, sheet: Sheet) -> None:
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.properties import PageSetupProperties

    page.freeze_panes = "C2"
    page.auto_filter.ref = f"A1:{get_column_letter(len(sheet.columns))}{_last(sheet)}"
    page.protection.sheet = True
    for allowed in ("formatColumns", "formatRows", "sort", "autoFilter"):
        setattr(page.protection, allowed, False)  # an attribute of the protection: what is not forbidden
    page.page_setup.orientation, page.page_setup.paperSize = "landscape", page.PAPERSIZE_A3
    page.page_setup.fitToHeight = 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    page.print_title_rows = "1:1"
    if sheet.code == "budget":
        _alarm(page, sheet)


def _alarm(page: Worksheet, sheet: Sheet) -> None:
    """Colours what is planned where the year of the measure doesn't balance."""
    from openpyxl.formatting.rule import Rule
    from openpyxl.styles import PatternFill
    from openpyxl.styles.differential import DifferentialStyle
    from openpyxl.utils import get_column_letter

    letters = {column.key: get_column_letter(number) for number, column in enumerate(sheet.columns, 1)}
    sources = [letters[column.key] for column in sheet.columns if column.section == "financing"]

    def column(letter: str) -> str:
        return f"${letter}$2:${letter}${_last(sheet)}"

    def total(letter: str) -> str:
        same = (f"{column(letters[key])},${letters[key]}2" for key in ("@measure", "year"))
        return f"SUMIFS({column(letter)},{','.join(same)})"

    paid = "+".join(map(total, sources))
    formula = f'AND(${letters["planned"]}2<>"",ROUND({total(letters["planned"])}-({paid}),2)<>0)'
    fill = PatternFill(bgColor=look.ALARM)
    cells = column(letters["planned"]).replace("$", "")
    page.conditional_formatting.add(cells, Rule(type="expression", formula=[formula], dxf=DifferentialStyle(fill=fill)))


def _fill(cell: Any, column: Column, said: str, lang: Lang, *, shut: bool) -> None:
    cell.style = look.SHUT if shut else look.OPEN
    cell.number_format = look.number_format(column, lang)
    if not said:
        return
    if column.form is Form.DAY:
        cell.value = date.fromisoformat(said)
        cell.number_format = look.number_format(column, lang)  # openpyxl has one of its own for days
    elif column.form in _NUMERIC:
        cell.value = Decimal(said)
    else:
        _text(cell, shown(column, said))


def shown(column: Column, said: str) -> str:
    """What people read in a cell: words for terms, names behind ids."""
    return "\n".join(column.choices.get(each, each) for each in said.split("\n")) if column.choices else said


_ESCAPED = re.compile("_x(?=[0-9A-Fa-f]{4}_)")


def _text(cell: Any, said: str) -> Any:
    """A text, whatever it begins with; `_x0041_` would be read as a letter by spreadsheets, so it is masked."""
    cell.value = _ESCAPED.sub("_x005F_x", said)
    cell.data_type = "s"
    if said.startswith(_RISKY):
        cell.quotePrefix = True
    return cell


def _notes(book: Workbook, sheets: Sequence[Sheet], origin: Origin, lang: Lang) -> None:
    page: Worksheet = book.create_sheet(notes.TITLE.say(lang))
    page.column_dimensions["A"].width = 100
    for row, (said, is_heading) in enumerate(notes.paragraphs(sheets, origin, lang), 1):
        _text(page.cell(row, 1), said).style = look.HEADING if is_heading else look.NOTE
        page.row_dimensions[row].height = 15 * (1 + len(said) // 95) + 6
    page.sheet_view.showGridLines = False
    page.protection.sheet = True


Lists = Mapping[tuple[tuple[str, str], ...], str]


def _lists(book: Workbook, sheets: Sequence[Sheet], lang: Lang) -> Lists:
    """All that can be chosen, a column each; by what they hold, where they stand."""
    from openpyxl.utils import get_column_letter

    page: Worksheet = book.create_sheet(notes.CHOICES.say(lang))
    found: dict[tuple[tuple[str, str], ...], str] = {}
    for column in (each for sheet in sheets for each in sheet.columns):
        choices = tuple(column.choices.items())
        if not choices or choices in found:
            continue
        number = len(found) + 1
        letter = get_column_letter(number)
        _text(page.cell(1, number), column.head).style = look.HEAD
        for row, (_, said) in enumerate(choices, 2):
            _text(page.cell(row, number), said)
        page.column_dimensions[letter].width = 45
        found[choices] = f"'{page.title}'!${letter}$2:${letter}${len(choices) + 1}"
    page.freeze_panes = "A2"
    page.protection.sheet = True
    return found


def _validate(page: Worksheet, sheet: Sheet, lists: Lists, lang: Lang) -> None:
    from openpyxl.utils import get_column_letter

    for number, column in enumerate(sheet.columns, 1):
        rule = None if column.locked else _rule(column, lists, lang)
        if rule is not None and _last(sheet) > 1:
            letter = get_column_letter(number)
            rule.add(f"{letter}2:{letter}{_last(sheet)}")
            page.add_data_validation(rule)


def _rule(column: Column, lists: Lists, lang: Lang) -> Any:
    """What a cell of the column takes, with a hint for those who click it."""
    from openpyxl.worksheet.datavalidation import DataValidation

    rule = _taken(column, lists)
    hint = notes.hint(column.form, lang)
    if rule is None and hint is None:
        return None
    rule = rule or DataValidation(allow_blank=True)
    if hint is not None:
        rule.promptTitle, rule.prompt, rule.showInputMessage = column.head[:32], hint, True
    if rule.type is not None:
        rule.showErrorMessage, rule.errorTitle = True, column.head[:32]
        rule.error = _REFUSED[column.form].say(lang)
    return rule


def _taken(column: Column, lists: Lists) -> Any:
    from openpyxl.worksheet.datavalidation import DataValidation

    match column.form:
        case Form.CHOICE | Form.REFERENCE if column.choices:
            return DataValidation(type="list", formula1=lists[tuple(column.choices.items())], allow_blank=True)
        case Form.DAY:
            return DataValidation(type="date", operator="greaterThan", formula1="1", allow_blank=True)
        case Form.NUMBER | Form.MONEY | Form.WHOLE:
            least = DataValidation(type="decimal", operator="between", formula1="-1E12", allow_blank=True)
            least.formula2 = "1E12"
            return least
    return None


_CHOOSE = text(de="Bitte aus der Liste wählen.", en="Please choose from the list.")
_FIGURE = text(de="Bitte eine Zahl eingeben.", en="Please enter a number.")
_REFUSED = {
    Form.CHOICE: _CHOOSE,
    Form.REFERENCE: _CHOOSE,
    Form.DAY: text(de="Bitte einen Tag eingeben, z. B. 31.12.2026.", en="Please enter a day, 2026-12-31 say."),
    Form.NUMBER: _FIGURE,
    Form.MONEY: _FIGURE,
    Form.WHOLE: _FIGURE,
}


def _remember(book: Workbook, sheets: Sequence[Sheet], origin: Origin) -> None:
    """What stood where, in five columns of text."""
    page: Worksheet = book.create_sheet(ORIGIN)
    for row, said in enumerate(_memory(sheets, origin), 1):
        for number, each in enumerate(said, 1):
            if each:
                cell = _text(page.cell(row, number), each)
                cell.number_format = "@"
    page.sheet_state = "hidden"
    page.protection.sheet = True


def _memory(sheets: Sequence[Sheet], origin: Origin) -> Iterator[tuple[str, ...]]:
    for name in ("version", "kind", "lang", "municipality", "as_of", "commit", "modified", "audience"):
        value = getattr(origin, name)
        yield "table", name, str(value).lower() if isinstance(value, bool) else str(value or "")
    yield "table", "plans", "\n".join(origin.plans)
    for sheet in sheets:
        yield "sheet", sheet.code, sheet.title
        yield from (("column", sheet.code, column.key, heading(column)) for column in sheet.columns)
        yield from (each for line in sheet.lines for each in _remembered(sheet, line))


def _remembered(sheet: Sheet, line: Line) -> Iterator[tuple[str, ...]]:
    yield "line", sheet.code, line.key
    for column in sheet.columns:
        if column.key in line.shut:
            yield "shut", sheet.code, line.key, column.key
        elif said := line.cells.get(column.key):
            yield "cell", sheet.code, line.key, column.key, said


def _sign(book: Workbook, sheets: Sequence[Sheet], origin: Origin) -> None:
    day = datetime(origin.as_of.year, origin.as_of.month, origin.as_of.day)  # noqa: DTZ001 -- a day, wherever
    about = book.properties
    about.creator = about.lastModifiedBy = "sozplan"
    about.title = f"{origin.municipality}: {', '.join(sheet.title for sheet in sheets)}"
    about.language, about.created, about.modified = origin.lang, day, day


_PROGRAM = re.compile(rb"(<Application>)[^<]*")
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")


def _without_clock(content: bytes, day: date) -> bytes:
    """Openpyxl notes the moment of saving and calls itself Excel."""
    out = BytesIO()
    with ZipFile(BytesIO(content)) as source, ZipFile(out, "w") as target:
        for name in source.namelist():
            part = source.read(name)
            if name == "docProps/core.xml":
                part = _MODIFIED.sub(rb"\g<1>%sT00:00:00Z" % day.isoformat().encode(), part)
            elif name == "docProps/app.xml":
                part = _PROGRAM.sub(rb"\g<1>sozplan", part)
            target.writestr(name, part)
    return out.getvalue()
