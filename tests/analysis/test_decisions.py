"""The fingerprint of what is decided: unmoved by how it is written, moved by every change of what is meant."""

from __future__ import annotations

import hashlib
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from sozplan.analysis.decisions import canonical, children_of, digest, label, statements
from sozplan.diagnostics import Text
from sozplan.model.areas import AreaGoal
from sozplan.model.authorities import Authorities
from sozplan.model.entity import Entity
from sozplan.model.measures import Measure
from sozplan.model.periods import period
from sozplan.model.targets import Change
from sozplan.model.terms import Commitment

TARGET: dict[str, Any] = {
    "id": "hafen-g1-t1",
    "kind": "change",
    "indicator": "kita-quote",
    "baseline": {"period": "2024", "value": 82},
    "target": {"period": "2028", "value": 90},
}
MEASURE: dict[str, Any] = {
    "id": "hafen-m1",
    "title": "Kita-Lotsen",
    "goals": ["hafen-g2", "hafen-g1"],
    "commitment": "resolved",
    "budget_reservation": False,
    "responsible": "amt-51",
    "budget": [
        {"year": 2026, "product": "06.02.01", "planned": 20000, "financing": {"own": 5000, "land-kita": 15000}},
        {"year": 2026, "product": "06.02.02", "planned": 40000, "financing": {"own": 40000}, "fte": Decimal("0.5")},
    ],
}


def prints(entity: Entity) -> dict[str, str]:
    return {path: each.digest for path, each in statements(entity, Authorities(), {}).items()}


def values(entity: Entity) -> dict[str, str]:
    return {path: canonical(each.value) for path, each in statements(entity, Authorities(), {}).items()}


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Decimal("40.0"), "40"),
        (Decimal("4E+1"), "40"),
        (Decimal("0.50"), "0.5"),
        (Decimal("-0.0"), "0"),
        (40, "40"),
        (100, "100"),
        (True, "true"),
        (date(2026, 3, 31), "2026-03-31"),
        (period("2023/24"), "2023/24"),
        (Commitment.UNDER_REVIEW, "under-review"),
        ("Grünfläche", "Grünfläche"),
        ("Gru\u0308nfla\u0308che", "Grünfläche"),
        ("  zwei \n Zeilen ", "zwei Zeilen"),
        (("a", Decimal("1.0")), '["a","1"]'),
    ],
)
def test_content_has_one_form(value: object, text: str) -> None:
    assert canonical(value) == text


def test_anybody_can_check_a_fingerprint() -> None:
    assert digest(Decimal("40.0")) == hashlib.sha256(b"40").hexdigest()
    assert digest("Für alle") == hashlib.sha256("Für alle".encode()).hexdigest()


def test_a_target_is_decided_value_by_value() -> None:
    assert values(Change.model_validate(TARGET)) == {
        "kind": "change",
        "indicator": "kita-quote",
        "baseline.period": "2024",
        "baseline.value": "82",
        "target.period": "2028",
        "target.value": "90",
    }


@pytest.mark.parametrize(
    "other",
    [
        TARGET | {"target": {"value": Decimal("90.00"), "period": 2028}},
        dict(reversed(TARGET.items())),
        TARGET | {"statement": "Erläuterung für die Leserin", "source": "Vorlage"},
        TARGET | {"weight": None, "path": []},
    ],
)
def test_the_same_meaning_has_the_same_fingerprint(other: dict[str, Any]) -> None:
    assert prints(Change.model_validate(other)) == prints(Change.model_validate(TARGET))


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"target": {"period": "2028", "value": 91}}, "target.value"),
        ({"target": {"period": "2029", "value": 90}}, "target.period"),
        ({"indicator": "kinderarmut"}, "indicator"),
        ({"weight": 50}, "weight"),
        ({"area": "hafen"}, "area"),
    ],
)
def test_each_change_of_meaning_shows_where_it_was_made(change: dict[str, Any], path: str) -> None:
    before, after = prints(Change.model_validate(TARGET)), prints(Change.model_validate(TARGET | change))
    assert [p for p in {**before, **after} if before.get(p) != after.get(p)] == [path]


def test_money_is_decided_as_frame_by_year_and_as_accounts() -> None:
    found = values(Measure.model_validate(MEASURE))
    assert {path: value for path, value in found.items() if path.startswith(("frame", "accounts"))} == {
        "frame.2026.planned": "60000",
        "frame.2026.own": "45000",
        "frame.2026.fte": "0.5",
        "accounts.2026.06.02.01/-/-/result": "20000",
        "accounts.2026.06.02.02/-/-/result": "40000",
        "accounts.2026.financing.land-kita": "15000",
    }


def test_moving_money_between_products_leaves_the_frame() -> None:
    moved = [MEASURE["budget"][0] | {"planned": 15000}, MEASURE["budget"][1] | {"planned": 45000}]
    before, after = prints(Measure.model_validate(MEASURE)), prints(Measure.model_validate(MEASURE | {"budget": moved}))
    changed = {path.partition(".")[0] for path in before if before[path] != after.get(path)}
    assert changed == {"accounts"}


@pytest.mark.parametrize(
    "fact",
    [
        {"progress": "running", "actual": {"from": "2026-02-01"}},
        {"forecast": {"from": "2026-03-01"}},
        {"goals": ["hafen-g1", "hafen-g2"]},
        {"sovereign": False},
        {"contracts": ["vertrag-hafentreff"]},
    ],
)
def test_facts_forecasts_and_order_are_not_decided(fact: dict[str, Any]) -> None:
    assert prints(Measure.model_validate(MEASURE | fact)) == prints(Measure.model_validate(MEASURE))


def test_what_has_a_decision_of_its_own_is_a_child() -> None:
    goal = AreaGoal.model_validate({"id": "hafen-g1", "statement": "Neun von zehn.", "targets": [TARGET]})
    assert [(child.field, child.id) for child in children_of(goal)] == [("targets", "hafen-g1-t1")]
    assert list(values(goal)) == ["statement"]


def test_entries_without_id_are_told_apart_by_what_they_are_about() -> None:
    points = [{"period": "2026", "value": 84}, {"period": "2027", "value": 87}]
    one = prints(Change.model_validate(TARGET | {"path": points}))
    other = prints(Change.model_validate(TARGET | {"path": points[::-1]}))
    assert one == other
    assert {"path.2026.value", "path.2027.value"} <= one.keys()


def test_a_label_leads_to_the_value() -> None:
    assert label((Text("Zwischenwerte", "Path"), "2026", Text("Wert", "Value"))) == Text(
        "Zwischenwerte 2026 (Wert)", "Path 2026 (Value)"
    )


def test_the_settings_say_who_decides() -> None:
    own = Authorities.model_validate({"fields": {"measure": {"responsible": "nobody", "progress": "council"}}})
    found = statements(Measure.model_validate(MEASURE | {"progress": "running"}), own, {})
    assert "responsible" not in found
    assert "progress" in found
