"""Rules of money: budgets that add up, grants that hold, deadlines, and what comes after."""

from __future__ import annotations

from sozplan.rules.fin import balance, calls, commitments, conditions, double, rates, terms

RULES = (
    *balance.RULES,
    *terms.RULES,
    *rates.RULES,
    *double.RULES,
    *conditions.RULES,
    *calls.RULES,
    *commitments.RULES,
)
