"""Rules of what the data can still say: is it recent, is the baseline, and will there be a value to judge by?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from sozplan.analysis.months import add_months
from sozplan.diagnostics import Severity
from sozplan.model.areas import AreaGoal
from sozplan.model.case import Case
from sozplan.model.figures import Cell, Missing, reference_date
from sozplan.model.indicators import Indicator
from sozplan.model.periods import Period
from sozplan.model.plan import Plan
from sozplan.model.resolutions import Resolution
from sozplan.model.strategy import Goal
from sozplan.model.targets import Change, Gap, Maintain
from sozplan.rules.ind.rows import name, rows
from sozplan.rules.ongoing import targets
from sozplan.rules.rule import Finding, rule
from sozplan.rules.time.plans import is_inside_out
from sozplan.rules.words import day, named

_UNDELIVERED = (Missing.EMPTY, Missing.LATER)


@rule(
    "time.data-stale",
    Severity.WARNING,
    de="Kennzahl „{indicator}“: Der neueste Wert ({period}) ist überholt. Bei der Periodizität „{rhythm}“ und "
    "{lag} Monaten Verzug müsste seit dem {due} ein neuerer vorliegen. "
    "Spielen Sie ihn ein, oder berichtigen Sie den Steckbrief.",
    en="Indicator “{indicator}”: the newest value ({period}) is out of date. With the periodicity “{rhythm}” and "
    "a lag of {lag} months a newer one should be there since {due}. Import it, or correct the sheet.",
)
def newest_value_too_old(case: Case) -> Iterator[Finding]:
    """Jede Kennzahl hat den neuesten Wert, den es geben müsste

    Ein Bericht mit alten Zahlen beschreibt eine Lage, die es so nicht mehr gibt, ohne dass man es ihm ansieht.
    Erwartet wird der nächste Wert, wenn nach dem letzten Stichtag Periodizität und Verzug verstrichen sind.

    English:
        Each indicator has the newest value that should exist

        A report with old figures describes a situation that is gone, without showing it.
        The next value is expected when periodicity and lag have passed since the last reference date.

    Bad:
        # indicators/catalogue/kita-quote.yaml
        periodicity: half-yearly  # <- time.data-stale
        lag_months: 2

    Good:
        # indicators/catalogue/kita-quote.yaml
        periodicity: yearly
        lag_months: 6
    """
    newest = _newest(case)
    for sheet in case.plan.indicators:
        if sheet.id not in newest or not sheet.in_force(case.as_of):
            continue
        period = newest[sheet.id].period
        due = add_months(reference_date(sheet, period), sheet.periodicity.months + sheet.lag_months)
        if due < case.as_of:
            wait = {"rhythm": sheet.periodicity.label, "lag": sheet.lag_months, "due": day(due)}
            yield Finding(sheet.at("periodicity"), {"indicator": sheet.id, "period": named(period), **wait})


@rule(
    "time.value-ahead",
    Severity.WARNING,
    de="{indicator}, Gebiet {area}, {period}: Der Zeitraum beginnt erst nach dem {day}, an dem der Wert schon vorlag. "
    "Berichtigen Sie Zeitraum oder Datenstand; Vorausberechnungen gehören in eine eigene Kennzahl.{others}",
    en="{indicator}, area {area}, {period}: the period starts only after {day}, when the value was already there. "
    "Correct period or vintage; projections belong into an indicator of their own.{others}",
)
def value_before_its_period(case: Case) -> Iterator[Finding]:
    """Ein Wert liegt nicht vor, bevor sein Zeitraum begonnen hat

    Meist ist eine Jahreszahl vertippt, und der Wert steht ein Jahr später unbemerkt für ein anderes.
    Verglichen wird mit dem Datenstand der Zeile; wo keiner steht, mit dem Stichtag der Auswertung.

    English:
        No value is there before its period has begun

        Mostly a year is mistyped, and a year later the value stands unnoticed for another one.
        It is compared with the row's vintage; where there is none, with the as-of date.

    Bad:
        # indicators/data/kennzahlen.csv
        kita-quote;01;2029;1696;2000;84,8;;final;2026-06-30  # <- time.value-ahead

    Good:
        # indicators/data/kennzahlen.csv
        kita-quote;01;2025;1696;2000;84,8;;final;2026-06-30
    """
    sheets = {sheet.id: sheet for sheet in case.plan.indicators}
    early = (cell for cell in case.figures.cells if cell.period.start > (cell.vintage or case.as_of))
    for row in rows(cell for cell in early if cell.missing is None and cell.indicator in sheets):
        cell = row.cell
        where = {"indicator": name(sheets[cell.indicator]), "area": cell.area, "period": named(cell.period)}
        yield Finding(row.place, {**where, "day": day(cell.vintage or case.as_of), "others": row.others})


def _newest(case: Case) -> Mapping[str, Cell]:
    """The cell of the latest period that is known by now, of each indicator; a secret value is a value."""
    found: dict[str, Cell] = {}
    for cell in case.figures.cells:
        known = found.get(cell.indicator)
        if (
            (known is None or known.period.end < cell.period.end)
            and cell.missing not in _UNDELIVERED
            and cell.period.end <= case.as_of
            and (cell.vintage is None or cell.vintage <= case.as_of)
        ):
            found[cell.indicator] = cell
    return found


@rule(
    "time.baseline-old",
    Severity.WARNING,
    de="Zielwert „{target}“: Der Ausgangswert ({period}) lag zu Beginn ({start}) mehr als {years} Jahre zurück. "
    "Nehmen Sie einen neueren.",
    en="Target “{target}”: the baseline ({period}) was more than {years} years old at the start ({start}). "
    "Take a newer one.",
    by_plan=True,
)
def baseline_too_old(case: Case) -> Iterator[Finding]:
    """Der Ausgangswert beschreibt die Lage zu Beginn des Plans

    Was vor Jahren galt, hat sich bis zum Beginn oft schon geändert; dann schreibt sich der Plan Fortschritte zu,
    die vor ihm lagen.
    Wie alt der Ausgangswert sein darf, steht in sozplan.yaml unter „targets: baseline_years“, ohne Angabe 3 Jahre.

    English:
        The baseline describes the situation at the start of the plan

        What held years ago has often changed by the start; then the plan claims progress that came before it.
        How old a baseline may be stands in sozplan.yaml under “targets: baseline_years”, 3 years if not given.

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
                baseline: {period: 2021, value: 78.7}  # <- time.baseline-old
                target: {period: 2028, value: 90.0}

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
    years = case.plan.settings.targets.baseline_years
    for target, goal in targets(case.plan):
        start = _start(case.plan, goal)
        if start is None or not isinstance(target, Change | Gap | Maintain) or target.baseline is None:
            continue
        period = target.baseline.period
        if _reference(case.plan, target, period) < add_months(start, -12 * years):
            args = {"target": target.id, "period": named(period), "start": day(start), "years": years}
            yield Finding(target.at("baseline", "period"), args)


def _start(plan: Plan, goal: Goal | AreaGoal) -> date | None:
    """When work on the goal starts: with its plan, else with its validity or resolution."""
    if (owner := plan.owner(goal.id)) is not None:
        return None if is_inside_out(owner) else owner.period.start
    resolution = plan.find(goal.resolution, Resolution)
    return goal.valid_from or (resolution.date if resolution else None)


def _reference(plan: Plan, target: Change | Gap | Maintain, period: Period) -> date:
    sheet = plan.find(target.indicator, Indicator)
    return reference_date(sheet, period) if sheet else period.end


RULES = (newest_value_too_old, value_before_its_period, baseline_too_old)
