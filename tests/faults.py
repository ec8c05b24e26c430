"""Every small mistake that can be made in a planning file, made one at a time in its text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import yaml

from sozplan.model.entity import ORIGIN_KEY, Entity, Origin, money_fields, references, walk
from sozplan.repo import yaml as reader
from sozplan.repo.scalars import resolve


@dataclass(frozen=True)
class Slip:
    """A file's text with one mistake in it, and the line on which it was made."""

    text: str
    line: int
    what: str


FREE = ("constraints", "financing", "fields", "keys")
"""Below these any key may stand."""


def mistyped_keys(text: str) -> Iterator[Slip]:
    root = _compose(text)
    free = {
        id(key)
        for mapping in _mappings(root)
        for under, value in mapping.value
        if under.value in FREE and isinstance(value, yaml.MappingNode)
        for key, _ in value.value
    }
    for key in (key for key in _keys(root) if id(key) not in free):
        end = key.end_mark.index
        inside = end - 1 if text[end - 1] in "'\"" else end
        yield Slip(text[:inside] + "q" + text[inside:], _line(key), f"{key.value}q")


def deleted_keys(text: str, entity: Entity) -> Iterator[Slip]:
    """Each required key with its value, as an editor would cut it out."""
    required = {
        (each.origin.mark.line, each.origin.mark.column, field.alias or name)
        for each in walk(entity)
        for name, field in type(each).model_fields.items()
        if field.is_required() and (field.alias or name) != ORIGIN_KEY
    }
    for mapping in _mappings(_compose(text)):
        mark = mapping.start_mark
        for i, (key, value) in enumerate(mapping.value):
            if (mark.line, mark.column, key.value) in required and len(mapping.value) > 1:
                yield Slip(_without(text, mapping, i), _line(key), f"{key.value} {value.start_mark.line}")


def broken_references(text: str, entity: Entity) -> Iterator[Slip]:
    """Each reference once with an id that nothing has; those of mappings with free keys are the key."""
    starts = {(node.start_mark.line, node.start_mark.column): node for node in _scalars(_compose(text))}
    for each in walk(entity):
        for reference in references(each):
            mark = _mark(each.origin, reference.path)
            node = starts[mark]
            if node.value == reference.target:
                start, end = node.start_mark.index, node.end_mark.index
                yield Slip(f"{text[:start]}nirgends{text[end:]}", mark[0] + 1, reference.target)


def _mark(origin: Origin, path: tuple[str | int, ...]) -> tuple[int, int]:
    node: Any = origin
    for part in path:
        if isinstance(node, Origin):
            found, key = node.values[str(part)], node.keys[str(part)]
            node = key if part == path[-1] and len(path) == 2 and not isinstance(found, Origin) else found
        else:
            node = node.items[part]
    mark = getattr(node, "mark", node)
    return mark.line, mark.column


def reordered(text: str) -> str:
    """The same content with the keys of every mapping in the opposite order."""
    return yaml.dump(_reversed(reader.read(text.encode(), "x.yaml").value), Dumper=_Plain, sort_keys=False)


def requoted(text: str) -> str:
    """The same content with every plain text in single quotes."""
    for node in sorted(_scalars(_compose(text)), key=lambda n: -n.start_mark.index):
        if node.style is None and node.tag.endswith(":str") and isinstance(resolve(node.value), str) and node.value:
            start, end = node.start_mark.index, node.end_mark.index
            text = text[:start] + "'" + node.value.replace("'", "''") + "'" + text[end:]
    return text


def commented(text: str) -> str:
    """A comment before every line that starts a key or an item, and behind the first."""
    lines = text.splitlines(keepends=True)
    starts = {key.start_mark.line for key in _keys(_compose(text))}
    return "# Stand: geprüft\n" + "".join(
        f"# Zeile {i}\n{line}" if i in starts else line for i, line in enumerate(lines)
    )


def rewritten(text: str, quotes: str, long: str | None = None, **layout: Any) -> str:
    """The same content in another layout; `long` is the style of texts of more than a line."""

    class Written(yaml.SafeDumper):
        def ignore_aliases(self, _: Any) -> bool:
            return True

    def represent(dumper: yaml.SafeDumper, content: str) -> yaml.Node:
        style = long if long and len(content) > 60 else quotes
        return dumper.represent_scalar("tag:yaml.org,2002:str", content, style=style)

    Written.add_representer(Decimal, _represent_number)
    Written.add_representer(str, represent)
    value = _bare(reader.read(text.encode(), "x.yaml").value)
    content: str = yaml.dump(value, Dumper=Written, sort_keys=False, allow_unicode=True, **layout)
    return content


def _bare(value: Any) -> Any:
    if isinstance(value, dict):
        return {k: _bare(v) for k, v in value.items() if k != ORIGIN_KEY}
    return [_bare(item) for item in value] if isinstance(value, list) else value


class _Plain(yaml.SafeDumper):
    """Decimals as they were read, texts in double quotes."""


def _reversed(value: Any) -> Any:
    if isinstance(value, dict):
        return {k: _reversed(v) for k, v in reversed(value.items()) if k != ORIGIN_KEY}
    return [_reversed(item) for item in value] if isinstance(value, list) else value


def _represent_number(dumper: yaml.SafeDumper, number: Any) -> yaml.Node:
    return dumper.represent_scalar("tag:yaml.org,2002:float", str(number))


def _represent_text(dumper: yaml.SafeDumper, text: str) -> yaml.Node:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style='"')


_Plain.add_representer(Decimal, _represent_number)
_Plain.add_representer(str, _represent_text)


def _without(text: str, mapping: yaml.MappingNode, i: int) -> str:
    """Without the i-th key and its value, as far as they reach, and the comma or the lines that hold them."""
    key, value = mapping.value[i]
    if i + 1 < len(mapping.value):
        return text[: key.start_mark.index] + text[mapping.value[i + 1][0].start_mark.index :]
    if mapping.flow_style:
        return text[: mapping.value[i - 1][1].end_mark.index] + text[value.end_mark.index :]
    start = text.rindex("\n", 0, key.start_mark.index) + 1
    end = value.end_mark.index
    block = not isinstance(value, yaml.ScalarNode) and not value.flow_style
    return text[:start] + text[(text.rfind("\n", 0, end) if block else text.find("\n", end)) + 1 :]


def _line(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 1


def _compose(text: str) -> yaml.Node:
    node = yaml.compose(text, Loader=yaml.CSafeLoader)
    assert node is not None
    return node


def _nodes(root: yaml.Node) -> Iterator[yaml.Node]:
    stack = [root]
    while stack:
        node = stack.pop()
        yield node
        if isinstance(node, yaml.MappingNode):
            stack += [part for pair in node.value for part in pair]
        elif isinstance(node, yaml.SequenceNode):
            stack += node.value


def _mappings(root: yaml.Node) -> Iterator[yaml.MappingNode]:
    return (node for node in _nodes(root) if isinstance(node, yaml.MappingNode))


def _keys(root: yaml.Node) -> Iterator[yaml.Node]:
    return (key for mapping in _mappings(root) for key, _ in mapping.value)


def _scalars(root: yaml.Node) -> Iterator[yaml.ScalarNode]:
    return (node for node in _nodes(root) if isinstance(node, yaml.ScalarNode))


def mappings(text: str) -> Iterator[yaml.MappingNode]:
    return _mappings(_compose(text))


def pairs(text: str) -> Iterator[tuple[yaml.Node, yaml.Node]]:
    return (pair for mapping in mappings(text) for pair in mapping.value)


def by_start(text: str) -> dict[tuple[int, int], yaml.ScalarNode]:
    """Every scalar by line and column, from 0."""
    return {(node.start_mark.line, node.start_mark.column): node for node in _scalars(_compose(text))}


def is_counted(cls: type[Entity], field: str) -> bool:
    """Whether it is euro or a whole number, in which three digits behind a point can't be meant."""
    return field in money_fields(cls) or "Strict" in str(cls.model_fields[field])
