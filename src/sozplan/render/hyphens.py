"""German hyphenation that leaves compounds whole where the patterns cut a single letter off.

The patterns know no compounds: they offer `Gebiets-s-tand` and `Mita-r-beit`, where at most one of the two breaks is
right. In an English paper what people wrote in German stands beside English labels, and nothing tells which is which:
there a word breaks only where both languages allow it, so that neither breaks wrongly.
WeasyPrint takes its dictionaries from pyphen's cache, so the better ones are put there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pyphen  # type: ignore[import-untyped]

_VOWEL = re.compile("[aeiouyäöü]")
_LINKED = "bcdfghjklmnpqrtvwxz"
"""Before these a lone s begins a word (Stand, Schule); before a vowel or another s it ends one (Bundes-)."""


class GermanWords(pyphen.HyphDict):  # type: ignore[misc]
    """The patterns of pyphen without the breaks beside a piece that can't stand alone."""

    def positions(self, word: str) -> list[Any]:
        lower = word.lower()
        points = super().positions(lower)
        wrong = set(_wrong(lower, points))
        return [point for point in points if point not in wrong]


class EnglishWords(pyphen.HyphDict):  # type: ignore[misc]
    """The English breaks that a German word could have too."""

    def __init__(self, path: Any, german: GermanWords) -> None:
        super().__init__(path)
        self._german = german

    def positions(self, word: str) -> list[Any]:
        shared = set(self._german.positions(word))
        return [point for point in super().positions(word) if point in shared]


def _wrong(word: str, points: list[int]) -> Iterator[int]:
    for start, end in pairwise(points):
        piece = word[start:end]
        if piece == "s":
            yield end if word[end] in _LINKED or word[:start].endswith("fort") else start
        elif len(piece) == 1 or not _VOWEL.search(piece):
            yield from (start, end)


def prepare() -> None:
    """Before laying out; a second time does nothing. `de` and `de-DE` have patterns of their own."""
    for name in ("de", "de_DE"):
        path = pyphen.LANGUAGES[name]
        if not isinstance(pyphen.hdcache.get(path), GermanWords):
            pyphen.hdcache[path] = GermanWords(path)
    german = pyphen.hdcache[pyphen.LANGUAGES["de_DE"]]
    for path in {pyphen.LANGUAGES[name] for name in ("en", "en_GB")}:
        if not isinstance(pyphen.hdcache.get(path), EnglishWords):
            pyphen.hdcache[path] = EnglishWords(path, german)
