"""Which commit the planning stands at, and whether it is committed at all: for the footer of every paper."""

from __future__ import annotations

import os
import re
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
    date: datetime | None
    """When the commit was made, not when anything was decided; none where a forged commit names no day."""
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


_COMMITTER = re.compile(rb"^committer .*> (\d{1,12}) ([+-])(\d\d)(\d\d)$", re.MULTILINE)


def _committed(content: bytes) -> datetime | None:
    match = _COMMITTER.search(content.partition(b"\n\n")[0])
    if match is None:
        return None
    seconds, sign, hours, minutes = match.groups()
    ahead = timedelta(hours=int(hours), minutes=int(minutes))
    try:
        return datetime.fromtimestamp(int(seconds), timezone(-ahead if sign == b"-" else ahead))
    except (ValueError, OverflowError, OSError):
        return None


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
