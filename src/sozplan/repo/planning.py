"""Writing planning files: one writer at a time, never over what somebody else has just changed, whole or not at all."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from sozplan.diagnostics import Text, text
from sozplan.repo.names import FOLDERS
from sozplan.repo.whole import put_whole

LOCK: Final = ".sozplan.lock"


class WriteRefused(Exception):
    """Nothing was written; `text` says why."""

    def __init__(self, message: Text) -> None:
        super().__init__(message.en)
        self.text = message


@contextmanager
def writing(root: Path) -> Iterator[None]:
    """Nobody else writes planning files of this repository meanwhile; read what is to be changed inside."""
    lock = root / LOCK
    try:
        handle = os.open(lock, os.O_CREAT | os.O_EXCL | os.O_WRONLY)
    except FileExistsError:
        raise WriteRefused(
            text(
                de=f"In diesem Repository schreibt gerade ein anderer Aufruf von sozplan. Läuft keiner mehr, "
                f"löschen Sie „{lock}“.",
                en=f"Another call of sozplan is writing in this repository. If none is running, delete “{lock}”.",
            )
        ) from None
    try:
        os.write(handle, f"{os.getpid()}\n".encode())
        os.close(handle)
        yield
    finally:
        lock.unlink(missing_ok=True)


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
    place = _place(root, path)
    place.parent.mkdir(parents=True, exist_ok=True)
    place = _place(root, path)
    if (print_of(root, path) if isinstance(before, str) else read_planning(root, path)) != before:
        raise WriteRefused(
            text(
                de=f"„{path}“ wurde eben von jemand anderem geändert; nichts wurde geschrieben. "
                "Rufen Sie noch einmal auf.",
                en=f"“{path}” has just been changed by somebody else; nothing was written. Call again.",
            )
        )
    put_whole(place, content, place.stat().st_mode & 0o777 if place.exists() else None)


def _place(root: Path, path: str) -> Path:
    """Where the file lies: below the planning folders, reached through no link."""
    top = root.resolve()
    place = top / path
    outside = path.split("/")[0] not in FOLDERS or ".." in path.split("/")
    if outside or place.is_symlink() or place.parent.resolve() != place.parent:
        raise WriteRefused(
            text(
                de=f"„{path}“ ist nur über eine Verknüpfung zu erreichen; dorthin wird nicht geschrieben.",
                en=f"“{path}” is reached through a link only; nothing is written there.",
            )
        )
    return place
