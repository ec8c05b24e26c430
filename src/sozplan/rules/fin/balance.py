"""Rules of a budget as it is planned: it has an account, and it adds up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from sozplan.analysis.funding.living import is_firm, measures
from sozplan.analysis.money import by_year, differs, euro, exceeds, total
from sozplan.diagnostics import Severity, Text, text
from sozplan.model.case import Case
from sozplan.model.measures import BudgetLine
from sozplan.rules.rule import Finding, rule
from sozplan.rules.words import key, label

Lines = Sequence[tuple[int, BudgetLine]]


@rule(
    "fin.account-missing",
    Severity.ERROR,
    de="Maßnahme „{measure}“, Ansatz {year}: Es fehlt {missing}. Tragen Sie ein, wo der Betrag im Haushalt steht.",
    en="Measure “{measure}”, budget of {year}: {missing} is missing. Enter where the sum stands in the budget.",
    softens=True,
)
def budget_without_account(case: Case) -> Iterator[Finding]:
    """Jeder zugesagte Betrag hat Produkt und Kostenstelle

    Ohne sie steht der Betrag im Plan, aber nirgends im Haushalt; die Kämmerei kann ihn weder buchen noch
    wiederfinden.
    Geprüft werden Maßnahmen, die beschlossen oder vertraglich gesichert sind.

    English:
        Each sum promised has its product and cost centre

        Without them it stands in the plan but nowhere in the budget; the treasurer can neither book nor find it.
        Checked are measures that are resolved or contractual.

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
              - year: 2026  # <- fin.account-missing
                planned: 60000
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
                financing: {own: 60000}
    """
    for measure in measures(case):
        if is_firm(measure):
            for i, line in enumerate(measure.budget):
                if missing := [field for field in ("product", "cost_centre") if getattr(line, field) is None]:
                    args = {"measure": measure.id, "year": line.year, "missing": _listed(line, missing)}
                    yield Finding(measure.at("budget", i), args)


def _listed(line: BudgetLine, fields: Sequence[str]) -> Text:
    named = [(label(line, field), key(line, field)) for field in fields]
    return Text(
        " und ".join(f"„{said.de}“ ({name})" for said, name in named),
        " and ".join(f"“{said.en}” ({name})" for said, name in named),
    )


@rule(
    "fin.unbalanced",
    Severity.ERROR,
    de="Maßnahme „{measure}“, {year}: {fault}.",
    en="Measure “{measure}”, {year}: {fault}.",
    softens=True,
)
def financing_unequal_cost(case: Case) -> Iterator[Finding]:
    """In jedem Jahr ergibt die Finanzierung genau die Kosten

    Was übrig bleibt, hat niemand zugesagt; was zu viel ist, fehlt anderswo.
    Je Maßnahme und Haushaltsjahr stimmt die Summe der Quellen auf den Cent mit der Summe der Ansätze überein,
    und keine Quelle trägt einen negativen Betrag.

    English:
        In each year the financing is exactly the cost

        What is left over nobody has promised; what is too much is missing elsewhere.
        By measure and budget year the sum of the sources equals the sum planned to the cent,
        and no source bears a negative amount.

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
                financing: {own: 50000}  # <- fin.unbalanced

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
                financing: {own: 60000}
    """
    for measure in measures(case):
        for year, lines in by_year(measure).items():
            if (found := _negative(lines) or _unequal(lines)) is not None:
                path, fault = found
                yield Finding(measure.at("budget", *path), {"measure": measure.id, "year": year, "fault": fault})


def _negative(lines: Lines) -> tuple[tuple[str | int, ...], Text] | None:
    for i, line in lines:
        for source, amount in line.financing.items():
            if amount < 0:
                fault = text(
                    de=f"„{source}“ soll {euro(amount).de} tragen. Schreiben Sie einen Betrag ab 0",
                    en=f"“{source}” is to bear {euro(amount).en}. Write an amount of 0 or more",
                )
                return (i, "financing", source), fault
    return None


def _unequal(lines: Lines) -> tuple[tuple[str | int, ...], Text] | None:
    planned = total(line.planned for _, line in lines)
    paid = total(amount for _, line in lines for amount in line.financing.values())
    if not differs(planned, paid):
        return None
    place = next((i for i, line in lines if differs(line.planned, total(line.financing.values()))), lines[0][0])
    return (place, "financing"), _imbalance(planned, paid)


def _imbalance(planned: Decimal, paid: Decimal) -> Text:
    cost, sources, gap = euro(planned), euro(paid), euro(abs(planned - paid))
    if paid == 0:
        return text(
            de=f"Woraus die {cost.de} bezahlt werden, steht nirgends. Nennen Sie es unter „financing“",
            en=f"nothing says what pays the {cost.en}. Say it under “financing”",
        )
    missing = exceeds(planned, paid)
    return text(
        de=f"Geplant sind {cost.de}, finanziert {sources.de}; {gap.de} {'fehlen' if missing else 'sind zu viel'}. "
        "Berichtigen Sie „financing“ oder „planned“",
        en=f"planned are {cost.en}, financed {sources.en}; {gap.en} {'are missing' if missing else 'are too much'}. "
        "Correct “financing” or “planned”",
    )


RULES = (budget_without_account, financing_unequal_cost)
