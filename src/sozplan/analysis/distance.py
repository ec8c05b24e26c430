"""How far an area is from the others: its published figures on the scale of the units that it is made of.

The scale is that of a social index – mean and standard deviation of the units of one level, each counted once – but for
any rate with a good and a bad side. It stays that of the newest period, so that a move is the area's own.
"""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from statistics import fmean, pstdev
from typing import NamedTuple

from sozplan.analysis.disclosure import Audience, Figure, published, published_at
from sozplan.analysis.ground import parts, territory
from sozplan.model.case import Case
from sozplan.model.indicators import Indicator
from sozplan.model.periods import Period
from sozplan.model.terms import Direction
from sozplan.model.territory import Unit

LEAST_UNITS = 15
"""Of fewer a standard deviation says little."""
BURDENED = 1.0
TREND_YEARS = 5
"""So far back a trend looks at most."""
_WORSE = {Direction.LOWER: 1, Direction.HIGHER: -1}


class Distance(NamedTuple):
    """Of one indicator, in standard deviations from the mean of the units, positive where burdened."""

    indicator: str
    period: Period
    now: float
    then: float | None
    since: Period | None
    whole: float | None
    units: int


def level_of(case: Case, area: str) -> str | None:
    """The level that most of the area's units are of."""
    place = territory(case.plan, area)
    if place is None or isinstance(place, Unit):
        return place.level if place else None
    found = (case.plan.find(id, Unit) for id in parts(case.plan, place, case.as_of))
    levels = Counter(unit.level for unit in found if unit is not None)
    return min(levels, key=lambda level: (-levels[level], level), default=None)


def distance(case: Case, indicator: str, area: str, audience: Audience) -> Distance | None:
    """None where either side is unknown, or too few units may be shown."""
    sheet, level = case.plan.find(indicator, Indicator), level_of(case, area)
    if sheet is None or sheet.denominator is None or sheet.direction not in _WORSE or level is None:
        return None
    series = published(case, indicator, area, audience)
    if not series or series[-1].value is None:
        return None
    newest = series[-1]
    values = _values(case, indicator, level, newest, audience)
    mean, sigma = (fmean(values), pstdev(values)) if len(values) >= LEAST_UNITS else (0.0, 0.0)
    if not sigma:
        return None

    def scaled(value: Decimal | None) -> float | None:
        return None if value is None else _WORSE[sheet.direction] * (float(value) - mean) / sigma

    now, first = scaled(newest.value), first_alike(series)
    city = case.plan.whole and published_at(case, indicator, case.plan.whole.id, newest.period, audience)
    if now is None:
        return None
    return Distance(
        indicator,
        newest.period,
        now,
        scaled(first.value) if first else None,
        first.period if first else None,
        scaled(city.value) if city else None,
        len(values),
    )


def _values(case: Case, indicator: str, level: str, newest: Figure, audience: Audience) -> list[float]:
    units = [unit for unit in case.plan.units if unit.level == level and unit.in_force(newest.reference)]
    figures = (published_at(case, indicator, unit.id, newest.period, audience) for unit in units)
    return [float(each.value) for each in figures if each is not None and each.value is not None]


def first_alike(series: tuple[Figure, ...]) -> Figure | None:
    """The oldest value within a few years that compares with the newest: of one era, across no change of boundaries."""
    newest = series[-1]
    alike = [f for f in series if f.value is not None and f.era == newest.era and f.period.kind is newest.period.kind]
    first = next((f for f in alike if newest.reference.year - f.reference.year <= TREND_YEARS), newest)
    return None if first is newest or newest.value is None else first
