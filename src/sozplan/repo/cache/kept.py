"""What an earlier run read of a repository's planning files: valid entities by the hash of their content."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Collection, Iterable
from functools import partial
from typing import Any, NamedTuple

from sozplan.model.entity import Entity, walk
from sozplan.repo.cache.answers import TICK
from sozplan.repo.cache.folder import Folder
from sozplan.repo.cache.folding import Folded, UnfoldableError, fold
from sozplan.repo.cache.places import Home, Later
from sozplan.repo.cache.quiet import Quiet
from sozplan.repo.cache.unfolding import unfold
from sozplan.repo.tree import WorkTree

_ALL, _RECENT = "files", "recent"
_FEW = 50
"""So many changed files are written beside all the others; beyond, and beyond a tenth of all, everything anew."""
_UNSETTLED = -1

Read = Callable[[str, str], Entity | None]
"""A planning file read again, if its content still has that hash."""


class State(NamedTuple):
    """By what an unchanged file is known without reading it."""

    size: int
    modified: int
    changed: int
    number: int

    @classmethod
    def of(cls, status: os.stat_result) -> State:
        return cls(status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino)


class _File(NamedTuple):
    state: State
    hash: str
    root: Entity


class Kept:
    """One run's view of it. `began` is when the run did, in nanoseconds."""

    def __init__(self, folder: Folder, began: int) -> None:
        self._folder, self.began = folder, began
        self.tree: WorkTree | None = None
        """What was read last."""
        self._files: dict[str, _File] | None = None
        self._recent: dict[str, None] = {}
        self._fresh: dict[str, None] = {}
        self._seen: dict[str, _File] = {}
        self._read: Read = lambda _path, _hash: None
        self._base = ""
        self.unchanged = 0

    def begin(self, tree: WorkTree, read: Read) -> None:
        """Before the first question of a reading; `read` is for places in files that it need not read."""
        self.tree, self._read = tree, read
        self._seen.clear()
        self.unchanged = 0

    def quiet(self, plans: Collection[str]) -> Quiet | None:
        """What is known of these area plans beside their content, once everything is read."""
        if self.tree is None:
            return None
        return Quiet(self._folder, self.tree, {path: file.hash for path, file in self._seen.items()}, plans)

    def known(self, path: str, status: os.stat_result) -> Entity | None:
        """What a file holds that hasn't been touched since."""
        found = self._held.get(path)
        if found is None or found.state != State.of(status):
            return None
        self._seen[path] = found
        self.unchanged += 1
        return found.root

    def same(self, path: str, data: bytes, status: os.stat_result) -> Entity | None:
        """What a file holds that was touched but says the same."""
        found = self._held.get(path)
        if found is None or found.hash != content_hash(data):
            return None
        self._note(path, _File(self._settled(status), found.hash, found.root))
        return found.root

    def note(self, path: str, data: bytes, status: os.stat_result, root: Entity) -> None:
        """For later runs: a file without any fault."""
        self._note(path, _File(self._settled(status), content_hash(data), root))

    def _note(self, path: str, file: _File) -> None:
        former = self._held.get(path)
        if former is None or (former.state, former.hash) != (file.state, file.hash):
            self._fresh[path] = None
        self._seen[path] = self._held[path] = file

    def _settled(self, status: os.stat_result) -> State:
        """A file changed at the very moment might change again without showing it, as in git's index."""
        state = State.of(status)
        is_settled = max(state.modified, state.changed) < self.began - TICK
        return state if is_settled else state._replace(modified=_UNSETTLED)

    def save(self) -> bool:
        """Whether anything was written: all files, or only those that differ from the last time it was all."""
        if not self._fresh:
            return False
        changed = [path for path in {**self._recent, **self._fresh} if path in self._seen]
        self._fresh = {}
        if self._base and len(changed) <= max(_FEW, len(self._seen) // 10):
            return self._write(_RECENT, changed, self._base)
        return self._write(_ALL, self._seen, "")

    def _write(self, name: str, paths: Iterable[str], base: str) -> bool:
        files = {path: self._seen[path] for path in paths}
        try:
            folded = fold([list(walk(file.root)) for file in files.values()])
        except UnfoldableError:
            return False
        told = [(path, file.hash, *file.state) for path, file in files.items()]
        body = json.dumps([base, told, folded], ensure_ascii=False, separators=(",", ":"))
        return self._folder.write(name, body.encode("utf-8", "surrogatepass"))

    @property
    def _held(self) -> dict[str, _File]:
        if self._files is None:
            self._files, self._base = self._unpacked(_ALL, "")
            if self._base:
                recent, _ = self._unpacked(_RECENT, self._base)
                self._files.update(recent)
                self._recent = dict.fromkeys(recent)
        return self._files

    def _unpacked(self, name: str, base: str) -> tuple[dict[str, _File], str]:
        """The files of one pack, and by what a later one names it; a pack that names another tells nothing."""
        body = self._folder.read(name)
        if body is None:
            return {}, ""
        try:
            return self._files_of(json.loads(body), base), content_hash(body)
        except (ValueError, TypeError, LookupError, AttributeError, ArithmeticError, RecursionError, StopIteration):
            return {}, ""

    def _again(self, path: str, content: str) -> Entity | None:
        """By the reading that asks, not by the one that the lists were unpacked for."""
        return self._read(path, content)

    def _files_of(self, body: Any, base: str) -> dict[str, _File]:
        named, told, folded = body[0], body[1], Folded(*body[2])
        if named != base:
            return {}
        origins: list[Later] = []
        homes = []
        for (path, content, *_), count in zip(told, folded.counts, strict=True):
            home = Home(path, partial(self._again, path, content))
            homes.append(home)
            origins += [Later(home) for _ in range(count)]
        entities = unfold(folded, origins)
        files = {}
        first = 0
        for home, (path, content, *state), count in zip(homes, told, folded.counts, strict=True):
            home.root = entities[first]
            first += count
            files[path] = _File(State(*state), content, home.root)
        return files


def content_hash(data: bytes) -> str:
    return hashlib.blake2b(data, digest_size=20).hexdigest()
