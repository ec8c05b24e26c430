"""Templates that an editor offers while a planner writes a new entry: the keys that it usually has, in their order.

Of terms the editor shows the choices, of everything else the label of the key stands where the value goes.
"""

from __future__ import annotations

import types
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from itertools import count
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic.fields import FieldInfo

from sozplan.diagnostics import Lang, text
from sozplan.model.areas import AreaGoal, Need
from sozplan.model.entity import Entity, note
from sozplan.model.measures import BudgetLine, Measure
from sozplan.model.organisation import Body
from sozplan.model.periods import Period
from sozplan.model.processes import Process, Step
from sozplan.model.shared import Span
from sozplan.model.targets import Change
from sozplan.model.terms import Term
from sozplan.render.editor.schema import keys, title

SNIPPETS: Mapping[str, type[Entity]] = {
    "need": Need,
    "goal": AreaGoal,
    "measure": Measure,
    "body": Body,
    "process": Process,
}
"""What is offered, by the word that calls it; the German word does, too."""
_USUAL: Mapping[type[Entity], tuple[str, ...]] = {
    Need: ("status", "theme", "priority", "evidence"),
    AreaGoal: ("status", "serves", "needs", "owner", "targets"),
    Change: ("baseline", "target"),
    Measure: ("status", "goals", "progress", "planned", "responsible", "executing", "budget"),
    Span: ("to",),
    BudgetLine: ("product", "financing"),
    Body: (
        "mandate", "chair", "members", "quorum", "majority", "rhythm", "invitation_days", "public", "reports_to",
        "founded_by",
    ),
    Process: ("status", "purpose", "trigger", "result", "owner", "phases"),
    Step: ("accountable", "executing", "deadline", "next"),
}  # fmt: skip
"""Besides those that must be there."""
_NEW = text(de="{title} anlegen", en="Add: {title}")
_YEAR = "2026"
_EXAMPLES: Mapping[type, str] = {
    date: f"{_YEAR}-01-01",
    Period: _YEAR,
    Decimal: "0",
    int: "1",
    bool: "false",
}


def snippets(lang: Lang) -> dict[str, dict[str, object]]:
    """In the form of VS Code's snippet files."""
    return {
        title(cls, lang): {
            "scope": "yaml",
            "prefix": [word, title(cls, lang).lower()],
            "description": _NEW.say(lang).format(title=title(cls, lang)),
            "body": list(_entry(cls, lang, is_file=cls is Process)),
        }
        for word, cls in SNIPPETS.items()
    }


def _entry(cls: type[Entity], lang: Lang, *, is_file: bool) -> Iterator[str]:
    """An item of a list, or a file of its own."""
    stops = count(1)
    lines = list(_keys(cls, lang, stops))
    for i, line in enumerate(lines):
        yield line if is_file else f"{'- ' if i == 0 else '  '}{line}"


def _keys(cls: type[Entity], lang: Lang, stops: Iterator[int]) -> Iterator[str]:
    for key, field in keys(cls):
        if field.is_required() or key in _USUAL.get(cls, ()):
            yield from _key(key, field, lang, stops)


def _key(key: str, field: FieldInfo, lang: Lang, stops: Iterator[int]) -> Iterator[str]:
    """A key with its value behind it, or with what stands below it."""
    kinds, is_list = _kinds(field.annotation)
    sections = [kind for kind in kinds if isinstance(kind, type) and issubclass(kind, Entity)]
    if not sections:
        value = f"${{{next(stops)}:{_YEAR}}}" if key == "year" else _value(kinds[0], field, lang, stops)
        yield f"{key}: [{value}]" if is_list else f"{key}: {value}"
        return
    yield f"{key}:"
    for section in sections if is_list and "kind" not in sections[0].model_fields else sections[:1]:
        for i, line in enumerate(list(_keys(section, lang, stops))):
            yield f"  {('- ' if i == 0 else '  ') if is_list else ''}{line}"


def _kinds(annotation: Any) -> tuple[list[Any], bool]:
    """What a value may be, without Annotated and None; and whether there may be many."""
    origin, args = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _kinds(args[0])
    if origin in (Union, types.UnionType):
        found = [_kinds(arg) for arg in args if arg is not type(None)]
        return [kind for kinds, _ in found for kind in kinds], any(is_list for _, is_list in found)
    if origin is tuple:
        return _kinds(args[0])[0], True
    return [annotation], False


def _value(kind: Any, field: FieldInfo, lang: Lang, stops: Iterator[int]) -> str:
    if isinstance(kind, type) and issubclass(kind, Term):
        return f"${{{next(stops)}|{','.join(term.value for term in kind)}|}}"
    if get_origin(kind) is Literal:
        return str(get_args(kind)[0])
    if get_origin(kind) is dict:
        return f"{{${{{next(stops)}:own}}: ${{{next(stops)}:0}}}}"
    said = note(field)
    label = said.label.say(lang) if said else ""
    return f"${{{next(stops)}:{_EXAMPLES.get(kind, _escaped(label))}}}"


def _escaped(words: str) -> str:
    return "".join(f"\\{c}" if c in "$}\\" else c for c in words)
