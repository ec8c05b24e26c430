"""What there is where for whom: services and facilities against the needs of the areas, theme by theme."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sozplan.analysis.ground import parts
from sozplan.model.areas import AreaPlan, Need
from sozplan.model.inventory import InventoryItem
from sozplan.model.measures import Measure
from sozplan.model.plan import Plan
from sozplan.model.strategy import Goal
from sozplan.model.terms import AreaKind, InventoryKind, MeasureStatus, Term
from sozplan.model.territory import SocialArea, Unit
from sozplan.render.cited import Quantity
from sozplan.render.views.goals import running

WIDEST = 6
"""Areas beside each other; more stand in a further table."""


class Coverage(Term):
    COVERED = "covered", "Angebot vorhanden", "served"
    GAP = "gap", "Lücke", "gap"
    SPARE = "spare", "Angebot ohne festgestellten Bedarf", "served without a stated need"
    NOTHING = "nothing", "weder Bedarf noch Angebot", "neither need nor service"


@dataclass(frozen=True, slots=True)
class Place:
    """A theme, a target group and an area: what is needed there, and what there is."""

    theme: str
    group: str | None
    """None for needs and services that name no group."""
    area: str
    needs: tuple[Need, ...]
    items: tuple[InventoryItem, ...]
    answers: tuple[Measure, ...] = ()
    """Measures that are planned or run against the needs."""

    @property
    def coverage(self) -> Coverage:
        if self.items:
            return Coverage.COVERED if self.needs else Coverage.SPARE
        return Coverage.GAP if self.needs else Coverage.NOTHING

    @property
    def count(self) -> Quantity:
        return Quantity(len(self.items), f"all#inventory/{self.theme}/{self.group or 'none'}/{self.area}")


@dataclass(frozen=True, slots=True)
class Gap:
    """Needs of an area that nothing serves, for all groups that have the same."""

    groups: tuple[str, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Row:
    theme: str
    group: str | None
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """Rows by theme and target group, columns by area; `unplaced` are services that say no area or no theme."""

    areas: tuple[str, ...]
    rows: tuple[Row, ...]
    unplaced: tuple[InventoryItem, ...]

    @property
    def gaps(self) -> tuple[Place, ...]:
        return tuple(p for row in self.rows for p in row.places if p.coverage is Coverage.GAP)

    @property
    def gaps_told(self) -> tuple[Gap, ...]:
        """Area by area in the order of the columns."""
        alike: dict[tuple[str, str, tuple[Need, ...]], list[Place]] = {}
        for area in self.areas:
            for place in self.gaps:
                if place.area == area:
                    alike.setdefault((area, place.theme, place.needs), []).append(place)
        return tuple(Gap(tuple(p.group for p in places if p.group), places[0]) for places in alike.values())

    @property
    def by_theme(self) -> tuple[tuple[str, tuple[Row, ...]], ...]:
        themes = dict.fromkeys(row.theme for row in self.rows)
        return tuple((theme, tuple(row for row in self.rows if row.theme == theme)) for theme in themes)

    @property
    def spans(self) -> tuple[tuple[int, int], ...]:
        """Which columns stand in which table."""
        tables = max(1, -(-len(self.areas) // WIDEST))
        wide = -(-len(self.areas) // tables)
        return tuple((at, min(at + wide, len(self.areas))) for at in range(0, len(self.areas), wide))


@dataclass(frozen=True, slots=True)
class _Served:
    """A service and the areas that it reaches."""

    item: InventoryItem
    areas: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Stated:
    """A need, where it was stated and under which themes."""

    need: Need
    plan: AreaPlan
    themes: frozenset[str]


def coverage(plan: Plan, day: date) -> Matrix:
    areas = [area for area in plan.social_areas if area.in_force(day) and _is_planned(plan, area)]
    grounds = {area.id: _ground(plan, area, day) for area in areas}
    items = [item for item in plan.inventory if item.kind in _SERVING and item.in_force(day)]
    served = [_Served(item, _reached(item, grounds)) for item in items]
    stated = [_Stated(need, each, _themes(plan, each, need)) for each in running(plan) for need in each.needs]
    shown = [area.id for area in areas]
    rows = tuple(_rows(plan, shown, served, stated))
    return Matrix(tuple(shown), rows, tuple(s.item for s in served if not s.areas or not s.item.themes))


def _is_planned(plan: Plan, area: SocialArea) -> bool:
    """Observation and funding areas count where a plan is about them or a service names them."""
    named = {each.area for each in running(plan)}.union(*(item.catchment for item in plan.inventory))
    return area.kind is AreaKind.SOCIAL_AREA or area.id in named


_SERVING = frozenset({InventoryKind.SERVICE, InventoryKind.FACILITY})


def _ground(plan: Plan, area: SocialArea, day: date) -> frozenset[str]:
    """The area's units with all above and below them."""
    own = set(parts(plan, area, day))
    found = {area.id, *own}
    for id in own:
        unit = plan.find(id, Unit)
        while unit is not None and unit.parent is not None and unit.parent not in found:
            found.add(unit.parent)
            unit = plan.find(unit.parent, Unit)
    queue = list(own)
    while queue:
        below = [unit.id for unit in plan.units_below(queue.pop()) if unit.id not in found]
        found.update(below)
        queue += below
    return frozenset(found)


def _reached(item: InventoryItem, grounds: dict[str, frozenset[str]]) -> frozenset[str]:
    """Where it says no catchment, it reaches the area that it stands in."""
    places = item.catchment or ((item.site,) if item.site else ())
    return frozenset(area for area, ground in grounds.items() if ground.intersection(places))


def _themes(plan: Plan, area_plan: AreaPlan, need: Need) -> frozenset[str]:
    """Its own theme, else those of the strategic goals that its goals serve."""
    if need.theme is not None:
        return frozenset((need.theme,))
    served = [goal.serves for goal in area_plan.goals if need.id in goal.needs]
    return frozenset(theme for id in served if (theme := _theme(plan, id)))


def _theme(plan: Plan, id: str | None) -> str | None:
    """The theme of a strategic goal or of the nearest above it."""
    seen: set[str] = set()
    while id is not None and id not in seen and (goal := plan.find(id, Goal)) is not None:
        if goal.theme is not None:
            return goal.theme
        seen.add(id)
        id = goal.parent
    return None


def _rows(plan: Plan, areas: Sequence[str], served: Sequence[_Served], stated: Sequence[_Stated]) -> Iterable[Row]:
    """Only groups that somebody needs or serves something for, in the order of the strategy, those without last."""
    order: list[str | None] = [*(group.id for group in plan.target_groups), None]
    for theme in plan.themes:
        here = [s for s in served if theme.id in s.item.themes and s.areas]
        needed = [s for s in stated if theme.id in s.themes]
        groups = {g for s in here for g in _groups(s.item)} | {g for s in needed for g in _groups(s.need)}
        for group in (each for each in order if each in groups):
            places = tuple(_place(theme.id, group, area, here, needed) for area in areas)
            yield Row(theme.id, group, places)


def _groups(of: InventoryItem | Need) -> tuple[str | None, ...]:
    return of.target_groups or (None,)


def _place(
    theme: str, group: str | None, area: str, served: Sequence[_Served], stated: Sequence[_Stated]
) -> Place:  # fmt: skip
    needed = [s for s in stated if s.plan.area == area and group in _groups(s.need)]
    items = tuple(s.item for s in served if area in s.areas and group in _groups(s.item))
    answers = dict.fromkeys(m.id for s in needed for m in _answers(s))
    by_id = {m.id: m for s in needed for m in s.plan.measures}
    return Place(theme, group, area, tuple(s.need for s in needed), items, tuple(by_id[id] for id in answers))


def _answers(stated: _Stated) -> Iterable[Measure]:
    goals = {goal.id for goal in stated.plan.goals if stated.need.id in goal.needs}
    return (m for m in stated.plan.measures if goals.intersection(m.goals) and m.progress is not MeasureStatus.STOPPED)
