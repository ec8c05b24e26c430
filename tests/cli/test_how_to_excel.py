"""The how-to on workbooks: its commands run on the town, and say what it shows."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pytest

from tests.cli.repository import sozplan_on
from tests.cli.workbooks import Workbook

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs/how-to/mit-excel.md"
BLOCK = re.compile(r"```(sh|text)\n(.*?)```", re.DOTALL)


def test_the_commands_of_the_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for folder in ("plans", "indicators", "handbook", "templates"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    shutil.copy(ROOT / "sozplan.yaml", tmp_path)
    monkeypatch.chdir(tmp_path)
    sozplan = sozplan_on(tmp_path, capsys)
    out, commands = "", 0
    for kind, content in BLOCK.findall(PAGE.read_text(encoding="utf-8")):
        if kind == "text":
            assert content == out
            continue
        said = sozplan(*shlex.split(content.strip().removeprefix("sh scripts/run sozplan ")))
        assert said.code == 0, (content, said.out, said.err)
        out, commands = said.out, commands + 1
        if commands == 1:  # an office fills it in
            book = Workbook(tmp_path / "massnahmen.xlsx")
            book.put("Maßnahmen", "nordhafen-m1", "Voraussichtlich: Von", "01.02.2026")
            book.put("Maßnahmen", "nordhafen-m1", "Voraussichtlich: Bis", "31.07.2029")
            book.save()
    assert commands == 3
