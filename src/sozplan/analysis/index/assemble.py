"""The result put together: ranks, classes, multiple burden, what components share, and what should be said of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from math import fsum, sqrt

import numpy as np
from numpy.typing import NDArray

from sozplan.analysis.index.classes import Cuts, classify, cuts, ranks
from sozplan.analysis.index.components import name_of
from sozplan.analysis.index.exclusion import Reasons
from sozplan.analysis.index.notes import no_dynamics, notes, of_dynamics
from sozplan.analysis.index.rating import Floats, Rating, Recipe
from sozplan.analysis.index.reading import Question, Reading
from sozplan.analysis.index.result import Area, Correlated, Excluded, IndexResult, Measure
from sozplan.analysis.index.standard import Moments, NoSpreadError, moments
from sozplan.diagnostics import Text
from sozplan.model.index_terms import Scaling
from sozplan.model.indices import Classes, Component, Method
from sozplan.model.periods import Period
from sozplan.model.territory import Unit

ALIKE = 0.9
"""Components that correlate more closely than that count the same thing twice."""


@dataclass(frozen=True, slots=True)
class Survey:
    """The areas of a period, their values, who isn't rated and why, and the scores of the others."""

    units: tuple[Unit, ...]
    reading: Reading
    reasons: Reasons
    rating: Rating


def assemble(
    asked: Question, method: Method, period: Period, survey: Survey, changes: Survey | Period | None
) -> IndexResult:
    units, rating, sigmas = survey.units, survey.rating, distances(survey.rating)
    dynamics = changes.rating if isinstance(changes, Survey) else None
    classes = usable(method.classes, method, rating.recipe, rating)
    change_classes = None if dynamics is None or method.dynamics is None else method.dynamics.classes
    change_classes = None if dynamics is None else usable(change_classes, method, dynamics.recipe, dynamics)
    return IndexResult(
        index=asked.index,
        method=method,
        period=period,
        audience=asked.audience,
        areas=_areas(survey, classes, sigmas, dynamics, change_classes),
        excluded=tuple(
            Excluded(units[i].id, units[i].key, units[i].name, reason) for i, reason in sorted(survey.reasons.items())
        ),
        measures=_measures(asked, method.components, survey),
        correlated=_correlated(method.components, sigmas[rating.rated]),
        notes=_notes(asked, method, survey, changes, too_few=classes is None and bool(method.classes)),
        bounds=_bounds(classes, rating),
        dynamics_bounds=() if dynamics is None else _bounds(change_classes, dynamics),
        units=units,
        reading=survey.reading,
        rating=rating,
        changes=dynamics,
    )


def _notes(
    asked: Question, method: Method, survey: Survey, changes: Survey | Period | None, *, too_few: bool
) -> tuple[Text, ...]:
    found = notes(asked, method, survey.reading, survey.rating, too_few=too_few)
    if isinstance(changes, Period):
        return (*found, no_dynamics(changes))
    if changes is None:
        return found
    return (*found, *of_dynamics(survey.units, changes.reading, survey.rating, changes.rating))


def usable(classes: Classes | None, method: Method, recipe: Recipe, rating: Rating) -> Classes | None:
    """Bounds in standard deviations mean little among few areas, so there are none."""
    if classes is None or classes.quantiles is not None:
        return classes
    in_sigmas = method.restandardise or recipe.how.method is Scaling.Z
    return None if in_sigmas and np.count_nonzero(rating.rated) < method.least_areas else classes


def spread(rating: Rating) -> Moments:
    """Mean and standard deviation of the scores of the rated areas."""
    if rating.again is not None and rating.recipe.how.reference is not None:
        return Moments(0.0, 1.0)  # frozen: the scores already are distances in the reference's deviations
    try:
        return moments(rating.scores[rating.rated], None, rating.recipe.how.deviation)
    except NoSpreadError:
        return Moments(float(rating.scores[rating.rated][0]), 0.0)


def distances(rating: Rating, values: Floats | None = None) -> Floats:
    """Areas × components: the distance from the mean of the rated areas in standard deviations, towards burden."""
    asked = rating.ground.values if values is None else values
    columns = []
    for scale, column, known in zip(rating.scales, asked.T, rating.ground.values.T, strict=True):
        if scale.how.method is Scaling.Z:
            columns.append(scale.put(column))
            continue
        try:
            found = moments(known[rating.rated & ~np.isnan(known)], None, scale.how.deviation)
            columns.append(scale.column.sign * ((column - found.mean) / found.sigma))
        except NoSpreadError:
            columns.append(np.zeros(len(column)))
    return np.column_stack(columns)


def is_borderline(method: Method, bounds: Cuts | None, scores: Floats, sigma: float) -> NDArray[np.bool_]:
    near = np.zeros(len(scores), dtype=np.bool_)
    for bound in () if bounds is None else bounds.at:
        near |= np.abs(scores - bound) <= float(method.borderline) * sigma
    return near


def _areas(
    survey: Survey, classes: Classes | None, sigmas: Floats, changes: Rating | None, change_classes: Classes | None
) -> tuple[Area, ...]:
    rating, method = survey.rating, survey.rating.recipe.method
    rated = np.flatnonzero(rating.rated)
    scores, total = rating.scores[rated], spread(rating)
    names = [None] * len(rated) if classes is None else _names(classes, scores)
    near = is_borderline(method, None if classes is None else cuts(classes, scores), scores, total.sigma)
    placed = ranks(scores[None, :])[0].tolist()
    away = ((scores - total.mean) / (total.sigma or 1.0)).tolist()
    above = (sigmas[rated] >= 1.0).tolist()
    dynamic = _dynamics(changes, change_classes)
    found = []
    for n, i in enumerate(rated.tolist()):
        unit, name = survey.units[i], names[n]
        score, class_ = dynamic.get(i, (None, None))
        found.append(
            Area(
                unit=unit.id,
                key=unit.key,
                name=unit.name,
                score=float(scores[n]),
                rank=placed[n],
                class_=name,
                suggested=None if name is None or not method.suggests else name in method.suggests,
                distance=away[n],
                borderline=bool(near[n]),
                multiple=sum(above[n]),
                themes=themes_of(method.components, above[n]),
                dynamics_score=score,
                dynamics_class=class_,
            )
        )
    return tuple(found)


def _names(classes: Classes, scores: Floats) -> list[str | None]:
    return [classes.names[k] for k in classify(classes, scores[None, :])[0].tolist()]


def themes_of(components: Sequence[Component], above: Sequence[bool]) -> tuple[str, ...]:
    """Those of the components that lie above, each once."""
    found = (each.theme for each, is_above in zip(components, above, strict=True) if is_above)
    return tuple(dict.fromkeys(theme for theme in found if theme is not None))


def _dynamics(changes: Rating | None, classes: Classes | None) -> dict[int, tuple[float | None, str | None]]:
    if changes is None:
        return {}
    rated = np.flatnonzero(changes.rated)
    scores = changes.scores[rated]
    names = [None] * len(rated) if classes is None else _names(classes, scores)
    return dict(zip(rated.tolist(), zip(scores.tolist(), names, strict=True), strict=True))


def _bounds(classes: Classes | None, rating: Rating) -> tuple[float, ...]:
    return () if classes is None else tuple(float(at) for at in cuts(classes, rating.scores[rating.rated]).at)


def _measures(asked: Question, components: Sequence[Component], survey: Survey) -> tuple[Measure, ...]:
    found = []
    for component, scale, period, values in zip(
        components, survey.rating.scales, survey.reading.periods, survey.rating.ground.values.T, strict=True
    ):
        known = values[survey.rating.rated & ~np.isnan(values)]
        is_z = scale.how.method is Scaling.Z
        found.append(
            Measure(
                indicator=component.indicator,
                name=name_of(asked.case.plan, component.indicator),
                period=period,
                mean=scale.center if is_z else None,
                sigma=scale.spread if is_z else None,
                least=float(known.min()),
                most=float(known.max()),
                areas=len(known),
            )
        )
    return tuple(found)


def _correlated(components: Sequence[Component], sigmas: Floats) -> tuple[Correlated, ...]:
    found = []
    for a, b in combinations(range(len(components)), 2):
        both = ~np.isnan(sigmas[:, a]) & ~np.isnan(sigmas[:, b])
        r = pearson(sigmas[both, a], sigmas[both, b])
        if r is not None and abs(r) > ALIKE:
            found.append(Correlated(components[a].indicator, components[b].indicator, r))
    return tuple(found)


def pearson(one: Floats, other: Floats) -> float | None:
    """None where fewer than three areas have both, or one of them doesn't vary."""
    if len(one) < 3 or np.ptp(one) == 0 or np.ptp(other) == 0:
        return None
    a, b = one - fsum(one.tolist()) / len(one), other - fsum(other.tolist()) / len(other)
    return fsum((a * b).tolist()) / sqrt(fsum((a * a).tolist()) * fsum((b * b).tolist()))
