"""Observations: what was measured, as text keys, exact numbers and the place of each cell."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cache, cached_property
from math import isnan, nan
from typing import NamedTuple, NoReturn, Protocol

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


class Numbers(NamedTuple):
    """Of each row the value, which may follow from its counts, and the counts; nan where there is none."""

    values: Sequence[float]
    numerators: Sequence[float]
    denominators: Sequence[float]


@dataclass(frozen=True, slots=True)
class Columns:
    """What a source says of an indicator for a period, column by column; as measured, so `reveal` is for arithmetic.

    The cells of `doubtful` areas have to be looked at one by one, whatever the columns say of them. `missing` and
    `qualities` are by the number of the row; quality is final where nothing is said.
    """

    resource: str
    areas: Sequence[str]
    vintages: Sequence[date | None]
    missing: Mapping[int, Missing]
    qualities: Mapping[int, Quality]
    doubtful: frozenset[str]
    _numbers: Numbers = field(repr=False)

    def reveal(self) -> Numbers:
        return self._numbers


class Table(Protocol):
    """A file too large to be held as cells: it is asked series by series, and says less of the rest.

    It answers for the indicators and areas that it was opened for.
    """

    def vintages(self, indicator: str, area: str) -> Sequence[Cell]:
        """All cells of an area, in the order of the rows."""
        ...

    def areas(self, indicator: str) -> Iterable[str]: ...

    def periods(self, indicator: str) -> Iterable[Period]:
        """Those that have rows."""
        ...

    def columns(self, indicator: str, period: Period) -> Columns:
        """All rows of a period at once, without making cells of them."""
        ...

    def indicators(self) -> Collection[str]:
        """Those that have rows."""
        ...

    def exceeds(self, indicator: str, least: int) -> bool:
        """Whether no row of the indicator hides a count or tells one below, be it the rest up to the base."""
        ...

    def delicate(self, indicator: str, least: int) -> Iterable[str]:
        """The areas of all rows that may do so."""
        ...

    def cells(self) -> Iterator[Cell]: ...


@dataclass(frozen=True)
class Figures:
    """The cells of a repository, and the files they come from."""

    held: tuple[Cell, ...] = ()
    resources: Mapping[str, Resource] | None = None
    tables: tuple[Table, ...] = ()
    later: Mapping[str, frozenset[date]] = field(default_factory=dict)
    """Of tables that are checked without being held, by resource: the vintages after their release."""

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

    @cached_property
    def _held_by_period(self) -> Mapping[str, Mapping[Period, Sequence[Cell]]]:
        found: dict[str, dict[Period, list[Cell]]] = {}
        for cell in self.held:
            found.setdefault(cell.indicator, {}).setdefault(cell.period, []).append(cell)
        return found

    def periods(self, indicator: str) -> frozenset[Period]:
        """Those that anything was measured in, wherever, and whenever it became known."""
        tables = self._tables_of.get(indicator, ())
        held = self._held_by_period.get(indicator, {})
        return frozenset(held).union(*(table.periods(indicator) for table in tables))

    def columns(self, sheet: Indicator, period: Period) -> Iterator[Columns]:
        """All that was measured in a period, source by source; much faster than asking area by area."""
        held: dict[str, list[Cell]] = {}
        for cell in self._held_by_period.get(sheet.id, {}).get(period, ()):
            held.setdefault(cell.resource, []).append(cell)
        for resource, cells in held.items():
            yield _columns(sheet, resource, cells)
        for table in self._tables_of.get(sheet.id, ()):
            yield table.columns(sheet.id, period)

    def exceeds(self, indicator: str, least: int) -> bool:
        """Whether it is known, without looking at cells, that no count of the indicator is small, hidden or missing."""
        tables = self._tables_of.get(indicator, ())
        is_held = any(name == indicator for name, _ in self._series)
        return bool(tables) and not is_held and all(table.exceeds(indicator, least) for table in tables)

    def delicate(self, indicator: str, least: int) -> frozenset[str]:
        """The area keys with a count that may be small, hidden or missing: no others have any."""
        held = {area for name, area in self._series if name == indicator}
        tables = self._tables_of.get(indicator, ())
        return frozenset(held).union(*(table.delicate(indicator, least) for table in tables))

    def threshold(self, cell: Cell, default: int) -> int:
        """The minimum number of cases by the contract with the cell's source."""
        resource = (self.resources or {}).get(cell.resource)
        return default if resource is None or resource.threshold is None else resource.threshold


def _columns(sheet: Indicator, resource: str, cells: Sequence[Cell]) -> Columns:
    """Of cells that were read one by one."""
    told = [_told(sheet, cell) for cell in cells]
    numbers = Numbers(*(tuple(nan if n is None else float(n) for n in column) for column in zip(*told, strict=True)))
    unclear = (cell for cell, value in zip(cells, numbers.values, strict=True) if isnan(value) and cell.missing is None)
    return Columns(
        resource=resource,
        areas=tuple(cell.area for cell in cells),
        vintages=tuple(cell.vintage for cell in cells),
        missing={i: cell.missing for i, cell in enumerate(cells) if cell.missing is not None},
        qualities={i: cell.quality for i, cell in enumerate(cells) if cell.quality is not Quality.FINAL},
        doubtful=frozenset(cell.area for cell in unclear),
        _numbers=numbers,
    )


def _told(sheet: Indicator, cell: Cell) -> tuple[Decimal | None, Decimal | None, Decimal | None]:
    """Value, numerator, denominator; no value where it takes more than the counts to know."""
    value, numerator, denominator = (
        None if number is None else number.reveal() for number in (cell.value, cell.numerator, cell.denominator)
    )
    if value is None and cell.missing is None:
        value = sheet.of_counts(numerator, denominator)
    return value, numerator, denominator


def _age(cell: Cell) -> tuple[date, date, str, date, str, int]:
    return cell.period.end, cell.period.start, cell.period.text, cell.vintage or date.min, cell.at.file, cell.at.line
