"""Every key has its text in both languages; places lead back to the file."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from pydantic import ValidationError

from sozplan.model.areas import AreaPlan, Need
from sozplan.model.entity import Entity, note, references, walk
from sozplan.model.measures import Measure
from sozplan.repo import yaml
from sozplan.repo.load import KINDS


def _classes(cls: type[Entity] = Entity) -> list[type[Entity]]:
    return [each for sub in cls.__subclasses__() for each in (sub, *_classes(sub))]


KEYS = [
    pytest.param(cls, name, id=f"{cls.__name__}.{name}")
    for cls in _classes()
    if cls.__module__.startswith("sozplan.")
    for name in cls.model_fields
    if name != "origin"
]


def test_there_are_entities() -> None:
    assert len(KEYS) > 400
    assert {kind.__name__ for kind in KINDS.values()} <= {cls.__name__ for cls in _classes()}


@pytest.mark.parametrize(("cls", "name"), KEYS)
def test_each_key_is_described_in_both_languages(cls: type[Entity], name: str) -> None:
    found = note(cls.model_fields[name])
    assert found is not None
    for words in (found.label, found.description):
        assert all(words)
        assert words.de.strip() == words.de
    assert re.search(r"[.!?”“…]$", found.description.de)
    assert re.search(r"[.!?”“…]$", found.description.en)


MEASURE = """\
id: m1
title: Lotsen
commitment: resolved
budget_reservation: false
goals: [g1, g2]
executing:
  - brueckenbau
budget:
  - year: 2026
    planned: 100.50
    financing: {own: 60.50, ganztag: 40}
"""


@pytest.fixture
def measure() -> Measure:
    document = yaml.read(MEASURE.encode(), "plans/strategy.yaml")
    assert document.value is not None
    return Measure.model_validate(document.value)


@pytest.mark.parametrize(
    ("path", "line", "column"),
    [
        ((), 1, 1),
        (("title",), 2, 8),
        (("goals",), 5, 8),
        (("goals", 1), 5, 13),
        (("executing",), 6, 1),
        (("executing", 0), 7, 5),
        (("budget", 0), 9, 5),
        (("budget", 0, "planned"), 10, 14),
        (("budget", 0, "financing", "ganztag"), 11, 38),
        (("budget", 0, "account"), 9, 5),
        (("unknown", 3), 1, 1),
    ],
)
def test_a_value_leads_back_to_its_place(measure: Measure, path: tuple[str | int, ...], line: int, column: int) -> None:
    place = measure.at(*path)
    assert (place.location.file, place.location.line, place.location.column) == ("plans/strategy.yaml", line, column)
    assert place.entity == "m1"


def test_money_is_exact(measure: Measure) -> None:
    assert measure.cost() == Decimal("100.50")
    assert measure.budget[0].financing == {"own": Decimal("60.50"), "ganztag": Decimal(40)}
    assert measure.cost(2027) == 0


def test_references_name_their_kinds(measure: Measure) -> None:
    found = {(ref.target, ref.kinds) for entity in walk(measure) for ref in references(entity)}
    assert found == {
        ("g1", ("Goal", "AreaGoal")),
        ("g2", ("Goal", "AreaGoal")),
        ("brueckenbau", ("Actor",)),
        ("own", ("Programme", "own", "third-party")),
        ("ganztag", ("Programme", "own", "third-party")),
    }


def test_places_are_no_part_of_the_content(measure: Measure) -> None:
    assert "origin" not in measure.model_dump()
    assert "@" not in str(measure.model_dump(by_alias=True))
    assert "Origin" not in repr(measure)


def test_entities_are_frozen(measure: Measure) -> None:
    with pytest.raises(ValidationError, match="frozen"):
        measure.title = "Andere"  # type: ignore[misc]


def test_parents_come_before_their_children() -> None:
    plan = AreaPlan.model_validate(
        {
            "id": "p",
            "area": "a",
            "title": "T",
            "status": "draft",
            "period": {"from": "2026-01-01"},
            "needs": [{"id": "n1", "statement": "S"}, {"id": "n2", "statement": "S"}],
        }
    )
    assert [entity.id for entity in walk(plan) if isinstance(entity, AreaPlan | Need)] == ["p", "n1", "n2"]
