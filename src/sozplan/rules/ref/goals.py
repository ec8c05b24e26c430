"""Rules of the golden thread from need to goal to measure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sozplan.diagnostics import Severity, Text, text
from sozplan.model.areas import AreaGoal
from sozplan.model.case import Case
from sozplan.model.plan import Plan
from sozplan.model.strategy import Goal
from sozplan.model.terms import GoalLevel, Status
from sozplan.rules.rule import Finding, rule, status


@rule(
    "ref.goal-tree",
    Severity.ERROR,
    de="Ziel „{goal}“: {fault}",
    en="Goal “{goal}”: {fault}",
    softens=True,
)
def goal_off_the_tree(case: Case) -> Iterator[Finding]:
    """Ziele bilden einen Baum aus Leitziel, Mittlerziel und Handlungsziel

    Nur im Baum lässt sich sagen, was ein Handlungsziel im Stadtteil für das Leitziel bewirkt.
    Jedes Ziel unter den Leitzielen hat genau ein Oberziel, und zwar der nächsthöheren Ebene;
    weitere Ziele, denen es nützt, stehen unter „also_serves“.
    Ein Handlungsziel eines Gebiets dient einem Mittlerziel oder, wo es keines gibt, dem Leitziel.

    English:
        Goals form a tree of guiding, intermediate and action goals

        Only in a tree can one say what an action goal in a quarter does for the guiding goal.
        Each goal below the guiding ones has exactly one parent, of the next level up;
        further goals that it helps stand under “also_serves”.
        An action goal of an area serves an intermediate goal or, where there is none, the guiding goal.

    Bad:
        # plans/strategy.yaml
        goals:
          - {id: gute-bildung, level: guiding, statement: Jedes Kind hat gute Bildungschancen.}
          - id: frueh-foerdern
            level: intermediate
            parent: sprache-foerdern  # <- ref.goal-tree
            statement: Kinder werden früh gefördert.
          - id: sprache-foerdern
            level: intermediate
            parent: frueh-foerdern
            statement: Kinder sprechen bei der Einschulung altersgemäß Deutsch.

    Good:
        # plans/strategy.yaml
        goals:
          - {id: gute-bildung, level: guiding, statement: Jedes Kind hat gute Bildungschancen.}
          - id: frueh-foerdern
            level: intermediate
            parent: gute-bildung
            statement: Kinder werden früh gefördert.
    """
    plan = case.plan
    circling: set[str] = set()
    for cycle in _cycles(plan):
        circling.update(cycle)
        first = plan.find(cycle[0], Goal)
        assert first is not None  # noqa: S101 -- cycles are made of goals
        around = " → ".join((*cycle, cycle[0]))
        yield Finding(first.at("parent"), {"goal": first.id, "fault": _circle(around)}, Severity.ERROR)
    for goal in plan.goals:
        if goal.id not in circling and (fault := _level_fault(goal, plan)) is not None:
            yield Finding(goal.at("parent" if goal.parent else "level"), {"goal": goal.id, "fault": fault})
    for area_goal in plan.area_goals:
        if (fault := _service_fault(area_goal, plan)) is not None:
            yield Finding(area_goal.at("serves"), {"goal": area_goal.id, "fault": fault})


def _cycles(plan: Plan) -> Iterator[list[str]]:
    """Each cycle of parents once, from its first goal in the order of the files."""
    parents = {goal.id: goal.parent for goal in plan.goals}
    done: set[str] = set()
    for start in parents:
        path: dict[str, None] = {}
        at: str | None = start
        while at is not None and at in parents and at not in done and at not in path:
            path[at] = None
            at = parents[at]
        if at in path:
            members = list(path)[list(path).index(at):]  # fmt: skip
            yield _from_first(members, parents)
        done.update(path)


def _from_first(members: list[str], order: Iterable[str]) -> list[str]:
    inside = set(members)
    start = members.index(next(id for id in order if id in inside))
    return members[start:] + members[:start]


def _circle(around: str) -> Text:
    return text(
        de=f"Die Oberziele laufen im Kreis ({around}). Geben Sie einem davon ein Oberziel außerhalb des Kreises.",
        en=f"The parents run in a circle ({around}). Give one of them a parent outside the circle.",
    )


_ABOVE = {GoalLevel.INTERMEDIATE: GoalLevel.GUIDING, GoalLevel.ACTION: GoalLevel.INTERMEDIATE}


def _level_fault(goal: Goal, plan: Plan) -> Text | None:
    above = _ABOVE.get(goal.level)
    if above is None:
        return _TOP if goal.parent else None
    if goal.parent is None:
        return text(
            de=f"Ein {goal.level.label.de} braucht ein Oberziel. Nennen Sie unter „parent“ ein {above.label.de}.",
            en=f"An {goal.level.label.en} needs a parent. Name one of the level “{above.label.en}” under “parent”.",
        )
    parent = plan.find(goal.parent, Goal)
    if parent is None or parent.level is above:
        return None
    return text(
        de=f"Das Oberziel „{parent.id}“ ist ein {parent.level.label.de}, "
        f"über einem {goal.level.label.de} steht aber ein {above.label.de}.",
        en=f"Its parent “{parent.id}” is on the level “{parent.level.label.en}”, "
        f"but the level above “{goal.level.label.en}” is “{above.label.en}”.",
    )


_TOP = text(
    de="Ein Leitziel hat kein Oberziel. Löschen Sie „parent“, oder ändern Sie die Ebene.",
    en="A guiding goal has no parent. Delete “parent”, or change the level.",
)
_UNSERVING = text(
    de="Es fehlt, welchem strategischen Ziel es dient. Nennen Sie unter „serves“ ein Mittlerziel oder Leitziel.",
    en="It doesn't say which strategic goal it serves. Name an intermediate or guiding goal under “serves”.",
)


def _service_fault(goal: AreaGoal, plan: Plan) -> Text | None:
    if goal.serves is None:
        return _UNSERVING
    served = plan.find(goal.serves, Goal)
    if served is None or served.level is not GoalLevel.ACTION:
        return None
    return text(
        de=f"Es dient „{served.id}“, das selbst ein Handlungsziel ist. Nennen Sie dessen Mittlerziel.",
        en=f"It serves “{served.id}”, which is an action goal itself. Name the intermediate goal above that.",
    )


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
        if goal.id not in served and status(plan, goal.at()) is not Status.ENDED:
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

    Good:
        # plans/areas/hafen.yaml
        measures:
          - id: hafen-m1
            title: Kita-Lotsen im Hafentreff
            goals: [hafen-g1]
            commitment: intended
            budget_reservation: false
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
        if is_open and status(case.plan, need.at()) is Status.RESOLVED:
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
        if not goal.needs and status(case.plan, goal.at()) is not Status.ENDED:
            yield Finding(goal.at("needs") if "needs" in goal.origin.keys else goal.at("id"), {"goal": goal.id})


RULES = (
    goal_off_the_tree,
    goal_without_measures,
    measure_without_goal,
    need_without_goal,
    goal_without_need,
)
