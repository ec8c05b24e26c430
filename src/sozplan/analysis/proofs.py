"""The figures that a need or a designation rests on, and the tables that they come from."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from sozplan.analysis.decisions import Path
from sozplan.analysis.series import observe
from sozplan.model.areas import FigureEvidence, Need
from sozplan.model.case import Case
from sozplan.model.entity import Entity
from sozplan.model.figures import Cell
from sozplan.model.indices import Index
from sozplan.model.periods import Period
from sozplan.model.plan import Plan
from sozplan.model.territory import Designation


class Proof(NamedTuple):
    """One figure that is pleaded, and where."""

    place: Path
    indicator: str
    period: Period
    territory: str


def proofs(plan: Plan, entity: Entity) -> Iterator[Proof]:
    """The figures named, and those that went into the index of a designation."""
    if isinstance(entity, Need):
        owner = plan.owner(entity.id)
        if owner is not None:
            figures = [(i, e) for i, e in enumerate(entity.evidence) if isinstance(e, FigureEvidence)]
            yield from (_proof(("evidence", i, "period"), each, owner.area) for i, each in figures)
    elif isinstance(entity, Designation):
        named = [_proof(("indicators", i, "period"), each, entity.area) for i, each in enumerate(entity.indicators)]
        known = {proof[1:] for proof in named}
        yield from (*named, *(proof for proof in _of_index(plan, entity) if proof[1:] not in known))


def _proof(place: Path, evidence: FigureEvidence, area: str) -> Proof:
    return Proof(place, evidence.indicator, evidence.period, evidence.area or area)


def _of_index(plan: Plan, entity: Designation) -> Iterator[Proof]:
    result = entity.index
    index = plan.find(result.index, Index) if result else None
    method = index.method(result.version) if result is not None and index is not None else None
    if result is not None and method is not None:
        for component in method.components:
            yield Proof(("index", "period"), component.indicator, result.period, entity.area)


def cells_behind(case: Case, proof: Proof) -> tuple[Cell, ...]:
    """All that the figure is made of, units of an area apart."""
    found = observe(case, proof.indicator, proof.territory)
    return next((each.cells for each in found if each.period.text == proof.period.text), ())


def table_path(case: Case, resource: str) -> str | None:
    """Where the table of that name lies."""
    found = (case.figures.resources or {}).get(resource)
    return f"indicators/{found.path}" if found else None
