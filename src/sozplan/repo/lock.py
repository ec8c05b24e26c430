"""A lock that the system takes back when whoever holds it dies: no stale one is ever left."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

try:
    import fcntl
except ImportError:
    _WINDOWS = True
else:
    _WINDOWS = False

_PAUSE = 0.05
_FAR = 1 << 30
"""Where Windows locks a byte that nobody reads: a locked one can't be read by others, not even to copy the folder."""


class Busy(Exception):
    """Somebody else holds it."""


@contextmanager
def held(place: Path, patience: float) -> Iterator[None]:
    """Waits so many seconds for the lock; its file is there only while somebody holds it or died with it."""
    handle = _wait(place, patience)
    try:
        yield
    finally:
        _give_back(place, handle)


def _wait(place: Path, patience: float) -> int:
    for _ in range(1 + int(patience / _PAUSE)):
        handle = os.open(place, os.O_CREAT | os.O_RDWR | getattr(os, "O_NOFOLLOW", 0))
        if _take(handle) and _is_still(place, handle) and not _is_of_somebody(handle):
            os.write(handle, f"{os.getpid()}\n".encode())
            return handle
        os.close(handle)
        if patience:
            time.sleep(_PAUSE)
    raise Busy


def _take(handle: int) -> bool:
    try:
        (_take_on_windows if _WINDOWS else _take_elsewhere)(handle)
    except OSError:
        return False
    return True


def _take_elsewhere(handle: int) -> None:
    fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)  # type: ignore[attr-defined,unused-ignore]


def _take_on_windows(handle: int) -> None:
    import msvcrt

    os.lseek(handle, _FAR, os.SEEK_SET)
    msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
    os.lseek(handle, 0, os.SEEK_SET)


def _is_still(place: Path, handle: int) -> bool:
    """Whether it is the file that the others see, not one whose holder has just removed it."""
    try:
        there, ours = place.lstat(), os.fstat(handle)
    except OSError:
        return False
    return (there.st_ino, there.st_dev) == (ours.st_ino, ours.st_dev)


def _is_of_somebody(handle: int) -> bool:
    """Whether it names a program at work that holds no lock of the system: an older one, or one on another disk."""
    said = os.read(handle, 20).strip()
    if not _WINDOWS and said.isdigit() and _runs(int(said)):
        return True
    os.ftruncate(handle, 0)
    os.lseek(handle, 0, os.SEEK_SET)
    return False


def _runs(process: int) -> bool:
    """Whether there is such a process, of whomever; on Windows asking so would end it."""
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except OSError:
        return True
    return True


def _give_back(place: Path, handle: int) -> None:
    """Removed while it is still held; Windows allows that only afterwards."""
    with suppress(OSError):
        place.unlink()
    os.close(handle)
    if _WINDOWS:
        with suppress(OSError):
            place.unlink()
