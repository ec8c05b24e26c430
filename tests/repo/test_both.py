"""Two states read together are what each is read alone; only the work is less."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from sozplan.diagnostics import Location
from sozplan.model.entity import walk
from sozplan.repo import Loaded, Tree, WorkTree, load
from sozplan.repo.both import load_both
from sozplan.repo.git import resolve
from sozplan.repo.revision import RevisionTree
from tests.conftest import GIT_ENVIRONMENT, PlanRepo
from tests.rules.harness import base

ENVIRON = {**os.environ, **GIT_ENVIRONMENT}
AREA, FIGURES, SHEET = (
    "plans/areas/hafen.yaml",
    "indicators/data/kennzahlen.csv",
    "indicators/catalogue/kita-quote.yaml",
)


def content(loaded: Loaded) -> tuple[object, ...]:
    """All that a reading came to, with the places."""
    roots = {path: (root.model_dump(), [e.at() for e in walk(root)]) for path, root in loaded.plan.roots.items()}
    resources = {name: each.model_dump() for name, each in (loaded.figures.resources or {}).items()}
    return (
        list(roots.items()), loaded.plan.muted, loaded.plan.texts, loaded.figures.cells, resources, loaded.documents,
        sorted((d.order for d in loaded.diagnostics), key=str), loaded.files,
    )  # fmt: skip


def revision(root: Path, name: str) -> RevisionTree:
    return RevisionTree(root, resolve(root, name, ENVIRON), ENVIRON)


EDITS: dict[str, dict[str, tuple[str, str]]] = {
    "nothing": {},
    "a plan": {AREA: ("value: 90.0", "value: 92.0")},
    "a broken plan": {AREA: ("area: hafen", "area: [hafen")},
    "a figure": {FIGURES: ("kita-quote;01;2019;1560;2000;78,0", "kita-quote;01;2019;1570;2000;78,5")},
    "a sheet that makes figures faulty": {SHEET: ("id: kita-quote", "id: kita-anteil")},
    "a unit that figures name": {"plans/territory/gebiete.yaml": ('key: "01"', 'key: "07"')},
    "how a table is written": {"indicators/datapackage.yaml": ('delimiter: ";"', 'delimiter: ","')},
    "settings": {"sozplan.yaml": ("residents: 150000", "residents: 1")},
    "a chapter": {"handbook/chapters/grundsaetze.md": ("\n", "\n\nNeu.\n")},
    "a proof": {"plans/documents/hafenkonferenz-2025-03-12.md": ("\n", "\n\nNeu.\n")},
}


@pytest.mark.parametrize("edits", EDITS.values(), ids=EDITS.keys())
@pytest.mark.parametrize("committed", [True, False])
def test_same_as_alone(plan_repo: PlanRepo, edits: dict[str, tuple[str, str]], committed: bool) -> None:
    files = base()
    root = plan_repo(files)
    changed = {path: files[path].replace(*edit, 1) for path, edit in edits.items()}
    assert all(files[path] != new for path, new in changed.items())
    for path, new in changed.items():
        (root / path).write_text(new, encoding="utf-8")
    if committed:
        plan_repo({})
    newest: Tree = revision(root, "HEAD") if committed else WorkTree(root)
    with revision(root, "HEAD~1" if committed else "HEAD") as old, newest as new_tree:
        both = load_both(old, new_tree)
        assert content(both.old) == content(load(old))
        assert content(both.new) == content(load(new_tree))
        assert both.same == files.keys() - changed.keys()
    shared = [path for path, root_ in both.new.plan.roots.items() if both.old.plan.roots.get(path) is root_]
    assert set(shared) == {path for path in both.new.plan.roots if path not in changed}


def test_line_ends_are_no_difference(plan_repo: PlanRepo) -> None:
    root = plan_repo(base())
    place = root / AREA
    place.write_bytes(place.read_bytes().replace(b"\n", b"\r\n"))
    with revision(root, "HEAD") as old, WorkTree(root) as new:
        assert AREA in load_both(old, new).same


def test_a_file_that_moved_is_read_at_its_new_place(plan_repo: PlanRepo) -> None:
    root = plan_repo(base())
    (root / AREA).rename(root / "plans/areas/anders.yaml")
    with revision(root, "HEAD") as old, WorkTree(root) as new:
        both = load_both(old, new)
    assert AREA in both.old.plan.roots
    assert AREA not in both.new.plan.roots
    assert both.old.plan.roots[AREA].at().location.file == AREA


def test_what_stands_in_a_file_of_both_states_and_in_another_is_found_in_both(plan_repo: PlanRepo) -> None:
    """The first file is read once, the second anew: its double is no new finding."""
    files = base()
    package, (head, row, *_) = "indicators/datapackage.yaml", files[FIGURES].splitlines()
    more = "  - {name: mehr, path: data/mehr.csv, dialect: {delimiter: ';'}}\n"
    root = plan_repo({**files, package: files[package] + more, "indicators/data/mehr.csv": f"{head}\n{row}\n"})
    (root / "indicators/data/mehr.csv").write_text(f"{head}\n{row}\n{row.replace('2019', '2012')}\n", encoding="utf-8")
    with revision(root, "HEAD") as old, WorkTree(root) as new:
        both = load_both(old, new)
    for side in (both.old, both.new):
        assert [(fault.code.id, fault.at) for fault in side.diagnostics] == [
            ("ind.duplicate-value", Location("indicators/data/mehr.csv", 2, 1))
        ]
