"""Each criterion: yes, no or to be checked, and what it says."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from sozplan.analysis.funding.answers import Answer
from sozplan.analysis.funding.assumptions import assumptions
from sozplan.analysis.funding.matching import match
from sozplan.analysis.funding.proposal import propose
from sozplan.model.funding import Programme
from tests.analysis.funding.sample import case_of, euro

WINDOW = {"opens": date(2026, 9, 1), "closes": date(2026, 12, 31)}
PROGRAMME: dict[str, Any] = {
    "id": "p", "name": "Programm", "level": "land", "provider": "L",
    "guideline": {"title": "R", "date": date(2025, 1, 1)},
    "themes": ["kinder-familie"], "target_groups": ["familien"], "applicants": ["office"],
    "cost_types": ["Personalausgaben"], "rate_max": 70, "own_share_min": 30, "windows": [WINDOW],
}  # fmt: skip
SUM = euro(6_000_000)
MEASURE: dict[str, Any] = {
    "id": "m", "title": "Lotsen", "goals": ["hafen-g1"], "commitment": "intended", "budget_reservation": False,
    "responsible": "amt-51", "theme": "kinder-familie", "target_groups": ["familien"],
    "planned": {"from": date(2027, 1, 1), "to": date(2028, 12, 31)},
    "budget": [
        {"year": year, "planned": SUM, "cost_type": "Personalausgaben", "financing": {"own": SUM}}
        for year in (2027, 2028)
    ],
}  # fmt: skip


def answers(
    measure: dict[str, Any] | None = None,
    programme: dict[str, Any] | None = None,
    applications: tuple[dict[str, Any], ...] = (),
    others: tuple[dict[str, Any], ...] = (),
) -> dict[str, Answer]:
    programmes = [PROGRAMME | (programme or {}), *(PROGRAMME | other for other in others)]
    case = case_of([MEASURE | (measure or {})], {"programmes": programmes, "applications": list(applications)})
    (one,) = case.plan.measures
    found = match(case, one, case.plan.all(Programme)[0])
    return {each.criterion.value: each for each in found.answers}


def line(euro_cents: int = 6_000_000, year: int = 2027, **more: Any) -> dict[str, Any]:
    return {"year": year, "planned": euro(euro_cents), "financing": {"own": euro(euro_cents)}, **more}


def test_a_programme_that_fits_in_everything() -> None:
    found = answers()
    assert {name: each.verdict.value for name, each in found.items()} == dict.fromkeys(found, "yes")
    assert [each.reason.de for each in found.values()] == [
        "„kinder-familie“ wird gefördert.",
        "Gefördert wird für Familien mit kleinen Kindern.",
        "Amt 51 (Amt) darf beantragen.",
        "Förderfähig: Personalausgaben.",
        "Keine Gebietsbedingung eingetragen.",
        "Offen bis 31.12.2026.",
        "Noch nicht begonnen.",
        "Höchstens 84.000 € (Anteilfinanzierung, 70 %, 2027–2028).",
        "Verlangt werden 30 %, das sind 36.000 € (2027–2028).",
        "Keine andere Förderung eingetragen.",
    ]


@pytest.mark.parametrize(
    ("criterion", "key"),
    [
        ("theme", "themes"), ("target-group", "target_groups"), ("applicant", "applicants"),
        ("cost-type", "cost_types"), ("call", "windows"), ("amount", "rate_max"), ("own-share", "own_share_min"),
    ],
)  # fmt: skip
def test_what_the_programme_does_not_say_is_to_be_checked(criterion: str, key: str) -> None:
    empty: Any = None if key in {"rate_max", "own_share_min"} else []
    found = answers(programme={key: empty})[criterion]
    assert found.verdict.value == "check"
    assert found.change is not None
    assert found.change.de == f"Ergänzen Sie beim Programm „{key}“ nach der Richtlinie."


SAID: list[tuple[str, dict[str, Any], dict[str, Any], str, str]] = [
    ("theme", {"theme": None}, {}, "check", "Ergänzen Sie bei der Maßnahme „theme“."),
    ("target-group", {"target_groups": ["schulkinder"]}, {}, "no", "„target_groups“ der Maßnahme ergänzen"),
    ("applicant", {}, {"applicants": ["provider"]}, "no", "Eine antragsberechtigte Stelle müsste"),
    ("applicant", {"executing": ["hafentreff-ev"]}, {"applicants": ["provider"]}, "check", "den Antrag stellt"),
    ("cost-type", {"budget": [line()]}, {}, "check", "Ergänzen Sie bei den Ansätzen „cost_type“"),
    ("cost-type", {"budget": [line(cost_type="Personal")]}, {}, "check", "verwenden Sie dasselbe Wort"),
    ("area", {}, {"area_criterion": {"statement": "X", "kinds": ["funding-area"]}}, "no", "festgelegt werden"),
    ("area", {}, {"area_criterion": {"statement": "X", "concept": True}}, "no", "unter „concepts“ eintragen"),
    ("area", {}, {"area_criterion": {"statement": "X"}}, "check", "prüfen Sie von Hand"),
    ("call", {}, {"windows": [{"closes": date(2026, 9, 30)}]}, "no", "unter „windows“ eintragen"),
    ("call", {}, {"valid_to": date(2026, 9, 30)}, "no", "„valid_from“ und „valid_to“"),
    ("start", {"progress": "running", "planned": {"from": date(2026, 2, 1)}}, {}, "check", "ab 2027 ein neuer"),
    ("start", {"planned": {"from": date(2026, 11, 1)}, "budget": [line(year=2026)]}, {}, "no", "Später beginnen"),
    ("start", {}, {"windows": [WINDOW | {"funds": {"from": date(2028, 1, 1)}}]}, "check", "Später beginnen"),
    ("start", {"budget": []}, {}, "check", "Ergänzen Sie bei der Maßnahme „budget“."),
    ("amount", {}, {"total_cost_min": euro(20_000_000)}, "no", "gemeinsam beantragen"),
]  # fmt: skip


@pytest.mark.parametrize(("criterion", "measure", "programme", "verdict", "change"), SAID)
def test_what_stands_in_the_way_and_what_to_change(
    criterion: str, measure: dict[str, Any], programme: dict[str, Any], verdict: str, change: str
) -> None:
    found = answers(measure, programme)[criterion]
    assert (found.verdict.value, found.change is not None and change in found.change.de) == (verdict, True), found


def test_words_of_another_programme_are_a_no() -> None:
    found = answers({"budget": [line(cost_type="Umbau")]}, others=({"id": "q", "cost_types": ["Umbau"]},))
    assert found["cost-type"].verdict.value == "no"
    assert found["cost-type"].reason.de == "Gefördert: Personalausgaben; nicht Umbau."


def test_too_much_planned_says_how_much_less() -> None:
    budget = [line(cost_type="Personalausgaben") | {"financing": {"own": euro(1_000_000), "p": euro(5_000_000)}}]
    found = answers({"budget": budget})
    assert found["amount"].change is not None
    assert found["own-share"].change is not None
    assert found["amount"].reason.de == "Maßnahme „m“, 2027: 50.000 € eingeplant, möglich sind 42.000 €."
    assert found["amount"].change.de == "8.000 € weniger einplanen."
    assert found["own-share"].change.de == "8.000 € mehr Eigenmittel einplanen."


def filed(programme: str, state: str = "notice", **more: Any) -> dict[str, Any]:
    stages = [{"state": state, "date": date(2026, 6, 1)}]
    return {"id": "a", "title": "A", "programme": programme, "measures": ["m"], "stages": stages, **more}


def paid(*years: int) -> list[dict[str, Any]]:
    financing = {"own": euro(3_000_000), "q": euro(3_000_000)}
    return [line(year=y) | ({"financing": financing} if y in years else {}) for y in (2027, 2028)]


@pytest.mark.parametrize(
    ("years", "end", "verdict"), [((2027, 2028), 2028, "no"), ((2027,), 2027, "check"), ((), None, "no")]
)
def test_what_is_granted_excludes_others_as_long_as_it_lasts(years: Any, end: int | None, verdict: str) -> None:
    more: dict[str, Any] = {} if end is None else {"grant_end": date(end, 12, 31)}
    found = answers({"budget": paid(*years)}, {"excludes": ["q"]}, (filed("q", **more),), ({"id": "q"},))
    assert found["cumulation"].verdict.value == verdict
    assert found["cumulation"].reason.de == "Nicht mit Programm kombinierbar."


def test_what_is_only_planned_has_to_be_decided_on() -> None:
    found = answers({"budget": paid(2027, 2028)}, {"subsidiary": True}, (), ({"id": "q"},))["cumulation"]
    assert found.verdict.value == "check"
    assert found.reason.de == "Zahlt nicht für Kosten, die auch ein anderes Programm fördert: Programm."


def test_a_refused_application_is_remembered() -> None:
    found = answers(applications=(filed("p", "refused"),))["call"]
    assert found.reason.de == "Offen bis 31.12.2026. Ein Antrag wurde am 01.06.2026 abgelehnt."


def test_what_runs_is_measured_by_its_notice() -> None:
    begun = {"progress": "running", "planned": {"from": date(2026, 2, 1)}, "budget": [line(year=2026)]}
    found = answers(begun, applications=(filed("p"),))
    assert found["call"].reason.de == "Läuft: Bescheid vom 01.06.2026."
    assert found["start"].reason.de == "Begann am 01.02.2026, vor dem Bescheid."


def test_every_assumption_is_a_sentence() -> None:
    measure = MEASURE | {"budget": [line(), line(year=2028) | {"financing": {"own": euro(0), "x": euro(6_000_000)}}]}
    programmes = [
        PROGRAMME | {"financing": "deficit", "grant_max": euro(1_000_000)},
        PROGRAMME | {"id": "q", "name": "Fest", "financing": "fixed-sum", "grant_max": euro(500_000)},
        PROGRAMME | {"id": "x", "name": "Zu", "windows": [{"closes": date(2025, 1, 1)}]},
        PROGRAMME | {"id": "y", "name": "Satzlos", "rate_max": None},
    ]
    case = case_of([measure], {"programmes": programmes, "applications": []})
    found = propose(case, case.plan.measures)
    assert [(each.programme.id, each.total) for each in found.awards] == [("p", euro(1_000_000)), ("q", euro(500_000))]
    said = [each.de for each in assumptions(found)]
    assert all(each.endswith(".") for each in said)
    for part in (
        "Der Vorschlag bindet niemanden",
        "„Programm“ deckt nur den Fehlbedarf",
        "„Fest“ zahlt einen festen Betrag",
        "„Programm“ für m, zu prüfen ist Kostenarten",
        "„Programm“ und „Fest“ zahlen je einen Teil derselben Kosten",
        "60.000 € aus „Zu“ sind eingeplant, aber nicht beantragt",
        "„Satzlos“ ist nicht gerechnet",
    ):
        assert any(part in each for each in said), part


def test_what_is_open_for_the_same_reason_is_said_once() -> None:
    measures = [MEASURE, MEASURE | {"id": "n", "title": "Noch eine"}]
    case = case_of(measures, {"programmes": [PROGRAMME | {"themes": []}], "applications": []})
    found = propose(case, case.plan.measures)
    assert [award.measure.id for award in found.awards] == ["m", "n"]
    open_ = [each.de for each in assumptions(found) if "zu prüfen ist" in each.de]
    assert open_ == [
        "„Programm“ für m, n, zu prüfen ist Handlungsfeld: Nicht eingetragen ist beim Programm: Handlungsfelder."
    ]


def test_what_already_breaks_a_rule_is_left_out() -> None:
    budget = [line() | {"financing": {"own": euro(0), "p": euro(6_000_000)}}]
    case = case_of([MEASURE | {"budget": budget}], {"programmes": [PROGRAMME], "applications": [filed("p")]})
    found = propose(case, case.plan.measures)
    assert [each.id for each in found.faulty] == ["m"]
    assert any("m ist nicht gerechnet" in each.de for each in assumptions(found))


def test_notices_that_clash_already_leave_nothing_to_propose() -> None:
    """Each of them gives half of what the measure costs, and both exclude each other."""
    programmes = [PROGRAMME, PROGRAMME | {"id": "q", "excludes": ["p"]}, PROGRAMME | {"id": "free"}]
    more: dict[str, Any] = {"granted": euro(6_000_000), "grant_end": date(2028, 12, 31)}
    notices = [filed("p", **more), filed("q", **more) | {"id": "b"}]
    case = case_of([MEASURE], {"programmes": programmes, "applications": notices})
    assert [each.id for each in propose(case, case.plan.measures).faulty] == ["m"]


def test_notices_that_give_more_than_it_costs_leave_nothing_to_propose() -> None:
    programmes = [PROGRAMME, PROGRAMME | {"id": "q"}, PROGRAMME | {"id": "free"}]
    notices = [filed("p", granted=euro(9_000_000)), filed("q", granted=euro(9_000_000)) | {"id": "b"}]
    case = case_of([MEASURE], {"programmes": programmes, "applications": notices})
    assert [each.id for each in propose(case, case.plan.measures).faulty] == ["m"]
