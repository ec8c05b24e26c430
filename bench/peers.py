"""Other tools on the same work, in an environment of their own: doorstop, check-jsonschema and yamllint.

    python bench/peers.py jsonschema FOLDER     the time that check-jsonschema needs for every file, with our schemas
    python bench/peers.py yamllint FOLDER       the same of yamllint, with its relaxed rules
    python bench/peers.py sozplan FOLDER        our own `check`, all rules, in the same terms

Each prints the seconds of CPU and of the clock that the program took, its start included.
"""

from __future__ import annotations

import json
import math
import os
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
HOME = ROOT / "build/peers"
LOCK = ROOT / "requirements/peers.txt"
ITEMS = (1_000, 4_000)
"""Of doorstop: as many as can be waited for; more are extrapolated."""
SOZPLAN = str(Path(sys.executable).with_name("sozplan"))
_CHUNK = 2_000
"""Files on one command line."""

if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))

from bench.measure import Run, middle, run  # noqa: E402 -- reached only by the line above


def provide() -> None:
    """Installs the locked versions, once; a machine without the packages can't be compared with them."""
    stamp = HOME / "installed"
    content = LOCK.read_text(encoding="ascii")
    if stamp.exists() and stamp.read_text(encoding="ascii") == content:
        return
    venv.create(HOME, clear=True, with_pip=True)
    pip = [program("python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, "--require-hashes", "--no-deps", "--requirement", str(LOCK)], check=True)
    stamp.write_text(content, encoding="ascii")


def program(name: str) -> str:
    return str(HOME / "bin" / name)


class Growth(NamedTuple):
    """What doorstop needs for so many items, and the exponent with which it grows between them."""

    few: Run
    many: Run

    @property
    def exponent(self) -> float:
        return math.log(self.many.cpu / self.few.cpu) / math.log(ITEMS[1] / ITEMS[0])

    def at(self, items: int) -> Run:
        """Extrapolated; memory is left out."""
        by = (items / ITEMS[1]) ** self.exponent
        return Run(self.many.cpu * by, self.many.wall * by, 0)


def doorstop(folder: Path, rounds: int, passed: Callable[[], None]) -> Growth:
    """Measured on items that need nothing: each has its fingerprint, and so has each link."""
    runs: list[list[Run]] = [[], []]
    places = [folder / f"doorstop-{count}" for count in ITEMS]
    for place, count in zip(places, ITEMS, strict=True):
        write_items(place, count)
        run([program("doorstop"), "--quiet"], folder=str(place))
        passed()
    for _ in range(rounds):
        for place, found in zip(places, runs, strict=True):
            found.append(run([program("doorstop"), "--quiet"], folder=str(place)))
            passed()
    return Growth(*map(middle, runs))


def write_items(root: Path, count: int) -> None:
    """Two documents of doorstop in a git repository; every item of the second is linked to one of the first."""
    subprocess.run(["git", "init", "--quiet", str(root)], check=True)
    for prefix, parent in (("BED", ""), ("ZIEL", "BED")):
        document = root / prefix.lower()
        document.mkdir()
        above = f"  parent: {parent}\n" if parent else ""
        settings = f"settings:\n  digits: 5\n  itemformat: yaml\n{above}  prefix: {prefix}\n  sep: ''\n"
        (document / ".doorstop.yml").write_text(settings, encoding="utf-8")
        for i in range(1, count // 2 + 1):
            links = f"\n- {parent}{i:05}: null" if parent else " []"
            (document / f"{prefix}{i:05}.yml").write_text(_item(i, links), encoding="utf-8")


def _item(i: int, links: str) -> str:
    return f"""\
active: true
derived: false
header: ''
level: '1.{i}'
links:{links}
normative: true
ref: ''
reviewed: null
text: |
  Bis Ende 2028 erreicht das Angebot im Gebiet {i} mehr Familien als heute.
"""


def jsonschema(root: Path) -> None:
    """Every YAML file against the schema of its kind."""
    with tempfile.TemporaryDirectory() as out:
        command = [SOZPLAN, "schema", "--out", out, "-C", str(root)]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        _, _, settings = Path(out, "settings.json").read_text(encoding="utf-8").partition("\n")  # after our mark
        patterns: dict[str, str] = json.loads(settings)["yaml.schemas"]
        _timed(
            [program("check-jsonschema"), "--quiet", "--schemafile", schema, *chunk]
            for schema, pattern in patterns.items()
            for chunk in _chunks(sorted(root.glob(pattern)))
        )


def yamllint(root: Path) -> None:
    """Every YAML file, with the rules that it calls relaxed."""
    chunks = _chunks(sorted(root.rglob("*.yaml")))
    _timed([program("yamllint"), "--no-warnings", "-d", "relaxed", *chunk] for chunk in chunks)


def sozplan(root: Path) -> None:
    """Every file and all rules, without anything known from an earlier run."""
    _timed([[SOZPLAN, "check", "--no-cache", "-C", str(root), "--as-of", "2026-10-01"]])


def _chunks(files: Sequence[Path]) -> list[list[str]]:
    names = list(map(str, files))
    return [names[start : start + _CHUNK] for start in range(0, len(names), _CHUNK)]


def _timed(commands: Iterable[Sequence[str]]) -> None:
    """Prints the seconds that the commands took one after the other; a finding would be a fault of the corpus."""
    begun, start = os.times(), time.perf_counter()
    for command in commands:
        done = subprocess.run(command, stdout=subprocess.PIPE, text=True)
        if done.returncode:
            raise SystemExit(f"{' '.join(command)[:300]}: {done.stdout[:2_000]}")
    wall, ended = time.perf_counter() - start, os.times()
    print(ended.children_user + ended.children_system - begun.children_user - begun.children_system, wall)


if __name__ == "__main__":
    name, place = sys.argv[1:]
    {each.__name__: each for each in (jsonschema, yamllint, sozplan)}[name](Path(place))
