"""The gate between what was measured and what may be published.

Renderers, rules and JSON know only `Figure`; a figure that was withheld holds no number at all.
Why it was withheld is told to nobody more precisely than `Withheld` does: "zero" or "all but two" would be the number.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from sozplan.analysis.chance import Interval, wilson
from sozplan.analysis.primary import is_primary
from sozplan.analysis.protection.table import protected, protection
from sozplan.analysis.series import Era, Observation, observe
from sozplan.diagnostics import Location, text
from sozplan.model.case import Case
from sozplan.model.figures import Measured, Missing, Quality
from sozplan.model.indicators import Indicator
from sozplan.model.memory import once
from sozplan.model.periods import Period
from sozplan.model.terms import Publication, Term
from sozplan.model.territory import Succession


class Audience(Term):
    PUBLIC = "public", "öffentlich", "public"
    INTERNAL = "internal", "nur verwaltungsintern", "internal"


class Withheld(Term):
    """Why somebody here withheld a figure.

    One word for what is too small and for what would give away something too small: which of both is a number too.
    """

    CASES = "cases", "zum Schutz kleiner Fallzahlen gesperrt", "withheld to protect small counts"
    CLASS = "class", "nicht zur Veröffentlichung freigegeben", "not cleared for publication"


COARSER = text(
    de="Gröber unterdrückt, um kleine Zahlen zu schützen: {told}.",
    en="More coarsely suppressed to protect small counts: {told}.",
)
"""Said wherever figures are shown of which whole levels had to be withheld."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A period of an indicator in a territory as its audience may see it.

    `vintage` is that of the newest cell it rests on; `chance` the range of a share within which it may lie by chance.
    """

    indicator: str
    territory: str
    period: Period
    reference: date
    value: Decimal | None
    withheld: Withheld | Missing | None
    quality: Quality
    era: Era
    at: tuple[Location, ...]
    vintage: date | None = None
    chance: Interval | None = None
    conversion: tuple[Succession, ...] = ()
    """The boundary changes across which it was converted."""

    @property
    def converted(self) -> bool:
        return bool(self.conversion)


@dataclass(frozen=True, slots=True)
class Pool:
    """Several periods of a share taken together, with the range of chance that is the narrower for it."""

    first: Period
    last: Period
    value: Decimal
    chance: Interval


@once
def published(case: Case, indicator: str, territory: str, audience: Audience = Audience.PUBLIC) -> tuple[Figure, ...]:
    """The indicator's series in the territory, older periods first."""
    return publish(case, observe(case, indicator, territory), audience)


@once
def published_at(
    case: Case, indicator: str, territory: str, period: Period, audience: Audience = Audience.PUBLIC
) -> Figure | None:
    """One period of it, without looking at others."""
    some = [each for each in observe(case, indicator, territory) if each.period == period]
    return next(iter(publish(case, some, audience)), None)


def coarsened(case: Case, indicators: Iterable[str], audience: Audience) -> tuple[tuple[str, Period], ...]:
    """Where whole levels had to be withheld, since fewer cells that would do weren't found."""
    told = (id for id in dict.fromkeys(indicators) if may_see(case.plan.find(id, Indicator), audience))
    return tuple((id, period) for id in told for period in protection(case, id).coarse)


def is_coarse(case: Case, indicator: str, period: Period, audience: Audience) -> bool:
    """The same of one period, without looking at others."""
    seen = may_see(case.plan.find(indicator, Indicator), audience)
    return seen and period in protected(case, indicator, period).coarse


def may_see(sheet: Indicator | None, audience: Audience) -> bool:
    return sheet is not None and (sheet.publication is Publication.PUBLIC or audience is Audience.INTERNAL)


def keeps_back(case: Case, indicator: str, figures: Iterable[Figure], period: Period, audience: Audience) -> bool:
    """What a plan writes of that period itself isn't said either, since figures aren't."""
    withheld = any(f.period == period and isinstance(f.withheld, Withheld) for f in figures)
    return withheld or not may_see(case.plan.find(indicator, Indicator), audience)


def publish(case: Case, observations: Iterable[Observation], audience: Audience) -> tuple[Figure, ...]:
    """Lets through what the policies allow; the counts behind a rate never leave."""
    return tuple(_figure(case, each, _withheld(case, each, audience)) for each in observations)


def _figure(case: Case, each: Observation, withheld: Withheld | Missing | None) -> Figure:
    sheet = case.plan.find(each.indicator, Indicator)
    value = each.value.reveal() if each.value is not None and withheld is None else None
    at = tuple(cell.at for cell in each.cells)
    vintage = max((cell.vintage for cell in each.cells if cell.vintage), default=None)
    return Figure(
        indicator=each.indicator,
        territory=each.territory,
        period=each.period,
        reference=each.reference,
        value=value,
        withheld=withheld,
        quality=each.quality,
        era=each.era,
        at=at,
        vintage=vintage,
        chance=None if value is None else _chance(sheet, each.numerator, each.denominator),
        conversion=each.conversion,
    )


def _chance(sheet: Indicator | None, numerator: Measured | None, denominator: Measured | None) -> Interval | None:
    """Wilson's interval in the indicator's unit, rounded outwards to its decimals: the counts stay behind the gate."""
    if sheet is None or sheet.highest != sheet.factor or numerator is None or denominator is None:
        return None
    cases, base = numerator.reveal(), denominator.reveal()
    if not 0 <= cases <= base or base == 0:
        return None
    step = Decimal(1).scaleb(-sheet.decimals)
    low, high = (bound * sheet.factor for bound in wilson(cases / base, base))
    return low.quantize(step, ROUND_FLOOR), high.quantize(step, ROUND_CEILING)


POOLED = 3
"""Periods taken together where one alone says too little."""


def pool(case: Case, newest: Figure, audience: Audience) -> Pool | None:
    """The share over the newest three periods up to that one, where each of them is published and comparable."""
    sheet = case.plan.find(newest.indicator, Indicator)
    seen = [each for each in observe(case, newest.indicator, newest.territory) if _alike(each, newest)]
    some = seen[-POOLED:]
    if sheet is None or len(some) < POOLED or any(_withheld(case, each, audience) for each in some):
        return None
    counts = [(each.numerator, each.denominator) for each in some]
    cases, base = (_together(column) for column in zip(*counts, strict=True))
    chance = _chance(sheet, cases, base)
    if chance is None or cases is None or base is None:
        return None
    return Pool(some[0].period, some[-1].period, cases.reveal() / base.reveal() * sheet.factor, chance)


def _alike(each: Observation, newest: Figure) -> bool:
    return each.era == newest.era and each.period.kind is newest.period.kind and each.period <= newest.period


def _together(column: Sequence[Measured | None]) -> Measured | None:
    known = [each.reveal() for each in column if each is not None]
    return Measured(sum(known, Decimal(0))) if len(known) == len(column) else None


def _withheld(case: Case, each: Observation, audience: Audience) -> Withheld | Missing | None:
    """The publication class first: whom a series isn't meant for learns nothing of its gaps either.

    Small numbers are withheld from internal readers too: clearing them is the statistics office's right alone.
    """
    sheet = case.plan.find(each.indicator, Indicator)
    if sheet is None or not may_see(sheet, audience):
        return Withheld.CLASS
    if each.missing is not None or each.value is None:
        return each.missing or Missing.EMPTY
    if is_primary(case, sheet, each) or _protects_others(case, each):
        return Withheld.CASES
    return None


def _protects_others(case: Case, each: Observation) -> bool:
    return (each.territory, each.period.text) in protected(case, each.indicator, each.period).withheld
