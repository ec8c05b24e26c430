"""How wide the columns of a table must be, from what stands in them: Word and LibreOffice take widths as given.

The way of CSS: no column narrower than its longest word, what is left goes to those that would need more.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

TWIPS_PER_POINT = 20
_PADDING = 200
"""Twips beside the text of a cell, both sides together."""
_BREAKABLE = 13
"""Letters after which a word is broken where the table would be too wide otherwise."""
_NARROW, _WIDE = frozenset("iIjlftr.,:;!'|()[]-/ \u2011\u00a0\u202f"), frozenset("mwMW%…@")
_WORDS = re.compile(r"[ \n\u2002\u2003]+")


@dataclass(frozen=True, slots=True)
class Column:
    """All that its cells say; `share` is what the author wants of the table's width, `fixed` means unbroken lines."""

    texts: Sequence[str]
    share: float | None = None
    fixed: bool = False
    pictures: float = 0
    """Twips of its widest picture."""

    def least(self, points: float, *, broken: bool) -> float:
        lines = (line for text in self.texts for line in (text.split("\n") if self.fixed else _WORDS.split(text)))
        pieces = (line[:_BREAKABLE] if broken and not self.fixed else line for line in lines)
        return max(self.pictures, *(measured(piece, points) for piece in pieces), 0) + _PADDING

    def most(self, points: float) -> float:
        lines = (measured(line, points) for text in self.texts for line in text.split("\n"))
        return max(self.pictures, *lines, 0) + _PADDING


def widths(columns: Sequence[Column], total: int, *, points: float = 9) -> list[int]:
    """Twips for each column, `total` in all."""
    whole, broken = (_least(columns, total, points, broken=broken) for broken in (False, True))
    least = whole if sum(whole) < total else broken
    if sum(least) >= total:
        return _exact([total * width / sum(least) for width in least], total)
    needs = zip(columns, least, strict=True)
    spare = [0.0 if column.share else max(column.most(points) - low, 0) for column, low in needs]
    if not any(spare):
        spare = list(least)
    left = total - sum(least)
    return _exact([low + left * more / sum(spare) for low, more in zip(least, spare, strict=True)], total)


def _least(columns: Sequence[Column], total: int, points: float, *, broken: bool) -> list[float]:
    return [max(column.least(points, broken=broken), (column.share or 0) * total) for column in columns]


def measured(text: str, points: float) -> float:
    """About the twips of a line in a sans serif of that size."""
    return sum(map(_em, text)) * points * TWIPS_PER_POINT


def _em(sign: str) -> float:
    if sign in _NARROW:
        return 0.32
    if sign in _WIDE:
        return 0.86
    return 0.7 if sign.isupper() else 0.56


def _exact(parts: list[float], total: int) -> list[int]:
    """Whole twips with the rounding in the widest column, so that all tables end at the margin."""
    whole = [round(part) for part in parts]
    whole[whole.index(max(whole))] += total - sum(whole)
    return whole
