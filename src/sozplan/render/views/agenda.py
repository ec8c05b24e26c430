"""What lies ahead: the sessions of each body on one line, and everything else by date."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sozplan.model.calendar import Appointment
from sozplan.model.plan import Plan
from sozplan.model.terms import CalendarKind


@dataclass(frozen=True, slots=True)
class Sessions:
    body: str
    days: tuple[date, ...]


@dataclass(frozen=True, slots=True)
class Agenda:
    sessions: tuple[Sessions, ...]
    appointments: tuple[Appointment, ...]


def agenda(plan: Plan, day: date) -> Agenda:
    """From that day on; a body's sessions are those of its charter and of the calendar together."""
    coming = sorted((a for a in plan.calendar.appointments if (a.end or a.date) >= day), key=lambda a: (a.date, a.id))
    meetings = [a for a in coming if a.kind is CalendarKind.SESSION and a.body]
    rows = (Sessions(b.id, _days(b.sessions, [a.date for a in meetings if a.body == b.id], day)) for b in plan.bodies)
    return Agenda(tuple(row for row in rows if row.days), tuple(a for a in coming if a not in meetings))


def _days(chartered: tuple[date, ...], called: list[date], day: date) -> tuple[date, ...]:
    return tuple(sorted({each for each in (*chartered, *called) if each >= day}))
