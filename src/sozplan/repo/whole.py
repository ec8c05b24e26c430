"""A file appears whole or not at all."""

from __future__ import annotations

import glob
import os
import shutil
import tempfile
import time
from contextlib import suppress
from pathlib import Path

from sozplan.diagnostics import Text, text
from sozplan.repo.names import LEFT_OVER

_TRIES, _PAUSE = 5, 0.1
"""Virus scanners and indexers of Windows have a new file open for a moment."""
_LEFT_OVER_AFTER = 3600
"""Seconds after which a half-written file is nobody's any more: writing takes less than one."""


class InUse(Exception):
    """The file that is there can't be replaced; `text` says why."""

    def __init__(self, message: Text) -> None:
        super().__init__(message.en)
        self.text = message


def put_whole(path: Path, content: bytes | Path, mode: int | None = None) -> None:
    """Puts the content, or that of another file, in place of `path` in one step, on the disk before it has the name."""
    handle, name = tempfile.mkstemp(prefix=_prefix(path), suffix=LEFT_OVER, dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            if isinstance(content, bytes):
                file.write(content)
            else:
                with content.open("rb") as source:
                    shutil.copyfileobj(source, file)
            file.flush()
            os.fsync(file.fileno())
        _sweep(path, name)
        Path(name).chmod(0o666 & ~_umask() if mode is None else mode)
        _replace(Path(name), path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _replace(new: Path, path: Path) -> None:
    """Windows refuses that while any program has the old file open."""
    for _ in range(_TRIES - 1):
        with suppress(PermissionError):
            new.replace(path)
            return
        time.sleep(_PAUSE)
    try:
        new.replace(path)
    except PermissionError:
        if not path.is_file():
            raise
        raise InUse(_in_use(path)) from None


def _in_use(path: Path) -> Text:
    return text(
        de=f"„{path}“ ließ sich nicht ersetzen: Sie ist in einem anderen Programm geöffnet (Excel, Word, PDF-Anzeige) "
        "oder schreibgeschützt. Schließen Sie die Datei dort und rufen Sie noch einmal auf.",
        en=f"“{path}” could not be replaced: it is open in another program (Excel, Word, a PDF viewer) or "
        "write-protected. Close it there and call again.",
    )


def _prefix(path: Path) -> str:
    return f".{path.name}."


def _sweep(path: Path, new: str) -> None:
    """Removes what runs that were killed have left beside this new file; that of a run still at work is younger."""
    old = Path(new).stat().st_mtime - _LEFT_OVER_AFTER
    for left in path.parent.glob(f"{glob.escape(_prefix(path))}*{LEFT_OVER}"):
        with suppress(OSError):
            if left.lstat().st_mtime < old:
                left.unlink()


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
