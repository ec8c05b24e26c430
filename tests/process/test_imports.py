"""What a command imports is what it needs: whatever is not imported can't be slow, break, or be attacked."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from sozplan.cli.app import COMMANDS
from tests.process.calls import environment
from tests.process.commands import WRITING, World, Writing

PROGRAM = """
import sys
sys.argv = ["sozplan", *sys.argv[1:]]
before = set(sys.modules)
from sozplan.cli import main
try:
    main()
except SystemExit:
    pass
import json
found = {name.partition(".")[0] for name in set(sys.modules) - before} - set(sys.stdlib_module_names)
print("\\n@@" + json.dumps(sorted(name for name in found if name[0] != "_")))
"""
CORE = {
    *("annotated_doc", "annotated_types", "cython_runtime", "pydantic", "pydantic_core", "shellingham", "sozplan"),
    *("typer", "typing_extensions", "typing_inspection", "yaml"),
}
"""Options, models and YAML: all that `check` needs."""
WORDS = {"babel", "markupsafe"}
"""Numbers and days in German and English."""
TABLES = WORDS | {"rich"}
PAPER = WORDS | {"PIL", "font_source_sans_pro", "jinja2", "markdown_it", "mdurl", "pyphen"}
PANDAS = {"dateutil", "pandas", "pyarrow", "six"}
"""Pyarrow only where something else has brought it."""
WORKBOOKS = {"PIL", "defusedxml", "duckdb", "et_xmlfile", "lxml", "numpy", "openpyxl", "ruamel"}
ALLOWED: dict[tuple[str, ...], set[str]] = {
    ("--version",): {"sozplan"},
    ("--help",): CORE | WORDS,
    ("rules",): CORE,
    ("explain", "ref.unknown"): CORE,
    ("check",): CORE,
    ("check", "--format", "json"): CORE,
    ("check", "--format", "sarif"): CORE,
    ("check", "--format", "github"): CORE,
    ("status",): CORE | TABLES,
    ("due",): CORE | TABLES,
    ("cycle",): CORE | TABLES,
    ("funding",): CORE | TABLES,
    ("thread", "hafen-g1"): CORE | WORDS,
    ("diff", "HEAD"): CORE | WORDS,
    ("history", "hafen-g1"): CORE | WORDS | {"git", "gitdb", "smmap"},
    ("process", "list"): CORE | WORDS,
    ("process", "export", "--out", "{out}"): CORE | WORDS | {"PIL", "font_source_sans_pro", "lxml", "pyphen"},
    ("index", "sozialindex", "--period", "2024"): CORE | TABLES | {"numpy"},
    ("report", "--format", "html", "--out", "{out}"): CORE | PAPER,
    ("handbook", "--out", "{out}/h.html"): CORE | PAPER | {"lxml"},
    ("schema", "--out", "{out}"): CORE,
    ("init", "{out}/neu", "--name", "M", "--key", "05123000"): CORE | {"jinja2", "markupsafe"},
    ("add", "need", "--dry-run"): CORE | WORDS,
    ("set", "hafen-m1", "title", "Neu", "--dry-run"): CORE | WORDS,
    ("review", "hafen-m1", "statement=Gut.", "--dry-run"): CORE | WORDS,
    ("resolve", "b-2025-117", "hafen-2026"): CORE | WORDS,
    ("rename", "hafen-g1", "hafen-g9", "--dry-run"): CORE | WORDS,
    ("move", "b-2024-031", "--before", "b-2024-030", "--dry-run"): CORE | WORDS,
    ("table", "measures", "--out", "{out}/m.xlsx"): CORE | WORDS | WORKBOOKS,
    ("apply", "{workbook}", "--dry-run"): CORE | WORDS | WORKBOOKS | PANDAS,
    ("import", "besuche", "{delivery}", "--dry-run"): CORE | WORDS | WORKBOOKS,
}


@pytest.mark.parametrize("args", ALLOWED, ids=" ".join)
def test_a_command_imports_no_more_than_this(tmp_path: Path, args: tuple[str, ...]) -> None:
    world = World(tmp_path / "w", Writing(args))
    nowhere = args[0] in ("--version", "--help", "rules", "explain", "init")
    given = [part.replace("{out}", str(world.out)) for part in args] if nowhere else world.args
    done = subprocess.run(
        [sys.executable, "-P", "-c", PROGRAM, *given], env=environment(), capture_output=True, text=True, cwd=tmp_path
    )
    found = set(json.loads(done.stdout.rpartition("@@")[2]))
    assert found - ALLOWED[args] == set(), done.stderr
    assert "Traceback" not in done.stderr


def test_every_command_is_on_the_list() -> None:
    missing = set(COMMANDS) - {args[0] for args in ALLOWED}
    assert not missing, f"say in ALLOWED what {missing} may import"
    assert {each.args[0] for each in WRITING} <= set(COMMANDS)
