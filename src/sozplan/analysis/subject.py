"""What a target speaks of: where it is measured, against what, and the figures for it."""

from __future__ import annotations

from dataclasses import replace

from sozplan.analysis.chance import Interval, apart
from sozplan.analysis.disclosure import Audience, Figure, published
from sozplan.analysis.ground import territory
from sozplan.analysis.series import Era, era, mixed
from sozplan.model.case import Case
from sozplan.model.indicators import Indicator
from sozplan.model.periods import Period
from sozplan.model.targets import Change, Gap, Maintain, TargetFields

Measurable = Change | Gap | Maintain


def place_of(case: Case, target: TargetFields) -> str | None:
    """Where the target is measured: its own area, else its plan's, else the whole municipality."""
    plan, whole = case.plan.owner(target.id), case.plan.whole
    return target.area or (plan.area if plan else None) or (whole.id if whole else None)


def comparison(case: Case, target: Gap) -> str | None:
    """What a gap is measured to."""
    whole = case.plan.whole
    return target.reference or (whole.id if whole else None)


def series_of(case: Case, target: Measurable, audience: Audience = Audience.PUBLIC) -> tuple[Figure, ...]:
    """The published figures that the target speaks of; for a gap, area minus reference."""
    figures = published(case, target.indicator, place_of(case, target) or "", audience)
    if not isinstance(target, Gap):
        return figures
    others = {f.period: f for f in published(case, target.indicator, comparison(case, target) or "", audience)}
    return tuple(_apart(each, others[each.period]) for each in figures if each.period in others)


def _apart(one: Figure, other: Figure) -> Figure:
    """The gap between two territories; what is withheld of either is withheld of the gap."""
    value = None if one.value is None or other.value is None else one.value - other.value
    return replace(
        one,
        value=value,
        withheld=one.withheld or other.withheld,
        quality=mixed((one.quality, other.quality)),
        era=_both(one.era, other.era),
        at=one.at + other.at,
        vintage=max((each.vintage for each in (one, other) if each.vintage), default=None),
        chance=None if value is None else _chance(one, other),
        conversion=tuple(dict.fromkeys((*one.conversion, *other.conversion))),
    )


def _chance(one: Figure, other: Figure) -> Interval | None:
    if one.value is None or other.value is None or one.chance is None or other.chance is None:
        return None
    return apart((one.value, one.chance), (other.value, other.chance))


def _both(one: Era, other: Era) -> Era:
    return Era(one.breaks, one.ground | other.ground)


def era_of(case: Case, sheet: Indicator, target: Measurable, period: Period) -> Era | None:
    """What a value of that period would be comparable with, had anybody observed it."""
    place = territory(case.plan, place_of(case, target))
    if place is None:
        return None
    own = era(case, sheet, place, period)
    other = territory(case.plan, comparison(case, target)) if isinstance(target, Gap) else None
    return own if other is None else _both(own, era(case, sheet, other, period))
