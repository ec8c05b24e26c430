"""The town's stamps are what its resolutions decided: made anew, they are the same bytes."""

from __future__ import annotations

import importlib.util
import shutil
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
STAMPS = "plans/resolutions/stamps"


def test_the_same_stamps_come_of_it(tmp_path: Path) -> None:
    for folder in ("plans", "indicators", "handbook"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    shutil.copy(ROOT / "sozplan.yaml", tmp_path)
    spec = importlib.util.spec_from_file_location("example_stamps", ROOT / "scripts/example_stamps.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    assert module.main(tmp_path) == 0
    made, kept = ({p.name: p.read_bytes() for p in (root / STAMPS).iterdir()} for root in (tmp_path, ROOT))
    assert made == kept
