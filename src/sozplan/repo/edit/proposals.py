"""Ids for new entries, after the habit of those beside them."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Sequence
from itertools import count

_COUNTED = re.compile(r"(.*?)(\d+)")
_LONGEST = 64
_LETTERS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "é": "e", "è": "e", "à": "a"})


def proposed(words: str, siblings: Sequence[str], taken: Container[str], above: str = "") -> str:
    """A free id: the next number where the siblings are counted, else the words as an id.

    Of an empty list counted as in `above` (`hafen-m` for the measures of Hafen) it is the first.
    """
    counted = [match for each in siblings if (match := _COUNTED.fullmatch(each))]
    if counted and len(counted) * 2 > len(siblings):
        stem = _most([match[1] for match in counted])
        highest = max(int(match[2]) for match in counted if match[1] == stem)
        return next(id for n in count(highest + 1) if (id := f"{stem}{n}") not in taken)
    if above and not siblings:
        return next(id for n in count(1) if (id := f"{above}{n}") not in taken)
    return free(slug(words), taken)


def after_number(number: str, siblings: Iterable[tuple[str, str]], taken: Container[str], prefix: str) -> str:
    """The id of a numbered paper: as others are made of their numbers (`b-2025-041` of 2025/041)."""
    stems = [
        id.removesuffix(made) for id, other in siblings if (made := slug(other, number=True)) and id.endswith(made)
    ]
    return free(f"{_most(stems) if stems else prefix}{slug(number, number=True)}", taken)


def free(id: str, taken: Container[str]) -> str:
    return next(each for n in count(1) if (each := id if n == 1 else f"{id[: _LONGEST - 4]}-{n}") not in taken)


def slug(words: str, *, number: bool = False) -> str:
    """The words in lower-case letters with hyphens, cut between words; `number` may begin with a digit."""
    plain = re.sub(r"[^a-z0-9]+", "-", words.casefold().translate(_LETTERS)).strip("-")
    plain = plain if number else plain.lstrip("-0123456789")
    if len(plain) > _LONGEST // 2 and not number:
        plain = plain[: _LONGEST // 2 + 1].rpartition("-")[0] or plain[: _LONGEST // 2]
    return plain or "neu"


def _most(stems: Sequence[str]) -> str:
    return max(dict.fromkeys(stems), key=lambda stem: (stems.count(stem), stem))
