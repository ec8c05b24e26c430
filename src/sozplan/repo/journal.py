"""What is about to be written to several files at once, so that it can be finished if the writer is killed."""

from __future__ import annotations

import hashlib
import json
from base64 import b64decode, b64encode
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sozplan.repo.names import is_planning
from sozplan.repo.whole import put_whole

JOURNAL: Final = ".sozplan.journal"


@dataclass(frozen=True, slots=True)
class Pending:
    """One file: what it must have said, by checksum, and what it shall say."""

    before: str | None
    content: bytes

    def is_before(self, now: bytes | None) -> bool:
        return _digest(now) == self.before

    def is_after(self, now: bytes | None) -> bool:
        return now == self.content


def begin(root: Path, files: Mapping[str, tuple[bytes | None, bytes]]) -> None:
    entries = {
        path: {"before": _digest(before), "content": b64encode(content).decode()}
        for path, (before, content) in files.items()
    }
    put_whole(root / JOURNAL, json.dumps(entries).encode())


def pending(root: Path) -> Iterator[tuple[str, Pending]]:
    """The files that a killed writer may not have come to; what isn't a journal of ours holds none."""
    place = root / JOURNAL
    if not place.is_file() or place.is_symlink():
        return
    try:
        found = json.loads(place.read_bytes())
        entries = [(path, Pending(each["before"], b64decode(each["content"]))) for path, each in found.items()]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return
    if all(map(is_planning, found)):
        yield from entries


def end(root: Path) -> None:
    (root / JOURNAL).unlink(missing_ok=True)


def _digest(content: bytes | None) -> str | None:
    return None if content is None else hashlib.sha256(content).hexdigest()
