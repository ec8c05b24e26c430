"""Rules on how far a target wants to go, beside what was observed.

They read published figures only: where the gate withholds, they are silent.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from itertools import pairwise

from sozplan.analysis.chance import wilson
from sozplan.analysis.disclosure import Figure
from sozplan.analysis.series import observe
from sozplan.analysis.subject import place_of, series_of
from sozplan.diagnostics import Severity
from sozplan.model.case import Case
from sozplan.model.figures import reference_date
from sozplan.model.periods import Period
from sozplan.model.targets import Change, Gap
from sozplan.rules.rule import Finding, rule
from sozplan.rules.target.living import difference, name, value, ways


@rule(
    "target.noise",
    Severity.WARNING,
    de="Zielwert „{target}“: Die Veränderung von {start} auf {end} liegt in dem Bereich, in dem „{indicator}“ hier"
    " schon zufällig schwankt. Wählen Sie einen größeren Abstand, ein größeres Gebiet oder mehrere Jahre zusammen.",
    en="Target “{target}”: the change from {start} to {end} is within what “{indicator}” moves here by chance. Choose"
    " a wider distance, a larger area, or several years together.",
    by_plan=True,
)
def change_below_chance(case: Case) -> Iterator[Finding]:
    """Die Veränderung ist größer als der Zufall

    Anteile kleiner Gruppen schwanken von Jahr zu Jahr, ohne dass sich etwas geändert hätte. Gewarnt wird, wenn der
    Zielwert im 95-%-Intervall nach Wilson um den Ausgangswert liegt: (p + z²/2n ± z·√(p(1−p)/n + z²/4n²)) / (1 + z²/n)
    mit p = Ausgangswert als Anteil, n = Nenner der Ausgangsperiode, z = 1,96. Bei Vollerhebungen ist das ein
    Anhaltspunkt, kein Beweis. Ohne veröffentlichten Wert der Ausgangsperiode wird nicht gewarnt.

    English:
        The change is larger than chance

        Shares of small groups move from year to year though nothing has changed. There is a warning where the target
        lies in Wilson's 95 % interval around the baseline: (p + z²/2n ± z·√(p(1−p)/n + z²/4n²)) / (1 + z²/n)
        with p = baseline as a share, n = denominator of the baseline's period, z = 1.96. For full counts that is an
        indication, no proof. Without a published value of the baseline's period there is no warning.

    Bad:
        # plans/areas/hafen.yaml
        goals:
          - id: hafen-g1
            statement: Im Speicherviertel besuchen etwas mehr Kinder eine Kita.
            serves: frueh-foerdern
            needs: [hafen-n1]
            owner: amt-51
            targets:
              - id: hafen-g1-t1
                indicator: kita-quote
                kind: change
                area: bezirk-02
                baseline: {period: 2023, value: 79.6}
                target: {period: 2028, value: 80.5}  # <- target.noise

    Good:
        # plans/areas/hafen.yaml
        goals:
          - id: hafen-g1
            statement: Im Speicherviertel besuchen neun von zehn Kindern eine Kita.
            serves: frueh-foerdern
            needs: [hafen-n1]
            owner: amt-51
            targets:
              - id: hafen-g1-t1
                indicator: kita-quote
                kind: change
                area: bezirk-02
                baseline: {period: 2023, value: 79.6}
                target: {period: 2028, value: 90.0}
    """
    for target, start, end, sheet in ways(case):
        base = None if isinstance(target, Gap) else _base(case, target, start.period)
        share = start.value / sheet.factor
        if base is None or not 0 <= share <= 1:
            continue
        low, high = wilson(share, base)
        if low <= end.value / sheet.factor <= high:
            yield Finding(
                target.at("target"),
                {
                    "target": target.id,
                    "start": value(sheet, start.value),
                    "end": value(sheet, end.value),
                    "indicator": name(sheet),
                },
            )


def _base(case: Case, target: Change, period: Period) -> Decimal | None:
    """The denominator of a share whose value is published."""
    if not any(f.period == period and f.value is not None for f in series_of(case, target)):
        return None
    seen = observe(case, target.indicator, place_of(case, target) or "")
    each = next((o for o in seen if o.period == period), None)
    if each is None or each.denominator is None or each.numerator is None:
        return None
    base = each.denominator.reveal()
    return base if each.numerator.reveal() <= base else None


@rule(
    "target.ambition",
    Severity.INFO,
    de="Zielwert „{target}“ verlangt im Jahr eine Veränderung um {needed}; das beste Jahr brachte bisher {best}."
    " Begründen Sie, was schneller gehen wird, oder wählen Sie einen späteren Zeitpunkt.",
    en="Target “{target}” needs a change of {needed} a year; the best year so far brought {best}. Say what will go"
    " faster, or choose a later period.",
    by_plan=True,
)
def pace_never_seen(case: Case) -> Iterator[Finding]:
    """Das nötige Tempo hat es schon einmal gegeben

    Ein Zielwert, der mehr als das Doppelte („pace_factor“ in sozplan.yaml) des besten bisherigen Jahrestempos
    verlangt, ist nicht falsch, aber er braucht eine Begründung, bevor der Rat danach fragt. Verglichen wird mit den
    veröffentlichten Werten bis zur Ausgangsperiode, wenigstens dreien ohne Bruch dazwischen.

    English:
        The pace needed has been seen before

        A target that needs more than twice (“pace_factor” in sozplan.yaml) the best yearly pace so far isn't wrong,
        but it wants a reason before the council asks for one. It is compared with the published values up to the
        baseline's period, at least three without a break between them.

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
                target: {period: 2026, value: 90.0}  # <- target.ambition

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
    factor = case.plan.settings.targets.pace_factor
    for target, start, end, sheet in ways(case):
        begins, ends = reference_date(sheet, start.period), reference_date(sheet, end.period)
        best = _best_pace(series_of(case, target), begins, end.value > start.value)
        if best is None or ends <= begins:
            continue
        needed = _pace(abs(end.value - start.value), begins, ends)
        if needed > factor * best:
            yield Finding(
                target.at("target"),
                {"target": target.id, "needed": difference(sheet, needed), "best": difference(sheet, best)},
            )


YEAR = Decimal("365.25")


def _pace(way: Decimal, begins: date, ends: date) -> Decimal:
    return way * YEAR / (ends - begins).days


def _best_pace(figures: Sequence[Figure], until: date, up: bool) -> Decimal | None:
    """The widest step towards the target between two comparable values, a year; 0 if there was none."""
    known = [(f.reference, f.value) for f in figures if f.reference <= until and f.era == figures[-1].era]
    values = [(day, number if up else -number) for day, number in known if number is not None]
    if len(values) < 3:
        return None
    paces = [_pace(new - old, before, after) for (before, old), (after, new) in pairwise(values) if before < after]
    return max([Decimal(0), *paces])
