"""Tables as people read them: lines above, header rows, a row per area, notes below."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice

from sozplan.diagnostics import Text, text
from sozplan.model.imported import Reason
from sozplan.model.periods import Period, PeriodKind
from sozplan.model.profiles import ImportFormat, ImportProfile, ProfileColumn, column_index
from sozplan.repo.imports.areas import Areas
from sozplan.repo.imports.flat import is_flat
from sozplan.repo.imports.items import Item
from sozplan.repo.imports.joined import Spread, joined_header
from sozplan.repo.imports.ledger import Ledger, Unreadable
from sozplan.repo.imports.rows import Row, label, letters, tidy
from sozplan.repo.imports.times import as_year, find_periods, parse_period, read_period
from sozplan.repo.imports.workbook import SheetRows
from sozplan.repo.limits import Limits
from sozplan.repo.shown import shown

_OF_INKAR = frozenset(("kennziffer", "raumeinheit", "aggregat"))


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A column that is read: by which rule, for which period (none: the row says), and on what condition."""

    index: int
    rule: ProfileColumn
    period: Period | None
    where: tuple[tuple[int, str], ...]


class Table:
    """One pass over the rows of a table."""

    def __init__(
        self, profile: ImportProfile, areas: Areas, ledger: Ledger, limits: Limits, period: Period | None = None
    ) -> None:
        self._profile, self._areas, self._ledger, self._limits = profile, areas, ledger, limits
        self._key = column_index(profile.areas.column)
        self._period = period or profile.period.value
        self._when = None if profile.period.column is None else column_index(profile.period.column)
        self._is_above = profile.period.above or (profile.format is ImportFormat.BA and self._when is None)
        self._labels: dict[int, list[str]] = {}
        self._width = 0

    def items(self, rows: Iterable[Row]) -> Iterator[Item]:
        lines = iter(rows)
        above, header, held = self._head(lines)
        if isinstance(rows, SheetRows):
            header = joined_header(header, rows.joined, self._limits)
        if any(is_flat(row) for row in header):
            raise Unreadable(header[0].file, _FLAT)
        self._width = max((len(row.cells) for row in header), default=0)
        self._note_labels(header)
        if self._is_above and self._period is None:
            self._period = self._period_above(above, header[0].file if header else "–")
        wanted = self._wanted(header)
        spread = Spread(self._lead, rows.joined if isinstance(rows, SheetRows) else [])
        for row in chain(held, lines):
            yield from self._row(spread.filled(row), wanted)

    def _head(self, lines: Iterator[Row]) -> tuple[list[Row], list[Row], list[Row]]:
        """The lines above, the header rows, and the first row of data where it had to be read to find the header."""
        how = self._profile.rows
        above = list(islice(lines, how.skip or 0))
        if how.header is not None and how.skip is not None:
            return above, list(islice(lines, how.header)), []
        seen: list[Row] = []
        for row in lines:
            if self._is_data(row):
                start = self._header_start(seen)
                return [*above, *seen[:start]], seen[start:], [row]
            seen.append(row)
            if len(seen) > self._limits.header_rows:
                break
        raise Unreadable(seen[0].file if seen else "–", self._no_data(seen))

    def _no_data(self, seen: Sequence[Row]) -> Text:
        if all(len(row.cells) < 2 for row in seen) and any(row.sheet is None for row in seen):
            sign = {"\t": "Tab"}.get(self._profile.delimiter, self._profile.delimiter)
            return text(
                de=f"Keine Zeile hat mehr als ein Feld; „{sign}“ ist wohl nicht das Trennzeichen (delimiter).",
                en=f"No line has more than one field; “{sign}” is probably not the delimiter (delimiter).",
            )
        column = self._profile.areas.column
        return text(
            de=f"Am Anfang der Datei steht in Spalte {column} kein Gebietsschlüssel. "
            "Nennen Sie im Profil die Spalte (areas: column) oder die Zeilen (rows: skip, header).",
            en=f"At the start of the file no area key stands in column {column}. "
            "Name the column in the profile (areas: column) or the lines (rows: skip, header).",
        )

    def _is_data(self, row: Row) -> bool:
        return len(row.filled) > 1 and self._areas.is_key(row.cell(self._key)) and not _numbers_columns(row)

    def _header_start(self, seen: Sequence[Row]) -> int:
        """Header rows reach up as far as rows have several cells, or one that isn't the first."""
        if self._profile.rows.header is not None:
            return max(0, len(seen) - self._profile.rows.header)
        start = len(seen)
        while start > 0 and _may_head(seen[start - 1]):
            start -= 1
        return start

    def _note_labels(self, header: Sequence[Row]) -> None:
        for i, row in enumerate(header):
            left = ""
            fill = self._profile.rows.fill and i < len(header) - 1
            for index in range(max(self._width, len(row.cells))):
                cell = row.cell(index)
                said = cell.text
                if fill and not cell.plain and index > self._key:
                    said = left
                left = said
                if tidy(said):
                    self._labels.setdefault(index, []).append(said)

    def _period_above(self, above: Sequence[Row], file: str) -> Period:
        found = {each.text: each for row in above for cell in row.cells for each in find_periods(cell.text)}
        exact = [each for each in found.values() if each.kind == max(other.kind for other in found.values())]
        if len(exact) == 1:
            return exact[0]
        listed = f" ({', '.join(sorted(found))})" if found else ""
        raise Unreadable(
            file,
            text(
                de=f"Über der Tabelle steht kein eindeutiger Zeitraum{listed}. Nennen Sie ihn mit --period.",
                en=f"The lines above the table name no single period{listed}. Name it by --period.",
            ),
        )

    def _wanted(self, header: Sequence[Row]) -> list[_Wanted]:
        found = [each for index in sorted(self._labels) for each in self._read_as(index)]
        if not found:
            self._ledger.fault(header[0].file if header else "–", self._nothing_fits())
        return found

    def _nothing_fits(self) -> Text:
        heads = "; ".join(shown(self._title(index), 40) for index in list(self._labels)[:8])
        return text(
            de=f"Keine Spalte passt zum Profil. Überschriften der Datei: {heads or '–'}.",
            en=f"No column fits the profile. Headings of the file: {heads or '–'}.",
        )

    def _read_as(self, index: int) -> Iterator[_Wanted]:
        if index in self._lead:
            return
        heads = {label(each) for each in self._labels[index]}
        rules = [rule for rule in self._profile.columns if _fits(rule, index, heads)]
        if not rules:
            self._ledger.drop(Reason.COLUMN, f"{shown(self._title(index))} ({letters(index)})")
            return
        period = self._period or self._period_over(index)
        if period is None and self._when is None:
            self._ledger.drop(Reason.PERIOD, f"{shown(self._title(index))} ({letters(index)})")
            return
        for rule in rules:
            where = tuple((self._column_of(name), label(value)) for name, value in (rule.where or {}).items())
            yield _Wanted(index, rule, None if self._when is not None else period, where)

    @property
    def _lead(self) -> set[int]:
        """Columns that say what a row is about."""
        named = {self._column_of(name) for rule in self._profile.columns for name in rule.where or {}}
        heads = _OF_INKAR if self._profile.format is ImportFormat.INKAR else frozenset()
        names = {i for i, said in self._labels.items() if heads.intersection(map(label, said))}
        return {self._key, *named, *names, *(() if self._when is None else (self._when,))}

    def _column_of(self, name: str) -> int:
        """By its heading, else by number or letter; -1 is a column that no file has."""
        by_heading = [i for i, heads in self._labels.items() if label(name) in map(label, heads)]
        if by_heading:
            return by_heading[0]
        return column_index(name) if name.isdigit() or (name.isupper() and name.isalpha() and len(name) < 4) else -1

    def _period_over(self, index: int) -> Period | None:
        found = [each for head in self._labels[index] if (each := parse_period(head)) is not None]
        if self._profile.format is ImportFormat.INKAR:  # which writes 2016/2017 for the mean of two years
            found = [each for each in found if each.kind is not PeriodKind.SCHOOL_YEAR]
        return found[0] if len({each.text for each in found}) == 1 else None

    def _title(self, index: int) -> str:
        return " | ".join(dict.fromkeys(tidy(each) for each in self._labels[index]))

    def _row(self, row: Row, wanted: Sequence[_Wanted]) -> Iterator[Item]:
        if not any(cell.plain for cell in row.cells):
            return
        key = row.cell(self._key)
        if not self._areas.raw(key) or all(not row.cell(each.index).plain for each in wanted):
            words = next((said for i in row.filled if any(map(str.isalpha, said := row.cell(i).plain))), "…")
            self._ledger.drop(Reason.NOTE, f"{shown(words, 40)} ({row.place()})")
            return
        area = self._areas.find(key, row.place(self._key))
        if area is not None and row.sheet is None and len(row.cells) != self._width:
            self._ledger.fault(row.place(), self._ragged(len(row.cells)))
            return
        for each in wanted:
            if all(label(row.cell(index).text) == value for index, value in each.where):
                period = each.period or self._period_in(row)
                if period is not None:
                    period = as_year(period) if self._profile.period.as_year else period
                    cell, place = row.cell(each.index), row.place(each.index)
                    yield Item(each.rule, area or self._areas.raw(key), area, period, cell, "", place)

    def _period_in(self, row: Row) -> Period | None:
        index = self._when or 0
        found = read_period(row.cell(index))
        if found is None:
            said = shown(row.cell(index).plain, 20)
            self._ledger.fault(row.place(index), text(de=f"„{said}“ ist kein Zeitraum.", en=f"“{said}” is no period."))
        return found

    def _ragged(self, found: int) -> Text:
        return text(
            de=f"Die Zeile hat {found} Felder, die Kopfzeile {self._width}.",
            en=f"The line has {found} fields, the header line {self._width}.",
        )


_FLAT = text(
    de="Das ist ein Flatfile aus GENESIS; das Profil muss „format: genesis-flat“ haben.",
    en="This is a flat file of GENESIS; the profile must have “format: genesis-flat”.",
)


def _may_head(row: Row) -> bool:
    filled = row.filled
    return len(filled) > 1 or (len(filled) == 1 and filled[0] > 0)


def _numbers_columns(row: Row) -> bool:
    """A row below the header that only counts the columns."""
    said = [row.cell(i).plain for i in row.filled]
    return len(said) > 2 and said == [str(i) for i in range(1, len(said) + 1)]


def _fits(rule: ProfileColumn, index: int, heads: set[str]) -> bool:
    if rule.column is None and not rule.labels:
        return False
    if rule.column is not None and column_index(rule.column) != index:
        return False
    return all(label(each) in heads for each in rule.labels)
