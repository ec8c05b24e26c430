"""Whose time it was."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from bench import profiles
from bench.profiles import IMPORTS, PYTHON, Profile, part, shares, table


@pytest.mark.parametrize(
    ("file", "function", "whose"),
    [
        ("/checkout/src/sozplan/repo/load.py", "load", "repo"),
        ("/lib/python3.11/site-packages/sozplan/render/charts/maps.py", "drawn", "render"),
        ("/lib/python3.11/site-packages/sozplan/__main__.py", "main", "cli"),
        ("/lib/python3.11/site-packages/sozplan/diagnostics.py", "say", "cli"),
        ("/lib/python3.11/site-packages/pydantic/main.py", "__init__", "pydantic"),
        ("/lib/python3.11/site-packages/pydantic/main.py", "<module>", IMPORTS),
        ("<frozen importlib._bootstrap>", "_find_and_load", IMPORTS),
        ("/lib/python3.11/json/decoder.py", "decode", PYTHON),
    ],
)
def test_parts(file: str, function: str, whose: str) -> None:
    assert part(file, function) == whose


def test_a_built_in_function_counts_where_it_is_called(tmp_path: Path) -> None:
    inside = tmp_path / "sozplan/render/sums.py"
    inside.parent.mkdir(parents=True)
    inside.write_text("sum(range(3_000_000))\ndef work():\n    return sum(range(9_000_000))\nwork()\n")
    kept = tmp_path / "profile"
    subprocess.run([sys.executable, "-m", "cProfile", "-o", str(kept), str(inside)], check=True)
    found = shares(kept)
    assert sum(found.values()) == pytest.approx(1)
    assert max(found, key=lambda name: found[name]) == "render"


def test_libraries_are_named_from_a_twentieth_on() -> None:
    found = table(
        [Profile("check", 1.234, {IMPORTS: 0.5, "repo": 0.3, "pydantic": 0.15, "jinja2": 0.04, PYTHON: 0.01})]
    )
    assert found.splitlines()[2] == (
        "| `check` | 1.23 s | 50% | 30% | 0% | 0% | 0% | 0% | 0% | 19% (pydantic 15%) | 1% |"
    )


def test_every_command_that_is_profiled_exists() -> None:
    for arguments in profiles.commands("out").values():
        asked = [sys.executable, "-P", "-m", "sozplan", arguments[0], "--help"]
        assert subprocess.run(asked, capture_output=True).returncode == 0
