"""Rules on the handbook's running text: what it refers to, what it calls by name, what it shows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches

from sozplan.diagnostics import Severity, Text, text
from sozplan.model.case import Case
from sozplan.model.entity import Entity
from sozplan.model.handbook import HandbookRule
from sozplan.model.shared import Record
from sozplan.model.terms import Status
from sozplan.rules.hb.conflict import is_to_come
from sozplan.rules.hb.offices import Offices
from sozplan.rules.hb.texts import Chapter, chapters
from sozplan.rules.rule import Finding, rule, status_of
from sozplan.rules.words import brief, day, kind

_REFERENCE = re.compile(r"\[\[([^\[\]\n]*)\]\]")
_ID = re.compile(r"[a-z][a-z0-9-]{0,63}")
_LONGEST = 64
_COMPARISONS = 200_000
"""So many ids are compared for suggestions; where that isn't enough a file is missing, no letter is wrong."""
_DAYS = re.compile(r"\b(\d{1,3})\s+(?:(?:Werk|Arbeits|Kalender)?[Tt]age?n?|(?:working |calendar )?days?)\b")


@rule(
    "hb.out-of-sync",
    Severity.ERROR,
    de="Text und Daten stimmen nicht überein: {what} {advice}",
    en="Text and data don't agree: {what} {advice}",
    softens=True,
)
def text_beside_the_data(case: Case) -> Iterator[Finding]:
    """Der Text des Handbuchs stimmt mit den Daten überein

    Ein Verweis [[amt-51]] druckt immer den geltenden Namen; zeigt er auf nichts oder auf Beendetes, steht im Handbuch
    eine Lücke. Nennt der Satz einer Regel eine andere Zahl von Tagen als ihre Frist, gilt zweierlei. Namen von Stellen
    und Gremien im laufenden Text sind nur ein Hinweis: Heißen sie in den Daten anders, veraltet der Text unbemerkt.
    Womit solche Namen beginnen („Amt“, „Ausschuss“ …), steht in sozplan.yaml („office_words“).

    English:
        The handbook's text agrees with the data

        A reference [[amt-51]] always prints the name in force; where it leads to nothing or to what has ended, the
        handbook has a gap. If the sentence of a rule names another number of days than its deadline, two things hold.
        Names of offices and bodies in running text are a hint only: if they are called otherwise in the data, the text
        grows old unnoticed. What such names start with (“Amt”, “Ausschuss” …) stands in sozplan.yaml (“office_words”).

    Bad:
        # handbook/chapters/grundsaetze.md
        # Grundsätze

        Die Beispielstadt plant mit der [[hafen-konferenz]].  # <- hb.out-of-sync

    Good:
        # handbook/chapters/grundsaetze.md
        # Grundsätze

        Die Beispielstadt plant mit der [[hafenkonferenz]].
    """
    offices, references = Offices(case), _References(case)
    for chapter in chapters(case):
        for match in _REFERENCE.finditer(chapter.text):
            yield from references.fault(chapter, match)
        yield from offices.unknown_in(chapter)
    for each in case.plan.handbook_rules:
        yield from _other_days(each)


class _References:
    """Looks up what `[[…]]` means, and what may have been meant."""

    def __init__(self, case: Case) -> None:
        self.case, self.plan = case, case.plan
        self.retired = {each.id for each in self.plan.retired}
        former = {rule.id: rule for rule in self.plan.handbook_rules}
        self.superseded = {
            rule.supersedes
            for rule in self.plan.handbook_rules
            if rule.supersedes in former and not is_to_come(case, rule, former[rule.supersedes])
        }
        self.comparisons = _COMPARISONS

    def fault(self, chapter: Chapter, match: re.Match[str]) -> Iterator[Finding]:
        id = match[1]
        entity = self.plan.get(id)
        if entity is None:
            if id not in self.plan.muted:
                yield Finding(chapter.at(match.start()), self._unknown(id))
        elif (ended := self._ended(entity)) is not None:
            yield Finding(chapter.at(match.start()), {"what": ended, "advice": _POINT_ELSEWHERE})

    def _unknown(self, id: str) -> dict[str, object]:
        shown = brief(id)
        if id in self.retired:
            what = text(de=f"Der Verweis „[[{shown}]]“ ist stillgelegt.", en=f"The reference “[[{shown}]]” is retired.")
            return {"what": what, "advice": _POINT_ELSEWHERE}
        what = text(de=f"Der Verweis „[[{shown}]]“ führt ins Leere.", en=f"The reference “[[{shown}]]” leads nowhere.")
        return {"what": what, "advice": self._advice(id)}

    def _advice(self, id: str) -> Text:
        self.comparisons -= len(self.plan.ids)
        near = get_close_matches(id, self.plan.ids, 1) if len(id) <= _LONGEST and self.comparisons >= 0 else []
        if near:
            return text(de=f"Meinten Sie „[[{near[0]}]]“?", en=f"Did you mean “[[{near[0]}]]”?")
        return _WRITE_ID if _ID.fullmatch(id) is None else _ENTER_IT

    def _ended(self, entity: Entity) -> Text | None:
        """What is no longer so, if it isn't; a resolution is an event and never ends."""
        if not isinstance(entity, Record):
            return None
        if entity.valid_to is not None and entity.valid_to < self.case.as_of:
            what, until = kind(entity), day(entity.valid_to)
            return text(
                de=f"Der Verweis „[[{entity.id}]]“ meint etwas Beendetes: {what.de}, gültig bis {until.de}.",
                en=f"The reference “[[{entity.id}]]” means what has ended: {what.en}, valid until {until.en}.",
            )
        if isinstance(entity, HandbookRule) and self._is_over(entity):
            return text(
                de=f"Der Verweis „[[{entity.id}]]“ meint eine Regel, die ersetzt oder beendet ist.",
                en=f"The reference “[[{entity.id}]]” means a rule that has been superseded or ended.",
            )
        return None

    def _is_over(self, each: HandbookRule) -> bool:
        return each.id in self.superseded or status_of(self.plan, each) is Status.ENDED


_WRITE_ID = text(
    de="Zwischen die Klammern gehört eine Kennung wie [[amt-51]]; den Namen setzt das Programm ein.",
    en="An id such as [[amt-51]] belongs between the brackets; the program puts in the name.",
)
_ENTER_IT = text(
    de="Nehmen Sie eine Kennung aus den Planungsdateien.",
    en="Take an id from the planning files.",
)
_POINT_ELSEWHERE = text(
    de="Verweisen Sie auf das, was an seine Stelle getreten ist.",
    en="Refer to what has taken its place.",
)


def _other_days(each: HandbookRule) -> Iterator[Finding]:
    """A sentence with a single number of days that isn't the deadline's."""
    said = {int(days) for days in _DAYS.findall(each.statement)}
    if each.deadline is None or len(said) != 1 or (days := said.pop()) == abs(each.deadline.days):
        return
    due = abs(each.deadline.days)
    what = text(
        de=f"Regel „{each.id}“ sagt im Satz {days} Tage, in „deadline“ aber {due}.",
        en=f"Rule “{each.id}” says {days} days in its sentence but {due} in “deadline”.",
    )
    yield Finding(each.at("statement"), {"what": what, "advice": _ALIKE})


_ALIKE = text(de="Gleichen Sie beides an.", en="Make the two agree.")


@rule(
    "hb.alt-missing",
    Severity.ERROR,
    de="Die Abbildung „{image}“ hat keinen Alternativtext. Schreiben Sie ihn in {where}: was sie zeigt, in einem Satz.",
    en="The figure “{image}” has no alternative text. Write it into {where}: what it shows, in one sentence.",
    softens=True,
)
def figure_without_words(case: Case) -> Iterator[Finding]:
    """Jede Abbildung sagt in Worten, was sie zeigt

    Wer sich das Handbuch vorlesen lässt, hört an ihrer Stelle sonst nichts oder einen Dateinamen; barrierefreie PDF
    verlangen den Text.

    English:
        Each figure says in words what it shows

        Whoever has the handbook read out hears nothing or a file name in its place otherwise; accessible PDF requires
        the text.

    Bad:
        # handbook/chapters/grundsaetze.md
        # Grundsätze

        ![](ablauf.svg)  # <- hb.alt-missing

    Good:
        # handbook/chapters/grundsaetze.md
        # Grundsätze

        ![Der Plan entsteht in vier Schritten: Analyse, Ziele, Maßnahmen, Beschluss.](ablauf.svg)
    """
    for chapter in chapters(case):
        for match in _IMAGE.finditer(chapter.text):
            if not match[1].strip():
                yield Finding(chapter.at(match.start()), {"image": brief(match[2]), "where": _BRACKETS})
    design = case.plan.settings.design
    if design.logo is not None and design.logo_alt is None:
        yield Finding(design.at("logo"), {"image": design.logo, "where": Text("„logo_alt“", "“logo_alt”")})


_IMAGE = re.compile(r"!\[([^\]\n]*)\]\(([^)\n]*)\)")
_BRACKETS = text(de="die eckigen Klammern", en="the square brackets")
