"""Rules on the way through a process: every step is reached, every way ends, every decision says its answers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from sozplan.diagnostics import Severity, Text, text
from sozplan.model.case import Case
from sozplan.model.entity import Place
from sozplan.model.processes import Step
from sozplan.model.terms import StepKind
from sozplan.rules.proc.graph import Flow, Path, flows, reached
from sozplan.rules.rule import Finding, rule
from sozplan.rules.words import quoted


class _Fault(NamedTuple):
    place: Place
    said: Text


@rule(
    "proc.unreachable",
    Severity.ERROR,
    de="„{process}“: {fault}.",
    en="“{process}”: {fault}.",
    softens=True,
)
def way_without_end(case: Case) -> Iterator[Finding]:
    """Jeder Schritt wird erreicht, und jeder Weg führt zu einem Ende

    Ein Schritt, zu dem kein Weg führt, wird nie getan; aus einer Schleife ohne Ausgang kommt niemand heraus.
    Anfänge sind der erste Schritt und Ereignisse, die ohne Vorgänger weiterführen; Enden sind Ereignisse ohne
    Nachfolger, ohne solche der letzte Schritt. Schleifen sind erlaubt, wenn ein Weg hinausführt.
    Eine Zusammenführung mit mehreren Zugängen braucht eine Verzweigung davor: Nach einer Entscheidung wird nur
    ein Weg gegangen, und sie wartete für immer auf den anderen.

    English:
        Each step is reached, and each way leads to an end

        A step that no way leads to is never done; nobody gets out of a loop without an exit.
        Beginnings are the first step and events that lead on without a predecessor; ends are events without a
        successor, failing these the last step. Loops are allowed if a way leads out.
        A join with several ways in needs a fork before it: after a decision only one way is taken,
        and it would wait for the other for ever.

    Bad:
        # handbook/processes/gebietsplan.yaml
        steps:
          - {step: start, kind: event, name: Gebiet ist festgelegt, next: [entwurf]}
          - step: entwurf
            name: Plan entwerfen
            accountable: sozialplanung
            executing: [sozialplanung]
            deadline: {days: 120, after: Festlegung}
            next: [ende]
          - step: umsetzung  # <- proc.unreachable
            name: Maßnahmen umsetzen
            accountable: amt-51
            executing: [amt-51]
            deadline: {days: 20, after: Berichtsstichtag}
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
            deadline: {days: 20, after: Berichtsstichtag}
            next: [ende]
          - {step: ende, kind: event, name: Plan ist fortgeschrieben}
    """
    for flow in flows(case):
        # A wrong name would echo in all that it cuts off.
        for find in (_named_twice, _to_nowhere) if flow.is_torn else (_named_twice, _unreached, _endless, _waiting):
            for fault in find(flow):
                yield Finding(fault.place, {"process": flow.id, "fault": fault.said})


def _named_twice(flow: Flow) -> Iterator[_Fault]:
    for i, step in enumerate(flow.steps):
        if flow.index[step.step] != i:
            said = text(
                de=f"Zwei Schritte heißen „{step.step}“, der zweite wird nie erreicht. Benennen Sie ihn um",
                en=f"two steps are called “{step.step}”, the second is never reached. Rename it",
            )
            yield _Fault(flow.at(i, "step"), said)


def _to_nowhere(flow: Flow) -> Iterator[_Fault]:
    for i, step in enumerate(flow.steps):
        for path, name in _pointers(step):
            if name not in flow.index:
                said = text(
                    de=f"Schritt „{step.step}“ führt zu „{name}“, aber diesen Schritt gibt es hier nicht. "
                    "Berichtigen Sie den Namen, oder fügen Sie den Schritt ein",
                    en=f"step “{step.step}” leads to “{name}”, but there is no such step here. "
                    "Correct the name, or add the step",
                )
                yield _Fault(flow.at(i, *path), said)


def _pointers(step: Step) -> Iterator[tuple[Path, str]]:
    yield from ((("next", j), name) for j, name in enumerate(step.next))
    yield from ((("exits", j, "to"), each.to) for j, each in enumerate(step.exits))


def _unreached(flow: Flow) -> Iterator[_Fault]:
    """Where a stretch begins that nothing leads to; what follows it isn't told again."""
    found = reached(flow.starts, flow.following)
    lost = [i for i, step in enumerate(flow.steps) if i not in found and flow.index[step.step] == i]
    heads = [i for i in lost if found.issuperset(flow.preceding[i])]
    # A loop that nothing leads into has no head: its first step stands for it.
    for i in (*heads, *lost):
        if i not in found:
            yield _Fault(flow.at(i, "step"), _no_way(flow.steps[i]))
            found |= reached([i], flow.following)


def _no_way(step: Step) -> Text:
    return text(
        de=f"Zu Schritt „{step.step}“ führt vom Anfang aus kein Weg. "
        "Nennen Sie ihn unter „next“ oder „exits“ des Schrittes davor, oder streichen Sie ihn",
        en=f"no way leads from the beginning to step “{step.step}”. "
        "Name it under “next” or “exits” of the step before it, or delete it",
    )


def _endless(flow: Flow) -> Iterator[_Fault]:
    found = reached(flow.starts, flow.following)
    dead = [i for i in sorted(found) if not flow.steps[i].following and i not in flow.ends]
    for i in dead:
        yield _Fault(flow.at(i, "step"), _dead_end(flow.steps[i]))
    getting_out = reached([*flow.ends, *dead], flow.preceding)
    trapped = sorted(found - getting_out)
    if trapped:
        names = quoted(flow.steps[i].step for i in trapped)
        yield _Fault(flow.at(trapped[0], "step"), _trap(names))


def _dead_end(step: Step) -> Text:
    return text(
        de=f"Bei Schritt „{step.step}“ geht es nicht weiter, und er ist kein Ende. "
        "Nennen Sie den nächsten Schritt, oder fügen Sie ein Ereignis als Ende an",
        en=f"step “{step.step}” doesn't lead on, and it is no end. Name the next step, or add an event as the end",
    )


def _trap(names: Text) -> Text:
    return text(
        de=f"Von {names.de} aus führt kein Weg zu einem Ende. Geben Sie der Schleife einen Ausgang",
        en=f"no way leads from {names.en} to an end. Give the loop a way out",
    )


def _waiting(flow: Flow) -> Iterator[_Fault]:
    forks = [i for i, step in enumerate(flow.steps) if step.kind is StepKind.FORK]
    parallel = reached((j for i in forks for j in flow.following[i]), flow.following)
    for i, step in enumerate(flow.steps):
        if step.kind is StepKind.JOIN and len(flow.preceding[i]) > 1 and i not in parallel:
            said = text(
                de=f"Zusammenführung „{step.step}“ wartet auf mehrere Wege, aber davor verzweigt nichts. "
                "Setzen Sie eine Verzweigung (kind: fork) davor, oder führen Sie die Wege ohne sie weiter",
                en=f"join “{step.step}” waits for several ways, but nothing forks before it. "
                "Put a fork (kind: fork) before it, or lead the ways on without it",
            )
            yield _Fault(flow.at(i, "step"), said)


@rule(
    "proc.exit-unlabelled",
    Severity.ERROR,
    de="„{process}“, Entscheidung „{step}“: {fault}.",
    en="“{process}”, decision “{step}”: {fault}.",
    softens=True,
)
def exit_without_label(case: Case) -> Iterator[Finding]:
    """Jede Entscheidung nennt ihre Antworten

    Ohne beschriftete Ausgänge weiß niemand, welcher Weg bei „ja“ und welcher bei „nein“ gilt.
    Eine Entscheidung hat mindestens zwei Ausgänge unter `exits`, jeder mit eigener Beschriftung, und kein `next`.

    English:
        Each decision names its answers

        Without labelled exits nobody knows which way holds for “yes” and which for “no”.
        A decision has at least two ways under `exits`, each with a label of its own, and no `next`.

    Bad:
        # handbook/processes/gebietsplan.yaml
        steps:
          - {step: start, kind: event, name: Gebiet ist festgelegt, next: [beschluss]}
          - step: beschluss
            kind: decision
            name: Plan beschließen
            accountable: rat
            executing: [rat]
            deadline: {days: 180, after: Festlegung}
            exits:
              - {label: beschlossen, to: ende}
              - {to: abgelehnt}  # <- proc.exit-unlabelled
          - {step: abgelehnt, kind: event, name: Plan kommt nicht zustande}
          - {step: ende, kind: event, name: Plan gilt}

    Good:
        # handbook/processes/gebietsplan.yaml
        steps:
          - {step: start, kind: event, name: Gebiet ist festgelegt, next: [beschluss]}
          - step: beschluss
            kind: decision
            name: Plan beschließen
            accountable: rat
            executing: [rat]
            deadline: {days: 180, after: Festlegung}
            exits:
              - {label: beschlossen, to: ende}
              - {label: abgelehnt, to: abgelehnt}
          - {step: abgelehnt, kind: event, name: Plan kommt nicht zustande}
          - {step: ende, kind: event, name: Plan gilt}
    """
    for flow in flows(case):
        for i, step in enumerate(flow.steps):
            if step.kind is StepKind.DECISION:
                for path, fault in _exits(step):
                    yield Finding(flow.at(i, *path), {"process": flow.id, "step": step.step, "fault": fault})


def _exits(step: Step) -> Iterator[tuple[Path, Text]]:
    if step.next:
        yield ("next",), _PLAIN
    elif len(step.exits) < 2:
        yield ("exits",) if step.exits else ("step",), _ONLY_ONE
    taken: set[str] = set()
    for j, each in enumerate(step.exits):
        if each.label is None:
            yield ("exits", j), _unlabelled(each.to)
        elif (label := each.label.casefold()) in taken:
            yield ("exits", j, "label"), _same(each.label)
        else:
            taken.add(label)


_PLAIN = text(
    de="Unter „next“ steht ein Weg ohne Antwort. Schreiben Sie ihn mit „label“ unter „exits“",
    en="“next” names a way without an answer. Write it with a “label” under “exits”",
)
_ONLY_ONE = text(
    de="Sie hat weniger als zwei Ausgänge. Nennen Sie unter „exits“ jede Antwort, oder machen Sie eine Aufgabe daraus",
    en="it has fewer than two exits. Name each answer under “exits”, or make it a task",
)


def _unlabelled(to: str) -> Text:
    return text(
        de=f"Der Ausgang zu „{to}“ hat keine Beschriftung. Schreiben Sie die Antwort unter „label“",
        en=f"the exit to “{to}” has no label. Write the answer under “label”",
    )


def _same(label: str) -> Text:
    return text(
        de=f"Zwei Ausgänge heißen „{label}“. Beschriften Sie jeden anders",
        en=f"two exits are called “{label}”. Label each differently",
    )


RULES = (way_without_end, exit_without_label)
