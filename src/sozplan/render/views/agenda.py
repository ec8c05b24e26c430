"""The planning year: the dates of the cycle against those of the budget and the sessions of the bodies."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sozplan.model.calendar import Appointment, BudgetYear
from sozplan.model.plan import Plan
from sozplan.model.terms import BudgetState, CalendarKind

MONTHS = 12
"""How far ahead the table looks."""


@dataclass(frozen=True, slots=True)
class Sitting:
    """A body's session."""

    day: date
    body: str


@dataclass(frozen=True, slots=True)
class Month:
    """What falls into a month: of the cycle, of the budget, and which bodies meet."""

    first: date
    cycle: tuple[Appointment, ...]
    budget: tuple[Appointment, ...]
    sessions: tuple[Sitting, ...]

    @property
    def key(self) -> str:
        """As a period."""
        return f"{self.first:%Y-%m}"

    @property
    def is_empty(self) -> bool:
        return not (self.cycle or self.budget or self.sessions)


@dataclass(frozen=True, slots=True)
class Year:
    """A calendar year as a whole, for its picture."""

    year: int
    appointments: tuple[Appointment, ...]
    sessions: tuple[tuple[str, tuple[date, ...]], ...]
    """By body, in the order of the organisation's files."""
    bound: tuple[BudgetYear, ...]
    """Times in which the budget binds."""


@dataclass(frozen=True, slots=True)
class Agenda:
    months: tuple[Month, ...]
    years: tuple[Year, ...]


def agenda(plan: Plan, day: date) -> Agenda:
    """The months from that day on, and the years of their dates; a body's sessions stand in charter or calendar."""
    sittings = _sittings(plan)
    months = tuple(_month(plan, first, day, sittings) for first in _firsts(day))
    years = dict.fromkeys(month.first.year for month in months if not month.is_empty)
    return Agenda(_trimmed(months), tuple(_year(plan, year, sittings) for year in years))


def _sittings(plan: Plan) -> tuple[Sitting, ...]:
    """Each once, however often it is written down."""
    chartered = {Sitting(each, body.id) for body in plan.bodies for each in body.sessions}
    called = {Sitting(a.date, a.body) for a in _sessions(plan) if a.body}
    rank = {body.id: at for at, body in enumerate(plan.bodies)}
    return tuple(sorted(chartered | called, key=lambda each: (each.day, rank.get(each.body, len(rank)), each.body)))


def _sessions(plan: Plan) -> Iterator[Appointment]:
    return (a for a in plan.calendar.appointments if a.kind is CalendarKind.SESSION)


def _others(plan: Plan) -> list[Appointment]:
    """Sessions of nobody in particular count as dates of the cycle."""
    found = [a for a in plan.calendar.appointments if a.kind is not CalendarKind.SESSION or not a.body]
    return sorted(found, key=lambda a: (a.date, a.id))


def _firsts(day: date) -> Iterator[date]:
    for ahead in range(MONTHS):
        years, month = divmod(day.month - 1 + ahead, 12)
        if day.year + years <= date.max.year:
            yield date(day.year + years, month + 1, 1)


def _month(plan: Plan, first: date, day: date, sittings: Sequence[Sitting]) -> Month:
    """What has begun before stands in the first month if it isn't over."""
    dated = [(a, a.date if a.date >= day else day if (a.end or a.date) >= day else None) for a in _others(plan)]
    own = tuple(a for a, on in dated if on is not None and _same(on, first))
    met = tuple(each for each in sittings if each.day >= day and _same(each.day, first))
    return Month(
        first,
        tuple(a for a in own if a.kind is not CalendarKind.BUDGET),
        tuple(a for a in own if a.kind is CalendarKind.BUDGET),
        met,
    )


def _same(day: date, first: date) -> bool:
    return (day.year, day.month) == (first.year, first.month)


def _trimmed(months: Sequence[Month]) -> tuple[Month, ...]:
    """Without the months at the end for which nobody has entered anything yet."""
    last = max((at for at, month in enumerate(months) if not month.is_empty), default=-1)
    return tuple(months[: last + 1])


def _year(plan: Plan, year: int, sittings: Iterable[Sitting]) -> Year:
    inside = [a for a in _others(plan) if a.date.year <= year <= (a.end or a.date).year]
    days = [each for each in sittings if each.day.year == year]
    bodies = dict.fromkeys([body.id for body in plan.bodies] + [each.body for each in days])
    by_body = ((id, tuple(each.day for each in days if each.body == id)) for id in bodies)
    return Year(year, tuple(inside), tuple(pair for pair in by_body if pair[1]), tuple(_bound(plan, year)))


_BINDING = frozenset({BudgetState.PROVISIONAL, BudgetState.CONSOLIDATION})


def _bound(plan: Plan, year: int) -> Iterator[BudgetYear]:
    for each in plan.calendar.budgets:
        if each.year == year and each.state in _BINDING:
            yield each
