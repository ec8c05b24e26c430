"""What was delivered for a territory on the ground of its day, or summed up from what was delivered for its parts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from sozplan.analysis.ground import WHOLE, Ground, Parts, Territory, ground, lineage, parts, territory
from sozplan.analysis.months import add_months
from sozplan.model.case import Case
from sozplan.model.figures import Cell, Measured, Missing, Quality, reference_date
from sozplan.model.indicators import Indicator
from sozplan.model.memory import once
from sozplan.model.periods import Period
from sozplan.model.territory import Succession, Unit


@dataclass(frozen=True, slots=True)
class Era:
    """Two values are comparable if no break of the series lies between them and both speak of the same ground."""

    breaks: int
    ground: Ground


@dataclass(frozen=True, slots=True)
class Observation:
    """A value with the counts behind it; `day` is the one whose boundaries it follows."""

    indicator: str
    territory: str
    period: Period
    reference: date
    day: date
    numerator: Measured | None
    denominator: Measured | None
    value: Measured | None
    missing: Missing | None
    quality: Quality
    era: Era
    cells: tuple[Cell, ...]
    conversion: tuple[Succession, ...] = ()
    """The boundary changes across which it was converted."""
    sources: Parts = field(default_factory=dict)
    """Of what was converted: the units whose numbers it is the sum of, and by how much each counts."""

    @property
    def converted(self) -> bool:
        return bool(self.conversion)


def delivered(case: Case, sheet: Indicator, place: Territory) -> Mapping[str, Observation]:
    """By the text of the period, as far as known at the as-of date.

    Cells of the territory's own key come first; where a period has none, the units that make up the territory are
    summed, numerators and denominators apart. A territory's own cell without value isn't filled up from its parts:
    what a supplier withholds stays withheld.
    """
    return _by_period(case, sheet, place, len(case.plan.settings.levels))


def is_own(case: Case, each: Observation) -> bool:
    """Delivered for the territory, not summed up or converted for it."""
    place = territory(case.plan, each.territory)
    return len(each.cells) == 1 and place is not None and each.cells[0].area == place.key and not each.converted


def era(case: Case, sheet: Indicator, place: Territory, period: Period) -> Era:
    """That of a period which may have no observation."""
    return era_on(case, sheet, place, period, reference_date(sheet, period))


def known_from(sheet: Indicator, cell: Cell) -> date:
    """When the cell was told for the first time; not before the day that it speaks of."""
    reference = reference_date(sheet, cell.period)
    return reference if cell.vintage is None else max(cell.vintage, reference)


def outdated(sheet: Indicator, reference: date, as_of: date) -> bool:
    """A newer value should be there: periodicity and lag have passed since the reference date."""
    return as_of > add_months(reference, sheet.periodicity.months + sheet.lag_months)


def era_on(case: Case, sheet: Indicator, place: Territory, period: Period, day: date) -> Era:
    breaks = sum(start <= period.start for start in breaks_of(case, sheet.id, place.id))
    return Era(breaks, ground(case.plan, place, day))


@once
def breaks_of(case: Case, indicator: str, territory_id: str) -> tuple[date, ...]:
    """When the series starts anew: by the sheet, or since a supplier marked it in the territory or a part of it."""
    sheet, place = case.plan.find(indicator, Indicator), territory(case.plan, territory_id)
    if sheet is None or place is None:
        return ()
    marked = _marked(case, sheet, place, len(case.plan.settings.levels))
    return tuple(sorted({each.start.start for each in sheet.breaks} | marked))


def _marked(case: Case, sheet: Indicator, place: Territory, depth: int) -> set[date]:
    """Parts count only where the territory has no cells of its own: else they don't go into its values.

    Marks of the units before and after a boundary change count, as their numbers are converted.
    """
    own = _own_cells(case, sheet, place).values()
    kin = lineage(case.plan, place.id) if isinstance(place, Unit) else ()
    inherited = {c.period.start for unit in kin for c in _own_cells(case, sheet, unit).values() if c.starts_anew}
    if own or depth == 0:
        return inherited.union(cell.period.start for cell in own if cell.starts_anew)
    return inherited.union(*(_marked(case, sheet, unit, depth - 1) for unit in _ever_part(case, place).values()))


def _by_period(case: Case, sheet: Indicator, place: Territory, depth: int) -> Mapping[str, Observation]:
    """By the text of the period; `depth` bounds how far units may lie below units."""
    if isinstance(place, Unit):
        return _of_unit(case, sheet.id, place.id, depth if case.plan.units_below(place.id) else 0)
    return _with_parts(case, sheet, place, depth)


@once
def _of_unit(case: Case, indicator: str, id: str, depth: int) -> Mapping[str, Observation]:
    """Kept, for it goes into the sums of all that the unit lies in."""
    sheet, unit = case.plan.find(indicator, Indicator), case.plan.find(id, Unit)
    return {} if sheet is None or unit is None else _with_parts(case, sheet, unit, depth)


def _with_parts(case: Case, sheet: Indicator, place: Territory, depth: int) -> Mapping[str, Observation]:
    found = {text: _of_cell(case, sheet, place, cell) for text, cell in _own_cells(case, sheet, place).items()}
    if depth == 0:
        return found
    below = {id: _by_period(case, sheet, unit, depth - 1) for id, unit in _ever_part(case, place).items()}
    for text in {text for each in below.values() for text in each} - found.keys():
        whole = _sum(case, sheet, place, {id: each[text] for id, each in below.items() if text in each})
        if whole is not None:
            found[text] = whole
    return found


def _ever_part(case: Case, place: Territory) -> dict[str, Unit]:
    if isinstance(place, Unit):
        return {unit.id: unit for unit in case.plan.units_below(place.id)}
    units = (case.plan.find(part.unit, Unit) for part in place.parts)
    return {unit.id: unit for unit in units if unit is not None}


def _own_cells(case: Case, sheet: Indicator, place: Territory) -> dict[str, Cell]:
    """The newest vintage of each period, among the cells whose key meant this territory."""
    found: dict[str, Cell] = {}
    if place.key is None:
        return found
    for cell in case.figures.vintages(sheet.id, place.key):
        known = reference_date(sheet, cell.period) <= case.as_of and (cell.vintage or case.as_of) <= case.as_of
        meant = not isinstance(place, Unit) or place.in_force(_boundary(case, sheet, cell))
        if known and meant:
            found[cell.period.text] = cell
    return found


def _boundary(case: Case, sheet: Indicator, cell: Cell) -> date:
    """The day whose boundaries the cell's key follows."""
    resource = (case.figures.resources or {}).get(cell.resource)
    declared = None if resource is None else resource.boundary
    return declared or reference_date(sheet, cell.period)


def _of_cell(case: Case, sheet: Indicator, place: Territory, cell: Cell) -> Observation:
    value, missing = cell.value, cell.missing
    if value is None and missing is None:
        value, missing = _rate(sheet, cell.numerator, cell.denominator)
    day = _boundary(case, sheet, cell)
    return Observation(
        indicator=sheet.id,
        territory=place.id,
        period=cell.period,
        reference=reference_date(sheet, cell.period),
        day=day,
        numerator=cell.numerator,
        denominator=cell.denominator,
        value=value,
        missing=missing,
        quality=cell.quality,
        era=era_on(case, sheet, place, cell.period, day),
        cells=(cell,),
    )


def _rate(
    sheet: Indicator, numerator: Measured | None, denominator: Measured | None
) -> tuple[Measured | None, Missing | None]:
    if numerator is None:
        return None, Missing.EMPTY
    if sheet.denominator is None:
        return numerator, None
    if denominator is None:
        return None, Missing.EMPTY
    if denominator.reveal() == 0:
        return None, Missing.MEANINGLESS
    return Measured(numerator.reveal() / denominator.reveal() * sheet.factor), None


def _sum(case: Case, sheet: Indicator, place: Territory, known: Mapping[str, Observation]) -> Observation | None:
    """One period of a territory from its parts; a part without value leaves the whole without one."""
    some = next(iter(known.values()))
    days = {each.day for each in known.values()}
    day = days.pop() if len(days) == 1 else some.reference
    shares = parts(case.plan, place, day)
    if known.keys().isdisjoint(shares):
        return None
    present = [(share, known.get(id)) for id, share in shares.items()]
    numerator, denominator, value, missing = totals(sheet, present)
    used = [each for _, each in present if each is not None]
    estimated = sheet.perturbed or any(share != WHOLE for share in shares.values())
    return Observation(
        indicator=sheet.id,
        territory=place.id,
        period=some.period,
        reference=some.reference,
        day=day,
        numerator=numerator,
        denominator=denominator,
        value=value,
        missing=missing,
        quality=Quality.ESTIMATED if estimated else mixed(each.quality for each in used),
        era=era_on(case, sheet, place, some.period, day),
        cells=tuple(cell for each in used for cell in each.cells),
    )


def totals(
    sheet: Indicator, present: Weighted
) -> tuple[Measured | None, Measured | None, Measured | None, Missing | None]:
    """Numerator, denominator, value, and why there are none; one whole unit is what it is, also as a mere rate."""
    if len(present) == 1 and (only := present[0][1]) is not None and present[0][0] == WHOLE and only.missing is None:
        return only.numerator, only.denominator, only.value, None
    numerator = _total([(share, _count(sheet, each)) for share, each in present])
    denominator = _total([(share, None if each is None else each.denominator) for share, each in present])
    value, missing = _rate(sheet, numerator, denominator)
    if absent := _absent(sheet, [each for _, each in present], missing):
        return None, None, None, absent
    return numerator, denominator, value, None


Weighted = Sequence[tuple[Decimal, Observation | None]]
_GRAVEST = (
    Missing.SUPPRESSED,
    Missing.UNKNOWN,
    Missing.UNRELIABLE,
    Missing.MEANINGLESS,
    Missing.LATER,
    Missing.EMPTY,
)


def _absent(sheet: Indicator, present: Sequence[Observation | None], missing: Missing | None) -> Missing | None:
    """Why a sum can't be had: the gravest reason among the parts."""
    if not sheet.additive:
        return Missing.MEANINGLESS
    reasons = {_reason(each) for each in present} | {missing}
    return next((reason for reason in _GRAVEST if reason in reasons), None)


def _reason(each: Observation | None) -> Missing | None:
    """None where the part can be summed: a rate that makes no sense (0 of 0) still has counts."""
    if each is None:
        return Missing.EMPTY
    counted = each.missing is Missing.MEANINGLESS and each.numerator is not None and each.denominator is not None
    return None if counted else each.missing


def _count(sheet: Indicator, each: Observation | None) -> Measured | None:
    if each is None or each.numerator is not None:
        return None if each is None else each.numerator
    exactly_zero = each.value is not None and each.value.reveal() == 0
    return each.value if sheet.is_count or exactly_zero else None


def _total(weighted: Sequence[tuple[Decimal, Measured | None]]) -> Measured | None:
    counts = [(share, count.reveal()) for share, count in weighted if count is not None]
    if not counts or len(counts) < len(weighted):
        return None
    return Measured(sum((share * count for share, count in counts), Decimal(0)))


def mixed(qualities: Iterable[Quality]) -> Quality:
    """The quality of what several values went into: the least settled of theirs."""
    found = set(qualities)
    unsettled = (Quality.ESTIMATED, Quality.PROVISIONAL, Quality.REVISED)
    return next((quality for quality in unsettled if quality in found), Quality.FINAL)
