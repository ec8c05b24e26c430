"""Which sheets each kind of table has, and which fields stand on them, in the order in which people read them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

from sozplan.diagnostics import Text, text
from sozplan.model.areas import AreaGoal
from sozplan.model.entity import Entity
from sozplan.model.measures import BudgetLine, Measure
from sozplan.model.sheets import Form
from sozplan.model.strategy import Goal
from sozplan.model.targets import Change, Corridor, Gap, Maintain, Milestones

PLAN: Final = "@plan"
GOAL: Final = "@goal"
MEASURE: Final = "@measure"
FINANCING: Final = "financing"


class Layout(NamedTuple):
    """A sheet: `entry` is what a new line becomes, as `sozplan add` calls it; none where new lines aren't taken."""

    code: str
    title: Text
    classes: tuple[type[Entity], ...]
    keys: tuple[str, ...]
    entry: str | None = None


_MEASURES = Layout(
    "measures",
    text(de="Maßnahmen", en="Measures"),
    (Measure,),
    (
        *("id", "title", PLAN, "=status", "progress", "responsible", "executing", "partners", "description", "goals"),
        *("theme", "target_groups", "duty", "commitment", "budget_reservation", "planned.from", "planned.to"),
        *("forecast.from", "forecast.to", "actual.from", "actual.to", "reach.number", "reach.unit", "=cost"),
        *("programmes", "contracts", "follow_up_financing", "follow_up_costs", "=review"),
    ),
    "measure",
)
_GOALS = Layout(
    "goals",
    text(de="Ziele", en="Goals"),
    (AreaGoal,),
    (
        *("id", "title", PLAN, "=status", "statement", "serves", "also_serves", "needs", "owner", "weight"),
        *("=attainment", "=coverage"),
    ),
    "goal",
)
_STRATEGY = Layout(
    "strategy",
    text(de="Strategische Ziele", en="Strategic goals"),
    (Goal,),
    (
        *("id", "title", "=status", "level", "statement", "parent", "also_serves", "theme", "owner", "weight"),
        *("=attainment", "=coverage"),
    ),
)
_TARGETS = Layout(
    "targets",
    text(de="Zielwerte", en="Targets"),
    (Change, Maintain, Corridor, Gap, Milestones),
    (
        *("id", GOAL, PLAN, "=kind", "=indicator", "area", "statement", "weight", "baseline.period", "baseline.value"),
        *("target.period", "target.value", "lower", "upper", "tolerance", "until", "=actual", "=actual_period"),
        *("=expected", "=attainment", "=light", "=reason", "=audience"),
    ),
)
_BUDGET = Layout(
    "budget",
    text(de="Mittel", en="Budget"),
    (BudgetLine,),
    (
        *("id", MEASURE, PLAN, "year", "product", "cost_centre", "account", "side", "planned", FINANCING, "committed"),
        *("actual", "fte", "commitment_authorisation", "medium_term"),
    ),
    "budget",
)
LAYOUTS: Mapping[str, tuple[Layout, ...]] = {
    "measures": (_MEASURES,),
    "goals": (_GOALS, _TARGETS, _STRATEGY),
    "budget": (_BUDGET,),
}

CODES: Final = ("product", "cost_centre", "account")
"""Fields that look like numbers or days and are none."""

FIXED: Mapping[str, tuple[Text, Form]] = {
    "id": (text(de="Kennung", en="Id"), Form.CODE),
    PLAN: (text(de="Gebietsplan", en="Area plan"), Form.REFERENCE),
    GOAL: (text(de="Ziel", en="Goal"), Form.REFERENCE),
    MEASURE: (text(de="Maßnahme", en="Measure"), Form.REFERENCE),
    "=status": (text(de="Status", en="Status"), Form.CODE),
    "=cost": (text(de="Ansatz aller Jahre", en="Budget of all years"), Form.MONEY),
    "=review": (text(de="Letzter Zwischenbericht", en="Last review"), Form.TEXT),
    "=attainment": (text(de="Zielerreichung in %", en="Attainment in %"), Form.NUMBER),
    "=coverage": (text(de="davon bewertbar in %", en="of it ratable in %"), Form.NUMBER),
    "=kind": (text(de="Art", en="Kind"), Form.CODE),
    "=indicator": (text(de="Kennzahl", en="Indicator"), Form.TEXT),
    "=actual": (text(de="Ist", en="Actual"), Form.NUMBER),
    "=actual_period": (text(de="Ist: Zeitpunkt", en="Actual: Period"), Form.CODE),
    "=expected": (text(de="Soll zu diesem Zeitpunkt", en="Due by then"), Form.NUMBER),
    "=light": (text(de="Ampel", en="Light"), Form.CODE),
    "=reason": (text(de="Grund, wenn grau", en="Reason where grey"), Form.TEXT),
    "=audience": (text(de="Weitergabe", en="Passing on"), Form.TEXT),
}
"""Columns that are no field of their entry."""
