"""Two wordings of the same thing with what was dropped and what is new marked word by word.

The marks are elements (`del`, `ins`), which the style strikes out and underlines: nobody needs colours to see them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from markupsafe import Markup, escape

_WORD = re.compile(r"\w+(?:[-/.:]\w+)*|\s+|[^\w\s]")
_LARGEST = 4_000_000
"""Beyond so many pairs of words nobody would read the marks: both are marked as a whole."""
_ALIKE = 0.3
"""Texts that share less are another text each: marks between single words would only confuse."""


def marked(old: str, new: str) -> tuple[Markup, Markup]:
    """Both as markup."""
    before, after = _WORD.findall(old), _WORD.findall(new)
    if old == new:
        return escape(old), escape(new)
    if not old.strip() or not new.strip() or len(before) * len(after) > _LARGEST:
        return _whole("del", old), _whole("ins", new)
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    if matcher.ratio() < _ALIKE:
        return _whole("del", old), _whole("ins", new)
    codes = _joined(matcher.get_opcodes(), before)
    return (
        Markup().join(_pieces("del", before, ((tag, i, j) for tag, i, j, _, _ in codes))),
        Markup().join(_pieces("ins", after, ((tag, i, j) for tag, _, _, i, j in codes))),
    )


_Code = tuple[str, int, int, int, int]


def _joined(codes: Sequence[_Code], before: Sequence[str]) -> list[_Code]:
    """A blank between two changed words is part of the change, or each word would have a mark of its own."""
    found: list[_Code] = []
    for tag, i, j, m, n in codes:
        blank = tag == "equal" and not "".join(before[i:j]).strip() and found
        if found and found[-1][0] == "replace" and (blank or tag != "equal"):
            found[-1] = ("replace", found[-1][1], j, found[-1][3], n)
        else:
            found.append((tag if tag == "equal" else "replace", i, j, m, n))
    return found


def _pieces(element: str, words: Sequence[str], spans: Iterator[tuple[str, int, int]]) -> Iterator[Markup]:
    for tag, start, end in spans:
        piece = "".join(words[start:end])
        if tag == "equal" or not piece.strip():
            yield escape(piece)
            continue
        inner = piece.strip()
        lead, tail = piece[: piece.index(inner)], piece[piece.index(inner) + len(inner) :]
        yield escape(lead) + _whole(element, inner) + escape(tail)


def _whole(element: str, words: str) -> Markup:
    return Markup(f"<{element}>{{}}</{element}>").format(words) if words.strip() else Markup()  # noqa: S704
