"""What the installed program consists of, as CycloneDX: every locked package with its version, hashes and licence.

`python scripts/sbom.py [FILE]`, else on standard output. Made of the lock file alone, so the same lock gives the same
bytes, licences apart: these are what the packages say of themselves where they are installed.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator, Mapping
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path
from typing import Any, NamedTuple
from uuid import NAMESPACE_URL, uuid5

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "requirements/run.txt"
OURS, BUILD = "sozplan (pyproject.toml)", "sozplan (pyproject.toml:build)"
_ENTRY = re.compile(r"^([\w.-]+)==(\S+)(?: ; ([^\\\n]+?))? \\\n((?:[ ]+(?:--hash|#).*\n?)+)", re.MULTILINE)


class Package(NamedTuple):
    """An entry of the lock file."""

    name: str
    version: str
    condition: str | None
    """On which machines it is installed; None: on all."""
    hashes: tuple[str, ...]
    """Of every file of this version; an installation takes one of them."""
    wanted_by: frozenset[str]

    @property
    def ref(self) -> str:
        return f"pkg:pypi/{self.name}@{self.version}"


def packages(lock: str) -> dict[str, Package]:
    found = {}
    for name, version, condition, rest in _ENTRY.findall(lock):
        hashes = tuple(re.findall(r"--hash=sha256:(\w+)", rest))
        because = re.findall(r"^ +#(?: via)? +(?!via$)(\S.*)$", rest, re.MULTILINE)
        found[name] = Package(name, version, condition or None, hashes, frozenset(because))
    return found


def installed(locked: Mapping[str, Package]) -> dict[str, Package]:
    """Without what only builds the wheel."""
    kept = {name for name, each in locked.items() if OURS in each.wanted_by}
    while more := {name for name, each in locked.items() if each.wanted_by & kept} - kept:
        kept |= more
    return {name: locked[name] for name in sorted(kept)}


def bill(locked: Mapping[str, Package], version: str) -> dict[str, Any]:
    ours = f"pkg:pypi/sozplan@{version}"
    components = [_component(each) for each in locked.values()]
    root = {"type": "application", "bom-ref": ours, "name": "sozplan", "version": version, "purl": ours}
    content = json.dumps([root, components], sort_keys=True)
    return {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid5(NAMESPACE_URL, content)}",
        "version": 1,
        "metadata": {"component": {**root, "licenses": [{"expression": "MIT"}]}},
        "components": components,
        "dependencies": list(_dependencies(ours, locked)),
    }


def _component(package: Package) -> dict[str, Any]:
    found: dict[str, Any] = {
        "type": "library",
        "bom-ref": package.ref,
        "name": package.name,
        "version": package.version,
        "purl": package.ref,
        "hashes": [{"alg": "SHA-256", "content": each} for each in package.hashes],
    }
    if licences := list(_licences(package.name)):
        found["licenses"] = licences
    if package.condition:
        found["properties"] = [{"name": "sozplan:installed-if", "value": package.condition}]
    return found


def _licences(name: str) -> Iterator[dict[str, Any]]:
    """An SPDX expression where the package gives one, else what it calls its licence."""
    try:
        said = metadata(name)
    except PackageNotFoundError:
        return
    for expression in said.get_all("License-Expression") or ():
        yield {"expression": expression}
        return
    classified = [each.rpartition(" :: ")[2] for each in said.get_all("Classifier") or () if each.startswith("License")]
    yield from ({"license": {"name": each}} for each in sorted(set(classified)))


def _dependencies(ours: str, locked: Mapping[str, Package]) -> Iterator[dict[str, Any]]:
    yield {"ref": ours, "dependsOn": [each.ref for each in locked.values() if OURS in each.wanted_by]}
    for name, package in locked.items():
        yield {"ref": package.ref, "dependsOn": [each.ref for each in locked.values() if name in each.wanted_by]}


def main(target: str | None = None) -> None:
    code = (ROOT / "src/sozplan/__init__.py").read_text(encoding="utf-8")
    version = re.search(r'__version__ = "(.+)"', code)
    assert version is not None  # noqa: S101 -- the build reads it there as well
    made = bill(installed(packages(LOCK.read_text(encoding="utf-8"))), version[1])
    content = json.dumps(made, indent=2, ensure_ascii=False) + "\n"
    if target is None:
        print(content, end="")
        return
    Path(target).parent.mkdir(parents=True, exist_ok=True)
    Path(target).write_text(content, encoding="utf-8")
    print(f"{target}: {len(made['components'])} Pakete / packages")


if __name__ == "__main__":
    main(*sys.argv[1:])
