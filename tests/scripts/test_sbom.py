"""The bill of materials: valid by its own schema, and nothing of the lock file is missing from it."""

from __future__ import annotations

import importlib.util
import json
import re
import sys
from importlib.resources import files
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from jsonschema import Draft7Validator  # type: ignore[import-untyped]
from referencing import Registry, Resource

ROOT = Path(__file__).resolve().parents[2]
LOCK = ROOT / "requirements/run.txt"


@pytest.fixture(scope="module")
def sbom() -> ModuleType:
    spec = importlib.util.spec_from_file_location("sbom", ROOT / "scripts/sbom.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["sbom"] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def bill(sbom: ModuleType, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    place = tmp_path_factory.mktemp("sbom") / "deep/sbom.json"
    sbom.main(str(place))
    found: dict[str, Any] = json.loads(place.read_text(encoding="utf-8"))
    return found


def test_it_is_what_cyclonedx_prescribes(bill: dict[str, Any]) -> None:
    schemas = {name: json.loads(files("cyclonedx.schema._res").joinpath(f"{name}.SNAPSHOT.schema.json").read_text())
               for name in ("bom-1.6", "spdx", "jsf-0.82")}  # fmt: skip
    registry: Registry[Any] = Registry().with_resources(
        (each["$id"], Resource.from_contents(each)) for each in schemas.values()
    )
    validator = Draft7Validator(schemas["bom-1.6"], registry=registry)
    assert [error.message for error in validator.iter_errors(bill)] == []
    assert list(validator.iter_errors({**bill, "components": [{"name": "x"}]}))


def test_it_holds_the_lock_but_for_what_builds_the_wheel(bill: dict[str, Any]) -> None:
    locked = dict(re.findall(r"^([\w.-]+)==(\S+)", LOCK.read_text(encoding="utf-8"), re.MULTILINE))
    listed = {each["name"]: each["version"] for each in bill["components"]}
    assert listed.items() <= locked.items()
    assert set(locked) - set(listed) == {"hatchling", "pathspec", "pluggy", "tomlkit", "trove-classifiers"}
    hashes = [each["content"] for component in bill["components"] for each in component["hashes"]]
    assert set(hashes) <= set(re.findall(r"sha256:(\w{64})", LOCK.read_text(encoding="utf-8")))
    assert all(each["hashes"] for each in bill["components"])


def test_everything_hangs_on_the_program(bill: dict[str, Any]) -> None:
    graph = {each["ref"]: set(each["dependsOn"]) for each in bill["dependencies"]}
    reached = {bill["metadata"]["component"]["bom-ref"]}
    while more := set().union(*(graph[ref] for ref in reached)) - reached:
        reached |= more
    assert reached == set(graph)
    assert {each["bom-ref"] for each in bill["components"]} < reached


def test_the_same_lock_gives_the_same_bytes(bill: dict[str, Any], tmp_path: Path, sbom: ModuleType) -> None:
    sbom.main(str(tmp_path / "again.json"))
    assert json.loads((tmp_path / "again.json").read_text(encoding="utf-8")) == bill


def test_most_packages_say_their_licence(bill: dict[str, Any]) -> None:
    told = [each for each in bill["components"] if "licenses" in each]
    assert len(told) > len(bill["components"]) * 0.8
