"""One function for each reader: any bytes must pass, or be refused in words of ours; all else is a fault.

The first byte chooses what the rest is taken for (which kind of planning file, which profile, which command), so that
a fuzzer that knows nothing of it reaches all of them.
"""

from __future__ import annotations

import gc
import io
import json
import re
import shutil
import sys
from collections.abc import Callable, Mapping
from contextlib import redirect_stderr, redirect_stdout
from datetime import date
from decimal import Decimal
from functools import cached_property
from pathlib import Path

from sozplan.cli.app import run
from sozplan.diagnostics import Diagnostic, Text
from sozplan.model.case import Case
from sozplan.model.indicators import Indicator, Resource
from sozplan.model.profiles import ImportProfile
from sozplan.model.territory import Boundaries
from sozplan.render.findings import line
from sozplan.render.html import TemplateRefused
from sozplan.render.imports import as_text
from sozplan.render.markdown import Named, markdown, outline, passages, sections
from sozplan.render.resources import ResourceRefused, image
from sozplan.render.word.template import filled
from sozplan.repo import WorkTree, load, yaml
from sozplan.repo.edit.edited import EditedTree
from sozplan.repo.edit.page import Page
from sozplan.repo.edit.refusal import EditRefused
from sozplan.repo.edit.spelling import Value
from sozplan.repo.geo import atlas
from sozplan.repo.imports import Wishes, run_import
from sozplan.repo.journal import JOURNAL
from sozplan.repo.limits import LIMITS
from sozplan.repo.load import KINDS
from sozplan.repo.lock import Busy
from sozplan.repo.observations import Known, read_cells
from sozplan.repo.planning import WriteRefused, writing
from sozplan.repo.schema import validate
from sozplan.repo.store.question import Scope
from tests.fuzz import seeds
from tests.repo.imports.town import Town

Reader = Callable[[bytes], None]
DAY = date(2026, 10, 1)
CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029]")
_ACTIVE = re.compile(
    r"<(?:script|img|iframe|object|style|link)\b|\bon\w+=\"|href=\"(?!https?:|mailto:|#)", re.IGNORECASE
)
"""What no page may hold, whatever stands in a chapter."""
_SWEPT = 50
"""After so many calls what they left is thrown away."""
_OURS = ("base", "imports", "out", "m.xlsx")
_KINDS = tuple(KINDS.values())
_GEO = "indicators/geo/karte.geojson"


class Foreign(Exception):
    """A reader answered, but not as it should: a fault of its own kind, or a message that breaks a line."""


class Readers:
    """All readers, at work in a folder of their own; what they need is made at their first use."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._calls = 0

    def all(self) -> Mapping[str, Reader]:
        return {
            "yaml": self.yaml,
            "csv": self.csv,
            "parquet": self.parquet,
            "geojson": self.geojson,
            "import": self.delivery,
            "workbook": self.workbook,
            "returned": self.returned,
            "markdown": self.markdown,
            "picture": self.picture,
            "word": self.word,
            "edit": self.edit,
            "journal": self.journal,
            "program": self.program,
        }

    def yaml(self, data: bytes) -> None:
        """A planning file of any kind."""
        kind, content = _KINDS[_first(data) % len(_KINDS)], data[1:]
        document = yaml.read(content, "plans/x.yaml")
        _readable(document.diagnostics)
        if document.value is None:
            _demand(bool(document.diagnostics), "a file that says nothing has no fault")
            return
        found = validate(kind, document.value, content)
        if isinstance(found, tuple):
            _demand(bool(found), "a file without a value has no fault")
            _readable(found)

    def csv(self, data: bytes) -> None:
        """A table of figures."""
        dialect = {"delimiter": ";,\t|"[_first(data) % 4]}
        encoding = ("utf-8", "iso-8859-1", "windows-1252")[_first(data) // 4 % 3]
        resource = Resource.model_validate(
            {**seeds.RESOURCE, "dialect": dialect, "encoding": encoding, "path": "data/x.csv"}
        )
        _, faults = read_cells(io.BytesIO(data[1:]), "indicators/data/x.csv", resource, self._known)
        _readable(faults)

    def parquet(self, data: bytes) -> None:
        """A table of figures as DuckDB reads it."""
        path = "indicators/data/kennzahlen.parquet"
        package = self._base["indicators/datapackage.yaml"]
        package = package.replace(b"kennzahlen.csv", b"kennzahlen.parquet\n    format: parquet")
        contents = {path: data, "indicators/datapackage.yaml": package}
        with EditedTree(self._repository, contents) as tree:
            _readable(load(tree, scope=Scope.ALL, as_of=DAY).diagnostics)

    def geojson(self, data: bytes) -> None:
        """Borders of areas."""
        with EditedTree(self._repository, {_GEO: data}) as tree:
            shapes, faults = atlas(tree, self._case.plan, self._boundaries)
        _readable(faults)
        _demand(bool(shapes.shapes or faults), "a map that shows nothing has no fault")

    def delivery(self, data: bytes) -> None:
        """A supplier's table, by each kind of profile."""
        names = sorted(seeds.PROFILES)
        self._imported(names[_first(data) % len(names)], data[1:])

    def workbook(self, data: bytes) -> None:
        """An Excel file one part of which says something else, or any bytes at all."""
        choice = _first(data) % (len(seeds.PARTS) + 1)
        content = data[1:]
        if choice < len(seeds.PARTS):
            content = seeds.with_part(seeds.workbook(), seeds.PARTS[choice], content)
        self._imported("workbook", content)

    def returned(self, data: bytes) -> None:
        """A workbook that an office filled in, one part of which says something else, or any bytes at all."""
        parts = seeds.parts(seeds.table())
        choice = _first(data) % (len(parts) + 1)
        content = data[1:]
        if choice < len(parts):
            content = seeds.with_part(seeds.table(), parts[choice], content)
        place = self._repository.parent / "m.xlsx"
        place.write_bytes(content)
        self._called(["apply", str(place), "--dry-run"])

    def markdown(self, data: bytes) -> None:
        """A chapter with references."""
        source = data.decode("utf-8", "replace")
        known = {"a": Named("Ä<b>", "a"), "hafen": Named("Hafen", None)}
        for resolve in (None, known.get):
            html = markdown(source, anchor="k", resolve=resolve)
            found = _ACTIVE.search(html)
            _demand(found is None, f"{found}")
            outline(source, anchor="k", resolve=resolve)
            passages(source, resolve=resolve)
        sections(source, anchor="k")

    def picture(self, data: bytes) -> None:
        """A logo."""
        name = ("logo.svg", "logo.png", "logo.jpg")[_first(data) % 3]
        try:
            image(name, data[1:])
        except ResourceRefused as refused:
            _told(refused.text)

    def word(self, data: bytes) -> None:
        """A template of Word one part of which says something else, or any bytes at all."""
        choice = _first(data) % (len(seeds.WORD_PARTS) + 1)
        content = data[1:]
        if choice < len(seeds.WORD_PARTS):
            content = seeds.with_part(seeds.word(), seeds.WORD_PARTS[choice], content)
        try:
            filled(content, {"title": "Vorlage <1>", "municipality": "Stadt {{ 7*191 }}"}, "de")
        except TemplateRefused as refused:
            _told(refused.text)

    def edit(self, data: bytes) -> None:
        """A planning file in which each kind of edit is tried: it holds what was meant, or the file stays."""
        try:
            page = Page("plans/areas/x.yaml", data[1:])
        except EditRefused as refused:
            _told(refused.text)
            return
        _demand(page.data == data[1:], "a file that nobody changed has changed")
        for key in list(page.said)[:4]:
            value = page.said[key]
            for path in ((key,), (key, 0), (key, *list(value)[:1])) if isinstance(value, dict | list) else ((key,),):
                self._tried(data[1:], path, _first(data))

    def journal(self, data: bytes) -> None:
        """What a killed writer left, as it lies in a repository of somebody else."""
        root = self.folder / "killed"
        (root / "plans").mkdir(parents=True, exist_ok=True)
        (root / "sozplan.yaml").write_bytes(b"version: 1\n")
        place = root / JOURNAL
        if data[:1] == b"{" or _first(data) % 2:
            place.write_bytes(data)
        else:
            place.write_text(json.dumps({data[1:].decode("utf-8", "replace"): {"before": None, "content": ""}}))
        try:
            with writing(root, 0):
                pass
        except WriteRefused as refused:
            _told(refused.text)
        except (Busy, OSError) as error:
            _demand(isinstance(error, OSError), "nobody else writes here")
        finally:
            outside = [each for each in self.folder.iterdir() if each.name not in ("killed", *_OURS)]
            shutil.rmtree(root)
        _demand(not outside, f"written outside: {outside}")

    def program(self, data: bytes) -> None:
        """Any file of a repository, and the whole program on it."""
        paths = sorted(path for path in self._base if not path.startswith("plans/documents/"))
        path = paths[_first(data) % len(paths)]
        command = seeds.COMMANDS[_first(data[1:]) % len(seeds.COMMANDS)]
        place = self._repository / path
        place.write_bytes(data[2:])
        out = self.folder / "out"
        try:
            self._called([part.replace("{out}", str(out)) for part in command])
        finally:
            place.write_bytes(self._base[path])
            shutil.rmtree(out, ignore_errors=True)

    def _swept(self) -> None:
        """Each call leaves rings of objects, since a process makes one only: of thousands, the memory would be full."""
        self._calls += 1
        if self._calls % _SWEPT == 0:
            gc.unfreeze()
            gc.collect()

    def _called(self, command: list[str]) -> None:
        self._swept()
        said, complained = io.TextIOWrapper(io.BytesIO(), "utf-8"), io.TextIOWrapper(io.BytesIO(), "utf-8")
        with redirect_stdout(said), redirect_stderr(complained):
            code = run([command[0], "-C", str(self._repository), "--as-of", "2026-10-01", "--debug", *command[1:]])
        complained.flush()
        told = complained.buffer.getvalue().decode()
        _demand(code in (0, 1, 2, 3), f"{' '.join(command)} ended with {code}:\n{told}")
        _demand("Traceback" not in told, told)

    # What they need

    @cached_property
    def _base(self) -> Mapping[str, bytes]:
        return seeds.base()

    @cached_property
    def _repository(self) -> Path:
        root = self.folder / "base"
        for path, content in {**self._base, _GEO: seeds.MAP}.items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_bytes(content)
        territory = root / "plans/territory/gebiete.yaml"
        territory.write_bytes(territory.read_bytes() + seeds.BOUNDARIES)
        return root

    @cached_property
    def _case(self) -> Case:
        loaded = load(WorkTree(self._repository), as_of=DAY)
        return Case(loaded.plan, loaded.figures, DAY, loaded.documents)

    @property
    def _boundaries(self) -> Boundaries:
        return self._case.plan.boundaries[0]

    @cached_property
    def _known(self) -> Known:
        sheets = {sheet.id: sheet for sheet in self._case.plan.all(Indicator)}
        return Known(sheets, frozenset(unit.key for unit in self._case.plan.units))

    @cached_property
    def _importing(self) -> tuple[Path, Case]:
        town = Town(self.folder / "imports", ["01001", "05111", "0404", "BV01", "1", "2", "01", "02"])
        for name, profile in seeds.PROFILES.items():
            town.profile(profile, name)
        loaded = town.loaded()
        _demand(not loaded.diagnostics, str(loaded.diagnostics))
        return town.root, Case(loaded.plan, loaded.figures, DAY, loaded.documents)

    def _imported(self, profile: str, content: bytes) -> None:
        self._swept()
        root, case = self._importing
        place = root.parent / "lieferung.csv"
        place.write_bytes(content)
        how = case.plan.find(profile, ImportProfile)
        assert how is not None
        account = run_import(root, case, how, Wishes(place, dry_run=True), LIMITS)
        for lang in ("de", "en"):
            told = as_text(account, lang, dry_run=True)
            _demand(not CONTROL.search(told), repr(told))

    def _tried(self, content: bytes, path: tuple[str | int, ...], choice: int) -> None:
        news: tuple[Value, ...] = ("Neu: „x“ # 1", 12, Decimal("1.5"), True, "no", "", "01", "2024-01-01")
        new = news[choice % len(news)]
        for edit in ("set", "append", "remove"):
            page = Page("plans/areas/x.yaml", content)
            before = page.data
            try:
                if edit == "set" and page.at(path) is not None:
                    shape = page.value(path)
                    page.set(path, [new] if isinstance(shape, list) else {"v": new} if isinstance(shape, dict) else new)
                elif edit == "append" and isinstance(page.value(path), list):
                    page.append(path, new)
                elif edit == "remove" and page.at(path) is not None:
                    page.remove(path)
            except EditRefused as refused:
                _told(refused.text)
                _demand(page.data == before, "an edit was refused, but something was written")
            _readable(yaml.read(page.data, "plans/areas/x.yaml").diagnostics, most=0)


def _first(data: bytes) -> int:
    return data[0] if data else 0


def _demand(holds: bool, what: str) -> None:
    if not holds:
        raise Foreign(what)


def _readable(found: tuple[Diagnostic, ...], most: int | None = None) -> None:
    """Each can be said in both languages on a line of its own, by any terminal."""
    _demand(most is None or len(found) <= most, f"{[each.say('en') for each in found]}")
    for each in found:
        for lang in ("de", "en"):
            _plain(line(each, lang))
        _demand(each.at.line >= 0 and each.at.column >= 0, f"{each}")


def _told(message: Text) -> None:
    for said in message:
        _plain(said)


def _plain(said: str) -> None:
    _demand(not CONTROL.search(said) and "\n" not in said, repr(said))
    said.encode()


def main(name: str, path: str) -> None:
    """`python -m tests.fuzz.readers NAME FILE`: one case once more."""
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        Readers(Path(folder)).all()[name](Path(path).read_bytes())


if __name__ == "__main__":
    main(*sys.argv[1:])
