"""Numbers across boundary changes, each worked out by hand beside it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from sozplan.analysis.conversion import Obstacle, obstacle
from sozplan.analysis.disclosure import published
from sozplan.analysis.ground import territory
from sozplan.analysis.series import Observation, breaks_of, observe
from sozplan.diagnostics import Location
from sozplan.model.case import Case
from sozplan.model.figures import Cell, Figures, Missing, Quality
from sozplan.model.indicators import Indicator, Resource
from sozplan.model.periods import period
from sozplan.model.plan import Plan
from sozplan.model.settings import Settings
from sozplan.model.territory import Territory
from tests.analysis.sample import SETTINGS, SHEET, cell, facts

COUNT: dict[str, Any] = {"denominator": None, "factor": 1, "unit": "Personen"}
Life = tuple[int | None, int | None]
"""First and last year of a unit."""


def make_case(
    units: Mapping[str, Life],
    moves: Sequence[tuple[str, str, int, str]],
    cells: Iterable[Cell],
    *,
    areas: Mapping[str, Sequence[Mapping[str, Any]]] = {},
    sheet: Mapping[str, Any] = {},
    keys: Mapping[str, str] = {},
    levels: Mapping[str, tuple[str, str]] = {},
    as_of: date = date(2026, 6, 30),
) -> Case:
    """Units with their years; who gave which share to whom at the start of a year; the keys of areas."""
    settings = Settings.model_validate(
        {**SETTINGS, "levels": [{"id": id, "name": id} for id in ("stadt", "bezirk", "viertel", "block")]}
    )
    given = [
        {"id": id, "key": id.removesuffix("-alt"), "name": id, "level": "bezirk"}
        | ({"level": levels[id][0], "parent": levels[id][1]} if id in levels else {})
        | ({} if start is None else {"valid_from": f"{start}-01-01"})
        | ({} if end is None else {"valid_to": f"{end}-12-31"})
        for id, (start, end) in units.items()
    ]
    file = Territory.model_validate(
        {
            "units": given,
            "successions": [
                {"old": old, "new": new, "date": f"{year}-01-01", "share": Decimal(share)}
                for old, new, year, share in moves
            ],
            "social_areas": [
                {"id": id, "name": id, "parts": list(parts)} | ({"key": keys[id]} if id in keys else {})
                for id, parts in areas.items()
            ],
        }
    )
    roots = {
        "indicators/catalogue/quote.yaml": Indicator.model_validate({**SHEET, **sheet}),
        "plans/territory/t.yaml": file,
        "sozplan.yaml": settings,
    }
    described = Resource.model_validate({"name": "quote", "path": "data/quote.csv"})
    return Case(Plan(settings, roots), Figures(tuple(cells), {"quote": described}), as_of)


def told(case: Case, place: str) -> dict[str, tuple[object, ...]]:
    """By period: value, quality, whether it was converted."""
    return {
        each.period.text: (
            None if each.value is None else round(each.value.reveal(), 6), each.quality.value, each.converted
        )
        for each in observe(case, "quote", place)
    }  # fmt: skip


def one(case: Case, place: str, when: str) -> Observation:
    return next(each for each in observe(case, "quote", place) if each.period.text == when)


SPLIT = {"a-alt": (None, 2023), "a": (2024, None), "b": (2024, None)}
HALVES = [("a-alt", "a", 2024, "0.6"), ("a-alt", "b", 2024, "0.4")]


def test_a_split_shares_out_the_counts() -> None:
    case = make_case(SPLIT, HALVES, [cell("a", 2020, of=(30, 200)), cell("a", 2024, of=(20, 100))])
    assert told(case, "a") == {"2020": (15, "estimated", True), "2024": (20, "final", False)}
    assert told(case, "b") == {"2020": (15, "estimated", True)}
    found = one(case, "a", "2020")
    assert found.numerator is not None
    assert found.denominator is not None
    assert facts(found.numerator.reveal(), found.denominator.reveal()) == (18, 120)
    assert [(each.old, each.new, each.date) for each in found.conversion] == [("a-alt", "a", date(2024, 1, 1))]
    assert found.sources == {"a-alt": Decimal("0.6")}
    assert found.era == one(case, "a", "2024").era


def test_a_split_shares_out_plain_counts() -> None:
    case = make_case(SPLIT, HALVES, [cell("a", 2020, "50")], sheet=COUNT)
    assert told(case, "a") == {"2020": (30, "estimated", True)}
    assert told(case, "b") == {"2020": (20, "estimated", True)}


def test_a_merger_adds_counts_and_is_exact() -> None:
    # (10 + 90) / (100 + 300) = 25 %; the mean of the rates would be 20 %.
    case = make_case(
        {"x": (None, 2023), "y": (None, 2023), "z": (2024, None)},
        [("x", "z", 2024, "1"), ("y", "z", 2024, "1")],
        [cell("x", 2020, of=(10, 100)), cell("y", 2020, of=(90, 300), quality=Quality.PROVISIONAL)],
    )
    assert told(case, "z") == {"2020": (25, "provisional", True)}


def test_a_redrawn_border_takes_shares_of_each() -> None:
    # v: 0.8 · 10 / 0.8 · 100 = 10 %; w: (2 + 90) / (20 + 300) = 28.75 %
    case = make_case(
        {"x": (None, 2023), "y": (None, 2023), "v": (2024, None), "w": (2024, None)},
        [("x", "v", 2024, "0.8"), ("x", "w", 2024, "0.2"), ("y", "w", 2024, "1")],
        [cell("x", 2020, of=(10, 100)), cell("y", 2020, of=(90, 300))],
    )
    assert told(case, "v") == {"2020": (10, "estimated", True)}
    assert told(case, "w") == {"2020": (Decimal("28.75"), "estimated", True)}


def test_an_ended_unit_goes_on_as_the_sum_of_what_it_became() -> None:
    # (6 + 14) / (60 + 40) = 20 %
    case = make_case(SPLIT, HALVES, [cell("a", 2024, of=(6, 60)), cell("b", 2024, of=(14, 40))])
    assert told(case, "a-alt") == {"2024": (20, "final", True)}


def test_an_ended_unit_does_not_go_on_in_one_that_holds_others_too() -> None:
    case = make_case(
        {"x": (None, 2023), "y": (None, 2023), "z": (2024, None), "w": (None, None), "v": (None, 2023)},
        [("x", "z", 2024, "1"), ("y", "z", 2024, "1"), ("v", "w", 2024, "1")],
        [cell("z", 2024, of=(10, 100)), cell("w", 2023, of=(10, 100)), cell("w", 2024, of=(10, 100))],
    )
    assert told(case, "x") == told(case, "v") == {}
    assert why(case, "x", "2024") is why(case, "v", "2024") is Obstacle.MERGED
    assert told(case, "w") == {"2023": (10, "final", False), "2024": (10, "final", False)}


PIECES = [("p", "a", 2024, "0.6"), ("p", "b", 2024, "0.4")]


def test_several_changes_chain() -> None:
    # 2012: q; 2015: q → p whole; 2024: p → a 0.6. For a in 2012: 0.6 · 50 / 0.6 · 100.
    case = make_case(
        {**SPLIT, "q": (None, 2014), "r": (None, 2014), "p": (2015, 2023), "s": (2015, None)},
        [("q", "p", 2015, "1"), ("r", "p", 2015, "0.5"), ("r", "s", 2015, "0.5"), *PIECES],
        [cell("q", 2012, of=(50, 100)), cell("r", 2012, of=(10, 100))],
    )
    # p in 2012: 50 + 5 of 100 + 50; a: the same rate of six tenths.
    assert told(case, "p") == {"2012": (Decimal("36.666667"), "estimated", True)}
    assert told(case, "a") == {"2012": (Decimal("36.666667"), "estimated", True)}
    assert [each.old for each in one(case, "a", "2012").conversion] == ["q", "r", "p"]
    found = one(case, "a", "2012")
    assert found.denominator is not None
    assert found.denominator.reveal() == 90


def test_changes_chain_the_other_way_too() -> None:
    case = make_case(
        {**SPLIT, "q": (None, 2014), "p": (2015, 2023)},
        [("q", "p", 2015, "1"), *PIECES],
        [cell("a", 2025, of=(6, 60)), cell("b", 2025, of=(14, 40))],
    )
    assert told(case, "q") == {"2025": (20, "final", True)}


def test_a_circle_of_changes_ends() -> None:
    case = make_case(
        {"a": (2020, 2023), "b": (2024, 2027)},
        [("a", "b", 2024, "1"), ("b", "a", 2020, "1")],
        [cell("a", 2021, of=(6, 60))],
    )
    assert told(case, "b") == {"2021": (10, "final", True)}


def test_a_rate_without_counts_is_carried_over_only_to_one_whole_unit() -> None:
    renamed = make_case({"x": (None, 2023), "y": (2024, None)}, [("x", "y", 2024, "1")], [cell("x", 2020, "12.5")])
    assert told(renamed, "y") == {"2020": (Decimal("12.5"), "final", True)}
    split = make_case(SPLIT, HALVES, [cell("a", 2020, "12.5")])
    assert told(split, "a") == {}
    assert why(split, "a", "2020") is Obstacle.COUNTS
    merger = make_case(
        {"x": (None, 2023), "y": (None, 2023), "z": (2024, None)},
        [("x", "z", 2024, "1"), ("y", "z", 2024, "1")],
        [cell("x", 2020, "10"), cell("y", 2020, of=(90, 300))],
    )
    assert told(merger, "z") == {}
    assert why(merger, "z", "2020") is Obstacle.COUNTS


def test_what_does_not_add_up_is_carried_over_only_to_one_whole_unit() -> None:
    odd = {"additive": False}
    renamed = make_case(
        {"x": (None, 2023), "y": (2024, None)}, [("x", "y", 2024, "1")], [cell("x", 2020, "7")], sheet=odd
    )
    assert told(renamed, "y") == {"2020": (7, "final", True)}
    split = make_case(SPLIT, HALVES, [cell("a", 2020, of=(30, 200))], sheet=odd)
    assert told(split, "a") == {}
    assert why(split, "a", "2020") is Obstacle.ADDITIVE


def test_perturbed_counts_make_an_estimate_of_a_merger() -> None:
    case = make_case(
        {"x": (None, 2023), "y": (None, 2023), "z": (2024, None)},
        [("x", "z", 2024, "1"), ("y", "z", 2024, "1")],
        [cell("x", 2020, of=(10, 100)), cell("y", 2020, of=(90, 300))],
        sheet={"perturbed": True},
    )
    assert told(case, "z") == {"2020": (25, "estimated", True)}


def test_signs_are_not_converted() -> None:
    for missing in (Missing.SUPPRESSED, Missing.UNKNOWN, Missing.LATER, Missing.UNRELIABLE):
        case = make_case(SPLIT, HALVES, [cell("a", 2020, missing=missing)])
        assert told(case, "a") == {}
        assert why(case, "a", "2020") is Obstacle.VALUE
    merger = make_case(
        {"x": (None, 2023), "y": (None, 2023), "z": (2024, None)},
        [("x", "z", 2024, "1"), ("y", "z", 2024, "1")],
        [cell("x", 2020, of=(10, 100))],
    )
    assert told(merger, "z") == {}
    assert why(merger, "z", "2020") is Obstacle.VALUE


@pytest.mark.parametrize(("shares", "is_told"), [(("0.6", "0.3"), False), (("0.6", "0.401"), True)])
def test_shares_add_up_to_one(shares: tuple[str, str], is_told: bool) -> None:
    moves = [("a-alt", "a", 2024, shares[0]), ("a-alt", "b", 2024, shares[1])]
    case = make_case(SPLIT, moves, [cell("a", 2020, of=(30, 200))])
    assert bool(told(case, "a")) is is_told
    if not is_told:
        assert why(case, "a", "2020") is Obstacle.WEIGHTS


def test_what_the_unit_has_itself_stays() -> None:
    # The file for 2020 came on the borders of 2024 already.
    case = make_case(SPLIT, HALVES, [cell("a", 2020, of=(30, 200)), cell("a", 2021, of=(30, 200))])
    given = Resource.model_validate({"name": "neu", "path": "data/neu.csv", "boundary": "2024-06-30"})
    newer = replace(cell("a", 2020, of=(1, 10)), resource="neu", at=Location("indicators/data/neu.csv", 2))
    figures = Figures((*case.figures.held, newer), {**(case.figures.resources or {}), "neu": given})
    case = replace(case, figures=figures)
    assert told(case, "a") == {"2020": (10, "final", False), "2021": (15, "estimated", True)}


def test_a_change_that_is_still_to_come_converts_nothing() -> None:
    case = make_case(SPLIT, HALVES, [cell("a", 2020, of=(30, 200))], as_of=date(2023, 12, 31))
    assert told(case, "a") == {}
    assert told(replace(case, as_of=date(2024, 1, 1)), "a") == {"2020": (15, "estimated", True)}


LOSING = {"area": [{"unit": "c"}, {"unit": "a-alt", "to": "2023-12-31"}, {"unit": "a", "from": "2024-01-01"}]}
UNITS = {**SPLIT, "c": (None, None)}


def test_an_area_that_lost_ground_is_converted_to_what_it_is_now() -> None:
    # 2020 as it was: (40 + 30) / (100 + 200); now: (40 + 18) / (100 + 120) = 26.363636 %
    cells = [cell("c", 2020, of=(40, 100)), cell("a", 2020, of=(30, 200))]
    cells += [cell("c", 2024, of=(50, 100)), cell("a", 2024, of=(20, 100)), cell("b", 2024, of=(1, 10))]
    case = make_case(UNITS, HALVES, cells, areas=LOSING)
    assert told(case, "area") == {"2020": (Decimal("26.363636"), "estimated", True), "2024": (35, "final", False)}
    assert one(case, "area", "2020").era == one(case, "area", "2024").era
    assert one(case, "area", "2020").sources == {"c": 1, "a": 1}
    then = replace(case, as_of=date(2023, 12, 31))
    assert told(then, "area") == {"2020": (Decimal("23.333333"), "final", False)}


def test_an_area_that_cannot_be_converted_keeps_what_it_was() -> None:
    cells = [cell("c", 2020, of=(40, 100)), cell("a", 2020, "15"), cell("c", 2021, of=(40, 100))]
    case = make_case(UNITS, HALVES, cells, areas=LOSING)
    assert told(case, "area")["2020"] == (None, "final", False)
    assert why(case, "area", "2020") is Obstacle.COUNTS
    assert why(case, "area", "2021") is Obstacle.VALUE


def test_an_area_with_figures_of_its_own_keeps_them() -> None:
    cells = [cell("A1", 2020, of=(9, 90)), cell("c", 2020, of=(40, 100)), cell("a", 2020, of=(30, 200))]
    case = make_case(UNITS, HALVES, cells, areas=LOSING, keys={"area": "A1"})
    assert told(case, "area") == {"2020": (10, "final", False)}
    assert why(case, "area", "2020") is Obstacle.OWN


def test_an_area_that_was_put_together_anew_is_no_boundary_change() -> None:
    parts = [{"unit": "c"}, {"unit": "a", "from": "2025-01-01"}]
    cells = [cell(key, year, of=(10, 100)) for key in ("c", "a") for year in (2024, 2025)]
    case = make_case(UNITS, HALVES, cells, areas={"area": parts})
    assert [each.era == one(case, "area", "2025").era for each in observe(case, "quote", "area")] == [False, True]
    assert not one(case, "area", "2024").converted
    assert why(case, "area", "2024") is Obstacle.RECUT


def test_a_part_of_a_converted_unit_is_an_estimate() -> None:
    parts = [{"unit": "z", "share": 0.5, "from": "2024-01-01"}]
    case = make_case(
        {"x": (None, 2023), "y": (None, 2023), "z": (2024, None)},
        [("x", "z", 2024, "1"), ("y", "z", 2024, "1")],
        [cell("x", 2020, of=(10, 100)), cell("y", 2020, of=(90, 300))],
        areas={"area": parts},
    )
    assert told(case, "area") == {"2020": (25, "estimated", True)}


GROWING = {"w": (None, None), "v": (None, 2023), "c": (None, None)}


def test_a_unit_that_takes_in_others_is_not_the_same_ground_before() -> None:
    cells = [cell("w", 2020, of=(10, 100)), cell("v", 2020, of=(30, 50)), cell("w", 2024, of=(40, 150))]
    case = make_case(GROWING, [("v", "w", 2024, "1")], cells, areas={"both": [{"unit": "w"}, {"unit": "v"}]})
    before, after = observe(case, "quote", "w")
    assert before.era.ground != after.era.ground
    assert not before.converted
    assert why(case, "w", "2020") is Obstacle.GROWN
    # Together they cover the same ground before and after: 40 of 150.
    before, after = observe(case, "quote", "both")
    assert before.era == after.era
    assert told(case, "both") == {
        "2020": (Decimal("26.666667"), "final", False),
        "2024": (Decimal("26.666667"), "final", False),
    }


def test_what_was_counted_before_a_unit_grew_is_not_shared_out_by_what_it_was_in_the_end() -> None:
    moves = [("v", "a-alt", 2015, "1"), *HALVES]
    cells = [cell("a", 2012, of=(10, 100)), cell("v", 2012, of=(10, 100)), cell("a", 2020, of=(30, 200))]
    case = make_case({**SPLIT, "v": (None, 2014)}, moves, cells)
    assert told(case, "a") == {"2020": (15, "estimated", True)}


def test_an_area_is_not_converted_from_a_unit_that_grew() -> None:
    cells = [cell("a", 2020, of=(30, 200)), cell("w", 2020, of=(10, 100)), cell("v", 2020, of=(30, 50))]
    parts = [{"unit": "w"}, {"unit": "a", "from": "2024-01-01"}, {"unit": "a-alt", "to": "2023-12-31"}]
    case = make_case({**SPLIT, **GROWING}, [*HALVES, ("v", "w", 2025, "1")], cells, areas={"area": parts})
    assert not one(case, "area", "2020").converted


def test_a_break_before_the_change_parts_the_converted_series_too() -> None:
    anew = replace(cell("a", 2022, of=(30, 200)), starts_anew=True)
    case = make_case(SPLIT, HALVES, [cell("a", 2021, of=(30, 200)), anew, cell("a", 2024, of=(20, 100))])
    assert [each.era.breaks for each in observe(case, "quote", "a")] == [0, 1, 1]
    assert breaks_of(case, "quote", "b") == (date(2022, 1, 1),)


def test_blocks_add_up_to_the_whole_by_counts_on_every_level() -> None:
    """Block → Viertel → Bezirk → Stadt, worked out by hand; the mean of the four rates would be 37.5 %."""
    levels = {
        "b1": ("block", "v1"), "b2": ("block", "v1"), "b3": ("block", "v2"), "b4": ("block", "v2"),
        "v1": ("viertel", "d1"), "v2": ("viertel", "d1"), "d1": ("bezirk", "s"), "s": ("stadt", ""),
    }  # fmt: skip
    units: dict[str, Life] = dict.fromkeys(levels, (None, None))
    counts = {"b1": (10, 100), "b2": (30, 50), "b3": (20, 80), "b4": (11, 20)}
    case = make_case(
        units, [], [cell(id, 2024, of=of) for id, of in counts.items()],
        levels={id: each for id, each in levels.items() if each[1]},
    )  # fmt: skip
    by_hand = {"v1": 40 / 150, "v2": 31 / 100, "d1": 71 / 250}
    for place, rate in by_hand.items():
        assert told(case, place) == {"2024": (round(Decimal(rate) * 100, 6), "final", False)}


def test_the_whole_is_the_same_before_and_after_a_split_below_it() -> None:
    levels = {"a-alt": ("viertel", "d"), "a": ("viertel", "d"), "b": ("viertel", "d"), "c": ("viertel", "d")}
    cells = [cell("a", 2020, of=(30, 200)), cell("c", 2020, of=(10, 100))]
    cells += [cell("a", 2024, of=(20, 120)), cell("b", 2024, of=(10, 80)), cell("c", 2024, of=(10, 100))]
    case = make_case({**UNITS, "d": (None, None)}, HALVES, cells, levels=levels)
    rate = round(Decimal(40) / 300 * 100, 6)
    assert told(case, "d") == {"2020": (rate, "final", False), "2024": (rate, "final", False)}


def test_what_is_published_says_that_it_was_converted() -> None:
    case = make_case(SPLIT, HALVES, [cell("a", 2020, of=(30, 200)), cell("a", 2024, of=(20, 100))])
    before, after = published(case, "quote", "a")
    assert facts(before.converted, before.quality, before.value) == (True, Quality.ESTIMATED, 15)
    assert facts(after.converted, after.conversion) == (False, ())


def why(case: Case, place: str, when: str) -> Obstacle:
    found, sheet = territory(case.plan, place), case.plan.find("quote", Indicator)
    assert found is not None
    assert sheet is not None
    return obstacle(case, sheet, found, period(when))
