"""CSV for spreadsheets: no text of a user becomes a formula, and numbers stay numbers."""

from __future__ import annotations

import csv
import io

import pytest

from sozplan.render.columns import written


@pytest.mark.parametrize("text", ["=1+1", "+49 30", "-x", "@SUM(A1)", "\tx", "\rx", '=HYPERLINK("http://x";"y")'])
def test_a_text_is_no_formula(text: str) -> None:
    _, row = csv.reader(io.StringIO(written(["Name"], [[text]], "de"), newline=""), delimiter=";")
    assert row == [f"'{text}".replace("\r", "\n")]


@pytest.mark.parametrize(("number", "de", "en"), [(-5, "-5", "-5"), (-2.5, "-2,5", "-2.5"), (0.1 + 0.2, "0,3", "0.3")])
def test_a_number_stays_a_number(number: float, de: str, en: str) -> None:
    assert written(["n"], [[number]], "de") == f"n\n{de}\n"
    assert written(["n"], [[number]], "en") == f"n\n{en}\n"


def test_delimiters_and_lines_in_a_text_stay_in_their_cell() -> None:
    text = 'a;b,"c"\nd'
    assert list(csv.reader(io.StringIO(written(["n"], [[text]], "de")), delimiter=";")) == [["n"], [text]]
