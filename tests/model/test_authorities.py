"""The table of who decides what names real fields, knows its ranks and can be overruled."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from sozplan.model.authorities import DEFAULTS, DERIVED, KINDS, Authorities, Authority, classes, is_budget_field
from sozplan.model.resolutions import DECIDABLE

OURS = Authorities()


@pytest.mark.parametrize("kind", DEFAULTS)
def test_the_table_names_fields_that_there_are(kind: str) -> None:
    fields = {name for cls in classes(kind) for name in cls.model_fields} | set(DERIVED if kind == "measure" else ())
    assert set(DEFAULTS[kind]) <= fields


def test_what_can_be_resolved_on_has_its_authorities() -> None:
    assert {cls.__name__ for cls in KINDS} == set(DECIDABLE) - {"InventoryItem"}


@pytest.mark.parametrize(
    ("kind", "field", "authority"),
    [
        ("area_goal", "statement", Authority.COUNCIL),
        ("target", "target", Authority.COUNCIL),
        ("area_plan", "title", Authority.COUNCIL),
        ("area_plan", "period", Authority.COUNCIL),
        ("area_plan", "measures", Authority.COUNCIL),
        ("measure", "commitment", Authority.COUNCIL),
        ("measure", "frame", Authority.COUNCIL),
        ("measure", "responsible", Authority.HEAD),
        ("measure", "accounts", Authority.TREASURER),
        ("contract", "amount", Authority.COMMITTEE),
        ("handbook_rule", "statement", Authority.HEAD),
        ("measure", "progress", Authority.NOBODY),
        ("measure", "actual", Authority.NOBODY),
        ("measure", "forecast", Authority.NOBODY),
        ("area_plan", "reviews", Authority.NOBODY),
    ],
)
def test_sound_defaults(kind: str, field: str, authority: Authority) -> None:
    assert OURS.of(kind, field) is authority


def test_a_higher_authority_counts_for_a_lower_one_and_nobody_for_nothing() -> None:
    ranks = (Authority.COUNCIL, Authority.COMMITTEE, Authority.HEAD, Authority.TREASURER)
    for i, one in enumerate(ranks):
        assert [one.covers(other) for other in ranks] == [j >= i for j in range(4)]
        assert not one.covers(Authority.NOBODY)


def test_a_municipality_settles_it_otherwise() -> None:
    own = Authorities.model_validate({"fields": {"measure": {"responsible": "council"}}})
    assert own.of("measure", "responsible") is Authority.COUNCIL
    assert own.of("measure", "executing") is Authority.HEAD


@pytest.mark.parametrize(
    "fields", [{"measures": {}}, {"measure": {"responsable": "head"}}, {"measure": {"id": "head"}}]
)
def test_a_mistyped_field_is_refused(fields: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Authorities.model_validate({"fields": fields})


def test_the_budget_decides_money_only() -> None:
    assert is_budget_field("measure", "frame")
    assert is_budget_field("measure", "budget_reservation")
    assert not is_budget_field("measure", "title")
    assert not is_budget_field("area_goal", "statement")
