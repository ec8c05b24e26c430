"""Which commit the planning stands at, and whether it is committed at all: for the footer of every paper."""

from __future__ import annotations

import os
import stat
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path

from sozplan.repo.git import NO_ENVIRONMENT, GitError, resolve, run
from sozplan.repo.names import is_for_others
from sozplan.repo.revision import Blob, blobs
from sozplan.repo.sameness import is_bytes, is_content
from sozplan.repo.tree import WorkTree


@dataclass(frozen=True, slots=True)
class Provenance:
    commit: str
    date: datetime
    """When the commit was made; not when anything was decided."""
    is_modified: bool
    """A planning file differs from the commit, is new or is gone."""


def provenance(root: Path, commit: str | None = None, environ: Mapping[str, str] = NO_ENVIRONMENT) -> Provenance | None:
    """Of the work tree, or of a commit; none where git has nothing to say.

    Whether files differ is found by hashing them: `git status` would run filters and hooks of the repository.
    """
    try:
        found = commit or resolve(root, "HEAD", environ)
        date = _committed(run(root, "cat-file", "commit", found, environ=environ))
        return Provenance(found, date, commit is None and _is_modified(root, found, environ))
    except GitError:
        return None


def _committed(content: bytes) -> datetime:
    line = next(line for line in content.split(b"\n") if line.startswith(b"committer "))
    seconds, offset = line.rsplit(b" ", 2)[1:]
    ahead = timedelta(hours=int(offset[1:3]), minutes=int(offset[3:]))
    return datetime.fromtimestamp(int(seconds), timezone(-ahead if offset.startswith(b"-") else ahead))


def _is_modified(root: Path, commit: str, environ: Mapping[str, str]) -> bool:
    known = {blob.path: blob for blob in blobs(root, commit, environ) if not is_for_others(blob.path)}
    present = {entry.path for entry in WorkTree(root).files()}
    return not present <= known.keys() or not all(_is_same(root / path, blob) for path, blob in known.items())


def _is_same(place: Path, blob: Blob) -> bool:
    try:
        if blob.is_link:
            return place.is_symlink() and is_bytes(blob, [os.fsencode(place.readlink())])
        if not blob.is_regular:
            return True
        if not stat.S_ISREG(place.lstat().st_mode):
            return False
        return is_content(blob, place)
    except OSError:
        return False
