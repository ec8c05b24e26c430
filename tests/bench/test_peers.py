"""What other tools are measured on."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
import yaml

from bench import peers
from bench.corpora import ENTITIES, write
from bench.measure import Run
from sozplan.model.entity import id_of
from sozplan.repo import WorkTree, load


def test_growth_is_carried_on_with_its_exponent() -> None:
    # Four times as many take eight times as long: 4^1.5 = 8. Ten thousand are 2.5 times 4,000: 2.5^1.5 = 3.953.
    growth = peers.Growth(Run(2, 3, 0), Run(16, 20, 0))
    assert growth.exponent == pytest.approx(1.5)
    assert growth.at(10_000)[:2] == pytest.approx((63.246, 79.057), abs=0.001)


def test_every_second_item_is_linked_to_one_of_the_others(tmp_path: Path) -> None:
    peers.write_items(tmp_path / "items", 20)
    found = {path.stem: yaml.safe_load(path.read_text()) for path in (tmp_path / "items").rglob("*[0-9].yml")}
    assert len(found) == 20
    assert {name: each["links"] for name, each in found.items() if each["links"]} == {
        f"ZIEL{n:05}": [{f"BED{n:05}": None}] for n in range(1, 11)
    }
    assert subprocess.run(["git", "-C", str(tmp_path / "items"), "status"], capture_output=True).returncode == 0


def test_ten_thousand_entities(tmp_path: Path) -> None:
    write(ENTITIES, tmp_path / "planung")
    loaded = load(WorkTree(tmp_path / "planung"))
    assert loaded.diagnostics == ()
    assert 10_000 <= sum(id_of(each) is not None for each in loaded.plan.entities) <= 10_200
