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
    patterns = _patterns(case)
    for cls, keys in TEXTS.items():
        for entity, owner in case.plan.placed_as(cls):
            values = entity.__dict__
            for key in keys:
                content = values.get(key)
                why = content and next((why for why, found in patterns if _shows(found, content)), None)
                if why:
                    yield Finding(Place(entity.at(key).location, owner), {"why": why})


def _shows(pattern: re.Pattern[str], content: str) -> bool:
    """„Gebiet 1“ is a name, no number of anybody."""
    return any(
        not ((groups := m.groupdict()).get("noun") and groups["many"].isdigit()) for m in pattern.finditer(content)
    )


def _patterns(case: Case) -> tuple[tuple[Text, re.Pattern[str]], ...]:
    """Words between number and person end as adjectives do; “zwei von drei Kindern” is a share."""
    disclosure = case.plan.settings.disclosure
    least = disclosure.threshold
    small = [word for word, number in _NUMBERS.items() if number < least] + [str(n) for n in range(1, least)]
    people = "|".join(re.escape(word) for word in sorted(disclosure.person_words, key=len, reverse=True))
    noun = r"(?:(?<=[^.!?:\s]\s)(?P<noun>[A-ZÄÖÜ][\wäöüß-]*)\s+)?"
    between = r"(?:(?:[a-zäöüß]+(?:e|en|er|es)|young|small|old|lone)\s+){0,2}"
    counted = rf"{noun}(?<![\w.,/–-])(?P<many>(?i:{'|'.join(small)}))\s+(?!(?:von|of|bis|to)\b){between}(?:{people})\b"
    only = rf"\b(?i:der|die|das|dem|den|the)\s+(?i:einzigen?|einziger|only)\s+{between}(?:{people})\b"
    return ((_FEW, re.compile(counted)), (_ONLY, re.compile(only)), (_HOUSE, _ADDRESS))


_FEW = text(de="eine kleine Anzahl von Personen", en="a small number of persons")
_ONLY = text(de="„die einzige …“", en="“the only …”")
_HOUSE = text(de="eine Hausnummer", en="a house number")
_ADDRESS = re.compile(r"\b[A-ZÄÖÜ][\wäöüß-]*(?:straße|strasse|gasse|allee|weg|ufer)\s+\d{1,4}\s?[a-z]?\b")
