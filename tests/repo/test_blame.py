"""The commit of a line, also where the work tree has moved on."""

from __future__ import annotations

from pathlib import Path

from sozplan.diagnostics import Location
from sozplan.repo.blame import commits_of
from sozplan.repo.git import resolve
from sozplan.repo.tree import WorkTree
from tests.conftest import PlanRepo

FILE = "indicators/data/werte.csv"
SETTINGS = {"sozplan.yaml": "version: 1\n"}


def of(root: Path, *lines: int, file: str = FILE) -> list[str | None]:
    places = [Location(file, line, 1) for line in lines]
    found = commits_of(root, resolve(root, "HEAD"), WorkTree(root), places)
    return [found[place] for place in places]


def twice(plan_repo: PlanRepo) -> tuple[Path, str, str]:
    """Line 2 comes from the first commit, line 3 from the second."""
    root = plan_repo({**SETTINGS, FILE: "kopf\neins\nzwei\ndrei\n"})
    first = resolve(root, "HEAD")
    plan_repo({FILE: "kopf\neins\nZWEI\ndrei\n"})
    return root, first, resolve(root, "HEAD")


def test_each_line_names_the_commit_that_brought_it(plan_repo: PlanRepo) -> None:
    root, first, second = twice(plan_repo)
    assert of(root, 2, 3, 4) == [first, second, first]


def test_what_is_not_committed_has_none(plan_repo: PlanRepo) -> None:
    root, first, second = twice(plan_repo)
    (root / FILE).write_bytes(b"neu\nkopf\neins\nZWEI\nvier\ndrei\n")
    assert of(root, 1, 2, 3, 4, 5, 6) == [None, first, first, second, None, first]
    (root / "indicators/data/neu.csv").write_bytes(b"kopf\n")
    assert of(root, 1, file="indicators/data/neu.csv") == [None]


def test_lines_that_read_alike_are_not_taken_for_each_other(plan_repo: PlanRepo) -> None:
    root = plan_repo({**SETTINGS, FILE: "kopf\ngleich\nmitte\ngleich\nende\n"})
    (root / FILE).write_bytes(b"Kopf\ngleich\nMitte\ngleich\nEnde\n")
    assert of(root, 2, 4) == [None, None]


def test_other_line_ends_are_no_change(plan_repo: PlanRepo) -> None:
    root, first, second = twice(plan_repo)
    (root / FILE).write_bytes(b"kopf\r\neins\r\nZWEI\r\ndrei\r\n")
    assert of(root, 2, 3) == [first, second]


def test_a_file_of_ignored_revisions_hides_nothing(plan_repo: PlanRepo) -> None:
    root, _, second = twice(plan_repo)
    (root / "ignoriert").write_text(f"{second}\n", encoding="ascii")
    config = root / ".git/config"
    config.write_text(f"{config.read_text('utf-8')}[blame]\n\tignoreRevsFile = ignoriert\n", encoding="utf-8")
    assert of(root, 3) == [second]


def test_a_repository_below_gits_own_is_read_by_its_own_paths(plan_repo: PlanRepo) -> None:
    root = plan_repo({f"stadt/{name}": content for name, content in {**SETTINGS, FILE: "kopf\neins\n"}.items()})
    assert of(root / "stadt", 2) == [resolve(root, "HEAD")]
