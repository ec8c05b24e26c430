"""What of an entity somebody decides, statement by statement, and its fingerprint.

A fingerprint is the SHA-256 of the content alone: text in NFC with single blanks, numbers without needless digits,
days as 2026-03-31, lists of ids sorted. Formatting, comments, quotes and the order of keys never change it,
and neither does writing out a default.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any, NamedTuple, get_args

from sozplan.diagnostics import Text, text
from sozplan.model.areas import FigureEvidence, LocalEvidence, Resources
from sozplan.model.authorities import (
    DERIVED,
    FRAME,
    KINDS,
    Authorities,
    Authority,
    decided_fields,
    field_note,
)
from sozplan.model.entity import Entity, Line, Place, id_of, note, reference_fields
from sozplan.model.handbook import Chapter
from sozplan.model.indices import Bound, Component, ExcludedArea, Method
from sozplan.model.measures import OWN, Allocation, Assignment, BudgetLine, Measure
from sozplan.model.organisation import Member
from sozplan.model.periods import Period
from sozplan.model.plan import Plan
from sozplan.model.processes import Step
from sozplan.model.shared import Document
from sozplan.model.targets import Milestone, Point
from sozplan.model.territory import Part

Path = tuple[str | int, ...]

_KEYS: Mapping[type[Entity], tuple[str, ...]] = {
    Point: ("period",),
    Allocation: ("area",),
    Assignment: ("holder", "part"),
    Part: ("unit",),
    Member: ("actor",),
    Component: ("indicator",),
    Method: ("version",),
    Bound: ("name",),
    ExcludedArea: ("area",),
    FigureEvidence: ("indicator", "period", "area"),
    LocalEvidence: ("body", "date"),
    Resources: ("holder",),
    Step: ("step",),
}
"""By what the entries of a list are told apart that have no id; others by their number."""

_FACTS: Mapping[type[Entity], frozenset[str]] = {
    Milestone: frozenset(("forecast", "done", "valid_from", "valid_to")),
    LocalEvidence: frozenset(("document",)),
    Document: frozenset(("sha256",)),
}
"""What stands inside of decided statements and is none itself."""
_BESIDE = frozenset(("origin", "id", "source"))


@dataclass(frozen=True, slots=True)
class Statement:
    """A decided value, however deep it stands; `field` is the entity's own field that it belongs to."""

    path: str
    field: str
    place: Path
    value: Any
    names: tuple[Text | str, ...]
    """Label of the field, then keys and labels down to the value."""
    is_prose: bool = False
    """Only words stand there: neither a number nor a day, an id or a term of a fixed list."""

    @property
    def digest(self) -> str:
        return digest(self.value)

    @property
    def label(self) -> Text:
        return label(self.names)


def label(names: tuple[Text | str, ...]) -> Text:
    """„Zwischenwerte 2025/26 (Wert)“."""
    keys = "".join(f" {name}" for name in names[1:] if not isinstance(name, Text))
    inner = [name for name in names[1:] if isinstance(name, Text)]
    first = names[0] if isinstance(names[0], Text) else Text(names[0], names[0])
    de = ", ".join(name.de for name in inner)
    en = ", ".join(name.en for name in inner)
    return Text(f"{first.de}{keys}{f' ({de})' if de else ''}", f"{first.en}{keys}{f' ({en})' if en else ''}")


def digest(value: Any) -> str:
    return hashlib.sha256(canonical(value).encode()).hexdigest()


def canonical(value: Any) -> str:
    """The content as one text, whoever wrote it however."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return " ".join(unicodedata.normalize("NFC", value).split())
    if isinstance(value, int | Decimal):
        return _number(Decimal(value))
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Period):
        return value.text
    return json.dumps([canonical(each) for each in value], ensure_ascii=False, separators=(",", ":"))


def _number(value: Decimal) -> str:
    written = format(value, "f")
    written = written.rstrip("0").rstrip(".") if "." in written else written
    return "0" if written in ("-0", "") else written


class Child(NamedTuple):
    """An entity with a decision of its own, and the field of its parent in which it stands."""

    field: str
    entity: Entity

    @property
    def id(self) -> str:
        return id_of(self.entity) or ""


def is_decidable(entity: Entity) -> bool:
    return type(entity) in KINDS


def children_of(entity: Entity) -> Iterator[Child]:
    """What is decided on inside of it, one level down."""
    for field, value in entity.__dict__.items():
        for each in value if isinstance(value, tuple) else (value,):
            if isinstance(each, Entity) and is_decidable(each):
                yield Child(field, each)


def statements(entity: Entity, authorities: Authorities, texts: Mapping[str, str]) -> dict[str, Statement]:
    """All that somebody decides of an entity, by path; `texts` are the handbook's chapters."""
    found: dict[str, Statement] = {}
    cls = type(entity)
    for field in decided_fields(cls):
        if authorities.of(KINDS[cls], field) is Authority.NOBODY:
            continue
        name = field_note(KINDS[cls], field).label
        for path, place, value, names, is_prose in _parts(entity, field, name, texts):
            found[path] = Statement(path, field, place, value, names, is_prose)
    return found


def labels(entity: Entity | None, plan: Plan) -> Mapping[str, Text]:
    """What a reader calls each statement of an entity, by path."""
    if entity is None or not is_decidable(entity):
        return {}
    return {path: each.label for path, each in statements(entity, plan.settings.authorities, plan.texts).items()}


_Part = tuple[str, Path, Any, tuple[Text | str, ...], bool]


def _parts(entity: Entity, field: str, name: Text, texts: Mapping[str, str]) -> Iterator[_Part]:
    if field in DERIVED and isinstance(entity, Measure):
        totals = _frame(entity.budget) if field == FRAME else _accounts(entity.budget)
        for keys, place, value, names in totals:
            yield f"{field}.{'.'.join(keys)}", place, value, (name, *names), False
        return
    yield from _flat(entity, field, field, (_key(type(entity), field),), (name,))
    if field == "chapters":
        yield from _chapters(getattr(entity, field), texts, name)


def _flat(entity: Entity, field: str, path: str, place: Path, names: tuple[Text | str, ...]) -> Iterator[_Part]:
    value = getattr(entity, field)
    if value == _default(type(entity), field) or value is None or value == ():
        return
    if isinstance(value, tuple) and isinstance(value[0], Entity):
        for i, (key, each) in enumerate(_keyed(value)):
            if not is_decidable(each):
                yield from _inside(each, f"{path}.{key}", (*place, i), (*names, key))
    elif isinstance(value, Entity):
        if not is_decidable(value):
            yield from _inside(value, path, place, names)
    elif isinstance(value, tuple) and field in reference_fields(type(entity)):
        yield path, place, tuple(sorted(value)), names, False
    else:
        yield path, place, value, names, _is_prose(type(entity), field)


def _inside(entity: Entity, path: str, place: Path, names: tuple[Text | str, ...]) -> Iterator[_Part]:
    for field, key, labels in _fields_inside(type(entity)):
        yield from _flat(entity, field, f"{path}.{key}", (*place, key), (*names, *labels))


@cache
def _fields_inside(cls: type[Entity]) -> tuple[tuple[str, str, tuple[Text, ...]], ...]:
    """The fields of a class that stands inside of others: name, key in the file, label."""
    found = []
    for field, info in cls.model_fields.items():
        if field not in _BESIDE and field not in _FACTS.get(cls, ()):
            said = note(info)
            found.append((field, _key(cls, field), (said.label,) if said else ()))
    return tuple(found)


def _keyed(entries: Iterable[Entity]) -> Iterator[tuple[str, Entity]]:
    """The entries of a list, each under a name that no other has."""
    seen: dict[str, int] = {}
    for number, each in enumerate(entries, 1):
        fields = _KEYS.get(type(each), ())
        own = "-".join(canonical(value) for f in fields if (value := getattr(each, f)) is not None)
        key = id_of(each) or own or str(number)
        seen[key] = seen.get(key, 0) + 1
        yield (key if seen[key] == 1 else f"{key}~{seen[key]}"), each


@cache
def _key(cls: type[Entity], field: str) -> str:
    return cls.model_fields[field].alias or field


@cache
def _is_prose(cls: type[Entity], field: str) -> bool:
    info = cls.model_fields[field]
    return field not in reference_fields(cls) and _says_line((info.annotation, *info.metadata))


def _says_line(types: Iterable[Any]) -> bool:
    return any(each is _LINE or _says_line(get_args(each)) for each in types)


_LINE = get_args(Line)[1]


@cache
def _default(cls: type[Entity], field: str) -> Any:
    return cls.model_fields[field].get_default(call_default_factory=True, validated_data={})


_Total = tuple[tuple[str, ...], Path, Any, tuple[Text | str, ...]]


def _frame(lines: tuple[BudgetLine, ...]) -> Iterator[_Total]:
    """By year: what it costs, what of that the municipality pays itself, what binds later years, and staff."""
    for year, numbered in _by_year(lines).items():
        first = numbered[0][0]
        own = sum((line.financing.get(OWN, Decimal(0)) for _, line in numbered), Decimal(0))
        yield (year, "planned"), ("budget", first, "planned"), _sum(numbered, "planned"), _named(year, "planned")
        if own:
            yield (year, OWN), ("budget", first, "financing"), own, (year, _OWN)
        for field in ("commitment_authorisation", "fte"):
            if total := _sum(numbered, field):
                yield (year, field), ("budget", first, field), total, _named(year, field)


_OWN = text(de="eigene Mittel", en="own funds")


def _accounts(lines: tuple[BudgetLine, ...]) -> Iterator[_Total]:
    """By year: where it is booked, and who else pays."""
    for year, numbered in _by_year(lines).items():
        booked: dict[str, Decimal] = {}
        sources: dict[str, Decimal] = {}
        for _, line in numbered:
            where = "/".join((line.product or "-", line.account or "-", line.cost_centre or "-", line.side.value))
            booked[where] = booked.get(where, Decimal(0)) + line.planned
            for source, amount in line.financing.items():
                if source != OWN:
                    sources[source] = sources.get(source, Decimal(0)) + amount
        first: Path = ("budget", numbered[0][0])
        for where, amount in booked.items():
            yield (year, where), (*first, "product"), amount, (year, where)
        for source, amount in sources.items():
            yield (year, "financing", source), (*first, "financing"), amount, (year, source)


def _by_year(lines: tuple[BudgetLine, ...]) -> dict[str, list[tuple[int, BudgetLine]]]:
    found: dict[str, list[tuple[int, BudgetLine]]] = {}
    for i, line in enumerate(lines):
        found.setdefault(str(line.year), []).append((i, line))
    return found


def _sum(numbered: list[tuple[int, BudgetLine]], field: str) -> Decimal:
    return sum((getattr(line, field) or Decimal(0) for _, line in numbered), Decimal(0))


def _named(year: str, field: str) -> tuple[Text | str, ...]:
    said = note(BudgetLine.model_fields[field])
    return (year, said.label) if said else (year,)


def _chapters(chapters: tuple[Chapter, ...], texts: Mapping[str, str], name: Text) -> Iterator[_Part]:
    """What the chapters say is in force with the handbook."""
    for i, chapter in enumerate(chapters):
        if chapter.file is not None and chapter.file in texts:
            said = note(Chapter.model_fields["file"])
            names = (name, chapter.id, *((said.label,) if said else ()))
            yield f"chapters.{chapter.id}.text", ("chapters", i, "file"), texts[chapter.file], names, True


def place_of(entity: Entity, statement: Statement) -> Place:
    return entity.at(*statement.place)
