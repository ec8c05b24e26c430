"""Writing results: whole or not at all, never over a source, never over a file that isn't ours."""

from __future__ import annotations

import os
from pathlib import Path

from sozplan.diagnostics import Text, text
from sozplan.repo.names import FOLDERS, SETTINGS
from sozplan.repo.whole import put_whole

OURS = (b"sozplan",)
"""Stands in the metadata of every PDF and page that we make, and in no other's first or last bytes by chance."""

_EDGE = 65_536


class OutputRefused(Exception):
    """Nothing was written; `text` says why."""

    def __init__(self, message: Text) -> None:
        super().__init__(message.en)
        self.text = message


def write(path: Path, content: bytes, *, root: Path, force: bool = False) -> None:
    """Puts the content in place of `path` in one step; folders are made as needed.

    Raises OutputRefused for links, planning files of `root`, and files not made by sozplan unless `force`.
    """
    _allow(path, root, force)
    path.parent.mkdir(parents=True, exist_ok=True)
    put_whole(path, content)


def _allow(path: Path, root: Path, force: bool) -> None:
    if path.is_symlink():
        raise OutputRefused(
            text(
                de=f"„{path}“ ist eine Verknüpfung; darüber wird nicht geschrieben.",
                en=f"“{path}” is a link; it is not written over.",
            )
        )
    real = path.parent.resolve() / path.name
    top = real.relative_to(root.resolve()).parts[:1] if real.is_relative_to(root.resolve()) else ()
    if top and top[0] in (*FOLDERS, SETTINGS):
        raise OutputRefused(
            text(
                de=f"„{path}“ liegt bei den Planungsdateien. Nehmen Sie einen anderen Ordner, z. B. build/.",
                en=f"“{path}” lies among the planning files. Take another folder, build/ say.",
            )
        )
    if path.is_dir():
        raise OutputRefused(text(de=f"„{path}“ ist ein Ordner.", en=f"“{path}” is a folder."))
    if path.exists() and not force and not _is_ours(path):
        raise OutputRefused(
            text(
                de=f"„{path}“ gibt es schon und stammt nicht von sozplan. Mit --force wird die Datei ersetzt.",
                en=f"“{path}” exists and wasn't made by sozplan. --force replaces it.",
            )
        )


def _is_ours(path: Path) -> bool:
    with path.open("rb") as file:
        start = file.read(_EDGE)
        size = file.seek(0, os.SEEK_END)
        file.seek(max(0, size - _EDGE))
        edges = start + file.read(_EDGE)
    return any(mark in edges for mark in OURS)
