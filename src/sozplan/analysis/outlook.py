"""What else is to be said of a target: pace, trend, chance, and what other methods make of the same figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal

from sozplan.analysis import weather
from sozplan.analysis.chance import Interval
from sozplan.analysis.disclosure import Audience, Figure, Pool, pool
from sozplan.analysis.path import years
from sozplan.analysis.progress import Progress, progress
from sozplan.analysis.subject import Measurable, series_of
from sozplan.analysis.trend import Trend, continued
from sozplan.model.case import Case
from sozplan.model.indicators import Indicator
from sozplan.model.periods import Period
from sozplan.model.targets import Gap, Maintain, Point
from sozplan.model.terms import Direction, Light


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """Paces are in the indicator's unit a year; `revised_from` is the value of the vintage before, if another."""

    pace_so_far: Decimal | None = None
    pace_needed: Decimal | None = None
    trend: Trend | None = None
    outcome: weather.Outcome | None = None
    progress: Progress | None = None
    chance: Interval | None = None
    by_chance: bool = False
    pool: Pool | None = None
    revised_from: Decimal | None = None

    @property
    def lights(self) -> Iterator[Light]:
        """Those of the other methods."""
        if self.outcome is not None:
            yield self.outcome.weather.light
        if self.progress is not None:
            yield self.progress.light


NO_OUTLOOK = Outlook()


@dataclass(frozen=True, slots=True)
class Ends:
    """Where a target leads from and to; of what is to be held `target` is the one bound there is."""

    start: Point | None
    target: Decimal | None
    until: Period | None
    upwards: bool | None


def ends_of(sheet: Indicator, target: Measurable) -> Ends:
    if isinstance(target, Maintain):
        bounds = [bound for bound in (target.lower, target.upper) if bound is not None]
        return Ends(target.baseline, bounds[0] if len(bounds) == 1 else None, target.until, target.upper is None)
    start, end = target.baseline, target.target
    change = end.value - start.value if start and end else Decimal(0)
    upwards = change > 0 if change else _BETTER.get(sheet.direction)
    return Ends(start, end.value if end else None, end.period if end else None, upwards)


_BETTER = {Direction.HIGHER: True, Direction.LOWER: False}


def look(sheet: Indicator, target: Measurable, figures: Sequence[Figure], actual: Figure) -> Outlook:
    """By published figures alone, up to the actual value and comparable with it."""
    ends = ends_of(sheet, target)
    series = [each for each in figures if each.value is not None and _precedes(each, actual)]
    outlook = Outlook(chance=actual.chance, trend=_trend(sheet, target, series, ends))
    if ends.target is not None and ends.until is not None and ends.upwards is not None:
        outcome = weather.forecast(series, ends.target, ends.until, upwards=ends.upwards)
        outlook = replace(outlook, outcome=outcome)
    return outlook if isinstance(target, Maintain) else _paced(outlook, ends, actual)


def _precedes(each: Figure, actual: Figure) -> bool:
    return each.era == actual.era and each.period.kind is actual.period.kind and each.period <= actual.period


def _trend(sheet: Indicator, target: Measurable, series: Sequence[Figure], ends: Ends) -> Trend | None:
    return None if ends.until is None else continued(sheet, series, ends.until, gap=isinstance(target, Gap))


def _paced(outlook: Outlook, ends: Ends, actual: Figure) -> Outlook:
    """How fast it went since the baseline, and how fast it would have to go."""
    value = actual.value or Decimal(0)
    if ends.target is not None and ends.until is not None and (left := years(actual.period, ends.until)) > 0:
        outlook = replace(outlook, pace_needed=(ends.target - value) / left)
    start = ends.start
    if start is None or (gone := years(start.period, actual.period)) <= 0:
        return outlook
    outlook = replace(outlook, pace_so_far=(value - start.value) / gone)
    if ends.target is None or ends.until is None:
        return outlook
    whole = years(start.period, ends.until)
    return replace(outlook, progress=progress(start.value, ends.target, value, gone=gone, whole=whole))


def reviewed(case: Case, target: Measurable, outlook: Outlook, actual: Figure, audience: Audience) -> Outlook:
    """With what takes another look at the observations: several periods together, and the vintage before."""
    by_chance = not isinstance(target, Maintain) and _holds(actual.chance, target.baseline)
    pooled = pool(case, actual, audience) if by_chance and not isinstance(target, Gap) else None
    return replace(outlook, by_chance=by_chance, pool=pooled, revised_from=_before(case, target, actual, audience))


def _holds(chance: Interval | None, start: Point | None) -> bool:
    return chance is not None and start is not None and chance[0] <= start.value <= chance[1]


def _before(case: Case, target: Measurable, actual: Figure, audience: Audience) -> Decimal | None:
    """The value as it stood on the eve of its vintage."""
    if actual.vintage is None:
        return None
    eve = replace(case, as_of=actual.vintage - timedelta(days=1))
    older = next((each for each in series_of(eve, target, audience) if each.period == actual.period), None)
    return None if older is None or older.value == actual.value else older.value
