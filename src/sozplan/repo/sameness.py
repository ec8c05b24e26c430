"""Which files two trees have in common, found by git's own hash of their content, without reading one twice."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from sozplan.repo.revision import Blob, RevisionTree
from sozplan.repo.tree import Tree, UnreadError

_BLOCK = 1 << 20


def same_files(revision: RevisionTree, other: Tree) -> frozenset[str]:
    """The paths at which both hold the same content; of the work tree with LF or CRLF."""
    paths = revision.blobs.keys() & {entry.path for entry in other.files()}
    if isinstance(other, RevisionTree):
        return frozenset(path for path in paths if revision.blobs[path].id == other.blobs[path].id)
    return frozenset(path for path in paths if is_in(revision.blobs[path], other, path))


def is_in(blob: Blob, tree: Tree, path: str) -> bool:
    try:
        return is_content(blob, tree.local(path))
    except (OSError, UnreadError):
        return False


def is_content(blob: Blob, place: Path) -> bool:
    """Line ends may differ: git itself turns them on checkout."""
    if place.stat().st_size == blob.size:
        return is_bytes(blob, _blocks(place))
    return is_bytes(blob, _lines(place))


def _blocks(place: Path) -> Iterator[bytes]:
    with place.open("rb") as file:
        while block := file.read(_BLOCK):
            yield block


def _lines(place: Path) -> Iterator[bytes]:
    with place.open("rb") as file:
        for line in file:
            yield line.removesuffix(b"\r\n") + b"\n" if line.endswith(b"\r\n") else line


def is_bytes(blob: Blob, parts: Iterable[bytes]) -> bool:
    """By git's own hash of size and content, sha1 or sha256 as the repository has it."""
    digest = hashlib.new("sha256" if len(blob.id) == 64 else "sha1", usedforsecurity=False)
    digest.update(b"blob %d\0" % blob.size)
    for part in parts:
        digest.update(part)
    return digest.hexdigest() == blob.id
