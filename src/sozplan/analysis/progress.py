"""The growth so far beside the growth needed, as the reports on the United Nations' goals compare them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from sozplan.model.terms import Light

SUBSTANTIAL, MODERATE = Decimal("0.95"), Decimal("0.6")


@dataclass(frozen=True, slots=True)
class Progress:
    """`observed` and `needed` are a year's growth: a rate where `compound`, else in the indicator's unit."""

    ratio: Decimal
    observed: Decimal
    needed: Decimal
    compound: bool

    @property
    def light(self) -> Light:
        ratio = round(self.ratio, 9)
        return Light.GREEN if ratio >= SUBSTANTIAL else Light.YELLOW if ratio >= MODERATE else Light.RED


def progress(baseline: Decimal, target: Decimal, actual: Decimal, *, gone: Decimal, whole: Decimal) -> Progress | None:
    """The ratio of compound annual growth rates, `gone` years after the baseline of `whole` years to the target.

    (I/B)^(1/gone) - 1 over (T/B)^(1/whole) - 1, with the classes of Open SDG: substantial from 0.95, moderate from
    0.6, below that limited, negative where it got worse (open-sdg.readthedocs.io, Progress Measurement Methodology,
    after Statistics Canada; the same ratio in Eurostat's monitoring reports and the UN's progress chart).

    Growth rates don't exist for all numbers. Two negative ones are taken by their size; where B or T is 0 or they
    differ in sign, both growths are linear, (I-B)/gone and (T-B)/whole; an actual value beyond 0 counts as 0. Which
    of the two it is doesn't depend on the actual value, so that a better one never has a lower ratio. Where baseline
    and target are equal nothing is to grow, and there is no ratio. After the deadline the whole growth was due.
    """
    gone = min(gone, whole)
    if baseline == target or gone <= 0:
        return None
    if baseline * target > 0:
        observed, needed = (_growth(end / baseline, time) for end, time in ((actual, gone), (target, whole)))
        return None if needed == 0 else Progress(observed / needed, observed, needed, True)
    observed, needed = (actual - baseline) / gone, (target - baseline) / whole
    return Progress(observed / needed, observed, needed, False)


def _growth(times: Decimal, time: Decimal) -> Decimal:
    return max(Decimal(0), times) ** (1 / time) - 1
