"""Every measure against every programme, criterion by criterion."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sozplan.analysis.funding.answers import Answer, Pair, state
from sozplan.analysis.funding.grants import Grant, grants
from sozplan.analysis.funding.living import alive, end
from sozplan.analysis.funding.subject import applicant, cost_type, group, theme
from sozplan.analysis.funding.sums import amount, cumulation, own_share
from sozplan.analysis.funding.timing import area, call, start
from sozplan.analysis.funding.years import open_years
from sozplan.analysis.money import total
from sozplan.model.case import Case
from sozplan.model.funding import Programme
from sozplan.model.measures import Measure
from sozplan.model.memory import once
from sozplan.model.terms import ApplicationState, MeasureStatus, Verdict

_CRITERIA = (theme, group, applicant, cost_type, area, call, start, amount, own_share, cumulation)


@dataclass(frozen=True, slots=True)
class Match:
    """What comes of one pair."""

    pair: Pair
    answers: tuple[Answer, ...]

    @property
    def verdict(self) -> Verdict:
        """No if anything is, else to be checked if anything is: no weighing, no score."""
        found = {each.verdict for each in self.answers}
        return next((each for each in (Verdict.NO, Verdict.CHECK) if each in found), Verdict.YES)

    @property
    def state(self) -> tuple[ApplicationState, date] | None:
        """How far an application that wasn't refused has come."""
        return state(self.pair.grant.applications, self.pair.as_of) if self.pair.grant else None

    @property
    def planned(self) -> Decimal:
        """Euro that the budget counts on."""
        return total(self.pair.grant.years.values()) if self.pair.grant else Decimal(0)

    @property
    def is_open(self) -> bool:
        """Whether it may still be applied for: nothing forbids it, and nothing has gone out."""
        return self.verdict is not Verdict.NO and not self.pair.filed


def current(case: Case) -> Iterator[Measure]:
    """Measures that anybody may still find money for."""
    for measure in alive(case):
        last = end(case.plan, measure)
        if measure.progress is not MeasureStatus.COMPLETED and (last is None or last >= case.as_of):
            yield measure


def matches(case: Case, measures: Iterable[Measure]) -> list[list[Match]]:
    """A list a measure, in the order of the programmes; none where there are no programmes."""
    programmes = case.plan.all(Programme)
    return [[match(case, measure, each) for each in programmes] for measure in measures] if programmes else []


def match(case: Case, measure: Measure, programme: Programme) -> Match:
    paired = pair(case, measure, programme)
    return Match(paired, tuple(ask(paired) for ask in _CRITERIA))


def pair(case: Case, measure: Measure, programme: Programme) -> Pair:
    found = _by_measure(case).get(measure.id, ())
    own = next((each for each in found if each.programme.id == programme.id), None)
    others = tuple(each for each in found if each.programme.id != programme.id)
    return Pair(case, measure, programme, open_years(case, measure, programme), own, others)


@once
def _by_measure(case: Case) -> dict[str, list[Grant]]:
    shared: dict[str, list[Grant]] = {}
    for grant in grants(case):
        shared.setdefault(grant.measure.id, []).append(grant)
    return shared
