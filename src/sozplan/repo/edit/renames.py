"""Everywhere an id stands: its own place, every reference, the texts and the tables of figures."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from sozplan.diagnostics import text
from sozplan.model.entity import Entity, id_of, references
from sozplan.model.indicators import Indicator, Resource
from sozplan.model.plan import Plan
from sozplan.repo.edit.nodes import Branch, Leaf, Node, Path
from sozplan.repo.edit.page import Page
from sozplan.repo.edit.refusal import EditRefused


def places(root: Entity, id: str) -> tuple[dict[Path, None], dict[Path, None]]:
    """Where a file names an id: as values and as keys, in their order."""
    values: dict[Path, None] = {}
    keys: dict[Path, None] = {}
    for entity, path in _walk(root, ()):
        if id_of(entity) == id:
            values[*path, "id"] = None
        for reference in references(entity):
            if reference.target == id:
                name, *rest = reference.path
                key = type(entity).model_fields[str(name)].alias or str(name)
                held = entity.__dict__[str(name)]
                (keys if isinstance(held, dict) else values)[*path, key, *rest] = None
    return values, keys


def _walk(entity: Entity, path: Path) -> Iterator[tuple[Entity, Path]]:
    yield entity, path
    for name, field in type(entity).model_fields.items():
        value, key = entity.__dict__.get(name), field.alias or name
        if isinstance(value, tuple):
            for number, each in enumerate(value):
                if isinstance(each, Entity):
                    yield from _walk(each, (*path, key, number))
        elif isinstance(value, Entity):
            yield from _walk(value, (*path, key))


def rename_in(page: Page, root: Entity, old: str, new: str) -> None:
    """Every place of a planning file at which the id stands, and every `[[id]]` in its texts."""
    values, keys = places(root, old)
    changed: dict[Path, Any] = dict.fromkeys(values, new)
    if f"[[{old}]]" in page.content:
        for path in _texts(page.root, ()):
            said = page.value(path)
            if path not in changed and isinstance(said, str) and f"[[{old}]]" in said:
                changed[path] = said.replace(f"[[{old}]]", f"[[{new}]]")
    if changed or keys:
        page.set_all(changed, dict.fromkeys(keys, new))


def _texts(node: Node, path: Path) -> Iterator[Path]:
    if isinstance(node, Leaf):
        yield path
    elif isinstance(node, Branch):
        for key, value in zip(node.keys, node.values, strict=True):
            yield from _texts(value, (*path, key.text))
    else:
        for number, item in enumerate(node.items):
            yield from _texts(item, (*path, number))


def rename_in_text(content: str, old: str, new: str) -> str:
    """A chapter: only between double brackets is a word an id."""
    return content.replace(f"[[{old}]]", f"[[{new}]]")


def tables(plan: Plan, id: str) -> Mapping[str, Resource]:
    """The data files that may hold figures of an indicator, by path."""
    if not isinstance(plan.get(id), Indicator):
        return {}
    return {f"indicators/{each.path}": each for package in plan.packages for each in package.resources}


def rename_in_table(path: str, resource: Resource, data: bytes, old: str, new: str) -> bytes:
    """The table with the new id in the column of the indicators; nothing else of a line is touched."""
    if old.encode() not in data:
        return data
    if resource.format == "parquet":
        raise EditRefused(
            text(
                de=f"„{path}“ ist eine Parquet-Datei, in der sich „{old}“ nicht umbenennen lässt. Importieren Sie neu.",
                en=f"“{path}” is a Parquet file; “{old}” can't be renamed in it. Import it anew.",
            )
        )
    content = data.decode(resource.encoding)
    mark = re.escape(resource.dialect.delimiter)
    header = re.split(mark, re.split("[\r\n]", content.removeprefix("\ufeff"), maxsplit=1)[0])
    columns = [column.strip().strip('"') for column in header]
    if "indicator" not in columns:
        return data
    before = rf"(?:[^{mark}\r\n\"]*{mark}){{{columns.index('indicator')}}}"
    row = re.compile(rf"^(\ufeff?{before}[ \t]*\"?){re.escape(old)}(?=\"?[ \t]*(?:{mark}|$|\r))", re.MULTILINE)
    return row.sub(lambda found: found[1] + new, content).encode(resource.encoding)
