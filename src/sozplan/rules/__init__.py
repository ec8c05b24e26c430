"""The consistency rules, and the check that runs them."""

from __future__ import annotations

from collections.abc import Iterable

from sozplan.diagnostics import Code, Diagnostic
from sozplan.model.case import Case
from sozplan.model.plan import Plan
from sozplan.rules import dec, fin, hb, ind, org, paper, proc, ref, sdc, target, time
from sozplan.rules.rule import Rule, gather, run
from sozplan.rules.waivers import CODES as WAIVER_CODES
from sozplan.rules.waivers import Checked, waive

RULES: tuple[Rule, ...] = gather(
    ref.RULES,
    time.RULES,
    target.RULES,
    ind.RULES,
    org.RULES,
    proc.RULES,
    fin.RULES,
    dec.RULES,
    sdc.RULES,
    hb.RULES,
    paper.RULES,
)

CODES: tuple[Code, ...] = (*(rule.code for rule in RULES), *WAIVER_CODES)
"""All that checking can report, beside what reading finds."""


BY_PLAN = frozenset(rule.id for rule in RULES if rule.by_plan)
"""Whose findings in an area plan don't follow from other area plans, unless the one names the other."""


def check(
    case: Case, found: Iterable[Diagnostic] = (), rules: Iterable[Rule] = RULES, loud: Plan | None = None
) -> Checked:
    """All findings of a case in their order, those of reading included, without the waived.

    `loud` is the plan without those area plans of which the rules `by_plan` are known to say nothing.
    """
    asked = tuple(rules)
    ran = None if asked == RULES else frozenset(rule.id for rule in asked)
    return waive(case, [*found, *run(case, asked, loud)], ran)


__all__ = ["BY_PLAN", "CODES", "RULES", "Checked", "check"]
