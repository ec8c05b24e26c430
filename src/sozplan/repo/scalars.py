"""What an unquoted scalar means by the core schema of YAML 1.2: `no` and `12:30` are text, `01` is a number."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

from sozplan.repo.limits import LIMITS, Limits

Scalar = str | int | Decimal | bool | None

WORDS: Final[dict[str, bool | None]] = {
    "": None,
    **dict.fromkeys(("~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
"""Every unquoted scalar that is neither text nor number."""

NUMERIC: Final = frozenset("-+.0123456789")
"""The characters a number can start with; all else is a word or text."""

_NUMBER = re.compile(
    r"(?P<int>[-+]?\d+)"
    r"|0o(?P<octal>[0-7]+)"
    r"|0x(?P<hex>[0-9a-fA-F]+)"
    r"|(?P<float>[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:[eE](?P<power>[-+]?\d+))?)"
    r"|(?P<endless>[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))",
    re.ASCII,
)


class UnusableNumberError(ValueError):
    """Infinite, not a number, or longer than any figure of a plan."""


def resolve(text: str, limits: Limits = LIMITS) -> Scalar:
    """The value of an unquoted scalar; decimals keep every digit."""
    if text in WORDS:
        return WORDS[text]
    return number(text, limits) if text[0] in NUMERIC else text


def number(text: str, limits: Limits = LIMITS) -> Scalar:
    """The number that the text writes, or the text itself (a date, a period, an id)."""
    match = _NUMBER.fullmatch(text)
    if match is None:
        return text
    if match["endless"] or len(text) > limits.number_characters:
        raise UnusableNumberError(text)
    if match["int"]:
        return int(text)
    if match["float"]:
        return _decimal(text, match["power"], limits.number_exponent)
    return int(match["octal"], 8) if match["octal"] else int(match["hex"], 16)


def _decimal(text: str, power: str | None, largest: int) -> Decimal:
    if power and abs(int(power)) > largest:
        raise UnusableNumberError(text)
    return Decimal(text)
