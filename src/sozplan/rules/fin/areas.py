"""The rule that the area is what the programme asks for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sozplan.analysis.funding.grants import Grant, grants, may_be_unread
from sozplan.analysis.funding.ground import Lack, areas_of, judge, known
from sozplan.diagnostics import Severity, Text, text
from sozplan.model.case import Case
from sozplan.model.entity import Place
from sozplan.model.funding import Application, AreaCriterion
from sozplan.model.plan import Plan
from sozplan.model.territory import SocialArea
from sozplan.rules.rule import Finding, rule
from sozplan.rules.words import day, either


@rule(
    "fin.area-criterion-unmet",
    Severity.ERROR,
    de="Maßnahme „{measure}“: „{programme}“ fördert nur unter der Bedingung „{criterion}“. {fault}.",
    en="Measure “{measure}”: “{programme}” funds only on the condition “{criterion}”. {fault}.",
    softens=True,
)
def area_without_status(case: Case) -> Iterator[Finding]:
    """Das Gebiet erfüllt, was das Programm verlangt

    Ein Antrag für ein Gebiet ohne die nötige Festlegung oder ohne integriertes Konzept wird abgelehnt.
    Geprüft werden die Gebiete des Antrags, ohne Antrag die der Maßnahme: Ist eines von der verlangten Art, gilt es an
    dem Tag, und liegt dafür ein Konzept vor („concepts“)? Bis zum Bescheid genügt ein Konzept, dessen Termin
    („due“) noch nicht verstrichen ist.

    English:
        The area meets what the programme demands

        An application for an area without the status needed or without an integrated concept is refused.
        Checked are the areas of the application, without one those of the measure: is one of them of the kind
        demanded, in force on that day, and is there a concept for it (“concepts”)? Until the notice a concept
        suffices whose date (“due”) hasn't passed yet.

    Bad:
        # plans/funding/foerderung.yaml
        programmes:
          - id: land-kita
            name: Landesprogramm Kita-Zugang
            level: land
            provider: Landesjugendamt
            guideline: {title: Richtlinie Kita-Zugang, date: 2025-03-01}
            area_criterion: {statement: Sozialraumgebiet mit integriertem Konzept, kinds: [social-area], concept: true}
        applications:
          - id: antrag-kita-lotsen
            title: Kita-Lotsen im Hafen
            programme: land-kita
            measures: [hafen-m1]
            areas: [hafen]  # <- fin.area-criterion-unmet
            stages:
              - {state: application, date: 2025-07-01}
              - {state: notice, date: 2025-12-01}
            grant_end: 2027-12-31

    Good:
        # plans/funding/foerderung.yaml
        programmes:
          - id: land-kita
            name: Landesprogramm Kita-Zugang
            level: land
            provider: Landesjugendamt
            guideline: {title: Richtlinie Kita-Zugang, date: 2025-03-01}
            area_criterion: {statement: Sozialraumgebiet mit integriertem Konzept, kinds: [social-area], concept: true}
        applications:
          - id: antrag-kita-lotsen
            title: Kita-Lotsen im Hafen
            programme: land-kita
            measures: [hafen-m1]
            areas: [hafen]
            stages:
              - {state: application, date: 2025-07-01}
              - {state: notice, date: 2025-12-01}
            grant_end: 2027-12-31
        # plans/territory/gebiete.yaml
        social_areas:
          - id: hafen
            name: Hafen
            parts: [{unit: bezirk-01}, {unit: bezirk-02}]
            concepts: [{title: Integriertes Konzept Hafen, date: 2025-05-22}]
    """
    for grant in grants(case):
        criterion = grant.programme.area_criterion
        if criterion is None or may_be_unread(case.plan, grant):
            continue
        for areas, place, application in _places(case.plan, grant):
            if areas is None:
                continue
            ground = judge(case, criterion, areas, application)
            if ground.lack is not None:
                names = {"measure": grant.measure.id, "programme": grant.programme.id}
                fault = _wrong_kind(criterion, ground.on) if ground.lack is Lack.WRONG_KIND else _NO_CONCEPT
                yield Finding(place, {**names, "criterion": criterion.statement, "fault": fault})


def _places(plan: Plan, grant: Grant) -> Iterator[tuple[list[SocialArea] | None, Place, Application | None]]:
    own = areas_of(plan, grant.measure)
    for application in grant.applications:
        yield known(plan, application.areas or own), application.at("areas"), application
    if not grant.applications:
        yield known(plan, own), grant.place(), None


def _wrong_kind(criterion: AreaCriterion, on: date) -> Text:
    kinds = either(kind.label for kind in criterion.kinds)
    return text(
        de=f"Keines der Gebiete war am {day(on).de} von der Art {kinds.de}. Nennen Sie unter „areas“ eines, das es ist",
        en=f"None of the areas was of the kind {kinds.en} on {day(on).en}. Name one under “areas” that is",
    )


_NO_CONCEPT = text(
    de="Für keines der Gebiete liegt ein integriertes Konzept vor. Nennen Sie es beim Gebiet unter „concepts“",
    en="There is no integrated concept for any of the areas. Name it with the area under “concepts”",
)


RULES = (area_without_status,)
