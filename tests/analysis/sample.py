"""A small municipality made of model values: four districts, two areas, one indicator in per cent."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from sozplan.diagnostics import Location
from sozplan.model.areas import AreaPlan
from sozplan.model.case import Case
from sozplan.model.entity import Entity
from sozplan.model.figures import Cell, Figures, Measured, Missing, Quality
from sozplan.model.indicators import Indicator, Resource
from sozplan.model.periods import period
from sozplan.model.plan import Plan
from sozplan.model.settings import Settings
from sozplan.model.strategy import Strategy
from sozplan.model.territory import Territory

SETTINGS: dict[str, Any] = {
    "version": 1,
    "municipality": {"name": "Stadt", "key": "1000", "kind": "Stadt", "land": "NW"},
    "levels": [{"id": "stadt", "name": "Stadt"}, {"id": "bezirk", "name": "Bezirk"}],
}
TERRITORY: dict[str, Any] = {
    "units": [
        {"id": "stadt", "key": "1000", "name": "Stadt", "level": "stadt"},
        {"id": "b-01", "key": "01", "name": "Eins", "level": "bezirk", "parent": "stadt"},
        {"id": "b-02", "key": "02", "name": "Zwei", "level": "bezirk", "parent": "stadt"},
        {
            "id": "b-04-alt",
            "key": "04",
            "name": "Vier",
            "level": "bezirk",
            "parent": "stadt",
            "valid_to": "2023-12-31",
        },
        {"id": "b-04", "key": "04", "name": "Vier", "level": "bezirk", "parent": "stadt", "valid_from": "2024-01-01"},
        {"id": "b-05", "key": "05", "name": "Fünf", "level": "bezirk", "parent": "stadt", "valid_from": "2024-01-01"},
    ],
    "successions": [
        {"old": "b-04-alt", "new": "b-04", "date": "2024-01-01", "share": 0.6},
        {"old": "b-04-alt", "new": "b-05", "date": "2024-01-01", "share": 0.4},
    ],
    "social_areas": [
        {"id": "hafen", "name": "Hafen", "parts": [{"unit": "b-01"}, {"unit": "b-02"}]},
        {"id": "teil", "name": "Teil", "parts": [{"unit": "b-01"}, {"unit": "b-02", "share": 0.5, "basis": "Blöcke"}]},
        {
            "id": "west",
            "name": "West",
            "parts": [
                {"unit": "b-04-alt", "to": "2023-12-31"},
                {"unit": "b-04", "from": "2024-01-01"},
                {"unit": "b-05", "from": "2024-01-01"},
            ],
        },
        {"id": "neu", "name": "Neu", "parts": [{"unit": "b-01", "from": "2024-01-01"}]},
        {"id": "kern", "name": "Kern", "key": "K1", "parts": [{"unit": "b-04-alt"}, {"unit": "b-04"}]},
    ],
}
SHEET: dict[str, Any] = {
    "id": "quote",
    "name": "Quote",
    "definition": "Anteil.",
    "numerator": "Kinder in Kitas",
    "denominator": "Kinder",
    "unit": "%",
    "direction": "higher",
    "kind": "outcome",
    "steerability": "direct",
    "periodicity": "yearly",
    "lag_months": 6,
}
AS_OF = date(2026, 6, 30)


def cell(
    area: str,
    when: str | int,
    value: str | Decimal | None = None,
    *,
    of: tuple[int, int] | None = None,
    missing: Missing | None = None,
    quality: Quality = Quality.FINAL,
    vintage: date | None = None,
    line: int = 2,
) -> Cell:
    """A cell with a value, or with numerator and denominator, or with the reason why it has neither."""
    return Cell(
        indicator="quote",
        area=area,
        period=period(str(when)),
        numerator=None if of is None else Measured(Decimal(of[0])),
        denominator=None if of is None else Measured(Decimal(of[1])),
        value=None if value is None else Measured(Decimal(value)),
        missing=missing,
        quality=quality,
        vintage=vintage,
        at=Location("indicators/data/quote.csv", line),
        resource="quote",
    )


def make_case(
    cells: Iterable[Cell] = (),
    *,
    as_of: date = AS_OF,
    settings: Mapping[str, Any] = {},
    sheet: Mapping[str, Any] = {},
    goals: list[dict[str, Any]] | None = None,
    strategy: list[dict[str, Any]] | None = None,
    plan: Mapping[str, Any] = {},
    resource: Mapping[str, Any] = {},
) -> Case:
    """What is given stands over the sample's own keys."""
    whole = Settings.model_validate({**SETTINGS, **settings})
    area_plan = {
        "id": "plan",
        "area": "hafen",
        "title": "Plan",
        "status": "resolved",
        "period": {"from": "2021-01-01", "to": "2030-12-31"},
        "goals": goals or [],
        **plan,
    }
    roots: dict[str, Entity] = {
        "indicators/catalogue/quote.yaml": Indicator.model_validate({**SHEET, **sheet}),
        "plans/areas/plan.yaml": AreaPlan.model_validate(area_plan),
        "plans/strategy.yaml": Strategy.model_validate({"goals": strategy or []}),
        "plans/territory/gebiete.yaml": Territory.model_validate(TERRITORY),
        "sozplan.yaml": whole,
    }
    described = Resource.model_validate({"name": "quote", "path": "data/quote.csv", **resource})
    return Case(Plan(whole, roots), Figures(tuple(cells), {"quote": described}), as_of)


def goal(*targets: Mapping[str, Any], id: str = "ziel", **fields: Any) -> dict[str, Any]:
    return {"id": id, "statement": "Ziel", "owner": "amt", "targets": list(targets), **fields}


def change(
    start: tuple[int | str, float] | None = (2020, 20),
    end: tuple[int | str, float] | None = (2030, 40),
    id: str = "t",
    **fields: Any,
) -> dict[str, Any]:
    """From 20 % in 2020 to 40 % in 2030 in district 01, unless told otherwise."""
    ends = {name: {"period": p[0], "value": p[1]} for name, p in (("baseline", start), ("target", end)) if p}
    return {"id": id, "kind": "change", "indicator": "quote", "area": "b-01", **ends, **fields}


def facts(*values: object) -> tuple[object, ...]:
    """Several values of a status side by side, compared as numbers are: `Decimal(20) == 20`."""
    return values
