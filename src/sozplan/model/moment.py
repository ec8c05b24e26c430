"""The states that an entry had over the commits of a repository."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from sozplan.model.calendar import Retired
from sozplan.model.entity import Entity, children, id_of
from sozplan.model.resolutions import Resolution
from sozplan.model.stamps import Stamp, Stamps


@dataclass(frozen=True, slots=True)
class Held:
    """An entry as a file holds it, with the ids above it and the content of the file."""

    entity: Entity
    above: tuple[str, ...]
    root: Entity
    path: str


@dataclass(frozen=True, slots=True)
class Moment:
    """What a commit made of an entry; `commit` and `when` are None for what isn't committed yet.

    `when` says when it was recorded, never when it was decided.
    `unreadable` are faulty files that may hold the entry: then nothing is known of it, and the last state stands.
    """

    commit: str | None
    when: datetime | None
    before: Held | None
    after: Held | None
    resolutions: tuple[Resolution, ...] = ()
    """Those that the commit recorded or altered, whatever they are about."""
    unreadable: tuple[str, ...] = ()
    stamps: tuple[tuple[str, Stamp], ...] = ()
    """What the commit stamped as decided of the entry, with the id of the resolution."""


def hold(root: Entity, ids: Collection[str], path: str) -> Held | None:
    """Where a file's content holds the entry that has one of these ids."""
    return _find(root, ids, (), root, path)


def stamps_of(root: Entity, ids: Collection[str]) -> tuple[tuple[str, Stamp], ...]:
    """What a file stamps of the entry, with the id of the resolution."""
    if not isinstance(root, Stamps):
        return ()
    return tuple((root.resolution, stamp) for stamp in root.stamps if stamp.entity in ids)


def decided(stamp: Stamp) -> Mapping[str, object]:
    """What a stamp says, whatever the entry is called by then."""
    return stamp.model_dump(exclude={"entity"})


def _find(entity: Entity, ids: Collection[str], above: tuple[str, ...], root: Entity, path: str) -> Held | None:
    own = id_of(entity)
    if own in ids and not isinstance(entity, Retired):
        return Held(entity, above, root, path)
    inner = (*above, own) if own else above
    return next((found for child in children(entity) if (found := _find(child, ids, inner, root, path))), None)
