"""What is folded and unfolded is the same plan: the town, another municipality, and every type of the model."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from sozplan.model.entity import NOWHERE, Entity, Origin, walk
from sozplan.model.periods import period
from sozplan.model.terms import Status, Term
from sozplan.repo import WorkTree, load
from sozplan.repo.cache.folding import Folded, UnfoldableError, fold
from sozplan.repo.cache.unfolding import unfold

ROOT = Path(__file__).resolve().parents[3]
PLANS = (ROOT, ROOT / "tests/examples/kreis", ROOT / "tests/examples/base", ROOT / "tests/examples/dns")


def there_and_back(roots: list[Entity]) -> list[Entity]:
    entities = [list(walk(root)) for root in roots]
    folded = Folded(*json.loads(json.dumps(fold(entities))))
    origins = [origin_of(entity) for each in entities for entity in each]
    found = unfold(folded, origins)
    firsts = [sum(folded.counts[:i]) for i in range(len(folded.counts))]
    return [found[first] for first in firsts]


def origin_of(entity: Entity) -> Origin:
    return entity.origin


def told(entity: Entity) -> list[tuple[Any, ...]]:
    """All that can be seen of it and of what is in it: values, their types, their order, and what was given."""
    return [
        (
            type(each),
            repr({name: value for name, value in each.__dict__.items() if name != "origin"}),
            each.origin,
            each.model_fields_set,
            list(each.__dict__),
            each.__pydantic_extra__,
            each.__pydantic_private__,
        )
        for each in walk(entity)
    ]


@pytest.mark.parametrize("root", PLANS, ids=lambda root: root.name)
def test_every_file_comes_back_as_it_was(root: Path) -> None:
    roots = list(load(WorkTree(root)).plan.roots.values())
    again = there_and_back(roots)
    assert [told(each) for each in again] == [told(each) for each in roots]
    assert [each.model_dump() for each in again] == [each.model_dump() for each in roots]


class Inner(Entity):
    id: str
    share: Decimal | None = None


class Outer(Entity):
    one: Inner | None = None
    several: tuple[Inner, ...] = ()
    days: tuple[date, ...] = ()
    when: Any = None
    amounts: dict[str, Decimal] = {}  # noqa: RUF012 -- a field, of which pydantic makes a copy
    mixed: tuple[Any, ...] = ()
    status: Status | None = None


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"one": None},
        {"one": Inner(id="a"), "several": (Inner(id="b", share=Decimal("1.50")), Inner(id="c"))},
        {"days": (date(2026, 1, 1), date(2026, 1, 1)), "amounts": {"own": Decimal("1E+3"), "ä": Decimal("0.10")}},
        {"when": period("2023/24"), "status": Status.DRAFT},
        {"when": date(2024, 2, 29)},
        {"mixed": (1, "1", True, None, "\ud800", "\u2028")},
        {"mixed": (Decimal(1), date(2026, 1, 1), period("2024"), (1, (2,)), {"x": (Status.ENDED,)})},
        {"mixed": ((), {}, ((),))},
    ],
)
def test_every_type_comes_back(given: dict[str, Any]) -> None:
    roots: list[Entity] = [Outer(**given), Outer(one=Inner(id="z"))]
    assert [told(each) for each in there_and_back(roots)] == [told(each) for each in roots]


@pytest.mark.parametrize("value", [1.5, b"x", {1: "a"}, object(), {"a": {2}}, frozenset("a"), NOWHERE])
def test_other_types_are_refused(value: object) -> None:
    with pytest.raises(UnfoldableError):
        fold([[Outer(when=value)]])


def test_an_entity_that_nobody_finds_below_its_file_is_refused() -> None:
    with pytest.raises(UnfoldableError):
        fold([[Outer(when=Inner(id="a"))]])


class Elsewhere:
    class Status(Term):
        """Called like one of the model."""

        EVENT = ("event", "Ereignis", "event")


def test_classes_of_the_same_name_are_told_apart() -> None:
    roots: list[Entity] = [Outer(when=Elsewhere.Status.EVENT, status=Status.DRAFT)]
    assert [told(each) for each in there_and_back(roots)] == [told(each) for each in roots]
