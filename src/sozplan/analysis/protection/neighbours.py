"""Which territories' numbers go into each other's, on whatever day."""

from __future__ import annotations

from collections.abc import Mapping

from sozplan.model.memory import once
from sozplan.model.plan import Plan
from sozplan.model.territory import SocialArea, Unit


@once
def wholes(plan: Plan, id: str) -> tuple[str, ...]:
    """The territories whose numbers may say something of this one's: of which it is a part or which came of it."""
    unit = plan.find(id, Unit)
    if unit is None:
        return (id,)
    above = () if unit.parent is None else (unit.parent,)
    return tuple(dict.fromkeys((id, *above, *_areas(plan).get(id, ()), *kin(plan, id))))


@once
def _areas(plan: Plan) -> Mapping[str, list[str]]:
    """By unit the social areas that it was ever part of."""
    found: dict[str, list[str]] = {}
    for area in plan.social_areas:
        for part in area.parts:
            found.setdefault(part.unit, []).append(area.id)
    return found


def kin(plan: Plan, id: str) -> tuple[str, ...]:
    """The units that one became, and those that it came from."""
    return tuple(_kin(plan).get(id, ()))


@once
def _kin(plan: Plan) -> Mapping[str, Mapping[str, None]]:
    found: dict[str, dict[str, None]] = {}
    for each in plan.successions:
        found.setdefault(each.old, {})[each.new] = None
        found.setdefault(each.new, {})[each.old] = None
    return found


def below(plan: Plan, id: str) -> tuple[str, ...]:
    """Of whose numbers its own may be made."""
    place = plan.get(id)
    if isinstance(place, SocialArea):
        return tuple(part.unit for part in place.parts)
    return (*(unit.id for unit in plan.units_below(id)), *kin(plan, id))
