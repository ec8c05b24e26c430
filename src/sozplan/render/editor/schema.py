"""The models as JSON Schema (2020-12), with the words that an editor shows while somebody types.

`markdownDescription`, `enumDescriptions` and `patternErrorMessage` are no part of the standard; the language servers
for YAML and JSON know them, validators pass over them.
"""

from __future__ import annotations

import types
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import Tag
from pydantic.fields import FieldInfo

from sozplan.diagnostics import Lang, text
from sozplan.model.entity import ID_PATTERN, ORIGIN_KEY, Entity, Money, RefTo, note
from sozplan.model.periods import PERIOD_PATTERN, Period
from sozplan.model.terms import Term
from sozplan.render.sections import TITLES
from sozplan.rules.words import KINDS

DIALECT = "https://json-schema.org/draft/2020-12/schema"
Schema = dict[str, Any]
HEAD: Schema = {"$schema": DIALECT, "$comment": "sozplan"}
"""With this begins every schema that we write."""

_DAY = r"^[12][0-9]{3}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$"
_NO_DAY = text(de="Ein Tag wird so geschrieben: 2026-03-31.", en="A day is written like this: 2026-03-31.")
_NO_PERIOD = text(
    de="Ein Zeitraum wird so geschrieben: 2025, 2025-Q2, 2025-H1, 2025-03, 2023/24 oder 2025-03-31.",
    en="A period is written like this: 2025, 2025-Q2, 2025-H1, 2025-03, 2023/24 or 2025-03-31.",
)
_NO_ID = text(
    de="Eine Kennung beginnt mit einem Kleinbuchstaben und hat nur Kleinbuchstaben, Ziffern und Bindestriche.",
    en="An id begins with a lower-case letter and has only lower-case letters, digits and hyphens.",
)
_NO_TEXT = text(
    de="Hier steht ein Text. Ziffern, Datum, ja und nein brauchen Anführungszeichen, sonst verlieren sie ihre Nullen.",
    en="This is a text. Digits, dates, yes and no need quotes, or they lose their zeros.",
)
_ID_OF = text(de="Kennung: ", en="Id of: ")
_OR = text(de=" oder ", en=" or ")
_EXAMPLE = text(de="Zum Beispiel", en="For example")
_BOUNDS = {"ge": "minimum", "gt": "exclusiveMinimum", "le": "maximum", "lt": "exclusiveMaximum"}
_IS_MONEY = get_args(Money)[-1]


def schema(cls: type[Entity], lang: Lang) -> Schema:
    """What a file of that kind may hold; the sections below it stand under `$defs` by the names of their classes."""
    held = list(dict.fromkeys(_below(cls)))
    return {
        **HEAD,
        **_section(cls, lang),
        "$defs": {each.__name__: _section(each, lang) for each in sorted(held, key=lambda each: each.__name__)},
    }


def title(cls: type[Entity], lang: Lang) -> str:
    """What a section is called; a class without a name of its own by the word of its program."""
    said = TITLES.get(cls.__name__) or KINDS.get(cls.__name__)
    heading = said.say(lang) if said else cls.__name__
    return heading[0].upper() + heading[1:]


def keys(cls: type[Entity]) -> Iterator[tuple[str, FieldInfo]]:
    """The keys that may be written for a class, in their order."""
    for name, field in cls.model_fields.items():
        if (key := field.alias or name) != ORIGIN_KEY:
            yield key, field


def _below(cls: type[Entity]) -> Iterator[type[Entity]]:
    seen: set[type[Entity]] = set()
    waiting = [cls]
    while waiting:
        for _, field in keys(waiting.pop()):
            for each in entities(field.annotation):
                if each not in seen:
                    seen.add(each)
                    waiting.append(each)
                    yield each


def entities(annotation: Any) -> list[type[Entity]]:
    """The sections that a value may be or hold."""
    if isinstance(annotation, type) and issubclass(annotation, Entity):
        return [annotation]
    return [found for arg in get_args(annotation) for found in entities(arg)]


def _section(cls: type[Entity], lang: Lang) -> Schema:
    return {
        "title": title(cls, lang),
        "type": "object",
        "properties": {key: _property(field, lang) for key, field in keys(cls)},
        "required": [key for key, field in keys(cls) if field.is_required()],
        "additionalProperties": False,
    }


def _property(field: FieldInfo, lang: Lang) -> Schema:
    found = _value(field.annotation, tuple(field.metadata), lang)
    said = note(field)
    if said is None:
        raise ValueError(f"{field} is not described")
    label, description = said.label.say(lang), said.description.say(lang)
    hints = [found.pop("x-hint", "")]
    if examples := found.get("examples"):
        hints.append(f"{_EXAMPLE.say(lang)}: {', '.join(f'`{each}`' for each in examples)}")
    if "pattern" in found:
        found.setdefault("patternErrorMessage", f"{label}: {description}")
    default = field.default
    if isinstance(default, Term | bool | int) or (isinstance(default, str) and default):
        found["default"] = default.value if isinstance(default, Term) else default
    whole = "\n\n".join(filter(None, (description[0].upper() + description[1:], *hints)))
    return {"title": label, "description": description, "markdownDescription": whole, **found}


def _value(annotation: Any, metadata: tuple[Any, ...], lang: Lang) -> Schema:
    origin, args = get_origin(annotation), get_args(annotation)
    each = partial(_value, lang=lang)
    if origin is Annotated:
        return each(args[0], (*metadata, *args[1:]))
    if origin in (Union, types.UnionType):
        return _union([arg for arg in args if arg is not type(None)], metadata, lang)
    if origin is tuple:
        least = [item.min_length for item in _flat(metadata) if getattr(item, "min_length", None)]
        return {"type": "array", "items": each(args[0], ()), **({"minItems": least[0]} if least else {})}
    if origin is dict:
        names = {k: v for k, v in each(args[0], ()).items() if k in ("pattern", "minLength", "enum")}
        found: Schema = {"type": "object", "additionalProperties": each(args[1], ())}
        return found | ({"propertyNames": names} if names else {})
    if origin is Literal:
        return {"enum": list(args)}
    if isinstance(annotation, type) and issubclass(annotation, Entity):
        return _ref(annotation)
    if isinstance(annotation, type) and issubclass(annotation, Term):
        words = [term.label.say(lang) for term in annotation]
        return {"type": "string", "enum": [term.value for term in annotation], "enumDescriptions": words}
    return _scalar(annotation, tuple(_flat(metadata)), lang)


def _union(members: list[Any], metadata: tuple[Any, ...], lang: Lang) -> Schema:
    """What is told apart by its `kind` is judged as that kind alone, so that a slip is told where it is."""
    if len(members) == 1:
        return _value(members[0], metadata, lang)
    tags = {item.tag: get_args(m)[0] for m in members for item in get_args(m)[1:] if isinstance(item, Tag)}
    if not tags:
        return {"anyOf": [_value(member, metadata, lang) for member in members]}
    if any("kind" not in cls.model_fields for cls in tags.values()):
        return _by_key(list(tags.values()))
    kinds = {"enum": list(tags), "enumDescriptions": [_of_kind(cls, lang) for cls in tags.values()]}
    return {
        "type": "object",
        "required": ["kind"],
        "properties": {"kind": kinds},
        "allOf": [
            {"if": {"properties": {"kind": {"const": tag}}, "required": ["kind"]}, "then": _ref(cls)}
            for tag, cls in tags.items()
        ],
    }


def _by_key(members: list[type[Entity]]) -> Schema:
    """Told apart by the first key that only one of them must have; the last is what no other is."""
    first, *others = members
    if not others:
        return _ref(first)
    foreign = {key for other in others for key, _ in keys(other)}
    own = next(key for key, field in keys(first) if field.is_required() and key not in foreign)
    return {"type": "object", "if": {"required": [own]}, "then": _ref(first), "else": _by_key(others)}


def _ref(cls: type[Entity]) -> Schema:
    return {"$ref": f"#/$defs/{cls.__name__}"}


def _of_kind(cls: type[Entity], lang: Lang) -> str:
    """What a member says of itself where its kind is described."""
    said = note(cls.model_fields["kind"])
    return said.description.say(lang) if said else title(cls, lang)


def _scalar(annotation: Any, metadata: tuple[Any, ...], lang: Lang) -> Schema:
    bounds = {
        word: _plain(bound)
        for item in metadata
        for name, word in _BOUNDS.items()
        if (bound := getattr(item, name, None)) is not None
    }
    if annotation is bool:
        return {"type": "boolean"}
    if annotation is int:
        return {"type": "integer", **bounds}
    if annotation is Decimal:
        money = {"examples": [180000, 1250.5]} if _IS_MONEY in metadata else {}
        return {"type": "number", **bounds, **money}
    if annotation is date:
        said = {"patternErrorMessage": _NO_DAY.say(lang), "examples": ["2026-03-31"]}
        return {"type": "string", "pattern": _DAY, **said}
    if annotation is Period:
        said = {"patternErrorMessage": _NO_PERIOD.say(lang), "examples": ["2025", "2025-Q2", "2023/24"]}
        return {"type": ["string", "integer"], "pattern": PERIOD_PATTERN, "minimum": 1000, "maximum": 2999, **said}
    if annotation is str:
        return _text(metadata, lang)
    if annotation is Any:
        return {}
    raise ValueError(f"no schema for {annotation}")


def _plain(bound: object) -> object:
    """JSON knows no Decimal."""
    return float(bound) if isinstance(bound, Decimal) else bound


def _text(metadata: tuple[Any, ...], lang: Lang) -> Schema:
    found: Schema = {"type": "string", "errorMessage": _NO_TEXT.say(lang)}
    for item in metadata:
        if isinstance(item, RefTo):
            words = dict.fromkeys(KINDS[kind].say(lang) if kind in KINDS else kind for kind in item.kinds)
            found["x-hint"] = f"*{_ID_OF.say(lang)}{_OR.say(lang).join(words)}*" if words else ""
        for name, word in (("pattern", "pattern"), ("min_length", "minLength"), ("max_length", "maxLength")):
            if (value := getattr(item, name, None)) is not None:
                found[word] = value
    if found.get("pattern") == ID_PATTERN:
        found["patternErrorMessage"] = _NO_ID.say(lang)
    if "pattern" in found or "minLength" in found:
        del found["errorMessage"]  # it would be told instead of what the pattern says
    return found


def _flat(metadata: Iterable[Any]) -> Iterator[Any]:
    for item in metadata:
        if isinstance(item, FieldInfo):
            yield from item.metadata
        else:
            yield item
