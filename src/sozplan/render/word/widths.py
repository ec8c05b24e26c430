"""How wide the columns of a table must be, from what stands in them: Word and LibreOffice take widths as given.

The way of CSS: no column narrower than its longest word, then what the author wishes, and what is left goes to those
that would need more.
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


Line = Sequence[tuple[str, float]]
"""Texts with their size, where 1 is that of the table."""


@dataclass(frozen=True, slots=True)
class Column:
    """All that its cells say; `share` is what the author wants of the table's width, `fixed` means unbroken lines."""

    lines: Sequence[Line]
    share: float | None = None
    fixed: bool = False
    pictures: float = 0
    """Twips of its widest picture."""

    def least(self, points: float, *, broken: bool) -> float:
        if self.fixed:
            return self.most(points)
        words = ((word, size) for line in self.lines for text, size in line for word in _WORDS.split(text))
        pieces = ((word[:_BREAKABLE] if broken else word, size) for word, size in words)
        return max(self.pictures, *(measured(piece, points * size) for piece, size in pieces), 0) + _PADDING

    def most(self, points: float) -> float:
        lines = (sum(measured(text, points * size) for text, size in line) for line in self.lines)
        return max(self.pictures, *lines, 0) + _PADDING


def widths(columns: Sequence[Column], total: int, *, points: float = 8.5) -> list[int]:
    """Twips for each column, `total` in all."""
    whole, broken = ([column.least(points, broken=each) for column in columns] for each in (False, True))
    least = whole if sum(whole) < total else broken
    if sum(least) >= total:
        return _exact([total * width / sum(least) for width in least], total)
    wished = [max((column.share or 0) * total - low, 0) for column, low in zip(columns, least, strict=True)]
    if sum(least) + sum(wished) < total:
        least = [low + more for low, more in zip(least, wished, strict=True)]
        wished = _wanted(columns, least, points)
    left = total - sum(least)
    return _exact([low + left * more / sum(wished) for low, more in zip(least, wished, strict=True)], total)


def _wanted(columns: Sequence[Column], least: Sequence[float], points: float) -> list[float]:
    """What the columns without a share of their own would take beyond the least."""
    needs = zip(columns, least, strict=True)
    found = [0.0 if column.share else max(column.most(points) - low, 0) for column, low in needs]
    return found if any(found) else list(least)


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
