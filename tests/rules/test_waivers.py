"""A waiver takes out the finding of its rule and entity, as long as it runs."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from sozplan.diagnostics import Code, Diagnostic, Location, Severity, text
from sozplan.model.calendar import Waivers
from sozplan.model.case import Case
from sozplan.model.figures import Figures
from sozplan.model.plan import Plan
from sozplan.model.settings import Settings
from sozplan.rules.waivers import waive

PAGE = text(de="Seite", en="page")
CASE = Case(
    Plan(
        Settings.model_validate(
            {
                "version": 1,
                "municipality": {"name": "Beispielstadt", "key": "05000000", "kind": "Stadt", "land": "NW"},
                "levels": [{"id": "stadt", "name": "Stadt"}],
            }
        ),
        {
            "plans/waivers.yaml": Waivers.model_validate(
                {
                    "waivers": [
                        {
                            "id": "ausnahme-1",
                            "rule": "time.plan-gap",
                            "entity": "hafen-2026",
                            "reason": "Nachtrag folgt",
                            "role": "sozialplanung",
                            "expires": "2026-12-31",
                        }
                    ]
                }
            )
        },
    ),
    Figures(),
    date(2026, 10, 1),
)


def finding(rule: str, entity: str) -> Diagnostic:
    code = Code(rule, Severity.WARNING, PAGE, PAGE, PAGE, "", "")
    return Diagnostic(Location("plans/areas/hafen.yaml"), code, {}, entity, Severity.WARNING)


MEANT = finding("time.plan-gap", "hafen-2026")


def test_the_finding_meant_is_waived() -> None:
    assert waive(CASE, [MEANT]) == ((), (MEANT,))


@pytest.mark.parametrize(("rule", "entity"), [("time.order", "hafen-2026"), ("time.plan-gap", "weststadt-2026")])
def test_another_rule_or_entity_is_not(rule: str, entity: str) -> None:
    other = finding(rule, entity)
    assert waive(CASE, [other]) == ((other,), ())


@pytest.mark.parametrize(("day", "waived"), [(date(2026, 12, 31), 1), (date(2027, 1, 1), 0)])
def test_it_ends_with_its_last_day(day: date, waived: int) -> None:
    assert len(waive(replace(CASE, as_of=day), [MEANT]).waived) == waived
