"""The rule that nothing is paid twice."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from sozplan.analysis.funding.exclusion import Clash, clash, granted_twice, overlap
from sozplan.analysis.funding.grants import Grant, grants
from sozplan.analysis.money import euro
from sozplan.diagnostics import Severity, Text, text
from sozplan.model.case import Case
from sozplan.model.entity import Place
from sozplan.model.funding import Application
from sozplan.model.measures import Measure
from sozplan.model.plan import Plan
from sozplan.rules.rule import Finding, rule
from sozplan.rules.words import quoted


@rule(
    "fin.cumulation",
    Severity.ERROR,
    de="Maßnahme „{measure}“{when}: {fault}.",
    en="Measure “{measure}”{when}: {fault}.",
    softens=True,
)
def programmes_combined(case: Case) -> Iterator[Finding]:
    """Dieselben Kosten werden nicht aus Programmen gefördert, die einander ausschließen

    Doppelförderung führt zur Rückforderung der ganzen Zuwendung.
    Geprüft wird je Maßnahme und Haushaltsjahr: Schließt ein Programm das andere aus („excludes“), oder zahlt eines nur
    nachrangig („subsidiary“)? Auch zwei Bescheide für dieselbe Maßnahme fallen auf, wenn ihre Programme sich
    ausschließen oder sie zusammen mehr bewilligen, als die Maßnahmen kosten.

    English:
        The same cost isn't funded by programmes that exclude each other

        Funding twice leads to the whole grant being reclaimed.
        Checked by measure and budget year: does one programme exclude the other (“excludes”), or pay only where no
        other does (“subsidiary”)? Two notices for the same measure show as well, if their programmes exclude each
        other or together they grant more than the measures cost.

    Bad:
        # plans/areas/hafen.yaml
        measures:
          - id: hafen-m1
            title: Kita-Lotsen im Hafentreff
            goals: [hafen-g1]
            commitment: resolved
            budget_reservation: false
            planned: {from: 2026-02-01, to: 2026-12-31}
            responsible: amt-51
            executing: [hafentreff-ev]
            budget:
              - year: 2026
                product: "06.02.01"
                cost_centre: "5101"
                planned: 60000
                financing: {own: 20000, land-kita: 20000, bund-familie: 20000}  # <- fin.cumulation
        # plans/funding/foerderung.yaml
        programmes:
          - id: land-kita
            name: Landesprogramm Kita-Zugang
            level: land
            provider: Landesjugendamt
            guideline: {title: Richtlinie Kita-Zugang, date: 2025-03-01}
            excludes: [bund-familie]
          - id: bund-familie
            name: Bundesprogramm Familie
            level: federal
            provider: Familienministerium
            guideline: {title: Richtlinie Familie, date: 2025-03-01}

    Good:
        # plans/areas/hafen.yaml
        measures:
          - id: hafen-m1
            title: Kita-Lotsen im Hafentreff
            goals: [hafen-g1]
            commitment: resolved
            budget_reservation: false
            planned: {from: 2026-02-01, to: 2026-12-31}
            responsible: amt-51
            executing: [hafentreff-ev]
            budget:
              - year: 2026
                product: "06.02.01"
                cost_centre: "5101"
                planned: 60000
                financing: {own: 20000, land-kita: 40000}
        # plans/funding/foerderung.yaml
        programmes:
          - id: land-kita
            name: Landesprogramm Kita-Zugang
            level: land
            provider: Landesjugendamt
            guideline: {title: Richtlinie Kita-Zugang, date: 2025-03-01}
            excludes: [bund-familie]
          - id: bund-familie
            name: Bundesprogramm Familie
            level: federal
            provider: Familienministerium
            guideline: {title: Richtlinie Familie, date: 2025-03-01}
    """
    shared: dict[str, list[Grant]] = {}
    for grant in grants(case):
        shared.setdefault(grant.measure.id, []).append(grant)
    for together in shared.values():
        yield from _combined(together)
        yield from _granted_twice(case.plan, together)


def _combined(together: list[Grant]) -> Iterator[Finding]:
    for one, other in combinations(together, 2):
        if (found := clash(one.programme, other.programme)) is None:
            continue
        years = sorted(one.years.keys() & other.years.keys())
        for year in years:
            yield _found(other.place(year), other.measure, f", {year}", _exclusion(found))
        if not years and (notice := overlap(one, other)) is not None:
            yield _found(_naming(notice, one.measure), one.measure, "", _exclusion(found))


def _found(place: Place, measure: Measure, when: str, fault: Text) -> Finding:
    return Finding(place, {"measure": measure.id, "when": when, "fault": fault})


def _exclusion(found: Clash) -> Text:
    first, second = found.first.id, found.second.id
    if found.subsidiary:
        return text(
            de=f"„{first}“ zahlt nur, wenn kein anderes Programm dieselben Kosten fördert; "
            f"hier fördert auch „{second}“. Entscheiden Sie sich für eines",
            en=f"“{first}” pays only if no other programme funds the same cost; "
            f"here “{second}” does so too. Decide for one of them",
        )
    return text(
        de=f"„{first}“ darf nicht mit „{second}“ kombiniert werden. Entscheiden Sie sich für eines",
        en=f"“{first}” may not be combined with “{second}”. Decide for one of them",
    )


def _naming(application: Application, measure: Measure) -> Place:
    return application.at("measures", application.measures.index(measure.id))


def _granted_twice(plan: Plan, together: list[Grant]) -> Iterator[Finding]:
    found = granted_twice(plan, together)
    if found is not None:
        ids = quoted(each.id for each in found.notices)
        fault = text(
            de=f"{ids.de} bewilligen zusammen {euro(found.granted).de} für Kosten von {euro(found.cost).de}. "
            "Prüfen Sie, ob dieselben Kosten zweimal gefördert werden",
            en=f"{ids.en} together grant {euro(found.granted).en} for a cost of {euro(found.cost).en}. "
            "See whether the same cost is funded twice",
        )
        measure = together[0].measure
        yield _found(_naming(found.notices[-1], measure), measure, "", fault)


RULES = (programmes_combined,)
