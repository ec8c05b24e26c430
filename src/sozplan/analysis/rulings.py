"""Which resolution counts for which statement, and what differs from the one that counts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sozplan.analysis.decisions import Child, Statement, children_of, statements
from sozplan.model.authorities import DEFAULTS, KINDS, Authority, is_budget_field
from sozplan.model.entity import Entity
from sozplan.model.memory import once
from sozplan.model.organisation import Actor, Body
from sozplan.model.plan import Plan
from sozplan.model.resolutions import Resolution
from sozplan.model.shared import Decided
from sozplan.model.stamps import Stamp, Stamps
from sozplan.model.terms import ActorKind, BodyKind, Commitment, Outcome, ResolutionKind, Status

_BUDGET = (ResolutionKind.BUDGET_STATUTE, ResolutionKind.SUPPLEMENTARY)


@once
def authority_of(plan: Plan, holder: str) -> Authority | None:
    """What a body or office stands for, by sozplan.yaml, else by its kind; none where it decides nothing."""
    named = plan.settings.authorities
    for authority in (Authority.COUNCIL, Authority.COMMITTEE, Authority.HEAD, Authority.TREASURER):
        if holder in getattr(named, authority.value):
            return authority
    body, actor = plan.find(holder, Body), plan.find(holder, Actor)
    if body is not None and body.kind is BodyKind.DECIDING:
        if body.reports_to is None and not named.council:
            return Authority.COUNCIL
        return None if named.committee else Authority.COMMITTEE
    if actor is not None and actor.kind is ActorKind.HEAD and not named.head:
        return Authority.HEAD
    return None


def is_adopted(resolution: Resolution) -> bool:
    """Whether something was decided by it at all."""
    return resolution.outcome is Outcome.ADOPTED and resolution.kind is not ResolutionKind.INFORMATION


def decides(plan: Plan, resolution: Resolution, kind: str, field: str) -> bool:
    """Whether the resolution counts for that field of entities of that kind."""
    authority = authority_of(plan, resolution.body)
    if authority is None or not is_adopted(resolution):
        return False
    needed = plan.settings.authorities.of(kind, field)
    if needed is Authority.NOBODY:
        return False
    if resolution.kind not in _BUDGET:
        return authority.covers(needed)
    if resolution.kind is ResolutionKind.SUPPLEMENTARY:
        return is_budget_field(kind, field)
    return authority is Authority.COUNCIL and is_budget_field(kind, field)


def decides_any(plan: Plan, resolution: Resolution, kind: str | None) -> bool:
    """Whether it counts for anything at all of entities of that kind."""
    return kind is not None and any(decides(plan, resolution, kind, field) for field in DEFAULTS[kind])


@once
def needed_for(plan: Plan, kind: str) -> Authority:
    """The highest authority that has a say in entities of that kind: only it can put one into force."""
    authorities = plan.settings.authorities
    return min((authorities.of(kind, field) for field in DEFAULTS[kind]), key=lambda authority: authority.rank)


class Ruling(NamedTuple):
    """A stamp with the resolution that it belongs to."""

    stamp: Stamp
    resolution: Resolution


Rulings = Mapping[str, Sequence[Ruling]]


def rulings(plan: Plan) -> Rulings:
    """The stamps of each entity, older resolutions first."""
    found: dict[str, list[Ruling]] = {}
    for stamps in plan.all(Stamps):
        resolution = plan.find(stamps.resolution, Resolution)
        if resolution is not None:
            for stamp in stamps.stamps:
                found.setdefault(stamp.entity, []).append(Ruling(stamp, resolution))
    for each in found.values():
        each.sort(key=lambda ruling: (ruling.resolution.date, ruling.resolution.id))
    return found


@dataclass(frozen=True, slots=True)
class Deviation:
    """Something that isn't as it was decided.

    `now` is the statement as it stands, none where it is gone; `was` the decided fingerprint, none where there was
    no such statement. `child` came in, or `gone` was taken out, or `entity` itself isn't there any more.
    """

    id: str
    ruling: Ruling
    needed: Authority
    entity: Entity | None = None
    path: str = ""
    now: Statement | None = None
    was: str | None = None
    child: Child | None = None
    gone: str | None = None

    @property
    def subject(self) -> str:
        """What is to be resolved on, so that it counts."""
        return self.child.id if self.child else self.gone or self.id


def deviations(plan: Plan) -> Iterator[Deviation]:
    """All that differs from its stamps, entity by entity in the order of the ids."""
    known = rulings(plan)
    inside = {id for each in known.values() for ruling in each for id in ruling.stamp.children}
    for id, found in sorted(known.items()):
        entity = plan.get(id)
        if entity is None or type(entity) not in KINDS:
            if id not in inside and id not in plan.muted and not is_struck(plan, found):
                yield _vanished(plan, id, found)
            continue
        yield from _of_statements(plan, id, entity, found)
        yield from _of_children(plan, known, id, entity)


def _vanished(plan: Plan, id: str, found: Sequence[Ruling]) -> Deviation:
    """By the newest of the highest that had decided on it."""
    ranked = [(authority_of(plan, ruling.resolution.body) or Authority.NOBODY, ruling) for ruling in found]
    highest = min((authority for authority, _ in ranked), key=lambda authority: authority.rank)
    return Deviation(id, [ruling for authority, ruling in ranked if authority is highest][-1], highest)


def is_struck(plan: Plan, found: Sequence[Ruling]) -> bool:
    """Whether an empty stamp says that it was struck out, by no lesser authority than had put it in."""
    *before, last = found
    authority = authority_of(plan, last.resolution.body)
    if last.stamp.fields or last.stamp.children or authority is None or not is_adopted(last.resolution):
        return False
    former = (authority_of(plan, ruling.resolution.body) for ruling in before)
    return all(authority.covers(each) for each in former if each is not None)


def _of_statements(plan: Plan, id: str, entity: Entity, found: Sequence[Ruling]) -> Iterator[Deviation]:
    kind = KINDS[type(entity)]
    current = statements(entity, plan.settings.authorities, plan.texts)
    stamped = {path: field_of(path) for ruling in found for path in ruling.stamp.fields}
    counting: dict[str, list[Ruling]] = {}
    for path in dict.fromkeys((*current, *stamped)):
        now = current.get(path)
        field = now.field if now else stamped[path]
        if field not in counting:
            counting[field] = _last(plan, found, kind, field)
        last = counting[field]
        digest = now.digest if now else None
        if last and not any(_agrees(ruling.stamp, path, digest) for ruling in last):
            was = last[-1].stamp.fields.get(path)
            needed = plan.settings.authorities.of(kind, field)
            yield Deviation(id, last[-1], needed, entity, path, now, was)


def field_of(path: str) -> str:
    return path.partition(".")[0]


def _last(plan: Plan, found: Sequence[Ruling], kind: str, field: str) -> list[Ruling]:
    """The newest rulings that count for the field; several of one day stand beside each other."""
    count = [ruling for ruling in found if decides(plan, ruling.resolution, kind, field)]
    return [ruling for ruling in count if ruling.resolution.date == count[-1].resolution.date]


def _agrees(stamp: Stamp, path: str, digest: str | None) -> bool:
    return stamp.fields.get(path) == digest or any(
        correction.field == path and correction.sha256 == digest for correction in stamp.corrections
    )


def _of_children(plan: Plan, known: Rulings, id: str, entity: Entity) -> Iterator[Deviation]:
    found, kind = known[id], KINDS[type(entity)]
    children = {child.id: child for child in children_of(entity)}
    for child in children.values():
        last = _last(plan, found, kind, child.field)
        in_it = any(child.id in ruling.stamp.children for ruling in last)
        by_itself = any(decides(plan, r.resolution, kind, child.field) for r in known.get(child.id, ()))
        if last and not in_it and not by_itself and _claims(child.entity):
            yield Deviation(id, last[-1], plan.settings.authorities.of(kind, child.field), entity, child=child)
    deciding = [ruling for ruling in found if decides_children(plan, ruling.resolution, entity)]
    last = [ruling for ruling in deciding if ruling.resolution.date == deciding[-1].resolution.date]
    for gone in dict.fromkeys(child for ruling in last for child in ruling.stamp.children):
        struck = gone in known and is_struck(plan, known[gone])
        if gone not in children and gone not in plan.muted and not struck:
            yield Deviation(id, last[-1], needed_for(plan, kind), entity, gone=gone)


def decides_children(plan: Plan, resolution: Resolution, entity: Entity) -> bool:
    kind = KINDS[type(entity)]
    return any(decides(plan, resolution, kind, field) for field in nesting_fields(type(entity)))


def nesting_fields(cls: type[Entity]) -> tuple[str, ...]:
    """The fields in which entities with decisions of their own stand."""
    return _NESTING.get(KINDS.get(cls, ""), ())


_NESTING: Mapping[str, tuple[str, ...]] = {
    "goal": ("targets",),
    "area_plan": ("needs", "goals", "measures"),
    "area_goal": ("targets",),
}


def _claims(entity: Entity) -> bool:
    """Whether it says of itself that it is decided; what is only intended may stand beside it."""
    status = entity.status if isinstance(entity, Decided) else None
    commitment = getattr(entity, "commitment", Commitment.RESOLVED)
    return status not in (Status.DRAFT, Status.PROPOSAL) and commitment in (
        Commitment.RESOLVED,
        Commitment.CONTRACTUAL,
    )
