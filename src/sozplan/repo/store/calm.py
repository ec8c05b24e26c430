"""Rows that hide no count and tell no small one: an indicator of nothing but such rows needs no protection.

SQL says so of rows that are never taken apart; in Python the same of those that are. Whoever isn't sure says no.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import isnan, nan

from sozplan.model.figures import Missing
from sozplan.model.indicators import Indicator
from sozplan.repo.observations import Reader
from sozplan.repo.signs import MISSING_SIGNS, VALUE_SIGNS
from sozplan.repo.store.duck import listed, literal
from sozplan.repo.store.question import Question

NUMBERS = ("numerator", "denominator", "value")
_TELLING = (Missing.UNKNOWN, Missing.SUPPRESSED)
HARMLESS = ("", *VALUE_SIGNS, *(sign for sign, why in MISSING_SIGNS.items() if why not in _TELLING))
"""All signs but those for a number that somebody keeps back, and that for zero."""


def calm_sql(reader: Reader, asked: Question, sign: str, numbers: Mapping[str, str], empty: Mapping[str, str]) -> str:
    """Given what the sign and each number are in SQL, and when there is no number; false or null where unsure."""
    cases, base, value = (numbers[label] for label in NUMBERS)
    least = asked.least
    sheets = sorted(asked.indicators & reader.known.sheets.keys())
    shares = [id for id in sheets if reader.known.sheets[id].denominator is not None]
    factors = " ".join(f"WHEN {literal(id)} THEN {reader.known.sheets[id].factor}" for id in shares)
    derived = f"{value} * {base} / CASE indicator {factors or 'WHEN NULL THEN 1'} END"
    forms = (
        f"({cases} >= {least} AND {base} - {cases} >= {least})",
        f"(indicator IN {listed(shares)} AND {empty['numerator']} AND ({empty['denominator']} "
        f"OR ({derived} >= {least + 1} AND {base} - {derived} >= {least + 1})))",
        f"(indicator IN {listed(set(sheets).difference(shares))} AND ({cases} IS NOT NULL OR {empty['numerator']}) "
        f"AND coalesce({cases}, {value}, {least}) >= {least})",
    )
    plain = f"({value} IS NOT NULL OR {empty['value']})"
    return f"({sign} IN {listed(HARMLESS)} AND {plain} AND ({' OR '.join(forms)}))"


class Calm:
    """The same of fields, row by row."""

    def __init__(self, reader: Reader, asked: Question) -> None:
        self._sheets, self._columns, self._width = reader.known.sheets, reader.columns, reader.width
        self._least = asked.least

    def holds(self, fields: Sequence[str]) -> bool:
        if len(fields) != self._width or self._field(fields, "sign") not in HARMLESS:
            return False
        sheet = self._sheets.get(fields[self._columns["indicator"]])
        try:
            cases, base, value = (_number(self._field(fields, label)) for label in NUMBERS)
        except ValueError:
            return False
        return sheet is not None and self._is_large(sheet, cases, base, value)

    def _field(self, fields: Sequence[str], label: str) -> str:
        return fields[self._columns[label]] if label in self._columns else ""

    def _is_large(self, sheet: Indicator, cases: float, base: float, value: float) -> bool:
        """No comparison with nan holds."""
        least = self._least
        if cases >= least and base - cases >= least:
            return True
        if sheet.denominator is None:
            return (value if isnan(cases) else cases) >= least or (isnan(cases) and isnan(value))
        derived = value * base / float(sheet.factor)
        return isnan(cases) and (isnan(base) or (derived >= least + 1 and base - derived >= least + 1))


def _number(text: str) -> float:
    return float(text.replace(",", ".")) if text else nan
