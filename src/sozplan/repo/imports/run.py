"""One import from the supplier's file to the data file, without writing where anything is wrong."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import groupby
from operator import itemgetter
from pathlib import Path

from sozplan.diagnostics import Severity, Text, text
from sozplan.model.case import Case
from sozplan.model.imported import Imported, Reason, Series
from sozplan.model.indicators import Dialect, Resource
from sozplan.model.periods import Period
from sozplan.model.profiles import ImportFormat, ImportProfile
from sozplan.repo.imports import columns
from sozplan.repo.imports.areas import Areas
from sozplan.repo.imports.assemble import Assembly, ImportRow
from sozplan.repo.imports.flat import Flat
from sozplan.repo.imports.home import Home
from sozplan.repo.imports.items import Item
from sozplan.repo.imports.ledger import Ledger, Unreadable
from sozplan.repo.imports.package import Origin, described
from sozplan.repo.imports.rows import TextRows
from sozplan.repo.imports.source import Source, open_source
from sozplan.repo.imports.sums import Sums
from sozplan.repo.imports.table import Table
from sozplan.repo.imports.target import Merged, merge, read_rows, written
from sozplan.repo.imports.times import stand
from sozplan.repo.imports.workbook import SheetRows
from sozplan.repo.limits import LIMITS, Limits
from sozplan.repo.load import PACKAGE, collector_off, known_by
from sozplan.repo.observations import Known, Seen, read_cells
from sozplan.repo.planning import put_planning, read_planning
from sozplan.repo.shown import shown

_NOTHING = Merged((), (), 0, 0, 0)
_PIECE = 50_000
"""So many rows are checked at once."""
_GENESIS = (ImportFormat.GENESIS_TABLE, ImportFormat.GENESIS_FLAT)


@dataclass(frozen=True, slots=True)
class Wishes:
    """What is asked for beside the profile."""

    file: Path
    period: Period | None = None
    vintage: date | None = None
    repair_keys: bool = False
    dry_run: bool = False
    to: str | None = None
    """What the data file shall be, csv or parquet; none: what it is, else CSV."""


@dataclass(frozen=True, slots=True)
class Change:
    """A planning file as it was read, and as it shall be."""

    path: str
    before: bytes | None
    after: bytes


def run_import(root: Path, case: Case, profile: ImportProfile, wishes: Wishes, limits: Limits = LIMITS) -> Imported:
    """Reads, checks and, unless there are faults or it is a dry run, writes; to be called under the writing lock."""
    with collector_off():
        return _Import(root, case, profile, wishes, limits, Home(root, case.plan, profile, wishes.to)).run()


@dataclass(slots=True)
class _Import:
    root: Path
    case: Case
    profile: ImportProfile
    wishes: Wishes
    limits: Limits
    home: Home
    ledger: Ledger = field(default_factory=Ledger)
    source: Source | None = None
    encoding: str = "–"
    stated: date | None = None
    """The vintage that somebody named: the user, or the file."""
    merged: Merged = _NOTHING
    changes: tuple[Change, ...] = ()

    def run(self) -> Imported:
        assembly = Assembly(self.profile, self.case.plan, self.ledger, Sums(self.case.plan), self.limits)
        self.stated = self.wishes.vintage
        try:
            self.home.refuse_foreign()
            self._read(assembly)
        except Unreadable as error:
            self.ledger.faults.append(error.fault)
        return self._account(assembly, self._write())

    def _account(self, assembly: Assembly, files: tuple[str, ...]) -> Imported:
        return Imported(
            format=self.profile.format.label,
            file=self.wishes.file.name,
            sha256=self.source.sha256 if self.source else "",
            encoding=self.encoding,
            vintage=self._vintage,
            is_vintage_stated=self.stated is not None,
            target=self.home.path,
            series=tuple(_series(assembly)),
            added=self.merged.added,
            changed=self.merged.changed,
            unchanged=self.merged.unchanged,
            kept=self.merged.kept,
            drops=self.ledger.drops,
            repaired=tuple(sorted(self.ledger.repaired.items())),
            sums=assembly.sums.check(),
            faults=tuple(self.ledger.faults),
            more_faults=self.ledger.more_faults,
            is_cleared=self.home.is_cleared,
            written=files,
        )

    @property
    def _vintage(self) -> date:
        """What nobody dates is known since today."""
        return self.stated or self.case.as_of

    def _read(self, assembly: Assembly) -> None:
        known = known_by(self.case.plan)
        self.source = open_source(self.wishes.file, self.limits)
        rows = self._rows(self.source)
        self.encoding = rows.encoding
        assembly.take(self._items(rows, known))
        if rows.noted:
            told = next((note for note in rows.notes if note.strip('_"')), "")
            self.ledger.drop(Reason.NOTE, shown(told, 40), rows.noted)
        self.stated = self.stated or stand(rows.notes)
        self._merge(assembly, self.source, known)

    def _rows(self, source: Source) -> TextRows | SheetRows:
        if source.is_workbook:
            return SheetRows(source, self.profile.sheet, self.limits)
        usual = "iso-8859-1" if self.profile.format in _GENESIS else "utf-8"
        encoding = source.encoding(self.profile.encoding, usual)
        ruled_off = self.profile.format is ImportFormat.GENESIS_TABLE
        return TextRows(source, encoding, self.profile.delimiter, self.limits, ruled_off)

    def _items(self, rows: TextRows | SheetRows, known: Known) -> Iterator[Item]:
        areas = Areas(self.profile.areas, known.keys, self.ledger, repair=self.wishes.repair_keys)
        if self.profile.format is ImportFormat.GENESIS_FLAT:
            return Flat(self.profile, areas, self.ledger, self.wishes.period).items(rows)
        return Table(self.profile, areas, self.ledger, self.limits, self.wishes.period).items(rows)

    def _merge(self, assembly: Assembly, source: Source, known: Known) -> None:
        is_parquet = self.home.format == "parquet"
        made = assembly.rows(self._vintage)
        rows = [columns.plain(row) for row in made] if is_parquet else list(made)
        if not rows and not self.ledger.faults:
            raise Unreadable(shown(source.name), _NO_ROW)
        before, package = (read_planning(self.root, path) for path in (self.home.path, PACKAGE))
        after = self._as_parquet(assembly, rows, before) if is_parquet else self._as_csv(rows, before)
        self._check(assembly, known)
        origin = Origin(self.profile, source, self.case.as_of, self.home.path.removeprefix("indicators/"))
        description = described(package, origin)
        # described first: what is described but not there is found and mended by the next import
        self.changes = (Change(PACKAGE, package, description), Change(self.home.path, before, after))

    def _as_csv(self, rows: Sequence[ImportRow], before: bytes | None) -> bytes:
        self.merged = merge(read_rows(before, self.home.path), rows, is_dated=self.stated is not None)
        return written(self.merged.rows)

    def _as_parquet(self, assembly: Assembly, rows: Sequence[ImportRow], before: bytes | None) -> bytes:
        """Only what the file says of the same is looked at in detail; where nothing is new it stays as it is."""
        place = None if before is None else self.root / self.home.path
        for row in rows:
            if not columns.is_exact(row):
                self.ledger.fault(assembly.places[row.key], _NOT_EXACT)
        held, others = ([], 0) if place is None else columns.matching(place, self.home.path, rows)
        self.merged = replace(merge(held, rows, is_dated=self.stated is not None), kept=others)
        if before is not None and not self.merged.fresh:
            return before
        return b"" if self.ledger.faults else columns.combined(place, self.home.path, self.merged.fresh)

    def _check(self, assembly: Assembly, known: Known) -> None:
        """What `check` would find in the new rows is told of the place in the supplier's file."""
        resource = Resource(name=self.profile.resource, path=self.home.path, dialect=Dialect(delimiter=";"))
        fresh = self.merged.fresh
        for rows in (fresh[start : start + _PIECE] for start in range(0, len(fresh), _PIECE)):
            lines = written(rows).splitlines(keepends=True)
            _, faults = read_cells(lines, self.home.path, resource, known, self.limits, self._elsewhere(rows))
            for fault in faults:
                if fault.severity is Severity.ERROR:
                    row = rows[max(fault.at.line - 2, 0)]  # line 1 is the header
                    self.ledger.fault(assembly.places[row.key], Text(fault.say("de"), fault.say("en")))

    def _elsewhere(self, rows: Sequence[ImportRow]) -> Seen:
        """What other data files say already can't be said once more."""
        series = {(row.indicator, row.area) for row in rows}
        cells = (each for of in series for each in self.case.figures.vintages(*of))
        others = (each for each in cells if each.resource != self.profile.resource)
        return {(c.indicator, c.area, c.period.text, c.vintage): (c.at.file, c.at.line) for c in others}

    def _write(self) -> tuple[str, ...]:
        if self.ledger.faults or self.wishes.dry_run:
            return ()
        changed = [each for each in self.changes if each.before != each.after]
        for each in changed:
            put_planning(self.root, each.path, each.after, before=each.before)
        return tuple(each.path for each in changed)


def _series(assembly: Assembly) -> Iterator[Series]:
    keys = assembly.keys
    for indicator, group in groupby(keys, itemgetter(0)):
        mine = list(group)
        yield Series(indicator, len(mine), len({key[1] for key in mine}), tuple(sorted({key[2] for key in mine})))


_NOT_EXACT = text(
    de="Die Zahl hat mehr als 9 Nachkommastellen oder 19 Stellen davor; in Parquet würde sie gerundet.",
    en="The number has more than 9 decimals or 19 digits before them; in Parquet it would be rounded.",
)
_NO_ROW = text(
    de="Nichts in der Datei passt zu Gebieten und Kennzahlen dieses Repositorys; was wegfiel, steht unten.",
    en="Nothing in the file fits the areas and indicators of this repository; what was left out stands below.",
)
