"""From a tree to the plan: every file read, every fault kept, and the rest goes on."""

from __future__ import annotations

import gc
import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import partial

from sozplan.diagnostics import Diagnostic, Location, diagnostic, text
from sozplan.model.areas import AreaPlan
from sozplan.model.calendar import Calendar, RetiredIds, Waivers
from sozplan.model.entity import Entity
from sozplan.model.figures import Cell, Figures
from sozplan.model.funding import Funding
from sozplan.model.handbook import Handbook, Rules
from sozplan.model.indicators import DataPackage, Indicator, Resource
from sozplan.model.indices import Index
from sozplan.model.inventory import Inventory
from sozplan.model.organisation import Organisation
from sozplan.model.plan import Plan
from sozplan.model.processes import Process
from sozplan.model.profiles import ImportProfile
from sozplan.model.resolutions import Resolutions
from sozplan.model.settings import Level, Municipality, Settings
from sozplan.model.shared import Document
from sozplan.model.stamps import EvidenceFile, Stamps
from sozplan.model.strategy import Strategy
from sozplan.model.territory import Territory
from sozplan.repo import yaml
from sozplan.repo.cache.kept import Kept, content_hash
from sozplan.repo.cache.places import put_off
from sozplan.repo.codes import file as file_codes
from sozplan.repo.codes import schema as schema_codes
from sozplan.repo.codes import table as table_codes
from sozplan.repo.content import decode_clean
from sozplan.repo.digest import digest
from sozplan.repo.limits import LIMITS, Limits
from sozplan.repo.observations import Known, Reader, Seen
from sozplan.repo.schema import validate
from sozplan.repo.store.access import NOWHERE, Access
from sozplan.repo.store.doubts import LOOKED_AT
from sozplan.repo.store.opening import How, Opened, asked, asked_of, held
from sozplan.repo.store.prints import of as prints_of
from sozplan.repo.store.prints import shared
from sozplan.repo.store.question import OfImport, OfIndex, Question, Scope, question
from sozplan.repo.store.table import Table
from sozplan.repo.store.thorough import Checking
from sozplan.repo.tree import Tree, UnreadError, WorkTree, unreadable

SETTINGS = "sozplan.yaml"
PACKAGE = "indicators/datapackage.yaml"

KINDS: Mapping[str, type[Entity]] = {
    SETTINGS: Settings,
    "plans/strategy.yaml": Strategy,
    "plans/calendar.yaml": Calendar,
    "plans/waivers.yaml": Waivers,
    "plans/retired.yaml": RetiredIds,
    "plans/territory/*.yaml": Territory,
    "plans/areas/*.yaml": AreaPlan,
    "plans/organisation/*.yaml": Organisation,
    "plans/resolutions/*.yaml": Resolutions,
    "plans/resolutions/stamps/*.yaml": Stamps,
    "plans/inventory/*.yaml": Inventory,
    "plans/funding/*.yaml": Funding,
    PACKAGE: DataPackage,
    "indicators/catalogue/*.yaml": Indicator,
    "indicators/indices/*.yaml": Index,
    "indicators/profiles/*.yaml": ImportProfile,
    "handbook/handbook.yaml": Handbook,
    "handbook/rules/*.yaml": Rules,
    "handbook/processes/*.yaml": Process,
}
"""What the file of a path holds; `*` stands for a name, not for folders."""

_CHAPTER = re.compile(r"handbook/chapters/[^/]+\.md")
_DATA = re.compile(r"indicators/data/[^/]+\.(?:csv|parquet)")
_GEO = re.compile(r"indicators/geo/[^/]+\.geojson")
_SILENT = re.compile(rf"plans/documents/.+|templates/.+|{_GEO.pattern}|(?:[^/]+/)*(?:README\.md|\.gitkeep|\.gitignore)")
"""Files that are read where something names them, or that are for people only."""
_NO_PLACE = text(
    de="an dieser Stelle gehört keine solche Datei hin; die Ordner nennt die Referenz",
    en="no such file belongs in this place; the reference names the folders",
)
_ID = re.compile(rb"(?<![^\s{,-])\w+:[ \t]*[\"']?([a-z][a-z0-9-]{0,63})\b")
"""What may be an id in a file that can't be read, even where its key is mistyped."""


@dataclass(frozen=True)
class Loaded:
    """A repository as far as it could be read, and what was wrong."""

    plan: Plan
    figures: Figures
    documents: Mapping[str, str | None]
    diagnostics: tuple[Diagnostic, ...]
    files: int
    tables: tuple[Table, ...] = ()

    @property
    def faults(self) -> Iterator[Diagnostic]:
        """With those of rows in large tables that were read only when somebody asked for them."""
        yield from self.diagnostics
        for table in self.tables:
            yield from table.faults


def load(
    tree: Tree,
    limits: Limits = LIMITS,
    scope: Scope | OfIndex | OfImport = Scope.PLANNED,
    located: bool = True,
    as_of: date | None = None,
    kept: Kept | None = None,
    access: Access = NOWHERE,
) -> Loaded:
    """Reads the whole tree; a broken file costs its own findings only.

    Without `located`, cells of large tables have no line yet, but a number below zero. `as_of` tells which of their
    rows without a vintage may be ahead of time. What is `kept` of a file on disk that hasn't changed isn't read again.
    """
    with collector_off():
        return loaded_of(Reading(tree, limits, scope, located, as_of, kept, access))


def loaded_of(reading: Reading) -> Loaded:
    plan = reading.plan()
    figures = reading.figures(plan)
    reading.maps(plan)
    documents, tables = reading.documents(plan), () if reading.scope is Scope.ALL else tuple(reading.tables)
    return Loaded(plan, figures, documents, tuple(reading.faults), reading.files, tables)


@contextmanager
def collector_off() -> Iterator[None]:
    """Loading makes many objects and no garbage cycles; collecting in between costs up to four times the work.

    What was loaded stays, so the collector is told to leave it alone afterwards as well.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if was_on:
            gc.enable()


class Reading:
    """One pass over a tree, file by file."""

    def __init__(
        self,
        tree: Tree,
        limits: Limits,
        scope: Scope | OfIndex | OfImport = Scope.ALL,
        located: bool = True,
        as_of: date | None = None,
        kept: Kept | None = None,
        access: Access = NOWHERE,
    ) -> None:
        self.tree, self.limits, self.scope, self.access = tree, limits, scope, access
        self.kept = kept if isinstance(tree, WorkTree) else None
        if self.kept is not None and isinstance(tree, WorkTree):
            self.kept.begin(tree, self._again)
        self.how = How(located, scope is Scope.ALL, as_of)
        self.faults: list[Diagnostic] = list(tree.faults)
        self.muted: set[str] = set()
        self.files = 0
        self.roots: dict[str, Entity] = {}
        self.texts: dict[str, str] = {}
        self.data: set[str] = set()
        self.seen: Seen = {}
        self.tables: list[Table] = []
        self.checks: list[tuple[Reader, Opened, Checking]] = []
        self.asked: frozenset[str] = frozenset()
        self.question: Question | None = None
        self.left_out: str | None = None
        """The resource that nobody looks at, if it is too large to be held."""
        self.listed = frozenset(entry.path for entry in tree.files())

    def plan(self) -> Plan:
        for path, _ in self.tree.files():
            kind = kind_of(path)
            if kind is not None:
                self._yaml(path, kind)
            elif _CHAPTER.fullmatch(path):
                self._chapter(path)
            elif _DATA.fullmatch(path):
                self.data.add(path)
            elif not _SILENT.fullmatch(path):
                self.faults.append(diagnostic(file_codes.NOT_READ, Location(path), name=path, reason=_NO_PLACE))
        return Plan(self._settings(), self.roots, frozenset(self.muted), self.texts)

    def _read(self, path: str) -> bytes | None:
        """The bytes of a file; where they can't be had the tree's own finding says why."""
        try:
            data = self.tree.read(path)
        except UnreadError as error:
            self.faults.append(error.diagnostic)
            return None
        self.files += 1
        return data

    def _yaml(self, path: str, kind: type[Entity]) -> None:
        state = self.tree.state(path) if self.kept is not None and isinstance(self.tree, WorkTree) else None
        if self.kept is None or state is None:
            self._parse(path, kind)
        elif (root := self.kept.known(path, state)) is not None:
            self.files += 1
            self.roots[path] = root
        else:
            self._look_again(path, kind, self.kept, state)

    def _look_again(self, path: str, kind: type[Entity], kept: Kept, state: os.stat_result) -> None:
        """A file that was touched may still say the same; what is without fault is kept for the next time."""
        data = self._read(path)
        if data is None:
            return
        root = kept.same(path, data, state)
        if root is not None:
            self.roots[path] = root
            return
        faults = len(self.faults)
        self._understand(path, kind, data)
        if path in self.roots and len(self.faults) == faults:
            kept.note(path, data, state, self.roots[path])

    def _again(self, path: str, content: str) -> Entity | None:
        """A file once more, for the places in it, if it still is what it was."""
        kind = kind_of(path)
        try:
            data = self.tree.read(path)
        except UnreadError:
            return None
        if kind is None or content_hash(data) != content:
            return None
        return self._anew(path, kind, data)

    def _anew(self, path: str, kind: type[Entity], data: bytes) -> Entity | None:
        value = yaml.read(data, path, self.limits).value
        root = validate(kind, value, data) if value is not None else None
        return root if isinstance(root, Entity) else None

    def _parse(self, path: str, kind: type[Entity]) -> None:
        data = self._read(path)
        if data is not None:
            self._understand(path, kind, data)

    def _understand(self, path: str, kind: type[Entity], data: bytes) -> None:
        document = yaml.read(data, path, self.limits)
        self.faults += document.diagnostics
        if document.value is None:
            self._mute(path, data)
            return
        root = validate(kind, document.value, data)
        faults = () if isinstance(root, Entity) else root
        said = {fault.at.line for fault in faults}
        self.faults += faults
        self.faults += [diagnostic(schema_codes.EMPTY, at, key=k) for k, at in document.blanks if at.line not in said]
        if isinstance(root, Entity):
            self.roots[path] = root
            if len(self.listed) > self.limits.located_files:
                put_off(root, partial(self._anew, path, kind, data))
        else:
            self._mute(path, data)

    def _mute(self, path: str, data: bytes) -> None:
        """References to what a broken file names are nobody's fault: one typo must not echo fifty times.

        The file's name counts too, since the id itself may be what is broken.
        """
        self.muted.update(match.decode() for match in _ID.findall(data))
        self.muted.add(path.rpartition("/")[2].partition(".")[0])

    def _chapter(self, path: str) -> None:
        data = self._read(path)
        if data is not None:
            content = decode_clean(data, path)
            if isinstance(content, Diagnostic):
                self.faults.append(content)
            else:
                self.texts[path] = content.replace("\r\n", "\n")

    def _settings(self) -> Settings:
        found = self.roots.get(SETTINGS)
        if isinstance(found, Settings):
            return found
        if not any(fault.at.file == SETTINGS for fault in self.faults):
            self.faults.append(diagnostic(schema_codes.NO_SETTINGS, Location(SETTINGS)))
        return _UNSET

    def figures(self, plan: Plan) -> Figures:
        known = known_by(plan)
        self._ask(plan)
        resources: dict[str, Resource] = {}
        cells: list[Cell] = []
        for package in plan.packages:
            for i, resource in enumerate(package.resources):
                resources[resource.name] = resource
                if resource.format == "warehouse":
                    cells += self._kept(plan, package, i, known)
                else:
                    cells += self._cells(package, i, resource, known)
        cells += self._finished()
        if PACKAGE in self.roots or not any(f.at.file == PACKAGE for f in self.faults):
            self.faults += [diagnostic(table_codes.NOT_DESCRIBED, Location(path)) for path in sorted(self.data)]
        later = {reader.resource.name: check.later for reader, _, check in self.checks}
        return Figures(tuple(cells), resources, tuple(self.tables), later)

    def _ask(self, plan: Plan) -> None:
        """Settles which files are too large to be held, and what is asked of them."""
        sizes = {entry.path: entry.size for entry in self.tree.files() if entry.path in self.data}
        self.asked = asked_of(sizes, plan, self.scope, self.limits)
        self.question = question(plan, self.scope) if self.asked else None
        if isinstance(self.scope, OfImport) and (profile := plan.find(self.scope.profile, ImportProfile)):
            self.left_out = profile.resource

    def _cells(self, package: DataPackage, index: int, resource: Resource, known: Known) -> tuple[Cell, ...]:
        path = f"indicators/{resource.path}"
        if path not in self.data:
            at = package.at("resources", index, "path").location
            self.faults.append(diagnostic(table_codes.FILE_MISSING, at, path=resource.path))
            return ()
        self.data.discard(path)
        self.files += 1
        reader = Reader(path, resource, known, self.limits, seen=self.seen)
        try:
            opened = self._opened(path, reader)
        except UnreadError as error:
            reader.faults, opened = [error.diagnostic], Opened()
        except OSError as error:
            reader.faults, opened = [unreadable(path, error)], Opened()
        if opened.table is not None:
            self.tables.append(opened.table)
        if opened.checking is not None:
            self.checks.append((reader, opened, opened.checking))
        elif opened.table is None:
            self.faults += reader.faults
        return opened.cells

    def _kept(self, plan: Plan, package: DataPackage, index: int, known: Known) -> tuple[Cell, ...]:
        """What a database holds of that which the planning names; its other rows are its keeper's business."""
        from sozplan.repo.store.warehouse import Described, asked

        resource, settings = package.resources[index], plan.settings.warehouse
        at = package.at("resources", index, "path").location
        described = Described(resource, at, settings.url if settings else None, f"indicators/{resource.path}")
        everything = self.scope is Scope.ALL
        wanted = question(plan, Scope.PLANNED if everything else self.scope)
        table, faults = asked(described, self.access, wanted, known, self.limits, self.seen)
        if table is None or everything:
            cells = tuple(table.cells()) if table else ()
            self.faults += faults
            return cells
        self.tables.append(table)
        return ()

    def _finished(self) -> Iterator[Cell]:
        """The checks of large files come to their end when it is known what stands in several files."""
        if not self.checks:
            return
        prints = [check.prints for *_, check in self.checks]
        elsewhere = shared([*prints, prints_of(self.seen)], LOOKED_AT)
        for (reader, opened, check), doubles in zip(self.checks, elsewhere, strict=False):
            yield from check.finish(doubles)
            if opened.table is not None:
                tuple(opened.table.cells())
            self.faults += reader.faults

    def _opened(self, path: str, reader: Reader) -> Opened:
        if path in self.asked and reader.resource.name == self.left_out:
            return Opened()
        place = self.tree.local(path)
        if self.question is None or path not in self.asked:
            return held(place, reader, self.limits)
        return asked(place, reader, self.limits, self.question, self.how)

    def maps(self, plan: Plan) -> None:
        """Borders are looked at where everything is; whoever draws them reads them then."""
        maps = [path for path in sorted(self.listed) if _GEO.fullmatch(path)]
        if self.scope is not Scope.ALL or not (maps or plan.boundaries):
            return
        from sozplan.repo.geo import atlas, undeclared

        for boundaries in plan.boundaries:
            _, faults = atlas(self.tree, plan, boundaries, self.limits)
            self.faults += faults
            self.files += boundaries.path in self.listed
        self.faults += undeclared(plan, maps)

    def documents(self, plan: Plan) -> Mapping[str, str | None]:
        paths = {d.path for d in plan.all(Document)}
        stamped = {file.resource for file in plan.all(EvidenceFile)}
        paths |= {f"indicators/{r.path}" for package in plan.packages for r in package.resources if r.name in stamped}
        return {path: self._digest(path) for path in sorted(paths)}

    def _digest(self, path: str) -> str | None:
        if path not in self.listed:
            return None
        try:
            return digest(self.tree.local(path))
        except (UnreadError, OSError):
            return None


def known_by(plan: Plan) -> Known:
    """What a table of figures may speak of."""
    keys = [unit.key for unit in plan.units] + [area.key for area in plan.social_areas if area.key]
    return Known({sheet.id: sheet for sheet in plan.indicators}, frozenset(keys), plan.muted)


def kind_of(path: str) -> type[Entity] | None:
    """What a file of that path holds; None where it is no planning file."""
    folder, _, name = path.rpartition("/")
    name = re.sub(r"\.yml$", ".yaml", name)
    if not name.endswith(".yaml"):
        return None
    exact = f"{folder}/{name}" if folder else name
    return KINDS.get(exact) or KINDS.get(f"{folder}/*.yaml")


_UNSET = Settings.model_validate(
    {
        "version": 1,
        "municipality": Municipality(name="–", key="0", kind="–", land="NW"),
        "levels": (Level(id="level", name="–"),),
    }
)
"""Stands in where sozplan.yaml can't be read, so that all else is still checked."""
