"""Rules of participation: areas, target groups, providers and employees are heard."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sozplan.diagnostics import Severity, Text, text
from sozplan.model.areas import AreaPlan, Need, Participation
from sozplan.model.case import Case
from sozplan.model.measures import Measure
from sozplan.model.organisation import Actor, Body
from sozplan.model.plan import Plan
from sozplan.model.processes import Process, Step
from sozplan.model.terms import ActorKind, AreaKind, BodyKind, Status
from sozplan.rules.org.charter import sitting
from sozplan.rules.org.parts import live_processes
from sozplan.rules.org.responsibility import is_external
from sozplan.rules.rule import Finding, rule
from sozplan.rules.words import quoted


@rule(
    "org.area-without-voice",
    Severity.WARNING,
    de="Sozialraumgebiet „{area}“: Kein beteiligendes Gremium spricht für das Gebiet. "
    "Nennen Sie es im Auftrag eines beteiligenden Gremiums unter „areas“, oder setzen Sie eines ein.",
    en="Social area “{area}”: no participating body speaks for the area. "
    "Name it under “areas” in the mandate of a participating body, or set one up.",
)
def area_without_voice(case: Case) -> Iterator[Finding]:
    """Für jedes Sozialraumgebiet spricht ein beteiligendes Gremium

    Erfahrungswissen aus dem Gebiet kommt nur dann in den Plan, wenn jemand es regelmäßig einbringt.
    Ein beteiligendes Gremium ohne benannte Gebiete spricht für die ganze Kommune;
    Beobachtungs- und Fördergebiete brauchen keines.

    English:
        A participating body speaks for each social area

        Local experience only reaches the plan where somebody brings it in regularly.
        A participating body without named areas speaks for the whole municipality;
        observation and funding areas need none.

    Bad:
        # plans/territory/weitere.yaml
        social_areas:
          - id: kernstadt  # <- org.area-without-voice
            name: Kernstadt
            parts:
              - {unit: bezirk-03}

    Good:
        # plans/territory/weitere.yaml
        social_areas:
          - id: kernstadt
            name: Kernstadt
            kind: observation-area
            parts:
              - {unit: bezirk-03}
    """
    if case.plan.muted:
        return  # A body for it may stand in a file that could not be read.
    heard: set[str] = set()
    for body in sitting(case):
        if body.kind is BodyKind.PARTICIPATING and body.mandate is not None:
            if not body.mandate.areas:
                return
            heard.update(body.mandate.areas)
    for area in case.plan.social_areas:
        if area.kind is AreaKind.SOCIAL_AREA and area.in_force(case.as_of) and area.id not in heard:
            yield Finding(area.at("id"), {"area": area.id})


@rule(
    "org.participation-missing",
    Severity.WARNING,
    de="Plan „{plan}“: Es ist nicht belegt, dass alle Betroffenen gehört wurden. Es fehlen: {missing}. "
    "Tragen Sie unter „participation“ ein, wer wann beteiligt wurde, oder holen Sie es nach.",
    en="Plan “{plan}”: there is no record that all concerned were heard. Missing: {missing}. "
    "Enter under “participation” who took part when, or make up for it.",
    by_plan=True,
)
def participation_missing(case: Case) -> Iterator[Finding]:
    """Vor dem Beschluss sind Zielgruppen und betroffene Träger gehört worden

    Ein Plan, zu dem die Betroffenen nicht gehört wurden, trifft ihren Bedarf nicht,
    und im Rat fragt jemand danach.
    Geprüft werden Pläne ab der Vorlage: die Zielgruppen ihrer Bedarfe und Maßnahmen, und Träger außerhalb der
    Verwaltung, die durchführen oder Partner sind.
    Als gehört gilt, wer bei einer Beteiligung bis zum heutigen Tag unter `participants`, `target_groups` oder
    `dissent` steht; nimmt ein Gremium teil, gelten seine Mitglieder als gehört.

    English:
        Target groups and the providers concerned were heard before the resolution

        A plan on which those concerned weren't heard misses their need, and somebody in the council asks about it.
        Checked are plans from the proposal on: the target groups of their needs and measures, and actors outside the
        administration that execute or are partners.
        Heard is who stands under `participants`, `target_groups` or `dissent` of a participation up to the day;
        where a body takes part, its members count as heard.

    Bad:
        # plans/areas/hafen.yaml
        participation:  # <- org.participation-missing
          - title: Hafenkonferenz zum Planentwurf
            date: 2025-09-10
            body: hafenkonferenz
            participants: [amt-51]

    Good:
        # plans/areas/hafen.yaml
        participation:
          - title: Hafenkonferenz zum Planentwurf
            date: 2025-09-10
            body: hafenkonferenz
            participants: [hafentreff-ev, amt-51]
            target_groups: [familien]
    """
    for plan in case.plan.area_plans:
        if plan.status in (Status.PROPOSAL, Status.RESOLVED):
            held = [p for p in plan.participation if p.date <= case.as_of]
            missing = list(_missing(case.plan, plan, held))
            if missing:
                key = "participation" if "participation" in plan.origin.keys else "id"
                yield Finding(plan.at(key), {"plan": plan.id, "missing": _listed(missing)})


def _missing(plan: Plan, of: AreaPlan, held: list[Participation]) -> Iterator[Text]:
    if not held:
        yield text(de="jede Beteiligung", en="any participation")
        return
    heard_groups = {group for each in held for group in each.target_groups}
    concerned: tuple[Need | Measure, ...] = (*of.needs, *of.measures)
    groups = dict.fromkeys(group for each in concerned for group in each.target_groups)
    if unheard := [group for group in groups if group not in heard_groups and plan.get(group)]:
        yield text(de=f"Zielgruppen {quoted(unheard).de}", en=f"target groups {quoted(unheard).en}")
    heard = {actor for each in held for actor in _heard(plan, each)}
    actors = dict.fromkeys(actor for measure in of.measures for actor in (*measure.executing, *measure.partners))
    if silent := [a for a in actors if is_external(plan.get(a)) and a not in heard]:
        yield text(de=f"Träger und Partner {quoted(silent).de}", en=f"providers and partners {quoted(silent).en}")


def _heard(plan: Plan, participation: Participation) -> Iterator[str]:
    """Those named, and the members of bodies that took part; the body where it was held, if nobody is named."""
    named = (*participation.participants, *(dissent.actor for dissent in participation.dissent))
    held_in = () if participation.participants or participation.body is None else (participation.body,)
    for each in (*named, *held_in):
        yield each
        if (body := plan.find(each, Body)) is not None:
            yield from (member.actor for member in body.members)


def _listed(parts: Iterable[Text]) -> Text:
    listed = list(parts)
    return Text("; ".join(p.de for p in listed), "; ".join(p.en for p in listed))


@rule(
    "org.works-council-missing",
    Severity.WARNING,
    de="Prozess „{process}“ ändert die Arbeit von {offices}, aber der Personalrat kommt in keinem Schritt vor{basis}. "
    "Fügen Sie einen Schritt ein, an dem er mitwirkt.",
    en="Process “{process}” changes the work of {offices}, but no step has the works council{basis}. "
    "Add a step in which it takes part.",
)
def works_council_missing(case: Case) -> Iterator[Finding]:
    """Ändert ein Prozess Aufgaben oder Abläufe, ist der Personalrat beteiligt

    Eine Umorganisation ohne Beteiligung des Personalrats kann unwirksam sein und muss dann neu beginnen.
    Geprüft werden Soll-Prozesse, die einen Ist-Prozess ablösen (`replaces`) oder unter `changes` sagen, was sich für
    Ämter ändert: In einem Schritt muss eine Stelle der Art `works-council` verantworten, durchführen oder mitwirken.
    Die Rechtsgrundlage steht in `sozplan.yaml` unter `organisation: works_council_basis`.

    English:
        Where a process changes tasks or procedures, the works council takes part

        A reorganisation without the works council may be void and must then start anew.
        Checked are processes as they shall run that replace one as it ran (`replaces`) or say under `changes` what
        changes for offices: in one step an actor of the kind `works-council` must answer, execute or contribute.
        The legal basis stands in `sozplan.yaml` under `organisation: works_council_basis`.

    Bad:
        # handbook/processes/gebietsplan.yaml
        changes:  # <- org.works-council-missing
          - {who: amt-51, statement: Liefert Beiträge zum gemeinsamen Plan statt eines eigenen.}

    Good:
        # plans/organisation/weitere.yaml
        actors:
          - {id: personalrat, name: Personalrat, kind: works-council}
        # handbook/processes/gebietsplan.yaml
        changes:
          - {who: amt-51, statement: Liefert Beiträge zum gemeinsamen Plan statt eines eigenen.}
        steps:
          - step: start
            kind: event
            name: Gebiet ist festgelegt
            next: [entwurf]
          - step: entwurf
            name: Plan entwerfen
            accountable: sozialplanung
            executing: [sozialplanung]
            contributing: [personalrat, hafenkonferenz]
            outputs: [Planentwurf]
            deadline: {days: 120, after: Festlegung}
            next: [beschluss]
          - step: beschluss
            kind: decision
            name: Plan beschließen
            accountable: rat
            executing: [rat]
            inputs: [Planentwurf]
            deadline: {days: 180, after: Festlegung}
            exits:
              - {label: "ja", to: ende}
              - {label: "nein", to: entwurf}
          - step: ende
            kind: event
            name: Plan ist fortgeschrieben
    """
    councils = {actor.id for actor in case.plan.actors if actor.kind is ActorKind.WORKS_COUNCIL}
    if case.plan.muted and not councils:
        return
    for process in live_processes(case):
        offices = _concerned(case.plan, process)
        if offices is not None and not any(_takes_part(step, councils) for step in process.steps):
            key = "changes" if process.changes else "replaces"
            yield Finding(process.at(key), {"process": process.id, "offices": offices, "basis": _basis(case)})


def _concerned(plan: Plan, process: Process) -> Text | None:
    """The offices whose work changes; None where the process changes nobody's."""
    named = dict.fromkeys(each.who for each in process.changes)
    offices = [id for id in named if (actor := plan.find(id, Actor)) and _is_office(actor)]
    if offices:
        return quoted(offices)
    return _THE_STAFF if process.replaces is not None else None


_THE_STAFF = text(de="Beschäftigten", en="employees")
_NO_OFFICES = {ActorKind.WORKS_COUNCIL, ActorKind.GROUP, ActorKind.SCHOOL, ActorKind.HOUSING}


def _is_office(actor: Actor) -> bool:
    return not is_external(actor) and actor.kind not in _NO_OFFICES


def _takes_part(step: Step, councils: set[str]) -> bool:
    return step.accountable in councils or not councils.isdisjoint((*step.executing, *step.contributing))


def _basis(case: Case) -> Text:
    basis = case.plan.settings.organisation.works_council_basis
    return Text(f" ({basis})", f" ({basis})") if basis else Text("", "")


RULES = (area_without_voice, participation_missing, works_council_missing)
