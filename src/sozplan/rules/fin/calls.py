"""The rule that applications are filed in time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sozplan.analysis.funding.grants import Grant, grants, is_filed
from sozplan.analysis.funding.living import alive, beginning
from sozplan.diagnostics import Severity, Text, text
from sozplan.model.case import Case
from sozplan.model.entity import Place
from sozplan.model.funding import Programme
from sozplan.model.measures import Measure
from sozplan.model.plan import Plan
from sozplan.model.terms import MeasureStatus
from sozplan.rules.rule import Finding, rule
from sozplan.rules.words import day


@rule(
    "fin.call-closing",
    Severity.WARNING,
    de="Maßnahme „{measure}“ rechnet mit „{programme}“, ein Antrag ist aber nicht gestellt: {deadline}.",
    en="Measure “{measure}” counts on “{programme}”, but no application has been filed: {deadline}.",
)
def call_about_to_close(case: Case) -> Iterator[Finding]:
    """Der Antrag wird gestellt, bevor die Frist endet

    Nach dem Ende des Aufrufs fehlt das Geld im Haushalt, und der nächste Aufruf kommt oft erst in einem Jahr.
    Endet er erst nach dem Beginn der Maßnahme, ist die Frist versäumt.
    Erinnert wird auch bei Programmen, die für eine Maßnahme erst in Frage kommen („programmes“).
    Wie viele Tage vorher, steht in sozplan.yaml unter „budgeting: call_days“, ohne Angabe 60.

    English:
        The application is filed before the call closes

        After its end the money is missing in the budget, and the next call is often a year away.
        Where that closes only after the start of the measure the call has been missed.
        Programmes that may pay for a measure (“programmes”) are reminded of as well.
        How many days before stands in sozplan.yaml under “budgeting: call_days”, 60 if not given.

    Bad:
        # plans/areas/hafen.yaml
        measures:
          - id: hafen-m1
            title: Kita-Lotsen im Hafentreff
            goals: [hafen-g1]
            commitment: intended
            budget_reservation: true
            planned: {from: 2027-02-01, to: 2027-12-31}
            responsible: amt-51
            executing: [hafentreff-ev]
            budget:
              - year: 2027
                product: "06.02.01"
                cost_centre: "5101"
                planned: 60000
                financing: {own: 20000, land-kita: 40000}  # <- fin.call-closing
        # plans/funding/foerderung.yaml
        programmes:
          - id: land-kita
            name: Landesprogramm Kita-Zugang
            level: land
            provider: Landesjugendamt
            guideline: {title: Richtlinie Kita-Zugang, date: 2025-03-01}
            windows: [{opens: 2026-08-01, closes: 2026-10-31}]
        applications: []

    Good:
        # plans/areas/hafen.yaml
        measures:
          - id: hafen-m1
            title: Kita-Lotsen im Hafentreff
            goals: [hafen-g1]
            commitment: intended
            budget_reservation: true
            planned: {from: 2027-02-01, to: 2027-12-31}
            responsible: amt-51
            executing: [hafentreff-ev]
            budget:
              - year: 2027
                product: "06.02.01"
                cost_centre: "5101"
                planned: 60000
                financing: {own: 20000, land-kita: 40000}
        # plans/funding/foerderung.yaml
        programmes:
          - id: land-kita
            name: Landesprogramm Kita-Zugang
            level: land
            provider: Landesjugendamt
            guideline: {title: Richtlinie Kita-Zugang, date: 2025-03-01}
            windows: [{opens: 2026-08-01, closes: 2026-10-31}]
        applications:
          - id: antrag-kita-lotsen
            title: Kita-Lotsen im Hafen
            programme: land-kita
            measures: [hafen-m1]
            stages: [{state: application, date: 2026-09-15}]
    """
    counted = {(grant.measure.id, grant.programme.id): grant for grant in grants(case)}
    for measure in alive(case):
        if measure.progress is MeasureStatus.COMPLETED:
            continue
        for programme, place, grant in _hopes(case.plan, measure, counted):
            deadline = _deadline(case, programme, grant)
            if deadline is not None:
                args = {"measure": measure.id, "programme": programme.id, "deadline": deadline}
                yield Finding(place, args)


def _hopes(
    plan: Plan, measure: Measure, counted: dict[tuple[str, str], Grant]
) -> Iterator[tuple[Programme, Place, Grant | None]]:
    """Programmes that are to pay or may pay, as far as nothing has been filed."""
    listed = {id: i for i, id in enumerate(measure.programmes)}
    budgeted = [source for line in measure.budget for source, amount in line.financing.items() if amount > 0]
    for id in dict.fromkeys([*budgeted, *listed]):
        programme, grant = plan.find(id, Programme), counted.get((measure.id, id))
        applications = grant.applications if grant else ()
        if programme is None or not programme.windows or (plan.muted and not applications):
            continue
        if any(is_filed(each) for each in applications):
            continue
        if id in budgeted and grant is not None:
            yield programme, grant.place(), grant
        elif id in listed:
            yield programme, measure.at("programmes", listed[id]), None


def _deadline(case: Case, programme: Programme, grant: Grant | None) -> Text | None:
    """The end of the next call if it is near; of a past one only where money is planned already."""
    closing = sorted(window.closes for window in programme.windows)
    coming = [closes for closes in closing if closes >= case.as_of]
    if coming:
        days = (coming[0] - case.as_of).days
        if days < case.plan.settings.budgeting.call_days:
            return _near(coming[0], days)
        gone = [closes for closes in closing if closes < case.as_of]
        begins = beginning(grant.measure) if grant and grant.measure.progress is MeasureStatus.PLANNED else None
        return _missed(gone[-1], coming[0], begins) if gone and begins and begins < coming[0] else None
    return _past(closing[-1]) if closing and grant else None


def _near(closes: date, days: int) -> Text:
    return text(
        de=f"Die Frist endet am {day(closes).de}, in {days} Tagen. Stellen Sie ihn, und tragen Sie ihn ein",
        en=f"the call closes on {day(closes).en}, in {days} days. File one, and enter it",
    )


def _missed(closed: date, coming: date, begins: date) -> Text:
    return text(
        de=f"Die Frist endete am {day(closed).de}, die nächste endet erst am {day(coming).de}, nach dem Beginn am "
        f"{day(begins).de}. Verschieben Sie den Beginn, oder planen Sie ohne diese Förderung",
        en=f"the call closed on {day(closed).en}, the next closes only on {day(coming).en}, after the start on "
        f"{day(begins).en}. Put off the start, or plan without this grant",
    )


def _past(closed: date) -> Text:
    return text(
        de=f"Die letzte Frist endete am {day(closed).de}. Tragen Sie den Antrag oder den nächsten Aufruf ein, "
        "oder planen Sie ohne diese Förderung",
        en=f"the last call closed on {day(closed).en}. Enter the application or the next call, or plan without it",
    )


RULES = (call_about_to_close,)
