"""The corpora of the benchmark are what they claim to be; a fault in them would measure the wrong thing."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest

from bench import corpora
from bench.corpora import LARGE, MANY, Corpus
from sozplan.analysis.changes import changes
from sozplan.model.case import Case
from sozplan.repo import WorkTree, load
from sozplan.repo.both import load_both
from sozplan.repo.git import resolve
from sozplan.repo.revision import RevisionTree
from sozplan.rules import check


@pytest.mark.parametrize("corpus", [MANY, LARGE], ids=lambda corpus: corpus.name)
def test_files_and_lines(corpus: Corpus) -> None:
    files = corpora.files(corpus)
    lines = sum(content.count("\n") for content in files.values())
    assert len(files) == corpus.files
    assert lines / len(files) == pytest.approx(corpus.lines, rel=0.03)


@pytest.mark.parametrize("corpus", [Corpus("many", 200, 40, 1), Corpus("large", 60, 270, 8)], ids=lambda c: c.name)
def test_nothing_is_wrong_with_them(tmp_path: Path, corpus: Corpus) -> None:
    root = tmp_path / corpus.name
    corpora.write(corpus, root)
    loaded = load(WorkTree(root))
    case = Case(loaded.plan, loaded.figures, date(2026, 10, 1), loaded.documents)
    assert loaded.files == corpus.files
    assert [finding.say("en") for finding in check(case, loaded.diagnostics).open] == []


def test_plans_refer_to_other_files(tmp_path: Path) -> None:
    corpora.write(Corpus("many", 200, 40, 1), tmp_path / "many")
    plan = load(WorkTree(tmp_path / "many")).plan
    holders = {(reference.entity.origin.file, reference.target) for reference, _ in plan.references()}
    elsewhere = {
        found.origin.file
        for file, target in holders
        if file == "plans/areas/gebiet-00007.yaml" and (found := plan.get(target)) and found.origin.file != file
    }
    folders = {Path(file).parent.name for file in elsewhere}
    assert folders == {"territory", "resolutions", "organisation", "catalogue", "funding", "plans"}


def test_the_commits_to_compare(tmp_path: Path) -> None:
    root = tmp_path / "large"
    corpora.write(Corpus("large", 60, 270, 8), root)
    corpora.commit(root, changed=5)
    old, new = (RevisionTree(root, resolve(root, name, os.environ), os.environ) for name in ("HEAD~1", "HEAD"))
    with old, new:
        both = load_both(old, new)
    assert len(both.same) == 55
    assert {change.plan for change in changes(both.old.plan, both.new.plan)} == {f"plan-{i}" for i in range(5)}
