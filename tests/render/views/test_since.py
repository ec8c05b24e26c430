from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from sozplan.analysis.attainment import assess
from sozplan.analysis.disclosure import Audience
from sozplan.diagnostics import text
from sozplan.model.case import Case
from sozplan.render.views.since import Earlier, Since, since
from tests.render.documents import laid

THEN = date(2025, 12, 11)
RAISED = """# plans/areas/hafen.yaml
goals:
  - id: hafen-g1
    statement: Neun von zehn Kindern im Hafen besuchen eine Kita.
    title: Kita-Besuch
    serves: frueh-foerdern
    needs: [hafen-n1]
    owner: amt-51
    targets:
      - id: hafen-g1-t1
        indicator: kita-quote
        kind: change
        baseline: {period: 2024, value: 82.0}
        target: {period: 2028, value: 92.0}
"""
INTERNAL = "# indicators/catalogue/kita-quote.yaml\npublication: internal\n"


def compared(old: Case, new: Case, audience: Audience = Audience.PUBLIC) -> Since:
    then = Case(old.plan, old.figures, THEN, old.documents)
    earlier = Earlier(text(de="damals", en="then"), THEN, old.plan, assess(then, audience))
    return since(new, assess(new, audience), earlier, new.plan.area_plans[0], audience, "de")


def test_a_raised_target_and_a_newer_value_are_told(tmp_path: Path) -> None:
    found = compared(laid(tmp_path / "a"), laid(tmp_path / "b", RAISED))
    assert found.changed == ("Zielwert „Kita-Quote“: Zielwert von 90,0\xa0% auf 92,0\xa0% angehoben",)
    assert [(row.name, row.old, row.new) for row in found.moves] == [
        ("Kita-Quote", "82,0\xa0% (2024)", "83,9\xa0% (2025)")
    ]


def test_what_is_kept_back_today_is_not_told_of_the_past_either(tmp_path: Path) -> None:
    """The sheet was public when the last paper was printed; since then it is for the administration only."""
    found = compared(laid(tmp_path / "a"), laid(tmp_path / "b", RAISED + INTERNAL))
    assert found.moves == ()
    assert found.changed == ("Zielwert „Kita-Quote“: Angaben geändert",)
    assert not [said for _, listed in found.groups for said in listed if "82" in said or "92" in said]


def test_the_administration_reads_it_all_the_same(tmp_path: Path) -> None:
    found = compared(laid(tmp_path / "a"), laid(tmp_path / "b", RAISED + INTERNAL), Audience.INTERNAL)
    assert len(found.moves) == 1
    assert "92,0" in found.changed[0]


@pytest.mark.parametrize(
    ("lists", "first"),
    [
        ({"worsened": ("w1", "w2"), "new": ("n1",), "changed": ("c1",)}, ("w1", "n1", "c1")),
        ({"worsened": ("w1", "w2", "w3", "w4")}, ("w1", "w2", "w3")),
        ({"better": ("b1",), "achieved": ("a1",)}, ("a1", "b1")),
        ({}, ()),
    ],
)
def test_three_things_come_first_one_of_each_kind(lists: dict[str, tuple[str, ...]], first: tuple[str, ...]) -> None:
    empty = dict.fromkeys(("new", "changed", "dropped", "achieved", "worsened", "better"), ())
    made = Since(label=text(de="x", en="x"), day=THEN, whole=True, moves=(), **(empty | lists))
    assert made.first == first
