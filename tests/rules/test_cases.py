"""The edges of each rule, as excerpts over the base example with all that the rule says of them.

`tests/cases/<rule>.yaml` lists them: `case`, the `excerpt`, perhaps another `as_of` day, and what is `found`:
where, how grave, of which entity, and the whole message in both languages.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from sozplan.rules import RULES
from tests.rules.harness import AS_OF, findings

CASES = Path(__file__).parents[1] / "cases"
FILES = sorted(CASES.glob("*.yaml"))


class _Loader(yaml.SafeLoader):
    """Leaves dates as text."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def cases() -> list[Any]:
    return [
        pytest.param(file.stem, case, id=f"{file.stem}: {case['case']}")
        for file in FILES
        for case in yaml.load(file.read_text(), _Loader)  # noqa: S506 -- our own file, a safe loader without dates
    ]


@pytest.mark.parametrize(("rule", "case"), cases())
def test_the_rule_finds_this_and_no_more(rule: str, case: dict[str, Any], tmp_path: Path) -> None:
    as_of = date.fromisoformat(case["as_of"]) if "as_of" in case else AS_OF
    found = [
        {
            "at": f"{d.at.file}:{d.at.line}:{d.at.column}",
            "severity": d.severity.value,
            "entity": d.entity,
            "de": d.say("de"),
            "en": d.say("en"),
        }
        for d in findings(tmp_path, (r for r in RULES if r.id == rule), case.get("excerpt", ""), as_of)
    ]
    assert found == case["found"]


def test_each_file_is_named_for_a_rule() -> None:
    assert {file.stem for file in FILES} <= {each.id for each in RULES}


@pytest.mark.parametrize("each", [r for r in RULES if r.code.group in ("ref", "time")], ids=lambda each: each.id)
def test_each_rule_has_edges(each: Any) -> None:
    assert (CASES / f"{each.id}.yaml").is_file()
