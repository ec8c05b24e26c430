"""The rules of money beyond their pages' examples: each edge, and what people read."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from sozplan.diagnostics import Severity
from sozplan.rules.fin import RULES
from sozplan.rules.rule import run
from tests.rules.harness import base, case_of, findings, said, write

HEAD = """\
# plans/areas/hafen.yaml
measures:
  - id: m
    title: Kita-Lotsen
    goals: [hafen-g1]
    responsible: amt-51
    executing: [hafentreff-ev]
"""
FIRM = "commitment: resolved\nbudget_reservation: false\n"
TERM = "planned: {from: 2026-02-01, to: 2026-12-31}\n"
PROGRAMME = "\n  - {id: p, name: P, level: land, provider: L, guideline: {title: R, date: 2025-03-01}%s}\n"
APPLICATION = "\n  - {id: a, title: A, programme: p, measures: [%s], stages: [%s]%s}\n"
NOTICE = "{state: notice, date: 2025-12-01}"


def line(planned: str, financing: str, year: int = 2026, more: str = "") -> str:
    account = 'product: "06.02.01", cost_centre: "5101"'
    return f"  - {{year: {year}, {account}, planned: {planned}, financing: {{{financing}}}{more}}}\n"


def measure(budget: str = "", more: str = TERM, firm: str = FIRM) -> str:
    """The plan with one measure: its keys, then its budget lines."""
    body = firm + more + (f"budget:\n{budget}" if budget else "")
    return HEAD + "".join(f"    {text}\n" for text in body.splitlines())


def funding(programmes: str = "", applications: str = "") -> str:
    listed = f"applications:{applications}" if applications else "applications: []\n"
    return f"# plans/funding/foerderung.yaml\nprogrammes:{PROGRAMME % programmes}{listed}"


def applied(stages: str = NOTICE, more: str = "", measures: str = "m") -> str:
    return APPLICATION % (measures, stages, more)


def messages(root: Path, excerpt: str, lang: str = "de", as_of: date = date(2026, 10, 1)) -> list[str]:
    """Rule and sentence of each finding."""
    return [each.split(": ", 1)[1] for each in said(findings(root, RULES, excerpt, as_of), lang)]


def rules(root: Path, excerpt: str, as_of: date = date(2026, 10, 1)) -> list[str]:
    return [each.code.id for each in findings(root, RULES, excerpt, as_of)]


def test_the_rules_of_the_group() -> None:
    assert {rule.id.removeprefix("fin."): rule.code.severity.value for rule in RULES} == {
        "account-missing": "error",
        "unbalanced": "error",
        "year-outside": "warning",
        "own-share-too-low": "error",
        "over-rate": "error",
        "cumulation": "error",
        "early-start": "error",
        "area-criterion-unmet": "error",
        "programme-terms": "warning",
        "call-closing": "warning",
        "overrun": "warning",
        "commitment-unauthorised": "warning",
        "provisional-budget": "warning",
        "proof-due": "warning",
        "contract-end": "warning",
        "counted-twice": "error",
        "cliff": "warning",
    }


@pytest.mark.parametrize("path", sorted(path for path in base() if path.endswith(".yaml") and path != "sozplan.yaml"))
def test_a_broken_file_makes_no_findings_elsewhere(path: str, tmp_path: Path) -> None:
    case, unread = case_of(write(tmp_path, base() | {path: base()[path] + "\tkaputt\n"}))
    assert unread
    assert said(run(case, RULES)) == []


def test_a_draft_is_told_as_a_warning(tmp_path: Path) -> None:
    (found,) = findings(tmp_path, RULES, measure(line("100", "own: 90")) + "status: draft\n")
    assert (found.code.severity, found.severity) == (Severity.ERROR, Severity.WARNING)


def test_an_ended_plan_is_history(tmp_path: Path) -> None:
    assert rules(tmp_path, measure(line("100", "own: 90")) + "status: ended\n") == []


# account-missing


def test_product_and_cost_centre_are_named_together(tmp_path: Path) -> None:
    bare = "  - {year: 2026, planned: 10, financing: {own: 10}}\n"
    assert messages(tmp_path / "de", measure(bare)) == [
        "fin.account-missing Maßnahme „m“, Ansatz 2026: Es fehlt „Produkt“ (product) und „Kostenstelle“ (cost_centre). "
        "Tragen Sie ein, wo der Betrag im Haushalt steht."
    ]
    assert messages(tmp_path / "en", measure(bare), "en") == [
        "fin.account-missing Measure “m”, budget of 2026: “Product” (product) and “Cost centre” (cost_centre) is "
        "missing. Enter where the sum stands in the budget."
    ]


def test_an_intention_needs_no_account_yet(tmp_path: Path) -> None:
    bare = "  - {year: 2026, planned: 10, financing: {own: 10}}\n"
    assert rules(tmp_path, measure(bare, firm="commitment: intended\nbudget_reservation: true\n")) == []


# unbalanced


@pytest.mark.parametrize(
    ("financing", "fault"),
    [
        ("own: 99999.99", "Geplant sind 100.000 €, finanziert 99.999,99 €; 0,01 € fehlen."),
        ("own: 100000.01", "Geplant sind 100.000 €, finanziert 100.000,01 €; 0,01 € sind zu viel."),
    ],
)
def test_a_cent_is_a_difference(financing: str, fault: str, tmp_path: Path) -> None:
    assert messages(tmp_path, measure(line("100000", financing))) == [
        f"fin.unbalanced Maßnahme „m“, 2026: {fault} Berichtigen Sie „financing“ oder „planned“."
    ]


def test_cents_add_up_exactly(tmp_path: Path) -> None:
    thirds = "own: 0.1, third-party: 0.2"
    assert rules(tmp_path, measure(line("0.3", thirds))) == []


def test_no_financing_at_all(tmp_path: Path) -> None:
    assert messages(tmp_path, measure(line("100000", "")), "en") == [
        "fin.unbalanced Measure “m”, 2026: nothing says what pays the 100,000 euro. Say it under “financing”."
    ]


def test_what_one_line_lacks_another_of_the_year_may_bear(tmp_path: Path) -> None:
    year = line("600", "own: 500") + line("400", "own: 500")
    assert rules(tmp_path / "a", measure(year)) == []
    two = line("600", "own: 500") + line("400", "own: 500", 2027, ", medium_term: true")
    years = measure(two, "planned: {from: 2026-02-01, to: 2027-12-31}\n")
    assert rules(tmp_path / "b", years) == ["fin.unbalanced", "fin.unbalanced"]


def test_a_source_bears_no_negative_amount(tmp_path: Path) -> None:
    assert messages(tmp_path, measure(line("100", "own: 150, third-party: -50"))) == [
        "fin.unbalanced Maßnahme „m“, 2026: „third-party“ soll −50 € tragen. Schreiben Sie einen Betrag ab 0."
    ]


# year-outside


@pytest.mark.parametrize(
    ("term", "outside"),
    [
        ("planned: {from: 2026-02-01, to: 2026-12-31}\n", True),
        ("planned: {from: 2026-02-01}\n", False),
        ("planned: {from: 2026-02-01, to: 2026-12-31}\nforecast: {from: 2026-02-01, to: 2027-03-31}\n", False),
        ("planned: {from: 2026-02-01, to: 2026-12-31}\nactual: {from: 2026-02-01}\n", True),
        ("", False),
    ],
)
def test_the_widest_term_counts(term: str, outside: bool, tmp_path: Path) -> None:
    budget = line("10", "own: 10", 2027, ", medium_term: true")
    assert rules(tmp_path, measure(budget, term)) == ["fin.year-outside"] * outside


def test_without_a_term_the_plan_s_counts(tmp_path: Path) -> None:
    assert messages(tmp_path, measure(line("10", "own: 10", 2030), "")) == [
        "fin.year-outside Maßnahme „m“: Der Ansatz für 2030 liegt außerhalb der Laufzeit (2026 bis 2029). "
        "Berichtigen Sie das Jahr oder die Laufzeit."
    ]


# own-share-too-low, over-rate


def test_a_rate_that_is_met_to_the_cent(tmp_path: Path) -> None:
    met = measure(line("100000", "own: 33333.33, p: 66666.67"))
    limits = ", rate_max: 66.67, own_share_min: 33.33"
    assert rules(tmp_path, met + funding(limits, applied())) == []


def test_one_cent_above_the_rate(tmp_path: Path) -> None:
    budget = measure(line("1000", "own: 299.99, p: 700.01"))
    assert messages(tmp_path / "rate", budget + funding(", rate_max: 70", applied())) == [
        "fin.over-rate Maßnahme „m“, 2026: Aus „p“ sind 700,01 € eingeplant, möglich sind höchstens 70 % von 1.000 €, "
        "das sind 700 €. Senken Sie den Betrag, oder berichtigen Sie die Kosten."
    ]
    assert messages(tmp_path / "own", budget + funding(", own_share_min: 30", applied())) == [
        "fin.own-share-too-low Maßnahme „m“, 2026: Der Eigenanteil beträgt 299,99 € von 1.000 €; „p“ verlangt "
        "mindestens 30 %, das sind 300 €. Planen Sie 0,01 € mehr Eigenmittel ein."
    ]


@pytest.mark.parametrize(("kind", "found"), [("share", 1), ("deficit", 0), ("fixed-sum", 0)])
def test_a_share_holds_in_each_year_other_grants_over_all(kind: str, found: int, tmp_path: Path) -> None:
    years = line("1000", "own: 200, p: 800") + line("1000", "own: 500, p: 500", 2027, ", medium_term: true")
    excerpt = measure(years, "planned: {from: 2026-02-01, to: 2027-12-31}\n")
    limits = f", financing: {kind}, rate_max: 70, own_share_min: 30"
    expected = ["fin.over-rate", "fin.own-share-too-low"] * found
    assert rules(tmp_path, excerpt + funding(limits, applied())) == expected


def test_third_party_money_counts_where_the_programme_says_so(tmp_path: Path) -> None:
    budget = measure(line("1000", "own: 100, third-party: 200, p: 700"))
    assert rules(tmp_path / "a", budget + funding(", own_share_min: 30", applied())) == ["fin.own-share-too-low"]
    assert rules(tmp_path / "b", budget + funding(", own_share_min: 30, third_party_as_own: true", applied())) == []


def test_more_planned_than_granted(tmp_path: Path) -> None:
    budget = measure(line("1000", "own: 300, p: 700"))
    assert messages(tmp_path, budget + funding("", applied(more=", granted: 650")), "en") == [
        "fin.over-rate Measure “m”, 2026: 700 euro of “p” are planned, granted are 650 euro. Lower the sum, or correct "
        "“granted” in the application."
    ]


def test_a_notice_for_two_measures_is_one_sum(tmp_path: Path) -> None:
    two = measure(line("1000", "own: 300, p: 700"))
    two += (
        two.removeprefix("# plans/areas/hafen.yaml\nmeasures:\n").replace("id: m", "id: m2").replace("Lotsen", "Paten")
    )
    excerpt = two + funding("", applied(measures="m, m2", more=", granted: %s"))
    assert rules(tmp_path / "a", excerpt % 1400) == []
    assert messages(tmp_path / "b", excerpt % 1399) == [
        "fin.over-rate Maßnahmen „m“, „m2“, 2026: Aus „p“ sind 1.400 € eingeplant, bewilligt sind 1.399 €. "
        "Senken Sie den Betrag, oder berichtigen Sie „granted“ im Antrag."
    ]


def test_applications_that_share_a_measure_are_one_project(tmp_path: Path) -> None:
    one = measure(line("1000", "own: 300, p: 700"))
    more = one.removeprefix("# plans/areas/hafen.yaml\nmeasures:\n")
    three = one + more.replace("id: m", "id: m2").replace("Lotsen", "Paten") + more.replace("id: m", "id: m3")
    first, second = (
        applied(measures="m, m3", more=", granted: 1000"),
        applied(measures="m2, m3", more=", granted: 1099"),
    )
    applications = first.rstrip("\n") + second.replace("id: a", "id: b")
    assert messages(tmp_path, three + funding("", applications)) == [
        "fin.over-rate Maßnahmen „m“, „m3“, „m2“, 2026: Aus „p“ sind 2.100 € eingeplant, bewilligt sind 2.099 €. "
        "Senken Sie den Betrag, oder berichtigen Sie „granted“ im Antrag."
    ]


@pytest.mark.parametrize(
    ("limits", "said_of_it"),
    [
        ("total_cost_min: 1000.01", "gefördert wird aber erst ab Gesamtkosten von 1.000,01 €; es sind nur 1.000 €"),
        (
            "rate_max: 70, total_cost_max: 900",
            "gefördert werden aber nur Gesamtkosten bis 900 €, also höchstens 630 €",
        ),
        ("grant_max: 699.99", "das Programm zahlt je Antrag aber höchstens 699,99 €"),
    ],
)
def test_bounds_of_the_total_cost(limits: str, said_of_it: str, tmp_path: Path) -> None:
    budget = measure(line("1000", "own: 300, p: 700"))
    assert messages(tmp_path, budget + funding(f", {limits}", applied())) == [
        f"fin.over-rate Maßnahme „m“, 2026: Aus „p“ sind 700 € eingeplant, {said_of_it}. Senken Sie den Betrag, "
        "oder berichtigen Sie die Grenzen des Programms."
    ]


def test_costs_above_the_bound_are_the_municipality_s_own(tmp_path: Path) -> None:
    budget = measure(line("1000", "own: 370, p: 630"))
    assert rules(tmp_path, budget + funding(", rate_max: 70, total_cost_max: 900", applied())) == []


# cumulation

TWO = (
    "# plans/funding/foerderung.yaml\nprogrammes:"
    + PROGRAMME % ""
    + "  - {id: q, name: Q, level: eu, provider: E, guideline: {title: R, date: 2025-03-01}%s}\n"
    + "applications:"
    + "\n  - {id: a, title: A, programme: p, measures: [m], stages: [%s]%s}"
    + "\n  - {id: b, title: B, programme: q, measures: [m], stages: [%s]%s}\n"
)


def two(more: str = "", first: str = "", second: str = "") -> str:
    return TWO % (more, NOTICE, first, NOTICE, second)


def test_either_programme_may_exclude_the_other(tmp_path: Path) -> None:
    budget = measure(line("1000", "own: 400, p: 300, q: 300"))
    assert rules(tmp_path / "both", budget + two()) == []
    assert messages(tmp_path / "q", budget + two(", excludes: [p]")) == [
        "fin.cumulation Maßnahme „m“, 2026: „q“ darf nicht mit „p“ kombiniert werden. Entscheiden Sie sich für eines."
    ]
    assert messages(tmp_path / "s", budget + two(", subsidiary: true"), "en") == [
        "fin.cumulation Measure “m”, 2026: “q” pays only if no other programme funds the same cost; here “p” does so "
        "too. Decide for one of them."
    ]


def test_one_after_the_other_is_no_combination(tmp_path: Path) -> None:
    years = line("1000", "own: 400, p: 600") + line("1000", "own: 400, q: 600", 2027, ", medium_term: true")
    excerpt = measure(years, "planned: {from: 2026-02-01, to: 2027-12-31}\n")
    ended = two(", excludes: [p]", ", grant_end: 2026-12-31").replace(
        "programme: q, measures: [m], stages: [{state: notice, date: 2025-12-01}]",
        "programme: q, measures: [m], stages: [{state: notice, date: 2027-01-15}]",
    )
    assert "fin.cumulation" not in rules(tmp_path, excerpt + ended)


def test_a_notice_may_come_before_the_money_of_the_other_ends(tmp_path: Path) -> None:
    """What follows on is applied for in time; it pays from the first year in which the budget counts on it."""
    years = line("1000", "own: 400, p: 600") + line("1000", "own: 400, q: 600", 2027, ", medium_term: true")
    excerpt = measure(years, "planned: {from: 2026-02-01, to: 2027-12-31}\n")
    both = two(", excludes: [p]", ", grant_end: 2026-12-31")
    assert "fin.cumulation" not in rules(tmp_path / "after", excerpt + both)
    longer = two(", excludes: [p]", ", grant_end: 2027-01-31")
    assert "fin.cumulation" in rules(tmp_path / "longer", excerpt + longer)


def test_two_notices_at_once_are_found_without_a_budget(tmp_path: Path) -> None:
    excerpt = measure() + two(", excludes: [p]", ", grant_end: 2026-12-31", ", grant_end: 2026-12-31")
    assert rules(tmp_path, excerpt) == ["fin.cumulation"]


def test_two_notices_that_give_more_than_it_costs(tmp_path: Path) -> None:
    budget = measure(line("1000", "own: 200, p: 400, q: 400"))
    assert rules(tmp_path / "a", budget + two("", ", granted: 500", ", granted: 500")) == []
    assert messages(tmp_path / "b", budget + two("", ", granted: 600", ", granted: 600")) == [
        "fin.cumulation Maßnahme „m“: „a“, „b“ bewilligen zusammen 1.200 € für Kosten von 1.000 €. "
        "Prüfen Sie, ob dieselben Kosten zweimal gefördert werden."
    ]


# counted-twice


def test_an_area_stands_there_once(tmp_path: Path) -> None:
    twice = "allocation: [{area: hafen, share: 0.2}, {area: hafen, share: 0.3}]\n"
    assert messages(tmp_path, measure(more=twice)) == [
        "fin.counted-twice Maßnahme „m“: „hafen“ steht unter „allocation“ zweimal. Fassen Sie die Anteile zusammen."
    ]


def test_shares_may_leave_something_to_the_whole_town(tmp_path: Path) -> None:
    assert rules(tmp_path, measure(more="allocation: [{area: hafen, share: 0.2}]\n")) == []


OTHER = """\
# plans/areas/kernstadt.yaml
id: kernstadt-2026
area: kernstadt
title: Plan Kernstadt
period: {from: 2026-01-01, to: 2029-12-31}
status: resolved
goals:
  - {id: kernstadt-g1, statement: Z, serves: frueh-foerdern, owner: amt-51}
%s
# plans/territory/gebiete.yaml
social_areas:
  - {id: hafen, name: Hafen, parts: [{unit: bezirk-01}, {unit: bezirk-02}]}
  - {id: kernstadt, name: Kernstadt, kind: observation-area, parts: [{unit: bezirk-03}]}
"""


def test_goals_of_two_plans_need_shares(tmp_path: Path) -> None:
    excerpt = measure(line("10", "own: 10")).replace("[hafen-g1]", "[hafen-g1, kernstadt-g1]") + OTHER % ""
    assert messages(tmp_path / "a", excerpt) == [
        "fin.counted-twice Maßnahme „m“: Sie dient auch Zielen in Plänen für „kernstadt“, ihre Kosten zählen aber ganz "
        "hier. Nennen Sie unter „allocation“ die Anteile der Gebiete."
    ]
    shared = excerpt.replace("    budget:\n", "    allocation: [{area: kernstadt, share: 0.5}]\n    budget:\n")
    assert rules(tmp_path / "b", shared) == []


def test_the_same_measure_in_two_plans_is_asked_about(tmp_path: Path) -> None:
    one = measure(line("10", "own: 10"))
    body = (
        one.removeprefix("# plans/areas/hafen.yaml\n").replace("id: m\n", "id: n\n").replace("hafen-g1", "kernstadt-g1")
    )
    (found,) = findings(tmp_path / "a", RULES, one + OTHER % body)
    assert (found.severity, found.at.file, found.entity) == (Severity.WARNING, "plans/areas/kernstadt.yaml", "n")
    assert found.say("en") == (
        "Measure “n”: title and sums are the same as of “m”. If it is one measure, keep it once only and name the "
        "shares under “allocation”; else make the titles differ."
    )
    other_sum = body.replace("planned: 10", "planned: 11").replace("own: 10", "own: 11")
    assert rules(tmp_path / "b", one + OTHER % other_sum) == []


# early-start

RUNNING = "progress: running\n" + TERM + "actual: {from: 2026-03-01}\n"


@pytest.mark.parametrize(
    ("programme", "stages", "more", "found"),
    [
        ("", "{state: notice, date: 2026-03-01}", "", False),
        ("", "{state: notice, date: 2026-03-02}", "", True),
        ("", "{state: application, date: 2026-01-01}", ", early_start: 2026-02-01", True),
        (", early_start: on-approval", "{state: application, date: 2026-01-01}", "", True),
        (", early_start: on-approval", "{state: application, date: 2026-01-01}", ", early_start: 2026-03-01", False),
        (", early_start: on-approval", "{state: application, date: 2026-01-01}", ", early_start: 2026-03-02", True),
        (", early_start: own-risk", "{state: application, date: 2026-03-01}", "", False),
        (", early_start: own-risk", "{state: sketch, date: 2026-01-01}", "", True),
        ("", "{state: notice, date: 2025-12-01}, {state: refused, date: 2026-01-10}", "", True),
    ],
)
def test_what_allows_a_start(programme: str, stages: str, more: str, found: bool, tmp_path: Path) -> None:
    excerpt = measure(line("1000", "own: 300, p: 700"), RUNNING) + funding(programme, applied(stages, more))
    assert rules(tmp_path, excerpt) == ["fin.early-start"] * found


def test_a_start_without_an_application(tmp_path: Path) -> None:
    excerpt = measure(line("1000", "own: 300, p: 700"), RUNNING) + funding()
    assert messages(tmp_path, excerpt) == [
        "fin.early-start Maßnahme „m“ begann am 01.03.2026, ein Antrag ist nicht verzeichnet. „p“ fördert nicht, was "
        "vorher begonnen hat: Berichtigen Sie den Beginn oder den Verlauf des Antrags, oder planen Sie ohne diese "
        "Förderung."
    ]


def test_a_grant_that_sets_in_later_counts_from_its_first_year(tmp_path: Path) -> None:
    years = line("1000", "own: 1000") + line("1000", "own: 300, p: 700", 2027, ", medium_term: true")
    term = RUNNING.replace("2026-12-31", "2027-12-31")
    assert rules(tmp_path, measure(years, term) + funding("", applied("{state: notice, date: 2026-09-01}"))) == []


def test_what_is_only_planned_has_not_begun(tmp_path: Path) -> None:
    assert rules(tmp_path, measure(line("1000", "own: 300, p: 700")) + funding()) == []


# area-criterion-unmet

CONCEPT = ", area_criterion: {statement: ISEK, concept: true}"
FUNDING_AREA = ", area_criterion: {statement: Fördergebiet, kinds: [funding-area]}"
AREA = """\
# plans/territory/gebiete.yaml
social_areas:
  - {id: hafen, name: Hafen, parts: [{unit: bezirk-01}, {unit: bezirk-02}]%s}
  - {id: foerdergebiet, name: F, kind: funding-area, valid_from: 2026-02-01, parts: [{unit: bezirk-02}]}
"""


@pytest.mark.parametrize(
    ("concept", "stages", "found"),
    [
        ("", NOTICE, True),
        (", concepts: [{title: ISEK, date: 2025-05-01}]", NOTICE, False),
        (", concepts: [{title: ISEK, date: 2026-10-02}]", NOTICE, True),
        (", concepts: [{title: ISEK, due: 2026-12-31}]", NOTICE, True),
        (", concepts: [{title: ISEK, due: 2026-12-31}]", "{state: application, date: 2026-09-24}", False),
        (", concepts: [{title: ISEK, due: 2026-09-30}]", "{state: application, date: 2026-09-24}", True),
    ],
)
def test_the_concept_is_there_or_still_in_time(concept: str, stages: str, found: bool, tmp_path: Path) -> None:
    excerpt = measure() + funding(CONCEPT, applied(stages)) + AREA % concept
    assert rules(tmp_path, excerpt) == ["fin.area-criterion-unmet"] * found


@pytest.mark.parametrize(
    ("areas", "applied_on", "found"),
    [
        ("hafen", "2026-02-10", True),
        ("hafen, foerdergebiet", "2026-02-10", False),
        ("foerdergebiet", "2026-01-10", True),
    ],
)
def test_an_area_of_the_kind_on_the_day(areas: str, applied_on: str, found: bool, tmp_path: Path) -> None:
    stages = f"{{state: application, date: {applied_on}}}"
    excerpt = measure() + funding(FUNDING_AREA, applied(stages, f", areas: [{areas}]")) + AREA % ""
    assert rules(tmp_path, excerpt) == ["fin.area-criterion-unmet"] * found


def test_the_condition_is_quoted(tmp_path: Path) -> None:
    stages = "{state: application, date: 2026-02-10}"
    excerpt = measure() + funding(FUNDING_AREA, applied(stages, ", areas: [hafen]")) + AREA % ""
    assert messages(tmp_path, excerpt) == [
        "fin.area-criterion-unmet Maßnahme „m“: „p“ fördert nur unter der Bedingung „Fördergebiet“. Keines der Gebiete "
        "war am 10.02.2026 von der Art Fördergebiet. Nennen Sie unter „areas“ eines, das es ist."
    ]


# call-closing

HOPE = measure(line("1000", "own: 300, p: 700", 2027), "planned: {from: 2027-02-01, to: 2027-12-31}\n")


@pytest.mark.parametrize(("closes", "found"), [("2026-10-01", True), ("2026-11-29", True), ("2026-11-30", False)])
def test_sixty_days_before_the_end_of_the_call(closes: str, found: bool, tmp_path: Path) -> None:
    excerpt = HOPE.replace("resolved", "intended") + funding(f", windows: [{{closes: {closes}}}]")
    assert rules(tmp_path, excerpt) == ["fin.call-closing"] * found


def test_the_days_are_the_municipality_s(tmp_path: Path) -> None:
    excerpt = HOPE.replace("resolved", "intended") + funding(", windows: [{closes: 2026-10-31}]")
    policy = "# sozplan.yaml\nbudgeting: {call_days: 30}\n"
    assert rules(tmp_path, excerpt + policy) == []


def test_a_call_that_is_over(tmp_path: Path) -> None:
    excerpt = HOPE.replace("resolved", "intended") + funding(", windows: [{closes: 2026-09-30}]")
    assert messages(tmp_path / "a", excerpt) == [
        "fin.call-closing Maßnahme „m“ rechnet mit „p“, ein Antrag ist aber nicht gestellt: Die letzte Frist endete am "
        "30.09.2026. Tragen Sie den Antrag oder den nächsten Aufruf ein, oder planen Sie ohne diese Förderung."
    ]
    sketch = applied("{state: sketch, date: 2026-08-01}")
    with_sketch = HOPE.replace("resolved", "intended") + funding(", windows: [{closes: 2026-09-30}]", sketch)
    assert rules(tmp_path / "b", with_sketch) == ["fin.call-closing"]


@pytest.mark.parametrize(("start", "found"), [("2027-09-29", True), ("2027-09-30", False)])
def test_a_call_missed_for_this_start(start: str, found: bool, tmp_path: Path) -> None:
    """The next one closes only after the measure begins."""
    calls = funding(", windows: [{closes: 2026-09-30}, {closes: 2027-09-30}]")
    excerpt = HOPE.replace("resolved", "intended").replace("2027-02-01", start) + calls
    assert (
        messages(tmp_path, excerpt)
        == [
            "fin.call-closing Maßnahme „m“ rechnet mit „p“, ein Antrag ist aber nicht gestellt: Die Frist endete am "
            "30.09.2026, die nächste endet erst am 30.09.2027, nach dem Beginn am 29.09.2027. Verschieben Sie den "
            "Beginn, oder planen Sie ohne diese Förderung."
        ]
        * found
    )


def test_a_programme_that_only_may_pay(tmp_path: Path) -> None:
    listed = measure(line("10", "own: 10"), TERM + "programmes: [p]\n")
    assert rules(tmp_path / "near", listed + funding(", windows: [{closes: 2026-10-31}]")) == ["fin.call-closing"]
    assert rules(tmp_path / "past", listed + funding(", windows: [{closes: 2026-09-30}]")) == []


# overrun


@pytest.mark.parametrize(("spent", "found"), [("1050", False), ("1050.01", True)])
def test_five_per_cent_above_the_plan(spent: str, found: bool, tmp_path: Path) -> None:
    budget = measure(line("1000", "own: 1000", more=f", actual: {spent}"))
    assert rules(tmp_path, budget) == ["fin.overrun"] * found


def test_the_lines_of_a_year_cover_each_other(tmp_path: Path) -> None:
    year = line("1000", "own: 1000", more=", actual: 1200") + line("1000", "own: 1000", more=", actual: 800")
    assert rules(tmp_path, measure(year)) == []


def test_what_a_review_says_is_spent(tmp_path: Path) -> None:
    review = "reviews:\n  - {id: r, subject: m, cut_off: 2026-06-30, spent: 1200}\n"
    assert messages(tmp_path / "a", measure(line("1000", "own: 1000")) + review) == [
        "fin.overrun Maßnahme „m“, 2026: Ausgegeben sind 1.200 €, geplant 1.000 €. Das sind mehr als 5 % über dem "
        "Ansatz. Klären Sie die Deckung, und passen Sie den Ansatz an."
    ]
    policy = "# sozplan.yaml\nbudgeting: {overrun: 20}\n"
    assert rules(tmp_path / "b", measure(line("1000", "own: 1000")) + review + policy) == []


def test_the_more_of_plan_and_review_counts(tmp_path: Path) -> None:
    review = "reviews:\n  - {id: r, subject: m, cut_off: 2026-06-30, spent: 1200}\n"
    found = findings(tmp_path, RULES, measure(line("1000", "own: 1000", more=", actual: 700")) + review)
    assert [(each.code.id, each.entity) for each in found] == [("fin.overrun", "r")]


def test_a_term_turned_round_is_told_by_one_rule(tmp_path: Path) -> None:
    """Neither its budget years nor its contracts lie wrong: the term does."""
    turned = "planned: {from: 2027-12-31, to: 2026-02-01}\n"
    assert rules(tmp_path, measure(line("1000", "own: 1000"), turned)) == []


# commitment-unauthorised

LATER = "planned: {from: 2026-02-01, to: 2027-12-31}\n"


@pytest.mark.parametrize(
    ("more", "found"),
    [
        ("", True),
        (", medium_term: true", False),
        (", commitment_authorisation: 1000", True),
        (", side: finance", True),
        (", side: finance, medium_term: true", True),
        (", side: finance, commitment_authorisation: 400", False),
        (", side: finance, commitment_authorisation: 400, committed: 401", True),
    ],
)
def test_what_a_later_year_needs(more: str, found: bool, tmp_path: Path) -> None:
    excerpt = measure(line("1000", "own: 1000", 2027, more), LATER)
    assert rules(tmp_path, excerpt) == ["fin.commitment-unauthorised"] * found


def test_both_are_said_in_full(tmp_path: Path) -> None:
    excerpt = measure(line("1000", "own: 1000", 2027), LATER)
    assert messages(tmp_path, excerpt) == [
        "fin.commitment-unauthorised Maßnahme „m“ ist zugesagt, für 2027 (Ergebnisplan) steht der Ansatz aber nicht in "
        "der mittelfristigen Finanzplanung. Nehmen Sie ihn dort auf („medium_term: true“), oder stellen Sie die "
        "Maßnahme unter Haushaltsvorbehalt."
    ]


@pytest.mark.parametrize(
    "budgeting",
    ["{consumptive: none}", "{consumptive: commitment-authorisation}"],
)
def test_what_the_land_demands_is_configured(budgeting: str, tmp_path: Path) -> None:
    excerpt = measure(line("1000", "own: 1000", 2027, ", commitment_authorisation: 1000"), LATER)
    assert rules(tmp_path, f"{excerpt}# sozplan.yaml\nbudgeting: {budgeting}\n") == []


def test_an_adopted_budget_of_two_years_authorises_both(tmp_path: Path) -> None:
    calendar = "# plans/calendar.yaml\nbudgets: [{year: 2026, state: adopted}, {year: 2027, state: adopted}]\n"
    assert rules(tmp_path, measure(line("1000", "own: 1000", 2027), LATER) + calendar) == []


@pytest.mark.parametrize(
    "firm", ["commitment: intended\nbudget_reservation: false\n", "commitment: resolved\nbudget_reservation: true\n"]
)
def test_what_is_not_promised_binds_nobody(firm: str, tmp_path: Path) -> None:
    assert rules(tmp_path, measure(line("1000", "own: 1000", 2027), LATER, firm)) == []


def test_beyond_the_medium_term_nothing_can_be_planned(tmp_path: Path) -> None:
    term = "planned: {from: 2026-02-01, to: 2030-12-31}\n"
    assert rules(tmp_path / "a", measure(line("10", "own: 10", 2029), term)) == ["fin.commitment-unauthorised"]
    assert rules(tmp_path / "b", measure(line("10", "own: 10", 2030), term)) == []


# provisional-budget


@pytest.mark.parametrize(
    ("budgets", "found"),
    [
        ("{year: 2027, state: provisional}", True),
        ("{year: 2027, state: provisional, from: 2027-01-01, to: 2027-01-31}", False),
        ("{year: 2027, state: provisional}, {year: 2027, state: adopted, from: 2027-02-01}", False),
        ("{year: 2027, state: provisional}, {year: 2027, state: adopted, from: 2027-02-02}", True),
        ("{year: 2027, state: draft}", False),
    ],
)
def test_when_management_is_provisional(budgets: str, found: bool, tmp_path: Path) -> None:
    excerpt = (
        measure("", "duty: voluntary\nplanned: {from: 2027-02-01}\n") + f"# plans/calendar.yaml\nbudgets: [{budgets}]\n"
    )
    assert rules(tmp_path, excerpt) == ["fin.provisional-budget"] * found


def test_duties_go_on_without_a_budget(tmp_path: Path) -> None:
    calendar = "# plans/calendar.yaml\nbudgets: [{year: 2027, state: provisional}]\n"
    excerpt = measure("", "duty: mandatory-in-kind\nplanned: {from: 2027-02-01}\n") + calendar
    assert rules(tmp_path, excerpt) == []


# proof-due


@pytest.mark.parametrize(
    ("more", "as_of", "due"),
    [
        (", proof_due: 2026-11-30", "2026-10-01", None),
        (", proof_due: 2026-11-29", "2026-10-01", "ist am 29.11.2026 fällig, in 59 Tagen"),
        (", proof_due: 2026-10-01", "2026-10-01", "ist am 01.10.2026 fällig, in 0 Tagen"),
        (", grant_end: 2026-03-31", "2026-10-01", "war am 30.09.2026 fällig"),
    ],
)
def test_the_proof_falls_due(more: str, as_of: str, due: str | None, tmp_path: Path) -> None:
    excerpt = measure() + funding(", proof_months: 6", applied(more=more))
    expected = [
        f"fin.proof-due „a“: Der Verwendungsnachweis {due}. "
        "Legen Sie ihn vor, und tragen Sie ihn unter „stages“ als „proof“ ein."
    ]
    found = [m for m in messages(tmp_path, excerpt, as_of=date.fromisoformat(as_of)) if m.startswith("fin.proof-due")]
    assert found == (expected if due else [])


def test_nothing_is_to_be_proved_before_a_notice(tmp_path: Path) -> None:
    stages = "{state: application, date: 2026-01-01}"
    assert rules(tmp_path, measure() + funding("", applied(stages, ", proof_due: 2026-09-01"))) == []


def test_the_proof_of_a_contract(tmp_path: Path) -> None:
    assert messages(tmp_path, "", "en", date(2027, 4, 1)) == [
        "fin.proof-due “vertrag-hafentreff”: the proof of use was due on 2027-03-31. "
        "If it is there, enter the next date under “proof_due”."
    ]


# contract-end


def contracts(*terms: str) -> str:
    kept = base()["plans/organisation/organisation.yaml"]
    _, _, rest = kept.partition("bodies:")
    head = kept.partition("contracts:")[0]
    listed = "".join(
        f"  - {{id: v{i}, title: V, kind: cooperation, parties: [amt-51, hafentreff-ev], term: {{{term}}},"
        " measures: [m]}\n"
        for i, term in enumerate(terms)
    )
    items = base()["plans/inventory/bestand.yaml"].replace("    contract: vertrag-hafentreff\n", "")
    return (
        f"# plans/organisation/organisation.yaml\n{head}contracts:\n{listed}bodies:{rest}"
        f"# plans/inventory/bestand.yaml\n{items}"
    )


@pytest.mark.parametrize(
    ("terms", "found"),
    [
        (["from: 2026-01-01, to: 2026-12-31"], 0),
        (["from: 2026-01-01, to: 2026-12-30"], 1),
        (["from: 2026-01-01"], 0),
        (["from: 2026-01-01, to: 2026-06-30", "from: 2026-07-01, to: 2026-12-31"], 0),
        (["from: 2026-01-01, to: 2026-06-30", "from: 2026-08-01, to: 2026-12-31"], 1),
    ],
)
def test_contracts_that_follow_on(terms: list[str], found: int, tmp_path: Path) -> None:
    assert rules(tmp_path, measure() + contracts(*terms)) == ["fin.contract-end"] * found


def test_the_finding_stands_where_the_link_is_written(tmp_path: Path) -> None:
    (found,) = findings(tmp_path, RULES, measure() + contracts("from: 2026-01-01, to: 2026-06-30"))
    assert (found.at.file, found.entity) == ("plans/organisation/organisation.yaml", "v0")
    assert found.say("de") == (
        "Der Vertrag „v0“ endet am 30.06.2026, die Maßnahme „m“ läuft bis zum 31.12.2026. Verlängern Sie den Vertrag, "
        "nennen Sie den folgenden unter „contracts“, oder kürzen Sie die Maßnahme."
    )


# cliff


@pytest.mark.parametrize(
    ("more", "end", "found"),
    [
        ("", "2026-12-31", False),
        ("", "2027-01-01", True),
        (", grant_end: 2026-11-30", "2026-12-31", True),
        (", grant_end: 2027-06-30", "2027-06-30", False),
    ],
)
def test_where_the_grant_ends(more: str, end: str, found: bool, tmp_path: Path) -> None:
    excerpt = measure(line("1000", "own: 300, p: 700"), f"planned: {{from: 2026-02-01, to: {end}}}\n")
    assert rules(tmp_path, excerpt + funding("", applied(more=more))) == ["fin.cliff"] * found


def test_what_was_given_up_needs_no_follow_up(tmp_path: Path) -> None:
    term = "progress: stopped\nplanned: {from: 2026-02-01, to: 2028-12-31}\n"
    assert rules(tmp_path, measure(line("1000", "own: 300, p: 700"), term) + funding("", applied())) == []
