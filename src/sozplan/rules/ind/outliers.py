"""The rule that a series doesn't jump without being looked at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from math import sqrt
from statistics import median
from typing import NamedTuple

from sozplan.diagnostics import Severity
from sozplan.model.case import Case
from sozplan.model.figures import Cell
from sozplan.model.indicators import Indicator
from sozplan.model.periods import PeriodKind
from sozplan.rules.ind.rows import boundaries, name, newest, rows, sheets_of
from sozplan.rules.rule import Finding, rule

MIN_STEPS = 7
"""Of fewer steps the usual one can't be told."""
CHANCE = 3.0
"""A share's step within so many standard errors may be chance."""
NOTABLE = 0.25
"""A step of anything else must change the value by at least this part of it."""
_MAD, _MEAN = 0.6745, 1.253314
"""Scales of the modified z score (Iglewicz and Hoaglin), the second where half of all steps are equal."""


@rule(
    "ind.outlier",
    Severity.WARNING,
    de="{indicator}, Gebiet {area}: Von {before} auf {period} springt der Wert weit stärker, als in dieser Reihe "
    "üblich. Prüfen Sie die Zeile. Stimmt sie, tragen Sie eine geänderte Abgrenzung im Steckbrief unter „breaks“ ein, "
    "oder nehmen Sie den Befund in plans/waivers.yaml hin.{others}",
    en="{indicator}, area {area}: from {before} to {period} the value jumps far more than is usual in this series. "
    "Check the row. If it is right, enter a changed definition under “breaks” in the sheet, "
    "or accept the finding in plans/waivers.yaml.{others}",
)
def value_jumps(case: Case) -> Iterator[Finding]:
    """Ein Wert, der aus der Reihe springt, ist geprüft

    Hinter einem großen Sprung steckt oft ein Tippfehler, eine verrutschte Zeile oder eine andere Abgrenzung.
    Gemeldet wird ein Schritt, dessen robuster (modifizierter) z-Wert die Grenze übersteigt, ohne Angabe 5
    (sozplan.yaml, „indicators: outlier“), wenn er bei Anteilen auch mit Zufall nicht zu erklären ist und sonst den Wert
    um mindestens ein Viertel ändert.
    Nötig sind acht Werte ohne Zeitreihenbruch und auf demselben Gebiet. Die Meldung nennt die Stelle, nicht die Zahl.

    English:
        A value that jumps out of the series has been checked

        Behind a great jump there is often a typing error, a shifted row or another definition.
        Reported is a step whose robust (modified) z score is above the limit, 5 if not given (sozplan.yaml,
        “indicators: outlier”), if for a share chance can't explain it either, and else it changes the value by a
        quarter at least.
        Eight values without a break and on the same ground are needed. The message names the place, not the number.

    Bad:
        # indicators/data/kennzahlen.csv
        kita-quote;01;2018;1546;2000;77,3;;final;2019-06-30
        kita-quote;01;2025;1396;2000;69,8;;final;2026-06-30  # <- ind.outlier

    Good:
        # indicators/data/kennzahlen.csv
        kita-quote;01;2018;1546;2000;77,3;;final;2019-06-30
        kita-quote;01;2025;1696;2000;84,8;;final;2026-06-30
    """
    if case.plan.muted and not case.plan.units:
        return  # the jump may be a boundary change
    sheets, limit = sheets_of(case.plan), float(case.plan.settings.indicators.outlier)
    found: dict[Cell, _Point] = {}
    for sheet, series in _series(case, sheets):
        for before, after in _jumps(sheet, series, limit):
            found[after.cell] = before
    for row in rows(found):
        at = {"area": row.cell.area, "before": found[row.cell].cell.period.text, "period": row.cell.period.text}
        yield Finding(row.place, {"indicator": name(sheets[row.cell.indicator]), **at, "others": row.others})


class _Point(NamedTuple):
    """A value of a series; only arithmetic ever sees it."""

    cell: Cell
    value: float


def _series(case: Case, sheets: Mapping[str, Indicator]) -> Iterator[tuple[Indicator, Sequence[_Point]]]:
    """Comparable values in order of time: one kind of period, no break between them, one territory."""
    boundary = boundaries(case)
    found: dict[tuple[str, str, str | None, int, PeriodKind], list[_Point]] = {}
    for cell in newest(case).values():
        sheet = sheets.get(cell.indicator)
        if sheet is None or (value := _value(sheet, cell)) is None:
            continue
        units = case.plan.units_of_key(cell.area, boundary(cell, sheet))
        era = sum(each.start.start <= cell.period.start for each in sheet.breaks)
        where = units[0].id if len(units) == 1 else None
        key = (cell.indicator, cell.area, where, era, cell.period.kind)
        found.setdefault(key, []).append(_Point(cell, value))
    for key, points in found.items():
        if len(points) > MIN_STEPS:
            yield sheets[key[0]], sorted(points, key=lambda point: point.cell.period.start)


def _value(sheet: Indicator, cell: Cell) -> float | None:
    if cell.missing is not None:
        return None
    if cell.value is not None:
        return float(cell.value.reveal())
    if cell.numerator is None:
        return None
    if sheet.denominator is None:
        return float(cell.numerator.reveal())
    if cell.denominator is None or not (base := cell.denominator.reveal()):
        return None
    return float(cell.numerator.reveal() / base * sheet.factor)


def _jumps(sheet: Indicator, series: Sequence[_Point], limit: float) -> Iterator[tuple[_Point, _Point]]:
    """The steps that stand out; the way back from one is the same story."""
    pairs = list(pairwise(series))
    steps = [after.value - before.value for before, after in pairs]
    usual = median(steps)
    spread = _spread([abs(step - usual) for step in steps])
    last = 0.0
    for (before, after), step in zip(pairs, steps, strict=True):
        stands_out = spread > 0 and abs(step - usual) / spread > limit and _matters(sheet, before, after)
        if stands_out and not last * step < 0:
            yield before, after
        last = step if stands_out else 0.0


def _spread(distances: Sequence[float]) -> float:
    """What a modified z score of 1 is worth; 0 where all steps are equal."""
    return median(distances) / _MAD or _MEAN * sum(distances) / len(distances)


def _matters(sheet: Indicator, before: _Point, after: _Point) -> bool:
    """Not from nothing: a service that opens has no usual step."""
    if before.value == 0:
        return False
    error = _error(sheet, before.cell, after.cell)
    change = abs(after.value - before.value)
    return change > CHANCE * error if error is not None else change >= NOTABLE * abs(before.value)


def _error(sheet: Indicator, before: Cell, after: Cell) -> float | None:
    """The standard error of the difference of two shares, in the indicator's unit; None for what is no share."""
    counts = [before.numerator, after.numerator, before.denominator, after.denominator]
    if sheet.denominator is None or sheet.highest != sheet.factor or any(each is None for each in counts):
        return None
    hits, more_hits, base, more_base = (float(each.reveal()) for each in counts if each is not None)
    if min(base, more_base) <= 0:
        return None
    share = min((hits + more_hits) / (base + more_base), 1.0)
    return float(sheet.factor) * sqrt(max(share * (1 - share), 0.0) * (1 / base + 1 / more_base))


RULES = (value_jumps,)
