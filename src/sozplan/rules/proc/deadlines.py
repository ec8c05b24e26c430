"""The rule that the deadlines of a process add up: nobody is to be done before what comes first."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sozplan.analysis.workdays import due, earliest
from sozplan.diagnostics import Severity, Text, text
from sozplan.model.case import Case
from sozplan.model.shared import OfficeDeadline
from sozplan.rules.org.parts import live_processes
from sozplan.rules.proc.graph import Flow, returning
from sozplan.rules.proc.schedule import fixed_day
from sozplan.rules.rule import Finding, rule

_SOME_MONDAY = date(2026, 1, 5)


@rule(
    "proc.deadline-order",
    Severity.WARNING,
    de="„{process}“: Schritt „{step}“ hat die Frist {limit}, der Schritt „{before}“ davor erst {limit_before}. "
    "Verlängern Sie die eine Frist, oder verkürzen Sie die andere.",
    en="“{process}”: step “{step}” has the deadline {limit}, step “{before}” before it only {limit_before}. "
    "Extend the one deadline, or shorten the other.",
)
def deadline_before_that_of_the_step_before(case: Case) -> Iterator[Finding]:
    """Fristen nehmen auf dem Weg durch den Prozess nicht ab

    Wer früher fertig sein soll als der, auf den er wartet, kann seine Frist nicht halten.
    Verglichen werden Fristen mit demselben Bezug („after“) von Schritten, die aufeinander folgen; Ereignisse und
    Verzweigungen dazwischen zählen nicht, Rückwege auch nicht. Stehen Werktage neben Kalendertagen, wird bei einem
    festen Tag („after: 1. März“) mit den Feiertagen des Landes gerechnet, sonst nur mit Wochenenden.

    English:
        Deadlines don't shrink on the way through a process

        Whoever is to be done before the one they wait for can't keep the deadline.
        Deadlines with the same reference (“after”) of steps that follow each other are compared; events and forks in
        between don't count, neither do ways back. Where working days stand beside calendar days, the public holidays of
        the Land are counted for a fixed day (“after: 1. März”), otherwise weekends only.

    Bad:
        # handbook/processes/gebietsplan.yaml
        steps:
          - {step: start, kind: event, name: Gebiet ist festgelegt, next: [entwurf]}
          - step: entwurf
            name: Plan entwerfen
            accountable: sozialplanung
            executing: [sozialplanung]
            deadline: {days: 120, after: Festlegung}
            next: [umsetzung]
          - step: umsetzung
            name: Maßnahmen umsetzen
            accountable: amt-51
            executing: [amt-51]
            deadline: {days: 20, after: Festlegung}  # <- proc.deadline-order
            next: [ende]
          - {step: ende, kind: event, name: Plan ist fortgeschrieben}

    Good:
        # handbook/processes/gebietsplan.yaml
        steps:
          - {step: start, kind: event, name: Gebiet ist festgelegt, next: [entwurf]}
          - step: entwurf
            name: Plan entwerfen
            accountable: sozialplanung
            executing: [sozialplanung]
            deadline: {days: 120, after: Festlegung}
            next: [umsetzung]
          - step: umsetzung
            name: Maßnahmen umsetzen
            accountable: amt-51
            executing: [amt-51]
            deadline: {days: 140, after: Festlegung}
            next: [ende]
          - {step: ende, kind: event, name: Plan ist fortgeschrieben}
    """
    for process in live_processes(case):
        flow = Flow(process, process.steps)
        for i, before in _pairs(flow):
            deadline, earlier = process.steps[i].deadline, process.steps[before].deadline
            if deadline and earlier and _is_sooner(deadline, earlier, case):
                steps = {"step": process.steps[i].step, "before": process.steps[before].step}
                limits = {"limit": _said(deadline), "limit_before": _said(earlier)}
                yield Finding(process.at("steps", i, "deadline"), {"process": process.id, **steps, **limits})


def _pairs(flow: Flow) -> Iterator[tuple[int, int]]:
    """Each step with those before it that have a deadline, past steps without one; the latest of them only."""
    back = returning(flow.starts, flow.following)
    for i, step in enumerate(flow.steps):
        if step.deadline is None:
            continue
        seen, ahead, found = {i}, [i], set()
        while ahead:
            at = ahead.pop()
            for p in flow.preceding[at]:
                if (p, at) in back or p in seen:
                    continue
                seen.add(p)
                if flow.steps[p].deadline is None:
                    ahead.append(p)
                else:
                    found.add(p)
        yield from ((i, p) for p in sorted(found))


def _is_sooner(deadline: OfficeDeadline, earlier: OfficeDeadline, case: Case) -> bool:
    if (deadline.after or "").casefold() != (earlier.after or "").casefold():
        return False
    if deadline.working_days == earlier.working_days:
        return deadline.days < earlier.days
    fixed = fixed_day(deadline)
    if fixed is None or fixed_day(earlier) is None:
        return earliest(_SOME_MONDAY, deadline) < earliest(_SOME_MONDAY, earlier)
    land = case.plan.settings.municipality.land
    anchor = date(case.as_of.year, *fixed)
    return due(anchor, deadline, land) < due(anchor, earlier, land)


def _said(deadline: OfficeDeadline) -> Text:
    days, sign = abs(deadline.days), "+" if deadline.days >= 0 else "\N{MINUS SIGN}"
    if deadline.working_days:
        return text(de=f"T {sign} {days} Werktage", en=f"T {sign} {days} working days")
    return text(de=f"T {sign} {days} Tage", en=f"T {sign} {days} days")


RULES = (deadline_before_that_of_the_step_before,)
