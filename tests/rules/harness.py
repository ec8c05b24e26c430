"""Lays the excerpts of rule pages over the base example, and runs rules on what comes of it.

An excerpt is YAML in which a line `# plans/areas/hafen.yaml` starts a file;
its top-level keys stand instead of those of the base example, the others stay.
Rows of a CSV file stand instead of the base's rows of the same indicator, area and period; other files are replaced.
A line that ends in `# <- rule.id` is where the rule reports.

Pages of loader faults need files that such a line can't show. Behind the path there may stand
`(whole)`, what follows is all of the file; `(windows-1252)`, in that encoding; `(bytes)`, each `\\xNN` is a byte;
`(3 MB)`, filled up with comments to that length; `(FIFO)`; `(deleted)`; `(vanished)`, gone between listing and reading;
`-> target`, a symbolic link; `/`, a folder; `× 140000`, so many copies (made in thousandths, against as small a limit).
`«a/×40»`, in a path or a text, stands for forty times `a/`; `\\n` in it ends a line.
A mark on the line of the path means the first line of the file.
"""

from __future__ import annotations

import dataclasses
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import NamedTuple

from sozplan.diagnostics import Diagnostic
from sozplan.model.case import Case
from sozplan.repo.limits import LIMITS
from sozplan.repo.load import Loaded, load
from sozplan.repo.store.question import Scope
from sozplan.repo.tree import WorkTree
from sozplan.rules.rule import Rule, run

BASE = Path(__file__).parents[1] / "examples" / "base"
AS_OF = date(2026, 10, 1)

Files = Mapping[str, str]
_FILE = re.compile(
    r"# (?P<path>sozplan\.yaml|(?:plans|indicators|handbook)/(?:\S+(?:\.\w+|/))?)"
    r"(?: -> (?P<target>\S+)| \((?P<how>[^)]+)\)| × (?P<times>\d+))?(?:\s+# <- (?P<mark>\S+))?\s*$"
)
_REPEAT = re.compile(r"«([^»]*)×(\d+)»")
_KEY = re.compile(r"([a-z_0-9]+):(?:\s|$)", re.IGNORECASE)
_MARK = re.compile(r"\s+# <- (\S+)\s*$")


class Mark(NamedTuple):
    """Where a page says that a finding stands."""

    rule: str
    file: str
    line: int


def base() -> dict[str, str]:
    return {p.relative_to(BASE).as_posix(): p.read_text() for p in sorted(BASE.rglob("*")) if p.is_file()}


def overlay(files: Files, excerpt: str) -> dict[str, str]:
    """The files with the excerpt laid over them, marks included."""
    laid = dict(files)
    for path, content, how, *_ in chunks(excerpt):
        if path.endswith(".csv"):
            laid[path] = _rows(laid.get(path, ""), content)
        elif path.endswith(".yaml") and path in laid and how != "whole":
            laid[path] = _keys(laid[path], content)
        else:
            laid[path] = content
    return laid


def unmark(files: Files) -> tuple[dict[str, str], list[Mark]]:
    """The files without marks, and the marks."""
    plain, marks = {}, []
    for path, content in files.items():
        lines = content.splitlines(keepends=True)
        for i, line in enumerate(lines):
            if (found := _MARK.search(line)) is not None:
                marks.append(Mark(found[1], path, i + 1))
                lines[i] = line[: found.start()] + "\n"
        plain[path] = "".join(lines)
    return plain, marks


class Chunk(NamedTuple):
    """A file of an excerpt: how it is made, and the rule that its first line is marked with."""

    path: str
    content: str
    how: str | None
    target: str | None
    times: int
    mark: str | None


def chunks(excerpt: str) -> Iterator[Chunk]:
    head, lines = None, list[str]()
    for line in excerpt.splitlines(keepends=True):
        if (found := _FILE.match(line)) is not None:
            yield from _chunk(head, lines)
            head, lines = found, []
        elif head is None:
            raise AssertionError(f"the excerpt names no file before: {line!r}")
        else:
            lines.append(line)
    yield from _chunk(head, lines)


def _chunk(head: re.Match[str] | None, lines: list[str]) -> Iterator[Chunk]:
    if head is not None:
        content = _repeated("".join(lines))
        content = content if content.endswith("\n") or head["how"] == "whole" else content + "\n"
        path, times = _repeated(head["path"]), int(head["times"] or 1)
        yield Chunk(path, content, head["how"], head["target"], times, head["mark"])


def _repeated(content: str) -> str:
    return _REPEAT.sub(lambda found: found[1].replace("\\n", "\n") * int(found[2]), content)


def lay(root: Path, excerpt: str) -> tuple[list[Mark], list[Path]]:
    """Writes the base example with an excerpt over it, whatever it takes; the marks, and what is to vanish."""
    files, marks, vanishing = base(), list[Mark](), list[Path]()
    write(root, files)
    for chunk in chunks(excerpt):
        (content,), found = _unmarked(chunk, files)
        marks += found
        place = root / chunk.path
        if chunk.target is not None or chunk.how == "deleted":
            place.unlink(missing_ok=True)
        place.parent.mkdir(parents=True, exist_ok=True)
        if chunk.target is not None:
            place.symlink_to(chunk.target)
        elif chunk.how == "FIFO":
            os.mkfifo(place)
        elif chunk.path.endswith("/"):
            place.mkdir(exist_ok=True)
        elif chunk.how != "deleted":
            _copies(place, _bytes(content, chunk.how), chunk.times)
        if chunk.how == "vanished":
            vanishing.append(place)
    return marks, vanishing


def _unmarked(chunk: Chunk, files: Files) -> tuple[list[str], list[Mark]]:
    laid = {chunk.path: chunk.content}
    if chunk.how is None and chunk.times == 1:
        _, kind = chunk.path.rsplit(".", 1) if "." in chunk.path else ("", "")
        before = files.get(chunk.path)
        if before is not None and kind in ("yaml", "csv"):
            laid[chunk.path] = (_keys if kind == "yaml" else _rows)(before, chunk.content)
    plain, marks = unmark(laid)
    return list(plain.values()), marks + ([Mark(chunk.mark, chunk.path.rstrip("/"), 1)] if chunk.mark else [])


def _bytes(content: str, how: str | None) -> bytes:
    if how == "bytes":
        return re.sub(rb"\\x([0-9A-Fa-f]{2})", lambda found: bytes([int(found[1], 16)]), content.encode())
    if how is not None and how.endswith(" MB"):
        length = int(how.removesuffix(" MB")) * 1_000_000
        return content.encode() + b"#\n" * ((length - len(content.encode())) // 2 + 1)
    return content.encode(how if how is not None and how.startswith("windows") else "utf-8")


def _copies(place: Path, content: bytes, times: int) -> None:
    place.write_bytes(content)
    for i in range(1, times // THOUSANDTH):
        place.with_stem(f"{place.stem}-{i}").write_bytes(content)


THOUSANDTH = 1000


def read(root: Path, vanishing: Iterable[Path] = ()) -> Loaded:
    """The folder as the loader sees it, with the limit of files that fits an excerpt."""
    few = dataclasses.replace(LIMITS, files=LIMITS.files // THOUSANDTH)
    tree = WorkTree(root, few)
    tree.files()
    for place in vanishing:
        place.unlink()
    return load(tree, few, Scope.ALL)


def _keys(whole: str, part: str) -> str:
    blocks, new = _blocks(whole), _blocks(part)
    return "".join((blocks | new).values())


def _blocks(content: str) -> dict[str, str]:
    """The lines of each top-level key."""
    blocks: dict[str, str] = {}
    key = ""
    for line in content.splitlines(keepends=True):
        if (found := _KEY.match(line)) is not None:
            key = found[1]
        blocks[key] = blocks.get(key, "") + line
    return blocks


def _rows(whole: str, part: str) -> str:
    return "".join((_by_key(whole) | _by_key(part)).values())


def _by_key(content: str) -> dict[tuple[str, ...], str]:
    """The rows of each indicator, area and period; there can be several vintages."""
    rows: dict[tuple[str, ...], str] = {}
    for line in content.splitlines(keepends=True):
        rows[_row_key(line)] = rows.get(_row_key(line), "") + line
    return rows


def _row_key(line: str) -> tuple[str, ...]:
    return tuple(line.split(";")[:3])


def write(root: Path, files: Files) -> Path:
    for path, content in files.items():
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(content)
    return root


def case_of(root: Path, as_of: date = AS_OF) -> tuple[Case, tuple[Diagnostic, ...]]:
    """The case of a folder, and what reading it found."""
    loaded = load(WorkTree(root))
    return Case(loaded.plan, loaded.figures, as_of, loaded.documents), loaded.diagnostics


def findings(root: Path, rules: Iterable[Rule], excerpt: str = "", as_of: date = AS_OF) -> list[Diagnostic]:
    """What the rules find in the base example with the excerpt over it; it must be readable."""
    files, _ = unmark(overlay(base(), excerpt) if excerpt else base())
    case, unread = case_of(write(root, files), as_of)
    assert not unread, [f"{d.at} {d.code.id}: {d.say('de')}" for d in unread]
    return sorted(run(case, rules), key=lambda d: d.order)


def said(found: Iterable[Diagnostic], lang: str = "de") -> list[str]:
    """The findings as `check` prints them, without severity."""
    return [f"{d.at.file}:{d.at.line}: {d.code.id} {d.say('en' if lang == 'en' else 'de')}" for d in found]
