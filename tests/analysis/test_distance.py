"""How far an area is from the others, worked out beside it from the published figures of the town."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from statistics import mean, pstdev

import pytest

from sozplan.analysis.disclosure import Audience, published
from sozplan.analysis.distance import distance, level_of
from sozplan.model.case import Case
from tests.rules.harness import BASE, case_of

ROOTS = {"town": Path(__file__).parents[2], "kreis": BASE.parent / "kreis"}


@cache
def case(name: str) -> Case:
    return case_of(ROOTS[name])[0]


def shown(indicator: str, territory: str) -> dict[str, float]:
    figures = published(case("town"), indicator, territory)
    return {f.period.text: float(f.value) for f in figures if f.value is not None}


@pytest.mark.parametrize(("indicator", "worse"), [("sgb2-quote-u15", 1), ("kita-quote-3-6", -1)])
def test_both_ends_are_measured_by_the_scale_of_the_newest_year(indicator: str, worse: int) -> None:
    units = [u.id for u in case("town").plan.units if u.level == "statistischer-bezirk" and u.id != "bezirk-0404-alt"]
    values = [shown(indicator, unit)["2025"] for unit in units if "2025" in shown(indicator, unit)]
    area, city = shown(indicator, "nordhafen"), shown(indicator, "stadt-muehlbruecken")
    found = distance(case("town"), indicator, "nordhafen", Audience.PUBLIC)
    assert found is not None
    assert found.units == len(values) == 25
    assert (found.period.text, found.since and found.since.text) == ("2025", "2020")
    for value, wanted in ((found.now, area["2025"]), (found.then, area["2020"]), (found.whole, city["2025"])):
        assert value == pytest.approx(worse * (wanted - mean(values)) / pstdev(values))


def test_numbers_of_people_and_what_has_no_good_side_have_no_distance() -> None:
    assert distance(case("town"), "einwohner", "nordhafen", Audience.PUBLIC) is None
    assert distance(case("town"), "bindungswohnungen", "weststadt-siedlung", Audience.PUBLIC) is None


def test_a_few_units_are_no_scale() -> None:
    plan = case("kreis").plan.area_plans[1]
    assert len(plan.profile_indicators) > 1
    assert [distance(case("kreis"), id, plan.area, Audience.PUBLIC) for id in plan.profile_indicators] == (
        [None] * len(plan.profile_indicators)
    )


def test_the_level_is_that_of_most_parts() -> None:
    assert level_of(case("town"), "nordhafen") == "statistischer-bezirk"
    assert level_of(case("town"), "stadtbezirk-01") == "stadtbezirk"
    assert level_of(case("town"), "nirgends") is None
