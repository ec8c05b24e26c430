"""What was observed in a territory: its own cells, else the sum of its parts, at the boundaries of the day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from sozplan.analysis.series import Observation, breaks_of, observe, outdated
from sozplan.model.case import Case
from sozplan.model.figures import Missing, Quality
from sozplan.model.indicators import Indicator
from tests.analysis.sample import cell, make_case


def told(each: Observation) -> tuple[str, object, str]:
    value = None if each.value is None else each.value.reveal()
    return each.period.text, value if each.missing is None else each.missing.value, each.quality.value


def series(case: Case, place: str) -> list[tuple[str, object, str]]:
    return [told(each) for each in observe(case, "quote", place)]


def test_a_unit_has_the_cells_of_its_key_older_first() -> None:
    case = make_case([cell("01", 2021, "22.5"), cell("01", 2020, of=(1, 8)), cell("02", 2020, "50")])
    assert series(case, "b-01") == [("2020", Decimal("12.5"), "final"), ("2021", Decimal("22.5"), "final")]


def test_an_area_sums_counts_and_never_averages_rates() -> None:
    # (10 + 90) / (100 + 300) = 25 %; the mean of 10 % and 30 % would be 20 %.
    case = make_case([cell("01", 2020, of=(10, 100)), cell("02", 2020, of=(90, 300))])
    assert series(case, "hafen") == [("2020", Decimal(25), "final")]


def test_an_area_of_counts_adds_values() -> None:
    case = make_case(
        [cell("01", 2020, "7"), cell("02", 2020, "8")], sheet={"denominator": None, "factor": 1, "unit": "Kinder"}
    )
    assert series(case, "hafen") == [("2020", Decimal(15), "final")]


def test_a_share_weighs_both_counts_and_is_an_estimate() -> None:
    # (10 + 90/2) / (100 + 300/2) = 55/250 = 22 %
    case = make_case([cell("01", 2020, of=(10, 100)), cell("02", 2020, of=(90, 300))])
    assert series(case, "teil") == [("2020", Decimal(22), "estimated")]


def test_a_sum_of_perturbed_counts_is_an_estimate() -> None:
    case = make_case([cell("01", 2020, of=(1, 4)), cell("02", 2020, of=(1, 4))], sheet={"perturbed": True})
    assert series(case, "hafen") == [("2020", Decimal(25), "estimated")]


def test_an_area_has_no_past_before_its_first_part() -> None:
    case = make_case([cell("01", 2023, of=(1, 4)), cell("01", 2024, of=(1, 4))])
    assert series(case, "neu") == [("2024", Decimal(25), "final")]


def test_the_whole_sums_the_units_below_it() -> None:
    # 2023: 01, 02 and the old 04; 2024: 01, 02, 04 and 05, (10 + 20 + 5 + 5) / 400 = 10 %
    cells = [cell(key, 2023, of=(10, 100)) for key in ("01", "02", "04")]
    cells += [cell(key, 2024, of=(n, 100)) for key, n in (("01", 10), ("02", 20), ("04", 5), ("05", 5))]
    assert series(make_case(cells), "stadt") == [("2023", Decimal(10), "final"), ("2024", Decimal(10), "final")]


@pytest.mark.parametrize(
    ("second", "reason"),
    [
        ({"missing": Missing.LATER}, "later"),
        ({"missing": Missing.SUPPRESSED}, "suppressed"),
        ({"missing": Missing.MEANINGLESS}, "meaningless"),
        ({"value": "30"}, "empty"),
    ],
)
def test_a_part_without_counts_leaves_the_whole_without_value(second: dict[str, Any], reason: str) -> None:
    case = make_case([cell("01", 2020, of=(10, 100)), cell("02", 2020, **second)])
    assert series(case, "hafen") == [("2020", reason, "final")]


def test_a_part_without_cell_leaves_the_whole_without_value() -> None:
    assert series(make_case([cell("01", 2020, of=(10, 100))]), "hafen") == [("2020", "empty", "final")]


def test_of_several_reasons_the_gravest_is_told() -> None:
    case = make_case([cell("01", 2020, missing=Missing.LATER), cell("02", 2020, missing=Missing.SUPPRESSED)])
    assert series(case, "hafen") == [("2020", "suppressed", "final")]


def test_a_part_without_anybody_adds_nothing() -> None:
    case = make_case([cell("01", 2020, of=(10, 100)), cell("02", 2020, of=(0, 0), missing=Missing.MEANINGLESS)])
    assert series(case, "hafen") == [("2020", Decimal(10), "final")]


def test_nobody_at_all_has_no_rate() -> None:
    assert series(make_case([cell("01", 2020, of=(0, 0))]), "b-01") == [("2020", "meaningless", "final")]


def test_what_the_supplier_withholds_is_not_rebuilt_from_parts() -> None:
    cells = [cell(key, 2024, of=(10, 100)) for key in ("01", "02", "04", "05")]
    case = make_case([*cells, cell("1000", 2024, missing=Missing.SUPPRESSED)])
    assert series(case, "stadt") == [("2024", "suppressed", "final")]


def test_an_indicator_that_does_not_add_up_is_not_summed() -> None:
    case = make_case([cell("01", 2020, of=(1, 9)), cell("02", 2020, of=(1, 9))], sheet={"additive": False})
    assert series(case, "hafen") == [("2020", "meaningless", "final")]


@pytest.mark.parametrize(
    ("qualities", "expected"),
    [
        ((Quality.FINAL, Quality.PROVISIONAL), "provisional"),
        ((Quality.PROVISIONAL, Quality.ESTIMATED), "estimated"),
        ((Quality.FINAL, Quality.REVISED), "revised"),
    ],
)
def test_a_sum_is_as_settled_as_its_least_settled_part(qualities: tuple[Quality, Quality], expected: str) -> None:
    cells = [cell(k, 2020, of=(1, 4), quality=q) for k, q in zip(("01", "02"), qualities, strict=True)]
    assert series(make_case(cells), "hafen") == [("2020", Decimal(25), expected)]


def test_the_newest_vintage_known_at_the_day_counts() -> None:
    cells = [
        cell("01", 2020, "20", vintage=date(2021, 3, 1)),
        cell("01", 2020, "21", vintage=date(2022, 3, 1), quality=Quality.REVISED),
    ]
    assert series(make_case(cells), "b-01") == [("2020", Decimal(21), "revised")]
    assert series(make_case(cells, as_of=date(2022, 2, 28)), "b-01") == [("2020", Decimal(20), "final")]
    assert series(make_case(cells, as_of=date(2021, 2, 28)), "b-01") == []


def test_a_period_is_hidden_until_its_reference_date_not_its_end() -> None:
    case = make_case([cell("01", 2026, "20")], sheet={"reference_day": "06-30"}, as_of=date(2026, 6, 30))
    assert series(case, "b-01") == [("2026", Decimal(20), "final")]
    earlier = make_case([cell("01", 2026, "20")], sheet={"reference_day": "06-30"}, as_of=date(2026, 6, 29))
    assert series(earlier, "b-01") == []


def test_a_key_means_the_unit_of_its_day() -> None:
    case = make_case([cell("04", 2023, "20"), cell("04", 2024, "30")])
    assert series(case, "b-04-alt") == [("2023", Decimal(20), "final")]
    assert series(case, "b-04") == [("2024", Decimal(30), "final")]


def test_a_file_on_newer_boundaries_speaks_of_the_newer_units() -> None:
    case = make_case([cell("04", 2020, "30")], resource={"boundary": "2024-06-30"})
    assert series(case, "b-04") == [("2020", Decimal(30), "final")]
    assert series(case, "b-04-alt") == []


def test_a_split_inside_an_area_leaves_it_comparable() -> None:
    cells = [cell("04", 2023, of=(10, 100)), cell("04", 2024, of=(6, 60)), cell("05", 2024, of=(4, 40))]
    before, after = observe(make_case(cells), "quote", "west")
    assert (told(before)[1], told(after)[1]) == (10, 10)
    assert before.era == after.era


def test_an_area_that_lost_ground_is_not_comparable_with_before() -> None:
    before, after = observe(make_case([cell("04", 2023, "10"), cell("04", 2024, "10")]), "quote", "kern")
    assert before.era != after.era
    assert before.era.breaks == after.era.breaks


def test_own_figures_of_an_area_come_before_the_sum() -> None:
    case = make_case([cell("K1", 2023, "44"), cell("04", 2023, of=(1, 9)), cell("04", 2024, of=(1, 4))])
    assert series(case, "kern") == [("2023", Decimal(44), "final"), ("2024", Decimal(25), "final")]


def test_a_break_parts_what_stands_before_from_what_comes_after() -> None:
    breaks = [{"from": 2022, "statement": "Neue Zählung"}]
    before, after = observe(make_case([cell("01", 2021, "1"), cell("01", 2022, "2")], sheet={"breaks": breaks}),
                            "quote", "b-01")  # fmt: skip
    assert (before.era.breaks, after.era.breaks) == (0, 1)


def test_every_cell_behind_a_sum_is_kept() -> None:
    (whole,) = observe(make_case([cell("01", 2020, of=(1, 9), line=7), cell("02", 2020, of=(1, 9), line=3)]),
                       "quote", "hafen")  # fmt: skip
    assert [each.at.line for each in whole.cells] == [7, 3]


def test_the_unknown_has_no_observations() -> None:
    case = make_case([cell("01", 2020, "1")])
    assert observe(case, "quote", "nirgends") == ()
    assert observe(case, "nichts", "b-01") == ()


def test_a_value_is_outdated_when_the_next_should_be_there() -> None:
    # A yearly value of 31.12.2024 with six months of lag: the next is due on 30.06.2026.
    sheet = make_case().plan.find("quote", Indicator)
    assert sheet is not None
    assert not outdated(sheet, date(2024, 12, 31), date(2026, 6, 30))
    assert outdated(sheet, date(2024, 12, 31), date(2026, 7, 1))


def test_a_lag_beyond_all_calendars_never_ends() -> None:
    sheet = make_case(sheet={"lag_months": 10**12}).plan.indicators[0]
    assert not outdated(sheet, date(2024, 12, 31), date(2999, 12, 31))


def test_the_suppliers_sign_parts_the_series_of_the_whole_as_well() -> None:
    anew = replace(cell("01", 2022, of=(2, 10)), starts_anew=True)
    cells = [cell("01", 2021, of=(1, 10)), anew, *(cell("02", year, of=(1, 10)) for year in (2021, 2022))]
    case = make_case(cells)
    assert [each.era.breaks for each in observe(case, "quote", "b-01")] == [0, 1]
    assert breaks_of(case, "quote", "b-01") == breaks_of(case, "quote", "stadt") == (date(2022, 1, 1),)
    assert breaks_of(case, "quote", "b-02") == ()
