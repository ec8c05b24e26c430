"""`make fuzz`: every reader is fed with broken files for so many seconds, guided by coverage where atheris is there.

Each reader runs in a process of its own, as many at once as there are cores; one that ends on its own, hangs or eats
memory leaves the file it died of in build/fuzz/findings, and the command to try it again.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import shutil
import subprocess
import sys
import time
from base64 import b64encode
from collections import deque
from collections.abc import Callable
from functools import partial
from pathlib import Path

from tests.fuzz import mutate, seeds

ROOT = Path(__file__).resolve().parents[2]
BUILD = ROOT / "build/fuzz"
SECONDS_A_CASE = 60
MEMORY_MB = 2_000
SHOWN = 20_000
"""So many bytes of a finding are printed, since the machine that found it may be gone before anybody looks."""
SHARES = {"yaml": 3, "program": 4, "parquet": 1, "word": 1, "picture": 1, "journal": 1}
"""How much longer than others a reader is worth being tried; 2 unless said."""


def main() -> int:
    options = _options()
    names = options.readers or list(seeds.NAMES)
    findings = BUILD / "findings"
    shutil.rmtree(findings, ignore_errors=True)
    findings.mkdir(parents=True)
    if options.seed is not None:
        shutil.rmtree(BUILD / "corpus", ignore_errors=True)
    guided = importlib.util.find_spec("atheris") is not None and not options.unguided
    how = "atheris" if guided else "mutation without coverage (atheris is not installed)"
    print(f"fuzzing {len(names)} readers for {options.seconds:g} s on {options.jobs} processes: {how}", flush=True)
    total = sum(SHARES.get(name, 2) for name in names)
    each = {name: options.seconds * options.jobs * SHARES.get(name, 2) / total for name in names}
    seed = int(time.time()) if options.seed is None else options.seed
    start = partial(_start, findings=findings, seed=seed, guided=guided)
    return _report(_run_all(names, each, options.jobs, start), findings)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("readers", nargs="*", choices=[[], *seeds.NAMES])
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--seed", type=int, help="begin anew from the seeds, and try in the same order each time")
    parser.add_argument("--unguided", action="store_true", help="without atheris, even if it is there")
    return parser.parse_args()


def _run_all(
    names: list[str], each: dict[str, float], jobs: int, start: Callable[[str, float], subprocess.Popen[bytes]]
) -> dict[str, int]:
    """The exit code of each reader's process; the longest first, so that all end at about the same time."""
    waiting = deque(sorted(names, key=lambda name: -each[name]))
    running: dict[str, subprocess.Popen[bytes]] = {}
    codes: dict[str, int] = {}
    while waiting or running:
        while waiting and len(running) < jobs:
            name = waiting.popleft()
            running[name] = start(name, each[name])
        for name, process in list(running.items()):
            if process.poll() is not None:
                codes[name] = process.returncode
                del running[name]
        time.sleep(0.1)
    return codes


def _start(name: str, seconds: float, findings: Path, seed: int, *, guided: bool) -> subprocess.Popen[bytes]:
    corpus = BUILD / "corpus" / name
    corpus.mkdir(parents=True, exist_ok=True)
    for content in seeds.of(name):
        mutate.keep(corpus, content)
    module = "tests.fuzz.guided" if guided else "tests.fuzz.unguided"
    command = [sys.executable, "-m", module, name, f"{seconds:g}", str(corpus), str(findings), str(seed)]
    log = (BUILD / f"{name}.log").open("wb")
    with log:
        return subprocess.Popen(command, cwd=ROOT, stdout=log, stderr=subprocess.STDOUT, env=_environment())


def _environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))}


def _report(codes: dict[str, int], findings: Path) -> int:
    for name, code in sorted(codes.items()):
        log = (BUILD / f"{name}.log").read_text(encoding="utf-8", errors="replace").splitlines()
        print(f"  {name:<10} {mutate.runs(log)} {'ok' if code == 0 else f'FAILED ({code})'}")
    failed = sorted(name for name, code in codes.items() if code)
    for name in failed:
        print(f"\n{name}: the end of build/fuzz/{name}.log")
        log = (BUILD / f"{name}.log").read_text(encoding="utf-8", errors="replace").splitlines()
        start = next(
            (i for i, line in enumerate(log) if "Traceback" in line or "ERROR: libFuzzer" in line), len(log) - 30
        )
        print("\n".join(line[:200] for line in log[max(start, 0) : start + 60]))
    for case in sorted(path for path in findings.iterdir() if "-slow-unit-" not in path.name):
        name = case.name.partition("-")[0]
        print(f"again: python -m tests.fuzz.readers {name} {case.relative_to(ROOT)}")
        print(f"the input of {name} in base64: {b64encode(case.read_bytes()[:SHOWN]).decode()}")
    return int(bool(failed))


if __name__ == "__main__":
    sys.exit(main())
