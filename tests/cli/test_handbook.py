"""`sozplan handbook`: its forms, the synopsis of two revisions, and what is wrong with either."""

from __future__ import annotations

import subprocess
from pathlib import Path

import docx
import pytest

from sozplan.cli.app import run
from tests.cli.test_papers import base
from tests.conftest import PlanRepo

RULES = "handbook/rules/berichte.yaml"


def printing(root: Path, out: Path, *options: str) -> list[str]:
    return ["handbook", "-C", str(root), "--out", str(out), "--as-of", "2026-10-01", *options]


def reworded(root: Path) -> None:
    path = root / RULES
    path.write_text(path.read_text("utf-8").replace("Die Ämter liefern", "Alle Ämter liefern"), "utf-8")


def test_each_form_by_its_ending(plan_repo: PlanRepo, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = plan_repo(base())
    outs = [tmp_path / f"handbuch.{ending}" for ending in ("pdf", "html", "docx")]
    for out in outs:
        assert run(printing(root, out)) == 0
    assert capsys.readouterr() == ("".join(f"{out}\n" for out in outs), "")
    assert outs[0].read_bytes().startswith(b"%PDF-")
    page = outs[1].read_text("utf-8")
    assert 'role="search"' in page
    assert "sozplan:project" not in page
    assert "Handbuch Sozialplanung" in [each.text for each in docx.Document(str(outs[2])).paragraphs]


@pytest.mark.parametrize("ending", ["pdf", "html", "docx"])
def test_the_same_commit_and_day_give_the_same_bytes(ending: str, plan_repo: PlanRepo, tmp_path: Path) -> None:
    root = plan_repo(base())
    first, second = tmp_path / f"a.{ending}", tmp_path / f"b.{ending}"
    assert run(printing(root, first)) == run(printing(root, second)) == 0
    assert first.read_bytes() == second.read_bytes()


@pytest.mark.parametrize(
    ("name", "options", "endings"),
    [
        ("handbuch.txt", [], ".pdf, .html oder .docx"),
        ("handbuch", [], ".pdf, .html oder .docx"),
        ("handbuch.pdf", ["--format", "html"], ".html"),
    ],
)
def test_an_ending_that_says_something_else(
    name: str, options: list[str], endings: str, plan_repo: PlanRepo, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / name
    assert run(printing(plan_repo(base()), out, *options)) == 2
    assert capsys.readouterr() == ("", f"sozplan: --out: „{out}“ muss auf {endings} enden.\n")
    assert not out.exists()


def test_a_synopsis_of_the_work_tree_and_a_revision(
    plan_repo: PlanRepo, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root, out = plan_repo(base()), tmp_path / "synopse.html"
    reworded(root)
    assert run(printing(root, out, "--synopsis", "HEAD")) == 0
    assert capsys.readouterr() == (f"{out}\n", "")
    page = out.read_text("utf-8")
    assert "<del>Die</del> Ämter liefern" in page
    assert "<ins>Alle</ins> Ämter liefern" in page
    assert "<script" not in page


def test_a_revision_that_is_none(plan_repo: PlanRepo, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "synopse.pdf"
    assert run(printing(plan_repo(base()), out, "--synopsis=--output=x")) == 2
    assert run(printing(plan_repo(base()), out, "--synopsis", "gibtsnicht")) != 0
    assert not out.exists()
    assert capsys.readouterr().out == ""


def test_a_revision_without_a_handbook(plan_repo: PlanRepo, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = base()
    root = plan_repo({path: content for path, content in files.items() if not path.startswith("handbook/")})
    for path, content in files.items():
        if path.startswith("handbook/"):
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_text(content, "utf-8")
    assert run(printing(root, tmp_path / "synopse.pdf", "--synopsis", "HEAD")) == 2
    said = capsys.readouterr().err
    assert said.startswith("sozplan: Im Stand „HEAD (")
    assert said.endswith(")“ gibt es noch kein Handbuch, mit dem sich vergleichen ließe.\n")


def test_what_could_not_be_read_of_the_former_state_is_said(
    plan_repo: PlanRepo, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = base()
    root, out = plan_repo(files | {RULES: "rules: [\n"}), tmp_path / "synopse.html"
    (root / RULES).write_text(files[RULES], "utf-8")
    assert run(printing(root, out, "--synopsis", "HEAD")) == 1
    name = subprocess.run(["git", "-C", str(root), "rev-parse", "HEAD"], capture_output=True, text=True, check=True)
    assert capsys.readouterr() == (
        f"{out}\n",
        f"sozplan: Im Stand HEAD ({name.stdout[:10]}) ist fehlerhaft: {RULES}. Was darin steht, erscheint als neu.\n",
    )
