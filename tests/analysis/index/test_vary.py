"""How firm a result is: each kind of variation against a plain computation of the same."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from scipy import stats

from sozplan.analysis.index import vary as module
from sozplan.analysis.index.tally import Kind, Variations
from sozplan.analysis.index.vary import vary
from tests.analysis.index.made import Values, case, classes, files, rated

RANDOM = np.random.default_rng(23)
HELD: dict[str, dict[str, list[float]]] = {
    n: {y: RANDOM.normal(20, 5, 30).round(2).tolist() for y in ("2022", "2023", "2024")} for n in "abc"
}
METHOD = """
- version: "1"
  preset: z-equal
  components: [{indicator: a, weight: 2}, {indicator: b}, {indicator: c}]
  robustness: {%s}
"""
ALONE = {
    "none": "runs: 0, leave_one_out: false, standardisations: [], pooled_years: 1",
    "left": "runs: 0, standardisations: [], pooled_years: 1",
    "weights": "leave_one_out: false, standardisations: [], pooled_years: 1",
    "standards": "runs: 0, leave_one_out: false, pooled_years: 1",
    "pooled": "runs: 0, leave_one_out: false, standardisations: []",
}


def z(name: str, year: str = "2024") -> np.ndarray:
    return np.asarray(stats.zscore(HELD[name][year]))


def named(scores: np.ndarray) -> list[str]:
    names = ("geringe", "durchschnittliche", "hohe", "sehr hohe")
    return [f"{names[int(x >= -1) + int(x > 1) + int(x > 1.5)]} Belastung" for x in scores]


def varied(root: Path, robustness: str) -> tuple[Variations, list[str | None]]:
    found = case(root, files(30, HELD, METHOD % robustness))
    result = rated(found)
    return vary(found, result), classes(result)


def expect(found: Variations, own: list[str | None], runs: list[np.ndarray]) -> None:
    kept = [np.mean([named(run)[i] == own[i] for run in runs]) for i in range(30)]
    assert [area.share for area in found.areas] == pytest.approx(kept)
    given = stats.zscore(2 * z("a") + z("b") + z("c"))
    ranks = np.array([stats.rankdata(-run, method="min") for run in [given, *runs]])
    assert [area.most_burdened_rank for area in found.areas] == ranks.min(axis=0).tolist()
    assert [area.least_burdened_rank for area in found.areas] == ranks.max(axis=0).tolist()
    assert found.runs == len(runs)


def test_without_variations_there_is_nothing_to_share(tmp_path: Path) -> None:
    found, _ = varied(tmp_path, ALONE["none"])
    assert (found.runs, found.variations, {area.share for area in found.areas}) == (0, (), {None})
    assert all(area.most_burdened_rank == area.least_burdened_rank for area in found.areas)


def test_one_component_left_out(tmp_path: Path) -> None:
    found, own = varied(tmp_path, ALONE["left"])
    sums = (z("b") + z("c"), 2 * z("a") + z("c"), 2 * z("a") + z("b"))
    expect(found, own, [np.asarray(stats.zscore(each)) for each in sums])
    assert [each.label.de for each in found.variations] == ["ohne „a“", "ohne „b“", "ohne „c“"]


def test_weights_around_the_declared(tmp_path: Path) -> None:
    """The draws are numpy's; what is done with them is done here once more."""
    found, own = varied(tmp_path, "seed: 7, runs: 300, concentration: 20, " + ALONE["weights"])
    draws = np.random.Generator(np.random.PCG64(7)).dirichlet([10, 5, 5], 300)
    assert draws.mean(axis=0) == pytest.approx([0.5, 0.25, 0.25], abs=0.02)
    runs = [np.asarray(stats.zscore(a * z("a") + b * z("b") + c * z("c"))) for a, b, c in draws]
    expect(found, own, runs)
    assert found.variations[0].label.de == (
        "Gewichte zufällig um die festgelegten (Dirichlet, Konzentration 20, Startwert 7)"
    )


def test_other_standardisations(tmp_path: Path) -> None:
    found, own = varied(tmp_path, ALONE["standards"])
    runs = []
    for put in (lambda x: (x - x.min()) / np.ptp(x), stats.rankdata):
        a, b, c = (put(np.array(HELD[n]["2024"])) for n in "abc")
        runs.append(np.asarray(stats.zscore(2 * a + b + c)))
    expect(found, own, runs)


def test_several_years_pooled(tmp_path: Path) -> None:
    found, own = varied(tmp_path, ALONE["pooled"])
    a, b, c = (stats.zscore(np.mean([HELD[n][y] for y in ("2022", "2023", "2024")], axis=0)) for n in "abc")
    expect(found, own, [np.asarray(stats.zscore(2 * a + b + c))])


def test_all_together_by_default(tmp_path: Path) -> None:
    found, _ = varied(tmp_path, "seed: 1")
    assert [(each.kind, each.runs) for each in found.variations] == [
        (Kind.LEFT_OUT, 1),
        (Kind.LEFT_OUT, 1),
        (Kind.LEFT_OUT, 1),
        (Kind.WEIGHTS, 1000),
        (Kind.STANDARDISATION, 1),
        (Kind.STANDARDISATION, 1),
        (Kind.POOLED, 1),
    ]
    assert found.runs == 1006
    again, _ = varied(tmp_path / "again", "seed: 1")
    assert again == found


def test_blocks_of_runs_change_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole, _ = varied(tmp_path / "whole", "seed: 1")
    monkeypatch.setattr(module, "_BLOCK", 1000)
    blocks, _ = varied(tmp_path / "blocks", "seed: 1")
    assert blocks == whole


def test_what_cant_be_run_is_said(tmp_path: Path) -> None:
    method = """
    - version: "1"
      components: [{indicator: a}, {indicator: b}]
      standardise: {method: rank}
      aggregate: {method: exponential}
      classes: {quantiles: {names: [g, m, h], definition: rank}}
    """
    values: Values = {n: {"2024": HELD[n]["2024"]} for n in "ab"}
    found = case(tmp_path, files(30, values, method))
    variations = vary(found, rated(found))
    assert [each.de for each in variations.notes] == [
        "Nicht gerechnet – Standardisierung: z-Wert (Abstand vom Mittel in Standardabweichungen).",
        "Nicht gerechnet – Standardisierung: zwischen kleinstem und größtem Wert.",
        "Frühere Jahre liegen nicht vor; zusammengefasste Jahre sind nicht gerechnet.",
    ]
    assert variations.runs == 1002


def test_a_frozen_scale_stays_frozen(tmp_path: Path) -> None:
    """With weights that hardly move, each run is the result itself, far from mean 0 though it is."""
    method = """
    - version: "1"
      preset: z-equal
      components: [{indicator: a}, {indicator: b}]
      standardise: {reference: 2020}
      robustness: {concentration: 1000000000, leave_one_out: false, standardisations: [], pooled_years: 1}
    """
    values: Values = {n: {"2020": HELD[n]["2023"], "2024": [x + 6 for x in HELD[n]["2024"]]} for n in "ab"}
    found = case(tmp_path, files(30, values, method))
    result = rated(found)
    assert np.mean([area.score for area in result.areas]) > 1
    assert {area.share for area in vary(found, result).areas} == {1.0}
