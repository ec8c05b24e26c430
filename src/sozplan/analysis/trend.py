"""A series continued as it went so far (Trendfortschreibung): what would be, not what will be."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations
from statistics import median

from sozplan.analysis.chance import Z95
from sozplan.analysis.disclosure import Figure
from sozplan.analysis.path import years
from sozplan.model.indicators import Indicator
from sozplan.model.periods import Period

LEAST = 3
"""Fewer values make no trend."""
MOST = 10
"""The newest so many values: what was long ago says little about the years to come."""


@dataclass(frozen=True, slots=True)
class Line:
    """Through the middle of the points: `slope` a year, `low` and `high` its 95 % range."""

    slope: Decimal
    low: Decimal
    high: Decimal
    x: Decimal
    y: Decimal

    def at(self, x: Decimal, slope: Decimal) -> Decimal:
        return self.y + slope * (x - self.x)


@dataclass(frozen=True, slots=True)
class Trend:
    """What the line of `points` gives for a period, with its range; slopes are a year's."""

    period: Period
    value: Decimal
    low: Decimal
    high: Decimal
    slope: Decimal
    slopes: tuple[Decimal, Decimal]
    points: tuple[Figure, ...]

    @property
    def direction(self) -> int:
        """1 upwards, -1 downwards, 0 where the range of slopes holds both."""
        low, high = self.slopes
        return (low > 0) - (high < 0)


def continued(sheet: Indicator, series: Sequence[Figure], until: Period, *, gap: bool) -> Trend | None:
    """Comparable values continued to a later period; bounds that the indicator can't leave bound it too."""
    points = tuple(series[-MOST:])
    if len(points) < LEAST or until.kind is not points[0].period.kind or until <= points[-1].period:
        return None
    first = points[0].period
    line = theil_sen([(years(first, each.period), each.value or Decimal(0)) for each in points])
    if line is None:
        return None
    x = years(first, until)
    ends = sorted(line.at(x, slope) for slope in (line.low, line.high))
    value, low, high = (_possible(sheet, each, gap) for each in (line.at(x, line.slope), *ends))
    return Trend(until, value, low, high, line.slope, (line.low, line.high), points)


def theil_sen(points: Sequence[tuple[Decimal, Decimal]]) -> Line | None:
    """The median slope of all pairs (Theil), through the medians of x and y; None where all points are of one time.

    The range is Sen's (Journal of the American Statistical Association 63, 1968, equation 2.6): the pairwise slopes
    whose ranks lie 1.96 standard deviations of Kendall's statistic around the middle. It says how well the slope is
    known, not how far a single year may lie off.
    """
    pairs = combinations(sorted(points), 2)
    slopes = sorted((b[1] - a[1]) / (b[0] - a[0]) for a, b in pairs if b[0] > a[0])
    if not slopes:
        return None
    spread = Z95 * _deviation(points)
    lowest, highest = (int(((len(slopes) + side * spread) / 2).to_integral_value()) for side in (-1, 1))
    low, high = slopes[max(lowest - 1, 0)], slopes[min(highest, len(slopes) - 1)]
    return Line(median(slopes), low, high, median(x for x, _ in points), median(y for _, y in points))


def _deviation(points: Sequence[tuple[Decimal, Decimal]]) -> Decimal:
    """The standard deviation of Kendall's S, with its correction for ties."""
    count = len(points)
    tied = sum(_term(n) for each in zip(*points, strict=True) for n in _repeats(each))
    return (Decimal(_term(count) - tied) / 18).sqrt()


def _repeats(values: Iterable[Decimal]) -> Iterable[int]:
    return (n for n in Counter(values).values() if n > 1)


def _term(n: int) -> int:
    return n * (n - 1) * (2 * n + 5)


def _possible(sheet: Indicator, value: Decimal, gap: bool) -> Decimal:
    """Within what the indicator can be; a gap is at most as wide as the whole range."""
    highest = sheet.highest
    if gap:
        widest = None if highest is None else highest - sheet.lowest
        return value if widest is None else max(-widest, min(widest, value))
    value = max(sheet.lowest, value)
    return value if highest is None else min(highest, value)
