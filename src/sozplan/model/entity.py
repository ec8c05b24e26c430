"""What all entities share: where they stand in the files, and how their keys are described."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Annotated, Any, NamedTuple, Protocol, get_args, get_origin

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    Strict,
    StringConstraints,
)
from pydantic.fields import FieldInfo

from sozplan.diagnostics import Location, Text

ORIGIN_KEY = "@"
"""The loader puts each mapping's `Origin` under this key; the reader refuses it in YAML."""


class Mark(Protocol):
    """A place in the text, line and column from 0, as the parser gives it."""

    @property
    def line(self) -> int: ...
    @property
    def column(self) -> int: ...


class Items:
    """The places of a sequence: its own and its items' (`Mark`, `Items` or `Origin`)."""

    __slots__ = ("items", "mark")

    def __init__(self, mark: Mark, items: list[Any]) -> None:
        self.mark = mark
        self.items = items


class Origin:
    """The places of a mapping: its own, its keys' and its values'.

    `keys[k]` is the `Mark` of the key; `values[k]` the value's `Mark`, `Items` or `Origin`.
    """

    __slots__ = ("file", "keys", "mark", "values")

    def __init__(self, file: str, mark: Mark, keys: dict[str, Mark], values: dict[str, Any]) -> None:
        self.file = file
        self.mark = mark
        self.keys = keys
        self.values = values

    def locate(self, *path: str | int) -> Location:
        """The place of what stands at `path`, or of the last part of it that exists.

        A value on its key's line is shown itself, a longer one by its key.
        """
        node: Any = self
        mark = self.mark
        for part in path:
            if isinstance(node, Origin) and part in node.values:
                node, key = node.values[str(part)], node.keys[str(part)]
                mark = own if (own := mark_of(node)).line == key.line else key
            elif isinstance(node, Items) and isinstance(part, int) and part < len(node.items):
                node = node.items[part]
                mark = mark_of(node)
        return Location(self.file, mark.line + 1, mark.column + 1)

    def locate_key(self, key: str) -> Location:
        mark = self.keys.get(key, self.mark)
        return Location(self.file, mark.line + 1, mark.column + 1)


def mark_of(node: Any) -> Mark:
    mark: Mark = node.mark if isinstance(node, Origin | Items) else node
    return mark


class _Start(NamedTuple):
    line: int = 0
    column: int = 0


NOWHERE = Origin("-", _Start(), {}, {})
"""Of entities that no file holds."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a finding stands: the location and the entity that it is about."""

    location: Location
    entity: str | None


class Entity(BaseModel):
    """A mapping of a planning file, frozen; unknown keys are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True, protected_namespaces=())

    origin: Origin = Field(default=NOWHERE, alias="@", exclude=True, repr=False)

    def at(self, *path: str | int) -> Place:
        """The place of this entity, or of the value at `path` below it."""
        return Place(self.origin.locate(*path), id_of(self))


@dataclass(frozen=True, slots=True)
class Note:
    """A key's label and description in both languages, beside the field it describes."""

    label: Text
    description: Text


def doc(de: str, en: str, **options: Any) -> Any:
    """A field with its text: `Label: description` in German and English.

    >>> doc("Titel: Was im Kopf der Vorlage steht.", "Title: What heads the paper.")
    """
    german, english = _split(de), _split(en)
    note = Note(Text(german[0], english[0]), Text(german[1], english[1]))
    extra: dict[str, Any] = {"x-note": note}
    return Field(title=note.label.de, description=note.description.de, json_schema_extra=extra, **options)


def _split(described: str) -> tuple[str, str]:
    label, _, rest = described.partition(": ")
    return label, rest or label


def note(field: FieldInfo) -> Note | None:
    """The texts that stand on a field, if any."""
    extra: Any = field.json_schema_extra
    found = extra.get("x-note") if isinstance(extra, dict) else None
    return found if isinstance(found, Note) else None


class RefTo:
    """Marks a text field as the id of an entity of one of the named kinds (class names), or of any."""

    __slots__ = ("kinds",)

    def __init__(self, *kinds: str) -> None:
        self.kinds = kinds


ID_PATTERN = r"^[a-z][a-z0-9-]{0,63}$"

Flag = Annotated[bool, Strict()]
"""`true` or `false`; `no` is a text."""

Whole = Annotated[int, Strict()]

Id = Annotated[str, StringConstraints(pattern=ID_PATTERN)]
"""One namespace over all kinds; never reused."""

Line = Annotated[str, StringConstraints(min_length=1)]
"""A text that must not be empty."""

Key = Annotated[str, StringConstraints(pattern=r"^[0-9A-Za-z][0-9A-Za-z._-]*$")]
"""An official key, always text: a number would lose its leading zeros."""


def _date(value: object) -> object:
    if isinstance(value, date):
        return value
    if not isinstance(value, str):
        raise ValueError("date")  # noqa: TRY004 -- pydantic turns only ValueError into a finding
    if len(value) != 10 or value[0] not in "12" or value[4] != "-" or value[7] != "-" or not value.isascii():
        raise ValueError("date")
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise ValueError("date") from None


Date = Annotated[date, BeforeValidator(_date)]
"""A day, written 2026-03-31; nothing else is taken for one.

The years are 1000 to 2999, as those of periods, so that the day before and a deadline after are days, too.
"""


def _decimal(value: object) -> object:
    if isinstance(value, bool) or not isinstance(value, int | Decimal | float):
        raise ValueError("number")  # noqa: TRY004 -- pydantic turns only ValueError into a finding
    number = Decimal(str(value)) if isinstance(value, float) else Decimal(value)
    if not number.is_finite():
        raise ValueError("number")
    return number


def _cents(value: Decimal) -> Decimal:
    exponent = value.as_tuple().exponent  # 128.000 is refused as well: its writer meant thousands
    if isinstance(exponent, int) and exponent < -2:
        raise ValueError("cents")
    return value


Number = Annotated[Decimal, BeforeValidator(_decimal), PlainSerializer(str, when_used="json")]
"""A decimal number, written without quotes and with a point."""

Money = Annotated[Number, AfterValidator(_cents)]
"""Euro, at most two decimals."""

Share = Annotated[Number, Field(ge=0, le=1)]
"""A part of a whole, 0 to 1."""

Grant = Annotated[Number, Field(ge=0), AfterValidator(_cents)]
"""Euro that somebody gives, never less than none."""

Percent = Annotated[Number, Field(ge=0, le=100)]


def _plain(value: object) -> object:
    return {k: v for k, v in value.items() if k != ORIGIN_KEY} if isinstance(value, dict) else value


WithoutOrigin = BeforeValidator(_plain)
"""On mappings with free keys, which are no entities: their places stay with the entity around."""


class Reference(NamedTuple):
    """That an entity names another: where, which id, and the kinds that it may be of (none: any)."""

    entity: Entity
    path: tuple[str | int, ...]
    target: str
    kinds: tuple[str, ...]

    @property
    def place(self) -> Place:
        return self.entity.at(*self.path)


class _Shape(NamedTuple):
    """What a class of entities holds, looked up once: every pass over a large repository asks for it."""

    references: tuple[tuple[str, tuple[str, ...]], ...]
    """Fields that hold references, with their kinds."""
    nested: tuple[str, ...]
    """Fields that hold an entity or a tuple of them."""
    words: tuple[str, ...]
    """Fields that hold free text or a tuple of texts."""


@cache
def _shape(cls: type[Entity]) -> _Shape:
    refs, nested, words = [], [], []
    for name, field in cls.model_fields.items():
        kinds = _ref_kinds(field.annotation, field.metadata)
        if kinds is not None:
            refs.append((name, kinds))
        elif _holds_entities(field.annotation):
            nested.append(name)
        elif _is_free_text(field.annotation, field.metadata):
            words.append(name)
    return _Shape(tuple(refs), tuple(nested), tuple(words))


def _ref_kinds(annotation: Any, metadata: Any = ()) -> tuple[str, ...] | None:
    for item in metadata:
        if isinstance(item, RefTo):
            return item.kinds
    for arg in get_args(annotation):
        if isinstance(arg, RefTo):
            return arg.kinds
        if (found := _ref_kinds(arg)) is not None:
            return found
    return None


def _holds_entities(annotation: Any) -> bool:
    if isinstance(annotation, type) and issubclass(annotation, Entity):
        return True
    return any(_holds_entities(arg) for arg in get_args(annotation))


def _is_free_text(annotation: Any, metadata: Any = ()) -> bool:
    """A text without a pattern; what has one is a code."""
    if annotation is str:
        return not any(getattr(item, "pattern", None) for item in metadata)
    if get_origin(annotation) is Annotated:
        of, *notes = get_args(annotation)
        return _is_free_text(of, notes)
    return get_origin(annotation) is not dict and any(_is_free_text(arg) for arg in get_args(annotation))


@cache
def reference_fields(cls: type[Entity]) -> Mapping[str, tuple[str, ...]]:
    """The fields that hold ids of other entities, with the kinds that these may be of."""
    return dict(_shape(cls).references)


@cache
def money_fields(cls: type[Entity]) -> frozenset[str]:
    """The fields that hold euro."""
    return frozenset(n for n, field in cls.model_fields.items() if _is_money(field.annotation, field.metadata))


def _is_money(annotation: Any, metadata: Any = ()) -> bool:
    found = any(isinstance(item, AfterValidator) and item.func is _cents for item in metadata)
    return found or any(_is_money(arg, getattr(arg, "__metadata__", ())) for arg in get_args(annotation))


def id_of(entity: Entity) -> str | None:
    """Its id, where it is of a kind that has one."""
    return entity.__dict__.get("id")


@cache
def holds_entities(cls: type[Entity]) -> bool:
    """Whether there may be entities inside; hardly any class has some."""
    return bool(_shape(cls).nested)


def children(entity: Entity) -> list[Entity]:
    """The entities directly inside, in the order of the fields."""
    values = entity.__dict__
    found: list[Entity] = []
    for name in _shape(type(entity)).nested:
        value = values[name]
        if value.__class__ is tuple:
            found += value
        elif value is not None:
            found.append(value)
    return found


def free_text_fields(cls: type[Entity]) -> tuple[str, ...]:
    """The fields that may hold free text or a tuple of texts; ids, codes and addresses are none."""
    return _shape(cls).words


def walk(entity: Entity) -> Iterator[Entity]:
    """The entity and all below it, parents first."""
    stack = [entity]
    while stack:
        current = stack.pop()
        yield current
        stack += reversed(children(current))


def references(entity: Entity) -> Iterator[Reference]:
    """The references that the entity itself holds; those of nested entities are theirs."""
    values = entity.__dict__
    for name, kinds in _shape(type(entity)).references:
        value = values[name]
        if value.__class__ is tuple:
            for i, target in enumerate(value):
                yield Reference(entity, (name, i), target, kinds)
        elif isinstance(value, dict):
            for target in value:
                yield Reference(entity, (name, target), target, kinds)
        elif value is not None:
            yield Reference(entity, (name,), value, kinds)
