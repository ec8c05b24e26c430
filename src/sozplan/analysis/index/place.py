"""One area seen closely: its components beside the mean; and a social area set on the scale of the rated ones."""

from __future__ import annotations

import numpy as np

from sozplan.analysis.ground import Territory
from sozplan.analysis.index.assemble import distances, is_borderline, spread, themes_of, usable
from sozplan.analysis.index.classes import Cuts, classify, cuts
from sozplan.analysis.index.components import name_of
from sozplan.analysis.index.exclusion import lacking
from sozplan.analysis.index.rating import Floats, put
from sozplan.analysis.index.reading import Question, Reading, read
from sozplan.analysis.index.result import IndexResult, Placed, Standing
from sozplan.model.case import Case
from sozplan.model.index_terms import Cut
from sozplan.model.indices import Classes


def profile(case: Case, result: IndexResult, unit: str) -> tuple[Standing, ...]:
    """The components of a unit of the index's level, rated or not; nothing of units that aren't."""
    number = result.position.get(unit)
    return () if number is None else _standings(case, result, result.reading, number)


def place(case: Case, result: IndexResult, area: Territory) -> Placed:
    """Where a composed area would stand among the rated ones: its own figures on their scale.

    The scale stays theirs; the area itself doesn't change mean, deviation or ranks.
    """
    asked = Question(case, result.index, result.audience)
    reading = read(asked, (area,), result.method.components, result.period)
    standings = _standings(case, result, reading, 0)
    missing = tuple(each.indicator for each in standings if each.value is None)
    if lacking(result.method, reading.changed)[0]:
        return Placed(area.id, None, None, None, None, False, 0, (), standings, missing)
    return _placed(result, area.id, result.rating.score(reading.changed), standings, missing)


def _placed(
    result: IndexResult, area: str, score: Floats, standings: tuple[Standing, ...], missing: tuple[str, ...]
) -> Placed:
    method, rating = result.method, result.rating
    others = rating.scores[rating.rated]
    classes = usable(method.classes, method, rating.recipe, rating)
    bounds = None if classes is None else cuts(classes, others)
    name = None if classes is None or bounds is None else classes.names[_class_of(classes, bounds, others, score)]
    above = [each.above for each in standings]
    return Placed(
        area=area,
        score=float(score[0]),
        rank=1 + int(np.count_nonzero(others > score[0])),
        class_=name,
        suggested=None if name is None or not method.suggests else name in method.suggests,
        borderline=bool(is_borderline(method, bounds, score, spread(rating).sigma)[0]),
        multiple=sum(above),
        themes=themes_of(method.components, above),
        standings=standings,
        missing=missing,
    )


def _class_of(classes: Classes, bounds: Cuts, others: Floats, score: Floats) -> int:
    """An area whose score a rated one has is in the class of that one, also where ranks are counted."""
    same = np.flatnonzero(others == score[0])
    if len(same) and classes.quantiles is not None and classes.quantiles.definition is Cut.RANK:
        return int(classify(classes, others[None, :])[0, same[0]])
    return int(bounds.of(score)[0])


def _standings(case: Case, result: IndexResult, reading: Reading, number: int) -> tuple[Standing, ...]:
    values = reading.changed[number : number + 1]
    standard = put(result.rating.scales, values)[0]
    sigmas = distances(result.rating, values)[0]
    city = _city(case, result)
    found = []
    for j, component in enumerate(result.method.components):
        known = not np.isnan(values[0, j])
        found.append(
            Standing(
                indicator=component.indicator,
                name=name_of(case.plan, component.indicator),
                theme=component.theme,
                weight=float(component.weight),
                value=float(reading.values[number, j]) if known else None,
                city=city[j],
                absent=reading.absent[j].get(number),
                standard=float(standard[j]) if known else None,
                sigmas=float(sigmas[j]) if known else None,
                above=bool(sigmas[j] >= 1.0),
                period=reading.periods[j],
            )
        )
    return tuple(found)


def _city(case: Case, result: IndexResult) -> tuple[float | None, ...]:
    """Of the period that the areas' values speak of."""
    whole = case.plan.whole
    if whole is None:
        return (None,) * len(result.method.components)
    asked = Question(case, result.index, result.audience)
    found = read(asked, (whole,), result.method.components, result.period)
    pairs = zip(found.values[0].tolist(), found.periods, result.reading.periods, strict=True)
    return tuple(None if np.isnan(value) or its != theirs else value for value, its, theirs in pairs)
