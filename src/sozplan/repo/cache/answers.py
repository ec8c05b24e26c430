"""What a command said about the same files before; found without reading any of them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from typing import Any, NamedTuple

from sozplan.repo.cache.folder import Folder
from sozplan.repo.tree import WorkTree

TICK = 2_000_000_000
"""Nanoseconds that the times of files may be coarse: what was changed so shortly before might change unseen."""
_NAME = "answers"
_MOST, _LONGEST = 20, 200_000


class Answer(NamedTuple):
    output: str
    code: int


def fingerprint(tree: WorkTree, now: int | None = None) -> str | None:
    """Of all files by their size, times and number, and of what is wrong with the listing.

    None where links lead to files elsewhere, or where something changed just before `now`.
    """
    seen = hashlib.sha256()
    for path, _ in tree.files():
        state = tree.state(path)
        if state is None or (now is not None and max(state.st_mtime_ns, state.st_ctime_ns) >= now - TICK):
            return None
        told = (path, state.st_size, state.st_mtime_ns, state.st_ctime_ns, state.st_ino)
        seen.update(repr(told).encode())
    for fault in tree.faults:
        seen.update(repr((fault.at, fault.say("de"))).encode())
    return seen.hexdigest()


class Answers:
    """The last answers about one repository, by everything that they depend on."""

    def __init__(self, folder: Folder) -> None:
        self._folder = folder

    def find(self, *question: Sequence[str]) -> Answer | None:
        found = self._all().get(_key(question))
        return Answer(*found) if found is not None else None

    def keep(self, answer: Answer, *question: Sequence[str]) -> None:
        if len(answer.output) > _LONGEST:
            return
        held = self._all()
        held.pop(_key(question), None)
        held[_key(question)] = list(answer)
        newest = dict(list(held.items())[-_MOST:])
        self._folder.write(_NAME, json.dumps(newest, ensure_ascii=False).encode("utf-8", "surrogatepass"))

    def _all(self) -> dict[str, Any]:
        body = self._folder.read(_NAME)
        try:
            held = json.loads(body) if body is not None else {}
        except (ValueError, RecursionError):
            return {}
        return held if isinstance(held, dict) and all(_is_answer(each) for each in held.values()) else {}


def _is_answer(value: object) -> bool:
    return isinstance(value, list) and [type(each) for each in value] == [str, int]


def _key(question: Sequence[Sequence[str]]) -> str:
    return hashlib.sha256(json.dumps(question).encode()).hexdigest()
