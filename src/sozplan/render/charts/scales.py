"""From values and days to places on paper: domains, round ticks, and labels that don't touch."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil, floor, log10

from sozplan.render.charts.lettering import SMALL, width


@dataclass(frozen=True, slots=True)
class Scale:
    """Linear; `low` lies at 0 and `high` at `reach`, or the other way round where `reach` is negative."""

    low: float
    high: float
    reach: float

    def __call__(self, value: float) -> float:
        share = (value - self.low) / (self.high - self.low)
        return share * self.reach if self.reach >= 0 else (share - 1) * self.reach


def domain(values: Sequence[float]) -> tuple[float, float]:
    """A little more than the values need, from zero where they are near it."""
    low, high = min(values, default=0.0), max(values, default=1.0)
    margin = (high - low) * 0.12 or abs(high) * 0.1 or 1.0
    return (0.0 if 0 <= low < 0.35 * high else low - margin), high + margin


def ticks(low: float, high: float, most: int) -> list[float]:
    """Round values within the bounds."""
    rough = (high - low) / most
    power = 10.0 ** floor(log10(rough))
    step = next(factor * power for factor in (1, 2, 2.5, 5, 10) if factor * power >= rough * (1 - 1e-9))
    first, last = ceil(low / step - 1e-9), floor(high / step + 1e-9)
    return [round(at * step, 9) + 0.0 for at in range(first, last + 1)]


def decimals(values: Iterable[float]) -> int:
    """As many as the values need."""
    return max((len(f"{value:.9f}".rstrip("0").partition(".")[2]) for value in values), default=0)


def fitting(labels: Sequence[tuple[float, str]], left: float, right: float) -> list[tuple[float, str]]:
    """Middles and words of the labels below an axis, the important ones first; those that would touch are left out."""
    kept: list[tuple[float, str]] = []
    for x, words in labels:
        half = width(words, SMALL) / 2
        inside = max(min(x, right - half), left + half)
        if all(abs(inside - other) > half + width(said, SMALL) / 2 + 5 for other, said in kept):
            kept.append((inside, words))
    return sorted(kept)


def apart(ys: Sequence[float], least: float, low: float, high: float) -> list[float]:
    """The same places in the same order, moved as little as it takes that no two are nearer than `least`."""
    order = sorted(range(len(ys)), key=lambda at: ys[at])
    placed = list(ys)
    floor_ = low
    for at in order:
        placed[at] = max(placed[at], floor_)
        floor_ = placed[at] + least
    ceiling = high
    for at in reversed(order):
        placed[at] = min(placed[at], ceiling)
        ceiling = placed[at] - least
    return placed
