"""The inventory as it is: its items by kind and number, their marks by criterion, and what overlaps with what."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sozplan.analysis.fates import Fate, Traced, counted, traced
from sozplan.model.inventory import InventoryItem
from sozplan.model.plan import Plan
from sozplan.model.terms import Advice, InventoryKind
from sozplan.render.cited import Quantity

WIDEST = 7
"""Criteria beside each other; more stand in a further table."""
LOWEST, HIGHEST, WEAK = 1, 5, 2
"""Marks: the scale, and the best of those that count as weak."""


@dataclass(frozen=True, slots=True)
class Stock:
    """All rows in the order of the paper, with what is counted of them."""

    rows: tuple[Traced, ...]
    numbers: Mapping[str, str]
    """B1, B2 … by id of the item."""

    @property
    def groups(self) -> tuple[tuple[InventoryKind, tuple[Traced, ...]], ...]:
        found = ((kind, tuple(row for row in self.rows if row.item.kind is kind)) for kind in InventoryKind)
        return tuple(group for group in found if group[1])

    @property
    def kinds(self) -> tuple[tuple[InventoryKind, Quantity], ...]:
        return tuple((kind, Quantity(len(rows), f"all#inventory/kind/{kind.value}")) for kind, rows in self.groups)

    @property
    def advices(self) -> tuple[tuple[Advice, Quantity], ...]:
        given = [row.advice.advice for row in self.rows if row.advice is not None]
        found = ((each, Quantity(given.count(each), f"all#inventory/advice/{each.value}")) for each in Advice)
        return tuple(pair for pair in found if pair[1])

    @property
    def fates(self) -> tuple[tuple[Fate, Quantity], ...]:
        return tuple((fate, Quantity(n, f"all#inventory/fate/{fate.value}")) for fate, n in counted(self.rows))

    @property
    def open(self) -> tuple[Traced, ...]:
        """What somebody still has to decide on, to act on, or to recommend."""
        return tuple(row for row in self.rows if row.fate in {Fate.EMPTY, Fate.OPEN, Fate.NONE})

    @property
    def gaps(self) -> tuple[Traced, ...]:
        return tuple(row for row in self.rows if row.item.gaps)


def stock(plan: Plan, day: date) -> Stock:
    order = {kind: rank for rank, kind in enumerate(InventoryKind)}
    rows = tuple(sorted(traced(plan, day), key=lambda row: order[row.item.kind]))
    return Stock(rows, {row.item.id: f"B{number}" for number, row in enumerate(rows, 1)})


@dataclass(frozen=True, slots=True)
class Tally:
    """How often a criterion got each mark, from the lowest to the highest."""

    criterion: str
    marks: tuple[Quantity, ...]

    @property
    def weak(self) -> Quantity:
        return Quantity(sum(self.marks[:WEAK]), f"{_ref(self.criterion)}/weak")

    @property
    def total(self) -> Quantity:
        return Quantity(sum(self.marks), f"{_ref(self.criterion)}/total")


def _ref(criterion: str) -> str:
    return f"all#inventory/criterion/{criterion}"


def tallies(rows: Sequence[Traced]) -> tuple[Tally, ...]:
    """The criterion with the largest part of weak marks first."""
    found = [_tally(rows, criterion) for criterion in _criteria(rows)]
    return tuple(sorted(found, key=lambda each: -each.weak / each.total))


def _criteria(rows: Sequence[Traced]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each.criterion for row in rows for each in row.item.assessment))


def _tally(rows: Sequence[Traced], criterion: str) -> Tally:
    given = [each.score for row in rows for each in row.item.assessment if each.criterion == criterion]
    scale = range(LOWEST, HIGHEST + 1)
    return Tally(criterion, tuple(Quantity(given.count(mark), f"{_ref(criterion)}/{mark}") for mark in scale))


@dataclass(frozen=True, slots=True)
class MarkTable:
    """Rows of items with a mark or nothing in each criterion's column."""

    criteria: tuple[str, ...]
    rows: tuple[tuple[Traced, tuple[Quantity | None, ...]], ...]


def mark_tables(rows: Sequence[Traced]) -> tuple[MarkTable, ...]:
    return tuple(MarkTable(some, tuple(_marked(rows, some))) for some in _split(_criteria(rows)))


def _split(criteria: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    tables = -(-len(criteria) // WIDEST)
    wide = -(-len(criteria) // tables) if tables else 1
    yield from (criteria[at : at + wide] for at in range(0, len(criteria), wide))


def _marked(rows: Sequence[Traced], criteria: tuple[str, ...]) -> Iterator[tuple[Traced, tuple[Quantity | None, ...]]]:
    for row in rows:
        marks = _marks(row.item)
        if not marks.keys().isdisjoint(criteria):
            yield row, tuple(marks.get(each) for each in criteria)


def _marks(item: InventoryItem) -> dict[str, Quantity]:
    """The first where a criterion stands twice."""
    found: dict[str, Quantity] = {}
    for at, each in enumerate(item.assessment):
        found.setdefault(each.criterion, Quantity(each.score, f"{item.id}#assessment/{at}/score"))
    return found


def clusters(rows: Sequence[Traced]) -> tuple[tuple[Traced, ...], ...]:
    """Items that overlap with each other, directly or by way of others, whoever of them says so."""
    by_id = {row.item.id: row for row in rows}
    near = {id: set[str]() for id in by_id}
    for row in rows:
        for other in by_id.keys() & set(row.item.overlaps):
            near[row.item.id].add(other)
            near[other].add(row.item.id)
    seen, found = set[str](), []
    for id in by_id:
        if id not in seen and near[id]:
            together = _reached(id, near)
            seen |= together
            found.append(tuple(row for row in rows if row.item.id in together))
    return tuple(found)


def _reached(start: str, near: Mapping[str, set[str]]) -> set[str]:
    found, queue = {start}, [start]
    while queue:
        beyond = near[queue.pop()] - found
        found |= beyond
        queue += beyond
    return found
