"""The places of an entity that came out of the cache: read again from the file, where somebody asks for one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sozplan.model.entity import Entity, Origin, walk


class Home:
    """A file whose entities are known but not where they stand in it."""

    __slots__ = ("_content", "_read", "path", "root")

    def __init__(self, path: str, content: str, read: Callable[[str, str], Entity | None]) -> None:
        self.path = path
        self.root: Entity | None = None
        self._content = content
        self._read = read

    def fill(self) -> None:
        """Takes over the places of the same file read anew.

        A file that has changed since this run began can't say them; its findings stand at its beginning.
        """
        root, self.root = self.root, None
        if root is None:
            return
        again = self._read(self.path, self._content)
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


class _Start:
    line = column = 0


_UNKNOWN = Origin("", _Start(), {}, {})
