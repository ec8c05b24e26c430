"""Observations: what was measured, as text keys, exact numbers and the place of each cell."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache, cached_property
from typing import NoReturn, Protocol

from sozplan.diagnostics import Location
from sozplan.model.indicators import Indicator, Resource
from sozplan.model.periods import Period, PeriodKind
from sozplan.model.terms import Term


class Quality(Term):
    FINAL = "final", "endgültig", "final"
    PROVISIONAL = "provisional", "vorläufig", "provisional"
    REVISED = "revised", "berichtigt", "revised"
    ESTIMATED = "estimated", "geschätzt", "estimated"


class Missing(Term):
    """Why a cell has no value; zero is never among the reasons."""

    EMPTY = "empty", "keine Angabe", "no entry"
    UNKNOWN = "unknown", "unbekannt oder geheim zu halten", "unknown or confidential"
    LATER = "later", "liegt noch nicht vor", "not yet available"
    UNRELIABLE = "unreliable", "zu unsicher", "too unreliable"
    MEANINGLESS = "meaningless", "nicht sinnvoll", "not meaningful"
    SUPPRESSED = "suppressed", "vom Lieferanten gesperrt", "suppressed by the supplier"


class Measured:
    """A number as it was measured, which nobody may print: formatting it raises.

    `reveal` is for arithmetic; what goes out is what `analysis.disclosure` has let through.
    """

    __slots__ = ("_number",)

    def __init__(self, number: Decimal) -> None:
        self._number = number

    def reveal(self) -> Decimal:
        return self._number

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Measured) and self._number == other._number

    def __hash__(self) -> int:
        return hash(self._number)

    def __repr__(self) -> str:
        return "Measured(…)"

    def __str__(self) -> NoReturn:
        raise TypeError("a measured number may not be printed; publish it first")

    def __format__(self, spec: str) -> NoReturn:
        raise TypeError("a measured number may not be printed; publish it first")


@dataclass(frozen=True, slots=True)
class Cell:
    """One observation: indicator × area key × period × vintage.

    `value` is in the indicator's unit (per cent as 23.5); `missing` says why there is none.
    """

    indicator: str
    area: str
    period: Period
    numerator: Measured | None
    denominator: Measured | None
    value: Measured | None
    missing: Missing | None
    quality: Quality
    vintage: date | None
    at: Location
    resource: str
    starts_anew: bool = False
    """The supplier marks that the value can't be compared with those before (sign `|`)."""


def reference_date(sheet: Indicator, period: Period) -> date:
    """The day that the period's value speaks of, as the sheet says: a day of the year, else its end."""
    if sheet.reference_day is None or period.kind is not PeriodKind.YEAR:
        return period.end
    return _day_of(period.start.year, sheet.reference_day)


@cache
def _day_of(year: int, reference_day: str) -> date:
    month, day = (int(part) for part in reference_day.split("-"))
    return date(year, month, min(day, 28 if month == 2 else monthrange(year, month)[1]))


class Table(Protocol):
    """A file too large to be held as cells: it is asked series by series, and says less of the rest.

    It answers for the indicators and areas that it was opened for.
    """

    def vintages(self, indicator: str, area: str) -> Sequence[Cell]:
        """All cells of an area, in the order of the rows."""
        ...

    def areas(self, indicator: str) -> Iterable[str]: ...

    def indicators(self) -> Collection[str]:
        """Those that have rows."""
        ...

    def exceeds(self, indicator: str, least: int) -> bool:
        """Whether every row of the indicator has all its counts, and none of them is below, nor the rest up to 1."""
        ...

    def cells(self) -> Iterator[Cell]: ...


@dataclass(frozen=True)
class Figures:
    """The cells of a repository, and the files they come from."""

    held: tuple[Cell, ...] = ()
    resources: Mapping[str, Resource] | None = None
    tables: tuple[Table, ...] = ()

    @cached_property
    def cells(self) -> tuple[Cell, ...]:
        """All that can be had; where there are large tables, `vintages` asks for less."""
        return (*self.held, *(cell for table in self.tables for cell in table.cells()))

    @cached_property
    def _series(self) -> dict[tuple[str, str], tuple[Cell, ...]]:
        found: dict[tuple[str, str], list[Cell]] = {}
        for cell in self.held:
            found.setdefault((cell.indicator, cell.area), []).append(cell)
        return {where: tuple(sorted(cells, key=_age)) for where, cells in found.items()}

    @cached_property
    def _tables_of(self) -> Mapping[str, Sequence[Table]]:
        found: dict[str, list[Table]] = {}
        for table in self.tables:
            for indicator in table.indicators():
                found.setdefault(indicator, []).append(table)
        return found

    @cached_property
    def _asked(self) -> dict[tuple[str, str], tuple[Cell, ...]]:
        return {}

    def vintages(self, indicator: str, area: str) -> tuple[Cell, ...]:
        """All cells of an area, older periods first, within a period older vintages first."""
        held = self._series.get((indicator, area), ())
        if not self.tables:
            return held
        if (indicator, area) not in self._asked:
            tables = self._tables_of.get(indicator, ())
            more = (cell for table in tables for cell in table.vintages(indicator, area))
            self._asked[indicator, area] = tuple(sorted((*held, *more), key=_age))
        return self._asked[indicator, area]

    def series(self, indicator: str, area: str, as_of: date | None = None) -> tuple[Cell, ...]:
        """The newest vintage of each period, older periods first; vintages after `as_of` are not known yet."""
        newest: dict[str, Cell] = {}
        for cell in self.vintages(indicator, area):
            if as_of is None or ((cell.vintage is None or cell.vintage <= as_of) and cell.period.end <= as_of):
                newest[cell.period.text] = cell
        return tuple(newest.values())

    def areas(self, indicator: str) -> Iterator[str]:
        """The area keys that have cells of the indicator, sorted."""
        held = {area for name, area in self._series if name == indicator}
        return iter(sorted(held.union(*(table.areas(indicator) for table in self._tables_of.get(indicator, ())))))

    def exceeds(self, indicator: str, least: int) -> bool:
        """Whether it is known, without looking at cells, that no count of the indicator is small, hidden or missing."""
        tables = self._tables_of.get(indicator, ())
        is_held = any(name == indicator for name, _ in self._series)
        return bool(tables) and not is_held and all(table.exceeds(indicator, least) for table in tables)

    def threshold(self, cell: Cell, default: int) -> int:
        """The minimum number of cases by the contract with the cell's source."""
        resource = (self.resources or {}).get(cell.resource)
        return default if resource is None or resource.threshold is None else resource.threshold


def _age(cell: Cell) -> tuple[date, date, str, date, str, int]:
    return cell.period.end, cell.period.start, cell.period.text, cell.vintage or date.min, cell.at.file, cell.at.line
