"""Rules on what a target must say of itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from sozplan.diagnostics import Severity, Text, text
from sozplan.model.case import Case
from sozplan.model.strategy import Goal
from sozplan.model.targets import Change, Corridor, Gap, Maintain, Milestone, Milestones, TargetFields
from sozplan.model.terms import GoalLevel
from sozplan.rules.rule import Finding, rule
from sozplan.rules.target.living import AnyGoal, goals, plain, targets

OWNER = text(de="verantwortliche Stelle (owner)", en="responsible office (owner)")
TARGETS = text(de="mindestens ein Zielwert (targets)", en="at least one target (targets)")
BASELINE = text(de="Ausgangswert (baseline)", en="baseline (baseline)")
TARGET = text(de="Zielwert mit Zeitpunkt (target)", en="target value with its period (target)")
LOWER = text(de="Untergrenze (lower)", en="lower bound (lower)")
UPPER = text(de="Obergrenze (upper)", en="upper bound (upper)")
BOUND = text(de="Unter- oder Obergrenze (lower, upper)", en="lower or upper bound (lower, upper)")
UNTIL = text(de="Frist (until)", en="deadline (until)")


@rule(
    "target.not-smart",
    Severity.ERROR,
    softens=True,
    de="„{entity}“ lässt sich nicht überprüfen. Es fehlt: {missing}.",
    en="“{entity}” can't be verified. Missing: {missing}.",
    by_plan=True,
)
def target_not_verifiable(case: Case) -> Iterator[Finding]:
    """Handlungsziele sind überprüfbar

    Ein Handlungsziel nennt, wer es vertritt und woran es gemessen wird: Kennzahl, Ausgangswert, Zielwert und Frist;
    beim Erhalt eine Grenze, beim Korridor beide, und bis wann. Sonst kann später niemand sagen, ob es erreicht ist.

    English:
        Action goals can be verified

        An action goal says who stands for it and what it is measured by: indicator, baseline, target value and
        deadline; a bound where something is maintained, both for a corridor, and until when. Otherwise nobody can
        say later whether it was reached.

    Bad:
        # plans/areas/hafen.yaml
        goals:
          - id: hafen-g1
            statement: Neun von zehn Kindern im Hafen besuchen eine Kita.
            serves: frueh-foerdern
            needs: [hafen-n1]
            owner: amt-51
            targets:
              - id: hafen-g1-t1  # <- target.not-smart
                indicator: kita-quote
                kind: change
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
    for goal in goals(case):
        if isinstance(goal, Goal) and goal.level is not GoalLevel.ACTION:
            continue
        if missing := _goal_lacks(goal):
            yield Finding(goal.at(), {"entity": goal.id, "missing": _listed(missing)})
        for target in goal.targets:
            if missing := _target_lacks(target):
                yield Finding(target.at(), {"entity": target.id, "missing": _listed(missing)})


def _goal_lacks(goal: AnyGoal) -> list[Text]:
    return [*([] if goal.owner else [OWNER]), *([] if goal.targets else [TARGETS])]


def _target_lacks(target: TargetFields) -> list[Text]:
    match target:
        case Change() | Gap():
            return [name for name, there in ((BASELINE, target.baseline), (TARGET, target.target)) if there is None]
        case Maintain():
            return _bounds_lacking(target) + ([] if target.until else [UNTIL])
    return []


def _bounds_lacking(target: Maintain) -> list[Text]:
    if isinstance(target, Corridor):
        return [name for name, bound in ((LOWER, target.lower), (UPPER, target.upper)) if bound is None]
    return [BOUND] if target.lower is None and target.upper is None else []


def _listed(missing: Sequence[Text]) -> Text:
    return Text("; ".join(each.de for each in missing), "; ".join(each.en for each in missing))


@rule(
    "target.weights",
    Severity.ERROR,
    softens=True,
    de="Gewichte in „{entity}“: {fault}",
    en="Weights in “{entity}”: {fault}",
    by_plan=True,
)
def weights_not_100(case: Case) -> Iterator[Finding]:
    """Gewichte ergeben zusammen 100

    Gewichte sind Anteile in Prozent. Sobald ein Zielwert eines Ziels oder ein Meilenstein eines Meilensteinziels
    eines hat, haben alle eines, keines ist negativ, und zusammen ergeben sie 100. Wer keine angibt, gewichtet gleich.

    English:
        Weights add up to 100

        Weights are shares in per cent. As soon as one target of a goal or one milestone of a milestone target has one,
        all have, none is negative, and together they are 100. Without any, all count the same.

    Bad:
        # plans/areas/hafen.yaml
        goals:
          - id: hafen-g1
            statement: Neun von zehn Kindern im Hafen besuchen eine Kita.
            serves: frueh-foerdern
            needs: [hafen-n1]
            owner: amt-51
            targets:  # <- target.weights
              - id: hafen-g1-t1
                indicator: kita-quote
                kind: change
                weight: 70
                baseline: {period: 2024, value: 82.0}
                target: {period: 2028, value: 90.0}
              - id: hafen-g1-t2
                kind: milestones
                weight: 20
                milestones:
                  - {id: hafen-g1-t2-ms1, title: Anmeldung in fünf Sprachen, due: 2027-06-30}

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
                weight: 70
                baseline: {period: 2024, value: 82.0}
                target: {period: 2028, value: 90.0}
              - id: hafen-g1-t2
                kind: milestones
                weight: 30
                milestones:
                  - {id: hafen-g1-t2-ms1, title: Anmeldung in fünf Sprachen, due: 2027-06-30}
    """
    for goal in goals(case):
        yield from _weight_faults(goal, "targets", goal.targets)
    for target in targets(case):
        if isinstance(target, Milestones):
            yield from _weight_faults(target, "milestones", target.milestones)


def _weight_faults(
    of: AnyGoal | Milestones, key: str, weighted: Sequence[TargetFields] | Sequence[Milestone]
) -> Iterator[Finding]:
    given = [each.weight for each in weighted if each.weight is not None]
    negative = [each for each in weighted if each.weight is not None and each.weight < 0]
    for each in negative:
        weight = plain(each.weight or Decimal(0))
        fault = Text(
            f"Das Gewicht {weight.de} von „{each.id}“ ist negativ. Erlaubt sind 0 bis 100.",
            f"the weight {weight.en} of “{each.id}” is negative. Write 0 to 100.",
        )
        yield Finding(each.at("weight"), {"entity": of.id, "fault": fault})
    if negative or not given:
        return
    if bare := [each.id for each in weighted if each.weight is None]:
        yield Finding(of.at(key), {"entity": of.id, "fault": _unweighted(bare)})
    elif sum(given) != 100:
        yield Finding(of.at(key), {"entity": of.id, "fault": _sum_of(sum(given, Decimal(0)))})


def _unweighted(ids: Sequence[str]) -> Text:
    return Text(
        f"Es fehlt das Gewicht von {', '.join(f'„{id}“' for id in ids)}. Geben Sie alle an oder keines.",
        f"the weight of {', '.join(f'“{id}”' for id in ids)} is missing. Give all or none.",
    )


def _sum_of(whole: Decimal) -> Text:
    said = plain(whole)
    return Text(f"Zusammen ergeben sie {said.de} statt 100.", f"together they are {said.en} instead of 100.")
