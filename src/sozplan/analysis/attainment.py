"""How far the targets are (Zielerreichung), from what may be published."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from sozplan.analysis.aggregate import aggregates, weigh
from sozplan.analysis.conversion import Obstacle, obstacle
from sozplan.analysis.disclosure import Audience, Figure, Withheld, coarsened, keeps_back
from sozplan.analysis.ground import ground, territory
from sozplan.analysis.outlook import look, reviewed
from sozplan.analysis.path import expected, way
from sozplan.analysis.series import outdated
from sozplan.analysis.subject import Measurable, comparison, era_of, place_of, series_of
from sozplan.analysis.verdict import Method, Note, Reason, Report, TargetStatus, rounded
from sozplan.model.areas import AreaGoal
from sozplan.model.case import Case
from sozplan.model.figures import Missing, Quality, reference_date
from sozplan.model.indicators import Indicator
from sozplan.model.periods import Period, PeriodKind
from sozplan.model.settings import Lights
from sozplan.model.strategy import Goal
from sozplan.model.targets import Change, Gap, Maintain, Milestones, Point, TargetFields
from sozplan.model.terms import Light

HUNDRED = Decimal(100)


def assess(case: Case, audience: Audience = Audience.PUBLIC) -> Report:
    """Every target, in the order of the files, and what they come to together."""
    targets = tuple(judge(case, target, goal, audience) for target, goal in case.plan.targets())
    indicators = [status.indicator for status in targets if status.indicator is not None]
    return Report(case.as_of, audience, targets, aggregates(case, targets), coarsened(case, indicators, audience))


def judge(
    case: Case, target: TargetFields, goal: Goal | AreaGoal, audience: Audience = Audience.PUBLIC
) -> TargetStatus:
    """One target."""
    match target:
        case Milestones():
            return _milestones(case, target, _blank(case, target, goal, None, Method.MILESTONES))
        case Maintain():
            return _held(case, target, _blank(case, target, goal, target.indicator, Method.DISTANCE), audience)
        case Change() | Gap():
            method = Method.PIECEWISE if target.path else Method.LINEAR
            return _moved(case, target, _blank(case, target, goal, target.indicator, method), audience)
    raise TypeError(f"no such kind of target: {type(target).__name__}")


def _blank(
    case: Case, target: TargetFields, goal: Goal | AreaGoal, indicator: str | None, method: Method
) -> TargetStatus:
    plan = case.plan.owner(target.id)
    return TargetStatus(
        target=target.id,
        goal=goal.id,
        plan=plan.id if plan else None,
        area=place_of(case, target),
        indicator=indicator,
        kind=getattr(target, "kind", ""),
        method=method,
        weight=target.weight,
    )


def _moved(case: Case, target: Change | Gap, status: TargetStatus, audience: Audience) -> TargetStatus:
    """From B to T: change, and the gap to another territory."""
    start, end = target.baseline, target.target
    status = replace(
        status,
        baseline=start.value if start else None,
        baseline_period=start.period if start else None,
        target_value=end.value if end else None,
        target_period=end.period if end else None,
    )
    sheet = case.plan.find(target.indicator, Indicator)
    if sheet is None:
        return replace(status, reason=Reason.NO_INDICATOR)
    figures = series_of(case, target, audience)
    target, status = _rebased(case, sheet, target, figures, status)
    start = target.baseline
    status, actual = _with_actual(case, sheet, figures, end.period.kind if end else None, status)
    if start is not None and keeps_back(case, sheet.id, figures, start.period, audience):
        return replace(status, baseline=None, planned=None, reason=Reason.SUPPRESSED)
    apart = _incomparable(case, sheet, target, start, figures, actual) if start and actual else None
    if actual and apart is None:
        status = _viewed(case, sheet, target, figures, actual, status, audience)
    if start is None or end is None:
        return replace(status, reason=Reason.NO_BASELINE if start is None else Reason.NO_TARGET)
    if apart is Reason.BOUNDARY:
        status = replace(status, obstacle=_obstacle(case, sheet, target, start.period))
    if actual is None or apart is not None:
        return replace(status, reason=apart or status.reason)
    return _compared(_rate(case, sheet, target.path, (start, end), actual, status))


def _rebased(
    case: Case, sheet: Indicator, target: Change | Gap, figures: Sequence[Figure], status: TargetStatus
) -> tuple[Change | Gap, TargetStatus]:
    """With the baseline on the present ground, where what is written speaks of another and can be converted."""
    start = target.baseline
    figure = next((f for f in figures if start is not None and f.period == start.period and f.converted), None)
    written = era_of(case, sheet, target, start.period) if start else None
    if start is None or figure is None or figure.value is None or written is None:
        return target, status
    if written.ground == figure.era.ground:
        return target, status
    status = replace(
        status,
        baseline=figure.value,
        planned=start.value,
        conversion=figure.conversion,
        notes=(Note.REBASED,),
    )
    return target.model_copy(update={"baseline": start.model_copy(update={"value": figure.value})}), status


def _obstacle(case: Case, sheet: Indicator, target: Change | Gap, period: Period) -> Obstacle | None:
    """Why there is no baseline on the present ground; of a gap, on the side whose ground has changed."""
    then = reference_date(sheet, period)
    sides = (place_of(case, target), comparison(case, target) if isinstance(target, Gap) else None)
    places = [place for place in (territory(case.plan, side) for side in sides) if place is not None]
    changed = [place for place in places if ground(case.plan, place, then) != ground(case.plan, place, case.as_of)]
    return next((obstacle(case, sheet, place, period) for place in changed), None)


def _viewed(
    case: Case,
    sheet: Indicator,
    target: Measurable,
    figures: Sequence[Figure],
    actual: Figure,
    status: TargetStatus,
    audience: Audience,
) -> TargetStatus:
    """With what the other methods say of the same figures."""
    outlook = reviewed(case, target, look(sheet, target, figures, actual), actual, audience)
    told = {Note.REVISED: outlook.revised_from is not None, Note.BY_CHANCE: outlook.by_chance}
    notes = [note for note, holds in told.items() if holds and note not in status.notes]
    return replace(status, outlook=outlook, notes=(*status.notes, *notes))


def _compared(status: TargetStatus) -> TargetStatus:
    """Says so where another method would show another light."""
    if not status.ratable or all(light is status.light for light in status.outlook.lights):
        return status
    return replace(status, notes=(*status.notes, Note.METHOD))


def _with_actual(
    case: Case, sheet: Indicator, figures: Sequence[Figure], kind: PeriodKind | None, status: TargetStatus
) -> tuple[TargetStatus, Figure | None]:
    """The status with the newest value, and that value if the target can be judged by it."""
    actual, reason = _newest([f for f in figures if kind is None or f.period.kind is kind])
    if actual is None:
        return replace(status, reason=reason), None
    status = replace(
        status,
        actual=actual.value,
        actual_period=actual.period,
        reference=actual.reference,
        quality=actual.quality,
        cells=actual.at,
        conversion=tuple(dict.fromkeys((*status.conversion, *actual.conversion))),
        notes=(*status.notes, *_quality_notes(actual.quality), *([Note.CONVERTED] if actual.converted else [])),
    )
    if outdated(sheet, actual.reference, case.as_of):
        return replace(status, reason=Reason.OUTDATED), None
    return status, actual


_NOT_YET = (Missing.LATER, Missing.EMPTY)
_HIDDEN = (Missing.SUPPRESSED, Missing.UNKNOWN, Withheld.CASES, Withheld.CLASS)


def _newest(figures: Sequence[Figure]) -> tuple[Figure | None, Reason]:
    """The newest value; one that is still to come leaves the one before, one that is hidden or unsafe does not."""
    for figure in reversed(figures):
        if figure.withheld is None:
            return figure, Reason.NO_VALUE
        if figure.withheld not in _NOT_YET:
            return None, Reason.SUPPRESSED if figure.withheld in _HIDDEN else Reason.UNRELIABLE
    return None, Reason.NO_VALUE


def _incomparable(
    case: Case, sheet: Indicator, target: Change | Gap, start: Point, figures: Sequence[Figure], actual: Figure
) -> Reason | None:
    then = next((f.era for f in figures if f.period == start.period), None) or era_of(case, sheet, target, start.period)
    if then is None or then == actual.era:
        return None
    return Reason.BOUNDARY if then.breaks == actual.era.breaks else Reason.SERIES_BREAK


def _rate(
    case: Case, sheet: Indicator, path: Sequence[Point], ends: tuple[Point, Point], actual: Figure, status: TargetStatus
) -> TargetStatus:
    """Z against the target, P against what may be expected on the day that the actual value speaks of."""
    start, *between, end = ((reference_date(sheet, point.period), point.value) for point in (ends[0], *path, ends[1]))
    if start[0] >= end[0] or start[1] == end[1]:
        return replace(status, reason=Reason.NO_WAY)
    value = actual.value or Decimal(0)
    due = expected(way(start, between, end), actual.reference)
    whole, so_far, done = end[1] - start[1], due - start[1], value - start[1]
    attained = done / whole * HUNDRED
    status = replace(
        status,
        expected=due,
        attainment=attained,
        notes=_notes(attained, actual.reference > end[0]) + status.notes,
    )
    lights = case.plan.settings.lights
    if _too_early(lights, whole, so_far, actual):
        return replace(status, reason=Reason.TOO_EARLY)
    return _lit(lights, done / so_far * HUNDRED, status)


def _too_early(lights: Lights, whole: Decimal, so_far: Decimal, actual: Figure) -> bool:
    """So little is due that the smallest change would make any light."""
    low, high = actual.chance if actual.chance and lights.chance_is_early else (Decimal(0), Decimal(0))
    return so_far == 0 or abs(so_far) < max(abs(whole) * lights.too_early / HUNDRED, (high - low) / 2)


def _lit(lights: Lights, fulfilled: Decimal, status: TargetStatus) -> TargetStatus:
    shown = rounded(fulfilled)
    light = Light.GREEN if shown >= lights.green else Light.YELLOW if shown >= lights.yellow else Light.RED
    return replace(status, fulfilment=fulfilled, light=light)


def _notes(attained: Decimal, expired: bool) -> tuple[Note, ...]:
    told: Mapping[Note, bool] = {Note.WORSENED: attained < 0, Note.EXCEEDED: attained > HUNDRED, Note.EXPIRED: expired}
    return tuple(note for note, holds in told.items() if holds)


_QUALITY_NOTES = {
    Quality.PROVISIONAL: Note.PROVISIONAL,
    Quality.REVISED: Note.REVISED,
    Quality.ESTIMATED: Note.ESTIMATED,
}


def _quality_notes(quality: Quality) -> tuple[Note, ...]:
    told = _QUALITY_NOTES.get(quality)
    return () if told is None else (told,)


def _held(case: Case, target: Maintain, status: TargetStatus, audience: Audience) -> TargetStatus:
    """Maintain and corridor: what counts is the distance outside the bounds, at any time."""
    start, until = target.baseline, target.until
    status = replace(
        status,
        baseline=start.value if start else None,
        baseline_period=start.period if start else None,
        target_value=target.upper if target.lower is None else target.lower if target.upper is None else None,
        target_period=until,
        lower=target.lower,
        upper=target.upper,
    )
    sheet = case.plan.find(target.indicator, Indicator)
    if sheet is None:
        return replace(status, reason=Reason.NO_INDICATOR)
    figures = series_of(case, target, audience)
    status, actual = _with_actual(case, sheet, figures, until.kind if until else None, status)
    if start is not None and keeps_back(case, sheet.id, figures, start.period, audience):
        start, status = None, replace(status, baseline=None)
    if target.lower is None and target.upper is None:
        return replace(status, reason=Reason.NO_TARGET)
    if actual is None or actual.value is None:
        return status
    status = _viewed(case, sheet, target, figures, actual, status, audience)
    attained = _within(target, actual.value)
    expired = until is not None and actual.reference > reference_date(sheet, until)
    status = replace(status, attainment=attained, notes=_notes(attained, expired) + status.notes)
    return _compared(_lit(case.plan.settings.lights, attained, status))


def _within(target: Maintain, value: Decimal) -> Decimal:
    """100 inside the bounds, falling to 0 at `tolerance` outside; a side without bound is open."""
    below = Decimal(0) if target.lower is None else target.lower - value
    above = Decimal(0) if target.upper is None else value - target.upper
    outside = max(below, above, Decimal(0))
    if outside == 0:
        return HUNDRED
    return Decimal(0) if target.tolerance == 0 else max(Decimal(0), HUNDRED - outside / target.tolerance * HUNDRED)


def _milestones(case: Case, target: Milestones, status: TargetStatus) -> TargetStatus:
    """The weight of what is done, beside the weight of what is due; both at the as-of date."""
    weights = weigh([each.weight for each in target.milestones])
    steps = list(zip(weights, target.milestones, strict=True))
    whole = sum(weights)
    if whole == 0:
        return replace(status, reason=Reason.NO_WEIGHT)
    done = sum((weight for weight, each in steps if each.done and each.done <= case.as_of), Decimal(0))
    attained = done / whole * HUNDRED
    due = sum((weight for weight, each in steps if each.due <= case.as_of), Decimal(0)) / whole * HUNDRED
    expired = case.as_of > max(each.due for each in target.milestones)
    status = replace(status, reference=case.as_of, expected=due, attainment=attained, notes=_notes(attained, expired))
    lights = case.plan.settings.lights
    if attained == HUNDRED:
        return _lit(lights, HUNDRED, status)
    if due < lights.too_early or due == 0:
        return replace(status, reason=Reason.TOO_EARLY)
    return _lit(lights, attained / due * HUNDRED, status)
