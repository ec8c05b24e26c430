"""What a page of the documentation tells people to do, in its order: commands, changes of files, cells to fill."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_FENCE = re.compile(
    r"^(?P<indent> *)(?:<!-- (?P<note>[^\n]+?) -->\n+ *)?```(?P<language>\w+)\n(?P<content>.*?)^ *```$"
    r"|^<!-- (?P<sheet>[\w./-]+\.xlsx) -->\n\n(?P<table>(?:\|[^\n]*\n)+)",
    re.MULTILINE | re.DOTALL,
)
_SAMPLE = re.compile(r"(?P<path>[\w./-]+)(?:: (?P<where>\w+))?")
_CLOCK = re.compile(r"\[\d\d:\d\d:\d\d\]")
_ENDS = re.compile(r"ends with (\d)")


@dataclass(frozen=True, slots=True)
class Call:
    """A line behind `$`, what the page shows below it, and the exit code that the page announces."""

    command: str
    shown: str
    code: int
    line: int


@dataclass(frozen=True, slots=True)
class Sample:
    """What to put into a file: below a top-level key, at its end, in place of lines, or as the whole file."""

    path: str
    where: str
    language: str
    content: str


@dataclass(frozen=True, slots=True)
class Filling:
    """Cells of a workbook: the row by what stands in its first column, the column by its heading."""

    path: str
    cells: tuple[tuple[str, str, str], ...]


Step = Call | Sample | Filling


def steps(page: Path) -> Iterator[Step]:
    """All that is to be done; a comment before a block names its file, or the exit code of its last command."""
    text = page.read_text(encoding="utf-8")
    for found in _FENCE.finditer(text):
        note, line = found["note"] or "", text.count("\n", 0, found.start("content")) + 1
        if found["sheet"]:
            rows = [tuple(cell.strip(" `") for cell in row.split("|")[1:-1]) for row in found["table"].splitlines()]
            yield Filling(found["sheet"], tuple((row[0], row[1], row[2]) for row in rows[2:]))
        elif found["language"] == "console":
            ends = _ENDS.fullmatch(note)
            yield from _calls(_dedent(found["content"], found["indent"]), line, int(ends[1]) if ends else 0)
        elif sample := _SAMPLE.fullmatch(note):
            content = _dedent(found["content"], found["indent"])
            yield Sample(sample["path"], sample["where"] or "", found["language"], content)


def _dedent(content: str, indent: str) -> str:
    return "".join(line.removeprefix(indent) for line in content.splitlines(keepends=True))


def _calls(block: str, line: int, code: int) -> Iterator[Call]:
    parts = re.split(r"^\$ (.*)$\n?", block, flags=re.MULTILINE)
    assert not parts[0], f"line {line}: a block begins with a command"
    commands = list(zip(parts[1::2], parts[2::2], strict=True))
    for i, (command, shown) in enumerate(commands):
        yield Call(command, shown, code if i == len(commands) - 1 else 0, line)


def samples(page: Path) -> Iterator[Sample]:
    yield from (step for step in steps(page) if isinstance(step, Sample))


def put(root: Path, sample: Sample) -> None:
    """Changes the file as the page says."""
    place = root / sample.path
    old = place.read_text(encoding="utf-8") if place.exists() else ""
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(_changed(old, sample), encoding="utf-8")


def _changed(old: str, sample: Sample) -> str:
    if sample.language == "diff":
        return _patched(old, sample)
    if sample.where in ("", "rows"):
        assert bool(old) == bool(sample.where), f"{sample.path}: is it there already?"
        return old + sample.content
    if sample.where == "whole":
        assert old, f"{sample.path} is to be replaced, and isn't there"
        return sample.content
    head, key, tail = old.partition(f"{sample.where}:\n")
    assert key, f"{sample.path} has no {sample.where}"
    return head + key + sample.content + tail


def _patched(old: str, sample: Sample) -> str:
    """Each run of lines with - and + takes the place of what it names, which must be there once."""
    lines = sample.content.splitlines(keepends=True)
    assert all(line[0] in "-+ " for line in lines), sample
    before = "".join(line[1:] for line in lines if line[0] in "- ")
    after = "".join(line[1:] for line in lines if line[0] in "+ ")
    assert old.count(before) == 1, f"{sample.path} has {old.count(before)} times:\n{before}"
    return old.replace(before, after)


def agrees(said: str, shown: str) -> bool:
    """Whether a page shows what was said; … stands for what it leaves out, in a line or as a line of its own.

    Which blank it is can't be seen, and what the clock says is another time every time.
    """
    said, shown = (_CLOCK.sub("[12:00:00]", re.sub("[\u00a0\u202f]", " ", each)) for each in (said, shown))
    pattern = "".join(
        ".*" if line.strip() == "…" else re.escape(line).replace("…", "[^\n]*") + "\n" for line in shown.splitlines()
    )
    return re.fullmatch(pattern, said if said.endswith("\n") else f"{said}\n", re.DOTALL) is not None
