"""Findings that the municipality accepts for a time, with reason and role."""

from __future__ import annotations

from collections.abc import Container, Iterable
from typing import NamedTuple

from sozplan.diagnostics import Diagnostic
from sozplan.model.case import Case


class Checked(NamedTuple):
    """The findings in their order: those that stand, and those that a waiver accepts."""

    open: tuple[Diagnostic, ...]
    waived: tuple[Diagnostic, ...]

    def only(self, rules: Container[str]) -> Checked:
        """The findings of these rules; that a file couldn't be read at all is never left out."""
        return Checked(*(tuple(f for f in found if f.code.id in rules or f.code.environment) for found in self))


def waive(case: Case, findings: Iterable[Diagnostic]) -> Checked:
    """Takes out what an unexpired waiver names by rule and entity."""
    accepted = {(w.rule, w.entity) for w in case.plan.waivers if case.as_of <= w.expires}
    ordered = sorted(findings, key=lambda finding: finding.order)
    waived = tuple(f for f in ordered if (f.code.id, f.entity) in accepted)
    return Checked(tuple(f for f in ordered if (f.code.id, f.entity) not in accepted), waived)
