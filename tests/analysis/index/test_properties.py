"""What must hold of any values: order and units don't matter, nor does the size of weights."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from sozplan.analysis.index.classes import classify, ranks
from sozplan.analysis.index.rating import Flat, Ground, Recipe, rate
from sozplan.analysis.index.standard import Column
from sozplan.model.index_terms import Cut
from sozplan.model.indices import Classes, Method, QuantileClasses
from sozplan.model.presets import effective
from tests.analysis.index.made import case, files, rated

Floats = NDArray[np.float64]
VALUES = st.integers(4, 30).flatmap(
    lambda n: st.lists(
        st.lists(st.integers(-10_000, 10_000).map(lambda x: x / 64), min_size=3, max_size=3), min_size=n, max_size=n
    )
)
"""Binary fractions, so that shifting them is exact."""
METHODS = ("z", "min-max", "rank", "percentile")


def recipe(standard: str, weights: list[float], aggregate: str = "sum", *, again: bool = True) -> Recipe:
    said = {
        "version": "1",
        "components": [{"indicator": each} for each in "abc"],
        "standardise": {"method": standard},
        "aggregate": {"method": aggregate},
        "restandardise": again,
    }
    method = effective(Method.model_validate(said))
    return Recipe(method, method.standardise, (Column(1.0), Column(-1.0), Column(1.0)), np.array(weights))


def scored(how: Recipe, values: Floats) -> Floats | None:
    everything = np.ones(len(values), dtype=np.bool_)
    try:
        return rate(how, Ground(values, everything, everything, (None, None, None))).scores
    except Flat:
        return None


@settings(max_examples=60, deadline=None)
@given(VALUES, st.sampled_from(METHODS), st.randoms(use_true_random=False))
def test_the_order_of_areas_doesnt_matter(rows: list[list[float]], method: str, shuffled: random.Random) -> None:
    """Not by a bit."""
    order = list(range(len(rows)))
    shuffled.shuffle(order)
    how, values = recipe(method, [1, 2, 3]), np.array(rows)
    found, other = scored(how, values), scored(how, values[order])
    assert (found is None) == (other is None)
    if found is not None and other is not None:
        assert found[order].tobytes() == other.tobytes()


@settings(max_examples=60, deadline=None)
@given(VALUES, st.sampled_from(METHODS), st.sampled_from([0.25, 2.0, 64.0]), st.integers(-500, 500))
def test_the_unit_of_a_component_doesnt_matter(rows: list[list[float]], method: str, factor: float, shift: int) -> None:
    values = np.array(rows)
    moved = values.copy()
    moved[:, 1] = values[:, 1] * factor + shift
    how = recipe(method, [1, 2, 3])
    found, other = scored(how, values), scored(how, moved)
    if found is not None and other is not None:
        assert other == pytest.approx(found, abs=1e-6)


@settings(max_examples=60, deadline=None)
@given(VALUES, st.sampled_from(["arithmetic", "sum"]), st.floats(0.01, 1000))
def test_weights_are_proportions(rows: list[list[float]], aggregate: str, factor: float) -> None:
    values, weights = np.array(rows), [1.0, 2.0, 3.0]
    found = scored(recipe("z", weights, aggregate), values)
    other = scored(recipe("z", [factor * weight for weight in weights], aggregate), values)
    if found is not None and other is not None:
        assert other == pytest.approx(found, abs=1e-6)


@settings(max_examples=60, deadline=None)
@given(VALUES)
def test_what_comes_out_again_is_standardised(rows: list[list[float]]) -> None:
    found = scored(recipe("z", [1, 1, 1]), np.array(rows))
    if found is not None:
        assert float(np.mean(found)) == pytest.approx(0, abs=1e-9)
        assert float(np.std(found)) == pytest.approx(1)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, 20), min_size=5, max_size=60), st.sampled_from(list(Cut)), st.booleans())
def test_classes_follow_the_scores(scores: list[int], definition: Cut, including: bool) -> None:
    """A higher score is never in a lower class, and equal ones are in the same."""
    names = ("a", "b", "c", "d", "e")
    declared = Classes(quantiles=QuantileClasses(names=names, definition=definition, including=including))
    found = classify(declared, np.array([scores], dtype=np.float64))[0].tolist()
    assert set(found) <= set(range(5))
    for one, its in zip(scores, found, strict=True):
        for other, others in zip(scores, found, strict=True):
            assert (its <= others) if one <= other else True


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(0, 9), min_size=1, max_size=40))
def test_equal_scores_share_the_better_rank(scores: list[int]) -> None:
    found = ranks(np.array([scores], dtype=np.float64))[0].tolist()
    assert found == [1 + sum(other > score for other in scores) for score in scores]


def test_the_order_of_files_and_rows_doesnt_matter(tmp_path: Path) -> None:
    values = {n: {"2024": np.random.default_rng(i).normal(20, 4, 20).round(3).tolist()} for i, n in enumerate("ab")}
    method = '- {version: "1", preset: z-equal, components: [{indicator: a}, {indicator: b}]}'
    made = files(20, values, method)
    other = dict(made)
    for path, first in (("indicators/data/probe.csv", 1), ("plans/territory/units.yaml", 2)):
        lines = made[path].splitlines(keepends=True)
        other[path] = "".join(lines[:first] + lines[first:][::-1])
    one, two = rated(case(tmp_path / "one", made)), rated(case(tmp_path / "two", other))
    assert [(a.unit, a.score.hex(), a.rank, a.class_) for a in one.areas] == [
        (a.unit, a.score.hex(), a.rank, a.class_) for a in two.areas
    ]
