"""Entities to plain lists that JSON can hold, class by class and column by column."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from decimal import Decimal
from functools import cache
from itertools import chain, islice
from operator import attrgetter
from typing import Any, NamedTuple

from sozplan.model.entity import NOWHERE, Entity, Origin
from sozplan.model.periods import Period
from sozplan.model.terms import Term

PLAIN, ENTITY, LIST, MAPPING, TERM, ORIGIN, MIXED, UNSET = "v", "e", "(", "{", "t", "o", "*", "?"
"""What the letters before a field's name say of its values."""
NOBODY = -1
"""Instead of the number of an entity where there is none."""

_PLAIN = frozenset((str, int, bool, type(None)))
_TEXTUAL: dict[type[Any], tuple[str, Callable[[Any], str]]] = {
    date: ("d", str),
    Decimal: ("n", str),
    Period: ("p", attrgetter("text")),
}


class Folded(NamedTuple):
    """Entities as plain lists.

    They are numbered one after the other, file by file, parents first. A shape is a class with the fields that hold
    something; `numbers` are the entities of that shape and `columns` their values.
    """

    shapes: Sequence[Sequence[str]]
    numbers: Sequence[Sequence[int]]
    columns: Sequence[Sequence[Sequence[Any]]]
    counts: Sequence[int]
    """How many entities each file holds; the first is the file's own."""


class UnfoldableError(TypeError):
    """The entities hold something that these lists have no letter for."""


def fold(files: Iterable[Sequence[Entity]]) -> Folded:
    """The entities of each file, parents first."""
    groups: dict[tuple[type[Entity], frozenset[str]], tuple[list[int], list[Entity]]] = {}
    number_of: dict[int, int] = {}
    counts = []
    for entities in files:
        counts.append(len(entities))
        for entity in entities:
            key = (entity.__class__, frozenset(entity.__pydantic_fields_set__))
            held = groups.get(key)
            if held is None:
                held = groups[key] = ([], [])
            held[0].append(len(number_of))
            held[1].append(entity)
            number_of[id(entity)] = len(number_of)
    folding = _Folding(number_of)
    told = [folding.shape(cls, given, entities) for (cls, given), (_, entities) in groups.items()]
    numbers = [numbers for numbers, _ in groups.values()]
    return Folded([shape for shape, _ in told], numbers, [columns for _, columns in told], counts)


class _Folding:
    def __init__(self, number_of: dict[int, int]) -> None:
        self._number_of = number_of

    def shape(
        self, cls: type[Entity], given: frozenset[str], entities: list[Entity]
    ) -> tuple[list[str], list[Sequence[Any]]]:
        """The name of the class and its fields, and their values in the same order."""
        shape, columns = [name_of(cls)], []
        held = [entity.__dict__ for entity in entities]
        for name in cls.model_fields:
            if name not in given and name not in made_fields(cls):
                continue
            letters, column = self._column([values[name] for values in held])
            shape.append(f"{'' if name in given else UNSET}{letters}:{name}")
            columns.append(column)
        return shape, columns

    def _column(self, values: list[Any]) -> tuple[str, Sequence[Any]]:
        kinds = set(map(type, values))
        if kinds <= _PLAIN:
            return PLAIN, values
        some = kinds - {type(None)}
        kind = next(iter(some))
        if all(issubclass(each, Entity) for each in some):
            return ENTITY, [NOBODY if value is None else self._number(value) for value in values]
        if len(some) > 1 or (kind in (tuple, dict) and len(kinds) > 1):
            return MIXED, [self._column([value]) for value in values]
        if kind is tuple:
            return self._lists(values)
        if kind is dict:
            return self._mappings(values)
        return self._words(kind, values)

    def _number(self, entity: Entity) -> int:
        found = self._number_of.get(id(entity))
        if found is None:
            raise UnfoldableError(entity.__class__)
        return found

    def _lists(self, values: list[Any]) -> tuple[str, Sequence[Any]]:
        letters, items = self._column(list(chain.from_iterable(values)))
        if letters == PLAIN:
            return LIST + PLAIN, values
        remaining = iter(items)
        return LIST + letters, [list(islice(remaining, len(value))) for value in values]

    def _mappings(self, values: list[Any]) -> tuple[str, Sequence[Any]]:
        if not all(key.__class__ is str for value in values for key in value):
            raise UnfoldableError(dict)
        letters, items = self._column([item for value in values for item in value.values()])
        remaining = iter(items)
        return MAPPING + letters, [dict(zip(value, islice(remaining, len(value)), strict=True)) for value in values]

    @staticmethod
    def _words(kind: type[Any], values: list[Any]) -> tuple[str, Sequence[Any]]:
        if issubclass(kind, Origin) and NOWHERE not in values:
            return ORIGIN, ()
        letters, write = _TEXTUAL.get(kind, (f"{TERM}{name_of(kind)}", attrgetter("_value_")))
        if kind not in _TEXTUAL and not issubclass(kind, Term):
            raise UnfoldableError(kind)
        if None in values:
            return letters, [None if value is None else write(value) for value in values]
        return letters, list(map(write, values))


def name_of(cls: type[Any]) -> str:
    """By which a class is found again; the bare name may be that of others as well."""
    return f"{cls.__module__}.{cls.__qualname__}"


@cache
def made_fields(cls: type[Entity]) -> frozenset[str]:
    """The fields whose default is made anew for every entity, so that it has to be told."""
    return frozenset(name for name, field in cls.model_fields.items() if field.default_factory is not None)
