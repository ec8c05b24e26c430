"""Two states of a repository at the price of one: what both have in common is read once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sozplan.model.entity import Entity
from sozplan.model.figures import Cell, Figures
from sozplan.model.indicators import DataPackage, Resource
from sozplan.model.plan import Plan
from sozplan.repo.limits import LIMITS, Limits
from sozplan.repo.load import Loaded, Reading, collector_off, loaded_of
from sozplan.repo.moves import moves
from sozplan.repo.observations import Known
from sozplan.repo.revision import RevisionTree
from sozplan.repo.sameness import same_files
from sozplan.repo.store.access import NOWHERE, Access
from sozplan.repo.tree import Tree


@dataclass(frozen=True)
class Both:
    """An old and a new state; `same` are the paths with the same content, `moved` gives new paths their old ones."""

    old: Loaded
    new: Loaded
    same: frozenset[str]
    moved: Mapping[str, str]


def load_both(
    old: RevisionTree, new: Tree, limits: Limits = LIMITS, as_of: date | None = None, access: Access = NOWHERE
) -> Both:
    """The new state is read whole, of the old one only what differs."""
    with collector_off():
        same = same_files(old, new)
        first = Reading(new, limits, as_of=as_of, access=access)
        loaded = loaded_of(first)
        former = loaded_of(_Again(old, limits, first, loaded, same))
        return Both(former, loaded, same, moves(old, new, former.plan.roots, loaded.plan.roots))


class _Again(Reading):
    """Takes over what another reading made of the same content; what had faults is read again, to have them told."""

    def __init__(self, tree: Tree, limits: Limits, first: Reading, loaded: Loaded, same: frozenset[str]) -> None:
        super().__init__(tree, limits, as_of=first.how.as_of, access=first.access)
        self._first = first
        self._same = same - {fault.at.file for fault in loaded.diagnostics}
        self._plan = loaded.plan
        self._resources = loaded.figures.resources or {}
        self._read_cells: dict[str, list[Cell]] = {}
        for cell in loaded.figures.cells:
            self._read_cells.setdefault(cell.at.file, []).append(cell)
        self._knows_the_same = False

    def _yaml(self, path: str, kind: type[Entity]) -> None:
        root = self._first.roots.get(path) if path in self._same else None
        if root is None:
            super()._yaml(path, kind)
        else:
            self.files += 1
            self.roots[path] = root

    def figures(self, plan: Plan) -> Figures:
        self._knows_the_same = _says_the_same(plan, self._plan)
        return super().figures(plan)

    def _cells(self, package: DataPackage, index: int, resource: Resource, known: Known) -> tuple[Cell, ...]:
        path = f"indicators/{resource.path}"
        former = self._resources.get(resource.name)
        described_alike = former is not None and _is_same(former, resource)
        if not (self._knows_the_same and described_alike and path in self._same and path in self.data):
            return super()._cells(package, index, resource, known)
        self.data.discard(path)
        self.files += 1
        cells = tuple(self._read_cells.get(path, ()))
        for cell in cells:  # what stands in another file as well is found there
            self.seen.setdefault((cell.indicator, cell.area, cell.period.text, cell.vintage), (path, cell.at.line))
        return cells


def _says_the_same(one: Plan, other: Plan) -> bool:
    """Whether observations read beside one plan would be read alike beside the other."""
    return (
        one.muted == other.muted
        and len(one.indicators) == len(other.indicators)
        and all(map(_is_same, one.indicators, other.indicators))
        and {u.key for u in one.units} == {u.key for u in other.units}
        and {a.key for a in one.social_areas} == {a.key for a in other.social_areas}
    )


def _is_same(one: Entity, other: Entity) -> bool:
    return one is other or one.model_dump() == other.model_dump()
