"""The rule that what became of the money is proved in time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sozplan.analysis.funding.grants import granted, reached
from sozplan.analysis.months import add_months
from sozplan.diagnostics import Severity, Text, text
from sozplan.model.case import Case
from sozplan.model.entity import Entity
from sozplan.model.funding import Application, Programme
from sozplan.model.plan import Plan
from sozplan.model.terms import ApplicationState
from sozplan.rules.rule import Finding, rule
from sozplan.rules.words import day


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
              - {state: application, date: 2025-07-01}
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
              - {state: application, date: 2025-07-01}
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


RULES = (proof_of_use_due,)
