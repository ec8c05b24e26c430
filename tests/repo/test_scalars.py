"""Scalars against ruamel.yaml's YAML 1.2 and against the tables of the specification (10.3.2)."""

from __future__ import annotations

import math
import re
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from sozplan.repo.limits import LIMITS
from sozplan.repo.scalars import UnusableNumberError, resolve

SPECIFIED: dict[str, Any] = {
    "": None, "~": None, "null": None, "Null": None, "NULL": None, "nULL": "nULL",
    "true": True, "True": True, "TRUE": True, "tRUE": "tRUE",
    "false": False, "False": False, "FALSE": False,
    "no": "no", "No": "No", "NO": "NO", "yes": "yes", "on": "on", "off": "off", "y": "y", "n": "n",
    "0": 0, "-0": 0, "+5": 5, "01": 1, "007": 7, "0o7": 7, "0o14": 12, "0o8": "0o8", "0x3A": 58, "0xfg": "0xfg",
    "-0x1": "-0x1", "0b1": "0b1", "1_000": "1_000", "12:30": "12:30", "190:20:30": "190:20:30",
    "0.": Decimal(0), ".5": Decimal("0.5"), "-.5": Decimal("-0.5"), "1e3": Decimal(1000), "12E5": Decimal(1200000),
    "+12e03": Decimal(12000), "-2E+05": Decimal(-200000), "24.10": Decimal("24.10"), ".": ".", "-": "-", "+": "+",
    "1.2.3": "1.2.3", "06.02.01": "06.02.01", "e3": "e3", "1e": "1e", ".e3": ".e3",
    "2026-01-01": "2026-01-01", "2023/24": "2023/24", "2023-Q2": "2023-Q2", "31.12.2024": "31.12.2024",
    "=": "=", "<<": "<<", "١٢": "١٢", "1\u00a0000": "1\u00a0000", "+ 5": "+ 5", "--5": "--5", "...": "...",
}  # fmt: skip


@pytest.mark.parametrize("text", SPECIFIED)
def test_core_schema(text: str) -> None:
    value = resolve(text)
    assert (type(value), value) == (type(SPECIFIED[text]), SPECIFIED[text])


def test_decimals_keep_their_digits() -> None:
    assert str(resolve("0.10")) == "0.10"
    assert resolve("0.1") == Decimal(1) / 10


@pytest.mark.parametrize(
    "text", [".nan", ".NaN", ".NAN", ".inf", "-.Inf", "+.INF", "1e400", "1e-400", "1e99999999999999"]
)
def test_endless_numbers_are_refused(text: str) -> None:
    with pytest.raises(UnusableNumberError):
        resolve(text)


@pytest.mark.parametrize("text", ["9" * 5000, "0x" + "f" * 5000, "0." + "1" * 5000, "1e" + "0" * 5000])
def test_overlong_numbers_are_refused(text: str) -> None:
    with pytest.raises(UnusableNumberError):
        resolve(text)


def test_limits_of_numbers() -> None:
    longest = "9" * LIMITS.number_characters
    assert resolve(longest) == int(longest)
    assert resolve(f"1e{LIMITS.number_exponent}") == Decimal(10) ** LIMITS.number_exponent
    for beyond in (longest + "9", f"1e{LIMITS.number_exponent + 1}"):
        with pytest.raises(UnusableNumberError):
            resolve(beyond)


RUAMEL = YAML(typ="safe", pure=True)


def outlier(text: str) -> bool:
    """Where ruamel.yaml goes beyond the core schema: underscores, binary, signed hex, old octals, dates, `=`, `<<`.

    And where it falls short of it: `.5e3`, which the schema's expression takes for a number.
    """
    if re.fullmatch(r"[-+]?\.\d+[eE][-+]?\d+", text):
        return True
    return "_" in text or text[4:5] == "-" or text.lstrip("+-")[:2] in ("0b", "0x", "0o") or text in "=<<"


@given(st.text("0123456789.eE+-~aflnrstuxoTFN", min_size=1, max_size=12))
def test_same_values_as_ruamel(text: str) -> None:
    if outlier(text) or text in ("-", "---", "...", "?", ":"):
        return
    expected: Any = RUAMEL.load(f"k: {text}\n")["k"]
    if isinstance(expected, float) and not math.isfinite(expected):
        with pytest.raises(UnusableNumberError):
            resolve(text)
        return
    try:
        value = resolve(text)
    except UnusableNumberError:
        assert isinstance(expected, int | float)
        return
    assert (float(value) if isinstance(value, Decimal) else value) == expected
    assert isinstance(expected, bool) == isinstance(value, bool)
