"""The counts of an indicator and the sums between them, edition by edition."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from sozplan.analysis.delivered import is_own
from sozplan.analysis.ground import WHOLE, parts, territory
from sozplan.analysis.primary import Counts, counts_of, is_primary, threshold
from sozplan.analysis.protection.demands import base, base_of, cases_of, known_base, small
from sozplan.analysis.protection.neighbours import wholes
from sozplan.analysis.protection.periods import tiles
from sozplan.analysis.protection.relations import ONE, Count, Node, Sum, Table
from sozplan.analysis.series import Observation, observe
from sozplan.model.case import Case
from sozplan.model.figures import Missing, reference_date
from sozplan.model.indicators import Indicator
from sozplan.model.periods import Period
from sozplan.model.terms import Timing

HIDDEN = (Missing.UNKNOWN, Missing.SUPPRESSED)
"""Why a cell is empty whose number somebody has."""


class Edition:
    """What was observed at a day, as far as anybody asks; `open` is what it would publish of that.

    `told` is what it says in other ways: that there was nobody to count.
    """

    def __init__(self, case: Case, indicator: str, periods: Collection[Period]) -> None:
        self.case, self.indicator, self.periods = case, indicator, periods
        self.open: dict[Node, None] = {}
        self.told: dict[Node, None] = {}
        self.nodes: dict[tuple[str, str], Node] = {}
        self.added: set[str] = set()
        """What was added up."""
        self._series: dict[str, Mapping[str, Observation]] = {}

    def series(self, place: str) -> Mapping[str, Observation]:
        """By the text of the period."""
        if place not in self._series:
            found = observe(self.case, self.indicator, place)
            self._series[place] = {each.period.text: each for each in found}
        return self._series[place]

    def at(self, place: str, period: str) -> Observation | None:
        return self.series(place).get(period)


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

    def enter(self, edition: Edition, place: str) -> None:
        """All sums that the place goes into, and those that it is made of."""
        for period in edition.series(place):
            self._of(edition, place, period)
        for whole in wholes(self.case.plan, place):
            if whole not in edition.added:
                edition.added.add(whole)
                for period in edition.series(whole):
                    self._parts(edition, whole, period)
        self._borders(edition, place)
        self._times(edition, place)

    def _is_open(self, node: Node, each: Observation) -> bool:
        told = each.value is not None and each.missing is None
        return told and self.cases[node].number is not None and not is_primary(self.case, self.indicator, each)

    def _count(self, node: Node, each: Observation, edition: Edition) -> None:
        counts = self._counts(each)
        if each.missing in HIDDEN and is_own(self.case, each):
            self.cases[node] = Count(None, least=threshold(self.case, self.indicator, each))
        elif _is_estimated(each, edition):
            self.cases[node] = Count(counts.cases, known_base(counts, 1))
        else:
            self.cases[node] = cases_of(self.case, self.indicator, each, counts)
        self.bases[node] = base_of(self.case, self.indicator, each, counts)
        if self._is_open(node, each):
            edition.open[node] = None
        elif _is_empty(each):
            edition.told[node] = None

    def _counts(self, each: Observation) -> Counts:
        is_told = each.missing is None or _is_empty(each)
        return counts_of(self.indicator, each) if is_told else Counts(None, None)

    def _parts(self, edition: Edition, id: str, period: str) -> None:
        """The whole is its parts."""
        whole, place = edition.at(id, period), territory(self.case.plan, id)
        if whole is None or place is None:
            return
        if whole.converted:
            self._converted(edition, whole, period)
            return
        below = parts(self.case.plan, place, whole.day)
        if not any(edition.at(part, period) for part in below):
            return
        terms = [(self._of(edition, id, period), ONE)]
        pieces = is_own(self.case, whole)
        cut = [part for part, share in below.items() if share != WHOLE and pieces]
        terms += [(self._of(edition, part, period), -share) for part, share in below.items() if part not in cut]
        inside = self._rest(terms) if len(cut) == 1 else Counts(None, None)
        for part in cut:
            terms.append((self._piece(edition, whole, part, inside), -ONE))
        self._add(terms)

    def _converted(self, edition: Edition, whole: Observation, period: str) -> None:
        """What was converted follows from what it was converted from, and gives it away."""
        parts = [(self._of(edition, part, period), -share) for part, share in whole.sources.items()]
        self._add([(self._of(edition, whole.territory, period), ONE), *parts])

    def _of(self, edition: Edition, place: str, period: str) -> Node:
        """The number that this edition has there."""
        node = edition.nodes.get((place, period))
        if node is None:
            each = edition.at(place, period)
            node = edition.nodes[place, period] = Node(period, place) if each is None else _node(each)
            if each is not None:
                self._count(node, each, edition)
            else:
                self.cases.setdefault(node, Count(None))
                self.bases.setdefault(node, Count(None))
        return node

    def _rest(self, terms: Iterable[tuple[Node, Decimal]]) -> Counts:
        """What is left of the first when the others are taken away."""
        known = list(terms)
        return Counts(_total(self.cases, known), _total(self.bases, known))

    def _piece(self, edition: Edition, whole: Observation, part: str, inside: Counts) -> Node:
        """The piece of a unit that lies in an area with numbers of its own; unit and piece give away the rest."""
        period = whole.period.text
        unit = self._of(edition, part, period)
        least = threshold(self.case, self.indicator, whole)
        cells = (*self._of(edition, whole.territory, period).cells, *unit.cells)
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

    def _borders(self, edition: Edition, place: str) -> None:
        """What old units were together the new ones are, where both were delivered for a period."""
        for old, new in self.case.plan.boundary_changes:
            if place in old or place in new:
                for period, each in edition.series(place).items():
                    both = (each, *(edition.at(id, period) for id in (*old, *new)))
                    if all(each is not None and not each.converted for each in both):
                        terms = [(self._of(edition, id, period), ONE) for id in sorted(old)]
                        self._add([*terms, *((self._of(edition, id, period), -ONE) for id in new)])

    def _times(self, edition: Edition, place: str) -> None:
        """A sum over a year is that of its parts."""
        if self.indicator.timing is not Timing.SUM:
            return
        day = edition.case.as_of
        periods = [each for each in edition.periods if reference_date(self.indicator, each) <= day]
        for text, whole in edition.series(place).items():
            for cover in tiles(whole.period, periods):
                if any(edition.at(place, part) for part in cover):
                    terms = [(self._of(edition, place, text), ONE)]
                    terms += [(self._of(edition, place, part), -ONE) for part in cover]
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


def _is_estimated(each: Observation, edition: Edition) -> bool:
    """Worked out by shares of people, so it counts nobody."""
    if each.converted:
        below = [edition.at(id, each.period.text) for id in each.sources]
        estimated = any(_is_estimated(source, edition) for source in below if source is not None)
        return estimated or any(by != WHOLE for by in each.sources.values())
    plan = edition.case.plan
    place = territory(plan, each.territory)
    shares = () if place is None or is_own(edition.case, each) else parts(plan, place, each.day).values()
    return any(share != WHOLE for share in shares)
