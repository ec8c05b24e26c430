"""From values to scores: each component on its scale, then together, then once more where the method says so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import fsum

import numpy as np
from numpy.typing import NDArray

from sozplan.analysis.index.combine import combine
from sozplan.analysis.index.standard import Column, Moments, NoSpreadError, Sample, Scale, fit, moments
from sozplan.model.index_terms import Aggregation, Gap
from sozplan.model.indices import Method, Standardise

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


class Flat(Exception):
    """The values of a component don't differ (its number), or the scores don't (None)."""

    def __init__(self, component: int | None) -> None:
        super().__init__(component)
        self.component = component


class Negative(Exception):
    """A component has values below 0 on its scale, of which there is no geometric mean."""

    def __init__(self, component: int) -> None:
        super().__init__(component)
        self.component = component


class Unknown(Exception):
    """A component has no value in any area that could make its scale."""

    def __init__(self, component: int) -> None:
        super().__init__(component)
        self.component = component


@dataclass(frozen=True, slots=True)
class Recipe:
    """The numbers of a definition: how components are standardised, with which weights, and the areas' weights."""

    method: Method
    how: Standardise
    columns: tuple[Column, ...]
    weights: Floats
    residents: Floats | None = None
    """What mean and deviation are weighted by, area by area."""


@dataclass(frozen=True, slots=True)
class Ground:
    """The values of a period: which areas are rated, and which make the scales."""

    values: Floats
    rated: Flags
    scaling: Flags
    magnitudes: Sequence[float | None]


@dataclass(frozen=True, slots=True)
class Rating:
    """Scores of all areas, absent where not rated.

    `standard` holds what every area has of every component on the method's scale; `base` the same for the areas that
    mean and deviation of the scores come from, which are those of another year where they are frozen.
    """

    recipe: Recipe
    ground: Ground
    scales: tuple[Scale, ...]
    standard: Floats
    base: Floats
    base_weights: Floats | None
    fill: Floats
    again: Moments | None
    scores: Floats

    @property
    def rated(self) -> Flags:
        return self.ground.rated

    def score(self, values: Floats) -> Floats:
        """Scores of other areas on the same scales, one a row of values."""
        standard = put(self.scales, values)
        if self.recipe.method.missing is Gap.MEAN:
            standard = np.where(np.isnan(standard), self.fill, standard)
        found = weigh(self.recipe, self.scales, standard, self.recipe.weights[None, :])[0]
        scores: Floats = found if self.again is None else (found - self.again.mean) / self.again.sigma
        return scores


def rate(recipe: Recipe, ground: Ground, frozen: Rating | None = None) -> Rating:
    """Rates the areas; with `frozen`, by the scales of that rating."""
    scales = frozen.scales if frozen is not None else _scales(recipe, ground)
    standard = put(scales, ground.values)
    if frozen is not None:
        fill, base, base_weights = frozen.fill, frozen.base, frozen.base_weights
    else:
        fill = np.array([_mean(column) for column in standard[ground.rated].T])
        base, base_weights = standard[ground.rated], None
        if recipe.residents is not None:
            base_weights = recipe.residents[ground.rated]
    if recipe.method.missing is Gap.MEAN:
        standard = np.where(np.isnan(standard) & ground.rated[:, None], fill, standard)
        base = standard[ground.rated] if frozen is None else base
    _forbid_negative(recipe, standard[ground.rated])
    scores = np.full(len(standard), np.nan)
    scores[ground.rated] = weigh(recipe, scales, standard[ground.rated], recipe.weights[None, :])[0]
    again = frozen.again if frozen is not None else None
    if recipe.method.restandardise:
        again = again or _again(recipe, scores[ground.rated], base, base_weights)
        scores = (scores - again.mean) / again.sigma
    return Rating(recipe, ground, scales, standard, base, base_weights, fill, again, scores)


def put(scales: Sequence[Scale], values: Floats) -> Floats:
    return np.column_stack([scale.put(column) for scale, column in zip(scales, values.T, strict=True)])


def weigh(recipe: Recipe, scales: Sequence[Scale], standard: Floats, weights: Floats) -> Floats:
    """Scores before they are standardised again; runs × areas."""
    counts = np.array([float(len(scale.ordered)) for scale in scales])
    return combine(recipe.method.aggregate, recipe.how, counts, standard, weights)


def _scales(recipe: Recipe, ground: Ground) -> tuple[Scale, ...]:
    found = []
    for j, column in enumerate(recipe.columns):
        used = ground.scaling & ~np.isnan(ground.values[:, j])
        if recipe.residents is not None:
            used &= ~np.isnan(recipe.residents)
        if not used.any():
            raise Unknown(j)
        weights = None if recipe.residents is None else recipe.residents[used]
        sample = Sample(ground.values[used, j], weights, ground.magnitudes[j])
        try:
            found.append(fit(recipe.how, recipe.method.winsorise, column, sample))
        except NoSpreadError:
            raise Flat(j) from None
    return tuple(found)


def _again(recipe: Recipe, scores: Floats, parts: Floats, weights: Floats | None) -> Moments:
    """Scores are sums of parts that may cancel out, so that what is noise depends on these."""
    known = np.ones(len(scores), dtype=np.bool_) if weights is None else ~np.isnan(weights)
    held = None if weights is None else weights[known]
    try:
        return moments(scores[known], held, recipe.how.deviation, float(np.nanmax(np.abs(parts))))
    except NoSpreadError:
        raise Flat(None) from None


def _mean(column: Floats) -> float:
    known = column[~np.isnan(column)].tolist()
    return fsum(known) / len(known) if known else float("nan")


def _forbid_negative(recipe: Recipe, standard: Floats) -> None:
    if recipe.method.aggregate.method is Aggregation.GEOMETRIC:
        for j in range(standard.shape[1]):
            if np.any(standard[:, j] < 0):
                raise Negative(j)
