"""The house's order (ARCHITECTURE.md): imports point one way, and only `cli` knows the world outside."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parent.parent / "src"

MAY_IMPORT = {
    "": set(),
    "diagnostics": set(),
    "model": {"diagnostics"},
    "repo": {"diagnostics", "model"},
    "analysis": {"diagnostics", "model"},
    "rules": {"diagnostics", "model", "analysis"},
    "render": {"diagnostics", "model", "analysis", "rules"},
    "cli": {"diagnostics", "model", "repo", "analysis", "rules", "render"},
    "__main__": {"cli"},
}
OUTSIDE_WORLD = {
    "print", "input", "os.environ", "os.getenv", "date.today", "datetime.now", "datetime.today", "datetime.utcnow",
    "time.time", "sys.argv", "sys.exit", "Path.home",
}  # fmt: skip


def faults(source: Path) -> Iterator[str]:
    for path in sorted(source.rglob("*.py")):
        module = path.relative_to(source).with_suffix("").parts
        package = module[:-1]
        part = layer(module[:-1] if module[-1] == "__init__" else module)
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            where = f"{path.relative_to(source).as_posix()}:{getattr(node, 'lineno', 0)}"
            for target in imported(node, package):
                if (reached := layer(target)) != part and reached not in MAY_IMPORT.get(part, set()):
                    yield f"{where}: {part or 'sozplan'} imports {reached or 'sozplan itself'}"
            if part not in {"cli", "__main__"} and (name := dotted(node)) in OUTSIDE_WORLD:
                yield f"{where}: {part} uses {name}"


def layer(module: tuple[str, ...]) -> str:
    return module[1] if len(module) > 1 else ""


def imported(node: ast.AST, package: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Modules of ours that the statement brings in; for `from sozplan import x` that is `sozplan.x`."""
    names: list[tuple[str, ...]] = []
    match node:
        case ast.Import():
            names = [tuple(alias.name.split(".")) for alias in node.names]
        case ast.ImportFrom():
            base = package[: len(package) + 1 - node.level] if node.level else ()
            base += tuple(node.module.split(".")) if node.module else ()
            names = [(*base, alias.name) for alias in node.names]
        case ast.Call(func=ast.Name("__import__") | ast.Name("import_module") | ast.Attribute(attr="import_module")):
            names = [
                tuple(str(argument.value).split(".")) for argument in node.args if isinstance(argument, ast.Constant)
            ]
    yield from (name for name in names if name[0] == "sozplan" and name[1:] != ("__version__",))


def dotted(node: ast.AST) -> str:
    match node:
        case ast.Call(func=ast.Name(name)):
            return name
        case ast.Attribute(value=ast.Name(owner), attr=name):
            return f"{owner}.{name}"
    return ""


def test_imports_point_one_way() -> None:
    assert list(faults(SOURCE)) == []


def test_every_part_has_its_place() -> None:
    parts = {
        path.stem for path in (SOURCE / "sozplan").iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()
    }
    assert parts - {"__init__"} <= set(MAY_IMPORT)


@pytest.mark.parametrize(
    ("file", "line", "fault"),
    [
        ("model/a.py", "from sozplan import repo", "model imports repo"),
        ("model/a.py", "import sozplan.repo as r", "model imports repo"),
        ("model/a.py", "from sozplan.repo.trees import read", "model imports repo"),
        ("model/a.py", "from .. import rules", "model imports rules"),
        ("model/deep/a.py", "from ...cli.check import check", "model imports cli"),
        ("model/__init__.py", "from ..analysis import attain", "model imports analysis"),
        ("model/a.py", "def f():\n    import sozplan.cli", "model imports cli"),
        ("model/a.py", "import sozplan", "model imports sozplan itself"),
        ("model/a.py", "import importlib\nimportlib.import_module('sozplan.cli')", "model imports cli"),
        ("rules/a.py", "from sozplan import diagnostics, render", "rules imports render"),
        ("render/a.py", "from sozplan.repo import load", "render imports repo"),
        ("repo/a.py", "from sozplan.analysis import attain", "repo imports analysis"),
        ("diagnostics.py", "from sozplan.model import Plan", "diagnostics imports model"),
        ("__init__.py", "from sozplan.model import Plan", "sozplan imports model"),
        ("analysis/a.py", "from datetime import date\nx = date.today()", "analysis uses date.today"),
        ("repo/a.py", "import os\nx = os.environ['HOME']", "repo uses os.environ"),
        ("render/a.py", "print('x')", "render uses print"),
    ],
)
def test_a_breach_is_seen(tmp_path: Path, file: str, line: str, fault: str) -> None:
    path = tmp_path / "sozplan" / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(line, encoding="utf-8")
    number = line.count("\n") + 1
    assert list(faults(tmp_path)) == [f"sozplan/{file}:{number}: {fault}"]


@pytest.mark.parametrize(
    ("file", "line"),
    [
        ("model/a.py", "from sozplan import __version__, diagnostics"),
        ("model/a.py", "from .periods import Period\nfrom . import goals"),
        ("model/a.py", "import sozplan.model.goals"),
        ("cli/a.py", "from sozplan import repo, rules\nprint(repo)"),
        ("__main__.py", "from sozplan.cli import main"),
        ("render/a.py", "import pandas\nself.print()"),
    ],
)
def test_the_right_way_is_free(tmp_path: Path, file: str, line: str) -> None:
    path = tmp_path / "sozplan" / file
    path.parent.mkdir(parents=True)
    path.write_text(line, encoding="utf-8")
    assert list(faults(tmp_path)) == []
