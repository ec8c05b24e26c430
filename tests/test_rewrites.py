"""The whole town written otherwise: the check says the same, every stamp holds, and `diff` sees no change."""

from __future__ import annotations

import json
import random
import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from sozplan.cli.app import run
from sozplan.repo.load import kind_of
from tests import faults
from tests.conftest import git

TOWN = Path(__file__).resolve().parent.parent
FOLDERS = ("plans", "indicators", "handbook", "templates")

Rewrite = Callable[[str], str]


@pytest.fixture
def town(tmp_path: Path) -> Path:
    """A copy of the town."""
    shutil.copy(TOWN / "sozplan.yaml", tmp_path)
    for folder in FOLDERS:
        shutil.copytree(TOWN / folder, tmp_path / folder)
    return tmp_path


def shuffled(text: str) -> str:
    head, *rows = text.splitlines(keepends=True)
    random.Random(1).shuffle(rows)
    return head + "".join(rows)


def crlf(text: str) -> str:
    return text.replace("\n", "\r\n")


def with_bom(text: str) -> str:
    return "\ufeff" + text


TABLES: dict[str, Rewrite] = {"CRLF": crlf, "BOM": with_bom, "shuffled": shuffled}
PLANNING: dict[str, Rewrite] = {
    "keys reordered": faults.reordered,
    "plain texts quoted": faults.requoted,
    "comments": faults.commented,
    "CRLF": crlf,
    "BOM": with_bom,
    "flow, double quotes": partial(faults.rewritten, quotes='"', default_flow_style=True, width=100_000),
    "indented by 3, single quotes": partial(faults.rewritten, quotes="'", indent=3, width=50),
    "folded, no end of line": lambda text: faults.rewritten(text, quotes='"', long=">", width=70).rstrip("\n"),
}


def rewrite(root: Path, suffix: str, change: Rewrite) -> None:
    for path in sorted(root.rglob(f"*{suffix}")):
        if suffix != ".yaml" or kind_of(path.relative_to(root).as_posix()):
            path.write_bytes(change(path.read_bytes().decode()).encode())


def commit(root: Path) -> None:
    git(root, "init", "--quiet", "--initial-branch=main")
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--message=Stand der Planung")


def rename(root: Path) -> None:
    """Files whose names say nothing, in the opposite order."""
    for folder in ("areas", "organisation", "funding", "inventory", "territory"):
        files = sorted((root / "plans" / folder).glob("*.yaml"))
        for i, path in enumerate(files):
            path.rename(path.with_name(f"datei-{len(files) - i}.yml"))


def said(capsys: pytest.CaptureFixture[str], *command: str) -> dict[str, Any]:
    run([*command, "--as-of", "2026-10-01", "--format", "json"])
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


def findings(capsys: pytest.CaptureFixture[str], root: Path) -> list[str]:
    """Of all rules, apart from where they stand, and the counts, the waived among them."""
    report = said(capsys, "check", "-C", str(root))
    found = (" ".join(d[key] or "" for key in ("rule", "severity", "entity", "message")) for d in report["diagnostics"])
    return [*sorted(found), str(report["summary"])]


@pytest.mark.parametrize(
    ("suffix", "change"),
    [
        *(pytest.param(".yaml", change, id=f"planning files: {name}") for name, change in PLANNING.items()),
        *(pytest.param(".csv", change, id=f"tables: {name}") for name, change in TABLES.items()),
        pytest.param(".md", crlf, id="texts: CRLF"),
    ],
)
def test_no_false_alarm(town: Path, capsys: pytest.CaptureFixture[str], suffix: str, change: Rewrite) -> None:
    if suffix == ".csv":
        commit(town)  # what tables said when they were decided on is looked up there
    rewrite(town, suffix, change)
    assert findings(capsys, town) == findings(capsys, TOWN)


def test_no_change_is_seen(town: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """All at once: other keys' order, flow, line ends, order of rows, and other file names."""
    commit(town)
    rewrite(town, ".yaml", lambda text: with_bom(crlf(PLANNING["flow, double quotes"](faults.reordered(text)))))
    rewrite(town, ".csv", lambda text: crlf(shuffled(text)))
    rename(town)
    report = said(capsys, "diff", "HEAD", "-C", str(town))
    assert {key: report[key] for key in ("changes", "figures", "findings", "unreadable")} == {
        "changes": [],
        "figures": [],
        "findings": {"new": [], "solved": []},
        "unreadable": [],
    }


def test_a_change_among_all_that_is_none(town: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plan = town / "plans/areas/nordhafen.yaml"
    plan.write_text(plan.read_text(encoding="utf-8").replace("value: 40.0}", "value: 41}"), encoding="utf-8")
    rewrite(town, ".yaml", PLANNING["folded, no end of line"])
    assert [line.partition(" ")[0] for line in findings(capsys, town)[:-1]].count("dec.changed") == 1
