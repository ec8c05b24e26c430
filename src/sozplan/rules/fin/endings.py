"""Rules of what ends before the measure does: contracts and grants."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from sozplan.analysis.funding.cliffs import cliffs
from sozplan.analysis.funding.living import alive, end
from sozplan.diagnostics import Severity, Text
from sozplan.model.case import Case
from sozplan.model.entity import Place
from sozplan.model.measures import Measure
from sozplan.model.organisation import Contract
from sozplan.model.plan import Plan
from sozplan.rules.rule import Finding, Spot, rule
from sozplan.rules.words import day

_DAY = timedelta(days=1)


@rule(
    "fin.contract-end",
    Severity.WARNING,
    de="Der Vertrag „{contract}“ endet am {end}, die Maßnahme „{measure}“ läuft {until}. "
    "Verlängern Sie den Vertrag, nennen Sie den folgenden unter „contracts“, oder kürzen Sie die Maßnahme.",
    en="The contract “{contract}” ends on {end}, the measure “{measure}” runs {until}. "
    "Extend the contract, name the one that follows under “contracts”, or shorten the measure.",
)
def contract_ends_first(case: Case) -> Iterator[Finding]:
    """Ein Vertrag reicht so weit wie die Maßnahme, die auf ihm ruht

    Endet er früher, arbeitet der Träger ohne Grundlage weiter, oder das Angebot bricht ab.
    Ein Anschlussvertrag derselben Parteien zählt mit.

    English:
        A contract lasts as long as the measure that rests on it

        If it ends earlier, the provider goes on without a basis, or the service breaks off.
        A contract of the same parties that follows on counts as well.

    Bad:
        # plans/areas/hafen.yaml
        measures:
          - id: hafen-m1
            title: Kita-Lotsen im Hafentreff
            goals: [hafen-g1]
            commitment: contractual
            budget_reservation: false
            planned: {from: 2026-02-01, to: 2030-06-30}
            responsible: amt-51
            executing: [hafentreff-ev]
            contracts: [vertrag-hafentreff]  # <- fin.contract-end

    Good:
        # plans/areas/hafen.yaml
        measures:
          - id: hafen-m1
            title: Kita-Lotsen im Hafentreff
            goals: [hafen-g1]
            commitment: contractual
            budget_reservation: false
            planned: {from: 2026-02-01, to: 2029-12-31}
            responsible: amt-51
            executing: [hafentreff-ev]
            contracts: [vertrag-hafentreff]
    """
    resting = _resting(case.plan)
    for measure in alive(case):
        contracts = resting.get(measure.id, {})
        if any(id not in contracts for id in measure.contracts):
            continue  # an unknown one may be what follows on
        last = end(case.plan, measure)
        for contract, spot in contracts.values():
            reach = None if contract.term.is_turned else _reach(contract, [other for other, _ in contracts.values()])
            if reach is not None and (last is None or reach < last):
                until = Text("weiter", "on") if last is None else _until(last)
                yield Finding(
                    spot.place, {"contract": contract.id, "end": day(reach), "measure": measure.id, "until": until}
                )


def _until(last: date) -> Text:
    return Text(f"bis zum {day(last).de}", f"until {day(last).en}")


def _resting(plan: Plan) -> dict[str, dict[str, tuple[Contract, Spot]]]:
    """Measure → its contracts with the place that says so, whichever side names the other."""
    found: dict[str, dict[str, tuple[Contract, Spot]]] = {}
    for measure in plan.measures:
        for i, id in enumerate(measure.contracts):
            if (contract := plan.find(id, Contract)) is not None:
                found.setdefault(measure.id, {})[id] = contract, Spot(measure, ("contracts", i), measure.id)
    for contract in plan.contracts:
        for i, id in enumerate(contract.measures):
            spot = Spot(contract, ("measures", i), contract.id)
            found.setdefault(id, {}).setdefault(contract.id, (contract, spot))
    return found


def _reach(contract: Contract, others: list[Contract]) -> date | None:
    """How far the contract and those of its parties that follow on reach; None where open."""
    reach = contract.term.end
    parties = set(contract.parties)
    following = [other for other in others if len(parties & set(other.parties)) > 1]
    for other in sorted(following, key=lambda each: each.term.start):
        if reach is None:
            return None
        if other.term.start <= reach + _DAY and (other.term.end is None or other.term.end > reach):
            reach = other.term.end
    return reach


@rule(
    "fin.cliff",
    Severity.WARNING,
    de="Maßnahme „{measure}“ läuft {until}, die Förderung aus „{programme}“ endet am {end}. "
    "Sagen Sie unter „follow_up_financing“, was danach geschieht.",
    en="Measure “{measure}” runs {until}, the grant of “{programme}” ends on {end}. "
    "Say under “follow_up_financing” what happens then.",
)
def unclear_after_grant(case: Case) -> Iterator[Finding]:
    """Es steht fest, was nach dem Ende der Förderung geschieht

    Befristete Förderung schafft Erwartungen und Stellen, die ohne Anschluss von einem Tag auf den anderen wegfallen
    oder ungeplant den Haushalt belasten.
    Das Ende steht im Förderantrag unter „grant_end“, sonst ist es das letzte Haushaltsjahr mit Fördermitteln.

    English:
        It is settled what happens when the grant ends

        A grant for a time makes expectations and posts that end from one day to the next, or burden the budget
        unplanned.
        The end stands in the application under “grant_end”, else it is the last budget year with grant money.

    Bad:
        # plans/areas/hafen.yaml
        measures:
          - id: hafen-m1
            title: Kita-Lotsen im Hafentreff
            goals: [hafen-g1]
            commitment: resolved
            budget_reservation: false
            planned: {from: 2026-02-01, to: 2029-12-31}  # <- fin.cliff
            responsible: amt-51
            executing: [hafentreff-ev]
            budget:
              - year: 2026
                product: "06.02.01"
                cost_centre: "5101"
                planned: 60000
                financing: {own: 20000, land-kita: 40000}

    Good:
        # plans/areas/hafen.yaml
        measures:
          - id: hafen-m1
            title: Kita-Lotsen im Hafentreff
            goals: [hafen-g1]
            commitment: resolved
            budget_reservation: false
            planned: {from: 2026-02-01, to: 2029-12-31}
            responsible: amt-51
            executing: [hafentreff-ev]
            budget:
              - year: 2026
                product: "06.02.01"
                cost_centre: "5101"
                planned: 60000
                financing: {own: 20000, land-kita: 40000}
            follow_up_financing: Ab 2028 trägt die Stadt die Lotsen aus eigenen Mitteln.
    """
    for cliff in cliffs(case):
        measure = cliff.grant.measure
        if measure.follow_up_financing is None:
            until = Text("weiter", "on") if cliff.last is None else _until(cliff.last)
            args = {"measure": measure.id, "programme": cliff.grant.programme.id, "end": day(cliff.ends)}
            yield Finding(_span_end(measure), args | {"until": until})


def _span_end(measure: Measure) -> Place:
    """Where the end of the measure is said."""
    for field in ("actual", "forecast", "planned"):
        span = getattr(measure, field)
        if span is not None and (span.end is not None or field != "actual"):
            return measure.at(field, "to")
    return measure.at()


RULES = (contract_ends_first, unclear_after_grant)
