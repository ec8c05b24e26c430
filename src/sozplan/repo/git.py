"""Git by its plumbing alone: nothing here runs a hook, a filter, a pager or a diff that the repository configures."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import IO, Final

from sozplan.diagnostics import Text, text
from sozplan.repo.limits import LIMITS
from sozplan.repo.shown import shown


class GitError(Exception):
    """Git can't give what was asked for; the machine or the repository is at fault, not the content."""

    def __init__(self, message: Text) -> None:
        super().__init__(message.en)
        self.text = message


class BadRevision(GitError):
    """What was typed is no revision: a fault of usage."""


class NoSuchRevision(GitError):
    """The repository knows no such commit, or lacks its objects."""


class NotARepository(GitError):
    """No git repository holds the folder."""


class GitRefused(GitError):
    """Git declines to work in this folder; its own words say why."""


class GitMissing(GitError):
    """Git is not installed."""


_OPTIONS: Final = (
    "--no-pager",
    "--no-replace-objects",
    "--no-optional-locks",
    "-c", "core.fsmonitor=false",
    "-c", f"core.hooksPath={os.devnull}",
    "-c", "safe.bareRepository=explicit",
)  # fmt: skip
_FOREIGN: Final = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_COMMON_DIR", "GIT_OBJECT_DIRECTORY", "GIT_PREFIX")
"""Set while git runs a hook of another repository; the folder alone decides which one is read."""


def command(root: Path, *arguments: str) -> list[str]:
    return ["git", *_OPTIONS, "-C", str(root), *arguments]


NO_ENVIRONMENT: Final[Mapping[str, str]] = MappingProxyType({})
"""Git from the system's folders, without the user's configuration; `cli` passes the real one."""


def environment(environ: Mapping[str, str]) -> Mapping[str, str]:
    """What git sees: where it lies and the user's configuration, nothing that steers it elsewhere."""
    return {name: value for name, value in environ.items() if name not in _FOREIGN} | {
        "GIT_ALLOW_PROTOCOL": "",
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_NO_LAZY_FETCH": "1",
        "GIT_NO_REPLACE_OBJECTS": "1",
        "GIT_TERMINAL_PROMPT": "0",
        "LC_ALL": "C",
    }


def run(root: Path, *arguments: str, environ: Mapping[str, str], asked: bytes = b"") -> bytes:
    """What git prints, given what is `asked` on its standard input; raises what its failure means."""
    return _ran(root, arguments, environ, asked, subprocess.PIPE)


def save(root: Path, *arguments: str, environ: Mapping[str, str], place: Path) -> None:
    """Writes what git prints into a file, which may be large."""
    with place.open("wb") as file:
        _ran(root, arguments, environ, b"", file)


def _ran(
    root: Path, arguments: Sequence[str], environ: Mapping[str, str], asked: bytes, output: int | IO[bytes]
) -> bytes:
    try:
        done = subprocess.run(
            command(root, *arguments),
            env=environment(environ),
            input=asked,
            stdout=output,
            stderr=subprocess.PIPE,
            timeout=LIMITS.git_seconds,
        )
    except FileNotFoundError:
        raise GitMissing(MISSING) from None
    except subprocess.TimeoutExpired:
        raise GitRefused(_SLOW) from None
    if done.returncode:
        raise _failure(done.stderr.decode(errors="replace"))
    return done.stdout or b""


def resolve(root: Path, revision: str, environ: Mapping[str, str] = NO_ENVIRONMENT) -> str:
    """The id of the commit that a revision names."""
    if not _REVISION.fullmatch(revision) or _NOT_ONE_COMMIT.search(revision):
        raise BadRevision(
            text(
                de=f"„{shown(revision)}“ ist keine Revision. Möglich sind Zweig, Marke oder Commit-Nummer.",
                en=f"“{shown(revision)}” is no revision. Possible are branch, tag or commit id.",
            )
        )
    try:
        found = run(root, "rev-parse", "--verify", "--end-of-options", f"{revision}^{{commit}}", environ=environ)
    except NoSuchRevision:
        raise NoSuchRevision(_unknown(root, revision, environ)) from None
    return found.decode().strip()


_REVISION = re.compile(r"(?![-^])[^\s:?*\[\\\x00-\x20\x7f-\x9f\ud800-\udfff]{1,250}")
_NOT_ONE_COMMIT = re.compile(r"\.\.|@\{-|\^(?:[!@-]|\{/)")
"""Ranges, what was checked out before, searches in commit messages."""

MISSING = text(
    de="Das Programm git ist nicht installiert; ohne es lässt sich nur der Arbeitsstand lesen.",
    en="The program git is not installed; without it only the work tree can be read.",
)
_SLOW = text(
    de=f"Git hat nach {LIMITS.git_seconds} Sekunden nicht geantwortet.",
    en=f"Git has not answered within {LIMITS.git_seconds} seconds.",
)
_NO_REPOSITORY = text(
    de="Der Ordner liegt in keinem Git-Repository; frühere Stände gibt es hier nicht.",
    en="The folder lies in no git repository; there are no earlier states here.",
)


def _failure(stderr: str) -> GitError:
    said = shown(stderr.strip().splitlines()[0] if stderr.strip() else "?", 300)
    if "not a git repository" in stderr:
        return NotARepository(_NO_REPOSITORY)
    if "dubious ownership" in stderr or "bare repository" in stderr:
        return GitRefused(text(de=f"Git lehnt diesen Ordner ab: {said}", en=f"Git refuses this folder: {said}"))
    return NoSuchRevision(text(de=f"Git meldet: {said}", en=f"Git reports: {said}"))


def _unknown(root: Path, revision: str, environ: Mapping[str, str]) -> Text:
    name = shown(revision)
    if run(root, "rev-parse", "--is-shallow-repository", environ=environ).strip() == b"true":
        return text(
            de=f"Die Revision „{name}“ fehlt, denn das Repository enthält nur die letzten Commits. "
            "Holen Sie die ganze Geschichte: „git fetch --unshallow“, in der CI „fetch-depth: 0“.",
            en=f"The revision “{name}” is missing, as the repository holds the last commits only. "
            "Fetch the whole history: “git fetch --unshallow”, in CI “fetch-depth: 0”.",
        )
    return text(
        de=f"Die Revision „{name}“ gibt es in diesem Repository nicht.",
        en=f"There is no revision “{name}” in this repository.",
    )
