"""BPMN: valid against the schemas of the OMG, read back as it was, and opened without a complaint."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from lxml import etree  # type: ignore[import-untyped]

from sozplan.cli.app import run
from sozplan.model.plan import Plan
from sozplan.model.processes import Process
from sozplan.render.swimlane.graph import graph
from sozplan.render.swimlane.layout import layout
from sozplan.render.swimlane.places import Layout
from sozplan.render.swimlane.xml import bpmn
from sozplan.render.views.names import deadline
from sozplan.repo import WorkTree, load
from tests.render.swimlane.made import process
from tests.render.swimlane.reading import PIXELS, read
from tests.render.test_web import BROWSER, CHROMIUM

ROOT = Path(__file__).resolve().parents[3]
EXAMPLES = ROOT / "tests/examples"
SCHEMA = BROWSER / "node_modules/bpmn-moddle/resources/bpmn/xsd/BPMN20.xsd"
needs_packages = pytest.mark.skipif(
    not SCHEMA.exists(),
    reason="bpmn-moddle is missing: `npm ci --ignore-scripts` in tests/browser, or `scripts/setup ci`",
)


def placed(each: Process) -> Layout:
    return layout(graph(each), each.name, lambda holder: holder or "niemand", "de")


def written(each: Process) -> bytes:
    return bpmn(each, placed(each), lambda holder: holder, "de")


@pytest.fixture(scope="module")
def town() -> Plan:
    with WorkTree(ROOT) as tree:
        return load(tree).plan


@needs_packages
def test_models_of_200_processes_are_valid() -> None:
    schema = etree.XMLSchema(etree.parse(SCHEMA))
    for seed in range(200):
        schema.assertValid(etree.fromstring(written(process(seed))))


@needs_packages
def test_a_model_that_is_not_valid_is_found() -> None:
    schema = etree.XMLSchema(etree.parse(SCHEMA))
    wrong = written(process(3)).replace(b"<incoming>", b"<coming>").replace(b"</incoming>", b"</coming>")
    assert not schema.validate(etree.fromstring(wrong))


def test_what_was_written_is_read_back(town: Plan) -> None:
    """Each step of the town: its name, who does it, its ways with their answers, and its notes."""
    for each in town.processes:
        found = read(written(each))
        assert found.name == each.name
        assert sorted(found.steps) == sorted(step.step for step in each.steps)
        for step in each.steps:
            ways = {(to, "") for to in step.next} | {(way.to, way.label or "") for way in step.exits}
            assert found.steps[step.step].name == step.name
            assert found.steps[step.step].ways == ways
            assert found.steps[step.step].lane == next(n.lane for n in graph(each).nodes if n.id == f"step_{step.step}")
            if step.deadline:
                limit = deadline(step.deadline).say("de")
                assert f"Frist: {limit} (T: {step.deadline.after})" in found.steps[step.step].notes


def test_models_made_by_chance_are_read_back() -> None:
    for seed in range(60):
        each = process(seed)
        found = read(written(each))
        for step in each.steps:
            labels: dict[str, list[str]] = {to: [] for to in step.next}
            for way in step.exits:
                labels.setdefault(way.to, []).append(way.label or "")
            expected = {(to, "; ".join(said) if len(labels) > 1 else "") for to, said in labels.items()}
            assert found.steps[step.step].ways == expected


def test_shapes_stand_where_the_picture_has_them(town: Plan) -> None:
    for each in town.processes:
        drawn, found = placed(each), read(written(each))
        pool = found.bounds[f"pool_{each.id}"]
        for shape in drawn.shapes:
            x, y, wide, high = found.bounds[shape.node.id]
            box = shape.box
            assert (x - pool[0], y - pool[1]) == pytest.approx((box.x * PIXELS, box.y * PIXELS), abs=0.011)
            assert (wide, high) == pytest.approx((box.wide * PIXELS, box.high * PIXELS), abs=0.011)
        spots = [len(line.spots) for line in drawn.lines]
        assert [len(line) for line in found.lines.values()] == spots


def test_the_same_process_gives_the_same_bytes() -> None:
    assert written(process(11)) == written(process(11))


def test_the_town_s_texts_do_not_break_the_document() -> None:
    steps = [
        {"step": "s", "kind": "event", "name": "<b> & „Anführung“ \"'", "next": ["e"]},
        {"step": "e", "kind": "event", "name": "]]> <!-- -->"},
    ]
    each = Process.model_validate({"id": "p", "name": "<script>alert(1)</script>", "kind": "core", "steps": steps})
    found = read(written(each))
    assert (found.name, found.steps["s"].name, found.steps["e"].name) == (
        "<script>alert(1)</script>",
        "<b> & „Anführung“ \"'",
        "]]> <!-- -->",
    )


@needs_packages
def test_bpmn_js_and_bpmnlint_have_nothing_to_complain_of(tmp_path: Path) -> None:
    """The models of the town, of the county and of thirty processes made by chance."""
    named = shutil.which("chromium")
    browser = next((path for path in CHROMIUM if path.exists()), Path(named) if named else None)
    if browser is None:
        pytest.skip("Chromium is missing (Debian: chromium)")
    if not shutil.which("node"):
        pytest.skip("Node is missing (Debian: nodejs)")
    for root in (ROOT, EXAMPLES / "kreis", EXAMPLES / "base"):
        assert run(["process", "export", "-C", str(root), "--out", str(tmp_path / root.name), "--format", "bpmn"]) == 0
    for seed in range(30):
        (tmp_path / f"p{seed:02}.bpmn").write_bytes(written(process(seed)))
    models = sorted(tmp_path.rglob("*.bpmn"))
    done = subprocess.run(
        ["node", BROWSER / "models.mjs", browser, *models], capture_output=True, text=True, timeout=540
    )
    assert done.returncode == 0, done.stderr
    seen = json.loads(done.stdout)
    assert [each["model"] for each in seen] == [str(model) for model in models]
    assert [each for each in seen if each["lint"] or each["warnings"] or each["overflow"]] == []
    assert all(each["shapes"] > 4 for each in seen)
