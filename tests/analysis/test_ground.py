"""Which days a territory covers the same ground, whatever it is cut into."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from sozplan.analysis.ground import ground, is_steady, parts, territory
from sozplan.model.plan import Plan
from sozplan.model.settings import Settings
from sozplan.model.territory import Part, SocialArea, Territory, Unit
from sozplan.repo import WorkTree, load

ROOT = Path(__file__).resolve().parent.parent.parent

BEFORE, AFTER = date(2023, 12, 31), date(2024, 1, 1)
SETTINGS = Settings.model_validate(
    {
        "version": 1,
        "municipality": {"name": "Stadt", "key": "1", "kind": "Stadt", "land": "NW"},
        "levels": [{"id": "bezirk", "name": "Bezirk"}],
    }
)


def plan(old: Sequence[str], new: Sequence[str], moved: Sequence[tuple[str, str, float]], area: Sequence[str]) -> Plan:
    """Units that ended, units that began, what moved from which to which, and the parts of the area `a`."""
    units: list[dict[str, Any]] = [
        *({"id": id, "key": id, "name": id, "level": "bezirk", "valid_to": "2023-12-31"} for id in old),
        *({"id": id, "key": id, "name": id, "level": "bezirk", "valid_from": "2024-01-01"} for id in new),
    ]
    moves = [{"old": a, "new": b, "date": "2024-01-01", "share": share} for a, b, share in moved]
    areas = [{"id": "a", "name": "A", "parts": [{"unit": id} for id in area]}]
    file = Territory.model_validate({"units": units, "successions": moves, "social_areas": areas})
    return Plan(SETTINGS, {"sozplan.yaml": SETTINGS, "plans/territory/t.yaml": file})


def same(plan: Plan) -> bool:
    place = territory(plan, "a")
    assert place is not None
    return ground(plan, place, BEFORE) == ground(plan, place, AFTER)


def test_a_split_is_the_same_ground_if_all_pieces_belong() -> None:
    split = [("x", "y", 0.5), ("x", "z", 0.5)]
    assert same(plan(["x"], ["y", "z"], split, ["x", "y", "z"]))
    assert not same(plan(["x"], ["y", "z"], split, ["x", "y"]))


def test_a_merger_is_the_same_ground_if_all_that_merged_belonged() -> None:
    merger = [("x", "z", 1), ("y", "z", 1)]
    assert same(plan(["x", "y"], ["z"], merger, ["x", "y", "z"]))
    assert not same(plan(["x", "y"], ["z"], merger, ["x", "z"]))


def test_a_new_name_is_the_same_ground() -> None:
    assert same(plan(["x"], ["y"], [("x", "y", 1)], ["x", "y"]))


def test_ground_that_went_elsewhere_unsaid_is_missing() -> None:
    assert not same(plan(["x"], ["y"], [("x", "y", 0.9)], ["x", "y"]))


def test_a_redrawn_border_is_one_change_of_both_sides() -> None:
    moved = [("x", "v", 0.8), ("x", "w", 0.2), ("y", "w", 1)]
    assert same(plan(["x", "y"], ["v", "w"], moved, ["x", "y", "v", "w"]))
    assert not same(plan(["x", "y"], ["v", "w"], moved, ["x", "v", "w"]))


def test_a_part_that_nobody_knows_stays_a_part() -> None:
    known = plan(["x"], ["y"], [], ["x", "y", "unbekannt"])
    place = territory(known, "a")
    assert place is not None
    assert list(parts(known, place, AFTER)) == ["y", "unbekannt"]


@pytest.mark.parametrize("root", [ROOT, ROOT / "tests/examples/kreis"], ids=["town", "county"])
def test_what_is_steady_covers_the_same_ground_on_all_days(root: Path) -> None:
    known = load(WorkTree(root)).plan
    places: list[Unit | SocialArea] = [*known.units, *known.social_areas]
    ends = {end for unit in known.units for end in (unit.valid_from, unit.valid_to) if end is not None}
    days = [BEFORE, AFTER, *(end + timedelta(days=by) for end in sorted(ends) for by in (-1, 0, 1))]
    steady = [place for place in places if is_steady(known, place)]
    assert all(len({ground(known, place, day) for day in days}) == 1 for place in steady)
    assert len(steady) > len(places) / 2


def test_what_is_dated_or_touched_by_a_change_is_asked() -> None:
    dated = plan(["x"], ["y"], [], ["x", "y"])
    assert [is_steady(dated, unit) for unit in dated.units] == [False, False]
    assert [is_steady(dated, area) for area in dated.social_areas] == [False]
    later = Part.model_validate({"unit": "z", "from": "2024-01-01"})
    assert not is_steady(dated, dated.social_areas[0].model_copy(update={"parts": (later,)}))
