"""The rules on targets beyond their pages' examples: each edge, and what people read."""

from __future__ import annotations

from pathlib import Path

import pytest

from sozplan.diagnostics import Severity
from sozplan.rules.rule import run
from sozplan.rules.target import RULES
from tests.rules.harness import base, case_of, findings, overlay, said, unmark, write

PLAN = """\
# plans/areas/hafen.yaml
goals:
  - id: hafen-g1
    statement: Neun von zehn Kindern im Hafen besuchen eine Kita.
    serves: frueh-foerdern
    needs: [hafen-n1]
    owner: amt-51
    targets:
"""
FIRST = "plans/areas/hafen.yaml"


def one(target: str, more: str = "") -> str:
    """A plan whose only goal has this target, and other files."""
    lines = target.strip("\n").splitlines()
    return PLAN + "".join(f"      {line}\n" for line in lines) + more


def change(start: str, end: str, more: str = "") -> str:
    return one(f"- {{id: t, kind: change, indicator: kita-quote, baseline: {start}, target: {end}{more}}}")


def messages(tmp_path: Path, excerpt: str, lang: str = "de") -> list[str]:
    """Rule and sentence of each finding."""
    return [line.split(": ", 1)[1] for line in said(findings(tmp_path, RULES, excerpt), lang)]


def rules(tmp_path: Path, excerpt: str) -> list[str]:
    return [each.code.id for each in findings(tmp_path, RULES, excerpt)]


BASELINE = "{period: 2024, value: 82.0}"
TARGET = "{period: 2028, value: 90.0}"


def test_the_twelve_rules_of_the_group() -> None:
    assert {rule.id: rule.code.severity.value for rule in RULES} == {
        "target.not-smart": "error",
        "target.wrong-direction": "error",
        "target.no-change": "error",
        "target.already-met": "warning",
        "target.out-of-bounds": "error",
        "target.path-not-monotone": "warning",
        "target.weights": "error",
        "target.noise": "warning",
        "target.baseline-differs": "error",
        "target.ambition": "info",
        "target.conflict": "error",
        "target.not-steerable": "warning",
    }


@pytest.mark.parametrize(
    ("target", "missing"),
    [
        ("kind: change, indicator: kita-quote", "Ausgangswert (baseline); Zielwert mit Zeitpunkt (target)"),
        ("kind: gap, indicator: kita-quote", "Ausgangswert (baseline); Zielwert mit Zeitpunkt (target)"),
        ("kind: maintain, indicator: kita-quote", "Unter- oder Obergrenze (lower, upper); Frist (until)"),
        ("kind: maintain, indicator: kita-quote, lower: 80", "Frist (until)"),
        ("kind: corridor, indicator: kita-quote, lower: 80, until: 2028", "Obergrenze (upper)"),
    ],
)
def test_each_kind_of_target_has_its_own_parts(target: str, missing: str, tmp_path: Path) -> None:
    assert messages(tmp_path, one(f"- {{id: t, {target}}}")) == [
        f"target.not-smart „t“ lässt sich nicht überprüfen. Es fehlt: {missing}."
    ]


def test_a_goal_says_who_stands_for_it_and_what_it_is_measured_by(tmp_path: Path) -> None:
    goal = "goals:\n  - {id: hafen-g1, statement: Z, serves: frueh-foerdern, needs: [hafen-n1]}\n"
    assert messages(tmp_path, f"# {FIRST}\n{goal}", "en") == [
        "target.not-smart “hafen-g1” can't be verified. Missing: responsible office (owner);"
        " at least one target (targets)."
    ]


def test_a_draft_is_told_as_a_warning(tmp_path: Path) -> None:
    excerpt = one("- {id: t, kind: change, indicator: kita-quote}") + "status: draft\n"
    (found,) = findings(tmp_path, RULES, excerpt)
    assert (found.code.severity, found.severity) == (Severity.ERROR, Severity.WARNING)


def test_an_ended_plan_is_history(tmp_path: Path) -> None:
    assert rules(tmp_path, one("- {id: t, kind: change, indicator: kita-quote}") + "status: ended\n") == []


def test_downwards_is_wrong_where_higher_is_better(tmp_path: Path) -> None:
    assert messages(tmp_path, change(BASELINE, "{period: 2028, value: 79.5}")) == [
        "target.wrong-direction Zielwert „t“: Er führt von 82,0 % nach 79,5 %; bei „Kita-Quote“ gilt aber: höher ist"
        " besser. Prüfen Sie Werte und Steckbrief."
    ]


@pytest.mark.parametrize(
    ("target", "fault"),
    [
        ("indicator: kita-quote, upper: 90", "Es ist nur eine Obergrenze gesetzt; bei „Kita-Quote“ gilt aber: höher"),
        ("indicator: kinderarmut, lower: 20", "Es ist nur eine Untergrenze gesetzt; bei „Kinderarmut“ gilt aber:"),
    ],
)
def test_a_bound_on_the_wrong_side(target: str, fault: str, tmp_path: Path) -> None:
    found = messages(tmp_path, one(f"- {{id: t, kind: maintain, until: 2028, {target}}}"))
    assert found[-1].startswith(f"target.wrong-direction Zielwert „t“: {fault}")


@pytest.mark.parametrize("target", ["indicator: kita-quote, lower: 80", "indicator: kinderarmut, upper: 32, lower: 10"])
def test_a_bound_on_the_right_side(target: str, tmp_path: Path) -> None:
    assert "target.wrong-direction" not in rules(tmp_path, one(f"- {{id: t, kind: maintain, until: 2028, {target}}}"))


def test_a_gap_should_not_widen(tmp_path: Path) -> None:
    # Hafen 82.0, Beispielstadt 86.3 (86.29): the gap is -4.3.
    gap = (
        "- {id: t, kind: gap, indicator: kita-quote, baseline: {period: 2024, value: -4.3},"
        " target: {period: 2028, value: %s}}"
    )
    assert rules(tmp_path / "a", one(gap % "-6.0")) == ["target.wrong-direction"]
    assert rules(tmp_path / "b", one(gap % "-1.0")) == []


def test_baseline_and_target_alike(tmp_path: Path) -> None:
    assert messages(tmp_path, change(BASELINE, "{period: 2028, value: 82.0}"), "en") == [
        "target.no-change Target “t” equals its baseline (82.0%). To keep a level, write “kind: maintain” with"
        " “lower” or “upper”."
    ]


def test_what_was_reached_before_the_plan_began(tmp_path: Path) -> None:
    # 83.91 % on 31.12.2025, the day before the plan begins.
    assert messages(tmp_path / "a", change(BASELINE, "{period: 2028, value: 83.9}")) == [
        "target.already-met Zielwert „t“ (83,9 %) war zu Beginn schon erreicht: 83,9 % für 2025. Wählen Sie einen"
        " ehrgeizigeren Wert, oder „kind: maintain“, wenn der Stand gehalten werden soll."
    ]
    assert rules(tmp_path / "b", change(BASELINE, "{period: 2028, value: 84.0}")) == []


def test_reached_exactly_is_reached(tmp_path: Path) -> None:
    # Speicherviertel 2025: 83.2 %
    excerpt = change("{period: 2024, value: 81.2}", "{period: 2028, value: 83.2}", DISTRICT)
    assert rules(tmp_path, excerpt) == ["target.already-met"]


@pytest.mark.parametrize(
    ("value", "fault"),
    [
        ("100.1", "100,1 % ist nicht möglich, „Kita-Quote“ endet bei 100,0 %."),
        ("1250", "1.250,0 % ist nicht möglich, „Kita-Quote“ endet bei 100,0 %."),
        ("-1", "−1,0 % ist nicht möglich, „Kita-Quote“ beginnt bei 0,0 %."),
    ],
)
def test_a_share_lies_between_0_and_100(value: str, fault: str, tmp_path: Path) -> None:
    found = messages(tmp_path, change(BASELINE, f"{{period: 2028, value: {value}}}"))
    assert f"target.out-of-bounds Zielwert „t“: {fault}" in found


def test_the_sheet_can_name_other_bounds(tmp_path: Path) -> None:
    sheet = "# indicators/catalogue/kita-quote.yaml\nmaximum: 105\n"
    assert "target.out-of-bounds" not in rules(tmp_path, change(BASELINE, "{period: 2028, value: 105}") + sheet)


def test_bounds_hold_for_every_value_of_a_target(tmp_path: Path) -> None:
    path = ", path: [{period: 2026, value: 101}]"
    assert rules(tmp_path / "a", change(BASELINE, TARGET, path)).count("target.out-of-bounds") == 1
    maintain = "- {id: t, kind: corridor, indicator: kita-quote, until: 2028, lower: 80, upper: 120}"
    assert rules(tmp_path / "b", one(maintain)) == ["target.out-of-bounds"]


@pytest.mark.parametrize(("value", "possible"), [("-100", True), ("-101", False)])
def test_a_gap_is_at_most_as_wide_as_the_range(value: str, possible: bool, tmp_path: Path) -> None:
    gap = (
        "- {id: t, kind: gap, indicator: kinderarmut, baseline: {period: 2024, value: 10.4},"
        f" target: {{period: 2028, value: {value}}}}}"
    )
    assert ("target.out-of-bounds" not in rules(tmp_path, one(gap))) is possible


def test_crossed_bounds(tmp_path: Path) -> None:
    corridor = "- {id: t, kind: corridor, indicator: kita-quote, until: 2028, lower: 90, upper: 80}"
    assert messages(tmp_path, one(corridor)) == [
        "target.out-of-bounds Zielwert „t“: Die Untergrenze 90,0 % liegt über der Obergrenze 80,0 %. Vertauschen Sie"
        " die beiden."
    ]


def test_a_share_of_one_instead_of_per_cent(tmp_path: Path) -> None:
    found = messages(tmp_path, change("{period: 2024, value: 0.82}", TARGET))
    assert (
        "target.out-of-bounds Zielwert „t“: 0,82 % steht als Anteil von 1. Schreiben Sie den Wert in der Einheit der"
        " Kennzahl: 82,0 %."
    ) in found


def test_periods_of_two_kinds(tmp_path: Path) -> None:
    found = messages(tmp_path, change(BASELINE, "{period: 2027/28, value: 90.0}"))
    assert (
        "target.out-of-bounds Zielwert „t“: 2024 und 2027/28 sind verschiedene Arten von Zeiträumen. Schreiben Sie"
        " beide gleich."
    ) in found


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("{period: 2026, value: 85}, {period: 2027, value: 85}", []),
        ("{period: 2027, value: 88}, {period: 2026, value: 85}", []),
        ("{period: 2026, value: 81}", ["target.path-not-monotone"]),
        ("{period: 2026, value: 91}", ["target.path-not-monotone"]),
        ("{period: 2027, value: 85}, {period: 2026, value: 88}", ["target.path-not-monotone"]),
    ],
)
def test_the_way_does_not_turn_back(path: str, found: list[str], tmp_path: Path) -> None:
    assert rules(tmp_path, change(BASELINE, TARGET, f", path: [{path}]")) == found


def test_where_nothing_changes_there_is_no_way(tmp_path: Path) -> None:
    assert rules(tmp_path, change(BASELINE, "{period: 2028, value: 82.0}", ", path: [{period: 2026, value: 85}]")) == [
        "target.no-change"
    ]


def two(first: str, second: str) -> str:
    return one(
        f"- {{id: t1, kind: change, indicator: kita-quote, baseline: {BASELINE}, target: {TARGET}{first}}}\n"
        f"- {{id: t2, kind: milestones, milestones: [{{id: m1, title: Lotsen, due: 2026-12-31}}]{second}}}"
    )


@pytest.mark.parametrize(
    ("first", "second", "fault"),
    [
        (", weight: 70", ", weight: 20", "Zusammen ergeben sie 90 statt 100."),
        (", weight: 33.3", ", weight: 66.6", "Zusammen ergeben sie 99,9 statt 100."),
        (", weight: 100", "", "Es fehlt das Gewicht von „t2“. Geben Sie alle an oder keines."),
        (", weight: 110", ", weight: -10", "Das Gewicht −10 von „t2“ ist negativ. Erlaubt sind 0 bis 100."),
    ],
)
def test_weights_of_a_goal(first: str, second: str, fault: str, tmp_path: Path) -> None:
    assert messages(tmp_path, two(first, second)) == [f"target.weights Gewichte in „hafen-g1“: {fault}"]


@pytest.mark.parametrize(("first", "second"), [("", ""), (", weight: 33.3", ", weight: 66.7")])
def test_weights_that_are_right(first: str, second: str, tmp_path: Path) -> None:
    assert rules(tmp_path, two(first, second)) == []


def test_weights_of_milestones(tmp_path: Path) -> None:
    steps = "{id: m1, title: A, due: 2026-12-31, weight: 50}, {id: m2, title: B, due: 2027-12-31, weight: 40}"
    assert messages(tmp_path, one(f"- {{id: t, kind: milestones, milestones: [{steps}]}}"), "en") == [
        "target.weights Weights in “t”: together they are 90 instead of 100."
    ]


DISTRICT = ", area: bezirk-02"


def test_the_width_of_chance_follows_from_the_denominator(tmp_path: Path) -> None:
    # Speicherviertel 2023: 79.6 % of 2,500; Wilson's interval goes up to 81.13 %.
    start = "{period: 2023, value: 79.6}"
    inside = change(start, "{period: 2028, value: 81.1}", DISTRICT)
    outside = change(start, "{period: 2028, value: 81.2}", DISTRICT)
    assert "target.noise" in rules(tmp_path / "a", inside)
    assert "target.noise" not in rules(tmp_path / "b", outside)


WITHHELD = "# indicators/data/kennzahlen.csv\nkita-quote;02;2023;1990;1992;99,9;;final;2024-06-30\n"
"""Two children without a place: the rate is withheld."""


def test_no_rule_speaks_of_a_withheld_figure(tmp_path: Path) -> None:
    excerpt = change("{period: 2023, value: 79.6}", "{period: 2028, value: 79.7}", DISTRICT) + WITHHELD
    found = rules(tmp_path, excerpt)
    assert "target.noise" not in found
    assert "target.baseline-differs" not in found


@pytest.mark.parametrize(("value", "found"), [("82.05", []), ("81.95", []), ("82.06", ["target.baseline-differs"])])
def test_the_baseline_holds_to_half_of_the_last_decimal(value: str, found: list[str], tmp_path: Path) -> None:
    # Hafen 2024: (1660 + 2030) / 4500 = 82.0 %
    assert rules(tmp_path, change(f"{{period: 2024, value: {value}}}", TARGET)) == found


def test_a_differing_baseline_is_told_with_what_was_observed(tmp_path: Path) -> None:
    assert messages(tmp_path, change("{period: 2024, value: 81.5}", TARGET)) == [
        "target.baseline-differs Zielwert „t“: Der Ausgangswert 81,5 % weicht vom beobachteten Wert 82,0 % für 2024"
        " ab. Übernehmen Sie ihn, oder nennen Sie mit „vintage“ den Datenstand, aus dem der Ausgangswert stammt."
    ]


@pytest.mark.parametrize(
    ("baseline", "found"),
    [
        ("{period: 2024, value: 81.2}", ["target.baseline-differs"]),
        ("{period: 2024, value: 81.2, vintage: 2025-12-01}", []),
        ("{period: 2024, value: 80.0, vintage: 2025-12-01}", ["target.baseline-differs"]),
        ("{period: 2024, value: 80.0, vintage: 2025-01-01}", []),
        ("{period: 2024, value: 81.6, vintage: 2027-01-01}", []),
    ],
)
def test_a_named_vintage_is_compared_with_what_was_known_then(baseline: str, found: list[str], tmp_path: Path) -> None:
    # In June 2025 district 02 had 81.2 %; a year later that was revised to 81.6 %,
    # and after the as-of date again.
    excerpt = one(f"- {{id: t, kind: change, indicator: kita-quote, baseline: {baseline}, target: {TARGET}{DISTRICT}}}")
    files, _ = unmark(overlay(base(), excerpt))
    files["indicators/data/kennzahlen.csv"] += "kita-quote;02;2024;2040;2500;81,6;r;revised;2026-06-30\n"
    files["indicators/data/kennzahlen.csv"] += "kita-quote;02;2024;2225;2500;89,0;r;revised;2026-12-01\n"
    case, unread = case_of(write(tmp_path, files))
    assert not unread
    assert [each.code.id for each in run(case, RULES)] == found


def test_a_pace_never_seen(tmp_path: Path) -> None:
    # 8 points in two years (730 days); the best year, 2024, brought 82.0 - 80.44 = 1.56 points in 366 days.
    assert messages(tmp_path / "a", change(BASELINE, "{period: 2026, value: 90.0}")) == [
        "target.ambition Zielwert „t“ verlangt im Jahr eine Veränderung um 4,0 Prozentpunkte; das beste Jahr brachte"
        " bisher 1,6 Prozentpunkte. Begründen Sie, was schneller gehen wird, oder wählen Sie einen späteren Zeitpunkt."
    ]
    patient = "# sozplan.yaml\ntargets: {pace_factor: 3}\n"
    assert rules(tmp_path / "b", change(BASELINE, "{period: 2026, value: 90.0}") + patient) == []


def test_absurd_numbers_are_findings_like_others(tmp_path: Path) -> None:
    huge = "9" * 36
    files, _ = unmark(overlay(base(), change(f"{{period: 2024, value: {huge}}}", "{period: 2028, value: 0.0000001}")))
    files["indicators/catalogue/kita-quote.yaml"] += f"maximum: {huge}0\n"
    files["indicators/data/kennzahlen.csv"] += f"kita-quote;K;2024;;;{'8' * 36},5;;final;2026-01-01\n"
    files["plans/territory/gebiete.yaml"] = files["plans/territory/gebiete.yaml"].replace(
        "- id: hafen\n", '- id: hafen\n    key: "K"\n'
    )
    case, unread = case_of(write(tmp_path, files))
    assert not unread
    assert [each.code.id for each in run(case, RULES)] == ["target.wrong-direction", "target.baseline-differs"]


def test_a_pace_before_a_break_does_not_count(tmp_path: Path) -> None:
    broken = "# indicators/catalogue/kita-quote.yaml\nbreaks: [{from: 2023, statement: Neue Zählung}]\n"
    assert rules(tmp_path, change(BASELINE, "{period: 2026, value: 90.0}") + broken) == []


def test_a_pace_is_not_judged_from_fewer_than_three_values(tmp_path: Path) -> None:
    start = "{period: 2020, value: 77.9}"
    excerpt = change(start, "{period: 2022, value: 99.0}") + "period: {from: 2021-01-01, to: 2029-12-31}\n"
    assert "target.ambition" not in rules(tmp_path, excerpt)


def pair(first: str, second: str) -> str:
    return one(f"- {{id: t1, indicator: kita-quote, {first}}}\n- {{id: t2, indicator: kita-quote, {second}}}")


MOVE = f"kind: change, baseline: {BASELINE}, target: "
HOLD = "kind: maintain, until: 2028, "


@pytest.mark.parametrize(
    ("first", "second", "demands"),
    [
        (f"{MOVE}{TARGET}", f"{MOVE}{{period: 2028, value: 91.0}}", "91,0 %, der andere 90,0 %"),
        (f"{MOVE}{TARGET}", f"{HOLD}lower: 92", "mindestens 92,0 %, der andere 90,0 %"),
        (
            "kind: corridor, until: 2028, lower: 70, upper: 80",
            f"{HOLD}lower: 85",
            "mindestens 85,0 %, der andere 70,0 % bis 80,0 %",
        ),
    ],
)
def test_targets_that_cannot_both_hold(first: str, second: str, demands: str, tmp_path: Path) -> None:
    assert messages(tmp_path, pair(first, second)) == [
        "target.conflict Zielwert „t2“ widerspricht „t1“: Für „Kita-Quote“ in „hafen“ zum Zeitpunkt 2028 verlangt der"
        f" eine {demands}. Einigen Sie sich auf einen Wert."
    ]


@pytest.mark.parametrize(
    "second",
    [
        f"{MOVE}{TARGET}",
        f"{MOVE}{{period: 2029, value: 92.0}}",
        f"{HOLD}lower: 85",
        "kind: gap, baseline: {period: 2024, value: -4.3}, target: {period: 2028, value: 0.0}",
    ],
)
def test_targets_that_can_both_hold(second: str, tmp_path: Path) -> None:
    assert rules(tmp_path, pair(f"{MOVE}{TARGET}", second)) == []


def test_a_goal_is_steerable_by_its_milestones(tmp_path: Path) -> None:
    poverty = (
        "- {id: t1, kind: change, indicator: kinderarmut, baseline: {period: 2024, value: 31.5},"
        " target: {period: 2028, value: 29.0}}\n"
    )
    steps = "- {id: t2, kind: milestones, milestones: [{id: m1, title: Lotsen, due: 2026-12-31}]}"
    assert messages(tmp_path / "a", one(poverty)) == [
        "target.not-steerable Ziel „hafen-g1“ wird nur an Kennzahlen gemessen, die die Kommune nicht steuern kann"
        " (Kinderarmut). Ergänzen Sie eine steuerbare Kennzahl oder Meilensteine."
    ]
    assert rules(tmp_path / "b", one(poverty + steps)) == []
