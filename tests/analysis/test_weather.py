"""The rule of the weather symbols at its edges; that it gives the published ones is in test_dns.py."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pytest

from sozplan.analysis.attainment import assess
from sozplan.analysis.weather import Outcome, Weather
from sozplan.model.terms import Light
from tests.analysis.sample import cell, change, facts, goal, make_case


def outcome(values: Mapping[int, str], target: Mapping[str, Any] = {}, **case: Any) -> Outcome | None:
    """Towards 40 in 2030, unless told otherwise."""
    cells = [cell("01", year, value) for year, value in values.items()]
    (status,) = assess(make_case(cells, goals=[goal({**change(), **target})], **case)).targets
    return status.outlook.outcome


@pytest.mark.parametrize(
    ("actual", "before", "weather"),
    [
        # miss = 1 - 5 * (I - v) / 5 / (40 - I) = 1 - (I - v) / (40 - I); exactly 5 % and 20 % are no longer better
        ("30", "20", "sun"),  # 0 %
        ("30", "20.4", "sun"),  # 4 %
        ("30", "20.5", "partly"),  # 5 %
        ("30", "22", "partly"),  # 20 %
        ("30", "22.1", "cloud"),  # 21 %
        ("30", "30", "storm"),
        ("30", "31", "storm"),
        ("40", "39", "sun"),
        ("40", "40", "sun"),
        ("40", "41", "partly"),
        ("45", "50", "partly"),
    ],
)
def test_symbols_upwards(actual: str, before: str, weather: str) -> None:
    found = outcome({2020: before, 2025: actual})
    assert found is not None
    assert found.weather.value == weather


def test_symbols_downwards() -> None:
    target = change((2020, 40), (2030, 20))
    found = {actual: outcome({2020: "40", 2025: actual}, target) for actual in ("30", "39", "41", "20")}
    assert [each.weather.value for each in found.values() if each] == ["sun", "cloud", "storm", "sun"]


def test_the_steps_are_told() -> None:
    found = outcome({2020: "22", 2025: "30"})
    assert found is not None
    assert facts(found.average, found.projected, found.miss) == (Decimal("1.6"), 38, Decimal("0.2"))
    assert (str(found.first.period), str(found.last.period), found.reached) == ("2020", "2025", False)


def test_without_the_value_of_five_years_ago_the_newest_six_count_if_they_are_four() -> None:
    gap = {2012: "1", 2014: "20", 2016: "2", 2018: "3", 2019: "4", 2021: "5", 2025: "31"}
    found = outcome(gap)
    assert found is not None
    assert facts(str(found.first.period), found.average) == ("2014", 1)
    assert outcome({2022: "20", 2023: "21", 2025: "23"}) is None
    four = outcome({2021: "19", 2022: "20", 2023: "21", 2025: "23"})
    assert four is not None
    assert facts(str(four.first.period), four.average) == ("2021", 1)


def test_after_the_deadline_nothing_is_projected() -> None:
    found = outcome({2020: "22", 2025: "30"}, change((2020, 20), (2024, 40)))
    assert found is not None
    assert facts(found.weather, found.projected, found.miss) == (Weather.CLOUD, 30, 1)


def test_without_baseline_the_sheet_says_which_way() -> None:
    bare = {"baseline": None}
    upwards = outcome({2020: "20", 2025: "30"}, bare)
    assert upwards is not None
    assert upwards.weather is Weather.SUN
    assert outcome({2020: "20", 2025: "30"}, bare, sheet={"direction": "neutral"}) is None
    downwards = outcome({2020: "20", 2025: "30"}, bare, sheet={"direction": "lower"})
    assert downwards is not None
    assert downwards.weather is Weather.PARTLY


@pytest.mark.parametrize(("bounds", "weather"), [({"lower": 30}, "partly"), ({"upper": 30}, "sun")])
def test_one_bound_is_a_target_reached_or_not(bounds: dict[str, int], weather: str) -> None:
    target = {"id": "t", "kind": "maintain", "indicator": "quote", "area": "b-01", "until": 2030, **bounds}
    cells = [cell("01", 2020, "31"), cell("01", 2025, "30")]
    (status,) = assess(make_case(cells, goals=[goal(target)])).targets
    assert status.weather is not None
    assert status.weather.value == weather


def test_a_corridor_has_no_weather() -> None:
    target = {"id": "t", "kind": "corridor", "indicator": "quote", "area": "b-01", "until": 2030}
    cells = [cell("01", 2020, "31"), cell("01", 2025, "30")]
    (status,) = assess(make_case(cells, goals=[goal({**target, "lower": 20, "upper": 40})])).targets
    assert status.weather is None


def test_the_light_of_each_symbol() -> None:
    assert [each.light for each in Weather] == [Light.GREEN, Light.YELLOW, Light.RED, Light.RED]
