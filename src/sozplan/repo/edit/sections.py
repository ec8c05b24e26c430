"""New sections of what somebody typed as „title=Lesepaten planned.from=01.01.2027“."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple, get_args

from sozplan.diagnostics import Text, text
from sozplan.model.entity import Entity
from sozplan.repo.edit.blocks import Entry, New
from sozplan.repo.edit.refusal import EditRefused
from sozplan.repo.edit.typed import Kind, kind_of
from sozplan.repo.places import habit
from sozplan.repo.shape import choices_of, element, keys_of, union


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


class OnlyKey(NamedTuple):
    """The one key that the sections of a list must have."""

    cls: type[Entity]
    key: str


def only_key(kind: Kind) -> OnlyKey | None:
    """Of members the office: with it alone a section of the list says enough."""
    section = kind.item.section if kind.is_list and not union(kind.annotation) else None
    needed = (
        [field.alias or name for name, field in section.model_fields.items() if field.is_required()] if section else []
    )
    return OnlyKey(section, needed[0]) if section and len(needed) == 1 else None


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


def _assign(made: dict[str, Any], cls: type[Entity], parts: Sequence[str], said: str) -> None:
    key, *rest = parts
    kind = kind_of(cls, key)
    if not rest and kind.is_list and kind.is_text:
        made.setdefault(key, []).append(said)
    elif not rest and (short := only_key(kind)):
        made[key] = [built(short.cls, [(short.key, each.strip())]) for each in said.split(",") if each.strip()]
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


def order(cls: type[Entity]) -> list[str]:
    """The keys as people write them; what hardly anybody writes comes last."""
    usual = habit(cls)
    return [*usual, *(key for key in keys_of(cls) if key not in usual)]


def _no_assignment(said: str) -> Text:
    return text(
        de=f'„{said}“: Schreiben Sie Angaben als SCHLÜSSEL=WERT, z. B. title="Lesepaten im Hafen".',
        en=f'“{said}”: write fields as KEY=VALUE, title="Reading mentors" say.',
    )


def _numbered(key: str) -> Text:
    return text(
        de=f"Einträge von „{key}“ werden der Reihe nach gezählt, z. B. {key}.1.title, {key}.2.title.",
        en=f"Entries of “{key}” are counted in turn: {key}.1.title, {key}.2.title, say.",
    )
