"""`check`: every format from one check, and `--since`."""

from __future__ import annotations

import json
import shutil
from collections import Counter

import pytest

from sozplan.cli.check import Format
from tests.cli.repository import AREA, Repository, Said, Sozplan
from tests.conftest import git

WAIVER = """\
waivers:
  - id: ausnahme-hafen
    rule: ref.unknown
    entity: hafen-m1
    reason: Der Verein wird im Mai gegründet.
    role: sozialplanung
    expires: 2027-05-31
"""
EXECUTING = ("executing: [hafentreff-ev]", "executing: [hafentref-ev]")
OTHER = ("responsible: amt-51", "responsible: amt-15")


def rules(said: Said) -> list[str]:
    return [each["rule"] for each in json.loads(said.out)["diagnostics"]]


def since(sozplan: Sozplan, rev: str = "HEAD", *more: str) -> list[str]:
    return rules(sozplan("check", "--format", "json", "--since", rev, *more))


@pytest.mark.parametrize("format", list(Format))
def test_every_format_says_the_same_twice_and_in_another_folder(
    repository: Repository, sozplan: Sozplan, tmp_path_factory: pytest.TempPathFactory, format: Format
) -> None:
    repository.edit(AREA, EXECUTING)
    first = sozplan("check", "--format", format.value)
    assert first.code == 1
    assert "ref.unknown" in first.out
    again = sozplan("check", "--format", format.value)
    copy = tmp_path_factory.mktemp("copy") / "town"
    shutil.copytree(repository.root, copy)
    elsewhere = sozplan("check", "--format", format.value, "-C", str(copy))
    assert (first.out, first.err) == (again.out, again.err) == (elsewhere.out, elsewhere.err)
    assert str(repository.root) not in first.out


@pytest.mark.parametrize("format", ["gitlab", "sarif", "junit"])
def test_reports_without_room_for_a_summary_have_it_beside_them(sozplan: Sozplan, format: str) -> None:
    said = sozplan("check", "--format", format, "--since", "HEAD")
    summary, older = said.err.splitlines()
    assert summary.endswith(": 0 Fehler, 0 Warnungen, 0 Hinweise, 0 ausgenommen.")
    assert older.startswith("Nur was seit HEAD (")


def test_paths_start_at_the_top_of_the_repository(
    repository: Repository, sozplan: Sozplan, tmp_path_factory: pytest.TempPathFactory
) -> None:
    repository.edit(AREA, EXECUTING)
    top = tmp_path_factory.mktemp("top")
    root = top / "amt/planung"
    shutil.copytree(repository.root, root, ignore=shutil.ignore_patterns(".git"))
    git(top, "init", "--quiet")
    assert f"::error file=amt/planung/{AREA},line=" in sozplan("check", "--format", "github", "-C", str(root)).out
    assert sozplan("check", "-C", str(root)).out.startswith(f"{AREA}:")


def test_only_what_a_change_brought(repository: Repository, sozplan: Sozplan) -> None:
    repository.edit(AREA, EXECUTING)
    old = repository.commit()
    repository.edit(AREA, OTHER)
    every, new = sozplan("check"), sozplan("check", "--since", "HEAD")
    assert Counter(every.out.splitlines()[:-1]) > Counter(new.out.splitlines()[:-2])
    assert "amt-15" in new.out
    assert "hafentref-ev" not in new.out
    older = len(every.out.splitlines()) - len(new.out.splitlines()) + 1
    word = "älterer Befund" if older == 1 else "ältere Befunde"
    assert new.out.splitlines()[-1] == f"Nur was seit HEAD ({old[:10]}) dazukam; {older} {word} weggelassen."


def test_nothing_new_is_success(repository: Repository, sozplan: Sozplan) -> None:
    repository.edit(AREA, EXECUTING)
    repository.commit()
    assert sozplan("check").code == 1
    assert sozplan("check", "--since", "HEAD").code == 0
    assert sozplan("check", "--since", "HEAD~1").code == 1


def test_lines_and_files_move_without_a_new_finding(repository: Repository, sozplan: Sozplan) -> None:
    repository.edit(AREA, EXECUTING)
    repository.write("plans/areas/kaputt.yaml", "id: kaputt\n  a: b: c\n")
    repository.commit()
    assert since(sozplan, "HEAD~1")
    repository.write(AREA, "# oben\n" + repository.read(AREA))
    repository.move(AREA, "plans/areas/anderer-name.yaml")
    repository.move("plans/areas/kaputt.yaml", "plans/areas/auch-kaputt.yaml")
    assert since(sozplan) == []
    repository.commit()
    assert since(sozplan, "HEAD~1", "--rev", "HEAD") == []


def test_between_two_commits_the_work_tree_does_not_count(repository: Repository, sozplan: Sozplan) -> None:
    repository.edit(AREA, EXECUTING)
    repository.commit()
    repository.edit(AREA, OTHER)
    assert since(sozplan, "HEAD~1", "--rev", "HEAD", "--select", "ref.unknown") == ["ref.unknown"]


def test_a_waiver_is_itself_new_once(repository: Repository, sozplan: Sozplan) -> None:
    repository.edit(AREA, EXECUTING)
    repository.commit()
    repository.write("plans/waivers.yaml", WAIVER)
    said = sozplan("check", "--since", "HEAD", "--select", "ref.unknown")
    assert said.out.splitlines()[0].split(": ", 1)[1].startswith("ausgenommen ref.unknown ")
    repository.commit()
    again = sozplan("check", "--since", "HEAD", "--select", "ref.unknown")
    assert again.out.splitlines()[-1].endswith("; 1 älterer Befund weggelassen.")
    repository.write("plans/waivers.yaml", "waivers: []\n")
    assert since(sozplan, "HEAD", "--select", "ref.unknown") == ["ref.unknown"]


def test_selection_holds_on_both_sides(repository: Repository, sozplan: Sozplan) -> None:
    repository.edit(AREA, EXECUTING)
    repository.commit()
    repository.edit(AREA, OTHER)
    assert since(sozplan, "HEAD", "--ignore", "ref.unknown", "--select", "ref") == []


@pytest.mark.parametrize(
    ("rev", "code", "said"),
    [
        ("weg", 3, "sozplan: Die Revision „weg“ gibt es in diesem Repository nicht.\n"),
        ("--output=x", 2, "sozplan: „--output=x“ ist keine Revision. Möglich sind Zweig, Marke oder Commit-Nummer.\n"),
        ("HEAD..main", 2, "sozplan: „HEAD..main“ ist keine Revision. Möglich sind Zweig, Marke oder Commit-Nummer.\n"),
    ],
)
@pytest.mark.parametrize("option", ["--since", "--rev"])
def test_what_is_no_revision(
    repository: Repository, sozplan: Sozplan, option: str, rev: str, code: int, said: str
) -> None:
    found = sozplan("check", f"{option}={rev}")
    assert (found.code, found.out, found.err) == (code, "", said)
    assert not (repository.root / "x").exists()


def test_a_shallow_clone_says_what_to_do(
    repository: Repository, sozplan: Sozplan, tmp_path_factory: pytest.TempPathFactory
) -> None:
    old = repository.commit()
    repository.commit("2026-02-01")
    clone = tmp_path_factory.mktemp("clone") / "town"
    git(repository.root, "clone", "--quiet", "--depth=1", repository.root.as_uri(), str(clone))
    said = sozplan("check", "--since", old, "-C", str(clone))
    assert (said.code, said.out, said.err) == (
        3,
        "",
        f"sozplan: Die Revision „{old}“ fehlt, denn das Repository enthält nur die letzten Commits. "
        "Holen Sie die ganze Geschichte: „git fetch --unshallow“, in der CI „fetch-depth: 0“.\n",
    )
    assert sozplan("check", "-C", str(clone)).code == 0
