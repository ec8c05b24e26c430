"""The invented map: the same everywhere, without gap or overlap, and one town before and after the split."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import shapely
from shapely.geometry.base import BaseGeometry

from scripts import example_map
from sozplan.repo.geo import atlas
from sozplan.repo.load import load
from sozplan.repo.tree import WorkTree

ROOT = Path(__file__).resolve().parents[2]
FILES = sorted(path.name for path in (ROOT / "indicators" / "geo").iterdir())


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("geo")
    example_map.make(folder)
    return folder


@pytest.mark.parametrize("name", FILES)
def test_the_script_gives_the_committed_bytes(made: Path, name: str) -> None:
    assert (made / name).read_bytes() == (ROOT / "indicators" / "geo" / name).read_bytes()


def test_every_file_is_made_by_the_script(made: Path) -> None:
    assert sorted(path.name for path in made.iterdir()) == FILES


def drawn(name: str) -> dict[str, BaseGeometry]:
    collection = json.loads((ROOT / "indicators" / "geo" / name).read_text())
    return {
        each["properties"]["schluessel"]: shapely.from_geojson(json.dumps(each["geometry"]))
        for each in collection["features"]
    }


@pytest.mark.parametrize("name", FILES)
def test_districts_share_their_borders_to_the_metre(name: str) -> None:
    shapes = drawn(name)
    whole = shapely.union_all(list(shapes.values()))
    assert all(shape.is_valid for shape in shapes.values())
    assert whole.geom_type == "Polygon"
    assert shapely.get_num_interior_rings(whole) == 0
    assert whole.area == sum(shape.area for shape in shapes.values())
    assert shapely.coverage_is_valid(list(shapes.values()))


def test_the_split_district_is_its_two_successors() -> None:
    before, after = (drawn(name) for name in FILES)
    assert before["0404"].equals(after["0404"].union(after["0405"]))
    assert {key: shape for key, shape in before.items() if key != "0404"} == {
        key: shape for key, shape in after.items() if key not in ("0404", "0405")
    }


def test_every_district_of_the_town_is_on_its_map() -> None:
    tree = WorkTree(ROOT)
    plan = load(tree).plan
    for boundaries, number in zip(plan.boundaries, (24, 25), strict=True):
        found, faults = atlas(tree, plan, boundaries)
        assert (len(found.shapes), found.missing, found.surplus, faults) == (number, (), (), ())
