"""The weather symbols by which the German Sustainability Strategy tells how its targets stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from sozplan.analysis.disclosure import Figure
from sozplan.analysis.path import years
from sozplan.model.periods import Period
from sozplan.model.terms import Light, Term

SPAN = 5
"""The years of which the average change counts."""
FEWEST, NEWEST = 4, 6
"""Where the value five years ago is missing: the slope over the newest six values, at least four."""
SUNNY, FAIR = Decimal("0.05"), Decimal("0.2")


class Weather(Term):
    SUN = "sun", "Sonne", "sun"
    PARTLY = "partly", "leicht bewölkt", "partly cloudy"
    CLOUD = "cloud", "Wolke", "cloud"
    STORM = "storm", "Blitz", "storm"

    @property
    def light(self) -> Light:
        return _LIGHTS[self]


_LIGHTS = {
    Weather.SUN: Light.GREEN,
    Weather.PARTLY: Light.YELLOW,
    Weather.CLOUD: Light.RED,
    Weather.STORM: Light.RED,
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """The symbol and what it follows from: `average` is the change a year from `first` to `last`.

    `projected` is where it leads, `miss` the part of the remaining way that it would leave; both only where the target
    isn't reached yet and the values move towards it.
    """

    weather: Weather
    first: Figure
    last: Figure
    average: Decimal
    reached: bool
    projected: Decimal | None = None
    miss: Decimal | None = None


def forecast(series: Sequence[Figure], target: Decimal, until: Period, *, upwards: bool) -> Outcome | None:
    """By the rule of the indicator reports of the Federal Statistical Office (dns-indikatoren.de).

    For the year t of the last value v and the target's year T: a = (v[t] - v[t-5]) / 5; where v[t-5] is missing, the
    slope between the first and the last of the newest six values, at least four. Target reached: sun, or partly where
    a leads away. Not reached: storm where a doesn't lead towards it; else the projection v[t] + a * (T - t) leaves
    less than 5 % of the way from v[t] to the target (sun), up to 20 % (partly), or more (cloud).
    After T nothing is projected any more.
    """
    if not series or series[-1].period.kind is not until.kind:
        return None
    last = series[-1]
    first = _first(series)
    if first is None or first.value is None or last.value is None:
        return None
    average = (last.value - first.value) / years(first.period, last.period)
    ahead = average if upwards else -average
    reached = last.value >= target if upwards else last.value <= target
    if reached:
        return Outcome(Weather.PARTLY if ahead < 0 else Weather.SUN, first, last, average, reached)
    if ahead <= 0:
        return Outcome(Weather.STORM, first, last, average, reached)
    projected = last.value + average * max(Decimal(0), years(last.period, until))
    miss = (target - projected) / (target - last.value)
    shown = round(miss, 9)
    weather = Weather.SUN if shown < SUNNY else Weather.PARTLY if shown <= FAIR else Weather.CLOUD
    return Outcome(weather, first, last, average, reached, projected, miss)


def _first(series: Sequence[Figure]) -> Figure | None:
    wanted = series[-1].period.shift(-SPAN)
    found = next((each for each in series if each.period == wanted), None)
    newest = series[-NEWEST:]
    return found or (newest[0] if len(newest) >= FEWEST else None)
