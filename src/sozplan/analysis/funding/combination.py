"""The combination of programmes that leaves the least to pay, to the cent, by going through all that may be better.

Amounts are whole cents. An offer is a programme for one measure; it is taken for consecutive budget years or not at
all. What is taken with the years fixed is a linear program in whole numbers (`simplex`); which years are, is searched
depth first, and a branch is left where even what its years and limits would give at most is no better.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from math import ceil, floor

from sozplan.analysis.funding.simplex import Effort, Row, TooMuch, best

EFFORT = 30_000
"""Steps (branches and pivots) for measures that hang together."""


@dataclass(frozen=True)
class Line:
    """A budget line: what it costs, and what is left to pay of it."""

    measure: str
    year: int
    cost: int
    room: int
    third: int


@dataclass(frozen=True)
class Floor:
    """That so much has to stay own money on some lines; money of third parties may count towards it."""

    lines: frozenset[int]
    least: int
    with_third: bool = False


@dataclass(frozen=True)
class Offer:
    """A programme for a measure.

    `years` are runs of consecutive budget years that it may pay for; `ceilings` what it pays of each year at most,
    `lines` those of a year that it funds. `by_year` where ceiling and own share hold each year, else over the time
    taken. `own` gives what has to be own money of a cost.
    """

    name: str
    measure: str
    runs: tuple[tuple[int, ...], ...]
    lines: Mapping[int, tuple[int, ...]]
    rate: RateOf
    own: RateOf
    by_year: bool
    cap: int | None = None
    cost_min: int | None = None
    with_third: bool = False
    yields: bool = False
    """Whether it takes what others leave: financing of a deficit."""


@dataclass(frozen=True)
class RateOf:
    """A share of cents, up to the cent or down; without one nothing has to be, or all may be."""

    share: Fraction | None
    up: bool = False

    def of(self, cents: int) -> int:
        if self.share is None:
            return 0 if self.up else cents
        return ceil(self.share * cents) if self.up else floor(self.share * cents)


@dataclass(frozen=True)
class Problem:
    lines: tuple[Line, ...]
    offers: tuple[Offer, ...]
    floors: tuple[Floor, ...] = ()
    clashes: frozenset[frozenset[int]] = frozenset()
    """Pairs of offers that may not pay for the same year of a measure."""

    @cached_property
    def by_year(self) -> Mapping[tuple[str, int], tuple[int, ...]]:
        found: dict[tuple[str, int], tuple[int, ...]] = {}
        for i, line in enumerate(self.lines):
            key = line.measure, line.year
            found[key] = (*found.get(key, ()), i)
        return found

    def cost(self, lines: Sequence[int]) -> int:
        return sum(self.lines[i].cost for i in lines)

    def all_lines(self, offer: Offer, years: Sequence[int]) -> tuple[int, ...]:
        """Those of the measure, whether the programme funds them or not: its own share is one of the whole cost."""
        return tuple(i for year in years for i in self.by_year[offer.measure, year])

    def ceiling(self, offer: Offer, years: Sequence[int]) -> int:
        funded = sum(self.cost(offer.lines.get(year, ())) for year in years)
        return offer.rate.of(min(funded, self.cost(self.all_lines(offer, years))))


@dataclass(frozen=True)
class Combination:
    """Cents by offer and line; `exact` unless the effort ran out before everything was looked at."""

    amounts: Mapping[tuple[int, int], int]
    exact: bool

    @property
    def total(self) -> int:
        return sum(self.amounts.values())


@dataclass
class _Search:
    problem: Problem
    effort: Effort
    record: tuple[int, int] = (0, 0)
    """Cents, and offers taken with a minus: of what brings the same, what needs fewer applications."""
    found: dict[tuple[int, int], int] = field(default_factory=dict)

    def run(self) -> Combination:
        order = sorted(range(len(self.problem.offers)), key=lambda i: (-self._alone(i), i))
        try:
            self._branch(tuple(order), {})
        except TooMuch:
            return Combination(self.found, exact=False)
        return Combination(self.found, exact=True)

    def _alone(self, i: int) -> int:
        most = sum(self.most[i].values())
        cap = self.problem.offers[i].cap
        return most if cap is None else min(most, cap)

    @cached_property
    def most(self) -> tuple[Mapping[int, int], ...]:
        """What each offer brings of each year at the very most."""
        return tuple(
            {year: self._most(offer, year) for run in offer.runs for year in run} for offer in self.problem.offers
        )

    def _most(self, offer: Offer, year: int) -> int:
        lines = offer.lines.get(year, ())
        room = sum(self.problem.lines[i].room for i in lines)
        return min(room, self.problem.ceiling(offer, (year,))) if offer.by_year else room

    @cached_property
    def kept(self) -> tuple[Mapping[int, int], ...]:
        """What of the room of a year has to stay, if an offer is taken."""
        return tuple(
            {year: self._kept(offer, year) for run in offer.runs for year in run} for offer in self.problem.offers
        )

    def _kept(self, offer: Offer, year: int) -> int:
        if not offer.by_year:
            return 0
        lines = self.problem.all_lines(offer, (year,))
        third = sum(self.problem.lines[i].third for i in lines) if offer.with_third else 0
        return max(0, offer.own.of(self.problem.cost(lines)) - third)

    def _branch(self, rest: tuple[int, ...], taken: dict[int, tuple[int, ...]]) -> None:
        self.effort.spend()
        if not self._may_be_better(rest, taken):
            return
        if not rest:
            self._settle(taken)
            return
        first, *others = rest
        for years in _intervals(self.problem.offers[first].runs):
            if self._fits(first, years, taken):
                self._branch(tuple(others), {**taken, first: years})
        self._branch(tuple(others), taken)

    def _fits(self, i: int, years: tuple[int, ...], taken: Mapping[int, tuple[int, ...]]) -> bool:
        offer, problem = self.problem.offers[i], self.problem
        if offer.cost_min is not None and problem.cost(problem.all_lines(offer, years)) < offer.cost_min:
            return False
        return not any(
            frozenset((i, other)) in problem.clashes and not set(years).isdisjoint(theirs)
            for other, theirs in taken.items()
        )

    def _may_be_better(self, rest: Sequence[int], taken: Mapping[int, tuple[int, ...]]) -> bool:
        """More money, or the same with fewer applications."""
        most, (record, applications) = self._bound(rest, taken), self.record
        if most != record:
            return most > record
        count, gap = len(taken), record - self._bound((), taken)
        for i in rest:  # those that bring the most come first
            if gap <= 0:
                break
            count, gap = count + 1, gap - self._alone(i)
        return -count > applications

    def _bound(self, rest: Sequence[int], taken: Mapping[int, tuple[int, ...]]) -> int:
        """By years, and by offers with their caps: whichever allows less."""
        spans: dict[int, Collection[int]] = {i: self.most[i] for i in rest} | dict(taken)
        by_year = {
            (measure, year): self._bound_of(year, room, self._active(measure, year, spans), taken)
            for (measure, year), room in self.rooms.items()
        }
        years = sum(by_year.values()) - max((self._held(i, by_year, taken[i]) for i in taken), default=0)
        by_offer = 0
        for i, span in spans.items():
            offer = self.problem.offers[i]
            bounds = [sum(self.most[i][year] for year in span)]
            if offer.cap is not None:
                bounds.append(offer.cap)
            if i in taken and not offer.by_year:
                bounds.append(self.problem.ceiling(offer, taken[i]))
            by_offer += min(bounds)
        return min(years, by_offer)

    def _active(self, measure: str, year: int, spans: Mapping[int, Collection[int]]) -> list[int]:
        return [i for i, span in spans.items() if self.problem.offers[i].measure == measure and year in span]

    def _held(self, i: int, by_year: Mapping[tuple[str, int], int], years: tuple[int, ...]) -> int:
        """What the bounds of single years allow too much, where own money is counted over the time taken."""
        offer, problem = self.problem.offers[i], self.problem
        if offer.by_year:
            return 0
        lines = problem.all_lines(offer, years)
        third = sum(problem.lines[n].third for n in lines) if offer.with_third else 0
        room = sum(problem.lines[n].room for n in lines) + third - offer.own.of(problem.cost(lines))
        return max(0, sum(by_year[offer.measure, year] for year in years) - max(0, room))

    @cached_property
    def rooms(self) -> Mapping[tuple[str, int], int]:
        return {key: sum(self.problem.lines[i].room for i in lines) for key, lines in self.problem.by_year.items()}

    def _bound_of(self, year: int, room: int, active: Sequence[int], taken: Mapping[int, tuple[int, ...]]) -> int:
        """Whoever takes an offer leaves what it asks for; those that ask for more may be passed over."""
        least = max((self.kept[i][year] for i in active if i in taken), default=0)
        best = 0
        for level in {least, *(self.kept[i][year] for i in active if self.kept[i][year] > least)}:
            able = sum(self.most[i][year] for i in active if self.kept[i][year] <= level)
            best = max(best, min(room - level, able))
        return best

    def _settle(self, taken: Mapping[int, tuple[int, ...]]) -> None:
        amounts = _amounts(self.problem, taken, self.effort)
        if amounts is None:
            return
        record = sum(amounts.values()), -len(taken)
        if record > self.record:
            self.record, self.found = record, amounts


def combine(problem: Problem, steps: int = EFFORT) -> Combination:
    """What brings the most money of others; of several the one with the fewest applications."""
    return _Search(problem, Effort(steps)).run()


def _intervals(runs: Sequence[tuple[int, ...]]) -> Iterator[tuple[int, ...]]:
    """Consecutive years of a run, the longest first."""
    found = [run[i:j] for run in runs for i in range(len(run)) for j in range(i + 1, len(run) + 1)]
    return iter(sorted(found, key=lambda years: (-len(years), years)))


def _amounts(
    problem: Problem, taken: Mapping[int, tuple[int, ...]], effort: Effort
) -> dict[tuple[int, int], int] | None:
    """The most with these years, at least a cent in each of them; None where that can't be."""
    pairs = [
        (i, line) for i, years in taken.items() for year in years for line in problem.offers[i].lines.get(year, ())
    ]
    numbers = {pair: n for n, pair in enumerate(pairs)}
    rows = list(_rows(problem, taken, numbers))
    heavy = sum(line.room for line in problem.lines) + 1
    weights = [heavy + (not problem.offers[i].yields) for i, _ in pairs]
    solution = best(len(pairs), rows, weights, effort)
    return None if solution is None else {pair: cents for pair, cents in zip(pairs, solution, strict=True) if cents}


def _rows(
    problem: Problem, taken: Mapping[int, tuple[int, ...]], numbers: Mapping[tuple[int, int], int]
) -> Iterator[Row]:
    def paid(lines: Sequence[int] | frozenset[int], offers: Sequence[int] | None = None) -> frozenset[int]:
        return frozenset(n for (i, line), n in numbers.items() if line in lines and (offers is None or i in offers))

    for line in sorted({line for _, line in numbers}):
        yield Row(paid((line,)), problem.lines[line].room)
    floors = list(problem.floors)
    for i, years in taken.items():
        offer = problem.offers[i]
        for part in [(year,) for year in years] if offer.by_year else [years]:
            lines = problem.all_lines(offer, part)
            yield Row(paid(lines, (i,)), problem.ceiling(offer, part))
            floors.append(Floor(frozenset(lines), offer.own.of(problem.cost(lines)), offer.with_third))
        if offer.cap is not None:
            yield Row(paid(problem.all_lines(offer, years), (i,)), offer.cap)
        for year in years:
            yield Row(paid(problem.all_lines(offer, (year,)), (i,)), -1, -1)
    for each in floors:
        there = [problem.lines[line] for line in each.lines]
        room = sum(line.room + (line.third if each.with_third else 0) for line in there)
        yield Row(paid(each.lines), room - each.least)
