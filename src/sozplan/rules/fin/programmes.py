"""The rule that the terms of a programme fit together."""

from __future__ import annotations

from collections.abc import Iterator

from sozplan.analysis.money import euro, per_cent
from sozplan.diagnostics import Severity, Text, text
from sozplan.model.case import Case
from sozplan.model.funding import Programme
from sozplan.rules.rule import Finding, rule


@rule(
    "fin.programme-terms",
    Severity.WARNING,
    de="Aus dem Programm „{programme}“ kann so niemand Geld bekommen: {fault}. Vergleichen Sie mit der Richtlinie.",
    en="As it stands nobody can get money from the programme “{programme}”: {fault}. Compare it with the guideline.",
)
def terms_that_fit(case: Case) -> Iterator[Finding]:
    """Die Bedingungen eines Förderprogramms passen zusammen

    Ein vertauschter Betrag oder ein falscher Satz fällt sonst erst auf, wenn der Vorschlag zur Förderung das Programm
    stillschweigend übergeht.
    Geprüft wird, ob Fördersatz und Höchstbetrag mehr als null sind, ob Fördersatz und Eigenanteil zusammen höchstens
    100 % ergeben, ob die Grenzen der Gesamtkosten richtig herum stehen und ob ein Programm sich selbst ausschließt.

    English:
        The terms of a funding programme fit together

        A sum in the wrong place or a wrong rate otherwise only shows when the proposal for funding silently passes
        over the programme.
        Checked is whether rate and highest grant are more than nothing, whether rate and own share make at most 100 %,
        whether the bounds of the total cost are the right way round, and whether a programme excludes itself.

    Bad:
        # plans/funding/foerderung.yaml
        programmes:
          - id: land-kita
            name: Landesprogramm Kita-Zugang
            level: land
            provider: Landesjugendamt
            guideline: {title: Richtlinie Kita-Zugang, date: 2025-03-01}
            rate_max: 80
            own_share_min: 30  # <- fin.programme-terms

    Good:
        # plans/funding/foerderung.yaml
        programmes:
          - id: land-kita
            name: Landesprogramm Kita-Zugang
            level: land
            provider: Landesjugendamt
            guideline: {title: Richtlinie Kita-Zugang, date: 2025-03-01}
            rate_max: 70
            own_share_min: 30
    """
    for each in case.plan.programmes:
        for key, fault in _faults(each):
            yield Finding(each.at(key), {"programme": each.id, "fault": fault})


def _faults(each: Programme) -> Iterator[tuple[str, Text]]:
    """What contradicts itself, and the key that says it last."""
    rate, own, least, most = each.rate_max, each.own_share_min, each.total_cost_min, each.total_cost_max
    if rate == 0:
        yield "rate_max", text(de="Der Fördersatz ist 0 %", en="the rate is 0%")
    if rate is not None and own is not None and rate + own > 100:
        most_of, least_of, both = per_cent(rate), per_cent(own), per_cent(rate + own)
        yield (
            "own_share_min",
            text(
                de=f"Fördersatz (höchstens {most_of.de}) und Eigenanteil (mindestens {least_of.de}) ergeben {both.de}",
                en=f"rate (at most {most_of.en}) and own share (at least {least_of.en}) make {both.en}",
            ),
        )
    if each.grant_max == 0:
        yield "grant_max", text(de="Der Höchstbetrag ist 0 €", en="the highest grant is 0 euro")
    if least is not None and most is not None and least > most:
        yield (
            "total_cost_max",
            text(
                de=f"Die Gesamtkosten sollen mindestens {euro(least).de} und höchstens {euro(most).de} sein",
                en=f"the total cost is to be at least {euro(least).en} and at most {euro(most).en}",
            ),
        )
    if each.id in each.excludes:
        yield "excludes", text(de="Es schließt sich selbst aus", en="it excludes itself")


RULES = (terms_that_fit,)
