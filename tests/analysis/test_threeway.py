"""Three states laid over one another, and sums that must agree to the cent."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from sozplan.analysis.threeway import compare, unbalanced
from sozplan.model.sheets import Change

COLUMNS = ("title", "progress")


def test_each_case_once() -> None:
    made = {key: {"title": "a", "progress": "b"} for key in ("taken", "kept", "alike", "clash", "gone", "away")}
    returned = {
        "clash": {"title": "x", "progress": "b"},
        "taken": {"title": "x"},
        "kept": made["kept"],
        "alike": {"title": "x", "progress": "b"},
        "gone": {"title": "a", "progress": "x"},
    }
    now = {
        "taken": made["taken"],
        "kept": {"title": "y", "progress": "b"},
        "alike": {"title": "x", "progress": "b"},
        "clash": {"title": "y", "progress": "b"},
        "away": {"title": "y"},
    }
    found = compare(made, returned, now, COLUMNS)
    assert found.edits == (
        Change("taken", "title", "a", "x", "a"),
        Change("taken", "progress", "b", "", "b"),
    )
    assert found.conflicts == (Change("clash", "title", "a", "x", "y"),)
    assert found.gone == (Change("gone", "progress", "b", "x", ""),)


cells = st.fixed_dictionaries({}, optional={column: st.sampled_from("abc") for column in COLUMNS})
lines = st.dictionaries(st.sampled_from("pqr"), cells)


@given(lines, lines, lines)
def test_no_change_is_lost_or_made_up(
    made: dict[str, dict[str, str]], returned: dict[str, dict[str, str]], now: dict[str, dict[str, str]]
) -> None:
    """Against the rule written out by hand."""
    found = compare(made, returned, now, COLUMNS)
    edits, conflicts, gone = set[Change](), set[Change](), set[Change]()
    for key in made.keys() & returned.keys():
        for column in COLUMNS:
            before, wanted = made[key].get(column, ""), returned[key].get(column, "")
            present = now.get(key, {}).get(column, "")
            change = Change(key, column, before, wanted, present)
            if wanted == before:
                continue
            if key not in now:
                gone.add(change)
            elif wanted != present:
                (edits if present == before else conflicts).add(change)
    assert (set(found.edits), set(found.conflicts), set(found.gone)) == (edits, conflicts, gone)


def test_what_does_not_balance() -> None:
    lines = {
        "1": {"@measure": "m1", "year": "2026", "planned": "0.3", "financing.own": "0.1", "financing.x": "0.2"},
        "2": {"@measure": "m1", "year": "2027", "planned": "10", "financing.own": "4"},
        "3": {"@measure": "m1", "year": "2027", "planned": "10", "financing.own": "15.99"},
        "4": {"@measure": "m2", "year": "2027", "financing.own": "1"},
    }
    assert unbalanced(lines, "@measure", ("financing.own", "financing.x")) == {
        ("m1", "2027"): Decimal("0.01"),
        ("m2", "2027"): Decimal(-1),
    }
    assert unbalanced({}, "@measure", ("financing.own",)) == {}
