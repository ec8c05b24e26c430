"""The columns of a sheet, from the types of the fields: what they are called and what may stand in them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from sozplan.diagnostics import Lang, text
from sozplan.model.areas import AreaGoal, AreaPlan
from sozplan.model.entity import Entity, money_fields, reference_fields
from sozplan.model.measures import OWN, THIRD_PARTY, BudgetLine, Measure
from sozplan.model.periods import Period
from sozplan.model.plan import Plan
from sozplan.model.sheets import Column, Form
from sozplan.model.strategy import Goal
from sozplan.repo.edit.entries import STRATEGY
from sozplan.repo.edit.sections import field_at
from sozplan.repo.edit.typed import Kind, kind_of
from sozplan.repo.shape import bare, field_of, keys_of
from sozplan.repo.sheets.layouts import CODES, FINANCING, FIXED, MEASURE, PLAN, Layout

_FIRST = (OWN, THIRD_PARTY)


@dataclass(frozen=True)
class Columns:
    """`name` says what people call the thing of an id, or a source of money."""

    plan: Plan
    lang: Lang
    name: Callable[[str], str]
    sources: Sequence[str]
    """What may pay for a budget line: a column each."""

    def of(self, layout: Layout) -> tuple[Column, ...]:
        return tuple(column for key in layout.keys for column in self._columns(layout, key))

    def _columns(self, layout: Layout, key: str) -> Iterator[Column]:
        if key in FIXED:
            yield self._fixed(layout, key)
        elif key == FINANCING:
            yield from map(self._source, self.sources)
        else:
            yield self._field(layout.classes, key)

    def _fixed(self, layout: Layout, key: str) -> Column:
        label, form = FIXED[key]
        fills = key == MEASURE or (key == PLAN and layout.entry in ("measure", "goal"))
        return Column(
            key,
            label.say(self.lang),
            form,
            self._places(key, layout.entry),
            required=fills,
            locked=not fills,
        )

    def _places(self, key: str, entry: str | None) -> Mapping[str, str]:
        match key:
            case "@plan" if entry == "goal":
                return self._named([AreaPlan.__name__])
            case "@plan":
                whole = text(de="ganze Kommune", en="whole municipality").say(self.lang)
                return {STRATEGY: whole, **self._named([AreaPlan.__name__])}
            case "@measure":
                return self._named([Measure.__name__])
            case "@goal":
                return self._named([AreaGoal.__name__, Goal.__name__])
        return {}

    def _source(self, source: str) -> Column:
        kind = kind_of(BudgetLine, FINANCING)
        head = f"{kind.label.say(self.lang)}: {self._called(source)}"
        return Column(f"{FINANCING}.{source}", head, Form.MONEY)

    def _field(self, classes: Iterable[type[Entity]], key: str) -> Column:
        first = key.partition(".")[0]
        cls = next(each for each in classes if first in keys_of(each))
        around, last = field_at(cls, key)
        kind, field = kind_of(around, last), field_of(around, last)
        head = kind.label.say(self.lang)
        if around is not cls:
            head = f"{kind_of(cls, first).label.say(self.lang)}: {head}"
        form = _form(around, last, kind)
        required = field is not None and field.is_required()
        return Column(key, head, form, self._choices(around, last, kind), required=required)

    def _choices(self, cls: type[Entity], key: str, kind: Kind) -> Mapping[str, str]:
        if key in reference_fields(cls):
            return self._named(reference_fields(cls)[key])
        return {value: label.say(self.lang) for value, label in kind.choices.items()}

    def _named(self, kinds: Iterable[str]) -> dict[str, str]:
        return {id: label for kind in kinds for id, label in self._labels.get(kind, {}).items()}

    @cached_property
    def _labels(self) -> Mapping[str, Mapping[str, str]]:
        """What a cell shows for each id, by kind: the id, by which it is read, and what people call it."""
        found: dict[str, dict[str, str]] = {}
        for id, entity in sorted(self.plan.by_id.items()):
            called = self._called(id)
            found.setdefault(type(entity).__name__, {})[id] = id if called == id else f"{id}{BETWEEN}{called}"
        return found

    def _called(self, id: str) -> str:
        return " ".join(self.name(id).split())


BETWEEN = " · "


def _form(cls: type[Entity], key: str, kind: Kind) -> Form:
    plain = bare(kind.annotation)
    if key in reference_fields(cls):
        return Form.REFERENCES if kind.is_list else Form.REFERENCE
    if kind.choices:
        return Form.CHOICE
    if plain is Decimal:
        return Form.MONEY if key in money_fields(cls) else Form.NUMBER
    if key in CODES:
        return Form.CODE
    return {date: Form.DAY, Period: Form.PERIOD, int: Form.WHOLE}.get(plain, Form.TEXT)


def sources_of(plan: Plan) -> tuple[str, ...]:
    """What pays or may pay for a measure: own money first, then the programmes that any measure names."""
    named = {source for line in plan.all(BudgetLine) for source in line.financing}
    named |= {programme for measure in plan.measures for programme in measure.programmes}
    return (*_FIRST, *sorted(named.difference(_FIRST)))
