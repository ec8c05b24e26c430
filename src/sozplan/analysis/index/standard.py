"""Values of different units on one scale, on which more is always more burdened."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import fsum, sqrt

import numpy as np
from numpy.typing import NDArray

from sozplan.analysis.index.quantiles import percentile, quantile
from sozplan.model.index_terms import Deviation, Scaling, Ties
from sozplan.model.indices import Standardise, Winsorise

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

NOISE = 1e-12
"""Values that differ by less than that part of the largest are equal but for the arithmetic of binary numbers."""


class NoSpreadError(Exception):
    """All values are the same, so nothing can be told apart by them (σ = 0)."""


@dataclass(frozen=True, slots=True)
class Moments:
    """Mean and standard deviation."""

    mean: float
    sigma: float


def moments(values: Floats, weights: Floats | None, deviation: Deviation, magnitude: float | None = None) -> Moments:
    """By exactly rounded sums, so that the order of areas doesn't matter.

    `weights` count areas several times, as residents do; `magnitude` is that of the numbers which changes come from.
    """
    largest = magnitude if magnitude is not None else float(np.max(np.abs(values)))
    if float(np.ptp(values)) <= NOISE * largest:
        raise NoSpreadError
    if weights is None:
        count = float(len(values))
        mean = fsum(values.tolist()) / count
        squares = fsum(((values - mean) ** 2).tolist())
    else:
        count = fsum(weights.tolist())
        mean = fsum((values * weights).tolist()) / count
        squares = fsum((weights * (values - mean) ** 2).tolist())
    divisor = count if deviation is Deviation.POPULATION else count - 1
    if divisor <= 0:
        raise NoSpreadError
    return Moments(mean, sqrt(squares / divisor))


@dataclass(frozen=True, slots=True)
class Sample:
    """The values of a component that make its scale."""

    values: Floats
    weights: Floats | None
    magnitude: float | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """A component as its definition sees it: which side is burdened (1 or -1), and what it is measured against."""

    sign: float
    low: float | None = None
    high: float | None = None
    city: float | None = None


@dataclass(frozen=True, slots=True)
class Scale:
    """What was found for one component: it puts any value where it belongs among the areas that made it."""

    how: Standardise
    column: Column
    floor: float
    ceiling: float
    center: float
    spread: float
    ordered: Floats

    def put(self, values: Floats) -> Floats:
        """Absent values stay absent."""
        held = np.clip(values, self.floor, self.ceiling)
        match self.how.method:
            case Scaling.Z:
                return self.column.sign * ((held - self.center) / self.spread)
            case Scaling.MIN_MAX | Scaling.GOALPOSTS:
                return self._between(held)
            case Scaling.RANK:
                return self._rank(held)
            case Scaling.PERCENTILE:
                return percentile(self.how.percentile, self._rank(held), len(self.ordered))
            case Scaling.RELATIVE:
                share = 100.0 * held / self.center
                return share if self.column.sign > 0 else 200.0 - share
        return self.column.sign * held

    def _between(self, values: Floats) -> Floats:
        part = (values - self.center) / self.spread
        if self.how.method is Scaling.GOALPOSTS and self.how.clip:
            part = np.clip(part, 0.0, 1.0)
        lowest, highest = float(self.how.lowest), float(self.how.highest)
        return lowest + (part if self.column.sign > 0 else 1.0 - part) * (highest - lowest)

    def _rank(self, values: Floats) -> Floats:
        """1 for the least burdened; what isn't among them stands halfway between its neighbours."""
        asked = self.column.sign * values
        below = np.searchsorted(self.ordered, asked, side="left").astype(np.float64)
        upto = np.searchsorted(self.ordered, asked, side="right").astype(np.float64)
        match self.how.ties:
            case Ties.LOWEST:
                rank = below + 1.0
            case Ties.HIGHEST:
                rank = upto
            case _:
                rank = (below + 1.0 + upto) / 2.0
        rank = np.where(below == upto, np.clip(below + 0.5, 1.0, float(len(self.ordered))), rank)
        return np.where(np.isnan(values), np.nan, rank)


def fit(how: Standardise, winsorise: Winsorise | None, column: Column, sample: Sample) -> Scale:
    """The scale of a component; raises NoSpreadError where its values are all the same."""
    floor, ceiling = _limits(winsorise, sample.values)
    held = np.clip(sample.values, floor, ceiling)
    center, spread = _anchor(how, column, Sample(held, sample.weights, sample.magnitude))
    ordered = np.sort(column.sign * held)
    return Scale(how, column, floor, ceiling, center, spread, ordered)


def _limits(winsorise: Winsorise | None, values: Floats) -> tuple[float, float]:
    if winsorise is None:
        return -np.inf, np.inf
    ordered = np.sort(values)
    lower, upper = (
        None if share is None else float(quantile(ordered, winsorise.quantile, Fraction(share)))
        for share in (winsorise.lower, winsorise.upper)
    )
    return -np.inf if lower is None else lower, np.inf if upper is None else upper


def _anchor(how: Standardise, column: Column, sample: Sample) -> tuple[float, float]:
    match how.method:
        case Scaling.Z:
            found = moments(sample.values, sample.weights, how.deviation, sample.magnitude)
            return found.mean, found.sigma
        case Scaling.MIN_MAX:
            low, high = float(np.min(sample.values)), float(np.max(sample.values))
            if high - low <= NOISE * (sample.magnitude or max(abs(low), abs(high))):
                raise NoSpreadError
            return low, high - low
        case Scaling.GOALPOSTS if column.low is not None and column.high is not None:
            return column.low, column.high - column.low
        case Scaling.RELATIVE if column.city is not None:
            return column.city, 1.0
    return 0.0, 1.0
