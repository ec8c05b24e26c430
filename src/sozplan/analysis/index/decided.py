"""Where decisions on areas and the index part ways, or a decision remembers the index otherwise than it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from sozplan.analysis.designations import designated_units, latest
from sozplan.analysis.index.result import IndexResult, Placed
from sozplan.diagnostics import Text
from sozplan.model.case import Case
from sozplan.model.territory import Designation, SocialArea


def differences(case: Case, result: IndexResult, placed: Iterable[Placed]) -> Iterator[Text]:
    """As sentences: recorded classes that the definition doesn't yield, and areas that it suggests without a decision.

    A designation that rests on another period or version of the method is none of this result's business.
    """
    seats: dict[str, str | None] = {each.area: each.class_ for each in placed}
    seats |= {each.unit: each.class_ for each in result.areas}
    for area, decision in sorted(latest(case).items()):
        if _rests_on(decision, result) and area in seats:
            yield from _remembered(case, decision, seats[area])
    suggested = (each for each in result.areas if each.suggested)
    undecided = [f"{each.key} {each.name}" for each in suggested if _is_open(case, result, each.unit)]
    if undecided:
        told = ", ".join(undecided)
        yield Text(
            f"Der Index legt eine Festlegung nahe, entschieden ist aber nichts: {told}. Legen Sie die Gebiete fest, "
            "oder halten Sie mit „designated: false“ und Begründung fest, warum nicht.",
            f"The index suggests a designation, but nothing is decided: {told}. Designate the areas, or record by "
            "“designated: false” and a reason why not.",
        )


def _rests_on(decision: Designation, result: IndexResult) -> bool:
    told = decision.index
    same = told is not None and (told.index, told.version) == (result.index.id, result.method.version)
    return same and told is not None and told.period == result.period


def _remembered(case: Case, decision: Designation, computed: str | None) -> Iterator[Text]:
    told = decision.index.result if decision.index else None
    if computed is None or told == computed:
        return
    name = _names(case).get(decision.area, decision.area)
    yield Text(
        f"Die Festlegung „{decision.id}“ nennt für {name} die Klasse „{told}“; gerechnet ist es „{computed}“.",
        f"The designation “{decision.id}” gives the class “{told}” for {name}; computed it is “{computed}”.",
    )


def _names(case: Case) -> Mapping[str, str]:
    return {area.id: area.name for area in case.plan.social_areas}


def _is_open(case: Case, result: IndexResult, unit: str) -> bool:
    """Neither designated nor, with any area that it lies in, expressly passed over."""
    if unit in designated_units(case, result.period.end):
        return False
    passed_over = {area for area, decision in latest(case).items() if not decision.designated}
    around = (area.id for area in case.plan.social_areas if _holds(area, unit))
    return passed_over.isdisjoint(around)


def _holds(area: SocialArea, unit: str) -> bool:
    return any(part.unit == unit for part in area.parts)
