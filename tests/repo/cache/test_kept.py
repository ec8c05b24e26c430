"""Which files are known without being read, and that nothing else follows from it."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path

import pytest

from sozplan.model.entity import Entity, walk
from sozplan.repo import Loaded, WorkTree, load
from sozplan.repo.cache.folder import Folder
from sozplan.repo.cache.kept import Kept
from tests.cli.repository import AREA, Repository

LATER = 10_000_000_000
"""Nanoseconds after which a file that was just written has settled."""


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return Repository(tmp_path / "planung")


@pytest.fixture
def folder(repository: Repository, tmp_path: Path) -> Folder:
    return Folder(tmp_path / "cache", repository.root, lambda: "1")


def read(repository: Repository, folder: Folder, after: int = LATER) -> tuple[Loaded, Kept]:
    kept = Kept(folder, time.time_ns() + after)
    found = load(WorkTree(repository.root), kept=kept)
    kept.save()
    return found, kept


def same(found: Loaded, repository: Repository) -> bool:
    """Values and places of everything, and what was found wrong, as if nothing had been kept."""
    fresh = load(WorkTree(repository.root))
    places = [
        [
            (entity.at(), {name: entity.origin.locate(name) for name in entity.__dict__})
            for entity in loaded.plan.entities
        ]
        for loaded in (found, fresh)
    ]
    return (
        places[0] == places[1]
        and [root.model_dump() for root in found.plan.roots.values()]
        == [root.model_dump() for root in fresh.plan.roots.values()]
        and list(found.plan.roots) == list(fresh.plan.roots)
        and (found.diagnostics, found.files, found.plan.muted) == (fresh.diagnostics, fresh.files, fresh.plan.muted)
    )


def places_of(entity: Entity) -> tuple[object, ...]:
    return entity.at(), *(entity.origin.locate(name) for name in entity.__dict__)


def test_unchanged_files_are_known_with_all_their_places(repository: Repository, folder: Folder) -> None:
    first, kept = read(repository, folder)
    assert kept.unchanged == 0
    second, kept = read(repository, folder)
    assert kept.unchanged == len(first.plan.roots) == len(second.plan.roots) > 10
    assert same(second, repository)


def test_a_changed_file_is_read_and_the_others_are_not(repository: Repository, folder: Folder) -> None:
    first, _ = read(repository, folder)
    repository.edit(AREA, ("title: ", "title: Neuer "))
    second, kept = read(repository, folder)
    assert kept.unchanged == len(first.plan.roots) - 1
    assert same(second, repository)
    third, kept = read(repository, folder)
    assert kept.unchanged == len(first.plan.roots)
    assert same(third, repository)


def test_a_change_shows_with_the_same_size_and_time(repository: Repository, folder: Folder) -> None:
    """The number of the file or the time of its last change tells."""
    read(repository, folder)
    place = repository.root / AREA
    before = place.stat()
    content = repository.read(AREA)
    repository.write(AREA, content.replace("2026", "2027", 1))
    os.utime(place, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert (place.stat().st_size, place.stat().st_mtime_ns) == (before.st_size, before.st_mtime_ns)
    assert same(read(repository, folder)[0], repository)


def test_what_was_changed_at_the_very_moment_is_looked_at_again(repository: Repository, folder: Folder) -> None:
    """As if the clock of the disk had not moved on: such files are never known by their times."""
    first, _ = read(repository, folder, after=0)
    _, kept = read(repository, folder)
    assert kept.unchanged == 0
    _, kept = read(repository, folder)
    assert kept.unchanged == len(first.plan.roots)


def test_a_touched_file_says_the_same(repository: Repository, folder: Folder) -> None:
    first, _ = read(repository, folder)
    (repository.root / AREA).touch()
    second, kept = read(repository, folder)
    assert kept.unchanged == len(first.plan.roots) - 1
    assert same(second, repository)
    assert read(repository, folder)[1].unchanged == len(first.plan.roots)


def test_deleted_renamed_and_new_files(repository: Repository, folder: Folder) -> None:
    read(repository, folder)
    repository.move(AREA, "plans/areas/anders.yaml")
    assert same(read(repository, folder)[0], repository)
    assert same(read(repository, folder)[0], repository)
    repository.move("plans/areas/anders.yaml", AREA)
    assert same(read(repository, folder)[0], repository)
    (repository.root / AREA).unlink()
    assert same(read(repository, folder)[0], repository)


def test_files_with_faults_are_read_each_time(repository: Repository, folder: Folder) -> None:
    read(repository, folder)
    repository.edit(AREA, ("title: ", "titel: "))
    first, _ = read(repository, folder)
    second, kept = read(repository, folder)
    assert first.diagnostics
    assert kept.unchanged == len(second.plan.roots)
    assert same(first, repository)
    assert same(second, repository)


def test_links_are_read_each_time(repository: Repository, folder: Folder) -> None:
    repository.move(AREA, "plans/documents/hafen.txt")
    (repository.root / AREA).symlink_to("../documents/hafen.txt")
    read(repository, folder)
    repository.edit("plans/documents/hafen.txt", ("title: ", "title: Neuer "))
    second, kept = read(repository, folder)
    assert kept.unchanged == len(second.plan.roots) - 1
    assert same(second, repository)


def test_a_file_that_changes_after_it_was_recognised_has_its_findings_at_the_top(
    repository: Repository, folder: Folder
) -> None:
    read(repository, folder)
    found, _ = read(repository, folder)
    repository.write(AREA, "id: etwas-anderes\n")
    assert {entity.at("id").location for entity in walk(found.plan.roots[AREA])} == {(AREA, 1, 1)}


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"null",
        b"[]",
        b"{}",
        b'["", [], []]',
        b'["", [], [[], [], [], []]]',
        b'["", [["sozplan.yaml", "x", 1, 2, 3, 4]], [[["Settings"]], [[0]], [[]], [1]]]',
        b'["", [["sozplan.yaml", "x", 1, 2, 3, 4]], [[["Popen"]], [[0]], [[]], [1]]]',
        b'["", [["sozplan.yaml", "x", 1, 2, 3, 4]], [[["Settings", "tNichts:version"]], [[0]], [["x"]], [1]]]',
        b'["", [["sozplan.yaml", "x", 1, 2, 3, 4]], [[["Settings", "d:version"]], [[0]], [["morgen"]], [1]]]',
        b'["", [["sozplan.yaml", "x", 1, 2, 3, 4]], [[["Settings", "n:version"]], [[0]], [["viel"]], [1]]]',
        b'["", [["sozplan.yaml", "x", 1, 2, 3, 4]], [[["Settings", "e:version"]], [[0]], [[99]], [1]]]',
        b'["", [["sozplan.yaml", "x"]], [[["Settings", "e:version"]], [[7]], [[0]], [1]]]',
        b"[" * 100_000,
        b'["' + b"a" * 40 + b'", [], [[], [], [], []]]',
    ],
)
@pytest.mark.parametrize("name", ["files", "recent"])
def test_lists_that_nobody_folded_are_of_no_use(repository: Repository, folder: Folder, body: bytes, name: str) -> None:
    read(repository, folder)
    folder.write(name, body.replace(b'"Settings"', b'"sozplan.model.settings.Settings"'))
    found, _ = read(repository, folder)
    assert same(found, repository)
    assert same(read(repository, folder)[0], repository)


def test_few_changes_are_written_beside_the_rest(repository: Repository, folder: Folder) -> None:
    read(repository, folder)
    whole = (folder.path / "files").stat()
    for i in range(3):
        repository.edit(AREA, ("title: ", f"title: {i}"))
        read(repository, folder)
    assert (folder.path / "files").stat().st_mtime_ns == whole.st_mtime_ns
    recent = json.loads(folder.read("recent") or b"")
    assert [path for path, *_ in recent[1]] == [AREA]


def test_two_runs_at_once_only_know_less(repository: Repository, folder: Folder) -> None:
    """The second writes everything anew between the first one's reading and writing."""
    read(repository, folder)
    first = Kept(folder, time.time_ns() + LATER)
    repository.edit(AREA, ("title: ", "title: Neuer "))
    load(WorkTree(repository.root), kept=first)
    folder.write("files", b"damaged")
    read(repository, folder)
    first.save()
    found, kept = read(repository, folder)
    assert kept.unchanged == len(found.plan.roots)
    assert same(found, repository)


def test_observations_are_never_kept(repository: Repository, folder: Folder) -> None:
    read(repository, folder)
    kept = json.loads(folder.read("files") or b"")
    assert list((repository.root / "indicators/data").glob("*.csv"))
    assert {path for path, *_ in kept[1]} == {
        path.relative_to(repository.root).as_posix() for path in repository.root.rglob("*.yaml")
    }
