"""What people install: the wheel, its metadata, its locked dependencies."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterator
from email import message_from_bytes
from email.message import Message
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

import sozplan

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LOCKS = sorted((ROOT / "requirements").glob("*.txt"))


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Iterator[zipfile.ZipFile]:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (path,) = folder.glob("*.whl")
    with zipfile.ZipFile(path) as archive:
        yield archive


def metadata(wheel: zipfile.ZipFile) -> Message:
    return message_from_bytes(wheel.read(f"sozplan-{sozplan.__version__}.dist-info/METADATA"))


def test_wheel_holds_code_templates_and_the_town_and_nothing_else(wheel: zipfile.ZipFile) -> None:
    source = ROOT / "src"
    expected = {path.relative_to(source).as_posix() for path in tracked("src")}
    for folder in ("sozplan.yaml", "plans", "indicators", "templates", "handbook"):
        expected |= {f"sozplan/example/{path.relative_to(ROOT).as_posix()}" for path in tracked(folder)}
    expected |= {f"sozplan/skeleton/ci/{path.name}" for path in tracked("docs/ci")}
    found = {name for name in wheel.namelist() if ".dist-info/" not in name}
    assert found == expected
    assert any(name.startswith("sozplan/templates/") for name in found)


def tracked(folder: str) -> list[Path]:
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", folder]
    names = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout.split("\0")
    return [ROOT / name for name in names if name and (ROOT / name).exists()]


def test_metadata(wheel: zipfile.ZipFile) -> None:
    fields = metadata(wheel)
    assert fields["Name"] == "sozplan"
    assert fields["Version"] == sozplan.__version__
    assert fields["Requires-Python"] == ">=3.11"
    assert fields["License-Expression"] == "MIT"
    assert fields.get_all("Provides-Extra") == ["spark", "warehouse"]
    assert f"sozplan-{sozplan.__version__}.dist-info/licenses/LICENSE" in wheel.namelist()


def test_readme_is_the_description(wheel: zipfile.ZipFile) -> None:
    assert metadata(wheel).get_payload(decode=True) == (ROOT / "README.md").read_bytes()


@pytest.mark.skipif(os.environ.get("SOZPLAN_TESTS") != "wheel", reason="run with `make test`")
def test_the_tests_run_against_the_wheel() -> None:
    assert (ROOT / "src") not in Path(sozplan.__file__).parents
    assert str(ROOT / "src") not in sys.path


COMMISSIONED = {"gitpython", "ruamel-yaml"}
"""Laid down in the commission for tables, edits and history; installed even before the commands that need them."""


def test_all_that_is_imported_is_declared_and_the_other_way_round() -> None:
    distributions = packages_distributions()
    declared = names(PROJECT["project"]["dependencies"])
    providers = {module: {normal(name) for name in distributions.get(module, [])} for module in third_party()}
    undeclared = {module for module, found in providers.items() if not found & declared}
    assert undeclared == {"ibis", "pyspark"}  # those of the extras, imported only where a database is named
    assert declared - set().union(*providers.values()) <= COMMISSIONED


def third_party() -> set[str]:
    """Modules that are imported or, like the fonts, opened by `files("…")`."""
    found: set[str] = set()
    for path in (ROOT / "src").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            match node:
                case ast.Import():
                    found |= {alias.name for alias in node.names}
                case ast.ImportFrom(module=str(name), level=0) | ast.Call(ast.Name("files"), [ast.Constant(str(name))]):
                    found.add(name)
    return {name.partition(".")[0] for name in found} - sys.stdlib_module_names - {"sozplan"}


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.name)
def test_lock_pins_hashes_and_names_no_host(lock: Path) -> None:
    text = lock.read_text(encoding="utf-8")
    assert not re.search(r"://|--(extra-)?index-url|--find-links|--trusted-host", text)
    requirements = re.split(r"\n(?=\S)", text.partition("\n\n")[2] or text)
    pinned = [line for line in requirements if not line.startswith("#")]
    assert len(pinned) > (0 if lock.stem == "fuzz" else 20)
    assert [
        line for line in pinned if not re.match(r"[\w.-]+==\S+( ; .+?)?( \\\n +--hash=sha256:[0-9a-f]{64})+", line)
    ] == []


def test_locks_hold_every_dependency_and_agree() -> None:
    pinned = {
        lock.stem: {normal(m[1]): m[2] for m in re.finditer(r"^([\w.-]+)==(\S+)", lock.read_text(), re.MULTILINE)}
        for lock in LOCKS
    }
    groups, extras = PROJECT["dependency-groups"], PROJECT["project"]["optional-dependencies"]
    assert names(PROJECT["project"]["dependencies"] + groups["build"]) <= set(pinned["run"])
    assert names(groups["test"] + extras["warehouse"]) <= set(pinned["test"])
    assert names(extras["spark"]) <= set(pinned["spark"])
    assert names(groups["peers"]) <= set(pinned["peers"])
    assert names(groups["fuzz"]) == set(pinned["fuzz"])
    assert pinned["run"].items() <= pinned["test"].items()
    shared = pinned["spark"].keys() & pinned["run"].keys()
    assert {name: pinned["spark"][name] for name in shared} == {name: pinned["run"][name] for name in shared}


def names(requirements: list[str]) -> set[str]:
    return {normal(re.split(r"[<>=\[ ;]", line)[0]) for line in requirements}


def test_version_answers_without_the_rest() -> None:
    (script,) = PROJECT["project"]["scripts"].items()
    assert script == ("sozplan", "sozplan.cli:main")
    program = (
        "import sys\nsys.argv = ['sozplan', '--version']\nfrom sozplan.cli import main\n"
        "try: main()\nexcept SystemExit as end: assert not end.code\n"
        "print(sorted({'typer', 'pydantic', 'yaml', 'pandas', 'weasyprint'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == f"sozplan {sozplan.__version__}\n[]\n"
