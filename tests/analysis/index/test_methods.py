"""Whole methods from YAML alone: the English one, others' formulas, other editions of one's own."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest
from scipy import stats

from sozplan.analysis.index.place import place, profile
from tests.analysis.index.made import Values, case, classes, files, rated, scores

EQUAL = """
- version: "1"
  components: [{indicator: a}, {indicator: b}]
"""
A = [12.0, 3.5, 7.25, 8.0, 40.0, 1.0, 18.5, 9.75, 22.0, 5.0, 13.5, 6.0, 2.0, 30.0, 11.0, 16.0]
B = [40.0, 52.0, 61.0, 38.0, 20.5, 70.0, 44.0, 58.0, 25.0, 66.0, 47.0, 63.0, 69.0, 31.0, 49.5, 35.0]

IMD = """
- version: "2019"
  components:
    - {indicator: income, weight: 22.5}
    - {indicator: employment, weight: 22.5}
    - {indicator: education, weight: 13.5}
  standardise: {method: rank}
  aggregate: {method: exponential}
  classes:
    quantiles: {names: ["10", "9", "8", "7", "6", "5", "4", "3", "2", "1"], definition: rank}
"""


def test_the_english_transformation(tmp_path: Path) -> None:
    """X = -23 ln(1 - R (1 - exp(-100/23))) with R = 1/N for the least and 1 for the most deprived.

    By hand: exp(-100/23) = 0.0129349, so 1 - exp(-100/23) = 0.9870651.
    N = 4: R = 1/4 → -23 ln 0.7532337 = 6.51773; R = 2/4 → -23 ln 0.5064675 = 15.64679;
    R = 3/4 → -23 ln 0.2597012 = 31.00914; R = 1 → -23 ln 0.0129349 = 100.
    """
    method = """
    - version: "2019"
      components: [{indicator: income}]
      standardise: {method: rank}
      aggregate: {method: exponential}
    """
    made = files(4, {"income": {"2019": [10, 20, 30, 40]}}, method)
    expected = [6.51773, 15.64679, 31.00914, 100.0]
    assert scores(rated(case(tmp_path, made), "2019")) == pytest.approx(expected, abs=1e-5)


def test_the_english_index_with_its_weights_and_deciles(tmp_path: Path) -> None:
    """A second computation in plain floats; decile 1 is the most deprived tenth, by ceil(10 × rank / N)."""
    random = np.random.default_rng(7)
    domains = {name: random.permutation(211) * 0.5 for name in ("income", "employment", "education")}
    made = files(211, {name: {"2019": found.tolist()} for name, found in domains.items()}, IMD)
    result = rated(case(tmp_path, made), "2019")
    weights = {"income": 22.5, "employment": 22.5, "education": 13.5}
    expected = [
        sum(
            weight * -23 * math.log(1 - rank / 211 * (1 - math.exp(-100 / 23)))
            for name, weight in weights.items()
            for rank in [stats.rankdata(domains[name])[i]]
        )
        / sum(weights.values())
        for i in range(211)
    ]
    assert scores(result) == pytest.approx(expected, rel=1e-12)
    places = stats.rankdata([-score for score in expected], method="min")
    assert [area.rank for area in result.areas] == places.tolist()
    assert classes(result) == [str(math.ceil(10 * rank / 211)) for rank in places]


def test_ties_are_never_split_between_classes(tmp_path: Path) -> None:
    quantiles = "classes: {quantiles: {names: [gering, mittel, hoch], definition: %s}}"
    plain = '- version: "1"\n  components: [{indicator: a}]\n  standardise: {method: none}\n  '
    values = {"a": {"2024": [1, 2, 5, 5, 5, 9]}}
    for definition, expected in (("rank", "gering gering hoch hoch hoch hoch"),
                                 ("linear", "gering gering mittel mittel mittel hoch"),
                                 ("hazen", "gering gering mittel mittel mittel hoch")):  # fmt: skip
        made = files(6, values, plain + quantiles % definition)
        assert classes(rated(case(tmp_path / definition, made))) == expected.split()


def test_counted_from_the_other_end(tmp_path: Path) -> None:
    """Seven areas in three classes: the remainder is left at the end that counting reaches last."""
    method = '- version: "1"\n  components: [{indicator: a}]\n  standardise: {method: none}\n  classes: {quantiles: '
    values = {"a": {"2024": [1, 2, 3, 4, 5, 6, 7]}}
    most = files(7, values, method + "{names: [g, m, h], definition: rank}}")
    least = files(7, values, method + "{names: [g, m, h], definition: rank, count_from: least-burdened}}")
    assert classes(rated(case(tmp_path / "most", most))) == list("gggmmhh")
    assert classes(rated(case(tmp_path / "least", least))) == list("ggmmhhh")


@pytest.mark.parametrize(("including", "expected"), [("true", "ggmmh"), ("false", "gmmhh")])
def test_an_area_on_the_bound_goes_where_the_definition_says(tmp_path: Path, including: str, expected: str) -> None:
    """The quantiles 1/3 and 2/3 of 0, 3, 4, 6, 9 by hand: definition 6 puts them on 6 × 1/3 = 2 and 4: 3 and 6."""
    method = f"""
    - version: "1"
      components: [{{indicator: a}}]
      standardise: {{method: none}}
      classes: {{quantiles: {{names: [g, m, h], definition: weibull, including: {including}}}}}
    """
    made = files(5, {"a": {"2024": [0, 3, 4, 6, 9]}}, method)
    result = rated(case(tmp_path, made))
    assert result.bounds == (3.0, 6.0)
    assert "".join(each or "?" for each in classes(result)) == expected


@pytest.mark.parametrize(("including", "name"), [("true", "mittel"), ("false", "hoch")])
def test_bounds_are_open_or_closed_as_stated(tmp_path: Path, including: str, name: str) -> None:
    method = f"""
    - version: "1"
      components: [{{indicator: a}}]
      standardise: {{method: none}}
      classes:
        bounds: [{{name: mittel, to: 2.5, including: {including}}}, {{name: hoch}}]
    """
    made = files(3, {"a": {"2024": [1, 2.5, 4]}}, method)
    assert classes(rated(case(tmp_path, made))) == ["mittel", name, "hoch"]


def test_another_edition_is_another_version(tmp_path: Path) -> None:
    """Four components and four classes one year, three and quintiles the next: old results stay."""
    methods = """
    - version: "2023"
      to: 2023
      preset: berlin-mss
      components: [{indicator: a}, {indicator: b}, {indicator: c}, {indicator: d}]
    - version: "2024"
      from: 2024
      components: [{indicator: a, weight: 2}, {indicator: b}, {indicator: e}]
      standardise: {method: z, deviation: sample}
      aggregate: {method: arithmetic}
      classes:
        quantiles: {names: [eins, zwei, drei, vier, fünf], definition: median_unbiased}
    """
    random = np.random.default_rng(5)
    held = {n: {y: random.normal(20, 5, 40).round(2).tolist() for y in ("2023", "2024")} for n in "abcde"}
    found = case(tmp_path, files(40, held, methods))
    old, new = rated(found, "2023"), rated(found, "2024")
    assert (old.method.version, new.method.version) == ("2023", "2024")

    total = np.sum([stats.zscore(held[n]["2023"]) for n in "abcd"], axis=0)
    index = stats.zscore(total)
    assert scores(old) == pytest.approx(index)
    named = ["hoch" if x < -1 else "mittel" if x <= 1 else "niedrig" if x <= 1.5 else "sehr niedrig" for x in index]
    assert classes(old) == named

    a, b, e = (stats.zscore(held[n]["2024"], ddof=1) for n in "abe")
    mean = (2 * a + b + e) / 4
    assert scores(new) == pytest.approx(mean)
    cuts = [np.quantile(mean, k / 5, method="median_unbiased") for k in (1, 2, 3, 4)]
    names = ["eins", "zwei", "drei", "vier", "fünf"]
    assert classes(new) == [names[sum(x > cut for cut in cuts)] for x in mean]
    assert scores(rated(found, "2024", "2023")) == pytest.approx(
        stats.zscore(np.sum([stats.zscore(held[n]["2024"]) for n in "abcd"], axis=0))
    )


def test_hamburgs_dynamics_are_those_of_three_years(tmp_path: Path) -> None:
    random = np.random.default_rng(11)
    held = {n: {y: random.normal(20, 5, 30).round(2).tolist() for y in ("2021", "2024")} for n in "ab"}
    method = '- {version: "1", preset: hamburg-sozialmonitoring, components: [{indicator: a}, {indicator: b}]}'
    result = rated(case(tmp_path, files(30, held, method)))
    changes = [np.subtract(held[n]["2024"], held[n]["2021"]) for n in "ab"]
    change = stats.zscore(np.sum([stats.zscore(each) for each in changes], axis=0))
    assert [area.dynamics_score for area in result.areas] == pytest.approx(change)
    named = ["positiv" if x < -1 else "stabil" if x <= 1 else "negativ" for x in change]
    assert [area.dynamics_class for area in result.areas] == named


def test_relative_changes(tmp_path: Path) -> None:
    method = """
    - version: "1"
      components: [{indicator: a}]
      dynamics: {years: 1, change: relative, standardise: {method: none}}
    """
    held: Values = {"a": {"2023": [10, 20, 40, None], "2024": [11, 10, 40, 7]}}
    result = rated(case(tmp_path, files(4, held, method)))
    assert [area.dynamics_score for area in result.areas] == pytest.approx([10.0, -50.0, 0.0, None])


def test_before_there_are_earlier_values_there_is_no_dynamics(tmp_path: Path) -> None:
    method = '- {version: "1", preset: berlin-mss, components: [{indicator: a}]}'
    result = rated(case(tmp_path, files(16, {"a": {"2024": A}}, method)))
    assert {area.dynamics_class for area in result.areas} == {None}
    assert result.notes[-1].de == "Eine Dynamik gibt es noch nicht: Für 2022 fehlen die Werte."


def test_a_scale_frozen_to_a_year(tmp_path: Path) -> None:
    """What rises everywhere shows; measured by the year itself it wouldn't."""
    method = """
    - version: "1"
      preset: z-equal
      components: [{indicator: a}, {indicator: b}]
      standardise: {reference: 2020}
    """
    later = {"a": [x + 5 for x in A], "b": [x + 10 for x in B]}
    held = {"a": {"2020": A, "2024": later["a"]}, "b": {"2020": B, "2024": later["b"]}}
    found = case(tmp_path, files(16, held, method))
    then = (stats.zscore(A) + stats.zscore(B)) / 2
    now = [
        ((x - np.mean(A)) / np.std(A) + (y - np.mean(B)) / np.std(B)) / 2
        for x, y in zip(later["a"], later["b"], strict=True)
    ]
    assert scores(rated(found, "2020")) == pytest.approx(stats.zscore(then))
    assert scores(rated(found, "2024")) == pytest.approx((np.array(now) - then.mean()) / then.std())


def test_carstairs_weights_mean_and_deviation_by_residents(tmp_path: Path) -> None:
    method = """
    - version: "1"
      components: [{indicator: a}, {indicator: b, burdened: lower}]
      standardise: {method: z, weighted_by: people}
    """
    people = [100.0 * (i + 1) for i in range(16)]
    found = case(tmp_path, files(16, {"a": {"2024": A}, "b": {"2024": B}, "people": {"2024": people}}, method))

    def z(values: list[float]) -> np.ndarray:
        mean = np.average(values, weights=people)
        return np.asarray(
            (np.array(values) - mean) / np.sqrt(np.average((np.array(values) - mean) ** 2, weights=people))
        )

    assert scores(rated(found)) == pytest.approx((z(A) - z(B)).tolist())


def test_townsend_takes_logarithms(tmp_path: Path) -> None:
    method = '- {version: "1", components: [{indicator: a, transform: log-plus-one}, {indicator: b}]}'
    found = case(tmp_path, files(16, {"a": {"2024": A}, "b": {"2024": B}}, method))
    assert scores(rated(found)) == pytest.approx(stats.zscore(np.log1p(A)) + stats.zscore(B))


def test_a_geometric_mean_between_goalposts(tmp_path: Path) -> None:
    """Human Development: health 0.96 and income from logarithms, (ln 20000 - ln 100) / (ln 75000 - ln 100) = 0.8003."""
    method = """
    - version: "1"
      components:
        - {indicator: a, low: 20, high: 85}
        - {indicator: b, low: 100, high: 75000, transform: log}
      standardise: {method: goalposts}
      aggregate: {method: geometric}
    """
    found = case(tmp_path, files(2, {"a": {"2024": [82.4, 10]}, "b": {"2024": [20000, 500]}}, method))
    assert scores(rated(found)) == pytest.approx([math.sqrt(0.96 * 0.80034), 0.0], abs=1e-5)


def test_the_city_value_is_a_hundred(tmp_path: Path) -> None:
    method = '- {version: "1", components: [{indicator: a}], standardise: {method: relative}}'
    found = case(tmp_path, files(3, {"a": {"2024": [10, 20, 40, 25]}}, method))
    assert scores(rated(found)) == [40.0, 80.0, 160.0]


def test_which_side_is_burdened(tmp_path: Path) -> None:
    values = {"a": {"2024": A}, "b": {"2024": B}}
    by_sheet = case(tmp_path / "sheet", files(16, values, EQUAL, b="higher"))
    assert scores(rated(by_sheet)) == pytest.approx(stats.zscore(A) - stats.zscore(B))
    said = EQUAL.replace("{indicator: b}", "{indicator: b, burdened: higher}")
    by_method = case(tmp_path / "method", files(16, values, said, b="neutral"))
    assert scores(rated(by_method)) == pytest.approx(stats.zscore(A) + stats.zscore(B))


@pytest.mark.parametrize(
    ("missing", "expected"),
    [("exclude", None), ("mean", 1.5), ("available", 3.0)],
)
def test_what_becomes_of_an_area_without_a_component(tmp_path: Path, missing: str, expected: float | None) -> None:
    """Z of 1, 2, 3, 4, 5 is (x - 3) / √2; the first area lacks `b`, and its `a` is 3 + 1.5·√2."""
    a = [3 + 1.5 * math.sqrt(2), 3 - 1.5 * math.sqrt(2), 3 - math.sqrt(0.25), 3 + math.sqrt(0.25)]
    sigma = np.std(a)
    method = '- {version: "1", missing: %s, components: [{indicator: a}, {indicator: b}]}' % missing  # noqa: UP031
    found = case(tmp_path, files(4, {"a": {"2024": a}, "b": {"2024": [None, 1, 2, 3]}}, method))
    result = rated(found)
    if expected is None:
        assert [area.key for area in result.areas] == ["0002", "0003", "0004"]
        assert [each.reason.de for each in result.excluded] == ["Es fehlt: „b“ – unbekannt oder geheim zu halten."]
    else:
        assert result.areas[0].score == pytest.approx(expected * math.sqrt(2) / sigma)


def test_the_least_number_of_components(tmp_path: Path) -> None:
    method = '- {version: "1", missing: available, least_components: 2, components: [{indicator: a}, {indicator: b}, {indicator: c}]}'  # noqa: E501
    held: Values = {"a": {"2024": [1, 2, 3, 4]}, "b": {"2024": [None, 1, 2, 5]}, "c": {"2024": [None, None, 2, 7]}}
    result = rated(case(tmp_path, files(4, held, method)))
    assert [area.key for area in result.areas] == ["0002", "0003", "0004"]


def test_excluded_areas_may_make_the_scale(tmp_path: Path) -> None:
    method = """
    - version: "1"
      components: [{indicator: a}]
      standardise: {over: %s}
      exclude: {areas: [{area: q-0005, reason: Gewerbegebiet ohne Wohnungen.}]}
    """
    held = {"a": {"2024": A}}
    alone = case(tmp_path / "rated", files(16, held, method % "rated"))
    among = case(tmp_path / "all", files(16, held, method % "all"))
    others = A[:4] + A[5:]
    assert scores(rated(alone)) == pytest.approx(stats.zscore(others))
    assert scores(rated(among)) == pytest.approx([(x - np.mean(A)) / np.std(A) for x in others])
    assert rated(among).excluded[0].reason.en == "Gewerbegebiet ohne Wohnungen."


def test_a_minimum_that_cant_be_checked_excludes(tmp_path: Path) -> None:
    method = """
    - version: "1"
      components: [{indicator: a}]
      exclude: {minimum: {indicator: people, least: 300}}
    """
    held: Values = {"a": {"2024": [1, 2, 3, 4]}, "people": {"2024": [299.9, 300, None, 1000]}}
    result = rated(case(tmp_path, files(4, held, method)))
    assert [(each.key, each.reason.de) for each in result.excluded] == [
        ("0001", "Mindestgröße: weniger als 300 bei „people“."),
        ("0003", "Mindestgröße nicht prüfbar: „people“ – unbekannt oder geheim zu halten."),
    ]


def test_few_areas_get_distance_and_rank_instead_of_classes(tmp_path: Path) -> None:
    method = '- {version: "1", preset: z-equal, components: [{indicator: a}]}'
    few = rated(case(tmp_path / "few", files(14, {"a": {"2024": A[:14]}}, method)))
    assert set(classes(few)) == {None}
    assert {area.suggested for area in few.areas} == {None}
    assert [area.distance for area in few.areas] == pytest.approx(stats.zscore(A[:14]))
    assert few.areas[4].rank == 1
    assert few.notes[0].de == (
        "Nur 14 Gebiete sind bewertet; Klassen nach z-Werten wären bei weniger als 15 nicht belastbar. "
        "Es gelten Abstand zum Mittel und Rang."
    )
    enough = rated(case(tmp_path / "enough", files(15, {"a": {"2024": A[:15]}}, method)))
    assert None not in classes(enough)


def test_borderline_areas(tmp_path: Path) -> None:
    """σ of 0 … 20 is √(440/12); the bound 1 lies at 10 + 6.06, so that only 16 is within a tenth of it."""
    method = '- {version: "1", preset: z-equal, components: [{indicator: a}]}'
    result = rated(case(tmp_path, files(21, {"a": {"2024": list(range(21))}}, method)))
    sigma = math.sqrt(440 / 12)
    near = [i for i in range(21) if min(abs((i - 10) / sigma - bound) for bound in (-1, 1, 1.5)) <= 0.1]
    assert [i for i, area in enumerate(result.areas) if area.borderline] == near == [4, 16, 19]


def test_multiple_burden_names_themes(tmp_path: Path) -> None:
    method = """
    - version: "1"
      components: [{indicator: a, theme: arbeit}, {indicator: b, theme: kinder}, {indicator: c, theme: kinder}]
      standardise: {method: rank}
    """
    held = {"a": {"2024": [0, 0, 0, 9]}, "b": {"2024": [0, 0, 8, 9]}, "c": {"2024": [1, 2, 3, 9]}}
    result = rated(case(tmp_path, files(4, held, method)))
    assert [(area.multiple, area.themes) for area in result.areas] == [
        (0, ()),
        (0, ()),
        (0, ()),
        (3, ("arbeit", "kinder")),
    ]


def test_a_social_area_is_set_on_the_scale_of_the_rated(tmp_path: Path) -> None:
    made = files(16, {"a": {"2024": [*A, 14.5]}, "b": {"2024": B}}, EQUAL)
    made["plans/territory/units.yaml"] += (
        "social_areas:\n  - {id: hafen, name: Hafen, key: S1, parts: [{unit: q-0001}]}\n"
    )
    made["indicators/data/probe.csv"] += "a,S1,2024,20,\nb,S1,2024,30,\n"
    found = case(tmp_path, made)
    result = rated(found)
    placed = place(found, result, found.plan.social_areas[0])
    expected = (20 - np.mean(A)) / np.std(A) + (30 - np.mean(B)) / np.std(B)
    assert placed.score == pytest.approx(expected)
    assert placed.rank == 1 + sum(score > expected for score in scores(result))
    assert [each.value for each in placed.standings] == [20.0, 30.0]
    assert profile(found, result, "q-0001")[0].standard == pytest.approx(stats.zscore(A)[0])
    assert [each.city for each in placed.standings] == [14.5, None]
    assert profile(found, result, "stadt") == ()


def test_a_social_area_that_is_one_unit_has_its_rates(tmp_path: Path) -> None:
    """Nothing has to be added up, so that no counts are needed; of two units there is no rate without them."""
    made = files(16, {"a": {"2024": A}, "b": {"2024": B}}, EQUAL)
    made["plans/territory/units.yaml"] += (
        "social_areas:\n  - {id: hafen, name: Hafen, parts: [{unit: q-0003}]}\n"
        "  - {id: westen, name: Westen, parts: [{unit: q-0003}, {unit: q-0004}]}\n"
        "  - {id: halb, name: Halb, parts: [{unit: q-0003, share: 0.5}]}\n"
    )
    found = case(tmp_path, made)
    result = rated(found)
    one, *others = (place(found, result, area) for area in found.plan.social_areas)
    assert one.score == pytest.approx(scores(result)[2])
    assert one.missing == ()
    assert [(each.score, each.missing) for each in others] == [(None, ("a", "b"))] * 2


def test_a_boundary_change_is_told_with_the_dynamics(tmp_path: Path) -> None:
    """An area that was only renamed keeps its rate; a split one has no earlier rate, and that is said."""
    method = "- {version: '1', components: [{indicator: a}], dynamics: {years: 1}}"
    made = files(16, {"a": {"2023": A, "2024": [*A[2:], *A[:2]]}}, method)
    old = made["plans/territory/units.yaml"]
    for key, name in (("0001", "Quartier 1"), ("0002", "Quartier 2")):
        unit = f'id: q-{key}, key: "{key}", name: {name}, level: quartier, parent: stadt'
        assert unit in old
        was = unit.replace(f"q-{key}", f"alt-{key}")
        old = old.replace(f"{{{unit}}}", f"{{{was}, valid_to: 2023-12-31}}\n  - {{{unit}, valid_from: 2024-01-01}}")
    made["plans/territory/units.yaml"] = old + (
        "successions:\n"
        "  - {old: alt-0001, new: q-0001, date: 2024-01-01, share: 1}\n"
        "  - {old: alt-0002, new: q-0002, date: 2024-01-01, share: 0.9}\n"
        "  - {old: alt-0002, new: q-0003, date: 2024-01-01, share: 0.1}\n"
    )
    result = rated(case(tmp_path, made))
    assert [note.de for note in result.notes][1:] == [
        "Dynamik: auf heutige Grenzen umgerechnete Werte in 1 bewerteten Gebieten.",
        "Ohne Dynamik, weil frühere Werte fehlen oder nicht umzurechnen sind: 0002.",
    ]
    assert [area.dynamics_score is None for area in result.areas[:3]] == [False, True, False]
