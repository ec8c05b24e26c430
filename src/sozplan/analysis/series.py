"""What was observed for an indicator in a territory: measured, and not yet cleared for anybody's eyes."""

from __future__ import annotations

from sozplan.analysis.conversion import converted
from sozplan.analysis.delivered import Era, Observation, breaks_of, delivered, era, mixed, outdated
from sozplan.analysis.ground import territory
from sozplan.model.case import Case
from sozplan.model.indicators import Indicator
from sozplan.model.memory import once


@once
def observe(case: Case, indicator: str, territory_id: str) -> tuple[Observation, ...]:
    """All periods known at the as-of date, older first, on the ground of that date as far as can be.

    What was delivered, summed up from parts where it wasn't for the whole, and converted across boundary changes.
    """
    sheet, place = case.plan.find(indicator, Indicator), territory(case.plan, territory_id)
    if sheet is None or place is None:
        return ()
    own = delivered(case, sheet, place)
    found = {**own, **converted(case, sheet, place, own)}
    return tuple(sorted(found.values(), key=lambda o: (o.period.end, o.period.start, o.period.text)))


__all__ = ["Era", "Observation", "breaks_of", "era", "mixed", "observe", "outdated"]
