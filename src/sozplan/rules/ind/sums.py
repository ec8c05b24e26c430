"""The rule that the parts add up to the whole."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from sozplan.diagnostics import Severity, Text, text
from sozplan.model.case import Case
from sozplan.model.figures import Cell
from sozplan.model.indicators import Indicator
from sozplan.model.plan import Plan
from sozplan.model.territory import Unit
from sozplan.rules.ind.rows import Row, boundaries, called, name, newest, rows, sheets_of
from sozplan.rules.rule import Finding, rule


@rule(
    "ind.sum-differs",
    Severity.WARNING,
    de="{indicator}, {period}: Die Teile von {unit} ergeben zusammen nicht {what}. Prüfen Sie die Lieferung; sind die "
    "Zahlen gerundet, schreiben Sie „perturbed: true“ in den Steckbrief, sind sie nicht summierbar, „additive: false“."
    "{others}",
    en="{indicator}, {period}: the parts of {unit} don't add up to {what}. Check the delivery; if the numbers are "
    "rounded, write “perturbed: true” in the sheet, if they don't add up, “additive: false”.{others}",
)
def parts_unequal_whole(case: Case) -> Iterator[Finding]:
    """Die Teilgebiete ergeben zusammen das Ganze

    Sonst fehlt ein Gebiet, eines ist doppelt, oder die Zahlen stammen aus verschiedenen Lieferungen.
    Verglichen werden Zähler und Nenner jedes Gebiets mit denen seiner Teile, wo alle vorliegen; ist ein Teil
    geheim gehalten, wird nicht gerechnet.
    Bei gerundet oder überlagert gelieferten Kennzahlen („perturbed“) ist es nur ein Hinweis: Sie werden nicht
    geradegerechnet.

    English:
        The parts add up to the whole

        Otherwise an area is missing, one is there twice, or the numbers come from different deliveries.
        Compared are numerator and denominator of each territory with those of its parts where all are there; if a
        part is withheld, nothing is computed.
        For indicators delivered rounded or perturbed it is a note only: they aren't set right.

    Bad:
        # indicators/data/kennzahlen.csv
        kita-quote;05998000;2025;8926;10000;89,3;;final;2026-06-30  # <- ind.sum-differs

    Good:
        # indicators/data/kennzahlen.csv
        kita-quote;05998000;2025;8726;10000;87,3;;final;2026-06-30
    """
    sheets = sheets_of(case.plan)
    found = {each.cell: each for each in _differences(case, sheets)}
    for row in rows(found):
        yield _told(row, found[row.cell], sheets[row.cell.indicator])


def _told(row: Row, found: _Difference, sheet: Indicator) -> Finding:
    args = {"indicator": name(sheet), "period": row.cell.period.text, "unit": called(found.unit), "what": found.what}
    return Finding(row.place, args | {"others": row.others}, Severity.INFO if sheet.perturbed else None)


class _Difference(NamedTuple):
    """A unit's cell that isn't the sum of those of its parts."""

    cell: Cell
    unit: Unit
    what: Text


class _Counts(NamedTuple):
    """The denominator is None where the indicator counts."""

    numerator: Decimal
    denominator: Decimal | None


_Cells = Mapping[str, Cell]
"""Unit id → the cell of one indicator and period."""


def _differences(case: Case, sheets: Mapping[str, Indicator]) -> Iterator[_Difference]:
    boundary, depth = boundaries(case), len(case.plan.settings.levels)
    if case.plan.muted:  # a part may stand in a file that could not be read
        return
    for sheet, cells in _by_period(case, sheets):
        for id, cell in cells.items() if len(cells) > 1 else ():
            unit = case.plan.find(id, Unit)
            own = _counts(sheet, cell)
            if unit is None or own is None:
                continue
            parts = _parts(case.plan, sheet, unit, boundary(cell, sheet), cells, depth)
            if parts is not None and (what := _what(own, parts)) is not None:
                yield _Difference(cell, unit, what)


def _by_period(case: Case, sheets: Mapping[str, Indicator]) -> Iterator[tuple[Indicator, _Cells]]:
    boundary = boundaries(case)
    found: dict[tuple[str, str], dict[str, Cell]] = {}
    for cell in newest(case).values():
        sheet = sheets.get(cell.indicator)
        if sheet is None or not sheet.additive:
            continue
        units = case.plan.units_of_key(cell.area, boundary(cell, sheet))
        if len(units) == 1:
            found.setdefault((cell.indicator, cell.period.text), {})[units[0].id] = cell
    for (indicator, _), cells in found.items():
        yield sheets[indicator], cells


def _parts(plan: Plan, sheet: Indicator, unit: Unit, day: date, cells: _Cells, depth: int) -> _Counts | None:
    """The sum of the units below; where one has no row, of those below it; None if any is unknown."""
    below = [each for each in plan.units_below(unit.id) if each.in_force(day)] if depth else []
    if not below:
        return None
    found: list[_Counts] = []
    for each in below:
        cell = cells.get(each.id)
        counts = _counts(sheet, cell) if cell else _parts(plan, sheet, each, day, cells, depth - 1)
        if counts is None:
            return None
        found.append(counts)
    return _Counts(_total(c.numerator for c in found), _total_or_none(c.denominator for c in found))


def _counts(sheet: Indicator, cell: Cell) -> _Counts | None:
    if cell.missing is not None:
        return None
    if sheet.denominator is None:
        number = cell.value if cell.numerator is None else cell.numerator
        return None if number is None else _Counts(number.reveal(), None)
    numerator, denominator = cell.numerator, cell.denominator
    if numerator is None or denominator is None:
        return None
    return _Counts(numerator.reveal(), denominator.reveal())


def _total(numbers: Iterable[Decimal]) -> Decimal:
    return sum(numbers, Decimal(0))


def _total_or_none(numbers: Iterable[Decimal | None]) -> Decimal | None:
    known = list(numbers)
    return None if None in known else _total(each for each in known if each is not None)


def _what(whole: _Counts, parts: _Counts) -> Text | None:
    if whole.denominator is None:
        return None if whole.numerator == parts.numerator else _COUNT
    return _DIFFERING.get((whole.numerator != parts.numerator, whole.denominator != parts.denominator))


_COUNT = text(de="die Anzahl des Ganzen", en="the count of the whole")
_DIFFERING: Mapping[tuple[bool, bool], Text] = {
    (True, False): text(de="den Zähler des Ganzen", en="the numerator of the whole"),
    (False, True): text(de="den Nenner des Ganzen", en="the denominator of the whole"),
    (True, True): text(de="Zähler und Nenner des Ganzen", en="the numerator and denominator of the whole"),
}

RULES = (parts_unequal_whole,)
