"""The rule that goals form a tree of three levels."""

from __future__ import annotations

from collections.abc import Iterator

from sozplan.diagnostics import Severity, Text, text
from sozplan.model.areas import AreaGoal
from sozplan.model.case import Case
from sozplan.model.plan import Plan
from sozplan.model.strategy import Goal
from sozplan.model.terms import GoalLevel
from sozplan.rules.ref.cycle import cycles
from sozplan.rules.rule import Finding, rule


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
    for cycle in cycles({goal.id: goal.parent for goal in plan.goals}):
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


def _circle(around: str) -> Text:
    return text(
        de=f"Die Oberziele laufen im Kreis ({around}). Geben Sie einem davon ein Oberziel außerhalb des Kreises.",
        en=f"the parents run in a circle ({around}). Give one of them a parent outside the circle.",
    )


_ABOVE = {GoalLevel.INTERMEDIATE: GoalLevel.GUIDING, GoalLevel.ACTION: GoalLevel.INTERMEDIATE}


def _level_fault(goal: Goal, plan: Plan) -> Text | None:
    above = _ABOVE.get(goal.level)
    if above is None:
        return _TOP if goal.parent else None
    if goal.parent is None:
        return text(
            de=f"Ein {goal.level.label.de} braucht ein Oberziel. Nennen Sie unter „parent“ ein {above.label.de}.",
            en=f"an {goal.level.label.en} needs a parent. Name one of the level “{above.label.en}” under “parent”.",
        )
    parent = plan.find(goal.parent, Goal)
    if parent is None or parent.level is above:
        return None
    return text(
        de=f"Das Oberziel „{parent.id}“ ist ein {parent.level.label.de}, "
        f"über einem {goal.level.label.de} steht aber ein {above.label.de}.",
        en=f"its parent “{parent.id}” is on the level “{parent.level.label.en}”, "
        f"but the level above “{goal.level.label.en}” is “{above.label.en}”.",
    )


_TOP = text(
    de="Ein Leitziel hat kein Oberziel. Löschen Sie „parent“, oder ändern Sie die Ebene.",
    en="a guiding goal has no parent. Delete “parent”, or change the level.",
)
_UNSERVING = text(
    de="Es fehlt, welchem strategischen Ziel es dient. Nennen Sie unter „serves“ ein Mittlerziel oder Leitziel.",
    en="it doesn't say which strategic goal it serves. Name an intermediate or guiding goal under “serves”.",
)


def _service_fault(goal: AreaGoal, plan: Plan) -> Text | None:
    if goal.serves is None:
        return _UNSERVING
    served = plan.find(goal.serves, Goal)
    if served is None or served.level is not GoalLevel.ACTION:
        return None
    return text(
        de=f"Es dient „{served.id}“, das selbst ein Handlungsziel ist. Nennen Sie dessen Mittlerziel.",
        en=f"it serves “{served.id}”, which is an action goal itself. Name the intermediate goal above that.",
    )


RULES = (goal_off_the_tree,)
