"""All plans together: strategic goals against areas, money by duty and area, and its share of the social budget."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from sozplan.diagnostics import Text, text
from sozplan.model.areas import AreaPlan
from sozplan.model.measures import OWN, THIRD_PARTY, BudgetLine, Measure
from sozplan.model.plan import Plan
from sozplan.model.strategy import Goal, Strategy
from sozplan.model.terms import BudgetState, DutyType, GoalLevel, PlanSide
from sozplan.render.cited import Quantity
from sozplan.render.views.alignment import guiding_of
from sozplan.render.views.money import ZERO, state_of


@dataclass(frozen=True, slots=True)
class Cell:
    """What an area has under a guiding goal; a measure's money counts once, under the first goal that it names."""

    needs: int | Quantity = 0
    measures: int | Quantity = 0
    cost: Decimal = ZERO
    ref: str = field(default="all#matrix", compare=False)

    def __post_init__(self) -> None:
        for name in ("needs", "measures", "cost"):
            object.__setattr__(self, name, Quantity(getattr(self, name), f"{self.ref}/{name}"))

    @property
    def is_empty(self) -> bool:
        return not self.needs and not self.measures


@dataclass(frozen=True, slots=True)
class GoalLine:
    """A guiding goal over all areas; without a `goal`, what serves none."""

    goal: Goal | None
    cells: tuple[Cell, ...]

    @property
    def total(self) -> Cell:
        return _sum(self.cells, f"all#matrix/{self.goal.id if self.goal else 'none'}/total")


@dataclass(frozen=True, slots=True)
class Matrix:
    """Columns are the plans in their order, and last what is done for the whole municipality."""

    plans: tuple[AreaPlan, ...]
    citywide: bool
    lines: tuple[GoalLine, ...]

    @property
    def total(self) -> tuple[Cell, ...]:
        places = [*(each.area for each in self.plans), *([CITY] if self.citywide else [])]
        return tuple(
            _sum((line.cells[i] for line in self.lines), f"all#matrix/total/{place}") for i, place in enumerate(places)
        )


@dataclass(frozen=True, slots=True)
class Hole:
    """An empty place of the matrix: `kind` says in which way, `areas` where."""

    kind: Text
    goal: Goal
    areas: tuple[str, ...]


NO_NEED = text(de="Maßnahme, aber kein Bedarf festgestellt", en="measures, but no need stated")
NO_MEASURE = text(de="Bedarf, aber keine Maßnahme", en="needs, but no measure")
NOTHING = text(de="weder Bedarf noch Maßnahme", en="neither need nor measure")


def matrix(plan: Plan, plans: tuple[AreaPlan, ...]) -> Matrix:
    guiding = tuple(g for g in plan.goals if g.level is GoalLevel.GUIDING)
    own = citywide(plan)
    lines = [GoalLine(goal, tuple(_cells(plan, plans, own, goal))) for goal in (*guiding, None)]
    return Matrix(plans, bool(own), tuple(ln for ln in lines if ln.goal is not None or not ln.total.is_empty))


def citywide(plan: Plan) -> tuple[Measure, ...]:
    """The measures that stand in the strategy, not in a plan."""
    return tuple(measure for root in plan.all(Strategy) for measure in root.measures)


def _cells(plan: Plan, plans: Sequence[AreaPlan], own: Sequence[Measure], goal: Goal | None) -> Iterator[Cell]:
    for each in plans:
        needs = sum(goal in (_goals_of_need(plan, each, need.id) or [None]) for need in each.needs)
        yield _cell(plan, needs, each.measures, goal, each.area)
    if own:
        yield _cell(plan, 0, own, goal, CITY)


CITY = "all"
"""The column of what is done for the whole municipality."""


def _cell(plan: Plan, needs: int, measures: Sequence[Measure], goal: Goal | None, place: str) -> Cell:
    serving = [m for m in measures if goal in _goals_of_measure(plan, m)]
    first = [m for m in measures if _goals_of_measure(plan, m)[0] is goal]
    ref = f"all#matrix/{goal.id if goal else 'none'}/{place}"
    return Cell(needs, len(serving), sum((m.cost() for m in first), ZERO), ref)


def _goals_of_need(plan: Plan, area_plan: AreaPlan, need: str) -> list[Goal | None]:
    serving = (guiding_of(plan, goal.serves) for goal in area_plan.goals if need in goal.needs)
    return list(dict.fromkeys(serving))


def _goals_of_measure(plan: Plan, measure: Measure) -> list[Goal | None]:
    """At least one, which is none where the measure leads to no guiding goal."""
    found = (guiding_of(plan, getattr(plan.get(id), "serves", id)) for id in measure.goals)
    return list(dict.fromkeys(found)) or [None]


def _sum(cells: Iterable[Cell], ref: str) -> Cell:
    found = list(cells)
    return Cell(
        sum(each.needs for each in found),
        sum(each.measures for each in found),
        sum((each.cost for each in found), ZERO),
        ref,
    )


def holes(table: Matrix) -> tuple[Hole, ...]:
    """Goal by goal the areas where something is missing."""
    return tuple(hole for line in table.lines if line.goal for hole in _holes(table, line, line.goal))


def _holes(table: Matrix, line: GoalLine, goal: Goal) -> Iterator[Hole]:
    pairs = list(zip(table.plans, line.cells, strict=False))
    for kind, missing in (
        (NO_MEASURE, [p.area for p, cell in pairs if cell.needs and not cell.measures]),
        (NO_NEED, [p.area for p, cell in pairs if cell.measures and not cell.needs]),
        (NOTHING, [p.area for p, cell in pairs if cell.is_empty]),
    ):
        if missing:
            yield Hole(kind, goal, tuple(missing))


@dataclass(frozen=True, slots=True)
class DutyLine:
    """Money of one year by how far the municipality is bound to the task; None where nobody said."""

    duty: DutyType | None
    costs: tuple[Decimal, ...]
    places: tuple[str, ...] = field(default=(), compare=False)
    when: str = field(default="", compare=False)

    def __post_init__(self) -> None:
        cited = (Quantity(cost, self.ref_of(self, i)) for i, cost in enumerate(self.costs))
        object.__setattr__(self, "costs", tuple(cited))

    def ref_of(self, line: DutyLine | None, column: int | None) -> str:
        """Without a line, or a column, that of the total over them."""
        duty = "total" if line is None else line.duty.value if line.duty else "none"
        place = self.places[column] if column is not None and self.places else "total"
        return f"all#duty/{duty}/{place}/{self.when}"

    @property
    def total(self) -> Quantity:
        return Quantity(sum(self.costs, ZERO), self.ref_of(self, None))


@dataclass(frozen=True, slots=True)
class YearLine:
    """A budget year over all plans; `share` is the operating cost in per cent of the social budget."""

    year: int
    cost: Decimal
    own: Decimal
    funding: Decimal
    third: Decimal
    operating: Decimal
    social_budget: Decimal | None
    state: BudgetState | None

    def __post_init__(self) -> None:
        for name in ("cost", "own", "funding", "third"):
            object.__setattr__(self, name, Quantity(getattr(self, name), f"all#money/{self.year}/{name}"))

    @property
    def share(self) -> Quantity | None:
        if not self.social_budget:
            return None
        return Quantity(self.operating / self.social_budget * 100, f"all#money/{self.year}/share")


def duties(plan: Plan, plans: tuple[AreaPlan, ...], year: int | None) -> tuple[DutyLine, ...]:
    """Columns as in the matrix; of one year or of all."""
    columns = _columns(plan, plans)
    places = (*(each.area for each in plans), CITY)
    when = str(year) if year else "total"
    lines = (
        DutyLine(
            duty,
            tuple(sum((m.cost(year) for m in column if m.duty is duty), ZERO) for column in columns),
            places,
            when,
        )
        for duty in (*DutyType, None)
    )
    return tuple(line for line in lines if line.total)


def years(plan: Plan, plans: tuple[AreaPlan, ...], day: date) -> tuple[YearLine, ...]:
    lines = [line for column in _columns(plan, plans) for m in column for line in m.budget]
    return tuple(_year(plan, year, [ln for ln in lines if ln.year == year], day) for year in _years(lines))


def _columns(plan: Plan, plans: tuple[AreaPlan, ...]) -> list[Sequence[Measure]]:
    own = citywide(plan)
    return [*(each.measures for each in plans), *([own] if own else [])]


def _years(lines: Iterable[BudgetLine]) -> list[int]:
    return sorted({line.year for line in lines})


def _year(plan: Plan, year: int, lines: list[BudgetLine], day: date) -> YearLine:
    paid = [(source, euro) for line in lines for source, euro in line.financing.items()]
    known = [b.social_budget for b in plan.calendar.budgets if b.year == year and b.social_budget is not None]
    return YearLine(
        year=year,
        cost=sum((line.planned for line in lines), ZERO),
        own=sum((euro for source, euro in paid if source == OWN), ZERO),
        funding=sum((euro for source, euro in paid if source not in {OWN, THIRD_PARTY}), ZERO),
        third=sum((euro for source, euro in paid if source == THIRD_PARTY), ZERO),
        operating=sum((line.planned for line in lines if line.side is PlanSide.RESULT), ZERO),
        social_budget=known[-1] if known else None,
        state=state_of(plan, year, day),
    )
