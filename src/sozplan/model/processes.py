"""Processes with typed steps."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StringConstraints

from sozplan.model.entity import Entity, Flag, Id, Line, RefTo, doc
from sozplan.model.shared import BodyRef, Decided, HolderRef, OfficeDeadline, Positive
from sozplan.model.terms import Phase, ProcessKind, ProcessState, StepKind

StepName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{0,63}$")]
"""Unique within its process only."""


class Exit(Entity):
    """One way out of a decision."""

    label: Line | None = doc("Beschriftung: die Antwort, z. B. „ja“.", "Label: the answer, “yes” say.", default=None)
    to: StepName = doc("Weiter mit: Schritt.", "To: step.")


class Step(Entity):
    """One step of a process."""

    step: StepName = doc("Schritt: Kürzel, im Prozess einmalig.", "Step: short name, unique in the process.")
    kind: StepKind = doc(
        "Art: Aufgabe, Entscheidung, Verzweigung, Zusammenführung, Ereignis.",
        "Kind: task, decision, fork, join, event.",
        default=StepKind.TASK,
    )
    name: Line = doc("Bezeichnung: Verb und Gegenstand.", "Name: verb and object.")
    accountable: HolderRef | None = doc(
        "V: verantwortlich, genau eine Stelle.", "Accountable: exactly one.", default=None
    )
    executing: tuple[HolderRef, ...] = doc("D: durchführend.", "Executing: who does it.", default=())
    contributing: tuple[HolderRef, ...] = doc("M: mitwirkend.", "Contributing: who is consulted.", default=())
    informed: tuple[HolderRef, ...] = doc("I: informiert.", "Informed: who is told.", default=())
    sovereign: Flag = doc(
        "Hoheitlich: nur die Verwaltung darf ihn verantworten.",
        "Sovereign: only the administration may answer for it.",
        default=False,
    )
    body: BodyRef | None = doc(
        "Gremium: in dem der Schritt stattfindet.", "Body: where the step takes place.", default=None
    )
    inputs: tuple[Line, ...] = doc("Eingaben: was gebraucht wird.", "Inputs: what is needed.", default=())
    outputs: tuple[Line, ...] = doc("Ergebnisse: was entsteht.", "Outputs: what comes of it.", default=())
    deadline: OfficeDeadline | None = doc("Frist: T±n.", "Deadline: T±n.", default=None)
    escalation: HolderRef | None = doc(
        "Eskalation: an wen es geht, wenn die Frist verstreicht oder keine Einigung gelingt.",
        "Escalation: who takes over when the deadline passes or no agreement is reached.",
        default=None,
    )
    form: Line | None = doc("Formular: oder Vorlage.", "Form: or template.", default=None)
    next: tuple[StepName, ...] = doc("Weiter: folgende Schritte.", "Next: following steps.", default=())
    exits: tuple[Exit, ...] = doc(
        "Ausgänge: einer Entscheidung, beschriftet.", "Exits: of a decision, labelled.", default=()
    )

    @property
    def following(self) -> tuple[str, ...]:
        return self.next + tuple(e.to for e in self.exits)


class Difference(Entity):
    """What differs between today's procedure and the new one, and for whom."""

    who: HolderRef = doc("Wer: für wen sich etwas ändert.", "Who: for whom something changes.")
    statement: Line = doc("Änderung: was anders wird.", "Change: what becomes different.")


class Process(Decided):
    """`handbook/processes/*.yaml`: a process (Prozesssteckbrief)."""

    name: Line = doc("Name: des Prozesses.", "Name: of the process.")
    kind: ProcessKind = doc("Art: Führungs-, Kern- oder Unterstützungsprozess.", "Kind: lead, core or support process.")
    state: ProcessState = doc(
        "Zustand: Ist oder Soll.", "State: as it runs or as it shall run.", default=ProcessState.TARGET
    )
    replaces: Annotated[Id, RefTo("Process")] | None = doc(
        "Löst ab: den Ist-Prozess.", "Replaces: the process as it ran.", default=None
    )
    purpose: Line | None = doc("Zweck: wozu es ihn gibt.", "Purpose: what it is for.", default=None)
    trigger: Line | None = doc("Auslöser: womit er beginnt.", "Trigger: what starts it.", default=None)
    result: Line | None = doc("Ergebnis: womit er endet.", "Result: what it ends with.", default=None)
    owner: HolderRef | None = doc("Prozessverantwortlich: Stelle.", "Owner: office.", default=None)
    phases: tuple[Phase, ...] = doc(
        "Phasen: des Steuerungskreislaufs.", "Phases: of the controlling cycle.", default=()
    )
    version: Positive = doc("Fassung: laufende Nummer.", "Version: running number.", default=1)
    measures_of_success: tuple[Line, ...] = doc(
        "Kennzahlen: woran man sieht, dass er läuft.", "Measures of success: how one sees that it works.", default=()
    )
    risks: tuple[Line, ...] = doc("Risiken: was schiefgehen kann.", "Risks: what can go wrong.", default=())
    forms: tuple[Line, ...] = doc("Formulare: und Vorlagen.", "Forms: and templates.", default=())
    legal_basis: tuple[Line, ...] = doc("Rechtsgrundlagen: mit Fassung.", "Legal basis: with version.", default=())
    changes: tuple[Difference, ...] = doc(
        "Änderungen: gegenüber dem Ist, je Stelle.", "Changes: against the present, by office.", default=()
    )
    steps: Annotated[tuple[Step, ...], Field(min_length=1)] = doc(
        "Schritte: in der Reihenfolge des Lesens.", "Steps: in reading order."
    )
