"""The rule that a measure waits for the notice."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sozplan.analysis.funding.grants import Grant, allowed, granted, grants, may_be_unread
from sozplan.analysis.funding.living import begun_on
from sozplan.diagnostics import Severity, Text, text
from sozplan.model.case import Case
from sozplan.model.terms import EarlyStart
from sozplan.rules.rule import Finding, rule
from sozplan.rules.words import day


@rule(
    "fin.early-start",
    Severity.ERROR,
    de="Maßnahme „{measure}“ begann am {start}, {fault}. „{programme}“ fördert nicht, was vorher begonnen hat: "
    "{advice}.",
    en="Measure “{measure}” began on {start}, {fault}. “{programme}” doesn't fund what began before: {advice}.",
    softens=True,
)
def begun_before_notice(case: Case) -> Iterator[Finding]:
    """Eine geförderte Maßnahme beginnt nicht vor dem Bescheid

    Wer ohne Bescheid und ohne Erlaubnis beginnt, verliert in der Regel die ganze Förderung.
    Was vorher erlaubt ist, steht beim Programm unter „early_start“, der genehmigte vorzeitige Beginn beim Antrag.
    Beginnt die Förderung nach dem Haushaltsplan in einem späteren Jahr, zählt dessen erster Tag.

    English:
        A funded measure doesn't begin before the notice

        Whoever begins without notice and permission as a rule loses the whole grant.
        What is allowed before stands in the programme under “early_start”, an approved early start in the application.
        If by the budget the grant begins in a later year, the first day of that year counts.

    Bad:
        # plans/areas/hafen.yaml
        measures:
          - id: hafen-m1
            title: Kita-Lotsen im Hafentreff
            goals: [hafen-g1]
            commitment: resolved
            budget_reservation: false
            progress: running
            planned: {from: 2026-02-01, to: 2026-12-31}
            actual: {from: 2026-02-01}  # <- fin.early-start
            responsible: amt-51
            executing: [hafentreff-ev]
            budget:
              - year: 2026
                product: "06.02.01"
                cost_centre: "5101"
                planned: 60000
                financing: {own: 20000, land-kita: 40000}
        # plans/funding/foerderung.yaml
        applications:
          - id: antrag-kita-lotsen
            title: Kita-Lotsen im Hafen
            programme: land-kita
            measures: [hafen-m1]
            stages:
              - {state: application, date: 2026-01-10}
              - {state: notice, date: 2026-03-20}

    Good:
        # plans/areas/hafen.yaml
        measures:
          - id: hafen-m1
            title: Kita-Lotsen im Hafentreff
            goals: [hafen-g1]
            commitment: resolved
            budget_reservation: false
            progress: running
            planned: {from: 2026-02-01, to: 2026-12-31}
            actual: {from: 2026-04-01}
            responsible: amt-51
            executing: [hafentreff-ev]
            budget:
              - year: 2026
                product: "06.02.01"
                cost_centre: "5101"
                planned: 60000
                financing: {own: 20000, land-kita: 40000}
        # plans/funding/foerderung.yaml
        applications:
          - id: antrag-kita-lotsen
            title: Kita-Lotsen im Hafen
            programme: land-kita
            measures: [hafen-m1]
            stages:
              - {state: application, date: 2026-01-10}
              - {state: notice, date: 2026-03-20}
    """
    for grant in grants(case):
        begun = begun_on(grant.measure, case.as_of)
        if begun is None:
            continue
        first, field = begun
        start = max(first, date(min(grant.years), 1, 1)) if grant.years else first
        if may_be_unread(case.plan, grant):
            continue
        if start <= case.as_of and not any(allowed(each, grant.programme, start) for each in grant.applications):
            args = {"measure": grant.measure.id, "start": day(start), "programme": grant.programme.id}
            yield Finding(
                grant.measure.at(field, "from"),
                args | {"fault": _too_soon(grant), "advice": _ADVICE[grant.programme.early_start]},
            )


def _too_soon(grant: Grant) -> Text:
    if not grant.applications:
        return text(de="ein Antrag ist nicht verzeichnet", en="no application is recorded")
    notice = min((found for each in grant.applications if (found := granted(each))), default=None)
    if notice is None:
        return text(de="einen Bescheid gibt es noch nicht", en="there is no notice yet")
    return text(de=f"der Bescheid kam erst am {day(notice).de}", en=f"the notice came on {day(notice).en} only")


_ADVICE = {
    EarlyStart.FORBIDDEN: text(
        de="Berichtigen Sie den Beginn oder den Verlauf des Antrags, oder planen Sie ohne diese Förderung",
        en="Correct the beginning or the stages of the application, or plan without this grant",
    ),
    EarlyStart.ON_APPROVAL: text(
        de="Tragen Sie im Antrag unter „early_start“ ein, wann der vorzeitige Beginn genehmigt wurde, "
        "oder planen Sie ohne diese Förderung",
        en="Enter under “early_start” in the application when the early start was approved, or plan without this grant",
    ),
    EarlyStart.OWN_RISK: text(
        de="Tragen Sie im Verlauf ein, wann der Antrag gestellt wurde, oder planen Sie ohne diese Förderung",
        en="Enter among the stages when the application was filed, or plan without this grant",
    ),
}


RULES = (begun_before_notice,)
