"""Rule on texts in which somebody could be recognised."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from sozplan.diagnostics import Severity, Text, text
from sozplan.model.areas import AreaPlan, Contribution, Dissent, FigureEvidence, LocalEvidence, Need, Review
from sozplan.model.case import Case
from sozplan.model.entity import Entity, Place
from sozplan.model.inventory import Criterion, Recommendation
from sozplan.model.territory import SocialArea
from sozplan.rules.rule import Finding, rule
from sozplan.rules.sift import Test, sift

TEXTS: Mapping[type[Entity], tuple[str, ...]] = {
    AreaPlan: ("profile",),
    Need: ("statement", "reason", "deferred"),
    FigureEvidence: ("statement",),
    LocalEvidence: ("statement",),
    Contribution: ("statement", "reason"),
    Dissent: ("statement",),
    Review: ("statement", "reason", "decision_needed", "accepted"),
    SocialArea: ("description",),
    Criterion: ("note",),
    Recommendation: ("statement", "reason"),
}
"""The keys in which people are told about."""

_WORDS = ("zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun", "two", "three", "four", "five", "six")
_NUMBERS = {word: i for i, word in enumerate(_WORDS[:8], 2)} | {word: i for i, word in enumerate(_WORDS[8:], 2)}


@rule(
    "sdc.freetext",
    Severity.WARNING,
    de="An diesem Text könnten sich Einzelne erkennen lassen: {why}. Beschreiben Sie die Gruppe, ohne Zahl und ohne"
    " besonderes Merkmal.",
    en="Single people could be recognised by this text: {why}. Describe the group, without a number and without a"
    " special trait.",
    by_plan=True,
)
def recognisable_person(case: Case) -> Iterator[Finding]:
    """Texte lassen niemanden erkennen

    „Die einzige Familie im Block“ oder „zwei Mädchen der vierten Klasse“ erkennt im Quartier jeder. Gesucht wird in den
    Texten von Bedarfen, Belegen, Beteiligung, Zwischenberichten, Gebieten und Bestand nach einer Anzahl unter der
    Mindestfallzahl vor einem Wort für Personen, nach „die einzige …“ und nach Hausnummern; die Wörter stehen in
    sozplan.yaml („person_words“). Die Meldung wiederholt den Text nicht.

    English:
        Texts let nobody be recognised

        Everybody in the quarter knows “the only family in the block” or “two girls of the fourth form”. Texts of needs,
        evidence, participation, reviews, areas and inventory are searched for a number below the minimum of cases in
        front of a word for persons, for “the only …” and for house numbers; the words stand in sozplan.yaml
        (“person_words”). The message doesn't repeat the text.

    Bad:
        # plans/areas/hafen.yaml
        needs:
          - id: hafen-n1
            statement: Die einzige alleinerziehende Mutter im Block findet keinen Kita-Platz.  # <- sdc.freetext

    Good:
        # plans/areas/hafen.yaml
        needs:
          - id: hafen-n1
            statement: Alleinerziehende finden im Hafen schwer einen Kita-Platz.
    """
    search = _Search(case)
    for cls, placed in case.plan.placed_by_class.items():
        keys = tuple(key for of, keys in TEXTS.items() if issubclass(cls, of) for key in keys)
        for said in sift(placed, keys, search.suspect):
            if (why := search.why(said.words)) is not None:
                yield Finding(Place(said.entity.origin.locate(*said.path), said.owner), {"why": why})


class _Search:
    """The patterns, each with cheap signs without which it needn't be tried."""

    def __init__(self, case: Case) -> None:
        disclosure = case.plan.settings.disclosure
        words, figures = _small(disclosure.threshold)
        people = "|".join(re.escape(word) for word in sorted(disclosure.person_words, key=len, reverse=True))
        self.patterns = _patterns("|".join([*words, *figures]), people)
        self.signs = (*words, *_ONLY_SIGNS)
        self.figures = re.compile(rf"[0-9]\s+{_BETWEEN}(?:{people})\b")

    def suspect(self, many: str) -> Test | None:
        return self.may_show if self.may_show(many) else None

    def may_show(self, content: str) -> bool:
        folded = content.casefold()
        return (
            any(sign in folded for sign in self.signs)
            or any(sign in content for sign in _STREETS)
            or self.figures.search(content) is not None
        )

    def why(self, content: str) -> Text | None:
        return next((why for why, found in self.patterns if _shows(found, content)), None)


def _shows(pattern: re.Pattern[str], content: str) -> bool:
    """„Gebiet 1“ is a name, no number of anybody."""
    return any(
        not ((groups := m.groupdict()).get("noun") and groups["many"].isdigit()) for m in pattern.finditer(content)
    )


def _small(least: int) -> tuple[list[str], list[str]]:
    """The numbers below the minimum, as words and as figures."""
    return [word for word, number in _NUMBERS.items() if number < least], [str(n) for n in range(1, least)]


def _patterns(small: str, people: str) -> tuple[tuple[Text, re.Pattern[str]], ...]:
    """Words between number and person end as adjectives do; “zwei von drei Kindern” is a share."""
    noun = r"(?:(?<=[^.!?:\s]\s)(?P<noun>[A-ZÄÖÜ][\wäöüß-]*)\s+)?"
    counted = rf"{noun}(?<![\w.,/–-])(?P<many>(?i:{small}))\s+(?!(?:von|of|bis|to)\b){_BETWEEN}(?:{people})\b"
    only = rf"\b(?i:der|die|das|dem|den|the)\s+(?i:einzigen?|einziger|only)\s+{_BETWEEN}(?:{people})\b"
    return ((_FEW, re.compile(counted)), (_ONLY, re.compile(only)), (_HOUSE, _ADDRESS))


_BETWEEN = r"(?:(?:[a-zäöüß]+(?:e|en|er|es)|young|small|old|lone)\s+){0,2}"
_FEW = text(de="eine kleine Anzahl von Personen", en="a small number of persons")
_ONLY = text(de="„die einzige …“", en="“the only …”")
_HOUSE = text(de="eine Hausnummer", en="a house number")
_ONLY_SIGNS = ("einzig", "only")
_STREETS = ("straße", "strasse", "gasse", "allee", "weg", "ufer")
_ADDRESS = re.compile(rf"\b[A-ZÄÖÜ][\wäöüß-]*(?:{'|'.join(_STREETS)})\s+\d{{1,4}}\s?[a-z]?\b")
