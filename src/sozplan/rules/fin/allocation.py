"""The rule that nothing is counted twice."""

from __future__ import annotations

from collections.abc import Iterator

from sozplan.analysis.funding.living import alive, measures
from sozplan.analysis.money import CENT, total
from sozplan.diagnostics import Severity, Text, text
from sozplan.model.areas import AreaGoal
from sozplan.model.case import Case
from sozplan.model.entity import Place
from sozplan.model.measures import Measure
from sozplan.model.plan import Plan
from sozplan.rules.rule import Finding, rule
from sozplan.rules.words import quoted


@rule(
    "fin.counted-twice",
    Severity.ERROR,
    de="Maßnahme „{measure}“: {fault}.",
    en="Measure “{measure}”: {fault}.",
    softens=True,
)
def cost_counted_twice(case: Case) -> Iterator[Finding]:
    """Was mehreren Gebieten dient, wird nur einmal gezählt

    Rechnet jedes Gebiet die vollen Kosten sich selbst zu, ist die Summe der Pläne höher als der Haushalt.
    Deshalb ergeben die Anteile unter „allocation“ höchstens 1, kein Gebiet steht dort zweimal, und eine Maßnahme, die
    Zielen in Plänen mehrerer Gebiete dient, nennt ihre Anteile.
    Steht dieselbe Maßnahme mit gleichem Titel und gleichen Ansätzen in zwei Gebietsplänen, wird gewarnt.

    English:
        What serves several areas is counted only once

        If each area counts the full cost as its own, the plans add up to more than the budget.
        Therefore the shares under “allocation” add up to 1 at most, no area stands there twice, and a measure that
        serves goals in plans of several areas names its shares.
        If the same measure stands in two area plans with the same title and the same sums, there is a warning.

    Bad:
        # plans/areas/hafen.yaml
        measures:
          - id: hafen-m1
            title: Kita-Lotsen im Hafentreff
            goals: [hafen-g1]
            commitment: resolved
            budget_reservation: false
            responsible: amt-51
            executing: [hafentreff-ev]
            allocation:  # <- fin.counted-twice
              - {area: hafen, share: 0.7}
              - {area: kernstadt, share: 0.5}
        # plans/territory/gebiete.yaml
        social_areas:
          - {id: hafen, name: Hafen, parts: [{unit: bezirk-01}, {unit: bezirk-02}]}
          - {id: kernstadt, name: Kernstadt, kind: observation-area, parts: [{unit: bezirk-03}]}

    Good:
        # plans/areas/hafen.yaml
        measures:
          - id: hafen-m1
            title: Kita-Lotsen im Hafentreff
            goals: [hafen-g1]
            commitment: resolved
            budget_reservation: false
            responsible: amt-51
            executing: [hafentreff-ev]
            allocation:
              - {area: hafen, share: 0.7}
              - {area: kernstadt, share: 0.3}
        # plans/territory/gebiete.yaml
        social_areas:
          - {id: hafen, name: Hafen, parts: [{unit: bezirk-01}, {unit: bezirk-02}]}
          - {id: kernstadt, name: Kernstadt, kind: observation-area, parts: [{unit: bezirk-03}]}
    """
    for measure in measures(case):
        if (found := _shared(case.plan, measure)) is not None:
            place, fault = found
            yield Finding(place, {"measure": measure.id, "fault": fault})
    yield from _twins(case)


def _shared(plan: Plan, measure: Measure) -> tuple[Place, Text] | None:
    areas: set[str] = set()
    for i, each in enumerate(measure.allocation):
        if each.area in areas:
            return measure.at("allocation", i, "area"), _twice(each.area)
        areas.add(each.area)
    shares = total(each.share for each in measure.allocation)
    if shares - 1 >= CENT:
        return measure.at("allocation"), _too_much(f"{shares.normalize():f}")
    if not areas and measure.budget and (others := _other_areas(plan, measure)):
        return measure.at("goals"), _unshared(quoted(others))
    return None


def _twice(area: str) -> Text:
    return text(
        de=f"„{area}“ steht unter „allocation“ zweimal. Fassen Sie die Anteile zusammen",
        en=f"“{area}” stands under “allocation” twice. Put the shares together",
    )


def _too_much(shares: str) -> Text:
    return text(
        de=f"Die Anteile der Gebiete ergeben {shares.replace('.', ',')}. Senken Sie sie, bis sie höchstens 1 ergeben",
        en=f"the areas' shares add up to {shares}. Lower them until they add up to 1 at most",
    )


def _unshared(areas: Text) -> Text:
    return text(
        de=f"Sie dient auch Zielen in Plänen für {areas.de}, ihre Kosten zählen aber ganz hier. "
        "Nennen Sie unter „allocation“ die Anteile der Gebiete",
        en=f"it also serves goals in plans for {areas.en}, but its cost counts here as a whole. "
        "Name the areas' shares under “allocation”",
    )


def _other_areas(plan: Plan, measure: Measure) -> list[str]:
    own = plan.owner(measure.id)
    owners = [plan.owner(id) for id in measure.goals if plan.find(id, AreaGoal) is not None]
    areas = dict.fromkeys(each.area for each in owners if each is not None)
    if own is None:
        return list(areas) if len(areas) > 1 else []
    return [area for area in areas if area != own.area]


def _twins(case: Case) -> Iterator[Finding]:
    """The same measure entered in two plans instead of allocated; a likeness, so a warning."""
    seen: dict[tuple[object, ...], Measure] = {}
    for measure in alive(case):
        if not measure.budget or measure.allocation:
            continue
        lines = ((line.year, line.product, line.cost_centre, line.planned) for line in measure.budget)
        first = seen.setdefault((measure.title.casefold(), measure.responsible, *lines), measure)
        here, there = case.plan.owner(measure.id), case.plan.owner(first.id)
        if first is not measure and here and there and here.area != there.area:
            fault = text(
                de=f"Titel und Ansätze sind dieselben wie bei „{first.id}“. Ist es eine Maßnahme, führen Sie sie nur "
                "einmal und nennen die Anteile unter „allocation“; sonst unterscheiden Sie die Titel",
                en=f"title and sums are the same as of “{first.id}”. If it is one measure, keep it once only and name "
                "the shares under “allocation”; else make the titles differ",
            )
            yield Finding(measure.at("title"), {"measure": measure.id, "fault": fault}, Severity.WARNING)


RULES = (cost_counted_twice,)
