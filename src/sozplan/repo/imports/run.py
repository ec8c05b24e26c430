"""One import from the supplier's file to the data file, without writing where anything is wrong."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from sozplan.diagnostics import text
from sozplan.model.case import Case
from sozplan.model.imported import Imported, Reason
from sozplan.model.periods import Period
from sozplan.model.profiles import ImportFormat, ImportProfile
from sozplan.repo.imports import columns
from sozplan.repo.imports.areas import Areas
from sozplan.repo.imports.assemble import Assembly, Made
from sozplan.repo.imports.delivery import Delivery, Judge
from sozplan.repo.imports.flat import Flat
from sozplan.repo.imports.home import Home
from sozplan.repo.imports.items import Item
from sozplan.repo.imports.ledger import Ledger, Unreadable
from sozplan.repo.imports.package import Origin, described
from sozplan.repo.imports.rows import TextRows
from sozplan.repo.imports.runs import Runs
from sozplan.repo.imports.source import Source, open_source
from sozplan.repo.imports.sums import Sums
from sozplan.repo.imports.table import Table
from sozplan.repo.imports.target import HEADER, Merge, in_order, line
from sozplan.repo.imports.times import stand
from sozplan.repo.imports.workbook import SheetRows
from sozplan.repo.limits import LIMITS, Limits
from sozplan.repo.load import PACKAGE, collector_off, known_by
from sozplan.repo.observations import Known
from sozplan.repo.planning import print_of, print_of_file, put_planning, read_planning
from sozplan.repo.shown import shown

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
    """A planning file as it was read, and as it shall be: small ones in full, large ones by print and place."""

    path: str
    before: bytes | str | None
    after: bytes | Path


def run_import(root: Path, case: Case, profile: ImportProfile, wishes: Wishes, limits: Limits = LIMITS) -> Imported:
    """Reads, checks and, unless there are faults or it is a dry run, writes; to be called under the writing lock."""
    home = Home(root, case.plan, profile, wishes.to)
    with collector_off(), TemporaryDirectory(prefix="sozplan-") as folder:
        return _Import(root, case, profile, wishes, limits, home, Path(folder)).run()


@dataclass(slots=True)
class _Import:
    root: Path
    case: Case
    profile: ImportProfile
    wishes: Wishes
    limits: Limits
    home: Home
    folder: Path
    """Private, for all that is too much to be held."""
    ledger: Ledger = field(default_factory=Ledger)
    source: Source | None = None
    encoding: str = "–"
    stated: date | None = None
    """The vintage that somebody named: the user, or the file."""
    merge: Merge = field(default_factory=Merge)
    changes: tuple[Change, ...] = ()

    def run(self) -> Imported:
        plan, held = self.case.plan, self.limits.import_held
        sums, parts = Sums(plan, Runs(self.folder, "sums", held)), Runs(self.folder, "parts", held)
        assembly = Assembly(self.profile, plan, self.ledger, sums, parts, self.limits)
        self.stated = self.wishes.vintage
        known = known_by(plan)
        try:
            self.home.refuse_foreign()
            self._read(assembly, known)
        except Unreadable as error:
            self.ledger.stopped = error.fault
        delivery = Delivery(self.folder, self._made(assembly))
        if self.source is not None and self.ledger.stopped is None:
            try:
                self._merge(delivery, self.source, known)
            except Unreadable as error:
                self.ledger.stopped = error.fault
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
            series=tuple(assembly.series),
            added=self.merge.added,
            changed=self.merge.changed,
            unchanged=self.merge.unchanged,
            kept=self.merge.kept,
            drops=self.ledger.drops,
            repaired=tuple(sorted(self.ledger.repaired.items())),
            sums=assembly.sums.check(),
            faults=self.ledger.faults,
            more_faults=self.ledger.more_faults,
            is_cleared=self.home.is_cleared,
            written=files,
        )

    @property
    def _vintage(self) -> date:
        """What nobody dates is known since today."""
        return self.stated or self.case.as_of

    def _read(self, assembly: Assembly, known: Known) -> None:
        self.source = open_source(self.wishes.file, self.limits)
        rows = self._rows(self.source)
        self.encoding = rows.encoding
        assembly.take(self._items(rows, known))
        if rows.noted:
            told = next((note for note in rows.notes if note.strip('_"')), "")
            self.ledger.drop(Reason.NOTE, shown(told, 40), rows.noted)
        self.stated = self.stated or stand(rows.notes)

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

    def _made(self, assembly: Assembly) -> Iterator[Made]:
        made = assembly.rows(self._vintage)
        return (Made(columns.plain(row), place) for row, place in made) if self._is_parquet else made

    @property
    def _is_parquet(self) -> bool:
        return self.home.format == "parquet"

    def _merge(self, delivery: Delivery, source: Source, known: Known) -> None:
        if delivery.is_empty and self.ledger.is_clean:
            raise Unreadable(shown(source.name), _NO_ROW)
        path = self.home.path
        before, package = print_of(self.root, path), read_planning(self.root, PACKAGE)
        place = None if before is None else self.root / path
        self.merge.is_dated = self.stated is not None
        judge = Judge(self.case, self.profile.resource, path, known, self.ledger, self.limits)
        after = (self._as_parquet if self._is_parquet else self._as_csv)(delivery, place, judge)
        origin = Origin(self.profile, source, self.case.as_of, path.removeprefix("indicators/"))
        description = described(package, origin)
        # described first: what is described but not there is found and mended by the next import
        self.changes = (Change(PACKAGE, package, description), Change(path, before, after))

    def _as_csv(self, delivery: Delivery, place: Path | None, judge: Judge) -> Path:
        order = Runs(self.folder, "old", self.limits.import_held)
        held = iter(()) if place is None else in_order(place, self.home.path, order)
        out = self.folder / "out.csv"
        with out.open("w", encoding="utf-8", newline="\n") as file:
            file.write(f"{HEADER}\n")
            for each in judge.watched(self.merge.together(held, delivery.made())):
                file.writelines(map(line, each.rows))
        return out

    def _as_parquet(self, delivery: Delivery, place: Path | None, judge: Judge) -> Path:
        """Only what the file says of the same is looked at in detail; where nothing is new it stays as it is."""
        store = columns.Store(self.folder, place, self.home.path)
        held = iter(()) if place is None else store.matching(delivery.place)
        fresh = self.folder / "fresh.csv"
        with fresh.open("w", encoding="utf-8", newline="\n") as file:
            file.write(f"{HEADER}\n")
            for each in judge.watched(self.merge.together(held, self._exact(delivery.made()))):
                if each.fresh is not None:
                    file.write(line(each.fresh.row))
        if place is not None:
            self.merge.kept = store.size() - self.merge.touched
            if not self.merge.fresh:
                return place
        return store.combined(fresh) if self._is_to_be_written else fresh

    def _exact(self, made: Iterator[Made]) -> Iterator[Made]:
        for each in made:
            if not columns.is_exact(each.row):
                self.ledger.fault(each.place, _NOT_EXACT)
            yield each

    @property
    def _is_to_be_written(self) -> bool:
        return self.ledger.is_clean and not self.wishes.dry_run

    def _write(self) -> tuple[str, ...]:
        if not self._is_to_be_written:
            return ()
        changed = [each for each in self.changes if _differs(each)]
        for each in changed:
            put_planning(self.root, each.path, each.after, before=each.before)
        return tuple(each.path for each in changed)


def _differs(change: Change) -> bool:
    after = change.after if isinstance(change.after, bytes) else print_of_file(change.after)
    return after != change.before


_NOT_EXACT = text(
    de="Die Zahl hat mehr als 9 Nachkommastellen oder 19 Stellen davor; in Parquet würde sie gerundet.",
    en="The number has more than 9 decimals or 19 digits before them; in Parquet it would be rounded.",
)
_NO_ROW = text(
    de="Nichts in der Datei passt zu Gebieten und Kennzahlen dieses Repositorys; was wegfiel, steht unten.",
    en="Nothing in the file fits the areas and indicators of this repository; what was left out stands below.",
)
