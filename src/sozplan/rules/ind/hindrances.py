"""What keeps an index from being right, told by `sozplan index` in the words of `check`."""

from __future__ import annotations

from collections.abc import Iterator

from sozplan.diagnostics import Diagnostic
from sozplan.model.case import Case
from sozplan.model.entity import Entity, Reference, children, references
from sozplan.model.indices import Index
from sozplan.model.strategy import Theme
from sozplan.model.territory import Unit
from sozplan.rules.ind.indices import contradictory_index
from sozplan.rules.ref.ids import id_taken, reference_to_nothing
from sozplan.rules.ref.partition import doubles, territory_uncovered
from sozplan.rules.rule import run


def contradictions(case: Case, index: Index) -> list[Diagnostic]:
    """With these errors the result would be one that nobody meant: in the definition, or an area is there twice."""
    found = [each for each in run(case, (contradictory_index,)) if each.at.file == index.origin.file]
    return found + _doubled(case, index.level)


def _doubled(case: Case, level: str) -> list[Diagnostic]:
    repeated = {each.at("id").location for each in case.plan.repeated if isinstance(each, Unit) and each.level == level}
    if repeated:
        return [each for each in run(case, (id_taken,)) if each.at in repeated]
    twice = {unit.at("key").location for unit, _ in doubles(case.plan) if unit.level == level}
    return [each for each in run(case, (territory_uncovered,)) if each.at in twice] if twice else []


def dead_ends(case: Case, index: Index) -> list[Diagnostic]:
    """References to nothing, of those that the computation follows; going through all of a plan's takes long."""
    lost = {each.target for each in _followed(index) if not _leads(case, each)}
    if not lost:
        return []
    found = run(case, (reference_to_nothing,))
    return [each for each in found if each.at.file == index.origin.file and each.args["target"] in lost]


def _leads(case: Case, reference: Reference) -> bool:
    return type(case.plan.get(reference.target)).__name__ in reference.kinds


def _followed(entity: Entity) -> Iterator[Reference]:
    """What the definition names; a theme only puts components in order."""
    yield from (each for each in references(entity) if Theme.__name__ not in each.kinds)
    for child in children(entity):
        yield from _followed(child)
