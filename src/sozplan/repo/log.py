"""The commits of a repository and what they did to one entry; who made them is never asked."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from sozplan.model.entity import Entity
from sozplan.model.moment import Held, Moment, decided, hold, stamps_of
from sozplan.model.resolutions import Resolution, Resolutions
from sozplan.model.stamps import Stamp
from sozplan.repo import yaml
from sozplan.repo.git import MISSING, NO_ENVIRONMENT, GitMissing, environment, run
from sozplan.repo.limits import LIMITS, Limits
from sozplan.repo.load import kind_of
from sozplan.repo.names import FOLDERS, SETTINGS
from sozplan.repo.schema import validate

_AT_ONCE = 200
"""Blobs in memory at a time."""


class Commit(NamedTuple):
    id: str
    parent: str | None
    when: datetime


class Touch(NamedTuple):
    """A file that a commit changed; `blob` is its new content, None where it is gone."""

    path: str
    blob: str | None


def commits(root: Path, commit: str, environ: Mapping[str, str] = NO_ENVIRONMENT) -> Sequence[Commit]:
    """From the first to the given one, along first parents: each the state of the branch after a merge.

    Walking commits runs nothing that the repository configures; GitPython's `is_dirty` and `diff` would.
    """
    try:
        from git import Repo
    except ImportError:
        raise GitMissing(MISSING) from None
    with Repo(root, search_parent_directories=True) as repository:
        repository.git.update_environment(**environment(environ), GIT_DIR=str(repository.git_dir))
        line = [(c.hexsha, c.committed_datetime) for c in repository.iter_commits(commit, first_parent=True)]
    # Not by the parents that a commit names: a shallow repository lacks those of its oldest.
    parents = [id for id, _ in line[1:]] + [None]
    return [Commit(id, parent, when) for (id, when), parent in zip(line, parents, strict=True)][::-1]


def is_shallow(root: Path, environ: Mapping[str, str] = NO_ENVIRONMENT) -> bool:
    """Whether the older commits were never fetched."""
    return run(root, "rev-parse", "--is-shallow-repository", environ=environ).strip() == b"true"


def touched(root: Path, line: Iterable[Commit], environ: Mapping[str, str]) -> Mapping[str, Sequence[Touch]]:
    """The planning files that each commit changed, by commit."""
    asked = "".join(f"{each.id} {each.parent}\n" if each.parent else f"{each.id}\n" for each in line)
    output = run(
        root, "diff-tree", "--stdin", "-r", "-z", "--root", "--raw", "--no-abbrev", "--no-renames", "--relative",
        "--", *FOLDERS, SETTINGS,
        environ=environ, asked=asked.encode(),
    )  # fmt: skip
    found: dict[str, list[Touch]] = {}
    parts = iter(output.split(b"\0")[:-1])
    current = ""
    for part in parts:
        if part.startswith(b":"):
            _, mode, _, blob, _ = part[1:].decode().split()
            path = next(parts).decode(errors="surrogateescape")
            found.setdefault(current, []).append(Touch(path, blob if mode.startswith("100") else None))
        else:
            current = part.decode().strip()
    return found


def moments(
    root: Path, commit: str, ids: Collection[str], environ: Mapping[str, str] = NO_ENVIRONMENT, limits: Limits = LIMITS
) -> Iterator[Moment]:
    """What the commits up to that one did to an entry and to resolutions, oldest first.

    `ids` are the ones that the entry has or had: one after the other, never two at once.
    """
    line = commits(root, commit, environ)
    changed = touched(root, line, environ)
    wanted = [touch.blob for each in line for touch in changed.get(each.id, ()) if touch.blob and kind_of(touch.path)]
    reader = _Reader(root, wanted, ids, environ, limits)
    held: Held | None = None
    known: dict[str, object] = {}
    stamped: dict[str, object] = {}
    for each in line:
        found = [reader.read(touch) for touch in changed.get(each.id, ())]
        touches = {touch.path for touch in changed.get(each.id, ())}
        unreadable = tuple(one.path for one in found if one.is_faulty)
        after = next((one.held for one in found if one.held), None)
        if after is None and held is not None and (held.path not in touches or held.path in unreadable):
            after = held
        resolutions = tuple(r for one in found for r in one.resolutions if known.get(r.id) != r.model_dump())
        known |= {resolution.id: resolution.model_dump() for resolution in resolutions}
        stamps = tuple(pair for one in found for pair in one.stamps if stamped.get(pair[0]) != decided(pair[1]))
        stamped |= {resolution: decided(stamp) for resolution, stamp in stamps}
        if after is not held or resolutions or unreadable or stamps:
            yield Moment(each.id, each.when, held, after, resolutions, unreadable, stamps)
        held = after


class _Read(NamedTuple):
    path: str
    held: Held | None = None
    resolutions: tuple[Resolution, ...] = ()
    stamps: tuple[tuple[str, Stamp], ...] = ()
    is_faulty: bool = False


class _Reader:
    """Reads only what may hold the entry, and files of resolutions."""

    def __init__(
        self, root: Path, wanted: Iterable[str], ids: Collection[str], environ: Mapping[str, str], limits: Limits
    ) -> None:
        self._root, self._ids, self._environ, self._limits = root, ids, environ, limits
        self._wanted = iter(dict.fromkeys(wanted))
        self._contents: dict[str, bytes] = {}

    def read(self, touch: Touch) -> _Read:
        kind = kind_of(touch.path)
        data = self._content(touch.blob) if kind is not None and touch.blob is not None else None
        if kind is None or data is None or not (self._names(data) or kind is Resolutions):
            return _Read(touch.path)
        root = self._parsed(touch.path, kind, data)
        if root is None:
            return _Read(touch.path, is_faulty=self._names(data))
        resolutions = root.resolutions if isinstance(root, Resolutions) else ()
        return _Read(touch.path, hold(root, self._ids, touch.path), resolutions, stamps_of(root, self._ids))

    def _parsed(self, path: str, kind: type[Entity], data: bytes) -> Entity | None:
        value = yaml.read(data, path, self._limits).value
        root = validate(kind, value, data) if value is not None else None
        return root if isinstance(root, Entity) else None

    def _names(self, data: bytes) -> bool:
        return any(id.encode() in data for id in self._ids)

    def _content(self, blob: str) -> bytes | None:
        """Blobs come in the order in which they are asked for, many at once."""
        while blob not in self._contents:
            following = list(islice(self._wanted, _AT_ONCE))
            if not following:
                return None
            self._contents |= self._fetched(following)
        return self._contents[blob]

    def _fetched(self, blobs: Sequence[str]) -> dict[str, bytes]:
        """Only what may matter is kept."""
        asked = "".join(f"{blob}\n" for blob in blobs)
        output = run(self._root, "cat-file", "--batch", environ=self._environ, asked=asked.encode())
        found, at = {}, 0
        for blob in blobs:
            end = output.index(b"\n", at)
            about = output[at:end].split()
            size = int(about[2]) if len(about) == 3 else -1
            content = output[end + 1 : end + 1 + size] if size >= 0 else b""
            relevant = self._names(content) or b"resolutions:" in content
            found[blob] = content if relevant and size <= self._limits.bytes_of("x.yaml") else b""
            at = end + 1 + (size + 1 if size >= 0 else 0)
        return found
