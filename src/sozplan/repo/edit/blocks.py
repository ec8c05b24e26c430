"""How new entries are written: short ones on one line, long ones a key a line, as people write them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, TypeAlias

from sozplan.repo.edit.spelling import WIDTH, Context, Value, fresh

New: TypeAlias = "Value | Sequence[New] | Mapping[str, New]"

_SHORT: Final = 4
"""So many keys go on one line."""


class Name(str):
    """A text that is an id, a day, a term: nobody reads it as a sentence."""

    __slots__ = ()


class Entry(dict[str, "New"]):
    """A section that gets a line for each key, however short it is."""

    __slots__ = ()


def plain_of(new: New) -> object:
    """What YAML reads of it."""
    if isinstance(new, Mapping):
        return {key: plain_of(value) for key, value in new.items()}
    if isinstance(new, str):
        return str(new)
    return [plain_of(each) for each in new] if isinstance(new, Sequence) else new


def entry(key: str, new: New, indent: int) -> Iterator[str]:
    """The lines of a key with its value; the first begins with the key, the others are indented whole."""
    on_line = _inline(new, indent, len(key) + 2)
    if on_line is not None:
        first, *rest = f"{key}: {on_line}".split("\n")
        yield first
        yield from rest
    elif isinstance(new, Mapping):
        yield f"{key}:"
        yield from _indented(mapping(new, indent + 2), indent + 2)
    elif isinstance(new, Sequence):
        yield f"{key}:"
        for each in new:
            yield from _indented(item(each, indent + 2), indent + 2)


def mapping(new: Mapping[str, New], indent: int) -> Iterator[str]:
    """The lines of a block of keys; only the first is not indented."""
    for number, (key, value) in enumerate(new.items()):
        first, *rest = entry(key, value, indent)
        yield first if number == 0 else " " * indent + first
        yield from rest


def item(new: New, indent: int) -> Iterator[str]:
    """The lines of an item of a list whose dashes stand at `indent`; only the first is not indented."""
    on_line = _inline(new, indent, 2)
    if on_line is not None:
        yield from f"- {on_line}".split("\n")
    elif isinstance(new, Mapping):
        first, *rest = mapping(new, indent + 2)
        yield f"- {first}"
        yield from rest


def _indented(lines: Iterator[str], indent: int) -> Iterator[str]:
    yield " " * indent + next(lines)
    yield from lines


def flow(new: New) -> str:
    """On one line, between brackets."""
    if isinstance(new, Mapping):
        return "{" + ", ".join(f"{key}: {flow(value)}" for key, value in new.items()) + "}"
    if isinstance(new, Sequence) and not isinstance(new, str):
        return "[" + ", ".join(map(flow, new)) + "]"
    return fresh(_value(new), Context(flow=True, indent=0), is_name=isinstance(new, Name))


def _inline(new: New, indent: int, used: int) -> str | None:
    """What stands on the line of its key, if it fits there; a long text goes on below."""
    if isinstance(new, Mapping | Sequence) and not isinstance(new, str):
        if not new:
            return flow(new)
        if isinstance(new, Entry) or any(
            _is_long(each) for each in (new.values() if isinstance(new, Mapping) else new)
        ):
            return None
        text = flow(new)
        fits = indent + used + len(text) <= WIDTH and (not isinstance(new, Mapping) or len(new) <= _SHORT)
        return text if fits else None
    room = WIDTH - indent - used
    return fresh(_value(new), Context(flow=False, indent=indent), room, is_name=isinstance(new, Name))


def _is_long(new: New) -> bool:
    """What isn't put between brackets: sections, lists of sections, and sentences."""
    if isinstance(new, Mapping | list | tuple):
        return True
    return isinstance(new, str) and not isinstance(new, Name) and len(new) > WIDTH // 2


def _value(new: New) -> Value:
    return str(new) if isinstance(new, str) else new  # type: ignore[return-value]
