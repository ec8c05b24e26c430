"""Lays the excerpts of rule pages over the base example, and runs rules on what comes of it.

An excerpt is YAML in which a line `# plans/areas/hafen.yaml` starts a file;
its top-level keys stand instead of those of the base example, the others stay.
Rows of a CSV file stand instead of the base's rows of the same indicator, area and period; other files are replaced.
A line that ends in `# <- rule.id` is where the rule reports.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import NamedTuple

from sozplan.diagnostics import Diagnostic
from sozplan.model.case import Case
from sozplan.repo.load import load
from sozplan.repo.tree import WorkTree
from sozplan.rules.rule import Rule, run

BASE = Path(__file__).parents[1] / "examples" / "base"
AS_OF = date(2026, 10, 1)

Files = Mapping[str, str]
_FILE = re.compile(r"# (sozplan\.yaml|(?:plans|indicators|handbook)/\S+\.\w+)\s*$")
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
    for path, content in _chunks(excerpt).items():
        if path.endswith(".csv"):
            laid[path] = _rows(laid.get(path, ""), content)
        elif path.endswith(".yaml") and path in laid:
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


def _chunks(excerpt: str) -> dict[str, str]:
    chunks: dict[str, str] = {}
    path = None
    for line in excerpt.splitlines(keepends=True):
        if (found := _FILE.match(line)) is not None:
            path = found[1]
            chunks[path] = ""
        elif path is None:
            raise AssertionError(f"the excerpt names no file before: {line!r}")
        else:
            chunks[path] += line
    return {path: content if content.endswith("\n") else content + "\n" for path, content in chunks.items()}


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
