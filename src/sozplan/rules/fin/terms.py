"""The rule that budgets lie within the term."""

from __future__ import annotations

from collections.abc import Iterator

from sozplan.analysis.funding.living import measures
from sozplan.diagnostics import Severity, Text
from sozplan.model.case import Case
from sozplan.model.measures import Measure
from sozplan.model.plan import Plan
from sozplan.rules.rule import Finding, rule


@rule(
    "fin.year-outside",
    Severity.WARNING,
    de="Maßnahme „{measure}“: Der Ansatz für {year} liegt außerhalb der Laufzeit ({term}). "
    "Berichtigen Sie das Jahr oder die Laufzeit.",
    en="Measure “{measure}”: the budget of {year} lies outside the term ({term}). Correct the year or the term.",
)
def budget_outside_term(case: Case) -> Iterator[Finding]:
    """Geld ist nur für Jahre eingeplant, in denen die Maßnahme läuft

    Ein Ansatz vor dem Beginn oder nach dem Ende bindet Mittel, die niemand braucht, oder die Laufzeit stimmt nicht.
    Es zählt die weiteste der Laufzeiten: geplant, voraussichtlich, tatsächlich; ohne Laufzeit die des Plans.

    English:
        Money is planned only for years in which the measure runs

        A budget before the beginning or after the end ties up money that nobody needs, or the term is wrong.
        What counts is the widest of the terms: planned, forecast, actual; without a term that of the plan.

    Bad:
        # plans/areas/hafen.yaml
        measures:
          - id: hafen-m1
            title: Kita-Lotsen im Hafentreff
            goals: [hafen-g1]
            commitment: resolved
            budget_reservation: false
            planned: {from: 2026-02-01, to: 2026-12-31}
            responsible: amt-51
            executing: [hafentreff-ev]
            budget:
              - year: 2026
                product: "06.02.01"
                cost_centre: "5101"
                planned: 60000
                financing: {own: 60000}
              - year: 2027  # <- fin.year-outside
                product: "06.02.01"
                cost_centre: "5101"
                planned: 60000
                medium_term: true
                financing: {own: 60000}

    Good:
        # plans/areas/hafen.yaml
        measures:
          - id: hafen-m1
            title: Kita-Lotsen im Hafentreff
            goals: [hafen-g1]
            commitment: resolved
            budget_reservation: false
            planned: {from: 2026-02-01, to: 2027-12-31}
            responsible: amt-51
            executing: [hafentreff-ev]
            budget:
              - year: 2026
                product: "06.02.01"
                cost_centre: "5101"
                planned: 60000
                financing: {own: 60000}
              - year: 2027
                product: "06.02.01"
                cost_centre: "5101"
                planned: 60000
                medium_term: true
                financing: {own: 60000}
    """
    for measure in measures(case):
        first, last = _term(case.plan, measure)
        for i, line in enumerate(measure.budget):
            if (first is not None and line.year < first) or (last is not None and line.year > last):
                args = {"measure": measure.id, "year": line.year, "term": _years(first, last)}
                yield Finding(measure.at("budget", i, "year"), args)


def _term(plan: Plan, measure: Measure) -> tuple[int | None, int | None]:
    """First and last year; None where open, unknown or turned round."""
    spans = [span for span in (measure.planned, measure.forecast, measure.actual) if span is not None]
    if not spans:
        owner = plan.owner(measure.id)
        spans = [owner.period] if owner else []
    if not spans or any(span.is_turned for span in spans):
        return None, None
    promised = [span for span in spans if span is not measure.actual] or spans
    is_open = any(span.end is None for span in promised)
    ends = [span.end.year for span in spans if span.end is not None]
    return min(span.start.year for span in spans), None if is_open or not ends else max(ends)


def _years(first: int | None, last: int | None) -> Text:
    if last is None:
        return Text(f"ab {first}", f"from {first}")
    return Text(str(first), str(first)) if first == last else Text(f"{first} bis {last}", f"{first} to {last}")


RULES = (budget_outside_term,)
