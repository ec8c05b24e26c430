from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from sozplan.model.areas import AreaPlan
from sozplan.model.calendar import Calendar
from sozplan.model.plan import Plan
from sozplan.model.settings import Settings
from sozplan.model.strategy import Strategy
from sozplan.model.terms import BudgetState
from sozplan.render.views.money import Finances, finances

DAY = date(2026, 10, 1)
SETTINGS = Settings.model_validate(
    {
        "version": 1,
        "municipality": {"name": "Stadt", "key": "1000", "kind": "Stadt", "land": "NW"},
        "levels": [{"id": "stadt", "name": "Stadt"}],
    }
)
CENTS = st.decimals(0, 10**7, places=2)


def measure(id: str, budget: list[dict[str, Any]], **more: Any) -> dict[str, Any]:
    return {"id": id, "title": id, "commitment": "resolved", "budget_reservation": False, "budget": budget, **more}


def of(*measures: dict[str, Any], **roots: Any) -> Finances:
    plan = AreaPlan.model_validate(
        {
            "id": "plan", "area": "hafen", "title": "Plan", "status": "resolved", "measures": list(measures),
            "period": {"from": "2026-01-01", "to": "2029-12-31"},
        }
    )  # fmt: skip
    return finances(Plan(SETTINGS, {"plans/areas/plan.yaml": plan, **roots}), plan, DAY)


@given(
    st.lists(
        st.tuples(st.sampled_from(["m1", "m2"]), st.integers(2026, 2029), st.sampled_from(["01", "02"]), CENTS, CENTS),
        max_size=8,
    )
)
def test_every_table_comes_to_the_same_cost_to_the_cent(lines: list[tuple[str, int, str, Decimal, Decimal]]) -> None:
    budgets: dict[str, list[dict[str, Any]]] = {"m1": [], "m2": []}
    for name, year, product, own, grant in lines:
        line = {"year": year, "product": product, "planned": own + grant, "financing": {"own": own, "land": grant}}
        budgets[name].append(line)
    found = of(*(measure(name, budget) for name, budget in budgets.items()))
    whole = sum((own + grant for _, _, _, own, grant in lines), Decimal(0))
    assert found.total.cost == whole
    assert found.total.open == 0
    for rows in (found.by_product, found.by_measure, found.by_source):
        assert sum((row.sums.cost for row in rows), Decimal(0)) == whole
        assert sum((euro for row in rows for euro in row.years), Decimal(0)) == whole
    assert sum((row.sums.cost for row in found.by_year), Decimal(0)) == whole


def test_the_state_of_a_budget_is_that_of_the_day() -> None:
    calendar = Calendar.model_validate(
        {
            "budgets": [
                {"year": 2026, "state": "provisional", "from": "2026-01-01", "to": "2026-03-31"},
                {"year": 2026, "state": "adopted", "from": "2026-04-01"},
                {"year": 2027, "state": "provisional", "from": "2027-01-01"},
            ]
        }
    )
    line = {"planned": 1, "financing": {"own": 1}}
    found = of(measure("m1", [{"year": y, **line} for y in (2026, 2027, 2028)]), **{"plans/calendar.yaml": calendar})
    assert [row.state for row in found.by_year] == [BudgetState.ADOPTED, BudgetState.PROVISIONAL, None]
    assert [(each.year, each.state, each.measures) for each in found.constraints] == [
        (2027, BudgetState.PROVISIONAL, ())
    ]


def test_a_grant_that_lasts_as_long_as_the_measure_is_no_cliff() -> None:
    lines = [{"year": year, "planned": 2, "financing": {"own": 1, "land": 1}} for year in (2026, 2027)]
    assert of(measure("m1", lines)).cliffs == ()
    lines[1] = {"year": 2027, "planned": 2, "financing": {"own": 2}}
    cliff = of(measure("m1", lines)).cliffs[0]
    assert (cliff.programme, cliff.last_year, cliff.ends, cliff.follow_up) == ("land", 2026, None, None)


def test_the_share_of_a_citywide_measure_stays_out_of_the_sums() -> None:
    city = Strategy.model_validate(
        {
            "measures": [
                measure("stadt-m1", [{"year": 2026, "planned": 1000}], allocation=[{"area": "hafen", "share": 0.25}]),
                measure("stadt-m2", [{"year": 2026, "planned": 1000}], allocation=[{"area": "west", "share": 1}]),
            ]
        }
    )
    found = of(measure("m1", [{"year": 2026, "planned": 10}]), **{"plans/strategy.yaml": city})
    assert found.total.cost == 10
    assert [(share.measure.id, share.cost) for share in found.shares] == [("stadt-m1", Decimal(250))]


def test_cents_anywhere_give_cents_everywhere() -> None:
    assert of(measure("m1", [{"year": 2026, "planned": 10}])).places == 0
    assert of(measure("m1", [{"year": 2026, "planned": 10}, {"year": 2027, "planned": Decimal("0.5")}])).places == 2
