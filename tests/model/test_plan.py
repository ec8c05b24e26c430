"""The plan's look-ups, on the small municipality."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from sozplan.model.entity import Entity, children, id_of, reference_fields, references, walk
from sozplan.model.measures import BudgetLine, Measure
from sozplan.model.plan import Plan
from sozplan.model.shared import Decided, Span
from sozplan.model.territory import Designation
from sozplan.repo import WorkTree, load

BASE = Path(__file__).parents[1] / "examples" / "base"


@pytest.fixture(scope="module")
def plan() -> Plan:
    return load(WorkTree(BASE)).plan


def test_children_are_what_the_fields_hold(plan: Plan) -> None:
    """Against pydantic's own account of the fields, which knows nothing of our shapes."""
    for entity in plan.entities:
        held = [value for name, value in entity if name != "origin"]
        flat = [item for value in held for item in (value if isinstance(value, tuple) else (value,))]
        assert children(entity) == [item for item in flat if isinstance(item, Entity)]


def test_everything_is_placed_once_with_the_nearest_id(plan: Plan) -> None:
    assert [entity for entity, _ in plan.placed] == [e for root in plan.roots.values() for e in walk(root)]
    measure = plan.find("hafen-m1", Measure)
    assert measure is not None
    owners = {id(entity): owner for entity, owner in plan.placed}
    assert owners[id(measure)] == "hafen-m1"
    assert {owners[id(line)] for line in measure.budget} == {"hafen-m1"}
    assert owners[id(plan.settings)] is None


def test_entities_of_classes_and_those_below_them(plan: Plan) -> None:
    assert {type(entity).__name__ for entity, _ in plan.placed_as(BudgetLine, Span)} == {"BudgetLine", "Span"}
    decided = {id_of(entity) for entity, _ in plan.placed_as(Decided)}
    assert {"gute-bildung", "hafen-2026", "hafen-g1", "hafen-m1", "festlegung-hafen", "prozess-gebietsplan"} <= decided
    assert len(list(plan.placed_as(Designation))) == 1


def test_each_reference_once_with_its_owner(plan: Plan) -> None:
    wanted = Counter(
        (owner, reference.path, reference.target) for e, owner in plan.placed for reference in references(e)
    )
    assert Counter((owner, r.path, r.target) for r, owner in plan.references()) == wanted
    assert wanted["hafen-m1", ("financing", "land-kita"), "land-kita"] == 2
    assert wanted["hafen-m1", ("executing", 0), "hafentreff-ev"] == 1
    assert wanted["bezirk-01", ("level",), "bezirk"] == 1
    assert not reference_fields(Span)


def test_a_reference_leads_to_its_place(plan: Plan) -> None:
    (reference,) = (r for r, owner in plan.references() if owner == "hafen-m1" and r.path == ("responsible",))
    place = reference.place
    line = (BASE / place.location.file).read_text().splitlines()[place.location.line - 1]
    assert line[place.location.column - 1 :] == "amt-51"
    assert place.entity == "hafen-m1"


def test_what_names_only_known_things_is_passed_over(plan: Plan) -> None:
    """Against looking at each reference: lists, mappings, single ids and empty keys alike."""

    def known(kinds: tuple[str, ...]) -> frozenset[str]:
        return frozenset({*plan.ids, *kinds} - {"land-kita", "amt-51"})

    left = [(r.path, r.target, owner) for r, owner in plan.references(known)]
    naming = {
        id(r.entity) for r, _ in plan.references() if r.target in ("land-kita", "amt-51") and r.target not in r.kinds
    }
    wanted = [(r.path, r.target, owner) for r, owner in plan.references() if id(r.entity) in naming]
    assert left == wanted
    assert (("financing", "land-kita"), "land-kita", "hafen-m1") in left
    assert (("responsible",), "amt-51", "hafen-m1") in left


def test_ids_that_stand_twice(plan: Plan) -> None:
    assert plan.repeated == ()
    content = next(root for root in plan.roots.values() if id_of(root) == "hafen-2026")
    copy = content.model_copy(deep=True)
    doubled = replace(plan, roots={**plan.roots, "plans/areas/zweimal.yaml": copy})
    assert [id(each) for each in doubled.repeated] == [id(each) for each in walk(copy) if id_of(each) is not None]
    assert doubled.get("hafen-2026") is content
