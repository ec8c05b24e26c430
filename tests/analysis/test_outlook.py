"""What is said beside a target's light: pace, chance, revisions, and whether other methods agree."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from sozplan.analysis.attainment import assess
from sozplan.analysis.disclosure import Audience
from sozplan.analysis.outlook import NO_OUTLOOK
from sozplan.analysis.verdict import Note, TargetStatus
from sozplan.model.figures import Cell, Missing, Quality
from sozplan.model.terms import Light
from tests.analysis.sample import cell, change, facts, goal, make_case


def judged(target: dict[str, Any], *cells: Cell, audience: Audience = Audience.PUBLIC, **case: Any) -> TargetStatus:
    (status,) = assess(make_case(cells, goals=[goal(target)], **case), audience).targets
    return status


def test_the_pace_needed_stands_beside_the_pace_so_far() -> None:
    # 20 → 28 in five years, 12 are left for five more
    outlook = judged(change(), cell("01", 2025, "28")).outlook
    assert facts(outlook.pace_so_far, outlook.pace_needed) == (Decimal("1.6"), Decimal("2.4"))


def test_paces_are_a_year_for_any_kind_of_period() -> None:
    target = change(("2024-Q4", 20), ("2026-Q4", 30))
    cells = [cell("01", "2025-Q2", "22"), cell("01", "2025-Q4", "24")]
    outlook = judged(target, *cells, sheet={"periodicity": "quarterly"}).outlook
    assert facts(outlook.pace_so_far, outlook.pace_needed) == (4, 6)


def test_after_the_deadline_no_pace_is_needed() -> None:
    outlook = judged(change(end=(2024, 40)), cell("01", 2025, "28")).outlook
    assert facts(outlook.pace_so_far, outlook.pace_needed) == (Decimal("1.6"), None)


def test_a_share_that_may_have_moved_by_chance_says_so() -> None:
    # Wilson for 11 of 40: 0.1611 … 0.4283; 20 % lies within, 10 % doesn't
    few = cell("01", 2025, of=(11, 40))
    within, beyond = judged(change(), few), judged(change((2020, 10)), few)
    assert within.outlook.chance == beyond.outlook.chance == (Decimal("16.1"), Decimal("42.9"))
    assert (Note.BY_CHANCE in within.notes, Note.BY_CHANCE in beyond.notes) == (True, False)
    assert within.outlook.pool is None


def test_three_periods_together_are_offered() -> None:
    cells = [cell("01", 2023, of=(10, 40)), cell("01", 2024, of=(12, 40)), cell("01", 2025, of=(11, 40))]
    pool = judged(change(), *cells).outlook.pool
    assert pool is not None
    # Wilson for 33 of 120: 0.2031 … 0.3609
    assert facts(str(pool.first), str(pool.last), pool.value) == ("2023", "2025", Decimal("27.5"))
    assert pool.chance == (Decimal("20.3"), Decimal("36.1"))


@pytest.mark.parametrize("missing", [cell("01", 2024, of=(1, 40)), cell("01", 2024, missing=Missing.UNKNOWN)])
def test_a_withheld_period_is_never_pooled_into_sight(missing: Cell) -> None:
    cells = [cell("01", 2023, of=(10, 40)), missing, cell("01", 2025, of=(11, 40))]
    status = judged(change(), *cells)
    assert (Note.BY_CHANCE in status.notes, status.outlook.pool) == (True, None)


def test_periods_before_a_break_are_not_pooled() -> None:
    cells = [cell("01", year, of=(11, 40)) for year in (2023, 2024, 2025)]
    broken = {"breaks": [{"from": 2024, "statement": "Neue Zählung"}]}
    assert judged(change((2024, 20)), *cells, sheet=broken).outlook.pool is None


@pytest.mark.parametrize(
    ("sheet", "actual"),
    [
        ({}, cell("01", 2025, "27.5")),
        ({"unit": "Plätze je Kind", "factor": 1}, cell("01", 2025, of=(11, 40))),
        ({"unit": "Tage"}, cell("01", 2025, of=(11, 40))),
    ],
)
def test_only_shares_with_known_counts_have_a_range_of_chance(sheet: dict[str, Any], actual: Cell) -> None:
    assert judged(change(), actual, sheet=sheet).outlook.chance is None


def test_a_gap_moves_by_the_chance_of_both_sides() -> None:
    # Newcombe: 56 of 70 beside 48 of 80, +20 percentage points, +5.24 … +33.39
    target = {
        "id": "t", "kind": "gap", "indicator": "quote", "area": "b-01",
        "baseline": {"period": 2020, "value": 30}, "target": {"period": 2030, "value": 0},
    }  # fmt: skip
    status = judged(target, cell("01", 2025, of=(56, 70)), cell("1000", 2025, of=(48, 80)))
    low, high = status.outlook.chance or (Decimal(0), Decimal(0))
    assert (abs(low - Decimal("5.24")) < Decimal("0.2"), abs(high - Decimal("33.39")) < Decimal("0.2")) == (True, True)
    assert Note.BY_CHANCE in status.notes
    assert status.outlook.pool is None


def test_what_is_to_be_held_is_not_doubted_for_not_moving() -> None:
    target = {"id": "t", "kind": "maintain", "indicator": "quote", "area": "b-01", "lower": 20,
              "baseline": {"period": 2020, "value": 27}}  # fmt: skip
    status = judged(target, cell("01", 2025, of=(11, 40)))
    assert status.notes == ()
    assert status.outlook.chance == (Decimal("16.1"), Decimal("42.9"))


def test_for_samples_a_way_within_chance_is_too_early_to_judge() -> None:
    # 13.4 points wide on either side, 10 are due
    sample = {"lights": {"chance_is_early": True}}
    few, many = cell("01", 2025, of=(11, 40)), cell("01", 2025, of=(2800, 10_000))
    assert judged(change(), few).light is Light.RED
    early = judged(change(), few, settings=sample)
    assert (early.light, early.reason and early.reason.value) == (Light.GREY, "too-early")
    assert judged(change(), many, settings=sample).light is Light.YELLOW


def test_a_revised_value_stands_beside_the_one_before() -> None:
    old = cell("01", 2025, "28", quality=Quality.PROVISIONAL, vintage=date(2026, 2, 1))
    new = cell("01", 2025, "30", vintage=date(2026, 6, 1))
    status = judged(change(), old, new)
    assert facts(status.actual, status.outlook.revised_from) == (30, 28)
    assert status.notes == (Note.REVISED,)
    before = judged(change(), old, new, as_of=date(2026, 3, 1))
    assert facts(before.actual, before.outlook.revised_from) == (28, None)
    assert Note.REVISED not in before.notes


def test_a_value_confirmed_is_not_revised() -> None:
    old = cell("01", 2025, "30", quality=Quality.PROVISIONAL, vintage=date(2026, 2, 1))
    status = judged(change(), old, cell("01", 2025, "30.0", vintage=date(2026, 6, 1)))
    assert (status.notes, status.outlook.revised_from) == ((), None)


def test_a_withheld_older_vintage_stays_withheld() -> None:
    old = cell("01", 2025, of=(1, 100), vintage=date(2026, 2, 1))
    status = judged(change(), old, cell("01", 2025, of=(30, 100), vintage=date(2026, 6, 1)))
    assert facts(status.actual, status.outlook.revised_from) == (30, None)


def test_other_methods_may_see_another_light() -> None:
    # 29.5 of 30 due is green; five years from 28 lead to 31 only: cloud; the growth ratio is 1.12
    status = judged(change(), cell("01", 2020, "28"), cell("01", 2025, "29.5"))
    assert (status.light, list(status.outlook.lights)) == (Light.GREEN, [Light.RED, Light.GREEN])
    assert status.notes == (Note.METHOD,)
    agreed = judged(change(), cell("01", 2020, "20"), cell("01", 2025, "31"))
    assert (list(agreed.outlook.lights), agreed.notes) == ([Light.GREEN, Light.GREEN], ())


def test_a_grey_light_is_not_compared() -> None:
    status = judged(change((2024, 28)), cell("01", 2019, "29"), cell("01", 2024, "28"), as_of=date(2025, 6, 30))
    assert (status.light, list(status.outlook.lights), status.notes) == (Light.GREY, [Light.RED], ())


@pytest.mark.parametrize(
    ("cells", "sheet"),
    [
        ([cell("01", year, "20") for year in range(2018, 2025)] + [cell("01", 2025, of=(1, 100))], {}),
        ([cell("01", year, "20") for year in range(2015, 2023)], {}),
        ([cell("01", year, "20") for year in range(2018, 2026)], {"breaks": [{"from": 2022, "statement": "Neu"}]}),
        ([cell("01", year, "20") for year in range(2018, 2026)], {"publication": "internal"}),
    ],
    ids=["suppressed", "outdated", "series break", "internal"],
)
def test_what_cannot_be_judged_has_no_outlook_either(cells: list[Cell], sheet: dict[str, Any]) -> None:
    assert judged(change(), *cells, sheet=sheet).outlook == NO_OUTLOOK


def test_milestones_have_no_outlook() -> None:
    target = {"id": "t", "kind": "milestones", "milestones": [{"id": "m", "title": "Fertig", "due": "2026-01-01"}]}
    assert judged(target).outlook == NO_OUTLOOK
