"""Rules of money: budgets that add up, grants that hold, deadlines, and what comes after."""

from __future__ import annotations

from sozplan.rules.fin import (
    allocation,
    areas,
    balance,
    calls,
    commitments,
    cumulation,
    endings,
    overrun,
    programmes,
    proofs,
    rates,
    start,
    terms,
)

RULES = (
    *balance.RULES,
    *terms.RULES,
    *rates.RULES,
    *cumulation.RULES,
    *start.RULES,
    *programmes.RULES,
    *areas.RULES,
    *calls.RULES,
    *overrun.RULES,
    *commitments.RULES,
    *proofs.RULES,
    *endings.RULES,
    *allocation.RULES,
)
