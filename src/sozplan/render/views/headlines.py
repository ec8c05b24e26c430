"""The three things that a reader in a hurry should know of a plan's goals."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

from sozplan.analysis.verdict import Note, Report, TargetStatus
from sozplan.diagnostics import Lang, text
from sozplan.model.areas import AreaPlan
from sozplan.model.plan import Plan
from sozplan.model.targets import TargetFields
from sozplan.model.terms import Light
from sozplan.render.cited import filled
from sozplan.render.views.names import Names
from sozplan.render.views.since import MOST
from sozplan.render.views.targets import actual_of, baseline_of, name_of_target

_ORDER = {Light.RED: 0, Light.YELLOW: 1, Light.GREEN: 2}


def headlines(plan: Plan, area_plans: Iterable[AreaPlan], assessment: Report, lang: Lang) -> tuple[str, ...]:
    """What moved since the baselines, where there is no earlier paper to compare with: the furthest back first,
    then what came furthest.
    """
    scopes = {each.id: each.area for each in area_plans}
    moved = [s for s in assessment.targets if s.plan in scopes and _has_moved(s)]
    back = sorted((s for s in moved if Note.WORSENED in s.notes), key=_way)
    ahead = sorted((s for s in moved if Note.WORSENED not in s.notes), key=lambda s: (-_way(s), s.target))
    slow = sorted(ahead, key=lambda s: (_ORDER.get(s.light, 3), _way(s), s.target))
    chosen = dict.fromkeys(s.target for s in (*back, *ahead[:1], *slow[:1], *ahead[1:]))
    by_id = {s.target: s for s in moved}
    areas = scopes if len(scopes) > 1 else {}
    return tuple(_said(plan, by_id[id], areas, lang) for id in list(chosen)[:MOST])


def _has_moved(status: TargetStatus) -> bool:
    return status.ratable and status.kind in {"change", "gap"} and status.actual is not None


def _way(status: TargetStatus) -> Decimal:
    return status.attainment or Decimal(0)


def _said(plan: Plan, status: TargetStatus, areas: Mapping[str, str], lang: Lang) -> str:
    target = plan.find(status.target, TargetFields)
    name = name_of_target(plan, target, status).say(lang) if target else status.target
    if (area := areas.get(status.plan or "")) is not None:
        name = f"{name}, {Names(plan).short(area)}"
    light = status.light.label.say(lang)
    values = baseline_of(plan, status, lang), actual_of(plan, status, lang)
    return filled(text(de="{}: {} → {}, Ampel {}", en="{}: {} → {}, light {}").say(lang), name, *values, light)
