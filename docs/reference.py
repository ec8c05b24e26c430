"""The reference of the planning files, written from the models: each file, each section, each key."""

from __future__ import annotations

import types
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic.fields import FieldInfo

from docs.examples import example
from sozplan.diagnostics import Lang, Text, text
from sozplan.model.entity import ORIGIN_KEY, Entity, Id, Money, Note, RefTo, note
from sozplan.model.periods import Period
from sozplan.model.shared import FilePath
from sozplan.model.terms import Term
from sozplan.render.sections import TITLES
from sozplan.repo.load import KINDS as FILES
from sozplan.rules.words import KINDS

_HEAD = text(
    de="""\
# Referenz der Planungsdateien

Diese Seite entsteht aus dem Programm (`make docs`).
Schlüssel und feste Werte sind englisch, Texte schreiben Sie deutsch; in Klammern steht, wie ein Wert gedruckt wird.
Unbekannte Schlüssel sind Fehler.
Die Beispiele stammen aus der Beispielstadt; was ein Abschnitt sonst noch enthalten darf, kann darin fehlen.
Was Kennung, Zeitraum und Status bedeuten, erklären die [Konzepte](konzepte.md).

*English: [reference](en/reference.md).*
""",
    en="""\
# Reference of the planning files

Generated from the models (`make docs`).
Unknown keys are errors. The words in brackets are the labels that people see.
The examples are those of the example town, in German; optional keys may be left out of them.

*Deutsch: [Referenz](../referenz.md).*
""",
)
_CONTENTS = text(de="Dateien", en="Files")
_SHARED = text(de="Abschnitte, die an mehreren Stellen stehen", en="Sections that stand in several places")
_COLUMNS = text(
    de="| Schlüssel | Bedeutung | Wert | Pflicht |\n|---|---|---|---|\n",
    en="| key | meaning | value | required |\n|---|---|---|---|\n",
)
_EXAMPLE = text(de="Beispiel:", en="Example:")
_YES, _NO = text(de="ja", en="yes"), text(de="nein", en="no")
_ELSE = text(de="sonst", en="else")
_LIST = text(de="Liste", en="list")
_ID_OF = text(de="Kennung", en="id")
_OR = text(de="oder", en="or")
_SCALARS: tuple[tuple[object, Text], ...] = (
    (Any, text(de="beliebig", en="anything")),
    (bool, text(de="`true` oder `false`", en="`true` or `false`")),
    (int, text(de="ganze Zahl", en="whole number")),
    (Decimal, text(de="Zahl", en="number")),
    (date, text(de="Tag, z. B. `2026-03-31`", en="day, `2026-03-31` say")),
    (Period, text(de="Zeitraum, z. B. `2025`, `2023/24`", en="period, `2025` or `2023/24` say")),
    (str, text(de="Text", en="text")),
)
_BOUNDS = (("ge", "≥"), ("gt", ">"), ("le", "≤"), ("lt", "<"))
_IS_ID = get_args(Id)[1]
_IS_PATH = get_args(FilePath)[1]
_IS_MONEY = get_args(Money)[-1]


def reference(lang: Lang) -> str:
    """The whole page in one language."""
    shared = [cls for cls, uses in _uses().items() if len(uses) > 1]
    contents = "".join(
        f"- [`{path}`](#{_anchor(title(cls, lang))}) – {title(cls, lang)}\n" for path, cls in FILES.items()
    )
    files = "".join(
        f"\n## {title(cls, lang)}\n\n`{path}`\n{_section(cls, lang, shared)}" for path, cls in FILES.items()
    )
    several = "".join(f"\n### {title(cls, lang)}\n{_section(cls, lang, shared)}" for cls in shared)
    return (
        f"{_HEAD.say(lang)}\n## {_CONTENTS.say(lang)}\n\n{contents}"
        f"- [{_SHARED.say(lang)}](#{_anchor(_SHARED.say(lang))})\n{files}\n## {_SHARED.say(lang)}\n{several}"
    )


def keys(cls: type[Entity]) -> Iterator[tuple[str, FieldInfo, Note]]:
    """The keys of a section with their texts; a key without any is an error of ours."""
    for name, field in cls.model_fields.items():
        key = field.alias or name
        if key == ORIGIN_KEY:
            continue
        found = note(field)
        if found is None:
            raise ValueError(f"{cls.__name__}.{name} is not described")
        yield key, field, found


def sections() -> tuple[type[Entity], ...]:
    """Every class that a planning file can hold, files first, then in reading order."""
    return tuple(dict.fromkeys((*FILES.values(), *_uses())))


@cache
def _uses() -> Mapping[type[Entity], list[tuple[type[Entity], str]]]:
    """Where each nested class stands: the class around it and the key."""
    found: dict[type[Entity], list[tuple[type[Entity], str]]] = {}
    waiting = list(dict.fromkeys(FILES.values()))
    for cls in waiting:
        for key, field, _ in keys(cls):
            for nested in _entities(field.annotation):
                if nested not in found:
                    waiting.append(nested)
                found.setdefault(nested, []).append((cls, key))
    return found


def _section(cls: type[Entity], lang: Lang, shared: Iterable[type[Entity]]) -> str:
    """The table of a class with an example, then those of the classes that stand only in it."""
    rows = "".join(_row(key, field, said, lang) for key, field, said in keys(cls))
    own = [n for _, field, _ in keys(cls) for n in _entities(field.annotation) if n not in shared]
    nested = "".join(f"\n### {title(each, lang)}\n{_section(each, lang, shared)}" for each in own)
    shown = f"\n{_EXAMPLE.say(lang)}\n\n```yaml\n{example(cls)}```\n"
    return f"\n{_COLUMNS.say(lang)}{rows}{shown}{nested}"


def _row(key: str, field: FieldInfo, said: Note, lang: Lang) -> str:
    label, description = said.label.say(lang), said.description.say(lang)
    meaning = label if description == label else f"**{label}:** {description}"
    cells = (f"`{key}`", meaning, value(field, lang), _required(field, lang))
    return "".join(f"| {cell.replace('|', chr(92) + '|')} " for cell in cells) + "|\n"


def _required(field: FieldInfo, lang: Lang) -> str:
    if field.is_required():
        return _YES.say(lang)
    default = field.default
    if isinstance(default, bool):
        return f"{_ELSE.say(lang)} `{str(default).lower()}`"
    if isinstance(default, str | int | Decimal):
        return f"{_ELSE.say(lang)} `{default}`"
    return _NO.say(lang)


def value(field: FieldInfo, lang: Lang) -> str:
    """What may stand behind a key."""
    return _value(field.annotation, tuple(field.metadata), lang)


def _value(annotation: Any, metadata: tuple[Any, ...], lang: Lang) -> str:
    origin, args = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _value(args[0], (*metadata, *args[1:]), lang)
    if origin in (Union, types.UnionType):
        members = [_value(arg, metadata, lang) for arg in args if arg is not type(None)]
        return f" {_OR.say(lang)} ".join(members)
    if origin is tuple:
        return f"{_LIST.say(lang)}: {_value(args[0], (), lang)}"
    if origin is dict:
        return f"{_value(args[0], (), lang)} → {_value(args[1], (), lang)}"
    if origin is Literal:
        return ", ".join(f"`{each}`" for each in args)
    if isinstance(annotation, type) and issubclass(annotation, Entity):
        return f"[{title(annotation, lang)}](#{_anchor(title(annotation, lang))})"
    if isinstance(annotation, type) and issubclass(annotation, Term):
        return ", ".join(f"`{term.value}` ({term.label.say(lang)})" for term in annotation)
    return _scalar(annotation, tuple(_flat(metadata)), lang)


def _scalar(annotation: Any, metadata: tuple[Any, ...], lang: Lang) -> str:
    references = [item for item in metadata if isinstance(item, RefTo)]
    if references:
        words = dict.fromkeys(KINDS[k].say(lang) if k in KINDS else f"`{k}`" for k in references[0].kinds)
        return f"{_ID_OF.say(lang)}{': ' if words else ''}{f' {_OR.say(lang)} '.join(words)}"
    if _IS_ID in metadata:
        return _ID_OF.say(lang)
    if _IS_PATH in metadata:
        return text(de="Pfad im Repository", en="path in the repository").say(lang)
    if _IS_MONEY in metadata:
        return text(de="Betrag in Euro", en="euro").say(lang)
    word = next((word for kind, word in _SCALARS if annotation is kind), None)
    if word is None:
        raise ValueError(f"no words for {annotation}")
    bounds = (f" {sign} {getattr(item, name)}" for item in metadata for name, sign in _BOUNDS if hasattr(item, name))
    return word.say(lang) + ",".join(bounds)


def _flat(metadata: Iterable[Any]) -> Iterator[Any]:
    for item in metadata:
        if isinstance(item, FieldInfo):
            yield from item.metadata
        else:
            yield item


def _entities(annotation: Any) -> list[type[Entity]]:
    if isinstance(annotation, type) and issubclass(annotation, Entity):
        return [annotation]
    return [found for arg in get_args(annotation) for found in _entities(arg)]


def title(cls: type[Entity], lang: Lang) -> str:
    """A heading of its own for each class, so that its anchor leads there."""
    said = TITLES.get(cls.__name__) or KINDS.get(cls.__name__)
    heading = said.say(lang) if said else _title_by_place(cls, lang)
    return heading[0].upper() + heading[1:]


def _title_by_place(cls: type[Entity], lang: Lang) -> str:
    """Of a section that stands in one place: what is around it, and the label of its key."""
    around, key = _uses()[cls][0]
    label = next(said.label.say(lang) for name, _, said in keys(around) if name == key)
    return f"{title(around, lang)}: {label}"


def _anchor(heading: str) -> str:
    """The anchor that GitHub, GitLab and Gitea give a heading."""
    kept = "".join(c for c in heading.lower() if c.isalnum() or c in " -_")
    return kept.replace(" ", "-")
