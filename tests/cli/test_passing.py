"""With area plans passed over, `check` finds what it finds without, after any sequence of edits."""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sozplan.cli.passing import Worth, checked
from sozplan.model.case import Case
from sozplan.repo import WorkTree, load
from sozplan.repo.cache.folder import Folder
from sozplan.repo.cache.kept import Kept
from sozplan.rules import Checked, check
from tests.cli.test_cache import EDITS
from tests.rules.harness import AS_OF, base, case_of, write
from tests.rules.test_by_plan import ROOT, with_twins

LATER = 10_000_000_000
ALWAYS = Worth(0, 0.0)


def _files() -> dict[str, str]:
    with tempfile.TemporaryDirectory() as name:
        return with_twins(base(), case_of(write(Path(name), base()))[0].plan)


FILES = _files()
PLANS = sorted(path for path in FILES if path.startswith("plans/areas/"))


class Runs:
    """One repository after another state, with the same cache."""

    def __init__(self, folder: Path) -> None:
        self.root, self.cache = write(folder / "planung", FILES), Folder(folder / "cache", folder, lambda: "1")

    def write(self, path: str, content: str) -> None:
        (self.root / path).write_text(content, encoding="utf-8")

    def warm(self, day: date = AS_OF) -> Checked:
        kept = Kept(self.cache, time.time_ns() + LATER)
        loaded = load(WorkTree(self.root), kept=kept)
        found = checked(Case(loaded.plan, loaded.figures, day, loaded.documents), loaded, kept, ALWAYS)
        kept.save()
        return found

    def cold(self, day: date = AS_OF) -> Checked:
        loaded = load(WorkTree(self.root))
        return check(Case(loaded.plan, loaded.figures, day, loaded.documents), loaded.diagnostics)

    def passed_over(self, mostly: float = 0.0) -> frozenset[str]:
        kept = Kept(self.cache, time.time_ns() + LATER)
        plan = load(WorkTree(self.root), kept=kept).plan
        known = kept.quiet({each.origin.file for each in plan.area_plans})
        return known.find(AS_OF, mostly) if known is not None else frozenset()


@contextmanager
def runs() -> Iterator[Runs]:
    folder = Path(tempfile.mkdtemp())
    try:
        yield Runs(folder)
    finally:
        shutil.rmtree(folder)


def told(found: Checked) -> list[list[tuple[Any, ...]]]:
    return [[(d.at, d.code.id, d.entity, d.severity, d.say("de"), d.say("en")) for d in each] for each in found]


Edit = tuple[str, Callable[[str, int], str], int]
_EDIT = st.tuples(st.sampled_from([*PLANS * 5, *FILES]), st.sampled_from(EDITS), st.integers(0, 100_000))


@settings(max_examples=30, deadline=None)
@given(steps=st.lists(st.tuples(st.lists(_EDIT, min_size=1, max_size=2), st.booleans()), min_size=1, max_size=5))
def test_after_any_edits(steps: list[tuple[list[Edit], bool]]) -> None:
    with runs() as now:
        assert told(now.warm()) == told(now.cold())
        for edits, is_undone in steps:
            for path, edit, at in edits:
                now.write(path, edit((now.root / path).read_text(encoding="utf-8"), at))
            assert told(now.warm()) == told(now.cold())
            for path, *_ in edits if is_undone else ():
                now.write(path, FILES[path])
        assert told(now.warm()) == told(now.cold())


def test_only_what_is_known_is_passed_over() -> None:
    with runs() as now:
        assert now.passed_over() == frozenset()
        now.warm()
        assert now.passed_over() == set(PLANS)
        one, *others = PLANS
        now.write(one, FILES[one].replace("statement: ", "statement: Neu, ", 1))
        assert now.passed_over() == set(others)
        assert now.passed_over(0.9) == frozenset(), "too few are left: all are looked through, and noted anew"
        now.write(one, FILES[one])
        assert now.passed_over() == set(PLANS)


@pytest.mark.parametrize("path", [path for path in FILES if path not in PLANS])
def test_nothing_is_known_beside_anything_else(path: str) -> None:
    with runs() as now:
        now.warm()
        now.write(path, FILES[path] + "\n")
        assert now.passed_over() == frozenset()


def test_nothing_is_known_of_another_day() -> None:
    with runs() as now:
        now.warm()
        day = AS_OF + timedelta(days=4000)
        assert told(now.warm(day)) == told(now.cold(day))


def test_a_plan_with_a_finding_is_looked_at_again() -> None:
    with runs() as now:
        now.write(PLANS[0], FILES[PLANS[0]].replace("title: ", "title: Von Erika Mustermann, erika@gmx.de, ", 1))
        first = told(now.warm())
        assert any(code == "org.personal-data" for _, code, *_ in first[0])
        assert now.passed_over() == set(PLANS[1:])
        assert told(now.warm()) == first


class Counting(WorkTree):
    """Notes which files are read."""

    def __init__(self, root: Path) -> None:
        super().__init__(root)
        self.seen: set[str] = set()

    def read(self, path: str) -> bytes:
        self.seen.add(path)
        return super().read(path)


@pytest.mark.parametrize("root", [ROOT, ROOT / "tests/examples/kreis", None], ids=["town", "kreis", "base"])
def test_area_plans_are_only_read_for_places_where_something_is_found(root: Path | None, tmp_path: Path) -> None:
    planned = root or write(tmp_path / "base", FILES)
    cache = Folder(tmp_path / "cache", planned, lambda: "1")
    load(WorkTree(planned), kept=(first := Kept(cache, time.time_ns() + LATER)))
    first.save()
    tree = Counting(planned)
    loaded = load(tree, kept=Kept(cache, time.time_ns() + LATER))
    found = check(Case(loaded.plan, loaded.figures, AS_OF, loaded.documents), loaded.diagnostics)
    named = {each.at.file for each in (*found.open, *found.waived)}
    assert {path for path in tree.seen if path.startswith("plans/areas/")} <= named


@pytest.mark.parametrize("body", [b"", b"null", b"[]", b'{"beside": 1}', b"[" * 100_000, b"\xff"])
def test_another_cache_is_no_cache(body: bytes) -> None:
    with runs() as now:
        assert now.cache.write("quiet", body)
        assert now.passed_over() == frozenset()
        assert told(now.warm()) == told(now.cold())
