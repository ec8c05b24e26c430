"""The how-to on editing: its commands run on the town, one after the other, and say what it shows."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pytest

from tests.cli.repository import sozplan_on

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs/how-to/plan-bearbeiten.md"
BLOCK = re.compile(r"```(sh|text)\n(.*?)```", re.DOTALL)


def test_the_commands_of_the_page(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for folder in ("plans", "indicators", "handbook", "templates"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    shutil.copy(ROOT / "sozplan.yaml", tmp_path)
    sozplan = sozplan_on(tmp_path, capsys)
    out, commands = "", 0
    for kind, content in BLOCK.findall(PAGE.read_text(encoding="utf-8")):
        if kind == "text":
            assert content == out
            continue
        for line in content.splitlines():
            args = shlex.split(line.removeprefix("sh scripts/run sozplan "))
            said = sozplan(*args)
            assert said.code == 0, (line, said.out, said.err)
            out, commands = said.out, commands + 1
    assert commands == 11
    assert "nordhafen-lesepaten" in (tmp_path / "plans/areas/nordhafen.yaml").read_text(encoding="utf-8")
