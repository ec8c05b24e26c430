"""The how-to on the cycle shows what its commands say of the example town."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from tests.cli.repository import sozplan_on

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs/how-to/regelkreis.md"
SHOWN = re.compile(r"```sh\nsozplan (.*?)\n```\n\n```text\n(.*?)```", re.DOTALL)


def test_the_commands_of_the_page(capsys: pytest.CaptureFixture[str]) -> None:
    shown = SHOWN.findall(PAGE.read_text(encoding="utf-8"))
    assert len(shown) == 3
    for command, out in shown:
        said = sozplan_on(ROOT, capsys)(*shlex.split(command))
        assert (said.code, said.out, said.err) == (0, out, "")
