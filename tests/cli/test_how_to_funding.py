"""The how-to on funding: its commands run on the town and say what it shows."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from tests.cli.repository import sozplan_on

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs/how-to/foerdermittel.md"
BLOCK = re.compile(r"```(sh|text)\n(.*?)```", re.DOTALL)


def test_the_commands_of_the_page(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sozplan = sozplan_on(ROOT, capsys)
    out, commands, shown = "", 0, 0
    for kind, content in BLOCK.findall(PAGE.read_text(encoding="utf-8")):
        if kind == "text":
            assert content in out
            shown += 1
            continue
        args = shlex.split(content.removeprefix("sozplan ").replace("--out vorlagen", f"--out {tmp_path}"))
        said = sozplan(*args)
        assert said.code == 0, (content, said.err)
        out, commands = said.out, commands + 1
    assert (commands, shown) == (3, 3)
    assert [each.name for each in tmp_path.iterdir()] == ["funding.pdf"]
