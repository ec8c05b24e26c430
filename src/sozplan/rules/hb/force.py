"""Rules on what makes the handbook and its rules binding."""

from __future__ import annotations

from collections.abc import Iterator

from sozplan.diagnostics import Severity, Text, text
from sozplan.model.case import Case
from sozplan.model.handbook import Handbook
from sozplan.model.terms import Force, Status
from sozplan.rules.rule import Finding, rule, status_of
from sozplan.rules.words import key, label


@rule(
    "hb.not-in-force",
    Severity.ERROR,
    de="Handbuch „{handbook}“ gilt als beschlossen, aber es fehlt: {missing}. Tragen Sie es ein, oder setzen Sie"
    " „status: proposal“.",
    en="Handbook “{handbook}” counts as resolved, but this is missing: {missing}. Enter it, or set “status: proposal”.",
)
def handbook_without_force(case: Case) -> Iterator[Finding]:
    """Ein geltendes Handbuch nennt Tag, Unterschrift und Verfügung

    Eine Dienstanweisung bindet erst, wenn feststeht, wer sie wann wodurch in Kraft gesetzt hat.

    English:
        A handbook in force names day, signatory and order

        A service order binds only once it is certain who put it into force, when and by what.

    Bad:
        # handbook/handbook.yaml (whole)
        id: handbuch
        title: Handbuch Sozialplanung
        version: "1.0"
        status: resolved  # <- hb.not-in-force
        signatory: hvb
        order: v-2026-03
        chapters:
          - {id: kapitel-berichte, title: Berichtswesen, parts: [rules]}
        changes:
          - {version: "1.0", date: 2026-03-01, statement: Erste Fassung, order: v-2026-03}

    Good:
        # handbook/handbook.yaml
        status: resolved
        effective: 2026-03-01
        signatory: hvb
        order: v-2026-03
    """
    for book in case.plan.all(Handbook):
        if book.status is not Status.RESOLVED:
            continue
        missing = [field for field in ("effective", "signatory", "order") if getattr(book, field) is None]
        if missing:
            yield Finding(book.at("status"), {"handbook": book.id, "missing": _listed(book, missing)})


def _listed(book: Handbook, fields: list[str]) -> Text:
    labels = [(label(book, field), key(book, field)) for field in fields]
    return Text(", ".join(f"{w.de} ({k})" for w, k in labels), ", ".join(f"{w.en} ({k})" for w, k in labels))


@rule(
    "hb.addressee-missing",
    Severity.ERROR,
    de="Regel „{rule}“ sagt „{force}“, aber nicht, wem. Nennen Sie unter „addressees“ die Stellen, die sie bindet.",
    en="Rule “{rule}” says “{force}”, but not to whom. Name under “addressees” the offices that it binds.",
    softens=True,
)
def rule_without_addressee(case: Case) -> Iterator[Finding]:
    """Jede Muss-Regel nennt ihre Adressaten

    Woran sich alle halten müssen, hält sich niemand gebunden; und externe Stellen bindet eine Dienstanweisung nie.
    Eine Muss-Regel ohne Adressaten kann nicht in Kraft treten; bei „soll“ und „kann“ ist es eine Warnung.

    English:
        Each must-rule names its addressees

        What everybody must keep nobody feels bound by; and a service order never binds external bodies.
        A must-rule without addressees can't come into force; with “should” and “may” it is a warning.

    Bad:
        # handbook/rules/berichte.yaml
        rules:
          - id: regel-bericht
            chapter: kapitel-berichte
            force: must
            addressees: []  # <- hb.addressee-missing
            statement: Zwischenberichte liegen binnen 20 Werktagen vor.

    Good:
        # handbook/rules/berichte.yaml
        rules:
          - id: regel-bericht
            chapter: kapitel-berichte
            force: must
            addressees: [amt-51]
            statement: Zwischenberichte liegen binnen 20 Werktagen vor.
    """
    for each in case.plan.handbook_rules:
        is_over = each.valid_to is not None and each.valid_to < case.as_of
        if not each.addressees and not is_over and status_of(case.plan, each) is not Status.ENDED:
            place = each.at("addressees") if "addressees" in each.origin.keys else each.at("id")
            severity = None if each.force is Force.MUST else Severity.WARNING
            yield Finding(place, {"rule": each.id, "force": each.force.label}, severity)


@rule(
    "hb.change-entry-missing",
    Severity.ERROR,
    de="Fassung „{version}“ steht nicht im Änderungsverzeichnis. Tragen Sie unter „changes“ ein, was sie ändert;"
    " {known}.",
    en="Version “{version}” isn't in the register of changes. Enter under “changes” what it changes; {known}.",
    softens=True,
)
def version_without_change(case: Case) -> Iterator[Finding]:
    """Jede Fassung des Handbuchs steht im Änderungsverzeichnis

    Wer sich an die alte Fassung gewöhnt hat, muss auf einen Blick sehen, was jetzt anders ist und seit wann.

    English:
        Each version of the handbook is in the register of changes

        Whoever is used to the old version must see at a glance what is different now, and since when.

    Bad:
        # handbook/handbook.yaml
        version: "1.1"  # <- hb.change-entry-missing

    Good:
        # handbook/handbook.yaml
        version: "1.1"
        status: proposal
        effective: 2027-01-01
        changes:
          - {version: "1.0", date: 2026-03-01, statement: Erste Fassung, order: v-2026-03}
          - {version: "1.1", date: 2026-09-01, statement: Berichtsfrist verkürzt}
    """
    for book in case.plan.all(Handbook):
        entered = [change.version for change in book.changes]
        if book.version not in entered:
            yield Finding(book.at("version"), {"version": book.version, "known": _known(entered)})


def _known(entered: list[str]) -> Text:
    if not entered:
        return text(de="bisher ist es leer", en="so far it is empty")
    return text(de=f"die letzte ist „{entered[-1]}“", en=f"the last is “{entered[-1]}”")
