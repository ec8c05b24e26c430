"""Which place of a file a planner means by „nordhafen-m1 budget.2026.planned“."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple, get_args

from sozplan.diagnostics import Text, text
from sozplan.model.entity import Entity, id_of
from sozplan.repo.edit.blocks import Entry, New
from sozplan.repo.edit.nodes import Path
from sozplan.repo.edit.page import EditRefused, Page
from sozplan.repo.edit.typed import Kind, kind_of
from sozplan.repo.places import habit
from sozplan.repo.shape import choices_of, element, field_of, keys_of, union


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
    said = "" if value is None or isinstance(value, tuple | dict | Entity | bool) else str(getattr(value, "text", value))
    return said if len(said) <= 40 else ""


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


def built(cls: type[Entity], assignments: Iterable[tuple[str, str]]) -> dict[str, New]:
    """A new section of these fields, `.` between the steps; keys in the order that people write them.

    A list is written with commas; one of texts, which may hold commas, by naming the field once for each.
    """
    made: dict[str, Any] = {}
    for field, said in assignments:
        parts = [part for part in field.replace("/", ".").split(".") if part]
        _assign(made, cls, parts, said)
    return dict(ordered(made, cls))


def assignments(said: Sequence[str]) -> list[tuple[str, str]]:
    """`title=Lesepaten` taken apart; what isn't of that form is refused."""
    for each in said:
        if "=" not in each:
            raise EditRefused(_no_assignment(each), 2)
    return [(key.strip(), value.strip()) for key, _, value in (each.partition("=") for each in said)]


def member(kind: Kind, said: Sequence[str]) -> type[Entity] | None:
    """The class of the items of a list of sections, by the keys that are named; none of other lists."""
    if kind.item.section is None and not union(kind.annotation):
        return None
    keys = [each.partition("=")[0].split(".")[0].strip() for each in said]
    members = _members(kind)
    if "kind" in keys_of(members[0]) and (named := [e.partition("=")[2] for e in said if e.startswith("kind=")]):
        return next((each for each in members if named[0] in choices_of(kind_of(each, "kind").annotation)), members[0])
    return next((each for each in members if set(keys) <= set(keys_of(each))), members[0])


def ordered(made: Mapping[str, Any], cls: type[Entity]) -> Entry:
    """An entry of its own, its keys in the order that people write them."""
    keys = order(cls)
    return Entry({key: made[key] for key in sorted(made, key=keys.index)})


def field_at(cls: type[Entity], field: str) -> tuple[type[Entity], str]:
    """The class that has the last of these keys: of `lights.schedule` that of the lights."""
    *steps, key = field.split(".")
    for step in steps:
        cls = kind_of(cls, step).section or cls
    return cls, key


def order(cls: type[Entity]) -> list[str]:
    """The keys as people write them; what hardly anybody writes comes last."""
    usual = habit(cls)
    return [*usual, *(key for key in keys_of(cls) if key not in usual)]


def _assign(made: dict[str, Any], cls: type[Entity], parts: Sequence[str], said: str) -> None:
    key, *rest = parts
    kind = kind_of(cls, key)
    if not rest and kind.is_list and kind.is_text:
        made.setdefault(key, []).append(said)
    elif not rest:
        made[key] = kind.read(said)
    elif kind.section is not None:
        _assign(made.setdefault(key, {}), kind.section, rest, said)
    elif kind.is_list and len(rest) > 1 and rest[0].isdecimal():
        items = made.setdefault(key, [])
        number = int(rest[0])
        if number == len(items) + 1:
            items.append({})
        if not 1 <= number <= len(items):
            raise EditRefused(_numbered(key), 2)
        _assign(items[number - 1], _member(kind, rest[1]), rest[1:], said)
    elif not kind.is_list and len(rest) == 1 and element(kind.annotation) is not None:
        made.setdefault(key, {})[rest[0]] = kind.item.read(said)
    else:
        raise EditRefused(_numbered(key), 2)


def _members(kind: Kind) -> list[type[Entity]]:
    section = kind.item.section
    return [section] if section else [get_args(each)[0] for each in union(kind.annotation)]


def _member(kind: Kind, key: str) -> type[Entity]:
    """The class of an item; of several possible ones the first that has the key."""
    members = _members(kind)
    return next((each for each in members if key in keys_of(each)), members[0])


_NOTHING = text(de="Nennen Sie die Angabe, z. B. „title“ oder „target.value“.", en="Name the field: “title”, say.")


def _too_deep(part: str) -> Text:
    return text(de=f"Unter „{part}“ steht nichts mehr.", en=f"There is nothing below “{part}”.")


def _no_assignment(said: str) -> Text:
    return text(
        de=f"„{said}“: Schreiben Sie Angaben als SCHLÜSSEL=WERT, z. B. title=\"Lesepaten im Hafen\".",
        en=f"“{said}”: write fields as KEY=VALUE, title=\"Reading mentors\" say.",
    )


def _numbered(key: str) -> Text:
    return text(
        de=f"Einträge von „{key}“ werden der Reihe nach gezählt, z. B. {key}.1.title, {key}.2.title.",
        en=f"Entries of “{key}” are counted in turn: {key}.1.title, {key}.2.title, say.",
    )


def _which(items: Sequence[Any], part: str) -> Text:
    listed = "; ".join(f"{i} ({', '.join(names_of(each)) or '–'})" for i, each in enumerate(items, 1)) or "–"
    return text(
        de=f"„{part}“ nennt keinen einzelnen Eintrag. Es gibt: {listed}.",
        en=f"“{part}” doesn't name one entry. There are: {listed}.",
    )
