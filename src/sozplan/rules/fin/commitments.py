"""Rules of what may be promised: later years need authority, and no budget means nothing new."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from sozplan.analysis.funding.living import alive, beginning, is_firm, status
from sozplan.analysis.money import euro, exceeds
from sozplan.diagnostics import Severity, Text, text
from sozplan.model.calendar import BudgetYear
from sozplan.model.case import Case
from sozplan.model.measures import BudgetLine
from sozplan.model.settings import Budgeting
from sozplan.model.terms import Authorisation, BudgetState, DutyType, MeasureStatus, PlanSide, Status
from sozplan.rules.rule import Finding, rule
from sozplan.rules.words import day

_DAY = timedelta(days=1)


@rule(
    "fin.commitment-unauthorised",
    Severity.WARNING,
    de="Maßnahme „{measure}“ ist zugesagt, für {year} ({side}) {fault}.",
    en="Measure “{measure}” is promised, but for {year} ({side}) {fault}.",
)
def later_year_without_authority(case: Case) -> Iterator[Finding]:
    """Was spätere Jahre bindet, ist dort vorgesehen

    Investitionen, die spätere Haushaltsjahre binden, brauchen in der Regel eine Verpflichtungsermächtigung, laufende
    Ausgaben einen Platz in der mittelfristigen Finanzplanung; sonst ist die Zusage nicht gedeckt.
    Geprüft werden Maßnahmen, die beschlossen oder vertraglich gesichert sind und nicht unter Haushaltsvorbehalt stehen,
    in den Jahren nach dem letzten beschlossenen Haushalt.
    Was das Land verlangt und wie weit die Finanzplanung reicht, steht in sozplan.yaml unter „budgeting“
    („investive“, „consumptive“, „planning_years“).

    English:
        What binds later years is provided for there

        Investments that bind later budget years as a rule need a commitment authorisation, running expenses a place
        in the medium-term plan; otherwise the promise isn't covered.
        Checked are measures that are resolved or contractual and not under a budget reservation, in the years after
        the last adopted budget.
        What the Land demands and how far the medium-term plan reaches stands in sozplan.yaml under “budgeting”
        (“investive”, “consumptive”, “planning_years”).

    Bad:
        # plans/areas/hafen.yaml
        measures:
          - id: hafen-m1
            title: Umbau des Hafentreffs
            goals: [hafen-g1]
            commitment: resolved
            budget_reservation: false
            planned: {from: 2026-02-01, to: 2027-12-31}
            responsible: amt-51
            executing: [hafentreff-ev]
            budget:
              - year: 2027  # <- fin.commitment-unauthorised
                product: "06.02.01"
                cost_centre: "5101"
                side: finance
                planned: 250000
                financing: {own: 250000}

    Good:
        # plans/areas/hafen.yaml
        measures:
          - id: hafen-m1
            title: Umbau des Hafentreffs
            goals: [hafen-g1]
            commitment: resolved
            budget_reservation: false
            planned: {from: 2026-02-01, to: 2027-12-31}
            responsible: amt-51
            executing: [hafentreff-ev]
            budget:
              - year: 2027
                product: "06.02.01"
                cost_centre: "5101"
                side: finance
                planned: 250000
                commitment_authorisation: 250000
                financing: {own: 250000}
    """
    policy = case.plan.settings.budgeting
    adopted = max((b.year for b in case.plan.calendar.budgets if b.state in _IN_FORCE), default=case.as_of.year)
    last = max(adopted, case.as_of.year)
    for measure in alive(case):
        draft = status(case.plan, measure) is Status.DRAFT
        if draft or measure.budget_reservation or not is_firm(measure) or measure.progress is MeasureStatus.COMPLETED:
            continue
        for i, line in enumerate(measure.budget):
            if last < line.year <= last + policy.planning_years and (fault := _uncovered(line, policy)) is not None:
                args = {"measure": measure.id, "year": line.year, "side": line.side.label, "fault": fault}
                yield Finding(measure.at("budget", i, "year"), args)


_IN_FORCE = (BudgetState.ADOPTED, BudgetState.CONSOLIDATION)


def _uncovered(line: BudgetLine, policy: Budgeting) -> Text | None:
    if line.planned <= 0:
        return None
    authority = policy.investive if line.side is PlanSide.FINANCE else policy.consumptive
    if authority is Authorisation.MEDIUM_TERM:
        return None if line.medium_term else _NOT_PLANNED
    if authority is Authorisation.NONE:
        return None
    if not line.commitment_authorisation:
        return _NOT_AUTHORISED
    if line.committed is not None and exceeds(line.committed, line.commitment_authorisation):
        return _beyond(line)
    return None


_NOT_PLANNED = text(
    de="steht der Ansatz aber nicht in der mittelfristigen Finanzplanung. Nehmen Sie ihn dort auf "
    "(„medium_term: true“), oder stellen Sie die Maßnahme unter Haushaltsvorbehalt",
    en="the sum isn't in the medium-term plan. Add it there (“medium_term: true”), "
    "or put the measure under a budget reservation",
)
_NOT_AUTHORISED = text(
    de="fehlt aber die Verpflichtungsermächtigung. Tragen Sie sie unter „commitment_authorisation“ ein, "
    "oder stellen Sie die Maßnahme unter Haushaltsvorbehalt",
    en="there is no commitment authorisation. Enter it under “commitment_authorisation”, "
    "or put the measure under a budget reservation",
)


def _beyond(line: BudgetLine) -> Text:
    bound, allowed = euro(line.committed or line.planned), euro(line.commitment_authorisation or line.planned)
    return text(
        de=f"sind aber {bound.de} gebunden bei einer Verpflichtungsermächtigung von {allowed.de}. "
        "Erhöhen Sie die Ermächtigung, oder berichtigen Sie das Obligo",
        en=f"{bound.en} are committed with an authorisation of {allowed.en}. "
        "Raise the authorisation, or correct the sum committed",
    )


@rule(
    "fin.provisional-budget",
    Severity.WARNING,
    de="Maßnahme „{measure}“ ist freiwillig und beginnt am {start}, während der vorläufigen Haushaltsführung {year}. "
    "Verschieben Sie den Beginn, bis der Haushalt gilt, oder begründen Sie, warum sie unaufschiebbar ist.",
    en="Measure “{measure}” is voluntary and begins on {start}, under provisional budget management of {year}. "
    "Put off its beginning until the budget is in force, or say why it can't wait.",
)
def new_without_budget(case: Case) -> Iterator[Finding]:
    """Ohne beschlossenen Haushalt beginnt nichts Freiwilliges neu

    In der vorläufigen Haushaltsführung darf nur ausgegeben werden, wozu die Kommune verpflichtet ist oder was sich
    nicht aufschieben lässt; eine neue freiwillige Leistung gehört in der Regel nicht dazu.
    Wann sie gilt, steht im Kalender unter „budgets“.

    English:
        Nothing voluntary begins anew without an adopted budget

        Under provisional budget management only that may be spent which the municipality is bound to or which can't
        be put off; a new voluntary service as a rule isn't among it.
        When it holds stands in the calendar under “budgets”.

    Bad:
        # plans/areas/hafen.yaml
        measures:
          - id: hafen-m1
            title: Kita-Lotsen im Hafentreff
            goals: [hafen-g1]
            duty: voluntary
            commitment: intended
            budget_reservation: true
            planned: {from: 2027-02-01, to: 2029-12-31}  # <- fin.provisional-budget
            responsible: amt-51
            executing: [hafentreff-ev]
        # plans/calendar.yaml
        budgets:
          - {year: 2027, state: provisional, from: 2027-01-01, to: 2027-04-30}

    Good:
        # plans/areas/hafen.yaml
        measures:
          - id: hafen-m1
            title: Kita-Lotsen im Hafentreff
            goals: [hafen-g1]
            duty: voluntary
            commitment: intended
            budget_reservation: true
            planned: {from: 2027-05-01, to: 2029-12-31}
            responsible: amt-51
            executing: [hafentreff-ev]
        # plans/calendar.yaml
        budgets:
          - {year: 2027, state: provisional, from: 2027-01-01, to: 2027-04-30}
    """
    spans = list(_provisional(case.plan.calendar.budgets))
    for measure in alive(case) if spans else ():
        start = beginning(measure)
        if measure.duty is not DutyType.VOLUNTARY or start is None:
            continue
        year = next((year for year, first, last in spans if first <= start <= last), None)
        if year is not None:
            field = "actual" if measure.actual else "forecast" if measure.forecast else "planned"
            yield Finding(measure.at(field, "from"), {"measure": measure.id, "start": day(start), "year": year})


def _provisional(budgets: Sequence[BudgetYear]) -> Iterator[tuple[int, date, date]]:
    """Year, first and last day of each provisional time; it ends where the next state of the year begins."""
    for budget in budgets:
        if budget.state is BudgetState.PROVISIONAL:
            first = budget.start or date(budget.year, 1, 1)
            later = [b.start for b in budgets if b.year == budget.year and b.start is not None and b.start > first]
            yield budget.year, first, budget.end or min((s - _DAY for s in later), default=date(budget.year, 12, 31))


RULES = (later_year_without_authority, new_without_budget)
