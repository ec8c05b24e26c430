"""The files of a planning repository as a commit holds them, read without touching the work tree."""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from posixpath import dirname, join, normpath
from typing import IO, NamedTuple, Self, cast

from sozplan.diagnostics import Diagnostic, Location, diagnostic, text
from sozplan.repo.codes import file as codes
from sozplan.repo.git import NO_ENVIRONMENT, command, environment, run
from sozplan.repo.limits import LIMITS, Limits
from sozplan.repo.names import FOLDERS, SETTINGS, is_for_others
from sozplan.repo.shown import shown, shown_path
from sozplan.repo.tree import OUTSIDE, Entry, Listing, UnreadError


class Blob(NamedTuple):
    """A line of `git ls-tree`: what lies at a path in a commit."""

    mode: str
    id: str
    size: int
    path: str

    @property
    def is_link(self) -> bool:
        return self.mode == "120000"

    @property
    def is_regular(self) -> bool:
        return self.mode.startswith("100")


def blobs(root: Path, commit: str, environ: Mapping[str, str]) -> Iterator[Blob]:
    """What the commit holds at the planning paths, relative to the root, which may lie below git's own."""
    output = run(root, "ls-tree", "-r", "-l", "-z", commit, "--", *FOLDERS, SETTINGS, environ=environ)
    for line in output.split(b"\0")[:-1]:
        about, _, path = line.partition(b"\t")
        mode, _, object_id, size = about.decode().split()
        yield Blob(mode, object_id, int(size) if size.isdigit() else 0, path.decode(errors="surrogateescape"))


class RevisionTree:
    """A commit's files. Holds a git process and a private temporary folder: use it in a `with`."""

    def __init__(
        self, root: Path, commit: str, environ: Mapping[str, str] = NO_ENVIRONMENT, limits: Limits = LIMITS
    ) -> None:
        self.root = root.resolve()
        self.name = commit
        self._environ = environ
        self._limits = limits
        self._blobs: dict[str, Blob] = {}
        self._listing: Listing | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self._folder: tempfile.TemporaryDirectory[str] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._stop()
        if self._folder is not None:
            self._folder.cleanup()
            self._folder = None

    @property
    def faults(self) -> tuple[Diagnostic, ...]:
        return tuple(self._listed().faults)

    def files(self) -> Sequence[Entry]:
        return tuple(self._listed().entries.values())

    @property
    def blobs(self) -> Mapping[str, Blob]:
        """What stands behind each file that is listed."""
        self._listed()
        return self._blobs

    def read(self, path: str) -> bytes:
        self._listed().entries[path]
        return self._content(self._blobs[path], path)

    def local(self, path: str) -> Path:
        self._listed().entries[path]
        if self._folder is None:
            self._folder = tempfile.TemporaryDirectory(prefix="sozplan-")
        blob = self._blobs[path]
        place = Path(self._folder.name) / f"{blob.id}{Path(path).suffix}"
        if not place.exists():
            place.write_bytes(self._content(blob, path))
        return place

    def _listed(self) -> Listing:
        if self._listing is None:
            self._listing = Listing(self._limits)
            self._list(self._listing)
            self._listing.finish()
        return self._listing

    def _list(self, listing: Listing) -> None:
        found = {blob.path: blob for blob in blobs(self.root, self.name, self._environ)}
        for path, blob in found.items():
            if listing.is_full():
                break
            listing.count()
            try:
                target = self._follow(blob, found, listing) if blob.is_link and not is_for_others(path) else blob
            except UnreadError as error:
                listing.faults.append(error.diagnostic)
                continue
            if target is None or not listing.wants(path):
                continue
            if target.is_regular:
                self._blobs[path] = target
                listing.add(path, target.size)
            else:
                listing.note(codes.NOT_REGULAR, path, name=shown_path(path), what=_SUBMODULE)

    def _follow(self, link: Blob, found: dict[str, Blob], listing: Listing) -> Blob | None:
        """The file that a link leads to, if it is one of the planning files."""
        blob = link
        at = target = ""
        for _ in range(_LINKS):
            target = os.fsdecode(self._content(blob, link.path)) if blob.size <= _LINK_BYTES else "…"
            at = normpath(join(dirname(blob.path), target))
            if at not in found:
                break
            blob = found[at]
            if not blob.is_link:
                return blob
        reason = OUTSIDE if at.startswith(("..", "/")) else text(de="dort ist nichts", en="nothing is there")
        listing.note(codes.SYMLINK, link.path, link=shown_path(link.path), target=shown(target, 200), reason=reason)
        return None

    def _content(self, blob: Blob, path: str) -> bytes:
        process = self._running()
        asked, answer = cast(IO[bytes], process.stdin), cast(IO[bytes], process.stdout)
        try:
            asked.write(f"{blob.id}\n".encode())
            asked.flush()
        except BrokenPipeError:
            raise self._lost(path) from None
        if answer.readline().split() != [blob.id.encode(), b"blob", str(blob.size).encode()]:
            raise self._lost(path)
        content = answer.read(blob.size + 1)
        if len(content) != blob.size + 1:
            raise self._lost(path)
        return content[:-1]

    def _lost(self, path: str) -> UnreadError:
        self._stop()
        reason = text(
            de="das Git-Objekt fehlt oder ist beschädigt (in der CI „fetch-depth: 0“, sonst „git fsck“)",
            en="the git object is missing or damaged (in CI “fetch-depth: 0”, else “git fsck”)",
        )
        return UnreadError(diagnostic(codes.UNREADABLE, Location(shown_path(path)), reason=reason))

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None:
            self._process = subprocess.Popen(
                command(self.root, "cat-file", "--batch"),
                env=environment(self._environ),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
        return self._process

    def _stop(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None


_SUBMODULE = text(de="ein eingebundenes Repository (Submodul)", en="an embedded repository (submodule)")
_LINKS = 8
_LINK_BYTES = 4096
