"""Rules of a paper's texts: what is typed there for the screen would stand in print letter by letter."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from sozplan.diagnostics import Severity, Text, text
from sozplan.model.case import Case
from sozplan.model.papers import Paper
from sozplan.rules.paper.papers import written
from sozplan.rules.rule import Finding, rule


class _Stray(NamedTuple):
    """Marks that print can't follow, and what to do instead."""

    pattern: re.Pattern[str]
    advice: Text


_EVERYWHERE = (
    _Stray(
        re.compile(r"</?[a-zA-Z][^<>]*>|<!--"),
        text(de="Streichen Sie die HTML-Marke.", en="Delete the HTML tag."),
    ),
    _Stray(
        re.compile(r"!\[[^\]]*\]\([^)]*\)"),
        text(
            de="Bilder nimmt eine Vorlage nicht auf. Legen Sie das Bild als eigene Anlage bei.",
            en="Papers take no pictures. Enclose it as an annex of its own.",
        ),
    ),
    _Stray(
        re.compile(r"(?<!!)\[[^\]\[]+\]\((?!https?://|mailto:|#)[^)]*\)", re.IGNORECASE),
        text(
            de="Verweise führen nur ins Netz (https://…) oder zu einer Postadresse (mailto:…). Nennen Sie die "
            "Fundstelle in Worten.",
            en="Links lead to the web (https://…) or to a mail address (mailto:…) only. Name the source in words.",
        ),
    ),
)
_IN_LISTS = (
    *_EVERYWHERE,
    _Stray(
        re.compile(r"\*\*[^*]+\*\*|(?<!\w)__[^_]+__(?!\w)"),
        text(
            de="Fettdruck gibt es hier nicht. Streichen Sie die Zeichen.",
            en="There is no bold print here. Delete the marks.",
        ),
    ),
)
_TEXTS = ("summary", "occasion", "situation", "assessment")
_LISTS = ("proposal", "alternatives", "next_steps")


@rule(
    "paper.markup-printed",
    Severity.WARNING,
    de="{paper}: „{mark}“ stünde so, mit allen Zeichen, im Druck. {advice}",
    en="{paper}: “{mark}” would be printed like that, with all its marks. {advice}",
    by_plan=True,
)
def markup_that_print_shows(case: Case) -> Iterator[Finding]:
    """Was in der Vorlage steht, ist für den Druck geschrieben

    HTML, Bilder und Verweise auf eigene Dateien gibt es auf Papier und in einem barrierefreien PDF nicht; sie stünden
    dort als Zeichenfolge. Kurzfassung, Anlass, Sachstand, Bewertung und Gebietsprofil dürfen Überschriften, Listen und
    Fettdruck haben; Beschlussvorschlag, Alternativen und weiteres Vorgehen sind Sätze.

    English:
        What stands in a paper is written for print

        HTML, pictures and links to one's own files don't exist on paper nor in an accessible PDF; they would stand
        there as a string of signs. Summary, occasion, situation, assessment and profile of the area may have headings,
        lists and bold print; proposal, alternatives and next steps are sentences.

    Bad:
        # plans/areas/hafen.yaml
        paper:
          number: V-2025-117
          situation: Die <u>Kita-Quote</u> steigt.  # <- paper.markup-printed
          next_steps:
            - Bericht **im Herbst**.  # <- paper.markup-printed

    Good:
        # plans/areas/hafen.yaml
        paper:
          number: V-2025-117
          situation: Die **Kita-Quote** steigt.
          next_steps:
            - Bericht im Herbst.
    """
    for each in written(case):
        for path, said, strays in _passages(each.paper):
            for mark, advice in _found(said, strays):
                yield Finding(each.at(*path), {"paper": each.name, "mark": mark, "advice": advice})
    for plan in case.plan.area_plans:
        for mark, advice in _found(plan.profile or "", _EVERYWHERE):
            yield Finding(plan.at("profile"), {"paper": _profile_of(plan.id), "mark": mark, "advice": advice})


_Passage = tuple[tuple[str | int, ...], str, tuple[_Stray, ...]]


def _passages(paper: Paper) -> Iterator[_Passage]:
    yield from (((key,), said, _EVERYWHERE) for key in _TEXTS if (said := getattr(paper, key)))
    for key in _LISTS:
        yield from (((key, i), said, _IN_LISTS) for i, said in enumerate(getattr(paper, key)))


def _found(said: str, strays: tuple[_Stray, ...]) -> Iterator[tuple[str, Text]]:
    """Each kind of mark once a passage."""
    for stray in strays:
        if (found := stray.pattern.search(said)) is not None:
            yield " ".join(found[0].split())[:_LONGEST], stray.advice


_LONGEST = 60


def _profile_of(plan: str) -> Text:
    return text(de=f"Gebietsprofil in „{plan}“", en=f"Profile of the area in “{plan}”")


RULES = (markup_that_print_shows,)
