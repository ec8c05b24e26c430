"""The rule that there will be a value to judge a target by when its time is up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from sozplan.analysis.months import add_months
from sozplan.diagnostics import Severity, Text, text
from sozplan.model.areas import AreaPlan
from sozplan.model.case import Case
from sozplan.model.figures import reference_date
from sozplan.model.indicators import Indicator
from sozplan.model.periods import Period, PeriodKind
from sozplan.model.targets import Change, Gap, Maintain, TargetFields
from sozplan.model.terms import Rhythm
from sozplan.rules.ongoing import targets
from sozplan.rules.rule import Finding, rule
from sozplan.rules.time.plans import is_inside_out
from sozplan.rules.words import day, either, named

_GRACE_DAYS = 90
"""Until the final report is due, where the plan says nothing on reporting."""

_KINDS: Mapping[Rhythm, PeriodKind] = {
    Rhythm.MONTHLY: PeriodKind.MONTH,
    Rhythm.QUARTERLY: PeriodKind.QUARTER,
    Rhythm.HALF_YEARLY: PeriodKind.HALF,
    Rhythm.YEARLY: PeriodKind.YEAR,
    Rhythm.BIENNIAL: PeriodKind.YEAR,
    Rhythm.SCHOOL_YEAR: PeriodKind.SCHOOL_YEAR,
}
"""How periods are written of an indicator that has no data yet."""

_NAMES: Mapping[PeriodKind, Text] = {
    PeriodKind.SCHOOL_YEAR: text(de="Schuljahre", en="school years"),
    PeriodKind.YEAR: text(de="Jahre", en="years"),
    PeriodKind.HALF: text(de="Halbjahre", en="half-years"),
    PeriodKind.QUARTER: text(de="Quartale", en="quarters"),
    PeriodKind.MONTH: text(de="Monate", en="months"),
    PeriodKind.DAY: text(de="Stichtage", en="reference dates"),
}


@rule(
    "time.deadline-data",
    Severity.WARNING,
    de="Zielwert „{target}“: Zum Zieltermin {period} {fault}.",
    en="Target “{target}”: for the deadline {period} {fault}.",
    by_plan=True,
)
def no_value_at_deadline(case: Case) -> Iterator[Finding]:
    """Zum Zieltermin liegt ein Wert vor, an dem sich das Ziel messen lässt

    Sonst endet der Plan, ohne dass jemand sagen kann, ob das Ziel erreicht ist.
    Der Wert muss für diesen Zeitraum erhoben werden und spätestens zum Abschlussbericht veröffentlicht sein,
    der nach dem Ende des Plans und der Nachfrist fällig ist („reporting: grace_days“, sonst 90 Tage).

    English:
        For the deadline there is a value that the target can be judged by

        Else the plan ends without anybody knowing whether the target was reached.
        The value must be collected for that period and be published by the final report,
        which is due after the end of the plan and its grace (“reporting: grace_days”, else 90 days).

    Bad:
        # plans/areas/hafen.yaml
        goals:
          - id: hafen-g1
            statement: Neun von zehn Kindern im Hafen besuchen eine Kita.
            serves: frueh-foerdern
            needs: [hafen-n1]
            owner: amt-51
            targets:
              - id: hafen-g1-t1
                indicator: kita-quote
                kind: change
                baseline: {period: 2024, value: 82.0}
                target: {period: 2029, value: 90.0}  # <- time.deadline-data

    Good:
        # plans/areas/hafen.yaml
        goals:
          - id: hafen-g1
            statement: Neun von zehn Kindern im Hafen besuchen eine Kita.
            serves: frueh-foerdern
            needs: [hafen-n1]
            owner: amt-51
            targets:
              - id: hafen-g1-t1
                indicator: kita-quote
                kind: change
                baseline: {period: 2024, value: 82.0}
                target: {period: 2028, value: 90.0}
    """
    written = _written(case)
    for target, _ in targets(case.plan):
        sheet = case.plan.find(getattr(target, "indicator", None), Indicator)
        period, path = _deadline(target)
        if sheet is None or period is None:
            continue
        known = written.get(sheet.id, frozenset())
        if (fault := _fault(sheet, period, known, case.plan.owner(target.id))) is not None:
            yield Finding(target.at(*path), {"target": target.id, "period": named(period), "fault": fault})


def _written(case: Case) -> Mapping[str, frozenset[Period]]:
    """The periods for which each indicator has data."""
    found: dict[str, set[Period]] = {}
    for cell in case.figures.cells:
        found.setdefault(cell.indicator, set()).add(cell.period)
    return {indicator: frozenset(periods) for indicator, periods in found.items()}


def _deadline(target: TargetFields) -> tuple[Period | None, tuple[str, ...]]:
    if isinstance(target, Change | Gap) and target.target is not None:
        return target.target.period, ("target", "period")
    if isinstance(target, Maintain):
        return target.until, ("until",)
    return None, ()


def _fault(sheet: Indicator, due: Period, known: frozenset[Period], plan: AreaPlan | None) -> Text | None:
    kinds = sorted({period.kind for period in known}) or [_KINDS[sheet.periodicity]]
    if not any(_answers(kind, due, sheet) for kind in kinds):
        names = either(_NAMES[kind] for kind in kinds)
        return text(
            de=f"erscheint kein Wert, denn die Werte der Kennzahl „{sheet.id}“ gelten für {names.de}. "
            "Nennen Sie einen Zeitpunkt, für den sie erhoben wird",
            en=f"no value appears, for the values of the indicator “{sheet.id}” are for {names.en}. "
            "Name a time for which it is collected",
        )
    if sheet.periodicity is Rhythm.BIENNIAL and (years := _years(known)) and (due.end.year - max(years)) % 2:
        return text(
            de=f"erscheint kein Wert, denn die Kennzahl „{sheet.id}“ wird alle zwei Jahre erhoben, "
            f"zuletzt für {max(years)}",
            en=f"no value appears, for the indicator “{sheet.id}” is collected every two years, last for {max(years)}",
        )
    return _too_late(sheet, due, plan) if plan is not None else None


def _years(known: frozenset[Period]) -> set[int]:
    return {period.end.year for period in known}


def _answers(kind: PeriodKind, due: Period, sheet: Indicator) -> bool:
    """Whether periods of that kind include one that speaks of the deadline."""
    if kind is due.kind:
        return True
    if due.kind is PeriodKind.DAY:
        return due.end in _reference_days(kind, due.end, sheet)
    # Values of shorter periods reach the end of a longer one; a school year ends within a year.
    return PeriodKind.SCHOOL_YEAR not in (kind, due.kind) and kind > due.kind


def _reference_days(kind: PeriodKind, on: date, sheet: Indicator) -> tuple[date, ...]:
    """The days of that year on which values of the kind stand."""
    if kind is PeriodKind.SCHOOL_YEAR:
        return (date(on.year, 7, 31),)
    if kind is PeriodKind.YEAR:
        return (reference_date(sheet, _year(on.year)),)
    months = {PeriodKind.HALF: 6, PeriodKind.QUARTER: 3}.get(kind, 1)
    return tuple(add_months(date(on.year - 1, 12, 31), n) for n in range(months, 13, months))


def _year(year: int) -> Period:
    return Period(f"{year:04d}", PeriodKind.YEAR, date(year, 1, 1), date(year, 12, 31))


def _too_late(sheet: Indicator, due: Period, plan: AreaPlan) -> Text | None:
    if plan.period.end is None or is_inside_out(plan):
        return None
    published = add_months(reference_date(sheet, due), sheet.lag_months)
    grace = plan.reporting.grace_days if plan.reporting else _GRACE_DAYS
    report = plan.period.end + timedelta(days=min(grace, (date.max - plan.period.end).days))
    if published <= report:
        return None
    return text(
        de=f"liegt der Wert erst etwa am {day(published).de} vor, der Abschlussbericht ist aber schon am "
        f"{day(report).de} fällig. Setzen Sie das Ziel für einen früheren Zeitpunkt",
        en=f"the value is there by about {day(published).en} only, but the final report is already due on "
        f"{day(report).en}. Set the target for an earlier time",
    )


RULES = (no_value_at_deadline,)
