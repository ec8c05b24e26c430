"""All dates of funding: those that fall due, and when calls open and close."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sozplan.analysis.due import Due, agenda
from sozplan.diagnostics import Text
from sozplan.model.case import Case
from sozplan.model.funding import Application, Programme
from sozplan.model.terms import DueKind

_KINDS = frozenset(
    (DueKind.CALL, DueKind.EARLY_START, DueKind.DRAWDOWN, DueKind.GRANT_END, DueKind.PROOF, DueKind.BINDING)
)
_ANY = 0
"""Whatever stands still: it isn't told here."""


def deadlines(case: Case, until: date) -> tuple[Due, ...]:
    """Oldest first; proofs of contracts that aren't grants are left to `due`."""
    applications = {each.id for each in case.plan.all(Application)}
    found = [
        each
        for each in agenda(case, until, _ANY).items
        if each.kind in _KINDS and (each.kind is DueKind.CALL or each.entity in applications)
    ]
    found += [each for each in _windows(case) if each.day <= until]
    return tuple(sorted(found, key=lambda each: (each.day, each.kind.value, each.title.de)))


def _windows(case: Case) -> Iterator[Due]:
    for programme in case.plan.all(Programme):
        for i, window in enumerate(programme.windows):
            note = f" ({window.statement})" if window.statement else ""
            title = Text(f"{programme.short or programme.name}{note}", f"{programme.short or programme.name}{note}")
            if window.opens is not None and window.opens >= case.as_of:
                yield Due(window.opens, DueKind.CALL_OPENS, title, programme.at("windows", i, "opens"), None)
            if window.closes >= case.as_of:
                yield Due(window.closes, DueKind.CALL, title, programme.at("windows", i, "closes"), None)
