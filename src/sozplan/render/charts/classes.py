"""What a map or a matrix is drawn of: areas with their classes, and the scale that names these."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Scale:
    """The classes of one subject, from the least burdened to the most."""

    name: str
    """As a heading: `Status`."""
    classes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Area:
    """One area with its place in the scale; nothing else of it is known here, so nothing else can be told."""

    unit: str
    name: str
    key: str = ""
    """Short form, for where the name doesn't fit."""
    place: int | None = None
    """In the classes, from 0; None where it isn't rated or is withheld."""
    move: int | None = None
    """In the classes of the dynamics."""
    reason: str = ""
    """Why there is no place; stands in the table."""


@dataclass(frozen=True, slots=True)
class Outline:
    """Units that belong together, such as a designated social area."""

    name: str
    units: frozenset[str]
    partly: frozenset[str] = frozenset()
    """Units of which only a part belongs to it: their border is dashed."""
    is_social_area: bool = True


def ordered(areas: Iterable[Area]) -> tuple[Area, ...]:
    return tuple(sorted(areas, key=lambda area: (area.key or area.name, area.unit)))


def counted(places: Iterable[int | None], scale: Scale) -> list[int]:
    """How many areas are in each class."""
    found = Counter(place for place in places if place is not None)
    return [found[place] for place in range(len(scale.classes))]


def rated(areas: Sequence[Area]) -> int:
    return sum(area.place is not None for area in areas)


def class_name(scale: Scale, place: int | None) -> str | None:
    return None if place is None else scale.classes[place]
