"""Texts are looked through many at once, and none is lost by it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sozplan.model.areas import AreaPlan, Need
from sozplan.model.entity import Entity
from sozplan.model.plan import Plan
from sozplan.repo import WorkTree, load
from sozplan.rules.sift import Test as Look
from sozplan.rules.sift import sift
from tests.rules.harness import BASE


@pytest.fixture(scope="module")
def plan() -> Plan:
    return load(WorkTree(BASE)).plan


def needs(plan: Plan, count: int) -> list[tuple[Entity, str | None]]:
    need = plan.all(Need)[0]
    made = (need.model_copy(update={"id": f"n{i}", "statement": f"Satz {i}.", "reason": None}) for i in range(count))
    return [(each, each.id) for each in made]


def looking_for(*words: str, asked: list[str]) -> Callable[[str], Look | None]:
    def suspect(many: str) -> Look | None:
        asked.append(many)
        return (lambda one: one in words) if any(word in many for word in words) else None

    return suspect


def test_the_one_among_many_is_found_with_its_place(plan: Plan) -> None:
    asked: list[str] = []
    suspect = looking_for("Satz 0.", "Satz 317.", "Satz 999.", asked=asked)
    found = list(sift(needs(plan, 1000), ("statement", "reason"), suspect))
    assert [(each.words, each.path, each.owner) for each in found] == [
        ("Satz 0.", ("statement",), "n0"),
        ("Satz 317.", ("statement",), "n317"),
        ("Satz 999.", ("statement",), "n999"),
    ]
    assert len(asked) < 10


def test_lists_of_texts_are_searched_one_by_one(plan: Plan) -> None:
    paper = plan.all(AreaPlan)[0].model_copy(update={"profile_indicators": ("eins", "zwei", "drei")})
    suspect = looking_for("zwei", asked=[])
    (found,) = sift([(paper, "hafen-2026")], ("profile_indicators",), suspect)
    assert (found.words, found.path, found.entity) == ("zwei", ("profile_indicators", 1), paper)


def test_nothing_is_asked_about_nothing(plan: Plan) -> None:
    asked: list[str] = []
    suspect = looking_for("Satz", asked=asked)
    assert list(sift(needs(plan, 3), (), suspect)) == []
    assert list(sift(needs(plan, 3), ("reason",), suspect)) == []
    assert asked == []
