"""The types of the model as the reader walks them: which field a path leads to, which keys and values it takes."""

from __future__ import annotations

import types
from dataclasses import dataclass
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import Tag
from pydantic.fields import FieldInfo

from sozplan.diagnostics import Text, text
from sozplan.model.entity import ORIGIN_KEY, Entity, note
from sozplan.model.terms import Term


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a fault lies: the path in YAML, the class around it and the field it is the value of."""

    path: tuple[str | int, ...]
    around: type[Entity] | None
    field: FieldInfo | None


def spot_of(cls: type[Entity], loc: tuple[str | int, ...]) -> Spot:
    """Follows pydantic's path through the types; the names of union members aren't in the YAML."""
    path: list[str | int] = []
    around: type[Entity] | None = None
    field: FieldInfo | None = None
    current: Any = cls
    for part in loc:
        if part == "[key]":
            continue
        current = bare(current)
        if isinstance(part, str) and (member := _tagged(current, part)) is not None:
            current = member
            continue
        path.append(part)
        if isinstance(current, type) and issubclass(current, Entity):
            around, field = current, field_of(current, str(part))
            current = field.annotation if field else None
        else:
            current = element(current)
    return Spot(tuple(path), around, field)


def bare(annotation: Any) -> Any:
    """Without Annotated and None."""
    while True:
        if get_origin(annotation) is Annotated:
            annotation = get_args(annotation)[0]
        elif get_origin(annotation) in (Union, types.UnionType):
            members = [a for a in get_args(annotation) if a is not type(None)]
            if len(members) != 1:
                return annotation
            annotation = members[0]
        else:
            return annotation


def _tagged(annotation: Any, tag: str) -> Any:
    for member in _members(annotation):
        if any(isinstance(m, Tag) and m.tag == tag for m in get_args(member)[1:]):
            return member
    return None


def _members(annotation: Any) -> tuple[Any, ...]:
    annotation = bare(annotation)
    return get_args(annotation) if get_origin(annotation) in (Union, types.UnionType) else ()


def union(annotation: Any) -> tuple[Any, ...]:
    """The members of the union that a field or its items are."""
    return _members(annotation) or (union(inner) if (inner := element(bare(annotation))) is not None else ())


def element(annotation: Any) -> Any:
    """What a tuple or mapping holds."""
    args = [a for a in get_args(annotation) if a is not Ellipsis]
    return args[-1] if args else None


def field_of(cls: type[Entity], key: str) -> FieldInfo | None:
    """The field of a key, as the file writes it."""
    return next((f for name, f in cls.model_fields.items() if (f.alias or name) == key), None)


def keys_of(cls: type[Entity]) -> tuple[str, ...]:
    """The keys that a planning file may write for this class, in their order."""
    keys = (f.alias or name for name, f in cls.model_fields.items())
    return tuple(k for k in keys if k != ORIGIN_KEY)


def choices(field: FieldInfo | None) -> dict[str, Text]:
    """The values that a field takes, with the words people see."""
    return choices_of(field.annotation) if field else {}


def choices_of(annotation: Any) -> dict[str, Text]:
    """The same of a type."""
    annotation = bare(annotation)
    if isinstance(annotation, type) and issubclass(annotation, Term):
        return {term.value: term.label for term in annotation}
    if annotation is bool:
        return {"true": text(de="ja", en="yes"), "false": text(de="nein", en="no")}
    if get_origin(annotation) is Literal:
        written = [str(v).lower() if isinstance(v, bool) else str(v) for v in get_args(annotation)]
        return {each: Text(each, each) for each in written}
    if members := _members(annotation):
        return {str(tag.tag): _kind_label(get_args(m)[0]) for m in members for tag in get_args(m)[1:]}
    return choices_of(inner) if (inner := element(annotation)) is not None else {}


def _kind_label(cls: type[Entity]) -> Text:
    """What a member of a union says of itself where its kind is described."""
    found = note(cls.model_fields["kind"])
    return Text(*(each.rstrip(".") for each in found.description)) if found else Text("", "")
