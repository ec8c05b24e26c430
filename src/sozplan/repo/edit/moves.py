"""The list that an entry stands on, and the one that it may be moved to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sozplan.diagnostics import text
from sozplan.model.areas import AreaPlan
from sozplan.model.entity import Entity, id_of
from sozplan.model.plan import Plan
from sozplan.repo.edit.nodes import Path
from sozplan.repo.edit.refusal import EditRefused
from sozplan.repo.edit.sections import order
from sozplan.repo.edit.spots import path_of
from sozplan.repo.load import kind_of
from sozplan.repo.shape import field_of


class List(NamedTuple):
    """A list of a file: its path, the number of the entry in it, and how long it is."""

    file: str
    path: Path
    number: int
    length: int
    order: Sequence[str]


def list_of(plan: Plan, entity: Entity) -> List:
    file = entity.origin.file
    root = plan.roots[file]
    *path, number = path_of(root, entity) or ("", "")
    if not isinstance(number, int):
        raise EditRefused(
            text(
                de=f"„{id_of(entity)}“ ist eine Datei für sich: {file}. Benennen Sie die Datei um, wenn sie woanders "
                "liegen soll.",
                en=f"“{id_of(entity)}” is a file of its own: {file}. Rename the file if it shall lie elsewhere.",
            ),
            2,
        )
    return List(file, tuple(path), number, 0, order(type(root)))


def target(plan: Plan, source: List, to: str) -> List:
    """The same list of another plan or file."""
    area = next((each for each in plan.area_plans if to in (each.id, each.area)), None)
    file = area.origin.file if isinstance(area, AreaPlan) else to.replace("\\", "/")
    root, key = plan.roots.get(file), str(source.path[0])
    cls = kind_of(file)
    if cls is None or root is None or field_of(cls, key) is None or len(source.path) != 1:
        raise EditRefused(
            text(
                de=f"„{to}“ ist kein Plan und keine Datei mit einer Liste „{key}“.",
                en=f"“{to}” is no plan and no file with a list “{key}”.",
            ),
            2,
        )
    return List(file, source.path, 0, len(getattr(root, key)), order(cls))
