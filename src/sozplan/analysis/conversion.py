"""Numbers of one ground worked out for another across a boundary change, by the shares of people that moved.

Only counts are shared out and added up; a rate is divided anew from them, and no rate is ever multiplied by a share.
Where one whole unit follows one whole unit nothing has to be worked out, so that what it was is carried over.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from sozplan.analysis.delivered import Observation, delivered, era_on, is_own, mixed, totals
from sozplan.analysis.ground import WHOLE, Ground, Territory, ground, parts, territory
from sozplan.model.case import Case
from sozplan.model.figures import Quality
from sozplan.model.indicators import Indicator
from sozplan.model.memory import once
from sozplan.model.periods import Period
from sozplan.model.plan import Plan
from sozplan.model.terms import Term
from sozplan.model.territory import SocialArea, Succession, Unit, is_whole

Series = Mapping[str, Observation]
"""By the text of the period."""


class Obstacle(Term):
    """Why a number could not be converted."""

    ADDITIVE = "not-additive", "die Kennzahl lässt sich nicht addieren", "the indicator doesn't add up"
    COUNTS = "no-counts", "es gibt nur Quoten ohne Zähler und Nenner", "there are only rates without counts"
    VALUE = "no-value", "im früheren Zuschnitt fehlt ein Wert", "a value is missing in the former borders"
    WEIGHTS = "no-weights", "zur Gebietsänderung fehlen Anteile", "the boundary change lacks shares"
    MERGED = "merged", "die Nachfolger umfassen auch andere Gebiete", "the successors hold other ground too"
    OWN = "own-figures", "das Gebiet hat eigene Zahlen im alten Zuschnitt", "the area has figures of its former borders"
    GROWN = "grown", "eine Einheit nahm andere auf und blieb dieselbe", "a unit took in others and stayed the same one"
    RECUT = "recut", "das Gebiet wurde neu zusammengesetzt", "the area was put together anew"


class Way(NamedTuple):
    """From the numbers of which units those of another follow, by how much each counts, and why."""

    sources: Mapping[str, Decimal]
    changes: tuple[Succession, ...]

    @property
    def is_renaming(self) -> bool:
        """One whole unit follows one whole unit."""
        return list(self.sources.values()) == [WHOLE]


def converted(case: Case, sheet: Indicator, place: Territory, own: Series) -> dict[str, Observation]:
    """The periods for which a territory has nothing of its own on its present ground, from before and after."""
    changed = _changed(case.plan)
    if isinstance(place, SocialArea):
        touched = not changed.isdisjoint(part.unit for part in place.parts)
        return _area(case, sheet, place, own) if touched else {}
    found = of_unit(case, sheet.id, place.id) if place.id in changed else {}
    return {text: each for text, each in found.items() if text not in own}


@once
def _changed(plan: Plan) -> frozenset[str]:
    return frozenset(id for each in plan.successions for id in (each.old, each.new))


@once
def of_unit(case: Case, indicator: str, id: str) -> Series:
    """What was delivered for a unit, and what can be converted for it beside that."""
    sheet, unit = case.plan.find(indicator, Indicator), case.plan.find(id, Unit)
    if sheet is None or unit is None:
        return {}
    if id not in _changed(case.plan):
        return delivered(case, sheet, unit)
    sides = _of_units(case, indicator)
    return {**sides.later.get(id, {}), **sides.earlier.get(id, {}), **delivered(case, sheet, unit)}


class _Sides(NamedTuple):
    """By the id of a unit: what it was before it began, and what it would be after it ended."""

    earlier: dict[str, Series]
    later: dict[str, Series]


@once
def _of_units(case: Case, indicator: str) -> _Sides:
    """One change after the other, so that several in a row chain."""
    sheet, found = case.plan.find(indicator, Indicator), _Sides({}, {})
    if sheet is None:
        return found
    changes = sorted((each for each in case.plan.successions if each.date <= case.as_of), key=lambda each: each.date)
    for id in dict.fromkeys(each.new for each in changes):
        _convert(case, sheet, id, before(case.plan, id), found.earlier)
    for id in dict.fromkeys(each.old for each in reversed(changes)):
        _convert(case, sheet, id, after(case.plan, id), found.later)
    return found


def before(plan: Plan, id: str) -> Way | Obstacle | None:
    """How a unit's numbers follow from those of the units that it came from; None where it came from none."""
    changes = [each for each in plan.successions if each.new == id]
    unit, dates = plan.find(id, Unit), {each.date for each in changes}
    if unit is None or not changes or any(unit.in_force(day - _DAY) for day in dates):
        return None
    if len(dates) > 1 or not all(is_whole(plan.successions, each.old) for each in changes):
        return Obstacle.WEIGHTS
    return Way({each.old: each.share for each in changes}, tuple(changes))


def after(plan: Plan, id: str) -> Way | Obstacle | None:
    """How a unit's numbers follow from those of its successors: where these hold its ground and no other."""
    changes = [each for each in plan.successions if each.old == id]
    if not changes:
        return None
    if not is_whole(plan.successions, id):
        return Obstacle.WEIGHTS
    for change in changes:
        new = plan.find(change.new, Unit)
        others = any(each.new == change.new and each.old != id for each in plan.successions)
        if others or new is None or new.in_force(change.date - _DAY):
            return Obstacle.MERGED
    return Way({each.new: WHOLE for each in changes}, tuple(changes))


_DAY = timedelta(days=1)


def _convert(case: Case, sheet: Indicator, id: str, way: Way | Obstacle | None, found: dict[str, Series]) -> None:
    unit = case.plan.find(id, Unit)
    if unit is None or not isinstance(way, Way):
        return
    series = [_series(case, sheet, source, found) for source in way.sources]
    shares, texts = list(way.sources.values()), set(series[0]).intersection(*series[1:])
    weighted = {text: [(by, some[text]) for by, some in zip(shares, series, strict=True)] for text in sorted(texts)}
    found[id] = {
        text: each
        for text, present in weighted.items()
        if all(_fits(case.plan, unit, way.changes[0].date, source) for _, source in present)
        if (each := _of_unit(case, sheet, unit, way, present)) is not None
    }


def _fits(plan: Plan, unit: Unit, change: date, source: Observation) -> bool:
    """Speaks of a time without the unit, and of the ground that the source had at the change."""
    if unit.in_force(source.day):
        return False
    return source.era.ground == _ground(plan, source.territory, change - _DAY if source.day < change else change)


def _ground(plan: Plan, id: str, day: date) -> Ground:
    place = territory(plan, id)
    return frozenset() if place is None else ground(plan, place, day)


def _series(case: Case, sheet: Indicator, id: str, found: Mapping[str, Series]) -> Series:
    unit = case.plan.find(id, Unit)
    return {} if unit is None else {**found.get(id, {}), **delivered(case, sheet, unit)}


def _of_unit(
    case: Case, sheet: Indicator, unit: Unit, way: Way, present: Sequence[tuple[Decimal, Observation]]
) -> Observation | None:
    some, used = present[0][1], [each for _, each in present]
    is_later = some.day > way.changes[0].date
    day = (unit.valid_to if is_later else unit.valid_from) or way.changes[0].date
    changes = _chained(used, way.changes)
    if way.is_renaming and some.missing is None and some.value is not None:
        era = era_on(case, sheet, unit, some.period, day)
        return replace(some, territory=unit.id, day=day, era=era, conversion=changes, sources=dict(way.sources))
    return _summed(case, sheet, unit, present, day, changes)


def _summed(
    case: Case,
    sheet: Indicator,
    place: Territory,
    present: Sequence[tuple[Decimal, Observation]],
    day: date,
    changes: tuple[Succession, ...],
) -> Observation | None:
    """None where what would have to be added up has no numbers: why is for `obstacle` to say."""
    numerator, denominator, value, missing = totals(sheet, present)
    if value is None or missing is not None:
        return None
    some, used = present[0][1], [each for _, each in present]
    estimated = sheet.perturbed or any(by != WHOLE for by, _ in present)
    return Observation(
        indicator=sheet.id,
        territory=place.id,
        period=some.period,
        reference=some.reference,
        day=day,
        numerator=numerator,
        denominator=denominator,
        value=value,
        missing=None,
        quality=Quality.ESTIMATED if estimated else mixed(each.quality for each in used),
        era=era_on(case, sheet, place, some.period, day),
        cells=tuple(dict.fromkeys(cell for each in used for cell in each.cells)),
        conversion=changes,
        sources={each.territory: by for by, each in present},
    )


def _chained(used: Iterable[Observation], changes: Iterable[Succession] = ()) -> tuple[Succession, ...]:
    """All changes that a number went through, in their order."""
    found = dict.fromkeys((*(change for each in used for change in each.conversion), *changes))
    return tuple(sorted(found, key=lambda change: (change.date, change.old, change.new)))


def _area(case: Case, sheet: Indicator, area: SocialArea, own: Series) -> dict[str, Observation]:
    """From the units of its present composition, where some of these had to be converted themselves."""
    now = parts(case.plan, area, case.as_of)
    here = ground(case.plan, area, case.as_of)
    series = {id: of_unit(case, sheet.id, id) for id in now}
    found = {}
    for text in {text for some in series.values() for text, each in some.items() if each.converted}:
        is_there = text in own and (own[text].era.ground == here or is_own(case, own[text]))
        if is_there or not all(text in some for some in series.values()):
            continue
        present = [(share, series[id][text]) for id, share in now.items()]
        if any(each.era.ground != _ground(case.plan, each.territory, case.as_of) for _, each in present):
            continue
        each = _summed(case, sheet, area, present, case.as_of, _chained(each for _, each in present))
        if each is not None:
            found[text] = each
    return found


def obstacle(case: Case, sheet: Indicator, place: Territory, period: Period) -> Obstacle:
    """Why the territory has no number of that period on its present ground."""
    if not sheet.additive:
        return Obstacle.ADDITIVE
    own = delivered(case, sheet, place).get(period.text)
    if isinstance(place, SocialArea) and own is not None and is_own(case, own):
        return Obstacle.OWN
    units = parts(case.plan, place, case.as_of) if isinstance(place, SocialArea) else [place.id]
    series = {id: of_unit(case, sheet.id, id) for id in units}
    if any(day > period.end for id in units for day in case.plan.growths.get(id, ())):
        return Obstacle.GROWN
    lacking = [id for id, some in series.items() if period.text not in some]
    if not lacking:
        found = [some[period.text] for some in series.values()]
        return _unusable(sheet, found) or Obstacle.RECUT
    return next(filter(None, (_in_the_way(case, sheet, id, period) for id in lacking)), Obstacle.VALUE)


def _in_the_way(case: Case, sheet: Indicator, id: str, period: Period) -> Obstacle | None:
    way = before(case.plan, id) or after(case.plan, id)
    if not isinstance(way, Way):
        return way
    found = [of_unit(case, sheet.id, source).get(period.text) for source in way.sources]
    known = [each for each in found if each is not None]
    return Obstacle.VALUE if len(known) < len(found) else _unusable(sheet, known) or Obstacle.COUNTS


def _unusable(sheet: Indicator, found: Iterable[Observation]) -> Obstacle | None:
    """What keeps numbers that are there from being added up."""
    known = list(found)
    if any(each.missing is not None for each in known):
        return Obstacle.VALUE
    counts = [(each.numerator, each.denominator) for each in known if sheet.denominator is not None]
    return Obstacle.COUNTS if any(None in both for both in counts) else None
