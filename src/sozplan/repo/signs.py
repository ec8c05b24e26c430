"""The signs of German official statistics (DIN 55301) and of the Federal Employment Agency, and what they mean."""

from __future__ import annotations

from collections.abc import Mapping

from sozplan.model.figures import Missing, Quality

ZERO_SIGNS = frozenset({"-", "–", "—", "−"})
"""Exactly nothing; exports write the dash in several lengths."""

MISSING_SIGNS: Mapping[str, Missing] = {
    ".": Missing.UNKNOWN,
    "•": Missing.UNKNOWN,
    "...": Missing.LATER,
    "…": Missing.LATER,
    "/": Missing.UNRELIABLE,
    "x": Missing.MEANINGLESS,
    "*": Missing.SUPPRESSED,
}
VALUE_SIGNS: Mapping[str, Quality | None] = {
    "0": None,
    "()": None,
    "|": None,
    "p": Quality.PROVISIONAL,
    "r": Quality.REVISED,
    "s": Quality.ESTIMATED,
    "e": Quality.FINAL,
}
BREAK_SIGN = "|"
ALLOWED = " ".join(("-", *MISSING_SIGNS, *VALUE_SIGNS))
QUALITIES = {quality.value: quality for quality in Quality}
