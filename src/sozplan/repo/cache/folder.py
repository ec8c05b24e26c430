"""The private folder of a repository in the user's cache folder: what others could have written isn't believed."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import stat
from collections.abc import Callable
from contextlib import suppress
from functools import cached_property
from pathlib import Path

from sozplan.repo.cache.version import version
from sozplan.repo.whole import put_whole

_MAGIC = b"sozplan cache 1"
_NAME = re.compile(r"[0-9a-f]{32}")
_LARGEST = 300_000_000
_REPOSITORIES = 20
"""So many repositories are remembered; those that were looked at longest ago are forgotten first."""
_PRIVATE, _OTHERS_WRITE = 0o700, 0o022


class Folder:
    """Files that are read whole or not at all. Whatever goes wrong with them, nothing was found or nothing is kept."""

    def __init__(self, top: Path, root: Path, version: Callable[[], str] = version) -> None:
        """`version` tells programs apart that mean something else by the same bytes."""
        self.path = top / hashlib.sha256(os.fsencode(root)).hexdigest()[:32]
        self._version = version

    @cached_property
    def _head(self) -> bytes:
        return b"%s %s" % (_MAGIC, self._version().encode())

    def holds(self, name: str) -> bool:
        """Whether there may be anything to read."""
        return os.path.lexists(self.path / name)

    def read(self, name: str) -> bytes | None:
        """What `write` put there, if it is whole, of this version and by this user."""
        try:
            if not (_is_ours(self.path.parent.lstat(), stat.S_ISDIR) and _is_ours(self.path.lstat(), stat.S_ISDIR)):
                return None
            content = _read(self.path / name)
        except OSError:
            return None
        head, _, rest = content.partition(b"\n")
        checksum, _, body = rest.partition(b"\n")
        return body if head == self._head and checksum == _checksum(body) else None

    def write(self, name: str, body: bytes) -> bool:
        """Puts it there in one step, for nobody else's eyes; says whether it lies there now."""
        if len(body) > _LARGEST:
            return False
        try:
            for folder in (self.path.parent, self.path):
                _make_private(folder)
            put_whole(self.path / name, b"%s\n%s\n%s" % (self._head, _checksum(body), body), mode=0o600)
            self._forget_others()
        except OSError:
            return False
        return True

    def _forget_others(self) -> None:
        others = [each for each in self.path.parent.iterdir() if _NAME.fullmatch(each.name) and each != self.path]
        for each in sorted(others, key=lambda folder: folder.lstat().st_mtime)[
            : max(0, len(others) + 1 - _REPOSITORIES)
        ]:
            shutil.rmtree(each, ignore_errors=True)


def _read(place: Path) -> bytes:
    """Never through a link, and never waiting for a pipe."""
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    with open(os.open(place, flags), "rb") as file:  # noqa: PTH123 -- the flags are the point
        status = os.fstat(file.fileno())
        if not _is_ours(status, stat.S_ISREG) or status.st_size > _LARGEST + 1000:
            raise PermissionError
        return file.read()


def _make_private(folder: Path) -> None:
    folder.mkdir(mode=_PRIVATE, parents=True, exist_ok=True)
    status = folder.lstat()
    if not _is_ours(status, stat.S_ISDIR):
        raise PermissionError
    if stat.S_IMODE(status.st_mode) != _PRIVATE:
        with suppress(OSError):
            folder.chmod(_PRIVATE)


def _is_ours(status: os.stat_result, is_kind: object) -> bool:
    """Windows keeps the folder for its user by other means."""
    if not is_kind(status.st_mode):  # type: ignore[operator]
        return False
    user = getattr(os, "geteuid", None)
    return user is None or (status.st_uid == user() and not status.st_mode & _OTHERS_WRITE)


def _checksum(body: bytes) -> bytes:
    return hashlib.sha256(body).hexdigest().encode()
