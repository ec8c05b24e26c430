"""Faults of every kind for every file of a repository, each with the line on which it was made."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import accumulate, pairwise
from typing import Any

import yaml

from sozplan.model.entity import ORIGIN_KEY, Entity, Items, Origin, mark_of, walk
from tests import faults
from tests.faults import Slip


@dataclass(frozen=True)
class Source:
    """A file as it was before: its text and, of a planning file, what was read from it."""

    file: str
    text: str
    root: Entity | None = None

    @property
    def entity(self) -> Entity:
        assert self.root is not None, self.file
        return self.root


@dataclass(frozen=True)
class Injection:
    """A file with one fault in it; a finding has to say so whose code begins like one of `codes`."""

    kind: str
    source: Source
    start: int
    end: int
    written: str | bytes
    line: int
    codes: tuple[str, ...]

    @property
    def content(self) -> bytes:
        written = self.written if isinstance(self.written, bytes) else self.written.encode()
        text = self.source.text
        return text[: self.start].encode() + written + text[self.end :].encode()

    def __str__(self) -> str:
        before = self.source.text[self.start : self.end]
        return f"{self.source.file}:{self.line} {self.kind}: {before[:60]!r} → {self.written[:60]!r}"


Maker = Callable[[Source], Iterator[Injection]]

READING = ("yaml.", "file.")


def mistyped_keys(source: Source) -> Iterator[Injection]:
    for slip in faults.mistyped_keys(source.text):
        yield _slipped("key mistyped", source, slip, "yaml.unknown-key")


def deleted_keys(source: Source) -> Iterator[Injection]:
    for slip in faults.deleted_keys(source.text, source.entity):
        yield _slipped("key deleted", source, slip, "yaml.missing-key")


def renamed_keys(source: Source) -> Iterator[Injection]:
    """A required key under the name of another that its mapping may have, and a key under its neighbour's name."""
    classes = {_mark(each.origin): type(each) for each in walk(source.entity)}
    for mapping in faults.mappings(source.text):
        cls = classes.get(_mark(mapping.start_mark))
        if cls is not None:
            yield from _renamed(source, [key for key, _ in mapping.value], cls)


def _renamed(source: Source, keys: list[yaml.Node], cls: type[Entity]) -> Iterator[Injection]:
    fields = {field.alias or name: field for name, field in cls.model_fields.items()}
    free = sorted(fields.keys() - {key.value for key in keys} - {ORIGIN_KEY})
    for i, key in enumerate(keys):
        if free and fields[key.value].is_required():
            yield _replaced("key renamed", source, key, free[i % len(free)], "yaml.")
    for before, key in pairwise(keys):
        yield _replaced("key doubled", source, key, before.value, "yaml.duplicate-key")


def broken_references(source: Source) -> Iterator[Injection]:
    for slip in faults.broken_references(source.text, source.entity):
        yield _slipped("reference broken", source, slip, "ref.unknown")


def doubled_ids(source: Source) -> Iterator[Injection]:
    """Each id but the first is that of the one before it."""
    found = sorted((v for k, v in faults.pairs(source.text) if k.value == "id"), key=lambda node: node.start_mark.index)
    for before, node in pairwise(found):
        yield _replaced("id doubled", source, node, before.value, "ref.duplicate-id")


SPANS = (("from", "to"), ("valid_from", "valid_to"), ("opens", "closes"), ("date", "end"))


def swapped_dates(source: Source) -> Iterator[Injection]:
    """Beginning and end of a term in each other's place."""
    for mapping in faults.mappings(source.text):
        values = {key.value: value for key, value in mapping.value}
        for first, last in SPANS:
            if first in values and last in values and values[first].value < values[last].value:
                a, b = values[first], values[last]
                between = source.text[a.end_mark.index : b.start_mark.index]
                written = f"{b.value}{between}{a.value}"
                at = a.start_mark.index, b.end_mark.index
                yield Injection("dates swapped", source, *at, written, _line(a), ("time.order",))


def numbers_as_text(source: Source) -> Iterator[Injection]:
    """Amounts, years and counts as people write them in a letter."""
    for node, _, _ in _numbers(source):
        for written in (f'"{node.value}"', f"'{node.value} €'", f"rund {node.value}", f'"{node.value},00"', "n. b."):
            yield _replaced("number as text", source, node, written, *READING)


def grouped_thousands(source: Source) -> Iterator[Injection]:
    """Whole numbers and euro with a point before the last three digits."""
    for node, value, is_counted in _numbers(source):
        if value >= 1000 and value == int(value) and "." not in node.value and is_counted:
            written = f"{int(value):,}".replace(",", ".")
            yield _replaced("thousands grouped", source, node, written, *READING)


def unquoted_keys(source: Source) -> Iterator[Injection]:
    """Official keys and versions that lost their quotation marks, and with them their leading zero."""
    for node in faults.by_start(source.text).values():
        if node.style in ("'", '"') and re.fullmatch(r"\d+(\.\d+)?", node.value):
            yield _replaced("text as number", source, node, node.value, *READING)


def _numbers(source: Source) -> Iterator[tuple[yaml.Node, Decimal, bool]]:
    starts = faults.by_start(source.text)
    for entity in walk(source.entity):
        for name, field in type(entity).model_fields.items():
            key, value = field.alias or name, getattr(entity, name)
            if isinstance(value, int | Decimal) and not isinstance(value, bool) and key in entity.origin.values:
                node = starts[_mark(entity.origin.values[key])]
                yield node, Decimal(value), faults.is_counted(type(entity), name)


HOSTILE: Mapping[str, tuple[str | bytes, tuple[str, ...]]] = {
    "anchor": ("{}zzz: &a x\n", ("yaml.alias",)),
    "alias": ("{}zzz: *a\n", ("yaml.alias",)),
    "bomb": ("{}zzz: [&a [&b [x, x], *b, *b, *b, *b], *a, *a, *a, *a]\n", ("yaml.alias",)),
    "merge": ("{}<<: {{a: 1}}\n", READING),
    "tag": ("{}zzz: !!python/object/apply:os.system ['touch sprung']\n", ("yaml.tag",)),
    "own tag": ("{}zzz: !x y\n", ("yaml.tag",)),
    "binary": ("{}zzz: !!binary aGFsbG8=\n", ("yaml.tag",)),
    "second document": ("---\na: 1\n", READING),
    "end of document": ("...\n", READING),
    "directive": ("%YAML 1.1\n---\n", READING),
    "NUL": ("{}zzz: \0\n", ("file.control-character",)),
    "escape sequence": ("{}zzz: \x1b[2J\n", ("file.control-character",)),
    "not UTF-8": (b"# caf\xe9\n", ("file.not-utf8",)),
    "deep list": ("{}zzz: " + "[" * 3000 + "]" * 3000 + "\n", ("yaml.too-deep",)),
    "deep mapping": ("{}zzz: " + "{{a: " * 300 + "1" + "}}" * 300 + "\n", ("yaml.too-deep",)),
    "deep dashes": ("{0}zzz:\n{0}  " + "- " * 200 + "x\n", ("yaml.too-deep",)),
    "list as key": ("{0}? [a, b]\n{0}: c\n", READING),
    "null as key": ("{}~: c\n", READING),
    "number as key": ("{}1: c\n", READING),
    "endless number": ("{}zzz: .inf\n", ("yaml.number",)),
    "long number": ("{}zzz: " + "9" * 5000 + "\n", ("yaml.number",)),
    "great power": ("{}zzz: 1e999999999\n", ("yaml.number",)),
    "reserved key": ('{}"@": x\n', ("yaml.reserved-key",)),
    "invisible character": ("{}ti\u200btle: x\n", ("yaml.invisible-character",)),
    "tab": ("{}\tzzz: x\n", ("yaml.tab",)),
    "no-break space": ("{}\u00a0zzz: x\n", READING),
    "conflict": ("<<<<<<< HEAD\n", ("file.conflict-marker",)),
    "quote left open": ('{}zzz: "x\n', READING),
    "bracket left open": ("{}zzz: [x\n", READING),
}
"""Lines that stand before a key of the file, indented like it."""


def hostile(source: Source) -> Iterator[Injection]:
    lines = source.text.splitlines(keepends=True)
    for key, _ in faults.pairs(source.text):
        indent = lines[key.start_mark.line][: key.start_mark.column]
        if not indent.strip():
            at = key.start_mark.index - key.start_mark.column
            for name, (line, codes) in HOSTILE.items():
                written = line.format(indent) if isinstance(line, str) else line
                yield Injection(f"hostile: {name}", source, at, at, written, _line(key), codes)


def truncated(source: Source) -> Iterator[Injection]:
    """Cut off within a key, so that it can't be a whole shorter file."""
    for key, _ in faults.pairs(source.text):
        cut = key.start_mark.index + max(1, len(key.value) // 2)
        yield Injection("truncated", source, cut, len(source.text), "", _line(key), READING)


PLANNING: tuple[Maker, ...] = (
    mistyped_keys,
    deleted_keys,
    renamed_keys,
    broken_references,
    doubled_ids,
    swapped_dates,
    numbers_as_text,
    grouped_thousands,
    unquoted_keys,
    hostile,
    truncated,
)

Change = Callable[[str], str]

CELLS: Mapping[str, tuple[str, Change, tuple[str, ...]]] = {
    "zero lost": ("area", lambda was: was.lstrip("0"), ("ind.key-malformed",)),
    "key as decimal": ("area", lambda was: f"{was},0", ("ind.key-malformed", "ref.unit-unknown")),
    "key unknown": ("area", lambda _: "9999", ("ref.unit-unknown",)),
    "key empty": ("area", lambda _: "", ("ind.key-malformed",)),
    "indicator mistyped": ("indicator", lambda was: f"{was}q", ("csv.indicator-unknown",)),
    "day as period": ("period", lambda _: "31.12.2024", ("csv.period",)),
    "letter in the year": ("period", lambda was: f"{was[:2]}O{was[3:]}", ("csv.period",)),
    "numerator in words": ("numerator", lambda _: "k. A.", ("csv.number",)),
    "not a number": ("numerator", lambda _: "nan", ("csv.number",)),
    "negative count": ("numerator", lambda was: f"-{was.strip('0') or 1}", ("csv.out-of-range",)),
    "half a case": ("numerator", lambda was: f"{was or 1},5", ("csv.out-of-range",)),
    "thousands grouped": ("denominator", lambda _: "1.234", ("csv.decimal-sign", "csv.number")),
    "value with point": ("value", lambda was: (was or "1,5").replace(",", "."), ("csv.decimal-sign",)),
    "value with unit": ("value", lambda was: f"{was or 1} %", ("csv.number",)),
    "endless value": ("value", lambda _: "inf", ("csv.number",)),
    "sign unknown": ("sign", lambda _: "?", ("ind.sign-unknown",)),
    "sign for zero": ("sign", lambda _: "–", ("csv.out-of-range",)),
    "status in German": ("status", lambda _: "endgültig", ("csv.status",)),
    "vintage in German": ("vintage", lambda _: "27.02.2016", ("csv.vintage",)),
    "no such day": ("vintage", lambda _: "2024-02-30", ("csv.vintage",)),
    "quote left open": ("indicator", lambda was: f'"{was}', ("csv.quote-open",)),
    "one field more": ("vintage", lambda was: f"{was};x", ("csv.ragged",)),
    "control character": ("status", lambda was: f"{was}\0", ("file.control-character", "csv.")),
}


def rows(source: Source) -> Iterator[Injection]:
    """Each fault in a cell where it changes something, and those of whole rows, at rows spread over the table."""
    head, *lines = source.text.splitlines(keepends=True)
    labels = head.strip().split(";")
    ends = list(accumulate((len(line) for line in lines), initial=len(head)))
    for i, line in list(enumerate(lines, start=2))[::SPREAD]:
        at = ends[i - 2]
        cells = line.rstrip("\n").split(";")
        for name, (label, change, codes) in CELLS.items():
            column = labels.index(label)
            written = ";".join([*cells[:column], change(cells[column]), *cells[column + 1 :]]) + "\n"
            if written != line and not (name in _AMOUNTS and cells[labels.index("value")] in ("", "0")):
                yield Injection(f"table: {name}", source, at, at + len(line), written, i, codes)
        yield Injection("table: row doubled", source, at, at, line, i + 1, ("ind.duplicate-value",))
        yield Injection(
            "table: other delimiter", source, at, at + len(line), ",".join(cells) + "\n", i, ("csv.ragged",)
        )
        half = at + len(cells[0]) + 3
        yield Injection("table: truncated", source, half, len(source.text), "", i, ("csv.ragged",))
        yield Injection("table: not UTF-8", source, at, at, b"caf\xe9;;;;;;;;\n", i, ("csv.encoding", "file.not-utf8"))


SPREAD = 13
_AMOUNTS = ("sign for zero", "value with point")
"""Changes that mean nothing where there is no value."""


def links(source: Source) -> Iterator[Injection]:
    """References in running text that lead nowhere, and what no text should hold."""
    for match in re.finditer(r"\[\[[^\]]+\]\]", source.text):
        line = source.text.count("\n", 0, match.start()) + 1
        yield Injection("text: link broken", source, *match.span(), "[[nirgends]]", line, ("hb.out-of-sync",))
    for match in re.finditer(r"(?m)^\S", source.text):
        at, line = match.start(), source.text.count("\n", 0, match.start()) + 1
        yield Injection("text: NUL", source, at, at, "\0", line, ("file.control-character",))
        yield Injection("text: not UTF-8", source, at, at, b"\xe9", line, ("file.not-utf8",))


def makers(source: Source) -> tuple[Maker, ...]:
    return PLANNING if source.root is not None else (rows,) if source.file.endswith(".csv") else (links,)


def _line(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 1


def _mark(node: Any) -> tuple[int, int]:
    mark = mark_of(node) if isinstance(node, Origin | Items) else node
    return mark.line, mark.column


def _replaced(kind: str, source: Source, node: yaml.Node, written: str, *codes: str) -> Injection:
    return Injection(kind, source, node.start_mark.index, node.end_mark.index, written, _line(node), codes)


def _slipped(kind: str, source: Source, slip: Slip, *codes: str) -> Injection:
    return Injection(kind, source, 0, len(source.text), slip.text, slip.line, codes)
