"""Papers out of repositories in which something is amiss: a sentence that says what, never a bug."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from sozplan.cli.app import run
from tests.conftest import PlanRepo

BASE = Path(__file__).resolve().parent.parent / "examples/base"
HEAD = "templates/report-header.html.j2"
LOGO = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>\n'


def base(extra: dict[str, str] | None = None) -> dict[str, str]:
    files = {path.relative_to(BASE).as_posix(): path.read_text("utf-8") for path in BASE.rglob("*") if path.is_file()}
    files["sozplan.yaml"] += "design: {logo: templates/logo.svg, logo_alt: Wappen}\n"
    return files | {"templates/logo.svg": LOGO} | (extra or {})


def printing(root: Path, out: Path, *options: str) -> list[str]:
    return ["report", "-C", str(root), "--out", str(out), "--format", "html", "--as-of", "2026-10-01", *options]


def test_printed_twice_into_the_same_place(
    plan_repo: PlanRepo, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = plan_repo(base())
    manual = str(tmp_path / "manual.pdf")
    for _ in range(2):
        assert run(printing(root, tmp_path / "out")) == 0
        assert run(["handbook", "-C", str(root), "--out", manual, "--as-of", "2026-10-01"]) == 0
    assert capsys.readouterr() == (f"{tmp_path / 'out/hafen-2026.html'}\n{manual}\n" * 2, "")


def test_a_template_that_is_no_text(plan_repo: PlanRepo, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = plan_repo(base())
    (root / HEAD).write_bytes(b"<p>\n\xff</p>\n")
    assert run(printing(root, tmp_path / "out", "--trust-templates")) == 1
    assert capsys.readouterr() == (
        "", f"sozplan: {HEAD}:2: Die Vorlage kann nicht verwendet werden: sie ist nicht in UTF-8.\n"
    )  # fmt: skip
    assert run(printing(root, tmp_path / "out")) == 0


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("{{ 'a' * 10 ** 18 }}", "the result of * is too large"),
        ("{{ 1e400 * 2 }}", "eine Zahl darin ist zu groß"),
    ],
)
def test_a_template_larger_than_memory(
    words: str, reason: str, plan_repo: PlanRepo, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = plan_repo(base({HEAD: words}))
    assert run(printing(root, tmp_path / "out", "--trust-templates")) == 1
    assert capsys.readouterr() == ("", f"sozplan: {HEAD}:1: Die Vorlage kann nicht verwendet werden: {reason}\n")


def test_a_logo_whose_object_is_gone(plan_repo: PlanRepo, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = plan_repo(base())
    find = ["git", "-C", str(root), "rev-parse", "HEAD:templates/logo.svg"]
    sha = subprocess.run(find, check=True, capture_output=True, text=True).stdout.strip()
    (root / ".git/objects" / sha[:2] / sha[2:]).unlink()
    assert run(printing(root, tmp_path / "out", "--rev", "HEAD")) == 3
    assert capsys.readouterr() == (
        "",
        "sozplan: templates/logo.svg: Die Datei lässt sich nicht lesen: das Git-Objekt fehlt oder ist beschädigt "
        "(in der CI „fetch-depth: 0“, sonst „git fsck“).\n",
    )


@pytest.mark.parametrize("instead", ["rm -f {}", "ln -sf /etc/passwd {}", "ln -sf weg.svg {}"])
def test_a_logo_that_is_not_there(
    instead: str, plan_repo: PlanRepo, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = plan_repo(base())
    subprocess.run(instead.format(root / "templates/logo.svg").split(), check=True)
    assert run(printing(root, tmp_path / "out")) == 1
    missing = "sozplan: Das Bild „templates/logo.svg“ gibt es im Repository nicht, oder es ist keine lesbare Datei.\n"
    said = capsys.readouterr()
    assert (said.out, said.err.startswith(missing)) == ("", True)
    assert not (tmp_path / "out").exists()


def test_a_repository_without_plans_has_no_paper(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = Path(shutil.copytree(BASE, tmp_path / "repo"))
    (root / "plans/areas/hafen.yaml").unlink()
    assert run(["report", "-C", str(root), "--out", str(tmp_path / "out")]) == 1
    said = capsys.readouterr()
    assert said.err == "sozplan: Es gibt keinen Gebietsplan, der sich drucken ließe (plans/areas/*.yaml).\n"
    assert said.out == ""
