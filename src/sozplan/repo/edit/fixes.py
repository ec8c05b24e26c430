"""Faults that have one right answer, and the answer."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final, get_args

from sozplan.diagnostics import Diagnostic
from sozplan.model.entity import Entity
from sozplan.repo import advice
from sozplan.repo.edit.blocks import Name, New
from sozplan.repo.edit.nodes import Branch, Leaf, Node, Path
from sozplan.repo.edit.page import Page
from sozplan.repo.edit.refusal import EditRefused
from sozplan.repo.load import kind_of
from sozplan.repo.scalars import number
from sozplan.repo.shape import bare, choices_of, element, field_of, keys_of, union

_LINE_END = re.compile("\r\n|\n|\r")
_DATED: Final[Mapping[str, str]] = {"milestones": "due", "stages": "date", "consultations": "date"}
"""Lists that stand in the order of their days."""


def mend(page: Page, faults: Iterable[Diagnostic]) -> None:
    """Puts right what can be, fault by fault; what can't be changed safely is left to people."""
    starts = [0, *(match.end() for match in _LINE_END.finditer(page.content))]
    leaves = dict(_leaves(page.root, ()))
    found: dict[Path, New] = {}
    rows: dict[Path, None] = {}
    for fault in faults:
        start = starts[min(fault.at.line, len(starts)) - 1] + fault.at.column - 1
        if start not in leaves:
            continue
        path, leaf = leaves[start]
        if fault.code.id == "time.order":
            rows |= dict.fromkeys(_row(path))
        elif (answer := _answer(page, path, leaf, fault.code.id)) is not None:
            found[path] = answer
    for path, answer in found.items():
        _try(page, path, answer)
    for path in rows:
        _sort(page, path)


def _leaves(node: Node, path: Path) -> Iterator[tuple[int, tuple[Path, Leaf]]]:
    if isinstance(node, Leaf):
        yield node.start, (path, node)
        return
    below = zip((key.text for key in node.keys), node.values, strict=True) if isinstance(node, Branch) else None
    for part, inner in below or enumerate(node.items):  # type: ignore[union-attr]
        yield from _leaves(inner, (*path, part))


def _answer(page: Page, path: Path, leaf: Leaf, code: str) -> New | None:
    match code:
        case "yaml.not-text" if not leaf.style and leaf.text:
            return leaf.text
        case "yaml.not-a-number" if (plain := advice.plain_number(leaf.text)) is not None:
            value = number(plain)
            return None if isinstance(value, str | None) else value
        case "yaml.not-a-date" if (day := advice.german_day(leaf.text)) is not None:
            return Name(day)
        case "yaml.not-a-period" if (year := advice.school_year(leaf.text)) is not None:
            return Name(year)
        case "yaml.not-a-term":
            return _term(page, path, leaf.text)
    return None


def _term(page: Page, path: Path, said: str) -> New | None:
    """The value whose German or English word it is, in full."""
    words = {word.casefold(): value for value, label in choices_of(_type_at(page, path)).items() for word in label}
    value = words.get(said.casefold())
    return None if value is None else value == "true" if value in ("true", "false") else Name(value)


def _type_at(page: Page, path: Path) -> Any:
    """The type of what stands at a path."""
    current: Any = kind_of(page.file)
    for number_of, part in enumerate(path):
        current = _one(current, page.value(path[:number_of]))
        if isinstance(part, str) and isinstance(current, type) and issubclass(current, Entity):
            field = field_of(current, part)
            current = field.annotation if field else None
        else:
            current = element(current)
    return current


def _one(annotation: Any, said: Any) -> Any:
    """Of several types the one that the section is by its kind or its keys."""
    members = union(annotation) if isinstance(said, dict) else ()
    if not members:
        return bare(annotation)
    classes = [get_args(member)[0] for member in members]
    return next((each for each in classes if _is_kind(each, said)), classes[0])


def _is_kind(cls: type[Entity], said: Mapping[str, Any]) -> bool:
    kind = field_of(cls, "kind")
    if kind is not None:
        return said.get("kind") in choices_of(kind.annotation)
    return set(said) <= set(keys_of(cls))


def _row(path: Path) -> Iterator[Path]:
    """The dated list that a day stands in."""
    for end in range(len(path) - 1, 0, -1):
        if path[end - 1] in _DATED and isinstance(path[end], int):
            yield path[:end]
            return


def _sort(page: Page, path: Path) -> None:
    days = [each.get(_DATED[str(path[-1])]) for each in page.value(path) or ()]
    if not all(isinstance(day, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", day) for day in days):
        return
    numbers = sorted(range(len(days)), key=lambda i: str(days[i]))
    try:
        page.sort(path, numbers)
    except EditRefused:
        return


def _try(page: Page, path: Path, answer: New) -> None:
    try:
        page.set_all({path: answer}, anew=True)
    except EditRefused:
        return
