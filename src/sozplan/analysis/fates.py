"""What became of each recommendation of the inventory: the decision on it, and what that led to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sozplan.diagnostics import Text, text
from sozplan.model.entity import Entity
from sozplan.model.handbook import HandbookRule
from sozplan.model.inventory import InventoryItem, Recommendation
from sozplan.model.measures import Measure
from sozplan.model.organisation import Body
from sozplan.model.plan import Plan
from sozplan.model.processes import Process
from sozplan.model.resolutions import Resolution
from sozplan.model.terms import Advice, Outcome, Status, Term


class Fate(Term):
    """How far a recommendation has come."""

    CARRIED = "carried", "aufgenommen", "taken up"
    KEPT = "kept", "bleibt bestehen", "goes on"
    ENDED = "ended", "beendet", "ended"
    EMPTY = "empty", "beschlossen, aber ohne Folge", "decided, but nothing followed"
    OPEN = "open", "noch nicht entschieden", "not decided yet"
    REJECTED = "rejected", "nicht angenommen", "not adopted"
    NONE = "none", "keine Empfehlung", "no recommendation"


@dataclass(frozen=True, slots=True)
class End:
    """Something that a recommendation led to, what it is, and how it stands."""

    id: str
    kind: Text
    state: Text | None = None
    since: date | None = None

    @property
    def is_rule(self) -> bool:
        """Its name in a document says already what it is."""
        return self.kind is _RULE


@dataclass(frozen=True, slots=True)
class Traced:
    """An item of the inventory with its recommendation's way."""

    item: InventoryItem
    fate: Fate
    resolution: Resolution | None = None
    """The newest decision on it that is known on the day."""
    ends: tuple[End, ...] = ()

    @property
    def advice(self) -> Recommendation | None:
        return self.item.recommendation


def traced(plan: Plan, day: date) -> tuple[Traced, ...]:
    """In the order of the files."""
    return tuple(_traced(plan, item, day) for item in plan.inventory)


def _traced(plan: Plan, item: InventoryItem, day: date) -> Traced:
    advice = item.recommendation
    if advice is None:
        return Traced(item, Fate.NONE)
    found = _decision(plan, item, advice, day)
    ends = tuple(_ends(plan, advice, day))
    return Traced(item, _fate(item, advice, found, ends, day), found, ends)


def _decision(plan: Plan, item: InventoryItem, advice: Recommendation, day: date) -> Resolution | None:
    about = {advice.id, item.id}
    named = [r for r in plan.resolutions if r.id == advice.resolution or about.intersection(r.subjects)]
    return max((r for r in named if r.date <= day), key=lambda r: r.date, default=None)


def _fate(
    item: InventoryItem, advice: Recommendation, found: Resolution | None, ends: tuple[End, ...], day: date
) -> Fate:
    if found is not None and found.outcome is Outcome.REJECTED:
        return Fate.REJECTED
    adopted = found is not None and found.outcome is Outcome.ADOPTED
    if not adopted and (found is not None or advice.status not in {Status.RESOLVED, Status.ENDED}):
        return Fate.OPEN
    if ends:
        return Fate.CARRIED
    if item.valid_to is not None and item.valid_to < day:
        return Fate.ENDED
    return Fate.KEPT if advice.advice is Advice.KEEP else Fate.EMPTY


_RULE = text(de="Regel", en="rule")


def _ends(plan: Plan, advice: Recommendation, day: date) -> Iterator[End]:
    for id in advice.leads_to:
        found = plan.get(id)
        yield End(id, _kind(found), *_state(plan, found, day))


def _kind(found: Entity | None) -> Text:
    match found:
        case Measure():
            return text(de="Maßnahme", en="measure")
        case Body():
            return text(de="Gremium", en="body")
        case Process():
            return text(de="Prozess", en="process")
        case HandbookRule():
            return _RULE
    return text(de="Verweis ins Leere", en="leads nowhere")


def _state(plan: Plan, found: Entity | None, day: date) -> tuple[Text | None, date | None]:
    """In a word, and since when where a day is known."""
    match found:
        case Measure():
            real = found.actual or found.forecast or found.planned
            return found.progress.label, real.start if real else None
        case Body():
            founded = plan.find(found.founded_by, Resolution)
            return _standing(found.in_force(day)), found.valid_from or (founded.date if founded else None)
        case Process():
            return (found.status or Status.DRAFT).label, found.valid_from
        case HandbookRule():
            return (found.status or plan.status(found.origin.file)).label, found.effective
    return None, None


def _standing(is_there: bool) -> Text:
    return text(de="besteht", en="is there") if is_there else text(de="besteht nicht", en="isn't there")


def counted(rows: tuple[Traced, ...]) -> tuple[tuple[Fate, int], ...]:
    """How many recommendations came how far; what none has isn't listed."""
    found = [(fate, sum(row.fate is fate for row in rows)) for fate in Fate]
    return tuple(pair for pair in found if pair[1])
