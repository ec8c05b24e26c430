"""The work tree as it would be after an edit, to be read and checked before anything is written."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Self

from sozplan.diagnostics import Diagnostic
from sozplan.repo.tree import Entry, WorkTree


class EditedTree:
    """Files of the work tree, some of which say something else or are new; readers of disks get a private copy."""

    name = None

    def __init__(self, root: Path, contents: Mapping[str, bytes]) -> None:
        self._tree = WorkTree(root)
        self._contents = contents
        self._folder: tempfile.TemporaryDirectory[str] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._folder is not None:
            self._folder.cleanup()

    @property
    def faults(self) -> tuple[Diagnostic, ...]:
        return self._tree.faults

    def files(self) -> Sequence[Entry]:
        found = {entry.path: entry for entry in self._tree.files()}
        found |= {path: Entry(path, len(content)) for path, content in self._contents.items()}
        return tuple(found[path] for path in sorted(found))

    def read(self, path: str) -> bytes:
        return self._contents[path] if path in self._contents else self._tree.read(path)

    def local(self, path: str) -> Path:
        if path not in self._contents:
            return self._tree.local(path)
        if self._folder is None:
            self._folder = tempfile.TemporaryDirectory(prefix="sozplan-")
        place = Path(self._folder.name) / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(self._contents[path])
        return place
