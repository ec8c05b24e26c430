"""Looks through the texts of many entities at once: rules search thousands, and nearly none holds anything."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from itertools import chain
from operator import itemgetter
from typing import Any, NamedTuple

from sozplan.model.entity import Entity

_AT_ONCE = 200

Test = Callable[[str], bool]


class Said(NamedTuple):
    """A text and where it stands, with the nearest id at or above it."""

    words: str
    entity: Entity
    path: tuple[str | int, ...]
    owner: str | None


def sift(
    placed: Sequence[tuple[Entity, str | None]], fields: tuple[str, ...], suspect: Callable[[str], Test | None]
) -> Iterator[Said]:
    """The texts of these fields, or those in their lists, that may hold something.

    `suspect` is asked about many texts joined together, and gives the test for each of them if it is worth while.
    """
    if not fields:
        return
    values = itemgetter(*fields) if len(fields) > 1 else partial(_single, fields[0])
    for start in range(0, len(placed), _AT_ONCE):
        batch = placed[start : start + _AT_ONCE]
        held = list(chain.from_iterable([values(entity.__dict__) for entity, _ in batch]))
        words = [each for each in held if each.__class__ is str]
        words += [each for listed in held if listed.__class__ is tuple for each in listed if each.__class__ is str]
        if words and (test := suspect("\0".join(words))) is not None:
            for entity, owner in batch:
                yield from (Said(each, entity, path, owner) for path, each in _texts(entity, fields) if test(each))


def _single(field: str, values: Mapping[str, Any]) -> tuple[Any]:
    return (values[field],)


def _texts(entity: Entity, fields: tuple[str, ...]) -> Iterator[tuple[tuple[str | int, ...], str]]:
    for field in fields:
        value = entity.__dict__[field]
        if value.__class__ is str:
            yield (field,), value
        elif value.__class__ is tuple:
            yield from (((field, i), each) for i, each in enumerate(value) if each.__class__ is str)
