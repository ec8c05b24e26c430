"""The counts of an indicator and the sums between them, edition by edition."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from sozplan.analysis.delivered import is_own
from sozplan.analysis.ground import WHOLE, Territory, parts, territory
from sozplan.analysis.primary import Counts, counts_of, is_primary, threshold
from sozplan.analysis.protection.demands import base, base_of, cases_of, known_base, small
from sozplan.analysis.protection.periods import tiles
from sozplan.analysis.protection.relations import ONE, Count, Node, Sum, Table
from sozplan.analysis.series import Observation, observe
from sozplan.model.case import Case
from sozplan.model.figures import Missing
from sozplan.model.indicators import Indicator
from sozplan.model.terms import Timing

HIDDEN = (Missing.UNKNOWN, Missing.SUPPRESSED)
"""Why a cell is empty whose number somebody has."""

Seen = Mapping[tuple[str, str], Observation]
"""Observations by territory and period."""


@dataclass
class Sheet:
    """Cases and bases of all editions so far; a number that was delivered again stands there twice."""

    case: Case
    indicator: Indicator
    cases: dict[Node, Count] = field(default_factory=dict)
    bases: dict[Node, Count] = field(default_factory=dict)
    sums: dict[Sum, None] = field(default_factory=dict)
    base_sums: dict[Sum, None] = field(default_factory=dict)

    def tables(self) -> tuple[Table, ...]:
        found = (Table(self.cases, tuple(self.sums)), Table(self.bases, tuple(self.base_sums)))
        return found if self.indicator.denominator is not None else found[:1]

    def enter(self, edition: Case) -> tuple[list[Node], list[Node]]:
        """What this edition would publish, and what it says in other ways: that there was nobody to count."""
        seen = {
            (place.id, each.period.text): each
            for place in _places(self.case)
            for each in observe(edition, self.indicator.id, place.id)
        }
        for each in seen.values():
            self._count(each, seen)
        for place in _places(self.case):
            for period in {period for _, period in seen}:
                self._parts(seen, place, period)
        self._borders(seen)
        self._times(seen)
        return [_node(o) for o in seen.values() if self._is_open(o)], [_node(o) for o in seen.values() if _is_empty(o)]

    def _is_open(self, each: Observation) -> bool:
        told = each.value is not None and each.missing is None
        return told and self.cases[_node(each)].number is not None and not is_primary(self.case, self.indicator, each)

    def _count(self, each: Observation, seen: Seen) -> None:
        node, counts = _node(each), self._counts(each)
        if each.missing in HIDDEN and is_own(self.case, each):
            self.cases[node] = Count(None, least=threshold(self.case, self.indicator, each))
        elif _is_estimated(self.case, each, seen):
            self.cases[node] = Count(counts.cases, known_base(counts, 1))
        else:
            self.cases[node] = cases_of(self.case, self.indicator, each, counts)
        self.bases[node] = base_of(self.case, self.indicator, each, counts)

    def _counts(self, each: Observation) -> Counts:
        is_told = each.missing is None or _is_empty(each)
        return counts_of(self.indicator, each) if is_told else Counts(None, None)

    def _parts(self, seen: Seen, place: Territory, period: str) -> None:
        """The whole is its parts."""
        whole = seen.get((place.id, period))
        if whole is None:
            return
        if whole.converted:
            self._converted(seen, whole, period)
            return
        below = parts(self.case.plan, place, whole.day)
        if not any((part, period) in seen for part in below):
            return
        terms = [(_node(whole), ONE)]
        pieces = is_own(self.case, whole)
        cut = [part for part, share in below.items() if share != WHOLE and pieces]
        terms += [(self._of(seen, part, period), -share) for part, share in below.items() if part not in cut]
        inside = self._rest(terms) if len(cut) == 1 else Counts(None, None)
        for part in cut:
            terms.append((self._piece(seen, whole, part, inside), -ONE))
        self._add(terms)

    def _converted(self, seen: Seen, whole: Observation, period: str) -> None:
        """What was converted follows from what it was converted from, and gives it away."""
        parts = [(self._of(seen, part, period), -share) for part, share in whole.sources.items()]
        self._add([(_node(whole), ONE), *parts])

    def _of(self, seen: Seen, place: str, period: str) -> Node:
        each = seen.get((place, period))
        node = Node(period, place) if each is None else _node(each)
        if each is None:
            self.cases.setdefault(node, Count(None))
            self.bases.setdefault(node, Count(None))
        return node

    def _rest(self, terms: Iterable[tuple[Node, Decimal]]) -> Counts:
        """What is left of the first when the others are taken away."""
        known = list(terms)
        return Counts(_total(self.cases, known), _total(self.bases, known))

    def _piece(self, seen: Seen, whole: Observation, part: str, inside: Counts) -> Node:
        """The piece of a unit that lies in an area with numbers of its own; unit and piece give away the rest."""
        period = whole.period.text
        unit = self._of(seen, part, period)
        least = threshold(self.case, self.indicator, whole)
        cells = (*_node(whole).cells, *unit.cells)
        one = self._nameless(Node(period, f"{whole.territory}/{part}", cells), inside, least)
        outside = self._rest([(unit, ONE), (one, -ONE)])
        other = self._nameless(Node(period, f"{part}/{whole.territory}", cells), outside, least)
        self._add([(unit, ONE), (one, -ONE), (other, -ONE)])
        return one

    def _nameless(self, node: Node, counts: Counts, least: int) -> Node:
        """No cell of its own, yet a group of people; that there are none of them says nothing new."""
        some = Counts(*(None if number is None or number < 0 else number for number in counts))
        demands = tuple(small(some, least, zero=True)) if some.cases else ()
        self.cases[node] = Count(some.cases, known_base(some, least), demands)
        self.bases[node] = base(some, least)
        return node

    def _borders(self, seen: Seen) -> None:
        """What old units were together the new ones are, where both were delivered for a period."""
        given = {where for where, each in seen.items() if not each.converted}
        for period in {period for _, period in seen}:
            for old, new in self.case.plan.boundary_changes:
                if all((id, period) in given for id in (*old, *new)):
                    terms = [(_node(seen[id, period]), ONE) for id in sorted(old)]
                    self._add([*terms, *((_node(seen[id, period]), -ONE) for id in new)])

    def _times(self, seen: Seen) -> None:
        """A sum over a year is that of its parts."""
        if self.indicator.timing is not Timing.SUM:
            return
        periods = {each.period.text: each.period for each in seen.values()}
        for (place, text), whole in seen.items():
            for cover in tiles(periods[text], periods.values()):
                if any((place, part) in seen for part in cover):
                    terms = [(_node(whole), ONE), *((self._of(seen, place, part), -ONE) for part in cover)]
                    self.sums[Sum(tuple(terms), _total(self.cases, terms) or Decimal(0))] = None

    def _add(self, terms: list[tuple[Node, Decimal]]) -> None:
        self.sums[Sum(tuple(terms), _total(self.cases, terms) or Decimal(0))] = None
        self.base_sums[Sum(tuple(terms), _total(self.bases, terms) or Decimal(0))] = None


def _total(counts: Mapping[Node, Count], terms: Iterable[tuple[Node, Decimal]]) -> Decimal | None:
    numbers = [(counts[node].number, by) for node, by in terms]
    known = [number * by for number, by in numbers if number is not None]
    return sum(known, Decimal(0)) if len(known) == len(numbers) else None


def _node(each: Observation) -> Node:
    cells = [f"{cell.area} {cell.resource} {cell.vintage or ''}" for cell in each.cells]
    shares = [f"{id} × {by}" for id, by in each.sources.items()]
    return Node(each.period.text, each.territory, (*sorted(cells), *sorted(shares)))


def _is_empty(each: Observation) -> bool:
    """The sign says that there is nobody to count."""
    nobody = each.denominator is not None and each.denominator.reveal() == 0
    return each.missing is Missing.MEANINGLESS and nobody and each.numerator is not None


def _is_estimated(case: Case, each: Observation, seen: Seen) -> bool:
    """Worked out by shares of people, so it counts nobody."""
    if each.converted:
        below = [seen[id, each.period.text] for id in each.sources if (id, each.period.text) in seen]
        return any(by != WHOLE for by in each.sources.values()) or any(_is_estimated(case, e, seen) for e in below)
    place = territory(case.plan, each.territory)
    shares = () if place is None or is_own(case, each) else parts(case.plan, place, each.day).values()
    return any(share != WHOLE for share in shares)


def _places(case: Case) -> Iterator[Territory]:
    yield from case.plan.units
    yield from case.plan.social_areas
