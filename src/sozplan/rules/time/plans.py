"""Rules of plan versions: one in force per area and day, without gaps, and with a status that fits the dates."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from sozplan.diagnostics import Severity, text
from sozplan.model.areas import AreaPlan
from sozplan.model.case import Case
from sozplan.model.plan import Plan
from sozplan.model.terms import Status
from sozplan.model.territory import SocialArea
from sozplan.rules.rule import Finding, rule
from sozplan.rules.words import day, span

_DAY = timedelta(days=1)
_IN_FORCE = (Status.RESOLVED, Status.ENDED)


def term(plan: AreaPlan) -> tuple[date, date]:
    """First and last day on which the plan holds: its period, within its validity."""
    start = max(plan.period.start, plan.valid_from or date.min)
    end = min(plan.period.end or date.max, plan.valid_to or date.max)
    return start, end


def is_inside_out(plan: AreaPlan) -> bool:
    """Whether first and last day are swapped: `time.order` says so, and nothing can be counted from them."""
    return plan.period.end is not None and plan.period.end < plan.period.start


def _by_area(plan: Plan) -> dict[str, list[AreaPlan]]:
    """The plans of each area, by their first day; a plan with swapped dates holds on no day."""
    found: dict[str, list[AreaPlan]] = {}
    for area_plan in plan.area_plans:
        start, end = term(area_plan)
        if start <= end:
            found.setdefault(area_plan.area, []).append(area_plan)
    for plans in found.values():
        plans.sort(key=lambda p: (*term(p), p.id))
    return found


@rule(
    "time.plan-overlap",
    Severity.ERROR,
    de="Für das Gebiet „{area}“ gelten {days} zwei Pläne zugleich: „{other}“ und „{plan}“. "
    "Lassen Sie den früheren am {eve} enden, oder diesen später beginnen.",
    en="For the area “{area}” two plans are in force {days}: “{other}” and “{plan}”. "
    "Let the earlier one end on {eve}, or this one start later.",
)
def two_plans_at_once(case: Case) -> Iterator[Finding]:
    """In einem Gebiet gilt an jedem Tag höchstens ein beschlossener Plan

    Gelten zwei zugleich, weiß niemand, welches Ziel das Amt bindet und aus welchem Plan berichtet wird.
    Entwürfe und Vorlagen zählen nicht: Der nächste Plan entsteht, während der alte gilt.

    English:
        In an area at most one resolved plan is in force on any day

        If two are in force, nobody knows which goal binds the office and which plan is reported on.
        Drafts and proposals don't count: the next plan is made while the old one is in force.

    Bad:
        # plans/areas/hafen-2025.yaml
        id: hafen-2025
        area: hafen
        title: Sozialraumgebietsplan Hafen 2025–2026
        period: {from: 2025-01-01, to: 2026-12-31}
        status: resolved
        resolution: b-2024-031
        # plans/areas/hafen.yaml
        period: {from: 2026-01-01, to: 2029-12-31}  # <- time.plan-overlap

    Good:
        # plans/areas/hafen-2025.yaml
        id: hafen-2025
        area: hafen
        title: Sozialraumgebietsplan Hafen 2025
        period: {from: 2025-01-01, to: 2025-12-31}
        status: ended
    """
    for area, plans in _by_area(case.plan).items():
        longest: AreaPlan | None = None
        for plan in plans:
            if plan.status not in _IN_FORCE:
                continue
            start, end = term(plan)
            if longest is not None and term(longest)[1] >= start:
                shared = span(start, min(end, term(longest)[1]))
                args = {"area": area, "plan": plan.id, "other": longest.id, "days": shared, "eve": day(start - _DAY)}
                yield Finding(plan.at("period", "from"), args)
            if longest is None or end > term(longest)[1]:
                longest = plan


@rule(
    "time.plan-gap",
    Severity.WARNING,
    de="Für das Gebiet „{area}“ gilt {days} kein Plan. {advice}",
    en="For the area “{area}” no plan is in force {days}. {advice}",
)
def no_plan_between(case: Case) -> Iterator[Finding]:
    """Auf einen Plan folgt ohne Lücke der nächste

    In einer Lücke fehlt den Maßnahmen die Grundlage, und die Zielerreichung lässt sich nicht fortschreiben.
    Gemeldet wird auch ein abgelaufener Plan, auf den bisher keiner folgt, solange das Gebiet festgelegt ist.

    English:
        One plan follows the other without a gap

        In a gap measures lose their basis, and attainment can't be carried forward.
        A plan that ran out with none to follow is reported as well, as long as the area is designated.

    Bad:
        # plans/areas/hafen-2022.yaml
        id: hafen-2022
        area: hafen
        title: Sozialraumgebietsplan Hafen 2022–2025
        period: {from: 2022-01-01, to: 2025-06-30}
        status: ended
        # plans/areas/hafen.yaml
        period: {from: 2026-01-01, to: 2029-12-31}  # <- time.plan-gap

    Good:
        # plans/areas/hafen-2022.yaml
        id: hafen-2022
        area: hafen
        title: Sozialraumgebietsplan Hafen 2022–2025
        period: {from: 2022-01-01, to: 2025-12-31}
        status: ended
    """
    for area, plans in _by_area(case.plan).items():
        covered = term(plans[0])[1]
        for plan in plans[1:]:
            start, end = term(plan)
            if covered < start - _DAY:
                yield Finding(plan.at("period", "from"), _gap(area, covered + _DAY, start - _DAY))
            covered = max(covered, end)
        last = max(plans, key=lambda p: term(p)[1])
        if covered < case.as_of and last.status is not Status.ENDED and _is_designated(case, area):
            yield Finding(last.at("period", "to"), _gap(area, covered + _DAY, None))


def _gap(area: str, first: date, last: date | None) -> dict[str, object]:
    advice = _CONTINUE if last is None else _CLOSE
    return {"area": area, "days": span(first, last), "advice": advice}


_CLOSE = text(
    de="Lassen Sie diesen Plan früher beginnen, oder verlängern Sie den vorigen.",
    en="Let this plan start earlier, or extend the one before.",
)
_CONTINUE = text(
    de="Schreiben Sie den Plan fort, oder setzen Sie seinen Status auf „ended“.",
    en="Carry the plan forward, or set its status to “ended”.",
)


def _is_designated(case: Case, area: str) -> bool:
    """Whether the area still exists and its latest designation, if any, keeps it."""
    found = case.plan.find(area, SocialArea)
    if found is None or not found.in_force(case.as_of):
        return False
    decided = [d for d in case.plan.designations if d.area == area and d.date <= case.as_of]
    return not decided or max(decided, key=lambda d: d.date).designated


RULES = (two_plans_at_once, no_plan_between)
