"""A hostile file in a sound repository: the program names it in the right place, at once, and checks all the rest."""

from __future__ import annotations

import re
import time

import pytest

from tests.cli.repository import Repository, Sozplan
from tests.threats.hostile import FIGURES, NEWER, PLANNING, Hostile

SECONDS = 10
FINDING = re.compile(r"(?P<file>\S+?):(?P<line>\d+):\d+: (?:Fehler|Warnung|Hinweis) (?P<rule>[a-z]+\.[a-z0-9-]+) \S")


def findings(said: str, path: str) -> list[str]:
    """Line and rule of each finding in the file."""
    found = (FINDING.match(line) for line in said.splitlines())
    return [f"{each['line']}:{each['rule']}" for each in found if each and each["file"] == path]


@pytest.mark.parametrize("hostile", [*PLANNING, *FIGURES, *NEWER], ids=lambda each: f"{each.threat}-{each.name}")
def test_a_hostile_file(repository: Repository, sozplan: Sozplan, hostile: Hostile) -> None:
    place = repository.root / hostile.path
    content = hostile.content
    if callable(content):
        content = content(place.read_bytes())
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(content.encode() if isinstance(content, str) else content)
    start = time.process_time()
    said = sozplan("check")
    assert time.process_time() - start < SECONDS
    assert (said.code, said.err) == (hostile.code, ""), said.out
    if hostile.says is None:
        assert " 0 Fehler, 0 Warnungen" in said.out
    else:
        found = findings(said.out, hostile.path)
        assert any(hostile.says in (each, each[each.index(":") :][: len(hostile.says)]) for each in found), found
    if hostile.code == 0 and hostile.says:
        assert sozplan("check", "--strict").code == 1
    assert "geheim" not in said.out
    assert len(said.out.splitlines()) < 250
    assert len(said.out) < 200_000
