"""What must stay possible for whoever sees everything else: for cells that are withheld by themselves."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from sozplan.analysis.primary import Counts, is_dominated, is_primary, is_small, threshold, zero_is_public
from sozplan.analysis.protection.relations import ONE, ZERO, Count, Range
from sozplan.analysis.series import Observation
from sozplan.model.case import Case
from sozplan.model.indicators import Indicator


def cases_of(case: Case, sheet: Indicator, each: Observation, counts: Counts) -> Count:
    """The cases of an observation; the base is taken for known to everybody, unless it is too small itself.

    A base below the minimum for rates makes a rate uncertain, not secret: nothing small follows from its counts.
    """
    least = threshold(case, sheet, each)
    high = known_base(counts, least)
    if counts.cases is None or not is_primary(case, sheet, each):
        return Count(counts.cases, high)
    demands = list(small(counts, least, zero_is_public(case, sheet)))
    if is_dominated(case, sheet, each):
        demands.append(_around(counts.cases, counts.cases * (100 / case.plan.settings.disclosure.dominance - 1)))
    return Count(counts.cases, high, tuple(_cut(each, high) for each in demands))


def base_of(case: Case, sheet: Indicator, each: Observation, counts: Counts) -> Count:
    return base(counts, threshold(case, sheet, each))


def base(counts: Counts, least: int) -> Count:
    is_tiny = counts.base is not None and 0 < counts.base < least
    return Count(counts.base, demands=(Range(ONE, Decimal(least - 1)),) if is_tiny else ())


def known_base(counts: Counts, least: int) -> Decimal | None:
    """What the cases can't exceed."""
    cases, base = counts
    return base if base is not None and base >= least and (cases is None or cases <= base) else None


def small(counts: Counts, least: int, zero: bool) -> Iterator[Range]:
    """Any count below the minimum, of cases or of the others up to the base."""
    cases, base = counts
    tiny = base is not None and base < least
    if cases is not None and (tiny or is_small(cases, least, zero)):
        yield Range(ONE, Decimal(least - 1))
    if base is not None and not tiny and counts.others is not None and is_small(counts.others, least, zero):
        yield Range(base - least + 1, base - 1)


def _around(number: Decimal, by: Decimal) -> Range:
    return Range(max(ZERO, number - by), number + by)


def _cut(demand: Range, high: Decimal | None) -> Range:
    return demand if high is None or demand.high is None else Range(demand.low, min(demand.high, high))
