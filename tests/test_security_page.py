"""docs/security.md and docs/promises.md name tests that there are, and every threat has its row."""

from __future__ import annotations

import ast
import re
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest

from tests.threats.hostile import FIGURES, NEWER, PLANNING

ROOT = Path(__file__).resolve().parent.parent
PAGES = (ROOT / "docs/security.md", ROOT / "docs/promises.md")
COUNTS = {"A": 22, "B": 8, "C": 17, "D": 10, "E": 9, "F": 15, "G": 10, "H": 3, "I": 7}
THREATS = [f"{group}{number}" for group, count in COUNTS.items() for number in range(1, count + 1)]
_TEST = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")
_ROW = re.compile(r"^\| ([A-I]\d+) \| (.+) \| (.+) \| (\S+) \| (.+) \|$", re.MULTILINE)
EXITS = {"0", "1", "2", "3", "4", "0/1", "0/3", "0/141", "130", "130/3", "–"}


@cache
def functions(path: str) -> frozenset[str]:
    place = ROOT / path
    tree = ast.parse(place.read_text(encoding="utf-8")) if place.exists() else ast.Module([], [])
    return frozenset(each.name for each in ast.walk(tree) if isinstance(each, ast.FunctionDef))


def missing(page: str) -> list[str]:
    return [f"{path}::{name}" for path, name in _TEST.findall(page) if name not in functions(path)]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_test_that_is_named_exists(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert len(_TEST.findall(text)) > 20
    assert missing(text) == []


@pytest.mark.parametrize("named", ["tests/test_layers.py::test_nothing", "tests/test_nowhere.py::test_x"])
def test_one_that_does_not_is_seen(named: str) -> None:
    assert missing(f"shown by `{named}`") == [named]


def test_every_threat_has_a_row_with_a_test() -> None:
    rows = _ROW.findall(PAGES[0].read_text(encoding="utf-8"))
    assert [id for id, *_ in rows] == THREATS
    for id, tried, happens, code, shown in rows:
        assert tried, id
        assert happens, id
        assert code in EXITS, (id, code)
        assert _TEST.search(shown), id


def test_every_row_of_files_has_a_hostile_file() -> None:
    tried = {each.threat for each in (*PLANNING, *FIGURES, *NEWER)}
    named = {
        id for id, *_, shown in _ROW.findall(PAGES[0].read_text(encoding="utf-8")) if "test_a_hostile_file" in shown
    }
    assert tried == named
    places = [THREATS.index(each.threat) for each in (*PLANNING, *FIGURES, *NEWER)]
    assert all(one <= other for one, other in pairwise(places)), "the files stand in the order of the rows"
