"""Values of an indicator in many areas at once, no more of them than `disclosure.published` would let through.

Most areas of a large table have one row that hides nothing and tells no small count; those are taken as columns. Every
other area – without a row, made of parts, under a key that meant another territory, near a threshold – is asked for by
itself. So the answers are the same, and only the time is another.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from sozplan.analysis.disclosure import Audience, Figure, Withheld, may_see, published_at
from sozplan.analysis.ground import Territory
from sozplan.analysis.primary import FLOOR
from sozplan.analysis.protection.table import protected
from sozplan.model.case import Case
from sozplan.model.figures import Columns, Missing, Quality, reference_date
from sozplan.model.indicators import Indicator
from sozplan.model.memory import once
from sozplan.model.periods import Period
from sozplan.model.plan import Plan
from sozplan.model.territory import Unit

if TYPE_CHECKING:
    from numpy import bool_, float64, int_
    from numpy.typing import NDArray

    Array = NDArray[float64]


@dataclass(frozen=True, slots=True, eq=False)
class Areal:
    """What may be told of an indicator in many areas for a period, in the order of the areas asked for.

    `values` is nan where `absent` says why there is none. `period` is the one that the values speak of.
    """

    period: Period
    values: Array
    absent: Mapping[int, Withheld | Missing]
    estimated: frozenset[int] = frozenset()
    provisional: frozenset[int] = frozenset()
    converted: frozenset[int] = frozenset()


def areal(
    case: Case, indicator: str, places: Sequence[Territory], period: Period, audience: Audience = Audience.PUBLIC
) -> Areal:
    """The values of a period; where it has none itself, of the newest one whose reference date lies in it.

    So a year is answered by a school year or by a day of it, for all areas by the same.
    """
    sheet = case.plan.find(indicator, Indicator)
    if sheet is None:
        return _without(period, places, Missing.EMPTY)
    if not may_see(sheet, audience):
        return _without(period, places, Withheld.CLASS)
    for each in _candidates(case, sheet, period):
        found = _Answer(case, sheet, places, each, audience)
        if found.is_any:
            return found.areal()
    return _without(period, places, Missing.EMPTY)


def periods(case: Case, indicator: str, audience: Audience = Audience.PUBLIC) -> tuple[Period, ...]:
    """Those that there are figures for somewhere at the as-of date, older first and of one day the longest last.

    None of what isn't to be seen.
    """
    sheet = case.plan.find(indicator, Indicator)
    if sheet is None or not may_see(sheet, audience):
        return ()
    known = (each for each in case.figures.periods(indicator) if reference_date(sheet, each) <= case.as_of)
    return tuple(sorted(known, key=lambda each: (reference_date(sheet, each), -each.kind, each.text)))


def _candidates(case: Case, sheet: Indicator, asked: Period) -> Iterator[Period]:
    """The period itself, then those whose reference date lies in it, the newest first; of one day the longest first."""
    known = periods(case, sheet.id, Audience.INTERNAL)
    yield from (each for each in known if each == asked)
    for each in reversed(known):
        if each != asked and asked.start <= reference_date(sheet, each) <= asked.end:
            yield each


def _without(period: Period, places: Sequence[Territory], why: Withheld | Missing) -> Areal:
    import numpy

    return Areal(period, numpy.full(len(places), numpy.nan), dict.fromkeys(range(len(places)), why))


class _Answer:
    """One period of an indicator, put together from columns and, area by area, from what is published."""

    def __init__(
        self, case: Case, sheet: Indicator, places: Sequence[Territory], period: Period, audience: Audience
    ) -> None:
        import numpy

        self._case, self._sheet, self._places, self._period, self._audience = case, sheet, places, period, audience
        self.is_any = False
        self._values = numpy.full(len(places), numpy.nan)
        self._absent: dict[int, Withheld | Missing] = {}
        self._qualities: dict[int, Quality] = {}
        self._converted: set[int] = set()
        self._fill(tuple(case.figures.columns(sheet, period)))

    def areal(self) -> Areal:
        estimated, provisional = (
            frozenset(i for i, found in self._qualities.items() if found is quality)
            for quality in (Quality.ESTIMATED, Quality.PROVISIONAL)
        )
        return Areal(self._period, self._values, self._absent, estimated, provisional, frozenset(self._converted))

    def _fill(self, sources: Sequence[Columns]) -> None:
        import numpy

        rows, doubtful = _newest(sources, self._case.as_of)
        if self._sheet.contributors is not None or self._sheet.largest_share is not None:
            doubtful.update(rows)
        for area in doubtful:
            rows.pop(area, None)
        found = numpy.array([rows.get(place.key or "", -1) for place in self._places], dtype=int)
        start = 0
        for source in sources:
            end = start + len(source.areas)
            self._take(source, numpy.flatnonzero((start <= found) & (found < end)), found - start)
            start = end
        for i in numpy.flatnonzero(found < 0).tolist():
            if self._places[i].key in doubtful or _may_be_made(self._case, self._places[i]):
                self._one(i)
            else:
                self._absent[i] = Missing.EMPTY

    def _day(self, source: Columns) -> date:
        """The day whose boundaries the keys follow."""
        resource = (self._case.figures.resources or {}).get(source.resource)
        boundary = None if resource is None else resource.boundary
        return boundary or reference_date(self._sheet, self._period)

    def _one(self, i: int) -> None:
        """As it is published."""
        figure = published_at(self._case, self._sheet.id, self._places[i].id, self._period, self._audience)
        if figure is None:
            self._absent[i] = Missing.EMPTY
        else:
            self._tell(i, figure)

    def _tell(self, i: int, figure: Figure) -> None:
        self.is_any = True
        if figure.value is None:
            self._absent[i] = figure.withheld or Missing.EMPTY
            return
        self._values[i] = float(figure.value)
        self._qualities[i] = figure.quality
        if figure.converted:
            self._converted.add(i)

    def _take(self, source: Columns, where: NDArray[int_], rows: NDArray[int_]) -> None:
        """All at once; places under a key that meant another, and what may be small, are asked for one by one."""
        import numpy

        lapsed = _not_in_force(self._case.plan, self._day(source))
        if lapsed:
            stands = numpy.array([self._places[i].id not in lapsed for i in where.tolist()], dtype=bool)
            for i in where[~stands].tolist():
                self._one(i)
            where = where[stands]
        if not where.size:
            return
        self.is_any = True
        values, numerators, denominators = (numpy.asarray(column)[rows[where]] for column in source.reveal())
        plain = self._is_plain(source, values, numerators, denominators)
        self._values[where] = numpy.where(plain, values, numpy.nan)
        for i in where[~plain].tolist():
            if (why := source.missing.get(int(rows[i]))) is not None:
                self._absent[i] = why
            else:
                self._one(i)
        kept = protected(self._case, self._sheet.id, self._period).withheld
        if kept or source.qualities:
            for i in where[plain].tolist():
                if (self._places[i].id, self._period.text) in kept:
                    self._values[i] = numpy.nan
                    self._absent[i] = Withheld.CASES
                else:
                    self._qualities[i] = source.qualities.get(int(rows[i]), Quality.FINAL)

    def _is_plain(self, source: Columns, values: Array, numerators: Array, denominators: Array) -> NDArray[bool_]:
        """Beyond doubt not primary, by a margin that no rounding reaches; comparisons with nan are false."""
        import numpy

        least = _least(self._case, self._sheet, source.resource) + 1
        without_cases, without_base, known = numpy.isnan(numerators), numpy.isnan(denominators), ~numpy.isnan(values)
        if self._sheet.denominator is None:
            return known & (numpy.where(without_cases, values, numerators) >= least)
        factor = float(self._sheet.factor)
        with numpy.errstate(divide="ignore", invalid="ignore"):
            cases = numpy.where(without_cases, values * denominators / factor, numerators)
            base = numpy.where(without_base, numerators * factor / values, denominators)
            large = (cases >= least) & (base >= max(least, (self._sheet.min_base or 0) + 1))
            large &= (base - cases >= least) | (cases >= base + 1)
        return known & ((without_cases & without_base) | large)


def _newest(sources: Sequence[Columns], as_of: date) -> tuple[dict[str, int], set[str]]:
    """By area the newest row that is known, counted through all sources; and where it isn't plain which that is."""
    doubtful = set[str]().union(*(source.doubtful for source in sources))
    areas = [area for source in sources for area in source.areas]
    vintages = [vintage for source in sources for vintage in source.vintages]
    are_known = all(vintage is None or vintage <= as_of for vintage in set(vintages))
    found = dict(zip(areas, range(len(areas)), strict=True))
    if are_known and len(found) == len(areas):
        return found, doubtful
    found.clear()
    for row, (area, vintage) in enumerate(zip(areas, vintages, strict=True)):
        if vintage is None or vintage <= as_of:
            before = vintages[found.setdefault(area, row)] or date.min
            if found[area] != row and before == (vintage or date.min):
                doubtful.add(area)
            elif before < (vintage or date.min):
                found[area] = row
    return found, doubtful


@once
def _not_in_force(plan: Plan, day: date) -> frozenset[str]:
    return frozenset(unit.id for unit in plan.units if not unit.in_force(day))


def _least(case: Case, sheet: Indicator, resource: str) -> int:
    """As `primary.contract` has it of a cell."""
    policy = case.plan.settings.disclosure.threshold
    source = (case.figures.resources or {}).get(resource)
    return max(FLOOR, policy, sheet.min_cases or 0, source.threshold or 0 if source is not None else 0)


def _may_be_made(case: Case, place: Territory) -> bool:
    """Whether there may be a figure although there is no row of its own."""
    return not isinstance(place, Unit) or place.id in case.plan.parents or place.id in _succeeding(case)


@once
def _succeeding(case: Case) -> frozenset[str]:
    """Units that became others, or came of them."""
    return frozenset(id for each in case.plan.successions for id in (each.old, each.new))
