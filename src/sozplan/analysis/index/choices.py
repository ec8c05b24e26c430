"""Every choice that a result depends on, each with where it comes from: nothing works unsaid."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from sozplan.diagnostics import Text
from sozplan.model.entity import Entity, note
from sozplan.model.index_terms import Aggregation, Scaling
from sozplan.model.indices import Method
from sozplan.model.periods import Period
from sozplan.model.presets import preset
from sozplan.model.terms import Term

Value = Term | str | bool | int | Decimal | Period | date


class Origin(Term):
    DECLARED = "declared", "festgelegt", "declared"
    PRESET = "preset", "aus der Vorlage", "from the preset"
    DEFAULT = "default", "Voreinstellung", "default"


class Choice(NamedTuple):
    """A key in effect: where it stands (`standardise.deviation`), its labels from the outside in, its value."""

    path: str
    labels: tuple[Text, ...]
    value: Value
    origin: Origin


def choices(method: Method, declared: Method) -> tuple[Choice, ...]:
    """All keys of the method in effect, in the order of the reference; `declared` is as it stands in the file."""
    below = preset(declared.preset) if declared.preset is not None else None
    return tuple(each for each in _choices(method, declared, below, (), ()) if _works(method, each.path))


def _works(method: Method, path: str) -> bool:
    """A key that the chosen way doesn't ask for is no choice."""
    section, _, key = path.rpartition(".")
    if path == "aggregate.constant":
        return method.aggregate.method is Aggregation.EXPONENTIAL
    own = None if method.dynamics is None else method.dynamics.standardise
    how = method.standardise if section == "standardise" else own if section == "dynamics.standardise" else None
    return how is None or key not in _ONLY_FOR or how.method in _ONLY_FOR[key]


_ONLY_FOR = {
    "ties": (Scaling.RANK, Scaling.PERCENTILE),
    "percentile": (Scaling.PERCENTILE,),
    "lowest": (Scaling.MIN_MAX, Scaling.GOALPOSTS),
    "highest": (Scaling.MIN_MAX, Scaling.GOALPOSTS),
    "clip": (Scaling.GOALPOSTS,),
}


def _choices(
    effective: Entity, said: Entity | None, below: Entity | None, path: tuple[str, ...], labels: tuple[Text, ...]
) -> Iterator[Choice]:
    for name, field in type(effective).model_fields.items():
        value, described = getattr(effective, name), note(field)
        if described is None or value is None or value == ():
            continue
        here, named = (*path, field.alias or name), (*labels, described.label)
        origin = _origin(name, said, below)
        if isinstance(value, Entity):
            yield from _choices(value, _inside(said, name), _inside(below, name), here, named)
        elif isinstance(value, tuple):
            for i, item in enumerate(value):
                yield from _item(item, i, origin, here, named)
        else:
            yield Choice(".".join(here), named, value, origin)


def _item(
    item: Entity | Value, number: int, origin: Origin, path: tuple[str, ...], labels: tuple[Text, ...]
) -> Iterator[Choice]:
    """Entries of a list come as a whole from where the list is said."""
    here = (*path, str(number))
    if not isinstance(item, Entity):
        yield Choice(".".join(here), labels, item, origin)
        return
    own = item if origin is Origin.DECLARED else None
    theirs = item if origin is Origin.PRESET else None
    yield from _choices(item, own, theirs, here, labels)


def _origin(name: str, said: Entity | None, below: Entity | None) -> Origin:
    if said is not None and name in said.model_fields_set:
        return Origin.DECLARED
    return Origin.PRESET if below is not None and name in below.model_fields_set else Origin.DEFAULT


def _inside(entity: Entity | None, name: str) -> Entity | None:
    """The section as it was said, not as it is where nobody said it."""
    if entity is None or name not in entity.model_fields_set:
        return None
    found: Entity | None = getattr(entity, name)
    return found
