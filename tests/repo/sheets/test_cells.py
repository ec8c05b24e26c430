"""What people type into cells, in both languages."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from sozplan.diagnostics import Lang
from sozplan.model.sheets import Column, Form
from sozplan.repo.imports.rows import Cell
from sozplan.repo.sheets.cells import NotAValue, read
from sozplan.repo.sheets.returned import Given

NEEDS = {"n1": "n1 · Kinder, Familien; alle", "n2": "n2 · Wohnen", "n3": "n3"}


def said(form: Form, cell: Cell | str, lang: Lang = "de", before: str = "") -> str:
    column = Column("x", "X", form, NEEDS if form in (Form.REFERENCE, Form.REFERENCES) else {})
    return read(Given(Cell(cell) if isinstance(cell, str) else cell), column, lang, before)


@pytest.mark.parametrize(
    ("form", "typed", "lang", "value"),
    [
        (Form.MONEY, "1.234,50 €", "de", "1234.5"),
        (Form.MONEY, "1.234.567", "de", "1234567"),
        (Form.MONEY, "1.234 €", "de", "1234"),
        (Form.MONEY, "1,234.50", "en", "1234.5"),
        (Form.MONEY, "−12,00 EUR", "de", "-12"),
        (Form.MONEY, "0", "de", "0"),
        (Form.MONEY, "1\N{NARROW NO-BREAK SPACE}234,5", "de", "1234.5"),
        (Form.NUMBER, "24.5", "de", "24.5"),
        (Form.NUMBER, "24,5 %", "de", "24.5"),
        (Form.WHOLE, "2.000,0", "de", "2000"),
        (Form.PERIOD, "2028/2029", "de", "2028/29"),
        (Form.PERIOD, "Juni 2028", "de", "2028-06"),
        (Form.PERIOD, " 2028 ", "de", "2028"),
        (Form.DAY, "1. 2. 2028", "de", "2028-02-01"),
        (Form.DAY, "2028-02-01", "en", "2028-02-01"),
        (Form.TEXT, " zwei \r\n Zeilen\N{NO-BREAK SPACE}\n", "de", "zwei\n Zeilen"),
        (Form.TEXT, "A\N{COMBINING DIAERESIS}mter", "de", "Ämter"),
        (Form.REFERENCES, "n1 · Kinder, Familien; alle\nn2", "de", "n1\nn2"),
        (Form.REFERENCES, "n2; n3;", "de", "n2\nn3"),
        (Form.REFERENCES, "n2,n3, n2", "de", "n2\nn3"),
        (Form.REFERENCES, "Wohnen", "de", "n2"),
        (Form.REFERENCE, "N2", "de", "n2"),
        (Form.TEXT, "\N{ZERO WIDTH SPACE}\N{NO-BREAK SPACE}", "de", ""),
    ],
)
def test_understood(form: Form, typed: str, lang: Lang, value: str) -> None:
    assert said(form, typed, lang) == value


def test_what_the_spreadsheet_holds() -> None:
    assert said(Form.MONEY, Cell("0.1", Decimal("0.10"))) == "0.1"
    assert said(Form.DAY, Cell("2028-02-01", day=date(2028, 2, 1))) == "2028-02-01"
    assert said(Form.PERIOD, Cell("2028-06-30", day=date(2028, 6, 30))) == "2028-06-30"
    assert said(Form.CODE, Cell("531800", Decimal(531800))) == "531800"


def test_what_stood_there_is_always_taken() -> None:
    """Ids of a file that can't be read at the moment."""
    assert said(Form.REFERENCES, "lost\nn2", before="lost\nn2") == "lost\nn2"
    assert said(Form.TEXT, "Hort\x07", before="Hort\x07") == "Hort\x07"


@pytest.mark.parametrize(
    ("form", "typed", "lang", "told"),
    [
        (Form.MONEY, "1,234", "en", "“1,234” may be 1234 or 1.234. Write the number without a comma."),
        (Form.MONEY, "1e5", "en", "“1e5” is no number. Write 40 or 1234.50, say."),
        (Form.MONEY, "١٢", "en", "“١٢” is no number. Write 40 or 1234.50, say."),
        (Form.MONEY, "12 %", "en", "“12 %” is no sum in euro with at most two places for the cents."),
        (Form.MONEY, "9" * 20, "en", f"“{'9' * 20}” is too large."),
        (Form.DAY, "31.12.9999", "en", "“31.12.9999” is no day. Write 2026-12-31, say."),
        (
            Form.TEXT,
            "Hort\x07",
            "en",
            "The text holds an invisible control character (U+0007). Delete it, or write the text anew.",
        ),
        (Form.PERIOD, "bald", "en", "“bald” is no period. Write 2028, 2028-06, 2028-Q2 or 2028/29, say."),
        (
            Form.REFERENCE,
            "anders",
            "en",
            "“anders” is no id that can stand here. All that are possible are on the sheet “Choices”.",
        ),
    ],
)
def test_not_understood(form: Form, typed: str, lang: Lang, told: str) -> None:
    with pytest.raises(NotAValue) as wrong:
        said(form, typed, lang)
    assert wrong.value.text.en == told
