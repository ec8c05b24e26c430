"""What people type is understood as they mean it."""

from __future__ import annotations

from decimal import Decimal

import pytest

from sozplan.model.areas import Need
from sozplan.model.entity import Entity
from sozplan.model.indicators import Indicator
from sozplan.model.measures import BudgetLine, Measure
from sozplan.model.targets import Milestone, Point
from sozplan.repo.edit.blocks import Name
from sozplan.repo.edit.refusal import EditRefused
from sozplan.repo.edit.typed import is_id, kind_of


@pytest.mark.parametrize(
    ("cls", "key", "said", "value"),
    [
        (Measure, "title", "Ein Text, mit Komma", "Ein Text, mit Komma"),
        (Measure, "goals", "a, b", ["a", "b"]),
        (Measure, "progress", "läuft", "running"),
        (Measure, "progress", "Running", "running"),
        (Measure, "sovereign", "ja", True),
        (Measure, "sovereign", "Nein", False),
        (Need, "priority", "HOCH", "high"),
        (Milestone, "due", "1.3.2027", "2027-03-01"),
        (Milestone, "due", "2027-03-01", "2027-03-01"),
        (Point, "period", "2027", 2027),
        (Point, "period", "2027/28", "2027/28"),
        (Point, "period", "2027/2028", "2027/28"),
        (Point, "period", "2027-H1", "2027-H1"),
        (Point, "period", "30.06.2027", "2027-06-30"),
        (Point, "value", "24,5", Decimal("24.5")),
        (Point, "value", "-3", -3),
        (Point, "value", "1.234,5", Decimal("1234.5")),
        (BudgetLine, "planned", "1.234.000 €", 1234000),
        (BudgetLine, "planned", "180 000", 180000),
        (BudgetLine, "planned", "1.234", Decimal("1.234")),
        (BudgetLine, "product", "06.02.01", "06.02.01"),
        (Indicator, "reference_day", "12-31", "12-31"),
    ],
)
def test_values(cls: type[Entity], key: str, said: str, value: object) -> None:
    found = kind_of(cls, key).read(said)
    assert found == value
    assert type(found) in (type(value), Name)


def test_texts_are_told_from_names() -> None:
    assert not isinstance(kind_of(Measure, "title").read("x"), Name)
    assert isinstance(kind_of(Measure, "responsible").read("amt-51"), Name)


@pytest.mark.parametrize(
    ("cls", "key", "said", "message"),
    [
        (Milestone, "due", "31.02.2027",
         "Termin: „31.02.2027“ ist kein Tag. Schreiben Sie z. B. 31.03.2027 oder 2027-03-31."),
        (Point, "value", "12E5", "Wert: „12E5“ ist keine Zahl. Schreiben Sie z. B. 40 oder 24,5."),
        (Point, "value", "1,2,3", "Wert: „1,2,3“ ist keine Zahl. Schreiben Sie z. B. 40 oder 24,5."),
        (Need, "priority", "sehr",
         "Priorität: „sehr“ gibt es nicht. Möglich sind: high (hoch), medium (mittel), low (niedrig)."),
        (Measure, "planned", "2027", "„Geplant“ ist ein Abschnitt. Nennen Sie eine Angabe darin: .from, .to"),
        (Measure, "Titel", "x", "Die Angabe „Titel“ gibt es dort nicht. Meinten Sie „title“?"),
    ],
)  # fmt: skip
def test_refused(cls: type[Entity], key: str, said: str, message: str) -> None:
    with pytest.raises(EditRefused) as refused:
        kind_of(cls, key).read(said)
    assert (refused.value.text.de, refused.value.code) == (message, 2)


def test_ids() -> None:
    assert is_id("hafen-m1")
    assert not any(map(is_id, ("", "Hafen", "1a", "a b", "a" * 65, "hafen\n")))
