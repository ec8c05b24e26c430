"""How a value is written so that it is read as that value, and as it was written before where that is possible."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any, Final, NamedTuple

from sozplan.model.entity import ORIGIN_KEY
from sozplan.repo import yaml

Value = str | int | Decimal | bool
WIDTH: Final = 120
"""Columns, beyond which new texts are wrapped."""

_DOUBTFUL = re.compile(r"(?i:y|n|yes|no|on|off|true|false|null|~)|[-+.\d][-+.,:/\d_eE]*")
"""Texts that some program or reader takes for a number, a time or an answer."""


class Context(NamedTuple):
    """Where a value stands: between brackets or not, and how far its line is indented."""

    flow: bool
    indent: int


def spelt(value: Value, context: Context, written: str, before: str) -> str:
    """The text of a value in place of one that says `before` and is written in that way.

    Quotes and blocks that the old value didn't need were somebody's wish and stay; those that it needed go with it.
    So whatever is set and set back is as it was.
    """
    if not isinstance(value, str):
        return plain(value)
    style = _style_of(written)
    wished: tuple[str, ...] = ()
    if style != _style_of(_natural(before, context)):
        wished = (*_kept_lines(value, before, written), *_in_style(value, context, style))
    return _first(wished, _natural_ways(value, context), value, context)


def fresh(value: Value, context: Context, room: int = WIDTH, *, is_name: bool = False) -> str:
    """The text of a value where none was; names (ids, days, terms) are written without quotes where they can be."""
    if not isinstance(value, str):
        return plain(value)
    ways: list[str] = []
    if not context.flow and (len(value) > room or "\n" in value):
        ways += _in_style(value, context, ">")
    if is_name or not _DOUBTFUL.fullmatch(value):
        ways.append(value)
    return _first(ways, (json.dumps(value, ensure_ascii=False),), value, context)


def plain(value: Value) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return format(value, "f") if isinstance(value, Decimal) else str(value)


def reads(text: str, value: object, context: Context) -> bool:
    """Whether this text is read as exactly that value in such a place."""
    if context.flow:
        document, path = f"x: {{k: {text}}}\n", ["x", "k"]
    elif context.indent:
        document, path = f"x:\n{' ' * context.indent}k: {text}\n", ["x", "k"]
    else:
        document, path = f"k: {text}\n", ["k"]
    said: Any = yaml.read(document.encode(), "").value
    for key in path:
        if not isinstance(said, dict) or said.keys() != {ORIGIN_KEY, key}:
            return False
        said = said[key]
    return type(said) is type(value) and bool(said == value)


def _first(wished: Iterable[str], ways: Iterable[str], value: Value, context: Context) -> str:
    for text in (*wished, *ways):
        if reads(text, value, context):
            return text
    return json.dumps(value, ensure_ascii=True)


def _natural_ways(value: str, context: Context) -> Iterator[str]:
    """Without quotes, else between single ones, which nobody writes by hand here, else in a block or with escapes."""
    yield value
    if "\n" in value and not context.flow:
        yield from _in_style(value, context, "|")
    broken = value.replace("'", "''").replace("\n", "\n\n" + " " * (context.indent + 2))
    yield f"'{broken}'"
    yield json.dumps(value, ensure_ascii=False)


def _natural(value: str, context: Context) -> str:
    return next((text for text in _natural_ways(value, context) if reads(text, value, context)), '"')


def _style_of(text: str) -> str:
    return text[:1] if text[:1] in ("'", '"', "|", ">") else ""


def _in_style(value: str, context: Context, style: str) -> Iterator[str]:
    match style:
        case '"':
            yield json.dumps(value, ensure_ascii=False)
        case "'":
            yield "'" + value.replace("'", "''") + "'"
        case "|" | ">" if not context.flow and value.strip():
            yield _block(value, context.indent + 2, style)
        case "":
            yield value


def _block(value: str, indent: int, style: str) -> str:
    chomp = "" if value.endswith("\n") else "-"
    chomp = f"2{chomp}" if value.startswith(" ") else chomp
    body = value.removesuffix("\n")
    lines = body.split("\n") if style == "|" else [*_folded(body, WIDTH - indent)]
    return "\n".join([f"{style}{chomp}", *(f"{' ' * indent}{line}" if line else "" for line in lines)])


def _kept_lines(value: str, before: str, written: str) -> Iterator[str]:
    """A folded text, in which the lines at its beginning and end stay whose words stay."""
    head, *lines = written.split("\n")
    if not head.startswith(">") or "\n" in value.strip() or "\n" in before.strip() or not lines:
        return
    margin = len(lines[0]) - len(lines[0].lstrip())
    words, rows = value.split(), [line.split() for line in lines]
    first = _agreeing(words, rows)
    last = min(_agreeing(words[::-1], [row[::-1] for row in reversed(rows)]), len(rows) - first)
    inner = words[sum(map(len, rows[:first])) : len(words) - sum(map(len, rows[len(rows) - last :]))]
    middle = [" " * margin + line for line in _folded(" ".join(inner), WIDTH - margin) if line]
    yield "\n".join([head, *lines[:first], *middle, *lines[len(lines) - last :]])


def _agreeing(words: list[str], rows: list[list[str]]) -> int:
    """How many rows in turn are the words in turn."""
    done = 0
    for number, row in enumerate(rows):
        if words[done : done + len(row)] != row:
            return number
        done += len(row)
    return len(rows)


def _folded(text: str, width: int) -> Iterator[str]:
    """The lines of a folded text; an empty one stands for each line end of its own.

    The numbered points of a resolution begin lines, as everybody writes them.
    """
    for number, paragraph in enumerate(text.split("\n")):
        if number:
            yield ""
        line, *words = paragraph.split(" ")
        point = 2 if paragraph.startswith("1. ") else 0
        for word in words:
            begins = point > 0 and word == f"{point}."
            if line.strip() and (begins or len(line) + 1 + len(word) > width):
                yield line
                line = word
            else:
                line = f"{line} {word}"
            point += begins
        yield line


def same(one: Any, other: Any) -> bool:
    """Whether two values of YAML say the same, kind by kind: a text is no number, a number may be written otherwise."""
    if isinstance(one, dict) and isinstance(other, dict):
        return list(one) == list(other) and all(same(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    numbers = (int, Decimal)
    if (
        isinstance(one, bool)
        or isinstance(other, bool)
        or not (isinstance(one, numbers) and isinstance(other, numbers))
    ):
        return type(one) is type(other) and bool(one == other)
    return one == other
