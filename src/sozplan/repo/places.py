"""Where a fault of the schema is shown: at the key, or where a missing one is looked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, get_origin

from sozplan.diagnostics import Location
from sozplan.model.entity import Entity, Items, Mark, Origin, mark_of
from sozplan.model.shared import Decided
from sozplan.repo.shape import keys_of


def key_place(origin: Origin, path: tuple[str | int, ...]) -> Location:
    node = _around(origin, path)
    return node.locate_key(str(path[-1])) if isinstance(node, Origin) else origin.locate(*path)


def _around(origin: Origin, path: tuple[str | int, ...]) -> Any:
    """The node that holds the last part of the path."""
    node: Any = origin
    for part in path[:-1]:
        node = node.values[str(part)] if isinstance(node, Origin) else node.items[part]
    return node


def gap_place(origin: Origin, path: tuple[str | int, ...], around: type[Entity] | None) -> Location:
    """Where a missing key is looked for: behind what people write before it, else at the entry itself."""
    node = _around(origin, path)
    if around is None or not isinstance(node, Origin):
        return origin.locate(*path[:-1])
    keys = habit(around)
    key = str(path[-1])
    before = list(node.keys) if key == keys[-1] else [k for k in keys[: keys.index(key)] if k in node.keys][-1:]
    if not before:
        return origin.locate(*path[:-1])
    last = max((mark for k in before for mark in _marks(node, k)), key=lambda mark: mark.line)
    return Location(origin.file, last.line + 1, last.column + 1)


def habit(cls: type[Entity]) -> list[str]:
    """The keys in the order that people write them: what all entries must have stands behind their short values."""
    required = {field.alias or name for name, field in cls.model_fields.items() if field.is_required()}
    lists = {field.alias or name for name, field in cls.model_fields.items() if get_origin(field.annotation) is tuple}
    own = [key for key in keys_of(cls) if key == "id" or key not in keys_of(Decided)]
    short = max((i + 1 for i, key in enumerate(own[:-1]) if key in required - lists), default=0)
    shared = [key for key in keys_of(cls) if key in required.difference(own)]
    return [*own[:short], *shared, *own[short:]]


def _marks(node: Any, part: str | int) -> Iterator[Mark]:
    """The places of what stands at that part of a mapping or list, and of all below it."""
    if isinstance(node, Origin):
        yield node.keys[str(part)]
    below = node.values[str(part)] if isinstance(node, Origin) else node.items[part]
    yield mark_of(below)
    parts = below.keys if isinstance(below, Origin) else range(len(below.items)) if isinstance(below, Items) else ()
    for each in parts:
        yield from _marks(below, each)


def nearest_id(value: Any, path: Iterable[str | int]) -> str | None:
    """The id of the innermost mapping on the way that has one."""
    found: str | None = None
    for node in _nodes(value, path):
        if isinstance(node, dict) and isinstance(node.get("id"), str):
            found = node["id"]
    return found


def _nodes(value: Any, path: Iterable[str | int]) -> Iterator[Any]:
    yield value
    for part in path:
        try:
            value = value[part]
        except (KeyError, IndexError, TypeError):
            return
        yield value
