"""Dates, ids and alternatives as sentences name them, in both languages."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sozplan.diagnostics import Text


def day(value: date) -> Text:
    # Not by strftime: the C library decides how it writes early years.
    return Text(f"{value.day:02d}.{value.month:02d}.{value.year:04d}", value.isoformat())


_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sept", "Oct", "Nov", "Dec")


def told_day(value: date) -> Text:
    """As reports write it, which name the English month; findings keep what stands in the file."""
    english = (str(value.day), _MONTHS[value.month - 1], f"{value.year:04d}")
    return Text(day(value).de, "\u00a0".join(english))


def either(words: Iterable[Text]) -> Text:
    """„Maßnahme, Gremium oder Prozess“; the same word once."""
    listed = list(dict.fromkeys(words))
    return Text(_either([w.de for w in listed], "oder"), _either([w.en for w in listed], "or"))


def quoted(ids: Iterable[str]) -> Text:
    """Ids in the quotation marks of each language."""
    listed = list(ids)
    return Text(", ".join(f"„{i}“" for i in listed), ", ".join(f"“{i}”" for i in listed))


def _either(words: list[str], conjunction: str) -> str:
    *most, last = words
    return f"{', '.join(most)} {conjunction} {last}" if most else last
