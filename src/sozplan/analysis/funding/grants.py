"""Which programme pays for which measure, by the budget and by the applications."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from sozplan.analysis.funding.living import measures
from sozplan.model.case import Case
from sozplan.model.entity import Place
from sozplan.model.funding import Application, Programme
from sozplan.model.measures import OWN, Measure
from sozplan.model.memory import once
from sozplan.model.plan import Plan
from sozplan.model.terms import ApplicationState, EarlyStart

GRANTED = (ApplicationState.NOTICE, ApplicationState.DRAWDOWN, ApplicationState.PROOF)

_FILED = (ApplicationState.APPLICATION, *GRANTED)


class Grant(NamedTuple):
    """That a programme is to pay for a measure.

    `years` are euro by budget year, `applications` those for this measure that weren't refused.
    """

    measure: Measure
    programme: Programme
    years: Mapping[int, Decimal]
    applications: tuple[Application, ...]

    def place(self, year: int | None = None) -> Place:
        """Where the budget names the programme, else the application or the measure."""
        for i, line in enumerate(self.measure.budget):
            if line.financing.get(self.programme.id, 0) > 0 and year in (None, line.year):
                return self.measure.at("budget", i, "financing", self.programme.id)
        return self.applications[0].at("measures") if self.applications else self.measure.at()


class Project(NamedTuple):
    """The grants that one notice covers: those of measures that share an application."""

    programme: Programme
    grants: tuple[Grant, ...]
    applications: tuple[Application, ...]

    @property
    def planned(self) -> Decimal:
        """Euro that the budgets expect of the programme."""
        return sum((sum(grant.years.values(), Decimal(0)) for grant in self.grants), Decimal(0))

    @property
    def cost(self) -> Decimal:
        """Of the measures, in the years in which the programme pays."""
        return sum((grant.measure.cost(year) for grant in self.grants for year in grant.years), Decimal(0))

    @property
    def granted(self) -> Decimal | None:
        """Euro by all notices; None where one is silent or hasn't come."""
        sums = [application.granted for application in self.applications]
        return sum((s for s in sums if s is not None), Decimal(0)) if sums and None not in sums else None


@once
def grants(case: Case) -> tuple[Grant, ...]:
    """Every pair of measure and programme, in the order of the files."""
    return tuple(_grants(case))


def _grants(case: Case) -> Iterator[Grant]:
    filed = _filed(case)
    for measure in measures(case):
        paid, pairs = _paid(measure), filed.get(measure.id, {})
        for id in sorted(paid.keys() | pairs.keys()):
            programme = case.plan.find(id, Programme)
            if programme is not None:
                yield Grant(measure, programme, paid.get(id, {}), tuple(pairs.get(id, ())))


@once
def projects(case: Case) -> tuple[Project, ...]:
    """The grants, those together that one application asks for."""
    return tuple(_projects(case))


def _projects(case: Case) -> Iterator[Project]:
    alone: list[Project] = []
    found: dict[str, list[Grant]] = {}
    for grant in grants(case):
        if not grant.applications:
            alone.append(Project(grant.programme, (grant,), ()))
            continue
        groups = {id(g): g for each in grant.applications if (g := found.get(each.id)) is not None}
        group, *others = sorted(groups.values(), key=len, reverse=True) or [[]]
        group.append(grant)
        for member in (grant, *(member for other in others for member in other)):
            found.update(dict.fromkeys((each.id for each in member.applications), group))
        group += (member for other in others for member in other)
    yield from alone
    for members in {id(g): g for g in found.values()}.values():
        applications = {a.id: a for member in members for a in member.applications}
        yield Project(members[0].programme, tuple(members), tuple(applications.values()))


def _filed(case: Case) -> Mapping[str, dict[str, list[Application]]]:
    """Measure → programme → applications that weren't refused."""
    found: dict[str, dict[str, list[Application]]] = {}
    for application in case.plan.applications:
        if reached(application, ApplicationState.REFUSED) is None:
            for measure in application.measures:
                found.setdefault(measure, {}).setdefault(application.programme, []).append(application)
    return found


def _paid(measure: Measure) -> Mapping[str, dict[int, Decimal]]:
    """Source → year → euro, as far as there are any."""
    found: dict[str, dict[int, Decimal]] = {}
    for line in measure.budget:
        for source, amount in line.financing.items():
            if source != OWN and amount > 0:
                years = found.setdefault(source, {})
                years[line.year] = years.get(line.year, Decimal(0)) + amount
    return found


def reached(application: Application, *states: ApplicationState) -> date | None:
    """The first day on which the application had one of the states."""
    return min((stage.date for stage in application.stages if stage.state in states), default=None)


def granted(application: Application) -> date | None:
    """The day of the notice."""
    return reached(application, *GRANTED)


def allowed(application: Application, programme: Programme, start: date) -> bool:
    """Whether what is applied for may begin on that day."""
    notice = granted(application)
    if notice is not None and notice <= start:
        return True
    match programme.early_start:
        case EarlyStart.FORBIDDEN:
            return False
        case EarlyStart.ON_APPROVAL:
            return application.early_start is not None and application.early_start <= start
        case EarlyStart.OWN_RISK:
            applied = reached(application, ApplicationState.APPLICATION)
            return applied is not None and applied <= start


def is_filed(application: Application) -> bool:
    """Whether more than an idea or a sketch has gone out, whatever became of it."""
    return reached(application, *_FILED) is not None


def may_be_unread(plan: Plan, grant: Grant) -> bool:
    """Whether its application may stand in a file that could not be read."""
    return bool(plan.muted) and not grant.applications
