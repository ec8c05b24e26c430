"""Rules on several targets side by side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import combinations

from sozplan.analysis.subject import comparison, place_of
from sozplan.diagnostics import Severity, Text
from sozplan.model.case import Case
from sozplan.model.indicators import Indicator
from sozplan.model.periods import Period
from sozplan.model.strategy import Goal
from sozplan.model.targets import Change, Gap, Maintain, TargetFields
from sozplan.model.terms import GoalLevel, Steerability
from sozplan.rules.rule import Finding, rule
from sozplan.rules.target.living import AnyGoal, goals, name, sheet_of, targets, value

Range = tuple[Decimal | None, Decimal | None]
Subject = tuple[str, str | None, str | None, Period]
"""Indicator, area, what a gap is measured to, period."""


@rule(
    "target.conflict",
    Severity.ERROR,
    softens=True,
    de="Zielwert „{target}“ widerspricht „{other}“: Für „{indicator}“ in „{area}“ zum Zeitpunkt {period} verlangt"
    " der eine {value}, der andere {other_value}. Einigen Sie sich auf einen Wert.",
    en="Target “{target}” contradicts “{other}”: for “{indicator}” in “{area}” at {period} one demands {value}, the"
    " other {other_value}. Agree on one value.",
)
def contradicting_targets(case: Case) -> Iterator[Finding]:
    """Zielwerte widersprechen sich nicht

    Zwei Zielwerte für dieselbe Kennzahl, dasselbe Gebiet und denselben Zeitpunkt, die nicht zugleich gelten können,
    lassen offen, was beschlossen ist. Auch ein Zielwert außerhalb eines Korridors, der zur selben Zeit gilt, ist ein
    Widerspruch. Beendete Pläne zählen nicht mit.

    English:
        Targets don't contradict each other

        Two targets for the same indicator, area and period that can't both hold leave open what was decided. A target
        outside a corridor that holds at the same time contradicts it too. Ended plans don't count.

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
              - id: hafen-g1-t2  # <- target.conflict
                indicator: kita-quote
                kind: change
                baseline: {period: 2024, value: 82.0}
                target: {period: 2028, value: 92.0}

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
              - id: hafen-g1-t2
                indicator: kita-quote
                kind: change
                area: bezirk-02
                baseline: {period: 2024, value: 81.2}
                target: {period: 2028, value: 90.0}
    """
    same: dict[Subject, list[tuple[TargetFields, Range]]] = {}
    for target in targets(case):
        for subject, demand in _demands(case, target):
            same.setdefault(subject, []).append((target, demand))
    for subject, demands in same.items():
        for (other, first), (target, second) in combinations(demands, 2):
            sheet = sheet_of(case, target)
            if sheet is not None and not _overlap(first, second):
                yield Finding(
                    target.at(),
                    {
                        "target": target.id,
                        "other": other.id,
                        "indicator": name(sheet),
                        "area": subject[1],
                        "period": str(subject[3]),
                        "value": _said(sheet, second),
                        "other_value": _said(sheet, first),
                    },
                )


def _demands(case: Case, target: TargetFields) -> Iterator[tuple[Subject, Range]]:
    """What the target wants to see, and when; a single value is a range of one."""
    area = place_of(case, target)
    match target:
        case Change() if target.target is not None:
            yield (target.indicator, area, None, target.target.period), (target.target.value, target.target.value)
        case Gap() if target.target is not None:
            to = comparison(case, target)
            yield (target.indicator, area, to, target.target.period), (target.target.value, target.target.value)
        case Maintain() if target.until is not None:
            yield (target.indicator, area, None, target.until), (target.lower, target.upper)


def _overlap(one: Range, other: Range) -> bool:
    return _reaches(one[0], other[1]) and _reaches(other[0], one[1])


def _reaches(lower: Decimal | None, upper: Decimal | None) -> bool:
    return lower is None or upper is None or lower <= upper


def _said(sheet: Indicator, demand: Range) -> Text:
    lower, upper = (None if bound is None else value(sheet, bound) for bound in demand)
    if lower is None or upper is None:
        bound = lower or upper or Text("", "")
        return Text(f"mindestens {bound.de}", f"at least {bound.en}") if lower else _at_most(bound)
    if demand[0] == demand[1]:
        return lower
    return Text(f"{lower.de} bis {upper.de}", f"{lower.en} to {upper.en}")


def _at_most(bound: Text) -> Text:
    return Text(f"höchstens {bound.de}", f"at most {bound.en}")


@rule(
    "target.not-steerable",
    Severity.WARNING,
    de="Ziel „{goal}“ wird nur an Kennzahlen gemessen, die die Kommune nicht steuern kann ({indicators}). Ergänzen"
    " Sie eine steuerbare Kennzahl oder Meilensteine.",
    en="Goal “{goal}” is measured only by indicators that the municipality can't steer ({indicators}). Add a"
    " steerable indicator or milestones.",
    by_plan=True,
)
def goal_beyond_control(case: Case) -> Iterator[Finding]:
    """Handlungsziele werden auch an Steuerbarem gemessen

    Was vor allem von Bundesrecht oder Konjunktur abhängt, gehört zum Bild, aber ein Handlungsziel, das nur daran
    gemessen wird, lobt oder tadelt die Verwaltung für das Wetter.

    English:
        Action goals are measured by something steerable too

        What depends mostly on federal law or the economy belongs to the picture, but an action goal measured by that
        alone praises or blames the administration for the weather.

    Bad:
        # plans/areas/hafen.yaml
        goals:
          - id: hafen-g1  # <- target.not-steerable
            statement: Im Hafen leben weniger Kinder in Armut.
            serves: frueh-foerdern
            needs: [hafen-n1]
            owner: amt-51
            targets:
              - id: hafen-g1-t1
                indicator: kinderarmut
                kind: change
                baseline: {period: 2024, value: 31.5}
                target: {period: 2028, value: 29.0}

    Good:
        # plans/areas/hafen.yaml
        goals:
          - id: hafen-g1
            statement: Im Hafen leben weniger Kinder in Armut, und mehr besuchen eine Kita.
            serves: frueh-foerdern
            needs: [hafen-n1]
            owner: amt-51
            targets:
              - id: hafen-g1-t1
                indicator: kinderarmut
                kind: change
                baseline: {period: 2024, value: 31.5}
                target: {period: 2028, value: 29.0}
              - id: hafen-g1-t2
                indicator: kita-quote
                kind: change
                baseline: {period: 2024, value: 82.0}
                target: {period: 2028, value: 90.0}
    """
    for goal in goals(case):
        sheets = [sheet_of(case, target) for target in goal.targets]
        beyond = [s for s in sheets if s is not None and s.steerability is Steerability.NONE]
        if _is_action(goal) and beyond and len(beyond) == len(sheets):
            yield Finding(goal.at(), {"goal": goal.id, "indicators": _names(beyond)})


def _is_action(goal: AnyGoal) -> bool:
    return not isinstance(goal, Goal) or goal.level is GoalLevel.ACTION


def _names(sheets: Sequence[Indicator]) -> str:
    return ", ".join(dict.fromkeys(name(sheet) for sheet in sheets))
