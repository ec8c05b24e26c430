"""The places of entities that were known without them, or are too many to keep: read again where somebody asks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sozplan.model.entity import NOWHERE, Entity, Origin, walk


class Home:
    """A file whose entities are known but not where they stand in it; `read` gives it once more, with the places."""

    __slots__ = ("_read", "path", "root")

    def __init__(self, path: str, read: Callable[[], Entity | None], root: Entity | None = None) -> None:
        self.path = path
        self.root = root
        self._read = read

    def fill(self) -> None:
        """Takes over the places of the same file read anew.

        A file that has changed since this run began can't say them; its findings stand at its beginning.
        """
        root, self.root = self.root, None
        if root is None:
            return
        again = self._read()
        known = list(walk(root))
        fresh = list(walk(again)) if again is not None else []
        found = [entity.origin for entity in fresh] if len(fresh) == len(known) else [_UNKNOWN] * len(known)
        for entity, origin in zip(known, found, strict=True):
            if isinstance(entity.origin, Later):
                entity.origin.settle(origin)


class Later(Origin):
    """An origin that knows its file, and the rest when it is asked."""

    __slots__ = ("_home",)

    def __init__(self, home: Home) -> None:
        self.file = home.path
        self._home = home

    def settle(self, origin: Origin) -> None:
        self.mark, self.keys, self.values = origin.mark, origin.keys, origin.values

    def __getattr__(self, name: str) -> Any:
        """Only asked for what isn't there."""
        if name in ("mark", "keys", "values"):
            self._home.fill()
        return object.__getattribute__(self, name)


def put_off(root: Entity, read: Callable[[], Entity | None]) -> None:
    """Lets go of all places in a file, which take more memory than all that it says."""
    home = Home(root.origin.file, read, root)
    for entity in walk(root):
        if entity.origin is not NOWHERE:  # a default, which many files share
            entity.__dict__["origin"] = Later(home)


class _Start:
    line = column = 0


_UNKNOWN = Origin("", _Start(), {}, {})
