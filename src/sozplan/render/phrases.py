"""Fixed words and ways of telling changes: what files are about, kinds of targets, counts, and long texts cut short."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from sozplan.diagnostics import Lang, Text, text
from sozplan.model.entity import Entity
from sozplan.model.measures import OWN, THIRD_PARTY
from sozplan.render.cited import Worded, cited
from sozplan.rules.words import KINDS

LONG = 160
_AROUND = 5
"""Words that stay on either side of what differs in a long text."""
_BRIEF = 80

POINTS = text(de="Prozentpunkte", en="percentage points")
PLANNED = text(de="Ansatz", en="Budget")
SOURCES = {
    OWN: text(de="Eigenmittel", en="own funds"),
    THIRD_PARTY: text(de="Drittmittel", en="third-party funds"),
}

TARGET_KINDS = {
    "change": text(de="Veränderung", en="change"),
    "maintain": text(de="Erhalt", en="maintain"),
    "corridor": text(de="Korridor", en="corridor"),
    "gap": text(de="Abstand zum Stadtwert", en="gap"),
    "milestones": text(de="Meilensteine", en="milestones"),
}


def brief(value: str | None) -> str:
    line = " ".join((value or "").split())
    return line if len(line) <= _BRIEF else f"{line[: _BRIEF - 1]}…"


def differing(old: str, new: str) -> tuple[str, str]:
    """Both texts; of long ones only the words that differ, with a few around them."""
    if max(len(old), len(new)) <= LONG:
        return old, new
    before, after = old.split(), new.split()
    start = _shared(before, after)
    end = _shared(before[start:][::-1], after[start:][::-1])
    return _cut(before, start, end), _cut(after, start, end)


def _shared(one: Sequence[str], other: Sequence[str]) -> int:
    return next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _cut(words: Sequence[str], start: int, end: int) -> str:
    first, last = max(0, start - _AROUND), min(len(words), len(words) - end + _AROUND)
    return ("… " if first else "") + " ".join(words[first:last]) + (" …" if last < len(words) else "")


def tallied(also: Iterable[tuple[str, int]], lang: Lang, ref: str | None = None) -> Iterator[str]:
    """Counted by what people call them: the kinds of targets are one. `ref` is how that is cited in which they are."""
    counts: Counter[tuple[Text, Text]] = Counter()
    for cls, count in also:
        word = KINDS.get(cls, Text(cls, cls))
        counts[_MANY.get(cls) or (Text(f"× {word.de}", f"× {word.en}"),) * 2] += count
    for (one, many), count in counts.items():
        number = cited(str(count), count, None if ref is None else f"{ref}count/{_singular(one)}")
        yield Worded(number, f" {(one if count == 1 else many).say(lang)}")


def _singular(word: Text) -> str:
    """As in a reference: `measure`, `guiding-goal`."""
    return word.en.removeprefix("× ").replace(" ", "-")


_TARGETS = (text(de="Zielwert", en="target"), text(de="Zielwerten", en="targets"))
_MANY = {
    "Need": (text(de="Bedarf", en="need"), text(de="Bedarfen", en="needs")),
    "AreaGoal": (text(de="Ziel", en="goal"), text(de="Zielen", en="goals")),
    "Measure": (text(de="Maßnahme", en="measure"), text(de="Maßnahmen", en="measures")),
    "Milestone": (text(de="Meilenstein", en="milestone"), text(de="Meilensteinen", en="milestones")),
    "Review": (text(de="Zwischenbericht", en="review"), text(de="Zwischenberichten", en="reviews")),
    **dict.fromkeys(("Change", "Maintain", "Corridor", "Gap", "Milestones"), _TARGETS),
}

ROOTS = {
    "Calendar": text(de="Kalender", en="Calendar"),
    "DataPackage": text(de="Datendateien", en="Data files"),
    "Funding": text(de="Förderung", en="Funding"),
    "Handbook": text(de="Handbuch", en="Handbook"),
    "ImportProfile": text(de="Importprofile", en="Import profiles"),
    "Index": text(de="Sozialindizes", en="Social indices"),
    "Indicator": text(de="Kennzahlen", en="Indicators"),
    "Inventory": text(de="Bestand", en="Inventory"),
    "Organisation": text(de="Organisation", en="Organisation"),
    "Process": text(de="Prozesse", en="Processes"),
    "Resolutions": text(de="Beschlüsse", en="Resolutions"),
    "RetiredIds": text(de="Stillgelegte Kennungen", en="Retired ids"),
    "Rules": text(de="Handbuchregeln", en="Handbook rules"),
    "Settings": text(de="Einstellungen", en="Settings"),
    "Stamps": text(de="Beschlussstempel", en="Stamps of resolutions"),
    "Strategy": text(de="Strategie", en="Strategy"),
    "Territory": text(de="Gebiete", en="Territory"),
    "Waivers": text(de="Ausnahmen", en="Waivers"),
}
"""What the files of a kind are about together."""


def root_title(root: Entity) -> Text:
    name = type(root).__name__
    return ROOTS.get(name, Text(name, name))


INTERNAL = text(
    de="NUR FÜR DEN DIENSTGEBRAUCH: enthält nicht veröffentlichte Zahlen.",
    en="INTERNAL: contains figures that are not published.",
)
"""Stands on every output that isn't for the public."""
