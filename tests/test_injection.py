"""The whole check over the whole town, with a fault in every file at once: each is found on its line."""

from __future__ import annotations

import json
import random
import re
import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from sozplan.cli.app import run
from sozplan.model.entity import Entity, id_of, reference_fields, walk
from sozplan.repo import Loaded, WorkTree, load
from tests import faults, injections
from tests.injections import Injection, Source

TOWN = Path(__file__).resolve().parent.parent
FOLDERS = ("plans", "indicators", "handbook", "templates")
AS_OF = "2026-10-01"
NEAR = 2
ROUNDS = {"planning files": 16, "tables and texts": 10}
"""In each, every file has one fault; the kinds of faults take turns, the places are drawn."""


class Said(NamedTuple):
    """A finding as the program's JSON gives it."""

    file: str
    line: int
    rule: str
    severity: str
    message: str


@pytest.fixture
def town(tmp_path: Path) -> Path:
    shutil.copy(TOWN / "sozplan.yaml", tmp_path)
    for folder in FOLDERS:
        shutil.copytree(TOWN / folder, tmp_path / folder)
    return tmp_path


class Check:
    """`sozplan check`: its findings, never anything else than findings."""

    def __init__(self, root: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.root, self.capsys = root, capsys

    def __call__(self) -> list[Said]:
        code = run(["check", "-C", str(self.root), "--as-of", AS_OF, "--format", "json"])
        said = self.capsys.readouterr()
        assert (code in (0, 1), said.err) == (True, "")
        found: list[dict[str, Any]] = json.loads(said.out)["diagnostics"]
        assert code == any(each["severity"] == "error" for each in found)
        return [Said(each["file"], each["line"], each["rule"], each["severity"], each["message"]) for each in found]


@pytest.fixture
def check(town: Path, capsys: pytest.CaptureFixture[str]) -> Check:
    return Check(town, capsys)


def sources(root: Path, loaded: Loaded) -> Iterator[Source]:
    for path in sorted(root.rglob("*")):
        file = path.relative_to(root).as_posix()
        if file in loaded.plan.roots or path.suffix == ".csv" or file.startswith("handbook/chapters/"):
            yield Source(file, path.read_bytes().decode(), loaded.plan.roots.get(file))


def read(root: Path) -> Loaded:
    with WorkTree(root) as tree:
        return load(tree)


def drawn(source: Source, rounds: int, draw: random.Random) -> list[Injection]:
    """So many faults of one file: of each kind in turn, at drawn places."""
    kinds: dict[str, list[Injection]] = {}
    for maker in injections.makers(source):
        for each in maker(source):
            kinds.setdefault(each.kind, []).append(each)
    turns = sorted(kinds)
    draw.shuffle(turns)
    return [draw.choice(kinds[turns[i % len(turns)]]) for i in range(rounds)]


@pytest.mark.parametrize("group", ROUNDS)
def test_every_fault_is_found_and_nearly_all_on_their_line(town: Path, check: Check, group: str) -> None:
    """Tables go by themselves: what a broken description of them holds back can't be read."""
    draw, is_planning = random.Random(3), group == "planning files"
    of_group = [source for source in sources(town, read(town)) if (source.root is not None) == is_planning]
    faulty = [drawn(source, ROUNDS[group], draw) for source in of_group]
    kinds, unseen, elsewhere = Counter[str](), list[str](), list[str]()
    for injected in zip(*faulty, strict=True):
        for each in injected:
            (town / each.source.file).write_bytes(each.content)
        said: dict[str, list[Said]] = {}
        for finding in check():
            said.setdefault(finding.file, []).append(finding)
        for each in injected:
            found = [f for f in said.get(each.source.file, ()) if f.rule.startswith(each.codes)]
            kinds[each.kind] += 1
            if not found:
                unseen.append(str(each))
            elif all(abs(f.line - each.line) > NEAR for f in found):
                elsewhere.append(f"{each}, said: {found[0]}")
    assert unseen == []
    assert len(elsewhere) <= 0.05 * kinds.total(), elsewhere
    assert (len(faulty) > 60, kinds.total() > 900, len(kinds) > 35) == (is_planning,) * 3, kinds


NAMED_EVERYWHERE = (
    "indicators/datapackage.yaml",
    "plans/funding/applications.yaml",
    "plans/organisation/actors.yaml",
    "plans/organisation/bodies.yaml",
    "plans/strategy.yaml",
    "plans/territory/units.yaml",
)
"""Files on which most of the others rest."""


@pytest.mark.parametrize("file", NAMED_EVERYWHERE)
def test_a_broken_file_costs_its_own_findings_only(town: Path, check: Check, file: str) -> None:
    """Nothing else is reported because of what can't be read: one slip must not echo."""
    known = check()
    (source,) = (each for each in sources(town, read(town)) if each.file == file)
    (town / file).write_bytes(next(injections.mistyped_keys(source)).content)
    assert [finding for finding in check() if finding.file != file and finding not in known] == []


CIRCLES = {
    "Actor.part_of": "ref.cycle",
    "AreaPlan.predecessor": "ref.cycle",
    "Body.escalates_to": "org.escalation",
    "Body.reports_to": "ref.cycle",
    "Goal.parent": "ref.goal-tree",
    "HandbookRule.supersedes": "ref.cycle",
    "Process.replaces": "ref.cycle",
    "Unit.parent": "ref.cycle",
}
"""What stands above or before another of its kind, and the rule that knows that it can't go round."""

HARMLESS = {
    "Body.casting_vote",
    "Body.chair",
    "Goal.also_serves",
    "Indicator.contributors",
    "Indicator.largest_share",
    "InventoryItem.overlaps",
    "Programme.excludes",
}
"""References to one's own kind in which a circle means nothing wrong."""


def test_every_reference_that_can_run_in_a_circle_is_known(town: Path) -> None:
    found = {
        f"{type(each).__name__}.{field}"
        for root in read(town).plan.roots.values()
        for each in walk(root)
        for field, kinds in reference_fields(type(each)).items()
        if type(each).__name__ in kinds
    }
    assert found == CIRCLES.keys() | HARMLESS


@pytest.mark.parametrize("length", [1, 3])
def test_a_circle_is_said_once_and_never_hangs(town: Path, check: Check, length: int) -> None:
    """All of them at once; that a circle of another kind isn't said shows that none covers another."""
    entities = [each for root in read(town).plan.roots.values() for each in walk(root)]
    circles = {
        name: [each for each in entities if type(each).__name__ == name.partition(".")[0]][-length:]
        for name in (*CIRCLES, *HARMLESS)
    }
    edits = [
        (member, name.partition(".")[2], str(id_of(members[(i + 1) % length])))
        for name, members in circles.items()
        for i, member in enumerate(members)
    ]
    for member, field, target in sorted(edits, key=lambda edit: -edit[0].origin.mark.line):
        place = town / member.origin.file
        place.write_text(pointed(place.read_text(encoding="utf-8"), member, field, target), encoding="utf-8")
    said = [finding for finding in check() if finding.rule in CIRCLES.values() and "→" in finding.message]
    around = [[str(id_of(member)) for member in circles[name]] for name in CIRCLES]
    found = sorted(
        found[0].split(" → ")[:-1] for f in said if (found := re.findall(r"\((\S+(?: → \S+)+)\)", f.message))
    )
    assert found == sorted(around)
    assert {(f.rule, f.file) for f in said} == {(rule, circles[name][0].origin.file) for name, rule in CIRCLES.items()}


def pointed(text: str, entity: Entity, field: str, target: str) -> str:
    """With that reference in the entity's mapping, whatever stood there."""
    written = f"[{target}]" if isinstance(getattr(entity, field), tuple) else target
    for mapping in faults.mappings(text):
        if (mapping.start_mark.line, mapping.start_mark.column) == (entity.origin.mark.line, entity.origin.mark.column):
            for key, value in mapping.value:
                if key.value == field:
                    return text[: value.start_mark.index] + written + text[value.end_mark.index :]
            first = mapping.value[0][0].start_mark
            end = ", " if mapping.flow_style else "\n" + " " * first.column
            return f"{text[: first.index]}{field}: {written}{end}{text[first.index :]}"
    raise AssertionError(entity)
