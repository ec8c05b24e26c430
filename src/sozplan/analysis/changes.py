"""What changed in meaning between two states of a plan; where something lies and how it is written plays no part."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, NamedTuple

from sozplan.analysis.fields import Shift, compare, compare_values
from sozplan.diagnostics import text
from sozplan.model.areas import AreaPlan
from sozplan.model.calendar import Retired
from sozplan.model.entity import Entity, children, id_of
from sozplan.model.figures import Cell, Figures
from sozplan.model.indicators import Indicator
from sozplan.model.plan import Plan
from sozplan.model.settings import Settings
from sozplan.model.terms import Publication


class Verb(StrEnum):
    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that is otherwise: an entry that came or went, or a field that says something else.

    `root` is what holds the entry: the file's content, of the new state if it is there.
    `also` counts the entries that came or went inside it, by class.
    """

    verb: Verb
    root: Entity
    old: Entity | None
    new: Entity | None
    shift: Shift | None = None
    also: tuple[tuple[str, int], ...] = ()

    @property
    def entity(self) -> Entity:
        found = self.new or self.old
        if found is None:
            raise ValueError("a change is about something")
        return found

    @property
    def plan(self) -> str | None:
        return self.root.id if isinstance(self.root, AreaPlan) else None

    @property
    def lowers_protection(self) -> bool:
        """Whether more can be published than before: a lower threshold or a wider circle of readers."""
        shift = self.shift
        if shift is None or (shift.within, shift.field) not in _PROTECTION:
            return False
        return _protection(shift.field, shift.new) < _protection(shift.field, shift.old)


_PROTECTION = {
    ("Disclosure", "threshold"),
    ("Disclosure", "zero_is_public"),
    ("Disclosure", "min_contributors"),
    ("Disclosure", "dominance"),
    ("Resource", "threshold"),
    ("Indicator", "min_cases"),
    ("Indicator", "min_base"),
    ("Indicator", "publication"),
}
_CIRCLES = (Publication.PUBLIC, Publication.RESTRICTED, Publication.INTERNAL)


_LAXER = {"zero_is_public", "dominance"}
"""Of these more means less protection."""


def _protection(field: str, value: Any) -> int:
    """More is stricter; nothing said counts as none."""
    if isinstance(value, Publication):
        return _CIRCLES.index(value)
    return -int(value or 0) if field in _LAXER else int(value or 0)


class _Held(NamedTuple):
    """An entry with an id, the nearest one above it and the content of its file."""

    entity: Entity
    parent: str | None
    root: Entity
    path: str


BELONGS = text(de="Gehört zu", en="Belongs to")
TEXT = text(de="Text", en="Text")


def changes(old: Plan, new: Plan, unread: Iterable[str] = ()) -> tuple[Change, ...]:
    """What the new plan says otherwise; what lessens the protection of figures first, then in the order of the files.

    Of files that could not be read on one side (`unread`) nothing is claimed.
    """
    left_out = frozenset(unread)
    before, after = _held(old, new), _held(new, old)
    found = [*_of_roots(old, new, left_out), *_of_entries(before, after, (old, new), left_out), *_of_texts(old, new)]
    return tuple(sorted(found, key=lambda change: not change.lowers_protection))


def _changed_roots(plan: Plan, other: Plan) -> Iterator[tuple[str, Entity]]:
    """What both loaded from the same content is the same object."""
    return ((path, root) for path, root in plan.roots.items() if other.roots.get(path) is not root)


def _held(plan: Plan, other: Plan) -> dict[str, _Held]:
    found: dict[str, _Held] = {}
    for path, root in _changed_roots(plan, other):
        _hold(root, None, root, path, found)
    return found


def _hold(entity: Entity, parent: str | None, root: Entity, path: str, found: dict[str, _Held]) -> None:
    if isinstance(entity, Retired):
        return
    name = id_of(entity)
    if name is not None:
        found.setdefault(name, _Held(entity, parent, root, path))
    for child in children(entity):
        _hold(child, name or parent, root, path, found)


def _of_entries(
    before: Mapping[str, _Held], after: Mapping[str, _Held], plans: tuple[Plan, Plan], unread: frozenset[str]
) -> Iterator[Change]:
    """An id that is still elsewhere, in a file that didn't change, is a double one: the check's business."""
    old, new = plans
    come = {id for id, held in after.items() if id not in before and not _unknown(old, id, held, unread)}
    gone = {id for id, held in before.items() if id not in after and not _unknown(new, id, held, unread)}
    for id, held in after.items():
        if id in before:
            yield from _altered(before[id], held)
        elif id in come and held.parent not in come:
            yield Change(Verb.ADDED, held.root, None, held.entity, also=_inside(held.entity, come))
    for id, held in before.items():
        if id in gone and held.parent not in gone:
            yield Change(Verb.REMOVED, held.root, held.entity, None, also=_inside(held.entity, gone))


def _unknown(other: Plan, id: str, held: _Held, unread: frozenset[str]) -> bool:
    """Whether the other side may well have the entry, in an unchanged file or one that could not be read."""
    return other.get(id) is not None or id in other.muted or held.path in unread


def _inside(entity: Entity, ids: set[str]) -> tuple[tuple[str, int], ...]:
    below = [each for child in children(entity) for each in _below(child)]
    counted = Counter(type(each).__name__ for each in below if id_of(each) in ids)
    return tuple(counted.items())


def _below(entity: Entity) -> Iterator[Entity]:
    yield entity
    for child in children(entity):
        yield from _below(child)


def _altered(old: _Held, new: _Held) -> Iterator[Change]:
    if old.parent != new.parent:
        shift = Shift(
            path=(), labels=(BELONGS,), old=old.parent, new=new.parent, within="", field="parent", refers=True
        )
        yield Change(Verb.CHANGED, new.root, old.entity, new.entity, shift)
    for shift in compare(old.entity, new.entity):
        yield Change(Verb.CHANGED, new.root, old.entity, new.entity, shift)


def _of_roots(old: Plan, new: Plan, unread: frozenset[str]) -> Iterator[Change]:
    """What files without an id say themselves; several of a kind are one, so that entries may move between them."""
    before, after = _pooled(old, new, unread), _pooled(new, old, unread)
    for cls, about in dict.fromkeys((*after, *before)):
        one, other = before.get((cls, about)), after.get((cls, about))
        example = (other or one or [])[0]
        if cls is Settings and (one is None or other is None):
            continue
        for shift in compare_values(cls, _together(one or []), _together(other or [])):
            yield Change(Verb.CHANGED, example, one[0] if one else None, example, shift)


def _pooled(plan: Plan, other: Plan, unread: frozenset[str]) -> dict[tuple[type[Entity], str | None], list[Entity]]:
    """By class, and by the resolution that a file is about."""
    found: dict[tuple[type[Entity], str | None], list[Entity]] = {}
    for path, root in _changed_roots(plan, other):
        if id_of(root) is None and path not in unread:
            found.setdefault((type(root), getattr(root, "resolution", None)), []).append(root)
    return found


def _together(roots: list[Entity]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for root in roots:
        for name, value in root.__dict__.items():
            values[name] = (*values.get(name, ()), *value) if isinstance(value, tuple) else value
    return values


def _of_texts(old: Plan, new: Plan) -> Iterator[Change]:
    """Chapters whose text is another, wherever it lies."""
    for chapter in new.chapters:
        former = next((each for each in old.chapters if each.id == chapter.id), None)
        if former is None or chapter.file is None or former.file is None or new.handbook is None:
            continue
        before, after = old.texts.get(former.file), new.texts.get(chapter.file)
        if before is not None and after is not None and before != after:
            shift = Shift(path=("file",), labels=(TEXT,), old=before, new=after, within="Chapter", field="text")
            yield Change(Verb.CHANGED, new.handbook, former, chapter, shift)


@dataclass(frozen=True, slots=True)
class Observed:
    """How many observations of an indicator came, were revised or went; never how large they are."""

    resource: str
    indicator: str
    added: int
    revised: int
    removed: int


def observed(old: Figures, new: Figures, unread: Iterable[str] = ()) -> tuple[Observed, ...]:
    """By data file and indicator, in alphabetical order; of files that could not be read on one side nothing is said.

    Where that is a description that tables can't be read without, nothing is said of any figure.
    """
    left_out = frozenset(unread)
    if any(path.startswith(_DESCRIPTIONS) and path.endswith((".yaml", ".yml")) for path in left_out):
        return ()
    before, after = _rows(old, new, left_out), _rows(new, old, left_out)
    counts: dict[tuple[str, str], list[int]] = {}
    for key in before.keys() | after.keys():
        resource, indicator = key[:2]
        row = counts.setdefault((resource, indicator), [0, 0, 0])
        if key not in before:
            row[0] += 1
        elif key not in after:
            row[2] += 1
        elif before[key] != after[key]:
            row[1] += 1
    return tuple(Observed(*where, *row) for where, row in sorted(counts.items()) if any(row))


_DESCRIPTIONS = ("indicators/", "plans/territory/")
_Row = tuple[str, str, str, str]


def _rows(figures: Figures, others: Figures, left_out: frozenset[str]) -> dict[_Row, set[tuple[object, ...]]]:
    """What is told of each area and period, in all vintages; cells of unchanged files are the same objects."""
    known = set(map(id, others.cells))
    found: dict[_Row, set[tuple[object, ...]]] = {}
    for cell in figures.cells:
        if id(cell) not in known and cell.at.file not in left_out:
            key = (cell.resource, cell.indicator, cell.area, cell.period.text)
            found.setdefault(key, set()).add(_content(cell))
    return found


def _content(cell: Cell) -> tuple[object, ...]:
    return cell.numerator, cell.denominator, cell.value, cell.missing, cell.quality, cell.vintage


def sheet_of(plan: Plan, entity: Entity) -> Indicator | None:
    """The sheet of the indicator that an entry speaks of, for the unit of its values."""
    return plan.find(getattr(entity, "indicator", None), Indicator)
