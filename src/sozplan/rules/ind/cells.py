"""Rules of a single data row: value, numerator and denominator agree."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from sozplan.diagnostics import Severity
from sozplan.model.case import Case
from sozplan.model.figures import Cell
from sozplan.model.indicators import Indicator
from sozplan.rules.ind.rows import name, rows, sheets_of
from sozplan.rules.rule import Finding, rule

_HALF = Decimal("0.5")


@rule(
    "ind.value-differs",
    Severity.WARNING,
    de="{indicator}, Gebiet {area}, {period}: Der Wert passt nicht zu Zähler und Nenner. Berichtigen Sie, was falsch "
    "ist, oder den Faktor im Steckbrief.{others}",
    en="{indicator}, area {area}, {period}: the value doesn't fit numerator and denominator. Correct what is wrong, "
    "or the factor in the sheet.{others}",
)
def value_unlike_its_counts(case: Case) -> Iterator[Finding]:
    """Der Wert ist Zähler durch Nenner mal Faktor

    Stimmen sie nicht überein, zeigt das Gebiet mal die eine, mal die andere Zahl, denn Summen entstehen aus Zähler und
    Nenner.
    Gerechnet wird so genau, wie der Wert geschrieben ist; gerundet oder überlagert gelieferte Kennzahlen
    („perturbed“) sind ausgenommen.

    English:
        The value is numerator over denominator times the factor

        If they don't agree, the area shows now the one number, now the other, since sums come from numerator and
        denominator.
        It is computed as exactly as the value is written; indicators that are delivered rounded or perturbed are
        exempt.

    Bad:
        # indicators/data/kennzahlen.csv
        kita-quote;01;2025;1696;2000;88,4;;final;2026-06-30  # <- ind.value-differs

    Good:
        # indicators/data/kennzahlen.csv
        kita-quote;01;2025;1696;2000;84,8;;final;2026-06-30
    """
    sheets = sheets_of(case.plan)
    faulty = (cell for cell in case.figures.cells if (s := sheets.get(cell.indicator)) and _value_is_off(s, cell))
    for row in rows(faulty):
        yield Finding(row.place, _where(sheets, row.cell) | {"others": row.others})


def _where(sheets: Mapping[str, Indicator], cell: Cell) -> dict[str, object]:
    return {"indicator": name(sheets[cell.indicator]), "area": cell.area, "period": cell.period.text}


def _value_is_off(sheet: Indicator, cell: Cell) -> bool:
    if cell.value is None or cell.numerator is None or sheet.perturbed or _is_too_large(sheet, cell):
        return False
    value, computed = cell.value.reveal(), cell.numerator.reveal()
    if sheet.denominator is not None:
        if cell.denominator is None or (base := cell.denominator.reveal()) == 0:
            return False
        computed = computed / base * sheet.factor
    exponent = value.as_tuple().exponent
    return abs(computed - value) > _HALF.scaleb(exponent if isinstance(exponent, int) else 0)


@rule(
    "ind.share-over-one",
    Severity.ERROR,
    de="{indicator}, Gebiet {area}, {period}: Der Zähler ist größer als der Nenner. Ein Anteil kann nicht über 1 "
    "liegen; prüfen Sie, ob beide vertauscht sind.{others}",
    en="{indicator}, area {area}, {period}: the numerator is greater than the denominator. A share can't be above 1; "
    "see whether they are swapped.{others}",
)
def numerator_above_denominator(case: Case) -> Iterator[Finding]:
    """Bei einem Anteil ist der Zähler nie größer als der Nenner

    Sonst sind sie vertauscht, oder sie zählen nicht dieselben Menschen.
    Kann die Kennzahl über den Faktor hinausgehen, sagt das der Steckbrief mit „maximum“.

    English:
        The numerator of a share is never greater than its denominator

        Otherwise they are swapped, or don't count the same people.
        If the indicator can go beyond the factor, the sheet says so with “maximum”.

    Bad:
        # indicators/data/kennzahlen.csv
        kita-quote;01;2025;2000;1696;;;final;2026-06-30  # <- ind.share-over-one

    Good:
        # indicators/data/kennzahlen.csv
        kita-quote;01;2025;1696;2000;;;final;2026-06-30
    """
    sheets = sheets_of(case.plan)
    faulty = (cell for cell in case.figures.cells if (s := sheets.get(cell.indicator)) and _is_too_large(s, cell))
    for row in rows(faulty):
        yield Finding(row.place, _where(sheets, row.cell) | {"others": row.others})


def _is_too_large(sheet: Indicator, cell: Cell) -> bool:
    if cell.numerator is None or cell.denominator is None or sheet.denominator is None:
        return False
    highest = sheet.highest
    return highest is not None and highest <= sheet.factor and cell.numerator.reveal() > cell.denominator.reveal()


RULES = (value_unlike_its_counts, numerator_above_denominator)
