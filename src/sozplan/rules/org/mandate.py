"""Rules on what bodies decide: within their mandate, and without those who gain by it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sozplan.diagnostics import Severity, Text, text
from sozplan.model.areas import AreaGoal, AreaPlan, Need
from sozplan.model.case import Case
from sozplan.model.entity import Entity
from sozplan.model.funding import Application
from sozplan.model.measures import Measure
from sozplan.model.organisation import Body, Contract, Mandate
from sozplan.model.plan import Plan
from sozplan.model.resolutions import Resolution
from sozplan.model.strategy import Goal
from sozplan.model.terms import Outcome, ResolutionKind
from sozplan.model.territory import Designation
from sozplan.rules.org.responsibility import is_external
from sozplan.rules.rule import Finding, rule
from sozplan.rules.words import quoted


@rule(
    "org.outside-mandate",
    Severity.ERROR,
    de="Beschluss „{resolution}“: „{body}“ entscheidet über „{subject}“, aber {fault}. "
    "Nennen Sie das zuständige Gremium, oder erweitern Sie den Auftrag durch Beschluss.",
    en="Resolution “{resolution}”: “{body}” decides on “{subject}”, but {fault}. "
    "Name the competent body, or widen the mandate by resolution.",
)
def decision_outside_mandate(case: Case) -> Iterator[Finding]:
    """Gremien entscheiden nur, wofür ihr Auftrag gilt

    Ein Beschluss des falschen Ausschusses ist anfechtbar und muss wiederholt werden.
    Verglichen werden die Handlungsfelder und Gebiete dessen, worüber beschlossen wurde, mit denen des Auftrags;
    nennt der Auftrag keine, gelten alle.
    Kenntnisnahmen und Beschlüsse ohne benannten Gegenstand entscheiden nichts.

    English:
        Bodies decide only on what their mandate covers

        A resolution of the wrong committee can be challenged and must be repeated.
        The themes and areas of what was resolved are compared with those of the mandate;
        where it names none, all are covered.
        What is only noted, and resolutions without a named subject, decide nothing.

    Bad:
        # sozplan.yaml
        organisation: {charter: [mandate]}
        # plans/organisation/weitere.yaml
        bodies:
          - id: bauausschuss
            name: Bauausschuss
            kind: deciding
            mandate: {statement: Entscheidet über Bauten., themes: [wohnen], decides: [resolution]}
        # plans/strategy.yaml
        themes:
          - {id: bildung, name: Bildung und Betreuung, youth: true}
          - {id: wohnen, name: Wohnen}
        # plans/resolutions/weitere.yaml
        resolutions:
          - id: b-2026-010
            body: bauausschuss
            date: 2026-03-05
            title: Kita-Lotsen im Hafentreff
            wording: Der Ausschuss beschließt die Maßnahme.
            subjects: [hafen-m1]  # <- org.outside-mandate

    Good:
        # sozplan.yaml
        organisation: {charter: [mandate]}
        # plans/organisation/weitere.yaml
        bodies:
          - id: bauausschuss
            name: Bauausschuss
            kind: deciding
            mandate: {statement: Entscheidet über Bauten., themes: [wohnen], decides: [resolution]}
        # plans/strategy.yaml
        themes:
          - {id: bildung, name: Bildung und Betreuung, youth: true}
          - {id: wohnen, name: Wohnen}
        # plans/resolutions/weitere.yaml
        resolutions:
          - id: b-2026-010
            body: rat
            date: 2026-03-12
            title: Kita-Lotsen im Hafentreff
            wording: Der Rat beschließt die Maßnahme.
            subjects: [hafen-m1]
    """
    plan = case.plan
    for resolution, body in decisions(plan):
        if body.mandate is None or not (body.mandate.themes or body.mandate.areas):
            continue
        for i, subject in enumerate(resolution.subjects):
            if (fault := _outside(plan, body.mandate, plan.get(subject))) is not None:
                args = {"resolution": resolution.id, "body": body.id, "subject": subject, "fault": fault}
                yield Finding(resolution.at("subjects", i), args)


def decisions(plan: Plan) -> Iterator[tuple[Resolution, Body]]:
    """The resolutions by which bodies decided something."""
    for resolution in plan.resolutions:
        is_taken = resolution.outcome is Outcome.ADOPTED and resolution.kind is not ResolutionKind.INFORMATION
        if is_taken and (body := plan.find(resolution.body, Body)) is not None:
            yield resolution, body


def _outside(plan: Plan, mandate: Mandate, subject: Entity | None) -> Text | None:
    if subject is None:
        return None
    if mandate.themes and (foreign := set(_themes(plan, subject)) - set(mandate.themes)):
        names = quoted(sorted(foreign))
        return text(
            de=f"Handlungsfeld {names.de} gehört nicht zum Auftrag", en=f"theme {names.en} isn't in its mandate"
        )
    if mandate.areas and (foreign := set(_areas(plan, subject)) - set(mandate.areas)):
        names = quoted(sorted(foreign))
        return text(de=f"Gebiet {names.de} gehört nicht zum Auftrag", en=f"area {names.en} isn't in its mandate")
    return None


def _themes(plan: Plan, subject: Entity) -> Iterator[str]:
    """The themes of what is decided, as far as it names any."""
    if isinstance(subject, Measure | Need | Goal):
        if subject.theme is not None:
            yield subject.theme
    elif isinstance(subject, AreaPlan):
        parts: tuple[Need | Measure, ...] = (*subject.needs, *subject.measures)
        yield from (each.theme for each in parts if each.theme is not None)
    elif isinstance(subject, Contract | Application):
        for measure in _measures(plan, subject.measures):
            yield from _themes(plan, measure)


def _areas(plan: Plan, subject: Entity) -> Iterator[str]:
    """The social areas that it is about."""
    if isinstance(subject, AreaPlan | Designation):
        yield subject.area
    elif isinstance(subject, Application) and subject.areas:
        yield from subject.areas
    elif isinstance(subject, Contract | Application):
        for measure in _measures(plan, subject.measures):
            yield from _areas(plan, measure)
    elif isinstance(subject, Measure | Need | AreaGoal) and (owner := plan.owner(subject.id)) is not None:
        yield owner.area


def _measures(plan: Plan, ids: Iterable[str]) -> Iterator[Measure]:
    for id in ids:
        if (measure := plan.find(id, Measure)) is not None:
            yield measure


@rule(
    "org.conflict-of-interest",
    Severity.WARNING,
    de="Beschluss „{resolution}“: „{member}“ ist Mitglied von „{body}“ und begünstigt durch „{subject}“. "
    "Tragen Sie unter „recused“ ein, dass die Stelle weder beraten noch abgestimmt hat, oder wiederholen Sie den "
    "Beschluss ohne sie.",
    en="Resolution “{resolution}”: “{member}” is a member of “{body}” and gains by “{subject}”. "
    "Enter under “recused” that it neither discussed nor voted, or repeat the resolution without it.",
)
def beneficiary_decides(case: Case) -> Iterator[Finding]:
    """Wer einen Vorteil hat, wirkt am Beschluss darüber nicht mit

    Beschließt ein Träger im Ausschuss über seinen eigenen Vertrag mit, kann der Beschluss unwirksam sein.
    Geprüft werden Beschlüsse über Verträge, Förderanträge und Maßnahmen: Vertragsparteien, Antragstellende und
    Durchführende außerhalb der Verwaltung, die im Gremium sitzen oder vertreten, mit Stimme oder beratend.

    English:
        Whoever gains doesn't take part in the resolution on it

        Where a provider resolves on its own contract as a member of the committee, the resolution may be void.
        Checked are resolutions on contracts, applications and measures: parties, applicants and executing actors
        outside the administration that sit in the body or deputise, with a vote or advisory.

    Bad:
        # sozplan.yaml
        organisation: {charter: [mandate]}
        # plans/organisation/weitere.yaml
        bodies:
          - id: vergabeausschuss
            name: Vergabeausschuss
            kind: deciding
            mandate: {statement: Entscheidet über Zuwendungen., themes: [bildung], decides: [resolution]}
            members: [{actor: fraktionen, votes: 9}, {actor: hafentreff-ev, votes: 2}]
        # plans/resolutions/weitere.yaml
        resolutions:
          - id: b-2026-011
            body: vergabeausschuss
            date: 2026-03-05
            title: Zuwendungsvertrag Hafentreff
            wording: Der Ausschuss beschließt den Vertrag.
            subjects: [vertrag-hafentreff]  # <- org.conflict-of-interest

    Good:
        # sozplan.yaml
        organisation: {charter: [mandate]}
        # plans/organisation/weitere.yaml
        bodies:
          - id: vergabeausschuss
            name: Vergabeausschuss
            kind: deciding
            mandate: {statement: Entscheidet über Zuwendungen., themes: [bildung], decides: [resolution]}
            members: [{actor: fraktionen, votes: 9}, {actor: hafentreff-ev, votes: 2}]
        # plans/resolutions/weitere.yaml
        resolutions:
          - id: b-2026-011
            body: vergabeausschuss
            date: 2026-03-05
            title: Zuwendungsvertrag Hafentreff
            wording: Der Ausschuss beschließt den Vertrag.
            recused: [hafentreff-ev]
            subjects: [vertrag-hafentreff]
    """
    for resolution, body in decisions(case.plan):
        seats = {seat for member in body.members for seat in (member.actor, member.deputy) if seat is not None}
        taking_part = seats - set(resolution.recused)
        for i, subject in enumerate(resolution.subjects):
            for member in _beneficiaries(case.plan.get(subject)):
                if member in taking_part and is_external(case.plan.get(member)):
                    args = {"resolution": resolution.id, "member": member, "body": body.id, "subject": subject}
                    yield Finding(resolution.at("subjects", i), args)


def _beneficiaries(subject: Entity | None) -> tuple[str, ...]:
    if isinstance(subject, Contract):
        return subject.parties
    if isinstance(subject, Measure):
        return tuple(dict.fromkeys((*subject.executing, *filter(None, (subject.responsible,)))))
    if isinstance(subject, Application) and subject.applicant is not None:
        return (subject.applicant,)
    return ()


RULES = (decision_outside_mandate, beneficiary_decides)
