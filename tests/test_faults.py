"""What people get wrong while writing: found where it was made, said in one sentence, and never a traceback."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from itertools import islice
from pathlib import Path

import pytest

from sozplan.cli.app import run
from sozplan.diagnostics import Diagnostic
from sozplan.model.case import Case
from sozplan.model.entity import Entity
from sozplan.model.figures import Figures
from sozplan.repo import Loaded, WorkTree, load
from sozplan.repo import yaml as reader
from sozplan.repo.load import kind_of
from sozplan.repo.schema import validate
from sozplan.rules import RULES
from sozplan.rules.rule import run as run_rules
from tests import faults
from tests.faults import Slip

HERE = Path(__file__).resolve().parent
EXAMPLES = {"base": HERE / "examples/base", "kreis": HERE / "examples/kreis", "town": HERE.parent}
FOLDERS = ("plans", "indicators", "handbook", "templates")
AS_OF = date(2026, 10, 1)
UNKNOWN = tuple(rule for rule in RULES if rule.id == "ref.unknown")
NEAR = 2
SLIPS = 60
"""Of each kind in one file; a larger file is probed at places spread over it."""


def planning_files(root: Path) -> Iterator[Path]:
    yield root / "sozplan.yaml"
    for folder in FOLDERS:
        yield from (path for path in sorted((root / folder).rglob("*")) if path.is_file())


FILES = [
    pytest.param(name, path.relative_to(root).as_posix(), id=f"{name}:{path.relative_to(root).as_posix()}")
    for name, root in EXAMPLES.items()
    for path in planning_files(root)
    if kind_of(path.relative_to(root).as_posix())
]


@cache
def loaded(name: str) -> Loaded:
    with WorkTree(EXAMPLES[name]) as tree:
        return load(tree)


def content(name: str, file: str) -> tuple[str, Entity]:
    return (EXAMPLES[name] / file).read_text(encoding="utf-8"), loaded(name).plan.roots[file]


def read(text: str, file: str) -> Entity | tuple[Diagnostic, ...]:
    kind = kind_of(file)
    assert kind is not None
    document = reader.read(text.encode(), file)
    return document.diagnostics if document.value is None else validate(kind, document.value, text.encode())


def spread(slips: Iterator[Slip]) -> list[Slip]:
    found = list(slips)
    return list(islice(found, 0, None, max(1, -(-len(found) // SLIPS))))


def missed(slips: list[Slip], file: str, code: str) -> list[str]:
    """The slips for which something else was said than one finding of that code near the place."""
    wrong = []
    for slip in slips:
        found = read(slip.text, file)
        said = [f"{d.at.line} {d.code.id} {d.say('de')}" for d in found] if isinstance(found, tuple) else ["nothing"]
        if (
            isinstance(found, Entity)
            or {d.code.id for d in found} != {code}
            or abs(found[0].at.line - slip.line) > NEAR
        ):
            wrong.append(f"{slip.line}: {slip.what}: {said}")
    return wrong


@pytest.mark.parametrize(("name", "file"), FILES)
def test_a_mistyped_key_is_named_once(name: str, file: str) -> None:
    text, _ = content(name, file)
    slips = spread(faults.mistyped_keys(text))
    assert slips
    assert missed(slips, file, "yaml.unknown-key") == []


@pytest.mark.parametrize(("name", "file"), FILES)
def test_a_deleted_required_key_is_missed_where_it_was(name: str, file: str) -> None:
    text, root = content(name, file)
    assert missed(spread(faults.deleted_keys(text, root)), file, "yaml.missing-key") == []


@pytest.mark.parametrize(("name", "file"), FILES)
def test_content_is_the_same_however_it_is_written(name: str, file: str) -> None:
    text, root = content(name, file)
    for rewritten in (
        faults.reordered(text),
        faults.requoted(text),
        faults.commented(text),
        text.replace("\n", "\r\n"),
        "\ufeff" + text,
        text.rstrip("\n"),
        f"---\n{text}...\n",
    ):
        found = read(rewritten, file)
        assert isinstance(found, Entity), (rewritten[:300], [f"{d.at.line}: {d.say('de')}" for d in found][:3])
        assert found.model_dump() == root.model_dump()


@pytest.mark.parametrize(("name", "file"), FILES)
def test_a_broken_reference_is_found_where_it_stands(name: str, file: str) -> None:
    text, root = content(name, file)
    wrong = []
    for slip in spread(faults.broken_references(text, root)):
        broken = read(slip.text, file)
        assert isinstance(broken, Entity), slip.what
        case = Case(replace(loaded(name).plan, roots={**loaded(name).plan.roots, file: broken}), Figures(), AS_OF)
        said = [finding.at for finding in run_rules(case, UNKNOWN) if finding.at.file == file]
        if [at for at in said if abs(at.line - slip.line) <= NEAR] != said or not said:
            wrong.append(f"{slip.line}: {slip.what}: {said}")
    assert wrong == []


Found = list[tuple[str, str, int]]
Check = Callable[[str, str, Callable[[str], str]], tuple[int, Found]]


@pytest.fixture
def check(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Check:
    """Edits one file of a copy of an example and checks it by the command line; gives code, file and line of errors."""

    def edit_and_check(name: str, file: str, change: Callable[[str], str]) -> tuple[int, Found]:
        root = tmp_path / name
        for path in planning_files(EXAMPLES[name]):
            target = root / path.relative_to(EXAMPLES[name])
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, target)
        before = (root / file).read_bytes().decode()
        (root / file).write_bytes(change(before).encode())
        code = run(["check", "-C", str(root), "--as-of", AS_OF.isoformat(), "--format", "json"])
        said = capsys.readouterr()
        assert said.err == ""
        report = json.loads(said.out)
        found = [(d["rule"], d["file"], d["line"]) for d in report["diagnostics"] if d["severity"] == "error"]
        return code, found

    return edit_and_check


PLANS = {"base": "plans/areas/hafen.yaml", "kreis": "plans/areas/marsch.yaml", "town": "plans/areas/nordhafen.yaml"}
PLANNED = re.compile(r"^    planned: \{from: (\S+), to: (\S+)\}", re.MULTILINE)


def line_of(text: str, at: int) -> int:
    return text.count("\n", 0, at) + 1


def line_with(text: str, pattern: str | re.Pattern[str]) -> int:
    match = re.search(pattern, text, re.MULTILINE)
    assert match is not None, pattern
    return line_of(text, match.start())


@pytest.mark.parametrize(("name", "file"), PLANS.items())
class TestSlips:
    """The list of what a tired planner does, on the plan of an area."""

    def test_none(self, check: Check, name: str, file: str) -> None:
        assert check(name, file, lambda text: text) == (0, [])

    def test_required_key_deleted(self, check: Check, name: str, file: str) -> None:
        code, found = check(name, file, lambda text: re.sub(r"(?m)^title: .*\n", "", text, count=1))
        assert (code, found) == (1, [("yaml.missing-key", file, found[0][2])])
        assert abs(found[0][2] - line_with(self.text(name, file), "^title: ")) <= NEAR

    def test_key_mistyped(self, check: Check, name: str, file: str) -> None:
        code, found = check(name, file, lambda text: text.replace("\nstatus:", "\nstatsu:", 1))
        line = line_with(self.text(name, file), "^status:")
        assert (code, found) == (1, [("yaml.unknown-key", file, line)])

    def test_reference_to_nowhere(self, check: Check, name: str, file: str) -> None:
        code, found = check(name, file, lambda text: re.sub(r"(?m)^area: .*$", "area: nirgends", text, count=1))
        line = line_with(self.text(name, file), "^area: ")
        assert code == 1
        assert ("ref.unknown", file, line) in found

    def test_dates_swapped(self, check: Check, name: str, file: str) -> None:
        code, found = check(name, file, lambda text: PLANNED.sub(r"    planned: {from: \2, to: \1}", text, count=1))
        line = line_with(self.text(name, file), PLANNED.pattern)
        assert code == 1
        near = [(rule, where) for rule, where, at in found if abs(at - line) <= NEAR]
        assert [each for each in near if each[0] != "dec.changed"] == [("time.order", file)], "it was decided otherwise"

    def test_id_doubled(self, check: Check, name: str, file: str) -> None:
        ids = re.findall(r"(?m)^  - id: (\S+)$", self.text(name, file))
        code, found = check(name, file, lambda text: text.replace(f"- id: {ids[1]}\n", f"- id: {ids[0]}\n", 1))
        line = line_of(self.text(name, file), self.text(name, file).index(f"- id: {ids[1]}\n"))
        assert code == 1
        assert ("ref.duplicate-id", file, line) in found

    def test_file_truncated(self, check: Check, name: str, file: str) -> None:
        text = self.text(name, file)
        cut = text.index("{", len(text) // 2) + 10
        code, found = check(name, file, lambda text: text[:cut])
        assert code == 1
        assert [where for _, where, at in found if abs(at - line_of(text, cut)) <= NEAR] == [file]
        assert {rule for rule, where, _ in found if where != file} <= {"ref.unknown"}, (
            "what was cut off is named elsewhere"
        )

    def test_tab_added(self, check: Check, name: str, file: str) -> None:
        text = self.text(name, file)
        line = line_of(text, text.index("\n    statement:") + 1)
        code, found = check(name, file, lambda text: text.replace("\n    statement:", "\n\tstatement:", 1))
        assert (code, found) == (1, [("yaml.tab", file, line)])

    @staticmethod
    def text(name: str, file: str) -> str:
        return (EXAMPLES[name] / file).read_text(encoding="utf-8")


def test_a_plan_cut_anywhere_is_never_a_crash(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A truncated file is said to be faulty, or is a whole shorter one; others are read all the same."""
    shutil.copytree(EXAMPLES["base"], tmp_path / "base")
    plan = tmp_path / "base" / PLANS["base"]
    data = plan.read_bytes()
    for cut in range(0, len(data), 97):
        plan.write_bytes(data[:cut])
        code = run(["check", "-C", str(tmp_path / "base"), "--as-of", AS_OF.isoformat()])
        said = capsys.readouterr()
        assert code in (0, 1), (cut, said.err)
        assert "Traceback" not in said.out + said.err
        assert code == 1 or "0 Fehler" in said.out
