"""Rules of responsibility: one answers for it, somebody does it, and both are there."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from sozplan.diagnostics import Severity, Text, text
from sozplan.model.areas import AreaGoal
from sozplan.model.case import Case
from sozplan.model.entity import Entity
from sozplan.model.organisation import Actor
from sozplan.model.shared import Record
from sozplan.model.strategy import Goal
from sozplan.model.terms import ActorKind
from sozplan.rules.org.parts import Charge, Holding, charges, is_live, live_processes
from sozplan.rules.rule import Finding, Spot, rule
from sozplan.rules.words import day, kind, quoted


@rule(
    "org.not-one-accountable",
    Severity.ERROR,
    de="{subject} hat {fault}. {cure}.",
    en="{subject} has {fault}. {cure}.",
    softens=True,
    by_plan=True,
)
def not_one_accountable(case: Case) -> Iterator[Finding]:
    """Für jede Maßnahme, jeden Schritt und jedes Produkt ist genau eine Stelle verantwortlich (V)

    Ohne verantwortliche Stelle fragt am Jahresende niemand nach dem Stand, und bei zweien verweist jede auf die andere.
    Geprüft werden Maßnahmen, Aufgaben und Entscheidungen der Soll-Prozesse und die Produkte der Planung;
    Ereignisse, Verzweigungen und Zusammenführungen brauchen niemanden.

    English:
        Exactly one office is accountable (V) for each measure, step and product

        Without an accountable office nobody asks for the state of things at the end of the year,
        and of two each points to the other.
        Checked are measures, tasks and decisions of the processes as they shall run, and the products of planning;
        events, forks and joins need nobody.

    Bad:
        # plans/areas/hafen.yaml
        measures:
          - id: hafen-m1  # <- org.not-one-accountable
            title: Kita-Lotsen im Hafentreff
            goals: [hafen-g1]
            commitment: intended
            budget_reservation: false
            executing: [hafentreff-ev]
        # plans/organisation/organisation.yaml
        assignments:
          - {subject: gebietsbericht, holder: sozialplanung, part: accountable}
          - {subject: gebietsbericht, holder: hvb, part: accountable}  # <- org.not-one-accountable
          - {subject: gebietsbericht, holder: amt-51, part: executing}

    Good:
        # plans/areas/hafen.yaml
        measures:
          - id: hafen-m1
            title: Kita-Lotsen im Hafentreff
            goals: [hafen-g1]
            commitment: intended
            budget_reservation: false
            responsible: amt-51
            executing: [hafentreff-ev]
        # plans/organisation/organisation.yaml
        assignments:
          - {subject: gebietsbericht, holder: sozialplanung, part: accountable}
          - {subject: gebietsbericht, holder: hvb, part: informed}
          - {subject: gebietsbericht, holder: amt-51, part: executing}
    """
    for charge in charges(case):
        if not charge.accountable:
            yield Finding(charge.spot.place, {"subject": charge.said, "fault": _NOBODY, "cure": _name(charge.keys[0])})
        elif len(charge.accountable) > 1:
            place = charge.accountable[1].spot.place
            yield Finding(place, {"subject": charge.said, "fault": _several(charge), "cure": _KEEP_ONE})


_NOBODY = text(de="keine verantwortliche Stelle (V)", en="no accountable office (V)")
_KEEP_ONE = text(
    de="Lassen Sie eine stehen; die anderen führen durch (D) oder wirken mit (M)",
    en="Keep one; the others execute (D) or contribute (M)",
)


def _name(key: str) -> Text:
    return text(de=f"Nennen Sie unter „{key}“ genau eine", en=f"Name exactly one under “{key}”")


def _several(charge: Charge) -> Text:
    holders = quoted(holding.holder for holding in charge.accountable)
    count = len(charge.accountable)
    return text(
        de=f"{count} verantwortliche Stellen (V): {holders.de}", en=f"{count} accountable offices (V): {holders.en}"
    )


@rule(
    "org.no-executor",
    Severity.ERROR,
    de="{subject}: Niemand führt es durch (D). Nennen Sie unter „{key}“, wer es tut, "
    "auch wenn es die verantwortliche Stelle selbst ist.",
    en="{subject}: nobody executes it (D). Name under “{key}” who does it, "
    "even if that is the accountable office itself.",
    softens=True,
    by_plan=True,
)
def nobody_executes(case: Case) -> Iterator[Finding]:
    """Für jede Maßnahme, jeden Schritt und jedes Produkt steht fest, wer es tut (D)

    Wer verantwortlich ist, tut es nicht immer selbst; ohne durchführende Stelle bleibt es liegen.

    English:
        For each measure, step and product it is settled who does it (D)

        Whoever is accountable doesn't always do it; without an executing office it is left undone.

    Bad:
        # plans/areas/hafen.yaml
        measures:
          - id: hafen-m1  # <- org.no-executor
            title: Kita-Lotsen im Hafentreff
            goals: [hafen-g1]
            commitment: intended
            budget_reservation: false
            responsible: amt-51

    Good:
        # plans/areas/hafen.yaml
        measures:
          - id: hafen-m1
            title: Kita-Lotsen im Hafentreff
            goals: [hafen-g1]
            commitment: intended
            budget_reservation: false
            responsible: amt-51
            executing: [amt-51]
    """
    for charge in charges(case):
        if not charge.is_executed:
            yield Finding(charge.spot.place, {"subject": charge.said, "key": charge.keys[1]})


@rule(
    "org.role-ended",
    Severity.ERROR,
    de="{subject} liegt bei „{holder}“; diese Stelle gibt es seit {since} nicht mehr. "
    "Nennen Sie, wer die Aufgabe übernommen hat.",
    en="{subject} lies with “{holder}”, which no longer exists since {since}. Name who took the task over.",
    softens=True,
)
def role_of_an_ended_office(case: Case) -> Iterator[Finding]:
    """Verantwortung liegt bei Stellen, die es noch gibt

    Nach einer Umorganisation bleibt leicht etwas bei einem aufgelösten Amt stehen, und dann kümmert sich niemand.
    Geprüft werden Ziele, Maßnahmen, Prozesse und ihre Schritte, Produkte und Rollen, die noch gelten.

    English:
        Responsibility lies with offices that still exist

        After a reorganisation things easily stay with an office that was dissolved, and nobody looks after them.
        Checked are goals, measures, processes with their steps, products and roles that still stand.

    Bad:
        # plans/organisation/organisation.yaml
        actors:
          - {id: hvb, name: Oberbürgermeisteramt, kind: head-of-administration}
          - {id: amt-51, name: Amt für Kinder und Jugend, kind: office, part_of: hvb}
          - {id: sozialplanung, name: Stabsstelle Sozialplanung, kind: staff-unit, part_of: hvb}
          - {id: statistikstelle, name: Statistikstelle, kind: statistics-office, part_of: hvb}
          - {id: fraktionen, name: Fraktionen und Gruppen, kind: group, external: true}
          - {id: hafentreff-ev, name: Hafentreff e. V., kind: provider, external: true}
          - {id: amt-41, name: Kulturamt, kind: office, part_of: hvb, valid_to: 2025-12-31}
        roles:
          - id: rolle-koordination
            name: Koordination
            statement: Führt den Plan fort.
            holder: amt-41  # <- org.role-ended

    Good:
        # plans/organisation/organisation.yaml
        roles:
          - id: rolle-koordination
            name: Koordination
            statement: Führt den Plan fort.
            holder: sozialplanung
    """
    ended = _ended(case)
    if not ended:
        return
    for charge in charges(case):
        for holding in charge.accountable:
            yield from _with_ended(charge.said, holding, ended)
    for entity, field, holder in _owners(case):
        if holder in ended:
            holding = Holding(holder, Spot(entity, (field,), entity.id))
            yield from _with_ended(_said(entity), holding, ended)


def _ended(case: Case) -> dict[str, Text]:
    """The offices and bodies that are no more, with the first day without them."""
    units: tuple[Record, ...] = (*case.plan.actors, *case.plan.bodies)
    return {
        unit.id: day(unit.valid_to + timedelta(days=1))
        for unit in units
        if unit.valid_to is not None and unit.valid_to < case.as_of
    }


def _with_ended(subject: Text, holding: Holding, ended: dict[str, Text]) -> Iterator[Finding]:
    if (since := ended.get(holding.holder)) is not None:
        yield Finding(holding.spot.place, {"subject": subject, "holder": holding.holder, "since": since})


def _owners(case: Case) -> Iterator[tuple[Record, str, str]]:
    """Who stands for what, beside the V of measures, steps and products."""
    goals: tuple[Goal | AreaGoal, ...] = (*case.plan.goals, *case.plan.area_goals)
    for goal in goals:
        if goal.owner is not None and is_live(case.plan, goal):
            yield goal, "owner", goal.owner
    for process in live_processes(case):
        if process.owner is not None:
            yield process, "owner", process.owner
    for role in case.plan.roles:
        if role.holder is not None and role.in_force(case.as_of):
            yield role, "holder", role.holder


def _said(entity: Record) -> Text:
    word = kind(entity)
    return text(
        de=f"{word.de[0].upper()}{word.de[1:]} „{entity.id}“", en=f"{word.en[0].upper()}{word.en[1:]} “{entity.id}”"
    )


@rule(
    "org.external-accountable",
    Severity.WARNING,
    de="{subject} ist hoheitlich, verantwortlich ist aber „{holder}“ außerhalb der Verwaltung. "
    "Nennen Sie unter „{key}“ das zuständige Amt; der externe Partner kann durchführen oder mitwirken.",
    en="{subject} is a sovereign task, but “{holder}” outside the administration is accountable. "
    "Name the office in charge under “{key}”; the external partner may execute or contribute.",
    by_plan=True,
)
def external_for_a_sovereign_task(case: Case) -> Iterator[Finding]:
    """Hoheitliche Aufgaben verantwortet die Verwaltung selbst

    Ein Bescheid, eine Inobhutnahme oder eine Aufsicht lassen sich nicht durch eine Kooperation übertragen.
    Geprüft werden Maßnahmen und Schritte mit „sovereign: true“; extern sind Stellen mit „external: true“
    und freie Träger.

    English:
        The administration itself answers for sovereign tasks

        A notice, taking a child into care or supervision can't be handed over by a cooperation.
        Checked are measures and steps with “sovereign: true”; external are offices with “external: true”
        and independent providers.

    Bad:
        # plans/areas/hafen.yaml
        measures:
          - id: hafen-m1
            title: Kita-Plätze zuweisen
            goals: [hafen-g1]
            commitment: intended
            budget_reservation: false
            sovereign: true
            responsible: hafentreff-ev  # <- org.external-accountable
            executing: [hafentreff-ev]

    Good:
        # plans/areas/hafen.yaml
        measures:
          - id: hafen-m1
            title: Kita-Plätze zuweisen
            goals: [hafen-g1]
            commitment: intended
            budget_reservation: false
            sovereign: true
            responsible: amt-51
            executing: [hafentreff-ev]
    """
    for charge in charges(case):
        if charge.sovereign:
            for holding in charge.accountable:
                if is_external(case.plan.get(holding.holder)):
                    args = {"subject": charge.said, "holder": holding.holder, "key": charge.keys[0]}
                    yield Finding(holding.spot.place, args)


def is_external(holder: Entity | None) -> bool:
    """Bodies are the municipality's own."""
    return isinstance(holder, Actor) and (holder.external or holder.kind is ActorKind.PROVIDER)


RULES = (not_one_accountable, nobody_executes, role_of_an_ended_office, external_for_a_sovereign_task)
