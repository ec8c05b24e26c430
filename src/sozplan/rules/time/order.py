"""The rule that beginnings precede ends."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from itertools import pairwise
from typing import Any, NamedTuple

from sozplan.diagnostics import Severity, Text, text
from sozplan.model.areas import Review
from sozplan.model.calendar import Appointment, BudgetYear
from sozplan.model.case import Case
from sozplan.model.entity import Entity, Place, id_of
from sozplan.model.funding import Application, Window
from sozplan.model.handbook import Handbook
from sozplan.model.measures import Measure
from sozplan.model.papers import Paper
from sozplan.model.periods import Period
from sozplan.model.resolutions import Resolution
from sozplan.model.shared import Record, Span
from sozplan.model.targets import Change, Gap, Maintain, Milestones, Point
from sozplan.model.territory import Designation, Part
from sozplan.rules.rule import Finding, rule
from sozplan.rules.words import day, key, label, named

_PAIRS: tuple[tuple[type[Entity], str, str], ...] = (
    (Record, "valid_from", "valid_to"),
    (Span, "start", "end"),
    (Part, "start", "end"),
    (BudgetYear, "start", "end"),
    (Appointment, "date", "end"),
    (Window, "opens", "closes"),
    (Designation, "date", "next_review"),
    (Handbook, "effective", "next_review"),
    (Change, "baseline", "target"),
    (Gap, "baseline", "target"),
    (Maintain, "baseline", "until"),
)
"""Of which fields of a class the first comes before the second."""

_ROWS: tuple[tuple[type[Entity], str, str], ...] = (
    (Measure, "milestones", "due"),
    (Milestones, "milestones", "due"),
    (Application, "stages", "date"),
    (Paper, "consultations", "date"),
    (Change, "path", "period"),
    (Gap, "path", "period"),
)
"""Which lists of a class stand in the order of which dates."""

_INSIDE: tuple[tuple[type[Entity], str], ...] = ((Review, "approved"), (Resolution, "follow_ups"))
"""In which fields of a class there are dates that its own date is held against."""


@rule(
    "time.order",
    Severity.ERROR,
    de="{later} {relation} {earlier}. Berichtigen Sie eines der beiden Daten.",
    en="{later} {relation} {earlier}. Correct one of the two dates.",
    by_plan=True,
)
def dates_turned_round(case: Case) -> Iterator[Finding]:
    """Was beginnt, endet später, und Meilensteine liegen dazwischen

    Vertauschte Daten sind fast immer Tippfehler, aber mit ihnen gilt ein Plan an keinem Tag,
    und jede Frist wird falsch berechnet.
    Geprüft werden Laufzeiten, Gültigkeiten, Ausgangs- und Zielzeitpunkte, die Reihenfolge von Meilensteinen,
    Förderschritten und Beratungen, und ob Meilensteine in die Laufzeit ihrer Maßnahme fallen.

    English:
        What begins ends later, and milestones lie between

        Swapped dates are nearly always slips, but with them a plan holds on no day,
        and every deadline comes out wrong.
        Checked are terms, validities, baseline and target dates, the order of milestones, funding stages and
        consultations, and whether milestones fall into the term of their measure.

    Bad:
        # plans/areas/hafen.yaml
        measures:
          - id: hafen-m1
            title: Kita-Lotsen im Hafentreff
            goals: [hafen-g1]
            commitment: intended
            budget_reservation: false
            responsible: amt-51
            executing: [hafentreff-ev]
            planned:
              from: 2029-12-31
              to: 2026-02-01  # <- time.order

    Good:
        # plans/areas/hafen.yaml
        measures:
          - id: hafen-m1
            title: Kita-Lotsen im Hafentreff
            goals: [hafen-g1]
            commitment: intended
            budget_reservation: false
            responsible: amt-51
            executing: [hafentreff-ev]
            planned:
              from: 2026-02-01
              to: 2029-12-31
    """
    for cls, placed in case.plan.placed_by_class.items():
        pairs, lists = _order(cls)
        for entity, owner in placed if pairs or lists else ():
            values = entity.__dict__
            if _is_turned(values, pairs) or any(values[field] for field in lists):
                yield from (_finding(each, entity, owner) for each in _inversions(entity))


def _finding(inversion: _Inversion, entity: Entity, owner: str | None) -> Finding:
    earlier, later, path = inversion
    relation = _SAME if earlier.when == later.when else _BEFORE
    args = {"earlier": earlier.said, "later": later.said, "relation": relation}
    return Finding(Place(entity.origin.locate(*path), owner), args)


_BEFORE = text(de="liegt vor", en="comes before")
_SAME = text(de="fällt zusammen mit", en="coincides with")

Path = tuple[str | int, ...]


class _Moment(NamedTuple):
    """A day that an entity names; words and path are made only where there is a finding."""

    entity: Entity
    field: str
    when: date
    above: Path = ()
    listed_by: Entity | None = None
    """The entity that has `entity` in a list, at `above`."""

    @property
    def path(self) -> Path:
        path = (*self.above, key(self.entity, self.field))
        return (*path, "period") if isinstance(getattr(self.entity, self.field), Point) else path

    @property
    def said(self) -> Text:
        name, shown = self._name(), _shown(getattr(self.entity, self.field))
        return text(de=f"{name.de} ({shown.de})", en=f"{name.en} ({shown.en})")

    def _name(self) -> Text:
        if self.listed_by is None:
            return _quoted(label(self.entity, self.field))
        if (id := id_of(self.entity)) is not None:
            return _quoted(Text(id, id))
        field, index = self.above
        list_ = _quoted(label(self.listed_by, str(field)))
        return text(de=f"Nr. {int(index) + 1} unter {list_.de}", en=f"No. {int(index) + 1} under {list_.en}")


_Inversion = tuple[_Moment, _Moment, Path]


def _inversions(entity: Entity) -> Iterator[_Inversion]:
    """What should be earlier, what should be later, and where to show that it isn't."""
    for of, first, second in _PAIRS:
        if isinstance(entity, of) and _is_turned(entity.__dict__, ((first, second),)):
            later = _moment(entity, second)
            yield _moment(entity, first), later, later.path
    for of, field, moment in _ROWS:
        if isinstance(entity, of):
            yield from _falling(list(_row(entity, field, moment)))
    if isinstance(entity, Measure):
        yield from _outside_term(entity)
    elif isinstance(entity, Change | Gap):
        yield from _off_the_way(entity)
    elif isinstance(entity, Review) and entity.approved is not None:
        yield from _falling([_moment(entity, "cut_off"), _moment(entity.approved, "date", "approved")])
    elif isinstance(entity, Resolution):
        for i, task in enumerate(entity.follow_ups):
            yield from _falling([_moment(entity, "date"), _moment(task, "until", "follow_ups", i)])


_Pairs = tuple[tuple[str, str], ...]


@cache
def _order(cls: type[Entity]) -> tuple[_Pairs, tuple[str, ...]]:
    """The pairs of dates that such an entity has, and the fields without which there is nothing else to compare."""
    return (
        tuple((first, second) for of, first, second in _PAIRS if issubclass(cls, of)),
        tuple(field for of, field in (*((of, field) for of, field, _ in _ROWS), *_INSIDE) if issubclass(cls, of)),
    )


def _is_turned(values: Mapping[str, Any], pairs: _Pairs) -> bool:
    for first, second in pairs:
        if values[first] is None or values[second] is None:
            continue
        start, end = _when(values[first]), _when(values[second])
        # A term may be one day long; from baseline to target some time must pass.
        if start > end or (start == end and isinstance(values[first], Point)):
            return True
    return False


def _row(entity: Entity, field: str, of: str) -> Iterator[_Moment]:
    for i, item in enumerate(getattr(entity, field)):
        if getattr(item, of) is not None:
            yield _Moment(item, of, _when(getattr(item, of)), (field, i), entity)


def _falling(moments: list[_Moment]) -> Iterator[_Inversion]:
    for earlier, later in pairwise(moments):
        if earlier.when > later.when:
            yield earlier, later, later.path


def _outside_term(measure: Measure) -> Iterator[_Inversion]:
    """Milestones before the planned term, or after the end that is planned or expected."""
    if measure.planned is None:
        return
    terms = [("planned", measure.planned)] + ([("forecast", measure.forecast)] if measure.forecast else [])
    if any(term.is_turned for _, term in terms):
        return
    start = min((_moment(term, "start", field) for field, term in terms), key=lambda m: m.when)
    ends = [_moment(term, "end", field) for field, term in terms if term.end is not None]
    for milestone in _row(measure, "milestones", "due"):
        if milestone.when < start.when:
            yield start, milestone, milestone.path
        elif len(ends) == len(terms) and milestone.when > (end := max(ends, key=lambda m: m.when)).when:
            yield milestone, end, milestone.path


def _off_the_way(target: Change | Gap) -> Iterator[_Inversion]:
    """Values on the way lie after the baseline and before the target."""
    way = list(_row(target, "path", "period"))
    if way and target.baseline is not None and way[0].when <= target.baseline.period.end:
        yield _moment(target, "baseline"), way[0], way[0].path
    if way and target.target is not None and way[-1].when >= target.target.period.end:
        yield way[-1], _moment(target, "target"), way[-1].path


def _moment(entity: Entity, field: str, *above: str | int) -> _Moment:
    return _Moment(entity, field, _when(getattr(entity, field)), above)


def _when(value: date | Period | Point) -> date:
    if isinstance(value, Point):
        value = value.period
    return value.end if isinstance(value, Period) else value


def _shown(value: date | Period | Point) -> Text:
    if isinstance(value, Point):
        value = value.period
    return named(value) if isinstance(value, Period) else day(value)


def _quoted(words: Text) -> Text:
    return Text(f"„{words.de}“", f"“{words.en}”")


RULES = (dates_turned_round,)
