"""Trees of offices and bodies, the register, and the months of the calendar, at their edges."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from sozplan.model.plan import Plan
from sozplan.render.views.agenda import agenda
from sozplan.render.views.house import Branch, bodies, offices, partners
from sozplan.render.views.organisation import WIDEST, Responsibility, matrices
from sozplan.render.views.register import register
from tests.render.documents import laid
from tests.rules.harness import AS_OF

MORE = "# plans/organisation/weitere.yaml\n"


def plan(tmp_path: Path, excerpt: str = "") -> Plan:
    return laid(tmp_path, excerpt).plan


def shape(branches: tuple[Branch, ...]) -> dict[str, object]:  # type: ignore[type-arg]
    return {each.of.id: shape(each.below) for each in branches}


def test_the_house_is_a_tree_without_those_outside(tmp_path: Path) -> None:
    assert shape(offices(plan(tmp_path), AS_OF)) == {"hvb": {"amt-51": {}, "sozialplanung": {}, "statistikstelle": {}}}


def test_an_office_below_an_ended_one_stands_by_itself(tmp_path: Path) -> None:
    more = f"""{MORE}actors:
  - {{id: dez, name: D, kind: department, part_of: hvb, valid_to: 2026-03-31}}
  - {{id: amt-50, name: A, kind: office, part_of: dez}}
"""
    assert "amt-50" in shape(offices(plan(tmp_path, more), AS_OF))
    assert shape(offices(plan(tmp_path / "b", more), date(2026, 3, 31)))["hvb"] == {
        "amt-51": {}, "sozialplanung": {}, "statistikstelle": {}, "dez": {"amt-50": {}},
    }  # fmt: skip


def test_a_circle_is_drawn_from_its_first(tmp_path: Path) -> None:
    more = f"""{MORE}bodies:
  - {{id: a, name: A, kind: advisory, escalates_to: b}}
  - {{id: b, name: B, kind: advisory, escalates_to: c}}
  - {{id: c, name: C, kind: advisory, escalates_to: a}}
  - {{id: d, name: D, kind: advisory, escalates_to: d}}
"""
    found = shape(bodies(plan(tmp_path, more), AS_OF))
    assert {id: found[id] for id in ("a", "d")} == {"a": {"c": {"b": {}}}, "d": {}}


def test_partners_are_those_with_a_running_contract_first(tmp_path: Path) -> None:
    found = [(each.actor.id, each.offices) for each in partners(plan(tmp_path), AS_OF)]
    assert found == [("hafentreff-ev", ("amt-51",)), ("fraktionen", ())]
    after = [(each.actor.id, each.offices) for each in partners(plan(tmp_path / "b"), date(2030, 1, 1))]
    assert after == [("fraktionen", ()), ("hafentreff-ev", ())]


def test_each_duty_stands_with_both_sides(tmp_path: Path) -> None:
    found = {e.holder: ([d.id for d in e.owes], [d.id for d in e.owed]) for e in register(plan(tmp_path), AS_OF)}
    assert found == {"sozialplanung": ([], ["pflicht-daten"]), "statistikstelle": (["pflicht-daten"], [])}


def test_a_right_that_binds_nobody_in_particular_stands_alone(tmp_path: Path) -> None:
    more = f"{MORE}duties: [{{id: recht-x, title: X, kind: veto, holder: hvb}}]\n"
    (entry,) = (e for e in register(plan(tmp_path, more), AS_OF) if e.holder == "hvb")
    assert [duty.id for duty in entry.alone] == ["recht-x"]


def test_many_holders_go_on_in_a_further_matrix(tmp_path: Path) -> None:
    holders = tuple(f"amt-{at}" for at in range(WIDEST + 1))
    each = Responsibility("x", holders[:1], holders, (), ())
    found = matrices(plan(tmp_path), (each, Responsibility("y", holders[-1:], (), (), ())))
    assert [len(part.holders) for part in found] == [13, 12]
    assert {holder for part in found for holder in part.holders} == set(holders)
    assert [[row.subject for row, _ in part.rows] for part in found].count(["x", "y"]) == 1


def test_the_year_of_the_cycle_runs_over_the_turn_of_the_year(tmp_path: Path) -> None:
    calendar = """# plans/calendar.yaml
appointments:
  - {id: t-vorbei, title: Vorbei, kind: planning, date: 2026-09-30}
  - {id: t-lang, title: Lang, kind: data, date: 2026-09-01, end: 2026-11-30}
  - {id: t-haushalt, title: Haushalt, kind: budget, date: 2027-02-01}
  - {id: t-spaet, title: Zu spät, kind: planning, date: 2027-10-01}
"""
    found = agenda(plan(tmp_path, calendar), AS_OF)
    named = {m.key: [a.id for a in (*m.cycle, *m.budget)] for m in found.months}
    assert named == {"2026-10": ["t-lang"], "2026-11": [], "2026-12": [], "2027-01": [], "2027-02": ["t-haushalt"]}
    assert [year.year for year in found.years] == [2026, 2027]
    assert [a.id for a in found.years[0].appointments] == ["t-lang", "t-vorbei"]


def test_a_session_that_stands_in_charter_and_calendar_is_one(tmp_path: Path) -> None:
    found = agenda(plan(tmp_path), AS_OF)
    assert [(each.day, each.body) for month in found.months for each in month.sessions] == [
        (date(2026, 11, 19), "jugendhilfeausschuss"),
        (date(2026, 12, 10), "rat"),
    ]


def test_without_dates_there_is_no_year(tmp_path: Path) -> None:
    found = agenda(plan(tmp_path), date(2040, 1, 1))
    assert (found.months, found.years) == ((), ())
