"""An attack of its own on what is published: linear programs on matrices, without anything of the product's."""

from __future__ import annotations

import random
from collections.abc import Mapping

import numpy as np
import pytest
from scipy.optimize import linprog

from sozplan.analysis.disclosure import published
from sozplan.model.case import Case
from tests.analysis.protection.town import Town, make_case, random_town

CLOSE = 1e-6


def seen(case: Case, town: Town) -> dict[str, float | None]:
    """What is published, by territory."""
    figures = {place: published(case, "quote", place)[0] for place in town.all}
    return {place: None if f.value is None else float(f.value) for place, f in figures.items()}


def attack(town: Town, told: Mapping[str, float | None], place: str) -> tuple[float, float]:
    """The least and the most cases that the place can have, for somebody who knows all bases."""
    names = sorted(town.all)
    rows = np.zeros((len(town.sums()), len(names)))
    for row, (whole, parts) in zip(rows, town.sums(), strict=True):
        row[names.index(whole)] = 1
        for part in parts:
            row[names.index(part)] -= 1
    bounds: list[tuple[float, float | None]] = []
    for name in names:
        value, base = told[name], town.all[name].base
        if value is None:
            bounds.append((0, base))
        else:
            cases = value * (1 if base is None else base / 100)
            bounds.append((cases - CLOSE / 100, cases + CLOSE / 100))
    ends = []
    for sign in (1.0, -1.0):
        costs = np.zeros(len(names))
        costs[names.index(place)] = sign
        found = linprog(costs, A_eq=rows, b_eq=np.zeros(len(rows)), bounds=bounds)
        assert found.status in {0, 3}, found.message
        ends.append(np.inf if found.fun is None else sign * found.fun)
    return ends[0], ends[1]


def unsafe(town: Town, told: Mapping[str, float | None], threshold: int) -> list[str]:
    """Places of whose few cases, or few others, some number is ruled out."""
    found = []
    for place, (cases, base) in town.all.items():
        few, others = cases < threshold, base is not None and base - cases < threshold
        if few or others:
            assert told[place] is None, place
            low, high = attack(town, told, place)
            if few and not (low <= 1 + CLOSE and high >= threshold - 1 - CLOSE):
                found.append(place)
            if base and others and not (base - high <= 1 + CLOSE and base - low >= threshold - 1 - CLOSE):
                found.append(place)
    return found


@pytest.mark.parametrize("seed", range(10))
def test_no_small_count_follows_from_what_is_published_in_fifty_towns(seed: int) -> None:
    dice = random.Random(seed)
    for _ in range(50):
        town, threshold = random_town(dice), dice.choice([3, 3, 3, 4, 5])
        assert unsafe(town, seen(make_case(town, threshold=threshold), town), threshold) == []


def test_the_attack_finds_what_primary_suppression_alone_leaves_open() -> None:
    dice = random.Random(0)
    found = 0
    for _ in range(50):
        town = random_town(dice)
        small = {place for place, (cases, base) in town.all.items() if cases < 3 or (base and base - cases < 3)}
        told: dict[str, float | None] = {
            place: None if place in small else float(cases if base is None else 100 * cases / base)
            for place, (cases, base) in town.all.items()
        }
        found += bool(unsafe(town, told, 3))
    assert found > 30


@pytest.mark.parametrize("seed", range(5))
def test_the_order_of_rows_and_areas_changes_nothing(seed: int) -> None:
    town = random_town(random.Random(seed))
    told = seen(make_case(town), town)
    for turn in range(3):
        assert seen(make_case(town, order=random.Random(turn)), town) == told
