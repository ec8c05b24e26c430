"""The rule that plans and processes fit the calendars of sessions and of the budget."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import NamedTuple

from sozplan.analysis.workdays import delay, due, earliest
from sozplan.diagnostics import Severity, Text, text
from sozplan.model.areas import AreaPlan
from sozplan.model.case import Case
from sozplan.model.entity import Place, id_of
from sozplan.model.organisation import Body
from sozplan.model.papers import Paper
from sozplan.model.plan import Plan
from sozplan.model.processes import Process
from sozplan.model.resolutions import Resolution
from sozplan.model.shared import OfficeDeadline
from sozplan.model.strategy import Strategy
from sozplan.model.terms import BudgetState, ConsultationRole
from sozplan.rules.org.charter import calendar_sessions, sitting
from sozplan.rules.org.parts import is_live, live_processes
from sozplan.rules.proc.graph import Flow
from sozplan.rules.rule import Finding, rule
from sozplan.rules.words import day


class _Clash(NamedTuple):
    place: Place
    subject: str
    said: Text


@rule(
    "proc.calendar-clash",
    Severity.WARNING,
    de="„{subject}“: {clash}.",
    en="“{subject}”: {clash}.",
)
def clash_with_calendar(case: Case) -> Iterator[Finding]:
    """Beratungen und Fristen passen zum Sitzungs- und zum Haushaltskalender

    Eine Vorlage für einen Tag ohne Sitzung, nach Ablauf der Einladungsfrist oder nach dem Haushaltsbeschluss
    kommt ein halbes Jahr zu spät.
    Geprüft wird: Tagt das Gremium am Tag der Beratung? Lag die Vorlage vor der Einladung zur ersten Sitzung vor?
    Entscheidet das Gremium nicht erst nach der Haushaltssatzung des ersten Planjahres? Stehen die Sitzungen des
    Kalenders auch beim Gremium? Und liegt in der Zeit für einen Schritt, der in einem Gremium stattfindet und dessen
    Frist von einem festen Tag zählt („after: 1. März“), eine Sitzung?
    Verglichen wird nur, wo Sitzungen eingetragen sind; Werktage sind die des Landes ohne
    gesetzliche Feiertage, und dazu bleibt ein Spielraum (`organisation: session_slack_days` in `sozplan.yaml`).

    English:
        Consultations and deadlines fit the calendars of sessions and of the budget

        A paper for a day without a session, after the invitations went out or after the budget was resolved
        comes half a year too late.
        Checked is: Does the body meet on the day of the consultation? Was the paper there before the invitation to the
        first session? Does the body not decide only after the budget statute of the plan's first year? Do the sessions
        of the calendar stand with the body as well? And does a session fall into the time of a step that takes place in
        a body and whose deadline counts from a fixed day (“after: 1. März”)?
        It is only compared where sessions are entered; working days are those of the Land without
        public holidays, and some slack is left (`organisation: session_slack_days` in `sozplan.yaml`).

    Bad:
        # plans/areas/hafen.yaml
        paper:
          number: V-2026-090
          date: 2026-08-20
          consultations:
            - {body: jugendhilfeausschuss, date: 2026-09-11, role: information}  # <- proc.calendar-clash

    Good:
        # plans/areas/hafen.yaml
        paper:
          number: V-2026-090
          date: 2026-08-20
          consultations:
            - {body: jugendhilfeausschuss, date: 2026-09-10, role: information}
    """
    sessions = _Sessions(case)
    budgets = _budgets(case.plan)
    for plan in case.plan.area_plans:
        if plan.paper is not None and is_live(case.plan, plan):
            yield from _findings(_consulted(plan, plan.paper, ("paper",), sessions))
            yield from _findings(_after_budget(plan, plan.paper, budgets))
        for i, paper in enumerate(plan.papers if is_live(case.plan, plan) else ()):
            yield from _findings(_consulted(plan, paper, ("papers", i), sessions))
    for root in case.plan.all(Strategy):
        if root.paper is not None:
            yield from _findings(_consulted(root, root.paper, ("paper",), sessions))
    yield from _findings(sessions.contradictions())
    for process in live_processes(case):
        yield from _findings(_steps(case, process, sessions))


def _findings(clashes: Iterator[_Clash]) -> Iterator[Finding]:
    return (Finding(clash.place, {"subject": clash.subject, "clash": clash.said}) for clash in clashes)


class _Sessions:
    """The known sessions of each body, from its charter and from the calendar."""

    def __init__(self, case: Case) -> None:
        self.bodies: Mapping[str, Body] = {body.id: body for body in sitting(case)}
        self.listed = calendar_sessions(case)
        self.days: dict[str, list[date]] = {}
        for id, body in self.bodies.items():
            self.days[id] = sorted({*body.sessions, *(a.date for a in self.listed.get(id, ()))})

    def are_known(self, body: str, start: date, end: date) -> bool:
        """Whether the sessions of that time are entered: some lie before and after it."""
        days = self.days.get(body, [])
        return bool(days) and days[0] <= start and end <= days[-1]

    def contradictions(self) -> Iterator[_Clash]:
        """Sessions of the calendar, in the time that a body lists its own, that it doesn't list."""
        for id, appointments in self.listed.items():
            own = self.bodies[id].sessions if id in self.bodies else ()
            for each in appointments:
                if own and min(own) <= each.date <= max(own) and each.date not in own:
                    yield _Clash(each.at("date"), each.id, _unlisted(id, each.date))


def _unlisted(body: str, when: date) -> Text:
    return text(
        de=f"Der Kalender nennt eine Sitzung von „{body}“ am {day(when).de}, das Gremium selbst nicht. "
        "Berichtigen Sie das eine oder das andere",
        en=f"the calendar lists a session of “{body}” on {day(when).en}, the body itself doesn't. "
        "Correct the one or the other",
    )


def _consulted(
    owner: AreaPlan | Strategy, paper: Paper, at: tuple[str | int, ...], sessions: _Sessions
) -> Iterator[_Clash]:
    name = id_of(owner) or owner.origin.file
    for i, stop in enumerate(paper.consultations):
        when = stop.date
        if when is not None and sessions.are_known(stop.body, when, when) and when not in sessions.days[stop.body]:
            place = owner.at(*at, "consultations", i, "date")
            yield _Clash(place, name, _no_session(stop.body, when, sessions.days[stop.body]))
    first = next((stop for stop in paper.consultations if stop.date is not None), None)
    if first is None or first.date is None or paper.date is None or first.body not in sessions.bodies:
        return
    notice = sessions.bodies[first.body].invitation_days
    if notice is not None and first.date.toordinal() - paper.date.toordinal() < notice:
        yield _Clash(owner.at(*at, "date"), name, _too_late(first.body, first.date, paper.date, notice))


def _no_session(body: str, when: date, days: list[date]) -> Text:
    near = sorted(days, key=lambda each: abs((each - when).days))[:2]
    de, en = (" oder ".join(day(d).de for d in sorted(near)), " or ".join(day(d).en for d in sorted(near)))
    return text(
        de=f"„{body}“ tagt am {day(when).de} nicht. Wählen Sie eine Sitzung, z. B. {de}",
        en=f"“{body}” doesn't meet on {day(when).en}. Choose a session, such as {en}",
    )


def _too_late(body: str, session: date, paper: date, notice: int) -> Text:
    return text(
        de=f"Die Vorlage ist vom {day(paper).de}; zur Sitzung von „{body}“ am {day(session).de} wird {notice} Tage "
        "vorher eingeladen. Legen Sie sie früher vor, oder wählen Sie eine spätere Sitzung",
        en=f"the paper is of {day(paper).en}; invitations to the session of “{body}” on {day(session).en} go out "
        f"{notice} days before. Submit it earlier, or choose a later session",
    )


def _budgets(plan: Plan) -> Mapping[int, date]:
    """The day on which the budget of a year was resolved."""
    found = {}
    for year in plan.calendar.budgets:
        statute = plan.find(year.resolution, Resolution)
        if statute is not None and year.state is not BudgetState.DRAFT:
            found[year.year] = statute.date
    return found


def _after_budget(plan: AreaPlan, paper: Paper, budgets: Mapping[int, date]) -> Iterator[_Clash]:
    year = plan.period.start.year
    resolved = budgets.get(year)
    if resolved is None or not any(line.year == year for measure in plan.measures for line in measure.budget):
        return
    for i, stop in enumerate(paper.consultations):
        if stop.role is ConsultationRole.DECISION and stop.date is not None and stop.date > resolved:
            said = text(
                de=f"„{stop.body}“ entscheidet am {day(stop.date).de}, der Haushalt {year} wurde schon am "
                f"{day(resolved).de} beschlossen. Legen Sie den Plan früher vor, oder beginnen Sie Maßnahmen später",
                en=f"“{stop.body}” decides on {day(stop.date).en}, but the budget of {year} was resolved on "
                f"{day(resolved).en} already. Submit the plan before, or begin the measures later",
            )
            yield _Clash(plan.at("paper", "consultations", i, "date"), plan.id, said)


_MONTHS = {
    name: number
    for names in (
        "januar februar märz april mai juni juli august september oktober november dezember",
        "january february march april may june july august september october november december",
    )
    for number, name in enumerate(names.split(), 1)
}
_FIXED_DAY = re.compile(r"(\d{1,2})\.? ([A-Za-zä]+)")


def _steps(case: Case, process: Process, sessions: _Sessions) -> Iterator[_Clash]:
    """Steps held in a body within days from a fixed day of the year: is there a session?"""
    flow = Flow(process, process.steps)
    for i, step in enumerate(process.steps):
        if step.body is None or step.deadline is None or (fixed := fixed_day(step.deadline)) is None:
            continue
        before = [d for p in flow.preceding[i] if (d := process.steps[p].deadline) and d.after == step.deadline.after]
        before = [d for d in before if d.days < step.deadline.days]
        for year in sorted({each.year for each in sessions.days.get(step.body, ()) if each >= case.as_of}):
            anchor = date(year, *fixed)
            if _surely_meets(sessions, step.body, anchor, before, step.deadline, case):
                continue
            land = case.plan.settings.municipality.land
            start = max((due(anchor, d, land) for d in before), default=anchor)
            end = due(anchor, step.deadline, land)
            if _misses(sessions, step.body, start, end, case):
                yield _Clash(process.at("steps", i, "deadline"), process.id, _none_in(step.step, step.body, start, end))
                break


def _surely_meets(
    sessions: _Sessions, body: str, anchor: date, before: list[OfficeDeadline], deadline: OfficeDeadline, case: Case
) -> bool:
    """Whether there is a session however holidays lie: then nobody has to look at them."""
    if deadline.days < 0 or any(d.days < 0 for d in before):
        return False
    start = max((earliest(anchor, d) + delay(d) for d in before), default=anchor)
    end = earliest(anchor, deadline)
    slack = timedelta(days=min(case.plan.settings.organisation.session_slack_days, 366))
    return any(start - slack <= each <= end + slack for each in sessions.days[body])


def _misses(sessions: _Sessions, body: str, start: date, end: date, case: Case) -> bool:
    slack = timedelta(days=min(case.plan.settings.organisation.session_slack_days, 366))
    start, end = min(start, end) - slack, end + slack
    if end < case.as_of or not sessions.are_known(body, start, end):
        return False
    return not any(start <= each <= end for each in sessions.days[body])


def fixed_day(deadline: OfficeDeadline) -> tuple[int, int] | None:
    """Month and day, where the deadline counts from a day of the year; 29 February is left aside."""
    found = _FIXED_DAY.fullmatch(deadline.after or "")
    month = _MONTHS.get(found[2].casefold()) if found else None
    if found is None or month is None or abs(deadline.days) > 730:
        return None
    try:
        date(2001, month, int(found[1]))
    except ValueError:
        return None
    return month, int(found[1])


def _none_in(step: str, body: str, start: date, end: date) -> Text:
    return text(
        de=f"Für Schritt „{step}“ ist vom {day(start).de} bis {day(end).de} Zeit, aber „{body}“ tagt dann nicht. "
        "Ändern Sie die Frist, oder legen Sie eine Sitzung in diese Zeit",
        en=f"step “{step}” has time from {day(start).en} to {day(end).en}, but “{body}” doesn't meet then. "
        "Change the deadline, or put a session into this time",
    )


RULES = (clash_with_calendar,)
