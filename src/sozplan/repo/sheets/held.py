"""What the planning says, as the cells of sheets: each value in the one form in which values are compared."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from sozplan.model.entity import Entity
from sozplan.model.measures import BudgetLine
from sozplan.model.plan import Plan
from sozplan.model.sheets import LONGEST, Cells, Column, Line, Sheet
from sozplan.model.terms import Term
from sozplan.repo.edit.entries import STRATEGY
from sozplan.repo.shape import keys_of
from sozplan.repo.sheets.columns import Columns
from sozplan.repo.sheets.layouts import GOAL, LAYOUTS, MEASURE, PLAN, Layout

_SPARE = 30
"""Empty lines for new entries."""


def sheets(plan: Plan, kind: str, columns: Columns, plans: Collection[str] = ()) -> tuple[Sheet, ...]:
    """The sheets of a kind of table, without what is computed; of the named plans, else of all."""
    lang = columns.lang
    return tuple(
        Sheet(
            layout.code,
            layout.title.say(lang),
            columns.of(layout),
            tuple(_lines(plan, layout, columns.of(layout), plans)),
            _SPARE if layout.entry else 0,
        )
        for layout in LAYOUTS[kind]
        if plans == () or layout.code != "strategy" or STRATEGY in plans
    )


def entries(plan: Plan, layout: Layout) -> Mapping[str, tuple[Entity, Cells]]:
    """The entries of a sheet by their key, in the order of the files, with where each belongs."""
    found: dict[str, tuple[Entity, Cells]] = {}
    for key, entity, above in _entries(plan, layout):
        found.setdefault(key, (entity, above))
    return found


def _entries(plan: Plan, layout: Layout) -> Iterator[tuple[str, Entity, dict[str, str]]]:
    match layout.code:
        case "budget":
            for measure in plan.measures:
                above = {MEASURE: measure.id, PLAN: _owner(plan, measure.id)}
                yield from ((key, line, above) for key, line in budget_keys(measure.id, measure.budget))
        case "targets":
            for target, goal in plan.targets():
                yield target.id, target, {GOAL: goal.id, PLAN: _owner(plan, goal.id)}
        case _:
            entities = (each for cls in layout.classes for each in plan.all(cls))
            yield from ((each.__dict__["id"], each, {PLAN: _owner(plan, each.__dict__["id"])}) for each in entities)


def _owner(plan: Plan, id: str) -> str:
    found = plan.owner(id)
    return found.id if found else STRATEGY


def budget_keys(measure: str, lines: tuple[BudgetLine, ...]) -> Iterator[tuple[str, BudgetLine]]:
    """Budget lines have no id: they are told apart by where they stand in the budget, else by their number."""
    seen: dict[str, int] = {}
    for line in lines:
        parts = (measure, str(line.year), line.product, line.cost_centre, line.account)
        key = "/".join(part for part in parts if part)
        seen[key] = seen.get(key, 0) + 1
        yield (key if seen[key] == 1 else f"{key}#{seen[key]}"), line


def _lines(plan: Plan, layout: Layout, columns: tuple[Column, ...], plans: Collection[str]) -> Iterator[Line]:
    for key, (entity, above) in entries(plan, layout).items():
        if plans == () or above.get(PLAN) in plans:
            yield line(key, entity, above, columns)


def line(key: str, entity: Entity, above: Cells, columns: tuple[Column, ...]) -> Line:
    cells = {"id": key, **above}
    fields = [each for each in columns if not (each.is_placed or each.is_computed or each.key == "id")]
    cells |= {each.key: said(value_at(entity, each.key)) for each in fields}
    known = keys_of(type(entity))
    shut = {each.key for each in fields if each.key.partition(".")[0] not in known or len(cells[each.key]) > LONGEST}
    return Line(key, {name: value for name, value in cells.items() if value and name not in shut}, frozenset(shut))


def value_at(entity: Entity, key: str) -> Any:
    found: Any = entity
    for part in key.split("."):
        if isinstance(found, Entity):
            name = next((n for n, f in type(found).model_fields.items() if (f.alias or n) == part), None)
            found = found.__dict__.get(name or part)
        else:
            found = found.get(part) if isinstance(found, Mapping) else None
    return found


def said(value: Any) -> str:
    """A value as it is compared; nothing is the empty text."""
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case Term():
            return str(value.value)
        case int() | Decimal():
            return plain_number(Decimal(value))
        case date():
            return value.isoformat()
        case tuple():
            return "\n".join(map(said, value))
    return tidy_text(str(value))


def plain_number(value: Decimal) -> str:
    return format(value.normalize(), "f") if value else "0"


def tidy_text(value: str) -> str:
    """Without what no reader sees: blanks at the ends of lines, the kind of line ends, how letters are composed."""
    lines = unicodedata.normalize("NFC", value).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(line.rstrip() for line in lines).strip()
