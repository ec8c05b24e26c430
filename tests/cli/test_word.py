"""`sozplan report --format docx`."""

from __future__ import annotations

import subprocess
import sys
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import docx
import pytest

from sozplan.cli.app import run
from tests.cli.test_papers import base
from tests.conftest import PlanRepo

WORD = "templates/report.docx"


def writing(root: Path, out: Path, *options: str) -> list[str]:
    return ["report", "-C", str(root), "--out", str(out), "--format", "docx", "--as-of", "2026-10-01", *options]


def own(text: str) -> bytes:
    document = docx.Document()
    document.add_paragraph(text)
    document.add_paragraph("{{p content }}")
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def paragraphs(path: Path) -> list[str]:
    return [each.text for each in docx.Document(str(path)).paragraphs]


def test_a_paper_for_word_has_its_figures_beside_it(
    plan_repo: PlanRepo, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root, out = plan_repo(base()), tmp_path / "out"
    assert run(writing(root, out)) == 0
    assert capsys.readouterr() == (f"{out}/hafen-2026.docx\n", "")
    assert sorted(path.name for path in out.iterdir()) == ["hafen-2026-kennzahlen.csv", "hafen-2026.docx"]
    assert "Beschlussvorschlag" in paragraphs(out / "hafen-2026.docx")
    assert (out / "hafen-2026-kennzahlen.csv").read_text("utf-8-sig").startswith("Kennzahl;Gebiet;Periode;")


def test_the_same_commit_and_day_give_the_same_bytes(plan_repo: PlanRepo, tmp_path: Path) -> None:
    root = plan_repo(base())
    for folder in ("a", "b"):
        assert run(writing(root, tmp_path / folder)) == 0
    first, second = ((tmp_path / folder / "hafen-2026.docx").read_bytes() for folder in ("a", "b"))
    assert first == second


def test_what_an_office_has_edited_is_kept(
    plan_repo: PlanRepo, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root, paper = plan_repo(base()), tmp_path / "out/hafen-2026.docx"
    assert run(writing(root, tmp_path / "out")) == 0
    assert run(writing(root, tmp_path / "out")) == 0  # ours is replaced
    edited = docx.Document(str(paper))
    edited.add_paragraph("von Hand")
    with ZipFile(BytesIO(paper.read_bytes())) as package:
        program = package.read("docProps/app.xml")
    (part,) = (each for each in edited.part.package.iter_parts() if each.partname == "/docProps/app.xml")
    part._blob = program.replace(b"sozplan", b"Microsoft Office Word", 1)
    edited.save(str(paper))
    capsys.readouterr()
    assert run(writing(root, tmp_path / "out")) == 2
    assert capsys.readouterr().err == (
        f"sozplan: „{paper}“ gibt es schon und stammt nicht von sozplan. Mit --force wird die Datei ersetzt.\n"
    )
    assert paragraphs(paper)[-1] == "von Hand"
    assert run(writing(root, tmp_path / "out", "--force")) == 0
    assert "von Hand" not in paragraphs(paper)


def test_a_table_of_others_beside_the_paper_is_kept(
    plan_repo: PlanRepo, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root, table = plan_repo(base()), tmp_path / "out/hafen-2026-kennzahlen.csv"
    table.parent.mkdir()
    table.write_text("meine;Liste\n", "utf-8")
    assert run(writing(root, table.parent)) == 2
    assert capsys.readouterr().err == (
        f"sozplan: „{table}“ gibt es schon und stammt nicht von sozplan. Mit --force wird die Datei ersetzt.\n"
    )
    assert table.read_text("utf-8") == "meine;Liste\n"


def test_the_offices_own_template_is_used_where_it_is_trusted(plan_repo: PlanRepo, tmp_path: Path) -> None:
    root, paper = plan_repo(base()), tmp_path / "out/hafen-2026.docx"
    (root / WORD).write_bytes(own("Vorlage Nr. {{ number }} der {{ municipality }}"))
    assert run(writing(root, tmp_path / "out")) == 0
    assert paragraphs(paper)[0] == "Beschlussvorlage V-2025-117 · öffentlich"
    assert run(writing(root, tmp_path / "out", "--trust-templates")) == 0
    assert paragraphs(paper)[0] == "Vorlage Nr. V-2025-117 der Beispielstadt"


def test_a_template_that_can_not_be_used(
    plan_repo: PlanRepo, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = plan_repo(base())
    (root / WORD).write_bytes(own("{{ vorname }}"))
    assert run(writing(root, tmp_path / "out", "--trust-templates")) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith(
        f"sozplan: {WORD}: Die Vorlage kann nicht verwendet werden: Den Platzhalter „vorname“ gibt es nicht; es gibt "
    )
    assert not (tmp_path / "out").exists()


def test_other_forms_load_nothing_of_word(tmp_path: Path) -> None:
    script = (
        "import sys; from sozplan.cli.app import run\n"
        "run(['report', '-C', 'tests/examples/base', '--out', sys.argv[1], '--format', 'html'])\n"
        "sys.exit(bool({'docx', 'docxtpl', 'lxml', 'vl_convert'} & sys.modules.keys()))"
    )
    root = Path(__file__).resolve().parents[2]
    command = [sys.executable, "-c", script, str(tmp_path)]
    assert subprocess.run(command, cwd=root, capture_output=True).returncode == 0
