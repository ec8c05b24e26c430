"""The rule that only bodies decide that may."""

from __future__ import annotations

from collections.abc import Iterator

from sozplan.diagnostics import Severity
from sozplan.model.case import Case
from sozplan.model.organisation import Body
from sozplan.model.terms import BodyKind, StepKind
from sozplan.rules.org.parts import live_processes
from sozplan.rules.rule import Finding, rule

_MAY_DECIDE = (BodyKind.DECIDING, BodyKind.STEERING)


@rule(
    "proc.body-not-deciding",
    Severity.ERROR,
    de="„{process}“: „{body}“ soll „{step}“ entscheiden, ist aber ein Gremium der Art „{kind}“, und sein Mandat nennt "
    "nichts, worüber es entscheidet. Nennen Sie das zuständige Gremium, oder ergänzen Sie „decides“ im Mandat.",
    en="“{process}”: “{body}” is to decide “{step}”, but is a body of the kind “{kind}”, and its mandate names nothing "
    "that it decides. Name the competent body, or add “decides” to the mandate.",
    softens=True,
)
def decision_in_a_body_that_may_not(case: Case) -> Iterator[Finding]:
    """In Prozessen entscheiden nur Gremien, die es dürfen

    Was eine beratende Runde „beschließt“, bindet niemanden, und wer sich darauf verlässt, steht allein da.
    Geprüft werden Entscheidungen der Soll-Prozesse, die in einem Gremium stattfinden: Es muss entscheiden oder steuern,
    oder sein Mandat nennt unter „decides“, worüber es beschließt.

    English:
        Only bodies that may decide do so in processes

        What an advisory round “resolves” binds nobody, and who relies on it stands alone.
        Checked are decisions of processes as they shall run that take place in a body: it must be deciding or steering,
        or its mandate names what it resolves under “decides”.

    Bad:
        # handbook/processes/gebietsplan.yaml
        steps:
          - {step: start, kind: event, name: Gebiet ist festgelegt, next: [beschluss]}
          - step: beschluss
            kind: decision
            name: Plan beschließen?
            accountable: sozialplanung
            executing: [sozialplanung]
            body: hafenkonferenz  # <- proc.body-not-deciding
            deadline: {days: 180, after: Festlegung}
            exits:
              - {label: beschlossen, to: ende}
              - {label: abgelehnt, to: abgelehnt}
          - {step: abgelehnt, kind: event, name: Plan kommt nicht zustande}
          - {step: ende, kind: event, name: Plan gilt}

    Good:
        # handbook/processes/gebietsplan.yaml
        steps:
          - {step: start, kind: event, name: Gebiet ist festgelegt, next: [beschluss]}
          - step: beschluss
            kind: decision
            name: Plan beschließen?
            accountable: sozialplanung
            executing: [sozialplanung]
            body: rat
            deadline: {days: 180, after: Festlegung}
            exits:
              - {label: beschlossen, to: ende}
              - {label: abgelehnt, to: abgelehnt}
          - {step: abgelehnt, kind: event, name: Plan kommt nicht zustande}
          - {step: ende, kind: event, name: Plan gilt}
    """
    for process in live_processes(case):
        for i, step in enumerate(process.steps):
            body = case.plan.find(step.body, Body)
            if step.kind is not StepKind.DECISION or body is None or body.kind in _MAY_DECIDE:
                continue
            if body.mandate is None or not body.mandate.decides:
                at = process.at("steps", i, "body")
                said = {"process": process.id, "step": step.step, "body": body.id, "kind": body.kind.label}
                yield Finding(at, said)


RULES = (decision_in_a_body_that_may_not,)
