"""Rules that hold the start of a target against what was observed.

They read published figures only: a message must not say what the gate withheld.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from sozplan.analysis.disclosure import Figure
from sozplan.analysis.subject import Measurable, series_of
from sozplan.diagnostics import Severity
from sozplan.model.case import Case
from sozplan.model.figures import reference_date
from sozplan.model.indicators import Indicator
from sozplan.model.memory import once
from sozplan.model.targets import Change, Gap, Maintain, Point
from sozplan.rules.rule import Finding, rule
from sozplan.rules.target.living import Moving, observed, sheet_of, targets, value, ways


@rule(
    "target.already-met",
    Severity.WARNING,
    de="Zielwert „{target}“ ({goal}) war zu Beginn schon erreicht: {value} für {period}. Wählen Sie einen"
    " ehrgeizigeren Wert, oder „kind: maintain“, wenn der Stand gehalten werden soll.",
    en="Target “{target}” ({goal}) was met at the start already: {value} for {period}. Choose a more ambitious value,"
    " or “kind: maintain” to keep the level.",
    by_plan=True,
)
def target_met_at_start(case: Case) -> Iterator[Finding]:
    """Ein Ziel ist zu Beginn noch nicht erreicht

    Liegt der letzte Wert vor Beginn des Plans schon am Zielwert oder darüber hinaus, meldet der Plan Erfolge, zu
    denen niemand etwas beigetragen hat. Maßgeblich ist der letzte veröffentlichte Wert vor Beginn der Laufzeit; bei
    Zielen ohne Plan der Wert zum Zeitpunkt des Ausgangswerts.

    English:
        A goal isn't met at its start

        Where the last value before the plan begins is at the target or beyond, the plan reports successes that nobody
        contributed to. What counts is the last published value before the plan's first day; for goals outside plans
        the value at the baseline's period.

    Bad:
        # plans/areas/hafen.yaml
        goals:
          - id: hafen-g1
            statement: Fünf von sechs Kindern im Hafen besuchen eine Kita.
            serves: frueh-foerdern
            needs: [hafen-n1]
            owner: amt-51
            targets:
              - id: hafen-g1-t1
                indicator: kita-quote
                kind: change
                baseline: {period: 2024, value: 82.0}
                target: {period: 2028, value: 83.5}  # <- target.already-met

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
    for target, start, end, sheet in ways(case):
        figure = _last(series_of(case, target), _beginning(case, target, sheet, start))
        if figure is None or figure.value is None:
            continue
        if (figure.value - end.value) * (end.value - start.value) >= 0:
            yield Finding(
                target.at("target"),
                {
                    "target": target.id,
                    "goal": value(sheet, end.value),
                    "value": value(sheet, observed(sheet, figure.value)),
                    "period": str(figure.period),
                },
            )


def _beginning(case: Case, target: Moving, sheet: Indicator, start: Point) -> date:
    plan = case.plan.owner(target.id)
    return plan.period.start if plan else reference_date(sheet, start.period)


def _last(figures: Sequence[Figure], day: date) -> Figure | None:
    return next((f for f in reversed(figures) if f.reference <= day and f.value is not None), None)


@rule(
    "target.baseline-differs",
    Severity.ERROR,
    softens=True,
    de="Zielwert „{target}“: Der Ausgangswert {written} weicht vom beobachteten Wert {value} für {period} ab."
    " Übernehmen Sie ihn, oder nennen Sie mit „vintage“ den Datenstand, aus dem der Ausgangswert stammt.",
    en="Target “{target}”: the baseline {written} differs from the value {value} observed for {period}. Take that"
    " over, or name with “vintage” the data vintage from which the baseline stems.",
    by_plan=True,
)
def baseline_not_as_observed(case: Case) -> Iterator[Finding]:
    """Der Ausgangswert ist der beobachtete

    Ein Ausgangswert, den die Daten nicht kennen, verschiebt jeden Prozentsatz, der von ihm aus gerechnet wird.
    Verglichen wird mit dem veröffentlichten Wert derselben Periode, auf eine halbe Einheit der letzten Stelle im
    Steckbrief genau. Nennt der Ausgangswert einen Datenstand („vintage“), gilt, was an jenem Tag bekannt war.

    English:
        The baseline is what was observed

        A baseline that the data don't know shifts every percentage computed from it. It is compared with the published
        value of the same period, to half a unit of the sheet's last decimal. If the baseline names a vintage, what
        was known on that day counts.

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
                baseline: {period: 2024, value: 80.0}  # <- target.baseline-differs
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
    for target in targets(case):
        sheet = sheet_of(case, target)
        if sheet is None or not isinstance(target, Change | Gap | Maintain) or target.baseline is None:
            continue
        start = target.baseline
        seen = _known_then(case, target, start)
        if seen is not None and abs(seen - start.value) > Decimal(5).scaleb(-sheet.decimals - 1):
            yield Finding(
                target.at("baseline"),
                {
                    "target": target.id,
                    "written": value(sheet, start.value),
                    "value": value(sheet, observed(sheet, seen)),
                    "period": str(start.period),
                },
            )


@once
def _on(case: Case, day: date) -> Case:
    """The case as it was on that day."""
    return case if day == case.as_of else replace(case, as_of=day)


def _known_then(case: Case, target: Measurable, start: Point) -> Decimal | None:
    """The published value of the baseline's period at the vintage that it names; later ones aren't told.

    One that was converted across a boundary change refutes nobody: who counted anew knows better.
    """
    then = case if start.vintage is None else _on(case, min(start.vintage, case.as_of))
    return next((f.value for f in series_of(then, target) if f.period == start.period and not f.converted), None)
