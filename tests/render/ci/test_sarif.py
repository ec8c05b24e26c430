"""SARIF as sarif-tools reads it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from sarif import loader  # type: ignore[import-untyped]
from sarif.operations import codeclimate_op, summary_op  # type: ignore[import-untyped]

from sozplan import __version__
from sozplan.render.ci import Run, below
from sozplan.render.ci.sarif import log
from sozplan.render.pages import page
from sozplan.rules import Checked
from tests.render.ci.runs import EACH, SINCE, UNKNOWN, UNREAD, all_kinds, finding, run


def the_run(of: Run) -> dict[str, Any]:
    document = json.loads(log(of, "de"))
    assert (document["version"], len(document["runs"])) == ("2.1.0", 1)
    found: dict[str, Any] = document["runs"][0]
    return found


def test_sarif_tools_reads_every_finding(tmp_path: Path) -> None:
    place = tmp_path / "sozplan.sarif"
    place.write_text(log(all_kinds(), "de"), encoding="utf-8")
    files = loader.load_sarif_files(str(place))
    assert files.get_distinct_tool_names() == ["sozplan"]
    assert files.get_result_count() == 4
    records = files.get_records()
    assert [(each["Severity"], each["Code"], each["Location"], each["Line"]) for each in records] == [
        ("error", "ref.unknown", "plans/areas/hafen.yaml", 4),
        ("warning", "time.order", "plans/areas/hafen.yaml", 9),
        ("note", "target.ambition", "plans/areas/hafen.yaml", 12),
        ("warning", "time.plan-gap", "plans/areas/hafen.yaml", 2),
    ]
    summary_op.generate_summary(files, str(tmp_path / "summary.txt"), output_multiple_files=False)
    assert "error: 1\n - ref.unknown Hier fehlt etwas.: 1" in (tmp_path / "summary.txt").read_text(encoding="utf-8")
    codeclimate_op.generate(files, str(tmp_path / "codeclimate.json"), output_multiple_files=False)
    assert len(json.loads((tmp_path / "codeclimate.json").read_text(encoding="utf-8"))) == 4


def test_rules_explain_themselves() -> None:
    driver = the_run(all_kinds())["tool"]["driver"]
    assert (driver["name"], driver["version"]) == ("sozplan", __version__)
    rules = {rule["id"]: rule for rule in driver["rules"]}
    assert list(rules) == ["ref.unknown", "target.ambition", "time.order", "time.plan-gap"]
    assert rules["ref.unknown"] == {
        "id": "ref.unknown",
        "shortDescription": {"text": "Titel von ref.unknown"},
        "fullDescription": {"text": "Sonst weiß es niemand."},
        "help": {"text": "Sonst weiß es niemand.", "markdown": page(UNKNOWN, "de")},
        "defaultConfiguration": {"level": "error"},
    }
    assert [rule["defaultConfiguration"]["level"] for rule in rules.values()] == ["error", "note", "warning", "warning"]


def test_a_result_names_rule_place_and_entity() -> None:
    found = the_run(all_kinds())
    first = found["results"][0]
    assert len(first.pop("partialFingerprints")["sozplan/v1"]) == 64
    assert first == {
        "ruleId": "ref.unknown",
        "ruleIndex": 0,
        "level": "error",
        "message": {"text": "Hier fehlt etwas."},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": "plans/areas/hafen.yaml", "uriBaseId": "%SRCROOT%"},
                    "region": {"startLine": 4, "startColumn": 3},
                },
                "logicalLocations": [{"name": "hafen-2026"}],
            }
        ],
    }
    rules = found["tool"]["driver"]["rules"]
    assert all(rules[each["ruleIndex"]]["id"] == each["ruleId"] for each in found["results"])
    assert "%SRCROOT%" in found["originalUriBaseIds"]
    assert "uri" not in found["originalUriBaseIds"]["%SRCROOT%"]


def test_waived_findings_are_suppressed_for_their_reason() -> None:
    suppressions = [each.get("suppressions") for each in the_run(all_kinds())["results"]]
    reason = {"kind": "external", "status": "accepted", "justification": "Der neue Plan kommt im Mai."}
    assert suppressions == [None, None, None, [reason]]


def test_paths_are_uris_from_the_top_of_the_repository() -> None:
    odd = finding(UNKNOWN, file="plans/areas/ä b%20#c.yaml")
    uri = the_run(run(*below("planung/", Checked((odd,), ())).open))["results"][0]["locations"][0]["physicalLocation"]
    assert uri["artifactLocation"]["uri"] == "planung/plans/areas/%C3%A4%20b%2520%23c.yaml"


def test_an_unread_file_is_a_failed_run() -> None:
    assert the_run(run(*EACH))["invocations"] == [{"executionSuccessful": True}]
    assert the_run(run(finding(UNREAD)))["invocations"] == [{"executionSuccessful": False}]


def test_what_a_change_brought_is_new() -> None:
    assert "baselineState" not in the_run(run(*EACH))["results"][0]
    found = the_run(run(*EACH, older=SINCE))
    assert {each["baselineState"] for each in found["results"]} == {"new"}
    assert found["properties"]["summary"][1] == (
        "Nur was seit main (0123456789) dazukam; 12 ältere Befunde weggelassen."
    )
