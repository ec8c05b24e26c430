"""What is withheld besides, through the gate that everything published goes through."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from sozplan.analysis.disclosure import Withheld, published
from sozplan.analysis.protection.table import protection
from sozplan.model.case import Case
from tests.analysis.protection.town import Of, Town, make_case, make_cell

BELOW = {"stadt": ["d1", "d2", "d3"]}
TOWN = Town(BELOW, {"d1": Of(2, 100), "d2": Of(30, 100), "d3": Of(40, 100)})


def shown(case: Case, *places: str) -> dict[str, Decimal | None]:
    return {place: published(case, "quote", place)[-1].value for place in places}


def test_one_small_district_takes_a_second_one() -> None:
    case = make_case(TOWN)
    assert shown(case, "stadt", "d1", "d2", "d3") == {"stadt": 24, "d1": None, "d2": None, "d3": 40}


def test_nobody_can_tell_which_of_both_is_small() -> None:
    case = make_case(TOWN)
    assert {published(case, "quote", place)[0].withheld for place in ("d1", "d2")} == {Withheld.CASES}


def test_a_table_without_anything_small_is_published_whole() -> None:
    case = make_case(Town(BELOW, {"d1": Of(3, 100), "d2": Of(30, 100), "d3": Of(40, 100)}))
    assert protection(case, "quote").withheld == frozenset()


def test_a_few_others_are_protected_like_a_few_cases() -> None:
    case = make_case(Town(BELOW, {"d1": Of(98, 100), "d2": Of(30, 100), "d3": Of(40, 100)}))
    assert shown(case, "stadt", "d1", "d2", "d3") == {"stadt": 56, "d1": None, "d2": None, "d3": 40}


def test_a_tiny_base_is_protected_itself() -> None:
    case = make_case(Town(BELOW, {"d1": Of(1, 2), "d2": Of(30, 100), "d3": Of(40, 100)}))
    assert list(shown(case, "d1", "d2", "d3").values()).count(None) == 2


def test_one_cell_that_the_supplier_left_derivable_takes_another() -> None:
    case = make_case(TOWN, hidden=["d1"])
    assert list(shown(case, "stadt", "d2", "d3").values()).count(None) == 1


def test_what_does_not_add_up_protects_nothing_more() -> None:
    assert shown(make_case(TOWN, sheet={"additive": False}), "d1", "d2") == {"d1": None, "d2": 30}
    assert shown(make_case(TOWN, sheet={"perturbed": True}), "d1", "d2") == {"d1": None, "d2": 30}


def test_zero_of_what_counts_nobody_may_be_said_of_one_indicator_alone() -> None:
    visits = Town(BELOW, {"d1": Of(0), "d2": Of(30), "d3": Of(40)})
    assert shown(make_case(visits), "d1")["d1"] is None
    assert shown(make_case(visits, sheet={"zero_is_public": True}), "d1", "d2", "d3") == {"d1": 0, "d2": 30, "d3": 40}


def test_a_revision_gives_nothing_away_beside_what_was_published_before() -> None:
    first, second = date(2026, 1, 1), date(2026, 3, 1)
    before = {"d1": Of(12, 100), "d2": Of(30, 100), "d3": Of(40, 100), "stadt": Of(82, 300)}
    cells = [make_cell(area, of, vintage=first) for area, of in before.items()]
    cells += [make_cell("d1", Of(2, 100), vintage=second), make_cell("stadt", Of(72, 300), vintage=second)]
    early, late = (make_case(TOWN, cells=cells, as_of=day) for day in (date(2026, 2, 1), date(2026, 4, 1)))
    assert None not in shown(early, "stadt", "d1", "d2", "d3").values()
    # Districts 2 and 3 stand since January, so the new total would tell the new number of district 1.
    assert shown(late, "stadt", "d1", "d2", "d3") == {"stadt": None, "d1": None, "d2": 30, "d3": 40}


def test_an_edition_looked_at_again_says_what_it_said_then() -> None:
    first, second = date(2026, 1, 1), date(2026, 3, 1)
    cells = [make_cell(n, of, vintage=first) for n, of in TOWN.all.items()]
    more = [make_cell("d1", Of(20, 100), vintage=second), make_cell("stadt", Of(90, 300), vintage=second)]
    then = make_case(TOWN, cells=cells, as_of=date(2026, 2, 1))
    again = make_case(TOWN, cells=[*cells, *more], as_of=date(2026, 2, 1))
    assert shown(again, *TOWN.all) == shown(then, *TOWN.all)
