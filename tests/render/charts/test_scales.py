from __future__ import annotations

from itertools import pairwise

import pytest

from sozplan.render.charts.scales import Scale, apart, decimals, domain, fitting, ticks


@pytest.mark.parametrize(
    ("low", "high", "wanted"),
    [
        (36.0, 52.0, [40.0, 45.0, 50.0]),
        (0.0, 1.0, [0.0, 0.25, 0.5, 0.75, 1.0]),
        (-14.7, -5.0, [-12.5, -10.0, -7.5, -5.0]),
        (11000.0, 16500.0, [12000.0, 14000.0, 16000.0]),
    ],
)
def test_ticks_are_round_and_within_the_bounds(low: float, high: float, wanted: list[float]) -> None:
    assert ticks(low, high, 4) == wanted


def test_labels_have_the_decimals_that_they_need() -> None:
    assert decimals([0.0, 0.25, 0.5]) == 2
    assert decimals([40.0, 45.0]) == 0


def test_a_domain_begins_at_zero_only_where_values_are_near_it() -> None:
    assert list(domain([5.0, 100.0])) == pytest.approx([0.0, 111.4])
    assert list(domain([80.0, 90.0])) == pytest.approx([78.8, 91.2])


def test_a_scale_may_grow_upwards() -> None:
    assert [Scale(0, 10, 100)(each) for each in (0, 2.5, 10)] == [0, 25, 100]
    assert [Scale(0, 10, -100)(each) for each in (0, 2.5, 10)] == [100, 75, 0]


def test_labels_that_would_touch_are_left_out_the_last_ones_first() -> None:
    assert [words for _, words in fitting([(100, "2028"), (95, "2027"), (10, "2019")], 0, 110)] == ["2019", "2028"]


def test_what_is_too_near_is_moved_apart_in_its_order() -> None:
    placed = apart([50.0, 48.0, 10.0, 52.0], 10, 0, 60)
    assert sorted(range(4), key=lambda at: placed[at]) == [2, 1, 0, 3]
    assert all(b - a >= 10 for a, b in pairwise(sorted(placed)))
    assert max(placed) <= 60
    assert placed[2] == 10
