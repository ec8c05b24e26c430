"""The life of an entry: what was decided about it and when, and what was recorded in git and when.

The two clocks stay apart: a resolution has the day of its decision, a commit the day on which it was written down.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from sozplan.analysis.changes import BELONGS, Verb
from sozplan.analysis.fields import Shift, compare
from sozplan.diagnostics import text
from sozplan.model.entity import Entity, id_of
from sozplan.model.moment import Held, Moment
from sozplan.model.resolutions import Resolution


@dataclass(frozen=True, slots=True)
class Recorded:
    """What a commit did to the entry; no verb where a faulty file hides that.

    `resolutions` are those about the entry that were recorded by the same commit, or that it refers to since then.
    """

    moment: Moment
    verb: Verb | None
    shifts: tuple[Shift, ...] = ()
    resolutions: tuple[str, ...] = ()
    stamped: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Resolutions, each with the paths of what it was stamped to have decided anew."""


@dataclass(frozen=True, slots=True)
class Decision:
    """A resolution about the entry or what it stands in, and the commit that recorded it first."""

    resolution: Resolution
    recorded: Moment | None


@dataclass(frozen=True, slots=True)
class History:
    """`last` is the entry as it is, or as it last was."""

    id: str
    last: Held
    exists: bool
    decisions: tuple[Decision, ...]
    records: tuple[Recorded, ...]


def history(ids: Sequence[str], moments: Iterable[Moment]) -> History | None:
    """Of an entry that has the first id and had the others; None where no commit knows it."""
    told = list(moments)
    states = [held for moment in told for held in (moment.before, moment.after) if held]
    if not states:
        return None
    named = {*ids, *(above for held in states for above in held.above)}
    linked = {name for held in states for name in _linked(held)} | {name for m in told for name, _ in m.stamps}
    decisions = tuple(_decisions(told, named, linked))
    about = {decision.resolution.id for decision in decisions}
    records = tuple(_with_stamps(told, about, frozenset(ids)))
    return History(ids[0], states[-1], told[-1].after is not None, decisions, records)


def _linked(held: Held) -> Iterator[str]:
    """The resolutions that the entry itself names, or its plan."""
    for entity in (held.entity, held.root):
        yield from (name for key in ("resolution", "order") if (name := getattr(entity, key, None)))


def _decisions(moments: Iterable[Moment], named: set[str], linked: set[str]) -> Iterator[Decision]:
    """By the day of the decision; each as it was recorded last."""
    first: dict[str, Moment] = {}
    last: dict[str, Resolution] = {}
    for moment in moments:
        for resolution in moment.resolutions:
            first.setdefault(resolution.id, moment)
            last[resolution.id] = resolution
    found = [each for each in last.values() if each.id in linked or named.intersection(each.subjects)]
    for each in sorted(found, key=lambda resolution: (resolution.date, resolution.id)):
        yield Decision(each, first[each.id])


def _with_stamps(moments: Iterable[Moment], about: set[str], ids: frozenset[str]) -> Iterator[Recorded]:
    """Of a later stamp only what differs from the ones before was decided anew."""
    digests: dict[str, str] = {}
    for moment in moments:
        stamped = []
        for resolution, stamp in moment.stamps:
            anew = tuple(path for path, digest in stamp.fields.items() if digests.get(path) != digest)
            digests |= stamp.fields
            stamped.append((resolution, anew))
        record = _record(moment, about, ids)
        if stamped and (record is None or record.verb is None):
            record = Recorded(moment, Verb.CHANGED)
        if record is not None:
            yield replace(record, stamped=tuple(stamped))


def _record(moment: Moment, about: set[str], ids: frozenset[str]) -> Recorded | None:
    before, after = moment.before, moment.after
    if before is after:
        return Recorded(moment, None) if any(_may_hold(moment, path) for path in moment.unreadable) else None
    if before is None or after is None:
        verb = Verb.ADDED if before is None else Verb.REMOVED
        return Recorded(moment, verb, (), _resolutions(moment, about, ids))
    shifts = tuple(_shifts(before, after))
    return Recorded(moment, Verb.CHANGED, shifts, _resolutions(moment, about, ids)) if shifts else None


_ID = text(de="Kennung", en="Id")


def _may_hold(moment: Moment, path: str) -> bool:
    return moment.after is None or moment.after.path == path


def _shifts(before: Held, after: Held) -> Iterator[Shift]:
    names = id_of(before.entity), id_of(after.entity)
    if names[0] != names[1]:
        yield Shift(path=("id",), labels=(_ID,), old=names[0], new=names[1], within="", field="id")
    old, new = (held.above[-1] if held.above else None for held in (before, after))
    if old != new:
        yield Shift(path=(), labels=(BELONGS,), old=old, new=new, within="", field="parent", refers=True)
    yield from compare(before.entity, after.entity)


def _resolutions(moment: Moment, about: set[str], ids: frozenset[str]) -> tuple[str, ...]:
    """Those of the same commit that are about the entry, and the one that it names from now on."""
    written = [each.id for each in moment.resolutions if each.id in about and ids.intersection(each.subjects)]
    own, former = (_own(held.entity) if held else None for held in (moment.after, moment.before))
    named = [own] if own and own != former else []
    return tuple(dict.fromkeys((*named, *written)))


def _own(entity: Entity) -> str | None:
    found = getattr(entity, "resolution", None)
    return found if isinstance(found, str) else None
