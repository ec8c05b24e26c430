"""The rule that a territorial unit is shared out once among areas of a kind."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from sozplan.diagnostics import Severity, Text
from sozplan.model.case import Case
from sozplan.model.plan import Plan
from sozplan.model.territory import Part, SocialArea, Unit
from sozplan.rules.rule import Finding, rule
from sozplan.rules.words import day

_WHOLE = Decimal("1.001")
"""Shares are rounded by those who write them."""


@rule(
    "ref.unit-overlap",
    Severity.ERROR,
    de="„{unit}“ gehört am {day} zu mehr als einem Ganzen zu Gebieten derselben Art ({areas}: zusammen {share}). "
    "Senken Sie die Anteile, oder nehmen Sie die Einheit aus einem der Gebiete.",
    en="“{unit}” belongs by more than a whole to areas of the same kind on {day} ({areas}: {share} together). "
    "Lower the shares, or take the unit out of one of the areas.",
)
def unit_shared_twice(case: Case) -> Iterator[Finding]:
    """Niemand wohnt zugleich in zwei Gebieten derselben Art

    Sonst werden dieselben Kinder zweimal gezählt und dasselbe Geld zweimal verteilt.
    Die Anteile einer Gebietseinheit an Gebieten derselben Art ergeben an keinem Tag mehr als 1.
    Gehört ein ganzes oberes Gebiet dazu, zählt es für alle Einheiten darin.

    English:
        Nobody lives in two areas of the same kind at once

        Else the same children are counted twice and the same money is given out twice.
        The shares of a unit in areas of the same kind don't exceed 1 on any day.
        Where a whole parent belongs to an area, it counts for all units inside.

    Bad:
        # plans/territory/gebiete.yaml
        social_areas:
          - id: hafen
            name: Hafen
            parts: [{unit: bezirk-01}, {unit: bezirk-02}]
          - id: speicher
            name: Speicherviertel
            parts:
              - {unit: bezirk-02, share: 0.4, basis: Einwohnermelderegister}  # <- ref.unit-overlap

    Good:
        # plans/territory/gebiete.yaml
        social_areas:
          - id: hafen
            name: Hafen
            parts: [{unit: bezirk-01}, {unit: bezirk-02}]
          - id: altstadt
            name: Altstadt
            parts:
              - {unit: bezirk-03, share: 0.4, basis: Einwohnermelderegister}
    """
    for claims in _claims(case.plan).values():
        reported: set[int] = set()
        for unit in claims:
            inherited = [c for above in _ancestors(case.plan, unit) for c in claims.get(above, ()) if c.part.share == 1]
            on, involved = _excess(claims[unit], inherited, case.as_of)
            last = max(involved, key=lambda claim: claim.rank, default=None)
            if last is not None and last.rank not in reported:
                reported.add(last.rank)
                areas = ", ".join(dict.fromkeys(c.area.id for c in sorted(involved, key=lambda c: c.rank)))
                args = {"unit": unit, "day": day(on), "areas": areas, "share": _number(_total(involved))}
                yield Finding(last.area.at("parts", last.number, "unit"), args)


class _Claim(NamedTuple):
    """That an area takes a unit, or a share of it, from a day to a day."""

    rank: int
    area: SocialArea
    number: int
    part: Part

    @property
    def start(self) -> date:
        return max(self.part.start or date.min, self.area.valid_from or date.min)

    @property
    def end(self) -> date:
        return min(self.part.end or date.max, self.area.valid_to or date.max)


def _claims(plan: Plan) -> Mapping[str, dict[str, list[_Claim]]]:
    """By kind of area, then by unit."""
    found: dict[str, dict[str, list[_Claim]]] = {}
    order = 0
    for area in plan.social_areas:
        for i, part in enumerate(area.parts):
            found.setdefault(area.kind, {}).setdefault(part.unit, []).append(_Claim(order, area, i, part))
            order += 1
    return found


def _ancestors(plan: Plan, unit: str) -> Iterator[str]:
    seen = {unit}
    at = plan.find(unit, Unit)
    while at is not None and at.parent is not None and at.parent not in seen:
        seen.add(at.parent)
        yield at.parent
        at = plan.find(at.parent, Unit)


def _excess(own: list[_Claim], inherited: list[_Claim], today: date) -> tuple[date, list[_Claim]]:
    """A day on which the claims exceed a whole, today if possible, and the claims of that day; else none."""
    every = own + inherited
    if _total(every) <= _WHOLE:
        return today, []
    for on in (today, *sorted({d for c in every for d in (c.start, c.end)} - {date.min, date.max})):
        involved = [c for c in every if c.start <= on <= c.end]
        if _total(involved) > _WHOLE and any(c in own for c in involved):
            return on, involved
    return today, []


def _total(claims: Iterable[_Claim]) -> Decimal:
    return sum((c.part.share for c in claims), Decimal(0))


def _number(value: Decimal) -> Text:
    plain = f"{value.normalize():f}"
    return Text(plain.replace(".", ","), plain)


RULES = (unit_shared_twice,)
