"""Writing results: whole or not at all, never over a source, never over a file that isn't ours."""

from __future__ import annotations

from pathlib import Path

from sozplan.diagnostics import Text, text
from sozplan.repo.names import FOLDERS, SETTINGS
from sozplan.repo.whole import put_whole

_OURS = (
    b"<xmp:CreatorTool>sozplan</xmp:CreatorTool>",
    b'<meta name="generator" content="sozplan">',
    b"<Application>sozplan</Application>",
)
"""Stands in the metadata of every PDF, page and Word file that we make; a text that merely speaks of sozplan is not
ours, and neither is a Word file any more that somebody has edited: Word names itself there."""

_PIECE = 1_000_000


class OutputRefused(Exception):
    """Nothing was written; `text` says why."""

    def __init__(self, message: Text) -> None:
        super().__init__(message.en)
        self.text = message


def write(path: Path, content: bytes, *, root: Path, force: bool = False, like: bytes | None = None) -> None:
    """Puts the content in place of `path` in one step; folders are made as needed.

    Raises OutputRefused for links, planning files of `root`, and files not made by sozplan unless `force`.
    A table has no metadata: it is ours if it begins `like` the one that takes its place.
    """
    _allow(path, root, force, like)
    path.parent.mkdir(parents=True, exist_ok=True)
    put_whole(path, content)


def _allow(path: Path, root: Path, force: bool, like: bytes | None) -> None:
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
    if path.exists() and not force and not _is_ours(path, like):
        raise OutputRefused(
            text(
                de=f"„{path}“ gibt es schon und stammt nicht von sozplan. Mit --force wird die Datei ersetzt.",
                en=f"“{path}” exists and wasn't made by sozplan. --force replaces it.",
            )
        )


def _is_ours(path: Path, like: bytes | None) -> bool:
    """In a PDF the metadata lies anywhere, so it is read to the end; pipes and devices are never read."""
    if not path.is_file():
        return False
    if like is not None:
        with path.open("rb") as file:
            return file.read(len(like)) == like
    longest = max(map(len, _OURS))
    last = b""
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            last = last[-longest:] + piece
            if any(mark in last for mark in _OURS):
                return True
    return False
