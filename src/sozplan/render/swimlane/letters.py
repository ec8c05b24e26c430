"""Words broken into lines that stay inside their shape: nothing is cut off, long words are hyphenated.

Programs that open BPMN write with letters of their own, wider than those of our papers: so lines leave them some room.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from sozplan.render.charts.lettering import SMALL, width

SIZE = SMALL
LEAD = SIZE * 1.2
"""From line to line."""
WIDER = 1.12
"""Arial against the letters of our papers."""


@lru_cache(maxsize=20_000)
def room(words: str) -> float:
    """How wide the words are where they are widest, of our papers and of other programs."""
    return width(words, SIZE) * WIDER


def broken(words: str, wide: float, lang: str) -> list[str]:
    """The words in lines no wider than `wide`."""
    lines: list[str] = []
    for word in words.split(" "):
        if not word:
            continue
        for piece in (word,) if room(word) <= wide else tuple(_pieces(word, wide, lang)):
            if lines and not lines[-1].endswith("\N{SOFT HYPHEN}") and room(f"{lines[-1]} {piece}") <= wide:
                lines[-1] += f" {piece}"
            else:
                lines.append(piece)
    return [line.replace("\N{SOFT HYPHEN}", "-") for line in lines]


def _pieces(word: str, wide: float, lang: str) -> Iterator[str]:
    """A word too long for a line: at hyphens it has, at syllables, else anywhere; all but the last end in a hyphen."""
    while room(word) > wide:
        ends = [at for at in _breaks(word, lang) if room(word[:at].rstrip("-") + "-") <= wide]
        at = max(ends, default=0) or max(
            1, max((n for n in range(1, len(word)) if room(word[:n] + "-") <= wide), default=1)
        )
        yield word[:at].rstrip("-") + "\N{SOFT HYPHEN}"
        word = word[at:]
    yield word


def _breaks(word: str, lang: str) -> list[int]:
    import pyphen  # type: ignore[import-untyped]

    from sozplan.render.hyphens import prepare

    prepare()
    first = word.rfind("\N{NO-BREAK SPACE}") + 1
    patterns = pyphen.Pyphen(lang="de_DE" if lang == "de" else "en_GB")
    found = [first + int(at) for at in patterns.positions(word[first:])]
    hyphens = [at + 1 for at, letter in enumerate(word[:-1]) if letter in "-/" and at]
    return sorted({*found, *hyphens})
