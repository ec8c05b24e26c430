"""The territory in words: levels with their units, and the social areas that were chosen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sozplan.model.plan import Plan
from sozplan.model.territory import Designation, Part, SocialArea, Unit


@dataclass(frozen=True, slots=True)
class AreaRow:
    """A social area with what it is made of on the day and the latest decision on it."""

    area: SocialArea
    parts: tuple[Part, ...]
    past: tuple[Part, ...]
    """Parts that it had or will have on another day."""
    designation: Designation | None


@dataclass(frozen=True, slots=True)
class LevelTable:
    level: str
    name: str
    units: tuple[Unit, ...]


def areas(plan: Plan, day: date) -> tuple[AreaRow, ...]:
    return tuple(_area(plan, area, day) for area in plan.social_areas)


def _area(plan: Plan, area: SocialArea, day: date) -> AreaRow:
    now = tuple(p for p in area.parts if _holds(p, day))
    decisions = [d for d in plan.designations if d.area == area.id and d.date <= day]
    latest = max(decisions, key=lambda d: d.date, default=None)
    return AreaRow(area, now, tuple(p for p in area.parts if p not in now), latest)


def _holds(part: Part, day: date) -> bool:
    return (part.start is None or part.start <= day) and (part.end is None or day <= part.end)


def levels(plan: Plan, day: date) -> tuple[LevelTable, ...]:
    """Every level below the whole, with the units of the day in the order of their keys."""
    in_force = sorted((u for u in plan.units if u.in_force(day)), key=lambda u: (u.key, u.id))
    return tuple(
        LevelTable(level.id, level.name, tuple(u for u in in_force if u.level == level.id))
        for level in plan.settings.levels[1:]
    )


def areas_of_unit(plan: Plan, unit: str, day: date) -> tuple[str, ...]:
    """The social areas that the unit belongs to, whole or in part."""
    return tuple(a.id for a in plan.social_areas if any(p.unit == unit and _holds(p, day) for p in a.parts))
