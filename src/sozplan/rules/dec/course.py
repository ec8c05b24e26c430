"""Rules of the course of things: states in their order, money before the start, everybody heard who must be."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import chain

from sozplan.analysis.rulings import decides_any, rulings
from sozplan.diagnostics import Severity, Text, text
from sozplan.model.areas import AreaPlan
from sozplan.model.authorities import KINDS
from sozplan.model.case import Case
from sozplan.model.entity import walk
from sozplan.model.funding import Application, Stage
from sozplan.model.handbook import Handbook
from sozplan.model.plan import Plan
from sozplan.model.resolutions import Resolution
from sozplan.model.shared import Decided
from sozplan.model.strategy import Theme
from sozplan.model.terms import ApplicationState, ConsultationRole, MeasureStatus, Status
from sozplan.rules.rule import Finding, rule, status_of
from sozplan.rules.words import brief, day, kind


@rule(
    "dec.illegal-transition",
    Severity.ERROR,
    de="{kind} „{id}“: {fault}.",
    en="{kind} “{id}”: {fault}.",
)
def state_out_of_order(case: Case) -> Iterator[Finding]:
    """Zustände folgen aufeinander, wie es das Verfahren vorsieht

    Was einmal beschlossen ist, wird nicht wieder Entwurf: Es endet, oder eine neue Fassung löst es ab.
    Nur das Handbuch behält seine Kennung: Eine neue Fassung ist Vorlage, bis sie verfügt ist.
    Ein Plan löst nur ab, was einmal galt.
    Auf einen Bescheid geht ein Antrag voraus, auf den Abruf ein Bescheid, und nach einer Ablehnung kommt nichts mehr.
    Dass etwas beschlossen war, zeigt sein Stempel.

    English:
        States follow one another as the procedure has it

        What was resolved once doesn't become a draft again: it ends, or a new version takes its place.
        Only the handbook keeps its id: a new version is a proposal until it is ordered.
        A plan takes the place only of what was once in force.
        A notice follows an application, a drawdown a notice, and after a refusal nothing more comes.
        That something was resolved is shown by its stamp.

    Bad:
        # plans/inventory/bestand.yaml
        items:
          - id: bestand-hafentreff
            title: Hafentreff
            kind: facility
            recommendation:
              id: empfehlung-hafentreff
              advice: adapt
              statement: Den Treff um Kita-Lotsen ergänzen.
              reason: Familien kommen ohnehin hierher.
              status: draft  # <- dec.illegal-transition
        # plans/resolutions/stamps/b-2025-117.yaml
        resolution: b-2025-117
        stamps:
          - entity: empfehlung-hafentreff
            v: 1
            fields:
              advice: f1f61cc7216e18012d97bcfc33ae7a69995846c612b317073bff4e4cd52fd353
              statement: 0fa0cfbf0c1f0e21e37d6acc1cd16d69f819d7ef9ac5eb9bbe98731d76ada07c

    Good:
        # plans/inventory/bestand.yaml
        items:
          - id: bestand-hafentreff
            title: Hafentreff
            kind: facility
            recommendation:
              id: empfehlung-hafentreff
              advice: adapt
              statement: Den Treff um Kita-Lotsen ergänzen.
              reason: Familien kommen ohnehin hierher.
              status: ended
              resolution: b-2025-117
              valid_to: 2026-06-30
        # plans/resolutions/stamps/b-2025-117.yaml
        resolution: b-2025-117
        stamps:
          - entity: empfehlung-hafentreff
            v: 1
            fields:
              advice: f1f61cc7216e18012d97bcfc33ae7a69995846c612b317073bff4e4cd52fd353
              statement: 0fa0cfbf0c1f0e21e37d6acc1cd16d69f819d7ef9ac5eb9bbe98731d76ada07c
    """
    yield from _draft_again(case.plan)
    yield from _draft_replaced(case.plan)
    for application in case.plan.applications:
        yield from _stages(application)


def _draft_again(plan: Plan) -> Iterator[Finding]:
    for id, found in rulings(plan).items():
        entity = plan.get(id)
        if not isinstance(entity, Decided | Handbook) or entity.status not in (Status.DRAFT, Status.PROPOSAL):
            continue
        if isinstance(entity, Handbook) and _is_next_version(entity):
            continue
        decided = [r.resolution for r in found if decides_any(plan, r.resolution, KINDS.get(type(entity)))]
        if decided:
            after = text(
                de=f"Nach dem Beschluss „{decided[0].id}“ kann der Status nicht wieder „{entity.status.label.de}“ "
                "sein. ",
                en=f"after the resolution “{decided[0].id}” the status can't be “{entity.status.label.en}” again. ",
            )
            remedy = _NEXT_VERSION if isinstance(entity, Handbook) else _NEXT_ENTRY
            fault = Text(after.de + remedy.de, after.en + remedy.en)
            yield Finding(entity.at("status"), {"kind": kind(entity), "id": id, "fault": fault})


_NEXT_ENTRY = text(
    de="Setzen Sie ihn auf „ended“, und legen Sie eine neue Fassung mit eigener Kennung an",
    en="Set it to “ended”, and make a new version with an id of its own",
)
_NEXT_VERSION = text(
    de="Erhöhen Sie „version“, und tragen Sie die neue Fassung unter „changes“ ein, noch ohne „order“",
    en="Raise “version”, and enter the new version under “changes”, still without an “order”",
)


def _is_next_version(handbook: Handbook) -> bool:
    """A handbook keeps its id from version to version; the one being prepared is in no order yet."""
    return any(entry.version == handbook.version and entry.order is None for entry in handbook.changes)


def _draft_replaced(plan: Plan) -> Iterator[Finding]:
    for area_plan in plan.area_plans:
        former = plan.find(area_plan.predecessor, AreaPlan)
        if former is not None and former.status in (Status.DRAFT, Status.PROPOSAL):
            fault = text(
                de=f"Der Vorgänger „{former.id}“ hat den Status „{former.status.label.de}“ und galt nie. Berichtigen "
                "Sie seinen Status, oder streichen Sie „predecessor“",
                en=f"the predecessor “{former.id}” has the status “{former.status.label.en}” and was never in force. "
                "Correct its status, or delete “predecessor”",
            )
            args = {"kind": kind(area_plan), "id": area_plan.id, "fault": fault}
            yield Finding(area_plan.at("predecessor"), args)


_NEEDS = {
    ApplicationState.NOTICE: (ApplicationState.APPLICATION,),
    ApplicationState.REFUSED: (ApplicationState.SKETCH, ApplicationState.APPLICATION),
    ApplicationState.DRAWDOWN: (ApplicationState.NOTICE,),
    ApplicationState.PROOF: (ApplicationState.NOTICE,),
}
"""One of what must have come before."""


def _stages(application: Application) -> Iterator[Finding]:
    """By day; of one day in the order of the file."""
    numbered = sorted(enumerate(application.stages), key=lambda pair: pair[1].date)
    before: list[Stage] = []
    for i, stage in numbered:
        if (fault := _against(stage, before)) is not None:
            args = {"kind": kind(application), "id": application.id, "fault": fault}
            yield Finding(application.at("stages", i, "state"), args)
        before.append(stage)


def _against(stage: Stage, before: list[Stage]) -> Text | None:
    refused = next((each for each in before if each.state is ApplicationState.REFUSED), None)
    word = stage.state.label
    if refused is not None:
        return text(
            de=f"Auf die Ablehnung vom {day(refused.date).de} kann „{word.de}“ nicht folgen. Legen Sie einen neuen "
            "Förderantrag an",
            en=f"“{word.en}” can't follow the refusal of {day(refused.date).en}. Make a new application",
        )
    needed = _NEEDS.get(stage.state, ())
    if not needed or any(each.state in needed for each in before):
        return None
    wanted = Text(
        " oder ".join(f"„{each.label.de}“" for each in needed), " or ".join(f"“{each.label.en}”" for each in needed)
    )
    return text(
        de=f"„{word.de}“ am {day(stage.date).de} setzt {wanted.de} voraus. Ergänzen Sie den früheren Stand mit seinem "
        "Tag, oder berichtigen Sie das Datum",
        en=f"“{word.en}” on {day(stage.date).en} requires {wanted.en} before. Add the earlier state with its day, or "
        "correct the date",
    )


@rule(
    "dec.reservation",
    Severity.WARNING,
    de="Die Maßnahme „{measure}“ {state}, obwohl sie noch unter Haushaltsvorbehalt steht. Sind die Mittel "
    "bereitgestellt, setzen Sie „budget_reservation: false“; sonst darf sie nicht laufen.",
    en="The measure “{measure}” {state} although it still depends on the budget. If the funds are provided, set "
    "“budget_reservation: false”; otherwise it must not run.",
)
def running_under_reservation(case: Case) -> Iterator[Finding]:
    """Unter Haushaltsvorbehalt läuft keine Maßnahme

    Der Vorbehalt heißt: erst das Geld, dann der Beginn.
    Wer trotzdem beginnt, bindet die Kommune an Ausgaben, die niemand bewilligt hat.

    English:
        No measure runs under a budget reservation

        The reservation says: first the money, then the start.
        Whoever starts nevertheless ties the municipality to spending that nobody has granted.

    Bad:
        # plans/areas/hafen.yaml
        measures:
          - id: hafen-m1
            title: Kita-Lotsen im Hafentreff
            goals: [hafen-g1]
            commitment: intended
            budget_reservation: true  # <- dec.reservation
            progress: running
            actual: {from: 2026-02-01}
            responsible: amt-51
            executing: [hafentreff-ev]

    Good:
        # plans/areas/hafen.yaml
        measures:
          - id: hafen-m1
            title: Kita-Lotsen im Hafentreff
            goals: [hafen-g1]
            commitment: intended
            budget_reservation: true
            progress: planned
            responsible: amt-51
            executing: [hafentreff-ev]
    """
    for measure in case.plan.measures:
        if not measure.budget_reservation or status_of(case.plan, measure) is Status.ENDED:
            continue
        if (state := _RAN.get(measure.progress)) is not None:
            yield Finding(measure.at("budget_reservation"), {"measure": measure.id, "state": state})


_RAN = {
    MeasureStatus.RUNNING: text(de="läuft", en="is running"),
    MeasureStatus.COMPLETED: text(de="ist abgeschlossen", en="is completed"),
}


@rule(
    "dec.youth-committee-missing",
    Severity.WARNING,
    de="Plan „{plan}“ berührt mit „{theme}“ die Jugendhilfe, aber {fault}.",
    en="Plan “{plan}” touches youth welfare by “{theme}”, but {fault}.",
)
def youth_committee_not_heard(case: Case) -> Iterator[Finding]:
    """Der Jugendhilfeausschuss befasst sich mit allem, was die Jugendhilfe berührt

    Ein Beschluss der Vertretung über Fragen der Jugendhilfe, zu dem der Ausschuss nicht gehört wurde, ist anfechtbar.
    Welche Handlungsfelder dazugehören, sagt „youth“ beim Handlungsfeld; welches Gremium es ist, „youth_committee“.
    Es genügt, dass er vor der Entscheidung in der Beratungsfolge steht oder selbst über den Plan beschlossen hat.

    English:
        The youth welfare committee deals with all that touches youth welfare

        A resolution of the council on questions of youth welfare on which the committee was not heard can be contested.
        Which fields of action belong to it, “youth” says at the field; which body it is, “youth_committee”.
        It is enough that it stands among the consultations before the decision or has itself resolved on the plan.

    Bad:
        # plans/areas/hafen.yaml
        paper:
          number: V-2025-117
          office: sozialplanung
          date: 2025-10-30
          subject: Sozialraumgebietsplan Hafen 2026–2029
          consultations:  # <- dec.youth-committee-missing
            - {body: rat, date: 2025-12-11, role: decision}
          proposal: [Der Rat beschließt den Sozialraumgebietsplan Hafen 2026–2029.]

    Good:
        # plans/areas/hafen.yaml
        paper:
          number: V-2025-117
          office: sozialplanung
          date: 2025-10-30
          subject: Sozialraumgebietsplan Hafen 2026–2029
          consultations:
            - {body: jugendhilfeausschuss, date: 2025-11-20, role: advice}
            - {body: rat, date: 2025-12-11, role: decision}
          proposal: [Der Rat beschließt den Sozialraumgebietsplan Hafen 2026–2029.]
    """
    committees = {body.id for body in case.plan.bodies if body.youth_committee}
    if case.plan.muted and not committees:
        return
    heard = _resolved_on(case.plan, committees)
    for plan in _touching_youth(case.plan):
        theme = _youth_theme(case.plan, plan) if plan.status in (Status.PROPOSAL, Status.RESOLVED) else None
        if theme is None or plan.id in heard or plan.resolution in heard:
            continue
        stops = plan.paper.consultations if plan.paper else ()
        own = [(i, stop.date) for i, stop in enumerate(stops) if stop.body in committees]
        decided = _decided_on(case.plan, plan)
        args = {"plan": plan.id, "theme": brief(theme.name)}
        if not own:
            place = plan.at("paper", "consultations") if plan.paper else plan.at("resolution")
            yield Finding(place, {**args, "fault": _not_among(sorted(committees))})
        elif decided and all(on is not None and on > decided for _, on in own):
            i, on = own[0]
            fault = _heard_late(on or decided, decided)
            yield Finding(plan.at("paper", "consultations", i, "date"), {**args, "fault": fault})


def _decided_on(plan: Plan, area_plan: AreaPlan) -> date | None:
    """The day of the resolution, else that on which it is to be taken."""
    resolution = plan.find(area_plan.resolution, Resolution)
    if resolution is not None and area_plan.status is Status.RESOLVED:
        return resolution.date
    stops = area_plan.paper.consultations if area_plan.paper else ()
    return max((s.date for s in stops if s.date and s.role is ConsultationRole.DECISION), default=None)


def _heard_late(on: date, decided: date) -> Text:
    return text(
        de=f"der Jugendhilfeausschuss berät erst am {day(on).de}, nach der Entscheidung am {day(decided).de}. Ziehen "
        "Sie seine Sitzung vor",
        en=f"the youth welfare committee deals with it only on {day(on).en}, after the decision on {day(decided).en}. "
        "Let it deal with it before",
    )


def _not_among(committees: list[str]) -> Text:
    if not committees:
        return text(
            de="kein Gremium ist als Jugendhilfeausschuss gekennzeichnet. Ergänzen Sie bei ihm „youth_committee: true“ "
            "und in der Beratungsfolge seine Sitzung",
            en="no body is marked as the youth welfare committee. Add “youth_committee: true” to it and its session to "
            "the consultations",
        )
    return text(
        de=f"der Jugendhilfeausschuss („{committees[0]}“) steht nicht in der Beratungsfolge. Ergänzen Sie dort seine "
        "Sitzung",
        en=f"the youth welfare committee (“{committees[0]}”) is not among the consultations. Add its session there",
    )


def _resolved_on(plan: Plan, committees: set[str]) -> set[str]:
    """What a youth committee took a resolution on, and its resolutions themselves."""
    found: set[str] = set()
    for resolution in plan.resolutions:
        if resolution.body in committees:
            found.update((resolution.id, *resolution.subjects))
    return found


def _touching_youth(plan: Plan) -> Iterator[AreaPlan]:
    """The plans in whose files a theme of youth welfare is named."""
    youth = {theme.id for theme in plan.themes if theme.youth}
    named = (entities for cls, entities in plan.placed_by_class.items() if "theme" in cls.model_fields)
    files = {each.origin.file for each, _ in chain.from_iterable(named) if each.__dict__["theme"] in youth}
    return (each for each in plan.area_plans if each.origin.file in files)


def _youth_theme(plan: Plan, area_plan: AreaPlan) -> Theme | None:
    for entity in walk(area_plan):
        theme = plan.find(getattr(entity, "theme", None), Theme)
        if theme is not None and theme.youth:
            return theme
    return None


RULES = (state_out_of_order, running_under_reservation, youth_committee_not_heard)
