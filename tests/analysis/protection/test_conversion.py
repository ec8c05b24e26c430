"""That what is converted across a boundary change gives nothing small away: attacked by linear programs of our own.

The attacker knows all bases, all sums between what was delivered, the shares of every boundary change, and the rates
that are published, converted ones included. Nothing of the product's relations is used here.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

import numpy as np
import pytest
from scipy.optimize import linprog

from sozplan.analysis.disclosure import Withheld, published
from sozplan.model.case import Case
from sozplan.model.figures import Figures
from sozplan.model.indicators import Indicator, Resource
from sozplan.model.plan import Plan
from sozplan.model.settings import Settings
from sozplan.model.territory import Territory
from tests.analysis.protection.town import Of, make_cell
from tests.analysis.sample import SETTINGS, SHEET

CLOSE = 1e-6
CHANGE = date(2026, 1, 1)


@dataclass(frozen=True)
class Change:
    """A city before (counts of its former districts) and after: for each new district what it takes of which."""

    counted: Mapping[str, Of]
    moves: Mapping[str, Mapping[str, Decimal]]
    areas: Mapping[str, Sequence[str]]
    """Of new districts; they had no parts before."""
    when: str = "2025"

    def estimate(self, of: str) -> dict[str, Decimal]:
        """A territory of after in terms of the districts before."""
        if of in self.moves:
            return dict(self.moves[of])
        if of in self.areas:
            terms: dict[str, Decimal] = {}
            for part in self.areas[of]:
                for old, share in self.estimate(part).items():
                    terms[old] = terms.get(old, Decimal(0)) + share
            return terms
        return {of: Decimal(1)}


def make_case(change: Change, threshold: int = 3, *, as_of: date = date(2026, 6, 30)) -> Case:
    """The cells are those of before: of the former districts and of the whole."""
    settings = Settings.model_validate({**SETTINGS, "disclosure": {"threshold": threshold}})
    gone = sorted({old for shares in change.moves.values() for old in shares})
    units = [{"id": "stadt", "key": "1000", "name": "Stadt", "level": "stadt"}]
    for id in [*change.counted, *change.moves]:
        unit = {"id": id, "key": id, "name": id, "level": "bezirk", "parent": "stadt"}
        life = {"valid_to": "2025-12-31"} if id in gone else {"valid_from": "2026-01-01"} if id in change.moves else {}
        units.append({**unit, **life})
    moves = [
        {"old": old, "new": new, "date": CHANGE, "share": share}
        for new, shares in change.moves.items()
        for old, share in shares.items()
    ]
    areas = [{"id": id, "name": id, "parts": [{"unit": u} for u in parts]} for id, parts in change.areas.items()]
    file = Territory.model_validate({"units": units, "successions": moves, "social_areas": areas})
    roots = {
        "indicators/catalogue/quote.yaml": Indicator.model_validate(SHEET),
        "plans/territory/t.yaml": file,
        "sozplan.yaml": settings,
    }
    described = Resource.model_validate({"name": "quote", "path": "data/quote.csv"})
    whole = sum(list(change.counted.values())[1:], next(iter(change.counted.values())))
    told = [make_cell(id, of, when=change.when) for id, of in change.counted.items()]
    told.append(make_cell("1000", whole, when=change.when))
    return Case(Plan(settings, roots), Figures(tuple(told), {"quote": described}), as_of)


def seen(case: Case, change: Change) -> dict[str, float]:
    """What is published of every territory, of before and after."""
    places = ["stadt", *change.counted, *change.moves, *change.areas]
    found = ((place, figure.value) for place in places for figure in published(case, "quote", place))
    return {place: float(value) for place, value in found if value is not None}


def attack(change: Change, told: Mapping[str, float], place: str) -> tuple[float, float]:
    """The least and the most cases of a former district, or of an exact converted one."""
    names = list(change.counted)
    rows, lows, highs = [], [], []
    for where, rate in told.items():
        terms = dict.fromkeys(names, Decimal(1)) if where == "stadt" else change.estimate(where)
        row = np.array([float(terms.get(name, 0)) for name in names])
        base = sum(float(terms.get(name, 0)) * (change.counted[name].base or 0) for name in names)
        rows.append(row)
        lows.append(rate * base / 100 - CLOSE / 100)
        highs.append(rate * base / 100 + CLOSE / 100)
    matrix = np.vstack([np.array(rows), -np.array(rows)]) if rows else None
    limits = np.array([*highs, *(-low for low in lows)]) if rows else None
    asked = change.estimate(place)
    costs = np.array([float(asked.get(name, 0)) for name in names])
    bounds = [(0, change.counted[name].base) for name in names]
    ends = []
    for sign in (1.0, -1.0):
        found = linprog(sign * costs, A_ub=matrix, b_ub=limits, bounds=bounds)
        assert found.status == 0, found.message
        assert found.fun is not None
        ends.append(sign * float(found.fun))
    return ends[0], ends[1]


def unsafe(change: Change, told: Mapping[str, float], threshold: int) -> list[str]:
    """Territories of real people of whose few cases, or few others, some number is ruled out."""
    exact = [new for new, shares in change.moves.items() if set(shares.values()) == {Decimal(1)}]
    found = []
    for place in (*change.counted, *exact):
        terms = change.estimate(place)
        cases = sum(int(change.counted[old].cases * share) for old, share in terms.items())
        base = sum(int((change.counted[old].base or 0) * share) for old, share in terms.items())
        few, others = cases < threshold, base - cases < threshold
        if few or others:
            if place in told:
                found.append(place)
                continue
            low, high = attack(change, told, place)
            if few and not (low <= 1 + CLOSE and high >= threshold - 1 - CLOSE):
                found.append(place)
            if others and not (base - high <= 1 + CLOSE and base - low >= threshold - 1 - CLOSE):
                found.append(place)
    return found


MERGER = Change(
    {"x": Of(2, 100), "y": Of(30, 100), "d": Of(40, 200), "e": Of(50, 200), "f": Of(2, 90)},
    {"z": {"x": Decimal(1), "y": Decimal(1)}},
    {},
)


def test_a_merger_does_not_give_away_the_small_one_by_the_large_one() -> None:
    """Districts x and f are small, so that the sum doesn't tell y; but z − y would tell x."""
    case = make_case(MERGER)
    told = seen(case, MERGER)
    assert not {"x", "f"} & told.keys()
    assert not {"y", "z"} <= told.keys()
    assert unsafe(MERGER, told, 3) == []
    leaky = {**told, "y": 30.0, "z": 16.0}
    assert "x" in unsafe(MERGER, leaky, 3)


def test_a_share_of_a_withheld_number_is_withheld() -> None:
    change = Change(
        {"x": Of(2, 100), "d": Of(40, 200), "f": Of(2, 90), "e": Of(50, 200)},
        {"a": {"x": Decimal("0.6")}, "b": {"x": Decimal("0.4")}},
        {},
    )
    case = make_case(change)
    for place in ("x", "a", "b"):
        assert published(case, "quote", place)[0].withheld is Withheld.CASES


def test_a_number_that_is_withheld_for_the_sake_of_others_is_not_told_as_a_share_either() -> None:
    """Only f is small; one more has to go, and whichever it is, its shares go with it."""
    change = Change({"f": Of(2, 90), "x": Of(40, 100)}, {"a": {"x": Decimal("0.6")}, "b": {"x": Decimal("0.4")}}, {})
    told = seen(make_case(change), change)
    assert not {"a", "b", "x"} & told.keys() or "stadt" not in told
    assert unsafe(change, told, 3) == []


def test_an_edition_before_the_change_says_what_it_said_then() -> None:
    early = make_case(MERGER, as_of=date(2025, 12, 31))
    again = replace(make_case(MERGER), as_of=date(2025, 12, 31))
    assert seen(early, MERGER) == seen(again, MERGER)
    assert "z" not in seen(early, MERGER)


@pytest.mark.parametrize("seed", range(8))
def test_no_small_count_follows_in_thirty_towns_that_changed_their_borders(seed: int) -> None:
    dice = random.Random(seed)
    for _ in range(30):
        change, threshold = random_change(dice), dice.choice([3, 3, 4, 5])
        told = seen(make_case(change, threshold), change)
        assert unsafe(change, told, threshold) == [], change


def test_the_attack_finds_what_protecting_each_by_itself_leaves_open() -> None:
    dice, found = random.Random(1), 0
    for _ in range(60):
        change = random_change(dice)
        told = {}
        for place in ("stadt", *change.counted, *change.moves, *change.areas):
            terms = dict.fromkeys(change.counted, Decimal(1)) if place == "stadt" else change.estimate(place)
            cases = sum(change.counted[old].cases * share for old, share in terms.items())
            base = sum((change.counted[old].base or 0) * share for old, share in terms.items())
            if cases >= 3 and base - cases >= 3:
                told[place] = float(100 * cases / base)
        found += bool(unsafe(change, told, 3))
    assert found > 30


def random_change(dice: random.Random) -> Change:
    """Splits, mergers and redrawn borders among a few districts, small counts more often than in real towns."""
    names = [f"o{i}" for i in range(dice.randint(3, 6))]
    counted = {name: _share(dice) for name in names}
    moves: dict[str, dict[str, Decimal]] = {}
    waiting = dice.sample(names, dice.randint(1, len(names) - 1))
    while waiting:
        some = [waiting.pop() for _ in range(min(len(waiting), dice.randint(1, 2)))]
        number = len(moves)
        match dice.choice(["split", "merge", "redraw"]):
            case "merge":
                moves[f"n{number}"] = dict.fromkeys(some, Decimal(1))
            case "split":
                for old in some:
                    cut = Decimal(dice.randint(1, 9)) / 10
                    moves[f"n{len(moves)}"] = {old: cut}
                    moves[f"n{len(moves)}"] = {old: 1 - cut}
            case _:
                cut = Decimal(dice.randint(1, 9)) / 10
                first, *others = some
                moves[f"n{number}"] = {first: cut}
                moves[f"n{number + 1}"] = {first: 1 - cut, **dict.fromkeys(others, Decimal(1))}
    after = [name for name in names if not any(name in shares for shares in moves.values())] + list(moves)
    areas = {f"a{i}": dice.sample(after, dice.randint(1, len(after))) for i in range(dice.randint(0, 2))}
    return Change(counted, moves, areas)


def _share(dice: random.Random) -> Of:
    base = dice.choice([dice.randint(8, 30), dice.randint(20, 300)])
    cases = dice.choice([1, 2, 3, 5, dice.randint(0, base), dice.randint(0, base)])
    return Of(dice.choice([cases, base - min(cases, base)]), base)
