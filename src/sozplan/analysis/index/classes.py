"""Classes and ranks of many runs at once; a row is a run, all of its scores are there."""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sozplan.analysis.index.quantiles import quantile
from sozplan.model.index_terms import CountFrom, Cut, Quantile
from sozplan.model.indices import Classes, QuantileClasses

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]


class Cuts(NamedTuple):
    """The bounds between classes, and on which of them the less burdened class includes the bound."""

    at: Floats
    including: NDArray[np.bool_]

    def of(self, scores: Floats) -> Whole:
        """The number of the class, from 0 for the least burdened."""
        found = np.zeros(scores.shape, dtype=np.int64)
        for bound, including in zip(self.at, self.including, strict=True):
            found += (scores > bound) if including else (scores >= bound)
        return found


_QUANTILES = {definition.value: definition for definition in Quantile}


def ranks(scores: Floats) -> Whole:
    """1 for the highest score; equal scores share the better rank."""
    order = np.argsort(-scores, axis=1, kind="stable")
    ordered = np.take_along_axis(scores, order, axis=1)
    starts = np.ones(scores.shape, dtype=np.bool_)
    starts[:, 1:] = ordered[:, 1:] != ordered[:, :-1]
    first = np.maximum.accumulate(np.where(starts, np.arange(1, scores.shape[1] + 1), 0), axis=1)
    found = np.empty(scores.shape, dtype=np.int64)
    np.put_along_axis(found, order, first, axis=1)
    return found


def classify(classes: Classes, scores: Floats) -> Whole:
    """The number of each area's class, from 0 for the least burdened."""
    if classes.quantiles is None:
        return _declared(classes).of(scores)
    if classes.quantiles.definition is Cut.RANK:
        return _counted(classes.quantiles, scores)
    found, declared = np.zeros(scores.shape, dtype=np.int64), classes.quantiles
    for bounds in _quantiles(declared, scores):
        found += scores > bounds[:, None] if declared.including else scores >= bounds[:, None]
    return found


def cuts(classes: Classes, scores: Floats) -> Cuts:
    """The bounds for one run; of counted ranks, halfway between the scores on both sides."""
    if classes.quantiles is None:
        return _declared(classes)
    if classes.quantiles.definition is not Cut.RANK:
        return _cut(classes.quantiles, scores)
    found = _counted(classes.quantiles, scores[None, :])[0]
    edges = [(scores[found < k], scores[found >= k]) for k in range(1, len(classes.quantiles.names))]
    at = [(low.max(initial=-np.inf) + high.min(initial=np.inf)) / 2 for low, high in edges]
    return Cuts(np.array(at), np.ones(len(at), dtype=np.bool_))


def _declared(classes: Classes) -> Cuts:
    bounded = [(float(each.to), each.including) for each in classes.bounds if each.to is not None]
    return Cuts(np.array([to for to, _ in bounded]), np.array([including for _, including in bounded], dtype=np.bool_))


def _cut(declared: QuantileClasses, scores: Floats) -> Cuts:
    at = np.array([bounds[0] for bounds in _quantiles(declared, scores[None, :])])
    return Cuts(at, np.full(len(at), declared.including))


def _quantiles(declared: QuantileClasses, scores: Floats) -> list[Floats]:
    """The bounds of every run, from the lowest to the highest."""
    count, definition = len(declared.names), _QUANTILES[declared.definition.value]
    ordered = np.sort(scores, axis=1)
    return [quantile(ordered, definition, Fraction(k, count)) for k in range(1, count)]


def _counted(declared: QuantileClasses, scores: Floats) -> Whole:
    """Class k of m holds the ranks up to k/m of the areas; equal scores have one rank and so one class."""
    count, n = len(declared.names), scores.shape[1]
    most = declared.count_from is CountFrom.MOST
    found = -(-count * ranks(scores if most else -scores) // n)
    counted: Whole = count - found if most else found - 1
    return counted
