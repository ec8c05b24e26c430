"""The money of a plan: by year, product, measure and source, adding up to the cent."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from operator import itemgetter

from sozplan.model.areas import AreaPlan
from sozplan.model.calendar import BudgetYear
from sozplan.model.funding import Application
from sozplan.model.measures import OWN, THIRD_PARTY, BudgetLine, Measure
from sozplan.model.plan import Plan
from sozplan.model.terms import BudgetState, DutyType, MeasureStatus, PlanSide
from sozplan.render.cited import Quantity

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Sums:
    """Euro; each amount is cited as `ref` and its name."""

    ref: str
    cost: Decimal = ZERO
    own: Decimal = ZERO
    funding: Decimal = ZERO
    third: Decimal = ZERO
    capital: Decimal = ZERO
    """The part of the cost that stands in the capital budget."""
    fte: Decimal = ZERO

    def __post_init__(self) -> None:
        for name in ("cost", "own", "funding", "third", "capital", "fte"):
            object.__setattr__(self, name, Quantity(getattr(self, name), f"{self.ref}/{name}"))

    @property
    def open(self) -> Quantity:
        """Cost that no source covers; negative: more than is needed."""
        return Quantity(self.cost - self.own - self.funding - self.third, f"{self.ref}/open")


@dataclass(frozen=True, slots=True)
class YearRow:
    year: int
    sums: Sums
    state: BudgetState | None


@dataclass(frozen=True, slots=True)
class Series:
    """A name (an id or a product's number) with the cost of each year."""

    name: str
    years: tuple[Quantity, ...]
    sums: Sums


@dataclass(frozen=True, slots=True)
class Share:
    """The part of a citywide measure that is counted to the area, for information only."""

    measure: Measure
    share: Quantity
    cost: Quantity


@dataclass(frozen=True, slots=True)
class Cliff:
    """A measure whose grant ends: when, and what follows."""

    measure: Measure
    programme: str
    last_year: int | None
    ends: date | None
    follow_up: str | None
    own_after: Quantity
    """Own money in the years without the grant."""


@dataclass(frozen=True, slots=True)
class Remaining:
    """What a measure costs a year once it is over or in use; None where it builds something and nobody says."""

    measure: Measure
    cost: Quantity | None


@dataclass(frozen=True, slots=True)
class Constraint:
    """A budget year that binds voluntary tasks: which of them want money in it, and which would only begin then."""

    year: int
    state: BudgetState
    measures: tuple[Measure, ...]
    cost: Decimal
    starting: tuple[Measure, ...]


@dataclass(frozen=True, slots=True)
class Finances:
    years: tuple[int, ...]
    by_year: tuple[YearRow, ...]
    by_product: tuple[Series, ...]
    by_measure: tuple[Series, ...]
    by_source: tuple[Series, ...]
    total: Sums
    shares: tuple[Share, ...]
    cliffs: tuple[Cliff, ...]
    constraints: tuple[Constraint, ...] = ()
    remaining: tuple[Remaining, ...] = ()
    remaining_total: Quantity | None = None

    @property
    def year_rows(self) -> tuple[tuple[int | None, Sums, BudgetState | None], ...]:
        """The years, and last their total, which has no year."""
        return (*((row.year, row.sums, row.state) for row in self.by_year), (None, self.total, None))

    @property
    def states_known(self) -> bool:
        return any(row.state is not None for row in self.by_year)

    @property
    def places(self) -> int:
        """Cents in every amount if there are any in one, so that a column lines up."""
        amounts = [euro for row in (*self.by_measure, *self.by_source) for euro in row.years]
        return 2 if any(euro != euro.to_integral_value() for euro in amounts) else 0

    def priced(self, measure: str) -> Decimal:
        """What a measure costs in all years."""
        return next((row.sums.cost for row in self.by_measure if row.name == measure), ZERO)


def finances(plan: Plan, area_plan: AreaPlan, day: date) -> Finances:
    ref = f"{area_plan.id}#money"
    lines = [(measure, line) for measure in area_plan.measures for line in measure.budget]
    years = tuple(sorted({line.year for _, line in lines}))
    return Finances(
        years=years,
        by_year=tuple(
            YearRow(y, _sums((ln for _, ln in lines if ln.year == y), f"{ref}/{y}"), state_of(plan, y, day))
            for y in years
        ),
        by_product=_series(
            sorted(((ln.product or "–", ln) for _, ln in lines), key=itemgetter(0)), years, f"{ref}/product"
        ),
        by_measure=_series(((measure.id, line) for measure, line in lines), years, f"{ref}/measure"),
        by_source=_sources([line for _, line in lines], years, f"{ref}/source"),
        total=_sums((line for _, line in lines), f"{ref}/total"),
        shares=tuple(_shares(plan, area_plan)),
        cliffs=tuple(c for measure in area_plan.measures for c in _cliffs(plan, measure, area_plan)),
        constraints=constraints(plan, area_plan.measures, years, day),
        remaining=(left := tuple(_remaining(area_plan))),
        remaining_total=_total(left, f"{ref}/follow-up"),
    )


def _remaining(area_plan: AreaPlan) -> Iterator[Remaining]:
    for measure in area_plan.measures:
        builds = any(line.side is PlanSide.FINANCE for line in measure.budget)
        if measure.follow_up_costs is not None:
            yield Remaining(measure, Quantity(measure.follow_up_costs, f"{measure.id}#follow_up_costs"))
        elif builds and measure.progress is not MeasureStatus.STOPPED:
            yield Remaining(measure, None)


def _total(rows: Iterable[Remaining], ref: str) -> Quantity | None:
    """Only where more than one is known."""
    known = [row.cost for row in rows if row.cost is not None]
    return Quantity(_add(known), ref) if len(known) > 1 else None


_BINDING = frozenset({BudgetState.PROVISIONAL, BudgetState.CONSOLIDATION})


def constraints(plan: Plan, measures: Iterable[Measure], years: Iterable[int], day: date) -> tuple[Constraint, ...]:
    """The years in which not everything planned may be spent, as the calendar has them."""
    voluntary = [m for m in measures if m.duty is DutyType.VOLUNTARY and m.progress is not MeasureStatus.STOPPED]
    return tuple(
        Constraint(
            year,
            state,
            (paid := tuple(m for m in voluntary if m.cost(year))),
            _add(m.cost(year) for m in paid),
            tuple(m for m in paid if _start(m) == year),
        )
        for year in years
        if (state := state_of(plan, year, day)) in _BINDING and state is not None
    )


def _start(measure: Measure) -> int | None:
    term = measure.actual or measure.forecast or measure.planned
    return term.start.year if term else None


def _sums(lines: Iterable[BudgetLine], ref: str) -> Sums:
    found = list(lines)
    paid = [(source, euro) for line in found for source, euro in line.financing.items()]
    return Sums(
        ref,
        cost=_add(line.planned for line in found),
        own=_add(euro for source, euro in paid if source == OWN),
        funding=_add(euro for source, euro in paid if source not in {OWN, THIRD_PARTY}),
        third=_add(euro for source, euro in paid if source == THIRD_PARTY),
        capital=_add(line.planned for line in found if line.side is PlanSide.FINANCE),
        fte=_add(line.fte for line in found if line.fte is not None),
    )


def _add(euros: Iterable[Decimal]) -> Decimal:
    return sum(euros, ZERO)


def _series(named: Iterable[tuple[str, BudgetLine]], years: tuple[int, ...], ref: str) -> tuple[Series, ...]:
    """In the order of first appearance."""
    groups: dict[str, list[BudgetLine]] = {}
    for name, line in named:
        groups.setdefault(name, []).append(line)
    return tuple(
        Series(
            name,
            tuple(Quantity(_add(ln.planned for ln in lines if ln.year == y), f"{ref}/{name}/{y}") for y in years),
            _sums(lines, f"{ref}/{name}"),
        )
        for name, lines in groups.items()
    )


def _sources(lines: list[BudgetLine], years: tuple[int, ...], ref: str) -> tuple[Series, ...]:
    """Own money first, then programmes in the order of first appearance, then third parties."""
    names = dict.fromkeys(source for line in lines for source in line.financing)
    order = sorted(names, key=lambda source: {OWN: 0, THIRD_PARTY: 2}.get(source, 1))
    return tuple(
        Series(
            source,
            tuple(
                Quantity(
                    _add(line.financing.get(source, ZERO) for line in lines if line.year == year),
                    f"{ref}/{source}/{year}",
                )
                for year in years
            ),
            Sums(f"{ref}/{source}", cost=_add(line.financing.get(source, ZERO) for line in lines)),
        )
        for source in order
    )


def state_of(plan: Plan, year: int, day: date) -> BudgetState | None:
    """How the budget of that year stands on the day, or is announced to stand if nothing holds yet."""
    known = [b for b in plan.calendar.budgets if b.year == year]
    holding = [b for b in known if _holds(b, day)] or known
    return holding[-1].state if holding else None


def _holds(budget: BudgetYear, day: date) -> bool:
    return (budget.start is None or budget.start <= day) and (budget.end is None or day <= budget.end)


def _shares(plan: Plan, area_plan: AreaPlan) -> Iterator[Share]:
    for measure in plan.measures:
        own = [i for i, a in enumerate(measure.allocation) if a.area == area_plan.area]
        if own and plan.owner(measure.id) is not area_plan:
            share = measure.allocation[own[0]].share
            cost = Quantity(measure.cost() * share, f"{measure.id}#money/area/{area_plan.area}")
            yield Share(measure, Quantity(share, f"{measure.id}#allocation/{own[0]}/share"), cost)


def _cliffs(plan: Plan, measure: Measure, area_plan: AreaPlan) -> Iterator[Cliff]:
    """Grants that pay for a measure but end before it does."""
    last = max((line.year for line in measure.budget), default=0)
    for programme in dict.fromkeys(source for line in measure.budget for source in line.financing):
        if programme in {OWN, THIRD_PARTY}:
            continue
        paid = max(line.year for line in measure.budget if programme in line.financing)
        ends = _grant_end(plan, measure, programme)
        goes_on = _last_day(measure, area_plan)
        if paid < last or (ends is not None and goes_on is not None and ends < goes_on):
            after = _add(line.financing.get(OWN, ZERO) for line in measure.budget if line.year > paid)
            own = Quantity(after, f"{measure.id}#money/own-after/{paid}")
            yield Cliff(measure, programme, paid, ends, measure.follow_up_financing, own)


def _grant_end(plan: Plan, measure: Measure, programme: str) -> date | None:
    granted = [a for a in plan.all(Application) if a.programme == programme and measure.id in a.measures]
    return max((a.grant_end for a in granted if a.grant_end), default=None)


def _last_day(measure: Measure, area_plan: AreaPlan) -> date | None:
    term = measure.forecast or measure.planned or area_plan.period
    return term.end or area_plan.period.end
