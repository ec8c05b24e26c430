"""Rules of the deadlines of funding: to apply, and to prove what became of the money."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sozplan.diagnostics import Severity, Text, text
from sozplan.model.case import Case
from sozplan.model.entity import Entity, Place
from sozplan.model.funding import Application, Programme
from sozplan.model.measures import Measure
from sozplan.model.plan import Plan
from sozplan.model.terms import ApplicationState, MeasureStatus
from sozplan.rules.fin.grants import Grant, granted, grants, reached
from sozplan.rules.fin.living import alive
from sozplan.rules.rule import Finding, rule
from sozplan.rules.time.months import add_months
from sozplan.rules.words import day

_FILED = (
    ApplicationState.APPLICATION,
    ApplicationState.NOTICE,
    ApplicationState.DRAWDOWN,
    ApplicationState.PROOF,
)


@rule(
    "fin.call-closing",
    Severity.WARNING,
    de="Maßnahme „{measure}“ rechnet mit „{programme}“, ein Antrag ist aber nicht gestellt: {deadline}.",
    en="Measure “{measure}” counts on “{programme}”, but no application has been filed: {deadline}.",
)
def call_about_to_close(case: Case) -> Iterator[Finding]:
    """Der Antrag wird gestellt, bevor die Frist endet

    Nach dem Ende des Aufrufs fehlt das Geld im Haushalt, und der nächste Aufruf kommt oft erst in einem Jahr.
    Erinnert wird auch bei Programmen, die für eine Maßnahme erst in Frage kommen („programmes“).
    Wie viele Tage vorher, steht in sozplan.yaml unter „budgeting: call_days“, ohne Angabe 60.

    English:
        The application is filed before the call closes

        After its end the money is missing in the budget, and the next call is often a year away.
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
            deadline = _deadline(case, programme, is_planned=grant is not None)
            if deadline is not None:
                args = {"measure": measure.id, "programme": programme.id, "deadline": deadline}
                yield Finding(place, args)


def _hopes(
    plan: Plan, measure: Measure, counted: dict[tuple[str, str], Grant]
) -> Iterator[tuple[Programme, Place, Grant | None]]:
    """Programmes that are to pay or may pay, as far as nothing has been filed."""
    listed = {id: measure.at("programmes", i) for i, id in enumerate(measure.programmes)}
    budgeted = [source for line in measure.budget for source, amount in line.financing.items() if amount > 0]
    for id in dict.fromkeys([*budgeted, *listed]):
        programme, grant = plan.find(id, Programme), counted.get((measure.id, id))
        applications = grant.applications if grant else ()
        if programme is None or (plan.muted and not applications) or any(reached(a, *_FILED) for a in applications):
            continue
        if id in budgeted and grant is not None:
            yield programme, grant.place(), grant
        elif id in listed:
            yield programme, listed[id], None


def _deadline(case: Case, programme: Programme, *, is_planned: bool) -> Text | None:
    """The end of the next call if it is near; of a past one only where money is planned already."""
    closing = sorted(window.closes for window in programme.windows)
    coming = [closes for closes in closing if closes >= case.as_of]
    if coming:
        days = (coming[0] - case.as_of).days
        return _near(coming[0], days) if days < case.plan.settings.budgeting.call_days else None
    return _past(closing[-1]) if closing and is_planned else None


def _near(closes: date, days: int) -> Text:
    return text(
        de=f"Die Frist endet am {day(closes).de}, in {days} Tagen. Stellen Sie ihn, und tragen Sie ihn ein",
        en=f"the call closes on {day(closes).en}, in {days} days. File one, and enter it",
    )


def _past(closed: date) -> Text:
    return text(
        de=f"Die letzte Frist endete am {day(closed).de}. Tragen Sie den Antrag oder den nächsten Aufruf ein, "
        "oder planen Sie ohne diese Förderung",
        en=f"the last call closed on {day(closed).en}. Enter the application or the next call, or plan without it",
    )


@rule(
    "fin.proof-due",
    Severity.WARNING,
    de="„{entity}“: Der Verwendungsnachweis {due}. {advice}.",
    en="“{entity}”: the proof of use {due}. {advice}.",
)
def proof_of_use_due(case: Case) -> Iterator[Finding]:
    """Der Verwendungsnachweis wird rechtzeitig vorgelegt

    Fehlt er, werden weitere Raten gesperrt, und die Förderung kann zurückgefordert werden.
    Die Frist steht im Antrag oder Vertrag unter „proof_due“, sonst ergibt sie sich aus dem Ende der Förderung und
    den Monaten beim Programm.
    Wie viele Tage vorher erinnert wird, steht in sozplan.yaml unter „budgeting: proof_days“, ohne Angabe 60.

    English:
        The proof of use is handed in in time

        Without it further instalments are stopped, and the grant can be reclaimed.
        The date stands in the application or contract under “proof_due”, else it follows from the end of the grant
        and the months of the programme.
        How many days before one is reminded stands in sozplan.yaml under “budgeting: proof_days”, 60 if not given.

    Bad:
        # plans/funding/foerderung.yaml
        applications:
          - id: antrag-kita-lotsen
            title: Kita-Lotsen im Hafen
            programme: land-kita
            measures: [hafen-m1]
            stages:
              - {state: notice, date: 2025-12-01}
            grant_end: 2027-12-31
            proof_due: 2026-09-15  # <- fin.proof-due

    Good:
        # plans/funding/foerderung.yaml
        applications:
          - id: antrag-kita-lotsen
            title: Kita-Lotsen im Hafen
            programme: land-kita
            measures: [hafen-m1]
            stages:
              - {state: notice, date: 2025-12-01}
              - {state: proof, date: 2026-09-10}
            grant_end: 2027-12-31
            proof_due: 2026-09-15
    """
    for application in case.plan.applications:
        if granted(application) is not None and reached(application, ApplicationState.PROOF) is None:
            due, key = _proof(case.plan, application)
            yield from _due(case, application, due, key, _HAND_IN)
    for contract in case.plan.contracts:
        yield from _due(case, contract, contract.proof_due, "proof_due", _NEXT)


def _proof(plan: Plan, application: Application) -> tuple[date | None, str]:
    if application.proof_due is not None or application.grant_end is None:
        return application.proof_due, "proof_due"
    programme = plan.find(application.programme, Programme)
    if programme is None or programme.proof_months is None:
        return None, "grant_end"
    return add_months(application.grant_end, programme.proof_months), "grant_end"


def _due(case: Case, entity: Entity, due: date | None, key: str, advice: Text) -> Iterator[Finding]:
    if due is None:
        return
    days = (due - case.as_of).days
    if days < 0:
        said = text(de=f"war am {day(due).de} fällig", en=f"was due on {day(due).en}")
    elif days < case.plan.settings.budgeting.proof_days:
        said = text(de=f"ist am {day(due).de} fällig, in {days} Tagen", en=f"is due on {day(due).en}, in {days} days")
    else:
        return
    place = entity.at(key)
    yield Finding(place, {"entity": place.entity, "due": said, "advice": advice})


_HAND_IN = text(
    de="Legen Sie ihn vor, und tragen Sie ihn unter „stages“ als „proof“ ein",
    en="Hand it in, and enter it under “stages” as “proof”",
)
_NEXT = text(
    de="Liegt er vor, tragen Sie unter „proof_due“ den nächsten Termin ein",
    en="If it is there, enter the next date under “proof_due”",
)

RULES = (call_about_to_close, proof_of_use_due)
