"""Rule on words of the trade that the glossary doesn't explain."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sozplan.diagnostics import Severity
from sozplan.model.case import Case
from sozplan.model.entity import Place
from sozplan.rules.hb.texts import chapters
from sozplan.rules.rule import Finding, rule


@rule(
    "hb.term-undefined",
    Severity.WARNING,
    de="Der Fachbegriff „{term}“ wird verwendet, aber nicht erklärt. Nehmen Sie ihn in handbook.yaml unter"
    " „terms“ auf.",
    en="The technical term “{term}” is used but not explained. Enter it under “terms” in handbook.yaml.",
)
def term_without_definition(case: Case) -> Iterator[Finding]:
    """Fachbegriffe des Handbuchs sind erklärt

    Wer neu ins Amt kommt, soll das Handbuch ohne Vorwissen lesen können. Welche Wörter als Fachbegriff gelten, steht in
    sozplan.yaml („technical_terms“); gesucht wird in Kapiteln und Regeln, gemeldet die erste Stelle.

    English:
        Technical terms of the handbook are explained

        Whoever is new in the office shall be able to read the handbook without previous knowledge. Which words count as
        technical terms stands in sozplan.yaml (“technical_terms”); chapters and rules are searched, the first place is
        reported.

    Bad:
        # handbook/chapters/grundsaetze.md
        # Grundsätze

        Jede Maßnahme steht unter Haushaltsvorbehalt.  # <- hb.term-undefined

    Good:
        # handbook/chapters/grundsaetze.md
        # Grundsätze

        Jede Maßnahme steht unter Haushaltsvorbehalt.
        # handbook/handbook.yaml
        terms:
          - {id: begriff-vorbehalt, term: Haushaltsvorbehalt, definition: Sie beginnt erst mit dem Geld.}
    """
    book = case.plan.handbook
    if book is None:
        return
    explained = " ".join(entry.term for entry in book.terms).casefold()
    wanted = [term for term in case.plan.settings.handbook.technical_terms if term.casefold() not in explained]
    if not wanted:
        return
    pattern = re.compile(rf"\b({'|'.join(map(re.escape, wanted))})", re.IGNORECASE)
    spelled = {term.casefold(): term for term in wanted}
    told: set[str] = set()
    for place, found in _uses(case, pattern):
        term = spelled[found.casefold()]
        if term not in told:
            told.add(term)
            yield Finding(place, {"term": term})


def _uses(case: Case, pattern: re.Pattern[str]) -> Iterator[tuple[Place, str]]:
    for chapter in chapters(case):
        yield from ((chapter.at(match.start()), match[0]) for match in pattern.finditer(chapter.text))
    for each in case.plan.handbook_rules:
        yield from ((each.at("statement"), match[0]) for match in pattern.finditer(each.statement))
