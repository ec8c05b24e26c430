"""Where plans stand in the cycle: a proof taken away from a real plan on disk takes it back to just that phase."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from tests.cli.repository import Sozplan, sozplan_on
from tests.rules.harness import base, write

ROOT = Path(__file__).resolve().parents[2]
KREIS = ROOT / "tests/examples/kreis"
PARTS = ("sozplan.yaml", "plans", "indicators", "handbook")
Plan = dict[str, Any]
PHASES = ["analyse", "goals", "measures", "decision", "implementation", "monitoring", "evaluation"]


def edit(path: Path, change: Callable[[Any], None]) -> None:
    yaml = YAML()
    yaml.preserve_quotes = True
    content = yaml.load(path)
    change(content)
    yaml.dump(content, path)


def without_experience(plan: Plan) -> None:
    plan["needs"][0]["evidence"] = [each for each in plan["needs"][0]["evidence"] if "body" not in each]


def without_figure(plan: Plan) -> None:
    plan["needs"][0]["evidence"] = [each for each in plan["needs"][0]["evidence"] if "body" in each]


def without_targets(plan: Plan) -> None:
    plan["goals"][0]["targets"] = []


def without_money(plan: Plan) -> None:
    del plan["measures"][0]["budget"]


def without_office(plan: Plan) -> None:
    del plan["measures"][0]["responsible"]


def without_resolution(plan: Plan) -> None:
    del plan["resolution"]


def without_movement(plan: Plan) -> None:
    for measure in plan["measures"]:
        measure.pop("actual", None)
        for line in measure.get("budget", ()):
            line.pop("actual", None)
    targets = [target for goal in plan["goals"] for target in goal["targets"]]
    for step in (step for each in [*plan["measures"], *targets] for step in each.get("milestones", ())):
        step.pop("done", None)
    for review in plan["reviews"]:
        review.pop("spent", None)


def without_reviews(plan: Plan) -> None:
    del plan["reviews"]


REMOVED: dict[str, tuple[Callable[[Plan], None], str, str]] = {
    "local experience": (without_experience, "analyse", "no-experience"),
    "figure": (without_figure, "analyse", "no-figure"),
    "target": (without_targets, "goals", "no-target"),
    "money": (without_money, "measures", "no-money"),
    "responsible office": (without_office, "measures", "nobody-responsible"),
    "resolution": (without_resolution, "decision", "no-resolution"),
    "start, milestones and spending": (without_movement, "implementation", "no-start"),
    "reviews": (without_reviews, "monitoring", "no-review"),
}
MISSING_OF = {
    ("town", "analyse"): "weststadt-n1", ("town", "goals"): "weststadt-g1", ("town", "measures"): "weststadt-m1",
    ("town", "decision"): "weststadt-2026", ("town", "implementation"): "weststadt-m1",
    ("town", "monitoring"): "weststadt-2026", ("kreis", "analyse"): "marsch-n1", ("kreis", "goals"): "marsch-g1",
    ("kreis", "measures"): "marsch-m1", ("kreis", "decision"): "marsch-2025",
    ("kreis", "implementation"): "marsch-m1", ("kreis", "monitoring"): "marsch-2025",
}  # fmt: skip


def town(root: Path) -> Path:
    for part in PARTS:
        place = ROOT / part
        copy = shutil.copytree if place.is_dir() else shutil.copyfile
        copy(place, root / part)
    return root / "plans/areas/weststadt.yaml"


def kreis(root: Path) -> Path:
    """The county, whose council has taken note of the last reports."""
    shutil.copytree(KREIS, root, dirs_exist_ok=True)
    noted = {
        "id": "kt-2026-20", "kind": "information", "body": "kreistag", "date": "2026-06-18", "outcome": "noted",
        "title": "Half-yearly reports", "wording": "The Kreistag takes note.", "subjects": ["marsch-2025"],
    }  # fmt: skip
    edit(root / "plans/resolutions/kreistag.yml", lambda file: file["resolutions"].append(noted))
    return root / "plans/areas/marsch.yaml"


PLACES = {"town": (town, "weststadt-2026"), "kreis": (kreis, "marsch-2025")}


def told(sozplan: Sozplan, *args: str) -> Any:
    said = sozplan("cycle", "--format", "json", *args)
    assert (said.code, said.err) == (0, "")
    return json.loads(said.out)["plans"]


@pytest.mark.parametrize("name", list(PLACES))
def test_a_plan_whose_round_is_closed_is_under_way_again(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lay, id = PLACES[name]
    lay(tmp_path)
    (plan,) = told(sozplan_on(tmp_path, capsys), id)
    assert (plan["phase"], plan["missing"], plan["next"]["step"]) == ("implementation", [], "report")
    assert [each["phase"] for each in plan["phases"]] == PHASES
    assert {each["state"] for each in plan["phases"]} == {"proven"}
    assert all(each["proofs"] for each in plan["phases"])


@pytest.mark.parametrize("what", list(REMOVED))
@pytest.mark.parametrize("name", list(PLACES))
def test_without_its_proof_a_plan_falls_back_to_the_phase_and_says_what_is_missing(
    name: str, what: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lay, id = PLACES[name]
    change, phase, code = REMOVED[what]
    edit(lay(tmp_path), change)
    (plan,) = told(sozplan_on(tmp_path, capsys), id)
    assert plan["phase"] == phase
    assert [(each["code"], each["entity"]) for each in plan["missing"]] == [(code, MISSING_OF[name, phase])]
    assert plan["next"]["entity"] == MISSING_OF[name, phase]
    earlier = plan["phases"][: PHASES.index(phase)]
    assert {each["state"] for each in earlier} <= {"proven"}
    if phase != "monitoring":
        later = plan["phases"][PHASES.index(phase) + 1 :]
        assert {each["state"] for each in later} <= {"proven"}


@pytest.mark.parametrize("name", list(PLACES))
def test_without_the_note_of_the_council_a_report_is_not_evaluated(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lay, id = PLACES[name]
    lay(tmp_path)
    (path,) = [each for each in (tmp_path / "plans/resolutions").glob("*.y*ml") if "noted" in each.read_text("utf-8")
               and id in each.read_text("utf-8")]  # fmt: skip

    def forget(file: Any) -> None:
        for each in file["resolutions"]:
            if each.get("outcome") == "noted":
                each.pop("subjects", None)

    edit(path, forget)
    (plan,) = told(sozplan_on(tmp_path, capsys), id)
    assert (plan["phase"], [each["code"] for each in plan["missing"]]) == ("evaluation", ["not-noted"])


# Of a plan from its first evidence to the evaluation of its first report: nobody writes the phase down


@pytest.mark.parametrize(
    ("day", "phase", "since", "step", "until"),
    [
        ("2025-03-01", "analyse", None, "prove-need", "2025-11-18"),  # the first hearing of the paper
        ("2025-10-01", "decision", "2025-06-04", "decide", "2025-12-11"),  # the council's session in the paper
        ("2026-01-15", "implementation", "2026-01-01", "report", "2026-09-28"),  # 30 June and 90 days
        ("2026-07-15", "monitoring", "2026-07-01", "report", "2026-09-28"),
        ("2026-09-01", "evaluation", "2026-08-19", "consult", "2026-09-24"),  # the next session of the council
        ("2026-10-01", "evaluation", "2026-08-19", "obtain-decision", "2026-12-10"),  # its last one of the half-year
        ("2027-02-01", "monitoring", "2027-01-01", "report", "2027-03-31"),
    ],
)
def test_the_life_of_a_plan(
    day: str, phase: str, since: str | None, step: str, until: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (plan,) = told(sozplan_on(ROOT, capsys), "nordhafen-2026", "--as-of", day)
    found = (plan["phase"], plan["since"], plan["next"]["step"], plan["next"]["until"], plan["next"]["office"])
    assert found == (phase, since, step, until, "sozialplanung")


TEXT = """\
Sozialraumgebietsplan Hafen 2026–2029 (hafen-2026)
  ✓Analyse  ✓Ziele  ✓Maßnahmen  ✓Beschluss  ✓Umsetzung  ✓Monitoring  ▶Evaluation
  Phase             Evaluation und Fortschreibung seit 20.07.2026, Runde 1
  Es fehlt          Beratung des Zwischenberichts in einem Gremium (hafen-r1)
  Nächster Schritt  Zwischenbericht in das Gremium bringen
  Zuständig         Stabsstelle Sozialplanung, bis 10.12.2026
  Prozess           Sozialraumgebietsplan aufstellen (prozess-gebietsplan)

✓ belegt  ▶ hier steht der Plan  ! Beleg fehlt  · steht noch bevor
Stand 01.10.2026.
"""


@pytest.fixture
def sozplan(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Sozplan:
    return sozplan_on(write(tmp_path, base()), capsys)


def test_what_a_planner_reads(sozplan: Sozplan) -> None:
    first, again = sozplan("cycle"), sozplan("cycle")
    assert (first.code, first.out, first.err) == (0, TEXT, "")
    assert again.out == first.out
    for lang in ("de", "en"):
        lines = sozplan("cycle", "--proofs", "--lang", lang).out.splitlines()
        assert max(map(len, lines)) <= 80


def test_each_proof_with_day_and_place(sozplan: Sozplan) -> None:
    lines = sozplan("cycle", "--proofs").out.splitlines()
    assert "  ✓ Beschluss und Ressourcen: belegt" in lines
    assert "    12.03.2025  Erfahrungswissen (hafen-n1, plans/areas/hafen.yaml:16)" in lines
    assert "    !  Es fehlt: Beratung des Zwischenberichts in einem Gremium (hafen-r1," in lines


def test_what_comes_later_without_what_comes_first_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = write(tmp_path, base())
    edit(root / "plans/areas/hafen.yaml", without_experience)
    out = sozplan_on(root, capsys)("cycle").out
    assert "  ▶Analyse  ✓Ziele  ✓Maßnahmen  ✓Beschluss  ✓Umsetzung  ✓Monitoring  !Evaluation" in out
    assert "  Es fehlt          Erfahrungswissen, das einen Bedarf belegt (hafen-n1)" in out
    assert "  Es fehlt auch     Beratung des Zwischenberichts in einem Gremium (hafen-r1)" in out
    assert "  Schon belegt      Bedarf und Ziele, Maßnahmen, Beschluss und Ressourcen," in out


def test_json_has_these_keys(sozplan: Sozplan) -> None:
    (plan,) = told(sozplan)
    assert list(plan) == ["plan", "area", "title", "status", "phase", "since", "round", "missing", "next", "phases"]
    assert list(plan["next"]) == [
        "step", "text", "detail", "phase", "office", "until", "overdue", "process", "entity", "file", "line",
    ]  # fmt: skip
    assert list(plan["missing"][0]) == ["code", "text", "detail", "office", "until", "entity", "file", "line"]
    assert list(plan["phases"][0]) == ["phase", "state", "proofs", "missing"]
    assert list(plan["phases"][0]["proofs"][0]) == ["kind", "date", "entity", "file", "line"]


def test_the_public_reads_nothing_of_a_closed_session(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = write(tmp_path, base())

    def close(file: Any) -> None:
        for each in file["resolutions"]:
            each["public"] = False

    for path in (root / "plans/resolutions").glob("*.yaml"):
        edit(path, close)
    sozplan = sozplan_on(root, capsys)
    decision = told(sozplan)[0]["phases"][3]["proofs"][0]
    assert decision == {"kind": "resolution", "date": None, "entity": None, "file": None, "line": None}
    assert "    –           nichtöffentlicher Beschluss\n" in sozplan("cycle", "--proofs").out
    inside = told(sozplan, "--audience", "internal")[0]["phases"][3]["proofs"][0]
    assert (inside["date"], inside["entity"]) == ("2025-12-11", "b-2025-117")


def test_a_draft_owes_its_resolution_and_an_ended_plan_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = write(tmp_path, base())
    path = root / "plans/areas/hafen.yaml"

    def unresolve(plan: Plan) -> None:
        plan["status"] = "proposal"
        del plan["resolution"], plan["reviews"]

    edit(path, unresolve)
    (plan,) = told(sozplan_on(root, capsys), "--as-of", "2025-11-01")
    assert (plan["phase"], plan["round"], plan["next"]["until"]) == ("decision", None, "2025-12-11")
    assert [each["state"] for each in plan["phases"][4:]] == ["ahead"] * 3
    edit(path, lambda plan: plan.update(status="ended", resolution="b-2025-117"))
    (plan,) = told(sozplan_on(root, capsys))
    assert (plan["next"], plan["status"]) == (None, "ended")
    assert "Der Plan ist beendet." in sozplan_on(root, capsys)("cycle").out


def test_a_plan_past_its_term_needs_one_that_follows(sozplan: Sozplan) -> None:
    (plan,) = told(sozplan, "--as-of", "2030-03-01")
    assert "no-successor" in [each["code"] for each in plan["phases"][6]["missing"]]


def test_a_plan_that_there_is_not(sozplan: Sozplan) -> None:
    said = sozplan("cycle", "hafen")
    assert (said.code, said.out) == (2, "")
    assert said.err == "sozplan: Den Plan „hafen“ gibt es nicht. Es gibt: hafen-2026.\n"
