"""The files of a planning repository, alike whether they lie on disk or in a git revision."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Protocol, Self

from sozplan.diagnostics import Code, Diagnostic, Location, Text, diagnostic, text
from sozplan.repo.codes import file as codes
from sozplan.repo.limits import LIMITS, Limits
from sozplan.repo.names import FOLDERS, SETTINGS, is_for_others, name_faults, reason_not_read, reason_unusable, strays
from sozplan.repo.shown import shown, shown_path


class Entry(NamedTuple):
    """A file that can be read: its path from the root with `/`, and its size in bytes."""

    path: str
    size: int


class UnreadError(Exception):
    """A listed file that could not be read after all; carries the diagnostic."""

    def __init__(self, fault: Diagnostic) -> None:
        super().__init__(fault.say("en"))
        self.diagnostic = fault


class Tree(Protocol):
    """What `repo` knows of files. Only what `files` lists can be read."""

    @property
    def name(self) -> str | None:
        """The commit that is read; none for the work tree."""
        ...

    @property
    def faults(self) -> tuple[Diagnostic, ...]:
        """What can't be read, or not everywhere, and why."""
        ...

    def files(self) -> Sequence[Entry]:
        """The planning files, sorted by path."""
        ...

    def read(self, path: str) -> bytes: ...

    def local(self, path: str) -> Path:
        """The file on disk, for readers that need one; not to be written."""
        ...

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...


class Listing:
    """Sorts what is found into entries and faults, by the same rules for disk and git."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._seen = 0
        self.entries: dict[str, Entry] = {}
        self.faults: list[Diagnostic] = []

    def wants(self, path: str) -> bool:
        """Whether a file is to be looked at at all; if not, that is noted unless it is nobody's planning."""
        if is_for_others(path):
            return False
        if reason := reason_unusable(path):
            self.note(codes.NAME_NOT_PORTABLE, path, name=shown_path(path), reason=reason)
        elif reason := reason_not_read(path):
            self.note(codes.NOT_READ, path, name=shown_path(path), reason=reason)
        else:
            return True
        return False

    def count(self) -> None:
        self._seen += 1

    def is_full(self) -> bool:
        return self._seen > self._limits.files

    def add(self, path: str, size: int) -> None:
        limit = self._limits.bytes_of(path)
        if size > limit:
            self.note(codes.TOO_LARGE, path, size=size, limit=limit)
        else:
            self.entries[path] = Entry(path, size)

    def note(self, code: Code, path: str, **args: object) -> None:
        self.faults.append(Diagnostic(Location(shown_path(path)), code, args, severity=code.severity))

    def finish(self) -> None:
        if self.is_full():
            self.note(codes.TOO_MANY, "plans", limit=self._limits.files)
        self.faults.extend(name_faults(self.entries))
        self.entries = dict(sorted(self.entries.items()))
        self.faults.sort(key=lambda fault: fault.order)


class WorkTree:
    """The files as they lie on disk. Nothing outside the root is ever opened, nor anything but regular files."""

    name = None

    def __init__(self, root: Path, limits: Limits = LIMITS) -> None:
        self.root = root.resolve()
        self._limits = limits
        self._listing: Listing | None = None
        self._targets: dict[str, Path] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Nothing is held open."""

    @property
    def faults(self) -> tuple[Diagnostic, ...]:
        return tuple(self._listed().faults)

    def files(self) -> Sequence[Entry]:
        return tuple(self._listed().entries.values())

    def read(self, path: str) -> bytes:
        place = self.local(path)
        try:
            return _read_regular(place, path, self._limits.bytes_of(path))
        except OSError as error:
            raise UnreadError(unreadable(path, error)) from None

    def local(self, path: str) -> Path:
        self._listed().entries[path]
        return self._targets.get(path) or self.root / path

    def _listed(self) -> Listing:
        if self._listing is None:
            self._listing = Listing(self._limits)
            self._walk(self._listing)
            self._listing.finish()
        return self._listing

    def _walk(self, listing: Listing) -> None:
        top = {entry.name: entry for entry in self._scan("", listing)}
        listing.faults.extend(strays(top))
        folders = [top[name] for name in (SETTINGS, *FOLDERS) if name in top]
        stack = [("", iter(folders))]
        while stack and not listing.is_full():
            folder, entries = stack[-1]
            entry = next(entries, None)
            if entry is None:
                stack.pop()
            elif below := self._visit(folder + entry.name, entry, listing):
                if len(stack) > self._limits.folders_deep:
                    listing.note(codes.FOLDERS_TOO_DEEP, below[:-1], limit=self._limits.folders_deep)
                else:
                    stack.append((below, iter(self._scan(below, listing))))

    def _scan(self, folder: str, listing: Listing) -> list[os.DirEntry[str]]:
        try:
            with os.scandir(self.root / folder) as entries:
                return sorted(entries, key=lambda entry: entry.name)
        except OSError as error:
            listing.faults.append(unreadable(folder.rstrip("/") or ".", error))
            return []

    def _visit(self, path: str, entry: os.DirEntry[str], listing: Listing) -> str | None:
        """Notes a file; of a folder to be walked gives the path with its `/`."""
        try:
            mode = entry.stat(follow_symlinks=False).st_mode
            if stat.S_ISDIR(mode) and not _has_file_ending(path):
                return self._folder(path, listing)
            listing.count()
            self._file(path, entry, mode, listing)
        except OSError as error:
            listing.faults.append(unreadable(path, error))
        return None

    def _folder(self, path: str, listing: Listing) -> str | None:
        if (self.root / path / ".git").exists():
            reason = text(
                de="der Ordner ist ein eigenes Git-Repository", en="the folder is a git repository of its own"
            )
            listing.note(codes.NOT_READ, path, name=shown_path(path), reason=reason)
            return None
        return f"{path}/"

    def _file(self, path: str, entry: os.DirEntry[str], mode: int, listing: Listing) -> None:
        if stat.S_ISLNK(mode) and not is_for_others(path):  # Emacs marks what it has open by a link to nowhere
            self._link(path, listing)
        elif not listing.wants(path):
            return
        elif stat.S_ISREG(mode):
            listing.add(path, entry.stat(follow_symlinks=False).st_size)
        else:
            listing.note(codes.NOT_REGULAR, path, name=shown_path(path), what=_kind(mode))

    def _link(self, path: str, listing: Listing) -> None:
        place = self.root / path
        target = str(place.readlink())
        try:
            real = place.resolve(strict=True)
        except (OSError, RuntimeError):
            reason = text(de="dort ist nichts", en="nothing is there")
        else:
            mode = real.lstat().st_mode
            if real.is_relative_to(self.root) and stat.S_ISREG(mode):
                if listing.wants(path):
                    self._targets[path] = real
                    listing.add(path, real.lstat().st_size)
                return
            reason = (
                OUTSIDE if not real.is_relative_to(self.root) else text(de="das ist keine Datei", en="that is no file")
            )
        listing.note(codes.SYMLINK, path, link=shown_path(path), target=shown(target, 200), reason=reason)


OUTSIDE = text(de="das liegt außerhalb des Planungsordners", en="that lies outside the planning folder")


def _has_file_ending(path: str) -> bool:
    """A folder called `x.yaml` is a mistake, not a folder to look into."""
    return path.lower().endswith((".yaml", ".yml", ".csv"))


def unreadable(path: str, error: OSError) -> Diagnostic:
    reason = os.strerror(error.errno) if error.errno else str(error)
    known = _REASONS.get(error.errno or 0) or text(de=reason, en=reason)
    return diagnostic(codes.UNREADABLE, Location(shown_path(path)), reason=known)


_REASONS = {
    errno.EACCES: text(de="die Leserechte fehlen", en="the permission to read it is missing"),
    errno.ENOENT: text(de="sie ist eben verschwunden", en="it has just vanished"),
    errno.EIO: text(de="der Datenträger meldet einen Fehler", en="the disk reports an error"),
    errno.ELOOP: text(de="sie ist eben zu einer Verknüpfung geworden", en="it has just become a link"),
    errno.ENAMETOOLONG: text(de="der Pfad ist zu lang", en="the path is too long"),
}

_KINDS = (
    (stat.S_ISDIR, text(de="ein Ordner", en="a folder")),
    (stat.S_ISFIFO, text(de="eine Warteschlange (FIFO)", en="a pipe (FIFO)")),
    (stat.S_ISSOCK, text(de="ein Socket", en="a socket")),
)


def _kind(mode: int) -> Text:
    return next((name for test, name in _KINDS if test(mode)), text(de="ein Gerät", en="a device"))


_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)


def _read_regular(place: Path, path: str, limit: int) -> bytes:
    """The bytes of a file that is still what the listing saw: regular and not too large."""
    with open(os.open(place, _FLAGS), "rb") as file:  # noqa: PTH123 - the flags are the point
        status = os.fstat(file.fileno())
        if not stat.S_ISREG(status.st_mode):
            what = _kind(status.st_mode)
            raise UnreadError(diagnostic(codes.NOT_REGULAR, Location(path), name=path, what=what))
        content = file.read(limit + 1)
    if len(content) > limit:
        raise UnreadError(diagnostic(codes.TOO_LARGE, Location(path), size=status.st_size, limit=limit))
    return content
