"""Goals, plans and strategic goals: weighted over what can be rated, with what that covers."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from sozplan.analysis.attainment import assess
from sozplan.analysis.verdict import Aggregate, rounded
from sozplan.model.terms import Light
from tests.analysis.sample import cell, change, facts, goal, make_case

CELLS = [cell("01", 2025, "30"), cell("02", 2025, "18"), cell("1000", 2025, "46")]
"""From 20 to 40 halfway: Z is 50 in district 01 (green), -10 in 02 (red, worsened), 130 in the whole (green)."""


def together(**case: Any) -> dict[str, Aggregate]:
    return {each.scope: each for each in assess(make_case(CELLS, **case)).aggregates}


def target(id: str, area: str, **fields: Any) -> dict[str, Any]:
    return change(id=id, **fields) | {"area": area}


def lights(aggregate: Aggregate) -> tuple[int, ...]:
    return tuple(aggregate.lights[light] for light in (Light.GREEN, Light.YELLOW, Light.RED, Light.GREY))


def test_excess_does_not_hide_failure() -> None:
    # (60 * 100 + 40 * 0) / 100; unclipped it would be 74.
    found = together(goals=[goal(target("a", "stadt", weight=60), target("b", "b-02", weight=40))])["ziel"]
    assert facts(found.attainment, found.coverage, found.worsened, lights(found)) == (60, 100, 1, (1, 0, 1, 0))


def test_without_weights_all_count_the_same() -> None:
    found = together(goals=[goal(target("a", "b-01"), target("b", "b-02"), target("c", "stadt"))])["ziel"]
    assert found.attainment == 50


@pytest.mark.parametrize(("ratable", "attainment"), [(60, 50), (59, None)])
def test_below_the_coverage_there_is_no_number(ratable: int, attainment: int | None) -> None:
    goals = [goal(target("a", "b-01", weight=ratable), target("b", "b-04", weight=100 - ratable))]
    found = together(goals=goals)["ziel"]
    assert facts(found.attainment, found.coverage, lights(found)) == (attainment, ratable, (1, 0, 0, 1))


def test_nothing_ratable_has_no_number_even_where_none_is_needed() -> None:
    found = together(goals=[goal(target("a", "b-04"))], settings={"lights": {"coverage": 0}})["ziel"]
    assert facts(found.attainment, found.coverage) == (None, 0)


def test_a_plan_weighs_its_goals_not_their_targets() -> None:
    # g1: 50; g2: (100 + 0) / 2 = 50, weight 3; g3: 0 -> (1*50 + 3*50 + 1*0) / 5 = 40
    goals = [
        goal(target("a", "b-01"), id="g1"),
        goal(target("b", "stadt"), target("c", "b-02"), id="g2", weight=3),
        goal(target("d", "b-02"), id="g3"),
        goal(id="g4"),
    ]
    found = together(goals=goals)
    assert rounded(found["plan"].attainment or Decimal(0)) == 40
    assert found["g2"].attainment == 50
    assert "g4" not in found


TREE = [
    {"id": "leit", "level": "guiding", "statement": "L"},
    {"id": "mittel", "level": "intermediate", "statement": "M", "parent": "leit"},
    {"id": "leer", "level": "intermediate", "statement": "M", "parent": "leit"},
    goal(target("s", "stadt"), id="stadtziel", level="action", parent="mittel"),
]


def test_a_strategic_goal_counts_all_below_it() -> None:
    # mittel: city goal 100 and area goal 50 -> 75; the empty goal has no weight.
    found = together(strategy=TREE, goals=[goal(target("a", "b-01"), serves="mittel")])
    assert {scope: found[scope].attainment for scope in ("leit", "mittel", "stadtziel", "ziel")} == {
        "leit": 75,
        "mittel": 75,
        "stadtziel": 100,
        "ziel": 50,
    }
    assert "leer" not in found
    assert list(found) == ["leit", "mittel", "stadtziel", "plan", "ziel"]


@pytest.mark.parametrize("status", ["draft", "proposal", "ended"])
def test_only_resolved_area_goals_count_above(status: str) -> None:
    found = together(strategy=TREE, goals=[goal(target("a", "b-01"), serves="mittel")], plan={"status": status})
    assert facts(found["leit"].attainment, found["plan"].attainment) == (100, 50)


def test_a_circle_of_goals_ends() -> None:
    circle = [
        goal(target("s", "stadt"), id="eins", level="intermediate", parent="zwei"),
        {"id": "zwei", "level": "intermediate", "statement": "Z", "parent": "eins"},
    ]
    assert together(strategy=circle)["zwei"].attainment == 100


def test_a_negative_weight_counts_as_none() -> None:
    found = together(goals=[goal(target("a", "b-01", weight=100), target("b", "stadt", weight=-50))])["ziel"]
    assert facts(found.attainment, found.coverage) == (50, 100)
