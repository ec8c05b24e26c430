"""Rules on where a target leads."""

from __future__ import annotations

from collections.abc import Iterator

from sozplan.diagnostics import Severity, Text
from sozplan.model.case import Case
from sozplan.model.figures import reference_date
from sozplan.model.indicators import Indicator
from sozplan.model.targets import Change, Gap, Maintain, TargetFields
from sozplan.model.terms import Direction
from sozplan.rules.rule import Finding, rule
from sozplan.rules.target.living import Moving, leads_away, moving, name, sheet_of, targets, value


@rule(
    "target.wrong-direction",
    Severity.ERROR,
    softens=True,
    de="Zielwert „{target}“: {fault}; bei „{indicator}“ gilt aber: {direction}. Prüfen Sie Werte und Steckbrief.",
    en="Target “{target}”: {fault}; but for “{indicator}” {direction}. Check the values and the sheet.",
    by_plan=True,
)
def target_against_direction(case: Case) -> Iterator[Finding]:
    """Zielwerte gehen in die Richtung, die besser ist

    Der Steckbrief sagt, ob höher oder niedriger besser ist. Ein Zielwert auf der falschen Seite des Ausgangswerts
    oder eine Grenze auf der falschen Seite würde eine Verschlechterung als Erfolg ausweisen.

    English:
        Targets move to the better

        The sheet says whether higher or lower is better. A target on the wrong side of its baseline, or a bound on
        the wrong side, would show a change for the worse as a success.

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
                target: {period: 2028, value: 79.0}  # <- target.wrong-direction

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
        if sheet is None or sheet.direction not in (Direction.HIGHER, Direction.LOWER):
            continue
        up = sheet.direction is Direction.HIGHER
        if fault := _against(target, sheet, up):
            place = target.at("target") if isinstance(target, Change | Gap) else target.at("upper" if up else "lower")
            yield Finding(
                place,
                {"target": target.id, "fault": fault, "indicator": name(sheet), "direction": sheet.direction.label},
            )


def _against(target: TargetFields, sheet: Indicator, up: bool) -> Text | None:
    if isinstance(target, Change | Gap):
        return _away(target, sheet)
    if type(target) is Maintain and up and target.lower is None and target.upper is not None:
        return Text("Es ist nur eine Obergrenze gesetzt", "only an upper bound is set")
    if type(target) is Maintain and not up and target.upper is None and target.lower is not None:
        return Text("Es ist nur eine Untergrenze gesetzt", "only a lower bound is set")
    return None


def _away(target: Moving, sheet: Indicator) -> Text | None:
    start, end = target.baseline, target.target
    if start is None or end is None or not leads_away(sheet, start, end):
        return None
    here, there = value(sheet, start.value), value(sheet, end.value)
    return Text(f"Er führt von {here.de} nach {there.de}", f"it leads from {here.en} to {there.en}")


@rule(
    "target.no-change",
    Severity.ERROR,
    softens=True,
    de="Zielwert „{target}“ ist gleich dem Ausgangswert ({value}). Soll der Stand gehalten werden, schreiben Sie"
    " „kind: maintain“ mit „lower“ oder „upper“.",
    en="Target “{target}” equals its baseline ({value}). To keep a level, write “kind: maintain” with “lower” or"
    " “upper”.",
    by_plan=True,
)
def target_equal_to_baseline(case: Case) -> Iterator[Finding]:
    """Eine Veränderung verändert etwas

    Sind Ausgangs- und Zielwert gleich, gibt es keinen Weg, auf dem ein Prozentsatz zu messen wäre. Soll ein Stand
    gehalten werden, ist das ein Erhalt mit Grenze und Toleranz.

    English:
        A change changes something

        If baseline and target are equal there is no way along which a percentage could be measured. Keeping a level
        is a target of the kind maintain, with a bound and a tolerance.

    Bad:
        # plans/areas/hafen.yaml
        goals:
          - id: hafen-g1
            statement: Die Kita-Quote im Hafen bleibt hoch.
            serves: frueh-foerdern
            needs: [hafen-n1]
            owner: amt-51
            targets:
              - id: hafen-g1-t1
                indicator: kita-quote
                kind: change
                baseline: {period: 2024, value: 82.0}
                target: {period: 2028, value: 82.0}  # <- target.no-change

    Good:
        # plans/areas/hafen.yaml
        goals:
          - id: hafen-g1
            statement: Die Kita-Quote im Hafen bleibt hoch.
            serves: frueh-foerdern
            needs: [hafen-n1]
            owner: amt-51
            targets:
              - id: hafen-g1-t1
                indicator: kita-quote
                kind: maintain
                lower: 82.0
                tolerance: 4.0
                until: 2028
    """
    for target, sheet in moving(case):
        start, end = target.baseline, target.target
        if start and end and start.value == end.value:
            yield Finding(target.at("target"), {"target": target.id, "value": value(sheet, end.value)})


@rule(
    "target.path-not-monotone",
    Severity.WARNING,
    de="Zielwert „{target}“: Der Zwischenwert {value} für {period} liegt nicht zwischen dem Wert davor ({before}) und"
    " dem Zielwert ({end}). Der Weg soll ohne Umkehr zum Zielwert führen.",
    en="Target “{target}”: the value {value} for {period} on the way isn't between the one before ({before}) and the"
    " target ({end}). The way should lead to the target without turning back.",
    by_plan=True,
)
def path_turning_back(case: Case) -> Iterator[Finding]:
    """Zwischenwerte führen ohne Umkehr zum Zielwert

    Am Weg vom Ausgangs- zum Zielwert wird gemessen, was zu einem Zeitpunkt zu erwarten ist. Ein Zwischenwert, der
    zurückfällt oder über das Ziel hinausgeht, ließe einen Rückschritt als planmäßig erscheinen.

    English:
        Values on the way lead to the target without turning back

        What is expected at a time is measured along the way from baseline to target. A value that falls back or goes
        beyond the target would make a step back look as planned.

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
                target: {period: 2028, value: 90.0}
                path:
                  - {period: 2026, value: 88.0}
                  - {period: 2027, value: 86.0}  # <- target.path-not-monotone

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
                path:
                  - {period: 2026, value: 85.0}
                  - {period: 2027, value: 87.5}
    """
    for target, sheet in moving(case):
        if target.baseline is None or target.target is None or target.baseline.value == target.target.value:
            continue  # `target.no-change` says that there is no way to go
        before, end = target.baseline.value, target.target.value
        steps = sorted(enumerate(target.path), key=lambda step: reference_date(sheet, step[1].period))
        for i, point in steps:
            if not min(before, end) <= point.value <= max(before, end):
                yield Finding(
                    target.at("path", i, "value"),
                    {
                        "target": target.id,
                        "value": value(sheet, point.value),
                        "period": str(point.period),
                        "before": value(sheet, before),
                        "end": value(sheet, end),
                    },
                )
            before = point.value
