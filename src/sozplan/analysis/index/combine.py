"""Several components as one number, for one set of weights or for many at once."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sozplan.model.index_terms import Aggregation, Scaling
from sozplan.model.indices import Aggregate, Standardise

Floats = NDArray[np.float64]


def combine(aggregate: Aggregate, how: Standardise, counts: Floats, standard: Floats, weights: Floats) -> Floats:
    """Scores of the areas (rows of `standard`) for each row of `weights`; runs × areas.

    `counts` are the numbers of areas that were ranked, component by component. Absent components count for nothing,
    the others for so much more. Added one component after the other, so that no machine adds in another order.
    """
    parts = _parts(aggregate, how, counts, standard)
    present = ~np.isnan(parts)
    held = np.where(present, parts, 0.0)
    total = np.zeros((len(weights), len(standard)))
    for j in range(standard.shape[1]):
        total += weights[:, j, None] * held[None, :, j]
    if aggregate.method is Aggregation.SUM and present.all():
        return total
    every = _added(weights)
    if present.all():
        scores = total / every[:, None]
    else:
        scores = total / np.maximum(_weight_present(weights, present), np.finfo(np.float64).tiny)
        if aggregate.method is Aggregation.SUM:
            scores = scores * every[:, None]
    found: Floats = np.exp(scores) if aggregate.method is Aggregation.GEOMETRIC else scores
    return found


def _parts(aggregate: Aggregate, how: Standardise, counts: Floats, standard: Floats) -> Floats:
    """What is added up: the values themselves, their logarithms, or the transformed ranks."""
    match aggregate.method:
        case Aggregation.GEOMETRIC:
            with np.errstate(divide="ignore"):  # a mean with a zero in it is zero
                logarithms: Floats = np.maximum(np.log(standard), _LOG_OF_ZERO)
            return logarithms
        case Aggregation.EXPONENTIAL:
            share = standard / (counts if how.method is Scaling.RANK else 100.0)
            constant = float(aggregate.constant)
            transformed: Floats = -constant * np.log1p(share * np.expm1(-100.0 / constant))
            return transformed
    return standard


_LOG_OF_ZERO = -1e300
"""So low that its exponential is 0 with any weight, and still a number, so that a weight of 0 leaves nothing of it."""


def _added(weights: Floats) -> Floats:
    total = np.zeros(len(weights))
    for j in range(weights.shape[1]):
        total = total + weights[:, j]
    return total


def _weight_present(weights: Floats, present: NDArray[np.bool_]) -> Floats:
    total = np.zeros((len(weights), len(present)))
    for j in range(weights.shape[1]):
        total += weights[:, j, None] * present[None, :, j]
    return total
