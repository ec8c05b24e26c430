"""Which commit brought a line; who made it is never asked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from sozplan.diagnostics import Location
from sozplan.repo.git import NO_ENVIRONMENT, run
from sozplan.repo.revision import RevisionTree
from sozplan.repo.tree import Tree

_LINE = re.compile(rb"([0-9a-f]{40,64}) \d+ (\d+)(?: \d+)?")


def commits_of(
    root: Path, commit: str, tree: Tree, places: Iterable[Location], environ: Mapping[str, str] = NO_ENVIRONMENT
) -> Mapping[Location, str | None]:
    """The commit of each place in the files of `tree`, up to the given one; None where it isn't committed yet."""
    wanted: dict[str, set[int]] = {}
    for place in places:
        wanted.setdefault(place.file, set()).add(place.line)
    found: dict[Location, str | None] = {}
    with RevisionTree(root, commit, environ) as committed:
        for file, lines in sorted(wanted.items()):
            then = _then(committed, tree, file, sorted(lines))
            blamed = _blame(root, commit, file, sorted(set(then.values())), environ)
            found |= {Location(file, line): blamed.get(then[line]) if line in then else None for line in lines}
    return {place: found[Location(place.file, place.line)] for place in places}


def _then(committed: RevisionTree, tree: Tree, file: str, lines: Iterable[int]) -> Mapping[int, int]:
    """Where the lines stand in the commit: at the same distance from an end of the file, else the only one like it."""
    if not any(entry.path == file for entry in committed.files()):
        return {}
    old, new = (_lines(each.read(file)) for each in (committed, tree))
    if old == new:
        return {line: line for line in lines}
    head, tail = _shared(old, new), _shared(old[::-1], new[::-1])
    found: dict[int, int] = {}
    for line in lines:
        text = new[line - 1] if line <= len(new) else None
        if line <= head:
            found[line] = line
        elif line > len(new) - tail:
            found[line] = line + len(old) - len(new)
        elif text is not None and old.count(text) == 1:
            found[line] = old.index(text) + 1
    return found


def _lines(content: bytes) -> list[bytes]:
    return content.replace(b"\r\n", b"\n").split(b"\n")


def _shared(one: list[bytes], other: list[bytes]) -> int:
    return next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _blame(root: Path, commit: str, file: str, lines: list[int], environ: Mapping[str, str]) -> Mapping[int, str]:
    if not lines:
        return {}
    ranges = [f"-L{line},{line}" for line in lines]
    output = run(
        root, "blame", "--porcelain", "--no-textconv", "--ignore-revs-file=", *ranges, commit, "--", file,
        environ=environ,
    )  # fmt: skip
    found = (_LINE.fullmatch(line) for line in output.splitlines())
    return {int(match[2]): match[1].decode() for match in found if match}
