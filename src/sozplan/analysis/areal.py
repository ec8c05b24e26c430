"""Values of an indicator in many areas at once, as an audience may see them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sozplan.analysis.disclosure import Audience, Figure, Withheld, published
from sozplan.analysis.ground import Territory
from sozplan.model.case import Case
from sozplan.model.figures import Missing, Quality
from sozplan.model.periods import Period


@dataclass(frozen=True, slots=True)
class Areal:
    """What may be told of an indicator in many units for a period, in the order of the units asked for."""

    period: Period
    values: NDArray[np.float64]
    absent: Mapping[int, Withheld | Missing]
    estimated: frozenset[int]
    provisional: frozenset[int]
    converted: frozenset[int]


def areal(case: Case, indicator: str, units: Sequence[Territory], period: Period, audience: Audience) -> Areal:
    """A year that an indicator of other periods is asked for takes the newest whose reference date lies in it."""
    series = [published(case, indicator, unit.id, audience) for unit in units]
    used = _used(series, period)
    found = [next((figure for figure in each if figure.period == used), None) for each in series]
    values = [np.nan if each is None or each.value is None else float(each.value) for each in found]
    return Areal(
        period=used,
        values=np.array(values, dtype=np.float64),
        absent={
            i: (each.withheld if each is not None else None) or Missing.EMPTY
            for i, each in enumerate(found)
            if each is None or each.value is None
        },
        estimated=_of(found, Quality.ESTIMATED),
        provisional=_of(found, Quality.PROVISIONAL),
        converted=frozenset(),
    )


def _used(series: Sequence[Sequence[Figure]], period: Period) -> Period:
    known = {figure.period: figure.reference for each in series for figure in each}
    if period in known:
        return period
    within = [p for p, day in known.items() if period.start <= day <= period.end]
    return max(within, key=lambda p: (known[p], p.text), default=period)


def _of(found: Sequence[Figure | None], quality: Quality) -> frozenset[int]:
    return frozenset(i for i, each in enumerate(found) if each is not None and each.quality is quality)
