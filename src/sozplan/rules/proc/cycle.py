"""The rule that the whole controlling cycle is covered by processes."""

from __future__ import annotations

from collections.abc import Iterator

from sozplan.diagnostics import Severity, Text
from sozplan.model.case import Case
from sozplan.model.entity import Place
from sozplan.model.processes import Process
from sozplan.model.terms import Phase
from sozplan.rules.org.parts import live_processes
from sozplan.rules.rule import Finding, rule


@rule(
    "proc.phase-uncovered",
    Severity.ERROR,
    de="Kein Soll-Prozess deckt diese Phasen des Steuerungskreislaufs ab: {phases}. "
    "Nennen Sie die Phase unter „phases“ des Prozesses, der sie leistet, oder beschreiben Sie einen neuen.",
    en="No process as it shall run covers these phases of the controlling cycle: {phases}. "
    "Name the phase under “phases” of the process that does it, or describe a new one.",
    softens=True,
)
def phase_without_process(case: Case) -> Iterator[Finding]:
    """Jede Phase des Steuerungskreislaufs hat einen Prozess

    Planung ohne Monitoring wird nicht gesteuert, Monitoring ohne Fortschreibung bleibt folgenlos.
    Die Phasen sind Analyse, Bedarf und Ziele, Maßnahmen, Beschluss und Ressourcen, Umsetzung, Monitoring,
    Evaluation und Fortschreibung. Geprüft wird, sobald es ein Handbuch oder einen Soll-Prozess gibt.

    English:
        Each phase of the controlling cycle has a process

        Planning without monitoring isn't controlled, monitoring without revision has no consequence.
        The phases are analysis, needs and goals, measures, decision and resources, implementation, monitoring,
        evaluation and revision. It is checked as soon as there is a handbook or a process as it shall run.

    Bad:
        # handbook/handbook.yaml
        id: handbuch  # <- proc.phase-uncovered
        # handbook/processes/gebietsplan.yaml
        phases: [analyse, goals, measures, decision, implementation]

    Good:
        # handbook/processes/gebietsplan.yaml
        phases: [analyse, goals, measures, decision, implementation, monitoring, evaluation]
    """
    if case.plan.muted:
        return  # The process may stand in a file that could not be read.
    processes = list(live_processes(case))
    covered = {phase for process in processes for phase in process.phases}
    missing = [phase for phase in Phase if phase not in covered]
    place = _place(case, processes) if missing else None
    if place is not None:
        labels = [phase.label for phase in missing]
        yield Finding(place, {"phases": Text(", ".join(p.de for p in labels), ", ".join(p.en for p in labels))})


def _place(case: Case, processes: list[Process]) -> Place | None:
    shown = case.plan.handbook or next(iter(processes), None)
    return shown.at("id") if shown is not None else None


RULES = (phase_without_process,)
