"""The values of all components in all areas, as the audience may see them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sozplan.analysis.areal import Areal, areal
from sozplan.analysis.disclosure import Audience, Withheld
from sozplan.analysis.ground import Territory
from sozplan.analysis.index.components import Fault, IndexFault, at, name_of
from sozplan.diagnostics import Text, text
from sozplan.model.case import Case
from sozplan.model.figures import Missing
from sozplan.model.index_terms import ChangeKind, Transform
from sozplan.model.indices import Component, Dynamics, Index
from sozplan.model.periods import Period

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Reading:
    """Areas × components: values as they are told, and `changed` as the component's transform makes them.

    `magnitudes` are the largest numbers that changes were taken of: what is lost in subtracting depends on them.
    """

    values: Floats
    changed: Floats
    periods: tuple[Period, ...]
    absent: tuple[Mapping[int, Withheld | Missing], ...]
    unsettled: tuple[Areal, ...]
    magnitudes: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """Of whom and for whom values are asked."""

    case: Case
    index: Index
    audience: Audience


def read(asked: Question, places: Sequence[Territory], components: Sequence[Component], period: Period) -> Reading:
    """The components' values; raises IndexFault where a logarithm or root can't be taken."""
    found = [areal(asked.case, each.indicator, places, period, asked.audience) for each in components]
    values = np.column_stack([each.values for each in found])
    changed = np.column_stack([transformed(asked, c, each) for c, each in zip(components, values.T, strict=True)])
    return Reading(
        values=values,
        changed=changed,
        periods=tuple(each.period for each in found),
        absent=tuple(each.absent for each in found),
        unsettled=tuple(found),
        magnitudes=(None,) * len(components),
    )


def read_changes(
    asked: Question, places: Sequence[Territory], components: Sequence[Component], dynamics: Dynamics, period: Period
) -> Reading:
    """The components' changes over the years, or the values of indicators that hold changes themselves."""
    if dynamics.years is None:
        return read(asked, places, components, period)
    now, before = (read(asked, places, components, each) for each in (period, period.shift(-dynamics.years)))
    change = now.changed - before.changed
    if dynamics.change is ChangeKind.RELATIVE:
        change = np.divide(100.0 * change, before.changed, out=np.full_like(change, np.nan), where=before.changed != 0)
    absent = tuple({**early, **late} for early, late in zip(before.absent, now.absent, strict=True))
    magnitudes = tuple(_magnitude(np.concatenate(pair)) for pair in zip(now.changed.T, before.changed.T, strict=True))
    if dynamics.change is ChangeKind.RELATIVE:
        magnitudes = (None,) * len(components)
    return Reading(change, change, now.periods, absent, (*now.unsettled, *before.unsettled), magnitudes)


def _magnitude(values: Floats) -> float | None:
    known = np.abs(values[~np.isnan(values)])
    return float(known.max()) if len(known) else None


def transformed(asked: Question, component: Component, values: Floats) -> Floats:
    """As the component's transform makes them."""
    least = _LEAST.get(component.transform)
    if least is None:
        return values
    if np.any(values < least) or (component.transform is Transform.LOG and np.any(values == 0)):
        name = name_of(asked.case.plan, component.indicator)
        raise IndexFault(asked.index, Fault(at(asked.index, component, "transform"), _impossible(name)))
    match component.transform:
        case Transform.LOG:
            return np.log(values)
        case Transform.LOG_PLUS_ONE:
            return np.log1p(values)
    return np.sqrt(values)


_LEAST = {Transform.LOG: 0.0, Transform.LOG_PLUS_ONE: 0.0, Transform.SQUARE_ROOT: 0.0}


def _impossible(name: str) -> Text:
    return text(
        de=f"„{name}“ hat Werte, von denen es diese Umformung nicht gibt (0 oder darunter). Nehmen Sie „log-plus-one“ "
        "oder keine.",
        en=f"“{name}” has values that can't be transformed so (0 or below). Take “log-plus-one” or none.",
    )
