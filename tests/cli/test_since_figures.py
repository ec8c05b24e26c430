"""Figures of what changed lead back, too: to a field of today, to one of the commit of then, or to `status` of then."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.cli.repository import AREA, Repository, Sozplan
from tests.render.test_cited import Page, Plain

LISTS = {"count/milestone": "milestones", "count/need": "needs"}


class States:
    """Raw YAML and computed values, of today or of `commit:day`."""

    def __init__(self, repository: Repository, sozplan: Sozplan) -> None:
        self.repository, self.sozplan = repository, sozplan

    def value(self, ref: str) -> Decimal:
        name, _, path = ref.partition("#")
        id, _, state = name.partition("@")
        field, since, before = path.partition("/since/")
        if since:
            return self.value(f"{id}#{field}") - self.value(f"{id}@{before}#{field}")
        commit, _, day = state.partition(":")
        if path in {"actual", "attainment"}:
            return self._computed(commit, day, id, path)
        raw = self.repository.read(AREA) if not commit else self.repository.git("show", f"{commit}:{AREA}")
        entity = next(e for e in _mappings(yaml.load(raw, Loader=Plain)) if e.get("id") == id)  # noqa: S506
        if path in LISTS:
            return Decimal(len(entity[LISTS[path]]))
        found: Any = entity
        for part in path.split("/"):
            found = _item(found, part.replace("~1", "/")) if isinstance(found, list) else found[part]
        return Decimal(found)

    def _computed(self, commit: str, day: str, target: str, name: str) -> Decimal:
        options = ["--rev", commit, "--as-of", day] if commit else []
        said = self.sozplan("status", "--format", "json", *options)
        (found,) = (each for each in json.loads(said.out)["targets"] if each["target"] == target)
        return Decimal(str(found[name]))


def _mappings(raw: object) -> Iterator[dict[str, Any]]:
    if isinstance(raw, dict):
        yield raw
    for below in raw.values() if isinstance(raw, dict) else raw if isinstance(raw, list) else ():
        yield from _mappings(below)


def _item(items: list[Any], about: str) -> Any:
    """By what it is about: the budget line of a year."""
    return next(each for each in items if each["year"] == about)


@pytest.mark.parametrize("lang", ["de", "en"])
def test_every_figure_of_what_changed_resolves(
    repository: Repository, sozplan: Sozplan, tmp_path: Path, lang: str
) -> None:
    commit = repository.git("rev-parse", "HEAD")
    repository.edit(
        AREA,
        ("target: {period: 2028, value: 90.0}", "target: {period: 2028, value: 92.0}"),
        ("planned: 60000\n", "planned: 61500\n"),
        ("year: 2029", "year: 2030"),
    )
    out = tmp_path / "out"
    said = sozplan("report", "--lang", lang, "--out", str(out), "--format", "html", "--since", commit)
    assert said.code == 0, said.err
    page = Page((out / "hafen-2026.html").read_text("utf-8"))
    then = [figure for figure in page.figures if "@" in figure[0]]
    moved = [figure for figure in page.figures if "/since/" in figure[0]]
    assert {ref.partition("@")[0] for ref, _, _ in then} == {"hafen-m1", "hafen-g1-t1"}
    assert all(f"{commit[:10]}:" in ref for ref, _, _ in (*then, *moved))
    states = States(repository, sozplan)
    wrong = [(ref, value) for ref, value, _ in (*then, *moved) if states.value(ref) != Decimal(value)]
    assert wrong == []
    assert {words.lstrip("+€").rstrip("\xa0€") for _, _, words in moved} in ({"1.500"}, {"1,500"})


def test_no_figure_of_what_changed_stands_alone(repository: Repository, sozplan: Sozplan, tmp_path: Path) -> None:
    repository.edit(
        AREA,
        ("planned: 60000\n", "planned: 61500\n"),
        ("year: 2029", "year: 2030"),
        ("goals:\n", "  - {id: hafen-n2, statement: Der Treff ist zu klein.}\ngoals:\n"),
    )
    sozplan("report", "--out", str(tmp_path / "out"), "--format", "html", "--since", "HEAD")
    html = (tmp_path / "out/hafen-2026.html").read_text("utf-8")
    section = html.partition("Seit der letzten Vorlage</h2>")[2].partition("<h2")[0]
    assert "61.500" in section
    nodes = Page(f"<body>{section}").nodes
    loose = (re.sub(r"„[^“]*“|\b20\d\d\b|\d\d\.\d\d\.\d{4}|Stand \S+ \(\w+\)", "", node) for node in nodes)
    assert [each for each in loose if re.search(r"\d", each)] == []
