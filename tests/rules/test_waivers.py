"""A waiver takes out the finding of its rule and entity, as long as it runs; one that doesn't serve is told."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from sozplan.diagnostics import Code, Diagnostic, Location, Severity, text
from sozplan.model.calendar import Waivers
from sozplan.model.case import Case
from sozplan.model.figures import Figures
from sozplan.model.plan import Plan
from sozplan.model.settings import Settings
from sozplan.rules import CODES, check
from sozplan.rules.waivers import CODES as WAIVER_CODES
from sozplan.rules.waivers import waive
from tests.rules.harness import Mark, base, case_of, overlay, unmark, write

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
USELESS = (
    "waiver.unused",
    "Die Ausnahme „ausnahme-1“ nimmt nichts aus: „time.plan-gap“ findet an „hafen-2026“ nichts. Streichen Sie sie, "
    "oder berichtigen Sie Regel und Gegenstand.",
    "The waiver “ausnahme-1” waives nothing: “time.plan-gap” finds nothing at “hafen-2026”. Delete it, or correct rule "
    "and entity.",
)
EXPIRED = (
    "waiver.expired",
    "Die Ausnahme „ausnahme-1“ von „time.plan-gap“ für „hafen-2026“ galt nur bis 31.12.2026. Beheben Sie den Befund "
    "und streichen Sie sie, oder begründen Sie sie mit neuer Frist.",
    "The waiver “ausnahme-1” of “time.plan-gap” for “hafen-2026” held until 2026-12-31 only. Mend the finding and "
    "delete it, or give reasons for it with a new expiry.",
)


def finding(rule: str, entity: str) -> Diagnostic:
    code = Code(rule, Severity.WARNING, PAGE, PAGE, PAGE, "", "")
    return Diagnostic(Location("plans/areas/hafen.yaml"), code, {}, entity, Severity.WARNING)


def said(found: tuple[Diagnostic, ...]) -> list[tuple[str, str, str]]:
    return [(each.code.id, each.say("de"), each.say("en")) for each in found]


MEANT = finding("time.plan-gap", "hafen-2026")


def test_the_finding_meant_is_waived() -> None:
    assert waive(CASE, [MEANT]) == ((), (MEANT,))


@pytest.mark.parametrize(("rule", "entity"), [("time.order", "hafen-2026"), ("time.plan-gap", "weststadt-2026")])
def test_another_rule_or_entity_is_not(rule: str, entity: str) -> None:
    other = finding(rule, entity)
    checked = waive(CASE, [other])
    assert checked.waived == ()
    assert other in checked.open
    assert said(tuple(each for each in checked.open if each is not other)) == [USELESS]


@pytest.mark.parametrize(("day", "waived"), [(date(2026, 12, 31), 1), (date(2027, 1, 1), 0)])
def test_it_ends_with_its_last_day(day: date, waived: int) -> None:
    assert len(waive(replace(CASE, as_of=day), [MEANT]).waived) == waived


def test_an_expired_waiver_is_told_beside_its_finding() -> None:
    checked = waive(replace(CASE, as_of=date(2027, 1, 1)), [MEANT])
    assert MEANT in checked.open
    assert said(tuple(each for each in checked.open if each is not MEANT)) == [EXPIRED]


def test_of_a_rule_that_was_not_run_it_is_not_said_that_it_finds_nothing() -> None:
    assert waive(CASE, [], ran={"time.order"}) == ((), ())
    assert said(waive(CASE, [], ran={"time.plan-gap"}).open) == [USELESS]


def test_an_entity_that_could_not_be_read_has_no_useless_waiver() -> None:
    broken = replace(CASE, plan=replace(CASE.plan, muted=frozenset(("hafen-2026",))))
    assert waive(broken, []) == ((), ())


@pytest.mark.parametrize("code", WAIVER_CODES, ids=lambda code: code.id)
def test_its_page_is_true(code: Code, tmp_path: Path) -> None:
    for example, wanted in ((code.bad, True), (code.good, False)):
        files, marks = unmark(overlay(base(), example))
        case, unread = case_of(write(tmp_path / str(wanted), files))
        found = [d for d in check(case, unread).open if d.code.id == code.id]
        assert [Mark(d.code.id, d.at.file, d.at.line) for d in found] == marks
        assert bool(marks) is wanted
        assert all((d.severity, d.entity) == (Severity.WARNING, "ausnahme-hafen") for d in found)
    assert code in CODES
