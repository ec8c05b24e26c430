"""Quantiles by the nine definitions of Hyndman and Fan, with exact positions.

numpy finds positions in binary floats, so that the seventh tenth of eleven values may fall a hair beside the eighth
value; at a class bound that hair would decide, so positions here are fractions.
"""

from __future__ import annotations

from fractions import Fraction
from math import ceil, floor
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sozplan.model.index_terms import Quantile

Floats = NDArray[np.float64]

_PLOTTING = {
    Quantile.INTERPOLATED_INVERTED_CDF: (Fraction(0), Fraction(1)),
    Quantile.HAZEN: (Fraction(1, 2), Fraction(1, 2)),
    Quantile.WEIBULL: (Fraction(0), Fraction(0)),
    Quantile.LINEAR: (Fraction(1), Fraction(1)),
    Quantile.MEDIAN_UNBIASED: (Fraction(1, 3), Fraction(1, 3)),
    Quantile.NORMAL_UNBIASED: (Fraction(3, 8), Fraction(3, 8)),
}
"""The value on rank k of n stands for the share (k - a) / (n + 1 - a - b)."""


class Position(NamedTuple):
    """Between two of the sorted values, counted from 0."""

    below: int
    above: int
    part: Fraction


def position(definition: Quantile, n: int, share: Fraction) -> Position:
    at = n * share
    match definition:
        case Quantile.INVERTED_CDF:
            return _whole(ceil(at), n)
        case Quantile.AVERAGED_INVERTED_CDF:
            return _between(at + Fraction(1, 2), n) if at.denominator == 1 else _whole(ceil(at), n)
        case Quantile.CLOSEST_OBSERVATION:
            return _whole(_nearest(at), n)
    a, b = _PLOTTING[definition]
    return _between(a + share * (n + 1 - a - b), n)


def _nearest(at: Fraction) -> int:
    """The nearest order statistic, the even one of two."""
    below = floor(at)
    rest = at - below
    half = Fraction(1, 2)
    return below + (1 if rest > half or (rest == half and below % 2 == 1) else 0)


def _whole(rank: int, n: int) -> Position:
    index = min(max(rank, 1), n) - 1
    return Position(index, index, Fraction(0))


def _between(rank: Fraction, n: int) -> Position:
    rank = min(max(rank, Fraction(1)), Fraction(n))
    below = floor(rank)
    return Position(below - 1, min(below, n - 1), rank - below)


def quantile(ordered: Floats, definition: Quantile, share: Fraction) -> Floats:
    """Along the last axis, which is sorted; one quantile for each of the others."""
    below, above, part = position(definition, ordered.shape[-1], share)
    low: Floats = ordered[..., below]
    return low if part == 0 else low + float(part) * (ordered[..., above] - low)


def percentile(definition: Quantile, ranks: Floats, n: int) -> Floats:
    """0 to 100 for ranks from 1 to n."""
    if definition not in _PLOTTING:
        a, b = Fraction(0), Fraction(1)
    else:
        a, b = _PLOTTING[definition]
    return (ranks - float(a)) * 100.0 / float(n + 1 - a - b)
