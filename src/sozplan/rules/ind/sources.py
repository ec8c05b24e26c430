"""Rules of where figures come from, and of what goals are measured by."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sozplan.diagnostics import Severity, Text, text
from sozplan.model.areas import AreaGoal
from sozplan.model.case import Case
from sozplan.model.entity import Place
from sozplan.model.indicators import DataPackage, Resource
from sozplan.model.plan import Plan
from sozplan.model.strategy import Goal
from sozplan.model.targets import Milestones
from sozplan.model.terms import IndicatorKind, Status
from sozplan.rules.ind.rows import sheets_of
from sozplan.rules.rule import Finding, rule, status_of


@rule(
    "ind.source-missing",
    Severity.WARNING,
    de="{what} „{name}“: Es fehlt {missing}.",
    en="{what} “{name}”: {missing} missing.",
)
def figures_without_source(case: Case) -> Iterator[Finding]:
    """Zu jeder Zahl stehen Quelle und Lizenz fest

    Ohne Quellenvermerk darf manche Zahl nicht gedruckt werden, und niemand kann sie nachprüfen.
    Der Steckbrief nennt „source“ und „licence“, jede Datendatei „sources“ und „licenses“; was in datapackage.yaml
    für alle gilt, steht dort einmal.

    English:
        Each figure has its source and licence

        Without a source note some figures may not be printed, and nobody can check them.
        The sheet names “source” and “licence”, each data file “sources” and “licenses”; what holds for all stands
        in datapackage.yaml once.

    Bad:
        # indicators/catalogue/sprachfoerderung.yaml
        id: sprachfoerderung  # <- ind.source-missing
        name: Kinder mit Sprachförderbedarf
        definition: Anteil der Kinder, bei denen vor der Einschulung ein Bedarf an Sprachförderung festgestellt wird.
        numerator: Kinder mit Bedarf
        denominator: Untersuchte Kinder
        unit: "%"
        direction: lower
        kind: outcome
        steerability: indirect
        timing: sum
        periodicity: yearly
        lowest_level: bezirk
        responsible: amt-51
        limits: Mehrsprachigkeit allein ist kein Förderbedarf.

    Good:
        # indicators/catalogue/sprachfoerderung.yaml
        id: sprachfoerderung
        name: Kinder mit Sprachförderbedarf
        definition: Anteil der Kinder, bei denen vor der Einschulung ein Bedarf an Sprachförderung festgestellt wird.
        numerator: Kinder mit Bedarf
        denominator: Untersuchte Kinder
        unit: "%"
        direction: lower
        kind: outcome
        steerability: indirect
        timing: sum
        periodicity: yearly
        lowest_level: bezirk
        responsible: amt-51
        source: Schuleingangsuntersuchungen
        licence: dl-de/by-2-0
        limits: Mehrsprachigkeit allein ist kein Förderbedarf.
    """
    for sheet in case.plan.indicators:
        absent = (sheet.source is None, sheet.licence is None)
        if any(absent):
            args = {"what": _SHEET, "name": sheet.id, "missing": _ABSENT_SHEET[absent]}
            yield Finding(sheet.at("id"), args)
    for package in case.plan.packages:
        for resource in package.resources:
            absent = _without(package, resource)
            if any(absent):
                args = {"what": _FILE, "name": resource.name, "missing": _ABSENT_FILE[absent]}
                yield Finding(Place(resource.at("name").location, resource.name), args)


def _without(package: DataPackage, resource: Resource) -> tuple[bool, bool]:
    return not (resource.sources or package.sources), not (resource.licenses or package.licenses)


_SHEET = text(de="Steckbrief", en="Sheet")
_FILE = text(de="Datendatei", en="Data file")
_ABSENT_SHEET: Mapping[tuple[bool, bool], Text] = {
    (True, True): text(
        de="die Quelle und die Lizenz. Tragen Sie „source“ und „licence“ ein",
        en="source and licence (“source”, “licence”) are",
    ),
    (True, False): text(de="die Quelle. Tragen Sie „source“ ein", en="the source (“source”) is"),
    (False, True): text(de="die Lizenz. Tragen Sie „licence“ ein", en="the licence (“licence”) is"),
}
_ABSENT_FILE: Mapping[tuple[bool, bool], Text] = {
    (True, True): text(
        de="die Quelle und die Lizenz. Tragen Sie „sources“ und „licenses“ ein",
        en="source and licence (“sources”, “licenses”) are",
    ),
    (True, False): text(de="die Quelle. Tragen Sie „sources“ ein", en="the source (“sources”) is"),
    (False, True): text(de="die Lizenz. Tragen Sie „licenses“ ein", en="the licence (“licenses”) is"),
}


@rule(
    "ind.output-only",
    Severity.WARNING,
    de="Das Ziel „{goal}“ wird nur an dem gemessen, was geleistet wird ({indicators}). Ergänzen Sie einen Zielwert "
    "dazu, was sich für die Menschen ändert.",
    en="The goal “{goal}” is measured only by what is done ({indicators}). Add a target on what changes for people.",
    by_plan=True,
)
def goal_measured_by_output(case: Case) -> Iterator[Finding]:
    """Ein Ziel wird an seiner Wirkung gemessen

    Viele Besuche und Beratungen können stattfinden, ohne dass sich für die Menschen etwas ändert; dann meldet der Plan
    Erfolg, und der Bedarf besteht weiter.
    Ein Handlungsziel, dessen Zielwerte alle an Kennzahlen der Typen Input oder Output hängen, fällt auf.

    English:
        A goal is measured by its effect

        Many visits and talks can take place without anything changing for people; then the plan reports success while
        the need goes on.
        An action goal whose targets all hang on indicators of the kinds input or output is reported.

    Bad:
        # plans/areas/hafen.yaml
        goals:
          - id: hafen-g1
            statement: Der Hafentreff ist ein Treffpunkt für Familien.
            serves: frueh-foerdern
            needs: [hafen-n1]
            owner: amt-51
            targets:  # <- ind.output-only
              - id: hafen-g1-t1
                indicator: besuche-hafentreff
                kind: change
                area: bezirk-02
                baseline: {period: 2024, value: 8300}
                target: {period: 2028, value: 10000}

    Good:
        # plans/areas/hafen.yaml
        goals:
          - id: hafen-g1
            statement: Der Hafentreff ist ein Treffpunkt für Familien, und ihre Kinder besuchen eine Kita.
            serves: frueh-foerdern
            needs: [hafen-n1]
            owner: amt-51
            targets:
              - id: hafen-g1-t1
                indicator: besuche-hafentreff
                kind: change
                area: bezirk-02
                baseline: {period: 2024, value: 8300}
                target: {period: 2028, value: 10000}
              - id: hafen-g1-t2
                indicator: kita-quote
                kind: change
                baseline: {period: 2024, value: 82.0}
                target: {period: 2028, value: 90.0}
    """
    sheets = sheets_of(case.plan)
    for goal in _goals(case.plan):
        measured = [each for each in goal.targets if not isinstance(each, Milestones)]
        found = [sheets.get(each.indicator) for each in measured]
        if found and all(sheet is not None and sheet.kind in _DOING for sheet in found):
            names = dict.fromkeys(sheet.short or sheet.name for sheet in found if sheet is not None)
            yield Finding(goal.at("targets"), {"goal": goal.id, "indicators": ", ".join(names)})


_DOING = (IndicatorKind.INPUT, IndicatorKind.OUTPUT)


def _goals(plan: Plan) -> Iterator[Goal | AreaGoal]:
    goals: tuple[Goal | AreaGoal, ...] = (*plan.goals, *plan.area_goals)
    return (goal for goal in goals if status_of(plan, goal) is not Status.ENDED)


RULES = (figures_without_source, goal_measured_by_output)
