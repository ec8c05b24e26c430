"""A process as its step table: every step numbered, every way on named by number."""

from __future__ import annotations

from dataclasses import dataclass

from sozplan.diagnostics import Lang
from sozplan.model.plan import Plan
from sozplan.model.processes import Process, Step
from sozplan.model.terms import Phase, ProcessKind, ProcessState
from sozplan.render.charts.picture import Picture
from sozplan.render.charts.process_map import Station
from sozplan.render.charts.process_map import process_map as drawn_map
from sozplan.render.colours import Design


@dataclass(frozen=True, slots=True)
class Onward:
    """Where a step leads; the label is the answer of a decision."""

    number: int | None
    """None for a step that the process doesn't have."""
    step: str
    label: str | None


@dataclass(frozen=True, slots=True)
class NumberedStep:
    number: int
    step: Step
    onward: tuple[Onward, ...]


@dataclass(frozen=True, slots=True)
class ProcessSheet:
    """`before` is the process that this one replaces."""

    number: int
    process: Process
    steps: tuple[NumberedStep, ...]
    before: Process | None
    before_steps: tuple[NumberedStep, ...]


def sheets(plan: Plan) -> tuple[ProcessSheet, ...]:
    """The processes as they shall run, lead before core before support; those as they ran stand beside them."""
    order = {kind: rank for rank, kind in enumerate(ProcessKind)}
    replaced = {p.replaces for p in plan.processes}
    shown = [p for p in plan.processes if p.state is ProcessState.TARGET or p.id not in replaced]
    shown.sort(key=lambda p: (order[p.kind], p.id))
    return tuple(_sheet(plan, number, process) for number, process in enumerate(shown, 1))


def _sheet(plan: Plan, number: int, process: Process) -> ProcessSheet:
    before = plan.find(process.replaces, Process)
    return ProcessSheet(number, process, numbered(process), before, numbered(before) if before else ())


def numbered(process: Process) -> tuple[NumberedStep, ...]:
    numbers = {step.step: number for number, step in enumerate(process.steps, 1)}
    return tuple(NumberedStep(numbers[step.step], step, _onward(step, numbers)) for step in process.steps)


def _onward(step: Step, numbers: dict[str, int]) -> tuple[Onward, ...]:
    plain = [Onward(numbers.get(to), to, None) for to in step.next]
    return (*plain, *(Onward(numbers.get(way.to), way.to, way.label) for way in step.exits))


def process_map(shown: tuple[ProcessSheet, ...], lang: Lang, plan: Plan) -> Picture | None:
    """Core processes in the order of the cycle; none where there is no process as it shall run."""
    cycle = {phase: place for place, phase in enumerate(Phase)}
    ranked = sorted(shown, key=lambda sheet: min((cycle[phase] for phase in sheet.process.phases), default=len(cycle)))
    stations = [
        Station(f"P{each.number}", each.process.name, each.process.kind, tuple(p.label for p in each.process.phases))
        for each in ranked
        if each.process.state is ProcessState.TARGET
    ]
    design = Design(primary=plan.settings.design.primary, accent=plan.settings.design.accent)
    return drawn_map(stations, lang, design=design) if stations else None
