"""Earlier states of single files out of git, for findings that can say more by them."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path

from sozplan.model.entity import Entity
from sozplan.model.figures import Cell
from sozplan.model.indicators import Resource
from sozplan.model.plan import Plan
from sozplan.repo import yaml
from sozplan.repo.digest import digest
from sozplan.repo.git import NO_ENVIRONMENT, GitError, run, save
from sozplan.repo.limits import LIMITS, Limits
from sozplan.repo.load import kind_of, known_by
from sozplan.repo.observations import Reader
from sozplan.repo.schema import validate
from sozplan.repo.store.opening import How, asked, asked_of, held
from sozplan.repo.store.question import Scope, question

_STATES = 100
"""So many states of a file are looked at; what was decided longer ago is named without its old value."""


class Past:
    """The states that commits up to `revision` gave single files. Git runs when the first one is asked for.

    Where git has nothing to say, or refuses, there are no earlier states.
    """

    def __init__(
        self,
        root: Path,
        plan: Plan,
        revision: str = "HEAD",
        environ: Mapping[str, str] = NO_ENVIRONMENT,
        limits: Limits = LIMITS,
    ) -> None:
        self._root, self._plan, self._revision = root, plan, revision
        self._environ, self._limits = environ, limits
        self._states: dict[str, Sequence[str]] = {}
        self._roots: dict[tuple[str, str], Entity | None] = {}
        self._tables: dict[tuple[str, str], tuple[Cell, ...] | None] = {}

    @property
    def was_asked(self) -> bool:
        return bool(self._states)

    def earlier(self, file: str) -> Iterator[Entity]:
        """What a planning file held, newest first."""
        for commit in self._commits(file):
            if (commit, file) not in self._roots:
                self._roots[commit, file] = self._parsed(commit, file)
            if (root := self._roots[commit, file]) is not None:
                yield root

    def table(self, resource: Resource, sha256: str) -> tuple[Cell, ...] | None:
        """The cells of the newest state of the table's file that has that checksum."""
        path = f"indicators/{resource.path}"
        if (path, sha256) not in self._tables:
            self._tables[path, sha256] = self._cells(path, resource, sha256)
        return self._tables[path, sha256]

    def _commits(self, path: str) -> Sequence[str]:
        if path not in self._states:
            self._states[path] = self._listed(path)
        return self._states[path]

    def _listed(self, path: str) -> Sequence[str]:
        """The commits that changed the file, newest first."""
        asked = ("--literal-pathspecs", "rev-list", f"--max-count={_STATES}", "--end-of-options", self._revision)
        try:
            return run(self._root, *asked, "--", path, environ=self._environ).decode().split()
        except GitError:
            return ()

    def _content(self, commit: str, path: str) -> bytes | None:
        try:
            size = int(run(self._root, "cat-file", "-s", f"{commit}:./{path}", environ=self._environ))
            if size > self._limits.bytes_of(path):
                return None
            return run(self._root, "cat-file", "blob", f"{commit}:./{path}", environ=self._environ)
        except GitError:
            return None

    def _parsed(self, commit: str, path: str) -> Entity | None:
        data, kind = self._content(commit, path), kind_of(path)
        if data is None or kind is None:
            return None
        value = yaml.read(data, path, self._limits).value
        root = validate(kind, value, data) if value is not None else None
        return root if isinstance(root, Entity) else None

    def _cells(self, path: str, resource: Resource, sha256: str) -> tuple[Cell, ...] | None:
        with tempfile.TemporaryDirectory(prefix="sozplan-") as folder:
            place = Path(folder, Path(path).name)
            for commit in self._commits(path):
                if self._saved(commit, path, place) and digest(place) == sha256:
                    return self._read(place, path, resource)
        return None

    def _saved(self, commit: str, path: str, place: Path) -> bool:
        """Not by way of memory: a table may be large."""
        try:
            size = int(run(self._root, "cat-file", "-s", f"{commit}:./{path}", environ=self._environ))
            if size > self._limits.bytes_of(path):
                return False
            save(self._root, "cat-file", "blob", f"{commit}:./{path}", environ=self._environ, place=place)
        except GitError:
            return False
        return True

    def _read(self, place: Path, path: str, resource: Resource) -> tuple[Cell, ...]:
        """Of a large table what anything in the plan rests on."""
        reader = Reader(path, resource, known_by(self._plan), self._limits)
        asked_for = question(self._plan, Scope.PLANNED)
        if asked_of({path: place.stat().st_size}, self._plan, Scope.PLANNED, self._limits):
            opened = asked(place, reader, self._limits, asked_for, How(located=False))
        else:
            opened = held(place, reader, self._limits)
        return (*opened.cells, *(opened.table.cells() if opened.table is not None else ()))


def recorded(root: Path, revision: str, file: str, id: str, environ: Mapping[str, str] = NO_ENVIRONMENT) -> str | None:
    """The commit from which on a file names an id, up to the revision; none where it doesn't."""
    asked = ("--literal-pathspecs", "rev-list", f"--max-count={_STATES}", "--end-of-options", revision, "--", file)
    word = re.compile(rb"(?<![a-z0-9-])" + re.escape(id.encode()) + rb"(?![a-z0-9-])")
    oldest = None
    for commit in run(root, *asked, environ=environ).decode().split():
        try:
            content = run(root, "cat-file", "blob", f"{commit}:./{file}", environ=environ)
        except GitError:
            break
        if word.search(content) is None:
            break
        oldest = commit
    return oldest


def latest(
    root: Path, revision: str, commits: Collection[str | None], environ: Mapping[str, str] = NO_ENVIRONMENT
) -> str | None:
    """The one that the history up to the revision comes to last."""
    line = run(root, "rev-list", "--end-of-options", revision, environ=environ).decode().split()
    return next((commit for commit in line if commit in commits), None)
