"""How firm a result is: the same areas rated under other choices that might have been made as well."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

import numpy as np

from sozplan.analysis.index.components import name_of
from sozplan.analysis.index.definition import aggregation_misfit
from sozplan.analysis.index.rating import Flat, Floats, Ground, Negative, Rating, Recipe, Unknown, rate, weigh
from sozplan.analysis.index.reading import Question, read
from sozplan.analysis.index.result import IndexResult
from sozplan.analysis.index.standard import Moments
from sozplan.analysis.index.tally import Kind, Runs, Tally, Variations
from sozplan.diagnostics import Text, text
from sozplan.model.case import Case
from sozplan.model.index_terms import Deviation, Scaling

_BLOCK = 2_000_000
"""Scores held at once: many areas are run through in several blocks of runs, which doesn't change a result."""


def vary(case: Case, result: IndexResult) -> Variations:
    """Rates the same areas under the variations that the method declares."""
    tally = Tally(result)
    notes: list[Text] = []
    kinds = (
        _left_out(case, result),
        _weights(result),
        _standardisations(result, notes),
        _pooled(case, result, notes),
    )
    for each in chain.from_iterable(kinds):
        tally.add(each)
    return tally.result(tuple(notes))


def _left_out(case: Case, result: IndexResult) -> Iterator[Runs]:
    """The others keep their proportions."""
    recipe = result.rating.recipe
    count = len(recipe.weights)
    if not result.method.robustness.leave_one_out:
        return
    for j, component in enumerate(result.method.components):
        weights = recipe.weights.copy()
        weights[j] = 0.0
        if recipe.weights[j] > 0 and weights.sum() > 0 and count > 1:
            name = name_of(case.plan, component.indicator)
            label = Text(f"ohne „{name}“", f"without “{name}”")
            scaled = weights * (recipe.weights.sum() / weights.sum())
            for scores in _reweighted(result.rating, scaled[None, :]):
                yield Runs(Kind.LEFT_OUT, label, scores)


def _weights(result: IndexResult) -> Iterator[Runs]:
    """Drawn around the declared weights; components without weight stay without."""
    policy, declared = result.method.robustness, result.rating.recipe.weights
    used = np.flatnonzero(declared > 0)
    if policy.runs == 0 or len(used) < 2:
        return
    total = declared.sum()
    random = np.random.Generator(np.random.PCG64(policy.seed))
    drawn = np.zeros((policy.runs, len(declared)))
    drawn[:, used] = random.dirichlet(float(policy.concentration) * declared[used] / total, policy.runs) * total
    label = Text(
        f"Gewichte zufällig um die festgelegten (Dirichlet, Konzentration {policy.concentration}, Startwert "
        f"{policy.seed})",
        f"weights at random around the declared (Dirichlet, concentration {policy.concentration}, seed {policy.seed})",
    )
    for scores in _reweighted(result.rating, drawn):
        yield Runs(Kind.WEIGHTS, label, scores)


def _reweighted(rating: Rating, weights: Floats) -> Iterator[Floats]:
    """Scores for each row of weights, a block at a time."""
    standard = rating.standard[rating.rated]
    step = max(1, _BLOCK // max(len(standard), 1))
    for start in range(0, len(weights), step):
        some = weights[start : start + step]
        scores = weigh(rating.recipe, rating.scales, standard, some)
        if rating.again is not None:
            base = (
                scores
                if rating.recipe.how.reference is None
                else weigh(rating.recipe, rating.scales, rating.base, some)
            )
            scores = _again(rating.recipe, scores, base, rating.base_weights)
        yield scores


def _again(recipe: Recipe, scores: Floats, base: Floats, residents: Floats | None) -> Floats:
    """Standardised once more, each run by its own mean and deviation."""
    known = np.ones(base.shape[1], dtype=np.bool_) if residents is None else ~np.isnan(residents)
    base = base[:, known]
    weights = np.ones(base.shape[1]) if residents is None else residents[known]
    total = weights.sum()
    mean = (base * weights).sum(axis=1, keepdims=True) / total
    squares = (weights * (base - mean) ** 2).sum(axis=1, keepdims=True)
    divisor = total if recipe.how.deviation is Deviation.POPULATION else total - 1.0
    sigma = np.sqrt(squares / divisor)
    found: Floats = (scores - mean) / np.where(sigma > 0, sigma, 1.0)
    return found


def _standardisations(result: IndexResult, notes: list[Text]) -> Iterator[Runs]:
    own = result.rating.recipe.how
    for method in dict.fromkeys(result.method.robustness.standardisations):
        how = own.model_copy(update={"method": method, "weighted_by": None, "reference": None})
        label = Text(f"Standardisierung: {method.label.de}", f"standardisation: {method.label.en}")
        if method is own.method or method in _NEEDS_MORE:
            continue
        if aggregation_misfit(result.method.aggregate.method, how) is not None:
            notes.append(Text(f"Nicht gerechnet – {label.de}.", f"Not run – {label.en}."))
            continue
        recipe = Recipe(result.method, how, result.rating.recipe.columns, result.rating.recipe.weights)
        found = _rated_again(recipe, result.rating.ground)
        if found is None:
            notes.append(Text(f"Nicht möglich – {label.de}.", f"Not possible – {label.en}."))
            continue
        yield Runs(Kind.STANDARDISATION, label, _comparable(result, found))


_NEEDS_MORE = (Scaling.GOALPOSTS, Scaling.RELATIVE, Scaling.NONE)
"""Need what only a method of theirs declares, or don't make units comparable."""


def _rated_again(recipe: Recipe, ground: Ground) -> Floats | None:
    try:
        found = rate(recipe, ground)
    except (Flat, Negative, Unknown):
        return None
    return found.scores[ground.rated]


def _comparable(result: IndexResult, scores: Floats) -> Floats:
    """Bounds were declared for the method's own scale, so that scores on another take its mean and deviation.

    Standardised again, they have them already, unless these are frozen to another year.
    """
    rating = result.rating
    own = rating.scores[rating.rated]
    if rating.again is not None and rating.recipe.how.reference is None:
        return scores[None, :]
    sigma = float(np.std(scores)) or 1.0
    moved = Moments(float(np.mean(own)), float(np.std(own)))
    return (moved.mean + (scores - np.mean(scores)) / sigma * moved.sigma)[None, :]


def _pooled(case: Case, result: IndexResult, notes: list[Text]) -> Iterator[Runs]:
    """The mean of the newest years of each area, of as many as it has."""
    years, rating = result.method.robustness.pooled_years, result.rating
    if years < 2:
        return
    asked = Question(case, result.index, result.audience)
    readings = [
        read(asked, result.units, result.method.components, result.period.shift(-back)).changed for back in range(years)
    ]
    held = np.stack(readings)
    if np.isnan(held[1:]).all():
        notes.append(_NO_EARLIER)
        return
    known = ~np.isnan(held)
    mean = np.where(known, held, 0.0).sum(axis=0) / np.maximum(known.sum(axis=0), 1)
    mean = np.where(np.isnan(held[0]), np.nan, mean)
    ground = Ground(mean, rating.ground.rated, rating.ground.scaling, rating.ground.magnitudes)
    label = Text(f"Mittel aus bis zu {years} Jahren", f"mean of up to {years} years")
    found = _scored(rating, ground)
    if found is None:
        notes.append(Text(f"Nicht möglich – {label.de}.", f"Not possible – {label.en}."))
        return
    yield Runs(Kind.POOLED, label, found[None, :])


def _scored(rating: Rating, ground: Ground) -> Floats | None:
    """By frozen scales where the method has them, else by those of the pooled values."""
    if rating.recipe.how.reference is not None:
        return rating.score(ground.values[ground.rated])
    return _rated_again(rating.recipe, ground)


_NO_EARLIER = text(
    de="Frühere Jahre liegen nicht vor; zusammengefasste Jahre sind nicht gerechnet.",
    en="There are no earlier years; pooled years aren't run.",
)
