"""Funding as the treasurer reads it: what was applied for, granted, drawn and planned, and what remains after it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from sozplan.analysis.due import Due, binding_day, proof_day
from sozplan.analysis.funding.answers import state
from sozplan.analysis.funding.cliffs import cliffs
from sozplan.analysis.funding.deadlines import deadlines
from sozplan.analysis.funding.grants import Grant, grants, is_filed, may_be_unread
from sozplan.analysis.funding.matching import Match, current, matches
from sozplan.analysis.funding.years import coming
from sozplan.model.case import Case
from sozplan.model.funding import Application, Programme
from sozplan.model.measures import OWN, Measure
from sozplan.model.terms import ApplicationState, Criterion, Verdict
from sozplan.render.cited import Quantity

ZERO = Decimal(0)
AMOUNTS = ("applied", "granted", "drawn", "planned", "own")
AHEAD = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Line:
    """Euro of one programme in one year, or of all in all years; each is cited as `ref` and its name."""

    ref: str
    programme: Programme | None
    year: int | None
    applied: Decimal = ZERO
    granted: Decimal = ZERO
    drawn: Decimal = ZERO
    planned: Decimal = ZERO
    own: Decimal = ZERO

    def __post_init__(self) -> None:
        for name in AMOUNTS:
            object.__setattr__(self, name, Quantity(getattr(self, name), f"{self.ref}/{name}"))

    @property
    def is_empty(self) -> bool:
        return not any(getattr(self, name) for name in AMOUNTS)


@dataclass(frozen=True, slots=True)
class Filed:
    """An application as far as it has come; `bound` is the end of its binding."""

    application: Application
    programme: Programme | None
    state: ApplicationState | None
    since: date | None
    proof: date | None
    bound: date | None


@dataclass(frozen=True, slots=True)
class After:
    """A measure that goes on after its grant, and own money that the budget holds for the years behind it."""

    measure: Measure
    programme: Programme
    ends: date
    own: Quantity


@dataclass(frozen=True, slots=True)
class Chance:
    """A programme that may still be applied for, until when, and what is to be checked before."""

    measure: Measure
    programme: Programme
    closes: date | None
    open: tuple[Criterion, ...]


@dataclass(frozen=True, slots=True)
class Overview:
    lines: tuple[Line, ...]
    total: Line
    filed: tuple[Filed, ...]
    dates: tuple[Due, ...]
    after: tuple[After, ...]
    hopes: tuple[Grant, ...]
    """What budgets count on though nothing was applied for."""
    chances: tuple[Chance, ...]

    @property
    def unsettled(self) -> tuple[After, ...]:
        return tuple(each for each in self.after if each.measure.follow_up_financing is None)

    @property
    def bound(self) -> tuple[Filed, ...]:
        return tuple(each for each in self.filed if each.bound is not None)


def overview(case: Case) -> Overview:
    lines = tuple(_lines(case))
    sums = {name: sum((getattr(line, name) for line in lines), ZERO) for name in AMOUNTS}
    return Overview(
        lines=lines,
        total=Line("all#funding/total", None, None, **sums),
        filed=tuple(_filed(case)),
        dates=deadlines(case, case.as_of + AHEAD),
        after=tuple(_after(case)),
        hopes=tuple(each for each in grants(case) if _is_hope(case, each)),
        chances=tuple(_chances(case)),
    )


def _lines(case: Case) -> Iterator[Line]:
    paying: dict[str, list[Grant]] = {}
    for grant in grants(case):
        paying.setdefault(grant.programme.id, []).append(grant)
    for programme in case.plan.all(Programme):
        own = [each for each in case.plan.applications if each.programme == programme.id]
        found = [_line(programme, year, own, paying.get(programme.id, [])) for year in range(1990, 2101)]
        yield from (line for line in found if not line.is_empty)


def _line(programme: Programme, year: int, applications: Sequence[Application], paying: Sequence[Grant]) -> Line:
    states = ApplicationState
    firm = [each for each in applications if each.granted is not None]
    sums = {
        "applied": sum((a.requested or ZERO for a in applications if _year(a, states.APPLICATION) == year), ZERO),
        "granted": sum((a.granted or ZERO for a in firm if _year(a, states.NOTICE) == year), ZERO),
        "drawn": sum(
            (s.amount or ZERO for a in applications for s in a.stages
             if s.state is states.DRAWDOWN and s.date.year == year),
            ZERO,
        ),
        "planned": sum((grant.years.get(year, ZERO) for grant in paying), ZERO),
        "own": sum((_own(grant.measure, year) for grant in paying if year in grant.years), ZERO),
    }  # fmt: skip
    return Line(f"all#funding/{programme.id}/{year}", programme, year, **sums)


def _year(application: Application, reached: ApplicationState) -> int | None:
    return min((stage.date.year for stage in application.stages if stage.state is reached), default=None)


def _own(measure: Measure, year: int) -> Decimal:
    return sum((line.financing.get(OWN, ZERO) for line in measure.budget if line.year == year), ZERO)


def _filed(case: Case) -> Iterator[Filed]:
    """In the order of the states."""
    found = [(each, state((each,), case.as_of)) for each in case.plan.applications]
    order = list(ApplicationState)
    for each, reached in sorted(found, key=lambda pair: order.index(pair[1][0]) if pair[1] else -1):
        yield Filed(
            each,
            case.plan.find(each.programme, Programme),
            reached[0] if reached else None,
            reached[1] if reached else None,
            proof_day(case.plan, each),
            binding_day(case.plan, each),
        )


def _after(case: Case) -> Iterator[After]:
    for cliff in cliffs(case):
        measure, year = cliff.grant.measure, cliff.ends.year
        own = sum((line.financing.get(OWN, ZERO) for line in measure.budget if line.year > year), ZERO)
        yield After(measure, cliff.grant.programme, cliff.ends, Quantity(own, f"{measure.id}#money/own-after/{year}"))


def _is_hope(case: Case, grant: Grant) -> bool:
    is_ahead = any(year >= case.as_of.year for year in grant.years)
    return is_ahead and not may_be_unread(case.plan, grant) and not any(is_filed(each) for each in grant.applications)


def _chances(case: Case) -> Iterator[Chance]:
    for own in matches(case, current(case)):
        for each in own:
            if each.is_open and not each.planned:
                yield _chance(each)


def _chance(match: Match) -> Chance:
    pair = match.pair
    windows = coming(pair.programme, pair.as_of)
    open_ = tuple(each.criterion for each in match.answers if each.verdict is Verdict.CHECK)
    return Chance(pair.measure, pair.programme, windows[0].closes if windows else None, open_)
