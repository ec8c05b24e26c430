"""That a revision gives nothing away beside what was published before: attacked by linear programs of our own.

The attacker keeps both editions, knows which numbers were delivered again and all bases.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from scipy.optimize import linprog

from sozplan.model.case import Case
from tests.analysis.protection.test_random_tables import CLOSE, seen
from tests.analysis.protection.test_regions import large_town
from tests.analysis.protection.town import Of, Town, make_case, make_cell, random_town

FIRST, SECOND = date(2026, 1, 1), date(2026, 3, 1)
EARLY, LATE = date(2026, 2, 1), date(2026, 4, 1)

Told = Mapping[str, float | None]


def revised(town: Town, dice: random.Random) -> Town:
    """Some counts are others now, and some of them are small."""
    again = dice.sample(sorted(town.counted), min(len(town.counted), dice.randint(1, 4)))
    changed = {name: town.counted[name]._replace(cases=_other(town.counted[name], dice)) for name in again}
    return replace(town, counted={**town.counted, **changed})


def _other(of: Of, dice: random.Random) -> int:
    return min(of.base if of.base is not None else 300, dice.choice([1, 2, of.cases + 1, of.cases + 7]))


def cases_of(before: Town, after: Town) -> tuple[Case, Case]:
    """What was known in February and in April: only what changed was delivered again."""
    own = [name for name in before.all if name not in before.areas]
    cells = [make_cell(name, before.all[name], vintage=FIRST) for name in own]
    cells += [make_cell(name, after.all[name], vintage=SECOND) for name in own if before.all[name] != after.all[name]]
    early, late = (make_case(after, cells=cells, as_of=day) for day in (EARLY, LATE))
    return early, late


def attack(before: Town, after: Town, early: Told, late: Told, place: str, is_late: bool) -> tuple[float, float]:
    """The least and the most cases that the place can have had in one of the editions."""
    names = sorted(before.all)
    changed = {name for name in names if name in before.areas or before.all[name] != after.all[name]}
    columns = {(name, turn): i for i, (name, turn) in enumerate((n, t) for n in names for t in (0, 1))}
    rows, totals = [], []
    for turn in (0, 1):
        for whole, parts in before.sums():
            row = np.zeros(len(columns))
            row[columns[whole, turn]] = 1
            for part in parts:
                row[columns[part, turn]] -= 1
            rows.append(row)
            totals.append(0.0)
    for name in names:
        if name not in changed:
            row = np.zeros(len(columns))
            row[columns[name, 0]], row[columns[name, 1]] = 1, -1
            rows.append(row)
            totals.append(0.0)
    bounds: list[tuple[float, float | None]] = []
    for name, turn in columns:
        value, base = (late if turn else early)[name], before.all[name].base
        cases = None if value is None else round(value * (1 if base is None else base / 100))
        bounds.append((0, base) if cases is None else (cases, cases))
    ends = []
    for sign in (1.0, -1.0):
        costs = np.zeros(len(columns))
        costs[columns[place, int(is_late)]] = sign
        found = linprog(costs, A_eq=np.array(rows), b_eq=totals, bounds=bounds)
        assert found.status in {0, 3}, found.message
        ends.append(np.inf if found.fun is None else sign * found.fun)
    return ends[0], ends[1]


def unsafe(before: Town, after: Town, early: Told, late: Told) -> list[tuple[str, bool]]:
    """Of whose one or two cases one is ruled out; what was published before it was small can't be taken back."""
    found = []
    for is_late, (town, told) in enumerate(((before, early), (after, late))):
        for place, of in town.all.items():
            if 0 < of.cases < 3:
                assert told[place] is None, place
                low, high = attack(before, after, early, late, place, bool(is_late))
                if not (low <= 1 + CLOSE and high >= 2 - CLOSE):
                    found.append((place, bool(is_late)))
    return found


@pytest.mark.parametrize("seed", range(6))
def test_no_small_count_follows_from_two_editions(seed: int) -> None:
    dice = random.Random(f"editions {seed}")
    for _ in range(8):
        before = random_town(dice)
        after = revised(before, dice)
        early, late = (seen(case, before) for case in cases_of(before, after))
        assert unsafe(before, after, early, late) == []


@pytest.mark.parametrize("seed", range(12))
def test_no_small_count_follows_in_a_town_most_of_which_is_never_looked_at(seed: int) -> None:
    town = large_town(random.Random(seed))
    told = seen(make_case(town), town)
    assert unsafe(town, town, told, told) == []


@pytest.mark.parametrize("seed", range(4))
def test_nor_in_a_large_town_of_which_a_part_is_looked_at_later(seed: int) -> None:
    dice = random.Random(seed)
    before = large_town(dice)
    after = revised(before, dice)
    early, late = (seen(case, before) for case in cases_of(before, after))
    assert unsafe(before, after, early, late) == []


@pytest.mark.parametrize("seed", range(4))
def test_what_comes_later_changes_nothing_of_what_was_published(seed: int) -> None:
    dice = random.Random(seed)
    before = large_town(dice)
    early, late = cases_of(before, revised(before, dice))
    known = [cell for cell in late.figures.held if cell.vintage == FIRST]
    alone = make_case(before, cells=known, as_of=EARLY)
    assert seen(early, before) == seen(alone, before)


def test_the_attack_finds_what_is_published_without_regard_to_the_first_edition() -> None:
    found = 0
    for seed in range(12):
        dice = random.Random(seed)
        before = large_town(dice)
        after = revised(before, dice)
        (early, _), alone = (seen(case, before) for case in cases_of(before, after)), seen(make_case(after), after)
        assert early
        found += bool(unsafe(before, after, early, alone))
    assert found
