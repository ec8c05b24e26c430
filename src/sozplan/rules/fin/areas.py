"""The rule that the area is what the programme asks for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from sozplan.diagnostics import Severity, Text, text
from sozplan.model.case import Case
from sozplan.model.entity import Place
from sozplan.model.funding import Application, AreaCriterion
from sozplan.model.plan import Plan
from sozplan.model.terms import ApplicationState
from sozplan.model.territory import SocialArea
from sozplan.rules.fin.grants import Grant, granted, grants, may_be_unread, reached
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
    refused = _refused(case.plan)
    for grant in grants(case):
        criterion = grant.programme.area_criterion
        if criterion is None or may_be_unread(case.plan, grant):
            continue
        for areas, place, application in _places(case.plan, grant):
            if areas is None:
                continue
            fault = _area_fault(case, criterion, [a for a in areas if a.id not in refused], application)
            if fault is not None:
                names = {"measure": grant.measure.id, "programme": grant.programme.id}
                yield Finding(place, {**names, "criterion": criterion.statement, "fault": fault})


def _refused(plan: Plan) -> set[str]:
    """Areas of which the last word was that they aren't designated."""
    last = {each.area: each for each in sorted(plan.designations, key=lambda each: each.date)}
    return {area for area, designation in last.items() if not designation.designated}


def _places(plan: Plan, grant: Grant) -> Iterator[tuple[list[SocialArea] | None, Place, Application | None]]:
    own = [each.area for each in grant.measure.allocation]
    if (owner := plan.owner(grant.measure.id)) is not None:
        own.append(owner.area)
    for application in grant.applications:
        yield _areas(plan, application.areas or own), application.at("areas"), application
    if not grant.applications:
        yield _areas(plan, own), grant.place(), None


def _areas(plan: Plan, ids: Sequence[str]) -> list[SocialArea] | None:
    """None where one of them is unknown: that is reported, and nothing can be said of it here."""
    found = [plan.find(id, SocialArea) for id in ids]
    return None if None in found else [area for area in found if area is not None]


def _area_fault(
    case: Case, criterion: AreaCriterion, areas: list[SocialArea], application: Application | None
) -> Text | None:
    applied = reached(application, ApplicationState.APPLICATION) if application else None
    on = applied or (granted(application) if application else None) or case.as_of
    fitting = [area for area in areas if area.in_force(on) and (not criterion.kinds or area.kind in criterion.kinds)]
    if criterion.kinds and not fitting:
        return _wrong_kind(criterion, on)
    open_until = None if application and granted(application) else case.as_of
    if criterion.concept and not any(_has_concept(area, case.as_of, open_until) for area in fitting):
        return _NO_CONCEPT
    return None


def _has_concept(area: SocialArea, as_of: date, open_until: date | None) -> bool:
    """Adopted, or, as long as nothing is granted, still in time."""
    for concept in area.concepts:
        if concept.date is not None and concept.date <= as_of:
            return True
        if open_until is not None and concept.due is not None and open_until <= concept.due:
            return True
    return False


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
