"""Small municipalities made of counts: a whole, districts, blocks, and areas that lie across them."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from sozplan.diagnostics import Location
from sozplan.model.case import Case
from sozplan.model.figures import Cell, Figures, Measured, Missing, Quality
from sozplan.model.indicators import Indicator, Resource
from sozplan.model.periods import period
from sozplan.model.plan import Plan
from sozplan.model.settings import Settings
from sozplan.model.territory import Territory
from tests.analysis.sample import SHEET


class Of(NamedTuple):
    """So many of so many."""

    cases: int
    base: int | None = None

    def __add__(self, other: object) -> Of:
        assert isinstance(other, Of)
        base = None if self.base is None or other.base is None else self.base + other.base
        return Of(self.cases + other.cases, base)


@dataclass(frozen=True)
class Town:
    """`below` names the parts of each whole; what has no parts of its own is counted."""

    below: Mapping[str, Sequence[str]]
    counted: Mapping[str, Of]
    areas: Mapping[str, Sequence[str]] = field(default_factory=dict)

    @property
    def all(self) -> dict[str, Of]:
        found = dict(self.counted)
        for whole in (*reversed(list(self.below)), *self.areas):
            parts = self.below.get(whole) or self.areas[whole]
            found[whole] = sum((found[part] for part in parts[1:]), found[parts[0]])
        return found

    def sums(self) -> list[tuple[str, Sequence[str]]]:
        return [*self.below.items(), *self.areas.items()]


def make_case(
    town: Town,
    *,
    threshold: int = 3,
    order: random.Random | None = None,
    sheet: Mapping[str, Any] = {},
    hidden: Sequence[str] = (),
    cells: Sequence[Cell] | None = None,
    as_of: date = date(2026, 6, 30),
) -> Case:
    """All but the areas have cells of their own; `hidden` ones were withheld by whoever delivered them."""
    levels = [{"id": id, "name": id.title()} for id in ("stadt", "bezirk", "block")]
    about = {"municipality": {"name": "Stadt", "key": "stadt", "kind": "Stadt", "land": "NW"}, "levels": levels}
    settings = Settings.model_validate({"version": 1, **about, "disclosure": {"threshold": threshold}})
    parent = {part: whole for whole, parts in town.below.items() for part in parts}
    names = sorted({*town.below, *parent})
    areas = [{"id": id, "name": id, "parts": [{"unit": unit} for unit in parts]} for id, parts in town.areas.items()]
    units = [
        {"id": id, "key": id, "name": id, "level": _level(id, parent)}
        | ({"parent": parent[id]} if id in parent else {})
        for id in names
    ]
    told = list(cells) if cells is not None else [make_cell(n, town.all[n], n in hidden) for n in names]
    if order is not None:
        for some in (units, areas, told):
            order.shuffle(some)
    is_count = {"denominator": None, "factor": 1} if next(iter(town.counted.values())).base is None else {}
    roots = {
        "indicators/catalogue/quote.yaml": Indicator.model_validate({**SHEET, **is_count, **sheet}),
        "plans/territory/gebiete.yaml": Territory.model_validate({"units": units, "social_areas": areas}),
        "sozplan.yaml": settings,
    }
    described = Resource.model_validate({"name": "quote", "path": "data/quote.csv"})
    return Case(Plan(settings, roots), Figures(tuple(told), {"quote": described}), as_of)


def _level(id: str, parent: Mapping[str, str]) -> str:
    return "stadt" if id not in parent else "bezirk" if parent[id] not in parent else "block"


def make_cell(area: str, of: Of, is_hidden: bool = False, *, when: str = "2025", vintage: date | None = None) -> Cell:
    return Cell(
        indicator="quote",
        area=area,
        period=period(when),
        numerator=None if is_hidden else Measured(Decimal(of.cases)),
        denominator=None if is_hidden or of.base is None else Measured(Decimal(of.base)),
        value=None,
        missing=Missing.SUPPRESSED if is_hidden else None,
        quality=Quality.FINAL,
        vintage=vintage,
        at=Location("indicators/data/quote.csv", 2),
        resource="quote",
    )


def random_town(dice: random.Random) -> Town:
    """Shares, or plain counts; small ones and full ones more often than in real towns."""
    districts = [f"d{i}" for i in range(dice.randint(2, 5))]
    below = {"stadt": districts, **{d: [f"{d}-b{j}" for j in range(dice.randint(1, 5))] for d in districts}}
    blocks = [block for district in districts for block in below[district]]
    share = dice.random() < 0.7
    counted = {block: _share(dice) if share else Of(_few(dice, 300)) for block in blocks}
    areas = {f"a{i}": dice.sample(blocks, min(len(blocks), dice.randint(2, 5))) for i in range(dice.randint(0, 3))}
    return Town(below, counted, areas)


def _share(dice: random.Random) -> Of:
    base = dice.choice([dice.randint(5, 30), dice.randint(20, 400)])
    cases = _few(dice, base)
    return Of(dice.choice([cases, cases, base - cases]), base)


def _few(dice: random.Random, most: int) -> int:
    return dice.choice([0, 1, 2, dice.randint(0, most), dice.randint(0, most), dice.randint(0, most)]) % (most + 1)
