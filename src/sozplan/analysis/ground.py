"""What ground a territory covers on a day, told apart from the units that it happens to be cut into."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from sozplan.model.memory import once
from sozplan.model.plan import Plan
from sozplan.model.territory import Part, SocialArea, Unit, grown

Territory = Unit | SocialArea
Parts = Mapping[str, Decimal]
"""Unit id → share of its population."""

Ground = frozenset[tuple[str, Decimal]]
"""Equal for two days exactly if the territory covers the same ground on both."""

WHOLE = Decimal(1)


def territory(plan: Plan, id: str | None) -> Territory | None:
    found = plan.get(id) if id else None
    return found if isinstance(found, Unit | SocialArea) else None


def parts(plan: Plan, place: Territory, day: date) -> Parts:
    """The units that make up a territory on a day: a unit's are those below it."""
    if isinstance(place, Unit):
        return {unit.id: WHOLE for unit in plan.units_below(place.id) if unit.in_force(day)}
    return {part.unit: part.share for part in place.parts if _holds(plan, part, day)}


def _holds(plan: Plan, part: Part, day: date) -> bool:
    """A unit that nobody knows stays a part: a sum without it would be too small unsaid."""
    unit = plan.find(part.unit, Unit)
    dated = (part.start is None or part.start <= day) and (part.end is None or day <= part.end)
    return dated and (unit is None or unit.in_force(day))


def ground(plan: Plan, place: Territory, day: date) -> Ground:
    """The territory of that day in the newest units that cover exactly the same ground.

    Where all units that a boundary change touched belong to the territory, what they became stands instead of them;
    where only some do, nobody knows how the rest was cut, and the ground differs from that of any later day.
    """
    units = {place.id: WHOLE} if isinstance(place, Unit) else parts(plan, place, day)
    made_of = {grown(id, day, plan.growths): share for id, share in units.items()}
    for old, new in plan.boundary_changes:
        shares = {made_of.get(id) for id in old}
        if len(shares) == 1 and (share := shares.pop()) is not None:
            made_of = {id: s for id, s in made_of.items() if id not in old} | dict.fromkeys(new, share)
    return frozenset(made_of.items())


def is_steady(plan: Plan, place: Territory) -> bool:
    """Whether it covers the same ground on all days, without asking for any: hardly any territory doesn't."""
    if isinstance(place, Unit):
        return place.id not in _unsteady(plan)
    parts = place.parts
    dated = any(part.start is not None or part.end is not None for part in parts)
    return not dated and _unsteady(plan).isdisjoint([part.unit for part in parts])


@once
def _unsteady(plan: Plan) -> frozenset[str]:
    """Units that exist only for a time, or that a boundary change touched."""
    dated = {unit.id for unit in plan.units if unit.valid_from is not None or unit.valid_to is not None}
    return frozenset(dated.union(*((each.old, each.new) for each in plan.successions)))


@once
def lineage(plan: Plan, unit: str) -> tuple[Unit, ...]:
    """The units that one came from and those that came from it, at any remove."""
    if not plan.successions:
        return ()
    found: dict[str, None] = {}
    for start, end in (("new", "old"), ("old", "new")):
        queue = [unit]
        while queue:
            here = queue.pop()
            near = [getattr(each, end) for each in plan.successions if getattr(each, start) == here]
            queue += [id for id in near if id not in found and id != unit]
            found |= dict.fromkeys(queue)
    units = (plan.find(id, Unit) for id in found)
    return tuple(each for each in units if each is not None)
