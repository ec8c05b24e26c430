"""The five kinds of targets and the edges of each, against figures worked out on paper.

Unless a test says otherwise a target leads from 20 % on 31.12.2020 to 40 % on 31.12.2030, 3652 days;
31.12.2025 is 1826 days on, exactly half the way, so that 30 % are expected then.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from sozplan.analysis.attainment import assess
from sozplan.analysis.conversion import Obstacle
from sozplan.analysis.disclosure import Audience
from sozplan.analysis.verdict import Method, Note, Reason, TargetStatus, rounded
from sozplan.diagnostics import Text
from sozplan.model.figures import Cell, Missing, Quality
from sozplan.model.terms import Light
from tests.analysis.sample import cell, change, facts, goal, make_case


def judged(target: dict[str, Any], *cells: Cell, audience: Audience = Audience.PUBLIC, **case: Any) -> TargetStatus:
    (status,) = assess(make_case(cells, goals=[goal(target)], **case), audience).targets
    return status


def said(status: TargetStatus) -> tuple[object, ...]:
    """Attainment, fulfilment, light, reason."""
    numbers = (None if n is None else rounded(n) for n in (status.attainment, status.fulfilment))
    return (*numbers, status.light.value, status.reason and status.reason.value)


def notes(status: TargetStatus) -> list[str]:
    return [note.value for note in status.notes]


@pytest.mark.parametrize(
    ("actual", "expected"),
    [
        # Z = (I - 20) / 20, P = (I - 20) / (30 - 20)
        ("30", (50, 100, "green", None)),
        ("29.5", (Decimal("47.5"), 95, "green", None)),
        ("29.4", (47, 94, "yellow", None)),
        ("28", (40, 80, "yellow", None)),
        ("27.9", (Decimal("39.5"), 79, "red", None)),
        ("20", (0, 0, "red", None)),
        ("18", (-10, -20, "red", None)),
        ("46", (130, 260, "green", None)),
    ],
)
def test_change_upwards(actual: str, expected: tuple[object, ...]) -> None:
    status = judged(change(), cell("01", 2025, actual))
    assert said(status) == expected
    assert status.expected == 30
    assert status.method is Method.LINEAR


@pytest.mark.parametrize(
    ("actual", "expected"),
    [
        # from 40 down to 20: Z = (I - 40) / -20
        ("30", (50, 100, "green", None)),
        ("32", (40, 80, "yellow", None)),
        ("45", (-25, -50, "red", None)),
    ],
)
def test_change_downwards_follows_from_the_ends(actual: str, expected: tuple[object, ...]) -> None:
    target = change((2020, 40), (2030, 20))
    assert said(judged(target, cell("01", 2025, actual), sheet={"direction": "lower"})) == expected


def test_what_a_status_says_of_its_target() -> None:
    status = judged(change(weight=100), cell("01", 2024, "26"), cell("01", 2025, "30", line=9))
    assert facts(status.target, status.goal, status.plan, status.area) == ("t", "ziel", "plan", "b-01")
    assert facts(status.indicator, status.kind, status.weight) == ("quote", "change", 100)
    assert facts(status.baseline, str(status.baseline_period)) == (20, "2020")
    assert facts(status.target_value, str(status.target_period)) == (40, "2030")
    assert facts(status.actual, str(status.actual_period), status.reference) == (30, "2025", date(2025, 12, 31))
    assert [place.line for place in status.cells] == [9]
    assert facts(status.forecast, status.weather) == (None, None)


def test_the_area_is_the_targets_own_else_the_plans_else_the_whole() -> None:
    bare = {key: value for key, value in change().items() if key != "area"}
    cells = [cell("01", 2025, of=(30, 100)), cell("02", 2025, of=(50, 100)), cell("1000", 2025, "35")]
    assert judged(bare, *cells).area == "hafen"
    assert judged(bare, *cells).actual == 40
    (of_strategy,) = assess(make_case(cells, strategy=[goal(bare, level="action")])).targets
    assert facts(of_strategy.area, of_strategy.actual, of_strategy.plan) == ("stadt", 35, None)


def test_the_expected_value_belongs_to_the_day_of_the_data_not_of_the_report() -> None:
    # A school year ends on 31.07.: from 31.07.2021 to 31.07.2031 are 3652 days, to 31.07.2025 1461.
    target = change(("2020/21", 20), ("2030/31", 40))
    status = judged(target, cell("01", "2024/25", "28"), sheet={"periodicity": "school-year"})
    assert rounded(status.expected or Decimal(0)) == rounded(20 + Decimal(20) * 1461 / 3652)
    assert status.reference == date(2025, 7, 31)


def test_a_path_bends_the_expectation() -> None:
    # 24 by 2025: reaching it is all that was expected, though only a fifth of the way.
    target = change(path=[{"period": 2025, "value": 24}])
    status = judged(target, cell("01", 2025, "24"))
    assert said(status) == (20, 100, "green", None)
    assert facts(status.expected, status.method) == (24, Method.PIECEWISE)
    # 2023-12-31 is 1095 of 1826 days to 24: 20 + 4 * 1095 / 1826 = 22.398685...
    early = judged(target, cell("01", 2023, "22"), as_of=date(2024, 6, 30))
    assert rounded(early.expected or Decimal(0)) == Decimal("22.3986857")


def test_too_early_while_less_than_a_tenth_of_the_way_is_due() -> None:
    # 31.12.2021: 365 of 3652 days are 9.99 % of the way; a year later 730 days are 20 %.
    first = judged(change(), cell("01", 2021, "25"), as_of=date(2022, 6, 30))
    assert said(first) == (25, None, "grey", "too-early")
    second = judged(change(), cell("01", 2022, "25"), as_of=date(2023, 6, 30))
    assert said(second)[2:] == ("green", None)


def test_exactly_a_tenth_of_the_way_is_not_too_early() -> None:
    # 22 of 20 … 40 due at the end of 2025
    target = change(path=[{"period": 2025, "value": 22}])
    assert said(judged(target, cell("01", 2025, "22"))) == (10, 100, "green", None)


def test_the_baseline_itself_is_too_early() -> None:
    assert said(judged(change(), cell("01", 2020, "20"), as_of=date(2021, 6, 30))) == (0, None, "grey", "too-early")


def test_after_the_deadline_the_target_itself_is_the_measure() -> None:
    # Due were 40 by 2024; 36 a year later are 80 % of the way and of what is due.
    status = judged(change((2020, 20), (2024, 40)), cell("01", 2025, "36"))
    assert said(status) == (80, 80, "yellow", None)
    assert status.expected == 40
    assert notes(status) == ["expired"]


def test_on_the_last_day_the_deadline_has_not_passed() -> None:
    status = judged(change((2020, 20), (2025, 40)), cell("01", 2025, "40"))
    assert said(status) == (100, 100, "green", None)
    assert notes(status) == []


@pytest.mark.parametrize(("actual", "note"), [("19.9", "worsened"), ("40.1", "exceeded")])
def test_worsened_and_exceeded_are_said(actual: str, note: str) -> None:
    assert notes(judged(change(), cell("01", 2025, actual))) == [note]


@pytest.mark.parametrize("quality", [Quality.PROVISIONAL, Quality.ESTIMATED, Quality.REVISED])
def test_an_unsettled_value_is_computed_and_marked(quality: Quality) -> None:
    status = judged(change(), cell("01", 2025, "30", quality=quality))
    assert said(status) == (50, 100, "green", None)
    assert (notes(status), status.quality) == ([quality.value], quality)


@pytest.mark.parametrize(
    ("target", "reason"),
    [
        (change(start=None), "no-baseline"),
        (change(end=None), "no-target"),
        (change((2020, 20), (2030, 20)), "no-way"),
        (change((2020, 20), (2020, 40)), "no-way"),
        (change(indicator="unbekannt"), "no-indicator"),
        (change(area="unbekannt"), "no-value"),
        (change(area="b-02"), "no-value"),
        (change(("2020/21", 20), ("2030/31", 40)), "no-value"),
    ],
)
def test_without_its_parts_a_target_is_grey(target: dict[str, Any], reason: str) -> None:
    assert said(judged(target, cell("01", 2025, "30"))) == (None, None, "grey", reason)


def test_without_baseline_the_actual_value_is_still_shown() -> None:
    assert judged(change(start=None), cell("01", 2025, "30")).actual == 30


def test_an_outdated_value_is_shown_with_its_date_and_not_judged() -> None:
    # 31.12.2023 + 12 months + 6 months of lag = 30.06.2025; a year later the value of 2024 is overdue.
    status = judged(change(), cell("01", 2023, "30"))
    assert said(status) == (None, None, "grey", "outdated")
    assert facts(status.actual, str(status.actual_period)) == (30, "2023")


@pytest.mark.parametrize("missing", [Missing.LATER, Missing.EMPTY])
def test_until_the_next_value_comes_the_last_one_holds(missing: Missing) -> None:
    status = judged(change(), cell("01", 2024, "28"), cell("01", 2025, missing=missing))
    assert (str(status.actual_period), status.light) == ("2024", Light.GREEN)


def test_a_baseline_whose_figure_is_withheld_is_withheld_too() -> None:
    # With 20 % in the plan, a target of 40 % and what is attained everybody would know the baseline again.
    status = judged(change(), cell("01", 2020, of=(2, 10)), cell("01", 2025, of=(30, 100)))
    assert said(status) == (None, None, "grey", "suppressed")
    assert facts(status.baseline, status.expected, status.forecast, status.weather) == (None, None, None, None)


def test_of_an_internal_indicator_the_public_learns_no_baseline() -> None:
    cells = cell("01", 2020, "20"), cell("01", 2025, "30")
    assert judged(change(), *cells, sheet={"publication": "internal"}).baseline is None
    inside = judged(change(), *cells, sheet={"publication": "internal"}, audience=Audience.INTERNAL)
    assert facts(inside.baseline, inside.attainment) == (20, 50)


@pytest.mark.parametrize(
    ("newest", "reason"),
    [
        (cell("01", 2025, missing=Missing.UNKNOWN), "suppressed"),
        (cell("01", 2025, missing=Missing.SUPPRESSED), "suppressed"),
        (cell("01", 2025, of=(2, 100)), "suppressed"),
        (cell("01", 2025, missing=Missing.UNRELIABLE), "unreliable"),
    ],
)
def test_a_hidden_or_unsafe_value_is_not_replaced_by_an_older_one(newest: Cell, reason: str) -> None:
    status = judged(change(), cell("01", 2024, "28"), newest)
    assert said(status) == (None, None, "grey", reason)
    assert facts(status.actual, status.actual_period, status.expected) == (None, None, None)


def test_internal_figures_are_judged_for_internal_readers_only() -> None:
    internal = {"publication": "internal"}
    assert said(judged(change(), cell("01", 2025, "30"), sheet=internal))[3] == "suppressed"
    status = judged(change(), cell("01", 2025, "30"), sheet=internal, audience=Audience.INTERNAL)
    assert said(status) == (50, 100, "green", None)


def test_a_break_since_the_baseline_forbids_the_comparison() -> None:
    broken = {"breaks": [{"from": 2023, "statement": "Neue Zählung"}]}
    assert said(judged(change(), cell("01", 2025, "30"), sheet=broken)) == (None, None, "grey", "series-break")
    later = change((2023, 20), (2033, 40))
    assert said(judged(later, cell("01", 2025, "30"), sheet=broken))[3] is None


# Kern lost what became district 05; West kept both halves of the old 04.
BEFORE, AFTER = cell("04", 2020, of=(20, 100)), [cell("04", 2025, of=(15, 50)), cell("05", 2025, of=(15, 50))]


def test_after_a_boundary_change_the_baseline_is_worked_out_for_the_present_borders() -> None:
    # 0.6 · 20 / 0.6 · 100 = 20 %, whatever the plan says of the former borders: Z = (30 - 20) / (40 - 20).
    status = judged(change(start=(2020, 24), area="kern"), BEFORE, *AFTER)
    assert facts(status.baseline, status.planned, status.attainment, status.light.value) == (20, 24, 50, "green")
    assert Note.REBASED in status.notes
    assert Note.CONVERTED not in status.notes
    assert [(each.old, each.new) for each in status.conversion] == [("b-04-alt", "b-04")]
    assert said(judged(change(area="west"), BEFORE, *AFTER)) == (50, 100, "green", None)
    assert judged(change(area="west"), BEFORE, *AFTER).conversion == ()


def test_a_baseline_for_the_present_borders_stands_as_it_is_written() -> None:
    status = judged(change(start=(2020, 22), area="b-04"), BEFORE, *AFTER)
    assert facts(status.baseline, status.planned, Note.REBASED in status.notes) == (22, None, False)


@pytest.mark.parametrize(
    ("before", "obstacle"),
    [
        (cell("04", 2020, "20"), Obstacle.COUNTS),
        (cell("04", 2020, missing=Missing.UNKNOWN), Obstacle.VALUE),
        (cell("01", 2020, of=(20, 100)), Obstacle.VALUE),
        (cell("K1", 2020, of=(20, 100)), Obstacle.OWN),
    ],
)
def test_a_boundary_change_that_cannot_be_converted_forbids_it_and_says_why(before: Cell, obstacle: Obstacle) -> None:
    status = judged(change(area="kern"), before, *AFTER)
    assert said(status)[2:] == ("grey", "boundary-change")
    assert status.obstacle is obstacle
    assert status.why == Text(
        f"Gebietsänderung seit dem Ausgangswert: {obstacle.label.de}",
        f"boundary change since the baseline: {obstacle.label.en}",
    )


def test_a_gap_across_a_boundary_change_is_worked_out_on_both_sides() -> None:
    # 2020: 20 % of kern as it is now, less 10 % of district 01; 2025: 30 % less 10 %.
    cells = [BEFORE, *AFTER, *(cell("01", year, of=(10, 100)) for year in (2020, 2025))]
    status = judged(change(start=(2020, 12), end=(2030, 30), area="kern", kind="gap", reference="b-01"), *cells)
    assert facts(status.baseline, status.planned, status.actual, status.attainment) == (10, 12, 20, 50)


def test_an_actual_value_from_before_the_change_is_marked() -> None:
    status = judged(change(area="b-05"), cell("04", 2023, of=(20, 100)), as_of=date(2024, 12, 31))
    assert facts(status.actual, status.quality) == (20, Quality.ESTIMATED)
    assert {Note.ESTIMATED, Note.CONVERTED} <= set(status.notes)


def test_a_converted_baseline_that_is_withheld_is_not_told() -> None:
    status = judged(change(area="kern"), cell("04", 2020, of=(3, 100)), *AFTER)
    assert facts(status.baseline, status.planned, status.reason) == (None, None, Reason.SUPPRESSED)


def test_the_vintage_known_at_the_day_is_judged() -> None:
    cells = [cell("01", 2025, "28", vintage=date(2026, 2, 1)), cell("01", 2025, "30", vintage=date(2026, 6, 1))]
    assert judged(change(), *cells, as_of=date(2026, 3, 1)).attainment == 40
    assert judged(change(), *cells).attainment == 50


def maintain(kind: str = "maintain", **bounds: Any) -> dict[str, Any]:
    return {"id": "t", "kind": kind, "indicator": "quote", "area": "b-01", "until": 2030, **bounds}


@pytest.mark.parametrize(
    ("bounds", "actual", "expected"),
    [
        # Z = 100 * (1 - e / tolerance), e = distance outside the bounds
        ({"lower": 30, "tolerance": 10}, "30", (100, 100, "green", None)),
        ({"lower": 30, "tolerance": 10}, "90", (100, 100, "green", None)),
        ({"lower": 30, "tolerance": 10}, "29.5", (95, 95, "green", None)),
        ({"lower": 30, "tolerance": 10}, "28", (80, 80, "yellow", None)),
        ({"lower": 30, "tolerance": 10}, "25", (50, 50, "red", None)),
        ({"lower": 30, "tolerance": 10}, "19", (0, 0, "red", None)),
        ({"lower": 30}, "29.9", (0, 0, "red", None)),
        ({"lower": 30}, "30", (100, 100, "green", None)),
        ({"upper": 30, "tolerance": 10}, "32", (80, 80, "yellow", None)),
        ({"lower": 20, "upper": 30, "tolerance": 5}, "31", (80, 80, "yellow", None)),
        ({"lower": 20, "upper": 30, "tolerance": 5}, "18", (60, 60, "red", None)),
        ({"lower": 20, "upper": 30, "tolerance": 5}, "25", (100, 100, "green", None)),
        ({}, "25", (None, None, "grey", "no-target")),
    ],
)
def test_maintain_and_corridor(bounds: dict[str, Any], actual: str, expected: tuple[object, ...]) -> None:
    kind = "corridor" if {"lower", "upper"} <= bounds.keys() else "maintain"
    status = judged(maintain(kind, **bounds), cell("01", 2025, actual))
    assert said(status) == expected
    assert facts(status.kind, status.method, status.expected) == (kind, Method.DISTANCE, None)


def test_the_bounds_are_told_and_a_single_one_is_the_target_value() -> None:
    one = judged(maintain(lower=30, baseline={"period": 2024, "value": 31}), cell("01", 2025, "30"))
    assert facts(one.lower, one.upper, one.target_value, str(one.target_period)) == (30, None, 30, "2030")
    assert facts(one.baseline, str(one.baseline_period)) == (31, "2024")
    two = judged(maintain("corridor", lower=20, upper=30), cell("01", 2025, "30"))
    assert facts(two.lower, two.upper, two.target_value) == (20, 30, None)


def test_what_was_to_be_maintained_until_then_is_marked_as_expired() -> None:
    assert notes(judged(maintain(lower=30) | {"until": 2024}, cell("01", 2025, "30"))) == ["expired"]


def gap(**fields: Any) -> dict[str, Any]:
    return {
        "id": "t",
        "kind": "gap",
        "indicator": "quote",
        "area": "b-01",
        "baseline": {"period": 2020, "value": -10},
        "target": {"period": 2030, "value": 0},
        **fields,
    }


def test_a_gap_is_the_area_minus_the_whole() -> None:
    # 26 - 32 = -6: four of ten points are closed, five were expected.
    status = judged(gap(), cell("01", 2025, "26", line=3), cell("1000", 2025, "32", line=4))
    assert said(status) == (40, 80, "yellow", None)
    assert facts(status.actual, status.expected, status.baseline, status.target_value) == (-6, -5, -10, 0)
    assert [place.line for place in status.cells] == [3, 4]


def test_a_gap_can_be_to_another_area() -> None:
    assert judged(gap(reference="b-02"), cell("01", 2025, "26"), cell("02", 2025, "31")).actual == -5


def test_a_gap_needs_both_sides_in_one_period() -> None:
    cells = [cell("01", 2024, "26"), cell("1000", 2024, "32"), cell("01", 2025, "30")]
    assert str(judged(gap(), *cells).actual_period) == "2024"


def test_what_is_withheld_of_one_side_is_withheld_of_the_gap() -> None:
    status = judged(gap(), cell("01", 2025, of=(50, 100)), cell("1000", 2025, of=(2, 1000)))
    assert said(status) == (None, None, "grey", "suppressed")
    assert status.actual is None


def test_a_gap_is_as_settled_as_its_less_settled_side() -> None:
    status = judged(gap(), cell("01", 2025, "26"), cell("1000", 2025, "31", quality=Quality.PROVISIONAL))
    assert notes(status) == ["provisional"]


def milestones(*steps: tuple[str, str, str | None, int | None]) -> dict[str, Any]:
    listed = [
        {"id": id, "title": id, "due": due}
        | ({"done": done} if done else {})
        | ({} if weight is None else {"weight": weight})
        for id, due, done, weight in steps
    ]
    return {"id": "t", "kind": "milestones", "milestones": listed}


@pytest.mark.parametrize(
    ("steps", "expected", "due"),
    [
        # weights 50, 30, 20; on 30.06.2026 the first two are due: 80
        ((("a", "2026-01-01", "2026-01-05", 50), ("b", "2026-06-30", None, 30), ("c", "2027-01-01", None, 20)),
         (50, Decimal("62.5"), "red", None), 80),
        ((("a", "2026-01-01", "2026-01-05", 50), ("b", "2026-07-01", None, 30), ("c", "2027-01-01", None, 20)),
         (50, 100, "green", None), 50),
        # done after the as-of date isn't done yet
        ((("a", "2026-01-01", "2026-07-01", 50), ("b", "2027-01-01", None, 50)), (0, 0, "red", None), 50),
        # without weights all count the same
        ((("a", "2026-01-01", "2026-01-01", None), ("b", "2026-02-01", None, None), ("c", "2026-03-01", None, None)),
         (Decimal("33.3333333"), Decimal("33.3333333"), "red", None), 100),
        ((("a", "2026-09-01", None, 60), ("b", "2027-01-01", None, 40)), (0, None, "grey", "too-early"), 0),
        ((("a", "2026-09-01", "2026-02-01", 60), ("b", "2027-01-01", None, 40)), (60, None, "grey", "too-early"), 0),
        ((("a", "2026-09-01", "2026-02-01", 60), ("b", "2027-01-01", "2026-03-01", 40)), (100, 100, "green", None), 0),
        ((("a", "2026-01-01", None, 0),), (None, None, "grey", "no-weight"), None),
    ],
)  # fmt: skip
def test_milestones(steps: Any, expected: tuple[object, ...], due: int | None) -> None:
    status = judged(milestones(*steps))
    assert said(status) == expected
    assert status.expected == due
    assert facts(status.indicator, status.method) == (None, Method.MILESTONES)


def test_milestones_expire_with_the_last() -> None:
    status = judged(milestones(("a", "2026-01-01", "2026-01-01", 50), ("b", "2026-06-29", None, 50)))
    assert (said(status), notes(status)) == ((50, 50, "red", None), ["expired"])


def test_lights_follow_the_settings() -> None:
    strict = {"lights": {"green": 100, "yellow": 99, "too_early": 60}}
    assert said(judged(change(), cell("01", 2025, "30"), settings=strict)) == (50, None, "grey", "too-early")
    late = change((2020, 20), (2025, 40))
    assert said(judged(late, cell("01", 2025, "39.9"), settings=strict))[2] == "yellow"


def test_nine_digits_are_written() -> None:
    assert rounded(Decimal(100) / 3) == Decimal("33.3333333")
    assert float(rounded(Decimal("75.00000"))) == 75.0
