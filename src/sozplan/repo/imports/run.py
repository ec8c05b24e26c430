"""One import from the supplier's file to the data file, without writing where anything is wrong."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from sozplan.diagnostics import Diagnostic, Severity, Text, text
from sozplan.model.imported import Imported, Reason, Series
from sozplan.model.indicators import Dialect, Resource
from sozplan.model.periods import Period
from sozplan.model.plan import Plan
from sozplan.model.profiles import ImportFormat, ImportProfile
from sozplan.repo.imports.areas import Areas
from sozplan.repo.imports.assemble import Assembly, ImportRow
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
from sozplan.repo.observations import Known, read_cells
from sozplan.repo.planning import put_planning, read_planning
from sozplan.repo.shown import shown

_GENESIS = (ImportFormat.GENESIS_TABLE, ImportFormat.GENESIS_FLAT)
_NOTHING = Merged((), 0, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Wishes:
    """What is asked for beside the profile."""

    file: Path
    day: date
    period: Period | None = None
    vintage: date | None = None
    repair_keys: bool = False
    dry_run: bool = False


def run_import(root: Path, plan: Plan, profile: ImportProfile, wishes: Wishes, limits: Limits = LIMITS) -> Imported:
    """Reads, checks and, unless there are faults or it is a dry run, writes; to be called under the writing lock."""
    return _Import(root, plan, profile, wishes, limits).run()


@dataclass(slots=True)
class _Import:
    root: Path
    plan: Plan
    profile: ImportProfile
    wishes: Wishes
    limits: Limits
    ledger: Ledger = field(default_factory=Ledger)

    def run(self) -> Imported:
        known = known_by(self.plan)
        assembly = Assembly(self.profile, self.plan, self.ledger, Sums(self.plan))
        source, encoding, vintage, merged, files = None, "–", self.wishes.vintage, _NOTHING, ()
        try:
            self._own()
            source = open_source(self.wishes.file, self.limits)
            rows = self._rows(source)
            encoding = "XLSX" if isinstance(rows, SheetRows) else rows.encoding
            assembly.take(self._items(rows, known))
            if rows.noted:
                self.ledger.drop(Reason.NOTE, shown(rows.notes[0], 40), rows.noted)
            vintage = vintage or stand(rows.notes)
            merged, files = self._merged(assembly, source, known, vintage)
        except Unreadable as error:
            self.ledger.faults.append(error.fault)
        changed = self._write(files)
        return Imported(
            profile=self.profile.id,
            format=self.profile.format.label,
            file=self.wishes.file.name,
            sha256=source.sha256 if source else "",
            encoding=encoding,
            day=self.wishes.day,
            vintage=vintage,
            target=self._path,
            series=tuple(_series(assembly)),
            added=merged.added,
            changed=merged.changed,
            unchanged=merged.unchanged,
            kept=merged.kept,
            drops=self.ledger.drops,
            repaired=tuple(sorted(self.ledger.repaired.items())),
            sums=assembly.sums.check(),
            faults=tuple(self.ledger.faults),
            more_faults=self.ledger.more_faults,
            written=changed,
        )

    @property
    def _path(self) -> str:
        return f"indicators/data/{self.profile.resource}.csv"

    def _own(self) -> None:
        """The data file is new or comes from this profile; rows of others are never touched."""
        ours = f"data/{self.profile.resource}.csv"
        entries = [r for package in self.plan.packages for r in package.resources]
        for entry in entries:
            same = entry.name == self.profile.resource or entry.path == ours
            if same and not any(each.profile == self.profile.id for each in entry.sources):
                raise Unreadable(PACKAGE, self._foreign())
        if not any(entry.path == ours for entry in entries) and read_planning(self.root, self._path) is not None:
            raise Unreadable(self._path, self._foreign())

    def _foreign(self) -> Text:
        name = self.profile.resource
        return text(
            de=f"Die Zahlentabelle „{name}“ gibt es schon, und sie stammt nicht aus diesem Profil. Nennen Sie im Profil eine "
            "andere (resource).",
            en=f"The resource “{name}” is there already and doesn't come from this profile. Name another in the profile "
            "(resource).",
        )

    def _rows(self, source: Source) -> TextRows | SheetRows:
        if source.is_workbook:
            return SheetRows(source, self.profile.sheet, self.limits)
        usual = "iso-8859-1" if self.profile.format in _GENESIS else "utf-8"
        encoding = source.encoding(self.profile.encoding, usual)
        rules_off = self.profile.format is ImportFormat.GENESIS_TABLE
        return TextRows(source, encoding, self.profile.delimiter, self.limits, rules_off)

    def _items(self, rows: TextRows | SheetRows, known: Known) -> Iterator[Item]:
        try:
            areas = Areas(self.profile.areas, known.keys, self.ledger, repair=self.wishes.repair_keys)
        except re.error as error:
            place = self.profile.areas.at("pattern").location
            raise Unreadable(f"{place.file}:{place.line}:{place.column}", _no_pattern()) from error
        if self.profile.format is ImportFormat.GENESIS_FLAT:
            return Flat(self.profile, areas, self.ledger, self.wishes.period).items(rows)
        return Table(self.profile, areas, self.ledger, self.limits, self.wishes.period).items(rows)

    def _merged(
        self, assembly: Assembly, source: Source, known: Known, vintage: date | None
    ) -> tuple[Merged, tuple[tuple[str, bytes | None, bytes], ...]]:
        """The rows after the import, and each file with its bytes before and after."""
        rows = list(assembly.rows(vintage))
        if not rows and not self.ledger.faults:
            raise Unreadable(source.name, _NO_ROW)
        before = read_planning(self.root, self._path)
        merged = merge(read_rows(before, self._path), rows)
        after = written(merged.rows)
        self._checked(after, merged.rows, dict(assembly.places()), known)
        package = read_planning(self.root, PACKAGE)
        origin = Origin(self.profile, source, self.wishes.day)
        description = described(package, origin, f"data/{self.profile.resource}.csv", "csv")
        return merged, ((self._path, before, after), (PACKAGE, package, description))

    def _checked(
        self, data: bytes, rows: Sequence[ImportRow], places: dict[tuple[str, str, str], str], known: Known
    ) -> None:
        """What `check` would find in the data file is told of the place in the supplier's file."""
        resource = Resource(
            name=self.profile.resource, path=f"data/{self.profile.resource}.csv", dialect=Dialect(delimiter=";")
        )
        _, faults = read_cells(data.splitlines(keepends=True), self._path, resource, known, self.limits)
        for fault in faults:
            if fault.severity is Severity.ERROR:
                self.ledger.fault(_place(fault, rows, places), Text(fault.say("de"), fault.say("en")))

    def _write(self, files: Iterable[tuple[str, bytes | None, bytes]]) -> tuple[str, ...]:
        if self.ledger.faults or self.wishes.dry_run:
            return ()
        changed = [(path, before, after) for path, before, after in files if before != after]
        for path, before, after in changed:
            put_planning(self.root, path, after, before=before)
        return tuple(path for path, _, _ in changed)


def _place(fault: Diagnostic, rows: Sequence[ImportRow], places: dict[tuple[str, str, str], str]) -> str:
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
    de="Nichts in der Datei passt zu Gebieten und Kennzahlen dieses Repositorys; was weggelassen wurde, steht darunter.",
    en="Nothing in the file fits the areas and indicators of this repository; what was left out stands below.",
)


def _no_pattern() -> Text:
    return text(de="Das Muster ist kein regulärer Ausdruck.", en="The pattern is no regular expression.")
