"""Euro: when two sums differ, and how they are said."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from sozplan.diagnostics import Text
from sozplan.model.measures import BudgetLine, Measure

CENT = Decimal("0.01")
"""Sums that differ by less are equal: shares in per cent give fractions of a cent."""

HUNDRED = Decimal(100)
_GERMAN = str.maketrans({",": ".", ".": ",", "-": "−"})


def exceeds(one: Decimal, other: Decimal) -> bool:
    return one - other >= CENT


def differs(one: Decimal, other: Decimal) -> bool:
    return exceeds(one, other) or exceeds(other, one)


def total(amounts: Iterable[Decimal]) -> Decimal:
    return sum(amounts, Decimal(0))


def at_most(share: Decimal, of: Decimal) -> Decimal:
    """So many per cent, down to the cent."""
    return (of * share / HUNDRED).quantize(CENT, ROUND_FLOOR)


def at_least(share: Decimal, of: Decimal) -> Decimal:
    """So many per cent, up to the cent."""
    return (of * share / HUNDRED).quantize(CENT, ROUND_CEILING)


def euro(amount: Decimal) -> Text:
    """Cents only where there are any."""
    digits = f"{amount:,.{0 if amount == amount.to_integral_value() else 2}f}"
    return Text(f"{digits.translate(_GERMAN)} €", f"{digits.replace('-', '−')} euro")


def per_cent(share: Decimal) -> Text:
    plain = f"{share.normalize():f}"
    return Text(f"{plain.translate(_GERMAN)} %", f"{plain}%")


def by_year(measure: Measure) -> Mapping[int, list[tuple[int, BudgetLine]]]:
    """The lines of each budget year, with their places in the list."""
    found: dict[int, list[tuple[int, BudgetLine]]] = {}
    for i, line in enumerate(measure.budget):
        found.setdefault(line.year, []).append((i, line))
    return found
