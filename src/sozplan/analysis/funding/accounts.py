"""What a rate is a rate of: cost, grant and own money of a measure and year, or of a whole project."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from sozplan.analysis.funding.grants import Grant, Project
from sozplan.analysis.money import total
from sozplan.diagnostics import Text
from sozplan.model.entity import Place
from sozplan.model.funding import Programme
from sozplan.model.measures import OWN, THIRD_PARTY, Measure
from sozplan.model.terms import FinancingKind


class Account(NamedTuple):
    """What one rate is a rate of: a measure in a year, or, without one, all that a notice covers."""

    project: Project
    grant: Grant
    """The first that is paid."""
    year: int | None
    cost: Decimal
    paid: Decimal
    own: Decimal

    @property
    def programme(self) -> Programme:
        return self.project.programme

    @property
    def place(self) -> Place:
        return self.grant.place(self.year)

    @property
    def whose(self) -> Text:
        if self.year is not None:
            return _whose(self.grant.measure, str(self.year))
        years = sorted({year for grant in self.project.grants for year in grant.years})
        span = str(years[0]) if len(years) == 1 else f"{years[0]}–{years[-1]}"
        alone = len(self.project.grants) == 1
        return _whose(self.grant.measure, span) if alone else _together(self.project, span)


def accounts(project: Project) -> Iterator[Account]:
    """Each measure and year where a share is funded, else the whole."""
    if project.programme.financing is FinancingKind.SHARE:
        for grant in project.grants:
            for year, paid in grant.years.items():
                cost, own = grant.measure.cost(year), _own(grant.measure, year, project.programme)
                yield Account(project, grant, year, cost, paid, own)
    elif (account := whole(project)) is not None:
        yield account


def whole(project: Project) -> Account | None:
    first = next((grant for grant in project.grants if grant.years), None)
    if first is None:
        return None
    own = total(_own(grant.measure, year, project.programme) for grant in project.grants for year in grant.years)
    return Account(project, first, None, project.cost, project.planned, own)


def _whose(measure: Measure, years: str) -> Text:
    return Text(f"Maßnahme „{measure.id}“, {years}", f"Measure “{measure.id}”, {years}")


def _together(project: Project, years: str) -> Text:
    ids = [grant.measure.id for grant in project.grants if grant.years]
    german, english = ", ".join(f"„{id}“" for id in ids), ", ".join(f"“{id}”" for id in ids)
    return Text(f"Maßnahmen {german}, {years}", f"Measures {english}, {years}")


def _own(measure: Measure, year: int, programme: Programme) -> Decimal:
    sources = (OWN, THIRD_PARTY) if programme.third_party_as_own else (OWN,)
    lines = (line for line in measure.budget if line.year == year)
    return total(line.financing.get(source, Decimal(0)) for line in lines for source in sources)
