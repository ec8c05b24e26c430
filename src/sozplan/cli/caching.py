"""Where sozplan keeps what it need not find out twice, and answers of `check` that still hold.

Whatever is asked here is asked before every answer, so nothing of the model is imported.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from sozplan.repo.cache.answers import Answer, Answers, fingerprint
from sozplan.repo.cache.folder import Folder
from sozplan.repo.names import SETTINGS
from sozplan.repo.tree import WorkTree

_ELSEWHERE = ("--since", "--rev", "--fix", "--dry-run", "--watch", "--no-cache", "--debug", "--help", "--audience")
"""Options with which `check` looks at more than the files, does more than to answer, or is asked to do it anew."""
_SHORT_HELP = "-h"


def folder_of(root: Path, environ: Mapping[str, str]) -> Folder | None:
    """The repository's folder in the user's cache folder; none where the environment names no such folder."""
    top = _cache_folder(environ)
    return Folder(top / "sozplan", root.resolve()) if top is not None and top.is_absolute() else None


def _cache_folder(environ: Mapping[str, str]) -> Path | None:
    if os.name == "nt":
        return Path(environ["LOCALAPPDATA"]) if environ.get("LOCALAPPDATA") else None
    if environ.get("XDG_CACHE_HOME"):
        return Path(environ["XDG_CACHE_HOME"])
    if not environ.get("HOME"):
        return None
    return Path(environ["HOME"], *(("Library", "Caches") if sys.platform == "darwin" else (".cache",)))


class Look(NamedTuple):
    """What was found before anything else was done: an answer, else the files as they were listed in vain."""

    answer: Answer | None = None
    tree: WorkTree | None = None


def look(args: Sequence[str]) -> Look:
    """What `check` said when it was asked the same about the same files."""
    root = _root(args)
    folder = folder_of(root, os.environ) if root is not None else None
    if root is None or folder is None or not folder.holds("answers"):
        return Look()
    tree = WorkTree(root)
    state = fingerprint(tree)
    today = date.today()  # noqa: DTZ011 -- the planner's day, as everywhere
    return Look(Answers(folder).find(_question(args, today), (state,)) if state is not None else None, tree)


def keep(args: Sequence[str], said: Answer, tree: WorkTree, began: int, day: date) -> None:
    """For the next time, if nothing has changed by then and it is the same day."""
    root = _root(args)
    folder = folder_of(root, os.environ) if root is not None and root.resolve() == tree.root else None
    state = fingerprint(tree, began)
    if folder is not None and state is not None:
        Answers(folder).keep(said, _question(args, day), (state,))


def _question(args: Sequence[str], day: date) -> tuple[str, ...]:
    """What else the answer depends on: the day, and how the output is shown."""
    shown = (str(sys.stdout.isatty()), str("NO_COLOR" in os.environ), os.environ.get("TERM", ""))
    return (day.isoformat(), *shown, *args)


def _root(args: Sequence[str]) -> Path | None:
    """The repository of a plain `check`; none of anything else."""
    if sys.stdout is None or "check" not in args or _SHORT_HELP in args:
        return None
    if any(arg.partition("=")[0] in _ELSEWHERE for arg in args) or args.count("check") > 1:
        return None
    try:
        start = Path(_folder_named(args)).absolute()
    except OSError:
        return None
    return next((each for each in (start, *start.parents) if os.path.lexists(each / SETTINGS)), None)


def _folder_named(args: Sequence[str]) -> str:
    found = "."
    for i, arg in enumerate(args):
        if arg in ("-C", "--directory"):
            found = next(iter(args[i + 1 : i + 2]), ".")
        elif arg.startswith("--directory="):
            found = arg.partition("=")[2]
        elif arg.startswith("-C"):
            found = arg[2:]
    return found
