"""Which areas aren't rated, and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from sozplan.analysis.areal import areal
from sozplan.analysis.index.components import least_components, name_of
from sozplan.analysis.index.reading import Question, Reading
from sozplan.diagnostics import Text
from sozplan.model.figures import Missing
from sozplan.model.index_terms import Gap
from sozplan.model.indices import Component, Method, Minimum
from sozplan.model.periods import Period
from sozplan.model.territory import Unit

Reasons = Mapping[int, Text]


def excluded(asked: Question, method: Method, units: Sequence[Unit], reading: Reading, period: Period) -> Reasons:
    """By the number of the area, the first reason: named, too small, without values."""
    named = {each.area: Text(each.reason, each.reason) for each in method.exclude.areas}
    reasons = {i: named[unit.id] for i, unit in enumerate(units) if unit.id in named}
    if method.exclude.minimum is not None:
        for i, reason in _too_small(asked, method.exclude.minimum, units, period).items():
            reasons.setdefault(i, reason)
    for i in np.flatnonzero(lacking(method, reading.changed)).tolist():
        if i not in reasons:
            reasons[i] = _without(asked, method.components, reading, i)
    return reasons


def lacking(method: Method, values: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Areas that have too few components to be rated."""
    there = np.count_nonzero(~np.isnan(values), axis=1)
    wanted = values.shape[1] if method.missing is Gap.EXCLUDE else least_components(method)
    found: NDArray[np.bool_] = there < wanted
    return found


def _too_small(asked: Question, minimum: Minimum, units: Sequence[Unit], period: Period) -> dict[int, Text]:
    found = areal(asked.case, minimum.indicator, units, period, asked.audience)
    name = name_of(asked.case.plan, minimum.indicator)
    small = Text(
        f"Mindestgröße: weniger als {minimum.least} bei „{name}“.", f"Minimum: less than {minimum.least} of “{name}”."
    )
    reasons = dict.fromkeys(np.flatnonzero(found.values < float(minimum.least)).tolist(), small)
    for i, why in found.absent.items():
        reasons[i] = Text(
            f"Mindestgröße nicht prüfbar: „{name}“ – {why.label.de}.",
            f"Minimum can't be checked: “{name}” – {why.label.en}.",
        )
    return reasons


def _without(asked: Question, components: Sequence[Component], reading: Reading, area: int) -> Text:
    found = [
        (name_of(asked.case.plan, component.indicator), absent.get(area, Missing.MEANINGLESS).label)
        for component, absent, values in zip(components, reading.absent, reading.changed.T, strict=True)
        if np.isnan(values[area])
    ]
    return Text(
        "Es fehlt: " + "; ".join(f"„{name}“ – {why.de}" for name, why in found) + ".",
        "Missing: " + "; ".join(f"“{name}” – {why.en}" for name, why in found) + ".",
    )
