"""Revisions and hostile repositories, with real git."""

from __future__ import annotations

import os
import stat
import subprocess
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from sozplan.repo import load
from sozplan.repo.git import (
    BadRevision,
    GitError,
    GitMissing,
    GitRefused,
    NoSuchRevision,
    NotARepository,
    command,
    environment,
    resolve,
)
from sozplan.repo.provenance import Provenance, provenance
from sozplan.repo.revision import RevisionTree
from tests.conftest import GIT_ENVIRONMENT, PlanRepo, git

BASE = Path(__file__).resolve().parent.parent / "examples/base"
ENVIRON = {**os.environ, **GIT_ENVIRONMENT}
FILES = {"plans/a.yaml": "id: a\n", "sozplan.yaml": "id: s\n"}


def said(root: Path, *arguments: str) -> str:
    return subprocess.run(["git", "-C", root, *arguments], check=True, capture_output=True, text=True).stdout.strip()


@pytest.fixture
def root(plan_repo: PlanRepo) -> Path:
    return plan_repo(FILES)


@pytest.mark.parametrize("revision", ["HEAD", "main", "HEAD~0", "HEAD^{}", "v1", "refs/heads/main", "@", "zweig-für-ä"])
def test_revision_is_found(root: Path, revision: str) -> None:
    git(root, "tag", "--annotate", "--message=Beschluss", "v1")
    git(root, "branch", "zweig-für-ä")
    assert resolve(root, revision, ENVIRON) == said(root, "rev-parse", "HEAD")


def test_full_and_short_id(root: Path) -> None:
    sha = said(root, "rev-parse", "HEAD")
    assert resolve(root, sha, ENVIRON) == resolve(root, sha[:8], ENVIRON) == sha


@pytest.mark.parametrize(
    "revision",
    ["", "-x", "--output=x", "--all", "HEAD..main", "a...b", ":plans/a.yaml", "HEAD:plans", "@{-1}", "HEAD\nmain",
     "HEAD main", "HEAD\0", ":/Stand", "HEAD^{/Stand}", "^HEAD", "a?", "a*", "a[b", "a\\b", "x" * 251, "\udcff"],
)  # fmt: skip
def test_what_is_no_revision(root: Path, revision: str) -> None:
    with pytest.raises(BadRevision) as caught:
        resolve(root, revision, ENVIRON)
    assert caught.value.text.de.endswith("ist keine Revision. Möglich sind Zweig, Marke oder Commit-Nummer.")
    assert not (root / "x").exists()


def test_unknown_revision(root: Path) -> None:
    with pytest.raises(NoSuchRevision) as caught:
        resolve(root, "v9", ENVIRON)
    assert caught.value.text.de == "Die Revision „v9“ gibt es in diesem Repository nicht."


def test_tree_or_blob_is_no_commit(root: Path) -> None:
    for name in ("HEAD^{tree}", said(root, "rev-parse", "HEAD:plans/a.yaml")):
        with pytest.raises(GitError):
            resolve(root, name, ENVIRON)


def test_shallow_clone_says_how_to_get_the_rest(root: Path, tmp_path: Path, plan_repo: PlanRepo) -> None:
    old = said(root, "rev-parse", "HEAD")
    plan_repo({"plans/b.yaml": "id: b\n"})
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "--quiet", "--depth=1", root.as_uri(), str(clone))
    with pytest.raises(NoSuchRevision) as caught:
        resolve(clone, old, ENVIRON)
    assert caught.value.text.de == (
        f"Die Revision „{old}“ fehlt, denn das Repository enthält nur die letzten Commits. "
        "Holen Sie die ganze Geschichte: „git fetch --unshallow“, in der CI „fetch-depth: 0“."
    )
    with RevisionTree(clone, resolve(clone, "HEAD", ENVIRON), ENVIRON) as tree:
        assert tree.read("plans/b.yaml") == b"id: b\n"


def test_no_repository(tmp_path: Path) -> None:
    with pytest.raises(NotARepository) as caught:
        resolve(tmp_path, "HEAD", {**ENVIRON, "GIT_CEILING_DIRECTORIES": str(tmp_path.parent)})
    assert caught.value.text.de == "Der Ordner liegt in keinem Git-Repository; frühere Stände gibt es hier nicht."
    assert provenance(tmp_path, environ=ENVIRON) is None


def test_no_commit_yet(tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet")
    with pytest.raises(NoSuchRevision):
        resolve(tmp_path, "HEAD", ENVIRON)
    assert provenance(tmp_path, environ=ENVIRON) is None


def test_without_git(root: Path, tmp_path: Path) -> None:
    nowhere = {"PATH": str(tmp_path / "empty")}
    with pytest.raises(GitMissing) as caught:
        resolve(root, "HEAD", nowhere)
    assert caught.value.text.en == "The program git is not installed; without it only the work tree can be read."
    assert provenance(root, environ=nowhere) is None


def test_bare_repository_is_refused_in_gits_words(root: Path, tmp_path: Path) -> None:
    git(tmp_path, "clone", "--quiet", "--bare", str(root), "bare")
    with pytest.raises(GitRefused) as caught:
        resolve(tmp_path / "bare", "HEAD", ENVIRON)
    assert caught.value.text.de.startswith("Git lehnt diesen Ordner ab: fatal: cannot use bare repository")


def test_foreign_owner_is_refused_in_gits_words(root: Path) -> None:
    """Git lets its tests pretend another owner."""
    strange = {**ENVIRON, "GIT_TEST_ASSUME_DIFFERENT_OWNER": "1"}
    with pytest.raises(GitRefused) as caught:
        resolve(root, "HEAD", strange)
    assert caught.value.text.de.startswith("Git lehnt diesen Ordner ab: fatal: detected dubious ownership")
    assert provenance(root, environ=strange) is None


def trap(root: Path) -> Path:
    """A program that leaves a trace, set wherever a repository can set one."""
    trace = root.parent / "trace"
    program = root / ".git/trap"
    program.write_text(f'#!/bin/sh\necho "$0 $*" >> {trace}\ncat\n')
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    for name in ("core.fsmonitor", "diff.external", "core.pager", "core.sshCommand", "gpg.program", "core.editor"):
        git(root, "config", name, str(program))
    git(root, "config", "log.showSignature", "true")
    git(root, "config", "filter.evil.clean", str(program))
    git(root, "config", "filter.evil.smudge", str(program))
    git(root, "config", "diff.evil.textconv", str(program))
    (root / ".git/info/attributes").write_text("* filter=evil diff=evil\n")
    hooks = root / ".git/hooks"
    hooks.mkdir(exist_ok=True)
    for hook in ("post-index-change", "post-checkout", "pre-auto-gc", "reference-transaction", "fsmonitor-watchman"):
        (hooks / hook).symlink_to(program)
    return trace


def test_nothing_of_a_hostile_repository_runs(root: Path) -> None:
    trace = trap(root)
    (root / "plans/a.yaml").write_text("id: changed\n")
    sha = resolve(root, "HEAD", ENVIRON)
    with RevisionTree(root, sha, ENVIRON) as tree:
        assert tree.read("plans/a.yaml") == b"id: a\n"
        tree.local("plans/a.yaml")
    found = provenance(root, environ=ENVIRON)
    assert found is not None
    assert found.is_modified
    assert not trace.exists()
    subprocess.run(["git", "-C", root, "status"], check=False, capture_output=True)
    assert trace.exists(), "the trap must be able to spring"


def test_replaced_objects_are_not_followed(root: Path) -> None:
    (root / "other").write_text("id: replaced\n")
    other = said(root, "hash-object", "-w", "other")
    git(root, "replace", said(root, "rev-parse", "HEAD:plans/a.yaml"), other)
    with RevisionTree(root, resolve(root, "HEAD", ENVIRON), ENVIRON) as tree:
        assert tree.read("plans/a.yaml") == b"id: a\n"


def test_hook_of_another_repository_does_not_steer(root: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    git(tmp_path, "init", "--quiet", str(other))
    steered = {**ENVIRON, "GIT_DIR": str(other / ".git"), "GIT_WORK_TREE": str(other), "GIT_INDEX_FILE": "x"}
    assert resolve(root, "HEAD", steered) == said(root, "rev-parse", "HEAD")


def modified(root: Path) -> bool:
    found = provenance(root, environ=ENVIRON)
    assert found is not None
    return found.is_modified


def test_provenance_of_a_clean_state(root: Path) -> None:
    found = provenance(root, environ=ENVIRON)
    assert found is not None
    assert found.commit == said(root, "rev-parse", "HEAD")
    assert found.date == datetime(2026, 1, 15, 9, tzinfo=timezone(timedelta(hours=1)))
    assert found.date is not None
    assert found.date.utcoffset() == timedelta(hours=1)
    assert not found.is_modified


def test_whatever_differs_from_the_commit_counts_as_unsaved(root: Path) -> None:
    place = root / "plans/a.yaml"
    place.write_text("id: b\n")
    assert modified(root)
    git(root, "add", "--all")
    assert modified(root), "staged is not committed"
    place.write_text("id: a\n")
    assert not modified(root)
    place.unlink()
    assert modified(root)
    place.symlink_to("../sozplan.yaml")
    assert modified(root)
    place.unlink()
    place.mkdir()
    assert modified(root)


def test_only_planning_files_count(root: Path) -> None:
    (root / "notes.txt").write_text("x")
    assert not modified(root)
    (root / "plans/new.yaml").write_text("id: n\n")
    assert modified(root)


def test_line_ends_of_windows_are_no_change(root: Path) -> None:
    (root / "plans/a.yaml").write_bytes(b"id: a\r\n")
    assert not modified(root)
    (root / "plans/a.yaml").write_bytes(b"id: b\r\n")
    assert modified(root)


def test_links_and_sha256(tmp_path: Path) -> None:
    root = tmp_path / "new"
    git(tmp_path, "init", "--quiet", "--object-format=sha256", str(root))
    (root / "plans").mkdir()
    (root / "plans/a.yaml").write_text("id: a\n")
    (root / "plans/b.yaml").symlink_to("a.yaml")
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--message=x")
    assert not modified(root)
    (root / "plans/b.yaml").unlink()
    (root / "plans/b.yaml").symlink_to("c.yaml")
    assert modified(root)


def test_detached_head_and_leftover_lock(root: Path) -> None:
    git(root, "checkout", "--quiet", "--detach")
    (root / ".git/index.lock").write_text("")
    assert not modified(root)


@pytest.mark.parametrize(
    "committer",
    ["99999999999999999999 +0000", "253402300800 +0000", "1700000000 +9999", "1700000000 -2400", "-5 +0000",
     "1700000000", "heute +0000", "1700000000 +01:00"],
)  # fmt: skip
def test_a_forged_date_costs_only_the_date(root: Path, committer: str) -> None:
    tree = said(root, "rev-parse", "HEAD^{tree}")
    content = f"tree {tree}\nauthor S <s@example.org> 1 +0000\ncommitter S <s@example.org> {committer}\n\nStand\n"
    make = ["git", "-C", str(root), "hash-object", "-w", "-t", "commit", "--literally", "--stdin"]
    forged = subprocess.run(make, input=content, check=True, capture_output=True, text=True).stdout.strip()
    assert provenance(root, forged, ENVIRON) == Provenance(forged, None, is_modified=False)


def test_a_missing_table_costs_only_itself(plan_repo: PlanRepo) -> None:
    files = {path.relative_to(BASE).as_posix(): path.read_text("utf-8") for path in BASE.rglob("*") if path.is_file()}
    root = plan_repo(files)
    sha = said(root, "rev-parse", "HEAD:indicators/data/kennzahlen.csv")
    (root / ".git/objects" / sha[:2] / sha[2:]).unlink()
    with RevisionTree(root, said(root, "rev-parse", "HEAD"), ENVIRON) as tree:
        loaded = load(tree)
    (fault,) = loaded.diagnostics
    assert (fault.at.file, fault.code.id) == ("indicators/data/kennzahlen.csv", "file.unreadable")
    assert loaded.figures.cells == ()
    assert loaded.plan.area_plans


def test_a_missing_object_is_not_fetched(root: Path) -> None:
    """A partial clone fetches what it lacks, by any program that its configuration names; older git always does."""
    trace = root.parent / "trace"
    git(root, "config", "core.repositoryFormatVersion", "1")
    git(root, "config", "extensions.partialClone", "origin")
    git(root, "config", "remote.origin.url", f"ext::touch {trace}")
    git(root, "config", "remote.origin.promisor", "true")
    git(root, "config", "protocol.ext.allow", "always")
    sha = said(root, "rev-parse", "HEAD:plans/a.yaml")
    (root / ".git/objects" / sha[:2] / sha[2:]).unlink()
    older = {name: value for name, value in environment(ENVIRON).items() if name != "GIT_NO_LAZY_FETCH"}
    assert subprocess.run(command(root, "cat-file", "blob", sha), env=older, capture_output=True, timeout=60).returncode
    assert not trace.exists()
    subprocess.run(["git", "-C", root, "cat-file", "blob", sha], capture_output=True, timeout=60, check=False)
    assert trace.exists(), "the trap must be able to spring"


def test_provenance_of_a_revision(root: Path, plan_repo: PlanRepo) -> None:
    old = said(root, "rev-parse", "HEAD")
    plan_repo({"plans/b.yaml": "id: b\n"})
    (root / "plans/a.yaml").write_text("id: changed\n")
    found = provenance(root, old, ENVIRON)
    assert found is not None
    assert (found.commit, found.is_modified) == (old, False)
