"""Sentences of findings: how many, of how many, and where on the map."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from math import atan2, hypot, pi

from sozplan.diagnostics import Lang, Text, text
from sozplan.render.numbers import number

AREAS = text(de="Gebiete", en="areas")
_NUMERALS = (
    text(de="zwei", en="two"), text(de="drei", en="three"), text(de="vier", en="four"), text(de="fünf", en="five"),
    text(de="sechs", en="six"), text(de="sieben", en="seven"), text(de="acht", en="eight"), text(de="neun", en="nine"),
    text(de="zehn", en="ten"), text(de="elf", en="eleven"), text(de="zwölf", en="twelve"),
)  # fmt: skip
_MIDDLE = text(de="der Mitte", en="centre")
_QUARTERS = (
    text(de="Osten", en="east"), text(de="Norden", en="north"),
    text(de="Westen", en="west"), text(de="Süden", en="south"),
)  # fmt: skip
"""By quarter turns from the east, against the clock."""
_MOST = 0.75
"""From this share on it may be said that most lie there."""
_FEW = 6
"""Fewer areas have no quarters of the town."""
_CORE = 0.3
"""The middle reaches so far, as a share of the way to the farthest area."""
Spot = tuple[float, float]


def count(much: int, lang: Lang) -> str:
    """In words from two to twelve, as German prints it; one needs its gender and stays a digit."""
    return _NUMERALS[much - 2].say(lang) if 2 <= much <= 12 else number(much, lang)


def capital(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]


def quoted(words: str, lang: Lang) -> str:
    return f"„{words}“" if lang == "de" else f"“{words}”"


def whereabouts(spots: Sequence[Spot], all_spots: Sequence[Spot], *, unplaced: int, lang: Lang) -> str:
    """`, alle im Norden und Westen`; nothing where they lie all over the town. y grows to the south."""
    if not spots or len(all_spots) < _FEW:
        return ""
    middle = tuple(sum(axis) / len(all_spots) for axis in zip(*all_spots, strict=True))
    reach = max(hypot(x - middle[0], y - middle[1]) for x, y in all_spots)
    found = Counter(_quarter(x - middle[0], y - middle[1], reach) for x, y in spots)
    named = _fewest(found, len(spots) + unplaced)
    if not named:
        return ""
    covered = sum(found[quarter] for quarter in named)
    return _said(named, covered, len(spots) + unplaced, lang)


def _quarter(x: float, y: float, reach: float) -> Text:
    if hypot(x, y) <= _CORE * reach:
        return _MIDDLE
    return _QUARTERS[round(atan2(-y, x) / (pi / 2)) % 4]


def _fewest(found: Counter[Text], total: int) -> list[Text]:
    """One quarter or two that hold most of them, by number and then by compass."""
    order = sorted(found, key=lambda quarter: (-found[quarter], quarter.de))
    for named in (order[:1], order[:2]):
        if sum(found[quarter] for quarter in named) >= _MOST * total:
            return named
    return []


def _said(named: Iterable[Text], covered: int, total: int, lang: Lang) -> str:
    if lang == "de":
        places = " und ".join(("in " if quarter is _MIDDLE else "im ") + quarter.de for quarter in named)
        places = places.replace(" und im ", " und ") if places.startswith("im ") else places
        much = (
            "" if total == 1 else "beide " if covered == total == 2 else "alle " if covered == total else "die meisten "
        )
    else:
        places = "in the " + " and ".join(quarter.en for quarter in named)
        much = "" if total == 1 else "both " if covered == total == 2 else "all " if covered == total else "most "
    return f", {much}{places}"
