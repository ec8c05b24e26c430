"""Area plans of which an earlier run had nothing to say, passed over by the rules that look at each by itself."""

from __future__ import annotations

from typing import NamedTuple

from sozplan.model.case import Case
from sozplan.repo import Loaded
from sozplan.repo.cache.kept import Kept
from sozplan.repo.past import Past
from sozplan.rules import BY_PLAN, Checked, check


class Worth(NamedTuple):
    """From when on it pays: what the rules ask of the whole is worked out twice."""

    many: int = 200
    """So many area plans there must be."""
    mostly: float = 0.9
    """Such a part of what was noted must still hold; else all are looked through, and noted anew."""


_WORTH = Worth()


def checked(case: Case, loaded: Loaded, kept: Kept | None, worth: Worth = _WORTH) -> Checked:
    """All rules. Where something can't be read or an id is given twice, nothing follows from an earlier run."""
    plan = case.plan
    plans = {each.origin.file for each in plan.area_plans}
    known = kept.quiet(plans) if kept is not None and len(plans) >= worth.many else None
    if kept is None or known is None or plan.muted or plan.repeated:
        return check(case, loaded.diagnostics)
    if quiet := known.find(case.as_of, worth.mostly):
        loud = plan.without(quiet)
        if named := quiet & loud.knotted:
            loud = plan.without(quiet - named)
        return check(case, loaded.diagnostics, loud=loud)
    found = check(case, loaded.diagnostics)
    if not (isinstance(case.history, Past) and case.history.was_asked):
        told = {each.at.file for each in (*found.open, *found.waived) if each.code.id in BY_PLAN}
        known.keep(case.as_of, kept.began, told | plan.knotted)
    return found
