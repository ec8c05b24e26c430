"""Where the time of each command goes: by parts of the program and by libraries, on the example town.

Of built-in functions the time counts where they are called from. A profile makes small functions look larger than
they are, so only whole per cents are said.
"""

from __future__ import annotations

import pstats
import re
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from bench.measure import run

ROOT = Path(__file__).resolve().parent.parent
IMPORTS, PYTHON = "Importe / imports", "Python"
OURS = ("repo", "model", "analysis", "rules", "render", "cli")
_LIBRARY = re.compile(r".*site-packages/([A-Za-z0-9]+)")
_PART = re.compile(r".*sozplan/(\w+)[/.]")


class Profile(NamedTuple):
    """What a command needs by itself, and the shares of the time while it is watched; they add up to 1."""

    command: str
    seconds: float
    shares: Mapping[str, float]


def commands(folder: str) -> dict[str, Sequence[str]]:
    """Each command that works on the whole planning; papers in one process, so that all of their time is seen."""
    paper = ("report", "nordhafen-2026", "--jobs", "1", "--force", "--out", folder)
    return {
        "check": ("check", "--no-cache"),
        "status": ("status",),
        "index": ("index", "sozialindex", "--period", "2023"),
        "due": ("due",),
        "thread": ("thread", "nordhafen-m1"),
        "history": ("history", "nordhafen-2026"),
        "process export": ("process", "export", "--force", "--out", f"{folder}/prozesse"),
        "report (html)": (*paper, "--format", "html"),
        "report (docx)": (*paper, "--format", "docx"),
        "report (pdf)": paper,
        "handbook (pdf)": ("handbook", "--force", "--out", f"{folder}/handbuch.pdf"),
    }


def profiles(passed: Callable[[], None]) -> list[Profile]:
    with tempfile.TemporaryDirectory(prefix="sozplan-profile-") as folder:
        found = []
        for name, arguments in commands(folder).items():
            found.append(_profile(name, arguments, Path(folder, "profile")))
            passed()
        return found


def _profile(name: str, arguments: Sequence[str], kept: Path) -> Profile:
    called = ["-m", "sozplan", *arguments, "-C", str(ROOT), "--as-of", "2026-10-01"]
    seconds = run([sys.executable, "-P", *called]).cpu
    done = subprocess.run([sys.executable, "-P", "-m", "cProfile", "-o", str(kept), *called], stdout=subprocess.DEVNULL)
    if done.returncode not in (0, 1):
        raise SystemExit(f"{name} ended with {done.returncode}")
    return Profile(name, seconds, shares(kept))


def shares(kept: Path) -> dict[str, float]:
    """Of the time in a kept profile, per part."""
    spent: Counter[str] = Counter()
    profile = pstats.Stats(str(kept)).stats  # type: ignore[attr-defined]
    for (file, _, function), (_, _, own, _, callers) in profile.items():
        if file != "~":
            spent[part(file, function)] += own
            continue
        for (calling, _, within), (_, _, there, _) in callers.items():
            spent[part(calling, within)] += there
    whole = sum(spent.values())
    return {name: seconds / whole for name, seconds in spent.items()}


def part(file: str, function: str) -> str:
    """Whose code it is; the body of a module runs once, when it is imported."""
    if function == "<module>" or file.startswith("<frozen importlib"):
        return IMPORTS
    if found := _LIBRARY.match(file):
        return found[1] if found[1] != "sozplan" else _own(file)
    return _own(file) if _PART.match(file) else PYTHON


def _own(file: str) -> str:
    found = _PART.match(file)
    return found[1] if found and found[1] in OURS else "cli"


def table(found: Sequence[Profile]) -> str:
    """A line a command; of the libraries those that take a twentieth or more."""
    head = ("Befehl / command", "CPU", IMPORTS, *OURS, "Bibliotheken / libraries", PYTHON)
    rows = [head, tuple("-" * len(each) for each in head), *(_row(each) for each in found)]
    return "".join(f"| {' | '.join(row)} |\n" for row in rows)


def _row(each: Profile) -> tuple[str, ...]:
    libraries = {name: share for name, share in each.shares.items() if name not in (*OURS, IMPORTS, PYTHON)}
    named = (f"{name} {share:.0%}" for name, share in sorted(libraries.items(), key=lambda it: -it[1]) if share >= 0.05)
    said = (f"{each.shares.get(name, 0):.0%}" for name in (IMPORTS, *OURS))
    others = f"{sum(libraries.values()):.0%}"
    listed = ", ".join(named)
    return (
        f"`{each.command}`",
        f"{each.seconds:.2f} s",
        *said,
        f"{others} ({listed})" if listed else others,
        f"{each.shares.get(PYTHON, 0):.0%}",
    )
