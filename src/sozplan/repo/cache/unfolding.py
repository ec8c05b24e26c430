"""Plain lists to entities again: without asking what the model asks, which was done before they were folded."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cache
from itertools import chain, islice, repeat
from typing import Any

from pydantic import BaseModel

from sozplan.model.entity import Entity, Origin
from sozplan.model.periods import period
from sozplan.model.terms import Term
from sozplan.repo.cache.folding import (
    ENTITY,
    LIST,
    MAPPING,
    MIXED,
    ORIGIN,
    PLAIN,
    TERM,
    UNSET,
    Folded,
    made_fields,
    name_of,
)

_TEXTUAL: Mapping[str, Callable[[str], object]] = {"d": date.fromisoformat, "n": Decimal, "p": period}
_NEVER_SET = ("__pydantic_extra__", "__pydantic_private__")
_SET_VALUES = BaseModel.__dict__["__dict__"].__set__


def unfold(folded: Folded, origins: Sequence[Origin]) -> list[Entity]:
    """The entities by their number; `origins` has one for each.

    Lists that nobody folded raise whatever they like: the caller takes them for a cache that is of no use.
    """
    entities: list[Any] = [None] * (len(origins) + 1)
    found = []
    for (name, *_), numbers in zip(folded.shapes, folded.numbers, strict=True):
        made = list(map(object.__new__, repeat(_classes()[name], len(numbers))))
        for number, entity in zip(numbers, made, strict=True):
            entities[number] = entity
        found.append(made)
    unfolding = _Unfolding(entities)
    for shape, numbers, columns, made in zip(folded.shapes, folded.numbers, folded.columns, found, strict=True):
        unfolding.fill(shape, made, columns, [origins[number] for number in numbers])
    entities.pop()
    return entities


class _Unfolding:
    def __init__(self, entities: list[Any]) -> None:
        self._entities = entities
        self._known: dict[str, dict[str | None, object]] = {}
        """What texts of a kind stand for: the same dates and amounts come again and again."""

    def fill(
        self, shape: Sequence[str], made: list[Any], columns: Sequence[Sequence[Any]], origins: Sequence[Origin]
    ) -> None:
        """Gives all entities of a shape their values; what was given is a set that they share."""
        cls = _classes()[shape[0]]
        given: set[str] = set()
        held: dict[str, Sequence[Any]] = {}
        for field, column in zip(shape[1:], columns, strict=True):
            letters, _, name = field.rpartition(":")
            if not letters.startswith(UNSET):
                given.add(name)
            letters = letters.removeprefix(UNSET)
            held[name] = origins if letters == ORIGIN else self._column(letters, column)
        exhaust = deque[Any](maxlen=0).extend
        exhaust(map(_SET_VALUES, made, _rows(_defaults(cls), held, len(made))))
        exhaust(map(BaseModel.__pydantic_fields_set__.__set__, made, repeat(given)))  # type: ignore[attr-defined]
        for name in _NEVER_SET:
            exhaust(map(getattr(BaseModel, name).__set__, made, repeat(None)))

    def _column(self, letters: str, column: Sequence[Any]) -> Sequence[Any]:
        first, inner = letters[0], letters[1:]
        if first == PLAIN:
            return column
        if first == ENTITY:
            return list(map(self._entities.__getitem__, column))
        if first == LIST:
            return self._lists(inner, column)
        if first == MAPPING:
            items = iter(self._column(inner, list(chain.from_iterable(each.values() for each in column))))
            return [dict(zip(each, islice(items, len(each)), strict=True)) for each in column]
        if first == MIXED:
            return [self._column(own, (value,))[0] for own, (value,) in column]
        return list(map(self._meanings(letters, column).__getitem__, column))

    def _lists(self, letters: str, column: Sequence[Any]) -> Sequence[Any]:
        if letters == PLAIN:
            return list(map(tuple, column))
        items = iter(self._column(letters, list(chain.from_iterable(column))))
        return [tuple(islice(items, len(each))) for each in column]

    def _meanings(self, letters: str, column: Sequence[str | None]) -> dict[str | None, object]:
        known = self._known.setdefault(letters, {None: None})
        read = _terms()[letters[1:]].__getitem__ if letters[0] == TERM else _TEXTUAL[letters]
        known.update((word, read(word)) for word in set(column).difference(known) if word is not None)
        return known


def _rows(defaults: dict[str, Any], held: dict[str, Sequence[Any]], count: int) -> Iterator[dict[str, Any]]:
    names = tuple(held)
    for row in zip(*held.values(), strict=True) if held else repeat((), count):
        values = defaults.copy()
        values.update(zip(names, row))  # noqa: B905 -- as many by construction, and this runs for every entity
        yield values


@cache
def _defaults(cls: type[Entity]) -> dict[str, Any]:
    """Every field in its order, as pydantic lays them down."""
    made = made_fields(cls)
    return {name: None if name in made else field.default for name, field in cls.model_fields.items()}


@cache
def _classes() -> Mapping[str, type[Entity]]:
    """The classes by name; what isn't among them is never looked for elsewhere."""
    return {name_of(cls): cls for cls in _below(Entity)}


@cache
def _terms() -> Mapping[str, Mapping[str, Term]]:
    return {name_of(cls): {term.value: term for term in cls} for cls in _below(Term)}


def _below(cls: type[Any]) -> Iterator[type[Any]]:
    for each in cls.__subclasses__():
        yield each
        yield from _below(each)
