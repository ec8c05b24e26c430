"""The rule that no more is spent than planned."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from sozplan.analysis.funding.living import measures
from sozplan.analysis.money import HUNDRED, by_year, euro, exceeds, per_cent, total
from sozplan.diagnostics import Severity
from sozplan.model.areas import Review
from sozplan.model.case import Case
from sozplan.model.entity import Place
from sozplan.model.measures import BudgetLine, Measure
from sozplan.rules.rule import Finding, rule

Lines = Sequence[tuple[int, BudgetLine]]


@rule(
    "fin.overrun",
    Severity.WARNING,
    de="Maßnahme „{measure}“, {year}: Ausgegeben sind {spent}, geplant {planned}. Das sind mehr als {tolerance} "
    "über dem Ansatz. Klären Sie die Deckung, und passen Sie den Ansatz an.",
    en="Measure “{measure}”, {year}: {spent} are spent, {planned} planned. That is more than {tolerance} above the "
    "planned sum. Settle how it is covered, and adjust the plan.",
)
def spent_above_planned(case: Case) -> Iterator[Finding]:
    """Es wird nicht mehr ausgegeben als geplant

    Eine Überschreitung braucht eine Deckung und je nach Höhe eine Bewilligung; wer sie erst beim Jahresabschluss
    sieht, kann nicht mehr gegensteuern.
    Verglichen wird je Maßnahme und Haushaltsjahr das Ist, sonst der Stand der Zwischenberichte.
    Wie viel Prozent hingenommen werden, steht in sozplan.yaml unter „budgeting: overrun“, ohne Angabe 5.

    English:
        No more is spent than planned

        An overrun needs cover and, by its size, an approval; whoever sees it only at the annual accounts can't steer.
        Compared are, by measure and budget year, the actual sum, else what the reviews report.
        How many per cent are accepted stands in sozplan.yaml under “budgeting: overrun”, 5 if not given.

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
                actual: 71300  # <- fin.overrun
                financing: {own: 60000}

    Good:
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
                actual: 58250.40
                financing: {own: 60000}
    """
    tolerance = case.plan.settings.budgeting.overrun
    told = _reported(case)
    for measure in measures(case):
        for year, lines in by_year(measure).items():
            planned = total(line.planned for _, line in lines)
            if (found := _spent(measure, lines, told.get((measure.id, year)))) is None:
                continue
            spent, place = found
            if exceeds(spent, planned * (1 + tolerance / HUNDRED)):
                sums = {"spent": euro(spent), "planned": euro(planned), "tolerance": per_cent(tolerance)}
                yield Finding(place, {"measure": measure.id, "year": year, **sums})


def _spent(measure: Measure, lines: Lines, review: Review | None) -> tuple[Decimal, Place] | None:
    """What is spent, the more of what the plan and the review say, and where that is said."""
    told: list[tuple[Decimal, Place]] = []
    actual = [(i, line) for i, line in lines if line.actual is not None]
    if actual:
        worst = max(actual, key=lambda pair: (pair[1].actual or Decimal(0)) - pair[1].planned)[0]
        told.append((total(line.actual or Decimal(0) for _, line in actual), measure.at("budget", worst, "actual")))
    if review is not None and review.spent is not None:
        told.append((review.spent, review.at("spent")))
    return max(told, key=lambda pair: pair[0], default=None)


def _reported(case: Case) -> Mapping[tuple[str, int], Review]:
    """The last review of each measure and year that names what is spent."""
    found: dict[tuple[str, int], Review] = {}
    for review in case.plan.reviews:
        which = (review.subject, review.cut_off.year)
        if review.spent is not None and (which not in found or found[which].cut_off < review.cut_off):
            found[which] = review
    return found


RULES = (spent_above_planned,)
