"""The task for VS Code: its patterns find in what `check` prints just what there is to find."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from sozplan.diagnostics import Lang, Location, Severity, diagnostic, text
from sozplan.render.editor.tasks import BEGINS, ENDS, pattern, tasks
from sozplan.render.findings import line, waived_line
from sozplan.repo.codes import file as codes
from sozplan.rules import RULES
from tests.cli.repository import AREA, Repository, sozplan_on

MATCH = """
const { patterns, lines } = JSON.parse(require('fs').readFileSync(0, 'utf8'))
const found = []
for (const line of lines) {
  for (const [severity, pattern] of Object.entries(patterns)) {
    const match = new RegExp(pattern, '').exec(line)
    if (match) found.push([severity, ...match.slice(1)])
  }
}
console.log(JSON.stringify(found))
"""


def problems(lines: list[str]) -> list[list[str]]:
    """What VS Code's own language finds in the lines, and Python as well."""
    patterns = {severity.value: pattern(severity) for severity in Severity}
    found = [[s, *match.groups()] for each in lines for s, p in patterns.items() if (match := re.match(p, each))]
    node = shutil.which("node")
    if node is not None:
        given = json.dumps({"patterns": patterns, "lines": lines})
        done = subprocess.run([node, "-e", MATCH], input=given, capture_output=True, text=True, check=True)
        assert json.loads(done.stdout) == found
    return found


@pytest.mark.parametrize("lang", ["de", "en"])
def test_each_finding_of_a_check_is_found(tmp_path: Path, capsys: pytest.CaptureFixture[str], lang: Lang) -> None:
    repository = Repository(tmp_path)
    sozplan = sozplan_on(tmp_path, capsys)
    repository.edit(AREA, ("executing: [hafentreff-ev]", "executing: [hafentref-ev]"), ("title: Kita", "titel: Kita"))
    repository.write("plans/areas/notiz.txt", "x")
    told = json.loads(sozplan("check", "--lang", lang, "--format", "json").out)["diagnostics"]
    lines = sozplan("check", "--lang", lang).out.splitlines()
    wanted = [[d["severity"], d["file"], str(d["line"]), str(d["column"]), d["rule"], d["message"]] for d in told]
    assert {each[0] for each in wanted} >= {"error", "warning"}
    assert problems(lines) == wanted


def test_every_rule_is_understood_and_nothing_else() -> None:
    """Whatever stands in a name or a message, and whatever is exempt."""
    codes_of_rules = [rule.code for rule in RULES]
    assert all(re.fullmatch(r"[a-z]+\.[a-z0-9-]+", code.id) for code in codes_of_rules)
    reason = text(de="a: 1:2: Fehler x.y z", en="x")
    found = diagnostic(codes.NOT_READ, Location("plans/[a] b/ü,1.txt", 3, 4), name="n", reason=reason)
    (problem,) = problems([line(found, "de"), waived_line(found, "de"), "7 Dateien, Stand 01.10.2026: 0 Fehler."])
    assert problem[:5] == ["warning", "plans/[a] b/ü,1.txt", "3", "4", "file.not-read"]


@pytest.mark.parametrize("lang", ["de", "en"])
def test_the_task_as_it_is_laid_down(lang: Lang) -> None:
    (task,) = tasks(lang)["tasks"]
    assert task["label"] == {"de": "sozplan: prüfen", "en": "sozplan: check"}[lang]
    assert [task["command"], *task["args"]] == ["sozplan", "check", "--watch"]
    assert task["isBackground"] is True
    for matcher in task["problemMatcher"]:
        assert matcher["background"] == {"activeOnStart": True, "beginsPattern": BEGINS, "endsPattern": ENDS}
        assert matcher["pattern"].keys() == {"regexp", "file", "line", "column", "code", "message"}
    assert "--as-of" not in task["args"]
