"""One piece of work in a process of its own; prints the CPU seconds that the work itself took."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path


def parse(root: Path) -> Callable[[], None]:
    """PyYAML's fastest reader on the same bytes, already in memory; each document is dropped at once."""
    import yaml

    contents = [path.read_bytes() for path in sorted(root.rglob("*.yaml"))]

    def work() -> None:
        for content in contents:
            yaml.load(content, Loader=yaml.CSafeLoader)

    return work


def load(root: Path) -> Callable[[], None]:
    """Our loader from the listing of the folder to the validated plan."""
    from sozplan.repo import WorkTree, load

    def work() -> None:
        faults = load(WorkTree(root)).diagnostics
        if faults:
            raise SystemExit(f"the corpus is not valid: {faults[0].at} {faults[0].say('en')}")

    return work


def check(root: Path) -> Callable[[], None]:
    """Loading and all rules."""
    from sozplan.model.case import Case
    from sozplan.repo import WorkTree, load
    from sozplan.rules import check

    def work() -> None:
        loaded = load(WorkTree(root))
        check(Case(loaded.plan, loaded.figures, date(2026, 10, 1), loaded.documents), loaded.diagnostics)

    return work


PROBES = {probe.__name__: probe for probe in (parse, load, check)}

if __name__ == "__main__":
    work = PROBES[sys.argv[1]](Path(sys.argv[2]))
    start = time.process_time()
    work()
    print(time.process_time() - start)
