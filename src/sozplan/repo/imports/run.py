"""One import from the supplier's file to the data file, without writing where anything is wrong."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from sozplan.diagnostics import Diagnostic, Severity, Text, text
from sozplan.model.case import Case
from sozplan.model.imported import Imported, Reason, Series
from sozplan.model.indicators import Dialect, Resource
from sozplan.model.periods import Period
from sozplan.model.profiles import ImportFormat, ImportProfile
from sozplan.repo.imports.areas import Areas
from sozplan.repo.imports.assemble import Assembly, ImportRow, Key
from sozplan.repo.imports.flat import Flat
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
from sozplan.repo.load import PACKAGE, known_by
from sozplan.repo.observations import Known, Seen, read_cells
from sozplan.repo.planning import put_planning, read_planning
from sozplan.repo.shown import shown

_NOTHING = Merged((), 0, 0, 0, 0)
_GENESIS = (ImportFormat.GENESIS_TABLE, ImportFormat.GENESIS_FLAT)


@dataclass(frozen=True, slots=True)
class Wishes:
    """What is asked for beside the profile."""

    file: Path
    period: Period | None = None
    vintage: date | None = None
    repair_keys: bool = False
    dry_run: bool = False


@dataclass(frozen=True, slots=True)
class Change:
    """A planning file as it was read, and as it shall be."""

    path: str
    before: bytes | None
    after: bytes


def run_import(root: Path, case: Case, profile: ImportProfile, wishes: Wishes, limits: Limits = LIMITS) -> Imported:
    """Reads, checks and, unless there are faults or it is a dry run, writes; to be called under the writing lock."""
    return _Import(root, case, profile, wishes, limits).run()


@dataclass(slots=True)
class _Import:
    root: Path
    case: Case
    profile: ImportProfile
    wishes: Wishes
    limits: Limits
    ledger: Ledger = field(default_factory=Ledger)
    source: Source | None = None
    encoding: str = "–"
    stated: date | None = None
    """The vintage that somebody named: the user, or the file."""
    merged: Merged = _NOTHING
    changes: tuple[Change, ...] = ()

    def run(self) -> Imported:
        assembly = Assembly(self.profile, self.case.plan, self.ledger, Sums(self.case.plan))
        self.stated = self.wishes.vintage
        try:
            self._refuse_foreign()
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
            target=self._path,
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
            is_cleared=self._is_cleared,
            written=files,
        )

    @property
    def _path(self) -> str:
        return f"indicators/data/{self.profile.resource}.csv"

    @property
    def _vintage(self) -> date:
        """What nobody dates is known since today."""
        return self.stated or self.case.as_of

    @property
    def _entries(self) -> list[Resource]:
        """How the data file is described so far."""
        ours = (self.profile.resource, f"data/{self.profile.resource}.csv")
        resources = (each for package in self.case.plan.packages for each in package.resources)
        return [each for each in resources if each.name == ours[0] or each.path == ours[1]]

    @property
    def _is_cleared(self) -> bool:
        """Whether a release or the address where it is published is named for all to see."""
        entries = self._entries
        if not entries:
            return self.profile.release is not None or self.profile.path is not None
        return all(each.release is not None or any(source.path for source in each.sources) for each in entries)

    def _refuse_foreign(self) -> None:
        """The data file is new or comes from this profile; rows of others are never touched."""
        entries = self._entries
        ours = all(any(source.profile == self.profile.id for source in each.sources) for each in entries)
        if ours and (entries or read_planning(self.root, self._path) is None):
            return
        name = self.profile.resource
        raise Unreadable(
            PACKAGE if entries else self._path,
            text(
                de=f"Die Zahlentabelle „{name}“ gibt es schon, und sie stammt nicht aus diesem Profil. Nennen Sie im "
                "Profil eine andere (resource).",
                en=f"The resource “{name}” is there already and doesn't come from this profile. Name another in the "
                "profile (resource).",
            ),
        )

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
        rows = list(assembly.rows(self._vintage))
        if not rows and not self.ledger.faults:
            raise Unreadable(shown(source.name), _NO_ROW)
        before, package = (read_planning(self.root, path) for path in (self._path, PACKAGE))
        self.merged = merge(read_rows(before, self._path), rows, is_dated=self.stated is not None)
        after = written(self.merged.rows)
        self._check(after, dict(assembly.places()), known)
        description = described(package, Origin(self.profile, source, self.case.as_of))
        # described first: what is described but not there is found and mended by the next import
        self.changes = (Change(PACKAGE, package, description), Change(self._path, before, after))

    def _check(self, data: bytes, places: Mapping[Key, str], known: Known) -> None:
        """What `check` would find in the data file is told of the place in the supplier's file."""
        resource = Resource(name=self.profile.resource, path=self._path, dialect=Dialect(delimiter=";"))
        lines = data.splitlines(keepends=True)
        _, faults = read_cells(lines, self._path, resource, known, self.limits, self._elsewhere())
        for fault in faults:
            if fault.severity is Severity.ERROR:
                self.ledger.fault(_place(fault, self.merged.rows, places), Text(fault.say("de"), fault.say("en")))

    def _elsewhere(self) -> Seen:
        """What other data files say already can't be said once more."""
        cells = (each for each in self.case.figures.cells if each.resource != self.profile.resource)
        return {(c.indicator, c.area, c.period.text, c.vintage): (c.at.file, c.at.line) for c in cells}

    def _write(self) -> tuple[str, ...]:
        if self.ledger.faults or self.wishes.dry_run:
            return ()
        changed = [each for each in self.changes if each.before != each.after]
        for each in changed:
            put_planning(self.root, each.path, each.after, before=each.before)
        return tuple(each.path for each in changed)


def _place(fault: Diagnostic, rows: Sequence[ImportRow], places: Mapping[Key, str]) -> str:
    """Line 1 of the data file is its header."""
    at = fault.at
    row = rows[at.line - 2] if 2 <= at.line <= len(rows) + 1 else None
    return (row and places.get(row.key)) or f"{at.file}:{at.line}:{at.column}"


def _series(assembly: Assembly) -> Iterator[Series]:
    keys = sorted(assembly.found)
    for indicator in sorted({key[0] for key in keys}):
        mine = [key for key in keys if key[0] == indicator]
        yield Series(indicator, len(mine), len({key[1] for key in mine}), tuple(sorted({key[2] for key in mine})))


_NO_ROW = text(
    de="Nichts in der Datei passt zu Gebieten und Kennzahlen dieses Repositorys; was wegfiel, steht unten.",
    en="Nothing in the file fits the areas and indicators of this repository; what was left out stands below.",
)
