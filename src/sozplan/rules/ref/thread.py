"""Rules of the golden thread from need to goal to measure."""

from __future__ import annotations

from collections.abc import Iterator

from sozplan.diagnostics import Severity
from sozplan.model.areas import AreaGoal
from sozplan.model.case import Case
from sozplan.model.plan import Plan
from sozplan.model.strategy import Goal
from sozplan.model.terms import Status
from sozplan.rules.rule import Finding, rule, status_of


@rule(
    "ref.goal-empty",
    Severity.WARNING,
    de="Ziel „{goal}“: Es gibt weder ein Unterziel noch eine Maßnahme dazu. "
    "Ordnen Sie ihm etwas zu, oder beenden Sie es.",
    en="Goal “{goal}”: there is neither a goal below it nor a measure for it. Give it one, or end it.",
)
def goal_without_measures(case: Case) -> Iterator[Finding]:
    """Zu jedem Ziel wird etwas getan

    Ein Ziel ohne Unterziele und Maßnahmen ist eine Absicht, über die niemand berichten kann.

    English:
        Something is done for each goal

        A goal without goals below it or measures is an intention that nobody can report on.

    Bad:
        # plans/strategy.yaml
        goals:
          - {id: gute-bildung, level: guiding, statement: Jedes Kind hat gute Bildungschancen.}
          - {id: frueh-foerdern, level: intermediate, parent: gute-bildung, statement: Kinder werden früh gefördert.}
          - id: gesund-aufwachsen  # <- ref.goal-empty
            level: guiding
            statement: Jedes Kind wächst gesund auf.

    Good:
        # plans/strategy.yaml
        goals:
          - {id: gute-bildung, level: guiding, statement: Jedes Kind hat gute Bildungschancen.}
          - {id: frueh-foerdern, level: intermediate, parent: gute-bildung, statement: Kinder werden früh gefördert.}
    """
    plan = case.plan
    served = _served(plan)
    # An unreadable file may hold what serves a strategic goal; an area goal's measures stand beside it.
    goals: tuple[Goal | AreaGoal, ...] = plan.area_goals if plan.muted else (*plan.goals, *plan.area_goals)
    for goal in goals:
        if goal.id not in served and status_of(plan, goal) is not Status.ENDED:
            yield Finding(goal.at("id"), {"goal": goal.id})


def _served(plan: Plan) -> set[str]:
    """The goals to which another goal or a measure contributes."""
    served: set[str] = set()
    for goal in plan.goals:
        served.update((goal.parent or "", *goal.also_serves))
    for area_goal in plan.area_goals:
        served.update((area_goal.serves or "", *area_goal.also_serves))
    for measure in plan.measures:
        served.update(measure.goals)
    return served


@rule(
    "ref.measure-goal",
    Severity.ERROR,
    de="Maßnahme „{measure}“ dient keinem Ziel. Nennen Sie unter „goals“ mindestens eines.",
    en="Measure “{measure}” serves no goal. Name at least one under “goals”.",
    softens=True,
)
def measure_without_goal(case: Case) -> Iterator[Finding]:
    """Jede Maßnahme dient mindestens einem Ziel

    Ohne Ziel ist nicht zu sagen, wofür das Geld ausgegeben wird und woran man den Erfolg erkennt.

    English:
        Each measure serves at least one goal

        Without a goal nobody can say what the money is spent for and how success would show.

    Bad:
        # plans/areas/hafen.yaml
        measures:
          - id: hafen-m1
            title: Kita-Lotsen im Hafentreff
            goals: []  # <- ref.measure-goal
            commitment: intended
            budget_reservation: false
            responsible: amt-51
            executing: [hafentreff-ev]

    Good:
        # plans/areas/hafen.yaml
        measures:
          - id: hafen-m1
            title: Kita-Lotsen im Hafentreff
            goals: [hafen-g1]
            commitment: intended
            budget_reservation: false
            responsible: amt-51
            executing: [hafentreff-ev]
    """
    for measure in case.plan.measures:
        if not measure.goals:
            yield Finding(measure.at("goals"), {"measure": measure.id})


@rule(
    "ref.need-open",
    Severity.WARNING,
    de="Bedarf „{need}“ ist beschlossen, aber kein Ziel nimmt ihn auf. "
    "Nennen Sie ihn bei einem Ziel unter „needs“, oder begründen Sie unter „deferred“, warum er zurückgestellt ist.",
    en="Need “{need}” is resolved, but no goal takes it up. "
    "Name it under “needs” of a goal, or say under “deferred” why it is put off.",
)
def need_without_goal(case: Case) -> Iterator[Finding]:
    """Aus jedem beschlossenen Bedarf folgt ein Ziel oder eine Begründung

    Wer einen Bedarf anerkennt und nichts daraus folgen lässt, schuldet den Betroffenen den Grund.

    English:
        From each resolved need a goal follows, or a reason

        Whoever recognises a need and lets nothing follow owes the reason to those concerned.

    Bad:
        # plans/areas/hafen.yaml
        needs:
          - {id: hafen-n1, statement: Im Hafen besuchen weniger Kinder eine Kita als in der übrigen Stadt.}
          - id: hafen-n2  # <- ref.need-open
            statement: Am Wochenende fehlen Treffpunkte.

    Good:
        # plans/areas/hafen.yaml
        needs:
          - {id: hafen-n1, statement: Im Hafen besuchen weniger Kinder eine Kita als in der übrigen Stadt.}
          - id: hafen-n2
            statement: Am Wochenende fehlen Treffpunkte.
            deferred: Der Neubau der Sporthalle wird abgewartet.
    """
    taken_up = {need for goal in case.plan.area_goals for need in goal.needs}
    for need in case.plan.needs:
        is_open = need.id not in taken_up and need.deferred is None
        if is_open and status_of(case.plan, need) is Status.RESOLVED:
            yield Finding(need.at("id"), {"need": need.id})


@rule(
    "ref.goal-needless",
    Severity.WARNING,
    de="Handlungsziel „{goal}“ folgt aus keinem Bedarf. Nennen Sie unter „needs“ mindestens einen.",
    en="Area goal “{goal}” follows from no need. Name at least one under “needs”.",
)
def goal_without_need(case: Case) -> Iterator[Finding]:
    """Jedes Handlungsziel eines Gebiets folgt aus einem Bedarf

    Ein Ziel ohne belegten Bedarf lässt sich im Rat nicht begründen und verdrängt andere.

    English:
        Each goal of an area follows from a need

        A goal without a proven need can't be justified before the council and pushes out others.

    Bad:
        # plans/areas/hafen.yaml
        needs: []
        goals:
          - id: hafen-g1  # <- ref.goal-needless
            statement: Neun von zehn Kindern im Hafen besuchen eine Kita.
            serves: frueh-foerdern
            owner: amt-51
            targets:
              - id: hafen-g1-t1
                indicator: kita-quote
                kind: change
                baseline: {period: 2024, value: 82.0}
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
    for goal in case.plan.area_goals:
        if not goal.needs and status_of(case.plan, goal) is not Status.ENDED:
            yield Finding(goal.at("needs") if "needs" in goal.origin.keys else goal.at("id"), {"goal": goal.id})


RULES = (goal_without_measures, measure_without_goal, need_without_goal, goal_without_need)
