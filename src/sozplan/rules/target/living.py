"""Which targets the rules look at, and how their values are said."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Context, Decimal

from sozplan.diagnostics import Text, text
from sozplan.model.areas import AreaGoal
from sozplan.model.case import Case
from sozplan.model.indicators import Indicator
from sozplan.model.memory import once
from sozplan.model.strategy import Goal
from sozplan.model.targets import Change, Gap, Point, TargetFields
from sozplan.model.terms import Direction, Status

AnyGoal = Goal | AreaGoal
Moving = Change | Gap


@once
def goals(case: Case) -> tuple[AnyGoal, ...]:
    every: tuple[AnyGoal, ...] = (*case.plan.goals, *case.plan.area_goals)
    return tuple(goal for goal in every if not _has_ended(case, goal))


def _has_ended(case: Case, goal: AnyGoal) -> bool:
    plan = case.plan.owner(goal.id)
    return goal.status is Status.ENDED or (plan is not None and plan.status is Status.ENDED)


@once
def targets(case: Case) -> tuple[TargetFields, ...]:
    return tuple(target for goal in goals(case) for target in goal.targets)


@once
def measured(case: Case) -> tuple[tuple[TargetFields, Indicator], ...]:
    """Targets with the sheet of their indicator."""
    found = ((target, sheet_of(case, target)) for target in targets(case))
    return tuple((target, sheet) for target, sheet in found if sheet is not None)


@once
def moving(case: Case) -> tuple[tuple[Moving, Indicator], ...]:
    """Targets that lead from a baseline to a target value, with the sheet of their indicator."""
    return tuple((target, sheet) for target, sheet in measured(case) if isinstance(target, Change | Gap))


@once
def ways(case: Case) -> tuple[tuple[Moving, Point, Point, Indicator], ...]:
    """Those with both ends, apart and the right way round: what else is wrong has its own rule."""
    found = ((target, target.baseline, target.target, sheet) for target, sheet in moving(case))
    return tuple(
        (target, start, end, sheet)
        for target, start, end, sheet in found
        if start and end and start.value != end.value and not leads_away(sheet, start, end)
    )


def leads_away(sheet: Indicator, start: Point, end: Point) -> bool:
    """From better to worse."""
    if sheet.direction is Direction.HIGHER:
        return end.value < start.value
    return sheet.direction is Direction.LOWER and end.value > start.value


def sheet_of(case: Case, target: TargetFields) -> Indicator | None:
    return case.plan.find(getattr(target, "indicator", None), Indicator)


def name(sheet: Indicator) -> str:
    return sheet.short or sheet.name


def value(sheet: Indicator, number: Decimal) -> Text:
    """With the sheet's decimals, more where the number was written with more, and the unit."""
    return _with(_digits(number, sheet.decimals), Text(sheet.unit, sheet.unit))


def difference(sheet: Indicator, number: Decimal) -> Text:
    unit = _POINTS if sheet.unit == "%" else Text(sheet.unit, sheet.unit)
    return _with(_digits(observed(sheet, number), sheet.decimals), unit)


def observed(sheet: Indicator, number: Decimal) -> Decimal:
    """A computed figure as it is printed."""
    return number.quantize(Decimal(1).scaleb(-sheet.decimals), ROUND_HALF_UP, _WIDE)


def plain(number: Decimal) -> Text:
    return _digits(number, 0)


_WIDE = Context(prec=999)
"""So that even absurd numbers have room for their decimals."""
_POINTS = text(de="Prozentpunkte", en="percentage points")
_GERMAN = str.maketrans({",": ".", ".": ",", "-": "−"})


def _digits(number: Decimal, least: int) -> Text:
    places = max(least, -int(number.normalize().as_tuple().exponent))
    english = f"{number:,.{places}f}"
    return Text(english.translate(_GERMAN), english.replace("-", "−"))


def _with(number: Text, unit: Text) -> Text:
    return Text(f"{number.de} {unit.de}", f"{number.en}{'' if unit.en == '%' else ' '}{unit.en}")
