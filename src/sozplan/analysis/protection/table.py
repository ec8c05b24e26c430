"""What of an indicator is withheld because something smaller would follow from it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from sozplan.analysis.delivered import known_from
from sozplan.analysis.ground import Territory
from sozplan.analysis.primary import counts_of
from sozplan.analysis.protection.alarm import Alarm, is_far_from_small, is_odd, strictest
from sozplan.analysis.protection.editions import Editions, Seeds
from sozplan.analysis.protection.neighbours import wholes
from sozplan.analysis.protection.periods import overlapping
from sozplan.model.case import Case
from sozplan.model.figures import Cell, reference_date
from sozplan.model.indicators import Indicator
from sozplan.model.memory import once
from sozplan.model.periods import Period


@dataclass(frozen=True, slots=True)
class Protection:
    """Territory and period of what is withheld besides; `coarse` are the periods in which whole levels had to go."""

    withheld: frozenset[tuple[str, str]] = frozenset()
    coarse: tuple[Period, ...] = ()


NOTHING = Protection()


@once
def protection(case: Case, indicator: str) -> Protection:
    """For every reader the same: whom small counts are kept from doesn't depend on who asks."""
    found = [_of_group(case, indicator, group) for group in dict.fromkeys(_groups(case, indicator).values())]
    return Protection(
        frozenset().union(*(each.withheld for each in found)), tuple(p for each in found for p in each.coarse)
    )


def protected(case: Case, indicator: str, period: Period) -> Protection:
    """Of a period, and of those that hang together with it: no others are looked at."""
    group = _groups(case, indicator).get(period.text)
    return NOTHING if group is None else _of_group(case, indicator, group)


Group = tuple[str, ...]
"""The texts of periods that hang together."""


@once
def _groups(case: Case, indicator: str) -> Mapping[str, Group]:
    """By the text of each period those that hang together with it, where there is anything to protect in them."""
    sheet = case.plan.find(indicator, Indicator)
    if sheet is None or not sheet.additive or sheet.perturbed or is_far_from_small(case, sheet):
        return {}
    alarm = Alarm(case, sheet)
    found = {cell.period.text for cell in _delicate(case, indicator) if alarm.at(cell)}
    if not found:
        return {}
    known = {each for each in case.figures.periods(indicator) if reference_date(sheet, each) <= case.as_of}
    groups = (tuple(period.text for period in some) for some in overlapping(known))
    return {text: group for group in groups if not found.isdisjoint(group) for text in group}


@once
def _delicate(case: Case, indicator: str) -> tuple[Cell, ...]:
    """Known cells of the areas that aren't all known to be far from small."""
    sheet = case.plan.find(indicator, Indicator)
    if sheet is None:
        return ()
    alarm = Alarm(case, sheet)
    some = case.figures.areas(indicator) if alarm.watched else case.figures.delicate(indicator, strictest(case, sheet))
    keys = sorted({*some, *alarm.cut} & _places(case).keys())
    cells = (cell for key in keys for cell in case.figures.vintages(indicator, key))
    return tuple(cell for cell in cells if known_from(sheet, cell) <= case.as_of)


@once
def _places(case: Case) -> Mapping[str, list[str]]:
    """By key the units that it may mean, and the area."""
    found: dict[str, list[str]] = {}
    places: tuple[Territory, ...] = (*case.plan.units, *case.plan.social_areas)
    for place in places:
        if place.key is not None:
            found.setdefault(place.key, []).append(place.id)
    return found


@once
def _of_group(case: Case, indicator: str, group: Group) -> Protection:
    sheet = case.plan.find(indicator, Indicator)
    if sheet is None:
        return NOTHING
    told = Editions(case, sheet, frozenset(group)).last(_seeds(case, sheet, group))
    periods = {each.text: each for each in case.figures.periods(indicator)}
    coarse = sorted({period for _, period in told.withheld}) if told.is_coarse else ()
    return Protection(told.withheld, tuple(periods[text] for text in coarse))


def _seeds(case: Case, sheet: Indicator, group: Group) -> Seeds:
    """Where something may be small, and since when that is known."""
    alarm, found = Alarm(case, sheet), dict[str, date]()
    for cell in _delicate(case, sheet.id):
        if cell.period.text in group and (alarm.near(cell) or cell.area in alarm.cut):
            day = known_from(sheet, cell)
            for place in _places(case)[cell.area]:
                some = _above(case, place) if is_odd(counts_of(sheet, cell)) else (place,)
                found |= {id: min(day, found.get(id, day)) for id in some}
    return found


def _above(case: Case, id: str) -> Iterator[str]:
    """A territory and all that it goes into, at any remove."""
    seen, waiting = {id}, [id]
    while waiting:
        here = waiting.pop()
        yield here
        more = set(wholes(case.plan, here)) - seen
        seen |= more
        waiting.extend(sorted(more))
