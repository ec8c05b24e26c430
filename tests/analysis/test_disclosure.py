"""Nothing below the threshold leaves, from whichever side one could compute it."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from sozplan.analysis.disclosure import Audience, Figure, Withheld, published
from sozplan.model.case import Case
from sozplan.model.figures import Missing
from tests.analysis.sample import cell, make_case


def only(case: Case, audience: Audience = Audience.PUBLIC, place: str = "b-01") -> Figure:
    (figure,) = published(case, "quote", place, audience)
    return figure


def shown(case: Case) -> object:
    figure = only(case)
    assert (figure.value is None) is (figure.withheld is not None)
    return figure.value if figure.withheld is None else figure.withheld


CASES = Withheld.CASES


@pytest.mark.parametrize(
    ("of", "expected"),
    [
        ((3, 100), Decimal(3)),
        ((2, 100), CASES),
        ((1, 100), CASES),
        ((0, 100), CASES),
        ((97, 100), Decimal(97)),
        ((98, 100), CASES),
        ((100, 100), CASES),
        ((1, 2), CASES),
    ],
)
def test_the_floor_is_three_cases_on_either_side(of: tuple[int, int], expected: object) -> None:
    assert shown(make_case([cell("01", 2020, of=of)])) == expected


@pytest.mark.parametrize("of", [(0, 100), (100, 100)])
def test_where_zero_may_be_said_nobody_and_everybody_may(of: tuple[int, int]) -> None:
    case = make_case([cell("01", 2020, of=of)], settings={"disclosure": {"zero_is_public": True}})
    assert shown(case) == Decimal(of[0])


@pytest.mark.parametrize("of", [(0, 2), (2, 2)])
def test_of_hardly_anybody_not_even_zero_is_said(of: tuple[int, int]) -> None:
    case = make_case([cell("01", 2020, of=of)], settings={"disclosure": {"zero_is_public": True}})
    assert shown(case) == CASES


def test_a_rate_above_zero_is_of_somebody() -> None:
    # 0.1 % of 400 are 0.4: rounded to nobody, yet at least one.
    known = replace(cell("01", 2020, "0.1", of=(0, 400)), numerator=None)
    assert shown(make_case([known], settings={"disclosure": {"zero_is_public": True}})) == CASES


@pytest.mark.parametrize(
    "policy",
    [
        {"settings": {"disclosure": {"threshold": 10}}},
        {"sheet": {"min_cases": 10}},
        {"resource": {"threshold": 10}},
    ],
)
def test_settings_sheet_and_contract_can_raise_the_threshold(policy: dict[str, Any]) -> None:
    assert shown(make_case([cell("01", 2020, of=(9, 100))], **policy)) == CASES
    assert shown(make_case([cell("01", 2020, of=(10, 100))], **policy)) == Decimal(10)


def test_a_small_base_has_no_rate() -> None:
    assert shown(make_case([cell("01", 2020, of=(20, 49))], sheet={"min_base": 50})) == CASES
    assert shown(make_case([cell("01", 2020, of=(20, 50))], sheet={"min_base": 50})) == Decimal(40)


def test_more_events_than_people_have_no_others() -> None:
    assert shown(make_case([cell("01", 2020, of=(150, 100))])) == Decimal(150)


def test_many_events_of_few_people_are_not_said() -> None:
    assert shown(make_case([cell("01", 2020, of=(150, 2))])) == CASES


def test_a_count_is_its_own_number_of_cases() -> None:
    counts = {"denominator": None, "unit": "Kinder", "factor": 1}
    assert shown(make_case([cell("01", 2020, "2")], sheet=counts)) == CASES
    assert shown(make_case([cell("01", 2020, "3")], sheet=counts)) == Decimal(3)


def test_a_rate_alone_is_taken_as_cleared() -> None:
    assert shown(make_case([cell("01", 2020, "0.4")])) == Decimal("0.4")


@pytest.mark.parametrize("unknown", ["numerator", "denominator"])
def test_a_count_that_follows_from_the_rate_counts(unknown: str) -> None:
    # 0.8 % of 250 are 2; 2 are 0.8 % of 250.
    known = cell("01", 2020, "0.8", of=(2, 250))
    part = replace(known, numerator=None) if unknown == "numerator" else replace(known, denominator=None)
    assert shown(make_case([part])) == CASES


@pytest.mark.parametrize("publication", ["internal", "restricted"])
def test_internal_figures_are_for_internal_readers(publication: str) -> None:
    case = make_case([cell("01", 2020, of=(50, 100))], sheet={"publication": publication})
    assert only(case).withheld is Withheld.CLASS
    assert only(case, Audience.INTERNAL).value == 50


def test_small_numbers_are_withheld_from_internal_readers_too() -> None:
    assert only(make_case([cell("01", 2020, of=(2, 100))]), Audience.INTERNAL).withheld is CASES


def test_the_public_does_not_learn_of_gaps_in_an_internal_series() -> None:
    case = make_case([cell("01", 2020, missing=Missing.LATER)], sheet={"publication": "internal"})
    assert only(case).withheld is Withheld.CLASS
    assert only(case, Audience.INTERNAL).withheld is Missing.LATER


def test_a_withheld_figure_holds_no_number() -> None:
    figure = only(make_case([cell("01", 2020, of=(2, 54321))]))
    assert "54321" not in repr(figure)
    assert figure.value is None


def test_a_published_figure_does_not_carry_its_counts() -> None:
    figure = only(make_case([cell("01", 2020, of=(12345, 54321))]))
    assert "12345" not in repr(figure)
    assert "54321" not in repr(figure)


def test_a_sum_is_judged_by_its_own_counts() -> None:
    case = make_case([cell("01", 2020, of=(2, 50)), cell("02", 2020, of=(2, 50))])
    assert only(case, place="b-01").withheld is CASES
    # "teil" is the first and half the second: beside "hafen", the sum of both, it would tell each of them.
    assert [only(case, place=place).value for place in ("hafen", "teil")] in ([4, None], [None, 4])


@pytest.mark.parametrize(
    ("told", "value", "expected"),
    [
        ("contributors", "2", CASES),
        ("contributors", "3", Decimal(40)),
        ("largest_share", "85.1", CASES),
        ("largest_share", "85", Decimal(40)),
    ],
)
def test_few_contributors_and_a_large_one_are_not_given_away(told: str, value: str, expected: object) -> None:
    of_contributors = replace(cell("01", 2020, value), indicator="beitragende")
    case = make_case([cell("01", 2020, of=(40, 100)), of_contributors], sheet={told: "beitragende"})
    assert shown(case) == expected


@pytest.mark.parametrize(
    ("sheet", "expected"),
    [
        ({"denominator": None, "unit": "Personen"}, CASES),
        ({"denominator": None, "unit": "%"}, Decimal("1.8")),
        ({"denominator": None, "unit": "‰ der Kinder"}, Decimal("1.8")),
        ({"denominator": None, "unit": "Punkte", "minimum": -10}, Decimal("1.8")),
    ],
)
def test_a_bare_rate_or_difference_is_no_number_of_cases(sheet: dict[str, Any], expected: object) -> None:
    """Tables of shares alone are cleared as they are; how many people 1.8 % are nobody can say."""
    assert shown(make_case([cell("01", 2020, "1.8")], sheet=sheet)) == expected


@pytest.mark.parametrize("value", ["0", "100"])
@pytest.mark.parametrize("sheet", [{}, {"denominator": None, "unit": "%"}])
def test_a_bare_rate_of_nobody_or_everybody_appears_as_it_was_cleared(sheet: dict[str, Any], value: str) -> None:
    assert shown(make_case([cell("01", 2020, value)], sheet=sheet)) == Decimal(value)
