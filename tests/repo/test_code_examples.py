"""Every page of a loader or CSV fault is true: its bad example is found at the marked line, its good one passes."""

from __future__ import annotations

from pathlib import Path

import pytest

from sozplan.diagnostics import Code, Diagnostic, Severity
from sozplan.model.case import Case
from sozplan.repo.codes import CODES
from sozplan.rules import RULES
from sozplan.rules.rule import run
from tests.rules.harness import AS_OF, Mark, lay, read

each_code = pytest.mark.parametrize("code", CODES, ids=lambda code: code.id)


BESIDE = {"yaml.too-many-faults": "yaml.number"}
"""What can't be had without others."""


TOO_LARGE = {"csv.more-rows", "csv.compared-in-part"}
"""What takes a file of more than 64 MB; tests/repo/store/test_thorough.py has it."""

KEPT_ELSEWHERE = {"csv.warehouse-row"}
"""What takes a database; tests/warehouse has it."""


each_shown = pytest.mark.parametrize(
    "code", [code for code in CODES if code.id not in TOO_LARGE | KEPT_ELSEWHERE], ids=lambda code: code.id
)


def errors(found: list[Diagnostic]) -> list[str]:
    return [f"{d.at}: {d.code.id} {d.say('de')}" for d in found if d.severity is Severity.ERROR]


@each_shown
def test_bad_is_found_where_it_is_marked(code: Code, tmp_path: Path) -> None:
    marks, vanishing = lay(tmp_path, code.bad)
    assert marks, "the bad example marks no line"
    found = read(tmp_path, vanishing).diagnostics
    assert sorted({Mark(d.code.id, d.at.file, d.at.line) for d in found if d.code.id == code.id}) == sorted(marks)
    assert all(d.severity is code.severity for d in found if d.code.id == code.id)
    assert errors([d for d in found if d.code.id not in (code.id, BESIDE.get(code.id))]) == []


@each_code
def test_good_passes(code: Code, tmp_path: Path) -> None:
    marks, _ = lay(tmp_path, code.good)
    assert marks == [], "a good example marks no line"
    loaded = read(tmp_path)
    assert [f"{d.at}: {d.code.id} {d.say('de')}" for d in loaded.diagnostics] == []
    case = Case(loaded.plan, loaded.figures, AS_OF, loaded.documents)
    assert errors(list(run(case, RULES))) == []


@each_shown
def test_the_message_is_one_line_in_both_languages(code: Code, tmp_path: Path) -> None:
    _, vanishing = lay(tmp_path, code.bad)
    for d in read(tmp_path, vanishing).diagnostics:
        for sentence in (d.say("de"), d.say("en")):
            assert "\n" not in sentence
            assert "{" not in sentence or d.code.id.startswith("yaml.")
