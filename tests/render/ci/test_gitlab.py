"""GitLab's Code Quality report: its published fields, and marks that outlive moved lines."""

from __future__ import annotations

import json
import re
from typing import Any

from sozplan.render.ci import Run
from sozplan.render.ci.gitlab import code_quality
from tests.render.ci.runs import EACH, SINCE, UNKNOWN, UNREAD, all_kinds, finding, run


def report(of: Run) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(code_quality(of, "de"))
    return found


def marks(of: Run) -> list[str]:
    return [each["fingerprint"] for each in report(of)]


def test_each_kind() -> None:
    found = report(all_kinds())
    assert [{key: value for key, value in each.items() if key != "fingerprint"} for each in found] == [
        {
            "description": description,
            "check_name": rule,
            "severity": severity,
            "location": {"path": "plans/areas/hafen.yaml", "lines": {"begin": line}},
        }
        for description, rule, severity, line in (
            ("Hier fehlt etwas.", "ref.unknown", "critical", 4),
            ("Hier fehlt etwas.", "time.order", "minor", 9),
            ("Hier fehlt etwas.", "target.ambition", "info", 12),
            ("(ausgenommen) Hier fehlt etwas.", "time.plan-gap", "info", 2),
        )
    ]
    assert all(re.fullmatch(r"[0-9a-f]{64}", mark) for mark in marks(all_kinds()))


def test_a_file_that_cannot_be_read_blocks() -> None:
    assert report(run(finding(UNREAD)))[0]["severity"] == "blocker"


def test_the_mark_stays_when_lines_move_and_in_every_language() -> None:
    assert marks(run(finding(UNKNOWN, 4))) == marks(run(finding(UNKNOWN, 400)))
    english = json.loads(code_quality(run(finding(UNKNOWN)), "en"))
    assert [each["fingerprint"] for each in english] == marks(run(finding(UNKNOWN)))


def test_two_findings_never_share_a_mark() -> None:
    found = marks(run(finding(UNKNOWN, 4), finding(UNKNOWN, 9), finding(UNKNOWN, what="mehr"), *EACH))
    assert len(set(found)) == len(found)


def test_nothing_found_is_an_empty_report() -> None:
    assert code_quality(run(older=SINCE), "de") == "[]\n"
