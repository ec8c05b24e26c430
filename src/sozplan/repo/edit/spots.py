"""Which place of a file a planner means by „nordhafen-m1 budget.2026.planned“."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from sozplan.diagnostics import Text, text
from sozplan.model.entity import Entity, id_of
from sozplan.repo.edit.blocks import New
from sozplan.repo.edit.nodes import Path
from sozplan.repo.edit.page import Page
from sozplan.repo.edit.refusal import EditRefused
from sozplan.repo.edit.sections import order
from sozplan.repo.edit.typed import Kind, kind_of
from sozplan.repo.shape import element, field_of


class Spot(NamedTuple):
    """A field: the path from the top of the file, what it holds, what it says now, and the classes on the way."""

    path: Path
    kind: Kind
    value: Any
    around: Mapping[int, type[Entity]]
    """The class of the section in which the step of that number leads to a key."""

    @property
    def key(self) -> str:
        return str(self.path[-1])

    @property
    def owner(self) -> type[Entity] | None:
        """The class that has the field; none of an item of a list."""
        return self.around.get(len(self.path))


def path_of(root: Entity, wanted: Entity) -> Path:
    """Where an entity stands in the file that the root is the content of."""
    found = _path(root, wanted)
    if found is None:
        raise LookupError(id_of(wanted))
    return found


def _path(entity: Entity, wanted: Entity) -> Path | None:
    if entity is wanted:
        return ()
    for name, field in type(entity).model_fields.items():
        value, key = entity.__dict__.get(name), field.alias or name
        items = enumerate(value) if isinstance(value, tuple) else ((None, value),)
        for number, each in items:
            if isinstance(each, Entity) and (below := _path(each, wanted)) is not None:
                return (key, *below) if number is None else (key, number, *below)
    return None


def spot(root: Entity, entity: Entity, field: str) -> Spot:
    """The field of an entity, `.` or `/` between the steps; an item of a list by what it is about, or by its number."""
    parts = [part for part in field.replace("/", ".").split(".") if part]
    if not parts:
        raise EditRefused(_NOTHING, 2)
    walk = _Walk(path_of(root, entity), entity, type(entity))
    for part in parts:
        walk.step(part)
    return Spot(walk.path, walk.kind or kind_of(type(entity), parts[0]), walk.value, walk.around)


class _Walk:
    """From an entity down, as far as there is something, and further by the types alone."""

    def __init__(self, path: Path, value: Any, cls: type[Entity] | None) -> None:
        self.path, self.value, self.cls = path, value, cls
        self.kind: Kind | None = None
        self.around: dict[int, type[Entity]] = {}

    def step(self, part: str) -> None:
        if self.cls is not None:
            self._into(part)
        elif self.kind is not None and self.kind.is_list:
            self._item(part)
        elif isinstance(self.value, dict) or (self.kind is not None and element(self.kind.annotation) is not None):
            self._key(part)
        else:
            raise EditRefused(_too_deep(part), 2)

    def _into(self, key: str) -> None:
        cls = self.cls
        if cls is None:
            return
        self.kind = kind_of(cls, key)
        field = field_of(cls, key)
        name = next(name for name, each in cls.model_fields.items() if each is field)
        self.value = self.value.__dict__.get(name) if isinstance(self.value, Entity) else None
        self.path = (*self.path, key)
        self.around[len(self.path)] = cls
        self.cls = type(self.value) if isinstance(self.value, Entity) else self.kind.section

    def _item(self, part: str) -> None:
        items = self.value if isinstance(self.value, tuple) else ()
        number = item_number(items, part)
        self.value, self.path = items[number], (*self.path, number)
        self.kind = self.kind.item if self.kind else None
        self.cls = type(self.value) if isinstance(self.value, Entity) else None

    def _key(self, part: str) -> None:
        self.value = self.value.get(part) if isinstance(self.value, dict) else None
        self.path = (*self.path, part)
        self.kind = self.kind.item if self.kind else None


def item_number(items: Sequence[Any], part: str) -> int:
    """The item whose id, year, indicator … is called so; else the one of that number, counted from 1."""
    called = [i for i, each in enumerate(items) if part in names_of(each)]
    if len(called) == 1:
        return called[0]
    if not called and part.isdecimal() and 1 <= int(part) <= len(items):
        return int(part) - 1
    raise EditRefused(_which(items, part), 2)


def names_of(item: Any) -> tuple[str, ...]:
    """By what an item can be called: the short values that it begins with."""
    if not isinstance(item, Entity):
        return (str(item),)
    values = (value for name, value in item.__dict__.items() if name != "origin")
    return tuple(said for value in values if (said := _short(value)))[:3]


def _short(value: Any) -> str:
    """What tells an item apart; of numbers only years do, all others count the items."""
    if value is None or isinstance(value, tuple | dict | Entity | bool):
        return ""
    if isinstance(value, int | Decimal):
        return str(value) if 1000 <= value <= 2999 else ""
    said = str(getattr(value, "text", value))
    return said if len(said) <= _NAME and not said.isdecimal() else ""


_NAME = 40
"""Letters, beyond which a text is a sentence and no name."""


def put(page: Page, found: Spot, new: New) -> None:
    """Writes a value where one stands, or the key with it where none does."""
    if page.at(found.path) is not None:
        page.set(found.path, new)
        return
    path, value = found.path, new
    while page.at(path[:-1]) is None and len(path) > 1:
        path, value = path[:-1], {str(path[-1]): value}
    around = found.around.get(len(path))
    page.insert(path, value, order(around) if around else ())


_NOTHING = text(de="Nennen Sie die Angabe, z. B. „title“ oder „target.value“.", en="Name the field: “title”, say.")


def _too_deep(part: str) -> Text:
    return text(de=f"Unter „{part}“ steht nichts mehr.", en=f"There is nothing below “{part}”.")


def _which(items: Sequence[Any], part: str) -> Text:
    listed = "; ".join(f"{i} ({', '.join(names_of(each)) or '–'})" for i, each in enumerate(items, 1)) or "–"
    return text(
        de=f"„{part}“ nennt keinen einzelnen Eintrag. Es gibt: {listed}.",
        en=f"“{part}” doesn't name one entry. There are: {listed}.",
    )
