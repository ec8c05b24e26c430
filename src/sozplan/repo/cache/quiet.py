"""The area plans of which an earlier run had nothing to say, as long as nothing beside the area plans has changed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Mapping
from datetime import date

from sozplan.repo.cache.answers import TICK
from sozplan.repo.cache.folder import Folder
from sozplan.repo.tree import WorkTree

_NAME = "quiet"


class Quiet:
    """What is known of area plans, by the content of each and by all that they were looked at beside.

    `hashes` are those of the planning files that were read without fault, `plans` the files of area plans among them.
    """

    def __init__(self, folder: Folder, tree: WorkTree, hashes: Mapping[str, str], plans: Collection[str]) -> None:
        self._folder, self._tree = folder, tree
        self._rest = {entry.path: hashes.get(entry.path) for entry in tree.files() if entry.path not in plans}
        self._hashes = {path: hashes[path] for path in plans if path in hashes}

    def find(self, day: date, mostly: float) -> frozenset[str]:
        """The plans of which nothing was to be said on that day; none unless such a part of them is as it was."""
        body, beside = self._folder.read(_NAME), self._beside(day)
        try:
            told = json.loads(body) if body is not None and beside is not None else None
        except (ValueError, RecursionError):
            return frozenset()
        if not isinstance(told, dict) or told.get("beside") != beside or not isinstance(told.get("plans"), dict):
            return frozenset()
        held = told["plans"]
        found = frozenset(path for path, content in self._hashes.items() if held.get(path) == content)
        return found if len(found) >= len(held) * mostly else frozenset()

    def keep(self, day: date, began: int, loud: Collection[str]) -> None:
        """For later: all plans but those of which something is to be said. `began` is when the run did."""
        beside = self._beside(day, began)
        if beside is not None:
            plans = {path: content for path, content in self._hashes.items() if path not in loud}
            body = json.dumps({"beside": beside, "plans": plans}, ensure_ascii=False)
            self._folder.write(_NAME, body.encode("utf-8", "surrogatepass"))

    def _beside(self, day: date, began: int | None = None) -> str | None:
        """All that isn't in area plans, as one checksum; none where it can't be told whether it changed."""
        seen = hashlib.sha256(day.isoformat().encode())
        for path, content in self._rest.items():
            told = content or self._state(path, began)
            if told is None:
                return None
            seen.update(f"{path}\0{told}\n".encode("utf-8", "surrogatepass"))
        return seen.hexdigest()

    def _state(self, path: str, began: int | None) -> str | None:
        state = self._tree.state(path)
        if state is None or (began is not None and max(state.st_mtime_ns, state.st_ctime_ns) >= began - TICK):
            return None
        return repr((state.st_size, state.st_mtime_ns, state.st_ctime_ns, state.st_ino))
