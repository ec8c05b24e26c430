"""The rule that beginnings precede ends."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from sozplan.diagnostics import Severity, Text, text
from sozplan.model.areas import Paper, Review
from sozplan.model.calendar import Appointment, BudgetYear
from sozplan.model.case import Case
from sozplan.model.entity import Entity, Place
from sozplan.model.funding import Application, Window
from sozplan.model.handbook import Handbook
from sozplan.model.measures import Measure
from sozplan.model.periods import Period
from sozplan.model.resolutions import Resolution
from sozplan.model.shared import Record, Span
from sozplan.model.targets import Change, Gap, Maintain, Milestones, Point
from sozplan.model.territory import Designation, Part
from sozplan.rules.rule import Finding, rule
from sozplan.rules.words import day, key, label

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


@rule(
    "time.order",
    Severity.ERROR,
    de="{later} liegt vor {earlier}. Berichtigen Sie eines der beiden Daten.",
    en="{later} comes before {earlier}. Correct one of the two dates.",
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
            planned:
              from: 2026-02-01
              to: 2029-12-31
    """
    for entity, owner in case.plan.placed:
        for earlier, later, path in _inversions(entity):
            args = {"earlier": earlier.said, "later": later.said}
            yield Finding(Place(entity.origin.locate(*path), owner), args)


Path = tuple[str | int, ...]


class _Moment(NamedTuple):
    """A day of an entity, with the words for it and the path to it."""

    name: Text
    when: date
    shown: Text
    path: Path

    @property
    def said(self) -> Text:
        return text(de=f"{self.name.de} ({self.shown.de})", en=f"{self.name.en} ({self.shown.en})")


_Inversion = tuple[_Moment, _Moment, Path]


def _inversions(entity: Entity) -> Iterator[_Inversion]:
    """What should be earlier, what should be later, and where to show that it isn't."""
    pairs, rows = _order(type(entity))
    for first, second in pairs:
        yield from _pair(entity, first, second)
    for field, of in rows:
        yield from _falling(list(_row(entity, field, of)))
    if isinstance(entity, Measure):
        yield from _outside_term(entity)
    elif isinstance(entity, Change | Gap):
        yield from _off_the_way(entity)
    elif isinstance(entity, Review) and entity.approved is not None:
        yield from _falling([_moment(entity, "cut_off"), _moment(entity.approved, "date", "approved")])
    elif isinstance(entity, Resolution):
        for i, task in enumerate(entity.follow_ups):
            yield from _falling([_moment(entity, "date"), _moment(task, "until", "follow_ups", i)])


@cache
def _order(cls: type[Entity]) -> tuple[tuple[tuple[str, str], ...], tuple[tuple[str, str], ...]]:
    return (
        tuple((first, second) for of, first, second in _PAIRS if issubclass(cls, of)),
        tuple((field, moment) for of, field, moment in _ROWS if issubclass(cls, of)),
    )


def _pair(entity: Entity, first: str, second: str) -> Iterator[_Inversion]:
    if getattr(entity, first) is None or getattr(entity, second) is None:
        return
    earlier, later = _moment(entity, first), _moment(entity, second)
    # A term may be one day long; from baseline to target some time must pass.
    is_progress = isinstance(getattr(entity, first), Point)
    if earlier.when > later.when or (is_progress and earlier.when == later.when):
        yield earlier, later, later.path


def _row(entity: Entity, field: str, of: str) -> Iterator[_Moment]:
    for i, item in enumerate(getattr(entity, field)):
        if getattr(item, of) is not None:
            yield _moment(item, of, field, i)._replace(name=_item(entity, field, i, item))


def _falling(moments: list[_Moment]) -> Iterator[_Inversion]:
    for earlier, later in pairwise(moments):
        if earlier.when > later.when:
            yield earlier, later, later.path


def _outside_term(measure: Measure) -> Iterator[_Inversion]:
    """Milestones before the planned term, or after the end that is planned or expected."""
    if measure.planned is None:
        return
    terms = [("planned", measure.planned)] + ([("forecast", measure.forecast)] if measure.forecast else [])
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
    value = getattr(entity, field)
    path = (*above, key(entity, field))
    if isinstance(value, Point):
        value, path = value.period, (*path, "period")
    when, shown = (value.end, Text(value.text, value.text)) if isinstance(value, Period) else (value, day(value))
    return _Moment(_quoted(label(entity, field)), when, shown, path)


def _item(entity: Entity, field: str, index: int, item: Entity) -> Text:
    if (id := getattr(item, "id", None)) is not None:
        return _quoted(Text(id, id))
    list_ = _quoted(label(entity, field))
    return text(de=f"Nr. {index + 1} unter {list_.de}", en=f"No. {index + 1} under {list_.en}")


def _quoted(words: Text) -> Text:
    return Text(f"„{words.de}“", f"“{words.en}”")


RULES = (dates_turned_round,)
