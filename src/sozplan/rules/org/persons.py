"""The rule that plans speak of functions, never of persons."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import NamedTuple

from sozplan.diagnostics import Location, Severity
from sozplan.model.case import Case
from sozplan.model.entity import Entity, Place, free_text_fields
from sozplan.model.governance import Privacy
from sozplan.model.handbook import Chapter
from sozplan.model.settings import Design
from sozplan.rules.org.private import Trace, may_hold, signs_in, traces
from sozplan.rules.rule import Finding, rule

_AT_ONCE = 200
"""So many texts are looked through together; nearly all of them hold nothing."""


@rule(
    "org.personal-data",
    Severity.ERROR,
    de="Hier steht {sort} („{shown}“). Nennen Sie die Stelle oder Funktion. "
    "Ist die Datei schon eingecheckt, bleibt die Angabe in der Versionsgeschichte: Sprechen Sie mit dem Datenschutz.",
    en="There is {sort} here (“{shown}”). Name the office or function. "
    "If the file was committed, it stays in the history: talk to data protection.",
)
def personal_data(case: Case) -> Iterator[Finding]:
    """Im Plan stehen Funktionen, keine Personen

    Wer Pläne veröffentlicht und in git führt, kann Namen und Nummern von Menschen nicht mehr zurückholen.
    Durchsucht werden alle Texte der YAML-Dateien und die Kapitel des Handbuchs, nicht der Briefkopf in `sozplan.yaml`.
    Gesucht werden: E-Mail-Adressen bei Anbietern privater Postfächer (und unter `privacy: private_domains`);
    Adressen aus Vor- und Nachname, auch dienstliche; Mobilnummern, Nummern mit +49 und Nummern hinter „Tel.“,
    „Telefon“, „Handy“, „Durchwahl“; „Herr“ oder „Frau“ mit Namen, „Familie K.“, akademische Titel mit Namen;
    IBAN mit gültiger Prüfziffer; Geburtsdaten hinter „geb.“, „geboren am“ oder „*“; Versicherungsnummern mit gültiger
    Prüfziffer, Steuer-Identifikationsnummern, Nummern von Bedarfsgemeinschaften; „wohnhaft“ oder „wohnt“ mit Straße
    und Hausnummer.
    Straßen, Schulen und Stiftungen, die nach Menschen heißen, und Anreden mit einer Funktion sind nicht gemeint.
    Was einer Funktion gehört, steht unter `privacy: allowed` in `sozplan.yaml`.
    Die Meldung zeigt nur den Anfang des Fundes.

    English:
        The plan names functions, not persons

        Whoever publishes plans and keeps them in git can't take back names and numbers of people.
        All texts of the YAML files and the chapters of the handbook are searched, not the letterhead in `sozplan.yaml`.
        Searched are: e-mail addresses at providers of private mailboxes (and under `privacy: private_domains`);
        addresses made of first and last name, those at work included; mobile numbers, numbers with +49 and numbers
        after “Tel.”, “Telefon”, “Handy”, “Durchwahl”; “Herr”, “Frau”, “Mr” or “Ms” with a name, “Familie K.”,
        academic titles with a name; IBANs with valid check digits; dates of birth after “geb.”, “geboren am”, “born”
        or “*”; insurance numbers with a valid check digit, tax numbers, numbers of households on benefits;
        “wohnhaft” or “wohnt” with street and number.
        Streets, schools and foundations named after people, and addresses of a function, are not meant.
        What belongs to a function stands under `privacy: allowed` in `sozplan.yaml`.
        The message shows only the beginning of what was found.

    Bad:
        # plans/areas/hafen.yaml
        profile: Ansprechbar ist Frau Musterfrau im Hafentreff.  # <- org.personal-data

    Good:
        # plans/areas/hafen.yaml
        profile: Ansprechbar ist die Leitung des Hafentreffs.
    """
    privacy = case.plan.settings.privacy
    domains = frozenset(domain.casefold().removeprefix("@") for domain in privacy.private_domains)
    allowed = tuple(_bare(each) for each in privacy.allowed)
    for each in _suspicious(case):
        for trace in traces(each.words, domains):
            found = _bare(trace.found)
            if not any(found in one or one in found for one in allowed):
                yield Finding(each.place(trace), {"sort": trace.sort, "shown": trace.masked})


class _Text(NamedTuple):
    """A text and where it stands: in a field of an entity, or as a chapter by itself."""

    words: str
    entity: Entity | None
    path: tuple[str | int, ...]
    owner: str | None
    file: str = ""

    def place(self, trace: Trace) -> Place:
        if self.entity is not None:
            return Place(self.entity.origin.locate(*self.path), self.owner)
        before = self.words[: trace.start]
        line, column = before.count("\n") + 1, trace.start - (before.rfind("\n") + 1) + 1
        return Place(Location(self.file, line, column), self.owner)


def _suspicious(case: Case) -> Iterator[_Text]:
    """The texts that may hold something, sifted in batches: nearly none does."""
    found = list(chain(_fields(case), _mailboxes(case), _chapters(case)))
    for start in range(0, len(found), _AT_ONCE):
        batch = found[start : start + _AT_ONCE]
        if signs := signs_in("\0".join([each.words for each in batch])):
            yield from (each for each in batch if may_hold(each.words, signs))


def _fields(case: Case) -> Iterator[_Text]:
    cls, fields = Entity, free_text_fields(Entity)
    for entity, owner in case.plan.placed_as(Entity):
        if entity.__class__ is not cls:
            cls = entity.__class__
            fields = () if cls in (Privacy, Design) else free_text_fields(cls)
        values = entity.__dict__
        for field in fields:
            value = values[field]
            if value.__class__ is str:
                yield _Text(value, entity, (field,), owner)
            elif value.__class__ is tuple:
                for i, each in enumerate(value):
                    if each.__class__ is str:
                        yield _Text(each, entity, (field, i), owner)


def _mailboxes(case: Case) -> Iterator[_Text]:
    return (_Text(a.mailbox, a, ("mailbox",), a.id) for a in case.plan.actors if a.mailbox is not None)


def _chapters(case: Case) -> Iterator[_Text]:
    named = {chapter.file: chapter.id for chapter in case.plan.all(Chapter)}
    return (_Text(words, None, (), named.get(file), file) for file, words in case.plan.texts.items())


def _bare(value: str) -> str:
    return "".join(value.casefold().split())


RULES = (personal_data,)
