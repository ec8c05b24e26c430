"""The rule that plans speak of functions, never of persons."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from sozplan.diagnostics import Location, Severity
from sozplan.model.case import Case
from sozplan.model.entity import Place, free_text_fields
from sozplan.model.governance import Privacy
from sozplan.model.handbook import Chapter
from sozplan.model.settings import Design
from sozplan.rules.org.private import may_hold, signs_in, traces
from sozplan.rules.rule import Finding, rule
from sozplan.rules.sift import Said, Test, sift


@rule(
    "org.personal-data",
    Severity.ERROR,
    de="Hier steht {sort} („{shown}“). Nennen Sie die Stelle oder Funktion. "
    "Ist die Datei schon eingecheckt, bleibt die Angabe in der Versionsgeschichte: Sprechen Sie mit dem Datenschutz.",
    en="There is {sort} here (“{shown}”). Name the office or function. "
    "If the file was committed, it stays in the history: talk to data protection.",
    by_plan=True,
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
    for words, at in _suspicious(case):
        for trace in traces(words, domains):
            found = _bare(trace.found)
            if not any(found in one or one in found for one in allowed):
                yield Finding(at(trace.start), {"sort": trace.sort, "shown": trace.masked})


_Suspicious = Iterator[tuple[str, Callable[[int], Place]]]
"""Texts, and which place their n-th letter has."""


def _suspicious(case: Case) -> _Suspicious:
    for cls, placed in case.plan.placed_by_class.items():
        fields = () if cls in (Privacy, Design) else free_text_fields(cls)
        for said in sift(placed, fields, _test):
            yield said.words, partial(_in_field, said)
    for actor in case.plan.actors:
        if actor.mailbox is not None:
            yield actor.mailbox, partial(_in_field, Said(actor.mailbox, actor, ("mailbox",), actor.id))
    named = {chapter.file: chapter.id for chapter in case.plan.all(Chapter)}
    for file, words in case.plan.texts.items():
        if may_hold(words, signs_in(words)):
            yield words, partial(_in_chapter, words, file, named.get(file))


def _test(many: str) -> Test | None:
    signs = signs_in(many)
    return partial(may_hold, among=signs) if signs else None


def _in_field(said: Said, _: int) -> Place:
    return Place(said.entity.origin.locate(*said.path), said.owner)


def _in_chapter(words: str, file: str, owner: str | None, start: int) -> Place:
    before = words[:start]
    line, column = before.count("\n") + 1, start - (before.rfind("\n") + 1) + 1
    return Place(Location(file, line, column), owner)


def _bare(value: str) -> str:
    return "".join(value.casefold().split())


RULES = (personal_data,)
