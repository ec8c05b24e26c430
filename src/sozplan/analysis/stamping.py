"""What a resolution may stamp, and the stamps that it leaves."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import NamedTuple

from sozplan.analysis.decisions import children_of, is_decidable, statements
from sozplan.analysis.proofs import cells_behind, proofs
from sozplan.analysis.rulings import authority_of, decides, decides_any, is_adopted, rulings
from sozplan.model.authorities import KINDS
from sozplan.model.case import Case
from sozplan.model.entity import Entity, id_of, walk
from sozplan.model.plan import Plan
from sozplan.model.resolutions import Resolution
from sozplan.model.stamps import Correction, EvidenceFile, EvidenceStamp, Stamp, Stamps
from sozplan.model.terms import Status

Digests = Callable[[str], str | None]
"""The checksum of the file at a path."""


def subjects(entity: Entity, with_children: bool) -> tuple[Entity, ...]:
    """What is stamped with it, itself first."""
    found = walk(entity) if with_children else (entity,)
    return tuple(each for each in found if is_decidable(each))


def was_put_before(plan: Plan, resolution: Resolution, id: str) -> bool:
    """Whether the resolution says that it was about this: it names it, or what it stands in, or names nothing."""
    if not resolution.subjects or id in resolution.subjects:
        return True
    around = (plan.get(id), plan.owner(id), next((goal for target, goal in plan.targets() if target.id == id), None))
    named = [getattr(each, key, None) for each in around for key in ("resolution", "order")]
    return resolution.id in named or any(each is not None and id_of(each) in resolution.subjects for each in around)


def may_strike(plan: Plan, resolution: Resolution, id: str) -> bool:
    """Whether it ranks as high as what had put a vanished entry into force."""
    authority = authority_of(plan, resolution.body)
    former = [authority_of(plan, ruling.resolution.body) for ruling in rulings(plan).get(id, ())]
    if authority is None or not is_adopted(resolution):
        return False
    return bool(former) and all(authority.covers(each) for each in former if each is not None)


def is_pending(plan: Plan, entity: Entity) -> Status | None:
    """The status of what isn't in force yet: its own, else that of its plan."""
    own = getattr(entity, "status", None)
    owner = plan.owner(id_of(entity) or "")
    status = own if isinstance(own, Status) else owner.status if owner is not None else Status.RESOLVED
    return status if status in (Status.DRAFT, Status.PROPOSAL) else None


def stamp_of(plan: Plan, resolution: Resolution, entity: Entity) -> Stamp:
    """The fingerprints of what the resolution could decide of the entity."""
    kind, authorities = KINDS[type(entity)], plan.settings.authorities
    found = statements(entity, authorities, plan.texts)
    fields = {path: each.digest for path, each in found.items() if decides(plan, resolution, kind, each.field)}
    children = tuple(child.id for child in children_of(entity) if decides(plan, resolution, kind, child.field))
    return Stamp(entity=id_of(entity) or "", v=1, fields=fields, children=children)


def evidence_of(case: Case, entity: Entity, digests: Digests) -> EvidenceStamp | None:
    """The tables that its figures come from, as they lie there now."""
    used = {cell.resource for proof in proofs(case.plan, entity) for cell in cells_behind(case, proof)}
    files = []
    for name, resource in (case.figures.resources or {}).items():
        sha256 = digests(f"indicators/{resource.path}") if name in used else None
        if sha256 is not None:
            release = resource.release.date if resource.release else None
            files.append(EvidenceFile(resource=name, release=release, sha256=sha256))
    return EvidenceStamp(entity=id_of(entity) or "", files=tuple(files)) if files else None


class Merged(NamedTuple):
    """A new file of stamps; `clash` are entities that the same resolution had stamped otherwise before."""

    stamps: Stamps
    clash: tuple[str, ...]


def merged(former: Stamps | None, resolution: str, new: Iterable[Stamp], evidence: Iterable[EvidenceStamp]) -> Merged:
    """The former stamps with the new ones, by id; a resolution decides an entity once."""
    stamps = {stamp.entity: stamp for stamp in (former.stamps if former else ())}
    proven = {each.entity: each for each in (former.evidence if former else ())}
    clash = []
    for stamp in new:
        before = stamps.get(stamp.entity)
        if before is None:
            stamps[stamp.entity] = stamp
        elif not _says(before, stamp):
            clash.append(stamp.entity)
    proven |= {each.entity: each for each in evidence}
    file = Stamps(
        resolution=resolution,
        stamps=tuple(stamps[id] for id in sorted(stamps)),
        evidence=tuple(proven[id] for id in sorted(proven)),
    )
    return Merged(file, tuple(clash))


def _says(before: Stamp, now: Stamp) -> bool:
    """Whether the entity is as it was stamped, corrections counted."""
    corrected = {each.field: each.sha256 for each in before.corrections}
    return before.fields | corrected == now.fields and before.children == now.children


class Slip(NamedTuple):
    """Why and by whom something is taken for a slip of the pen, and when."""

    date: date
    reason: str
    role: str


def uncorrectable(plan: Plan, before: Stamp, now: Stamp, entity: Entity) -> tuple[str, ...]:
    """What differs and is no matter of words: values, days, ids, entries that came or went."""
    found = statements(entity, plan.settings.authorities, plan.texts)
    differing = [path for path in {**before.fields, **now.fields} if before.fields.get(path) != now.fields.get(path)]
    wrong = [path for path in differing if path not in before.fields or path not in found or not found[path].is_prose]
    return (*wrong, *(("children",) if before.children != now.children else ()))


def corrected(before: Stamp, now: Stamp, slip: Slip) -> Stamp:
    """The stamp with what differs now noted as a correction."""
    kept = tuple(each for each in before.corrections if now.fields.get(each.field) == each.sha256)
    settled = {each.field for each in kept}
    added = (
        Correction(field=path, sha256=sha256, date=slip.date, reason=slip.reason, role=slip.role)
        for path, sha256 in now.fields.items()
        if before.fields.get(path) != sha256 and path not in settled
    )
    return before.model_copy(update={"corrections": (*kept, *added)})


def stamped(plan: Plan, resolution: str) -> Stamps | None:
    return next((each for each in plan.all(Stamps) if each.resolution == resolution), None)


def undecided(plan: Plan, resolution: Resolution, entities: Sequence[Entity]) -> tuple[str, ...]:
    """Ids of those on which the resolution couldn't decide anything."""
    return tuple(id_of(e) or "" for e in entities if not decides_any(plan, resolution, KINDS.get(type(e))))
