"""Rules on the work in a process: what comes in and goes out, and until when."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from sozplan.diagnostics import Severity, Text, text
from sozplan.model.case import Case
from sozplan.model.terms import StepKind
from sozplan.rules.org.parts import live_processes
from sozplan.rules.proc.graph import Flow, Path, carried
from sozplan.rules.rule import Finding, rule
from sozplan.rules.words import brief


class _Trade(NamedTuple):
    """In which processes each thing is made, and in which it is used."""

    made: Mapping[str, set[str]]
    used: Mapping[str, set[str]]


@rule(
    "proc.input-missing",
    Severity.WARNING,
    de="„{process}“, Schritt „{step}“: {fault}.",
    en="“{process}”, step “{step}”: {fault}.",
)
def input_missing(case: Case) -> Iterator[Finding]:
    """Was ein Schritt braucht, ist vorher entstanden, und was entsteht, wird gebraucht

    Fehlt ein Dokument, wenn es gebraucht wird, steht der Prozess; ein Vermerk, den niemand liest, ist
    vergebliche Arbeit.
    Geprüft wird auf jedem Weg durch den Soll-Prozess: Eine Eingabe muss Ergebnis eines Schrittes sein, der davor
    liegen kann, oder eines anderen Prozesses; was von außen kommt, ist Ergebnis des Anfangsereignisses.
    Ein Ergebnis muss danach oder in einem anderen Prozess Eingabe sein; was unmittelbar vor dem Ende entsteht,
    ist das Ergebnis des Prozesses. Verglichen wird der Wortlaut ohne Groß- und Kleinschreibung.

    English:
        What a step needs was made before it, and what is made is needed

        Where a document is missing when it is needed the process stops; a note that nobody reads is work in vain.
        Each way through the process as it shall run is checked: an input must be an output of a step that can come
        before, or of another process; what comes from outside is an output of the first event.
        An output must be an input afterwards or in another process; what is made right before the end is the result
        of the process. The wording is compared without regard to case.

    Bad:
        # handbook/processes/gebietsplan.yaml
        steps:
          - {step: start, kind: event, name: Gebiet ist festgelegt, next: [entwurf]}
          - step: entwurf
            name: Plan entwerfen
            accountable: sozialplanung
            executing: [sozialplanung]
            inputs:
              - Gebietsdossier  # <- proc.input-missing
            outputs:
              - Planentwurf  # <- proc.input-missing
            deadline: {days: 120, after: Festlegung}
            next: [umsetzung]
          - step: umsetzung
            name: Maßnahmen umsetzen
            accountable: amt-51
            executing: [amt-51]
            deadline: {days: 20, after: Berichtsstichtag}
            next: [ende]
          - {step: ende, kind: event, name: Plan ist fortgeschrieben}

    Good:
        # handbook/processes/gebietsplan.yaml
        steps:
          - {step: start, kind: event, name: Gebiet ist festgelegt, outputs: [Gebietsdossier], next: [entwurf]}
          - step: entwurf
            name: Plan entwerfen
            accountable: sozialplanung
            executing: [sozialplanung]
            inputs: [Gebietsdossier]
            outputs: [Planentwurf]
            deadline: {days: 120, after: Festlegung}
            next: [umsetzung]
          - step: umsetzung
            name: Maßnahmen umsetzen
            accountable: amt-51
            executing: [amt-51]
            inputs: [Planentwurf]
            deadline: {days: 20, after: Berichtsstichtag}
            next: [ende]
          - {step: ende, kind: event, name: Plan ist fortgeschrieben}
    """
    all_flows = [Flow(process, process.steps) for process in live_processes(case)]
    trade = _trade(all_flows)
    for flow in all_flows:
        if flow.is_torn or not flow.is_whole:
            continue  # What is missing behind the gap isn't missing once the way is mended.
        for i, path, fault in _loose(flow, trade, all_read=not case.plan.muted):
            yield Finding(flow.at(i, *path), {"process": flow.id, "step": flow.steps[i].step, "fault": fault})


def _trade(all_flows: Iterable[Flow]) -> _Trade:
    made: dict[str, set[str]] = {}
    used: dict[str, set[str]] = {}
    for flow in all_flows:
        for step in flow.steps:
            for each in step.outputs:
                made.setdefault(_same(each), set()).add(flow.id)
            for each in step.inputs:
                used.setdefault(_same(each), set()).add(flow.id)
    return _Trade(made, used)


def _loose(flow: Flow, trade: _Trade, *, all_read: bool) -> Iterator[tuple[int, Path, Text]]:
    bits: dict[str, int] = {}
    for step in flow.steps:
        for each in (*step.inputs, *step.outputs):
            bits.setdefault(_same(each), 1 << len(bits))
    outputs = [_bits(bits, step.outputs) for step in flow.steps]
    before = carried(outputs, flow.following)
    after = carried([_bits(bits, step.inputs) for step in flow.steps], flow.preceding)
    for i, step in enumerate(flow.steps):
        for j, each in enumerate(step.inputs):
            makers = trade.made.get(_same(each), set())
            if not bits[_same(each)] & before[i] and makers <= {flow.id} and (makers or all_read):
                yield i, ("inputs", j), _later(each) if makers else _never(each)
        if all_read and not _is_last(flow, i):
            for j, each in enumerate(step.outputs):
                if not bits[_same(each)] & after[i] and trade.used.get(_same(each), set()) <= {flow.id}:
                    yield i, ("outputs", j), _unused(each)


def _is_last(flow: Flow, step: int) -> bool:
    """Whether what it makes is the result of the process."""
    return step in flow.ends or any(each in flow.ends for each in flow.following[step])


def _bits(bits: dict[str, int], names: Iterable[str]) -> int:
    found = 0
    for each in names:
        found |= bits[_same(each)]
    return found


def _same(name: str) -> str:
    return " ".join(name.casefold().split())


def _never(name: str) -> Text:
    return text(
        de=f"Die Eingabe „{brief(name)}“ entsteht nirgends. Nennen Sie sie unter „outputs“ des Schrittes, der sie "
        "liefert; kommt sie von außen, beim Anfangsereignis",
        en=f"the input “{brief(name)}” is made nowhere. Name it under “outputs” of the step that delivers it; "
        "if it comes from outside, at the first event",
    )


def _later(name: str) -> Text:
    return text(
        de=f"Die Eingabe „{brief(name)}“ entsteht erst danach oder auf einem anderen Weg. "
        "Ändern Sie die Reihenfolge, oder streichen Sie die Eingabe",
        en=f"the input “{brief(name)}” is only made afterwards or on another way. "
        "Change the order, or delete the input",
    )


def _unused(name: str) -> Text:
    return text(
        de=f"Das Ergebnis „{brief(name)}“ braucht danach niemand. "
        "Nennen Sie es unter „inputs“ des Schrittes, der es braucht, oder streichen Sie es",
        en=f"nobody needs the output “{brief(name)}” afterwards. "
        "Name it under “inputs” of the step that needs it, or delete it",
    )


@rule(
    "proc.deadline-missing",
    Severity.WARNING,
    de="„{process}“, Schritt „{step}“ hat keine Frist. "
    "Nennen Sie unter „deadline“ die Tage vor oder nach dem Auslöser.",
    en="“{process}”, step “{step}” has no deadline. Give the days before or after the trigger under “deadline”.",
)
def step_without_deadline(case: Case) -> Iterator[Finding]:
    """Jede Aufgabe und jede Entscheidung hat eine Frist

    Was keinen Termin hat, kommt nach allem, was einen hat, und am Ende fehlt die Zeit vor der Sitzung.
    Geprüft werden Soll-Prozesse; Ereignisse, Verzweigungen und Zusammenführungen brauchen keine Frist.

    English:
        Each task and each decision has a deadline

        What has no date comes after all that has one, and in the end there is no time before the session.
        Checked are processes as they shall run; events, forks and joins need no deadline.

    Bad:
        # handbook/processes/gebietsplan.yaml
        steps:
          - {step: start, kind: event, name: Gebiet ist festgelegt, next: [entwurf]}
          - step: entwurf  # <- proc.deadline-missing
            name: Plan entwerfen
            accountable: sozialplanung
            executing: [sozialplanung]
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
            next: [ende]
          - {step: ende, kind: event, name: Plan ist fortgeschrieben}
    """
    for process in live_processes(case):
        for i, step in enumerate(process.steps):
            if step.deadline is None and step.kind in (StepKind.TASK, StepKind.DECISION):
                yield Finding(process.at("steps", i, "step"), {"process": process.id, "step": step.step})


RULES = (input_missing, step_without_deadline)
