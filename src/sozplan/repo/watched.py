"""What changed in a planning folder since somebody last looked: by sizes and times, as network drives tell no news."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from sozplan.repo.limits import LIMITS, Limits
from sozplan.repo.names import FOLDERS, SETTINGS, is_for_others

Look = Mapping[str, tuple[int, int, int]]
"""Time, size and number of each file, by its path from the root."""

GIT = ".git/"
"""With this begin the names of what git writes."""
_PASSING = ("~", ".tmp", ".bak", "___jb_tmp___", "___jb_old___")
"""How names end that editors write beside a file while they save it."""


def look(root: Path, limits: Limits = LIMITS) -> Look:
    """The planning files as they are now, and where git stands, as decisions are looked up there."""
    found = dict(_files(root, "", limits.folders_deep))
    for name, place in ((SETTINGS, root / SETTINGS), *_git(root)):
        with suppress(OSError):
            found[name] = _seen(place.stat())
    return found


def changed(old: Look, new: Look) -> list[str]:
    """The paths that are new, gone or otherwise than before, sorted."""
    return sorted(path for path in old.keys() | new.keys() if old.get(path) != new.get(path))


def _files(root: Path, folder: str, depth: int) -> Iterator[tuple[str, tuple[int, int, int]]]:
    """What vanishes while it is looked at isn't there; a link counts by what it leads to."""
    try:
        with os.scandir(root / folder) as entries:
            found = [entry for entry in entries if folder or entry.name in FOLDERS]
    except OSError:
        return
    for entry in found:
        path = f"{folder}{entry.name}"
        try:
            if entry.is_dir(follow_symlinks=False):
                if depth and entry.name != ".git":
                    yield from _files(root, f"{path}/", depth - 1)
            elif not is_for_others(path) and not path.endswith(_PASSING):
                yield path, _seen(entry.stat())
        except OSError:
            continue


def _seen(status: os.stat_result) -> tuple[int, int, int]:
    return status.st_mtime_ns, status.st_size, status.st_ino


def _git(root: Path) -> Iterator[tuple[str, Path]]:
    """What git writes at every commit and every change of branch."""
    folder = next((top / ".git" for top in (root, *root.parents) if (top / ".git").is_dir()), None)
    if folder is not None:
        yield from ((f"{GIT}{name}", folder / name) for name in ("HEAD", "logs/HEAD"))
