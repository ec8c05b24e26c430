"""`sozplan process`: what it lists, what it writes, and what it refuses."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sozplan.cli.app import run

ROOT = Path(__file__).resolve().parents[2]
KREIS = ROOT / "tests/examples/kreis"


def test_the_list(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["process", "list", "-C", str(KREIS), "--lang", "de"]) == 0
    assert capsys.readouterr() == (
        "Kennung            Art            Zustand  Schritte  Bahnen  Name\n"
        "process-area-plan  Kern           Soll            8       3  Draw up an area plan\n"
        "process-half-year  Unterstützung  Soll            3       1  Report every half-year\n",
        "",
    )


def test_the_list_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["process", "list", "-C", str(KREIS), "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found[1] == {
        "process": "process-half-year",
        "name": "Report every half-year",
        "kind": "support",
        "state": "target",
        "owner": "dept-planning",
        "phases": ["monitoring"],
        "steps": 3,
        "lanes": [{"holder": "dept-planning", "name": "Social Planning"}],
    } | {key: found[1][key] for key in ("owner", "phases", "lanes")}
    assert list(found[0]) == ["process", "name", "kind", "state", "owner", "phases", "steps", "lanes"]


def test_each_process_becomes_two_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "models"
    assert run(["process", "export", "-C", str(KREIS), "--out", str(out)]) == 0
    names = [f"process-{name}.{form}" for name in ("area-plan", "half-year") for form in ("bpmn", "svg")]
    assert capsys.readouterr() == ("".join(f"{out / name}\n" for name in names), "")
    assert sorted(path.name for path in out.iterdir()) == names
    before = {path.name: path.read_bytes() for path in out.iterdir()}
    assert run(["process", "export", "-C", str(KREIS), "--out", str(out)]) == 0  # ours are written over
    assert {path.name: path.read_bytes() for path in out.iterdir()} == before


def test_one_process_in_one_form(tmp_path: Path) -> None:
    options = ["--out", str(tmp_path), "--format", "svg", "--lang", "de"]
    assert run(["process", "export", "process-half-year", "-C", str(KREIS), *options]) == 0
    (path,) = tmp_path.iterdir()
    assert path.name == "process-half-year.svg"
    assert "<title>Ablauf „Report every half-year“: Schritte 1–3 in 1 Bahn (" in path.read_text(encoding="utf-8")


def test_a_model_that_somebody_has_changed_is_kept(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "process-half-year.bpmn"
    path.write_text('<?xml version="1.0" encoding="UTF-8"?>\n<bpmn:definitions/>\n', encoding="utf-8")
    call = ["process", "export", "process-half-year", "-C", str(KREIS), "--out", str(tmp_path), "--format", "bpmn"]
    assert run([*call, "--lang", "de"]) == 2
    assert capsys.readouterr().err == (
        f"sozplan: „{path}“ gibt es schon und stammt nicht von sozplan. Mit --force wird die Datei ersetzt.\n"
    )
    assert run([*call, "--force"]) == 0
    assert b"sozplan process export" in path.read_bytes()


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (["export"], "Es fehlt --out: der Ordner für die Modelle, z. B. --out build/prozesse."),
        (["list", "--format", "svg"], "„process list“ gibt text oder json, nicht svg."),
        (["export", "--out", "x", "--format", "json"], "„process export“ gibt bpmn oder svg, nicht json."),
        (["list", "p"], "„process list“ nennt alle Prozesse; Kennungen und --out gehören zu „process export“."),
        (
            ["export", "proces-half-year", "--out", "x"],
            "Den Prozess „proces-half-year“ gibt es nicht. Meinten Sie „process-half-year“? "
            "Es gibt: process-area-plan, process-half-year.",
        ),
        (
            ["draw"],
            "Der Wert von „list|export“ passt nicht. Möglich sind: list|export. Hilfe: sozplan process --help",
        ),
    ],
)
def test_what_is_refused(call: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["process", *call, "-C", str(KREIS), "--lang", "de"]) == 2
    assert capsys.readouterr() == ("", f"sozplan: {said}\n")


def test_a_plan_without_processes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "sozplan.yaml").write_bytes((KREIS / "sozplan.yaml").read_bytes())
    assert run(["process", "list", "-C", str(tmp_path), "--lang", "de"]) == 0
    assert run(["process", "export", "-C", str(tmp_path), "--lang", "de", "--out", str(tmp_path / "out")]) == 1
    said = "Es gibt keinen Prozess (handbook/processes/*.yaml)."
    assert capsys.readouterr() == (f"{said}\n", f"sozplan: {said}\n")
    assert not (tmp_path / "out").exists()
