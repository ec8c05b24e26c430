"""Rules of resolutions: there is one, its body may decide it, its tasks are done, its secrets stay in."""

from __future__ import annotations

from collections.abc import Iterator

from sozplan.analysis.rulings import authority_of, decides_any, is_adopted, needed_for
from sozplan.diagnostics import Severity, Text, text
from sozplan.model.areas import AreaPlan
from sozplan.model.authorities import KINDS, Authority
from sozplan.model.case import Case
from sozplan.model.entity import Entity, Place, id_of
from sozplan.model.handbook import Handbook
from sozplan.model.measures import Measure
from sozplan.model.plan import Plan
from sozplan.model.resolutions import Resolution, Vote
from sozplan.model.shared import Decided
from sozplan.model.stamps import Stamps
from sozplan.model.terms import Commitment, Outcome, ResolutionKind, Status
from sozplan.rules.rule import Finding, rule
from sozplan.rules.words import brief, day, kind


@rule(
    "dec.missing",
    Severity.ERROR,
    de="{kind} „{id}“ gilt als beschlossen, {fault}.",
    en="The {kind} “{id}” counts as resolved, {fault}.",
    by_plan=True,
)
def in_force_without_resolution(case: Case) -> Iterator[Finding]:
    """Was als beschlossen gilt, hat einen gefassten Beschluss

    Ohne Beschluss bindet ein Plan niemanden, und auf die Frage, wer das entschieden hat, gibt es keine Antwort.
    Ein abgelehnter, vertagter oder verwiesener Beschluss ist keiner, eine Kenntnisnahme auch nicht.
    Was in einem Plan steht, gilt mit dem Beschluss des Plans.

    English:
        What counts as resolved has a resolution that was taken

        Without a resolution a plan binds nobody, and there is no answer to the question who decided that.
        A resolution rejected, deferred or referred is none, and neither is an information taken note of.
        What stands in a plan is in force by the plan's resolution.

    Bad:
        # plans/strategy.yaml
        goals:
          - id: gute-bildung
            level: guiding
            statement: Jedes Kind wächst mit guten Bildungschancen auf.
            theme: bildung
            owner: amt-51
            status: resolved  # <- dec.missing
          - id: frueh-foerdern
            level: intermediate
            parent: gute-bildung
            statement: Kinder werden früh gefördert, gleich in welchem Stadtbezirk sie leben.
            theme: bildung
            owner: amt-51
            status: resolved
            resolution: b-2024-031

    Good:
        # plans/strategy.yaml
        goals:
          - id: gute-bildung
            level: guiding
            statement: Jedes Kind wächst mit guten Bildungschancen auf.
            theme: bildung
            owner: amt-51
            status: resolved
            resolution: b-2024-031
          - id: frueh-foerdern
            level: intermediate
            parent: gute-bildung
            statement: Kinder werden früh gefördert, gleich in welchem Stadtbezirk sie leben.
            theme: bildung
            owner: amt-51
            status: resolved
            resolution: b-2024-031
    """
    for entity, _ in case.plan.placed_as(Decided, Handbook):
        field = "order" if isinstance(entity, Handbook) else "resolution"
        named = getattr(entity, field)
        if (claim := _claim(case.plan, entity, named)) is None:
            continue
        resolution = case.plan.find(named, Resolution)
        if named is None:
            yield _finding(entity, entity.at(claim), _NONE)
        elif resolution is not None and not is_adopted(resolution):
            yield _finding(entity, entity.at(field), _not_taken(resolution))
        elif resolution is not None and resolution.vote and resolution.vote.ayes <= resolution.vote.noes:
            yield _finding(entity, entity.at(field), _outvoted(resolution.id, resolution.vote))


def _claim(plan: Plan, entity: Entity, named: str | None) -> str | None:
    """The key that says that it is resolved; inside a plan only what names a resolution of its own is looked at."""
    if getattr(entity, "status", None) is Status.RESOLVED:
        owner = plan.owner(id_of(entity) or "")
        by_plan = named is None and owner is not None and owner is not entity and owner.status in _TAKEN
        return None if by_plan else "status"
    is_citywide = isinstance(entity, Measure) and plan.owner(entity.id) is None and entity.status is None
    return "commitment" if is_citywide and getattr(entity, "commitment", None) is Commitment.RESOLVED else None


_TAKEN = (Status.RESOLVED, Status.ENDED)


def _finding(entity: Entity, place: Place, fault: Text) -> Finding:
    return Finding(place, {"kind": kind(entity), "id": id_of(entity), "fault": fault})


_NONE = text(
    de="nennt aber keinen Beschluss. Tragen Sie ihn unter „resolution“ ein (beim Handbuch unter „order“), "
    "oder setzen Sie den Status auf „proposal“",
    en="but names no resolution. Enter it at “resolution” (of the handbook at “order”), "
    "or set the status to “proposal”",
)


def _not_taken(resolution: Resolution) -> Text:
    what = resolution.kind.label if resolution.outcome is Outcome.ADOPTED else resolution.outcome.label
    return text(
        de=f"aber „{resolution.id}“ hat nichts entschieden ({what.de}). Nennen Sie den Beschluss, durch den es gilt",
        en=f"but “{resolution.id}” decided nothing ({what.en}). Name the resolution by which it is in force",
    )


def _outvoted(id: str, vote: Vote) -> Text:
    return text(
        de=f"aber „{id}“ fand nach den Stimmen keine Mehrheit ({vote.ayes} Ja, {vote.noes} Nein). Berichtigen Sie dort "
        "das Ergebnis oder die Stimmen",
        en=f"but “{id}” found no majority by its votes ({vote.ayes} ayes, {vote.noes} noes). Correct the outcome or "
        "the votes there",
    )


@rule(
    "dec.not-competent",
    Severity.ERROR,
    de="{kind} „{id}“: Darüber entscheidet {needed}, der Beschluss „{resolution}“ ist aber von „{body}“ ({authority}). "
    "{advice}",
    en="{kind} “{id}”: on it decides the {needed}, but the resolution “{resolution}” is by “{body}” ({authority}). "
    "{advice}",
    softens=True,
    by_plan=True,
)
def body_without_mandate(case: Case) -> Iterator[Finding]:
    """Beschlossen hat, wer dafür zuständig ist

    Einen Gebietsplan beschließt die Vertretung; die Empfehlung eines Beirats oder eine Verfügung setzt ihn nicht in
    Kraft.
    Wer wofür zuständig ist, steht mit den Voreinstellungen in der Referenz unter `authorities`; `sozplan.yaml` kann
    Gremien und Angaben anders zuordnen.
    Auch ein Stempel zählt nur für Angaben, über die der Beschluss entscheiden konnte.

    English:
        Whoever resolved was competent for it

        An area plan is resolved by the council; the recommendation of an advisory board or an order doesn't put it
        into force.
        Who is competent for what stands with the defaults in the reference at `authorities`; `sozplan.yaml` can
        assign bodies and fields otherwise.
        A stamp as well counts only for the fields that the resolution could decide on.

    Bad:
        # plans/resolutions/beschluesse-2026.yaml
        resolutions:
          - id: b-2026-007
            body: jugendhilfeausschuss
            date: 2026-03-05
            title: Sozialraumgebietsplan Hafen 2026–2029
            wording: Der Jugendhilfeausschuss beschließt den Plan.
            subjects: [hafen-2026]
        # plans/areas/hafen.yaml
        resolution: b-2026-007  # <- dec.not-competent

    Good:
        # plans/areas/hafen.yaml
        resolution: b-2025-117
    """
    plan = case.plan
    for entity, _ in plan.placed_as(Decided, Handbook):
        field = "order" if isinstance(entity, Handbook) else "resolution"
        named, name = entity.__dict__[field], KINDS.get(type(entity))
        resolution = plan.find(named, Resolution) if named is not None else None
        if resolution is None or name is None or not is_adopted(resolution) or plan.get(resolution.body) is None:
            continue  # an unknown body is another rule's business
        authority, needed = authority_of(plan, resolution.body), needed_for(plan, name)
        if (authority is None or not authority.covers(needed)) and needed is not Authority.NOBODY:
            yield _incompetent(plan, entity, entity.at(field), resolution)
    yield from _vain_stamps(plan)


def _vain_stamps(plan: Plan) -> Iterator[Finding]:
    """Stamps by which nothing is decided, since their resolution can't."""
    for stamps in plan.all(Stamps):
        resolution = plan.find(stamps.resolution, Resolution)
        for stamp in stamps.stamps if resolution else ():
            entity = plan.get(stamp.entity)
            name = KINDS.get(type(entity)) if entity is not None else None
            if resolution is None or entity is None or name is None or not is_adopted(resolution):
                continue
            if plan.get(resolution.body) is not None and not decides_any(plan, resolution, name):
                yield _incompetent(plan, entity, Place(stamp.at("entity").location, stamp.entity), resolution)


def _incompetent(plan: Plan, entity: Entity, place: Place, resolution: Resolution) -> Finding:
    needed = needed_for(plan, KINDS[type(entity)])
    authority = authority_of(plan, resolution.body)
    args = {
        "kind": kind(entity),
        "id": id_of(entity),
        "needed": needed.label,
        "resolution": resolution.id,
        "body": resolution.body,
        "authority": authority.label if authority else _DECIDES_NOTHING,
        "advice": _NAME_ANOTHER,
    }
    return Finding(place, args)


_DECIDES_NOTHING = text(de="entscheidet nichts", en="decides nothing")
_NAME_ANOTHER = text(
    de="Nennen Sie den Beschluss der zuständigen Stelle, oder regeln Sie die Zuständigkeit in sozplan.yaml unter "
    "„authorities“.",
    en="Name the resolution of whoever is competent, or settle the competence in sozplan.yaml at “authorities”.",
)


@rule(
    "dec.followup-overdue",
    Severity.WARNING,
    de="Beschluss „{resolution}“: Der Auftrag „{task}“ an „{who}“ war am {until} fällig und ist nicht erledigt. Tragen "
    "Sie „done“ mit dem Tag ein, oder berichten Sie dem Gremium, warum er offen ist.",
    en="Resolution “{resolution}”: the task “{task}” of “{who}” was due on {until} and isn't done. Enter “done” with "
    "the day, or tell the body why it is open.",
)
def follow_up_overdue(case: Case) -> Iterator[Finding]:
    """Aufträge aus Beschlüssen werden erledigt

    Die Beschlusskontrolle fragt, was aus den Aufträgen geworden ist; ohne sie versanden sie.

    English:
        The tasks of resolutions are done

        Following up on resolutions asks what became of their tasks; without it they trickle away.

    Bad:
        # plans/resolutions/beschluesse-2026.yaml
        resolutions:
          - id: b-2026-007
            body: rat
            date: 2026-03-12
            title: Kita-Plätze im Hafen
            wording: Die Verwaltung legt ein Konzept vor.
            follow_ups:
              - {statement: Konzept vorlegen., who: amt-51, until: 2026-06-30}  # <- dec.followup-overdue

    Good:
        # plans/resolutions/beschluesse-2026.yaml
        resolutions:
          - id: b-2026-007
            body: rat
            date: 2026-03-12
            title: Kita-Plätze im Hafen
            wording: Die Verwaltung legt ein Konzept vor.
            follow_ups:
              - {statement: Konzept vorlegen., who: amt-51, until: 2026-06-30, done: 2026-06-11}
    """
    for resolution in case.plan.resolutions:
        for i, task in enumerate(resolution.follow_ups):
            if resolution.outcome is Outcome.REJECTED:
                break
            if task.done is None and task.until < case.as_of and resolution.date <= case.as_of:
                args = {
                    "resolution": resolution.id,
                    "task": brief(task.statement),
                    "who": task.who,
                    "until": day(task.until),
                }
                yield Finding(resolution.at("follow_ups", i, "until"), args)


@rule(
    "dec.nonpublic-cited",
    Severity.ERROR,
    de="{kind} „{id}“ beruft sich öffentlich auf den Beschluss „{resolution}“, der nicht öffentlich gefasst wurde. "
    "Nennen Sie den öffentlichen Beschluss, oder kennzeichnen Sie die Vorlage als nichtöffentlich („public: false“).",
    en="The {kind} “{id}” cites the resolution “{resolution}” in public, which was not taken in public. Name the "
    "public resolution, or mark the paper as non-public (“public: false”).",
    by_plan=True,
)
def nonpublic_resolution_cited(case: Case) -> Iterator[Finding]:
    """Ein nichtöffentlicher Beschluss steht in keiner öffentlichen Vorlage

    Nichtöffentlich wird beraten, was das öffentliche Wohl oder berechtigte Interessen Einzelner verlangen.
    Schon Nummer, Tag und Gegenstand in einer öffentlichen Vorlage geben davon zu viel preis.
    Gemeint sind Pläne mit ihrer Vorlage, Ziele, Gebietsfestlegungen und die Bestandsaufnahme.
    Eine Verfügung ist kein nichtöffentlicher Beschluss; auf sie darf sich jeder berufen.

    English:
        A non-public resolution stands in no public paper

        What the public good or legitimate interests of single persons demand is discussed in private.
        Number, day and subject alone give away too much of it in a public paper.
        Meant are plans with their paper, goals, designations and the inventory.
        An order is no non-public resolution; anybody may cite it.

    Bad:
        # plans/resolutions/beschluesse-2026.yaml
        resolutions:
          - id: b-2026-007
            body: rat
            date: 2026-03-12
            public: false
            title: Mietvertrag für den Hafentreff
            wording: Der Rat stimmt dem Mietvertrag zu.
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
              status: resolved
              resolution: b-2026-007  # <- dec.nonpublic-cited

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
              status: resolved
              resolution: b-2025-117
    """
    for entity, _ in case.plan.placed_as(Decided):
        if entity.resolution is None or not entity.origin.file.startswith("plans/"):
            continue
        resolution = case.plan.find(entity.resolution, Resolution)
        if resolution is None or resolution.public or resolution.kind is ResolutionKind.ORDER:
            continue
        owner = entity if isinstance(entity, AreaPlan) else case.plan.owner(entity.id)
        if owner is None or owner.paper is None or owner.paper.public:
            args = {"kind": kind(entity), "id": entity.id, "resolution": resolution.id}
            yield Finding(entity.at("resolution"), args)


RULES = (in_force_without_resolution, body_without_mandate, follow_up_overdue, nonpublic_resolution_cited)
