"""How wide the columns of a table must be, from what stands in them: Word and LibreOffice take widths as given.

No column is narrower than its longest word. Where every line fits, the author's wishes share out what is left; where
not, room goes by the amount of text, so that the whole table comes out about as low as it can be.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import permutations

from sozplan.render.word.metrics import measured

_PADDING = 200
"""Twips beside the text of a cell, both sides together."""
_BREAKABLE = 13
"""Letters after which a word is broken where the table would be too wide otherwise."""
_SPARE = 1.02
"""Faces and programs differ by a little."""
_ENDS = re.compile(r"(?<=[ \n])|(?<=\w-)(?=\w)")
"""A line may end at blanks and after hyphens."""
_ROUNDS, _SHARPNESS = 12, 4
"""Of the search for the lowest table; the sharper, the more the highest cell of a row counts alone."""
_STEPS = (400, 200, 400, 200, 100)
"""Twips that are tried to go from one column to another."""
_BROKEN = 0.4
"""Lines of height that it is worth not to break what stands below a figure."""
_SMALLER = (1.0, 0.9, 0.82)
"""Of the size of type, tried one after the other."""


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a line."""

    text: str
    size: float = 1.0
    """Beside that of the table's text."""
    bold: bool = False
    twips: float | None = None
    """Its width, where it is set already, as that before a tab."""
    indent: float = 0
    """Twips before each line of its paragraph."""

    def wide(self, points: float) -> float:
        return measured(self.text, points * self.size, bold=self.bold) if self.twips is None else self.twips


Line = Sequence[Part]


@dataclass(frozen=True, slots=True)
class Column:
    """All that its cells say; `share` is what the author wants of the table's width."""

    head: Sequence[Line]
    cells: Sequence[Sequence[Line]]
    """One a row below the head; nothing where a cell of another column reaches over."""
    share: float | None = None
    fixed: bool = False
    """The first lines of its cells aren't broken: they are figures."""

    @property
    def is_empty(self) -> bool:
        """To be filled in by hand."""
        return not any(part.text.strip() or part.twips for cell in self.cells for line in cell for part in line)

    def least(self, points: float, *, broken: bool) -> float:
        """Figures stay whole, what is said below them may be broken."""
        kept = [line for cell in self.cells for line in cell[:1]] if self.fixed else []
        loose = [line for cell in self.cells for line in cell[len(kept) and 1 :]]
        words = [
            wide + (line[0].indent if line else 0)
            for line in (*self.head, *loose)
            for wide in _words(line, points, broken=broken)
        ]
        return max(*(_wide(line, points) for line in kept), *words, 0, 0) * _SPARE + _PADDING

    def most(self, points: float) -> float:
        lines = [_wide(line, points) for cell in (self.head, *self.cells) for line in cell]
        return max(*lines, 0, 0) * _SPARE + _PADDING

    def amounts(self, points: float) -> list[float]:
        """Twips of each of its cells, were it set in one line."""
        return [sum(_wide(line, points) for line in cell) for cell in self.cells]


@dataclass(frozen=True, slots=True)
class Widths:
    twips: list[int]
    scale: float = 1.0
    """By which the type is made smaller, so that no word must be broken."""
    torn: bool = False
    """Words are broken all the same."""


def widths(columns: Sequence[Column], total: int, *, points: float = 8.5) -> Widths:
    """Twips for each column, `total` in all."""
    for scale in _SMALLER:
        least = [column.least(points * scale, broken=False) for column in columns]
        if sum(least) <= total:
            return Widths(_exact(_shared(columns, least, total, points * scale), total), scale)
    small = points * _SMALLER[-1]
    least = [column.least(small, broken=True) for column in columns]
    room = [total * low / sum(least) for low in least] if sum(least) >= total else _shared(columns, least, total, small)
    return Widths(_exact(room, total), _SMALLER[-1], torn=True)


def _shared(columns: Sequence[Column], least: Sequence[float], total: int, points: float) -> list[float]:
    most = [column.most(points) for column in columns]
    if sum(most) <= total:
        return _spread(columns, most, total)
    held = [max(low, (column.share or 0) * total) if column.is_empty else low
            for column, low in zip(columns, least, strict=True)]  # fmt: skip
    low = held if sum(held) <= total else least
    high = list(map(max, low, most))
    room = _lowest(low, high, [column.amounts(points) for column in columns], total)
    return _settled(columns, room, (low, high), points)


def _spread(columns: Sequence[Column], most: Sequence[float], total: int) -> list[float]:
    """All lines fit: what is left goes where the author wants it, and then to those of whom nothing is said."""
    wished = [max((column.share or 0) * total - low, 0) for column, low in zip(columns, most, strict=True)]
    room = list(most)
    if sum(most) + sum(wished) < total:
        room = [low + more for low, more in zip(most, wished, strict=True)]
        silent = [0.0 if column.share else low for column, low in zip(columns, most, strict=True)]
        wished = silent if any(silent) else list(most)
    left = total - sum(room)
    return [low + left * more / sum(wished) for low, more in zip(room, wished, strict=True)] if any(wished) else room


def _lowest(
    least: Sequence[float], most: Sequence[float], amounts: Sequence[Sequence[float]], total: int
) -> list[float]:
    """A row is as high as its highest cell; each column gets room by how much its cells make the rows high."""
    rows = list(zip(*amounts, strict=True))
    wishes = [sum(own) / max(len(own), 1) for own in amounts]
    room = _filled(least, most, wishes, total)
    for _ in range(_ROUNDS):
        pressed = [0.0] * len(room)
        for row in rows:
            heights = [(amount / wide) ** _SHARPNESS for amount, wide in zip(row, room, strict=True)]
            whole = sum(heights)
            for number, height in enumerate(heights if whole else ()):
                pressed[number] += height / whole ** (1 - 1 / _SHARPNESS)
        wishes = [
            (wide**_SHARPNESS * press) ** (1 / (_SHARPNESS + 1)) for wide, press in zip(room, pressed, strict=True)
        ]
        room = _filled(least, most, wishes, total)
    return room


def _settled(
    columns: Sequence[Column], room: list[float], bounds: tuple[Sequence[float], Sequence[float]], points: float
) -> list[float]:
    """Moves a little room from column to column as long as the table gets better by it, line by line."""
    words = [[[list(_words(line, points, broken=False)) for line in cell] for cell in column.cells]
             for column in columns]  # fmt: skip
    blank = measured(" ", points)

    def lines(number: int, width: float) -> list[int]:
        return [sum(broken_lines(line, width - _PADDING, blank) for line in cell) for cell in words[number]]

    def cost(heights: Sequence[Sequence[int]]) -> float:
        broken = sum(sum(own) - sum(map(len, column.cells))
                     for column, own in zip(columns, heights, strict=True) if column.fixed)  # fmt: skip
        return float(sum(max(row) for row in zip(*heights, strict=True)) + _BROKEN * broken)

    heights = [lines(number, width) for number, width in enumerate(room)]
    for step in _STEPS:
        for giver, taker in permutations(range(len(room)), 2):
            less, more = room[giver] - step, room[taker] + step
            if less < bounds[0][giver] or more > bounds[1][taker]:
                continue
            tried = [*heights]
            tried[giver], tried[taker] = lines(giver, less), lines(taker, more)
            if cost(tried) < cost(heights):
                heights, room[giver], room[taker] = tried, less, more
    return room


def broken_lines(words: Sequence[float], width: float, blank: float) -> int:
    """How many lines the words take."""
    lines, left = 1, width
    for word in words:
        if word > left and left < width:
            lines, left = lines + 1, width
        left -= word + blank
    return lines


def _filled(least: Sequence[float], most: Sequence[float], amounts: Sequence[float], total: int) -> list[float]:
    """By the amounts, but no narrower than `least` and no wider than `most`; the right level is searched."""

    def at(level: float) -> list[float]:
        wished = (_PADDING + level * amount for amount in amounts)
        return [min(max(wish, low), high) for wish, low, high in zip(wished, least, most, strict=True)]

    low, high = 0.0, total / max(min(filter(None, amounts), default=1), 1e-9)
    for _ in range(50):
        level = (low + high) / 2
        low, high = (level, high) if sum(at(level)) < total else (low, level)
    room = at(high)
    left = total - sum(room)
    return [width + left * width / sum(room) for width in room]


def _words(line: Line, points: float, *, broken: bool) -> Iterator[float]:
    """Widths of what can't be parted: a word may run on from one part of the line into the next."""
    width = 0.0
    for part in line:
        first, *others = _pieces(part, broken)
        width += _cut(part, first).wide(points)
        for other in others:
            yield width
            width = _cut(part, other).wide(points)
    yield width


def _pieces(part: Part, broken: bool) -> list[str]:
    pieces = _ENDS.split(part.text)
    if not broken:
        return pieces
    return [piece[i : i + _BREAKABLE] for piece in pieces for i in range(0, max(len(piece), 1), _BREAKABLE)]


def _cut(part: Part, text: str) -> Part:
    return Part(text.rstrip(" \n"), part.size, part.bold, part.twips)


def _wide(line: Line, points: float) -> float:
    return sum(part.wide(points) for part in line) + (line[0].indent if line else 0)


def _exact(parts: Sequence[float], total: int) -> list[int]:
    """Whole twips with the rounding in the widest column, so that all tables end at the margin."""
    whole = [round(part) for part in parts]
    whole[whole.index(max(whole))] += total - sum(whole)
    return whole
