"""The proposal: which programmes would leave the least own share of measures, without any that would be refused."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import combinations

from sozplan.analysis.funding.accounts import accounts, whole
from sozplan.analysis.funding.combination import EFFORT, Combination, Floor, Line, Offer, Problem, RateOf, combine
from sozplan.analysis.funding.exclusion import clash, granted_twice, overlap
from sozplan.analysis.funding.grants import Grant, Project, grants, is_filed, projects
from sozplan.analysis.funding.limits import is_too_small, least_own, most_in_all, most_of
from sozplan.analysis.funding.matching import Match, matches
from sozplan.analysis.funding.subject import is_eligible
from sozplan.analysis.funding.sums import blocked
from sozplan.analysis.funding.years import budget_years
from sozplan.analysis.money import exceeds
from sozplan.model.case import Case
from sozplan.model.funding import Programme
from sozplan.model.measures import OWN, THIRD_PARTY, Measure
from sozplan.model.terms import Criterion, FinancingKind, Verdict

_BARRING = frozenset(Criterion) - {Criterion.AMOUNT, Criterion.OWN_SHARE, Criterion.CUMULATION}
"""Criteria that no other amount or combination would meet."""


@dataclass(frozen=True, slots=True)
class Award:
    """What a programme would pay for a measure: euro by the place of the budget line in the measure."""

    match: Match
    lines: Mapping[int, Decimal]

    @property
    def measure(self) -> Measure:
        return self.match.pair.measure

    @property
    def programme(self) -> Programme:
        return self.match.pair.programme

    @property
    def years(self) -> dict[int, Decimal]:
        found: dict[int, Decimal] = {}
        for i, euro in sorted(self.lines.items()):
            year = self.measure.budget[i].year
            found[year] = found.get(year, Decimal(0)) + euro
        return dict(sorted(found.items()))

    @property
    def total(self) -> Decimal:
        return sum(self.lines.values(), Decimal(0))


@dataclass(frozen=True, slots=True)
class Proposal:
    """For the measures named; own shares are euro of the budget years that aren't over.

    `own_planned` is what the plan says, `own_firm` what would be left without any grant that isn't applied for.
    """

    measures: tuple[Measure, ...]
    awards: tuple[Award, ...]
    kept: tuple[Grant, ...]
    dropped: tuple[Grant, ...]
    """What budgets count on, though it isn't applied for and isn't proposed either."""
    faulty: tuple[Measure, ...]
    """Left out, since what is applied for already breaks a rule."""
    uncounted: tuple[Match, ...]
    """Programmes that might pay, but say too little to reckon with."""
    own_planned: Decimal
    own_firm: Decimal
    exact: bool

    @property
    def own(self) -> Decimal:
        return self.own_firm - sum((each.total for each in self.awards), Decimal(0))


def propose(case: Case, measures: Iterable[Measure], steps: int = EFFORT) -> Proposal:
    """The best combination for measures that hang together, side by side with that of the others."""
    asked = tuple(measures)
    table = {own[0].pair.measure.id: own for own in matches(case, asked) if own}
    faulty = tuple(each for each in asked if not _is_sound(case, each))
    sound = [each for each in asked if each not in faulty]
    awards: list[Award] = []
    exact = True
    for group in _groups(case, sound):
        found, is_exact = _Board(case, group, [m for each in group for m in table.get(each.id, ())]).solved(steps)
        awards += found
        exact = exact and is_exact
    offered = {(each.measure.id, each.programme.id) for each in awards}
    pairs = [each for each in grants(case) if each.measure in asked]
    kept = tuple(each for each in pairs if is_kept(case, each))
    return Proposal(
        measures=asked,
        awards=tuple(awards),
        kept=kept,
        dropped=tuple(
            each
            for each in pairs
            if not is_kept(case, each)
            and each.measure not in faulty
            and any(year >= case.as_of.year for year in each.years)
            and (each.measure.id, each.programme.id) not in offered
        ),
        faulty=faulty,
        uncounted=tuple(
            each for own in table.values() for each in own if _may_pay(each) and not _is_countable(each.pair.programme)
        ),
        own_planned=_own(case, asked, firm=False),
        own_firm=_own(case, asked, firm=True, as_planned=faulty),
        exact=exact,
    )


def is_kept(case: Case, grant: Grant) -> bool:
    """What has gone out, is sketched for several measures together or has paid in years gone by stays as planned."""
    if any(year < case.as_of.year for year in grant.years):
        return True
    return any(is_filed(each) or each.granted is not None or len(each.measures) > 1 for each in grant.applications)


def _may_pay(match: Match) -> bool:
    """Whether only amounts or other programmes could stand in the way."""
    barred = any(each.verdict is Verdict.NO and each.criterion in _BARRING for each in match.answers)
    grant = match.pair.grant
    is_free = grant is None or not is_kept(match.pair.case, grant)
    return not barred and is_free and bool(match.pair.years)


def _is_countable(programme: Programme) -> bool:
    return programme.rate_max is not None or programme.grant_max is not None


def _is_sound(case: Case, measure: Measure) -> bool:
    """Whether what stays breaks no rule by itself: a proposal can't mend that."""
    kept = [each for each in grants(case) if each.measure.id == measure.id and is_kept(case, each)]
    for one, other in combinations(kept, 2):
        shared = one.years.keys() & other.years.keys()
        if clash(one.programme, other.programme) is not None and (shared or overlap(one, other) is not None):
            return False
    if granted_twice(case.plan, kept) is not None:
        return False
    return all(_is_within(each) for each in projects(case) if any(grant in kept for grant in each.grants))


def _is_within(project: Project) -> bool:
    programme = project.programme
    for account in accounts(project):
        most = most_of(programme, account.cost)
        if (most is not None and exceeds(account.paid, most)) or exceeds(
            least_own(programme, account.cost), account.own
        ):
            return False
    if (account := whole(project)) is None:  # type: ignore[assignment]
        return True
    bounds = [each for each in (project.granted, most_in_all(programme)) if each is not None]
    return not is_too_small(programme, account.cost) and not any(exceeds(account.paid, each) for each in bounds)


def _groups(case: Case, measures: Sequence[Measure]) -> list[list[Measure]]:
    """Measures whose own money is counted together by a notice that stays."""
    groups = [[each] for each in measures]
    for project in projects(case):
        ids = {grant.measure.id for grant in project.grants if is_kept(case, grant)}
        joint = project.programme.financing is not FinancingKind.SHARE
        touched = [group for group in groups if joint and any(each.id in ids for each in group)]
        if len(touched) > 1:
            groups = [group for group in groups if group not in touched] + [[m for group in touched for m in group]]
    return groups


def room_of(case: Case, measure: Measure, index: int) -> Decimal:
    """What is left of a budget line when third parties and what stays have paid."""
    line = measure.budget[index]
    kept = {each.programme.id for each in grants(case) if each.measure.id == measure.id and is_kept(case, each)}
    paid = (euro for source, euro in line.financing.items() if source == THIRD_PARTY or source in kept)
    return max(line.planned - sum(paid, Decimal(0)), Decimal(0))


def _own(case: Case, measures: Iterable[Measure], *, firm: bool, as_planned: Collection[Measure] = ()) -> Decimal:
    found = Decimal(0)
    for measure in measures:
        for i, line in enumerate(measure.budget):
            if line.year >= case.as_of.year:
                keep = not firm or measure in as_planned
                found += line.financing.get(OWN, Decimal(0)) if keep else room_of(case, measure, i)
    return found


class _Board:
    """The problem of some measures in cents, and the way back from its solution."""

    def __init__(self, case: Case, measures: Sequence[Measure], found: Sequence[Match]) -> None:
        self.case, self.measures = case, measures
        self.offered = [each for each in found if _may_pay(each) and _is_countable(each.pair.programme)]
        self.places = [(m, i) for m in measures for i, line in enumerate(m.budget) if line.year >= case.as_of.year]
        self.numbers = {(m.id, i): n for n, (m, i) in enumerate(self.places)}

    def solved(self, steps: int) -> tuple[list[Award], bool]:
        problem, sources = self._problem()
        result: Combination = combine(problem, steps)
        awards = []
        for i, match in enumerate(sources):
            paid = {
                self.places[n][1]: Decimal(cents).scaleb(-2)
                for (offer, n), cents in sorted(result.amounts.items())
                if offer == i
            }
            if paid:
                awards.append(Award(match, paid))
        return sorted(awards, key=lambda each: (self.measures.index(each.measure), each.programme.id)), result.exact

    def _problem(self) -> tuple[Problem, list[Match]]:
        offers = [(match, offer) for match in self.offered if (offer := self._offer(match)).runs]
        pairs = [
            frozenset((i, j))
            for (i, (one, _)), (j, (other, _)) in combinations(enumerate(offers), 2)
            if one.pair.measure.id == other.pair.measure.id and clash(one.pair.programme, other.pair.programme)
        ]
        lines = tuple(self._line(measure, i) for measure, i in self.places)
        problem = Problem(lines, tuple(offer for _, offer in offers), tuple(self._floors()), frozenset(pairs))
        return problem, [match for match, _ in offers]

    def _line(self, measure: Measure, index: int) -> Line:
        line = measure.budget[index]
        third = line.financing.get(THIRD_PARTY, Decimal(0))
        room = room_of(self.case, measure, index)
        return Line(measure.id, line.year, _cents(line.planned), _cents(room), _cents(third))

    def _offer(self, match: Match) -> Offer:
        programme, measure = match.pair.programme, match.pair.measure
        by_year = programme.financing is FinancingKind.SHARE
        runs = self._runs(match)
        years = {year for run in runs for year in run}
        cap = most_in_all(programme)
        return Offer(
            name=programme.id,
            measure=measure.id,
            runs=runs,
            lines={year: self._funded(programme, measure, year) for year in years},
            rate=RateOf(_share(programme.rate_max)),
            own=RateOf(_share(programme.own_share_min), up=True),
            by_year=by_year,
            cap=None if cap is None else _cents(cap),
            cost_min=None if programme.total_cost_min is None else _cents(programme.total_cost_min),
            with_third=programme.third_party_as_own,
            yields=programme.financing is FinancingKind.DEFICIT,
        )

    def _funded(self, programme: Programme, measure: Measure, year: int) -> tuple[int, ...]:
        """The lines of the year that the programme may pay for, as far as types of cost are known."""
        return tuple(
            n
            for (id, i), n in self.numbers.items()
            if id == measure.id and measure.budget[i].year == year
            if is_eligible(programme, measure.budget[i]) is not False
        )

    def _runs(self, match: Match) -> tuple[tuple[int, ...], ...]:
        """Years in a row that nothing which stays keeps the programme from, and that have something to pay."""
        pair, measure = match.pair, match.pair.measure
        against = [each for each in pair.others if is_kept(self.case, each) and clash(pair.programme, each.programme)]
        free = {
            year
            for year in pair.years
            if not any(year in blocked(each) for each in against) and self._funded(pair.programme, measure, year)
        }
        found: list[list[int]] = [[]]
        for year in budget_years(measure):
            if year in free:
                found[-1].append(year)
            elif found[-1]:
                found.append([])
        return tuple(tuple(run) for run in found if run)

    def _floors(self) -> Iterator[Floor]:
        """What notices that stay ask of own money, less what lies outside these lines."""
        ids = {measure.id for measure in self.measures}
        for project in projects(self.case):
            if not any(grant.measure.id in ids and is_kept(self.case, grant) for grant in project.grants):
                continue
            for account in accounts(project):
                spots = self._spots(project, account.grant, account.year)
                least = least_own(project.programme, account.cost)
                inside = frozenset(self.numbers[spot] for spot in spots if spot in self.numbers)
                outside = self._own_of(project.programme, [spot for spot in spots if spot not in self.numbers])
                if inside:
                    yield Floor(inside, max(0, _cents(least - outside)), project.programme.third_party_as_own)

    def _spots(self, project: Project, grant: Grant, year: int | None) -> list[tuple[str, int]]:
        """The budget lines that an account is about."""
        paid = [(grant, {year})] if year is not None else [(each, set(each.years)) for each in project.grants]
        return [(g.measure.id, i) for g, years in paid for i, line in enumerate(g.measure.budget) if line.year in years]

    def _own_of(self, programme: Programme, spots: Sequence[tuple[str, int]]) -> Decimal:
        sources = (OWN, THIRD_PARTY) if programme.third_party_as_own else (OWN,)
        found = ((self.case.plan.find(id, Measure), i) for id, i in spots)
        return sum(
            (m.budget[i].financing.get(source, Decimal(0)) for m, i in found if m is not None for source in sources),
            Decimal(0),
        )


def _cents(euro: Decimal) -> int:
    return int(euro.scaleb(2))


def _share(percent: Decimal | None) -> Fraction | None:
    return None if percent is None else Fraction(percent) / 100
