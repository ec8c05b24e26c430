"""Who takes which part (VDMI) in measures, process steps and products, gathered once for the rules."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from sozplan.diagnostics import Text, text
from sozplan.model.case import Case
from sozplan.model.entity import Entity
from sozplan.model.measures import Measure
from sozplan.model.memory import once
from sozplan.model.organisation import Product, RoleAssignment
from sozplan.model.plan import Plan
from sozplan.model.processes import Process, Step
from sozplan.model.terms import MeasureStatus, ProcessState, Status, StepKind, Vdmi
from sozplan.rules.rule import Spot, status_of


class Holding(NamedTuple):
    """That an actor or body holds a part, and where it says so."""

    holder: str
    spot: Spot


class Charge(NamedTuple):
    """What somebody must answer for and somebody do."""

    subject: Entity
    """Measure, step or product."""
    within: Process | None
    spot: Spot
    accountable: tuple[Holding, ...]
    is_executed: bool
    sovereign: bool

    @property
    def said(self) -> Text:
        if isinstance(self.subject, Measure):
            id = self.subject.id
            return text(de=f"Maßnahme „{id}“", en=f"Measure “{id}”")
        if isinstance(self.subject, Step) and self.within is not None:
            return step_said(self.subject, self.within.id)
        return text(de=f"Produkt „{self.spot.owner}“", en=f"Product “{self.spot.owner}”")

    @property
    def keys(self) -> tuple[str, str]:
        """Where the accountable and the executing office are written."""
        if isinstance(self.subject, Measure):
            return "responsible", "executing"
        if isinstance(self.subject, Step):
            return "accountable", "executing"
        return "part: accountable", "part: executing"


def step_said(step: Step, within: str) -> Text:
    return text(de=f"Schritt „{step.step}“ in „{within}“", en=f"Step “{step.step}” in “{within}”")


@once
def charges(case: Case) -> tuple[Charge, ...]:
    """All that is to be done and not over."""
    return tuple(_charges(case))


def _charges(case: Case) -> Iterator[Charge]:
    yield from (_of_measure(m) for m in case.plan.measures if not is_over(case, m))
    for process in live_processes(case):
        for i, step in enumerate(process.steps):
            if step.kind in (StepKind.TASK, StepKind.DECISION):
                yield _of_step(process, i, step)
    yield from _of_products(case)


def is_over(case: Case, measure: Measure) -> bool:
    if measure.progress in (MeasureStatus.COMPLETED, MeasureStatus.STOPPED):
        return True
    return status_of(case.plan, measure) is Status.ENDED


def live_processes(case: Case) -> Iterator[Process]:
    """The processes as they shall run; those that describe the present or are over bind nobody."""
    for process in case.plan.processes:
        if process.state is ProcessState.TARGET and is_live(case.plan, process) and not _has_ended(process, case):
            yield process


def is_live(plan: Plan, entity: Entity) -> bool:
    return status_of(plan, entity) is not Status.ENDED


def _has_ended(process: Process, case: Case) -> bool:
    return process.valid_to is not None and process.valid_to < case.as_of


def _of_measure(measure: Measure) -> Charge:
    holdings = []
    if measure.responsible is not None:
        holdings.append(Holding(measure.responsible, Spot(measure, ("responsible",), measure.id)))
    for i, each in enumerate(measure.assignments):
        if each.part is Vdmi.ACCOUNTABLE:
            holdings.append(Holding(each.holder, Spot(measure, ("assignments", i, "holder"), measure.id)))
    is_executed = bool(measure.executing) or any(a.part is Vdmi.EXECUTING for a in measure.assignments)
    spot = Spot(measure, ("id",), measure.id)
    return Charge(measure, None, spot, _once(holdings), is_executed, measure.sovereign)


def _of_step(process: Process, i: int, step: Step) -> Charge:
    holdings = []
    if step.accountable is not None:
        holdings.append(Holding(step.accountable, Spot(process, ("steps", i, "accountable"), process.id)))
    spot = Spot(process, ("steps", i, "step"), process.id)
    return Charge(step, process, spot, tuple(holdings), bool(step.executing), step.sovereign)


def _of_products(case: Case) -> Iterator[Charge]:
    """Assignments have no ids: where a file could not be read, a product's may stand there."""
    named: dict[str, list[RoleAssignment]] = {}
    for assignment in case.plan.all(RoleAssignment):
        named.setdefault(assignment.subject, []).append(assignment)
    for product in case.plan.products:
        own = named.get(product.id, [])
        if _in_force(product, case) and (own or not case.plan.muted):
            yield _of_product(product, own)


def _in_force(product: Product, case: Case) -> bool:
    return product.valid_to is None or case.as_of <= product.valid_to


def _of_product(product: Product, own: list[RoleAssignment]) -> Charge:
    holdings = [Holding(a.holder, Spot(a, ("holder",), product.id)) for a in own if a.part is Vdmi.ACCOUNTABLE]
    is_executed = any(a.part is Vdmi.EXECUTING for a in own)
    return Charge(product, None, Spot(product, ("id",), product.id), _once(holdings), is_executed, sovereign=False)


def _once(holdings: list[Holding]) -> tuple[Holding, ...]:
    """An office that is named twice for the same is one."""
    return tuple({holding.holder: holding for holding in reversed(holdings)}.values())[::-1]
