"""Towns whose social areas lie across districts in such numbers that everything hangs together with everything.

The attack is that of the random tables, written apart from the product's.
"""

from __future__ import annotations

import random
from collections.abc import Mapping

import numpy as np
import pytest
from scipy.optimize import linprog
from scipy.sparse import csr_array

from sozplan.analysis.disclosure import Audience, coarsened
from sozplan.analysis.protection.effort import Effort
from sozplan.analysis.protection.suppress import Problem, choose, seek
from sozplan.analysis.protection.table import protection
from sozplan.model.periods import period
from tests.analysis.protection.test_editions import cases_of, revised
from tests.analysis.protection.test_editions import unsafe as unsafe_editions
from tests.analysis.protection.test_random_tables import CLOSE, seen
from tests.analysis.protection.test_regions import problem_of, told
from tests.analysis.protection.town import Of, Town, make_case


def crossing_town(
    dice: random.Random,
    units: int = 120,
    areas: int = 30,
    *,
    size: tuple[int, int] = (3, 9),
    small: float = 0.12,
    full: float = 0.0,
) -> Town:
    """Blocks that are dealt out to districts, and areas of blocks from all over; some of nearly all of their base."""
    districts = [f"d{i:02}" for i in range(max(2, units // 25))]
    blocks = [f"b{i:03}" for i in range(units)]
    below = {"stadt": districts, **{d: blocks[i :: len(districts)] for i, d in enumerate(districts)}}
    counted = {block: _counted(dice, small, full) for block in blocks}
    return Town(below, counted, {f"a{i:02}": sorted(dice.sample(blocks, dice.randint(*size))) for i in range(areas)})


def _counted(dice: random.Random, small: float, full: float) -> Of:
    base, few = dice.randint(60, 400), dice.choice([0, 1, 2])
    chance = dice.random()
    return Of(few if chance < small else base - few if chance < small + full else dice.randint(8, base // 2), base)


def unsafe(town: Town, told: Mapping[str, float | None], threshold: int = 3) -> list[str]:
    """Places of whose few cases, or few others, some number is ruled out."""
    names = sorted(town.all)
    place = {name: i for i, name in enumerate(names)}
    entries = [
        (row, place[name], by)
        for row, (whole, parts) in enumerate(town.sums())
        for name, by in ((whole, 1.0), *((part, -1.0) for part in parts))
    ]
    rows, columns, factors = zip(*entries, strict=True)
    matrix = csr_array((factors, (rows, columns)), shape=(len(town.sums()), len(names)))
    bounds = []
    for name in names:
        value, people = told[name], town.all[name].base or 0
        bounds.append((0, people) if value is None else (round(value * people / 100),) * 2)

    def end(name: str, sign: int) -> float:
        costs = np.zeros(len(names))
        costs[place[name]] = sign
        found = linprog(  # type: ignore[call-overload]  # its stubs know no sparse matrix
            costs, A_eq=matrix, b_eq=np.zeros(matrix.shape[0]), bounds=bounds
        )
        assert found.status == 0, found.message
        return sign * float(found.fun)

    found = []
    for name, (cases, base) in town.all.items():
        few, others = cases < threshold, base is not None and base - cases < threshold
        if few or others:
            assert told[name] is None, name
            low, high = end(name, 1), end(name, -1)
            if few and (low > 1 + CLOSE or high < threshold - 1 - CLOSE):
                found.append(name)
            if others and base and (base - high > 1 + CLOSE or base - low < threshold - 1 - CLOSE):
                found.append(name)
    return found


SHAPES = {
    "small areas": {"size": (2, 4), "areas": 40},
    "large areas": {"size": (20, 60)},
    "many areas": {"areas": 90},
    "few small": {"small": 0.03},
    "mostly small": {"small": 0.5},
    "few others": {"full": 0.1},
}


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("threshold", [3, 6])
def test_nothing_small_follows_where_areas_lie_across_districts(shape: str, threshold: int) -> None:
    town = crossing_town(random.Random(shape), **SHAPES[shape])  # type: ignore[arg-type]
    case = make_case(town, threshold=threshold)
    assert protection(case, "quote").coarse == ()
    assert unsafe(town, seen(case, town), threshold) == []


def test_the_attack_finds_what_primary_suppression_alone_leaves_open() -> None:
    town = crossing_town(random.Random(1))
    assert len(unsafe(town, told(town, frozenset(), 3))) > 3


def test_nothing_small_follows_in_a_city_of_400_blocks_and_60_areas() -> None:
    """More than integer programs can look at: number by number is enough, and few cells go."""
    town = crossing_town(random.Random(1), 400, 60, size=(5, 14), small=0.15)
    assert seek(problem_of(town, 3)) is None
    case = make_case(town)
    found = protection(case, "quote")
    small = sum(of.cases < 3 for of in town.counted.values())
    assert found.coarse == ()
    assert len(found.withheld) < small
    assert unsafe(town, seen(case, town)) == []


def test_nothing_is_withheld_in_vain_number_by_number() -> None:
    """Each cell given back alone would give something away."""
    town = crossing_town(random.Random(2), 80, 24)
    problem = problem_of(town, 3)
    choice = choose(problem)
    assert not choice.is_coarse
    for cell in choice.withheld:
        assert unsafe(town, told(town, choice.withheld - {cell}, 3)) != [], cell


@pytest.mark.parametrize("seed", range(3))
def test_nor_beside_what_an_earlier_edition_published(seed: int) -> None:
    dice = random.Random(seed)
    before = crossing_town(dice, 60, 20)
    after = revised(before, dice)
    early, late = (seen(case, before) for case in cases_of(before, after))
    assert unsafe_editions(before, after, early, late) == []


@pytest.mark.parametrize("seed", range(3))
def test_it_does_not_depend_on_the_order_in_which_the_town_is_written(seed: int) -> None:
    town = crossing_town(random.Random(seed), 200, 40)
    assert seen(make_case(town, order=random.Random(seed)), town) == seen(make_case(town), town)


@pytest.fixture
def no_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if the town were so large that what may be spent on few cells were used up."""
    monkeypatch.setattr(Effort, "of_leading", classmethod(lambda cls: cls(1)))


@pytest.mark.usefixtures("no_time")
@pytest.mark.parametrize("seed", range(3))
def test_beyond_the_limit_whole_levels_go_and_nothing_small_follows(seed: int) -> None:
    town = crossing_town(random.Random(seed), 120, 60)
    case = make_case(town)
    assert coarsened(case, ["quote"], Audience.PUBLIC) == (("quote", period("2025")),)
    shown = seen(case, town)
    assert {shown[block] for block in town.counted} == {None}
    assert shown["stadt"] is not None
    assert unsafe(town, shown) == []


@pytest.mark.usefixtures("no_time")
def test_what_cannot_be_proven_in_time_is_not_published(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Effort, "of_proving", classmethod(lambda cls: cls(1)))
    town = crossing_town(random.Random(0), 120, 60)
    case = make_case(town)
    assert protection(case, "quote").coarse == (period("2025"),)
    assert unsafe(town, seen(case, town)) == []


def test_a_small_town_costs_nothing_of_it() -> None:
    """What is withheld there is the fewest, as if there were no limit."""
    problem: Problem = problem_of(crossing_town(random.Random(3), 20, 4), 3)
    assert seek(problem) == choose(problem).withheld
