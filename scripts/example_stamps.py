"""Stamps anew what the example town's resolutions decided; for those who change the example, never for a real plan."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from sozplan.analysis.decisions import is_decidable
from sozplan.cli.app import run
from sozplan.model.entity import id_of
from sozplan.model.stamps import STAMPS
from sozplan.repo import WorkTree, load

AS_OF = "2026-10-01"
STAMPED = (
    "b-2024-088",
    "b-2025-041",
    "b-2025-063",
    "b-2025-117",
    "b-2025-118",
    "b-2025-119",
    "b-2025-140",
    "v-2026-03",
)


def main(root: Path) -> int:
    shutil.rmtree(root / STAMPS, ignore_errors=True)
    for resolution in STAMPED:
        code = run(["resolve", "-C", str(root), "--as-of", AS_OF, resolution, *decided(root, resolution)])
        if code:
            return code
    return 0


def decided(root: Path, resolution: str) -> Iterator[str]:
    """What says that it is in force by the resolution, and the targets of goals beside it."""
    with WorkTree(root) as tree:
        plan = load(tree).plan
    for entity in plan.entities:
        named = (getattr(entity, "resolution", None), getattr(entity, "order", None))
        if is_decidable(entity) and resolution in named:
            yield from (id for each in (entity, *getattr(entity, "targets", ())) if (id := id_of(each)))


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1] if len(sys.argv) > 1 else ".")))
