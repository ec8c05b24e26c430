"""The rule on values that can't be."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from sozplan.analysis.subject import series_of
from sozplan.diagnostics import Severity, Text
from sozplan.model.case import Case
from sozplan.model.indicators import Indicator
from sozplan.model.targets import Change, Gap, Maintain, Point, TargetFields
from sozplan.rules.rule import Finding, rule
from sozplan.rules.target.living import Moving, name, sheet_of, targets, value


@rule(
    "target.out-of-bounds",
    Severity.ERROR,
    softens=True,
    de="Zielwert „{target}“: {fault}",
    en="Target “{target}”: {fault}",
    by_plan=True,
)
def impossible_value(case: Case) -> Iterator[Finding]:
    """Werte sind möglich und stehen in der Einheit der Kennzahl

    Ein Anteil liegt zwischen 0 und 100 %, eine Anzahl nicht unter 0; der Steckbrief kann andere Grenzen nennen
    („minimum“, „maximum“). Ein Abstand ist höchstens so groß wie die ganze Spanne. Ausgangs- und Zielwert gelten
    für dieselbe Art von Zeitraum, und 82 Prozent stehen als 82, nicht als 0.82.

    English:
        Values are possible and in the indicator's unit

        A share lies between 0 and 100 %, a count not below 0; the sheet may name other bounds (“minimum”, “maximum”).
        A gap is at most as wide as the whole range. Baseline and target speak of the same kind of period, and 82 per
        cent is written 82, not 0.82.

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
                target: {period: 2028, value: 190.0}  # <- target.out-of-bounds

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
        if sheet is None:
            continue
        for path, fault in _impossible(case, target, sheet):
            yield Finding(target.at(*path), {"target": target.id, "fault": fault})


Path = tuple[str | int, ...]


def _impossible(case: Case, target: TargetFields, sheet: Indicator) -> Iterator[tuple[Path, Text]]:
    for path, number in _numbers(target):
        if fault := _outside(sheet, number, isinstance(target, Gap)):
            yield path, fault
    if isinstance(target, Change):
        yield from _fractions(case, target, sheet)
    if isinstance(target, Change | Gap):
        yield from _other_periods(target)
    if isinstance(target, Maintain) and target.lower is not None and target.upper is not None:
        yield from _crossed(target.lower, target.upper, sheet)


def _numbers(target: TargetFields) -> Iterator[tuple[Path, Decimal]]:
    for path, point in _points(target):
        yield (*path, "value"), point.value
    if isinstance(target, Maintain):
        bounds: tuple[tuple[str, Decimal | None], ...] = (("lower", target.lower), ("upper", target.upper))
        for key, bound in bounds:
            if bound is not None:
                yield (key,), bound


def _points(target: TargetFields) -> Iterator[tuple[Path, Point]]:
    for key in ("baseline", "target"):
        point = getattr(target, key, None)
        if isinstance(point, Point):
            yield (key,), point
    if isinstance(target, Change | Gap):
        yield from ((("path", i), point) for i, point in enumerate(target.path))


def _outside(sheet: Indicator, number: Decimal, gap: bool) -> Text | None:
    low, high = sheet.lowest, sheet.highest
    if gap:
        low, high = (-Decimal("Infinity"), None) if high is None else (low - high, high - low)
    if number < low:
        said, least = value(sheet, number), value(sheet, low)
        return Text(
            f"{said.de} ist nicht möglich, „{name(sheet)}“ beginnt bei {least.de}.",
            f"{said.en} is impossible, “{name(sheet)}” begins at {least.en}.",
        )
    if high is not None and number > high:
        said, most = value(sheet, number), value(sheet, high)
        return Text(
            f"{said.de} ist nicht möglich, „{name(sheet)}“ endet bei {most.de}.",
            f"{said.en} is impossible, “{name(sheet)}” ends at {most.en}.",
        )
    return None


def _fractions(case: Case, target: Change, sheet: Indicator) -> Iterator[tuple[Path, Text]]:
    """A baseline that is the observed value as a fraction of one."""
    start = target.baseline
    if start is None or sheet.factor == 1 or not 0 < start.value <= 1:
        return
    seen = next((f.value for f in series_of(case, target) if f.period == start.period), None)
    meant = start.value * sheet.factor
    if seen is not None and abs(seen - meant) < abs(seen - start.value) and abs(seen - meant) <= seen / 20:
        wrong, right = value(sheet, start.value), value(sheet, meant)
        yield (
            ("baseline", "value"),
            Text(
                f"{wrong.de} steht als Anteil von 1. Schreiben Sie den Wert in der Einheit der Kennzahl: {right.de}.",
                f"{wrong.en} is a fraction of 1. Write the value in the indicator's unit: {right.en}.",
            ),
        )


def _other_periods(target: Moving) -> Iterator[tuple[Path, Text]]:
    start, end = target.baseline, target.target
    if start and end and start.period.kind is not end.period.kind:
        yield (
            ("target", "period"),
            Text(
                f"{start.period} und {end.period} sind verschiedene Arten von Zeiträumen. Schreiben Sie beide gleich.",
                f"{start.period} and {end.period} are different kinds of periods. Write both alike.",
            ),
        )


def _crossed(lower: Decimal, upper: Decimal, sheet: Indicator) -> Iterator[tuple[Path, Text]]:
    if lower > upper:
        low, high = value(sheet, lower), value(sheet, upper)
        yield (
            ("lower",),
            Text(
                f"Die Untergrenze {low.de} liegt über der Obergrenze {high.de}. Vertauschen Sie die beiden.",
                f"the lower bound {low.en} is above the upper bound {high.en}. Swap them.",
            ),
        )
