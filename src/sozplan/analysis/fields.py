"""What two versions of the same entry say differently, field by field; how it is written plays no part.

Entries with an id of their own are compared elsewhere, each under its id.
What has none is found again by what it is about: a budget line by its year, a point by its period.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from unicodedata import normalize

from sozplan.diagnostics import Text
from sozplan.model.calendar import Retired
from sozplan.model.entity import Entity, id_of, money_fields, note, reference_fields
from sozplan.model.periods import Period


@dataclass(frozen=True, slots=True)
class Listed:
    """What was put on a list, or taken off it; `reordered` where only the order is another."""

    items: tuple[object, ...]
    reordered: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """What one field said and says now; None where it says nothing.

    `labels` lead to it: labels of keys, and between them what an item of a list is about.
    `within` is the class that has the field; `refers` and `money` say what its values are.
    """

    path: tuple[str, ...]
    labels: tuple[Text | str, ...]
    old: object
    new: object
    within: str
    field: str
    refers: bool = False
    money: bool = False


ABOUT: Mapping[str, tuple[str, ...]] = {
    "Allocation": ("area",),
    "Assignment": ("holder", "part"),
    "Bound": ("name",),
    "Break": ("start",),
    "BudgetLine": ("year", "product", "cost_centre", "account", "side"),
    "BudgetYear": ("year", "start"),
    "ChangeEntry": ("version",),
    "Check": ("name",),
    "Column": ("name",),
    "Component": ("indicator",),
    "Consultation": ("body", "date"),
    "Contribution": ("statement",),
    "Criterion": ("criterion",),
    "ExcludedArea": ("area",),
    "Exit": ("label",),
    "EvidenceFile": ("resource",),
    "EvidenceStamp": ("entity",),
    "FigureEvidence": ("indicator", "period", "area"),
    "FollowUp": ("statement",),
    "LocalEvidence": ("body", "date"),
    "Member": ("actor",),
    "Method": ("version",),
    "Participation": ("title", "date"),
    "Point": ("period",),
    "Resource": ("name",),
    "Resources": ("statement",),
    "Retired": ("id",),
    "ReviewOutput": ("statement",),
    "RoleAssignment": ("subject", "holder"),
    "Stamp": ("entity",),
    "Stage": ("state", "date"),
    "Step": ("step",),
    "Window": ("closes",),
}
"""What tells the items of a list apart, the most telling field first."""

_ELSEWHERE = {("Chapter", "file"), ("Resource", "path"), ("Stamps", "resolution")}
"""Where a file lies says nothing about what is in it; stamps are compared by their resolution anyway."""
_IN_ORDER = {"chapters", "levels", "components", "steps", "consultations"}
"""Lists of entries whose order means something."""


def compare(old: Entity, new: Entity) -> Iterator[Shift]:
    """Every field that says something else; of another kind of entry, by the fields that either has."""
    yield from compare_values(type(new), _values(old), _values(new))


def compare_values(cls: type[Entity], old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Shift]:
    for name in dict.fromkeys((*new, *old)):
        if name not in {"id", "origin"} and (cls.__name__, name) not in _ELSEWHERE:
            yield from _compare_field(_Field.of(cls, name), old.get(name), new.get(name))


def _values(entity: Entity | None) -> Mapping[str, Any]:
    return {} if entity is None else entity.__dict__


@dataclass(frozen=True, slots=True)
class _Field:
    """Where a value stands; `path` and `labels` lead there from the entry that has the id."""

    cls: type[Entity]
    name: str
    path: tuple[str, ...]
    labels: tuple[Text | str, ...]
    keyed: bool = False
    """The value belongs to a key of a mapping; references stand in its keys."""

    @classmethod
    def of(cls, owner: type[Entity], name: str, above: _Field | None = None) -> _Field:
        field = owner.model_fields.get(name)
        text = note(field) if field else None
        key = (field.alias if field else None) or name
        path, labels = (above.path, above.labels) if above else ((), ())
        return cls(owner, name, (*path, key), (*labels, text.label if text else Text(key, key)))

    def item(self, about: str) -> _Field:
        return _Field(self.cls, self.name, (*self.path, about), (*self.labels, about)) if about else self

    def shift(self, old: object, new: object) -> Shift:
        return Shift(
            path=self.path,
            labels=self.labels,
            old=old,
            new=new,
            within=self.cls.__name__,
            field=self.name,
            refers=not self.keyed and self.name in reference_fields(self.cls),
            money=self.name in money_fields(self.cls),
        )


def _compare_field(field: _Field, old: Any, new: Any) -> Iterator[Shift]:
    if isinstance(old, Entity) or isinstance(new, Entity):
        yield from _compare_part(field, old, new)
    elif isinstance(old, tuple) or isinstance(new, tuple):
        yield from _compare_list(field, old or (), new or ())
    elif isinstance(old, dict) or isinstance(new, dict):
        yield from _compare_mapping(field, old or {}, new or {})
    elif plain(old) != plain(new):
        yield field.shift(old, new)


def _compare_part(field: _Field, old: Entity | None, new: Entity | None) -> Iterator[Shift]:
    if _has_id(old) or _has_id(new):
        return
    if old is None or new is None:
        yield field.shift(old, new)
        return
    for name in dict.fromkeys((*type(new).model_fields, *type(old).model_fields)):
        if name != "origin":
            yield from _compare_field(
                _Field.of(type(new), name, field), getattr(old, name, None), getattr(new, name, None)
            )


def _compare_list(field: _Field, old: Sequence[Any], new: Sequence[Any]) -> Iterator[Shift]:
    if any(map(_has_id, (*old, *new))):
        if field.name in _IN_ORDER and _is_reordered([id_of(e) for e in old], [id_of(e) for e in new]):
            yield field.shift(None, Listed((), reordered=True))
    elif any(isinstance(item, Entity) for item in (*old, *new)):
        yield from _compare_parts(field, old, new)
    else:
        yield from _compare_plain(field, old, new)


def _is_reordered(old: Sequence[object], new: Sequence[object]) -> bool:
    return [each for each in old if each in new] != [each for each in new if each in old]


def _compare_plain(field: _Field, old: Sequence[Any], new: Sequence[Any]) -> Iterator[Shift]:
    before, after = [plain(each) for each in old], [plain(each) for each in new]
    gone, come = Counter(before) - Counter(after), Counter(after) - Counter(before)
    if gone or come:
        yield field.shift(Listed(tuple(gone.elements())), Listed(tuple(come.elements())))
    elif before != after and field.name not in reference_fields(field.cls):
        yield field.shift(None, Listed((), reordered=True))


def _compare_mapping(field: _Field, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Shift]:
    for key in dict.fromkeys((*old, *new)):
        yield from _compare_field(replace(field.item(str(key)), keyed=True), old.get(key), new.get(key))


def _compare_parts(field: _Field, old: Sequence[Entity], new: Sequence[Entity]) -> Iterator[Shift]:
    naming = _naming(old, new)
    if naming is None:
        yield from _compare_unnamed(field, old, new)
        return
    before, after = {naming(each): each for each in old}, {naming(each): each for each in new}
    for name in dict.fromkeys((*before, *after)):
        yield from _compare_part(field.item(name), before.get(name), after.get(name))
    if field.name in _IN_ORDER and _is_reordered(list(before), list(after)):
        yield field.shift(None, Listed((), reordered=True))


def _naming(old: Sequence[Entity], new: Sequence[Entity]) -> Any:
    """What names each item in both lists: as few of its telling fields as keep the items apart."""
    for count in range(1, 1 + max(len(ABOUT.get(type(each).__name__, ())) for each in (*old, *new))):

        def naming(each: Entity, count: int = count) -> str:
            fields = ABOUT.get(type(each).__name__, ())[:count]
            return " ".join(_shown(value) for name in fields if (value := getattr(each, name)) is not None)

        if all(len({naming(e) for e in side}) == len(side) and all(naming(e) for e in side) for side in (old, new)):
            return naming
    return None


def _compare_unnamed(field: _Field, old: Sequence[Entity], new: Sequence[Entity]) -> Iterator[Shift]:
    gone = _without(old, new)
    come = _without(new, old)
    if len(gone) == len(come) == 1:
        yield from _compare_part(field, gone[0], come[0])
        return
    yield from (field.shift(each, None) for each in gone)
    yield from (field.shift(None, each) for each in come)


def _without(some: Sequence[Entity], others: Sequence[Entity]) -> list[Entity]:
    rest = [each.model_dump() for each in others]
    left = []
    for each in some:
        dump = each.model_dump()
        if dump in rest:
            rest.remove(dump)
        else:
            left.append(each)
    return left


def _has_id(value: object) -> bool:
    """Retired ids are records of ids, not the entries that had them."""
    return isinstance(value, Entity) and id_of(value) is not None and not isinstance(value, Retired)


def plain(value: Any) -> Any:
    """A value as it is compared: texts by what is seen, periods by their name."""
    if type(value) is str:
        return normalize("NFC", value)
    return value.text if isinstance(value, Period) else value


def _shown(value: object) -> str:
    return str(getattr(value, "value", value))
