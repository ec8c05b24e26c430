"""Writing planning files: one writer at a time, never over what somebody else has just changed, whole or not at all."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final, NamedTuple

from sozplan.diagnostics import Text, text
from sozplan.repo import journal
from sozplan.repo.lock import Busy, held
from sozplan.repo.names import FOLDERS, SETTINGS
from sozplan.repo.whole import put_whole

LOCK: Final = ".sozplan.lock"
_PATIENCE: Final = 10.0
"""Seconds that a call waits for another one: an edit of a large planning takes about three."""


class WriteRefused(Exception):
    """Nothing was written; `text` says why."""

    def __init__(self, message: Text) -> None:
        super().__init__(message.en)
        self.text = message


class Rewrite(NamedTuple):
    """What a file shall say, and what it said when it was read; None where there was no such file."""

    before: bytes | None
    content: bytes


@contextmanager
def writing(root: Path, patience: float = _PATIENCE) -> Iterator[None]:
    """Nobody else writes planning files of this repository meanwhile; read what is to be changed inside.

    What a call that was killed had begun to write is finished first.
    """
    try:
        with held(root / LOCK, patience):
            _finish(root)
            yield
    except Busy:
        raise WriteRefused(
            text(
                de="In diesem Repository schreibt gerade ein anderer Aufruf von sozplan. Rufen Sie noch einmal auf, "
                "wenn er fertig ist.",
                en="Another call of sozplan is writing in this repository. Call again when it has finished.",
            )
        ) from None


def read_planning(root: Path, path: str) -> bytes | None:
    """The bytes of a planning file as they lie there now; none where there is no such file."""
    place = _place(root, path)
    return place.read_bytes() if place.exists() else None


def print_of(root: Path, path: str) -> str | None:
    """What tells the content of a planning file from any other, where it is too large to be held."""
    place = _place(root, path)
    return print_of_file(place) if place.exists() else None


def print_of_file(place: Path) -> str:
    with place.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def put_planning(root: Path, path: str, content: bytes | Path, *, before: bytes | str | None) -> None:
    """Replaces a planning file, which still must be as it was read before, or have that print; none means it is new."""
    if (print_of(root, path) if isinstance(before, str) else read_planning(root, path)) != before:
        raise WriteRefused(_changed(path))
    _put(root, path, content)


def put_all(root: Path, files: Mapping[str, Rewrite]) -> None:
    """Replaces several planning files: all of them, or none where one isn't any more as it was read."""
    for path, rewrite in files.items():
        if read_planning(root, path) != rewrite.before:
            raise WriteRefused(_changed(path))
    if len(files) > 1:
        journal.begin(root, {path: (each.before, each.content) for path, each in files.items()})
    for path, rewrite in files.items():
        _put(root, path, rewrite.content)
    if len(files) > 1:
        journal.end(root)


def _put(root: Path, path: str, content: bytes | Path) -> None:
    place = _place(root, path)
    place.parent.mkdir(parents=True, exist_ok=True)
    place = _place(root, path)
    put_whole(place, content, place.stat().st_mode & 0o777 if place.exists() else None)


def _finish(root: Path) -> None:
    for path, rewrite in journal.pending(root):
        now = read_planning(root, path)
        if rewrite.is_after(now):
            continue
        if not rewrite.is_before(now):
            raise WriteRefused(_half(path, root))
        _put(root, path, rewrite.content)
    journal.end(root)


def _changed(path: str) -> Text:
    return text(
        de=f"„{path}“ wurde eben von jemand anderem geändert; nichts wurde geschrieben. Rufen Sie noch einmal auf.",
        en=f"“{path}” has just been changed by somebody else; nothing was written. Call again.",
    )


def _half(path: str, root: Path) -> Text:
    place = root / journal.JOURNAL
    return text(
        de=f"Ein Aufruf wurde mitten im Schreiben abgebrochen, und seither hat jemand „{path}“ geändert. Sehen Sie mit "
        f"„git diff“ nach, was fehlt, und löschen Sie dann „{place}“.",
        en=f"A call was killed while it was writing, and “{path}” has been changed since. Compare with “git diff” what "
        f"is missing, then delete “{place}”.",
    )


def _place(root: Path, path: str) -> Path:
    """Where the file lies: below the planning folders, reached through no link."""
    top = root.resolve()
    place = top / path
    outside = (path != SETTINGS and path.split("/")[0] not in FOLDERS) or ".." in path.split("/")
    if outside or place.is_symlink() or place.parent.resolve() != place.parent:
        raise WriteRefused(
            text(
                de=f"„{path}“ ist nur über eine Verknüpfung zu erreichen; dorthin wird nicht geschrieben.",
                en=f"“{path}” is reached through a link only; nothing is written there.",
            )
        )
    return place
