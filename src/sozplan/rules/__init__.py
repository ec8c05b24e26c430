"""The consistency rules, and the check that runs them."""

from __future__ import annotations

from collections.abc import Iterable

from sozplan.diagnostics import Diagnostic
from sozplan.model.case import Case
from sozplan.rules import dec, fin, hb, ind, org, proc, ref, sdc, target, time
from sozplan.rules.rule import Rule, gather, run
from sozplan.rules.waivers import Checked, waive

RULES: tuple[Rule, ...] = gather(
    ref.RULES, time.RULES, target.RULES, ind.RULES, org.RULES, proc.RULES, fin.RULES, dec.RULES, sdc.RULES, hb.RULES
)


def check(case: Case, found: Iterable[Diagnostic] = (), rules: Iterable[Rule] = RULES) -> Checked:
    """All findings of a case in their order, those of reading included, without the waived."""
    return waive(case, [*found, *run(case, rules)])


__all__ = ["RULES", "Checked", "check"]
