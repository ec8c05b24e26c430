"""Whatever text is to be written, it is read as just that text, by this program and by another one."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from sozplan.repo.edit.spelling import Context, fresh, same, spelt

FLOW, BLOCK = Context(flow=True, indent=0), Context(flow=False, indent=0)
TEXTS = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cs", "Cc", "Cf", "Zl", "Zp", "Cn", "Co"]) | st.just("\n"),
    min_size=1,
    max_size=60,
)


def document(written: str, context: Context) -> str:
    return f"{{k: {written}}}\n" if context.flow else f"k: {written}\n"


@given(TEXTS, TEXTS, st.sampled_from(["", "'", '"', "|", ">"]), st.sampled_from([FLOW, BLOCK]))
def test_any_text_in_place_of_any_other(text: str, before: str, style: str, context: Context) -> None:
    written = spelt(text, context, style, before)
    assert YAML(typ="safe", pure=True).load(document(written, context))["k"] == text


@given(TEXTS, TEXTS, st.sampled_from([FLOW, BLOCK]))
def test_back_is_as_it_was(text: str, other: str, context: Context) -> None:
    """Of what is written as we would write it, and of what has the quotes that people use."""
    first = spelt(text, context, "", text)
    there = spelt(other, context, first, text)
    assert spelt(text, context, there, other) == first


@pytest.mark.parametrize(
    ("value", "context", "written"),
    [
        ("Lesepaten", BLOCK, "Lesepaten"),
        ("06.02.01", BLOCK, '"06.02.01"'),
        ("2025/041", BLOCK, '"2025/041"'),
        ("no", BLOCK, '"no"'),
        ("Text: neu", BLOCK, '"Text: neu"'),
        ("eins, zwei", BLOCK, "eins, zwei"),
        ("eins, zwei", FLOW, '"eins, zwei"'),
        (40, BLOCK, "40"),
        (Decimal("40.0"), BLOCK, "40.0"),
        (Decimal("1E+3"), BLOCK, "1000"),
        (True, FLOW, "true"),
        ("Satz " * 30 + "Ende", BLOCK, ">-\n  " + "Satz " * 22 + "Satz\n  " + "Satz " * 7 + "Ende"),
    ],
)
def test_new_values(value: str | int | Decimal, context: Context, written: str) -> None:
    assert fresh(value, context) == written


def test_names_have_no_quotes_that_they_do_not_need() -> None:
    assert fresh("2026-01-01", BLOCK, is_name=True) == "2026-01-01"
    assert fresh("0103", BLOCK, is_name=True) == '"0103"'


def test_same() -> None:
    assert same({"a": [1, Decimal("2.0")]}, {"a": [Decimal("1.0"), 2]})
    assert not same("1", 1)
    assert not same(True, 1)
    assert not same({"a": 1, "b": 2}, {"b": 2, "a": 1})
    assert not same([1], [1, 1])
